/*-------------------------------------------------------------------------
 * cn_id_core.c
 *	  Identity numbers of people: GB 11643-1999, its 15-digit predecessor,
 *	  residence permits (State Council 2018, no. 81) and the permanent
 *	  resident card for foreigners (GA 2102-2023).
 *
 * A clean number of 18 characters is read eight digits at a time; everything
 * else is first reduced to its significant characters. The rules themselves
 * stand once, in check_body().
 *-------------------------------------------------------------------------
 */
#include "ident/cn_id.h"

#include "common/fold.h"
#include "port/pg_bswap.h"

#define BODY		17			/* digits before the check digit */
#define BODY_END	UINT64CONST(100000000000000000)

bool
hb_is_province(int code)
{
	/* By first digit, a bit for each second digit: 11-15, 21-23, 31-37, ... */
	static const uint16 assigned[10] =
	{0, 0x3E, 0x0E, 0xFE, 0x7E, 0x1F, 0x3E, 0x02, 0x06, 0};

	return (assigned[code / 10] >> code % 10 & 1) != 0;
}

/* ----- eight digits at a time ----- */

/* Eight characters with the first in the lowest byte. */
static inline uint64
load8(const char *s)
{
	uint64		v;

	memcpy(&v, s, 8);
#ifdef WORDS_BIGENDIAN
	v = pg_bswap64(v);
#endif
	return v;
}

static inline bool
all_digits(uint64 v)
{
	const uint64 high = UINT64CONST(0xF0F0F0F0F0F0F0F0);
	const uint64 zero = UINT64CONST(0x3030303030303030);

	return (v & high) == zero &&
		((v + UINT64CONST(0x0606060606060606)) & high) == zero;
}

/*
 * Eight digits as numbers in a base, two digits each: 10 for their value, and
 * 2 for their share of the check sum, since the weights of MOD 11-2 are powers
 * of two.
 */
static inline uint64
pairs(uint64 v, uint64 base)
{
	v &= UINT64CONST(0x0F0F0F0F0F0F0F0F);
	return (v * base + (v >> 8)) & UINT64CONST(0x00FF00FF00FF00FF);
}

/* The four pairs as one number. */
static inline uint64
join_pairs(uint64 v, uint64 base)
{
	v = (v * (base * base) + (v >> 16)) & UINT64CONST(0x0000FFFF0000FFFF);
	return (v * (base * base * base * base) + (v >> 32)) & UINT64CONST(0xFFFFFFFF);
}

static inline int
pair(uint64 pairs, int i)
{
	return (int) (pairs >> 16 * i & 0xFF);
}

static inline char
check_digit(uint64 first8, uint64 second8, char last)
{
	uint64		sum = (join_pairs(pairs(first8, 2), 2) << 10) +
		(join_pairs(pairs(second8, 2), 2) << 2) + ((uint64) (last - '0') << 1);

	return "10X98765432"[sum % 11];
}

char
hb_cn_id_check_digit(const char *digits)
{
	return check_digit(load8(digits), load8(digits + 8), digits[16]);
}

/* ----- calendar ----- */

static const uint8 month_days[16] =
{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0};

static inline bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/*
 * Count years from March, so that the leap day is the last of its year, and
 * 29 February of a common year is 1 March.
 */
