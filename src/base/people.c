/*-------------------------------------------------------------------------
 * people.c
 *	  Rows of the synthetic province about a person: population, health
 *	  profile, examinations, registered diseases and their follow-ups.
 *
 * Means and spreads are assumptions near those of Chinese surveys; see
 * doc/synthetic-province.md.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"
#include "ident/cn_division.h"

#include "catalog/pg_type.h"

#include <math.h>

#include "province_cause_data.h"
#include "icd/icd10.h"

const char *const hb_measures[HB_MEASURES] = {
	"sbp", "dbp", "pulse", "height", "weight", "bmi", "waist", "tc", "tg", "hdl", "ldl", "glu", "hba1c",
	"scr", "uacr", "alt", "ast", "plt", "alb", "tbil"
};

/* decimals of a measure, and how often it is missing */
static const struct
{
	int			scale;
	double		missing;
}			measure[HB_MEASURES] = {
	{0, .001}, {0, .001}, {0, .01}, {1, .002}, {1, .002}, {1, .004}, {1, .01}, {2, .01}, {2, .01}, {2, .01},
	{2, .01}, {2, .005}, {1, .6}, {1, .01}, {1, .7}, {0, .01}, {0, .01}, {0, .02}, {1, .02}, {1, .02}
};

/* ----- population ----- */

static uint64
division(uint32 code)
{
	return hb_cn_division_make(code, 6);
}

static void
put_residences(HbCare *care, const HbPerson *p)
{
	const uint32 area[] = {p->registered, p->area, p->managed};
	HbSink	   *s = &care->sink[T_RESIDENCE];
	int32		begin = p->newborn ? p->birth : Max(p->birth, care->province->from - 3650);

	for (int kind = 1; kind <= 3; kind++)
	{
		char		digit = (char) ('0' + kind);

		hb_row(s);
		hb_big(s, p->pid);
		hb_text_len(s, &digit, 1);
		hb_big(s, division(area[kind - 1]));
		hb_daterange(s, begin, p->death == HB_NEVER ? PG_INT32_MAX : p->death + 1);
	}
}

static void
put_migration(HbCare *care, HbRng *rng, const HbPerson *p)
{
	HbSink	   *s = &care->sink[T_MIGRATION];
	int32		day = care->province->from + (int32) hb_rng_below(rng, care->ndays);

	if (p->registered == p->area || !hb_alive(p, day) || !hb_rng_chance(rng, 0.12 * Min(care->province->years, 5)))
		return;
	hb_row(s);
	hb_big(s, p->pid);
	hb_big(s, division(p->registered));
	hb_big(s, division(p->area));
	hb_int(s, day);
	hb_text(s, hb_age_on(p, day) < 18 ? "6" : hb_rng_chance(rng, 0.7) ? "1" : "5");
	hb_text(s, p->registered / 100 == p->area / 100 ? "1" : "2");
}

static int64
parse_icd10(const char *text)
{
	uint64		code = 0;
	int			pos;

	hb_code_parse(&hb_icd10_type, text, strlen(text), &code, &pos);
	return (int64) code;
}

static void
put_death(HbCare *care, HbRng *rng, const HbPerson *p)
{
	HbSink	   *s = &care->sink[T_DEATH];
	double		age = hb_age_on(p, p->death);
	double		upto[HB_PROVINCE_CAUSE_COUNT];
	double		sum = 0;
	int64		chain[2];
	const HbProvinceCauseRow *cause;

	for (int i = 0; i < HB_PROVINCE_CAUSE_COUNT; i++)
	{
		cause = &hb_province_cause_rows[i];
		if (age >= cause->min_age && (age < 1 || strcmp(cause->code, "P07.300") != 0))
			sum += p->male ? cause->weight_m : cause->weight_f;
		upto[i] = sum;
	}
	cause = &hb_province_cause_rows[hb_rng_pick(rng, upto, HB_PROVINCE_CAUSE_COUNT)];
	chain[0] = parse_icd10(cause->terminal[0] ? cause->terminal : cause->code);
	chain[1] = parse_icd10(cause->code);
	hb_row(s);
	hb_big(s, p->pid);
	hb_big(s, hb_moment(p->death, (int) hb_rng_below(rng, 1440)) - HB_CHINA_TIME);
	hb_text(s, hb_rng_chance(rng, 0.25) ? "1" : "3");
	hb_big(s, chain[1]);
	hb_bigs(s, care->icd10, chain, cause->terminal[0] ? 2 : 1);
}

