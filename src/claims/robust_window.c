/*-------------------------------------------------------------------------
 * robust_window.c
 *	  Robust scores and filters over the rows of a partition.
 *-------------------------------------------------------------------------
 */
#include "claims/sample.h"

#include "common/order.h"
#include "common/row.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "windowapi.h"

#define MOST_HALF_WINDOW	100000

static void
refuse_value(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("values must be finite"),
			 errhint("Leave out NaN and infinity by a CASE or in a subquery.")));
}

/* Argument 0 of a row so far from the current one; NaN if it is NULL, out if there is no such row. */
static double
value_at(WindowObject window, int64 offset, int whence, bool *out)
{
	bool		isnull;
	Datum		value = WinGetFuncArgInPartition(window, 0, (int) offset, whence, false, &isnull, out);

	if (*out || isnull)
		return NAN;
	if (!isfinite(DatumGetFloat8(value)))
		refuse_value();
	return DatumGetFloat8(value);
}

/* ----- modified z-score ----- */

/* Of a partition; scale is what a deviation is divided by, 0 where none is defined. */
typedef struct Scores
{
	bool		known;
	double		median;
	double		scale;
} Scores;

static void
know_scores(Scores *s, WindowObject window)
{
	int64		rows = WinGetPartitionRowCount(window);
	double	   *x = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * Max(rows, 1));
	int64		n = 0;
	double		mean = 0;

	s->known = true;
	for (int64 i = 0; i < rows; i++)
	{
		bool		out;
		double		value = value_at(window, i, WINDOW_SEEK_HEAD, &out);

		CHECK_FOR_INTERRUPTS();
		if (!isnan(value))
			x[n++] = value;
	}
	if (n > 0)
	{
		s->median = hb_quantile(x, n, 0.5);
		for (int64 i = 0; i < n; i++)
		{
			x[i] = fabs(x[i] - s->median);
			mean += (x[i] - mean) / (double) (i + 1);
		}
		s->scale = hb_quantile(x, n, 0.5) / 0.6745;
		if (s->scale == 0)
			s->scale = 1.2533 * mean;
	}
	pfree(x);
}

