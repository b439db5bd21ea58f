/* link: src/common/math.c src/common/math_counts.c -lgsl -lgslcblas */
/*-------------------------------------------------------------------------
 * math_test.c
 *	  Distributions against R and scipy, their inverses, and sums.
 *-------------------------------------------------------------------------
 */
#include "common/math.h"

#include <float.h>

#include "common/tap.h"

static bool
near(double ours, double theirs, double tolerance)
{
	if (isnan(theirs))
		return isnan(ours);
	return ours == theirs || fabs(ours - theirs) <= tolerance * fabs(theirs);
}

/* All points at which the functions of GSL were found to fail or to hang, and others. */
static void
reference(void)
{
	FILE	   *file = fopen("test/data/quantile_reference.csv", "r");
	char		line[256];
	int			n = 0;

	ok(file != NULL, "the reference points are there");
	while (file && fgets(line, sizeof line, file))
	{
		char		name[16];
		double		p;
		double		a;
		double		b;
		double		q;
		bool		gamma;

		if (sscanf(line, "%15[^,],%lf,%lf,%lf,%lf", name, &p, &a, &b, &q) != 5)
			continue;
		n++;
		gamma = strcmp(name, "gamma") == 0;
		ok(near(gamma ? hb_gamma_quantile(p, a) : hb_beta_quantile(p, a, b), q, 1e-12) &&
		   near(gamma ? hb_gamma_quantile_upper(1 - p, a) : hb_beta_quantile_upper(1 - p, a, b), q, 1e-9) &&
		   (gamma || near(1 - hb_beta_quantile_upper(p, b, a), q, q > 1e-4 ? 1e-9 : 1)),
		   "quantile %s(%g, %g) of %g", name, a, b, p);
	}
	ok(n == 400, "all points were tried");
	if (file)
		fclose(file);
}

typedef struct Fact
{
	const char *name;
	double		ours;
	double		theirs;
} Fact;

