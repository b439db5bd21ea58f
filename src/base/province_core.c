/*-------------------------------------------------------------------------
 * province_core.c
 *	  Who lives in the synthetic province: age, sex, place, identity number,
 *	  name, household, death, chronic conditions.
 *
 * Age, sex and place follow low-discrepancy sequences (multiples of the
 * generalised golden ratio), so any number of persons has the census shares
 * to within a few persons, and the same end of an identity number never meets
 * the same day of birth.
 *-------------------------------------------------------------------------
 */
#include "base/province.h"
#include "ident/cn_id.h"
#include "ident/gb2260.h"

#include <math.h>

#include "given_characters_data.h"
#include "hubei_age_sex_data.h"
#include "hubei_prefecture_data.h"
#include "province_condition_data.h"
#include "province_division_data.h"
#include "province_mortality_data.h"
#include "surnames_data.h"

/* Roberts' R2: 2^64 over the plastic number 1.32471795724, and over its square. */
#define STEP_STRATUM	UINT64CONST(0xC13FA9A902A6328F)
#define STEP_PLACE		UINT64CONST(0x91E10DA5C79E7B1D)

#define ORDERS_A_SEX	499		/* order codes 001 to 998 of one sex */
#define IDENTITY_ENDS	((uint64) HB_PROVINCE_DIVISION_COUNT * ORDERS_A_SEX)

/* Assumptions; doc/synthetic-province.md */
#define BIRTHS_A_YEAR	0.0083	/* of the population */
#define BOYS			0.523
#define CONDITION_RHO	0.35	/* of frailty, in the copula of conditions */

/* ----- strata ----- */

static int32
years_before(int32 day, int years)
{
	int64		ymd = hb_year_month_day(day);
	int			y = (int) (ymd / 10000) - years;
	int			m = (int) (ymd / 100 % 100);
	int			d = (int) (ymd % 100);

	return hb_day_number(y, m, m == 2 && d == 29 ? 28 : d);
}

static void
add_stratum(HbProvince *province, bool male, bool newborn, int32 first, int32 last)
{
	struct HbStratum *s = &province->stratum[province->nstrata++];

	s->male = male;
	s->newborn = newborn;
	s->first = first;
	s->last = last;
}

/* Turn shares into upper bounds of 2^64; the last is all ones. */
static void
cumulate(const double *share, int n, double total, uint64 *upto, Size step)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		uint64	   *bound = (uint64 *) ((char *) upto + step * i);

		sum += share[i];
		*bound = i == n - 1 ? PG_UINT64_MAX : (uint64) ldexp(sum / total, 64);
	}
}

/* The census structure on the first day, and those who are born in the period. */
static void
init_strata(HbProvince *province)
{
	double		share[64];
	double		total = 0;
	double		births = BIRTHS_A_YEAR * province->years;

	for (int i = 0; i < HB_HUBEI_AGE_SEX_COUNT; i++)
		total += hb_hubei_age_sex_rows[i].pop;
	for (int sex = 1; sex <= 2; sex++)
	{
		share[province->nstrata] = total * births * (sex == 1 ? BOYS : 1 - BOYS);
		add_stratum(province, sex == 1, true, province->from, province->to - 1);
		for (int i = 0; i < HB_HUBEI_AGE_SEX_COUNT; i++)
		{
			int			hi = hb_hubei_age_sex_rows[i].age_hi;

			if (hb_hubei_age_sex_rows[i].sex != sex)
				continue;
			share[province->nstrata] = hb_hubei_age_sex_rows[i].pop;
			add_stratum(province, sex == 1, false,
						years_before(province->from, (hi == 100 ? 104 : hi) + 1),
						years_before(province->from, hb_hubei_age_sex_rows[i].age_lo) - 1);
		}
	}
	cumulate(share, province->nstrata, total * (1 + births), &province->stratum[0].upto,
			 sizeof province->stratum[0]);
}

