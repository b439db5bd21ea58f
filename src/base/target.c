/*-------------------------------------------------------------------------
 * target.c
 *	  What the synthetic province should look like, as rows: the census, and
 *	  what the laws of morbidity and mortality give on its age structure.
 *-------------------------------------------------------------------------
 */
#include "base/province.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include <math.h>

#include "hubei_age_sex_data.h"
#include "hubei_prefecture_data.h"
#include "province_condition_data.h"
#include "province_mortality_data.h"
#include "province_target_data.h"

#define CENSUS "Seventh National Population Census, 2020: Hubei"

PG_FUNCTION_INFO_V1(hb_province_targets);

static void
put_target(ReturnSetInfo *result, const char *measure, const char *item, double target, double tolerance, double spread, double granule,
		   const char *kind, const char *source)
{
	Datum		values[8];
	bool		nulls[8] = {false};

	values[0] = CStringGetTextDatum(measure);
	values[1] = CStringGetTextDatum(item);
	values[2] = Float8GetDatum(target);
	values[3] = Float8GetDatum(tolerance);
	values[4] = Float8GetDatum(spread);
	values[5] = Float8GetDatum(granule);
	values[6] = CStringGetTextDatum(kind);
	values[7] = CStringGetTextDatum(source);
	nulls[7] = source[0] == '\0';
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Sequences give these shares to within some persons, and some blocks, however many there are. */
static void
put_census(ReturnSetInfo *result)
{
	double		total = 0;
	double		prefectures = 0;
	char		item[64];

	for (int i = 0; i < HB_HUBEI_AGE_SEX_COUNT; i++)
		total += hb_hubei_age_sex_rows[i].pop;
	for (int i = 0; i < HB_HUBEI_AGE_SEX_COUNT; i++)
	{
		const HbHubeiAgeSexRow *r = &hb_hubei_age_sex_rows[i];

		snprintf(item, sizeof item, r->age_hi == 100 ? "%s %d+" : r->age_lo == r->age_hi ? "%s %d" : "%s %d-%d",
				 r->sex == 1 ? "men" : "women", r->age_lo, r->age_hi);
		put_target(result, "share of age and sex", item, r->pop / total, 0.0001, 0, 15, "fact", CENSUS);
	}
	for (int i = 0; i < HB_HUBEI_PREFECTURE_COUNT; i++)
	{
		const HbHubeiPrefectureRow *r = &hb_hubei_prefecture_rows[i];

		snprintf(item, sizeof item, "%u %s", r->code, r->name);
		prefectures += r->pop;
		put_target(result, "share of prefecture", item, r->pop / total, 0.0001, 0, 4 * HB_BLOCK, "fact", CENSUS);
	}
	put_target(result, "persons of the census", "17 prefectures", prefectures, 0, 0, 0, "fact", CENSUS);
	put_target(result, "persons of the census", "ages and sexes", total, 0, 0, 0, "fact", CENSUS);
}

/* Prevalence among those who are old enough, when a year has passed since the census structure. */
static double
census_prevalence(int condition)
{
	double		ill = 0;
	double		all = 0;

	for (int i = 0; i < HB_HUBEI_AGE_SEX_COUNT; i++)
	{
		const HbHubeiAgeSexRow *r = &hb_hubei_age_sex_rows[i];

		for (int age = r->age_lo; age <= r->age_hi; age++)
		{
			double		persons = (double) r->pop / (r->age_hi - r->age_lo + 1);

			if (age + 1 < hb_province_condition_rows[condition].min_age)
				continue;
			all += persons;
			ill += persons * hb_prevalence(condition, r->sex == 1, age + 1.5);
		}
	}
	return ill / all;
}

static double
census_deaths(void)
{
	double		deaths = 0;
	double		all = 0;

	for (int i = 0; i < HB_HUBEI_AGE_SEX_COUNT; i++)
	{
		const HbHubeiAgeSexRow *r = &hb_hubei_age_sex_rows[i];

		all += r->pop;
		for (int age = r->age_lo; age <= r->age_hi; age++)
			deaths += (double) r->pop / (r->age_hi - r->age_lo + 1)
				* -expm1(-hb_mortality(r->sex == 1, age + 0.5, age + 1.5));
	}
	return deaths / all;
}

static void
put_laws(ReturnSetInfo *result)
{
	char		item[64];

	for (int i = 0; i < HB_CONDITIONS; i++)
	{
		const HbProvinceConditionRow *c = &hb_province_condition_rows[i];
		double		p = census_prevalence(i);

		snprintf(item, sizeof item, "%.3s %d+", c->code, c->min_age);
		if (i <= HB_DIABETES)
			put_target(result, "prevalence by examination", item, p, 0.025, 4, 0, "fact", c->survey);
		put_target(result, "registered prevalence", item, p * c->aware, 0.003, 3 * sqrt(p * c->aware), 0, "assumption", c->survey);
	}
	put_target(result, "deaths a thousand", "", 1000 * census_deaths(), 0.1, 3000 * sqrt(census_deaths()), 0, "assumption",
			   "Gompertz-Makeham law through the life expectancy of 2020");
	for (int sex = 1; sex <= 2; sex++)
		put_target(result, "life expectancy at birth", sex == 1 ? "men" : "women", hb_province_mortality_rows[sex - 1].e0, 0.4, 500, 0,
				   "fact", "China 2020: men 75.37, women 80.88 years");
}

/* Return what the synthetic province should look like. */
Datum
hb_province_targets(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	put_census(result);
	put_laws(result);
	for (int i = 0; i < HB_PROVINCE_TARGET_COUNT; i++)
	{
		const HbProvinceTargetRow *r = &hb_province_target_rows[i];

		put_target(result, r->measure, r->item, r->target, r->tolerance, r->spread, r->granule, r->kind, r->source);
	}
	return (Datum) 0;
}
