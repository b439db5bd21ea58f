/*-------------------------------------------------------------------------
 * codeset.c
 *	  Sets of codes in SQL: input, output, operators and the aggregate.
 *
 * What needs no knowledge of the code type is one C function for the sets
 * of every type; the rest is defined for a type by HB_CODESET_FUNCTIONS.
 *-------------------------------------------------------------------------
 */
#include "common/codeset.h"
#include "common/fold.h"
#include "common/ranges.h"

#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#define FORMAT_VERSION	1
#define MAX_ITEMS		1000000	/* in a text; ICD-10 has fewer codes */

static HbCodeSet *
new_set(uint32 n)
{
	HbCodeSet  *set;

	if (n > (MaxAllocSize - offsetof(HbCodeSet, range)) / sizeof(HbCodeRange))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a set of codes has too many ranges")));
	set = palloc0(HB_CODESET_SIZE(n));
	SET_VARSIZE(set, HB_CODESET_SIZE(n));
	set->n = n;
	return set;
}

/* Give a set the number of ranges that an operation left of its room. */
static HbCodeSet *
trimmed(HbCodeSet *set, uint32 n)
{
	SET_VARSIZE(set, HB_CODESET_SIZE(n));
	set->n = n;
	return set;
}

/* ----- input and output ----- */

Datum
hb_codeset_in(const HbCodeSetType *type, FunctionCallInfo fcinfo)
{
	char	   *s = PG_GETARG_CSTRING(0);
	size_t		len = strlen(s);
	char	   *folded = palloc(len + 1);
	int			n = hb_fold(s, len, folded, len + 1);
	uint32		items = 1;
	HbCodeSet  *set;
	HbCodeRange *work;
	HbCodeSetError error;

	for (int i = 0; i < n; i++)
		items += folded[i] == ',';
	if (items > MAX_ITEMS)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a value of type %s has at most %d items", type->name, MAX_ITEMS)));
	set = new_set(items);
	work = palloc(sizeof(HbCodeRange) * 2 * (Size) items);
	n = hb_codeset_parse(type, folded, n, set->range, work, &error);
	if (n < 0)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: %s", type->name, hb_show_input(s, len)),
				 errdetail("In item %d, at character %d: %s.", error.item, error.pos, error.rule)));
	pfree(work);
	pfree(folded);
	PG_RETURN_POINTER(trimmed(set, (uint32) n));
}

Datum
hb_codeset_out(const HbCodeSetType *type, FunctionCallInfo fcinfo)
{
	HbCodeSet  *set = PG_GETARG_CODESET(0);
	int			longest = 2 * type->code->maxlen + 2;
	StringInfoData buf;

	initStringInfo(&buf);
	for (uint32 i = 0; i < set->n; i++)
	{
		if (i > 0)
			appendStringInfoString(&buf, ", ");
		enlargeStringInfo(&buf, longest);
		buf.len += hb_codeset_format_range(type, set->range[i], buf.data + buf.len);
		buf.data[buf.len] = '\0';
	}
	PG_RETURN_CSTRING(buf.data);
}

Datum
hb_codeset_recv(const HbCodeSetType *type, FunctionCallInfo fcinfo)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	uint32		n = pq_getmsgint(buf, 4);
	HbCodeSet  *set;

	if (version != FORMAT_VERSION || n > (uint32) (buf->len - buf->cursor) / sizeof(HbCodeRange))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", type->name)));
	set = new_set(n);
	for (uint32 i = 0; i < n; i++)
	{
		set->range[i].lo = (uint64) pq_getmsgint64(buf);
		set->range[i].next = (uint64) pq_getmsgint64(buf);
	}
	if (!hb_codeset_valid(type, set->range, n))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", type->name)));
	PG_RETURN_POINTER(set);
}

