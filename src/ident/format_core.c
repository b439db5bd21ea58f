/*-------------------------------------------------------------------------
 * format_core.c
 *	  The table of formats of numbers and codes, and its use.
 *
 * A new format is a new row. Checks are for what shapes cannot say.
 *-------------------------------------------------------------------------
 */
#include "ident/format.h"

#include "common/ascii.h"
#include "common/fold.h"
#include "ident/cn_id.h"
#include "ident/shape.h"
#include "ident/uscc.h"

/* ----- checks ----- */

static const char *
check_cn_id(const char *s, int len)
{
	uint64		code;
	int			pos;

	return hb_cn_id_type.parse(s, len, &code, &pos);
}

static const char *
check_uscc(const char *s, int len)
{
	int			pos;

	(void) len;
	return hb_uscc_check(s, &pos);
}

static const char *
check_org_code(const char *s, int len)
{
	int			pos;

	(void) len;
	return hb_org_code_check(s, &pos);
}

/* ISO/IEC 7812-1: every second digit from the right counts double. */
static const char *
check_luhn(const char *s, int len)
{
	int			sum = 0;

	for (int i = 0; i < len; i++)
	{
		int			d = (s[len - 1 - i] - '0') << (i & 1);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0 ? NULL : "the check digit (Luhn) does not fit the other digits";
}

/* Remove the country code of China. */
static int
strip_country(char *s, int len)
{
	int			n = 0;

	if (len == 14 && memcmp(s, "+86", 3) == 0)
		n = 3;
	else if (len == 13 && memcmp(s, "86", 2) == 0)
		n = 2;
	else if (len == 15 && memcmp(s, "0086", 4) == 0)
		n = 4;
	memmove(s, s + n, len - n);
	return len - n;
}

/* ----- formats ----- */

#define CN_ID(kind, shape, form, source) \
	{kind, "cn_id", shape, form, check_cn_id, "calendar date and check digit", NULL, true, source}
#define SHAPE(kind, family, shape, form, confirmed, source) \
	{kind, family, shape, form, NULL, NULL, NULL, confirmed, source}

#define NHSA	"National Healthcare Security Administration, business codes"
#define COMMON	"common knowledge"

const HbFormat hb_formats[] = {
	CN_ID("resident18", "[1-7]\\d{16}[0-9X]",
		  "18 characters that begin with 1 to 7", "GB 11643-1999"),
	CN_ID("hmt_residence", "8[1-3]0000\\d{11}[0-9X]",
		  "18 characters that begin with 810000, 820000 or 830000", "State Council 2018, no. 81"),
	CN_ID("foreign_pr18", "9\\d{16}[0-9X]",
		  "18 characters that begin with 9", "GA 2102-2023"),
	{"uscc", "uscc", "[0-9A-HJ-NP-RTUW-Y]{18}", "18 digits and letters without I, O, S, V, Z",
		check_uscc, "department, class and check character", NULL, true, "GB 32100-2015"},
	CN_ID("resident15", "[1-7]\\d{14}",
		  "15 digits that begin with 1 to 7", "before GB 11643-1999"),
	SHAPE("foreign_pr15", "foreign_pr15", "[A-Z]{3}\\d{12}",
		  "3 letters and 12 digits", false, "cards of 2004 and 2017; how the digits are made up has no source"),
	SHAPE("nhsa_western_drug", "nhsa_drug", "X[A-Z0-9]{22}",
		  "X and 22 digits or letters", true, NHSA),
	SHAPE("nhsa_patent_drug", "nhsa_drug", "Z[A-Z0-9]{19}",
		  "Z and 19 digits or letters", true, NHSA),
	SHAPE("nhsa_herbal", "nhsa_drug", "T[A-Z0-9]{19}|T[A-Z0-9]{22}",
		  "T and 19 or 22 digits or letters", false, NHSA "; the letter has no source"),
	SHAPE("nhsa_consumable", "nhsa_consumable", "C\\d{19}|C\\d{26}",
		  "C and 19 digits, or 26 with a serial number", true, NHSA),
	SHAPE("nhsa_institution", "nhsa_institution", "H\\d{11}",
		  "H and 11 digits", true, NHSA),
	SHAPE("nhsa_pharmacy", "nhsa_pharmacy", "P\\d{11}",
		  "P and 11 digits", true, NHSA),
	SHAPE("nhsa_doctor", "nhsa_doctor", "D\\d{12}",
		  "D and 12 digits", false, NHSA "; " COMMON),
	SHAPE("nhsa_nurse", "nhsa_nurse", "N\\d{12}",
		  "N and 12 digits", false, NHSA "; " COMMON),
	{"mobile", "phone", "1[3-9]\\d{9}", "11 digits that begin with 13 to 19",
		NULL, NULL, strip_country, true, "numbering plan of China"},
	{"bankcard", "bankcard", "\\d{16,19}", "16 to 19 digits",
		check_luhn, "check digit (Luhn)", NULL, true, "GB/T 15694; cards from before 2000 need not fit"},
	SHAPE("nhsa_service", "nhsa_service", "\\d{15}[0-9A-Z]{0,20}",
		  "15 digits, and digits or letters of a local part", true, NHSA),
	{"orgcode", "orgcode", "[0-9A-Z]{8}[0-9X]", "8 digits or letters and a check character",
		check_org_code, "check character", NULL, true, "GB 11714-1997"},
	SHAPE("passport_cn", "passport",
		  "E\\d{8}|E[A-HJ-NP-Z]\\d{7}|G\\d{8}|[PSD]E\\d{7}|[PSD]\\d{7}",
		  "E and 8 digits, or a letter but I, O and 7; G and 8; PE, SE, DE, P, S, D and 7",
		  true, "National Immigration Administration"),
	SHAPE("hkm_permit", "travel_permit", "[HM]\\d{8}|[HM]\\d{10}",
		  "H or M and 8 or 10 digits", true, "travel permit of Hong Kong and Macao residents"),
	SHAPE("tw_permit", "travel_permit", "\\d{8}|\\d{10}|\\d{10}\\([A-Z0-9]{1,2}\\)",
		  "8 digits, or 10 of old cards, which may be followed by 1 or 2 characters in parentheses",
		  true, "travel permit of Taiwan residents"),
	SHAPE("birth_cert", "birth_cert", "[A-Z]\\d{9}",
		  "a letter and 9 digits", true, "medical certificate of birth"),
	SHAPE("military_officer", "military_officer", "\\h字第\\d{4,8}号|\\h{2}字第\\d{4,8}号",
		  "1 or 2 Chinese characters, 字第, 4 to 8 digits, 号", true, "officer's certificate"),
	SHAPE("landline", "phone", "0[1-9]\\d{8,10}",
		  "area code with 0, and 7 or 8 digits", true, "numbering plan of China"),
	SHAPE("passport_sar", "passport", "MA\\d{7}|[KH]\\d{8}",
		  "MA and 7 digits, or K or H and 8", false, "passports of Macao and Hong Kong; " COMMON),
	SHAPE("nhsa_pharmacist", "nhsa_pharmacist", "[A-Z]\\d{12}",
		  "a letter and 12 digits", false, NHSA "; the letter has no source"),
	SHAPE("passport_foreign", "passport", "[A-Z0-9]{5,12}",
		  "5 to 12 digits or letters", false, "all that passports of other countries have in common")
};

const int	hb_format_count = lengthof(hb_formats);

/* ----- use ----- */

/* Length of the UTF-8 character at s; 1 where there is none. */
static int
char_bytes(const char *s, const char *end)
{
	unsigned char c = (unsigned char) *s;
	int			n = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

	return n <= end - s ? n : 1;
}

int
hb_format_normalize(const char *s, size_t len, char *out)
{
	const char *end = s + len;
	int			n = 0;

	for (int bytes; s < end; s += bytes)
	{
		char		c = *s;
		int			kept = 1;

		bytes = char_bytes(s, end);
		if ((c & 0x80) != 0)
		{
			(void) hb_fold(s, bytes, &c, 1);
			if (c == HB_FOLD_OTHER)
				kept = bytes;
		}
		if (kept == 1 && (is_blank(c) || c == '-'))
			continue;
		if (n + kept > HB_FORMAT_MAX)
			return -1;
		if (kept == 1)
			out[n] = c == HB_FOLD_OTHER ? *s : to_upper(c);
		else
			memcpy(out + n, s, kept);
		n += kept;
	}
	return n;
}

const char *
hb_format_judge(const HbFormat *format, char *s, int *len, bool *told)
{
	if (format->strip != NULL)
		*len = format->strip(s, *len);
	*told = true;
	if (hb_shape_matches(format->shape, s, *len))
		return format->check != NULL ? format->check(s, *len) : NULL;
	/* The type knows better than the shape what is wrong with a number. */
	if (format->check == check_cn_id)
	{
		const char *rule = check_cn_id(s, *len);

		if (rule != NULL)
			return rule;
	}
	*told = false;
	return "the text has another form";
}
