/*-------------------------------------------------------------------------
 * math.c
 *	  Distributions, by GSL.
 *-------------------------------------------------------------------------
 */
#include "common/math.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

void
hb_math_init(void)
{
	gsl_set_error_handler_off();
}

double
hb_normal_quantile(double p)
{
	return p >= 0 && p <= 1 ? gsl_cdf_ugaussian_Pinv(p) : NAN;
}

/* P(X > x) of chi squared. */
double
hb_chi2_upper(double x, double df)
{
	return x >= 0 && df > 0 ? gsl_cdf_chisq_Q(x, df) : NAN;
}
