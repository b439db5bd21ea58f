/*-------------------------------------------------------------------------
 * privacy_values.c
 *	  The type privacy_values: how often sensitive values occur in a class,
 *	  and how diverse, or how close to the whole table, that makes it.
 *
 * Values are numbers that stand for them, their ranks where their order
 * matters. Those that are not yet known stand behind the others; they are
 * brought into order, each value once, when they are read and before the
 * state grows.
 *-------------------------------------------------------------------------
 */
#include "deid/privacy.h"

#include "common/word.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_operator.h"
#include "common/int.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(hb_privacy_values_step);
PG_FUNCTION_INFO_V1(hb_privacy_values_final);
PG_FUNCTION_INFO_V1(hb_privacy_equality);
PG_FUNCTION_INFO_V1(hb_privacy_records);
PG_FUNCTION_INFO_V1(hb_privacy_l);
PG_FUNCTION_INFO_V1(hb_privacy_recursive_c);
PG_FUNCTION_INFO_V1(hb_privacy_max_share);
PG_FUNCTION_INFO_V1(hb_privacy_t);
PG_FUNCTION_INFO_V1(hb_privacy_t_ordered);
PG_FUNCTION_INFO_V1(hb_privacy_t_hierarchical);
PG_FUNCTION_INFO_V1(hb_privacy_beta);
PG_FUNCTION_INFO_V1(hb_privacy_delta);

static HbState *values_merge(HbState *into, const HbState *from);
static const char *values_check(const HbState *state);
static void values_settle(HbState *state);

static const HbStateType values_type = {
	.name = "privacy_values",
	.version = 1,
	.head = "l",
	.head_size = sizeof(HbPrivacyValues),
	.element = "l2",
	.element_size = sizeof(HbValueCount),
	.merge = values_merge,
	.check = values_check,
	.normalise = values_settle
};

HB_STATE_FUNCTIONS(privacy_values, values_type)

static inline HbValueCount *
value_counts(const HbState *state)
{
	return hb_state_elements(&values_type, state);
}

static int
compare_values(const void *a, const void *b)
{
	int64		x = ((const HbValueCount *) a)->value;
	int64		y = ((const HbValueCount *) b)->value;

	return (x > y) - (x < y);
}

static inline bool
is_settled(const HbState *state)
{
	return ((const HbPrivacyValues *) state)->settled == state->n;
}

static void
add(int64 *sum, int64 more)
{
	if (unlikely(pg_add_s64_overflow(*sum, more, sum)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("too many records")));
}

/* Bring values into order, each once. */
static void
values_settle(HbState *state)
{
	HbValueCount *v = value_counts(state);
	int64		n = 0;

	if (is_settled(state))
		return;
	qsort(v, (size_t) state->n, sizeof(HbValueCount), compare_values);
	for (int64 i = 0; i < state->n; i++)
	{
		if (n == 0 || v[n - 1].value != v[i].value)
			v[n++] = v[i];
		else
			add(&v[n - 1].n, v[i].n);
	}
	state->n = ((HbPrivacyValues *) state)->settled = n;
}

