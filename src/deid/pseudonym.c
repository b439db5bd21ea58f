/*-------------------------------------------------------------------------
 * pseudonym.c
 *	  Tokens, UUIDs, date shifts, names and noise in SQL.
 *-------------------------------------------------------------------------
 */
#include "deid/pseudonym.h"

#include "deid/key.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/timestamp.h"
#include "utils/uuid.h"

#define MAX_LABEL		80		/* bytes of what stands before a value */
#define MAX_DOMAIN		63
#define MAX_DAYS		36500

PG_FUNCTION_INFO_V1(hb_deid_token);
PG_FUNCTION_INFO_V1(hb_deid_token_bigint);
PG_FUNCTION_INFO_V1(hb_deid_uuid);
PG_FUNCTION_INFO_V1(hb_deid_shift_date);
PG_FUNCTION_INFO_V1(hb_deid_shift_timestamp);
PG_FUNCTION_INFO_V1(hb_deid_name);
PG_FUNCTION_INFO_V1(hb_deid_num);

/* What is put before a value, ended by |. */
typedef struct Label
{
	char		text[MAX_LABEL];
	size_t		len;
} Label;

static void
add_to_label(Label *label, const char *s, size_t len)
{
	memcpy(label->text + label->len, s, len);
	label->len += len;
	label->text[label->len++] = '|';
}

/* A domain separates the values of columns; it may not imitate our own labels. */
static void
add_domain(Label *label, const text *domain, bool may_be_empty)
{
	const char *s = VARDATA_ANY(domain);
	size_t		len = VARSIZE_ANY_EXHDR(domain);

	if ((len == 0 && !may_be_empty) || len > MAX_DOMAIN || memchr(s, '|', len) != NULL ||
		(len >= 2 && s[0] == 'h' && s[1] == 'b'))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid domain of pseudonyms"),
				 errdetail("A domain is a word of 1 to %d bytes without |, such as idno, that does not begin with hb.", MAX_DOMAIN)));
	add_to_label(label, s, len);
}

/* Hash a value below a label by the key of an argument, looked for at last. */
static const HbKey *
hash_value(FunctionCallInfo fcinfo, int key_arg, const Label *label,
		   const void *value, size_t len, uint8 hash[HB_MAC_LEN])
{
	const HbKey *key = hb_key_for(hb_key_call(fcinfo, sizeof(HbKeyCall)),
								  PG_GETARG_NAME(key_arg), HB_USE_TOKEN);

	if (!hb_mac(key->mac, label->text, label->len, value, len, hash))
		hb_crypto_failed();
	return key;
}

static void
hash_text(FunctionCallInfo fcinfo, int key_arg, const Label *label, const text *value,
		  uint8 hash[HB_MAC_LEN])
{
	hash_value(fcinfo, key_arg, label, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), hash);
}

static void
refuse_pseudonym(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the value is a pseudonym already"),
			 errdetail("%s", detail)));
}

/* ----- tokens ----- */

bool
hb_token_passes(int32 version, int bits, const char *s, size_t len)
{
	int32		token_version;
	int			token_bits;

	if (likely(!hb_is_pseudonym(s, len)))
		return false;
	if (!hb_token_read(s, len, &token_version, &token_bits))
		refuse_pseudonym("It is a UUID of version 8.");
	if (token_version != version || token_bits != bits)
		refuse_pseudonym("It is a token of another version of a key, or of another length.");
	return true;
}

/* A token of this key passes, so that a step may be repeated. */
static Datum
token(FunctionCallInfo fcinfo, const char *s, size_t len)
{
	int			bits = PG_GETARG_INT32(3);
	Label		label = {.len = 0};
	uint8		hash[HB_MAC_LEN];
	char		out[HB_TOKEN_MAX_LEN];
	const HbKey *key;

	if (bits < HB_TOKEN_MIN_BITS || bits > HB_TOKEN_MAX_BITS || bits % 5 != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bits must be a multiple of 5 between %d and %d", HB_TOKEN_MIN_BITS, HB_TOKEN_MAX_BITS)));
	add_domain(&label, PG_GETARG_TEXT_PP(1), false);
	key = hash_value(fcinfo, 2, &label, s, len, hash);
	if (hb_token_passes(key->version, bits, s, len))
		PG_RETURN_TEXT_P(cstring_to_text_with_len(s, (int) len));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, hb_token_write(key->version, bits, hash, out)));
}

