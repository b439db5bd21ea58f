/* link: src/icd/icd9cm3_core.c src/common/code_core.c src/common/codeset_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * icd9cm3_fuzz.c
 *	  Any bytes as text and as binary value of icd9cm3, and as text and as
 *	  ranges of icd9cm3set: what is accepted is valid and round-trips, what
 *	  is refused has a rule and a position in the text.
 *-------------------------------------------------------------------------
 */
#include "icd/icd9cm3.h"

#include "common/fold.h"

#define MAX_INPUT	1024

extern int	LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

#define REQUIRE(x)	do { if (!(x)) __builtin_trap(); } while (0)

static const HbCodeType *const type = &hb_icd9cm3_type;
static const HbCodeSetType *const set_type = &hb_icd9cm3set_type;

static void
check_round_trip(uint64 code)
{
	char		out[HB_CODE_MAX_INPUT];
	uint64		other = ~code;
	int			pos;
	int			len = type->format(code, out);

	REQUIRE(len <= type->maxlen);
	REQUIRE(type->parse(out, len, &other, &pos) == NULL && other == code);
}

static void
check_hierarchy(uint64 code)
{
	uint64		base = hb_icd9cm3_base_of(code);
	uint64		up = code;
	HbCodeRange r = hb_codeset_subtree(set_type, code);
	int			level = hb_icd9cm3_level_of(code);

	REQUIRE(type->valid(base) && hb_icd9cm3_below(code, base));
	REQUIRE(r.lo == code && r.next > code);
	REQUIRE(set_type->ceil(code) == code && set_type->floor(code) == code);
	REQUIRE(hb_icd9cm3_form_of(code) <= ICD9CM3_IRREGULAR);
	while (hb_icd9cm3_parent_of(up, &up))
	{
		REQUIRE(type->valid(up) && hb_icd9cm3_below(code, up));
		REQUIRE(hb_icd9cm3_level_of(up) < level);
		level = hb_icd9cm3_level_of(up);
	}
	REQUIRE(level == 2 && up == (code & ~ICD9CM3_BELOW_CATEGORY));
}

static void
check_text(const char *s, size_t len)
{
	uint64		code;
	int			pos = -1;

	if (hb_code_parse(type, s, len, &code, &pos) != NULL)
	{
		REQUIRE(pos >= 1 && pos <= (int) len + 1 && pos <= HB_CODE_MAX_INPUT + 1);
		return;
	}
	REQUIRE(type->valid(code));
	check_round_trip(code);
	check_hierarchy(code);
}

static void
check_binary(uint64 code)
{
	char		out[HB_CODE_MAX_INPUT];
	uint64		above = set_type->ceil(code);
	uint64		below = set_type->floor(code);

	/* Output must be safe even for what is not valid. */
	REQUIRE(type->format(code, out) <= type->maxlen);
	REQUIRE(above == HB_CODESET_END || (above >= code && type->valid(above)));
	REQUIRE(below <= code && type->valid(below));
	REQUIRE(type->valid(code) == (above == code && below == code));
	if (type->valid(code))
	{
		check_round_trip(code);
		check_hierarchy(code);
	}
	else if (above != HB_CODESET_END)
		REQUIRE(set_type->floor(above - 1) == below);
}

/* Write a set and read it back: equal sets are equal bytes. */
static void
check_ranges(const HbCodeRange *r, uint32 n)
{
	static HbCodeRange again[MAX_INPUT + 1],
				work[2 * (MAX_INPUT + 1)];
	static char text[(MAX_INPUT + 1) * (2 * ICD9CM3_MAXLEN + 4)];
	HbCodeSetError error;
	int			len = 0;

	REQUIRE(hb_codeset_valid(set_type, r, n));
	for (uint32 i = 0; i < n; i++)
	{
		if (i > 0)
			text[len++] = ',';
		len += hb_codeset_format_range(set_type, r[i], text + len);
	}
	REQUIRE(hb_codeset_parse(set_type, text, len, again, work, &error) == (int) n);
	REQUIRE(memcmp(again, r, sizeof(*r) * n) == 0);
}

static void
check_set_text(const char *s, size_t size)
{
	static HbCodeRange ranges[MAX_INPUT + 1],
				work[2 * (MAX_INPUT + 1)];
	char		folded[MAX_INPUT];
	HbCodeSetError error;
	int			len = hb_fold(s, size, folded, sizeof(folded));
	int			n = hb_codeset_parse(set_type, folded, len, ranges, work, &error);

	if (n >= 0)
		check_ranges(ranges, (uint32) n);
	else
		REQUIRE(error.rule != NULL && error.item >= 1 && error.pos >= 1 && error.pos <= len + 1);
}

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	HbCodeRange ranges[MAX_INPUT / sizeof(HbCodeRange)];
	uint64		value;

	if (size > MAX_INPUT)
		return 0;
	check_text((const char *) data, size);
	check_set_text((const char *) data, size);
	if (size < sizeof(value))
		return 0;
	memcpy(&value, data, sizeof(value));
	check_binary(value);
	check_binary(value & HB_CODESET_END >> 20);
	memcpy(ranges, data, size / sizeof(HbCodeRange) * sizeof(HbCodeRange));
	if (hb_codeset_valid(set_type, ranges, (uint32) (size / sizeof(HbCodeRange))))
		check_ranges(ranges, (uint32) (size / sizeof(HbCodeRange)));
	return 0;
}
