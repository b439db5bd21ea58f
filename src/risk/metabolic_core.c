/*-------------------------------------------------------------------------
 * metabolic_core.c
 *	  State of glucose metabolism and the metabolic syndrome.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"

/* 中国2型糖尿病防治指南(2020年版); what is not known (NaN) reaches no limit. */
double
hb_eval_glycaemic_state(const double *x)
{
	enum
	{
		NORMAL,
		IFG,
		IGT,
		BOTH,
		DIABETES
	};
	double		fpg = x[GLYCAEMIC_STATE_FPG];
	double		ogtt = x[GLYCAEMIC_STATE_OGTT2H];

	if (hb_risk_reaches(fpg, 7.0) || hb_risk_reaches(ogtt, 11.1) || hb_risk_reaches(x[GLYCAEMIC_STATE_HBA1C], 6.5) ||
		(x[GLYCAEMIC_STATE_SYMPTOMS] && hb_risk_reaches(x[GLYCAEMIC_STATE_RANDOM_GLUCOSE], 11.1)))
		return DIABETES;
	if (isnan(fpg) && isnan(ogtt))
		return NAN;
	return (hb_risk_reaches(fpg, 6.1) ? IFG : NORMAL) + (hb_risk_reaches(ogtt, 7.8) ? IGT : NORMAL);
}

/* ----- metabolic syndrome ----- */

/* Glucose as a component of the syndrome; NaN if it is not known at all. */
static double
high_glucose(bool dm, double fpg, double ogtt, double fpg_from)
{
	if (dm)
		return 1;
	if (isnan(fpg) && isnan(ogtt))
		return NAN;
	return hb_risk_reaches(fpg, fpg_from) || hb_risk_reaches(ogtt, 7.8);
}

double
hb_eval_mets_cds2020(const double *x)
{
	bool		female = x[METS_CDS2020_SEX] == HB_SEX_FEMALE;

	return (x[METS_CDS2020_WAIST] >= (female ? 85 : 90)) +
		high_glucose(x[METS_CDS2020_DM], x[METS_CDS2020_FPG], x[METS_CDS2020_OGTT2H], 6.1) +
		(x[METS_CDS2020_SBP] >= 130 || x[METS_CDS2020_DBP] >= 85 || x[METS_CDS2020_HTN_TX]) +
		hb_risk_reaches(x[METS_CDS2020_TG], 1.7) + !hb_risk_reaches(x[METS_CDS2020_HDL], 1.04);
}

double
hb_eval_mets_cds2004(const double *x)
{
	bool		female = x[METS_CDS2004_SEX] == HB_SEX_FEMALE;

	return hb_risk_reaches(x[METS_CDS2004_BMI], 25) +
		high_glucose(x[METS_CDS2004_DM], x[METS_CDS2004_FPG], x[METS_CDS2004_OGTT2H], 6.1) +
		(x[METS_CDS2004_SBP] >= 140 || x[METS_CDS2004_DBP] >= 90 || x[METS_CDS2004_HTN_TX]) +
		(hb_risk_reaches(x[METS_CDS2004_TG], 1.7) || !hb_risk_reaches(x[METS_CDS2004_HDL], female ? 1.0 : 0.9));
}

/* The components are those of both definitions, with the Asian limits of waist. */
static bool
large_waist(const double *x)
{
	return x[METS_IDF_HARMONIZED_WAIST] >= (x[METS_IDF_HARMONIZED_SEX] == HB_SEX_FEMALE ? 80 : 90);
}

double
hb_eval_mets_idf_harmonized(const double *x)
{
	bool		female = x[METS_IDF_HARMONIZED_SEX] == HB_SEX_FEMALE;

	return large_waist(x) +
		high_glucose(x[METS_IDF_HARMONIZED_DM], x[METS_IDF_HARMONIZED_FPG], NAN, 5.6) +
		(x[METS_IDF_HARMONIZED_SBP] >= 130 || x[METS_IDF_HARMONIZED_DBP] >= 85 || x[METS_IDF_HARMONIZED_HTN_TX]) +
		hb_risk_reaches(x[METS_IDF_HARMONIZED_TG], 1.7) + !hb_risk_reaches(x[METS_IDF_HARMONIZED_HDL], female ? 1.29 : 1.03);
}

int
hb_class_mets_idf_harmonized(const double *x, double value)
{
	bool		idf = x[METS_IDF_HARMONIZED_MODE] == 1;

	return value >= 3 && (!idf || large_waist(x));
}
