/* link: src/icd/icd10_core.c src/icd/icd10_tables.c src/common/code_core.c src/common/codeset_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * icd10set_fuzz.c
 *	  Any bytes as text of an icd10set and as its ranges in binary: what is
 *	  accepted is valid, and writes to a text that reads to the same ranges.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "common/fold.h"

extern int	LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

#define REQUIRE(x)	do { if (!(x)) __builtin_trap(); } while (0)

static uint32
commas(const char *s, int len)
{
	uint32		n = 0;

	for (int i = 0; i < len; i++)
		n += s[i] == ',';
	return n;
}

/* Read as icd10set_in does, with room for exactly as many items. */
static int
read_set(const char *s, int len, HbCodeRange **ranges, HbCodeSetError *error)
{
	uint32		items = commas(s, len) + 1;
	HbCodeRange *work = malloc(sizeof(HbCodeRange) * 2 * items);
	char	   *copy = malloc(len ? (size_t) len : 1);
	int			n;

	memcpy(copy, s, (size_t) len);
	*ranges = malloc(sizeof(HbCodeRange) * items);
	n = hb_codeset_parse(&hb_icd10set_type, copy, len, *ranges, work, error);
	free(copy);
	free(work);
	return n;
}

static void
check_set(const HbCodeRange *r, uint32 n)
{
	size_t		longest = 2 * (size_t) hb_icd10_type.maxlen + 2;
	char	   *text = malloc((longest + 2) * n + 1);
	HbCodeRange *again;
	HbCodeRange *out = malloc(sizeof(HbCodeRange) * (2 * n + 1));
	HbCodeSetError error;
	int			len = 0;

	REQUIRE(hb_codeset_valid(&hb_icd10set_type, r, n));
	for (uint32 i = 0; i < n; i++)
	{
		int			one;

		if (i > 0)
			len += sprintf(text + len, ", ");
		one = hb_codeset_format_range(&hb_icd10set_type, r[i], text + len);
		REQUIRE(one > 0 && (size_t) one <= longest);
		len += one;
	}
	REQUIRE(read_set(text, len, &again, &error) == (int) n);
	REQUIRE(memcmp(again, r, sizeof(HbCodeRange) * n) == 0);

	/* algebra with itself */
	REQUIRE(hb_ranges_union(r, n, again, n, out) == n && memcmp(out, r, sizeof(HbCodeRange) * n) == 0);
	REQUIRE(hb_ranges_intersect(r, n, again, n, out) == n && memcmp(out, r, sizeof(HbCodeRange) * n) == 0);
	REQUIRE(hb_ranges_minus(r, n, again, n, out) == 0);
	for (uint32 i = 0; i < n; i++)
	{
		REQUIRE(hb_ranges_contain(r, n, r[i].lo) && hb_ranges_contain(r, n, r[i].next - 1));
		REQUIRE(!hb_ranges_contain(r, n, r[i].next));
		REQUIRE(r[i].lo == 0 || !hb_ranges_contain(r, n, r[i].lo - 1));
	}
	free(again);
	free(text);
	free(out);
}

static void
check_text(const char *s, size_t size)
{
	char	   *folded = malloc(size + 1);
	int			len = hb_fold(s, size, folded, size + 1);
	HbCodeSetError error = {NULL, -1, -1};
	HbCodeRange *ranges;
	int			n;

	REQUIRE(len >= 0);
	n = read_set(folded, len, &ranges, &error);
	if (n >= 0)
		check_set(ranges, (uint32) n);
	else
	{
		REQUIRE(error.rule != NULL && error.rule[0] != '\0');
		REQUIRE(error.item >= 1 && error.item <= (int) commas(folded, len) + 1);
		REQUIRE(error.pos >= 1 && error.pos <= len + 1);
	}
	free(ranges);
	free(folded);
}

static void
check_binary(const uint8 *data, size_t size)
{
	uint32		n = (uint32) (size / sizeof(HbCodeRange));
	HbCodeRange *r = malloc(sizeof(HbCodeRange) * (n + 1));

	memcpy(r, data, sizeof(HbCodeRange) * n);
	if (hb_codeset_valid(&hb_icd10set_type, r, n))
		check_set(r, n);

	/* Random bits are hardly ever valid: take them for places instead. */
	for (uint32 i = 0; i < n; i++)
	{
		r[i].lo = hb_icd10set_type.ceil(r[i].lo & (HB_CODESET_END >> 4));
		r[i].next = hb_icd10set_type.ceil(Max(r[i].next & (HB_CODESET_END >> 4), r[i].lo + 1));
		if (r[i].lo == HB_CODESET_END)
			r[i].lo = 0;
	}
	check_set(r, hb_ranges_normalize(r, n));
	free(r);
}

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	static bool ready = false;

	if (!ready)
		hb_icd10_tables_init();
	ready = true;
	if (size > 0 && data[0] == 1)
		check_binary(data + 1, size - 1);
	else
		check_text((const char *) data, size);
	return 0;
}