/* Values of scipy 1.10.1, or in closed form. */
static void
facts(void)
{
	const Fact	fact[] = {
		{"gamma quantile, shape 0.2", hb_gamma_quantile(0.001, 0.2), 6.525480843457226e-16},
		{"gamma quantile, shape 0.2", hb_gamma_quantile(0.999, 0.2), 4.101964324738666},
		{"gamma quantile, shape 2.5", hb_gamma_quantile(0.5, 2.5), 2.175730095547763},
		{"gamma quantile, shape 250.5", hb_gamma_quantile(0.975, 250.5), 282.45675032301074},
		{"gamma quantile, shape 10000", hb_gamma_quantile(0.001, 10000), 9693.824385823726},
		{"beta quantile, 0.5, 0.5", hb_beta_quantile(0.001, 0.5, 0.5), 2.4673990709169425e-06},
		{"beta quantile, 1, 60", hb_beta_quantile(0.975, 1, 60), 0.059629492286167},
		{"beta quantile, 4, 57", hb_beta_quantile(0.025, 4, 57), 0.018461777575881487},
		{"beta quantile, 20.5, 300", hb_beta_quantile(0.999, 20.5, 300), 0.11371246977244731},
		{"Poisson", hb_poisson_lower(0, 0.5), 0.6065306597126334},
		{"binomial, lower", hb_binomial_lower(1, 5, 0.1), 0.91854},
		{"binomial, upper", hb_binomial_upper(1, 5, 0.1), 1 - 0.91854},
		{"binomial, mass", hb_binomial_mass(2, 4, 0.5), 0.375},
		{"negative binomial, mass", hb_negbinomial_mass(3, 2, 0.25), 4 * 0.25 * 0.25 * 0.75 * 0.75 * 0.75},
		{"negative binomial, lower", hb_negbinomial_lower(1, 1, 0.25), 0.25 + 0.25 * 0.75},
		{"negative binomial, upper", hb_negbinomial_upper(1, 1, 0.25), 0.75 * 0.75},
		{"t quantile, 1", hb_t_quantile(0.9, 1), tan(0.4 * M_PI)},
		{"t quantile, 2", hb_t_quantile(0.95, 2), 2 * 0.45 * sqrt(2 / (4 * 0.95 * 0.05))},
		{"t quantile, upper", hb_t_quantile_upper(0.05, 2), 2 * 0.45 * sqrt(2 / (4 * 0.95 * 0.05))},
		{"t quantile, near the middle", hb_t_quantile(0.5 + pow(2, -30), 1), tan(M_PI * pow(2, -30))},
		{"t of a large number", hb_t_quantile(0.001, 1e20), -3.090232306167813},
		{"t, far", hb_t_upper(1e100, 1), 1 / M_PI / 1e100},
		{"t, lower", hb_t_lower(-1, 1), 0.25},
		{"F, upper", hb_f_upper(3, 2, 10), pow(1 + 2 * 3 / 10.0, -5)},
		{"F, lower", hb_f_lower(3, 2, 10), 1 - pow(1 + 2 * 3 / 10.0, -5)},
		{"F quantile", hb_f_quantile_upper(0.05, 2, 10), 5 * (pow(0.05, -0.2) - 1)},
		{"F quantile", hb_f_quantile(0.95, 2, 10), 5 * (pow(0.05, -0.2) - 1)},
		{"chi-square, lower", hb_chi2_lower(3, 2), 1 - exp(-1.5)},
		{"chi-square, upper", hb_chi2_upper(1000, 2), exp(-500)},
		{"chi-square quantile", hb_chi2_quantile_upper(1e-200, 2), -2 * log(1e-200)},
		{"chi-square quantile", hb_chi2_quantile(0.5, 2), 2 * M_LN2},
		{"normal quantile", hb_normal_quantile(1e-10), -6.361340902404056},
		{"normal quantile", hb_normal_quantile(0.001), -3.090232306167813},
		{"normal, lower", hb_normal_lower(-6.361340902404056), 1e-10},
		{"normal, upper", hb_normal_upper(-1.9599639845400545), 0.975},
		{"digamma", hb_digamma(0.1), -10.423754940411076},
		{"digamma", hb_digamma(1), -0.5772156649015329},
		{"trigamma", hb_trigamma(1), M_PI * M_PI / 6},
		{"log gamma", hb_lgamma(0.5), log(M_PI) / 2}
	};

	for (size_t i = 0; i < lengthof(fact); i++)
		ok(near(fact[i].ours, fact[i].theirs, 1e-11), "%s: %.17g, not %.17g", fact[i].name, fact[i].ours, fact[i].theirs);
}

/* The least count that reaches p is that, at any scale. */
static void
counts(void)
{
	const double means[] = {1e-3, 0.7, 1, 12, 3456, 57752557, 1e12};
	const double ps[] = {1e-12, 0.001, 0.025, 0.5, 0.975, 0.999};

	for (size_t i = 0; i < lengthof(means); i++)
		for (size_t j = 0; j < lengthof(ps); j++)
		{
			double		mean = means[i];
			double		p = ps[j];
			double		k = hb_poisson_quantile(p, mean);
			double		n = ceil(mean * 3);
			double		m = hb_binomial_quantile(p, n, mean / n);
			double		r = hb_negbinomial_quantile(p, 2.5, 2.5 / (2.5 + mean));

			ok(hb_poisson_lower(k, mean) >= p && (k == 0 || hb_poisson_lower(k - 1, mean) < p) &&
			   hb_binomial_lower(m, n, mean / n) >= p && (m == 0 || hb_binomial_lower(m - 1, n, mean / n) < p) &&
			   hb_negbinomial_lower(r, 2.5, 2.5 / (2.5 + mean)) >= p &&
			   (r == 0 || hb_negbinomial_lower(r - 1, 2.5, 2.5 / (2.5 + mean)) < p),
			   "quantiles %g of counts of mean %g are %g, %g, %g", p, mean, k, m, r);
		}
	ok(hb_binomial_quantile(0.5, 5, 1) == 5 && hb_binomial_quantile(0.5, 5, 0) == 0 &&
	   hb_poisson_quantile(0.5, 0) == 0 && hb_poisson_quantile(1, 3) == INFINITY &&
	   hb_poisson_quantile(0, 3) == 0 && hb_binomial_quantile(1, 7, 0.2) == 7, "the ends");
}

