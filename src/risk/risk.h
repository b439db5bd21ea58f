/*-------------------------------------------------------------------------
 * risk.h
 *	  Clinical risk models: equations over inputs, and what they share.
 *
 * A model is a row of data/risk/risk_model.csv, its arguments are rows of
 * risk_input.csv, its equation is hb_eval_NAME. tools/risk-models makes the SQL
 * functions, their comments, and the list of models in risk_models.h.
 *-------------------------------------------------------------------------
 */
#ifndef HB_RISK_H
#define HB_RISK_H

#include <math.h>

#include "common/compat.h"

#define HB_RISK_INPUTS	32

#define HB_UMOL_CREATININE	88.4	/* umol/L in a mg/dL */

/*
 * The equation of a model: its inputs in the order of risk_input.csv, to its
 * value. A flag is 0 or 1, a sex 1 (male) or 2 (female), a word its place from
 * 0, an optional input that is NULL NaN. NaN is NULL; a model that returns text
 * gives the place of the word.
 */
typedef double (*HbRiskEval) (const double *x);

/* The place of the class of a value, -1 for none; where the inputs decide too. */
typedef int (*HbRiskClass) (const double *x, double value);

/* Narrow the range of an input by what the other inputs are. */
typedef void (*HbRiskLimits) (const double *x, int input, double *lo, double *hi);

/* At or above a limit, which gives way by the last digits, where a conversion of units may have left some. */
static inline bool
hb_risk_reaches(double value, double limit)
{
	return value >= limit * (1 - 1e-12);
}

/*
 * The sum of the terms, each times its coefficient in a column of a table. Two
 * sums: additions to one would wait for each other.
 */
static inline double
hb_risk_sum(const double *coefficient, int columns, const double *term, int n)
{
	double		even = 0;
	double		odd = 0;
	int			i;

	for (i = 0; i + 1 < n; i += 2)
	{
		even += coefficient[i * columns] * term[i];
		odd += coefficient[(i + 1) * columns] * term[i + 1];
	}
	if (i < n)
		even += coefficient[i * columns] * term[i];
	return even + odd;
}

/* 1 - s0^exp(z), the risk of a proportional hazards model, without cancellation. */
static inline double
hb_risk_hazard(double s0, double z)
{
	return -expm1(log(s0) * exp(z));
}

/* Recalibrate a risk on the scale of log(-log(1 - r)). */
static inline double
hb_risk_rescale(double risk, double intercept, double slope)
{
	return -expm1(-exp(intercept + slope * log(-log1p(-risk))));
}

static inline double
hb_risk_logistic(double z)
{
	return 1 / (1 + exp(-z));
}

#include "risk_models.h"

#endif							/* HB_RISK_H */