/* Return the token of a text or of bytes. */
Datum
hb_deid_token(PG_FUNCTION_ARGS)
{
	const text *value = PG_GETARG_TEXT_PP(0);

	return token(fcinfo, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

/* Return the token of a number, that of its digits. */
Datum
hb_deid_token_bigint(PG_FUNCTION_ARGS)
{
	char		digits[MAXINT8LEN + 1];

	return token(fcinfo, digits, (size_t) pg_lltoa(PG_GETARG_INT64(0), digits));
}

/* Return a UUID of version 8 for a text. */
Datum
hb_deid_uuid(PG_FUNCTION_ARGS)
{
	const text *value = PG_GETARG_TEXT_PP(0);
	const char *s = VARDATA_ANY(value);
	size_t		len = VARSIZE_ANY_EXHDR(value);
	Label		label = {.len = 0};
	uint8		hash[HB_MAC_LEN];
	pg_uuid_t  *uuid = palloc(sizeof(*uuid));

	if (hb_is_pseudonym(s, len))
		refuse_pseudonym("It is a token, or a UUID of version 8.");
	add_to_label(&label, "hbuuid1", 7);
	add_domain(&label, PG_GETARG_TEXT_PP(1), false);
	hash_text(fcinfo, 2, &label, value, hash);
	hb_uuid_from_hash(hash, uuid->data);
	PG_RETURN_UUID_P(uuid);
}

/* ----- dates ----- */

/* The shift of a person: arguments person, key, days, keep_weekday from 1. */
static int32
shift_of(FunctionCallInfo fcinfo)
{
	const text *person = PG_GETARG_TEXT_PP(1);
	int32		days = PG_GETARG_INT32(3);
	int32		step = PG_GETARG_BOOL(4) ? 7 : 1;
	Label		label = {.len = 0};
	uint8		hash[HB_MAC_LEN];

	if (days < step || days > MAX_DAYS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("days must be between %d and %d", step, MAX_DAYS)));
	add_to_label(&label, "hbdate1", 7);
	hash_text(fcinfo, 2, &label, person, hash);
	return hb_shift_from_hash(hash, days, step);
}

/* Return a date shifted by the days of a person. */
Datum
hb_deid_shift_date(PG_FUNCTION_ARGS)
{
	DateADT		date = PG_GETARG_DATEADT(0);
	int32		shift = shift_of(fcinfo);
	int64		result = (int64) date + shift;

	if (DATE_NOT_FINITE(date))
		PG_RETURN_DATEADT(date);
	if (!IS_VALID_DATE(result))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range")));
	PG_RETURN_DATEADT((DateADT) result);
}

/* Return a timestamp, with or without time zone, shifted by days of 24 hours. */
Datum
hb_deid_shift_timestamp(PG_FUNCTION_ARGS)
{
	Timestamp	timestamp = PG_GETARG_TIMESTAMP(0);
	int32		shift = shift_of(fcinfo);
	Timestamp	result;

	if (TIMESTAMP_NOT_FINITE(timestamp))
		PG_RETURN_TIMESTAMP(timestamp);
	result = timestamp + shift * USECS_PER_DAY;
	if (!IS_VALID_TIMESTAMP(result))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	PG_RETURN_TIMESTAMP(result);
}

/* ----- names and numbers ----- */

/* Return a name for a person, drawn by frequency. */
Datum
hb_deid_name(PG_FUNCTION_ARGS)
{
	const text *person = PG_GETARG_TEXT_PP(0);
	HbSex		sex = hb_parse_sex(PG_GETARG_TEXT_PP(1));
	Label		label = {.len = 0};
	uint8		hash[HB_MAC_LEN];
	char		out[HB_NAME_MAX_LEN];

	add_to_label(&label, "hbname1", 7);
	hash_text(fcinfo, 2, &label, person, hash);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, hb_name_from_hash(hash, sex, out)));
}

/* Return a number with the noise of a person, to as many decimal places. */
Datum
hb_deid_num(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);
	const text *person = PG_GETARG_TEXT_PP(1);
	float8		pct = PG_GETARG_FLOAT8(3);
	Label		label = {.len = 0};
	uint8		hash[HB_MAC_LEN];
	Numeric		number = DatumGetNumeric(value);
	Datum		noise;

	if (!(pct > 0 && pct <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("pct must be more than 0 and at most 100")));
	add_to_label(&label, "hbnum1", 6);
	add_domain(&label, PG_GETARG_TEXT_PP(4), true);
	hash_text(fcinfo, 2, &label, person, hash);
	if (numeric_is_nan(number) || numeric_is_inf(number))
		PG_RETURN_DATUM(value);
	/* value + value * noise * pct / 10^11 */
	noise = DirectFunctionCall2(numeric_mul, NumericGetDatum(int64_to_numeric(hb_noise_from_hash(hash))),
								DirectFunctionCall1(float8_numeric, Float8GetDatum(pct)));
	noise = DirectFunctionCall2(numeric_mul, noise, DirectFunctionCall3(numeric_in, CStringGetDatum("0.00000000001"),
																	ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
	noise = DirectFunctionCall2(numeric_add, value, DirectFunctionCall2(numeric_mul, value, noise));
	return DirectFunctionCall2(numeric_round, noise, DirectFunctionCall1(numeric_scale, value));
}
