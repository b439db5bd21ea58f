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
	"scr", "uacr", "alt", "ast", "plt", "alb", "tbil", "smoke", "hb", "wbc", "bun", "ua", "exercise", "hbsag", "inr", "na"
};

/* decimals of a measure, and how often it is missing in an examination */
static const struct
{
	int			scale;
	double		missing;
}			measure[HB_MEASURES] = {
	{0, .001}, {0, .001}, {0, .01}, {1, .002}, {1, .002}, {1, .004}, {1, .01}, {2, .01}, {2, .01}, {2, .01},
	{2, .01}, {2, .005}, {1, .6}, {1, .01}, {1, .7}, {0, .01}, {0, .01}, {0, .02}, {1, .02}, {1, .02},
	{0, .005}, {0, .02}, {2, .02}, {2, .02}, {0, .03}, {0, .02}, {0, .7}, {2, .9}, {0, 1}
};

/* ----- population ----- */

static uint64
division(uint32 code)
{
	return hb_cn_division_make(code, 6);
}

static void
put_residence(HbCare *care, const HbPerson *p, char kind, uint32 area, int32 begin, int32 end)
{
	HbSink	   *s = &care->sink[T_RESIDENCE];

	hb_row(s);
	hb_big(s, p->pid);
	hb_text_len(s, &kind, 1);
	hb_big(s, division(area));
	hb_int4range(s, begin, end);
}

/* The day on which a person who lives elsewhere than registered came, if it is in the period, or 0. */
static int32
moving_day(HbCare *care, HbRng *rng, const HbPerson *p)
{
	int32		day = care->province->from + (int32) hb_rng_below(rng, care->ndays);

	return p->registered != p->area && day > p->birth && hb_alive(p, day)
		&& hb_rng_chance(rng, 0.12 * Min(care->province->years, 5)) ? day : 0;
}

static void
put_migration(HbCare *care, HbRng *rng, const HbPerson *p, int32 day)
{
	HbSink	   *s = &care->sink[T_MIGRATION];

	hb_row(s);
	hb_big(s, p->pid);
	hb_big(s, division(p->registered));
	hb_big(s, division(p->area));
	hb_int(s, day);
	hb_text(s, hb_age_on(p, day) < 18 ? "6" : hb_rng_chance(rng, 0.7) ? "1" : "5");
	hb_text(s, p->registered / 100 == p->area / 100 ? "1" : "2");
}

/* Where a person is registered, lives, and is managed. */
static void
put_places(HbCare *care, HbRng *rng, const HbPerson *p)
{
	int32		begin = p->newborn ? p->birth : Max(p->birth, care->province->from - 3650);
	int32		end = p->death == HB_NEVER ? PG_INT32_MAX : p->death + 1;
	int32		moved = moving_day(care, rng, p);

	put_residence(care, p, '1', p->registered, begin, end);
	if (moved > 0)
	{
		put_residence(care, p, '2', p->registered, begin, moved);
		put_migration(care, rng, p, moved);
	}
	put_residence(care, p, '2', p->area, Max(begin, moved), end);
	put_residence(care, p, '3', p->managed, begin, end);
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
	const HbProvinceCauseRow *cause = &hb_province_cause_rows[p->cause];
	int64		chain[2];

	chain[0] = parse_icd10(cause->terminal[0] ? cause->terminal : cause->code);
	chain[1] = parse_icd10(cause->code);
	hb_row(s);
	hb_big(s, p->pid);
	hb_big(s, hb_moment(p->death, HB_DEATH_MINUTE(p)) - HB_CHINA_TIME);
	hb_text(s, p->dies_in_hospital ? "1" : hb_rng_chance(rng, 0.93) ? "3" : hb_rng_chance(rng, 0.4) ? "4" : "5");
	hb_big(s, chain[1]);
	hb_bigs(s, care->icd10, chain, cause->terminal[0] ? 2 : 1);
}

static void
put_birth(HbCare *care, HbRng *rng, const HbPerson *p)
{
	HbSink	   *s = &care->sink[T_BIRTH];
	int			days = 276 + (int) (9 * hb_rng_normal(rng) - (hb_rng_chance(rng, 0.05) ? 30 : 0));

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
	hb_int(s, p->mother >= 0 ? p->order : hb_rng_chance(rng, 0.5) ? 1 : 2);
	hb_text_int(s, 'H', (int64) p->area * 100 + HB_ORG_HOSPITAL);
	hb_text(s, "1");
}

