/*-------------------------------------------------------------------------
 * risk_call.c
 *	  Calls of risk models from SQL: one reading of arguments for all.
 *
 * What a query says once (a word, what to do outside a range) is read once; a
 * row costs the reading of its arguments and the equation.
 *-------------------------------------------------------------------------
 */
#include "risk/risk_call.h"

#include "common/sex.h"
#include "lib/stringinfo.h"
#include "nodes/primnodes.h"
#include "risk/risk_catalogue.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/float.h"

/* ----- words ----- */

/* The place of a word in a list between |, -1 if it is not there; other names of a word follow it, each after /. */
int
hb_risk_find_word(const char *list, const char *word, int len)
{
	for (int place = 0;;)
	{
		int			n = 0;

		while (list[n] != '\0' && list[n] != '|' && list[n] != '/')
			n++;				/* strcspn would first make a table of the bytes */
		if (n == len && pg_strncasecmp(list, word, len) == 0)
			return place;
		if (list[n] == '\0')
			return -1;
		place += list[n] == '|';
		list += n + 1;
	}
}

/* The words as a sentence lists them. */
static char *
list_of(const char *list)
{
	StringInfoData text;

	initStringInfo(&text);
	for (;;)
	{
		appendBinaryStringInfo(&text, list, (int) strcspn(list, "|/"));
		list = strchr(list, '|');
		if (list++ == NULL)
			return text.data;
		appendStringInfoString(&text, ", ");
	}
}

static int
parse_word(const char *list, const char *word, int len, const char *argument, const char *model)
{
	int			place = hb_risk_find_word(list, word, len);

	if (place < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" of %s is not one of those that it knows", argument, model),
				 errdetail("Accepted are %s.", list_of(list))));
	return place;
}

/*
 * "male" or "female", which nearly all callers write, without a branch that
 * would depend on which it is; else the common reading of a sex.
 */
static inline double
parse_sex(const text *t)
{
	static const char words[2][2] = {"ma", "fe"};
	const char *s = VARDATA_ANY(t);
	int			len = VARSIZE_ANY_EXHDR(t);
	int			female = len >> 1 & 1;

	if ((len & ~2) == 4 && memcmp(s + 2 * female, "male", 4) == 0 && memcmp(s, words[female], 2) == 0)
		return HB_SEX_MALE + female;
	return hb_parse_sex(t);
}

/* ----- the call ----- */

/* Is an argument written as a constant? */
bool
hb_risk_is_constant(FmgrInfo *flinfo, int argument)
{
	return flinfo->fn_expr != NULL && IsA(flinfo->fn_expr, FuncExpr) &&
		argument < list_length(((FuncExpr *) flinfo->fn_expr)->args) &&
		IsA(list_nth(((FuncExpr *) flinfo->fn_expr)->args, argument), Const);
}

static HbRiskType
parse_type(const char *type)
{
	static const char *const types[] = {"float8", "int4", "flag", "sex", "number", "word"};
	int			i = 0;

	while (strcmp(type, types[i]) != 0)
		i++;					/* tools/risk-models knows no other type */
	return (HbRiskType) i;
}

/* An argument that is one of a few, as the number that the equation sees. */
static double
parse_choice(const HbRiskInputRow *row, HbRiskType type, Datum value, const HbRiskModel *model)
{
	const text *t;
	char		number[16];

	if (type == HB_RISK_NUMBER)
		return parse_word(row->words, number, pg_ltoa(DatumGetInt32(value), number), row->name, model->name);
	t = DatumGetTextPP(value);
	return parse_word(row->words, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), row->name, model->name);
}

static HbRiskOnRange
parse_on_range(const text *t, const HbRiskModel *model)
{
	return (HbRiskOnRange) parse_word("error|null|clamp", VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), "on_range", model->name);
}

