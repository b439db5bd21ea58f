/* link: src/common/order.c */
/*-------------------------------------------------------------------------
 * order_test.c
 *	  Sorting and selecting, in orders that are hard for them.
 *-------------------------------------------------------------------------
 */
#include "common/order.h"

#include <float.h>
#include <math.h>

#include "common/tap.h"

/* What the server has. */
volatile int InterruptPending;
void		ProcessInterrupts(void);

void
ProcessInterrupts(void)
{
}

static uint64 seed = 7;

static double
random_number(void)
{
	seed = seed * UINT64CONST(6364136223846793005) + UINT64CONST(1442695040888963407);
	return (double) (seed >> 11) / 9007199254740992.0;
}

/* Value i of n in one of several orders. */
static double
value(int order, int i, int n)
{
	switch (order)
	{
		case 0:
			return i;
		case 1:
			return -i;
		case 2:
			return i % 2 ? i : n - i;
		case 3:
			return floor(3 * random_number());
		case 4:
			return (random_number() - 0.5) * pow(10, 600 * (random_number() - 0.5));
		case 5:
			return 1e9 + 1e-6 * floor(1e6 * random_number());
		case 6:
			return i < n / 2 ? i : n - i;
		default:
			return i % 5 == 0 ? -0.0 : i % 5 == 1 ? 0 : i % 5 == 2 ? DBL_MIN : i % 5 == 3 ? -DBL_MAX : DBL_MAX;
	}
}

int
main(void)
{
	static const int sizes[] = {1, 2, 3, 10, 255, 256, 257, 599, 1000, 5000};

	for (int order = 0; order < 8; order++)
		for (size_t s = 0; s < lengthof(sizes); s++)
		{
			int			n = sizes[s];
			double	   *x = malloc(sizeof(double) * n);
			double	   *y = malloc(sizeof(double) * n);
			double	   *z = malloc(sizeof(double) * n);
			double	   *room = malloc(sizeof(double) * n);
			bool		sorted = true;
			bool		selected = true;
			bool		quantiles = true;

			for (int i = 0; i < n; i++)
				x[i] = y[i] = z[i] = value(order, i, n);
			qsort(y, n, sizeof(double), hb_compare_double);
			memcpy(z, x, sizeof(double) * n);
			hb_sort(z, n, room);
			for (int i = 0; i < n; i++)
				sorted = sorted && z[i] == y[i];
			memcpy(z, x, sizeof(double) * n);
			hb_qsort(z, n, sizeof(double), hb_compare_double);
			for (int i = 0; i < n; i++)
				sorted = sorted && z[i] == y[i];
			memcpy(z, x, sizeof(double) * n);
			hb_sort(z, n, NULL);
			for (int i = 0; i < n; i++)
				sorted = sorted && z[i] == y[i];
			for (int k = 0; k < n; k += 1 + n / 17)
			{
				double		p = n > 1 ? (double) k / (n - 1) : 0;

				memcpy(z, x, sizeof(double) * n);
				selected = selected && hb_select(z, n, k) == y[k];
				for (int i = 0; i < n; i++)
					selected = selected && (i <= k ? z[i] <= y[k] : z[i] >= y[k]);
				memcpy(z, x, sizeof(double) * n);
				quantiles = quantiles && hb_quantile(z, n, p) == hb_quantile_sorted(y, n, p);
				quantiles = quantiles && hb_quantile(z, n, 0.37) == hb_quantile_sorted(y, n, 0.37);
			}
			ok(sorted && selected && quantiles, "%d values in order %d", n, order);
			free(x);
			free(y);
			free(z);
			free(room);
		}
	return done();
}
