/*-------------------------------------------------------------------------
 * cvd_core.c
 *	  Equations of cardiovascular models; data/risk has their coefficients.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"

#include "china_par_data.h"

#define MGDL_PER_MMOL	(1 / 0.0259)	/* as the authors' site converts */

/* Yang 2016, doi 10.1161/CIRCULATIONAHA.116.022367. */
double
hb_eval_china_par(const double *x)
{
	double		age = log(x[CHINA_PAR_AGE]);
	double		sbp = log(x[CHINA_PAR_SBP]);
	double		treated = x[CHINA_PAR_BP_TREATED] ? sbp : 0;
	double		untreated = x[CHINA_PAR_BP_TREATED] ? 0 : sbp;
	double		term[] = {
		age, treated, untreated,
		log(x[CHINA_PAR_TC] * MGDL_PER_MMOL), log(x[CHINA_PAR_HDL] * MGDL_PER_MMOL), log(x[CHINA_PAR_WAIST]),
		x[CHINA_PAR_SMOKER], x[CHINA_PAR_DIABETES], x[CHINA_PAR_NORTH], x[CHINA_PAR_URBAN], x[CHINA_PAR_FAMILY_HISTORY],
		age * treated, age * untreated, age * x[CHINA_PAR_SMOKER], age * x[CHINA_PAR_FAMILY_HISTORY],
		1
	};
	int			column = (x[CHINA_PAR_SEX] == HB_SEX_FEMALE ? 2 : 0) + (int) x[CHINA_PAR_VARIANT];

	StaticAssertStmt(lengthof(term) == HB_CHINA_PAR_COUNT, "a term for each coefficient");
	return -expm1(-exp(hb_risk_sum(&hb_china_par_rows[0].men_refined + column, 4, term, lengthof(term))));
}
