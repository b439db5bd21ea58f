/*-------------------------------------------------------------------------
 * robust.c
 *	  Robust scale, fences and tests of outliers, of a sample.
 *-------------------------------------------------------------------------
 */
#include "claims/sample.h"

#include "claims/medcouple.h"
#include "common/math.h"
#include "common/order.h"
#include "common/row.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#define FEW_FOR_ROSNER	25		/* below, the critical values of Rosner are not exact */

/* ----- scale ----- */

PG_FUNCTION_INFO_V1(hb_mad);
Datum
hb_mad(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	double		scale = hb_argument(fcinfo, &sample->arguments, 0, 1);
	int64		n = sample->base.n;
	double	   *x;
	double		median;
	double		mad;

	HB_REQUIRE(scale > 0 && isfinite(scale), "scale must be greater than 0");
	x = hb_sample_copy(sample, 0);
	median = hb_quantile(x, n, 0.5);
	for (int64 i = 0; i < n; i++)
		x[i] = fabs(x[i] - median);
	mad = hb_quantile(x, n, 0.5);
	pfree(x);
	PG_RETURN_FLOAT8(scale * mad);
}

PG_FUNCTION_INFO_V1(hb_medcouple_of);
Datum
hb_medcouple_of(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);

	PG_RETURN_FLOAT8(hb_medcouple(hb_sample_sorted(sample), sample->base.n));
}

/* ----- fences ----- */

typedef struct Fences
{
	const char *method;
	double		q1;
	double		median;
	double		q3;
	double		mc;				/* NaN where it is not used */
	double		low_by;			/* interquartile ranges below q1 */
	double		high_by;
} Fences;