static void
put_birth(HbCare *care, HbRng *rng, const HbPerson *p)
{
	HbSink	   *s = &care->sink[T_BIRTH];
	double		z = hb_rng_normal(rng);
	int			days = 276 + (int) (9 * z - (hb_rng_chance(rng, 0.05) ? 30 : 0));

	days = Min(Max(days, 168), 298);
	hb_row(s);
	hb_big(s, p->pid);
	if (p->mother >= 0)
		hb_big(s, care->block[p->mother].pid);
	else
		hb_null(s);
	hb_big(s, hb_moment(p->birth, (int) hb_rng_below(rng, 1440)) - HB_CHINA_TIME);
	hb_int(s, days);
	hb_int(s, Max(500, (int) (3300 + 22 * (days - 276) + 330 * hb_rng_normal(rng) + (p->male ? 50 : -50))));
	hb_int(s, hb_rng_chance(rng, 0.5) ? 1 : 2);
	hb_text_int(s, 'H', (int64) p->area * 100 + HB_ORG_HOSPITAL);
	hb_text(s, "1");
}

static const char *
marital_status(HbRng *rng, const HbPerson *p, double age)
{
	if (p->partner >= 0)
		return "20";
	if (age < 22)
		return "10";
	if (age > 65)
		return hb_rng_chance(rng, 0.75) ? "30" : "40";
	return hb_rng_chance(rng, age < 35 ? 0.9 : 0.45) ? "10" : "40";
}

static void
put_person(HbCare *care, HbRng *rng, const HbPerson *p)
{
	static const char *const education[] = {"81", "71", "61", "31", "21", "10"};
	static const double young[] = {.02, .25, .5, .72, .97, 1};
	static const double old[] = {.55, .85, .95, .98, .999, 1};
	static const char *const abo[] = {"1", "2", "3", "4"};
	static const double abo_upto[] = {.31, .57, .9, 1};
	static const char *const occupation[] = {"2", "3", "4", "5", "6"};
	static const double occupation_upto[] = {.12, .22, .55, .8, 1};
	HbSink	   *s = &care->sink[T_PERSON];
	double		age = hb_age_on(p, care->province->to);
	bool		dead = p->death != HB_NEVER;

	hb_row(s);
	hb_big(s, p->pid);
	if (hb_rng_chance(rng, 0.003))
		hb_null(s);
	else
		hb_big(s, (int64) p->id);
	hb_text(s, p->name);
	hb_text(s, p->male ? "1" : "2");
	hb_int(s, p->birth);
	if (dead)
		hb_int(s, p->death);
	else
		hb_null(s);
	hb_text(s, p->ethnic == 1 ? "01" : p->ethnic == 15 ? "15" : p->ethnic == 6 ? "06" : "03");
	if (age < 7)
		hb_null(s);
	else
		hb_text(s, education[hb_rng_pick(rng, age < 45 ? young : old, 6)]);
	hb_text(s, marital_status(rng, p, age));
	if (age < 18 || hb_rng_chance(rng, 0.01))
		hb_null(s);
	else
		hb_text(s, occupation[hb_rng_pick(rng, occupation_upto, 5)]);
	if (hb_rng_chance(rng, 0.4))
	{
		hb_text(s, "5");
		hb_text(s, "3");
		return;
	}
	hb_text(s, abo[hb_rng_pick(rng, abo_upto, 4)]);
	hb_text(s, hb_rng_chance(rng, 0.003) ? "1" : "2");
}

static void
put_household(HbCare *care, const HbPerson *p)
{
	HbSink	   *s = &care->sink[T_HOUSEHOLD];

	hb_row(s);
	hb_big(s, care->block[p->household].pid);
	hb_big(s, p->pid);
	hb_text_len(s, &p->relation, 1);
}

static void
put_insured(HbCare *care, const HbPerson *p)
{
	HbSink	   *s = &care->sink[T_PSN];

	hb_row(s);
	hb_text_int(s, 'P', p->pid);
	hb_big(s, p->pid);
	hb_text(s, p->male ? "1" : "2");
	hb_int(s, p->birth);
	hb_big(s, division(p->registered));
	hb_text(s, p->employee ? "310" : "390");
	if (p->death != HB_NEVER)
		hb_int(s, p->death);
	else
		hb_null(s);
}

/* ----- health records ----- */

static bool
smokes(const HbPerson *p, int32 day)
{
	double		age = hb_age_on(p, day);

	/* Half of men and one woman in fifty, by the number of the person. */
	return age >= 18 && (hb_mix64(p->pid) & 0xFFFF) < (p->male ? 0.5 : 0.02) * 65536;
}

