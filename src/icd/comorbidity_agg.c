/*-------------------------------------------------------------------------
 * comorbidity_agg.c
 *	  The states charlson and elixhauser in SQL: input, output, aggregates,
 *	  scores and the rows of the view comorbidity_map.
 *-------------------------------------------------------------------------
 */
#include "icd/comorbidity.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#define PG_GETARG_STATE(n)	((uint32) PG_GETARG_INT32(n))
#define PG_RETURN_STATE(x)	PG_RETURN_INT32((int32) (x))

static Datum
state_in(const HbComorbidIndex *index, FunctionCallInfo fcinfo)
{
	char	   *s = PG_GETARG_CSTRING(0);
	uint32		state = 0;
	int			pos;
	const char *rule = hb_comorbid_parse(index, s, (int) strlen(s), &state, &pos);

	if (rule != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: %s", index->name, hb_show_input(s, strlen(s))),
				 errdetail("At character %d: %s.", pg_mbstrlen_with_len(s, pos) + 1, rule),
				 errhint("The state of a code is %s(code), where code is of type icd10 or icd10[].", index->name)));
	PG_RETURN_STATE(state);
}

static Datum
state_out(const HbComorbidIndex *index, FunctionCallInfo fcinfo)
{
	char	   *s = palloc(HB_COMORBID_MAXLEN + 1);

	s[hb_comorbid_format(index, PG_GETARG_STATE(0), s)] = '\0';
	PG_RETURN_CSTRING(s);
}

static Datum
state_recv(const HbComorbidIndex *index, FunctionCallInfo fcinfo)
{
	uint32		state = pq_getmsgint((StringInfo) PG_GETARG_POINTER(0), 4);

	if (!hb_comorbid_valid(index, state))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", index->name)));
	PG_RETURN_STATE(state);
}

/* The categories of all codes of an array; NULL elements have none. */
static uint32
state_of_array(const HbComorbidIndex *index, ArrayType *array)
{
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	const int64 *code = (const int64 *) ARR_DATA_PTR(array);
	const bits8 *bitmap = ARR_NULLBITMAP(array);
	uint32		state = 0;

	for (int i = 0; i < n; i++)
		if (bitmap == NULL || (bitmap[i / 8] >> i % 8 & 1) != 0)
			state |= hb_comorbid_of(index, (uint64) *code++);
	return state;
}

/* The categories of a state as an array of their names. */
static Datum
state_categories(const HbComorbidIndex *index, FunctionCallInfo fcinfo)
{
	uint32		state = PG_GETARG_STATE(0);
	Datum		names[HB_COMORBID_CATEGORIES];
	int			n = 0;

	if (PG_GETARG_BOOL(1))
		state = hb_comorbid_hierarchy(index, state);
	for (int i = 0; i < index->categories; i++)
		if ((state >> i & 1) != 0)
			names[n++] = CStringGetTextDatum(index->category[i].name);
	PG_RETURN_ARRAYTYPE_P(construct_array(names, n, TEXTOID, -1, false, TYPALIGN_INT));
}

static int
score(const HbComorbidIndex *index, uint32 state, text *weights, bool hierarchy)
{
	int			w = hb_comorbid_weights(index, VARDATA_ANY(weights), (int) VARSIZE_ANY_EXHDR(weights));

	if (w < 0)
	{
		StringInfoData names;

		initStringInfo(&names);
		for (int i = 0; i < HB_COMORBID_WEIGHTS && index->weights[i].name != NULL; i++)
			appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", index->weights[i].name);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the index %s has no weights %s", index->name,
						hb_show_input(VARDATA_ANY(weights), VARSIZE_ANY_EXHDR(weights))),
				 errhint("The weights are %s.", names.data)));
	}
	return hb_comorbid_points(index, state, w, hierarchy);
}

/* Define the functions of an index; no semicolon follows. */
#define FUNCTION(symbol, body) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) { body }

