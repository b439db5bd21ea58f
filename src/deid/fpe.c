/*-------------------------------------------------------------------------
 * fpe.c
 *	  Format-preserving encryption in SQL.
 *-------------------------------------------------------------------------
 */
#include "deid/fpe_spec.h"

#include "deid/pseudonym.h"
#include "ident/cn_id.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(hb_deid_fpe);
PG_FUNCTION_INFO_V1(hb_deid_fpe_idno);
PG_FUNCTION_INFO_V1(hb_deid_fpe_cn_id);
PG_FUNCTION_INFO_V1(hb_deid_fpe_mobile);
PG_FUNCTION_INFO_V1(hb_deid_fpe_bankcard);
PG_FUNCTION_INFO_V1(hb_deid_fpe_digits);

/* What becomes of a value that breaks a rule. */
enum OnInvalid
{
	INVALID_ERROR,
	INVALID_NULL,
	INVALID_TOKEN,
	INVALID_MASK
};

static const char *const on_invalid_words[] = {"error", "null", "token", "mask"};
static const char *const check_words[] = {"valid", "invalid"};

/* ----- errors ----- */

int
hb_word_choice(const char *s, size_t len, const char *const *words, int n, const char *argument)
{
	StringInfoData list;

	for (int i = 0; i < n; i++)
	{
		if (strlen(words[i]) == len && memcmp(words[i], s, len) == 0)
			return i;
	}
	initStringInfo(&list);
	for (int i = 0; i < n; i++)
		appendStringInfo(&list, "%s%s", i == 0 ? "" : i == n - 1 ? " or " : ", ", words[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for argument %s", argument),
			 errdetail("It must be %s.", list.data)));
	return 0;
}

static int
word_argument(FunctionCallInfo fcinfo, int arg, const char *const *words, int n, const char *argument)
{
	const text *word = PG_GETARG_TEXT_PP(arg);

	return hb_word_choice(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), words, n, argument);
}

static void
domain_too_small(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("too few values are possible for format-preserving encryption"),
			 errdetail("There must be at least %d, else the key's permutation can be read off from pairs.", HB_FF1_MIN_DOMAIN),
			 errhint("Keep less of the value, or use a token.")));
}

/* The value itself is never shown. */
static void
invalid_value(const char *rule)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the value cannot be enciphered"),
			 errdetail("The rule that it breaks: %s.", rule)));
}

void
hb_fpe_check_or_fail(const HbFpeSpec *spec)
{
	const char *rule;

	switch (hb_fpe_check(spec, &rule))
	{
		case HB_FPE_INVALID:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s", rule)));
			break;
		case HB_FPE_SMALL:
			domain_too_small();
			break;
		default:
			break;
	}
}

/* ----- values that cannot be enciphered ----- */

static Datum
token_instead(HbKey *key, const char *domain, const text *value)
{
	const char *s = VARDATA_ANY(value);
	size_t		len = VARSIZE_ANY_EXHDR(value);
	uint8		hash[HB_MAC_LEN];
	char		out[HB_TOKEN_MAX_LEN];

	if (key->mac == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("key \"%s\" makes no tokens", NameStr(key->name)),
				 errdetail("With on_invalid => token a key with the purpose release is needed.")));
	if (hb_token_passes(key->version, HB_TOKEN_MIN_BITS, s, len))
		PG_RETURN_TEXT_P(cstring_to_text_with_len(s, (int) len));
	if (!hb_mac(key->mac, domain, strlen(domain), s, len, hash))
		hb_crypto_failed();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, hb_token_write(key->version, HB_TOKEN_MIN_BITS, hash, out)));
}

/* One star a character. */
static Datum
mask_instead(const text *value)
{
	int			n = pg_mbstrlen_with_len(VARDATA_ANY(value), (int) VARSIZE_ANY_EXHDR(value));
	text	   *mask = palloc(VARHDRSZ + n);

	SET_VARSIZE(mask, VARHDRSZ + n);
	memset(VARDATA(mask), '*', n);
	PG_RETURN_TEXT_P(mask);
}

/* ----- forms with on_invalid ----- */