static void
set_input(HbRiskCall *call, FunctionCallInfo fcinfo, int i, const HbRiskInputRow *row)
{
	HbRiskInput *input = &call->input[i];

	input->row = row;
	input->type = parse_type(row->type);
	input->optional = strcmp(row->dflt, "NULL") == 0;
	input->lo = row->lo[0] ? strtod(row->lo, NULL) : -get_float8_infinity();
	input->hi = row->hi[0] ? strtod(row->hi, NULL) : get_float8_infinity();
	call->ranged |= row->lo[0] != '\0';
	if (input->type >= HB_RISK_NUMBER && hb_risk_is_constant(fcinfo->flinfo, i) && !PG_ARGISNULL(i))
	{
		input->value = parse_choice(row, input->type, PG_GETARG_DATUM(i), call->model);
		input->type = HB_RISK_CONSTANT;
	}
}

/* What the model gives: its type, the words of its classes, the cuts between them. */
static void
set_result(HbRiskCall *call)
{
	const HbRiskModelRow *row = hb_risk_find_model(call->model->name);
	const char *word = row->classes;
	const char *cut = row->cuts;

	call->result = strcmp(row->returns, "text") == 0 ? HB_RISK_WORD :
		strcmp(row->returns, "bool") == 0 ? HB_RISK_FLAG : parse_type(row->returns);
	while (*word)
	{
		int			n = (int) strcspn(word, "|");
		char	   *end;

		Assert(call->classes < HB_RISK_WORDS);
		call->word[call->classes] = cstring_to_text_with_len(word, n);
		call->cut[call->classes] = *cut ? strtod(cut, &end) : get_float8_infinity();
		if (*cut)
		{
			if (*end == '=')
				call->cut[call->classes] = nextafter(call->cut[call->classes], get_float8_infinity()), end++;
			cut = end + (*end == '|');
		}
		call->classes++;
		word += n + (word[n] == '|');
	}
}

/* Order the inputs: those that are one of a few, flags, numbers. */
static void
set_order(HbRiskCall *call)
{
	int			n = 0;

	for (int i = 0; i < call->inputs; i++)
		if (call->input[i].type > HB_RISK_FLAG)
			call->order[n++] = (uint8) i;
	call->choices = n;
	for (int i = 0; i < call->inputs; i++)
		if (call->input[i].type == HB_RISK_FLAG)
			call->order[n++] = (uint8) i;
	call->flags = n;
	for (int i = 0; i < call->inputs; i++)
		if (call->input[i].type < HB_RISK_FLAG)
			call->order[n++] = (uint8) i;
}

static HbRiskCall *
make_call(FunctionCallInfo fcinfo, const HbRiskModel *model)
{
	MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	HbRiskCall *call = palloc0(sizeof(HbRiskCall));
	const HbRiskInputRow *row = hb_risk_find_inputs(model->name, &call->inputs);

	call->model = model;
	Assert(call->inputs <= HB_RISK_INPUTS);
	for (int i = 0; i < call->inputs; i++)
		set_input(call, fcinfo, i, &row[i]);
	set_order(call);
	set_result(call);
	if (call->ranged && hb_risk_is_constant(fcinfo->flinfo, call->inputs) && !PG_ARGISNULL(call->inputs))
	{
		call->on_range_constant = true;
		call->on_range = parse_on_range(PG_GETARG_TEXT_PP(call->inputs), model);
	}
	MemoryContextSwitchTo(old);
	return call;
}

static inline HbRiskCall *
get_call(FunctionCallInfo fcinfo, const HbRiskModel *model)
{
	if (unlikely(fcinfo->flinfo->fn_extra == NULL))
		fcinfo->flinfo->fn_extra = make_call(fcinfo, model);
	return fcinfo->flinfo->fn_extra;
}

HbRiskCall *
hb_risk_call(FunctionCallInfo fcinfo, const HbRiskModel *model)
{
	return get_call(fcinfo, model);
}

/* ----- ranges ----- */

/* A hint if the value lies in the range once it is read in another unit. */
static char *
other_unit(const HbRiskInputRow *row, double value, double lo, double hi)
{
	const char *s = row->mistake;

	while (*s)
	{
		int			n = (int) strcspn(s, ";");
		char	   *field[4] = {pnstrdup(s, n), "1", "", "0"};
		double		converted;

		for (int i = 1; i < 4 && (field[i] = strchr(field[i - 1], '|')) != NULL; i++)
			*field[i]++ = '\0';
		converted = (value + (field[3] ? strtod(field[3], NULL) : 0)) * strtod(field[1], NULL);
		if (converted >= lo && converted <= hi)
			return psprintf("The value looks like %s: write %s.", field[0], field[2]);
		s += n + (s[n] == ';');
	}
	return NULL;
}