/* The entry of a value among those in order, or NULL. */
static inline HbValueCount *
find_value(HbState *state, int64 value)
{
	HbValueCount *v = value_counts(state);
	int64		low = 0;
	int64		high = ((HbPrivacyValues *) state)->settled;

	while (low < high)
	{
		int64		middle = low + (high - low) / 2;

		if (v[middle].value < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ((HbPrivacyValues *) state)->settled && v[low].value == value ? &v[low] : NULL;
}

/* Make room for values; what is full is settled before it grows. */
static HbState *
make_room(HbState *state, int64 more)
{
	int64		room = hb_state_room(&values_type, state);

	if (likely(state->n + more <= room))
		return state;
	CHECK_FOR_INTERRUPTS();
	values_settle(state);
	if (state->n + more > room / 2)
		state = hb_state_grow(&values_type, state, Max(more, room - state->n + 1));
	return state;
}

static HbState *
values_merge(HbState *into, const HbState *from)
{
	into = make_room(into, from->n);
	return hb_state_append(&values_type, into, value_counts(from), from->n);
}

static const char *
values_check(const HbState *state)
{
	const HbValueCount *v = value_counts(state);
	int64		total = 0;

	if (!is_settled(state))
		return "the head counts the elements";
	for (int64 i = 1; i < state->n; i++)
		if (v[i].value <= v[i - 1].value)
			return "values ascend";
	for (int64 i = 0; i < state->n; i++)
		if (v[i].n < 1 || pg_add_s64_overflow(total, v[i].n, &total))
			return "counts are positive, and their sum is a bigint";
	return NULL;
}

/* Add records with a value. */
Datum
hb_privacy_values_step(PG_FUNCTION_ARGS)
{
	HbState    *state;
	HbValueCount *v;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		HB_STATE_RETURN_SAME();
	if (PG_GETARG_INT64(2) < 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a value has at least one record")));
	state = hb_state_writable(&values_type, fcinfo);
	v = find_value(state, PG_GETARG_INT64(1));
	if (v != NULL)
	{
		add(&v->n, PG_GETARG_INT64(2));
		PG_RETURN_POINTER(state);
	}
	state = make_room(state, 1);
	v = value_counts(state) + state->n++;
	v->value = PG_GETARG_INT64(1);
	v->n = PG_GETARG_INT64(2);
	PG_RETURN_POINTER(state);
}

/* ----- a class by itself ----- */

/* A state as an argument, in order. */
static HbState *
settled_arg(FunctionCallInfo fcinfo, int i)
{
	HbState    *state = hb_state_arg(&values_type, fcinfo, i);

	if (is_settled(state))
		return state;
	state = hb_state_copy(&values_type, state, 0);
	values_settle(state);
	return state;
}

/* Return a state in order, so that what reads it need not sort it again. */
Datum
hb_privacy_values_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(settled_arg(fcinfo, 0));
}

static HbSpread
spread_arg(FunctionCallInfo fcinfo, int i)
{
	HbState    *state = settled_arg(fcinfo, i);
	HbSpread	spread;

	spread.v = value_counts(state);
	spread.n = state->n;
	spread.total = 0;
	for (int64 j = 0; j < spread.n; j++)
		add(&spread.total, spread.v[j].n);
	return spread;
}

/* Return the records of a class. */
Datum
hb_privacy_records(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(spread_arg(fcinfo, 0).total);
}

/* Return the l of l-diversity. */
Datum
hb_privacy_l(PG_FUNCTION_ARGS)
{
	static const char *const kinds[] = {"distinct", "entropy"};
	HbSpread	spread = spread_arg(fcinfo, 0);
	bool		distinct = hb_choose(PG_GETARG_TEXT_PP(1), kinds, lengthof(kinds), "kind of l-diversity",
									 "Kinds are distinct and entropy; privacy_recursive_c is for the recursive one.") == 0;

	if (spread.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(distinct ? (double) spread.n : hb_entropy_l(spread.v, spread.n));
}

static int
compare_descending(const void *a, const void *b)
{
	int64		x = *(const int64 *) a;
	int64		y = *(const int64 *) b;

	return (x < y) - (x > y);
}

/* Return the c above which a class is recursively (c,l)-diverse. */
Datum
hb_privacy_recursive_c(PG_FUNCTION_ARGS)
{
	HbSpread	spread = spread_arg(fcinfo, 0);
	int32		l = PG_GETARG_INT32(1);
	int64	   *counts;

	if (l < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("l of recursive diversity is at least 2")));
	if (spread.n < l)
		PG_RETURN_NULL();
	counts = palloc((Size) spread.n * sizeof(int64));
	for (int64 i = 0; i < spread.n; i++)
		counts[i] = spread.v[i].n;
	qsort(counts, (size_t) spread.n, sizeof(int64), compare_descending);
	PG_RETURN_FLOAT8(hb_recursive_c(counts, spread.n, l));
}

/* Return the share of the most frequent value. */
Datum
hb_privacy_max_share(PG_FUNCTION_ARGS)
{
	HbSpread	spread = spread_arg(fcinfo, 0);
	int64		most = 0;

	if (spread.n == 0)
		PG_RETURN_NULL();
	for (int64 i = 0; i < spread.n; i++)
		most = Max(most, spread.v[i].n);
	PG_RETURN_FLOAT8((double) most / (double) spread.total);
}

/* ----- a class beside the whole ----- */

/* Arguments 0 and 1 as a class and the whole; false if one is empty. */
static bool
part_and_whole(FunctionCallInfo fcinfo, HbSpread *part, HbSpread *whole)
{
	int64		j = 0;

	*part = spread_arg(fcinfo, 0);
	*whole = spread_arg(fcinfo, 1);
	CHECK_FOR_INTERRUPTS();
	for (int64 i = 0; i < part->n; i++)
	{
		while (j < whole->n && whole->v[j].value < part->v[i].value)
			j++;
		if (j == whole->n || whole->v[j].value != part->v[i].value || whole->v[j].n < part->v[i].n)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the class has records that the whole does not have")));
	}
	return part->n > 0;
}

/* Return a distance of a class from the whole. */
static Datum
distance(FunctionCallInfo fcinfo, double (*measure) (const HbSpread *, const HbSpread *))
{
	HbSpread	part;
	HbSpread	whole;

	if (!part_and_whole(fcinfo, &part, &whole))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(measure(&part, &whole));
}

Datum
hb_privacy_t(PG_FUNCTION_ARGS)
{
	return distance(fcinfo, hb_t_equal);
}

Datum
hb_privacy_t_ordered(PG_FUNCTION_ARGS)
{
	return distance(fcinfo, hb_t_ordered);
}

Datum
hb_privacy_beta(PG_FUNCTION_ARGS)
{
	return distance(fcinfo, hb_beta);
}

Datum
hb_privacy_delta(PG_FUNCTION_ARGS)
{
	return distance(fcinfo, hb_delta);
}

/* ----- hierarchies ----- */

static void
refuse_hierarchy(const char *rule)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid hierarchy of values"),
			 errdetail("The rule that is broken: %s.", rule)));
}

