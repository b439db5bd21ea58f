/*-------------------------------------------------------------------------
 * peers_fit.c
 *	  What is fitted to all providers: overdispersion of a funnel plot, and
 *	  the gamma distribution of empirical Bayes shrinkage.
 *-------------------------------------------------------------------------
 */
#include "claims/peers.h"

#include <float.h>

#include "common/math.h"
#include "common/order.h"
#include "common/row.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "utils/builtins.h"

static const HbPeers *
peers_arg(FunctionCallInfo fcinfo)
{
	return (const HbPeers *) hb_state_arg(&hb_peers_type, fcinfo, 0);
}

/* ----- funnel: Spiegelhalter 2005 and 2012 ----- */

typedef enum Transform
{
	BY_SQRT,
	BY_LOG,
	BY_ARCSINE
} Transform;

static const char *const transforms[] = {"sqrt", "log", "arcsine", NULL};
static const char *const extremes[] = {"winsorise", "truncate", NULL};

/* A provider on the transformed scale; a count of 0 has no logarithm, and is taken for a half. */
static double
transformed(Transform transform, const HbPeer *peer)
{
	double		observed = (double) peer->observed;

	if (transform == BY_SQRT)
		return sqrt(observed / peer->expected);
	if (transform == BY_LOG)
		return log((observed > 0 ? observed : 0.5) / peer->expected);
	return asin(sqrt(observed / peer->expected));
}

static double
standard_error(Transform transform, const HbPeer *peer)
{
	return (transform == BY_LOG ? 1 : 0.5) / sqrt(peer->expected);
}

/* What a provider like all others has on that scale. */
static double
centre_of(Transform transform, const HbPeer *peer, int64 n)
{
	HbSum		observed = {0, 0};
	HbSum		cases = {0, 0};

	if (transform != BY_ARCSINE)
		return transform == BY_SQRT ? 1 : 0;
	for (int64 i = 0; i < n; i++)
	{
		if ((double) peer[i].observed > peer[i].expected)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("observed must not be above the number of cases")));
		hb_sum_add(&observed, (double) peer[i].observed);
		hb_sum_add(&cases, peer[i].expected);
	}
	return asin(sqrt(hb_sum_value(observed) / hb_sum_value(cases)));
}

typedef struct Spread
{
	double		centre;
	int64		used;
	double		phi;
	double		tau2;
} Spread;

/* How much more providers differ than chance has it, the most extreme pulled in or left out. */
static void
fit_spread(Spread *s, const HbPeer *peer, int64 n, Transform transform, double winsor, bool truncate)
{
	double	   *z = palloc(sizeof(double) * n);
	double	   *sorted = palloc(sizeof(double) * n * 2);
	double		low;
	double		high;
	HbSum		squares = {0, 0};
	HbSum		weights = {0, 0};
	HbSum		square_weights = {0, 0};
	double		w;

	s->centre = centre_of(transform, peer, n);
	for (int64 i = 0; i < n; i++)
		z[i] = sorted[i] = (transformed(transform, &peer[i]) - s->centre) / standard_error(transform, &peer[i]);
	hb_sort(sorted, n, sorted + n);
	low = hb_quantile_sorted(sorted, n, winsor);
	high = hb_quantile_sorted(sorted, n, 1 - winsor);
	s->used = 0;
	for (int64 i = 0; i < n; i++)
	{
		double		pulled = Min(Max(z[i], low), high);

		CHECK_FOR_INTERRUPTS();
		if (truncate && pulled != z[i])
			continue;
		w = standard_error(transform, &peer[i]);
		w = 1 / (w * w);
		s->used++;
		hb_sum_add(&squares, pulled * pulled);
		hb_sum_add(&weights, w);
		hb_sum_add(&square_weights, w * w);
	}
	s->phi = hb_sum_value(squares) / (double) s->used;
	w = hb_sum_value(weights);
	s->tau2 = s->used < 2 ? NAN :
		Max(0, ((double) s->used * s->phi - (double) (s->used - 1)) / (w - hb_sum_value(square_weights) / w));
	pfree(z);
	pfree(sorted);
}

