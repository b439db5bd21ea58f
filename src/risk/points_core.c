/*-------------------------------------------------------------------------
 * points_core.c
 *	  Points tables: data/risk/risk_points.csv, and one evaluator.
 *-------------------------------------------------------------------------
 */
#define HB_RISK_POINTS
#include "risk/risk.h"

double
hb_risk_points(const HbRiskStep *step, int n, const double *x)
{
	int			total = 0;
	int			points = 0;

	for (int i = 0; i < n; i++)
	{
		double		value = x[step[i].input];

		if (step[i].above ? value > step[i].from : value >= step[i].from)
			points = step[i].points;
		if (step[i].last)
		{
			if (step[i].only < 0 || x[step[i].only] == step[i].is)
				total += points;
			points = 0;
		}
	}
	return total;
}
