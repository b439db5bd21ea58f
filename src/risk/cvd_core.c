/*-------------------------------------------------------------------------
 * cvd_core.c
 *	  Equations of cardiovascular models; data/risk has their coefficients.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"

#include "china_par_data.h"
#include "framingham2008_data.h"
#include "pce2013_data.h"
#include "score2_data.h"
#include "score2_region_data.h"
#include "score2dm_data.h"
#include "score2op_data.h"
#include "who2019_lab_data.h"
#include "who2019_region_data.h"

#define CHINA_PAR_MGDL	(1 / 0.0259)	/* mg/dL in a mmol/L of cholesterol, as the authors' site converts */
#define MGDL	38.67

/* The number of coefficients in a row, and a column of coefficients. */
#define COLUMNS(rows)	((int) (sizeof((rows)[0]) / sizeof(double)))
#define COLUMN(rows, i)	((const double *) (rows) + (i))
#define SUM(rows, column, term) \
	hb_risk_sum(COLUMN(rows, column), COLUMNS(rows), term, lengthof(term))

static inline bool
is_female(double sex)
{
	return sex == HB_SEX_FEMALE;
}

/* Yang 2016, doi 10.1161/CIRCULATIONAHA.116.022367. */
double
hb_eval_china_par(const double *x)
{
	double		age = log(x[CHINA_PAR_AGE]);
	double		sbp = log(x[CHINA_PAR_SBP]);
	double		treated = sbp * x[CHINA_PAR_BP_TREATED];	/* one of the two is 0 */
	double		untreated = sbp - treated;
	double		term[] = {
		age, treated, untreated,
		log(x[CHINA_PAR_TC] * CHINA_PAR_MGDL), log(x[CHINA_PAR_HDL] * CHINA_PAR_MGDL), log(x[CHINA_PAR_WAIST]),
		x[CHINA_PAR_SMOKER], x[CHINA_PAR_DIABETES], x[CHINA_PAR_NORTH], x[CHINA_PAR_URBAN], x[CHINA_PAR_FAMILY_HISTORY],
		age * treated, age * untreated, age * x[CHINA_PAR_SMOKER], age * x[CHINA_PAR_FAMILY_HISTORY],
		1
	};
	int			column = 2 * is_female(x[CHINA_PAR_SEX]) + (int) x[CHINA_PAR_VARIANT];

	StaticAssertStmt(lengthof(term) == HB_CHINA_PAR_COUNT, "a term for each coefficient");
	return 1 - exp(-exp(SUM(hb_china_par_rows, column, term)));
}

/* WHO 2019: the risk of no coronary event times that of no stroke, each recalibrated. */
double
hb_eval_who2019_lab(const double *x)
{
	double		age = x[WHO2019_LAB_AGE] - 60;
	double		tc = x[WHO2019_LAB_TC] - 6;
	double		sbp = x[WHO2019_LAB_SBP] - 120;
	double		dm = x[WHO2019_LAB_DM];
	double		smoker = x[WHO2019_LAB_SMOKER];
	double		term[] = {age, tc, sbp, dm, smoker, age * tc, age * sbp, age * dm, age * smoker};
	double		none = 1;

	StaticAssertStmt(lengthof(term) + 1 == HB_WHO2019_LAB_COUNT, "a term for each coefficient after the survival");
	for (int event = 0; event < 2; event++)
	{
		int			column = 2 * is_female(x[WHO2019_LAB_SEX]) + event;
		const double *region = COLUMN(&hb_who2019_region_rows[(int) x[WHO2019_LAB_REGION]], 2 * column);
		double		risk = hb_risk_hazard(*COLUMN(hb_who2019_lab_rows, column), SUM(&hb_who2019_lab_rows[1], column, term));

		none *= 1 - hb_risk_rescale(risk, region[0], region[1]);
	}
	return 1 - none;
}

/* Goff 2014, doi 10.1161/01.cir.0000437741.48606.98. */
double
hb_eval_pce2013(const double *x)
{
	double		age = log(x[PCE2013_AGE]);
	double		tc = log(x[PCE2013_TC] * MGDL);
	double		hdl = log(x[PCE2013_HDL] * MGDL);
	double		sbp = log(x[PCE2013_SBP]);
	double		treated = sbp * x[PCE2013_TREATED];	/* one of the two is 0 */
	double		untreated = sbp - treated;
	double		smoker = x[PCE2013_SMOKER];
	double		term[] = {
		age, age * age, tc, age * tc, hdl, age * hdl, treated, age * treated, untreated, age * untreated,
		smoker, age * smoker, x[PCE2013_DM], -1
	};
	int			column = 2 * is_female(x[PCE2013_SEX]) + (int) x[PCE2013_RACE];

	StaticAssertStmt(lengthof(term) + 1 == HB_PCE2013_COUNT, "a term for each coefficient before the survival");
	return hb_risk_hazard(*COLUMN(&hb_pce2013_rows[lengthof(term)], column), SUM(hb_pce2013_rows, column, term));
}

/* D'Agostino 2008, doi 10.1161/CIRCULATIONAHA.107.699579; column: lipids, else body mass index. */
static double
framingham(int column, double age, double fat, double hdl, double sbp, bool treated, double smoker, double dm)
{
	double		term[] = {
		log(age), log(fat), log(hdl), treated ? 0 : log(sbp), treated ? log(sbp) : 0, smoker, dm, -1
	};

	StaticAssertStmt(lengthof(term) + 1 == HB_FRAMINGHAM2008_COUNT, "a term for each coefficient before the survival");
	return hb_risk_hazard(*COLUMN(&hb_framingham2008_rows[lengthof(term)], column), SUM(hb_framingham2008_rows, column, term));
}