PG_FUNCTION_INFO_V1(hb_funnel);
Datum
hb_funnel(PG_FUNCTION_ARGS)
{
	const HbPeers *peers = peers_arg(fcinfo);
	int			transform = hb_argument_word(fcinfo, &peers->arguments, 0, "transform", transforms);
	double		winsor = hb_argument(fcinfo, &peers->arguments, 1, 0.1);
	int			extreme = hb_argument_word(fcinfo, &peers->arguments, 2, "extremes", extremes);
	Spread		s;
	Datum		values[8];
	bool		nulls[8] = {false};

	HB_REQUIRE(winsor >= 0 && winsor < 0.5, "winsor must be at least 0 and below 0.5");
	fit_spread(&s, hb_peers_pairs(peers), peers->base.n, transform, winsor, extreme == 1);
	values[0] = Float8GetDatum(s.phi);
	nulls[0] = isnan(s.phi);
	values[1] = Float8GetDatum(s.tau2);
	nulls[1] = isnan(s.tau2);
	values[2] = Float8GetDatum(s.centre);
	values[3] = Int64GetDatum(peers->base.n);
	values[4] = Int64GetDatum(s.used);
	values[5] = CStringGetTextDatum(transforms[transform]);
	values[6] = Float8GetDatum(winsor);
	values[7] = CStringGetTextDatum(extremes[extreme]);
	return hb_row(fcinfo, values, nulls);
}

/* A field of a composite argument. */
static Datum
field(FunctionCallInfo fcinfo, int number, bool *isnull)
{
	return GetAttributeByNum(PG_GETARG_HEAPTUPLEHEADER(0), (AttrNumber) number, isnull);
}

static double
number_field(FunctionCallInfo fcinfo, int number)
{
	bool		isnull;
	Datum		value = field(fcinfo, number, &isnull);

	return isnull ? NAN : DatumGetFloat8(value);
}

PG_FUNCTION_INFO_V1(hb_funnel_z);
Datum
hb_funnel_z(PG_FUNCTION_ARGS)
{
	HbPeer		peer = {PG_GETARG_INT64(1), PG_GETARG_FLOAT8(2)};
	double		tau2 = number_field(fcinfo, 2);
	double		centre = number_field(fcinfo, 3);
	bool		isnull;
	Datum		word = field(fcinfo, 6, &isnull);
	Transform	transform;
	double		error;
	double		z;

	hb_check_peer(peer.observed, peer.expected, false);
	if (isnull)
		PG_RETURN_NULL();
	transform = hb_word_place("transform", DatumGetTextPP(word), transforms);
	error = standard_error(transform, &peer);
	z = (transformed(transform, &peer) - centre) / sqrt(error * error + tau2);
	if (isnan(z))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(z);
}

/* ----- empirical Bayes ----- */

#define MOST_STEPS	200
#define LARGE_PRIOR	1e9			/* from here on providers do not differ */

typedef struct Prior
{
	double		alpha;
	double		beta;
	double		mean;			/* of all providers */
	double		loglik;
	int			steps;
} Prior;

/* Log likelihood of a prior, with first and second derivatives by the logarithms of alpha and beta. */
typedef struct Likelihood
{
	double		value;
	double		slope[2];
	double		curve[3];		/* alpha alpha, alpha beta, beta beta */
} Likelihood;

static Likelihood
likelihood(const HbPeer *peer, int64 n, double a, double b)
{
	double		gamma_a = hb_lgamma(a);
	double		psi_a = hb_digamma(a);
	double		psi1_a = hb_trigamma(a);
	HbSum		sum[6] = {{0, 0}};
	Likelihood	l;

	for (int64 i = 0; i < n; i++)
	{
		double		o = (double) peer[i].observed;
		double		e = peer[i].expected;

		if (i % 1024 == 0)
			CHECK_FOR_INTERRUPTS();
		hb_sum_add(&sum[0], hb_lgamma(a + o) - gamma_a - hb_lgamma(o + 1) - a * log1p(e / b) - (o > 0 ? o * log1p(b / e) : 0));
		hb_sum_add(&sum[1], hb_digamma(a + o) - psi_a - log1p(e / b));
		hb_sum_add(&sum[2], (a * e / b - o) / (b + e));
		hb_sum_add(&sum[3], hb_trigamma(a + o) - psi1_a);
		hb_sum_add(&sum[4], e / b / (b + e));
		hb_sum_add(&sum[5], (a + o) / ((b + e) * (b + e)) - a / (b * b));
	}
	l.value = hb_sum_value(sum[0]);
	l.slope[0] = a * hb_sum_value(sum[1]);
	l.slope[1] = b * hb_sum_value(sum[2]);
	l.curve[0] = a * a * hb_sum_value(sum[3]) + l.slope[0];
	l.curve[1] = a * b * hb_sum_value(sum[4]);
	l.curve[2] = b * b * hb_sum_value(sum[5]) + l.slope[1];
	return l;
}

