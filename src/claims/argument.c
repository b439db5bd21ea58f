/*-------------------------------------------------------------------------
 * argument.c
 *	  Parameters of aggregates, which are kept in the state.
 *-------------------------------------------------------------------------
 */
#include "claims/argument.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"

/* The words that steps take, one place for each; a statistic knows some of them. */
static const char *const all_words[] = {
	"two", "upper", "lower",
	"iqr", "log3sd", "l3h3", "multiple",
	"sqrt", "log", "arcsine", "winsorise", "truncate",
	"ml", "moments",
	NULL
};

void
hb_arguments_init(HbArguments *arguments)
{
	for (int i = 0; i < HB_ARGUMENTS; i++)
		arguments->value[i] = NAN;
}

static void
keep(HbArguments *arguments, int i, double value)
{
	if (arguments->value[i] == value)
		return;
	HB_REQUIRE(isnan(arguments->value[i]), "the parameters of an aggregate must be the same in all rows");
	arguments->value[i] = value;
}

void
hb_arguments_merge(HbArguments *into, const HbArguments *from)
{
	for (int i = 0; i < HB_ARGUMENTS; i++)
		if (!isnan(from->value[i]))
			keep(into, i, from->value[i]);
}

bool
hb_arguments_valid(const HbArguments *arguments)
{
	for (int i = 0; i < HB_ARGUMENTS; i++)
		if (isinf(arguments->value[i]))
			return false;
	return true;
}

static int
place_of(const char *word, int len, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if ((int) strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
			return i;
	return -1;
}

static int
required(const char *name, int place, const char *const *words)
{
	StringInfoData list;

	if (place >= 0)
		return place;
	initStringInfo(&list);
	for (int i = 0; words[i]; i++)
		appendStringInfo(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s is none of: %s", name, list.data)));
}

int
hb_word_place(const char *name, const text *word, const char *const *words)
{
	return required(name, place_of(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), words), words);
}

static double
argument_value(FunctionCallInfo fcinfo, int i)
{
	double		value;

	switch (get_fn_expr_argtype(fcinfo->flinfo, i))
	{
		case BOOLOID:
			return PG_GETARG_BOOL(i);
		case INT4OID:
			return PG_GETARG_INT32(i);
		case TEXTOID:
			return hb_word_place("a parameter", PG_GETARG_TEXT_PP(i), all_words);
		default:
			value = PG_GETARG_FLOAT8(i);
			HB_REQUIRE(isfinite(value), "the parameters of an aggregate must be finite");
			return value;
	}
}

void
hb_arguments_keep(HbArguments *arguments, FunctionCallInfo fcinfo, int first)
{
	for (int i = first; i < PG_NARGS(); i++)
		if (!PG_ARGISNULL(i))
			keep(arguments, i - first, argument_value(fcinfo, i));
}

double
hb_argument(FunctionCallInfo fcinfo, const HbArguments *arguments, int i, double otherwise)
{
	if (PG_NARGS() > i + 1)
		return PG_GETARG_FLOAT8(i + 1);
	return isnan(arguments->value[i]) ? otherwise : arguments->value[i];
}

int
hb_argument_integer(FunctionCallInfo fcinfo, const HbArguments *arguments, int i, int otherwise)
{
	double		value = arguments->value[i];

	if (PG_NARGS() > i + 1)
		return PG_GETARG_INT32(i + 1);
	return isnan(value) ? otherwise : (int) Max(Min(value, PG_INT32_MAX), PG_INT32_MIN);
}

int
hb_argument_word(FunctionCallInfo fcinfo, const HbArguments *arguments, int i, const char *name, const char *const *words)
{
	double		value = arguments->value[i];
	const char *word;

	if (PG_NARGS() > i + 1)
		return hb_word_place(name, PG_GETARG_TEXT_PP(i + 1), words);
	if (isnan(value))
		return 0;
	/* The state may be from outside. */
	if (!(value >= 0 && value < lengthof(all_words) - 1))
		return required(name, -1, words);
	word = all_words[(int) value];
	return required(name, place_of(word, strlen(word), words), words);
}
