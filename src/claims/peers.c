/*-------------------------------------------------------------------------
 * peers.c
 *	  The type peers, and what compares one provider: observed against
 *	  expected counts, limits of funnel plots, adjusted probabilities.
 *-------------------------------------------------------------------------
 */
#include "claims/peers.h"

#include "catalog/pg_type.h"
#include "common/math.h"
#include "common/order.h"
#include "common/row.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

/* ----- the state ----- */

void
hb_check_peer(int64 observed, double expected, bool zero_expected)
{
	if (observed < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("observed must not be negative")));
	if (!(expected > 0 || (zero_expected && expected == 0)) || isinf(expected))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg(zero_expected ? "expected must be finite and not negative" : "expected must be finite and greater than 0")));
}

static HbState *
merge(HbState *into, const HbState *from)
{
	const HbPeers *peers = (const HbPeers *) from;

	hb_arguments_merge(&((HbPeers *) into)->arguments, &peers->arguments);
	return hb_state_append(&hb_peers_type, into, hb_peers_pairs(peers), from->n);
}

static const char *
check(const HbState *state)
{
	const HbPeer *peer = hb_peers_pairs((const HbPeers *) state);

	for (int64 i = 0; i < state->n; i++)
		if (peer[i].observed < 0 || !(peer[i].expected > 0) || isinf(peer[i].expected))
			return "observed counts are not negative, expected ones are above 0";
	if (!hb_arguments_valid(&((const HbPeers *) state)->arguments))
		return "parameters are finite";
	return state->n == 0 ? "there are peers" : NULL;
}

static int
compare(const void *a, const void *b)
{
	const HbPeer *x = a;
	const HbPeer *y = b;

	if (x->observed != y->observed)
		return x->observed < y->observed ? -1 : 1;
	return x->expected < y->expected ? -1 : x->expected > y->expected;
}

const HbStateType hb_peers_type = {
	.name = "peers", .version = 1,
	.head = "d3", .head_size = sizeof(HbPeers),
	.element = "ld", .element_size = sizeof(HbPeer),
	.merge = merge, .check = check, .compare = compare
};

HB_STATE_FUNCTIONS(peers, hb_peers_type)

PG_FUNCTION_INFO_V1(hb_peers_step);
Datum
hb_peers_step(PG_FUNCTION_ARGS)
{
	HbState    *state;
	HbPeer	   *peer;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		HB_STATE_RETURN_SAME();
	hb_check_peer(PG_GETARG_INT64(1), PG_GETARG_FLOAT8(2), false);
	state = hb_state_writable(&hb_peers_type, fcinfo);
	if (PG_ARGISNULL(0))
		hb_arguments_init(&((HbPeers *) state)->arguments);
	peer = hb_state_push(&hb_peers_type, &state);
	peer->observed = PG_GETARG_INT64(1);
	peer->expected = PG_GETARG_FLOAT8(2);
	hb_arguments_keep(&((HbPeers *) state)->arguments, fcinfo, 3);
	PG_RETURN_POINTER(state);
}

/* ----- one provider ----- */

static double
check_conf(double conf)
{
	HB_REQUIRE(conf > 0 && conf < 1, "conf must be between 0 and 1");
	return (1 - conf) / 2;
}

/* Byar's approximation of a limit of a Poisson mean (Breslow and Day 1987). */
static double
byar(double count, double z)
{
	double		root = 1 - 1 / (9 * count) + z / (3 * sqrt(count));

	return count > 0 ? count * root * root * root : 0;
}

PG_FUNCTION_INFO_V1(hb_oe_test);
Datum
hb_oe_test(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"exact", "byar", NULL};
	int64		count = PG_GETARG_INT64(0);
	double		observed = (double) count;
	double		expected = PG_GETARG_FLOAT8(1);
	double		tail = check_conf(PG_GETARG_FLOAT8(2));
	int			method = hb_word_place("method", PG_GETARG_TEXT_PP(3), methods);
	double		z = hb_normal_quantile(tail);
	double		low;
	double		high;
	Datum		values[9];
	bool		nulls[9] = {false};

	hb_check_peer(count, expected, true);
	if (method == 0)
	{
		low = count > 0 ? hb_gamma_quantile(tail, observed) : 0;
		high = hb_gamma_quantile_upper(tail, observed + 1);
	}
	else
	{
		low = byar(observed, z);
		high = byar(observed + 1, -z);
	}
	nulls[0] = nulls[1] = nulls[2] = expected == 0;
	values[0] = Float8GetDatum(observed / expected);
	values[1] = Float8GetDatum(low / expected);
	values[2] = Float8GetDatum(high / expected);
	values[3] = Float8GetDatum(hb_poisson_upper(observed - 1, expected));
	values[4] = Float8GetDatum(hb_poisson_lower(observed, expected));
	values[5] = Float8GetDatum(hb_poisson_upper(observed, expected) + hb_poisson_mass(observed, expected) / 2);
	values[6] = Float8GetDatum(2 * (sqrt(observed) - sqrt(expected)));
	values[7] = Int64GetDatum(count);
	values[8] = Float8GetDatum(expected);
	return hb_row(fcinfo, values, nulls);
}

/* ----- limits of funnel plots ----- */

