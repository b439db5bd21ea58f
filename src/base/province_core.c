/*-------------------------------------------------------------------------
 * province_core.c
 *	  Who lives in the synthetic province: age, sex, place, identity number,
 *	  name, household, death, chronic conditions.
 *
 * Age, sex and place follow low-discrepancy sequences (multiples of
 * irrational numbers), so any number of persons has the census shares
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
#include "province_cause_data.h"
#include "province_condition_data.h"
#include "province_division_data.h"
#include "province_mortality_data.h"
#include "surnames_data.h"

/* 2^64 over the plastic number 1.32471795724 and over the golden ratio. */
#define STEP_STRATUM	UINT64CONST(0xC13FA9A902A6328F)
#define STEP_PLACE		UINT64CONST(0x9E3779B97F4A7C15)

#define ORDERS_A_SEX	499		/* order codes 001 to 998 of one sex */
#define IDENTITY_ENDS	((uint64) HB_PROVINCE_DIVISION_COUNT * ORDERS_A_SEX)

/* Assumptions; doc/synthetic-province.md */
#define BIRTHS_A_YEAR	0.0083	/* of the population */
#define BOYS			0.523
#define CONDITION_RHO	0.35	/* of frailty, in the copula of conditions */
#define DEATHS_IN_HOSPITAL	0.25
#define MOTHERHOOD_MEAN	27.5	/* age at a birth */
#define MOTHERHOOD_SD	5.0
#define MOTHERHOOD_MIN	18.0
#define MOTHERHOOD_MAX	46.0
#define ANOTHER_CHILD	0.4		/* weight of a mother for each child that she has in the block */
#define ADULT			22.0	/* lives alone, marries */
#define UNMARRIED_AT_HOME	0.75	/* of adults below 40 */
#define OLD				65.0
#define OLD_WITH_CHILDREN	0.6
#define LARGEST_HOUSEHOLD	6		/* that old people join */

/* A prime number of which one less is not a multiple of three; see turn. */
#define WINDOW			1217

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

/*
 * A number's turn in the sequences. Neighbours in a sequence have ages that
 * follow from each other, so the turns of 1217 numbers at a time are mixed, by
 * a cube: a permutation, since 3 does not divide 1216.
 */
static uint64
turn(uint64 seed, uint64 pid)
{
	uint64		window = (pid - 1) / WINDOW;
	uint64		key = hb_mix64(seed ^ hb_mix64(window));
	uint64		x = ((pid - 1) % WINDOW + key % WINDOW) % WINDOW;
	uint64		a = 1 + (key >> 20) % (WINDOW - 1);

	return window * WINDOW + (a * (x * x * x % WINDOW) + (key >> 40)) % WINDOW + 1;
}

