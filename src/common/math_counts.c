/*-------------------------------------------------------------------------
 * math_counts.c
 *	  Distributions of counts: their tails are those of gammas and betas.
 *-------------------------------------------------------------------------
 */
#include "common/math.h"

#include <float.h>

#define MOST_COUNT		1e14	/* as the parameters of a beta */

double
hb_poisson_mass(double k, double mean)
{
	if (!(mean >= 0) || isnan(k))
		return NAN;
	return k < 0 || k != floor(k) || isinf(k) ? 0 : hb_poisson_density(k, mean);
}

double
hb_poisson_lower(double k, double mean)
{
	if (!(mean >= 0) || isnan(k))
		return NAN;
	if (k < 0)
		return 0;
	return mean == 0 ? 1 : hb_gamma_upper(mean, floor(k) + 1);
}

double
hb_poisson_upper(double k, double mean)
{
	if (!(mean >= 0) || isnan(k))
		return NAN;
	if (k < 0)
		return 1;
	return mean == 0 ? 0 : hb_gamma_lower(mean, floor(k) + 1);
}

double
hb_binomial_mass(double k, double n, double p)
{
	if (!(n >= 0 && p >= 0 && p <= 1) || isnan(k))
		return NAN;
	return k < 0 || k > n || k != floor(k) ? 0 : hb_binomial_density(k, n - k, p, 1 - p);
}

double
hb_binomial_lower(double k, double n, double p)
{
	if (!(n >= 0 && p >= 0 && p <= 1) || isnan(k))
		return NAN;
	if (k < 0 || k >= n)
		return k >= n;
	return hb_beta_upper(p, floor(k) + 1, n - floor(k));
}

double
hb_binomial_upper(double k, double n, double p)
{
	if (!(n >= 0 && p >= 0 && p <= 1) || isnan(k))
		return NAN;
	if (k < 0 || k >= n)
		return k < 0;
	return hb_beta_lower(p, floor(k) + 1, n - floor(k));
}

double
hb_negbinomial_mass(double k, double size, double p)
{
	if (!(size > 0 && p > 0 && p <= 1) || isnan(k))
		return NAN;
	if (k < 0 || k != floor(k) || isinf(k))
		return 0;
	return hb_binomial_density(size, k, p, 1 - p) * size / (size + k);
}

double
hb_negbinomial_lower(double k, double size, double p)
{
	if (!(size > 0 && p > 0 && p <= 1) || isnan(k))
		return NAN;
	return k < 0 ? 0 : hb_beta_lower(p, size, floor(k) + 1);
}

double
hb_negbinomial_upper(double k, double size, double p)
{
	if (!(size > 0 && p > 0 && p <= 1) || isnan(k))
		return NAN;
	return k < 0 ? 1 : hb_beta_upper(p, size, floor(k) + 1);
}

/* A distribution over counts with up to two parameters. */
typedef struct Counts
{
	double		(*lower) (double k, double a, double b);
	double		(*upper) (double k, double a, double b);
	double		a;
	double		b;
	double		most;
} Counts;

/* Is P(X <= k) >= p? Judged by the smaller tail; equality to rounding is enough. */
static bool
reaches(const Counts *counts, double k, double p)
{
	const double slack = 64 * DBL_EPSILON;

	if (p <= 0.5)
		return counts->lower(k, counts->a, counts->b) >= p * (1 - slack);
	return counts->upper(k, counts->a, counts->b) <= (1 - p) * (1 + slack);
}

/* The least k with P(X <= k) >= p, near the guess: doubled steps, then halves. */
static double
least_count(const Counts *counts, double p, double guess)
{
	double		low = -1;		/* does not reach p */
	double		high = INFINITY;
	double		k = floor(Max(0, Min(guess, counts->most)));
	double		step = 1;

	if (p == 0)
		return 0;
	if (p == 1)
		return counts->most;
	while (high - low > 1)
	{
		if (reaches(counts, k, p))
			high = k;
		else if (k >= counts->most)
			return counts->most;
		else
			low = k;
		if (isinf(high))
			k = Min(low + step, counts->most);
		else if (low < 0 && step < high)
			k = high - step;
		else
			k = low + floor((high - low) / 2);
		/* Above 2^53 neighbours are the same number. */
		if (k == low || k == high)
			break;
		step *= 2;
	}
	return high;
}

/* The expansion of Cornish and Fisher with the first term. */
static double
count_guess(double p, double mean, double sd, double skewness)
{
	double		z = hb_normal_quantile(p);

	return mean + sd * (z + skewness * (z * z - 1) / 6) - 1;
}

static double
poisson_lower_2(double k, double mean, double unused)
{
	return hb_poisson_lower(k, mean);
}

static double
poisson_upper_2(double k, double mean, double unused)
{
	return hb_poisson_upper(k, mean);
}

double
hb_poisson_quantile(double p, double mean)
{
	Counts		counts = {poisson_lower_2, poisson_upper_2, mean, 0, INFINITY};

	if (!(p >= 0 && p <= 1 && mean >= 0) || isinf(mean))
		return NAN;
	if (mean == 0)
		return 0;
	return least_count(&counts, p, count_guess(p, mean, sqrt(mean), 1 / sqrt(mean)));
}

double
hb_binomial_quantile(double q, double n, double p)
{
	Counts		counts = {hb_binomial_lower, hb_binomial_upper, n, p, n};
	double		sd = sqrt(n * p * (1 - p));

	if (!(q >= 0 && q <= 1 && n >= 0 && p >= 0 && p <= 1) || n > MOST_COUNT)
		return NAN;
	if (sd == 0)
		return n * p;
	return least_count(&counts, q, count_guess(q, n * p, sd, (1 - 2 * p) / sd));
}

double
hb_negbinomial_quantile(double q, double size, double p)
{
	Counts		counts = {hb_negbinomial_lower, hb_negbinomial_upper, size, p, INFINITY};
	double		sd = sqrt(size * (1 - p)) / p;
	double		guess;

	if (!(q >= 0 && q <= 1 && size > 0 && p > 0 && p <= 1) || sd > MOST_COUNT / 100)
		return NAN;
	if (sd == 0)
		return 0;
	guess = count_guess(q, size * (1 - p) / p, sd, (2 - p) / sqrt(size * (1 - p)));
	return least_count(&counts, q, Min(guess, MOST_COUNT / 2));
}
