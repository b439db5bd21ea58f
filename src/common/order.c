/*-------------------------------------------------------------------------
 * order.c
 *	  Sorting, selecting and quantiles of arrays of finite doubles.
 *
 * Many values are sorted by the bytes of their bits (LSD radix), few by
 * comparing. A rank is selected as Hoare (1961) does, with the pivot of Floyd
 * and Rivest (1975); an order of values made to defeat that is sorted.
 *-------------------------------------------------------------------------
 */
#include "common/order.h"

#include <math.h>

#include "miscadmin.h"

#define FEW			256			/* up to here comparing is faster */
#define SAMPLED		600			/* from here on the pivot is taken from a sample */
#define BLOCK		65536		/* values between checks for interrupts */

#define ST_SORT		sort_few
#define ST_ELEMENT_TYPE	double
#define ST_COMPARE(a, b)	(*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_COMPARE_RET_TYPE	int
#define ST_SCOPE	static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT		hb_qsort
#define ST_ELEMENT_TYPE_VOID
#define ST_COMPARE_RUNTIME_POINTER
#define ST_SCOPE
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

int
hb_compare_double(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return x < y ? -1 : x > y;
}

/* The bits of a double as a number of the same order. */
static inline uint64
key_of(double x)
{
	uint64		bits;

	memcpy(&bits, &x, sizeof bits);
	return bits ^ (bits >> 63 ? ~UINT64CONST(0) : UINT64CONST(1) << 63);
}

static void
sort_by_bytes(double *x, int64 n, double *room)
{
	int64		count[8][256] = {{0}};
	double	   *from = x;
	double	   *to = room;

	for (int64 i = 0; i < n; i++)
	{
		uint64		key = key_of(x[i]);

		if (i % BLOCK == 0)
			CHECK_FOR_INTERRUPTS();
		for (int byte = 0; byte < 8; byte++)
			count[byte][key >> 8 * byte & 255]++;
	}
	for (int byte = 0; byte < 8; byte++)
	{
		int64	   *place = count[byte];
		int64		sum = 0;

		/* All values may have this byte in common. */
		if (place[key_of(x[0]) >> 8 * byte & 255] == n)
			continue;
		for (int i = 0; i < 256; i++)
		{
			int64		here = place[i];

			place[i] = sum;
			sum += here;
		}
		for (int64 i = 0; i < n; i++)
		{
			if (i % BLOCK == 0)
				CHECK_FOR_INTERRUPTS();
			to[place[key_of(from[i]) >> 8 * byte & 255]++] = from[i];
		}
		to = from;
		from = to == x ? room : x;
	}
	if (from != x)
		memcpy(x, from, sizeof(double) * n);
}

void
hb_sort(double *x, int64 n, double *room)
{
	if (n > FEW && room != NULL)
		sort_by_bytes(x, n, room);
	else
		sort_few(x, n);
}

static inline void
swap(double *x, int64 i, int64 j)
{
	double		t = x[i];

	x[i] = x[j];
	x[j] = t;
}

/* Bring a good pivot of x[left..right] for rank k to place k: that rank of a sample. */
static void
select_range(double *x, int64 left, int64 right, int64 k, int depth)
{
	while (right > left)
	{
		double		pivot;
		int64		i = left;
		int64		j = right;

		if (depth-- <= 0)
		{
			sort_few(x + left, right - left + 1);
			return;
		}
		if (right - left > SAMPLED)
		{
			double		n = (double) (right - left + 1);
			double		m = (double) (k - left + 1);
			double		z = log(n);
			double		s = 0.5 * exp(2 * z / 3);
			double		sd = 0.5 * sqrt(z * s * (n - s) / n) * (m < n / 2 ? -1 : 1);

			select_range(x, Max(left, k - (int64) (m * s / n - sd)),
						 Min(right, k + (int64) ((n - m) * s / n + sd)), k, depth);
		}
		pivot = x[k];
		while (i <= j)
		{
			while (x[i] < pivot)
				i++;
			while (x[j] > pivot)
				j--;
			if (i <= j)
				swap(x, i++, j--);
		}
		CHECK_FOR_INTERRUPTS();
		if (k <= j)
			right = j;
		else if (k >= i)
			left = i;
		else
			return;
	}
}

double
hb_select(double *x, int64 n, int64 k)
{
	Assert(k >= 0 && k < n);
	select_range(x, 0, n - 1, k, 64);
	return x[k];
}

double
hb_quantile(double *x, int64 n, double p)
{
	double		rank = p * (double) (n - 1);
	int64		below = (int64) rank;
	double		low = hb_select(x, n, below);
	double		high = low;
	double		part = rank - (double) below;

	if (part == 0)
		return low;
	high = x[below + 1];
	for (int64 i = below + 2; i < n; i++)
		high = x[i] < high ? x[i] : high;
	return low + part * (high - low);
}

double
hb_quantile_sorted(const double *x, int64 n, double p)
{
	double		rank = p * (double) (n - 1);
	int64		below = (int64) rank;
	double		part = rank - (double) below;

	return part == 0 ? x[below] : x[below] + part * (x[below + 1] - x[below]);
}