/* Encipher argument 0 by the key of argument 1; on_invalid is an argument. */
static Datum
convert(FunctionCallInfo fcinfo, const HbFpeSpec *spec, const char *domain, int on_invalid_arg)
{
	const text *value = PG_GETARG_TEXT_PP(0);
	const char *s = VARDATA_ANY(value);
	size_t		value_len = VARSIZE_ANY_EXHDR(value);
	int			on_invalid = word_argument(fcinfo, on_invalid_arg, on_invalid_words,
										   lengthof(on_invalid_words), "on_invalid");
	HbKey	   *key = hb_key_for(hb_key_call(fcinfo, sizeof(HbKeyCall)), PG_GETARG_NAME(1), HB_USE_FPE);
	HbFpeLimits limits = hb_fpe_limits(key);
	char		out[HB_FPE_MAX_TEXT];
	size_t		len;
	const char *rule = "it is a pseudonym already";
	HbFpeStatus status = HB_FPE_INVALID;

	if (likely(!hb_is_pseudonym(s, value_len)))
		status = hb_fpe_convert(spec, key->ff1, &limits, false, s, value_len, out, &len, &rule);
	if (likely(status == HB_FPE_DONE))
		PG_RETURN_TEXT_P(cstring_to_text_with_len(out, (int) len));
	if (status == HB_FPE_FAILED)
		hb_crypto_failed();
	if (on_invalid == INVALID_NULL)
		PG_RETURN_NULL();
	if (on_invalid == INVALID_TOKEN)
		return token_instead(key, domain, value);
	if (on_invalid == INVALID_MASK)
		return mask_instead(value);
	if (status == HB_FPE_SMALL)
		domain_too_small();
	invalid_value(rule);
	PG_RETURN_NULL();
}

/* Return an identity number for another. */
Datum
hb_deid_fpe_idno(PG_FUNCTION_ARGS)
{
	HbFpeSpec	spec = {.form = HB_FPE_IDNO};

	spec.keep = PG_GETARG_INT32(2);
	spec.band = PG_GETARG_INT32(3);
	spec.keep_sex = PG_GETARG_BOOL(4);
	spec.shift_check = word_argument(fcinfo, 5, check_words, lengthof(check_words), "check_digit") == 1;
	hb_fpe_check_or_fail(&spec);
	return convert(fcinfo, &spec, "idno|", 6);
}

/* Return a mobile number for another. */
Datum
hb_deid_fpe_mobile(PG_FUNCTION_ARGS)
{
	HbFpeSpec	spec = {.form = HB_FPE_MOBILE};

	spec.keep = PG_GETARG_INT32(2);
	hb_fpe_check_or_fail(&spec);
	return convert(fcinfo, &spec, "mobile|", 3);
}

/* Return a card number for another. */
Datum
hb_deid_fpe_bankcard(PG_FUNCTION_ARGS)
{
	HbFpeSpec	spec = {.form = HB_FPE_BANKCARD};

	return convert(fcinfo, &spec, "bankcard|", 2);
}

/* Return a text with other digits. */
Datum
hb_deid_fpe_digits(PG_FUNCTION_ARGS)
{
	HbFpeSpec	spec = {.form = HB_FPE_DIGITS};

	return convert(fcinfo, &spec, "digits|", 2);
}

/* Return a cn_id for another. */
Datum
hb_deid_fpe_cn_id(PG_FUNCTION_ARGS)
{
	uint64		id = PG_GETARG_CODE(0);
	HbFpeSpec	spec = {.form = HB_FPE_IDNO};
	HbKey	   *key;
	HbFpeLimits limits;
	const char *rule;

	spec.keep = PG_GETARG_INT32(2);
	spec.band = PG_GETARG_INT32(3);
	spec.keep_sex = PG_GETARG_BOOL(4);
	hb_fpe_check_or_fail(&spec);
	key = hb_key_for(hb_key_call(fcinfo, sizeof(HbKeyCall)), PG_GETARG_NAME(1), HB_USE_FPE);
	limits = hb_fpe_limits(key);
	switch (hb_fpe_cn_id(&spec, key->ff1, &limits, false, &id, &rule))
	{
		case HB_FPE_INVALID:
			invalid_value(rule);
			break;
		case HB_FPE_SMALL:
			domain_too_small();
			break;
		case HB_FPE_FAILED:
			hb_crypto_failed();
			break;
		case HB_FPE_DONE:
			break;
	}
	PG_RETURN_CODE(id);
}

