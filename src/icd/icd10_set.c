/*-------------------------------------------------------------------------
 * icd10_set.c
 *	  icd10set in SQL, the tests on any part of a code, and the GIN
 *	  operator class for arrays of codes.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "access/gin.h"
#include "access/stratnum.h"
#include "catalog/pg_type.h"
#include "utils/array.h"

HB_CODESET_FUNCTIONS(icd10set, hb_icd10set_type)

/* Does the main or the asterisk part lie in the set? */
static inline bool
any_part_within(uint64 code, const HbCodeSet *set)
{
	uint64		asterisk;

	return hb_ranges_contain(set->range, set->n, code) ||
		(hb_icd10_asterisk_of(code, &asterisk) &&
		 hb_ranges_contain(set->range, set->n, asterisk));
}

PG_FUNCTION_INFO_V1(hb_icd10_any_within);
Datum
hb_icd10_any_within(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(any_part_within(PG_GETARG_CODE(0), PG_GETARG_CODESET(1)));
}

PG_FUNCTION_INFO_V1(hb_icd10set_any_within);
Datum
hb_icd10set_any_within(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(any_part_within(PG_GETARG_CODE(1), PG_GETARG_CODESET(0)));
}

/* ----- arrays of codes ----- */

static bool
array_overlaps(ArrayType *array, const HbCodeSet *set)
{
	ArrayIterator iterator = array_create_iterator(array, 0, NULL);
	Datum		value;
	bool		isnull;
	bool		found = false;

	while (!found && array_iterate(iterator, &value, &isnull))
		found = !isnull && any_part_within(DatumGetCode(value), set);
	array_free_iterator(iterator);
	return found;
}

PG_FUNCTION_INFO_V1(hb_icd10_array_overlaps);
Datum
hb_icd10_array_overlaps(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(array_overlaps(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_CODESET(1)));
}

PG_FUNCTION_INFO_V1(hb_icd10set_overlaps_array);
Datum
hb_icd10set_overlaps_array(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(array_overlaps(PG_GETARG_ARRAYTYPE_P(1), PG_GETARG_CODESET(0)));
}

/* ----- GIN: the keys of an array are the parts of its codes ----- */

/* Strategies 1 to 4 are those of the core class array_ops. */
#define ARRAY_OVERLAP		1
#define ARRAY_CONTAINS		2
#define ARRAY_CONTAINED		3
#define ARRAY_EQUAL			4
#define SET_OVERLAP			5

static Datum *
keys_of_array(ArrayType *array, int32 *nkeys)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;
	Datum	   *keys;

	deconstruct_array(array, ARR_ELEMTYPE(array), 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &elements, &nulls, &n);
	keys = palloc(sizeof(Datum) * 2 * Max(n, 1));
	*nkeys = 0;
	for (int i = 0; i < n; i++)
	{
		uint64		parts[2];
		int			count = nulls[i] ? 0 : hb_icd10_parts_of(DatumGetCode(elements[i]), parts);

		for (int j = 0; j < count; j++)
			keys[(*nkeys)++] = CodeGetDatum(parts[j]);
	}
	return keys;
}

PG_FUNCTION_INFO_V1(hb_icd10_gin_extract_value);
Datum
hb_icd10_gin_extract_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(keys_of_array(PG_GETARG_ARRAYTYPE_P(0), (int32 *) PG_GETARG_POINTER(1)));
}

/* One key a range: its lower bound, matched up to the bound in extra_data. */
static Datum *
keys_of_set(HbCodeSet *set, int32 *nkeys, bool **partial, Pointer **extra)
{
	Datum	   *keys = palloc(sizeof(Datum) * Max(set->n, 1));

	*nkeys = (int32) set->n;
	*partial = palloc(sizeof(bool) * Max(set->n, 1));
	*extra = palloc(sizeof(Pointer) * Max(set->n, 1));
	for (uint32 i = 0; i < set->n; i++)
	{
		keys[i] = CodeGetDatum(set->range[i].lo);
		(*partial)[i] = true;
		(*extra)[i] = (Pointer) &set->range[i].next;
	}
	return keys;
}

PG_FUNCTION_INFO_V1(hb_icd10_gin_extract_query);
Datum
hb_icd10_gin_extract_query(PG_FUNCTION_ARGS)
{
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	StrategyNumber strategy = PG_GETARG_UINT16(2);
	int32	   *mode = (int32 *) PG_GETARG_POINTER(6);
	ArrayType  *array;
	Datum	   *keys;

	if (strategy == SET_OVERLAP)
		PG_RETURN_POINTER(keys_of_set(PG_GETARG_CODESET(0), nkeys,
									  (bool **) PG_GETARG_POINTER(3),
									  (Pointer **) PG_GETARG_POINTER(4)));

	array = PG_GETARG_ARRAYTYPE_P(0);
	keys = keys_of_array(array, nkeys);
	if (strategy == ARRAY_CONTAINED)
		*mode = GIN_SEARCH_MODE_INCLUDE_EMPTY;
	else if (strategy != ARRAY_OVERLAP && *nkeys == 0)
		/* Without keys everything may match: empty arrays, or those of NULLs. */
		*mode = strategy == ARRAY_CONTAINS ? GIN_SEARCH_MODE_ALL : GIN_SEARCH_MODE_INCLUDE_EMPTY;
	PG_RETURN_POINTER(keys);
}

/*
 * An array's own strategies are always rechecked, since a part found may
 * stand alone in one and in a pair in the other.
 */
PG_FUNCTION_INFO_V1(hb_icd10_gin_consistent);
Datum
hb_icd10_gin_consistent(PG_FUNCTION_ARGS)
{
	bool	   *check = (bool *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(5);
	bool		any = false;
	bool		all = true;

	for (int i = 0; i < nkeys; i++)
	{
		any |= check[i];
		all &= check[i];
	}
	*recheck = strategy != SET_OVERLAP;
	switch (strategy)
	{
		case ARRAY_OVERLAP:
		case SET_OVERLAP:
			PG_RETURN_BOOL(any);
		case ARRAY_CONTAINS:
		case ARRAY_EQUAL:
			PG_RETURN_BOOL(all);
		default:
			PG_RETURN_BOOL(true);
	}
}

PG_FUNCTION_INFO_V1(hb_icd10_gin_compare_partial);
Datum
hb_icd10_gin_compare_partial(PG_FUNCTION_ARGS)
{
	uint64		key = PG_GETARG_CODE(1);
	uint64	   *next = (uint64 *) PG_GETARG_POINTER(3);

	PG_RETURN_INT32(key < *next ? 0 : 1);
}