/* Marshall 1991: NaN where providers do not differ more than chance has it. */
static void
fit_moments(Prior *prior, const HbPeer *peer, int64 n)
{
	HbSum		observed = {0, 0};
	HbSum		expected = {0, 0};
	HbSum		squares = {0, 0};
	double		variance;

	for (int64 i = 0; i < n; i++)
	{
		hb_sum_add(&observed, (double) peer[i].observed);
		hb_sum_add(&expected, peer[i].expected);
	}
	prior->mean = hb_sum_value(observed) / hb_sum_value(expected);
	for (int64 i = 0; i < n; i++)
	{
		double		off = (double) peer[i].observed / peer[i].expected - prior->mean;

		hb_sum_add(&squares, peer[i].expected * off * off);
	}
	variance = hb_sum_value(squares) / hb_sum_value(expected) - prior->mean * (double) n / hb_sum_value(expected);
	prior->alpha = prior->beta = NAN;
	if (variance > 0)
	{
		prior->beta = prior->mean / variance;
		prior->alpha = prior->mean * prior->beta;
	}
}

/* Log likelihood of one mean for all providers. */
static double
common_likelihood(const Prior *prior, const HbPeer *peer, int64 n)
{
	HbSum		sum = {0, 0};

	for (int64 i = 0; i < n; i++)
	{
		double		o = (double) peer[i].observed;
		double		m = prior->mean * peer[i].expected;

		hb_sum_add(&sum, (o > 0 ? o * log(m) : 0) - m - hb_lgamma(o + 1));
	}
	return hb_sum_value(sum);
}

/* Newton's method on the logarithms, along the slope where the likelihood is not concave. */
static void
fit_likelihood(Prior *prior, const HbPeer *peer, int64 n)
{
	double		a;
	double		b;
	Likelihood	l;

	fit_moments(prior, peer, n);
	if (!(prior->mean > 0))
		return;
	a = isnan(prior->alpha) ? 100 : prior->alpha;
	b = a / prior->mean;
	l = likelihood(peer, n, a, b);
	for (prior->steps = 1; prior->steps <= MOST_STEPS; prior->steps++)
	{
		double		det = l.curve[0] * l.curve[2] - l.curve[1] * l.curve[1];
		double		step[2];
		double		length;
		Likelihood	next;

		if (l.curve[0] < 0 && det > 0)
		{
			step[0] = -(l.curve[2] * l.slope[0] - l.curve[1] * l.slope[1]) / det;
			step[1] = -(l.curve[0] * l.slope[1] - l.curve[1] * l.slope[0]) / det;
		}
		else
		{
			step[0] = l.slope[0];
			step[1] = l.slope[1];
		}
		length = hypot(step[0], step[1]);
		for (double part = Min(1, 2 / length);; part /= 2)
		{
			next = likelihood(peer, n, a * exp(part * step[0]), b * exp(part * step[1]));
			if (next.value >= l.value - 1e-12 * fabs(l.value) || !(part >= 1e-10))
			{
				a *= exp(part * step[0]);
				b *= exp(part * step[1]);
				l = next;
				break;
			}
		}
		if (!(length > 1e-10) || a > LARGE_PRIOR)
			break;
	}
	/* Far out the likelihood is too flat to climb to the end: is one mean for all as good, but for rounding? */
	if (a > LARGE_PRIOR ||
		!(l.value > common_likelihood(prior, peer, n) + 4 * DBL_EPSILON * (double) n * fabs(hb_lgamma(a))))
		a = b = NAN;
	prior->loglik = l.value;
	prior->alpha = a;
	prior->beta = b;
}

