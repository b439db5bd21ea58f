/* link: src/icd/comorbidity_core.c src/icd/icd10_core.c src/icd/icd10_tables.c src/common/code_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * comorbidity_test.c
 *	  Comorbidity indices against a search for prefixes in the text of codes,
 *	  against sums over the weight tables, and on hostile text.
 *-------------------------------------------------------------------------
 */
#include "icd/comorbidity.h"

#include "common/tap.h"

#include "charlson_data.h"
#include "charlson_weights_data.h"
#include "elixhauser_data.h"
#include "elixhauser_weights_data.h"

static uint64 seed = 20260103;

static uint32
below(uint32 n)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (uint32) ((seed * UINT64CONST(2685821657736338717)) >> 33) % n;
}

/* Does the text of a code, its dot removed, begin with the prefix so treated? */
static bool
begins(const char *text, int len, const char *prefix)
{
	int			i = 0;

	for (; *prefix != '\0'; prefix++)
	{
		if (*prefix == '.')
			continue;
		if (i < len && text[i] == '.')
			i++;
		if (i == len || text[i++] != *prefix)
			return false;
	}
	return true;
}

static int
number_of(const HbComorbidIndex *index, const char *name)
{
	for (int i = 0; i < index->categories; i++)
		if (strcmp(index->category[i].name, name) == 0)
			return i;
	return -1;
}

/* The bits of the rows of the tables, by the names in them. */
static uint32 charlson_bit[HB_CHARLSON_COUNT];
static uint32 elixhauser_bit[HB_ELIXHAUSER_COUNT];

static void
find_bits(void)
{
	for (int i = 0; i < HB_CHARLSON_COUNT; i++)
		charlson_bit[i] = (uint32) 1 << number_of(&hb_charlson, hb_charlson_rows[i].category);
	for (int i = 0; i < HB_ELIXHAUSER_COUNT; i++)
		elixhauser_bit[i] = (uint32) 1 << number_of(&hb_elixhauser, hb_elixhauser_rows[i].category);
}

/* The categories of a code by its text. */
static uint32
slow(const HbComorbidIndex *index, uint64 code)
{
	uint64		parts[2];
	int			n = hb_icd10_parts_of(code, parts);
	uint32		state = 0;

	for (int i = 0; i < n; i++)
	{
		char		text[ICD10_MAXLEN];
		int			len = hb_icd10_type.format(parts[i], text);

		if (index == &hb_charlson)
		{
			for (int j = 0; j < HB_CHARLSON_COUNT; j++)
				if (text[0] == hb_charlson_rows[j].prefix[0] && begins(text, len, hb_charlson_rows[j].prefix))
					state |= charlson_bit[j];
		}
		else
			for (int j = 0; j < HB_ELIXHAUSER_COUNT; j++)
				if (text[0] == hb_elixhauser_rows[j].prefix[0] && begins(text, len, hb_elixhauser_rows[j].prefix))
					state |= elixhauser_bit[j];
	}
	return state;
}

static bool
agrees(uint64 code)
{
	return hb_comorbid_of(&hb_charlson, code) == slow(&hb_charlson, code) &&
		hb_comorbid_of(&hb_elixhauser, code) == slow(&hb_elixhauser, code);
}

/* Every category and every fourth place; then longer codes and pairs. */
static void
test_codes(void)
{
	static const char *const behind[] = {"", "03", "00x018", "5XXS"};
	char		text[64];
	uint64		code;
	int			pos;
	int			wrong = 0,
				tried = 0,
				pairs = 0;

	for (int c = 0; c < 26 * 10 * 12; c++)
		for (int four = -1; four < 36; four++)
		{
			int			len = sprintf(text, "%c%d%c", 'A' + c / 120, c / 12 % 10, "0123456789AB"[c % 12]);

			if (four >= 0)
				len += sprintf(text + len, ".%c", four < 10 ? '0' + four : 'A' + four - 10);
			for (int i = 0; i < (four < 0 ? 1 : (int) lengthof(behind)); i++)
			{
				sprintf(text + len, "%s", behind[i]);
				if (hb_icd10_type.parse(text, (int) strlen(text), &code, &pos) != NULL)
					continue;
				tried++;
				wrong += !agrees(code);
			}
		}
	ok(tried > 200000 && wrong == 0, "every place of %d codes: %d differ from the prefixes of their text", tried, wrong);

	wrong = 0;
	for (int i = 0; i < 100000; i++)
	{
		/* asterisk codes of which some count: D63 F00 F02 G46 G63 H36 I43 I68 I79 I98 J99 K77 M36 N08 */
		static const char *const stars[] = {"D63", "F00", "F02", "G46", "I43", "I68", "I79", "I98", "M36", "N08"};
		int			len = sprintf(text, "%c%02d.%c%02d+", (int) ('A' + below(26)), (int) below(100), "0123456789x"[below(11)], (int) below(100));

		len += below(2) ? sprintf(text + len, "%s", stars[below(lengthof(stars))])
			: sprintf(text + len, "%c%02d", (int) ('A' + below(26)), (int) below(100));
		if (below(4))
			len += sprintf(text + len, ".%d", (int) below(10));
		sprintf(text + len, "*");
		if (hb_icd10_type.parse(text, (int) strlen(text), &code, &pos) != NULL)
			continue;
		pairs++;
		wrong += !agrees(code);
	}
	ok(pairs > 90000 && wrong == 0, "%d pairs: %d differ from the prefixes of their text", pairs, wrong);
	ok(hb_charlson.rows <= HB_COMORBID_ROWS && hb_elixhauser.rows <= HB_COMORBID_ROWS,
		"the rows fit their tables: %d and %d", hb_charlson.rows, hb_elixhauser.rows);
}