/* ----- text over an alphabet ----- */

HbAlphabet *
hb_alphabet_make(const char *s, size_t len)
{
	int			n = pg_mbstrlen_with_len(s, (int) len);
	HbAlphabet *alphabet;
	const char *rule;

	if (n > HB_FF1_MAX_RADIX)
		n = HB_FF1_MAX_RADIX + 1;
	alphabet = palloc(hb_alphabet_size((uint32) n));
	rule = hb_alphabet_read(alphabet, s, len, (uint32) n);
	if (rule != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid alphabet"),
				 errdetail("%s", rule)));
	return alphabet;
}

/* What deid_fpe keeps: the alphabet of the last call. */
typedef struct TextCall
{
	HbKeyCall	call;
	MemoryContext context;
	char	   *letters;
	size_t		len;
	HbAlphabet *alphabet;
} TextCall;

static const HbAlphabet *
alphabet_for(FunctionCallInfo fcinfo, TextCall *call, const text *letters)
{
	const char *s = VARDATA_ANY(letters);
	size_t		len = VARSIZE_ANY_EXHDR(letters);
	MemoryContext caller;

	if (call->alphabet != NULL && call->len == len && memcmp(call->letters, s, len) == 0)
		return call->alphabet;
	call->alphabet = NULL;
	if (call->context == NULL)
		call->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "alphabet", ALLOCSET_SMALL_SIZES);
	MemoryContextReset(call->context);
	caller = MemoryContextSwitchTo(call->context);
	call->letters = pnstrdup(s, len);
	call->len = len;
	call->alphabet = hb_alphabet_make(s, len);
	MemoryContextSwitchTo(caller);
	return call->alphabet;
}

/* Return a text over an alphabet for another of the same length. */
Datum
hb_deid_fpe(PG_FUNCTION_ARGS)
{
	const text *value = PG_GETARG_TEXT_PP(0);
	const text *letters = PG_GETARG_TEXT_PP(1);
	const bytea *tweak = PG_GETARG_BYTEA_PP(2);
	TextCall   *call = hb_key_call(fcinfo, sizeof(TextCall));
	HbFpeSpec	spec = {.form = HB_FPE_TEXT};
	HbFpeLimits limits = {0};
	HbKey	   *key;
	char		out[HB_FPE_MAX_TEXT];
	size_t		len;
	const char *rule;

	spec.alphabet = alphabet_for(fcinfo, call, letters);
	spec.tweak = VARDATA_ANY(tweak);
	spec.tweak_len = VARSIZE_ANY_EXHDR(tweak);
	key = hb_key_for(&call->call, PG_GETARG_NAME(3), HB_USE_FPE);
	switch (hb_fpe_convert(&spec, key->ff1, &limits, false, VARDATA_ANY(value),
						   VARSIZE_ANY_EXHDR(value), out, &len, &rule))
	{
		case HB_FPE_INVALID:
			invalid_value(rule);
			break;
		case HB_FPE_SMALL:
			domain_too_small();
			break;
		case HB_FPE_FAILED:
			hb_crypto_failed();
			break;
		case HB_FPE_DONE:
			break;
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, (int) len));
}

/* ----- the specification of a field of a release ----- */

static const JsonbValue *
member(JsonbContainer *object, const char *name, JsonbValue *value)
{
	return getKeyJsonValueFromContainer(object, name, (int) strlen(name), value);
}

/* Of an option that is not known the name is not shown, as it may be a value. */
static void
bad_option(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 name != NULL ? errmsg("invalid option \"%s\" of a field of a release", name) :
			 errmsg("unknown option of a field of a release"),
			 errhint("Options are those of the function, by the names of its arguments.")));
}

static int
int_option(JsonbContainer *field, const char *name, int otherwise)
{
	JsonbValue	value;

	if (member(field, name, &value) == NULL)
		return otherwise;
	if (value.type != jbvNumeric)
		bad_option(name);
	return DatumGetInt32(DirectFunctionCall1(numeric_int4, NumericGetDatum(value.val.numeric)));
}