/* A quantile gives its probability back, over all shapes: the tail that was asked for. */
static void
round_trips(void)
{
	uint64		seed = 42;
	int			bad = 0;

	for (int i = 0; i < 20000; i++)
	{
		double		u[3];
		double		p;
		double		a;
		double		b;
		double		g;
		double		x;

		for (int j = 0; j < 3; j++)
		{
			seed = seed * UINT64CONST(6364136223846793005) + UINT64CONST(1442695040888963407);
			u[j] = (double) (seed >> 11) / 9007199254740992.0;
		}
		p = i % 3 == 0 ? pow(10, -250 * u[0]) : u[0];
		a = pow(10, -2 + 8 * u[1]);
		b = pow(10, -2 + 8 * u[2]);
		g = hb_gamma_quantile_upper(p, a);
		x = hb_beta_quantile(p, a, b);
		bad += g > 1e-290 && !near(hb_gamma_upper(g, a), p, 1e-7);
		bad += x > 1e-290 && x < 0.5 && !near(hb_beta_lower(x, a, b), p, 1e-7);
	}
	ok(bad == 0, "quantiles give their probabilities back");
}

static void
hostile(void)
{
	const double any[] = {NAN, -INFINITY, -1, -0.0, 0, DBL_MIN, 0.5, 1, 3, 1e15, 1e300, INFINITY};
	int			bad = 0;

	for (size_t i = 0; i < lengthof(any); i++)
		for (size_t j = 0; j < lengthof(any); j++)
			for (size_t k = 0; k < lengthof(any); k++)
			{
				double		x = any[i];
				double		a = any[j];
				double		b = any[k];
				const double p[] = {
					hb_gamma_lower(x, a), hb_gamma_upper(x, a), hb_beta_lower(x, a, b), hb_beta_upper(x, a, b),
					hb_t_upper(x, a), hb_f_upper(x, a, b), hb_poisson_lower(x, a), hb_poisson_upper(x, a),
					hb_poisson_mass(x, a), hb_binomial_lower(x, a, b), hb_binomial_upper(x, a, b), hb_binomial_mass(x, a, b),
					hb_negbinomial_lower(x, a, b), hb_negbinomial_upper(x, a, b), hb_negbinomial_mass(x, a, b)
				};

				for (size_t l = 0; l < lengthof(p); l++)
					bad += p[l] < 0 || p[l] > 1 || (isnan(x) && !isnan(p[l]));
				bad += hb_gamma_quantile(x, a) < 0;
				bad += hb_beta_quantile(x, a, b) < 0 || hb_beta_quantile(x, a, b) > 1;
				bad += hb_binomial_quantile(x, a, b) > a;
				bad += hb_negbinomial_quantile(x, a, b) < 0;
				bad += hb_poisson_quantile(x, a) < 0;
				bad += !isnan(hb_f_quantile(x, a, b)) && hb_f_quantile(x, a, b) < 0;
				bad += !(x >= 0 && x <= 1) && !isnan(hb_t_quantile(x, a));
			}
	ok(bad == 0, "what is no parameter gives NaN, a probability is from 0 to 1");
}

static void
sums(void)
{
	HbSum		forward = {0, 0};
	HbSum		halves[2] = {{0, 0}, {0, 0}};

	for (int i = 0; i < 100000; i++)
	{
		double		x = i % 2 ? 1e-3 : 1e12;

		hb_sum_add(&forward, x);
		hb_sum_add(&halves[i % 2], x);
	}
	hb_sum_merge(&halves[0], halves[1]);
	ok(hb_sum_value(forward) == 5e16 + 50 && hb_sum_value(halves[0]) == 5e16 + 50, "a sum keeps what additions lose");
}

int
main(void)
{
	hb_math_init();
	reference();
	facts();
	counts();
	round_trips();
	hostile();
	sums();
	return done();
}
