/*-------------------------------------------------------------------------
 * format.c
 *	  The table of formats in SQL: validate_identity, id_document_kind and
 *	  the rows behind the view identity_formats.
 *-------------------------------------------------------------------------
 */
#include "common/compat.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "ident/format.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(hb_validate_identity);
PG_FUNCTION_INFO_V1(hb_id_document_kind);
PG_FUNCTION_INFO_V1(hb_identity_formats);

static Datum
utf8_datum(const char *s, int len)
{
	return CStringGetTextDatum(pg_any_to_server(pnstrdup(s, len), len, PG_UTF8));
}

/* Normalise a text argument; -1 if it is longer than any format. */
static int
normalize(const text *t, char *out)
{
	int			len = VARSIZE_ANY_EXHDR(t);
	char	   *s = pg_server_to_any(VARDATA_ANY(t), len, PG_UTF8);

	if (s != VARDATA_ANY(t))
		len = strlen(s);
	return hb_format_normalize(s, len, out);
}

static bool
is_called(const HbFormat *format, const text *name)
{
	size_t		len = VARSIZE_ANY_EXHDR(name);

	return (strlen(format->kind) == len && memcmp(format->kind, VARDATA_ANY(name), len) == 0) ||
		(strlen(format->family) == len && memcmp(format->family, VARDATA_ANY(name), len) == 0);
}

/* The row type of the result, looked up once per query. */
static TupleDesc
row_type(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;

	if (flinfo->fn_extra == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(flinfo->fn_mcxt);
		TupleDesc	desc;

		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("function returning record called in context that cannot accept type record")));
		flinfo->fn_extra = BlessTupleDesc(desc);
		MemoryContextSwitchTo(caller);
	}
	return flinfo->fn_extra;
}

/* What is said of a text of which no more is known than the form expected. */
static Datum
expected_form(const HbFormat *format, bool one_kind)
{
	char	   *s = one_kind ? psprintf("the form is not %s", format->form) :
		psprintf("the form is none of %s", format->family);

	return utf8_datum(s, strlen(s));
}

/* Judge a text by a kind, or by all kinds of a family. */
Datum
hb_validate_identity(PG_FUNCTION_ARGS)
{
	const text *kind = PG_GETARG_TEXT_PP(0);
	char		normal[HB_FORMAT_MAX];
	int			n = normalize(PG_GETARG_TEXT_PP(1), normal);
	const HbFormat *called = NULL;
	const char *check_rule = NULL;
	int			ncalled = 0;
	Datum		values[3];
	bool		nulls[3] = {false, true, n < 0};

	values[0] = BoolGetDatum(false);
	values[1] = values[2] = (Datum) 0;
	if (n >= 0)
		values[2] = utf8_datum(normal, n);

	for (int i = 0; i < hb_format_count; i++)
	{
		char		s[HB_FORMAT_MAX];
		int			len = Max(n, 0);
		const char *rule;
		bool		told;

		if (!is_called(&hb_formats[i], kind))
			continue;
		called = &hb_formats[i];
		ncalled++;
		memcpy(s, normal, len);
		rule = n < 0 ? "" : hb_format_judge(called, s, &len, &told);
		if (rule == NULL)
		{
			values[0] = BoolGetDatum(true);
			values[2] = utf8_datum(s, len);
			break;
		}
		if (n >= 0 && told)
			check_rule = rule;
	}
	if (called == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized kind of identity"),
				 errhint("The view identity_formats lists all kinds and families.")));
	if (!DatumGetBool(values[0]))
	{
		values[1] = check_rule != NULL ? CStringGetTextDatum(check_rule) :
			expected_form(called, ncalled == 1);
		nulls[1] = false;
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(row_type(fcinfo), values, nulls)));
}

/* Return all kinds that a text could be. */
Datum
hb_id_document_kind(PG_FUNCTION_ARGS)
{
	char		normal[HB_FORMAT_MAX];
	int			n = normalize(PG_GETARG_TEXT_PP(0), normal);
	Datum	   *kinds = palloc(sizeof(Datum) * hb_format_count);
	int			found = 0;

	for (int i = 0; n > 0 && i < hb_format_count; i++)
	{
		char		s[HB_FORMAT_MAX];
		int			len = n;
		bool		told;

		memcpy(s, normal, n);
		if (hb_format_judge(&hb_formats[i], s, &len, &told) == NULL)
			kinds[found++] = CStringGetTextDatum(hb_formats[i].kind);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(kinds, found, TEXTOID, -1, false, TYPALIGN_INT));
}

/* Return the table of formats. */
Datum
hb_identity_formats(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < hb_format_count; i++)
	{
		const HbFormat *format = &hb_formats[i];
		Datum		values[7];
		bool		nulls[7] = {false};

		values[0] = CStringGetTextDatum(format->kind);
		values[1] = CStringGetTextDatum(format->family);
		values[2] = utf8_datum(format->shape, strlen(format->shape));
		values[3] = utf8_datum(format->form, strlen(format->form));
		nulls[4] = format->check_name == NULL;
		values[4] = nulls[4] ? (Datum) 0 : CStringGetTextDatum(format->check_name);
		values[5] = BoolGetDatum(format->confirmed);
		values[6] = CStringGetTextDatum(format->source);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