double
hb_eval_framingham2008_lipid(const double *x)
{
	return framingham(is_female(x[FRAMINGHAM2008_LIPID_SEX]), x[FRAMINGHAM2008_LIPID_AGE],
					  x[FRAMINGHAM2008_LIPID_TC] * MGDL, x[FRAMINGHAM2008_LIPID_HDL] * MGDL, x[FRAMINGHAM2008_LIPID_SBP],
					  x[FRAMINGHAM2008_LIPID_TREATED], x[FRAMINGHAM2008_LIPID_SMOKER], x[FRAMINGHAM2008_LIPID_DM]);
}

double
hb_eval_framingham2008_bmi(const double *x)
{
	return framingham(2 + is_female(x[FRAMINGHAM2008_BMI_SEX]), x[FRAMINGHAM2008_BMI_AGE],
					  x[FRAMINGHAM2008_BMI_BMI], 1, x[FRAMINGHAM2008_BMI_SBP],
					  x[FRAMINGHAM2008_BMI_TREATED], x[FRAMINGHAM2008_BMI_SMOKER], x[FRAMINGHAM2008_BMI_DM]);
}

/* Recalibrate to a region of Europe; scale: SCORE2, SCORE2-OP unrounded or as published. */
static double
score2_region(double risk, int region, int scale, double sex)
{
	const double *to = COLUMN(&hb_score2_region_rows[region], 4 * scale + 2 * is_female(sex));

	return hb_risk_rescale(risk, to[0], to[1]);
}

/* SCORE2 2021, doi 10.1093/eurheartj/ehab309: without diabetes. */
double
hb_eval_score2(const double *x)
{
	double		age = (x[SCORE2_AGE] - 60) / 5;
	double		sbp = (x[SCORE2_SBP] - 120) / 20;
	double		tc = x[SCORE2_TC] - 6;
	double		hdl = (x[SCORE2_HDL] - 1.3) / 0.5;
	double		smoker = x[SCORE2_SMOKER];
	double		term[] = {age, smoker, sbp, 0, tc, hdl, age * smoker, age * sbp, 0, age * tc, age * hdl};
	int			column = is_female(x[SCORE2_SEX]);
	double		risk;

	StaticAssertStmt(lengthof(term) + 1 == HB_SCORE2_COUNT, "a term for each coefficient before the survival");
	risk = hb_risk_hazard(*COLUMN(&hb_score2_rows[lengthof(term)], column), SUM(hb_score2_rows, column, term));
	return score2_region(risk, (int) x[SCORE2_REGION], 0, x[SCORE2_SEX]);
}

/* SCORE2-OP 2021, doi 10.1093/eurheartj/ehab312: without diabetes. */
double
hb_eval_score2op(const double *x)
{
	double		age = x[SCORE2OP_AGE] - 73;
	double		sbp = x[SCORE2OP_SBP] - 150;
	double		tc = x[SCORE2OP_TC] - 6;
	double		hdl = x[SCORE2OP_HDL] - 1.4;
	double		smoker = x[SCORE2OP_SMOKER];
	double		term[] = {age, 0, 0, smoker, age * smoker, sbp, age * sbp, tc, age * tc, hdl, age * hdl, -1};
	int			variant = (int) x[SCORE2OP_VARIANT];
	int			column = 2 * variant + is_female(x[SCORE2OP_SEX]);
	double		risk;

	StaticAssertStmt(lengthof(term) + 1 == HB_SCORE2OP_COUNT, "a term for each coefficient before the survival");
	risk = hb_risk_hazard(*COLUMN(&hb_score2op_rows[lengthof(term)], column), SUM(hb_score2op_rows, column, term));
	return score2_region(risk, (int) x[SCORE2OP_REGION], 1 + variant, x[SCORE2OP_SEX]);
}

/* SCORE2-Diabetes 2023, doi 10.1093/eurheartj/ehad260. */
double
hb_eval_score2dm(const double *x)
{
	double		age = (x[SCORE2DM_AGE] - 60) / 5;
	double		sbp = (x[SCORE2DM_SBP] - 120) / 20;
	double		tc = x[SCORE2DM_TC] - 6;
	double		hdl = (x[SCORE2DM_HDL] - 1.3) / 0.5;
	double		smoker = x[SCORE2DM_SMOKER];
	double		hba1c = (x[SCORE2DM_HBA1C_MMOLMOL] - 31) / 9.34;
	double		egfr = (log(x[SCORE2DM_EGFR]) - 4.5) / 0.15;
	double		term[] = {
		age, smoker, sbp, 1, tc, hdl, age * smoker, age * sbp, age, age * tc, age * hdl,
		(x[SCORE2DM_AGE_DX] - 50) / 5, hba1c, egfr, egfr * egfr, age * hba1c, age * egfr
	};
	int			column = is_female(x[SCORE2DM_SEX]);
	double		risk;

	StaticAssertStmt(lengthof(term) + 1 == HB_SCORE2DM_COUNT, "a term for each coefficient before the survival");
	risk = hb_risk_hazard(*COLUMN(&hb_score2dm_rows[lengthof(term)], column), SUM(hb_score2dm_rows, column, term));
	return score2_region(risk, (int) x[SCORE2DM_REGION], 0, x[SCORE2DM_SEX]);
}

/* Diabetes is not found before birth nor after today. */
void
hb_limits_score2dm(const double *x, int input, double *lo, double *hi)
{
	if (input == SCORE2DM_AGE_DX)
		*hi = x[SCORE2DM_AGE];
}
