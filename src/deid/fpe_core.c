/*-------------------------------------------------------------------------
 * fpe_core.c
 *	  What format-preserving encryption does to each form of value.
 *
 * What is kept goes into the tweak, so that equal rests below different kept
 * parts have unrelated pseudonyms.
 *-------------------------------------------------------------------------
 */
#include "deid/fpe.h"

#include "common/ascii.h"
#include "ident/cn_id.h"
#include "ident/format.h"
#include "ident/gb2260.h"
#include "mb/pg_wchar.h"

#define MAX_BAND	100			/* years */
#define BIN_LEN		6			/* digits that name the issuer of a card */

/* ----- tweaks ----- */

typedef struct Tweak
{
	char		text[HB_FPE_MAX_TEXT + 16];
	size_t		len;
} Tweak;

static inline void
put_bytes(Tweak *tweak, const char *s, size_t len)
{
	memcpy(tweak->text + tweak->len, s, len);
	tweak->len += len;
}

static inline void
put_number(Tweak *tweak, uint32 n)
{
	char		digits[10];
	size_t		len = 0;

	do
		digits[sizeof(digits) - ++len] = (char) ('0' + n % 10);
	while ((n /= 10) != 0);
	put_bytes(tweak, digits + sizeof(digits) - len, len);
}

/* ----- identity numbers ----- */

/* The numbers among which one is enciphered, and its place in them. */
typedef struct Cell
{
	const uint32 *regions;		/* those that share the kept digits */
	uint32		nregions;
	uint32		rank;
	int32		first_day;
	int32		ndays;
	uint32		orders;			/* per day */
	Tweak		tweak;
} Cell;