PG_FUNCTION_INFO_V1(hb_codeset_send);
Datum
hb_codeset_send(PG_FUNCTION_ARGS)
{
	HbCodeSet  *set = PG_GETARG_CODESET(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, FORMAT_VERSION);
	pq_sendint32(&buf, set->n);
	for (uint32 i = 0; i < set->n; i++)
	{
		pq_sendint64(&buf, set->range[i].lo);
		pq_sendint64(&buf, set->range[i].next);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* Cast of a code to the set of its subtree. */
Datum
hb_codeset_from_code(const HbCodeSetType *type, FunctionCallInfo fcinfo)
{
	HbCodeSet  *set = new_set(1);

	set->range[0] = hb_codeset_subtree(type, PG_GETARG_CODE(0));
	PG_RETURN_POINTER(set);
}

/* ----- operators ----- */

typedef uint32 (*Algebra) (const HbCodeRange *, uint32, const HbCodeRange *, uint32, HbCodeRange *);

static Datum
combine(FunctionCallInfo fcinfo, Algebra algebra)
{
	HbCodeSet  *a = PG_GETARG_CODESET(0);
	HbCodeSet  *b = PG_GETARG_CODESET(1);
	HbCodeSet  *set = new_set(a->n + b->n);

	PG_RETURN_POINTER(trimmed(set, algebra(a->range, a->n, b->range, b->n, set->range)));
}

PG_FUNCTION_INFO_V1(hb_codeset_union);
Datum
hb_codeset_union(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, hb_ranges_union);
}

PG_FUNCTION_INFO_V1(hb_codeset_intersect);
Datum
hb_codeset_intersect(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, hb_ranges_intersect);
}

PG_FUNCTION_INFO_V1(hb_codeset_minus);
Datum
hb_codeset_minus(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, hb_ranges_minus);
}

static bool
same(const HbCodeSet *a, const HbCodeSet *b)
{
	return a->n == b->n && memcmp(a->range, b->range, sizeof(HbCodeRange) * a->n) == 0;
}

PG_FUNCTION_INFO_V1(hb_codeset_eq);
Datum
hb_codeset_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same(PG_GETARG_CODESET(0), PG_GETARG_CODESET(1)));
}

PG_FUNCTION_INFO_V1(hb_codeset_ne);
Datum
hb_codeset_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same(PG_GETARG_CODESET(0), PG_GETARG_CODESET(1)));
}

PG_FUNCTION_INFO_V1(hb_codeset_hash);
Datum
hb_codeset_hash(PG_FUNCTION_ARGS)
{
	HbCodeSet  *set = PG_GETARG_CODESET(0);

	return hash_any((unsigned char *) set->range, (int) (sizeof(HbCodeRange) * set->n));
}

PG_FUNCTION_INFO_V1(hb_codeset_hash_extended);
Datum
hb_codeset_hash_extended(PG_FUNCTION_ARGS)
{
	HbCodeSet  *set = PG_GETARG_CODESET(0);

	return hash_any_extended((unsigned char *) set->range,
							 (int) (sizeof(HbCodeRange) * set->n), PG_GETARG_INT64(1));
}

/* Every range of b lies in one range of a, since ranges never touch. */
static bool
contains(const HbCodeSet *a, const HbCodeSet *b)
{
	for (uint32 i = 0; i < b->n; i++)
	{
		uint32		j = hb_ranges_search(a->range, a->n, b->range[i].lo);

		if (j == a->n || a->range[j].lo > b->range[i].lo || a->range[j].next < b->range[i].next)
			return false;
	}
	return true;
}

PG_FUNCTION_INFO_V1(hb_codeset_contains);
Datum
hb_codeset_contains(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(contains(PG_GETARG_CODESET(0), PG_GETARG_CODESET(1)));
}

PG_FUNCTION_INFO_V1(hb_codeset_contained);
Datum
hb_codeset_contained(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(contains(PG_GETARG_CODESET(1), PG_GETARG_CODESET(0)));
}

PG_FUNCTION_INFO_V1(hb_codeset_overlap);
Datum
hb_codeset_overlap(PG_FUNCTION_ARGS)
{
	HbCodeSet  *a = PG_GETARG_CODESET(0);
	HbCodeSet  *b = PG_GETARG_CODESET(1);
	bool		found = false;

	for (uint32 i = 0; i < a->n && !found; i++)
	{
		uint32		j = hb_ranges_search(b->range, b->n, a->range[i].lo);

		found = j < b->n && b->range[j].lo < a->range[i].next;
	}
	PG_RETURN_BOOL(found);
}