static void
init_places(HbProvince *province)
{
	double		share[32];
	double		total = 0;

	province->nprefectures = HB_HUBEI_PREFECTURE_COUNT;
	for (int i = 0; i < province->nprefectures; i++)
	{
		uint32		code = hb_hubei_prefecture_rows[i].code;
		HbDivisionName name;

		share[i] = hb_hubei_prefecture_rows[i].pop;
		total += share[i];
		province->county_first[i] = province->ncounties;
		/* Directly governed cities have no counties. */
		if (code % 100 != 0)
			province->county[province->ncounties++] = code;
		else
			for (uint32 c = code + 2; c < code + 100; c++)
				if (hb_gb2260_name_in(hb_cn_division_make(c, 6), 2020, &name) && name.on_cards)
					province->county[province->ncounties++] = c;
	}
	Assert(province->ncounties <= HB_MAX_COUNTIES);
	province->county_first[province->nprefectures] = province->ncounties;
	cumulate(share, province->nprefectures, total, province->prefecture_upto, sizeof(uint64));
}

static void
init_names(HbProvince *province)
{
	double		sum = 0;

	province->surname_upto = palloc(sizeof(double) * HB_SURNAMES_COUNT);
	for (int i = 0; i < HB_SURNAMES_COUNT; i++)
		province->surname_upto[i] = sum += hb_surnames_rows[i].ppb;
	for (int male = 0; male <= 1; male++)
	{
		province->given_upto[male] = palloc(sizeof(double) * HB_GIVEN_CHARACTERS_COUNT);
		sum = 0;
		for (int i = 0; i < HB_GIVEN_CHARACTERS_COUNT; i++)
			province->given_upto[male][i] = sum += male ? hb_given_characters_rows[i].male
				: hb_given_characters_rows[i].female;
	}
}

void
hb_province_init(HbProvince *province, uint64 seed, int32 from, int32 to)
{
	memset(province, 0, sizeof *province);
	StaticAssertStmt(HB_PROVINCE_CONDITION_COUNT == HB_CONDITIONS, "conditions have names");
	province->seed = seed;
	province->from = from;
	province->to = to;
	province->years = (to - from) / 365.25;
	init_strata(province);
	init_places(province);
	init_names(province);
}

/* ----- laws ----- */

double
hb_mortality(bool male, double from_age, double to_age)
{
	const HbProvinceMortalityRow *law = &hb_province_mortality_rows[male ? 0 : 1];
	double		hazard = 0;
	double		adult = Max(from_age, 1);

	if (from_age < 1)
		hazard = -log1p(-law->q0) * (Min(to_age, 1) - from_age);
	if (to_age > adult)
		hazard += law->makeham_a * (to_age - adult) + law->gompertz_level / law->gompertz_b
			* (exp(law->gompertz_b * to_age) - exp(law->gompertz_b * adult));
	return hazard;
}

double
hb_life_expectancy(bool male)
{
	double		sum = 0;
	double		hazard = 0;

	for (int i = 0; i < 1300; i++)
	{
		sum += exp(-(hazard + hb_mortality(male, i / 10.0, i / 10.0 + 0.05))) / 10;
		hazard += hb_mortality(male, i / 10.0, (i + 1) / 10.0);
	}
	return sum;
}

double
hb_prevalence(int condition, bool male, double age)
{
	const HbProvinceConditionRow *c = &hb_province_condition_rows[condition];
	double		x = (age - 50) / 10;

	if (age < c->min_age)
		return 0;
	return 1 / (1 + exp(-((male ? c->intercept_m : c->intercept_f) + c->b * x + c->c * x * x)));
}

uint64
hb_identity_gap(uint64 persons)
{
	uint64		gap = PG_UINT64_MAX;

	for (uint64 m = 1; m <= persons / IDENTITY_ENDS; m++)
	{
		uint64		step = m * IDENTITY_ENDS * STEP_STRATUM;

		gap = Min(gap, Min(step, -step));
	}
	return gap;
}

/* ----- a person ----- */

