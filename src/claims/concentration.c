/*-------------------------------------------------------------------------
 * concentration.c
 *	  Concentration and inequality of a sample of amounts.
 *
 * Indices are computed from deviations of the mean, in forms in which their
 * leading terms do not cancel: nearly equal amounts keep all digits.
 *-------------------------------------------------------------------------
 */
#include "claims/sample.h"

#include "catalog/pg_type.h"
#include "common/math.h"
#include "common/order.h"
#include "miscadmin.h"
#include "utils/array.h"

#define MOST_POINTS	100000

static void
refuse_negative(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("concentration is not defined for negative amounts"),
			 errhint("Leave out refunds by FILTER (WHERE ...), or net them first.")));
}

/* The sum of the amounts, none of which may be negative. */
static double
total_of(const HbSample *sample)
{
	const double *x = hb_sample_values(sample);
	HbSum		sum = {0, 0};

	for (int64 i = 0; i < sample->base.n; i++)
	{
		if (x[i] < 0)
			refuse_negative();
		hb_sum_add(&sum, x[i]);
	}
	return hb_sum_value(sum);
}

/* The mean over all amounts of a function of the relative deviation from their mean; NaN if all are 0. */
static double
mean_of(const HbSample *sample, double (*term) (double d, double parameter), double parameter)
{
	const double *x = hb_sample_values(sample);
	int64		n = sample->base.n;
	double		mean = total_of(sample) / (double) n;
	HbSum		sum = {0, 0};

	if (!(mean > 0))
		return NAN;
	for (int64 i = 0; i < n; i++)
	{
		double		value = term((x[i] - mean) / mean, parameter);

		if (i % 65536 == 0)
			CHECK_FOR_INTERRUPTS();
		if (isinf(value))
			return value;
		hb_sum_add(&sum, value);
	}
	return hb_sum_value(sum) / (double) n;
}

static double
square(double d, double unused)
{
	return d * d;
}

/* s log(s) with s = 1 + d, less d, of which the mean is 0. */
static double
theil_t_term(double d, double unused)
{
	return d <= -1 ? 1 : (1 + d) * hb_log1p_minus(d) + d * d;
}

static double
theil_l_term(double d, double unused)
{
	return -hb_log1p_minus(d);
}

/* s^power - 1 with s = 1 + d, less power times d. */
static double
atkinson_term(double d, double power)
{
	double		rest = d <= -1 ? -INFINITY : hb_log1p_minus(d);
	double		exponent = power * (d + rest);

	if (d <= -1)
		return power - 1;
	if (fabs(exponent) > 0.01)
		return expm1(exponent) - power * d;
	/* exp(e) - 1 - e, and what e has beside power times d. */
	return exponent * exponent / 2 * (1 + exponent / 3 * (1 + exponent / 4 * (1 + exponent / 5 * (1 + exponent / 6)))) +
		power * rest;
}

/* Equal amounts have 0, not -0 or what rounding leaves. */
static double
not_below_zero(double index)
{
	return index <= 0 ? 0 : index;
}

PG_FUNCTION_INFO_V1(hb_hhi);
Datum
hb_hhi(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);

	HB_RETURN_NUMBER((1 + mean_of(sample, square, 0)) / (double) sample->base.n);
}

PG_FUNCTION_INFO_V1(hb_theil_t);
Datum
hb_theil_t(PG_FUNCTION_ARGS)
{
	HB_RETURN_NUMBER(mean_of(hb_sample_arg(fcinfo), theil_t_term, 0));
}

/* Not defined where an amount is 0. */
PG_FUNCTION_INFO_V1(hb_theil_l);
Datum
hb_theil_l(PG_FUNCTION_ARGS)
{
	double		l = mean_of(hb_sample_arg(fcinfo), theil_l_term, 0);

	HB_RETURN_NUMBER(isinf(l) ? NAN : l);
}

