/*-------------------------------------------------------------------------
 * sample.c
 *	  The type sample: all values of a group, for statistics that need them.
 *-------------------------------------------------------------------------
 */
#include "claims/sample.h"

#include <math.h>

#include "common/math.h"
#include "common/order.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

static HbState *
merge(HbState *into, const HbState *from)
{
	const HbSample *sample = (const HbSample *) from;

	hb_arguments_merge(&((HbSample *) into)->arguments, &sample->arguments);
	return hb_state_append(&hb_sample_type, into, hb_sample_values(sample), from->n);
}

static const char *
check(const HbState *state)
{
	const double *x = hb_sample_values((const HbSample *) state);

	for (int64 i = 0; i < state->n; i++)
		if (!isfinite(x[i]))
			return "values are finite";
	if (!hb_arguments_valid(&((const HbSample *) state)->arguments))
		return "parameters are finite";
	return state->n == 0 ? "a sample has values" : NULL;
}

const HbStateType hb_sample_type = {
	.name = "sample", .version = 1,
	.head = "d3", .head_size = sizeof(HbSample),
	.element = "d", .element_size = sizeof(double),
	.merge = merge, .check = check, .compare = hb_compare_double
};

HB_STATE_FUNCTIONS(sample, hb_sample_type)

static pg_noinline HbSample *
new_sample(void)
{
	HbSample   *sample = (HbSample *) hb_state_new(&hb_sample_type, 32);

	hb_arguments_init(&sample->arguments);
	return sample;
}

static pg_noinline void
refuse_value(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("values of a sample must be finite"),
			 errhint("Leave out NaN and infinity by FILTER (WHERE ...).")));
}

PG_FUNCTION_INFO_V1(hb_sample_step);
Datum
hb_sample_step(PG_FUNCTION_ARGS)
{
	HbState    *state;
	double		x;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	x = PG_GETARG_FLOAT8(1);
	if (unlikely(!isfinite(x)))
		refuse_value();
	if (unlikely(PG_ARGISNULL(0)))
		state = &new_sample()->base;
	else
		state = hb_state_writable(&hb_sample_type, fcinfo);
	*(double *) hb_state_push(&hb_sample_type, &state) = x;
	PG_RETURN_POINTER(state);
}

/* The step of aggregates with parameters; a NULL is the default. */
PG_FUNCTION_INFO_V1(hb_sample_step_with);
Datum
hb_sample_step_with(PG_FUNCTION_ARGS)
{
	Datum		result = hb_sample_step(fcinfo);

	if (PG_ARGISNULL(1))
		return result;
	hb_arguments_keep(&((HbSample *) DatumGetPointer(result))->arguments, fcinfo, 2);
	return result;
}

double *
hb_sample_copy(const HbSample *sample, int64 more)
{
	double	   *x = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * (sample->base.n + more));

	memcpy(x, hb_sample_values(sample), sizeof(double) * sample->base.n);
	return x;
}

double *
hb_sample_sorted(const HbSample *sample)
{
	int64		n = sample->base.n;
	double	   *x = hb_sample_copy(sample, n);

	hb_sort(x, n, x + n);
	return x;
}

void
hb_mean_sd(const double *x, int64 n, double *mean, double *sd)
{
	HbSum		sum = {0, 0};
	HbSum		squares = {0, 0};
	double		middle;

	for (int64 i = 0; i < n; i++)
		hb_sum_add(&sum, x[i]);
	middle = hb_sum_value(sum) / (double) n;
	for (int64 i = 0; i < n; i++)
		hb_sum_add(&squares, (x[i] - middle) * (x[i] - middle));
	*mean = middle;
	*sd = n > 1 ? sqrt(hb_sum_value(squares) / (double) (n - 1)) : NAN;
}

/* ----- what every sample tells ----- */

PG_FUNCTION_INFO_V1(hb_sample_of_array);
Datum
hb_sample_of_array(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	const double *x = (const double *) ARR_DATA_PTR(array);
	const bits8 *bitmap = ARR_NULLBITMAP(array);
	HbState    *state = &new_sample()->base;

	for (int i = 0; i < n; i++)
	{
		if (bitmap && (bitmap[i / 8] >> i % 8 & 1) == 0)
			continue;
		if (!isfinite(*x))
			refuse_value();
		*(double *) hb_state_push(&hb_sample_type, &state) = *x++;
	}
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(hb_sample_count);
Datum
hb_sample_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(hb_sample_arg(fcinfo)->base.n);
}

PG_FUNCTION_INFO_V1(hb_sample_quantile);
Datum
hb_sample_quantile(PG_FUNCTION_ARGS)
{
	const HbSample *sample = hb_sample_arg(fcinfo);
	double		p = PG_GETARG_FLOAT8(1);

	HB_REQUIRE(p >= 0 && p <= 1, "p must be between 0 and 1");
	PG_RETURN_FLOAT8(hb_quantile(hb_sample_copy(sample, 0), sample->base.n, p));
}