/* The row of fences, with how many values lie outside. */
static Datum
fences_row(FunctionCallInfo fcinfo, const Fences *f, const double *x, int64 n)
{
	double		low = f->q1 - f->low_by * (f->q3 - f->q1);
	double		high = f->q3 + f->high_by * (f->q3 - f->q1);
	int64		n_low = 0;
	int64		n_high = 0;
	Datum		values[11];
	bool		nulls[11] = {false};

	for (int64 i = 0; i < n; i++)
	{
		n_low += x[i] < low;
		n_high += x[i] > high;
	}
	values[0] = Float8GetDatum(f->q1);
	values[1] = Float8GetDatum(f->median);
	values[2] = Float8GetDatum(f->q3);
	values[3] = Float8GetDatum(low);
	values[4] = Float8GetDatum(high);
	values[5] = Int64GetDatum(n);
	values[6] = Int64GetDatum(n_low);
	values[7] = Int64GetDatum(n_high);
	values[8] = Float8GetDatum(f->mc);
	nulls[8] = isnan(f->mc);
	values[9] = CStringGetTextDatum(f->method);
	values[10] = CStringGetTextDatum(psprintf("below q1 - %.4g iqr, above q3 + %.4g iqr", f->low_by, f->high_by));
	return hb_row(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(hb_tukey_fences);
Datum
hb_tukey_fences(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	int64		n = sample->base.n;
	double	   *x;
	Fences		f = {.method = "tukey", .mc = NAN};

	f.high_by = hb_argument(fcinfo, &sample->arguments, 0, 1.5);
	f.low_by = hb_argument(fcinfo, &sample->arguments, 1, f.high_by);
	HB_REQUIRE(f.low_by >= 0 && f.high_by >= 0 && isfinite(f.low_by) && isfinite(f.high_by),
				  "k and k_low must not be negative");
	x = hb_sample_copy(sample, 0);
	f.q1 = hb_quantile(x, n, 0.25);
	f.median = hb_quantile(x, n, 0.5);
	f.q3 = hb_quantile(x, n, 0.75);
	return fences_row(fcinfo, &f, x, n);
}

/* The hinge of Tukey: the median of the lower half, with the middle value in both. */
static double
hinge(const double *x, int64 n, bool upper)
{
	int64		half = (n + 1) / 2;

	return hb_quantile_sorted(upper ? x + n - half : x, half, 0.5);
}

PG_FUNCTION_INFO_V1(hb_adjusted_fences);
Datum
hb_adjusted_fences(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	int64		n = sample->base.n;
	double	   *x = hb_sample_sorted(sample);
	double		mc = hb_medcouple(x, n);
	Fences		f = {.method = "adjusted", .mc = mc};

	f.q1 = hinge(x, n, false);
	f.median = hb_quantile_sorted(x, n, 0.5);
	f.q3 = hinge(x, n, true);
	f.low_by = 1.5 * exp((mc >= 0 ? -4 : -3) * mc);
	f.high_by = 1.5 * exp((mc >= 0 ? 3 : 4) * mc);
	return fences_row(fcinfo, &f, x, n);
}

/* ----- tests of outliers ----- */

/* The largest deviation of n values that would be critical at a probability, in standard deviations. */
static double
critical_deviation(double n, double p)
{
	double		t = hb_t_quantile_upper(p, n - 2);

	return (n - 1) / sqrt(n) * sqrt(t * t / (n - 2 + t * t));
}

/* The row of a test that is not defined. */
static Datum
no_test(FunctionCallInfo fcinfo, int64 n, const char *side, const char *reason)
{
	Datum		values[8] = {0};
	bool		nulls[8] = {true, true, true, true, false, false, false, false};

	values[4] = Int64GetDatum(n);
	values[5] = CStringGetTextDatum(side);
	values[6] = BoolGetDatum(false);
	values[7] = CStringGetTextDatum(reason);
	return hb_row(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(hb_grubbs_test);
Datum
hb_grubbs_test(PG_FUNCTION_ARGS)
{
	static const char *const sides[] = {"two", "upper", "lower", NULL};
	const HbSample *sample = hb_sample_arg(fcinfo);
	const double *x = hb_sample_values(sample);
	int			side = hb_argument_word(fcinfo, &sample->arguments, 0, "side", sides);
	double		alpha = hb_argument(fcinfo, &sample->arguments, 1, 0.05);
	int64		n = sample->base.n;
	double		min = x[0];
	double		max = x[0];
	double		mean;
	double		sd;
	double		g;
	double		rest;
	double		p;
	double		tails = side == 0 ? 2 : 1;
	double		value;
	Datum		values[8];
	bool		nulls[8] = {false};

	HB_REQUIRE(alpha > 0 && alpha < 1, "alpha must be between 0 and 1");
	hb_mean_sd(x, n, &mean, &sd);
	if (n < 3)
		return no_test(fcinfo, n, sides[side], "fewer than 3 values");
	if (!(sd > 0 && isfinite(sd)))
		return no_test(fcinfo, n, sides[side], "no spread");
	for (int64 i = 1; i < n; i++)
	{
		min = Min(min, x[i]);
		max = Max(max, x[i]);
	}
	value = side == 1 || (side == 0 && max - mean >= mean - min) ? max : min;
	g = fabs(value - mean) / sd;
	/* Bonferroni over the values, on the t of the value left out. */
	rest = (double) (n - 1) * (n - 1) - n * g * g;
	p = rest > 0 ? tails * n * hb_t_upper(sqrt(n * (n - 2.0) * g * g / rest), n - 2) : 0;
	values[0] = Float8GetDatum(g);
	values[1] = Float8GetDatum(Min(p, 1));
	values[2] = Float8GetDatum(value);
	values[3] = Float8GetDatum(critical_deviation(n, alpha / n / tails));
	values[4] = Int64GetDatum(n);
	values[5] = CStringGetTextDatum(sides[side]);
	values[6] = BoolGetDatum(true);
	values[7] = CStringGetTextDatum(value == max ? "high" : "low");
	return hb_row(fcinfo, values, nulls);
}

/* The generalised extreme studentised deviates of a sorted sample, as rows. */
static void
rosner_rows(ReturnSetInfo *result, const double *x, int64 n, int most, double alpha)
{
	int64		left = 0;
	int64		right = n - 1;
	int			found = 0;
	int			steps = (int) Max(0, Min(most, n - 2));
	double	   *row = palloc_array(double, 3 * Max(steps, 1));

	for (int i = 0; i < steps; i++)
	{
		double		mean;
		double		sd;

		CHECK_FOR_INTERRUPTS();
		hb_mean_sd(x + left, right - left + 1, &mean, &sd);
		if (!(sd > 0))
		{
			steps = i;
			break;
		}
		row[3 * i] = x[right] - mean >= mean - x[left] ? x[right--] : x[left++];
		row[3 * i + 1] = fabs(row[3 * i] - mean) / sd;
		row[3 * i + 2] = critical_deviation(n - i, alpha / 2 / (n - i));
		if (row[3 * i + 1] > row[3 * i + 2])
			found = i + 1;
	}
	for (int i = 0; i < steps; i++)
	{
		Datum		values[7];
		bool		nulls[7] = {false};

		values[0] = Int32GetDatum(i + 1);
		values[1] = Float8GetDatum(row[3 * i]);
		values[2] = Float8GetDatum(row[3 * i + 1]);
		values[3] = Float8GetDatum(row[3 * i + 2]);
		values[4] = BoolGetDatum(i < found);
		values[5] = Int64GetDatum(n);
		values[6] = BoolGetDatum(n >= FEW_FOR_ROSNER);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
}

PG_FUNCTION_INFO_V1(hb_rosner_test);
Datum
hb_rosner_test(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	int			most = PG_GETARG_INT32(1);
	double		alpha = PG_GETARG_FLOAT8(2);

	HB_REQUIRE(most >= 1, "max_outliers must be 1 or more");
	HB_REQUIRE(alpha > 0 && alpha < 1, "alpha must be between 0 and 1");
	InitMaterializedSRF(fcinfo, 0);
	rosner_rows((ReturnSetInfo *) fcinfo->resultinfo, hb_sample_sorted(sample), sample->base.n, most, alpha);
	return (Datum) 0;
}