PG_FUNCTION_INFO_V1(hb_atkinson);
Datum
hb_atkinson(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	double		epsilon = hb_argument(fcinfo, &sample->arguments, 0, 0.5);
	double		mean;

	HB_REQUIRE(epsilon >= 0 && isfinite(epsilon), "epsilon must not be negative");
	if (epsilon == 1)
		HB_RETURN_NUMBER(not_below_zero(-expm1(-mean_of(sample, theil_l_term, 0))));
	mean = mean_of(sample, atkinson_term, 1 - epsilon);
	/* The power mean is 0 where an amount is and epsilon is above 1. */
	if (epsilon > 1)
	{
		const double *x = hb_sample_values(sample);

		for (int64 i = 0; i < sample->base.n && !isnan(mean); i++)
			if (x[i] == 0)
				PG_RETURN_FLOAT8(1);
	}
	HB_RETURN_NUMBER(not_below_zero(-expm1(log1p(mean) / (1 - epsilon))));
}

PG_FUNCTION_INFO_V1(hb_gini);
Datum
hb_gini(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	bool		corrected = hb_argument_integer(fcinfo, &sample->arguments, 0, 0);
	int64		n = sample->base.n;
	double		total = total_of(sample);
	double		mean = total / (double) n;
	double	   *x;
	HbSum		sum = {0, 0};

	if (!(total > 0) || (corrected && n < 2))
		PG_RETURN_NULL();
	x = hb_sample_sorted(sample);
	for (int64 i = 0; i < n; i++)
		hb_sum_add(&sum, (double) (2 * i + 1 - n) * (x[i] - mean));
	pfree(x);
	PG_RETURN_FLOAT8(hb_sum_value(sum) / total / (double) (corrected ? n - 1 : n));
}

/* The share of the largest amounts, a part of the last one too. */
PG_FUNCTION_INFO_V1(hb_top_share);
Datum
hb_top_share(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	double		fraction = hb_argument(fcinfo, &sample->arguments, 0, 0.01);
	int64		n = sample->base.n;
	double		total = total_of(sample);
	double		rank;
	double	   *x;
	int64		whole;
	HbSum		sum = {0, 0};

	HB_REQUIRE(fraction >= 0 && fraction <= 1, "fraction must be between 0 and 1");
	if (!(total > 0))
		PG_RETURN_NULL();
	rank = fraction * (double) n;
	whole = (int64) rank;
	x = hb_sample_sorted(sample);
	for (int64 i = 1; i <= whole; i++)
		hb_sum_add(&sum, x[n - i]);
	if (whole < n)
		hb_sum_add(&sum, (rank - (double) whole) * x[n - 1 - whole]);
	PG_RETURN_FLOAT8(hb_sum_value(sum) / total);
}

/* Shares of the smallest 0, 1, ... parts of so many equal parts, interpolated. */
PG_FUNCTION_INFO_V1(hb_lorenz);
Datum
hb_lorenz(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	int			points = hb_argument_integer(fcinfo, &sample->arguments, 0, 10);
	int64		n = sample->base.n;
	double		total = total_of(sample);
	double	   *x;
	Datum	   *shares;
	int64		taken = 0;
	HbSum		sum = {0, 0};

	HB_REQUIRE(points >= 1 && points <= MOST_POINTS, "points must be between 1 and %d", MOST_POINTS);
	if (!(total > 0))
		PG_RETURN_NULL();
	x = hb_sample_sorted(sample);
	shares = palloc_array(Datum, points + 1);
	for (int i = 0; i <= points; i++)
	{
		double		rank = (double) i * (double) n / points;
		double		part;

		for (; taken < (int64) rank; taken++)
			hb_sum_add(&sum, x[taken]);
		part = taken < n ? (rank - (double) taken) * x[taken] : 0;
		shares[i] = Float8GetDatum((hb_sum_value(sum) + part) / total);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(shares, points + 1, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
