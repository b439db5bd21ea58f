/*-------------------------------------------------------------------------
 * math.c
 *	  Distributions and special functions: GSL, and what it lacks.
 *
 * The inverse distribution functions of GSL fail or do not return at the
 * counts of a province, and its incomplete gamma and beta functions lose
 * digits there. So those of large parameters are ours: Temme's uniform
 * expansion (DLMF 8.12), the continued fraction of the beta function
 * (DLMF 8.17.22) times a density in the form of Loader (2000), which does not
 * cancel; and a quantile is a root of the logarithm of the tail, bracketed,
 * in a variable in which that is nearly a straight line: Newton's step, or
 * half the bracket where that does not help.
 *-------------------------------------------------------------------------
 */
#include "common/math.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <gsl/gsl_sf_psi.h>

#define LEAST_SHAPE		1e-17	/* below, a shape + 1 is 1 */
#define LARGE_SHAPE		1e4		/* from here on Temme's expansion is exact to rounding */
#define LEAST_BETA		1e-100	/* parameters of a beta */
#define MOST_BETA		1e14	/* sum of the parameters of a beta; its fraction takes the root of it */
#define MOST_T			1e13	/* from here on a t is a normal */
#define LOG_SQRT_2PI	0.918938533204672741780329736406
#define LEAST_LOG		-600	/* below, the leading power is the lower tail to all digits */
#define MAX_STEPS		400		/* of a search for a root */
#define MOST_TERMS		1e7		/* of the fraction; some 1e5 are the most that were seen */

void
hb_math_init(void)
{
	gsl_set_error_handler_off();
}

/* The value of a call into GSL; what underflows is 0. */
static double
checked(int status, const gsl_sf_result *result)
{
	if (status == GSL_SUCCESS)
		return result->val;
	return status == GSL_EUNDRFLW ? 0 : NAN;
}

double
hb_lgamma(double x)
{
	gsl_sf_result result;

	if (!(x > 0))
		return NAN;
	return isinf(x) ? INFINITY : checked(gsl_sf_lngamma_e(x, &result), &result);
}

double
hb_digamma(double x)
{
	gsl_sf_result result;

	return x > 0 ? checked(gsl_sf_psi_e(x, &result), &result) : NAN;
}

double
hb_trigamma(double x)
{
	gsl_sf_result result;

	return x > 0 ? checked(gsl_sf_psi_1_e(x, &result), &result) : NAN;
}

double
hb_log1p_minus(double x)
{
	gsl_sf_result result;

	if (x <= -1)
		return -INFINITY;
	return checked(gsl_sf_log_1plusx_mx_e(x, &result), &result);
}

/* ----- the pieces of densities (Loader 2000) ----- */

/* log(Gamma(n + 1)) less Stirling's formula for it. */
static double
stirling_error(double n)
{
	double		nn = n * n;

	if (n <= 0)
		return INFINITY;
	if (n < 15)
		return hb_lgamma(n + 1) - (n + 0.5) * log(n) + n - LOG_SQRT_2PI;
	return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / nn) / nn) / nn) / nn) / n;
}

/* x log(x / mean) + mean - x; excess is mean - x without what rounding lost. */
static double
deviance(double x, double mean, double excess)
{
	if (mean < x / 2)
		return x * log(x / mean) + excess;
	return -x * hb_log1p_minus(excess / x);
}

/* exp(-mean) mean^k / Gamma(k + 1), also of k that is not whole. */
double
hb_poisson_density(double k, double mean)
{
	if (mean == 0)
		return k == 0;
	if (isinf(mean))
		return 0;
	if (k == 0)
		return exp(-mean);
	if (k < LEAST_SHAPE)
		return exp(-mean + k * log(mean));
	return exp(-stirling_error(k) - deviance(k, mean, mean - k) - LOG_SQRT_2PI) / sqrt(k);
}

/* Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, with y = 1 - x. */
double
hb_binomial_density(double a, double b, double x, double y)
{
	double		n = a + b;
	double		excess;			/* of the mean of a over a */
	double		logs;

	if (x == 0)
		return a == 0;
	if (y == 0)
		return b == 0;
	if (a == 0)
		return exp(b * (x < 0.5 ? log1p(-x) : log(y)));
	if (b == 0)
		return exp(a * (y < 0.5 ? log1p(-y) : log(x)));
	if (Min(a, b) < LEAST_SHAPE)
		return exp(a * log(x) + b * log(y));
	/* From the smaller of x and y, which is the one that is exact. */
	excess = x < y ? n * x - a : b - n * y;
	logs = stirling_error(n) - stirling_error(a) - stirling_error(b) 
		- deviance(a, n * x, excess) - deviance(b, n * y, -excess);
	return exp(logs - LOG_SQRT_2PI) * sqrt(n / a / b);
}