/* Many whose partner is not in the block are married: the partner lives elsewhere. */
static const char *
marital_status(HbRng *rng, const HbPerson *p, double age)
{
	double		u = hb_rng_uniform(rng);

	if (p->partner >= 0)
		return "20";
	if (age < 22)
		return "10";
	if (age < 35)
		return u < 0.68 ? "10" : u < 0.96 ? "20" : "40";
	if (age < 65)
		return u < 0.17 ? "10" : u < 0.78 ? "20" : u < 0.9 ? "40" : "30";
	return u < 0.68 ? "30" : u < 0.9 ? "20" : u < 0.96 ? "10" : "40";
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
	hb_text(s, hb_insured_kind(p, care->province->from));
	if (p->death != HB_NEVER)
		hb_int(s, p->death);
	else
		hb_null(s);
	s = &care->sink[T_ENROL];
	hb_row(s);
	hb_text_int(s, 'P', p->pid);
	hb_text(s, p->employee ? "310" : "390");
	hb_big(s, division(p->registered));
	hb_int4range(s, Max(p->birth, care->province->from - 365), p->death == HB_NEVER ? PG_INT32_MAX : p->death + 1);
}

/* ----- health records ----- */

static bool
smokes(const HbPerson *p, int32 day)
{
	double		age = hb_age_on(p, day);

	/* Half of men and one woman in fifty, by the number of the person. */
	return age >= 18 && (hb_mix64(p->pid) & 0xFFFF) < (p->male ? 0.5 : 0.02) * 65536;
}

static bool
drinks(const HbPerson *p, int32 day)
{
	return hb_age_on(p, day) >= 18 && (hb_mix64(p->pid) >> 16 & 0xFFFF) < (p->male ? 0.35 : 0.05) * 65536;
}

/* What most of the values below depend on. */
typedef struct HbBody
{
	double		age;
	bool		male;
	double		bmi;
	bool		pressure;		/* hypertension */
	bool		treated;
	bool		sugar;			/* diabetes */
	bool		kidney;
	bool		carrier;		/* of hepatitis B */
	bool		liver;			/* fibrosis */
	double		z[8];			/* standard normal, alike from day to day */
	double		e[8];			/* standard normal, of the day */
} HbBody;

/* Who has no hypertension stays below 140/90 but for one measurement in ten, and who has it untreated is above. */
static void
blood_pressure(const HbBody *b, double *v)
{
	double		sbp = 120 + 0.3 * (b->age - 50) + 0.7 * (b->bmi - 23.6) + (b->pressure ? 17 : 0) - (b->treated ? 5 : 0)
		+ 10 * b->z[2];
	double		dbp = 75 + 0.4 * (b->bmi - 23.6) + (b->pressure ? 10 : 0) - (b->treated ? 4 : 0) - 0.1 * (b->age - 50)
		+ 4.5 * b->z[2] + 4.5 * b->e[3];

	if (!b->pressure && b->e[2] < 1.28)
	{
		if (sbp > 136)
			sbp = 136 - 5 * exp(-(sbp - 136) / 8) + 3 * erf(b->e[4]);
		dbp = Min(dbp, 88 + erf(b->e[4]));
	}
	else if (b->pressure && !b->treated && sbp < 140 && dbp < 90 && b->e[2] < 1)
		sbp = 140 + 5 * fabs(b->e[4]);
	v[M_SBP] = Max(80, sbp);
	v[M_DBP] = Max(45, Min(dbp, v[M_SBP] - 15));
}

/* Half of treated diabetics are below 7 mmol/L, most of the untreated above. */
static void
glucose(const HbBody *b, bool known, double *v)
{
	double		fasting;

	if (!b->sugar)
		fasting = Min(5.15 + 0.006 * (b->age - 50) + 0.03 * (b->bmi - 23.6) + 0.42 * b->z[7], 6.8);
	else if (known)
		fasting = Max(3.6, 6.95 * exp(0.26 * b->z[7]));
	else
		fasting = 6.75 + 1.5 * exp(0.6 * b->z[7]);
	v[M_GLU] = Min(fasting, 25);
	v[M_HBA1C] = b->sugar ? 6.75 * pow(fasting / 7, 0.65) + 0.25 * b->e[7] : 5.35 + 0.4 * (fasting - 5.15) + 0.2 * b->e[7];
}