/* Order rows by their path from the root, then by value. */
static int
compare_paths(const void *a, const void *b, void *columns)
{
	const int64 *x = *(const int64 *const *) a;
	const int64 *y = *(const int64 *const *) b;

	for (int i = *(const int *) columns - 1; i >= 0; i--)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/* The lowest level at which two rows have one ancestor. */
static int
joined_level(const int64 *x, const int64 *y, int columns)
{
	int			level = columns;

	while (level > 0 && x[level - 1] == y[level - 1])
		level--;
	return level;
}

/* Read an array of rows, each a value and its ancestors up to the root. */
static HbHierarchy *
read_hierarchy(ArrayType *array)
{
	HbHierarchy *tree = palloc(sizeof(HbHierarchy));
	const int64 *data = (const int64 *) ARR_DATA_PTR(array);
	const int64 **rows;
	int			columns;

	if (ARR_NDIM(array) != 2 || ARR_DIMS(array)[1] < 2 || array_contains_nulls(array))
		refuse_hierarchy("it is an array of rows, each a value and the numbers of its ancestors");
	tree->leaves = ARR_DIMS(array)[0];
	columns = ARR_DIMS(array)[1];
	tree->height = columns - 1;
	rows = palloc((Size) tree->leaves * sizeof(int64 *));
	for (int i = 0; i < tree->leaves; i++)
		rows[i] = data + (Size) i * columns;
	qsort_arg(rows, (size_t) tree->leaves, sizeof(int64 *), compare_paths, &columns);
	tree->value = palloc((Size) tree->leaves * sizeof(int64));
	tree->joined = palloc0((Size) tree->leaves * sizeof(int));
	for (int i = 0; i < tree->leaves; i++)
	{
		tree->value[i] = rows[i][0];
		if (i > 0)
			tree->joined[i] = joined_level(rows[i - 1], rows[i], columns);
		if (tree->joined[i] > tree->height)
			refuse_hierarchy("all values have one root");
		if (i > 0 && tree->joined[i] == 0)
			refuse_hierarchy("a value occurs once");
	}
	return tree;
}

/* Every value of the whole must be a leaf, once. */
static void
check_leaves(const HbSpread *whole, const HbHierarchy *tree)
{
	int64	   *sorted = palloc((Size) tree->leaves * sizeof(int64));
	int64		i = 0;

	memcpy(sorted, tree->value, (Size) tree->leaves * sizeof(int64));
	qsort(sorted, (size_t) tree->leaves, sizeof(int64), compare_descending);
	for (int j = tree->leaves - 1; j >= 0; j--)
	{
		if (j < tree->leaves - 1 && sorted[j] == sorted[j + 1])
			refuse_hierarchy("a value occurs once");
		i += i < whole->n && whole->v[i].value == sorted[j];
	}
	if (i < whole->n)
		refuse_hierarchy("every value has a place in it");
	pfree(sorted);
}

/* A hierarchy as it was read last, kept for the classes of one query in memory of its own. */
typedef struct Kept
{
	MemoryContext memory;
	ArrayType  *array;
	HbHierarchy *tree;
} Kept;

static HbHierarchy *
hierarchy_arg(FunctionCallInfo fcinfo, int i)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(i);
	FmgrInfo   *flinfo = fcinfo->flinfo;
	Kept	   *kept = flinfo->fn_extra;
	MemoryContext memory;
	MemoryContext caller;

	if (kept != NULL && VARSIZE(kept->array) == VARSIZE(array) && memcmp(kept->array, array, VARSIZE(array)) == 0)
		return kept->tree;
	if (kept != NULL)
		MemoryContextDelete(kept->memory);
	flinfo->fn_extra = NULL;
	memory = AllocSetContextCreate(flinfo->fn_mcxt, "hierarchy of values", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(memory);
	kept = palloc(sizeof(Kept));
	kept->memory = memory;
	kept->array = (ArrayType *) PG_DETOAST_DATUM_COPY(PointerGetDatum(array));
	kept->tree = read_hierarchy(kept->array);
	MemoryContextSwitchTo(caller);
	flinfo->fn_extra = kept;
	return kept->tree;
}

/* Return the distance of a class from the whole over a hierarchy. */
Datum
hb_privacy_t_hierarchical(PG_FUNCTION_ARGS)
{
	HbHierarchy *tree = hierarchy_arg(fcinfo, 2);
	HbSpread	part;
	HbSpread	whole;

	if (!part_and_whole(fcinfo, &part, &whole))
		PG_RETURN_NULL();
	check_leaves(&whole, tree);
	PG_RETURN_FLOAT8(hb_t_hierarchical(&part, &whole, tree));
}

/* ----- for statements of the report ----- */

/* Return the operator by which GROUP BY compares values of a type, as a statement has it. */
Datum
hb_privacy_equality(PG_FUNCTION_ARGS)
{
	Oid			type = PG_GETARG_OID(0);
	Oid			operator = lookup_type_cache(type, TYPECACHE_EQ_OPR)->eq_opr;
	HeapTuple	tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(operator));
	Form_pg_operator form;
	char	   *result;

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("could not identify an equality operator for type %s", format_type_be(type))));
	form = (Form_pg_operator) GETSTRUCT(tuple);
	result = psprintf("OPERATOR(%s.%s)", quote_identifier(get_namespace_name(form->oprnamespace)),
					  NameStr(form->oprname));
	ReleaseSysCache(tuple);
	PG_RETURN_TEXT_P(cstring_to_text(result));
}