/* x^a y^b / B(a, b) */
static double
beta_density(double a, double b, double x, double y)
{
	return hb_binomial_density(a, b, x, y) * a / (a + b) * b;
}

/* ----- the incomplete gamma function ----- */

/* Coefficients of eta in the terms of Temme's expansion, from DLMF 8.12.12. */
static const double temme[3][16] = {
	{
		-0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
		0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06,
		-1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
		1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10, -2.5514193994946248e-11
	}, {
		-0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
		0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
		-1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07, -5.752545603517705e-08,
		1.1951628599778148e-08, -1.7543241719747647e-11, -1.0091543710600413e-09, 4.162792991842583e-10
	}, {
		0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
		-0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05, 3.423578734096138e-08,
		1.3721957309062934e-06, -6.298992138380055e-07, 1.4280614206064242e-07, -2.0477098421990866e-10,
		-1.409252991086752e-08, 6.228974084922022e-09, -1.3670488396617114e-09, 9.428356159014678e-13
	}
};

/* Both tails of a gamma of large shape. */
static void
gamma_large(double x, double a, double *lower, double *upper)
{
	double		mu = (x - a) / a;
	double		half = mu <= -1 ? INFINITY : -hb_log1p_minus(mu);	/* eta^2 / 2 */
	double		eta = copysign(sqrt(2 * half), mu);
	double		correction = 0;

	if (a * half > 745)
	{
		*lower = mu > 0;
		*upper = mu <= 0;
		return;
	}
	for (int k = lengthof(temme) - 1; k >= 0; k--)
	{
		double		c = 0;

		for (int n = lengthof(temme[0]) - 1; n >= 0; n--)
			c = c * eta + temme[k][n];
		correction = correction / a + c;
	}
	correction *= exp(-a * half - LOG_SQRT_2PI) / sqrt(a);
	*lower = 0.5 * erfc(-eta * sqrt(a / 2)) - correction;
	*upper = 0.5 * erfc(eta * sqrt(a / 2)) + correction;
}

/* Both tails of a gamma, that of shape 0 being 0. */
static void
gamma_tails(double x, double a, double *lower, double *upper)
{
	gsl_sf_result result;

	if (!(a >= 0) || isnan(x))
		*lower = *upper = NAN;
	else if (x <= 0 || isinf(x) || a == 0 || isinf(a))
	{
		*lower = a == 0 ? x >= 0 : isinf(x) && x > 0;
		*upper = 1 - *lower;
	}
	else if (a >= LARGE_SHAPE)
		gamma_large(x, a, lower, upper);
	else
	{
		*lower = checked(gsl_sf_gamma_inc_P_e(a, x, &result), &result);
		*upper = checked(gsl_sf_gamma_inc_Q_e(a, x, &result), &result);
		if (*lower > 1)
			*lower = 1;
		if (*upper > 1)
			*upper = 1;
	}
}

double
hb_gamma_lower(double x, double shape)
{
	double		lower;
	double		upper;

	gamma_tails(x, shape, &lower, &upper);
	return lower;
}

double
hb_gamma_upper(double x, double shape)
{
	double		lower;
	double		upper;

	gamma_tails(x, shape, &lower, &upper);
	return upper;
}

/* ----- the incomplete beta function ----- */

/*
 * What x^a y^b / B(a, b) is multiplied by to give I_x(a, b): the even part of
 * the continued fraction, by the method of Lentz. lambda is a - (a + b) x,
 * not negative: so written, nothing in it is a difference of near numbers.
 */
static double
beta_fraction(double a, double b, double x, double y, double lambda)
{
	double		f = a * (lambda + 1) / (a + 1);
	double		c = f;
	double		d = 0;

	for (double m = 1; m < MOST_TERMS; m++)
	{
		double		middle = a + 2 * m - 1;
		double		w = m * (b - m) * x / middle;
		double		over = (a + m - 1) / middle * (a + b + m - 1) * x * w;
		double		under = m + w + (a + m) * (lambda + 1 + m * (1 + y)) / (middle + 2);

		d = 1 / (under + over * d);
		c = under + over / c;
		f *= c * d;
		if (!(fabs(c * d - 1) > 2 * DBL_EPSILON))
			return 1 / f;
	}
	return NAN;
}