static void
liver(const HbBody *b, double *v)
{
	v[M_ALT] = exp(2.95 + 0.03 * (b->bmi - 23.6) + 0.4 * b->z[5] + (b->male ? 0.15 : 0) + (b->liver ? 0.5 : 0));
	v[M_AST] = exp(3.0 + 0.28 * b->z[5] + 0.1 * b->e[5] + (b->liver ? 0.75 : 0));
	v[M_PLATELETS] = Max(25, (220 + 50 * b->z[6]) * (b->liver ? 0.55 : 1));
	v[M_ALBUMIN] = Max(18, 45 - 0.06 * (b->age - 50) + 2.6 * b->z[3] - (b->liver ? 6 : 0) - (b->kidney ? 1.5 : 0));
	v[M_BILIRUBIN] = exp(2.5 + 0.33 * b->z[7] + (b->liver ? 0.7 : 0));
	v[M_INR] = Max(0.8, 1.0 + 0.05 * b->e[6] + (b->liver ? 0.28 + 0.15 * fabs(b->z[5]) : 0));
	v[M_HBSAG] = b->carrier;
}

static void
blood_and_kidney(const HbBody *b, double *v)
{
	v[M_CREATININE] = (b->male ? 74 : 57) * exp(0.13 * b->z[0] + 0.003 * (b->age - 50) + (b->kidney ? 0.42 + 0.3 * fabs(b->z[1]) : 0));
	v[M_UACR] = exp(2 + (b->kidney ? 2.2 : 0) + (b->sugar ? 0.5 : 0) + 0.6 * b->z[1]);
	v[M_UREA] = Max(1.5, 5.2 * pow(v[M_CREATININE] / 70, 0.7) * exp(0.18 * b->e[0]));
	v[M_URATE] = Max(120, (b->male ? 355 : 285) + 9 * (b->bmi - 23.6) + 70 * b->z[1] + (b->kidney ? 60 : 0));
	v[M_HAEMOGLOBIN] = Max(50, (b->male ? 150 : 132) - 0.15 * Max(b->age - 50, 0) + 11 * b->z[3] - (b->kidney ? 14 : 0));
	v[M_LEUCOCYTES] = exp(1.83 + 0.24 * b->z[4]);
	v[M_SODIUM] = 141 + 2.2 * b->e[1] - (b->liver ? 3 : 0);
}

static void
lipids(const HbBody *b, double *v)
{
	v[M_TG] = exp(0.26 + 0.05 * (b->bmi - 23.6) + (b->sugar ? 0.18 : 0) + 0.42 * b->z[4]);
	v[M_HDL] = Max(0.6, 1.38 - (b->male ? 0.12 : 0) - 0.022 * (b->bmi - 23.6) - 0.1 * b->z[4] + 0.24 * b->z[5]);
	v[M_LDL] = Max(0.8, 2.75 + 0.006 * (b->age - 50) + 0.72 * b->z[6]);
	v[M_TC] = v[M_LDL] + v[M_HDL] + Min(v[M_TG], 4.5) / 2.2;
}

