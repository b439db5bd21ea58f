/*-------------------------------------------------------------------------
 * medcouple.c
 *	  The medcouple, a robust measure of skewness.
 *
 * Brys, Hubert and Struyf (2004), doi:10.1198/106186004X12632: the median of
 * ((u - m) - (m - l)) / (u - l) over all values u not below and l not above the
 * median m. These form a matrix whose rows and columns are sorted; the median
 * of it is found in O(n log n) as Johnson and Mizoguchi (1978) select a rank.
 * Of an even number of entries it is the mean of the middle two.
 *-------------------------------------------------------------------------
 */
#include "claims/medcouple.h"

#include <math.h>

#include "common/order.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#define BLOCK	65536
/* Entries that differ by less are taken for equal: what rounding does to one. */
#define EQUAL	4e-16

typedef struct Matrix
{
	int64		rows;
	int64		columns;
	double	   *upper;			/* by row: values less the median, descending, not negative */
	double	   *lower;			/* by column: descending, not positive */
	/* A search keeps for each row the columns that may hold the rank. */
	int64	   *left;
	int64	   *right;
	int64	   *above;			/* columns with entries above the pivot */
	int64	   *not_below;
	double	   *middle;			/* entries in the middle of what is left of rows */
	int64	   *weight;			/* how many are left */
} Matrix;

static void *
numbers(int64 n, Size size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, size * n);
}

/* Entries do not rise with row or column. */
static inline double
entry(const Matrix *m, int64 row, int64 column)
{
	double		u = m->upper[row];
	double		l = m->lower[column];

	if (u == 0 && l == 0)
	{
		int64		side = m->rows - 1 - row - column;

		return (side > 0) - (side < 0);
	}
	return (u + l) / (u - l);
}

/* The value of which half of the weight is not below and half not above; reorders. */
static double
weighted_median(double *x, int64 *weight, int64 n)
{
	int64		half = 0;		/* weight that may lie above what is sought */
	int64		lo = 0;
	int64		hi = n;

	for (int64 i = 0; i < n; i++)
		half += weight[i];
	half /= 2;
	for (;;)
	{
		double		pivot = x[lo + (hi - lo) / 2];
		int64		above = lo; /* x[lo..above) is above the pivot */
		int64		below = hi; /* x[below..hi) is below it */
		int64		heavy = 0;
		int64		equal = 0;

		for (int64 i = lo; i < below;)
		{
			int64		to = i;

			if (x[i] > pivot)
			{
				heavy += weight[i];
				to = above++;
			}
			else if (x[i] < pivot)
				to = --below;
			else
				equal += weight[i];
			if (to != i)
			{
				double		t = x[i];
				int64		w = weight[i];

				x[i] = x[to];
				weight[i] = weight[to];
				x[to] = t;
				weight[to] = w;
			}
			if (to <= i)
				i++;
		}
		if (heavy > half)
			hi = above;
		else if (heavy + equal > half)
			return pivot;
		else
		{
			half -= heavy + equal;
			lo = below;
		}
	}
}

/* Part the matrix at a value: columns above it, and not below it, by row. */
static void
part_at(Matrix *m, double pivot, int64 *above, int64 *not_below)
{
	int64		column = 0;

	*above = *not_below = 0;
	for (int64 row = m->rows - 1; row >= 0; row--)
	{
		if (row % BLOCK == 0)
			CHECK_FOR_INTERRUPTS();
		while (column < m->columns && entry(m, row, column) - pivot > EQUAL)
			column++;
		m->above[row] = column;
		*above += column;
	}
	column = m->columns;
	for (int64 row = 0; row < m->rows; row++)
	{
		if (row % BLOCK == 0)
			CHECK_FOR_INTERRUPTS();
		while (column > 0 && pivot - entry(m, row, column - 1) > EQUAL)
			column--;
		m->not_below[row] = column;
		*not_below += column;
	}
}

/* What is left of the rows when few entries are: sort them. */
static double
rank_of_few(Matrix *m, int64 rank)
{
	int64		n = 0;

	for (int64 row = 0; row < m->rows; row++)
		for (int64 column = m->left[row]; column < m->right[row]; column++)
			m->middle[n++] = -entry(m, row, column);
	return -hb_select(m->middle, n, rank);
}

/* The entry of a rank, from 0 for the greatest. */
static double
rank_of(Matrix *m, int64 rank)
{
	int64		before = 0;		/* entries left of what is left */
	int64		until = m->rows * m->columns;

	for (int64 row = 0; row < m->rows; row++)
	{
		m->left[row] = 0;
		m->right[row] = m->columns;
	}
	while (until - before > m->rows)
	{
		int64		n = 0;
		int64		above;
		int64		not_below;
		double		pivot;

		for (int64 row = 0; row < m->rows; row++)
			if (m->left[row] < m->right[row])
			{
				m->middle[n] = entry(m, row, m->left[row] + (m->right[row] - m->left[row]) / 2);
				m->weight[n++] = m->right[row] - m->left[row];
			}
		pivot = weighted_median(m->middle, m->weight, n);
		part_at(m, pivot, &above, &not_below);
		if (rank < above)
		{
			memcpy(m->right, m->above, sizeof(int64) * m->rows);
			until = above;
		}
		else if (rank >= not_below)
		{
			memcpy(m->left, m->not_below, sizeof(int64) * m->rows);
			before = not_below;
		}
		else
			return pivot;
	}
	return rank_of_few(m, rank - before);
}

double
hb_medcouple(const double *x, int64 n)
{
	Matrix		m = {0};
	double		median = hb_quantile_sorted(x, n, 0.5);
	int64		entries;
	double		result;

	/* Halved, so that no difference overflows. */
	m.upper = numbers(n, sizeof(double));
	m.lower = numbers(n, sizeof(double));
	for (int64 i = n - 1; i >= 0 && x[i] >= median; i--)
		m.upper[m.rows++] = x[i] / 2 - median / 2;
	for (int64 i = n - 1; i >= 0; i--)
		if (x[i] <= median)
			m.lower[m.columns++] = x[i] / 2 - median / 2;
	m.left = numbers(m.rows, sizeof(int64));
	m.right = numbers(m.rows, sizeof(int64));
	m.above = numbers(m.rows, sizeof(int64));
	m.not_below = numbers(m.rows, sizeof(int64));
	m.middle = numbers(m.rows, sizeof(double));
	m.weight = numbers(m.rows, sizeof(int64));

	entries = m.rows * m.columns;
	result = rank_of(&m, entries / 2);
	if (entries % 2 == 0)
		result = (result + rank_of(&m, entries / 2 - 1)) / 2;
	pfree(m.upper);
	pfree(m.lower);
	pfree(m.left);
	pfree(m.right);
	pfree(m.above);
	pfree(m.not_below);
	pfree(m.middle);
	pfree(m.weight);
	return result;
}
