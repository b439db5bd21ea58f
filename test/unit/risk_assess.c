/* link: src/risk/assess_core.c */
/*-------------------------------------------------------------------------
 * risk_assess.c
 *	  The area under the curve against all pairs, groups against ranks, the
 *	  derivatives of the likelihood against differences.
 *-------------------------------------------------------------------------
 */
#include "risk/assess.h"

#include "common/tap.h"

#define MOST	60

static uint64 seed = 20260611;

static int
below(int n)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (int) ((seed * UINT64CONST(2685821657736338717)) >> 33) % n;
}

/* Ascending scores, some of them the same. */
static int
make(HbScored *e, double scale)
{
	int			n = 1 + below(MOST);
	int			score = -below(10);

	for (int i = 0; i < n; i++)
		e[i] = (HbScored) {(score += below(3)) * scale, below(4), 1 + below(3)};
	return n;
}

static bool
close_to(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-11 * (1 + fabs(b));
}

/* How often the row of one element wins against the rows of the other kind. */
static double
placement(const HbScored *e, int n, double score, bool of_case)
{
	double		won = 0;
	double		all = 0;

	for (int i = 0; i < n; i++)
	{
		double		rows = of_case ? e[i].controls : e[i].cases;

		won += rows * (e[i].score == score ? 0.5 : (e[i].score < score) == of_case);
		all += rows;
	}
	return won / all;
}

static bool
agrees_with_pairs(const HbScored *e, int n)
{
	double		count[2] = {0, 0};
	double		sum[2] = {0, 0};
	double		squares[2] = {0, 0};
	HbAuc		auc;

	for (int i = 0; i < n; i++)
		for (int kind = 0; kind < 2; kind++)
		{
			double		rows = kind ? e[i].cases : e[i].controls;

			if (rows > 0)
				sum[kind] += rows * placement(e, n, e[i].score, kind);
			count[kind] += rows;
		}
	for (int i = 0; i < n; i++)
		for (int kind = 0; kind < 2; kind++)
		{
			double		rows = kind ? e[i].cases : e[i].controls;
			double		distance = placement(e, n, e[i].score, kind) - sum[kind] / count[kind];

			if (rows > 0)
				squares[kind] += rows * distance * distance;
		}
	hb_auc(e, n, &auc);
	if (count[1] == 0)
		return isnan(auc.auc) && isnan(auc.variance);
	return close_to(auc.auc, sum[1] / count[1]) && close_to(auc.auc, sum[0] / count[0]) &&
		(count[0] < 2 || count[1] < 2 ? isnan(auc.variance) :
		 close_to(auc.variance, squares[0] / (count[0] - 1) / count[0] + squares[1] / (count[1] - 1) / count[1]));
}

/* The quantile g of groups as its definition says, from rows laid out one by one. */
static double
quantile(const HbScored *e, int n, int g, int groups)
{
	double		row[MOST * 6];
	int			rows = 0;
	int			place;
	double		part;

	for (int i = 0; i < n; i++)
		for (int k = 0; k < e[i].cases + e[i].controls; k++)
			row[rows++] = e[i].score;
	place = (rows - 1) * g / groups;
	part = (rows - 1) * g % groups / (double) groups;
	return part > 0 ? row[place] + (row[place + 1] - row[place]) * part : row[place];
}

static bool
agrees_with_ranks(const HbScored *e, int n)
{
	int			groups = 2 + below(20);
	double		cut[32];
	HbCalibrationGroup group[32];
	int			found = hb_calibration_groups(e, n, groups, cut, group);
	double		rows = 0;
	double		last = -INFINITY;

	for (int g = 0; g <= groups; g++)
		if (!close_to(cut[g], quantile(e, n, g, groups)))
			return false;
	for (int i = 0; i < found; i++)
	{
		int			parted = 0;

		for (int g = 1; g < groups; g++)
			parted += group[i].lo <= cut[g] && cut[g] < group[i].hi;
		if (parted > 0 || !(group[i].lo > last) || group[i].n <= 0)
			return false;
		last = group[i].hi;
		rows += group[i].n;
	}
	for (int i = 0; i < n; i++)
		rows -= e[i].cases + e[i].controls;
	return found <= groups && rows == 0;
}

static bool
has_derivatives(const HbScored *e, int n)
{
	const double h = 1e-4;
	HbLogit		at = {.intercept = 0.3,.slope = 0.8};
	HbLogit		up = {.intercept = 0.3 + h,.slope = 0.8};
	HbLogit		right = {.intercept = 0.3,.slope = 0.8 + h};

	hb_logit_evaluate(e, n, &at);
	hb_logit_evaluate(e, n, &up);
	hb_logit_evaluate(e, n, &right);
	return fabs((up.likelihood - at.likelihood) / h - (up.gradient[0] + at.gradient[0]) / 2) < 1e-4 &&
		fabs((right.likelihood - at.likelihood) / h - (right.gradient[1] + at.gradient[1]) / 2) < 1e-4 &&
		fabs((at.gradient[0] - up.gradient[0]) / h - (at.information[0] + up.information[0]) / 2) < 1e-3 &&
		fabs((at.gradient[0] - right.gradient[0]) / h - (at.information[1] + right.information[1]) / 2) < 1e-3 &&
		fabs((at.gradient[1] - right.gradient[1]) / h - (at.information[2] + right.information[2]) / 2) < 1e-3;
}

int
main(void)
{
	HbScored	e[MOST];
	HbScored	probability[MOST];
	HbCalibrationSums sums;
	bool		pairs = true;
	bool		ranks = true;
	bool		derivatives = true;
	double		cut[3];
	HbCalibrationGroup group[2];

	for (int round = 0; round < 2000; round++)
	{
		int			n = make(e, 0.25);
		int			rows = make(probability, 1);

		pairs &= agrees_with_pairs(e, n);
		ranks &= agrees_with_ranks(e, n);
		for (int i = 0; i < rows; i++)
			probability[i].score = 1 / (1 + exp(-probability[i].score / 20));
		derivatives &= has_derivatives(probability, rows);
	}
	ok(pairs, "the area and its variance are those of all pairs");
	ok(ranks, "cuts are the quantiles of the rows, groups lie between them");
	ok(derivatives, "gradient and information are the derivatives of the likelihood");
	hb_calibration_sums(e, 0, &sums);
	ok(sums.n == 0 && !(sums.lowest_case <= sums.highest_case), "nothing sums to nothing");
	ok(hb_calibration_groups(e, 0, 2, cut, group) == 0, "and has no groups");
	return done();
}
