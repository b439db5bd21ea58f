/* link: src/icd/icd10_core.c src/icd/icd10_tables.c src/common/code_core.c src/common/codeset_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * icd10set_test.c
 *	  icd10set: texts and algebra of random sets against a bitmap of codes,
 *	  which are chosen by text.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "common/icd10_oracle.h"
#include "common/tap.h"

#define SAMPLE		600
#define MAX_ITEMS	40

static char sample[SAMPLE][TEXT];
static char sample_main[SAMPLE][TEXT];	/* without marks */
static uint64 sample_code[SAMPLE];

typedef struct Set
{
	uint32		n;
	HbCodeRange r[8 * MAX_ITEMS];
	bool		has[SAMPLE];	/* the oracle */
} Set;

/* Codes that are near each other: few categories, few characters. */
static void
make_sample(void)
{
	static const char *const category[] = {"A00", "A01", "C49", "C4A", "C4B", "C50", "I10", "Z99", "Z9A", "Z9B"};
	static const char *const tail[] = {"", ".0", ".1", ".9", ".00", ".A", ".Z", ".000", ".001", ".099", ".999", ".x00", ".x01", ".x99",
		".000x000", ".000x001", ".000x999", ".999x999", ".x00x000", ".x00x002", ".x99x999", ".X0", ".X000", ".X00A", ".0XXA", ".00AW",
	".00AY", ".ZZZ", ".ZZZZ", ".ZZZY", ".0000", ".000A", ".000Z"};
	static const char *const mark[] = {"", "*", "+", "+G01*", "+K77.0*"};
	int			n = 0;

	for (int i = 0; i < (int) lengthof(category); i++)
		for (int j = 0; j < (int) lengthof(tail); j++)
			for (int k = 0; k < (int) lengthof(mark); k++)
			{
				char		s[2 * TEXT];

				snprintf(s, sizeof(s), "%s%s%s", category[i], tail[j], mark[k]);
				if (n < SAMPLE && is_code(s))
					strcpy(sample[n++], s);
			}
	while (n < SAMPLE)
	{
		generate(sample[n]);
		n += is_code(sample[n]);
	}
	for (int i = 0; i < SAMPLE; i++)
	{
		sample_code[i] = pack(sample[i]);
		strcpy(sample_main[i], sample[i]);
		sample_main[i][main_length(sample[i])] = '\0';
	}
}

/* Is the main part m in the item a, or a-b? "alone" means without subtree. */
static bool
slow_item(const char *m, const char *a, bool a_alone, const char *b, bool b_alone)
{
	if (b == NULL)
		return a_alone ? strcmp(m, a) == 0 : strncmp(m, a, strlen(a)) == 0;
	return strcmp(m, a) >= 0 &&
		(strcmp(m, b) <= 0 || (!b_alone && strncmp(m, b, strlen(b)) == 0));
}

/* A random set, written as text and read, and its oracle. */
static bool
random_set(Set *set)
{
	char		text[MAX_ITEMS * 2 * TEXT + 1];
	char	   *p = text;
	bool		out[SAMPLE] = {false};
	HbCodeRange work[2 * MAX_ITEMS];
	HbCodeSetError error;
	int			items = 1 + (int) below(below(4) ? 3 : MAX_ITEMS);
	int			n;

	memset(set->has, 0, sizeof(set->has));
	for (int i = 0; i < items; i++)
	{
		char		a[TEXT],
					b[TEXT];
		bool		exclude = i > 0 && below(4) == 0;
		bool		a_alone = below(4) == 0,
					b_alone = below(4) == 0;
		bool		range = below(3) == 0;

		strcpy(a, sample_main[below(SAMPLE)]);
		strcpy(b, sample_main[below(SAMPLE)]);
		if (strcmp(a, b) > 0)
			range = false;
		p += sprintf(p, "%s%s%s%s", i ? ", " : "", exclude ? "!" : "", a, a_alone ? "+" : "");
		if (range)
			p += sprintf(p, "-%s%s", b, b_alone ? "+" : "");
		for (int k = 0; k < SAMPLE; k++)
			if (slow_item(sample_main[k], a, a_alone, range ? b : NULL, b_alone))
				*(exclude ? &out[k] : &set->has[k]) = true;
	}
	for (int k = 0; k < SAMPLE; k++)
		set->has[k] = set->has[k] && !out[k];
	n = hb_codeset_parse(&hb_icd10set_type, text, (int) (p - text), set->r, work, &error);
	if (n < 0)
	{
		printf("# %s: %s\n", text, error.rule);
		return false;
	}
	set->n = (uint32) n;
	return true;
}

