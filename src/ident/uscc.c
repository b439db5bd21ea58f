/*-------------------------------------------------------------------------
 * uscc.c
 *	  uscc in SQL: type functions, order, accessors; organisation codes.
 *-------------------------------------------------------------------------
 */
#include "ident/uscc.h"

#include "common/fold.h"
#include "common/hashfn.h"
#include "ident/cn_division.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

#define PG_GETARG_USCC(n)	((HbUscc *) PG_GETARG_POINTER(n))

/* ----- input and output ----- */

static Datum
read_uscc(const char *s, size_t len, struct Node *escontext)
{
	HbUscc	   *code = palloc(sizeof(HbUscc));
	int			pos;
	const char *rule = hb_uscc_parse(s, len, code, &pos);

	if (rule != NULL)
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "uscc"),
				 errdetail("At character %d: %s.", pos, rule)));
	return PointerGetDatum(code);
}

PG_FUNCTION_INFO_V1(hb_uscc_in);
Datum
hb_uscc_in(PG_FUNCTION_ARGS)
{
	char	   *s = PG_GETARG_CSTRING(0);

	return read_uscc(s, strlen(s), fcinfo->context);
}

PG_FUNCTION_INFO_V1(hb_uscc_out);
Datum
hb_uscc_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pnstrdup(PG_GETARG_USCC(0)->c, HB_USCC_LEN));
}

PG_FUNCTION_INFO_V1(hb_uscc_recv);
Datum
hb_uscc_recv(PG_FUNCTION_ARGS)
{
	HbUscc	   *code = palloc(sizeof(HbUscc));
	int			pos;

	pq_copymsgbytes((StringInfo) PG_GETARG_POINTER(0), code->c, HB_USCC_LEN);
	if (hb_uscc_check(code->c, &pos) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "uscc")));
	PG_RETURN_POINTER(code);
}

PG_FUNCTION_INFO_V1(hb_uscc_send);
Datum
hb_uscc_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text_with_len(PG_GETARG_USCC(0)->c, HB_USCC_LEN));
}

PG_FUNCTION_INFO_V1(hb_uscc_from_text);
Datum
hb_uscc_from_text(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);

	return read_uscc(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), fcinfo->context);
}

PG_FUNCTION_INFO_V1(hb_uscc_try);
Datum
hb_uscc_try(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	HbUscc	   *code = palloc(sizeof(HbUscc));
	int			pos;

	if (hb_uscc_parse(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), code, &pos) != NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(code);
}

PG_FUNCTION_INFO_V1(hb_uscc_check_text);
Datum
hb_uscc_check_text(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	HbUscc		code;
	int			pos;
	const char *rule = hb_uscc_parse(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &code, &pos);

	if (rule == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(rule));
}

/* ----- order ----- */

static inline int
compare(const HbUscc *a, const HbUscc *b)
{
	return memcmp(a->c, b->c, HB_USCC_LEN);
}

#define COMPARISON(name, op) \
	PG_FUNCTION_INFO_V1(hb_uscc_##name); \
	Datum hb_uscc_##name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(compare(PG_GETARG_USCC(0), PG_GETARG_USCC(1)) op 0); \
	}

COMPARISON(eq, ==)
COMPARISON(ne, !=)
COMPARISON(lt, <)
COMPARISON(le, <=)
COMPARISON(gt, >)
COMPARISON(ge, >=)

PG_FUNCTION_INFO_V1(hb_uscc_cmp);
Datum
hb_uscc_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(PG_GETARG_USCC(0), PG_GETARG_USCC(1)));
}

PG_FUNCTION_INFO_V1(hb_uscc_larger);
Datum
hb_uscc_larger(PG_FUNCTION_ARGS)
{
	HbUscc	   *a = PG_GETARG_USCC(0);
	HbUscc	   *b = PG_GETARG_USCC(1);

	PG_RETURN_POINTER(compare(a, b) >= 0 ? a : b);
}

