/*-------------------------------------------------------------------------
 * icd10.h
 *	  ICD-10 diagnosis codes of the WHO, Chinese and ICD-10-CM editions,
 *	  packed into 59 bits whose order is the order of the canonical text.
 *
 *	  bits	 field		values
 *	  54-58	 letter		A-Z
 *	  50-53	 digit 2	0-9
 *	  46-49	 place 3	0-9 A B
 *	  40-45	 place 4	none 0-9 A-Z x
 *	  34-39	 place 5	none 0-9 A-Z
 *	  28-33	 place 6	none 0-9 A-Z
 *	  17-27	 place 7	none 0-9 A-Z x000-x999
 *	  12-16	 mark		none * + or, after +, the letter of the asterisk code
 *	   8-11	 asterisk	digit 2
 *	   4-7	 asterisk	digit 3
 *	   0-3	 asterisk	none 0-9
 *-------------------------------------------------------------------------
 */
#ifndef HB_ICD10_H
#define HB_ICD10_H

#include "common/codeset.h"

#include "port/pg_bitutils.h"

#define ICD10_MAXLEN			20	/* A01.000x005+J17.0* has 17 */

#define ICD10_BELOW(shift)		((UINT64CONST(1) << (shift)) - 1)
#define ICD10_BELOW_3			ICD10_BELOW(46)
#define ICD10_BELOW_4			ICD10_BELOW(40)
#define ICD10_BELOW_5			ICD10_BELOW(34)
#define ICD10_BELOW_6			ICD10_BELOW(28)
#define ICD10_MARKS				ICD10_BELOW(17)

#define ICD10_MARK_ASTERISK		(UINT64CONST(1) << 12)
#define ICD10_MARK_DAGGER		(UINT64CONST(2) << 12)

extern const HbCodeType hb_icd10_type;
extern const HbCodeSetType hb_icd10set_type;

/* The shapes of codes, by the edition that writes them. */
typedef enum Icd10Form
{
	ICD10_WHO3, ICD10_WHO4, ICD10_CN6, ICD10_CNX, ICD10_CM
} Icd10Form;

extern Icd10Form hb_icd10_form_of(uint64 code);

/*
 * The last place that the main part fills, 3 to 7: from the lowest bit set,
 * without a branch, for codes come in no order.
 */
static inline int
hb_icd10_level_of(uint64 code)
{
	int			lowest = pg_rightmost_one_pos64((code & ~ICD10_MARKS) | (ICD10_BELOW_3 + 1));

	return 7 - (lowest >= 28) - (lowest >= 34) - (lowest >= 40) - (lowest >= 46);
}

extern uint64 hb_icd10_who_of(uint64 code);
extern bool hb_icd10_parent_of(uint64 code, uint64 *parent);
/* The asterisk code of a pair, or an asterisk code itself; else false. */
extern bool hb_icd10_asterisk_of(uint64 code, uint64 *asterisk);

/*
 * The codes that a code consists of: of a pair the dagger code without its
 * mark and the asterisk code, else the code. Returns how many, one or two.
 */
extern int	hb_icd10_parts_of(uint64 code, uint64 parts[2]);

/* Is code the same as, or below, base in the hierarchy of main parts? */
extern bool hb_icd10_below(uint64 code, uint64 base);

/* Chapters and blocks (icd10_tables.c). */
typedef struct Icd10Group
{
	const char *name;			/* IX, or I20-I25 */
	const char *title_en;
	const char *title_zh;
} Icd10Group;

extern void hb_icd10_tables_init(void);

/* The number of the chapter, 0 for none, by the three characters of a category. */
#define ICD10_CATEGORY_SHIFT	46
#define ICD10_CATEGORIES		(1 << 13)
extern uint8 hb_icd10_chapter_by_category[ICD10_CATEGORIES];

static inline int
hb_icd10_chapter_number(uint64 code)
{
	return hb_icd10_chapter_by_category[code >> ICD10_CATEGORY_SHIFT & (ICD10_CATEGORIES - 1)];
}

extern const Icd10Group *hb_icd10_chapter_of(uint64 code);
extern const Icd10Group *hb_icd10_block_of(uint64 code);
extern bool hb_icd10_chapter_range(const char *s, int len, uint64 *first, uint64 *last);

#endif							/* HB_ICD10_H */
