/*-------------------------------------------------------------------------
 * math.h
 *	  Distributions, by GSL.
 *
 * Nothing here raises or aborts: what is outside the domain, or cannot be
 * computed, is NaN.
 *-------------------------------------------------------------------------
 */
#ifndef HB_MATH_H
#define HB_MATH_H

#include "postgres.h"

#include <math.h>

/* Turn off the handler of GSL, which would abort the server. */
extern void hb_math_init(void);

extern double hb_normal_quantile(double p);
extern double hb_chi2_upper(double x, double df);

#endif							/* HB_MATH_H */