int32
hb_day_number(int year, int month, int day)
{
	static const uint16 before[13] =
	{0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
	uint32		y = (uint32) (year - (month < 3));
	int32		leaps = (int32) (y / 4 - y / 100 + y / 400);

	return (int32) (365 * y) + leaps + before[month] + day - 730426;
}

/* The same calendar back: years of 365.2425 days, then months of 30.6. */
int64
hb_year_month_day(int32 day_number)
{
	int64		days = (int64) day_number + 730425;	/* since 1 March of year 0 */
	int64		era = (days >= 0 ? days : days - 146096) / 146097;
	int32		of_era = (int32) (days - era * 146097);
	int32		year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int32		of_year = of_era - (365 * year + year / 4 - year / 100);
	int32		month = (5 * of_year + 2) / 153;
	int32		day = of_year - (153 * month + 2) / 5 + 1;

	month = month < 10 ? month + 3 : month - 9;
	return (era * 400 + year + (month < 3)) * 10000 + month * 100 + day;
}

/* ----- rules ----- */

/* Check the birth date, which begins in the fourth pair of a number. */
static inline const char *
check_date(uint64 first, uint64 second, int *pos)
{
	int			year = pair(first, 3) * 100 + pair(second, 0);
	int			month = pair(second, 1);
	int			day = pair(second, 2);

	if (year < HB_CN_ID_MIN_YEAR || year > HB_CN_ID_MAX_YEAR)
	{
		*pos = 6;
		return "the year of birth is not between 1850 and 2099";
	}
	if (month < 1 || month > 12)
	{
		*pos = 10;
		return "the month of birth is not between 01 and 12";
	}
	if (day < 1 || day > month_days[month])
	{
		*pos = 12;
		return "the month of birth has no such day";
	}
	if (unlikely(month == 2 && day == 29) && !is_leap(year))
	{
		*pos = 12;
		return "29 February in a year that is not a leap year";
	}
	return NULL;
}

/* Check what depends on the family, which the first digit tells. */
static inline const char *
check_family(const char *s, int *pos)
{
	if (likely(s[0] >= '1' && s[0] <= '7'))
		return NULL;
	*pos = 0;
	if (s[0] == '0')
		return "no number begins with 0";
	*pos = 1;
	if (s[0] == '8')
	{
		if (s[1] < '1' || s[1] > '3')
			return "a residence permit begins with 81, 82 or 83";
		*pos = 2;
		if (memcmp(s + 2, "0000", 4) != 0)
			return "a residence permit has 0000 after 81, 82 or 83";
		return NULL;
	}
	if (!hb_is_province((s[1] - '0') * 10 + (s[2] - '0')))
		return "a foreign permanent resident card has a province of GB/T 2260 after the 9";
	*pos = 14;
	if (memcmp(s + 14, "000", 3) == 0)
		return "a foreign permanent resident card has no order number 000";
	return NULL;
}

/* Check the 17 digits of a number, of which the first 16 are given as pairs. */
static inline const char *
check_body(const char *s, uint64 first, uint64 second, int *pos)
{
	const char *rule = check_family(s, pos);

	return rule != NULL ? rule : check_date(first, second, pos);
}

/* Read 18 characters without anything to fold, or say false. */
static inline const char *
parse_clean(const char *s, uint64 *code, int *pos)
{
	uint64		first = load8(s);
	uint64		second = load8(s + 8);
	uint64		first_pairs = pairs(first, 10);
	uint64		second_pairs = pairs(second, 10);
	const char *rule;

	*pos = 17;
	if (unlikely(!all_digits(first) || !all_digits(second) ||
				 s[16] < '0' || s[16] > '9'))
		return "a character is not a digit";
	rule = check_body(s, first_pairs, second_pairs, pos);
	if (unlikely(rule != NULL))
		return rule;
	if (unlikely(s[17] != check_digit(first, second, s[16])))
	{
		*pos = 17;
		return "the check digit does not fit the other digits";
	}
	*code = join_pairs(first_pairs, 10) * UINT64CONST(1000000000) +
		join_pairs(second_pairs, 10) * 10 + (uint64) (s[16] - '0');
	return NULL;
}

/* ----- text as people type it ----- */

/* The significant characters of a text, and where each stood. */
typedef struct Digits
{
	int			n;
	char		c[HB_CN_ID_LEN + 1];
	int			at[HB_CN_ID_LEN + 2];
} Digits;

static inline bool
is_filler(char c)
{
	return c == ' ' || c == '-' || (c >= '\t' && c <= '\r');
}

/* Is this how a number looks that went through a floating-point column? */
static bool
is_float_tail(const char *s, const char *end)
{
	if (*s == '.')
	{
		for (s++; s < end && *s >= '0' && *s <= '9'; s++)
			 ;
		if (s == end)
			return true;
	}
	if (*s != 'E' && *s != 'e')
		return false;
	s++;
	if (s < end && (*s == '+' || *s == '-'))
		s++;
	if (s == end || end - s > 3)
		return false;
	while (s < end && *s >= '0' && *s <= '9')
		s++;
	return s == end;
}

/* Name what is wrong with a character that no number has. */
static const char *
bad_character(const char *s, const char *end, bool after_digit)
{
	if (*s == '*')
		return "the number is masked";
	if (after_digit && is_float_tail(s, end))
		return "the number came through a floating-point column, which loses its last digits";
	if (*s == HB_FOLD_OTHER || (*s & 0x80) != 0)
		return "this character is neither a digit nor X, even if it looks like one";
	return "this character is neither a digit nor X";
}

/* Collect digits and X; blanks and hyphens may stand anywhere. */
static const char *
collect(const char *s, int len, Digits *d, int *pos)
{
	bool		too_long = false;

	d->n = 0;
	for (int i = 0; i < len; i++)
	{
		char		c = s[i] == 'x' ? 'X' : s[i];

		if (is_filler(c))
			continue;
		*pos = i;
		if (c != 'X' && (c < '0' || c > '9'))
			return bad_character(s + i, s + len, d->n > 0);
		if (d->n == HB_CN_ID_LEN)
		{
			/* Go on: a bad character further on is the better answer. */
			if (!too_long)
				d->at[d->n] = i;
			too_long = true;
			continue;
		}
		d->at[d->n] = i;
		d->c[d->n++] = c;
	}
	if (too_long)
	{
		*pos = d->at[d->n];
		return "a number has 18 characters, not more";
	}
	d->at[d->n] = len;
	return NULL;
}

/* Make 18 of the 15 characters that numbers had before October 1999. */
static const char *
upgrade(Digits *d, int *pos)
{
	*pos = 0;
	if (d->c[0] == '8')
		return "a residence permit has 18 characters";
	if (d->c[0] == '9')
		return "a foreign permanent resident card number has 18 characters";
	*pos = 12;
	if (memcmp(d->c + 12, "996", 3) >= 0)
		return "order numbers 996 to 999 of 15 digits leave the century of birth open";
	memmove(d->c + 8, d->c + 6, 9);
	memmove(d->at + 8, d->at + 6, sizeof(d->at[0]) * 9);
	d->c[6] = '1';
	d->c[7] = '9';
	d->at[6] = d->at[7] = d->at[8];
	d->c[17] = hb_cn_id_check_digit(d->c);
	d->at[17] = d->at[16];
	return NULL;
}

static const char *
parse_loose(const char *s, int len, uint64 *code, int *pos)
{
	Digits		d;
	const char *rule = collect(s, len, &d, pos);
	const char *x;

	if (rule != NULL)
		return rule;
	if (d.n != HB_CN_ID_LEN && d.n != 15)
	{
		*pos = d.at[d.n];
		return "a number has 18 characters, or 15 before 1999";
	}
	x = memchr(d.c, 'X', d.n == 15 ? 15 : BODY);
	if (x != NULL)
	{
		*pos = d.at[x - d.c];
		return "X stands only for the check digit, at the end of 18 characters";
	}
	if (d.n == 15)
		rule = upgrade(&d, pos);
	if (rule == NULL)
		rule = parse_clean(d.c, code, pos);
	if (rule != NULL)
		*pos = d.at[*pos];
	return rule;
}

static const char *
parse(const char *s, int len, uint64 *code, int *pos)
{
	if (likely(len == HB_CN_ID_LEN) && likely(parse_clean(s, code, pos) == NULL))
		return NULL;
	return parse_loose(s, len, code, pos);
}

/* ----- output ----- */

static inline void
put8(uint32 v, char *buf)
{
	for (int i = 7; i >= 0; i--)
	{
		buf[i] = (char) ('0' + v % 10);
		v /= 10;
	}
}

/* Any value gets 18 characters: the bound of a range need be no number. */
static int
format(uint64 code, char *buf)
{
	code %= BODY_END;
	put8((uint32) (code / UINT64CONST(1000000000)), buf);
	put8((uint32) (code / 10 % 100000000), buf + 8);
	buf[16] = (char) ('0' + code % 10);
	buf[17] = hb_cn_id_check_digit(buf);
	return HB_CN_ID_LEN;
}

static bool
valid(uint64 code)
{
	char		buf[HB_CN_ID_LEN];
	int			pos;

	if (code >= BODY_END)
		return false;
	(void) format(code, buf);
	return check_body(buf, pairs(load8(buf), 10), pairs(load8(buf + 8), 10), &pos) == NULL;
}

const HbCodeType hb_cn_id_type = {
	.name = "cn_id",
	.personal = true,
	.maxlen = HB_CN_ID_LEN,
	.parse = parse,
	.format = format,
	.valid = valid
};