static void
give_birth(const HbProvince *province, HbPerson *p)
{
	uint64		u = hb_mix64(province->seed) + (uint64) p->pid * STEP_STRATUM;
	uint64		base = 0;
	const struct HbStratum *s = province->stratum;

	for (; u > s->upto; s++)
		base = s->upto;
	p->male = s->male;
	p->newborn = s->newborn;
	p->birth = s->first + (int32) (((double) (u - base) / (double) (s->upto - base))
								   * (s->last - s->first + 1));
	p->birth = Min(p->birth, s->last);
}

/* Division and order code from the number of the person, so that no two are equal. */
static void
give_identity(HbPerson *p)
{
	uint64		end = (uint64) p->pid % IDENTITY_ENDS;
	uint64		order = 2 * (end % ORDERS_A_SEX) + (p->male ? 1 : 2);

	p->id = ((uint64) hb_province_division_rows[end / ORDERS_A_SEX].code * 100000000
			 + (uint64) hb_year_month_day(p->birth)) * 1000 + order;
}

static void
give_name(const HbProvince *province, HbRng *rng, HbPerson *p)
{
	const double *given = province->given_upto[p->male];
	int			characters = hb_rng_chance(rng, 0.85) ? 2 : 1;

	strcpy(p->name, hb_surnames_rows[hb_rng_pick(rng, province->surname_upto, HB_SURNAMES_COUNT)].surname);
	while (characters-- > 0)
		strcat(p->name, hb_given_characters_rows[hb_rng_pick(rng, given, HB_GIVEN_CHARACTERS_COUNT)].character);
}

static void
give_death(const HbProvince *province, HbRng *rng, HbPerson *p)
{
	double		from = Max(hb_age_on(p, province->from), 0);
	double		to = hb_age_on(p, province->to);
	double		limit = hb_rng_exponential(rng);

	p->death = HB_NEVER;
	if (hb_mortality(p->male, from, to) <= limit)
		return;
	for (int i = 0; i < 20; i++)
	{
		double		mid = (from + to) / 2;

		if (hb_mortality(p->male, Max(hb_age_on(p, province->from), 0), mid) < limit)
			from = mid;
		else
			to = mid;
	}
	p->death = Min(Max(p->birth + (int32) (from * 365.25), province->from), province->to - 1);
}

/* The day on which the prevalence of the age reaches the person's rank. */
static void
give_condition(const HbProvince *province, HbRng *rng, HbPerson *p, int condition)
{
	double		z = sqrt(CONDITION_RHO) * p->frailty + sqrt(1 - CONDITION_RHO) * hb_rng_normal(rng);
	double		rank = 0.5 * erfc(z / M_SQRT2);
	double		lo = hb_province_condition_rows[condition].min_age;
	double		hi = hb_age_on(p, province->to);
	bool		aware = hb_rng_chance(rng, hb_province_condition_rows[condition].aware);

	p->onset[condition] = HB_NEVER;
	p->aware[condition] = false;
	if (hi <= lo || rank >= hb_prevalence(condition, p->male, hi))
		return;
	for (int i = 0; i < 20; i++)
	{
		double		mid = (lo + hi) / 2;

		if (hb_prevalence(condition, p->male, mid) > rank)
			hi = mid;
		else
			lo = mid;
	}
	p->onset[condition] = p->birth + (int32) (hi * 365.25);
	p->aware[condition] = aware;
}

static void
give_person(const HbProvince *province, HbPerson *p)
{
	HbRng		rng;
	double		age;

	give_birth(province, p);
	give_identity(p);
	hb_rng_start(&rng, province->seed, p->pid, HB_STREAM_PERSON);
	give_name(province, &rng, p);
	age = hb_age_on(p, province->to);
	/* Tujia and Miao live in Enshi, prefecture 4228. */
	p->ethnic = 1;
	if (hb_rng_chance(&rng, p->area / 100 == 4228 ? 0.5 : 0.02))
		p->ethnic = hb_rng_chance(&rng, 0.8) ? 15 : hb_rng_chance(&rng, 0.6) ? 6 : 3;
	p->employee = age >= 20 && hb_rng_chance(&rng, age < 60 ? 0.27 : 0.2);
	p->registered = p->managed = p->area;
	if (hb_rng_chance(&rng, 0.15))
		p->registered = province->county[hb_rng_below(&rng, province->ncounties)];
	if (hb_rng_chance(&rng, 0.04))
		p->managed = p->registered;

	hb_rng_start(&rng, province->seed, p->pid, HB_STREAM_LIFE);
	p->frailty = hb_rng_normal(&rng);
	give_death(province, &rng, p);
	for (int i = 0; i < HB_CONDITIONS; i++)
		give_condition(province, &rng, p, i);
}