static void
report_range(const HbRiskInput *input, const HbRiskModel *model, double value, double lo, double hi)
{
	const HbRiskInputRow *row = input->row;
	char	   *hint = other_unit(row, value, lo, hi);

	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("argument \"%s\" of %s is out of range", row->name, model->name),
			 errdetail("The model holds from %g to %g%s%s.", lo, hi, row->unit[0] ? " " : "", row->unit),
			 hint ? errhint("%s", hint) :
			 isnan(value) ? errhint("on_range => 'null' gives NULL instead of NaN.") :
			 errhint("on_range => 'null' gives NULL instead, 'clamp' the value at the limit.")));
}

static HbRiskOnRange
get_on_range(FunctionCallInfo fcinfo, const HbRiskCall *call)
{
	if (call->on_range_constant)
		return call->on_range;
	return parse_on_range(PG_GETARG_TEXT_PP(call->inputs), call->model);
}

/* Deal with a value outside the range; false: the result is NULL. */
static pg_noinline bool
leave_range(FunctionCallInfo fcinfo, const HbRiskCall *call, int i, double lo, double hi, double *x)
{
	HbRiskOnRange on_range = get_on_range(fcinfo, call);

	if (on_range == HB_RISK_NULL)
		return false;
	if (on_range == HB_RISK_ERROR || isnan(x[i]))
		report_range(&call->input[i], call->model, x[i], lo, hi);
	x[i] = x[i] < lo ? lo : hi;
	return true;
}

static bool
check_limits(FunctionCallInfo fcinfo, const HbRiskCall *call, double *x)
{
	for (int i = 0; i < call->inputs; i++)
	{
		double		lo = call->input[i].lo;
		double		hi = call->input[i].hi;

		call->model->limits(x, i, &lo, &hi);
		if (!(x[i] >= lo && x[i] <= hi) && !PG_ARGISNULL(i) && !leave_range(fcinfo, call, i, lo, hi, x))
			return false;
	}
	return true;
}

/* ----- arguments ----- */

/* Mark the optional inputs that are NULL; false: a required one is. */
static bool
read_nulls(FunctionCallInfo fcinfo, const HbRiskCall *call, double *x)
{
	if (call->ranged && PG_ARGISNULL(call->inputs))
		return false;
	for (int i = 0; i < call->inputs; i++)
	{
		x[i] = NAN;
		if (PG_ARGISNULL(i) && !call->input[i].optional)
			return false;
	}
	return true;
}

/* Read what is one of a few; false: a sex that is not known. */
static inline bool
read_choice(const HbRiskCall *call, const HbRiskInput *input, Datum value, double *x)
{
	if (input->type == HB_RISK_CONSTANT)
		*x = input->value;
	else if (input->type == HB_RISK_SEX)
	{
		*x = parse_sex(DatumGetTextPP(value));
		return *x != HB_SEX_UNKNOWN;
	}
	else
		*x = parse_choice(input->row, input->type, value, call->model);
	return true;
}

/*
 * The inputs stand in call->order by kind, so that each loop does one thing: a
 * switch for every argument would cost as much as the equation.
 */
static inline bool
get_arguments(FunctionCallInfo fcinfo, const HbRiskCall *call, double *x)
{
	const NullableDatum *arg = fcinfo->args;
	const uint8 *next = call->order;

	if (!fcinfo->flinfo->fn_strict && !read_nulls(fcinfo, call, x))
		return false;
	for (; next < call->order + call->choices; next++)
		if (!arg[*next].isnull && !read_choice(call, &call->input[*next], arg[*next].value, &x[*next]))
			return false;
	for (; next < call->order + call->flags; next++)
		if (!arg[*next].isnull)
			x[*next] = (int32) arg[*next].value;	/* 0 or 1, without a branch */
	for (; next < call->order + call->inputs; next++)
	{
		const HbRiskInput *input = &call->input[*next];
		double		value;

		if (arg[*next].isnull)
			continue;
		value = input->type == HB_RISK_INT4 ? DatumGetInt32(arg[*next].value) : DatumGetFloat8(arg[*next].value);
		x[*next] = value;
		if (unlikely(!(value >= input->lo && value <= input->hi)) &&
			!leave_range(fcinfo, call, *next, input->lo, input->hi, x))
			return false;
	}
	return call->model->limits == NULL || check_limits(fcinfo, call, x);
}