PG_FUNCTION_INFO_V1(hb_eb);
Datum
hb_eb(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"ml", "moments", NULL};
	const HbPeers *peers = peers_arg(fcinfo);
	int			method = hb_argument_word(fcinfo, &peers->arguments, 0, "method", methods);
	const HbPeer *peer = hb_peers_pairs(peers);
	int64		n = peers->base.n;
	Prior		prior = {.steps = 0};
	bool		spread;
	Datum		values[8];
	bool		nulls[8] = {false};

	if (method == 0)
		fit_likelihood(&prior, peer, n);
	else
		fit_moments(&prior, peer, n);
	spread = !isnan(prior.alpha);
	if (spread)
		prior.loglik = likelihood(peer, n, prior.alpha, prior.beta).value;
	values[0] = Float8GetDatum(prior.alpha);
	values[1] = Float8GetDatum(prior.beta);
	values[5] = Float8GetDatum(prior.loglik);
	nulls[0] = nulls[1] = nulls[5] = !spread;
	values[2] = Float8GetDatum(prior.mean);
	values[3] = Int64GetDatum(n);
	values[4] = CStringGetTextDatum(methods[method]);
	values[6] = Int32GetDatum(prior.steps);
	values[7] = CStringGetTextDatum(prior.steps > MOST_STEPS && spread ? "not converged" : spread ? "fitted" : "providers do not differ more than by chance");
	return hb_row(fcinfo, values, nulls);
}

/*
 * The gamma distribution of a provider's ratio: shape and rate. Where providers
 * do not differ it is the common mean.
 */
static bool
posterior(FunctionCallInfo fcinfo, double *shape, double *rate, double *mean)
{
	int64		observed = PG_GETARG_INT64(1);
	double		expected = PG_GETARG_FLOAT8(2);

	hb_check_peer(observed, expected, true);
	*shape = number_field(fcinfo, 1) + (double) observed;
	*rate = number_field(fcinfo, 2) + expected;
	*mean = isnan(*shape) ? number_field(fcinfo, 3) : *shape / *rate;
	return !isnan(*mean);
}

PG_FUNCTION_INFO_V1(hb_eb_mean);
Datum
hb_eb_mean(PG_FUNCTION_ARGS)
{
	double		shape;
	double		rate;
	double		mean;

	if (!posterior(fcinfo, &shape, &rate, &mean))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(mean);
}

PG_FUNCTION_INFO_V1(hb_eb_quantile);
Datum
hb_eb_quantile(PG_FUNCTION_ARGS)
{
	double		p = PG_GETARG_FLOAT8(3);
	double		shape;
	double		rate;
	double		mean;

	HB_REQUIRE(p > 0 && p < 1, "p must be between 0 and 1");
	if (!posterior(fcinfo, &shape, &rate, &mean))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(isnan(shape) ? mean : hb_gamma_quantile(p, shape) / rate);
}

PG_FUNCTION_INFO_V1(hb_eb_estimate);
Datum
hb_eb_estimate(PG_FUNCTION_ARGS)
{
	double		conf = PG_GETARG_FLOAT8(3);
	double		tail = (1 - conf) / 2;
	double		shape;
	double		rate;
	double		mean;
	Datum		values[6];
	bool		nulls[6] = {false};

	HB_REQUIRE(conf > 0 && conf < 1, "conf must be between 0 and 1");
	if (!posterior(fcinfo, &shape, &rate, &mean))
		PG_RETURN_NULL();
	values[0] = Float8GetDatum(mean);
	values[1] = Float8GetDatum(isnan(shape) ? mean : hb_gamma_quantile(tail, shape) / rate);
	values[2] = Float8GetDatum(isnan(shape) ? mean : hb_gamma_quantile_upper(tail, shape) / rate);
	nulls[3] = nulls[4] = isnan(shape);
	/* Of the ratio being above 1, and how much of the estimate is the provider's own. */
	values[3] = Float8GetDatum(hb_gamma_upper(rate, shape));
	values[4] = Float8GetDatum(PG_GETARG_FLOAT8(2) / rate);
	nulls[5] = PG_GETARG_FLOAT8(2) == 0;
	values[5] = Float8GetDatum((double) PG_GETARG_INT64(1) / PG_GETARG_FLOAT8(2));
	return hb_row(fcinfo, values, nulls);
}