/* Sums over the rows of the weight tables. */
static int
slow_charlson(uint32 state, int weights, bool hierarchy)
{
	int			sum = 0;

	for (int i = 0; i < HB_CHARLSON_WEIGHTS_COUNT; i++)
	{
		const HbCharlsonWeightsRow *row = &hb_charlson_weights_rows[i];
		int			graver = number_of(&hb_charlson, row->excluded_by);

		if ((state >> i & 1) == 0 || (hierarchy && graver >= 0 && (state >> graver & 1)))
			continue;
		sum += weights == 0 ? row->charlson1987 : row->quan2011;
	}
	return sum;
}

static int
slow_elixhauser(uint32 state, int weights, bool hierarchy)
{
	int			sum = 0;

	for (int i = 0; i < HB_ELIXHAUSER_WEIGHTS_COUNT; i++)
	{
		const HbElixhauserWeightsRow *row = &hb_elixhauser_weights_rows[i];
		int			graver = number_of(&hb_elixhauser, row->excluded_by);
		const int	points[] = {row->van_walraven, row->swiss, row->ahrq_mortality, row->ahrq_readmission};
		bool		again = false;

		if ((state >> i & 1) == 0 || (hierarchy && graver >= 0 && (state >> graver & 1)))
			continue;
		/* a group of AHRQ counts once */
		for (int j = 0; weights >= 2 && j < i; j++)
			if ((state >> j & 1) && row->ahrq_group[0] != '\0' &&
				strcmp(hb_elixhauser_weights_rows[j].ahrq_group, row->ahrq_group) == 0 &&
				!(hierarchy && strcmp(hb_elixhauser_weights_rows[j].excluded_by, row->category) == 0))
				again = true;
		if (!again)
			sum += points[weights];
	}
	return sum;
}

static void
test_scores(void)
{
	int			wrong = 0;
	int			wrong_age = 0;

	for (uint32 state = 0; state < (uint32) 1 << 17; state += 29)
		for (int w = 0; w < 2; w++)
			for (int h = 0; h < 2; h++)
				wrong += hb_comorbid_points(&hb_charlson, state, w, h) != slow_charlson(state, w, h);
	ok(wrong == 0, "charlson: scores of every 29th state");
	wrong = 0;
	for (int i = 0; i < 5000; i++)
	{
		uint32		state = (below(1 << 16) << 16 | below(1 << 16)) & (uint32) PG_INT32_MAX;

		for (int w = 0; w < 4; w++)
			for (int h = 0; h < 2; h++)
				wrong += hb_comorbid_points(&hb_elixhauser, state, w, h) != slow_elixhauser(state, w, h);
	}
	ok(wrong == 0, "elixhauser: scores of random states");

	/* gforge/comorbidities.icd10, tests/testthat/test-weights.R */
	ok(hb_comorbid_points(&hb_charlson, ((uint32) 1 << 17) - 1, 1, true) == 24, "all points of quan2011 are 24");
	ok(hb_comorbid_points(&hb_charlson, ((uint32) 1 << 17) - 1, 0, false) == 33, "all weights of 1987 are 33");
	ok(hb_comorbid_weights(&hb_charlson, "quan2011", 8) == 1 && hb_comorbid_weights(&hb_charlson, "quan", 4) == -1 &&
		hb_comorbid_weights(&hb_charlson, "swiss", 5) == -1 && hb_comorbid_weights(&hb_elixhauser, "ahrq_readmission", 16) == 3,
		"weights by name");

	for (int age = 0; age <= 150; age++)
	{
		int			expected = age >= 80 ? 4 : age >= 70 ? 3 : age >= 60 ? 2 : age >= 50 ? 1 : 0;

		wrong_age += hb_charlson_age_points(age) != expected;
	}
	ok(wrong_age == 0, "points of age, 0 to 150 years");
}

static void
test_text(const HbComorbidIndex *index)
{
	uint32		all = ((uint32) 1 << index->categories) - 1;
	char		buf[HB_COMORBID_MAXLEN];
	int			wrong = 0,
				accepted = 0;

	for (int i = 0; i < 50000; i++)
	{
		uint32		state = i == 0 ? all : i == 1 ? 0 : (below(1 << 16) << 16 | below(1 << 16)) & all;
		uint32		again = ~state;
		int			pos;
		int			len = hb_comorbid_format(index, state, buf);
		char	   *exact = malloc(len);

		/* a block of the very length, so that a byte too far is seen */
		memcpy(exact, buf, len);
		wrong += len > HB_COMORBID_MAXLEN || hb_comorbid_parse(index, exact, len, &again, &pos) != NULL || again != state;
		for (int j = 0; j < 3; j++)
		{
			exact[below(len)] = (char) (below(2) ? below(256) : (uint32) "{}, acdh"[below(8)]);
			if (hb_comorbid_parse(index, exact, (int) below(len + 1), &again, &pos) == NULL)
			{
				accepted++;
				wrong += !hb_comorbid_valid(index, again);
			}
			else
				wrong += pos < 0 || pos > len;
		}
		free(exact);
	}
	ok(wrong == 0, "%s: text round trip, and %d accepted of damaged texts", index->name, accepted);
	ok(hb_comorbid_valid(index, all) && !hb_comorbid_valid(index, all + 1) && !hb_comorbid_valid(index, (uint32) 1 << 31),
		"%s: which bits are valid", index->name);
}

int
main(void)
{
	hb_icd10_tables_init();
	hb_comorbidity_init();
	find_bits();
	test_codes();
	test_scores();
	test_text(&hb_charlson);
	test_text(&hb_elixhauser);
	return done();
}
