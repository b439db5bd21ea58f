/*-------------------------------------------------------------------------
 * privacy.h
 *	  What remains of persons in a table: classes of rows that quasi-
 *	  identifiers do not tell apart, and sensitive values in them.
 *-------------------------------------------------------------------------
 */
#ifndef HB_PRIVACY_H
#define HB_PRIVACY_H

#include "common/state.h"

/* How many records have values of which there are n; sizes ascend. */
typedef struct HbClassSize
{
	int64		size;			/* of the class */
	int64		classes;
	int64		records;		/* in these classes */
} HbClassSize;

/*
 * Sums over classes are kept as whole numbers of 2^-62, the last 31 bits
 * apart, so that the order in which classes come does not matter.
 */
typedef struct HbExactSum
{
	int64		high;
	int64		low;
} HbExactSum;

typedef struct HbPrivacySizes
{
	HbState		state;
	int64		populated;		/* records of classes whose population is known */
	HbExactSum	journalist;		/* over them, one part in the population */
	HbExactSum	individual;		/* over them, risk after Benedetti and Franconi */
	double		least;			/* population of a class; 0 if none is known */
} HbPrivacySizes;

/* How often a sensitive value occurs. */
typedef struct HbValueCount
{
	int64		value;
	int64		n;
} HbValueCount;

typedef struct HbPrivacyValues
{
	HbState		state;
	int64		settled;		/* elements from the first on that are in order, each value once */
} HbPrivacyValues;

/* ----- pure measures (privacy_core.c) ----- */

/* Risk of a record among f in the sample, of whose values the population has some. */
extern double hb_individual_risk(int64 f, double population);

extern double hb_entropy_l(const HbValueCount *v, int64 n);
/* The greatest count over the sum of the l-th greatest on; 0 if there are fewer. */
extern double hb_recursive_c(const int64 *descending, int64 n, int64 l);

/* Distances of a class from the whole, whose values include those of the class. */
typedef struct HbSpread
{
	const HbValueCount *v;		/* ascending by value */
	int64		n;
	int64		total;
} HbSpread;

/* The share that a value has, 0 for one that is absent. */
extern double hb_share(const HbSpread *spread, int64 value);

extern double hb_t_equal(const HbSpread *part, const HbSpread *whole);
extern double hb_t_ordered(const HbSpread *part, const HbSpread *whole);

/* The leaves of a hierarchy in the order of their paths from the root. */
typedef struct HbHierarchy
{
	int			leaves;
	int			height;			/* levels above the leaves */
	int64	   *value;			/* of a leaf */
	int		   *joined;			/* lowest level at which it and the one before have one ancestor */
} HbHierarchy;

extern double hb_t_hierarchical(const HbSpread *part, const HbSpread *whole, const HbHierarchy *tree);

extern double hb_beta(const HbSpread *part, const HbSpread *whole);
extern double hb_delta(const HbSpread *part, const HbSpread *whole);

#endif							/* HB_PRIVACY_H */
