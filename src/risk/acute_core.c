/*-------------------------------------------------------------------------
 * acute_core.c
 *	  Early warning: what the points of NEWS2 mean.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

/* A single parameter of 3 is more than the low total that it may come with. */
int
hb_class_news2(const double *x, double value)
{
	enum
	{
		LOW,
		LOW_MEDIUM,
		MEDIUM,
		HIGH
	};

	if (value >= 7)
		return HIGH;
	if (value >= 5)
		return MEDIUM;
	return hb_most_news2(x) >= 3 ? LOW_MEDIUM : LOW;
}

/* The inputs are those of news2. */
double
hb_eval_news2_red(const double *x)
{
	StaticAssertStmt((int) NEWS2_RED_INPUTS == (int) NEWS2_INPUTS, "as news2");
	return hb_most_news2(x) >= 3;
}