/* An array of numbers made from one by a function; NULL elements stay NULL. */
static Datum
map_array(ArrayType *array, double (*map) (double p, const double *by), const double *by)
{
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	const double *p = (const double *) ARR_DATA_PTR(array);
	const bits8 *bitmap = ARR_NULLBITMAP(array);
	Datum	   *values = palloc(sizeof(Datum) * Max(n, 1));
	bool	   *nulls = palloc0(sizeof(bool) * Max(n, 1));

	for (int i = 0; i < n; i++)
	{
		double		value;

		CHECK_FOR_INTERRUPTS();
		nulls[i] = bitmap && (bitmap[i / 8] >> i % 8 & 1) == 0;
		if (nulls[i])
			continue;
		HB_REQUIRE(*p > 0 && *p < 1, "probabilities must be between 0 and 1");
		value = map(*p++, by);
		nulls[i] = isnan(value);
		values[i] = Float8GetDatum(value);
	}
	return PointerGetDatum(construct_md_array(values, nulls, ARR_NDIM(array), ARR_DIMS(array), ARR_LBOUND(array),
											  FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/*
 * The count at which the interpolated distribution reaches p (Spiegelhalter
 * 2005): the least k that does, less how far it goes beyond, in its own mass.
 */
static double
interpolated(double k, double p, double lower, double upper, double mass)
{
	double		beyond = p <= 0.5 ? lower - p : (1 - p) - upper;

	return Max(0, k - beyond / mass);
}

static double
exact_limit(double p, const double *by)
{
	double		mean = by[0] * by[1];
	double		k = hb_poisson_quantile(p, mean);

	return interpolated(k, p, hb_poisson_lower(k, mean), hb_poisson_upper(k, mean), hb_poisson_mass(k, mean)) / by[0];
}

static double
normal_limit(double p, const double *by)
{
	return by[1] + hb_normal_quantile(p) * sqrt(by[1] / by[0]);
}

static double
chisq_limit(double p, const double *by)
{
	double		mean = by[0] * by[1];

	return (p < 0.5 ? hb_gamma_quantile(p, mean) : hb_gamma_quantile_upper(1 - p, mean + 1)) / by[0];
}

PG_FUNCTION_INFO_V1(hb_funnel_limits);
Datum
hb_funnel_limits(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"exact", "normal", "chisq", NULL};
	static double (*const limits[]) (double p, const double *by) = {exact_limit, normal_limit, chisq_limit};
	double		by[2] = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(2)};
	int			method = hb_word_place("method", PG_GETARG_TEXT_PP(3), methods);

	hb_check_peer(0, by[0], false);
	HB_REQUIRE(by[1] > 0 && isfinite(by[1]), "target must be greater than 0");
	return map_array(PG_GETARG_ARRAYTYPE_P(1), limits[method], by);
}

static double
binomial_limit(double p, const double *by)
{
	double		k = hb_binomial_quantile(p, by[0], by[1]);

	return interpolated(k, p, hb_binomial_lower(k, by[0], by[1]), hb_binomial_upper(k, by[0], by[1]),
						hb_binomial_mass(k, by[0], by[1])) / by[0];
}

PG_FUNCTION_INFO_V1(hb_funnel_limits_prop);
Datum
hb_funnel_limits_prop(PG_FUNCTION_ARGS)
{
	double		by[2] = {(double) PG_GETARG_INT64(0), PG_GETARG_FLOAT8(1)};

	if (by[0] < 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("n must be 1 or more")));
	HB_REQUIRE(by[1] >= 0 && by[1] <= 1, "target must be between 0 and 1");
	return map_array(PG_GETARG_ARRAYTYPE_P(2), binomial_limit, by);
}

/* ----- many tests ----- */

typedef struct Ranked
{
	double		p;
	int			place;
} Ranked;

static int
compare_ranked(const void *a, const void *b)
{
	double		x = ((const Ranked *) a)->p;
	double		y = ((const Ranked *) b)->p;

	return x < y ? -1 : x > y;
}

/* Benjamini and Hochberg 1995: from the greatest down, p times n over its rank. */
static void
adjust_bh(const Ranked *r, int n, double *adjusted)
{
	double		least = 1;

	for (int i = n - 1; i >= 0; i--)
	{
		least = Min(least, r[i].p * n / (i + 1));
		adjusted[r[i].place] = least;
	}
}

/* Holm 1979: from the least up, p times the number that is not smaller. */
static void
adjust_holm(const Ranked *r, int n, double *adjusted)
{
	double		most = 0;

	for (int i = 0; i < n; i++)
	{
		most = Max(most, Min(1, r[i].p * (n - i)));
		adjusted[r[i].place] = most;
	}
}

PG_FUNCTION_INFO_V1(hb_adjust_p);
Datum
hb_adjust_p(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"BH", "holm", NULL};
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P_COPY(0);
	int			method = hb_word_place("method", PG_GETARG_TEXT_PP(1), methods);
	int			items = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	double	   *p = (double *) ARR_DATA_PTR(array);
	const bits8 *bitmap = ARR_NULLBITMAP(array);
	Ranked	   *ranked = palloc(sizeof(Ranked) * Max(items, 1));
	int			n = 0;

	/* The values that are not NULL follow each other; they are written back in place. */
	for (int i = 0; i < items; i++)
	{
		if (bitmap && (bitmap[i / 8] >> i % 8 & 1) == 0)
			continue;
		HB_REQUIRE(p[n] >= 0 && p[n] <= 1, "probabilities must be from 0 to 1");
		ranked[n] = (Ranked) {p[n], n};
		n++;
	}
	hb_qsort(ranked, n, sizeof(Ranked), compare_ranked);
	(method == 0 ? adjust_bh : adjust_holm) (ranked, n, p);
	PG_RETURN_ARRAYTYPE_P(array);
}
