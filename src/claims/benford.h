/*-------------------------------------------------------------------------
 * benford.h
 *	  Digits of amounts against the law of Benford.
 *-------------------------------------------------------------------------
 */
#ifndef HB_BENFORD_H
#define HB_BENFORD_H

#include "common/decimal.h"
#include "common/math.h"
#include "common/state.h"

#define HB_BENFORD_CELLS	100

/*
 * What is counted of positive amounts; zero and negative ones are only told.
 * What every row writes to stands together, and counts are narrow: what matters
 * with thousands of groups is how many of them a cache holds.
 */
typedef struct HbBenford
{
	HbState		base;
	int64		scale;			/* decimals of the last two digits */
	int64		zero;
	int64		negative;
	int64		collapsed_n;	/* amounts of 10 and more */
	HbSum		cosine;			/* of the angle 2 pi frac(log10(amount)) */
	HbSum		sine;
	HbSum		collapsed;		/* amounts of 10 and more, brought to 10 to 100 */
	double		min;			/* of positive amounts, 0 if none */
	double		max;
	int32		first_two[90];	/* from 10 */
	int32		first_only[9];	/* integers of one digit, from 1 */
	int32		last_two[100];
} HbBenford;

extern const HbStateType hb_benford_type;

typedef enum HbBenfordTest
{
	HB_BENFORD_FIRST,
	HB_BENFORD_SECOND,
	HB_BENFORD_FIRST_TWO,
	HB_BENFORD_LAST_TWO
} HbBenfordTest;

/* The counts that a test is about, and what the law expects of them. */
typedef struct HbBenfordCounts
{
	HbBenfordTest test;
	int			cells;
	int			from;			/* digits of the first cell */
	int64		n;
	int64		count[HB_BENFORD_CELLS];
	double		expected[HB_BENFORD_CELLS];	/* share */
} HbBenfordCounts;

extern void hb_benford_counts(HbBenfordCounts *counts, const HbBenford *b, HbBenfordTest test);
/* How many positive amounts there are. */
extern int64 hb_benford_positive(const HbBenford *b);

/* The statistics of Benford's law. */
typedef struct HbBenfordStats
{
	double		chi2;
	double		g;
	double		mad;
	double		ssd;
	double		ks;
	double		d;
	double		d_star;
	double		m;
	double		u2;
} HbBenfordStats;

extern HbBenfordStats hb_benford_stats(const HbBenfordCounts *counts);
/* Nigrini's class of a mean absolute deviation; NULL where he gives none. */
extern const char *hb_benford_conformity(HbBenfordTest test, double mad);

#endif							/* HB_BENFORD_H */
