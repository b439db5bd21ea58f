/*-------------------------------------------------------------------------
 * rng.h
 *	  Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror,
 *	  Shaw 2011, doi:10.1145/2063384.2063405), and distributions over them.
 *
 * A stream is named by seed, id and purpose. Nothing else enters it, so what
 * is drawn for one person does not depend on who else is drawn, when or where.
 *-------------------------------------------------------------------------
 */
#ifndef HB_RNG_H
#define HB_RNG_H

#include "common/compat.h"

typedef struct HbRng
{
	uint32		key[2];
	uint32		counter[4];		/* draws, purpose, id, id */
	uint32		out[4];
	int			left;			/* unused words of out */
} HbRng;

/* The ten rounds: out of counter and key. */
extern void hb_philox(const uint32 counter[4], const uint32 key[2], uint32 out[4]);

extern void hb_rng_start(HbRng *rng, uint64 seed, uint64 id, uint32 purpose);
extern uint32 hb_rng_next(HbRng *rng);
/* In the open interval (0, 1), 53 bits. */
extern double hb_rng_uniform(HbRng *rng);
extern bool hb_rng_chance(HbRng *rng, double p);
/* 0 to n - 1 */
extern uint32 hb_rng_below(HbRng *rng, uint32 n);
extern double hb_rng_normal(HbRng *rng);
extern double hb_rng_exponential(HbRng *rng);
extern double hb_rng_gamma(HbRng *rng, double shape);
extern int	hb_rng_poisson(HbRng *rng, double mean);
/* The index of a draw by cumulated weights; the last is the total. */
extern int	hb_rng_pick(HbRng *rng, const double *cumulated, int n);

/* A strong mix of 64 bits (splitmix64). */
static inline uint64
hb_mix64(uint64 x)
{
	x += UINT64CONST(0x9E3779B97F4A7C15);
	x = (x ^ (x >> 30)) * UINT64CONST(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64CONST(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

#endif							/* HB_RNG_H */