void
hb_people_body(HbCare *care, const HbPerson *p, int32 day, double *v)
{
	HbRng		fixed;
	HbRng		visit;
	uint64		mark = hb_mix64(~(uint64) p->pid);
	HbBody		b = {.age = hb_age_on(p, day), .male = p->male};

	hb_rng_start(&fixed, care->province->seed, p->pid, HB_STREAM_BODY);
	hb_rng_start(&visit, care->province->seed ^ (uint64) day << 32, p->pid, HB_STREAM_EXAM);
	for (int i = 0; i < 8; i++)
	{
		b.e[i] = hb_rng_normal(&visit);
		b.z[i] = 0.8 * hb_rng_normal(&fixed) + 0.6 * b.e[i];
	}
	b.pressure = hb_has(p, HB_HYPERTENSION, day);
	b.treated = b.pressure && p->aware[HB_HYPERTENSION];
	b.sugar = hb_has(p, HB_DIABETES, day);
	b.kidney = hb_has(p, HB_CKD, day);
	b.carrier = mark % 1000 < 59;
	b.liver = b.carrier && b.age > 35 && mark / 1000 % 100 < 14;
	/* Height and weight are a person's own, but for what a balance errs. */
	v[M_HEIGHT] = (p->male ? 169 : 157.5) - Max(b.age - 40, 0) * 0.1 + 6.5 * (b.z[0] - 0.6 * b.e[0]) + 0.3 * b.e[0];
	b.bmi = Max(15.5, Min(42, 23.4 + 0.9 * p->frailty + (b.sugar ? 0.9 : 0) + (b.pressure ? 0.8 : 0)
						  + 3.1 * (b.z[1] - 0.6 * b.e[1]) + 0.3 * b.e[1]));
	v[M_BMI] = b.bmi;
	v[M_WEIGHT] = b.bmi * v[M_HEIGHT] * v[M_HEIGHT] / 10000;
	v[M_WAIST] = 34 + 2.05 * b.bmi + (p->male ? 2.5 : 0) + 0.05 * (b.age - 50) + 3 * hb_rng_normal(&fixed) + 1.5 * b.e[2];
	v[M_PULSE] = 74 + 8 * b.z[3];
	v[M_SMOKE] = smokes(p, day) ? 2 : p->male && mark / 100000 % 100 < 14 ? 1 : 0;
	v[M_EXERCISE] = mark / 10000000 % 8;
	blood_pressure(&b, v);
	glucose(&b, p->aware[HB_DIABETES], v);
	lipids(&b, v);
	liver(&b, v);
	blood_and_kidney(&b, v);
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
		hb_text(exam, hb_age_on(p, day) >= 65 ? "2" : p->aware[HB_HYPERTENSION] || p->aware[HB_DIABETES] ? "3" : "1");
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

/* Diseases of parents: those of the heart and the brain, and diabetes of those who are prone to it. */
static bool
put_family(HbSink *s, HbRng *rng, const HbPerson *p)
{
	static const char *const disease[] = {"I21.900", "I63.900", "I10.x00", "E11.900"};
	double		share[] = {0.035, 0.05, 0.16, 0.05 * exp(0.5 * p->frailty)};
	char		json[256];
	bool		vascular = false;
	int			length = 1;

	strcpy(json, "{");
	for (int parent = 0; parent < 2; parent++)
	{
		int			n = 0;

		for (int i = 0; i < lengthof(disease); i++)
			if (hb_rng_chance(rng, share[i]))
			{
				length += snprintf(json + length, sizeof json - length, "%s\"%s\"", n++ > 0 ? ", " :
								   length == 1 ? (parent ? "\"mother\": [" : "\"father\": [")
								   : ", \"mother\": [", disease[i]);
				vascular |= i < 2;
			}
		if (n > 0)
			length += snprintf(json + length, sizeof json - length, "]");
	}
	snprintf(json + length, sizeof json - length, "}");
	hb_json(s, json);
	return vascular;
}

static void
put_profile(HbCare *care, HbRng *rng, const HbPerson *p)
{
	static const char *const drug[] = {"青霉素", "磺胺类", "头孢菌素", "阿司匹林"};
	HbSink	   *s = &care->sink[T_PROFILE];
	int64		history[HB_CONDITIONS];
	int			n = 0;
	char		env[128];
	bool		family;

	if (!hb_rng_chance(rng, 0.9))
		return;
	for (int i = 0; i < HB_CONDITIONS; i++)
		if (p->aware[i] && hb_has(p, i, care->province->to - 1))
			history[n++] = care->condition_code[i];
	hb_row(s);
	hb_big(s, p->pid);
	hb_bigs(s, care->icd10, history, n);
	family = put_family(s, rng, p);
	hb_texts(s, &drug[hb_rng_below(rng, lengthof(drug))], hb_rng_chance(rng, 0.045) ? 1 : 0);
	/* Districts of cities have numbers up to 20 (GB/T 2260). */
	snprintf(env, sizeof env, "{\"smoker\": %s, \"drinker\": %s, \"family_ascvd\": %s, \"urban\": %s}",
			 smokes(p, care->province->to) ? "true" : "false",
			 drinks(p, care->province->to) ? "true" : "false",
			 family ? "true" : "false", p->area % 100 <= 20 ? "true" : "false");
	hb_json(s, env);
}

/* What a person takes for a disease: one drug, or two. */
static void
put_meds(HbSink *s, const HbPerson *p, int disease)
{
	static const char *const drug[2][2] = {{"C08CA01", "C09CA04"}, {"A10BA02", "A10BF01"}};
	uint64		mark = hb_mix64((uint64) p->pid + 7) >> (8 * disease);
	char		json[64];

	if (mark % 10 < 6)
		snprintf(json, sizeof json, "[\"%s\"]", drug[disease][mark / 10 % 2]);
	else
		snprintf(json, sizeof json, "[\"%s\", \"%s\"]", drug[disease][0], drug[disease][1]);
	hb_json(s, json);
}

static void
put_followup(HbCare *care, HbRng *rng, const HbPerson *p, int disease, int32 day)
{
	static const char *const name[] = {"HTN", "DM2"};
	HbSink	   *s = &care->sink[T_FOLLOWUP];
	double		v[HB_MEASURES];
	bool		controlled;

	hb_people_body(care, p, day, v);
	controlled = disease == HB_HYPERTENSION ? rounded(v[M_SBP], 0) < 140 && rounded(v[M_DBP], 0) < 90 : rounded(v[M_GLU], 2) < 700;
	hb_row(s);
	hb_big(s, p->pid);
	hb_text(s, name[disease]);
	hb_int(s, day);
	hb_int(s, (int32) rounded(v[M_SBP], 0));
	hb_int(s, (int32) rounded(v[M_DBP], 0));
	if (disease == HB_DIABETES)
		hb_numeric(s, rounded(v[M_GLU], 2), 2);
	else
		hb_null(s);
	hb_numeric(s, rounded(v[M_BMI], 1), 1);
	hb_int(s, smokes(p, day) ? 5 + (int) (hb_mix64(p->pid) >> 40) % 16 : 0);
	hb_numeric(s, drinks(p, day) ? 25 + (int64) (hb_mix64(p->pid) >> 48) % 6 * 25 : 0, 0);
	put_meds(s, p, disease);
	hb_text(s, hb_rng_chance(rng, 0.75) ? "1" : hb_rng_chance(rng, 0.7) ? "2" : "3");
	hb_int(s, day + (controlled ? 90 : 14));
	hb_text(s, hb_rng_chance(rng, 0.01) ? "3" : hb_rng_chance(rng, 0.01) ? "4" : controlled ? "1" : "2");
}

/* Cards of hypertension and diabetes, and four follow-ups a year. */
static void
put_cards(HbCare *care, HbRng *rng, const HbPerson *p)
{
	static const char *const disease[] = {"HTN", "DM2"};
	static const char *const grade[] = {"1", "2", "3"};
	HbSink	   *s = &care->sink[T_CARD];

	for (int i = 0; i < 2; i++)
	{
		int32		opened = p->onset[i] + 30 + (int32) hb_rng_below(rng, 300);

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
		hb_text(s, grade[p->frailty < 0.5 ? 0 : p->frailty < 1.5 ? 1 : 2]);
		hb_text_int(s, 'H', (int64) p->area * 100 + HB_ORG_TOWN + (p->pid & 3));
		for (int32 day = Max(opened, care->province->from) + (int32) hb_rng_below(rng, 90);
			 day < care->province->to && hb_alive(p, day);
			 day += 75 + (int32) hb_rng_below(rng, 40))
			if (!hb_rng_chance(rng, 0.12))
				put_followup(care, rng, p, i, day);
	}
}

void
hb_people_person(HbCare *care, const HbPerson *p)
{
	HbRng		rng;

	hb_rng_start(&rng, care->province->seed, p->pid, HB_STREAM_EXAM);
	put_person(care, &rng, p);
	put_places(care, &rng, p);
	put_household(care, p);
	put_insured(care, p);
	if (p->newborn)
		put_birth(care, &rng, p);
	if (p->death != HB_NEVER)
		put_death(care, &rng, p);
	put_profile(care, &rng, p);
	put_cards(care, &rng, p);
	put_exams(care, &rng, p);
}
