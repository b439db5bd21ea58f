/*-------------------------------------------------------------------------
 * rng_core.c
 *	  Counter-based random numbers, Philox4x32-10, and distributions.
 *-------------------------------------------------------------------------
 */
#include "base/rng.h"

#include <math.h>

void
hb_philox(const uint32 counter[4], const uint32 key[2], uint32 out[4])
{
	uint32		c0 = counter[0],
				c1 = counter[1],
				c2 = counter[2],
				c3 = counter[3];
	uint32		k0 = key[0],
				k1 = key[1];

	for (int round = 0; round < 10; round++)
	{
		uint64		p0 = (uint64) 0xD2511F53 * c0;
		uint64		p1 = (uint64) 0xCD9E8D57 * c2;

		c0 = (uint32) (p1 >> 32) ^ c1 ^ k0;
		c1 = (uint32) p1;
		c2 = (uint32) (p0 >> 32) ^ c3 ^ k1;
		c3 = (uint32) p0;
		k0 += 0x9E3779B9;
		k1 += 0xBB67AE85;
	}
	out[0] = c0;
	out[1] = c1;
	out[2] = c2;
	out[3] = c3;
}

void
hb_rng_start(HbRng *rng, uint64 seed, uint64 id, uint32 purpose)
{
	rng->key[0] = (uint32) seed;
	rng->key[1] = (uint32) (seed >> 32);
	rng->counter[0] = 0;
	rng->counter[1] = purpose;
	rng->counter[2] = (uint32) id;
	rng->counter[3] = (uint32) (id >> 32);
	rng->left = 0;
}

uint32
hb_rng_next(HbRng *rng)
{
	if (rng->left == 0)
	{
		hb_philox(rng->counter, rng->key, rng->out);
		rng->counter[0]++;
		rng->left = 4;
	}
	return rng->out[--rng->left];
}

double
hb_rng_uniform(HbRng *rng)
{
	uint64		bits = ((uint64) hb_rng_next(rng) << 32 | hb_rng_next(rng)) >> 11;

	return ((double) bits + 0.5) / 9007199254740992.0;
}

bool
hb_rng_chance(HbRng *rng, double p)
{
	return hb_rng_next(rng) < p * 4294967296.0;
}

uint32
hb_rng_below(HbRng *rng, uint32 n)
{
	return (uint32) ((uint64) hb_rng_next(rng) * n >> 32);
}

/* Marsaglia's polar method, without the second value: a stream keeps no more. */
double
hb_rng_normal(HbRng *rng)
{
	for (;;)
	{
		double		u = 2 * hb_rng_uniform(rng) - 1;
		double		v = 2 * hb_rng_uniform(rng) - 1;
		double		s = u * u + v * v;

		if (s > 0 && s < 1)
			return u * sqrt(-2 * log(s) / s);
	}
}

double
hb_rng_exponential(HbRng *rng)
{
	return -log(hb_rng_uniform(rng));
}

/* Marsaglia and Tsang 2000, doi:10.1145/358407.358414; scale 1. */
double
hb_rng_gamma(HbRng *rng, double shape)
{
	double		boost = shape < 1 ? pow(hb_rng_uniform(rng), 1 / shape) : 1;
	double		d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
	double		c = 1 / sqrt(9 * d);

	for (;;)
	{
		double		x = hb_rng_normal(rng);
		double		v = 1 + c * x;

		if (v <= 0)
			continue;
		v = v * v * v;
		if (log(hb_rng_uniform(rng)) < 0.5 * x * x + d - d * v + d * log(v))
			return boost * d * v;
	}
}

/* By multiplication; means above 30 in parts. */
int
hb_rng_poisson(HbRng *rng, double mean)
{
	int			n = 0;

	while (mean > 0)
	{
		double		limit = exp(-Min(mean, 30));
		double		product = hb_rng_uniform(rng);

		for (; product > limit; product *= hb_rng_uniform(rng))
			n++;
		mean -= 30;
	}
	return n;
}

int
hb_rng_pick(HbRng *rng, const double *cumulated, int n)
{
	double		x = hb_rng_uniform(rng) * cumulated[n - 1];
	int			lo = 0;
	int			hi = n - 1;

	while (lo < hi)
	{
		int			mid = (lo + hi) / 2;

		if (cumulated[mid] > x)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}
