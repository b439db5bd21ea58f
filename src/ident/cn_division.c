/*-------------------------------------------------------------------------
 * cn_division.c
 *	  cn_division in SQL: type functions, containment of divisions and of
 *	  identity numbers, and their index ranges.
 *-------------------------------------------------------------------------
 */
#include "ident/cn_division.h"

#include "common/ranges.h"
#include "utils/builtins.h"

HB_CODE_FUNCTIONS(cn_division, hb_cn_division_type)

PG_FUNCTION_INFO_V1(hb_cn_division_within);
PG_FUNCTION_INFO_V1(hb_cn_division_contains);
PG_FUNCTION_INFO_V1(hb_cn_id_within);
PG_FUNCTION_INFO_V1(hb_cn_division_contains_id);
PG_FUNCTION_INFO_V1(hb_cn_division_within_support);
PG_FUNCTION_INFO_V1(hb_cn_id_within_support);

static inline bool
in_range(HbCodeRange r, uint64 code)
{
	return code >= r.lo && code < r.next;
}

/* division <@ division */
Datum
hb_cn_division_within(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(in_range(hb_cn_division_subtree(PG_GETARG_CODE(1)), PG_GETARG_CODE(0)));
}

/* division @> division */
Datum
hb_cn_division_contains(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(in_range(hb_cn_division_subtree(PG_GETARG_CODE(0)), PG_GETARG_CODE(1)));
}

/* id <@ division */
Datum
hb_cn_id_within(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(in_range(hb_cn_division_id_range(PG_GETARG_CODE(1)), PG_GETARG_CODE(0)));
}

/* division @> id */
Datum
hb_cn_division_contains_id(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(in_range(hb_cn_division_id_range(PG_GETARG_CODE(0)), PG_GETARG_CODE(1)));
}

/* ----- planner ----- */

static uint32
one_range(HbCodeRange r, HbCodeRange **ranges)
{
	*ranges = palloc(sizeof(HbCodeRange));
	**ranges = r;
	return r.lo < r.next ? 1 : 0;
}

static uint32
division_ranges(Oid left_type, Datum constant, HbCodeRange **ranges)
{
	(void) left_type;
	return one_range(hb_cn_division_subtree(DatumGetCode(constant)), ranges);
}

static uint32
id_ranges(Oid left_type, Datum constant, HbCodeRange **ranges)
{
	(void) left_type;
	return one_range(hb_cn_division_id_range(DatumGetCode(constant)), ranges);
}

/* Turn containment in a constant division into a range of divisions. */
Datum
hb_cn_division_within_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(hb_within_support((Node *) PG_GETARG_POINTER(0),
										hb_cn_division_contains, division_ranges));
}

/* Turn containment in a constant division into a range of numbers. */
Datum
hb_cn_id_within_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(hb_within_support((Node *) PG_GETARG_POINTER(0),
										hb_cn_division_contains_id, id_ranges));
}
