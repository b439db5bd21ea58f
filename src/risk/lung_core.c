/*-------------------------------------------------------------------------
 * lung_core.c
 *	  Chronic obstructive disease and cancer of the lung.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "plcom2012_data.h"

/* GOLD 2023; a measure of symptoms that is not known (NaN) reaches no limit. */
double
hb_eval_gold_abe_2023(const double *x)
{
	enum
	{
		A,
		B,
		E
	};
	double		mmrc = x[GOLD_ABE_2023_MMRC];
	double		cat = x[GOLD_ABE_2023_CAT];

	if (x[GOLD_ABE_2023_MODERATE_EXAC] >= 2 || x[GOLD_ABE_2023_HOSP_EXAC] >= 1)
		return E;
	if (isnan(mmrc) && isnan(cat))
		return NAN;
	return mmrc >= 2 || cat >= 10 ? B : A;
}

/* Tammemägi 2013, doi 10.1056/NEJMoa1211776. */
double
hb_eval_plcom2012(const double *x)
{
	enum
	{
		RACES = 5,
		TERMS = HB_PLCOM2012_COUNT - RACES,
		COLUMNS = sizeof(HbPlcom2012Row) / sizeof(double)
	};
	double		term[] = {
		x[PLCOM2012_AGE], x[PLCOM2012_EDU], x[PLCOM2012_BMI], x[PLCOM2012_COPD], x[PLCOM2012_CA], x[PLCOM2012_FAM],
		x[PLCOM2012_CURRENT], 10 / x[PLCOM2012_CPD], x[PLCOM2012_YEARS], x[PLCOM2012_QUIT], 1
	};

	StaticAssertStmt(lengthof(term) == TERMS, "a term for each coefficient before the races");
	for (int i = 0; i < TERMS; i++)
		term[i] -= hb_plcom2012_rows[i].mean;
	return hb_risk_logistic(hb_plcom2012_rows[TERMS + (int) x[PLCOM2012_RACE]].coefficient +
							hb_risk_sum(&hb_plcom2012_rows[0].coefficient, COLUMNS, term, TERMS));
}

/* Who smokes has not given it up. */
void
hb_limits_plcom2012(const double *x, int input, double *lo, double *hi)
{
	if (input == PLCOM2012_QUIT && x[PLCOM2012_CURRENT] != 0)
		*hi = 0;
}