static bool
bool_option(JsonbContainer *field, const char *name, bool otherwise)
{
	JsonbValue	value;

	if (member(field, name, &value) == NULL)
		return otherwise;
	if (value.type != jbvBool)
		bad_option(name);
	return value.val.boolean;
}

/* The text of an option, or NULL. */
static char *
text_option(JsonbContainer *field, const char *name)
{
	JsonbValue	value;

	if (member(field, name, &value) == NULL)
		return NULL;
	if (value.type != jbvString)
		bad_option(name);
	return pnstrdup(value.val.string.val, value.val.string.len);
}

static void
read_text_spec(JsonbContainer *field, HbFpeSpec *spec)
{
	char	   *alphabet = text_option(field, "alphabet");
	char	   *tweak = text_option(field, "tweak");
	bytea	   *bytes;

	if (alphabet == NULL)
		bad_option("alphabet");
	spec->alphabet = hb_alphabet_make(alphabet, strlen(alphabet));
	bytes = DatumGetByteaP(DirectFunctionCall1(byteain, CStringGetDatum(tweak == NULL ? "" : tweak)));
	spec->tweak = VARDATA(bytes);
	spec->tweak_len = VARSIZE(bytes) - VARHDRSZ;
}

static void
read_idno_spec(JsonbContainer *field, HbFpeSpec *spec)
{
	char	   *check = text_option(field, "check_digit");

	spec->keep = int_option(field, "keep_region", HB_FPE_KEEP_REGION);
	spec->band = int_option(field, "band", HB_FPE_BAND);
	spec->keep_sex = bool_option(field, "keep_sex", true);
	spec->shift_check = check != NULL &&
		hb_word_choice(check, strlen(check), check_words, lengthof(check_words), "check_digit") == 1;
}

static void
read_mobile_spec(JsonbContainer *field, HbFpeSpec *spec)
{
	spec->keep = int_option(field, "keep", HB_FPE_KEEP_MOBILE);
}

/* The functions that reverse, and the options that count for that. */
static const struct
{
	const char *function;
	HbFpeForm	form;
	void		(*read) (JsonbContainer *field, HbFpeSpec *spec);
	const char *options[5];
}			forms[] = {
	{"deid_fpe", HB_FPE_TEXT, read_text_spec, {"alphabet", "tweak"}},
	{"deid_fpe_idno", HB_FPE_IDNO, read_idno_spec, {"keep_region", "band", "keep_sex", "check_digit", "on_invalid"}},
	{"deid_fpe_mobile", HB_FPE_MOBILE, read_mobile_spec, {"keep", "on_invalid"}},
	{"deid_fpe_bankcard", HB_FPE_BANKCARD, NULL, {"on_invalid"}},
	{"deid_fpe_digits", HB_FPE_DIGITS, NULL, {"on_invalid"}}
};

/* A misspelt option would make a release that cannot be reversed. */
static void
check_options(JsonbContainer *field, const char *const options[5])
{
	JsonbIterator *iterator = JsonbIteratorInit(field);
	JsonbValue	value;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		char	   *name;
		bool		known;

		if (token != WJB_KEY)
			continue;
		name = pnstrdup(value.val.string.val, value.val.string.len);
		known = strcmp(name, "function") == 0;
		for (int i = 0; i < 5 && options[i] != NULL && !known; i++)
			known = strcmp(options[i], name) == 0;
		if (!known)
			bad_option(NULL);
	}
}

bool
hb_fpe_spec_read(JsonbContainer *field, HbFpeSpec *spec)
{
	char	   *function = text_option(field, "function");

	if (function == NULL)
		bad_option("function");
	for (int i = 0; i < lengthof(forms); i++)
	{
		if (strcmp(forms[i].function, function) != 0)
			continue;
		memset(spec, 0, sizeof(*spec));
		spec->form = forms[i].form;
		check_options(field, forms[i].options);
		if (forms[i].read != NULL)
			forms[i].read(field, spec);
		hb_fpe_check_or_fail(spec);
		return true;
	}
	return false;
}
