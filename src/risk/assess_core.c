/*-------------------------------------------------------------------------
 * assess_core.c
 *	  The area under the ROC curve, and the fit of probabilities.
 *
 * DeLong, DeLong, Clarke-Pearson 1988, doi:10.2307/2531595, from the placements of
 * each row among those of the other outcome; one pass over sorted scores gives them
 * all (Sun, Xu 2014, doi:10.1109/LSP.2014.2337313). Cox 1958 for the logistic
 * recalibration, doi:10.1093/biomet/45.3-4.562. Hosmer, Lemeshow 1980,
 * doi:10.1080/03610928008827941.
 *-------------------------------------------------------------------------
 */
#include "risk/assess.h"

#include <math.h>

/* Rows of one score; elements of the same one stand together. */
typedef struct Tie
{
	double		score;
	double		cases;
	double		controls;
} Tie;

/* The rows of the score at i; returns where the next one begins. */
static inline int64
next_tie(const HbScored *e, int64 n, int64 i, Tie *tie)
{
	tie->score = e[i].score;
	tie->cases = 0;
	tie->controls = 0;
	for (; i < n && e[i].score == tie->score; i++)
	{
		tie->cases += e[i].cases;
		tie->controls += e[i].controls;
	}
	return i;
}

void
hb_auc(const HbScored *e, int64 n, HbAuc *result)
{
	double		cases = 0;
	double		controls = 0;
	double		pairs = 0;		/* won by the case, twice */
	double		case_squares = 0;
	double		control_squares = 0;
	double		cases_below = 0;
	double		controls_below = 0;
	Tie			tie;

	for (int64 i = 0; i < n;)
	{
		i = next_tie(e, n, i, &tie);
		pairs += tie.cases * (2 * controls + tie.controls);
		cases += tie.cases;
		controls += tie.controls;
	}
	result->cases = cases;
	result->controls = controls;
	result->auc = cases > 0 && controls > 0 ? pairs / 2 / cases / controls : NAN;

	for (int64 i = 0; i < n;)
	{
		double		of_case;
		double		of_control;

		i = next_tie(e, n, i, &tie);
		of_case = (controls_below + tie.controls / 2) / controls - result->auc;
		of_control = (cases - cases_below - tie.cases / 2) / cases - result->auc;
		case_squares += tie.cases * of_case * of_case;
		control_squares += tie.controls * of_control * of_control;
		cases_below += tie.cases;
		controls_below += tie.controls;
	}
	result->variance = cases > 1 && controls > 1 ?
		case_squares / (cases - 1) / cases + control_squares / (controls - 1) / controls : NAN;
}

void
hb_calibration_sums(const HbScored *e, int64 n, HbCalibrationSums *sums)
{
	memset(sums, 0, sizeof(*sums));
	sums->lowest_case = sums->lowest_control = INFINITY;
	sums->highest_case = sums->highest_control = -INFINITY;
	for (int64 i = 0; i < n; i++)
	{
		double		p = e[i].score;
		double		rows = (double) e[i].cases + e[i].controls;

		sums->n += rows;
		sums->events += e[i].cases;
		sums->expected += rows * p;
		sums->squares += e[i].cases * (1 - p) * (1 - p) + e[i].controls * p * p;
		if (p == 0 || p == 1)
		{
			sums->sure += rows;
			continue;
		}
		if (e[i].cases > 0)
		{
			sums->lowest_case = Min(sums->lowest_case, p);
			sums->highest_case = p;
		}
		if (e[i].controls > 0)
		{
			sums->lowest_control = Min(sums->lowest_control, p);
			sums->highest_control = p;
		}
	}
}

/* The likelihood and its derivatives at an intercept and a slope; a sure probability has no logit, and is left out. */
void
hb_logit_evaluate(const HbScored *e, int64 n, HbLogit *fit)
{
	HbLogit		sum = {.intercept = fit->intercept,.slope = fit->slope};

	for (int64 i = 0; i < n; i++)
	{
		double		p = e[i].score;
		double		rows = (double) e[i].cases + e[i].controls;
		double		x;
		double		z;
		double		small;		/* exp(-|z|), which cannot overflow */
		double		risk;
		double		residual;
		double		weight;

		if (p == 0 || p == 1)
			continue;
		x = hb_logit(p);
		z = fit->intercept + fit->slope * x;
		small = exp(-fabs(z));
		risk = (z >= 0 ? 1 : small) / (1 + small);
		residual = e[i].cases - rows * risk;
		weight = rows * small / ((1 + small) * (1 + small));
		sum.likelihood += (z >= 0 ? -e[i].controls * z : e[i].cases * z) - rows * log1p(small);
		sum.gradient[0] += residual;
		sum.gradient[1] += residual * x;
		sum.information[0] += weight;
		sum.information[1] += weight * x;
		sum.information[2] += weight * x * x;
	}
	*fit = sum;
}

/* Rows of an element. */
static inline int64
rows_of(const HbScored *e)
{
	return (int64) e->cases + e->controls;
}

/*
 * Quantiles of the rows, groups + 1 of them, by linear interpolation between order
 * statistics: type 7 of Hyndman and Fan 1996.
 */
static void
find_cuts(const HbScored *e, int64 n, int groups, double *cut)
{
	int64		rows = 0;
	int64		below = 0;		/* rows before element at */
	int64		at = 0;

	for (int64 i = 0; i < n; i++)
		rows += rows_of(&e[i]);
	for (int g = 0; g <= groups; g++)
	{
		int64		place = (rows - 1) / groups * g + (rows - 1) % groups * g / groups;
		int64		part = (rows - 1) % groups * g % groups;

		while (below + rows_of(&e[at]) <= place)
			below += rows_of(&e[at++]);
		cut[g] = e[at].score;
		if (part > 0 && below + rows_of(&e[at]) == place + 1)
			cut[g] += (e[at + 1].score - cut[g]) * part / groups;
	}
}

/*
 * Part the rows at the quantiles of their probabilities; equal ones stay together, so
 * that there may be fewer groups. Each holds what is above one cut, and the next cut.
 */
int
hb_calibration_groups(const HbScored *e, int64 n, int groups, double *cut, HbCalibrationGroup *group)
{
	int			found = 0;
	int			next = 1;		/* cut at which the group ends */

	if (n == 0)
		return 0;
	find_cuts(e, n, groups, cut);
	for (int64 i = 0; i < n; i++)
	{
		bool		first = i == 0;

		for (; next < groups && e[i].score > cut[next]; next++)
			first = true;
		if (first)
			group[found++] = (HbCalibrationGroup) {.lo = e[i].score};
		group[found - 1].hi = e[i].score;
		group[found - 1].n += (double) rows_of(&e[i]);
		group[found - 1].events += e[i].cases;
		group[found - 1].expected += (double) rows_of(&e[i]) * e[i].score;
	}
	return found;
}

/* The statistic: squared distances of events, and of what is none, over what was expected. */
double
hb_hosmer_lemeshow(const HbCalibrationGroup *group, int groups)
{
	double		sum = 0;

	for (int i = 0; i < groups; i++)
	{
		double		distance = group[i].events - group[i].expected;
		double		none = group[i].n - group[i].expected;

		if (distance != 0)
			sum += distance * distance / group[i].expected + distance * distance / none;
	}
	return sum;
}
