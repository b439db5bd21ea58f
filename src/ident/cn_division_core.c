/*-------------------------------------------------------------------------
 * cn_division_core.c
 *	  Codes of administrative divisions.
 *-------------------------------------------------------------------------
 */
#include "ident/cn_division.h"

#include "ident/cn_id.h"

static const uint8 lengths[8] = {2, 4, 6, 9, 12, 12, 12, 12};

const uint64 hb_pow10[13] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000, UINT64CONST(10000000000), UINT64CONST(100000000000),
	UINT64CONST(1000000000000)
};

int
hb_cn_division_digits(HbCnDivision d)
{
	return lengths[d & 7];
}

/* The index of a length, or -1. */
static int
length_index(int n)
{
	for (int i = 0; i < HB_CN_DIVISION_LEVELS; i++)
	{
		if (lengths[i] == n)
			return i;
	}
	return -1;
}

HbCnDivision
hb_cn_division_make(uint64 digits, int ndigits)
{
	return (digits * hb_pow10[HB_CN_DIVISION_LEN - ndigits]) << 3 |
		(uint64) length_index(ndigits);
}

/* ----- text ----- */

static const char *
parse(const char *s, int len, uint64 *code, int *pos)
{
	uint64		digits = 0;

	for (int i = 0; i < len; i++)
	{
		*pos = i;
		if (s[i] < '0' || s[i] > '9')
			return "this character is not a digit";
		if (i == HB_CN_DIVISION_LEN)
			return "a division code has at most 12 digits";
		digits = digits * 10 + (uint64) (s[i] - '0');
	}
	*pos = len;
	if (length_index(len) < 0)
		return "a division code has 2, 4, 6, 9 or 12 digits";
	if (s[0] == '0')
	{
		*pos = 0;
		return "no division code begins with 0";
	}
	*code = hb_cn_division_make(digits, len);
	return NULL;
}

static int
format(uint64 code, char *buf)
{
	int			n = hb_cn_division_digits(code);
	uint64		digits = hb_cn_division_full(code) / hb_pow10[HB_CN_DIVISION_LEN - n];

	for (int i = n - 1; i >= 0; i--)
	{
		buf[i] = (char) ('0' + digits % 10);
		digits /= 10;
	}
	return n;
}

static bool
valid(uint64 code)
{
	uint64		full = hb_cn_division_full(code);

	return (code & 7) < HB_CN_DIVISION_LEVELS &&
		full >= hb_pow10[11] && full < hb_pow10[12] &&
		full % hb_pow10[HB_CN_DIVISION_LEN - hb_cn_division_digits(code)] == 0;
}

const HbCodeType hb_cn_division_type = {
	.name = "cn_division",
	.personal = false,
	.maxlen = HB_CN_DIVISION_LEN,
	.parse = parse,
	.format = format,
	.valid = valid
};

/* ----- hierarchy ----- */

int
hb_cn_division_level(HbCnDivision d)
{
	uint64		full = hb_cn_division_full(d);
	int			level = (int) (d & 7);

	while (level > 0 &&
		   full % hb_pow10[HB_CN_DIVISION_LEN - lengths[level - 1]] == 0)
		level--;
	return level;
}

HbCnDivision
hb_cn_division_short(HbCnDivision d)
{
	return (d & ~UINT64CONST(7)) | (uint64) hb_cn_division_level(d);
}

/*
 * Do counties of these four digits belong to the province itself? 90 stands
 * for that everywhere; a municipality has its districts in 01, counties in 02.
 */
static bool
is_filler(uint32 prefecture)
{
	uint32		province = prefecture / 100;
	uint32		group = prefecture % 100;

	if (group == 90)
		return true;
	return (group == 1 || group == 2) &&
		(province == 11 || province == 12 || province == 31 || province == 50);
}

/*
 * The parent is written like the division, if that has 2, 4 or 6 digits; else
 * with 9 digits if it is a town, or 6.
 */
bool
hb_cn_division_parent(HbCnDivision d, HbCnDivision *parent)
{
	uint64		full = hb_cn_division_full(d);
	int			level = hb_cn_division_level(d);
	int			ndigits = hb_cn_division_digits(d);
	uint64		unit;

	if (level == 0)
		return false;
	level--;
	if (level == 1 && is_filler((uint32) (full / hb_pow10[8])))
		level--;
	unit = hb_pow10[HB_CN_DIVISION_LEN - lengths[level]];
	if (level == 3)
		ndigits = 9;
	else if (ndigits != 6)
		ndigits = ndigits > 6 ? 6 : lengths[level];
	full -= full % unit;
	*parent = hb_cn_division_make(full / hb_pow10[HB_CN_DIVISION_LEN - ndigits], ndigits);
	return true;
}

/* The smallest division at or above 12 digits. */
static uint64
ceil_full(uint64 full)
{
	if (full >= hb_pow10[12])
		return HB_CODESET_END;
	return hb_cn_division_short(full << 3 | (HB_CN_DIVISION_LEVELS - 1));
}

HbCodeRange
hb_cn_division_subtree(HbCnDivision d)
{
	uint64		full = hb_cn_division_full(d);
	HbCodeRange r;

	r.lo = hb_cn_division_short(d);
	r.next = ceil_full(full + hb_pow10[HB_CN_DIVISION_LEN -
									   lengths[hb_cn_division_level(d)]]);
	return r;
}

/*
 * The smallest identity number with at least these six digits: dates begin
 * in 1850, permits have three regions, foreigners' cards orders from 001.
 */
static uint64
first_id(uint32 region)
{
	const uint64 first_birth = HB_CN_ID_MIN_YEAR * UINT64CONST(10000) + 101;

	if (region > 830000)
		return (911000 * UINT64CONST(100000000) + first_birth) * 1000 + 1;
	if (region > 800000)
		region = (region + 9999) / 10000 * 10000;
	if (region == 800000)
		region = 810000;
	return (region * UINT64CONST(100000000) + first_birth) * 1000;
}

/*
 * Numbers hold six digits of a division, so nothing lies below; and those of
 * foreigners, which begin with 9, hold none. Bounds are numbers themselves,
 * for they may be sent to another server as text.
 */
HbCodeRange
hb_cn_division_id_range(HbCnDivision d)
{
	uint32		region = (uint32) (hb_cn_division_full(d) / 1000000);
	int			level = hb_cn_division_level(d);
	HbCodeRange r = {0, 0};

	if (level > 2 || region >= 900000)
		return r;
	r.lo = first_id(region);
	r.next = first_id(region + (uint32) hb_pow10[6 - lengths[level]]);
	return r;
}