static bool
agrees(const Set *set)
{
	for (int k = 0; k < SAMPLE; k++)
		if (hb_ranges_contain(set->r, set->n, sample_code[k]) != set->has[k])
		{
			printf("# %s\n", sample[k]);
			return false;
		}
	return true;
}

/* Written and read again, the set is the same. */
static bool
round_trips(const Set *set)
{
	static char text[8 * MAX_ITEMS * 2 * TEXT];
	static HbCodeRange again[8 * MAX_ITEMS],
				work[16 * MAX_ITEMS];
	HbCodeSetError error;
	int			len = 0;
	int			n;

	for (uint32 i = 0; i < set->n; i++)
	{
		if (i > 0)
			len += sprintf(text + len, ", ");
		n = hb_codeset_format_range(&hb_icd10set_type, set->r[i], text + len);
		if (n > 2 * hb_icd10_type.maxlen + 2)
			return false;
		len += n;
	}
	n = hb_codeset_parse(&hb_icd10set_type, text, len, again, work, &error);
	if (n < 0)
		printf("# %.*s: %s\n", len, text, error.rule);
	return n == (int) set->n && memcmp(again, set->r, sizeof(HbCodeRange) * set->n) == 0;
}

static void
test_sets(void)
{
	static Set	pool[16];
	static Set	result;
	uint32		parses = 0,
				wrong = 0,
				invalid = 0,
				texts = 0,
				empty = 0;

	make_sample();
	for (int i = 0; i < 16; i++)
		parses += !random_set(&pool[i]);
	for (uint32 i = 0; i < 200000; i++)
	{
		Set		   *a = &pool[below(16)],
				   *b = &pool[below(16)];
		int			operation = (int) below(3);

		if (a->n + b->n > 4 * MAX_ITEMS || a->n == 0 || i % 16 == 0)
		{
			if (!random_set(a))
				parses++;
			else if (i % 32 == 0 && !agrees(a))
				wrong++;
			result = *a;
		}
		else
		{
			result.n = (operation == 0 ? hb_ranges_union : operation == 1 ? hb_ranges_intersect : hb_ranges_minus)
				(a->r, a->n, b->r, b->n, result.r);
			for (int k = 0; k < SAMPLE; k++)
				result.has[k] = operation == 0 ? a->has[k] | b->has[k] :
					operation == 1 ? a->has[k] & b->has[k] : a->has[k] & !b->has[k];
			if (i % 16 == 1 && !agrees(&result))
				wrong++;
			*b = result;
		}
		invalid += !hb_codeset_valid(&hb_icd10set_type, result.r, result.n);
		texts += !round_trips(&result);
		empty += result.n == 0;
	}
	ok(parses == 0, "sets: random texts are read");
	ok(wrong == 0, "sets: texts and algebra against a bitmap");
	ok(invalid == 0, "sets: results are valid");
	ok(texts == 0, "sets: 200000 texts are read back");
	ok(empty > 100 && empty < 100000, "sets: %u were empty", empty);
}

/* Texts of the contract. */
static void
test_set_text(const char *in, const char *expected)
{
	HbCodeRange ranges[MAX_ITEMS],
				work[2 * MAX_ITEMS];
	HbCodeSetError error;
	char		out[MAX_ITEMS * 2 * TEXT] = "";
	int			n = hb_codeset_parse(&hb_icd10set_type, in, (int) strlen(in), ranges, work, &error);

	if (n < 0)
		strcpy(out, error.rule);
	for (int i = 0; i < n; i++)
	{
		int			len = (int) strlen(out);

		if (i > 0)
			len += sprintf(out + len, ", ");
		len += hb_codeset_format_range(&hb_icd10set_type, ranges[i], out + len);
		out[len] = '\0';
	}
	if (!ok(strcmp(out, expected) == 0, "set '%s'", in))
		printf("# %s\n", out);
}

int
main(void)
{
	hb_icd10_tables_init();
	test_sets();

	test_set_text("", "");
	test_set_text(" \t ", "");
	test_set_text("I20-I25, !I23.0", "I20-I23+, I23.1-I25");
	test_set_text("I20-I25, I60-I69, !I23", "I20-I22, I24-I25, I60-I69");
	test_set_text("!I23,I20-I25", "I20-I22, I24-I25");
	test_set_text("I23+", "I23+");
	test_set_text("I23, !I23+", "I23.0-I23.x99");
	test_set_text("I20,I21,I22", "I20-I22");
	test_set_text("IX", "I00-I99");
	test_set_text("!I23", "an exclusion needs something to exclude from");
	test_set_text("I25-I20", "the range runs backwards");
	test_set_text("I20,,I21", "a code is missing here");
	test_set_text("A01.001+K77.0*", "A01.001+");
	return done();
}