bool
hb_risk_arguments(FunctionCallInfo fcinfo, const HbRiskCall *call, double *x)
{
	return get_arguments(fcinfo, call, x);
}

/* ----- results ----- */

/* The place of a value among the classes, -1 for none. */
static int
class_of(const HbRiskCall *call, const double *x, double value)
{
	int			i = 0;

	if (call->model->class)
		return call->model->class(x, value);
	while (i < call->classes - 1 && value >= call->cut[i])
		i++;
	return i;
}

static Datum
word_of(FunctionCallInfo fcinfo, const HbRiskCall *call, int place)
{
	if (place < 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(datumCopy(PointerGetDatum(call->word[place]), false, -1));
}

static Datum
value_of_model(FunctionCallInfo fcinfo, const HbRiskModel *model)
{
	const HbRiskCall *call = get_call(fcinfo, model);
	double		x[HB_RISK_INPUTS];
	double		value;

	if (!get_arguments(fcinfo, call, x))
		PG_RETURN_NULL();
	value = model->eval(x);
	if (unlikely(isnan(value)))
		PG_RETURN_NULL();
	switch (call->result)
	{
		case HB_RISK_INT4:
			PG_RETURN_INT32((int32) value);
		case HB_RISK_FLAG:
			PG_RETURN_BOOL(value != 0);
		case HB_RISK_WORD:
			return word_of(fcinfo, call, (int) value);
		default:
			PG_RETURN_FLOAT8(value);
	}
}

static Datum
value_class(FunctionCallInfo fcinfo, const HbRiskModel *model)
{
	const HbRiskCall *call = get_call(fcinfo, model);
	double		x[HB_RISK_INPUTS];
	double		value;

	if (!get_arguments(fcinfo, call, x))
		PG_RETURN_NULL();
	value = model->eval(x);
	if (isnan(value))
		PG_RETURN_NULL();
	return word_of(fcinfo, call, class_of(call, x, value));
}

static Datum
class_of_value(FunctionCallInfo fcinfo, const HbRiskModel *model)
{
	HbRiskCall *call = fcinfo->flinfo->fn_extra;
	double		value;

	if (call == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		call = palloc0(sizeof(HbRiskCall));
		call->model = model;
		set_result(call);
		fcinfo->flinfo->fn_extra = call;
		MemoryContextSwitchTo(old);
	}
	value = call->result == HB_RISK_INT4 ? PG_GETARG_INT32(0) : PG_GETARG_FLOAT8(0);
	if (isnan(value))
		PG_RETURN_NULL();
	return word_of(fcinfo, call, class_of(call, NULL, value));
}

/* ----- the SQL functions of all models ----- */

#define FUNCTION(name, body, model) \
	PG_FUNCTION_INFO_V1(name); \
	Datum name(PG_FUNCTION_ARGS) \
	{ \
		return body(fcinfo, &model); \
	}
#define MODEL(name, class, limits) \
	static const HbRiskModel model_##name = {#name, hb_eval_##name, class, limits}; \
	FUNCTION(hb_risk_##name, value_of_model, model_##name)
#define CLASS(name)		FUNCTION(hb_risk_##name##_class, value_class, model_##name)
#define EXPLAIN(name)	FUNCTION(hb_risk_##name##_explain, hb_risk_explain, model_##name)
#define CLASS_OF(name)	FUNCTION(hb_risk_##name##_class_of, class_of_value, model_##name)

HB_RISK_MODELS(MODEL)
HB_RISK_CLASSES(CLASS)
HB_RISK_CLASSES_OF(CLASS_OF)
HB_RISK_EXPLAINED(EXPLAIN)