#define INDEX_FUNCTIONS(name) \
	FUNCTION(hb_##name##_in, return state_in(&hb_##name, fcinfo);) \
	FUNCTION(hb_##name##_out, return state_out(&hb_##name, fcinfo);) \
	FUNCTION(hb_##name##_recv, return state_recv(&hb_##name, fcinfo);) \
	FUNCTION(hb_##name##_of_code, \
		PG_RETURN_STATE(hb_comorbid_of(&hb_##name, PG_GETARG_CODE(0)));) \
	FUNCTION(hb_##name##_of_array, \
		PG_RETURN_STATE(state_of_array(&hb_##name, PG_GETARG_ARRAYTYPE_P(0)));) \
	FUNCTION(hb_##name##_step, \
		PG_RETURN_STATE(PG_GETARG_STATE(0) | hb_comorbid_of(&hb_##name, PG_GETARG_CODE(1)));) \
	FUNCTION(hb_##name##_step_array, \
		PG_RETURN_STATE(PG_GETARG_STATE(0) | state_of_array(&hb_##name, PG_GETARG_ARRAYTYPE_P(1)));) \
	FUNCTION(hb_##name##_categories, return state_categories(&hb_##name, fcinfo);)

INDEX_FUNCTIONS(charlson)
INDEX_FUNCTIONS(elixhauser)

/* Not strict: without an age there are no points for it. */
PG_FUNCTION_INFO_V1(hb_charlson_score);
Datum
hb_charlson_score(PG_FUNCTION_ARGS)
{
	int			points;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	points = score(&hb_charlson, PG_GETARG_STATE(0), PG_GETARG_TEXT_PP(1), PG_GETARG_BOOL(3));
	if (!PG_ARGISNULL(2))
	{
		int32		age = PG_GETARG_INT32(2);

		if (age < 0 || age > 150)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("age must be between 0 and 150 years")));
		points += hb_charlson_age_points(age);
	}
	PG_RETURN_INT32(points);
}

PG_FUNCTION_INFO_V1(hb_elixhauser_score);
Datum
hb_elixhauser_score(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(score(&hb_elixhauser, PG_GETARG_STATE(0), PG_GETARG_TEXT_PP(1), PG_GETARG_BOOL(2)));
}

/* ----- the map ----- */

/* The codes that count for a category. */
static Datum
category_codes(const HbComorbidIndex *index, int category)
{
	HbCodeSet  *set = palloc0(HB_CODESET_SIZE(index->prefixes));
	uint32		n = 0;

	for (int i = 0; i < index->prefixes; i++)
		if (index->prefix[i].category == category)
			set->range[n++] = hb_codeset_subtree(&hb_icd10set_type, index->prefix[i].code);
	set->n = hb_ranges_normalize(set->range, n);
	SET_VARSIZE(set, HB_CODESET_SIZE(set->n));
	return PointerGetDatum(set);
}

/* The points of a category by the name of the weights; null where it has none. */
static Datum
category_weights(const HbComorbidIndex *index, const HbComorbidCategory *c)
{
	StringInfoData json;

	initStringInfo(&json);
	for (int i = 0; i < HB_COMORBID_WEIGHTS && index->weights[i].name != NULL; i++)
	{
		appendStringInfo(&json, "%s\"%s\": ", i > 0 ? ", " : "{", index->weights[i].name);
		if (index->weights[i].by_group && c->group[0] == '\0')
			appendStringInfoString(&json, "null");
		else
			appendStringInfo(&json, "%d", c->points[i]);
	}
	appendStringInfoChar(&json, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data));
}

PG_FUNCTION_INFO_V1(hb_comorbidity_map);
Datum
hb_comorbidity_map(PG_FUNCTION_ARGS)
{
	static const HbComorbidIndex *const indices[] = {&hb_charlson, &hb_elixhauser};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < (int) lengthof(indices); i++)
		for (int j = 0; j < indices[i]->categories; j++)
		{
			const HbComorbidCategory *c = &indices[i]->category[j];
			bool		nulls[8] = {false};
			Datum		values[8];

			values[0] = CStringGetTextDatum(indices[i]->name);
			values[1] = CStringGetTextDatum(c->name);
			values[2] = CStringGetTextDatum(c->label_en);
			values[3] = PointerGetDatum(cstring_to_text(pg_any_to_server(c->label_zh, (int) strlen(c->label_zh), PG_UTF8)));
			values[4] = category_codes(indices[i], j);
			values[5] = category_weights(indices[i], c);
			nulls[6] = c->excluded_by < 0;
			values[6] = nulls[6] ? (Datum) 0 : CStringGetTextDatum(indices[i]->category[c->excluded_by].name);
			values[7] = CStringGetTextDatum(indices[i]->source);
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	return (Datum) 0;
}