PG_FUNCTION_INFO_V1(hb_modified_zscore);
Datum
hb_modified_zscore(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	Scores	   *s = WinGetPartitionLocalMemory(window, sizeof(Scores));
	bool		isnull;
	Datum		value = WinGetFuncArgCurrent(window, 0, &isnull);

	if (isnull)
		PG_RETURN_NULL();
	if (!s->known)
		know_scores(s, window);
	if (!(s->scale > 0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((DatumGetFloat8(value) - s->median) / s->scale);
}

/* ----- the filter of Hampel ----- */

/* The rows around the current one: as they came, and their values sorted. */
typedef struct Frame
{
	int			half;			/* 0: not yet begun */
	int			n;				/* values that are not NULL */
	int64		rows;			/* seen so far */
	bool		ended;			/* there is no row after those */
	double		recent[FLEXIBLE_ARRAY_MEMBER];	/* 2 half + 1 rows in a ring, then the sorted values */
} Frame;

static inline int
width_of(const Frame *f)
{
	return 2 * f->half + 1;
}

/* Where a value is among the sorted ones, or would be. */
static int
place_of(const double *sorted, int n, double x)
{
	int			lo = 0;

	while (lo < n)
	{
		int			mid = lo + (n - lo) / 2;

		if (sorted[mid] < x)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

/* Take the next row in, and let the oldest go. */
static void
move_frame(Frame *f, double x)
{
	double	   *sorted = f->recent + width_of(f);
	double	   *slot = f->recent + f->rows % width_of(f);
	int			i;

	if (f->rows >= width_of(f) && !isnan(*slot))
	{
		i = place_of(sorted, f->n, *slot);
		memmove(sorted + i, sorted + i + 1, sizeof(double) * (--f->n - i));
	}
	*slot = x;
	f->rows++;
	if (isnan(x))
		return;
	i = place_of(sorted, f->n, x);
	memmove(sorted + i + 1, sorted + i, sizeof(double) * (f->n++ - i));
	sorted[i] = x;
}

/*
 * The rank k of the distances from a centre of sorted values: they are those of
 * the values below, from the centre outwards, and those above, two sorted rows.
 */
static double
distance_of_rank(const double *sorted, int n, double centre, int k)
{
	int			split = place_of(sorted, n, centre);
	int			lo = Max(0, k + 1 - (n - split));	/* how many of the k + 1 nearest are below */
	int			hi = Min(k + 1, split);
	double		below;
	double		above;

	while (lo < hi)
	{
		int			mid = lo + (hi - lo) / 2;

		/* Is the next one below nearer than the last one taken above? */
		if (centre - sorted[split - 1 - mid] < sorted[split + k - mid] - centre)
			lo = mid + 1;
		else
			hi = mid;
	}
	below = lo > 0 ? centre - sorted[split - lo] : -1;
	above = k + 1 - lo > 0 ? sorted[split + k - lo] - centre : -1;
	return Max(below, above);
}

static double
median_distance(const double *sorted, int n, double centre)
{
	double		high = distance_of_rank(sorted, n, centre, n / 2);

	return n % 2 ? high : (high + distance_of_rank(sorted, n, centre, n / 2 - 1)) / 2;
}

static Frame *
frame_of(FunctionCallInfo fcinfo, WindowObject window)
{
	bool		isnull;
	int			half = DatumGetInt32(WinGetFuncArgCurrent(window, 1, &isnull));
	Frame	   *f;

	if (isnull)
		return NULL;
	if (half < 1 || half > MOST_HALF_WINDOW)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("half_window must be between 1 and %d", MOST_HALF_WINDOW)));
	f = WinGetPartitionLocalMemory(window, offsetof(Frame, recent) + sizeof(double) * 2 * (2 * half + 1));
	if (f->half == 0)
		f->half = half;
	else if (f->half != half)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("half_window must be the same in all rows of a partition")));
	return f;
}

PG_FUNCTION_INFO_V1(hb_hampel);
Datum
hb_hampel(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	Frame	   *f = frame_of(fcinfo, window);
	bool		isnull;
	double		t0 = DatumGetFloat8(WinGetFuncArgCurrent(window, 2, &isnull));
	int64		row = WinGetCurrentPosition(window);
	double	   *sorted;
	double		x;
	double		median;
	double		sigma;
	Datum		values[7];
	bool		nulls[7] = {false};

	if (f == NULL || isnull)
		PG_RETURN_NULL();
	if (!(t0 >= 0 && isfinite(t0)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("t0 must not be negative")));
	while (!f->ended && f->rows <= row + f->half)
	{
		double		next = value_at(window, f->rows - row, WINDOW_SEEK_CURRENT, &f->ended);

		CHECK_FOR_INTERRUPTS();
		if (!f->ended)
			move_frame(f, next);
	}
	/* Not at the edges, where rows are missing on one side. */
	if (row < f->half || f->rows <= row + f->half)
		PG_RETURN_NULL();
	x = f->recent[row % width_of(f)];
	if (isnan(x))
		PG_RETURN_NULL();
	sorted = f->recent + width_of(f);
	median = hb_quantile_sorted(sorted, f->n, 0.5);
	sigma = 1.4826 * median_distance(sorted, f->n, median);
	values[0] = Float8GetDatum(median);
	values[1] = Float8GetDatum(sigma);
	values[2] = BoolGetDatum(fabs(x - median) > t0 * sigma);
	values[3] = Float8GetDatum(sigma > 0 ? (x - median) / sigma : 0);
	nulls[3] = sigma == 0;
	values[4] = Float8GetDatum(t0);
	values[5] = Int32GetDatum(f->n);
	nulls[6] = fabs(x - median) <= t0 * sigma;
	values[6] = nulls[6] ? (Datum) 0 : CStringGetTextDatum(x > median ? "high" : "low");
	return hb_row(fcinfo, values, nulls);
}
