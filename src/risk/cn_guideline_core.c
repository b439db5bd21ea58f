/*-------------------------------------------------------------------------
 * cn_guideline_core.c
 *	  Rules of Chinese guidelines on lipids and blood pressure.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"

#include "cn_htn_strata_data.h"
#include "cn_lipid2023_data.h"
#include "cn_lipid2023_ldl_target_data.h"

/* The words of the classes, in the order of risk_model.csv. */
enum
{
	LOW,
	MODERATE,
	HIGH,
	VERY_HIGH,
	ULTRA_HIGH
};

/* ----- lipids, 2023 ----- */

/* The column that the higher of total and LDL cholesterol falls into: 0 none, 1 to 3, 4 above all. */
static int
lipid_column(double tc, double ldl)
{
	static const double tc_from[] = {3.1, 4.1, 5.2, 7.2};
	static const double ldl_from[] = {1.8, 2.6, 3.4, 4.9};
	int			column = 0;

	while (column < 4 && (hb_risk_reaches(tc, tc_from[column]) || hb_risk_reaches(ldl, ldl_from[column])))
		column++;
	return column;
}

/* The class of a person with ASCVD. */
static int
lipid_secondary(const double *x)
{
	int			factors = (x[CN_LIPID2023_RECURRENCE] != 0) + (x[CN_LIPID2023_PREMATURE_CHD] != 0) +
		(x[CN_LIPID2023_FH] || hb_risk_reaches(x[CN_LIPID2023_LDL], 4.9)) + (x[CN_LIPID2023_REVASCULARISED] != 0) +
		(x[CN_LIPID2023_DM] != 0) + (x[CN_LIPID2023_HTN] != 0) + (x[CN_LIPID2023_CKD] != 0) + (x[CN_LIPID2023_SMOKER] != 0);
	double		events = x[CN_LIPID2023_SEVERE_EVENTS];

	return events >= 2 || (events >= 1 && factors >= 2) ? ULTRA_HIGH : VERY_HIGH;
}

/* What makes the lifetime risk of somebody below 55 high; what is not known does not count. */
static int
lipid_lifetime_factors(const double *x)
{
	return (x[CN_LIPID2023_SBP] >= 160 || x[CN_LIPID2023_DBP] >= 100) +
		hb_risk_reaches(x[CN_LIPID2023_TC] - x[CN_LIPID2023_HDL], 5.2) +
		!hb_risk_reaches(x[CN_LIPID2023_HDL], 1.0) + (x[CN_LIPID2023_BMI] >= 28) + (x[CN_LIPID2023_SMOKER] != 0);
}

/* 中国血脂管理指南(2023年). */
double
hb_eval_cn_lipid2023(const double *x)
{
	bool		female = x[CN_LIPID2023_SEX] == HB_SEX_FEMALE;
	double		age = x[CN_LIPID2023_AGE];
	int			column = lipid_column(x[CN_LIPID2023_TC], x[CN_LIPID2023_LDL]);
	int			factors = (x[CN_LIPID2023_SMOKER] != 0) + !hb_risk_reaches(x[CN_LIPID2023_HDL], 1.0) + (age >= (female ? 55 : 45));
	const HbCnLipid2023Row *row = &hb_cn_lipid2023_rows[4 * (x[CN_LIPID2023_HTN] != 0) + factors];
	int			risk;

	if (x[CN_LIPID2023_ASCVD])
		return lipid_secondary(x);
	if (column == 4 || (x[CN_LIPID2023_DM] && age >= 40) || x[CN_LIPID2023_CKD])
		return HIGH;
	if (column == 0)
		return NAN;
	risk = (&row->column1)[column - 1];
	return risk == MODERATE && age < 55 && lipid_lifetime_factors(x) >= 2 ? HIGH : risk;
}

/* The LDL to stay below, mmol/L. */
double
hb_eval_cn_lipid2023_ldl_target(const double *x)
{
	const HbCnLipid2023LdlTargetRow *row = &hb_cn_lipid2023_ldl_target_rows[(int) x[CN_LIPID2023_LDL_TARGET_RISK]];

	return x[CN_LIPID2023_LDL_TARGET_DM] != 0 ? row->diabetes : row->others;
}

/* ----- blood pressure ----- */

/* 0 normal, 1 high-normal, 2 to 4 the grades. */
static int
bp_step(double sbp, double dbp)
{
	static const double sbp_from[] = {120, 140, 160, 180};
	static const double dbp_from[] = {80, 90, 100, 110};
	int			step = 0;

	while (step < 4 && (sbp >= sbp_from[step] || dbp >= dbp_from[step]))
		step++;
	return step;
}

double
hb_eval_cn_bp_grade(const double *x)
{
	int			step = bp_step(x[CN_BP_GRADE_SBP], x[CN_BP_GRADE_DBP]);

	return step < 2 ? step : step + 9;
}

double
hb_eval_cn_bp_isolated_systolic(const double *x)
{
	return x[CN_BP_ISOLATED_SYSTOLIC_SBP] >= 140 && x[CN_BP_ISOLATED_SYSTOLIC_DBP] < 90;
}

/* The classic rows of the table. */
double
hb_eval_cn_htn_strata(const double *x)
{
	double		factors = x[CN_HTN_STRATA_N_RF];
	int			step = bp_step(x[CN_HTN_STRATA_SBP], x[CN_HTN_STRATA_DBP]);
	int			row = factors >= 3 ? 2 : factors >= 1 ? 1 : 0;

	if (x[CN_HTN_STRATA_TOD] || x[CN_HTN_STRATA_CKD3] || x[CN_HTN_STRATA_DM_UNCOMP])
		row = 2;
	if (x[CN_HTN_STRATA_CLINICAL] || x[CN_HTN_STRATA_CKD4] || x[CN_HTN_STRATA_DM_COMP])
		row = 3;
	return step < 2 ? NAN : (&hb_cn_htn_strata_rows[row].grade1)[step - 2];
}
