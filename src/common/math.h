/*-------------------------------------------------------------------------
 * math.h
 *	  Distributions and special functions: GSL, and what it lacks.
 *
 * Nothing here raises or aborts. A function whose parameters are outside its
 * domain, or that cannot be computed, returns NaN. Every call ends within
 * milliseconds whatever its arguments, so that loops over data need no more
 * than their own check for interrupts.
 *
 * X_lower is P(X <= x), X_upper is P(X > x), each exact where the other is
 * near 1. A quantile takes the probability of one tail, the smaller one where
 * precision matters: X_quantile(p) has p below it, X_quantile_upper(p) above.
 *-------------------------------------------------------------------------
 */
#ifndef HB_MATH_H
#define HB_MATH_H

#include "postgres.h"

#include <math.h>

/* Turn off the handler of GSL, which would abort the server. */
extern void hb_math_init(void);

/* ----- continuous distributions ----- */

extern double hb_normal_lower(double z);
extern double hb_normal_upper(double z);
extern double hb_normal_quantile(double p);

extern double hb_gamma_lower(double x, double shape);	/* scale 1 */
extern double hb_gamma_upper(double x, double shape);
extern double hb_gamma_quantile(double p, double shape);
extern double hb_gamma_quantile_upper(double p, double shape);

extern double hb_chi2_lower(double x, double df);
extern double hb_chi2_upper(double x, double df);
extern double hb_chi2_quantile(double p, double df);
extern double hb_chi2_quantile_upper(double p, double df);

extern double hb_beta_lower(double x, double a, double b);
extern double hb_beta_upper(double x, double a, double b);
extern double hb_beta_quantile(double p, double a, double b);
extern double hb_beta_quantile_upper(double p, double a, double b);

extern double hb_t_lower(double t, double df);
extern double hb_t_upper(double t, double df);
extern double hb_t_quantile(double p, double df);
extern double hb_t_quantile_upper(double p, double df);

extern double hb_f_lower(double f, double df1, double df2);
extern double hb_f_upper(double f, double df1, double df2);
extern double hb_f_quantile(double p, double df1, double df2);
extern double hb_f_quantile_upper(double p, double df1, double df2);

/* ----- counts; a quantile is the least k with P(X <= k) >= p ----- */

extern double hb_poisson_mass(double k, double mean);
extern double hb_poisson_lower(double k, double mean);
extern double hb_poisson_upper(double k, double mean);
extern double hb_poisson_quantile(double p, double mean);

extern double hb_binomial_mass(double k, double n, double p);
extern double hb_binomial_lower(double k, double n, double p);
extern double hb_binomial_upper(double k, double n, double p);
extern double hb_binomial_quantile(double q, double n, double p);

/* Failures before "size" successes of probability p; size need not be whole. */
extern double hb_negbinomial_mass(double k, double size, double p);
extern double hb_negbinomial_lower(double k, double size, double p);
extern double hb_negbinomial_upper(double k, double size, double p);
extern double hb_negbinomial_quantile(double q, double size, double p);

/* ----- special functions ----- */

/* exp(-mean) mean^k / Gamma(k + 1), also of k that is not whole; relative to 1e-14. */
extern double hb_poisson_density(double k, double mean);
/* Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, with y = 1 - x. */
extern double hb_binomial_density(double a, double b, double x, double y);

extern double hb_lgamma(double x);	/* x > 0 */
extern double hb_digamma(double x);
extern double hb_trigamma(double x);
/* log(1 + x) - x, without cancellation. */
extern double hb_log1p_minus(double x);

/*
 * A sum that keeps what the additions round off (Neumaier 1974): equal to
 * 1e-15 whatever the order of the terms, unless they cancel to nothing.
 */
typedef struct HbSum
{
	double		sum;
	double		lost;
} HbSum;

static inline void
hb_sum_add(HbSum *s, double x)
{
	double		sum = s->sum + x;

	s->lost += fabs(s->sum) >= fabs(x) ? (s->sum - sum) + x : (x - sum) + s->sum;
	s->sum = sum;
}

static inline void
hb_sum_merge(HbSum *s, HbSum other)
{
	hb_sum_add(s, other.sum);
	s->lost += other.lost;
}

static inline double
hb_sum_value(HbSum s)
{
	return s.sum + s.lost;
}

#endif							/* HB_MATH_H */
