/* link: src/base/rng_core.c src/base/province_core.c src/ident/gb2260_core.c src/ident/cn_division_core.c src/ident/cn_id_core.c src/common/code_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * base_province.c
 *	  Random numbers by counter, their distributions, and the persons of the
 *	  synthetic province that follow from them.
 *-------------------------------------------------------------------------
 */
#include "base/province.h"
#include "ident/cn_id.h"

#include <math.h>

#include "common/tap.h"

/* Known answers published with the generator (Random123, kat_vectors). */
static void
test_philox(void)
{
	static const struct
	{
		uint32		counter[4];
		uint32		key[2];
		uint32		out[4];
	}			known[] = {
		{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
		{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
		{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}
	};

	for (int i = 0; i < lengthof(known); i++)
	{
		uint32		out[4];

		hb_philox(known[i].counter, known[i].key, out);
		ok(memcmp(out, known[i].out, sizeof out) == 0, "Philox4x32-10, known answer %d", i + 1);
	}
}

/* Means and variances of 200,000 draws, within five standard errors. */
static void
test_distributions(void)
{
	static const struct
	{
		const char *name;
		double		mean;
		double		variance;
		double		fourth;		/* central moment, of which the error of the variance follows */
	}			law[] = {
		{"uniform", 0.5, 1.0 / 12, 1.0 / 80}, {"normal", 0, 1, 3}, {"exponential", 1, 1, 9},
		{"gamma, shape 0.5", 0.5, 0.5, 3.75}, {"gamma, shape 3", 3, 3, 45}, {"Poisson, mean 2.5", 2.5, 2.5, 21.25},
		{"Poisson, mean 70", 70, 70, 14770}, {"one of five", 2, 2, 6.8}
	};
	const int	n = 200000;

	for (int i = 0; i < lengthof(law); i++)
	{
		HbRng		rng;
		double		sum = 0;
		double		squares = 0;
		double		variance;

		hb_rng_start(&rng, 42, i, 99);
		for (int k = 0; k < n; k++)
		{
			double		x = i == 0 ? hb_rng_uniform(&rng) : i == 1 ? hb_rng_normal(&rng) : i == 2 ? hb_rng_exponential(&rng)
				: i == 3 ? hb_rng_gamma(&rng, 0.5) : i == 4 ? hb_rng_gamma(&rng, 3) : i == 5 ? hb_rng_poisson(&rng, 2.5)
				: i == 6 ? hb_rng_poisson(&rng, 70) : hb_rng_below(&rng, 5);

			sum += x;
			squares += (x - law[i].mean) * (x - law[i].mean);
		}
		variance = squares / n;
		ok(fabs(sum / n - law[i].mean) < 5 * sqrt(law[i].variance / n), "%s: mean", law[i].name);
		ok(fabs(variance - law[i].variance) < 5 * sqrt((law[i].fourth - law[i].variance * law[i].variance) / n),
		   "%s: variance", law[i].name);
	}
}

static void
test_pick(void)
{
	const double upto[] = {1, 1, 4, 10};
	int			count[4] = {0};
	HbRng		rng;

	hb_rng_start(&rng, 1, 2, 3);
	for (int i = 0; i < 100000; i++)
		count[hb_rng_pick(&rng, upto, 4)]++;
	ok(count[1] == 0 && abs(count[0] - 10000) < 500 && abs(count[2] - 30000) < 800 && abs(count[3] - 60000) < 800,
	   "picks by weight, never what has none");
	ok(!hb_rng_chance(&rng, 0) && hb_rng_chance(&rng, 1), "no chance, and every chance");
}

static void
test_streams(void)
{
	HbRng		a;
	HbRng		b;
	uint32		first;

	hb_rng_start(&a, 7, 1, 1);
	hb_rng_start(&b, 7, 1, 1);
	first = hb_rng_next(&a);
	ok(first == hb_rng_next(&b), "a stream is its seed, number and purpose");
	hb_rng_start(&b, 8, 1, 1);
	ok(first != hb_rng_next(&b), "another seed");
	hb_rng_start(&b, 7, 2, 1);
	ok(first != hb_rng_next(&b), "another number");
	hb_rng_start(&b, 7, 1, 2);
	ok(first != hb_rng_next(&b), "another purpose");
}

static int
compare(const void *a, const void *b)
{
	uint64		x = *(const uint64 *) a;
	uint64		y = *(const uint64 *) b;

	return x < y ? -1 : x > y;
}

/*
 * Numbers of persons with one end (division and order) are equal only if they are born
 * on one day: their places in the sequence would have to be closer than a day is wide.
 */
static void
test_identity(const HbProvince *province)
{
	uint64		widest = 0;
	uint64		base = 0;
	const int	blocks = 20000;
	uint64	   *id = malloc(sizeof(uint64) * blocks * HB_BLOCK);
	HbPerson	block[HB_BLOCK];
	int			repeated = 0;
	int			wrong = 0;

	for (int i = 0; i < province->nstrata; i++)
	{
		const struct HbStratum *s = &province->stratum[i];

		widest = Max(widest, (s->upto - base) / (s->last - s->first + 1) + 1);
		base = s->upto;
	}
	ok(hb_identity_gap(100000000) > widest, "no two of 100 million persons can have one identity number");
	for (int b = 0; b < blocks; b++)
	{
		hb_province_block(province, b, block);
		for (int i = 0; i < HB_BLOCK; i++)
		{
			id[b * HB_BLOCK + i] = block[i].id;
			wrong += block[i].pid != (int64) b * HB_BLOCK + i + 1
				|| (block[i].mother >= 0 && (block[i].mother > i) && block[i].newborn);
		}
	}
	qsort(id, blocks * HB_BLOCK, sizeof(uint64), compare);
	for (int i = 1; i < blocks * HB_BLOCK; i++)
		repeated += id[i] == id[i - 1];
	ok(repeated == 0, "480,000 persons, no number twice");
	ok(wrong == 0, "persons are numbered in order, and mothers before those born in the period");
	free(id);
}

static void
forget(HbProvince *province)
{
	free(province->surname_upto);
	free(province->given_upto[0]);
	free(province->given_upto[1]);
}

/* The same block twice, out of order, and in a province of another seed. */
static void
test_blocks(const HbProvince *province)
{
	HbProvince	other;
	HbPerson	one[HB_BLOCK];
	HbPerson	two[HB_BLOCK];

	hb_province_block(province, 12345, one);
	hb_province_block(province, 3, two);
	hb_province_block(province, 12345, two);
	for (int i = 0; i < HB_BLOCK; i++)
		if (one[i].id != two[i].id || strcmp(one[i].name, two[i].name) != 0 || one[i].household != two[i].household
			|| one[i].death != two[i].death)
		{
			ok(false, "person %d is the same", i);
			return;
		}
	ok(true, "a block is the same whatever was made before");
	hb_province_init(&other, 2, province->from, province->to);
	hb_province_block(&other, 12345, two);
	ok(one[0].id != two[0].id, "another seed, other persons");
	forget(&other);
}

static void
test_laws(void)
{
	ok(fabs(hb_life_expectancy(true) - 75.37) < 0.05 && fabs(hb_life_expectancy(false) - 80.88) < 0.05,
	   "life expectancy of the law is that of China 2020, to a twentieth of a year");
	ok(fabs(hb_mortality(true, 30, 70) - hb_mortality(true, 30, 50) - hb_mortality(true, 50, 70)) < 1e-12,
	   "hazards of ages add up");
	ok(hb_prevalence(HB_HYPERTENSION, true, 17) == 0 && hb_prevalence(HB_HYPERTENSION, true, 60) > 0.3,
	   "prevalence begins with an age");
}

int
main(void)
{
	HbProvince	province;

	test_philox();
	test_distributions();
	test_pick();
	test_streams();
	hb_province_init(&province, 1, hb_day_number(2023, 1, 1), hb_day_number(2024, 1, 1));
	test_identity(&province);
	test_blocks(&province);
	test_laws();
	forget(&province);
	return done();
}