/* code <@ set, and within_exact beside index ranges */
PG_FUNCTION_INFO_V1(hb_code_within);
Datum
hb_code_within(PG_FUNCTION_ARGS)
{
	HbCodeSet  *set = PG_GETARG_CODESET(1);

	PG_RETURN_BOOL(hb_ranges_contain(set->range, set->n, PG_GETARG_CODE(0)));
}

/* set @> code */
PG_FUNCTION_INFO_V1(hb_codeset_contains_code);
Datum
hb_codeset_contains_code(PG_FUNCTION_ARGS)
{
	HbCodeSet  *set = PG_GETARG_CODESET(0);

	PG_RETURN_BOOL(hb_ranges_contain(set->range, set->n, PG_GETARG_CODE(1)));
}

static uint32
ranges_of_set(Oid left_type, Datum constant, HbCodeRange **ranges)
{
	HbCodeSet  *set = DatumGetCodeSet(constant);

	*ranges = set->range;
	return set->n;
}

PG_FUNCTION_INFO_V1(hb_codeset_within_support);
Datum
hb_codeset_within_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(hb_within_support((Node *) PG_GETARG_POINTER(0),
										hb_codeset_contains_code, ranges_of_set));
}

/* ----- ranges as rows ----- */

PG_FUNCTION_INFO_V1(hb_codeset_ranges);
Datum
hb_codeset_ranges(PG_FUNCTION_ARGS)
{
	HbCodeSet  *set = PG_GETARG_CODESET(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < set->n; i++)
	{
		Datum		values[2] = {CodeGetDatum(set->range[i].lo), CodeGetDatum(set->range[i].next)};
		bool		nulls[2] = {false, set->range[i].next == HB_CODESET_END};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ----- aggregate ----- */

/*
 * The state is a set with spare room behind its ranges, changed in place.
 * A code already in it, the usual case, costs one binary search. A larger
 * state is allocated where we are: the executor copies it to its own place.
 */
static HbCodeSet *
state_insert(HbCodeSet *state, HbCodeRange r)
{
	uint32		room = (VARSIZE(state) - offsetof(HbCodeSet, range)) / sizeof(HbCodeRange);
	uint32		i = hb_ranges_search(state->range, state->n, r.lo);
	uint32		j;

	if (i < state->n && state->range[i].lo <= r.lo && state->range[i].next >= r.next)
		return state;
	if (state->n == room)
	{
		HbCodeSet  *larger = new_set(Max(8, 2 * room));

		memcpy(larger->range, state->range, sizeof(HbCodeRange) * state->n);
		larger->n = state->n;
		state = larger;
	}
	/* The new range swallows those that it touches: i up to j. */
	if (i > 0 && state->range[i - 1].next == r.lo)
		i--;
	for (j = i; j < state->n && state->range[j].lo <= r.next; j++)
	{
		r.lo = Min(r.lo, state->range[j].lo);
		r.next = Max(r.next, state->range[j].next);
	}
	memmove(&state->range[i + 1], &state->range[j], sizeof(HbCodeRange) * (state->n - j));
	state->range[i] = r;
	state->n = state->n + 1 - (j - i);
	return state;
}

Datum
hb_codeset_agg_step(const HbCodeSetType *type, FunctionCallInfo fcinfo)
{
	HbCodeSet  *state;

	if (!AggCheckCallContext(fcinfo, NULL))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_FUNCTION_DEFINITION),
				 errmsg("the transition of %s_agg was called outside an aggregate", type->name)));
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return PG_GETARG_DATUM(0);
	}
	if (PG_ARGISNULL(0))
	{
		state = new_set(8);
		state->n = 0;
	}
	else
		state = (HbCodeSet *) PG_GETARG_POINTER(0);
	PG_RETURN_POINTER(state_insert(state, hb_codeset_subtree(type, PG_GETARG_CODE(1))));
}

PG_FUNCTION_INFO_V1(hb_codeset_agg_final);
Datum
hb_codeset_agg_final(PG_FUNCTION_ARGS)
{
	HbCodeSet  *state = PG_GETARG_CODESET(0);
	HbCodeSet  *set = new_set(state->n);

	memcpy(set->range, state->range, sizeof(HbCodeRange) * state->n);
	PG_RETURN_POINTER(set);
}