/* Both tails of a beta of parameters above 0, with y = 1 - x. */
static void
beta_tails(double x, double y, double a, double b, double *lower, double *upper)
{
	double		lambda = x < y ? a - (a + b) * x : (a + b) * y - b;

	if (!(a > LEAST_BETA && b > LEAST_BETA) || a + b > MOST_BETA || isnan(x))
		*lower = *upper = NAN;
	else if (x <= 0 || y <= 0)
	{
		*lower = y <= 0;
		*upper = 1 - *lower;
	}
	else if (lambda < 0)
		beta_tails(y, x, b, a, upper, lower);
	else
	{
		*lower = Min(beta_density(a, b, x, y) * beta_fraction(a, b, x, y, lambda), 1);
		*upper = 1 - *lower;
	}
}

double
hb_beta_lower(double x, double a, double b)
{
	double		lower;
	double		upper;

	beta_tails(x, 1 - x, a, b, &lower, &upper);
	return lower;
}

double
hb_beta_upper(double x, double a, double b)
{
	double		lower;
	double		upper;

	beta_tails(x, 1 - x, a, b, &lower, &upper);
	return upper;
}

/* ----- quantiles ----- */

/*
 * A distribution in a variable u over all numbers: both tails, and the slope
 * of the lower one.
 */
typedef void (*Tails) (double u, double a, double b, double *lower, double *upper, double *slope);

/* u is the logarithm of x, of which the lower tail is a power. */
static void
gamma_at(double u, double a, double b, double *lower, double *upper, double *slope)
{
	double		x = exp(u);

	gamma_tails(x, a, lower, upper);
	*slope = a * hb_poisson_density(a, x);
}

/* u is the logit of x, of which both tails are powers. */
static void
beta_at(double u, double a, double b, double *lower, double *upper, double *slope)
{
	double		x = 1 / (1 + exp(-u));
	double		y = 1 / (1 + exp(u));

	beta_tails(x, y, a, b, lower, upper);
	*slope = beta_density(a, b, x, y);
}

/*
 * The u at which the tail is p. The logarithm of a tail is concave, so steps
 * of Newton converge from anywhere; the bracket is for where they do not move,
 * and for what rounding does.
 */
static double
root(Tails tails, double a, double b, double p, bool upper, double u)
{
	double		low = -INFINITY;
	double		high = INFINITY;
	double		reach = 1;

	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		both[2];
		double		slope;
		double		next;
		double		off;		/* of log p, rising with u */

		tails(u, a, b, &both[0], &both[1], &slope);
		if (isnan(both[upper]))
			return NAN;
		off = log(both[upper] / p);
		if (upper)
			off = -off;
		if (off == 0)
			return u;
		if (off > 0)
			high = u;
		else
			low = u;
		next = u - off * both[upper] / slope;
		if (!(next > low && next < high))
		{
			if (isinf(low) || isinf(high))
			{
				next = isinf(low) ? high - reach : low + reach;
				reach *= 2;
			}
			else
				next = low + (high - low) / 2;
		}
		if (fabs(next - u) <= DBL_EPSILON * Max(fabs(u), 1e-3) || next == low || next == high)
			return next;
		u = next;
	}
	return u;
}

/* Where to begin: Wilson and Hilferty 1931, or the power that the lower tail is. */
static double
gamma_start(double p, bool upper, double a)
{
	double		z = hb_normal_quantile(p);
	double		c = 1 / (9 * a);
	double		cube = 1 - c + (upper ? -z : z) * sqrt(c);

	if (cube > 0.3 && a > 0.5)
		return log(a) + 3 * log(cube);
	if (upper)
		return log(Max(a, -log(p)));
	return (log(p) + hb_lgamma(a + 1)) / a;
}

static double
gamma_root(double p, bool upper, double a)
{
	double		start;

	if (!(p >= 0 && p <= 1 && a > 0) || isinf(a))
		return NAN;
	if (p == 0 || p == 1)
		return (p == 0) == upper ? INFINITY : 0;
	if (p > 0.5)
	{
		p = 1 - p;
		upper = !upper;
	}
	start = gamma_start(p, upper, a);
	return start < LEAST_LOG ? exp(start) : exp(root(gamma_at, a, 0, p, upper, start));
}

double
hb_gamma_quantile(double p, double shape)
{
	return gamma_root(p, false, shape);
}

double
hb_gamma_quantile_upper(double p, double shape)
{
	return gamma_root(p, true, shape);
}