void
hb_people_body(HbCare *care, const HbPerson *p, int32 day, double *v)
{
	HbRng		fixed;
	HbRng		visit;
	double		age = hb_age_on(p, day);
	double		z[8];
	double		bmi;
	bool		pressure = hb_has(p, HB_HYPERTENSION, day);
	bool		sugar = hb_has(p, HB_DIABETES, day);
	bool		kidney = hb_has(p, HB_CKD, day);
	bool		treated = pressure && p->aware[HB_HYPERTENSION];

	hb_rng_start(&fixed, care->province->seed, p->pid, HB_STREAM_BODY);
	hb_rng_start(&visit, care->province->seed ^ (uint64) day << 32, p->pid, HB_STREAM_EXAM);
	for (int i = 0; i < 8; i++)
		z[i] = 0.8 * hb_rng_normal(&fixed) + 0.6 * hb_rng_normal(&visit);
	v[M_HEIGHT] = (p->male ? 169 : 157.5) - Max(age - 40, 0) * 0.1 + 6 * (z[0] * 0.9);
	bmi = Max(15.5, Min(42, 23.6 + 0.9 * p->frailty + (sugar ? 0.9 : 0) + (pressure ? 0.8 : 0) + 2.6 * z[1]));
	v[M_BMI] = bmi;
	v[M_WEIGHT] = bmi * v[M_HEIGHT] * v[M_HEIGHT] / 10000;
	v[M_WAIST] = 34 + 2.05 * bmi + (p->male ? 2.5 : 0) + 0.05 * (age - 50) + 3.5 * hb_rng_normal(&visit);
	v[M_SBP] = 121 + 0.32 * (age - 50) + 0.7 * (bmi - 23.6) + (pressure ? 20 : 0) - (treated ? 9 : 0) + 9 * z[2];
	v[M_DBP] = 75 + 0.4 * (bmi - 23.6) + (pressure ? 10 : 0) - (treated ? 5 : 0) - 0.1 * (age - 50) + 4.5 * z[2]
		+ 4.5 * hb_rng_normal(&visit);
	v[M_DBP] = Min(v[M_DBP], v[M_SBP] - 15);
	v[M_PULSE] = 74 + 8 * z[3];
	v[M_TG] = exp(0.26 + 0.05 * (bmi - 23.6) + (sugar ? 0.18 : 0) + 0.42 * z[4]);
	v[M_HDL] = Max(0.6, 1.38 - (p->male ? 0.12 : 0) - 0.022 * (bmi - 23.6) - 0.1 * z[4] + 0.24 * z[5]);
	v[M_LDL] = Max(0.8, 2.75 + 0.006 * (age - 50) + 0.72 * z[6]);
	v[M_TC] = v[M_LDL] + v[M_HDL] + Min(v[M_TG], 4.5) / 2.2;
	v[M_GLU] = 5.15 + 0.006 * (age - 50) + 0.4 * z[7];
	v[M_HBA1C] = 5.35 + 0.005 * (age - 50) + 0.28 * z[7];
	if (sugar)
	{
		v[M_GLU] += 2.4 + 1.2 * fabs(z[3]);
		v[M_HBA1C] += 1.5 + 0.8 * fabs(z[3]);
	}
	v[M_CREATININE] = (p->male ? 74 : 57) * exp(0.13 * z[0] + 0.003 * (age - 50) + (kidney ? 0.55 : 0));
	v[M_UACR] = exp(2 + (kidney ? 2.2 : 0) + (sugar ? 0.5 : 0) + 0.6 * z[1]);
	v[M_ALT] = exp(2.95 + 0.02 * (bmi - 23.6) + 0.4 * z[5]);
	v[M_AST] = exp(3.05 + 0.28 * z[5] + 0.1 * hb_rng_normal(&visit));
	v[M_PLATELETS] = Max(60, 220 + 50 * z[6]);
	v[M_ALBUMIN] = 45 - 0.05 * (age - 50) + 2.6 * z[3];
	v[M_BILIRUBIN] = exp(2.5 + 0.33 * z[7]);
}

static int64
rounded(double value, int scale)
{
	static const double power[] = {1, 10, 100};

	return (int64) floor(value * power[scale] + 0.5);
}

/* Children are not measured by this model; the young have fewer examinations. */
static double
exams_a_year(const HbPerson *p, double age)
{
	if (age < 18)
		return 0;
	if (age >= 65)
		return 0.7;
	return p->aware[HB_HYPERTENSION] || p->aware[HB_DIABETES] ? 0.6 : age >= 35 ? 0.22 : 0.1;
}

