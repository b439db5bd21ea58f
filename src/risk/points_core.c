/*-------------------------------------------------------------------------
 * points_core.c
 *	  Points tables: data/risk/risk_points.csv, and one evaluator.
 *-------------------------------------------------------------------------
 */
#define HB_RISK_POINTS
#include "risk/risk.h"

static inline bool
counts(const HbRiskGroup *group, const double *x)
{
	for (int i = 0; i < group->conditions; i++)
		if (x[group->only[i].input] != group->only[i].is)
			return false;
	return true;
}

double
hb_risk_points(const HbRiskGroup *group, int groups, const HbRiskStep *step, const double *x, int *most)
{
	int			total = 0;
	int			highest = 0;

	for (; groups > 0; groups--, group++)
	{
		double		value = x[group->input];
		int			points = 0;

		if (!counts(group, x))
			continue;
		for (int i = group->first; i < group->first + group->steps; i++)
			points += value >= step[i].from ? step[i].more : 0;
		total += points;
		highest = Max(highest, points);
	}
	if (most)
		*most = highest;
	return total;
}