PG_FUNCTION_INFO_V1(hb_uscc_smaller);
Datum
hb_uscc_smaller(PG_FUNCTION_ARGS)
{
	HbUscc	   *a = PG_GETARG_USCC(0);
	HbUscc	   *b = PG_GETARG_USCC(1);

	PG_RETURN_POINTER(compare(a, b) <= 0 ? a : b);
}

PG_FUNCTION_INFO_V1(hb_uscc_hash);
Datum
hb_uscc_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_USCC(0)->c, HB_USCC_LEN);
}

PG_FUNCTION_INFO_V1(hb_uscc_hash_extended);
Datum
hb_uscc_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_USCC(0)->c, HB_USCC_LEN,
							 PG_GETARG_INT64(1));
}

static int
full_comparator(Datum x, Datum y, SortSupport ssup)
{
	return compare((HbUscc *) DatumGetPointer(x), (HbUscc *) DatumGetPointer(y));
}

static Datum
abbreviate(Datum x, SortSupport ssup)
{
	return (Datum) hb_uscc_abbreviate((HbUscc *) DatumGetPointer(x));
}

/* The short keys hold 15 of 18 characters, so giving up never pays. */
static bool
never_abort(int memtupcount, SortSupport ssup)
{
	return false;
}

static int
short_comparator(Datum x, Datum y, SortSupport ssup)
{
	return x < y ? -1 : x > y;
}

PG_FUNCTION_INFO_V1(hb_uscc_sortsupport);
Datum
hb_uscc_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = full_comparator;
	if (ssup->abbreviate && sizeof(Datum) == 8)
	{
		ssup->comparator = short_comparator;
		ssup->abbrev_converter = abbreviate;
		ssup->abbrev_abort = never_abort;
		ssup->abbrev_full_comparator = full_comparator;
	}
	PG_RETURN_VOID();
}

/* ----- accessors ----- */

PG_FUNCTION_INFO_V1(hb_uscc_to_text);
Datum
hb_uscc_to_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text_with_len(PG_GETARG_USCC(0)->c, HB_USCC_LEN));
}

PG_FUNCTION_INFO_V1(hb_uscc_department);
Datum
hb_uscc_department(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text_with_len(PG_GETARG_USCC(0)->c, 1));
}

PG_FUNCTION_INFO_V1(hb_uscc_class);
Datum
hb_uscc_class(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text_with_len(PG_GETARG_USCC(0)->c + 1, 1));
}

PG_FUNCTION_INFO_V1(hb_uscc_division);
Datum
hb_uscc_division(PG_FUNCTION_ARGS)
{
	uint64		code;
	int			pos;

	/* 000000 occurs, and is no division. */
	if (hb_cn_division_type.parse(PG_GETARG_USCC(0)->c + 2, 6, &code, &pos) != NULL)
		PG_RETURN_NULL();
	PG_RETURN_CODE(code);
}

PG_FUNCTION_INFO_V1(hb_uscc_organisation_code);
Datum
hb_uscc_organisation_code(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text_with_len(PG_GETARG_USCC(0)->c + 8, HB_ORG_CODE_LEN));
}

/* Return the rule that an organisation code breaks, or NULL. */
PG_FUNCTION_INFO_V1(hb_organisation_code_check);
Datum
hb_organisation_code_check(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	char		folded[HB_CODE_MAX_INPUT];
	char		compact[HB_ORG_CODE_LEN];
	int			at[HB_ORG_CODE_LEN + 1];
	int			n = hb_fold(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), folded, sizeof(folded));
	int			pos;
	const char *rule;

	if (n >= 0)
		n = hb_compact(folded, n, compact, at, HB_ORG_CODE_LEN);
	rule = n == HB_ORG_CODE_LEN ? hb_org_code_check(compact, &pos) :
		"an organisation code has 9 characters";
	if (rule == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(rule));
}