static void
put_exams(HbCare *care, HbRng *rng, const HbPerson *p)
{
	HbSink	   *exam = &care->sink[T_EXAM];
	HbSink	   *obs = &care->sink[T_OBS];
	double		mean = exams_a_year(p, hb_age_on(p, care->province->from)) * care->scale[SCALE_EXAMS];

	for (int year = 0; year * 365 < care->ndays; year++)
	{
		int32		day = care->province->from + year * 365 + (int32) hb_rng_below(rng, 365);
		int64		id = p->pid * 1000 + year;
		int64		moment = hb_moment(day, 480 + (int) hb_rng_below(rng, 150)) - HB_CHINA_TIME;
		double		value[HB_MEASURES];

		if (!hb_rng_chance(rng, Min(mean, 1)) || day >= care->province->to || !hb_alive(p, day))
			continue;
		hb_row(exam);
		hb_big(exam, id);
		hb_big(exam, p->pid);
		hb_big(exam, moment);
		hb_text_int(exam, 'H', (int64) p->area * 100 + HB_ORG_TOWN + (p->pid & 3));
		hb_text(exam, hb_age_on(p, day) >= 65 ? "2" : "1");
		hb_people_body(care, p, day, value);
		for (int i = 0; i < HB_MEASURES; i++)
		{
			if (hb_rng_chance(rng, measure[i].missing))
				continue;
			hb_row(obs);
			hb_big(obs, p->pid);
			hb_big(obs, moment);
			hb_text(obs, hb_measures[i]);
			hb_numeric(obs, rounded(value[i], measure[i].scale), measure[i].scale);
			hb_text(obs, "exam");
		}
	}
}

static void
put_profile(HbCare *care, HbRng *rng, const HbPerson *p)
{
	HbSink	   *s = &care->sink[T_PROFILE];
	int64		history[HB_CONDITIONS];
	int			n = 0;
	char		env[96];

	if (!hb_rng_chance(rng, 0.9))
		return;
	for (int i = 0; i < HB_CONDITIONS; i++)
		if (p->aware[i] && hb_has(p, i, care->province->to - 1))
			history[n++] = care->condition_code[i];
	snprintf(env, sizeof env, "{\"smoker\": %s, \"drinker\": %s, \"family_ascvd\": %s}",
			 smokes(p, care->province->to) ? "true" : "false",
			 hb_rng_chance(rng, p->male ? 0.35 : 0.05) ? "true" : "false",
			 hb_rng_chance(rng, 0.08) ? "true" : "false");
	hb_row(s);
	hb_big(s, p->pid);
	hb_bigs(s, care->icd10, history, n);
	hb_json(s, env);
}

/* Cards of hypertension and diabetes, and four follow-ups a year. */
static void
put_cards(HbCare *care, HbRng *rng, const HbPerson *p)
{
	static const char *const disease[] = {"HTN", "DM2"};
	HbSink	   *s = &care->sink[T_CARD];
	HbSink	   *f = &care->sink[T_FOLLOWUP];

	for (int i = 0; i < 2; i++)
	{
		int32		opened = p->onset[i] + 30 + (int32) hb_rng_below(rng, 300);
		double		value[HB_MEASURES];

		if (!p->aware[i] || p->onset[i] == HB_NEVER || opened >= care->province->to || !hb_alive(p, opened))
			continue;
		hb_row(s);
		hb_big(s, p->pid);
		hb_text(s, disease[i]);
		hb_int(s, opened);
		if (p->death != HB_NEVER)
			hb_int(s, p->death);
		else
			hb_null(s);
		hb_text_int(s, 'H', (int64) p->area * 100 + HB_ORG_TOWN + (p->pid & 3));
		for (int32 day = Max(opened, care->province->from) + (int32) hb_rng_below(rng, 90);
			 day < care->province->to && hb_alive(p, day);
			 day += 75 + (int32) hb_rng_below(rng, 40))
		{
			bool		controlled;

			if (hb_rng_chance(rng, 0.12))
				continue;
			hb_people_body(care, p, day, value);
			controlled = i == 0 ? value[M_SBP] < 140 && value[M_DBP] < 90 : value[M_GLU] < 7;
			hb_row(f);
			hb_big(f, p->pid);
			hb_text(f, disease[i]);
			hb_int(f, day);
			hb_int(f, (int32) rounded(value[M_SBP], 0));
			hb_int(f, (int32) rounded(value[M_DBP], 0));
			if (i == 1)
				hb_numeric(f, rounded(value[M_GLU], 2), 2);
			else
				hb_null(f);
			hb_numeric(f, rounded(value[M_BMI], 1), 1);
			hb_int(f, smokes(p, day) ? 10 : 0);
			hb_text(f, hb_rng_chance(rng, 0.75) ? "1" : hb_rng_chance(rng, 0.7) ? "2" : "3");
			hb_int(f, day + 90);
			hb_text(f, controlled ? "1" : "2");
		}
	}
}

void
hb_people_person(HbCare *care, const HbPerson *p)
{
	HbRng		rng;

	hb_rng_start(&rng, care->province->seed, p->pid, HB_STREAM_EXAM);
	put_person(care, &rng, p);
	put_residences(care, p);
	put_household(care, p);
	put_insured(care, p);
	put_migration(care, &rng, p);
	if (p->newborn)
		put_birth(care, &rng, p);
	if (p->death != HB_NEVER)
		put_death(care, &rng, p);
	put_profile(care, &rng, p);
	put_cards(care, &rng, p);
	put_exams(care, &rng, p);
}
