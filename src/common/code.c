/*-------------------------------------------------------------------------
 * code.c
 *	  The kit of a by-value code type: the functions behind input, output,
 *	  casts, try_X and X_check.
 *-------------------------------------------------------------------------
 */
#include "common/ascii.h"
#include "common/code.h"
#include "common/fold.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#define MAX_SHOWN	80			/* bytes */
#define MAX_DIGITS	10			/* in a row */

const char *
hb_show_input(const char *s, size_t len)
{
	char	   *folded = palloc(len + 1);
	int			n = hb_fold(s, len, folded, len + 1);
	int			digits = 0;
	int			clipped = pg_mbcliplen(s, (int) len, MAX_SHOWN);

	for (int i = 0; i < n; i++)
	{
		/* Separators do not make a number of a person another. */
		if (is_digit(folded[i]))
			digits++;
		else if (!is_blank(folded[i]) && folded[i] != '-')
			digits = 0;
		if (digits > MAX_DIGITS)
			return "(not shown, for it may be the number of a person)";
	}
	pfree(folded);
	return psprintf("\"%.*s%s\"", clipped, s, clipped < (int) len ? "..." : "");
}

/* Raise, or hand to a soft error context, the rule that an input breaks. */
static Datum
refuse(const HbCodeType *type, const char *s, size_t len, const char *rule, int pos,
	   struct Node *escontext)
{
	if (type->personal)
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", type->name),
				 errdetail("At character %d: %s.", pos, rule)));
	ereturn(escontext, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: %s", type->name, hb_show_input(s, len)),
			 errdetail("At character %d: %s.", pos, rule)));
}

Datum
hb_code_in(const HbCodeType *type, FunctionCallInfo fcinfo)
{
	char	   *s = PG_GETARG_CSTRING(0);
	size_t		len = strlen(s);
	uint64		code;
	int			pos;
	const char *rule = hb_code_parse(type, s, len, &code, &pos);

	if (unlikely(rule != NULL))
		return refuse(type, s, len, rule, pos, fcinfo->context);
	return CodeGetDatum(code);
}

Datum
hb_code_out(const HbCodeType *type, FunctionCallInfo fcinfo)
{
	char	   *s = palloc(type->maxlen + 1);

	s[type->format(PG_GETARG_CODE(0), s)] = '\0';
	PG_RETURN_CSTRING(s);
}

Datum
hb_code_recv(const HbCodeType *type, FunctionCallInfo fcinfo)
{
	uint64		code = (uint64) pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0));

	if (!type->valid(code))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", type->name)));
	return CodeGetDatum(code);
}

Datum
hb_code_from_text(const HbCodeType *type, FunctionCallInfo fcinfo)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	uint64		code;
	int			pos;
	const char *rule = hb_code_parse(type, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &code, &pos);

	if (unlikely(rule != NULL))
		return refuse(type, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), rule, pos, fcinfo->context);
	return CodeGetDatum(code);
}

Datum
hb_code_to_text(const HbCodeType *type, FunctionCallInfo fcinfo)
{
	text	   *t = palloc(VARHDRSZ + type->maxlen);

	SET_VARSIZE(t, VARHDRSZ + type->format(PG_GETARG_CODE(0), VARDATA(t)));
	PG_RETURN_TEXT_P(t);
}

/* try_X: the code, or NULL where the text is none. */
Datum
hb_code_try(const HbCodeType *type, FunctionCallInfo fcinfo)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	uint64		code;
	int			pos;

	if (hb_code_parse(type, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &code, &pos) != NULL)
		PG_RETURN_NULL();
	return CodeGetDatum(code);
}

/* X_check: NULL for a code, else the rule that the text breaks. */
Datum
hb_code_check(const HbCodeType *type, FunctionCallInfo fcinfo)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	uint64		code;
	int			pos;
	const char *rule = hb_code_parse(type, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &code, &pos);

	if (rule == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(rule));
}

/* ----- hash ----- */

/*
 * All bits of a code count: core's hash of an int8 folds the halves together,
 * where the fields of different codes fall on each other. Finalizer of
 * MurmurHash3; part of the format on disk.
 */
static inline uint64
mix(uint64 h)
{
	h ^= h >> 33;
	h *= UINT64CONST(0xff51afd7ed558ccd);
	h ^= h >> 33;
	h *= UINT64CONST(0xc4ceb9fe1a85ec53);
	return h ^ h >> 33;
}

PG_FUNCTION_INFO_V1(hb_code_hash);
Datum
hb_code_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) mix(PG_GETARG_CODE(0)));
}

/* Without a seed the low half is the plain hash. */
PG_FUNCTION_INFO_V1(hb_code_hash_extended);
Datum
hb_code_hash_extended(PG_FUNCTION_ARGS)
{
	uint64		seed = (uint64) PG_GETARG_INT64(1);
	uint64		h = mix(PG_GETARG_CODE(0));

	PG_RETURN_INT64((int64) (seed == 0 ? h : mix(h ^ seed)));
}