/* Where to begin: the power that the lower tail is, or the normal limit of the logit. */
static double
beta_start(double p, double a, double b)
{
	gsl_sf_result result;
	double		power = (log(p) + log(a) + checked(gsl_sf_lnbeta_e(a, b, &result), &result)) / a;

	if (power + log(a + b) < -2 || a < 0.5 || b < 0.5)
		return Min(power, 0);
	return hb_digamma(a) - hb_digamma(b) + sqrt(hb_trigamma(a) + hb_trigamma(b)) * hb_normal_quantile(p);
}

/* The logit of the quantile of a beta; infinite at the ends. */
static double
beta_root(double p, bool upper, double a, double b)
{
	double		start;

	if (!(p >= 0 && p <= 1 && a > LEAST_BETA && b > LEAST_BETA) || a + b > MOST_BETA)
		return NAN;
	if (upper != (p > 0.5))
		return -beta_root(upper ? p : 1 - p, false, b, a);
	if (upper)
		p = 1 - p;
	if (p == 0)
		return -INFINITY;
	start = beta_start(p, a, b);
	return start < LEAST_LOG ? start : root(beta_at, a, b, p, false, start);
}

double
hb_beta_quantile(double p, double a, double b)
{
	return 1 / (1 + exp(-beta_root(p, false, a, b)));
}

double
hb_beta_quantile_upper(double p, double a, double b)
{
	return 1 / (1 + exp(-beta_root(p, true, a, b)));
}

/* ----- distributions that are one of these in another variable ----- */

double
hb_normal_lower(double z)
{
	return 0.5 * erfc(-z * M_SQRT1_2);
}

double
hb_normal_upper(double z)
{
	return 0.5 * erfc(z * M_SQRT1_2);
}

double
hb_normal_quantile(double p)
{
	return p >= 0 && p <= 1 ? gsl_cdf_ugaussian_Pinv(p) : NAN;
}

double
hb_chi2_lower(double x, double df)
{
	return hb_gamma_lower(x / 2, df / 2);
}

double
hb_chi2_upper(double x, double df)
{
	return hb_gamma_upper(x / 2, df / 2);
}

double
hb_chi2_quantile(double p, double df)
{
	return 2 * hb_gamma_quantile(p, df / 2);
}

double
hb_chi2_quantile_upper(double p, double df)
{
	return 2 * hb_gamma_quantile_upper(p, df / 2);
}

double
hb_t_upper(double t, double df)
{
	double		lower;
	double		upper;

	if (df > MOST_T)
		return hb_normal_upper(t);
	if (!(df > 0) || isnan(t))
		return NAN;
	/* The mass beyond |t| on both sides. */
	beta_tails(1 / (1 + t / df * t), 1 / (1 + df / t / t), df / 2, 0.5, &lower, &upper);
	return t > 0 ? lower / 2 : 0.5 + upper / 2;
}

double
hb_t_lower(double t, double df)
{
	return hb_t_upper(-t, df);
}

double
hb_t_quantile_upper(double p, double df)
{
	double		logit;

	if (!(p >= 0 && p <= 1 && df > 0))
		return NAN;
	if (df > MOST_T)
		return -hb_normal_quantile(p);
	if (p > 0.5)
		return -hb_t_quantile_upper(1 - p, df);
	/* Near the middle the mass between -t and t is the smaller one. */
	logit = p < 0.25 ? beta_root(2 * p, false, df / 2, 0.5) : beta_root(1 - 2 * p, true, df / 2, 0.5);
	return sqrt(df) * exp(-logit / 2);
}

double
hb_t_quantile(double p, double df)
{
	return -hb_t_quantile_upper(p, df);
}

double
hb_f_lower(double f, double df1, double df2)
{
	return hb_f_upper(1 / f, df2, df1);
}

double
hb_f_upper(double f, double df1, double df2)
{
	double		ratio = df1 / df2 * f;
	double		lower;
	double		upper;

	if (f <= 0)
		return 1;
	beta_tails(1 / (1 + 1 / ratio), 1 / (1 + ratio), df1 / 2, df2 / 2, &lower, &upper);
	return upper;
}

double
hb_f_quantile(double p, double df1, double df2)
{
	return df2 / df1 * exp(beta_root(p, false, df1 / 2, df2 / 2));
}

double
hb_f_quantile_upper(double p, double df1, double df2)
{
	return df2 / df1 * exp(beta_root(p, true, df1 / 2, df2 / 2));
}