static void
give_birth(const HbProvince *province, uint64 number, HbPerson *p)
{
	uint64		u = hb_mix64(province->seed) + number * STEP_STRATUM;
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

/* Division and order code from the turn of the person, so that no two numbers are equal. */
static void
give_identity(uint64 number, HbPerson *p)
{
	uint64		end = number % IDENTITY_ENDS;
	uint64		order = 2 * (end % ORDERS_A_SEX) + (p->male ? 1 : 2);

	p->id = ((uint64) hb_province_division_rows[end / ORDERS_A_SEX].code * 100000000
			 + (uint64) hb_year_month_day(p->birth)) * 1000 + order;
}

/* Those born in the period stand last, so that any first persons of a block hold their mothers. */
static void
give_births(const HbProvince *province, int64 block, HbPerson *persons)
{
	int			first = 0;
	int			last = HB_BLOCK;

	for (int i = 0; i < HB_BLOCK; i++)
	{
		uint64		number = turn(province->seed, block * HB_BLOCK + i + 1);
		HbPerson	p = {0};

		give_birth(province, number, &p);
		give_identity(number, &p);
		persons[p.newborn ? --last : first++] = p;
	}
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
give_cause(HbRng *rng, HbPerson *p)
{
	double		age = hb_age_on(p, p->death);
	double		upto[HB_PROVINCE_CAUSE_COUNT];
	double		sum = 0;

	for (int i = 0; i < HB_PROVINCE_CAUSE_COUNT; i++)
	{
		const HbProvinceCauseRow *cause = &hb_province_cause_rows[i];

		if (age >= cause->min_age && age < cause->max_age)
			sum += p->male ? cause->weight_m : cause->weight_f;
		upto[i] = sum;
	}
	p->cause = hb_rng_pick(rng, upto, HB_PROVINCE_CAUSE_COUNT);
	p->dies_in_hospital = hb_rng_chance(rng, DEATHS_IN_HOSPITAL);
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
	give_cause(rng, p);
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

/* Share of men who are married, by age; an assumption near the census of 2020. */
static double
married(double age)
{
	return age < 25 ? 0.12 : age < 30 ? 0.5 : age < 35 ? 0.8 : age < 70 ? 0.92 : age < 80 ? 0.85 : 0.65;
}

/* Men take the free woman whose age is closest to two years below theirs. */
static void
make_couples(HbRng *rng, int32 day, HbPerson *persons)
{
	for (int i = 0; i < HB_BLOCK; i++)
	{
		HbPerson   *man = &persons[i];
		double		age = hb_age_on(man, day);
		int			best = -1;
		double		best_gap = 11;

		if (!man->male || age < ADULT || !hb_rng_chance(rng, married(age)))
			continue;
		for (int j = 0; j < HB_BLOCK; j++)
		{
			double		gap = fabs(age - hb_age_on(&persons[j], day) - 2);

			if (persons[j].male || persons[j].partner >= 0 || hb_age_on(&persons[j], day) < ADULT - 2 || gap >= best_gap)
				continue;
			best = j;
			best_gap = gap;
		}
		if (best < 0)
			continue;
		man->partner = best;
		persons[best].partner = i;
		persons[best].household = i;
	}
}

/* A woman of the block who can be the mother, by the ages at which women give birth; -1 if none. */
static int
pick_mother(HbRng *rng, const HbPerson *persons, const int *children, const HbPerson *child)
{
	double		upto[HB_BLOCK];
	double		sum = 0;

	for (int j = 0; j < HB_BLOCK; j++)
	{
		double		age = hb_age_on(&persons[j], child->birth);
		double		z = (age - MOTHERHOOD_MEAN) / MOTHERHOOD_SD;

		if (!persons[j].male && age >= MOTHERHOOD_MIN && age < MOTHERHOOD_MAX && hb_alive(&persons[j], child->birth)
			&& children[j] < 4)
			sum += exp(-0.5 * z * z) * pow(ANOTHER_CHILD, children[j]) * (persons[j].partner >= 0 ? 1 : 0.15);
		upto[j] = sum;
	}
	return sum > 1e-4 ? hb_rng_pick(rng, upto, HB_BLOCK) : -1;
}

/* Children, and unmarried adults who live with their parents; those who are born in the period first. */
static void
find_mothers(HbRng *rng, int32 day, HbPerson *persons)
{
	int			children[HB_BLOCK] = {0};

	for (int turn = 0; turn < 2; turn++)
		for (int i = 0; i < HB_BLOCK; i++)
		{
			HbPerson   *child = &persons[i];
			double		age = hb_age_on(child, day);

			if (child->newborn != (turn == 0) || child->partner >= 0 || age >= 40
				|| (age >= ADULT && !hb_rng_chance(rng, UNMARRIED_AT_HOME)))
				continue;
			child->mother = pick_mother(rng, persons, children, child);
			if (child->mother < 0)
				continue;
			child->household = child->mother;
			children[child->mother]++;
		}
	/* Order of birth, eldest first. */
	for (int i = 0; i < HB_BLOCK; i++)
		for (int j = 0; j < HB_BLOCK; j++)
			if (persons[i].mother >= 0 && persons[j].mother == persons[i].mother
				&& (persons[j].birth < persons[i].birth || (persons[j].birth == persons[i].birth && j <= i)))
				persons[i].order++;
}

/* Somebody of the block whose age differs by so many years, from a place that is drawn; -1 if none. */
static int
find_by_age(HbRng *rng, const HbPerson *persons, int32 day, double lo, double hi)
{
	int			start = (int) hb_rng_below(rng, HB_BLOCK);

	for (int k = 0; k < HB_BLOCK; k++)
	{
		int			i = (start + k) % HB_BLOCK;
		double		age = hb_age_on(&persons[i], day);

		if (age >= lo && age <= hi)
			return i;
	}
	return -1;
}

/* The head of the household in which a person lives so far. */
static int
head_of(const HbPerson *persons, int i)
{
	while (persons[i].household != i)
		i = persons[i].household;
	return i;
}

/* Old people who live with their children, and children whose mother lives elsewhere. */
static void
find_hosts(HbRng *rng, int32 day, HbPerson *persons)
{
	int			size[HB_BLOCK] = {0};

	for (int i = 0; i < HB_BLOCK; i++)
		size[head_of(persons, i)]++;
	for (int i = 0; i < HB_BLOCK; i++)
	{
		HbPerson   *p = &persons[i];
		double		age = hb_age_on(p, day);
		int			head;

		if (p->household != i)
			continue;
		if (age >= OLD && hb_rng_chance(rng, OLD_WITH_CHILDREN))
			p->host = find_by_age(rng, persons, day, Max(ADULT, age - 38), age - 20);
		else if (age < ADULT && p->mother < 0)
		{
			p->host = find_by_age(rng, persons, day, age + 40, age + 70);
			if (p->host < 0)
				p->host = find_by_age(rng, persons, day, ADULT, 200);
		}
		if (p->host < 0)
			continue;
		head = head_of(persons, p->host);
		if (head == i || (age >= OLD && size[head] + size[i] > LARGEST_HOUSEHOLD))
		{
			p->host = -1;
			continue;
		}
		size[head] += size[i];
		p->household = head;
	}
}

/* What a person is to the head of the household. */
static char
relation(const HbPerson *persons, int i)
{
	const HbPerson *p = &persons[i];
	int			head = p->household;
	int			head_partner = persons[head].partner;
	const HbPerson *mother = p->mother >= 0 ? &persons[p->mother] : NULL;

	if (i == head)
		return '0';
	if (p->partner == head)
		return '1';
	if (mother && (p->mother == head || p->mother == head_partner))
		return p->male ? '2' : '3';
	if (mother && mother->mother >= 0 && (mother->mother == head || mother->mother == head_partner))
		return '4';
	if (p->host == head || (p->partner >= 0 && persons[p->partner].host == head))
		return p->birth < persons[head].birth ? '5' : p->birth - persons[head].birth > 40 * 365 ? '4' : '8';
	return '8';
}

static void
make_households(const HbProvince *province, HbRng *rng, HbPerson *persons)
{
	for (int i = 0; i < HB_BLOCK; i++)
	{
		persons[i].partner = persons[i].mother = persons[i].host = -1;
		persons[i].household = i;
		persons[i].order = 0;
	}
	make_couples(rng, province->from, persons);
	find_mothers(rng, province->from, persons);
	find_hosts(rng, province->from, persons);
	for (int i = 0; i < HB_BLOCK; i++)
		persons[i].household = head_of(persons, i);
	for (int i = 0; i < HB_BLOCK; i++)
		persons[i].relation = relation(persons, i);
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
	give_births(province, block, persons);
	for (int i = 0; i < HB_BLOCK; i++)
	{
		persons[i].pid = block * HB_BLOCK + i + 1;
		persons[i].county = county;
		persons[i].area = province->county[county];
		give_person(province, &persons[i]);
	}
	make_households(province, &rng, persons);
}