/* ----- households ----- */

/* Men take the first free woman of about their age. */
static void
make_couples(HbRng *rng, HbPerson *persons)
{
	for (int i = 0; i < HB_BLOCK; i++)
	{
		HbPerson   *man = &persons[i];

		if (!man->male || man->partner != -1 || !hb_rng_chance(rng, 0.9))
			continue;
		for (int j = 0; j < HB_BLOCK; j++)
		{
			HbPerson   *woman = &persons[j];
			int32		younger = woman->birth - man->birth;

			if (woman->male || woman->partner != -1 || younger < -4 * 365 || younger > 10 * 365)
				continue;
			man->partner = j;
			woman->partner = i;
			woman->household = i;
			woman->relation = '1';
			break;
		}
	}
}

/* Children and young people live with a woman of the block who can be their mother. */
static void
find_mothers(HbPerson *persons, const bool *adult)
{
	int			children[HB_BLOCK] = {0};

	for (int i = 0; i < HB_BLOCK; i++)
	{
		HbPerson   *child = &persons[i];
		int			best = -1;

		if (adult[i])
			continue;
		for (int j = 0; j < HB_BLOCK; j++)
		{
			double		age = hb_age_on(&persons[j], child->birth);

			if (persons[j].male || age < 20 || age > 42 || children[j] >= 3)
				continue;
			if (best < 0 || children[j] < children[best])
				best = j;
		}
		child->relation = '8';
		if (best < 0)
			continue;
		children[best]++;
		child->mother = best;
		child->household = persons[best].household;
		child->relation = child->male ? '2' : '3';
	}
}

static void
make_households(const HbProvince *province, HbRng *rng, HbPerson *persons)
{
	bool		adult[HB_BLOCK];
	int			last_head = -1;

	for (int i = 0; i < HB_BLOCK; i++)
	{
		adult[i] = hb_age_on(&persons[i], province->from) >= 22;
		persons[i].partner = persons[i].mother = -1;
		persons[i].household = i;
		persons[i].relation = '0';
		if (!adult[i])
			persons[i].partner = -2;	/* not to be married */
	}
	make_couples(rng, persons);
	find_mothers(persons, adult);
	for (int i = 0; i < HB_BLOCK; i++)
	{
		if (adult[i] && persons[i].household == i)
			last_head = i;
		persons[i].partner = Max(persons[i].partner, -1);
	}
	/* Children without a mother here, and some old people alone, live with others. */
	for (int i = 0; i < HB_BLOCK && last_head >= 0; i++)
		if (!adult[i] && persons[i].mother < 0)
			persons[i].household = last_head;
}

void
hb_province_block(const HbProvince *province, int64 block, HbPerson *persons)
{
	uint64		u = hb_mix64(province->seed + 1) + (uint64) block * STEP_PLACE;
	int			prefecture = 0;
	int			first;
	int			county;
	HbRng		rng;

	while (u > province->prefecture_upto[prefecture])
		prefecture++;
	first = province->county_first[prefecture];
	hb_rng_start(&rng, province->seed, block, HB_STREAM_BLOCK);
	county = first + (int) hb_rng_below(&rng, province->county_first[prefecture + 1] - first);
	for (int i = 0; i < HB_BLOCK; i++)
	{
		persons[i].pid = block * HB_BLOCK + i + 1;
		persons[i].county = county;
		persons[i].area = province->county[county];
		give_person(province, &persons[i]);
	}
	make_households(province, &rng, persons);
}
