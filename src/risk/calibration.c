/*-------------------------------------------------------------------------
 * calibration.c
 *	  Do predicted probabilities agree with what came? Accessors of calibration.
 *-------------------------------------------------------------------------
 */
#include "common/math.h"
#include "risk/assess.h"

#include "funcapi.h"
#include "miscadmin.h"

#define MAX_GROUPS	1000
#define MAX_STEPS	100
#define FARTHEST	16
#define NEAR		1e-6	/* twice the likelihood that a step may still gain */
#define TOLERANCE	1e-10	/* of the last step; its error is the square */

/* Solve information * step = gradient; with a fixed slope for the intercept alone. */
static void
newton_step(const HbLogit *fit, bool free_slope, double step[2])
{
	const double *i = fit->information;
	double		determinant = i[0] * i[2] - i[1] * i[1];

	step[0] = free_slope ? (i[2] * fit->gradient[0] - i[1] * fit->gradient[1]) / determinant : fit->gradient[0] / i[0];
	step[1] = free_slope ? (i[0] * fit->gradient[1] - i[1] * fit->gradient[0]) / determinant : 0;
}

/*
 * Fit the logistic recalibration by Newton's method, beginning where the slope is fixed
 * or everybody has the same risk. No step moves a row by more than FARTHEST, since far
 * out the likelihood is all but straight. A step that does not gain is halved, the
 * likelihood being concave; near the end the gain would drown in rounding. reach is the
 * greatest logit. NaN if there is no finite fit.
 */
static HbLogit
recalibrate(const HbScored *e, int64 n, bool free_slope, double reach, bool exists)
{
	HbLogit		fit = {.intercept = 0,.slope = free_slope ? 0 : 1};

	if (exists)
		hb_logit_evaluate(e, n, &fit);
	for (int round = 0; exists && round < MAX_STEPS; round++)
	{
		double		step[2];
		double		scale;
		bool		near;
		HbLogit		next;

		newton_step(&fit, free_slope, step);
		near = step[0] * fit.gradient[0] + step[1] * fit.gradient[1] < NEAR;
		scale = Min(1, FARTHEST / (fabs(step[0]) + fabs(step[1]) * reach));
		for (int half = 0; half < MAX_STEPS; half++, scale /= 2)
		{
			CHECK_FOR_INTERRUPTS();
			next.intercept = fit.intercept + step[0] * scale;
			next.slope = fit.slope + step[1] * scale;
			hb_logit_evaluate(e, n, &next);
			if (near || next.likelihood > fit.likelihood)
				break;
		}
		fit = next;
		if (near && fabs(step[0]) <= TOLERANCE * (1 + fabs(fit.intercept)) && fabs(step[1]) <= TOLERANCE * (1 + fabs(fit.slope)))
			return fit;
	}
	return (HbLogit) {NAN, NAN, NAN, {NAN, NAN}, {NAN, NAN, NAN}};
}

PG_FUNCTION_INFO_V1(hb_calibration_summary);

Datum
hb_calibration_summary(PG_FUNCTION_ARGS)
{
	double		z = hb_two_sided(PG_GETARG_FLOAT8(1));
	int64		n;
	const HbScored *e = hb_scored_arg(fcinfo, &hb_calibration_type, &n);
	HbCalibrationSums sums;
	bool		both;			/* some had the outcome, some not */
	bool		overlap;		/* and no cut parts them */
	double		reach;
	HbLogit		large;
	HbLogit		full;
	double		large_half;
	double		slope_half;
	double		oe;
	double		oe_factor;

	hb_calibration_sums(e, n, &sums);
	both = sums.lowest_case <= sums.highest_case && sums.lowest_control <= sums.highest_control;
	overlap = both && sums.lowest_case < sums.highest_control && sums.lowest_control < sums.highest_case;
	reach = Max(fabs(hb_logit(Min(sums.lowest_case, sums.lowest_control))), fabs(hb_logit(Max(sums.highest_case, sums.highest_control))));
	large = recalibrate(e, n, false, reach, both);
	full = recalibrate(e, n, true, reach, overlap);
	large_half = z / sqrt(large.information[0]);
	slope_half = z / sqrt(full.information[2] - full.information[1] * full.information[1] / full.information[0]);
	oe = sums.expected > 0 ? sums.events / sums.expected : NAN;
	oe_factor = sums.events > 0 ? exp(z * sqrt((1 - sums.events / sums.n) / sums.events)) : NAN;
	PG_RETURN_DATUM(hb_row_of_numbers(fcinfo, (double[]) {
		sums.n, sums.events, sums.expected, oe, oe / oe_factor, oe * oe_factor,
			large.intercept, large.intercept - large_half, large.intercept + large_half,
			full.intercept, full.slope, full.slope - slope_half, full.slope + slope_half,
			sums.n > 0 ? sums.squares / sums.n : NAN, sums.sure
	}, 15));
}

PG_FUNCTION_INFO_V1(hb_brier_of);

Datum
hb_brier_of(PG_FUNCTION_ARGS)
{
	int64		n;
	const HbScored *e = hb_scored_arg(fcinfo, &hb_calibration_type, &n);
	HbCalibrationSums sums;

	hb_calibration_sums(e, n, &sums);
	if (sums.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sums.squares / sums.n);
}

/* The groups of argument 0, as many as argument 1 says at most. */
static HbCalibrationGroup *
groups_of(FunctionCallInfo fcinfo, int *found)
{
	int			groups = PG_GETARG_INT32(1);
	int64		n;
	const HbScored *e = hb_scored_arg(fcinfo, &hb_calibration_type, &n);
	HbCalibrationGroup *group;

	if (groups < 2 || groups > MAX_GROUPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of groups must lie from 2 to %d", MAX_GROUPS)));
	group = palloc(sizeof(HbCalibrationGroup) * groups);
	*found = hb_calibration_groups(e, n, groups, palloc(sizeof(double) * (groups + 1)), group);
	return group;
}

PG_FUNCTION_INFO_V1(hb_calibration_group_rows);

Datum
hb_calibration_group_rows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int			groups;
	HbCalibrationGroup *group = groups_of(fcinfo, &groups);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < groups; i++)
	{
		const HbCalibrationGroup *g = &group[i];
		Datum		values[] = {
			Int32GetDatum(i + 1), Float8GetDatum(g->lo), Float8GetDatum(g->hi), Int64GetDatum((int64) g->n),
			Int64GetDatum((int64) g->events), Float8GetDatum(g->expected), Float8GetDatum(g->events / g->n), Float8GetDatum(g->expected / g->n)
		};
		bool		nulls[lengthof(values)] = {false};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(hb_hosmer_lemeshow_test);

/* Degrees of freedom are the groups, less two if the model was fitted to these rows. */
Datum
hb_hosmer_lemeshow_test(PG_FUNCTION_ARGS)
{
	int			groups;
	HbCalibrationGroup *group = groups_of(fcinfo, &groups);
	double		df = groups - (PG_GETARG_BOOL(2) ? 2 : 0);
	double		statistic = groups > 0 ? hb_hosmer_lemeshow(group, groups) : NAN;

	PG_RETURN_DATUM(hb_row_of_numbers(fcinfo, (double[]) {
		statistic, groups > 0 ? df : NAN, df > 0 ? hb_chi2_upper(statistic, df) : NAN
	}, 3));
}
