/*-------------------------------------------------------------------------
 * points_core.c
 *	  Points tables: data/risk/risk_points.csv, and one evaluator.
 *
 * tools/risk-models writes a table as groups of steps, HB_RISK_POINTS_NAME.
 * Without loops and branches a table takes a quarter of the time.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

/* From this limit on an input has these points. */
#define STEP(limit, points)		n = value >= (limit) ? (points) : n;

/* The steps of an input, ascending, which count on a condition. */
#define GROUP(input, condition, steps) \
	{ \
		double		value = x[input]; \
		int			n = 0; \
		steps \
		n &= -(int) (condition); \
		total += n; \
		highest = Max(highest, n); \
	}

/* The points of a model; most: those of the group that has most. */
#define EVALUATOR(name) \
	static inline int \
	points_##name(const double *x, int *most) \
	{ \
		int			total = 0; \
		int			highest = 0; \
		HB_RISK_POINTS_##name \
		*most = highest; \
		return total; \
	}

#define EVAL(name) \
	EVALUATOR(name) \
	double \
	hb_eval_##name(const double *x) \
	{ \
		int			most; \
		return points_##name(x, &most); \
	}

#define MOST(name) \
	int \
	hb_most_##name(const double *x) \
	{ \
		int			most; \
		(void) points_##name(x, &most); \
		return most; \
	}

HB_RISK_BY_POINTS(EVAL)
HB_RISK_BY_MOST(MOST)
