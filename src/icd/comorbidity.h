/*-------------------------------------------------------------------------
 * comorbidity.h
 *	  The Charlson and Elixhauser indices over ICD-10 codes.
 *
 * A state is the set of categories found, bit i for the category of row i
 * of the weight table; 17 or 31 of them, so that a state is a positive int32.
 *-------------------------------------------------------------------------
 */
#ifndef HB_COMORBIDITY_H
#define HB_COMORBIDITY_H

#include "icd/icd10.h"

#define HB_COMORBID_CATEGORIES	31
#define HB_COMORBID_WEIGHTS		4
#define HB_COMORBID_PREFIXES	400
#define HB_COMORBID_ROWS		160
#define HB_COMORBID_MAXLEN		320 /* bytes of the longest text of a state */

#define HB_COMORBID_DIGIT_9		10	/* the digit 9 in place 4 */
#define HB_COMORBID_PAIR		(UINT64CONST(3) << 12)	/* the least mark of a pair */

/* A set of weights, by name. */
typedef struct HbComorbidWeights
{
	const char *name;
	bool		by_group;		/* made for the 29 groups of AHRQ */
} HbComorbidWeights;

typedef struct HbComorbidCategory
{
	const char *name;
	const char *label_en;
	const char *label_zh;
	const char *group;			/* of AHRQ; empty if none */
	int			excluded_by;	/* the graver form, or -1 */
	uint32		later;			/* categories behind this one in its group */
	int			points[HB_COMORBID_WEIGHTS];
} HbComorbidCategory;

typedef struct HbComorbidPrefix
{
	int			category;
	uint64		code;			/* counts with all codes below */
} HbComorbidPrefix;

typedef struct HbComorbidIndex
{
	const char *name;			/* of the index and of the type of its states */
	const char *source;
	HbComorbidWeights weights[HB_COMORBID_WEIGHTS]; /* up to a NULL name */
	int			categories;
	HbComorbidCategory category[HB_COMORBID_CATEGORIES];
	int			prefixes;
	HbComorbidPrefix prefix[HB_COMORBID_PREFIXES];

	/*
	 * Which categories a code belongs to: a row for its first three
	 * characters, in it an entry for its fourth where that is a digit, else
	 * entry 0. A row is a cache line; equal rows are shared.
	 */
	int			rows;
	uint8		row_of[1 << 13];
	uint32		mask[HB_COMORBID_ROWS][16];
} HbComorbidIndex;

extern HbComorbidIndex hb_charlson;
extern HbComorbidIndex hb_elixhauser;

extern void hb_comorbidity_init(void);

/* The categories of a code; of a pair, those of both parts. */
static inline uint32
hb_comorbid_of(const HbComorbidIndex *index, uint64 code)
{
	uint32		four = code >> 40 & 63;
	uint32		marks = (uint32) (code & ICD10_MARKS);
	uint32		state = index->mask[index->row_of[code >> 46 & 0x1fff]][four <= HB_COMORBID_DIGIT_9 ? four : 0];

	/* The asterisk part is laid out as a code is, its letter 3 too great. */
	if (marks >= HB_COMORBID_PAIR)
		state |= index->mask[index->row_of[(marks - HB_COMORBID_PAIR) >> 4]][marks & 15];
	return state;
}

/* Is this a state of the index? */
static inline bool
hb_comorbid_valid(const HbComorbidIndex *index, uint32 state)
{
	return state >> index->categories == 0;
}

/* The state without the milder forms of what else is in it. */
extern uint32 hb_comorbid_hierarchy(const HbComorbidIndex *index, uint32 state);
/* The number of the weights of this name, or -1. */
extern int	hb_comorbid_weights(const HbComorbidIndex *index, const char *s, int len);
extern int	hb_comorbid_points(const HbComorbidIndex *index, uint32 state, int weights,
							   bool hierarchy);
extern int	hb_charlson_age_points(int age);

/*
 * Read a list of categories in braces, in any order. Returns NULL, or the rule
 * that is broken and the offset of the byte that breaks it.
 */
extern const char *hb_comorbid_parse(const HbComorbidIndex *index, const char *s, int len,
									 uint32 *state, int *pos);
/* Write the list in the order of the categories; returns its length. */
extern int	hb_comorbid_format(const HbComorbidIndex *index, uint32 state, char *buf);

#endif							/* HB_COMORBIDITY_H */