/* Place of the first region at or above one. */
static uint32
lower_bound(const uint32 *regions, uint32 n, uint32 region)
{
	uint32		low = 0;

	while (low < n)
	{
		uint32		middle = (low + n) / 2;

		if (regions[middle] < region)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

/* Only the regions of residents are enciphered: others have one alone. */
static const char *
find_regions(Cell *cell, const HbFpeSpec *spec, int edition, uint64 id)
{
	static const uint32 unit[] = {1000000, 100000, 10000, 1000, 100, 10, 1};
	uint32		region = hb_cn_id_region(id);
	int			keep = hb_cn_id_kind(id) == HB_CN_ID_RESIDENT ? spec->keep : 6;
	uint32		width = unit[keep];
	uint32		prefix = region / width;
	const uint32 *list;
	uint32		n,
				low,
				high;

	put_number(&cell->tweak, prefix);
	cell->nregions = 1;
	cell->rank = 0;
	if (keep == 6)
		return NULL;
	n = (uint32) hb_gb2260_until(edition, &list);
	low = lower_bound(list, n, prefix * width);
	high = lower_bound(list, n, (prefix + 1) * width);
	cell->regions = list + low;
	cell->nregions = high - low;
	cell->rank = lower_bound(list, n, region) - low;
	if (cell->rank >= cell->nregions || cell->regions[cell->rank] != region)
		return "the division is not listed in GB/T 2260";
	return NULL;
}

static void
find_days(Cell *cell, const HbFpeSpec *spec, int32 max_date, int year)
{
	int			first = year - year % spec->band;
	int32		next = hb_day_number(Min(first + spec->band, HB_CN_ID_MAX_YEAR + 1), 1, 1);

	cell->first_day = hb_day_number(Max(first, HB_CN_ID_MIN_YEAR), 1, 1);
	if (max_date < next)
		next = Max(max_date, cell->first_day - 1) + 1;	/* -infinity: no day */
	cell->ndays = next - cell->first_day;
	put_bytes(&cell->tweak, "|", 1);
	put_number(&cell->tweak, (uint32) first);
	put_bytes(&cell->tweak, "|", 1);
	put_number(&cell->tweak, (uint32) spec->band);
}

HbFpeStatus
hb_fpe_cn_id(const HbFpeSpec *spec, HbFf1 *ff1, const HbFpeLimits *limits, bool decrypt,
			 uint64 *id, const char **rule)
{
	uint32		order = (uint32) (*id % 1000);
	int32		day = hb_cn_id_birth_day_number(*id);
	uint64		region = hb_cn_id_region(*id);
	Cell		cell;
	uint64		size,
				n;

	cell.tweak.len = 0;
	put_bytes(&cell.tweak, "hbid1|", 6);
	*rule = find_regions(&cell, spec, limits->edition, *id);
	if (*rule != NULL)
		return HB_FPE_INVALID;
	find_days(&cell, spec, limits->max_date, (int) (hb_cn_id_birth(*id) / 10000));
	day -= cell.first_day;
	if (day >= cell.ndays)
	{
		*rule = "the date of birth is after the last date of the key";
		return HB_FPE_INVALID;
	}
	cell.orders = spec->keep_sex ? 500 : 1000;
	put_bytes(&cell.tweak, !spec->keep_sex ? "|-" : order % 2 == 0 ? "|0" : "|1", 2);

	size = (uint64) cell.nregions * (uint64) cell.ndays * cell.orders;
	if (size < HB_FF1_MIN_DOMAIN)
		return HB_FPE_SMALL;
	n = ((uint64) cell.rank * (uint64) cell.ndays + (uint64) day) * cell.orders +
		(spec->keep_sex ? order / 2 : order);
	if (!hb_ff1_below(ff1, size, cell.tweak.text, cell.tweak.len, &n, decrypt))
		return HB_FPE_FAILED;
	order = (uint32) (n % cell.orders);
	if (spec->keep_sex)
		order = order * 2 + (uint32) (*id & 1);
	n /= cell.orders;
	day = cell.first_day + (int32) (n % (uint64) cell.ndays);
	n /= (uint64) cell.ndays;
	if (cell.nregions > 1)
		region = cell.regions[n];
	*id = region * UINT64CONST(100000000000) + (uint64) hb_year_month_day(day) * 1000 + order;
	return HB_FPE_DONE;
}

/* The check digit that stands for one: the next, so that no rule accepts it. */
static char
shifted(char check)
{
	if (check == 'X')
		return '0';
	return check == '9' ? 'X' : (char) (check + 1);
}

static const char *
read_idno(const HbFpeSpec *spec, bool decrypt, const char *s, size_t len, uint64 *id)
{
	char		digits[HB_CN_ID_LEN];
	int			pos;

	if (!decrypt || !spec->shift_check)
		return hb_code_parse(&hb_cn_id_type, s, len, id, &pos);
	if (len != HB_CN_ID_LEN)
		return "a pseudonym has 18 characters";
	for (int i = 0; i < HB_CN_ID_LEN - 1; i++)
	{
		if (!is_digit(s[i]))
			return "a pseudonym begins with 17 digits";
	}
	memcpy(digits, s, HB_CN_ID_LEN);
	digits[HB_CN_ID_LEN - 1] = hb_cn_id_check_digit(s);
	if (shifted(digits[HB_CN_ID_LEN - 1]) != s[HB_CN_ID_LEN - 1])
		return "the check digit is not that of a pseudonym";
	return hb_code_parse(&hb_cn_id_type, digits, HB_CN_ID_LEN, id, &pos);
}

static HbFpeStatus
convert_idno(const HbFpeSpec *spec, HbFf1 *ff1, const HbFpeLimits *limits, bool decrypt,
			 const char *s, size_t len, char *out, size_t *out_len, const char **rule)
{
	HbFpeStatus status;
	uint64		id;

	*rule = read_idno(spec, decrypt, s, len, &id);
	if (*rule != NULL)
		return HB_FPE_INVALID;
	status = hb_fpe_cn_id(spec, ff1, limits, decrypt, &id, rule);
	if (status != HB_FPE_DONE)
		return status;
	*out_len = (size_t) hb_cn_id_type.format(id, out);
	if (spec->shift_check && !decrypt)
		out[HB_CN_ID_LEN - 1] = shifted(out[HB_CN_ID_LEN - 1]);
	return HB_FPE_DONE;
}

/* ----- mobile numbers and bank cards ----- */

/* Normalise a text that must have a format; returns its length, or -1. */
static int
read_format(const char *kind, const char *s, size_t len, char *out)
{
	const HbFormat *format = hb_formats;
	int			n = hb_format_normalize(s, len, out);
	bool		told;

	while (strcmp(format->kind, kind) != 0)
		format++;
	return n >= 0 && hb_format_judge(format, out, &n, &told) == NULL ? n : -1;
}

static HbFpeStatus
convert_mobile(const HbFpeSpec *spec, HbFf1 *ff1, bool decrypt,
			   const char *s, size_t len, char *out, size_t *out_len, const char **rule)
{
	Tweak		tweak = {.len = 0};
	int			n = read_format("mobile", s, len, out);

	if (n < 0)
	{
		*rule = "a mobile number has 11 digits that begin with 13 to 19";
		return HB_FPE_INVALID;
	}
	put_bytes(&tweak, "hbmob1|", 7);
	put_bytes(&tweak, out, (size_t) spec->keep);
	if (!hb_ff1_digits(ff1, tweak.text, tweak.len, out + spec->keep, n - spec->keep, decrypt))
		return HB_FPE_FAILED;
	*out_len = (size_t) n;
	return HB_FPE_DONE;
}

/* The digit that makes the digits before it satisfy Luhn's rule. */
static char
luhn_digit(const char *digits, int n)
{
	int			sum = 0;

	for (int i = 0; i < n; i++)
	{
		int			digit = digits[i] - '0';

		if ((n - i) % 2 == 1)
			digit = digit > 4 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return (char) ('0' + (10 - sum % 10) % 10);
}

static HbFpeStatus
convert_bankcard(HbFf1 *ff1, bool decrypt,
				 const char *s, size_t len, char *out, size_t *out_len, const char **rule)
{
	Tweak		tweak = {.len = 0};
	int			n = read_format("bankcard", s, len, out);

	if (n < 0)
	{
		*rule = "a card number has 16 to 19 digits, the last by Luhn's rule";
		return HB_FPE_INVALID;
	}
	put_bytes(&tweak, "hbcard1|", 8);
	put_bytes(&tweak, out, BIN_LEN);
	if (!hb_ff1_digits(ff1, tweak.text, tweak.len, out + BIN_LEN, n - BIN_LEN - 1, decrypt))
		return HB_FPE_FAILED;
	out[n - 1] = luhn_digit(out, n - 1);
	*out_len = (size_t) n;
	return HB_FPE_DONE;
}

/* ----- digits inside other text ----- */

/* Is a full-width digit here? */
static inline bool
is_wide_digit(const char *s, size_t len)
{
	return len >= 3 && memcmp(s, "\xef\xbc", 2) == 0 &&
		(uint8) s[2] >= 0x90 && (uint8) s[2] <= 0x99;
}

/*
 * The text with each digit as 0 is the tweak, and all digits together are
 * enciphered. Full-width digits become ASCII, else they would stay readable.
 */
static HbFpeStatus
convert_digits(HbFf1 *ff1, bool decrypt,
			   const char *s, size_t len, char *out, size_t *out_len, const char **rule)
{
	Tweak		tweak = {.len = 0};
	char		digits[HB_FF1_MAX_LEN];
	int			n = 0;
	size_t		start;

	if (len > HB_FPE_MAX_TEXT)
	{
		*rule = "the text is longer than 1024 bytes";
		return HB_FPE_INVALID;
	}
	put_bytes(&tweak, "hbdig1|", 7);
	start = tweak.len;
	for (size_t i = 0; i < len; i++)
	{
		char		c = s[i];

		if (is_wide_digit(s + i, len - i))
		{
			c = (char) (s[i + 2] - (char) 0x90 + '0');
			i += 2;
		}
		if (is_digit(c))
		{
			if (n == HB_FF1_MAX_LEN)
			{
				*rule = "there are more than 256 digits";
				return HB_FPE_INVALID;
			}
			digits[n++] = c;
			c = '0';
		}
		put_bytes(&tweak, &c, 1);
	}
	if (!hb_ff1_domain_ok(10, n))
		return HB_FPE_SMALL;
	if (!hb_ff1_digits(ff1, tweak.text, tweak.len, digits, n, decrypt))
		return HB_FPE_FAILED;
	*out_len = tweak.len - start;
	memcpy(out, tweak.text + start, *out_len);
	for (size_t i = 0, k = 0; i < *out_len; i++)
	{
		if (out[i] == '0')
			out[i] = digits[k++];
	}
	return HB_FPE_DONE;
}

/* ----- text over an alphabet ----- */

size_t
hb_alphabet_size(uint32 n)
{
	return sizeof(HbAlphabet) + n * (sizeof(HbAlphabetEntry) + sizeof(uint32));
}

static int
compare_entries(const void *a, const void *b)
{
	uint32		x = ((const HbAlphabetEntry *) a)->character;
	uint32		y = ((const HbAlphabetEntry *) b)->character;

	return (x > y) - (x < y);
}

const char *
hb_alphabet_read(HbAlphabet *alphabet, const char *s, size_t len, uint32 n)
{
	const char *end = s + len;

	if (n < HB_FF1_MIN_RADIX || n > HB_FF1_MAX_RADIX)
		return "An alphabet has 2 to 65536 characters.";
	alphabet->radix = n;
	alphabet->decimal = len == 10 && memcmp(s, "0123456789", 10) == 0;
	alphabet->sorted = (HbAlphabetEntry *) (alphabet + 1);
	alphabet->characters = (uint32 *) (alphabet->sorted + n);
	memset(alphabet->ascii, -1, sizeof(alphabet->ascii));
	for (uint32 i = 0; i < n && s < end; i++)
	{
		uint32		c = utf8_to_unicode((const unsigned char *) s);

		alphabet->characters[i] = c;
		alphabet->sorted[i].character = c;
		alphabet->sorted[i].numeral = i;
		if (c < lengthof(alphabet->ascii))
			alphabet->ascii[c] = (int32) i;
		s += pg_utf_mblen((const unsigned char *) s);
	}
	qsort(alphabet->sorted, n, sizeof(HbAlphabetEntry), compare_entries);
	for (uint32 i = 1; i < n; i++)
	{
		if (alphabet->sorted[i].character == alphabet->sorted[i - 1].character)
			return "An alphabet holds no character twice.";
	}
	return NULL;
}

/* The numeral of a character, or -1. */
static int32
numeral_of(const HbAlphabet *alphabet, uint32 c)
{
	HbAlphabetEntry wanted = {c, 0};
	const HbAlphabetEntry *found;

	if (c < lengthof(alphabet->ascii))
		return alphabet->ascii[c];
	found = bsearch(&wanted, alphabet->sorted, alphabet->radix, sizeof(wanted), compare_entries);
	return found == NULL ? -1 : (int32) found->numeral;
}

static const char *
read_numerals(const HbAlphabet *alphabet, const char *s, size_t len, uint16 *numerals, int *n)
{
	const char *end = s + len;

	for (*n = 0; s < end; (*n)++)
	{
		int32		numeral = numeral_of(alphabet, utf8_to_unicode((const unsigned char *) s));

		if (numeral < 0)
			return "a character is not in the alphabet";
		if (*n == HB_FF1_MAX_LEN)
			return "there are more than 256 characters";
		numerals[*n] = (uint16) numeral;
		s += pg_utf_mblen((const unsigned char *) s);
	}
	return NULL;
}

static HbFpeStatus
convert_text(const HbFpeSpec *spec, HbFf1 *ff1, bool decrypt,
			 const char *s, size_t len, char *out, size_t *out_len, const char **rule)
{
	const HbAlphabet *alphabet = spec->alphabet;
	uint16		numerals[HB_FF1_MAX_LEN];
	int			n;

	*rule = read_numerals(alphabet, s, len, numerals, &n);
	if (*rule != NULL)
		return HB_FPE_INVALID;
	if (!hb_ff1_domain_ok(alphabet->radix, n))
		return HB_FPE_SMALL;
	*out_len = 0;
	if (alphabet->decimal)
	{
		memcpy(out, s, len);
		*out_len = len;
		return hb_ff1_digits(ff1, spec->tweak, spec->tweak_len, out, n, decrypt) ?
			HB_FPE_DONE : HB_FPE_FAILED;
	}
	if (!hb_ff1_numerals(ff1, alphabet->radix, spec->tweak, spec->tweak_len, numerals, n, decrypt))
		return HB_FPE_FAILED;
	for (int i = 0; i < n; i++)
	{
		unsigned char *at = (unsigned char *) out + *out_len;

		unicode_to_utf8(alphabet->characters[numerals[i]], at);
		*out_len += (size_t) pg_utf_mblen(at);
	}
	return HB_FPE_DONE;
}

/* ----- all forms ----- */

HbFpeStatus
hb_fpe_check(const HbFpeSpec *spec, const char **rule)
{
	*rule = NULL;
	if (spec->form == HB_FPE_IDNO)
	{
		if (spec->keep != 2 && spec->keep != 4 && spec->keep != 6)
			*rule = "keep_region must be 2, 4 or 6";
		else if (spec->band < 1 || spec->band > MAX_BAND)
			*rule = "band must be between 1 and 100 years";
		else if (spec->keep == 6 && spec->band * 366 * (spec->keep_sex ? 500 : 1000) < HB_FF1_MIN_DOMAIN)
			return HB_FPE_SMALL;
	}
	else if (spec->form == HB_FPE_MOBILE)
	{
		if (spec->keep < 2 || spec->keep > 11)
			*rule = "keep must be between 2 and 11";
		else if (!hb_ff1_domain_ok(10, 11 - spec->keep))
			return HB_FPE_SMALL;
	}
	return *rule == NULL ? HB_FPE_DONE : HB_FPE_INVALID;
}

HbFpeStatus
hb_fpe_convert(const HbFpeSpec *spec, HbFf1 *ff1, const HbFpeLimits *limits, bool decrypt,
			   const char *s, size_t len, char out[HB_FPE_MAX_TEXT], size_t *out_len, const char **rule)
{
	switch (spec->form)
	{
		case HB_FPE_TEXT:
			return convert_text(spec, ff1, decrypt, s, len, out, out_len, rule);
		case HB_FPE_IDNO:
			return convert_idno(spec, ff1, limits, decrypt, s, len, out, out_len, rule);
		case HB_FPE_MOBILE:
			return convert_mobile(spec, ff1, decrypt, s, len, out, out_len, rule);
		case HB_FPE_BANKCARD:
			return convert_bankcard(ff1, decrypt, s, len, out, out_len, rule);
		case HB_FPE_DIGITS:
			return convert_digits(ff1, decrypt, s, len, out, out_len, rule);
	}
	return HB_FPE_FAILED;
}
