/*-------------------------------------------------------------------------
 * drg.c
 *	  What diagnosis-related groups are judged by: spread explained, trimming,
 *	  bunching at limits.
 *-------------------------------------------------------------------------
 */
#include "claims/drg.h"

#include "claims/sample.h"
#include "common/order.h"
#include "common/row.h"
#include "utils/builtins.h"

/* ----- reduction in variance ----- */

PG_FUNCTION_INFO_V1(hb_riv);
Datum
hb_riv(PG_FUNCTION_ARGS)
{
	const HbState *state = hb_state_arg(&hb_drg_groups_type, fcinfo, 0);
	const HbDrgGroup *group = hb_state_elements(&hb_drg_groups_type, state);
	HbSum		cases = {0, 0};
	HbSum		sum = {0, 0};
	HbSum		within = {0, 0};
	HbSum		between = {0, 0};
	double		n;
	double		mean;
	double		total;
	double		cv;
	double		cv_within;
	Datum		values[6];
	bool		nulls[6] = {false};

	for (int64 i = 0; i < state->n; i++)
	{
		hb_sum_add(&cases, (double) group[i].n);
		hb_sum_add(&sum, (double) group[i].n * group[i].mean);
		hb_sum_add(&within, group[i].m2);
	}
	n = hb_sum_value(cases);
	mean = hb_sum_value(sum) / n;
	for (int64 i = 0; i < state->n; i++)
		hb_sum_add(&between, (double) group[i].n * (group[i].mean - mean) * (group[i].mean - mean));
	total = hb_sum_value(within) + hb_sum_value(between);
	cv = n > 1 && mean > 0 ? sqrt(total / (n - 1)) / mean : NAN;
	cv_within = n > (double) state->n && mean > 0 ? sqrt(hb_sum_value(within) / (n - (double) state->n)) / mean : NAN;
	nulls[0] = !(total > 0);
	values[0] = Float8GetDatum(hb_sum_value(between) / total);
	nulls[1] = isnan(cv);
	values[1] = Float8GetDatum(cv);
	nulls[2] = isnan(cv_within);
	values[2] = Float8GetDatum(cv_within);
	values[3] = Float8GetDatum(mean);
	values[4] = Int64GetDatum((int64) n);
	values[5] = Int64GetDatum(state->n);
	return hb_row(fcinfo, values, nulls);
}

/* ----- trimming ----- */

typedef enum TrimMethod
{
	TRIM_IQR,
	TRIM_LOG3SD,
	TRIM_L3H3,
	TRIM_MULTIPLE
} TrimMethod;

static const char *const trim_methods[] = {"iqr", "log3sd", "l3h3", "multiple", NULL};

/* The limits of a method; x may be reordered and changed. */
static void
trim_limits(TrimMethod method, double by_low, double by_high, double *x, int64 n, double *low, double *high)
{
	double		mean;
	double		sd;
	double		q1;
	double		q3;

	if (method == TRIM_IQR)
	{
		q1 = hb_quantile(x, n, 0.25);
		q3 = hb_quantile(x, n, 0.75);
		*low = q1 - by_low * (q3 - q1);
		*high = q3 + by_high * (q3 - q1);
		return;
	}
	for (int64 i = 0; i < n && method == TRIM_LOG3SD; i++)
	{
		if (!(x[i] > 0))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("values must be greater than 0 to take logarithms")));
		x[i] = log(x[i]);
	}
	hb_mean_sd(x, n, &mean, &sd);
	if (method == TRIM_LOG3SD)
	{
		sd = n > 1 ? sd : 0;
		*low = exp(mean - by_low * sd);
		*high = exp(mean + by_high * sd);
	}
	else
	{
		*low = method == TRIM_L3H3 ? mean / by_low : mean * by_low;
		*high = mean * by_high;
	}
}

PG_FUNCTION_INFO_V1(hb_drg_trim);
Datum
hb_drg_trim(PG_FUNCTION_ARGS)
{
	static const double defaults[][2] = {{0.5, 1.5}, {3, 3}, {3, 3}, {0.4, 3}};
	const HbSample *sample = hb_sample_arg(fcinfo);
	const double *x = hb_sample_values(sample);
	int64		n = sample->base.n;
	int			method = hb_argument_word(fcinfo, &sample->arguments, 0, "method", trim_methods);
	double		by_low = hb_argument(fcinfo, &sample->arguments, 1, defaults[method][0]);
	double		by_high = hb_argument(fcinfo, &sample->arguments, 2, defaults[method][1]);
	double		low;
	double		high;
	int64		n_low = 0;
	int64		n_high = 0;
	HbSum		kept = {0, 0};
	Datum		values[8];
	bool		nulls[8] = {false};

	HB_REQUIRE(by_low >= 0 && by_high >= 0 && isfinite(by_low) && isfinite(by_high) &&
			   (method != TRIM_L3H3 || by_low > 0), "low and high must not be negative");
	trim_limits(method, by_low, by_high, hb_sample_copy(sample, 0), n, &low, &high);
	for (int64 i = 0; i < n; i++)
	{
		n_low += x[i] < low;
		n_high += x[i] > high;
		if (x[i] >= low && x[i] <= high)
			hb_sum_add(&kept, x[i]);
	}
	values[0] = Float8GetDatum(low);
	values[1] = Float8GetDatum(high);
	values[2] = Int64GetDatum(n - n_low - n_high);
	nulls[3] = n == n_low + n_high;
	values[3] = Float8GetDatum(hb_sum_value(kept) / (double) (n - n_low - n_high));
	values[4] = Int64GetDatum(n);
	values[5] = Int64GetDatum(n_low);
	values[6] = Int64GetDatum(n_high);
	values[7] = CStringGetTextDatum(trim_methods[method]);
	return hb_row(fcinfo, values, nulls);
}

/* ----- bunching ----- */

PG_FUNCTION_INFO_V1(hb_bunching_test);
Datum
hb_bunching_test(PG_FUNCTION_ARGS)
{
	const HbBunching *b = (const HbBunching *) hb_state_arg(&hb_bunching_type, fcinfo, 0);
	double		n = (double) (b->below + b->above);
	double		more = (double) Max(b->below, b->above);
	Datum		values[8];
	bool		nulls[8] = {false};

	values[0] = Int64GetDatum(b->below);
	values[1] = Int64GetDatum(b->above);
	/* Both sides are as likely: the two tails are equal. */
	nulls[2] = nulls[3] = n == 0;
	values[2] = Float8GetDatum(Min(1, 2 * hb_binomial_upper(more - 1, n, 0.5)));
	values[3] = Float8GetDatum((double) b->below / n);
	values[4] = Int64GetDatum(b->below + b->above);
	values[5] = Float8GetDatum(b->cut);
	values[6] = Float8GetDatum(b->width);
	nulls[7] = b->below == b->above;
	values[7] = nulls[7] ? (Datum) 0 : CStringGetTextDatum(b->below > b->above ? "more below" : "more above");
	return hb_row(fcinfo, values, nulls);
}
