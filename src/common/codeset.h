/*-------------------------------------------------------------------------
 * codeset.h
 *	  Sets of codes: sorted, disjoint, merged intervals of a by-value code
 *	  type. One mechanism serves every code type that has a hierarchy.
 *
 * A bound is always the smallest valid code at or above the place meant
 * (HB_CODESET_END past the last code), so equal sets are equal bytes, and
 * a bound can be shown in a plan.
 *-------------------------------------------------------------------------
 */
#ifndef HB_CODESET_H
#define HB_CODESET_H

#include "common/code.h"

#define HB_CODESET_END	((uint64) PG_INT64_MAX)

/* All codes from lo up to, but not including, next. */
typedef struct HbCodeRange
{
	uint64		lo;
	uint64		next;
} HbCodeRange;

/* The SQL value. Bytes past n ranges are spare room of an aggregate state. */
typedef struct HbCodeSet
{
	int32		vl_len_;
	uint32		n;
	HbCodeRange range[FLEXIBLE_ARRAY_MEMBER];
} HbCodeSet;

#define HB_CODESET_SIZE(n)	(offsetof(HbCodeSet, range) + sizeof(HbCodeRange) * (Size) (n))

/* What a set needs to know of its code type. */
typedef struct HbCodeSetType
{
	const HbCodeType *code;
	const char *name;			/* SQL name of the set type */

	/* Low bits, such as marks, that sets take no notice of. */
	uint64		mark_bits;
	/* The smallest valid unmarked code at or above any uint64. */
	uint64		(*ceil) (uint64 code);
	/* The largest valid unmarked code at or below; 0 if there is none. */
	uint64		(*floor) (uint64 code);
	/* The unmarked code just above in the hierarchy; false at the top. */
	bool		(*parent) (uint64 code, uint64 *parent);
	/* The low bits that vary below an unmarked code. */
	uint64		(*subtree_bits) (uint64 code);
	/* The first and last code of a named group, or false; may be NULL. */
	bool		(*group) (const char *s, int len, uint64 *first, uint64 *last);
} HbCodeSetType;

/* The subtree of a code, or for a marked code the code by itself. */
extern HbCodeRange hb_codeset_subtree(const HbCodeSetType *type, uint64 code);

typedef struct HbCodeSetError
{
	const char *rule;			/* the rule that is broken, a clause */
	int			item;			/* in the list, from 1 */
	int			pos;			/* in the text, in characters from 1 */
} HbCodeSetError;

/*
 * Read the folded text of a set: codes, ranges and groups between commas,
 * exclusions (!) applied last. Returns the number of ranges, or -1 with the
 * error. There is one item more than there are commas: ranges has room for
 * that many ranges, work for twice as many.
 */
extern int	hb_codeset_parse(const HbCodeSetType *type, const char *s, int len,
							 HbCodeRange *ranges, HbCodeRange *work,
							 HbCodeSetError *error);

/* Write one range as a code or a range of codes; returns its length. */
extern int	hb_codeset_format_range(const HbCodeSetType *type, HbCodeRange r, char *buf);

/* Are these n ranges a value that parse can return? */
extern bool hb_codeset_valid(const HbCodeSetType *type, const HbCodeRange *r, uint32 n);

/* Sort and merge in place; returns the new number. */
extern uint32 hb_ranges_normalize(HbCodeRange *r, uint32 n);
extern uint32 hb_ranges_union(const HbCodeRange *a, uint32 na,
							  const HbCodeRange *b, uint32 nb, HbCodeRange *out);
extern uint32 hb_ranges_intersect(const HbCodeRange *a, uint32 na,
								  const HbCodeRange *b, uint32 nb, HbCodeRange *out);
extern uint32 hb_ranges_minus(const HbCodeRange *a, uint32 na,
							  const HbCodeRange *b, uint32 nb, HbCodeRange *out);

/*
 * Number of ranges whose next is at or below code: where code would lie. Codes
 * come in no order, so a branch on them would be guessed wrong half the time:
 * what halving leaves is counted.
 */
static inline uint32
hb_ranges_search(const HbCodeRange *r, uint32 n, uint64 code)
{
	const HbCodeRange *p = r;
	uint32		below = 0;

	while (n > 32)
	{
		uint32		half = n / 2;

		p += p[half - 1].next <= code ? half : 0;
		n -= half;
	}
	for (uint32 i = 0; i < n; i++)
		below += p[i].next <= code;
	return (uint32) (p - r) + below;
}

static inline bool
hb_ranges_contain(const HbCodeRange *r, uint32 n, uint64 code)
{
	uint32		i = hb_ranges_search(r, n, code);

	return i < n && r[i].lo <= code;
}

extern Datum hb_codeset_in(const HbCodeSetType *type, FunctionCallInfo fcinfo);
extern Datum hb_codeset_out(const HbCodeSetType *type, FunctionCallInfo fcinfo);
extern Datum hb_codeset_recv(const HbCodeSetType *type, FunctionCallInfo fcinfo);
extern Datum hb_codeset_from_code(const HbCodeSetType *type, FunctionCallInfo fcinfo);
extern Datum hb_codeset_agg_step(const HbCodeSetType *type, FunctionCallInfo fcinfo);

/* Define the SQL-callable functions of a set type; no semicolon follows. */
#define HB_CODESET_FUNCTIONS(prefix, type) \
	HB_CODE_FUNCTION(hb_##prefix##_in, hb_codeset_in, type) \
	HB_CODE_FUNCTION(hb_##prefix##_out, hb_codeset_out, type) \
	HB_CODE_FUNCTION(hb_##prefix##_recv, hb_codeset_recv, type) \
	HB_CODE_FUNCTION(hb_##prefix##_from_code, hb_codeset_from_code, type) \
	HB_CODE_FUNCTION(hb_##prefix##_agg_step, hb_codeset_agg_step, type)

/* A constant of a query needs no detoasting, nor a call to find that out. */
static inline HbCodeSet *
DatumGetCodeSet(Datum d)
{
	if (likely(VARATT_IS_4B_U(DatumGetPointer(d))))
		return (HbCodeSet *) DatumGetPointer(d);
	return (HbCodeSet *) PG_DETOAST_DATUM(d);
}

#define PG_GETARG_CODESET(n)	DatumGetCodeSet(PG_GETARG_DATUM(n))

#endif							/* HB_CODESET_H */
