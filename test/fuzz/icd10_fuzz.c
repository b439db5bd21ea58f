/* link: src/icd/icd10_core.c src/common/code_core.c src/common/codeset_core.c src/common/fold.c src/icd/icd10_tables.c */
/*-------------------------------------------------------------------------
 * icd10_fuzz.c
 *	  Any bytes as text and as binary value of icd10: what is accepted is
 *	  valid and round-trips, what is refused has a rule and a position in
 *	  the text; the hierarchy of what is valid ends at a category.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "common/fold.h"

extern int	LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

#define REQUIRE(x)	do { if (!(x)) __builtin_trap(); } while (0)

/* Canonical text is read without folding, and is its own canonical text. */
static void
check_round_trip(uint64 code)
{
	char		out[HB_CODE_MAX_INPUT],
				again[HB_CODE_MAX_INPUT];
	uint64		other = ~code;
	int			pos;
	int			len = hb_icd10_type.format(code, out);

	REQUIRE(len <= hb_icd10_type.maxlen);
	REQUIRE(hb_icd10_type.parse(out, len, &other, &pos) == NULL && other == code);
	REQUIRE(hb_icd10_type.format(other, again) == len && memcmp(out, again, (size_t) len) == 0);
}

static void
check_hierarchy(uint64 code)
{
	uint64		up = code,
				star,
				parts[2];
	HbCodeRange r = hb_codeset_subtree(&hb_icd10set_type, code);
	int			n = hb_icd10_parts_of(code, parts);
	int			steps = 0;

	REQUIRE(r.lo <= code && code < r.next);
	REQUIRE(hb_codeset_valid(&hb_icd10set_type, &r, 1));
	REQUIRE(hb_icd10_type.valid(hb_icd10_who_of(code)));
	for (int i = 0; i < n; i++)
		REQUIRE(hb_icd10_type.valid(parts[i]));
	REQUIRE(!hb_icd10_asterisk_of(code, &star) || hb_icd10_type.valid(star));
	while (hb_icd10_parent_of(up, &up))
	{
		REQUIRE(++steps <= 6 && hb_icd10_type.valid(up) && hb_icd10_below(code, up));
		r = hb_codeset_subtree(&hb_icd10set_type, up);
		REQUIRE(r.lo <= code && code < r.next);
	}
	REQUIRE(hb_icd10_level_of(up) == 3);
}

static void
check_text(const char *s, size_t len)
{
	uint64		code;
	int			pos = -1;
	const char *rule = hb_code_parse(&hb_icd10_type, s, len, &code, &pos);

	if (rule != NULL)
	{
		REQUIRE(rule[0] != '\0' && pos >= 1 && pos <= (int) len + 1 && pos <= HB_CODE_MAX_INPUT + 1);
		return;
	}
	REQUIRE(hb_icd10_type.valid(code));
	check_round_trip(code);
	check_hierarchy(code);
}

static void
check_binary(uint64 code)
{
	char		out[HB_CODE_MAX_INPUT];
	uint64		up = hb_icd10set_type.ceil(code),
				down = hb_icd10set_type.floor(code);

	/* Output must be safe even for what is not valid. */
	REQUIRE(hb_icd10_type.format(code, out) <= hb_icd10_type.maxlen);
	if (hb_icd10_type.valid(code))
	{
		check_round_trip(code);
		check_hierarchy(code);
		REQUIRE(code != up ? (code & ICD10_MARKS) != 0 : (code & ICD10_MARKS) == 0);
		REQUIRE(down == (code & ~ICD10_MARKS));
	}
	/* Nothing valid and unmarked lies between. */
	REQUIRE(up == HB_CODESET_END || (up >= code && hb_icd10_type.valid(up) && (up & ICD10_MARKS) == 0));
	REQUIRE(down <= code && hb_icd10_type.valid(down) && (down & ICD10_MARKS) == 0);
	REQUIRE(down == code || hb_icd10set_type.ceil(down + 1) == up);
}

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	uint64		value;

	check_text((const char *) data, size);
	if (size >= sizeof(value))
	{
		memcpy(&value, data, sizeof(value));
		check_binary(value);
		check_binary(value & (HB_CODESET_END >> 4));
	}
	return 0;
}
