/*-------------------------------------------------------------------------
 * assess.h
 *	  How well scores tell who had the outcome, and how well risks fit it.
 *
 * Scores are kept with what they met, one element for each that differs, so that
 * a score in points takes little room however many rows there are.
 *-------------------------------------------------------------------------
 */
#ifndef HB_ASSESS_H
#define HB_ASSESS_H

#include <math.h>

#include "common/state.h"

/* A score, and the rows that have it: with the outcome, and without. */
typedef struct HbScored
{
	double		score;
	int32		cases;
	int32		controls;
} HbScored;

/* The area under the ROC curve; NaN where it is not defined. */
typedef struct HbAuc
{
	double		cases;
	double		controls;
	double		auc;
	double		variance;
} HbAuc;

/* What probabilities promised, and what came. */
typedef struct HbCalibrationSums
{
	double		n;
	double		events;
	double		expected;
	double		squares;		/* sum of squared errors */
	double		sure;			/* rows whose probability is 0 or 1 */
	double		lowest_case;	/* of the others */
	double		highest_case;
	double		lowest_control;
	double		highest_control;
} HbCalibrationSums;

/* logit(risk) = intercept + slope * logit(probability), and its information. */
typedef struct HbLogit
{
	double		intercept;
	double		slope;
	double		likelihood;		/* logarithm */
	double		gradient[2];
	double		information[3];	/* intercept, both, slope */
} HbLogit;

/* A group of rows by their probability. */
typedef struct HbCalibrationGroup
{
	double		lo;
	double		hi;
	double		n;
	double		events;
	double		expected;
} HbCalibrationGroup;

static inline double
hb_logit(double p)
{
	return log(p) - log1p(-p);
}

/* All of these want elements in ascending order. */
extern void hb_auc(const HbScored *e, int64 n, HbAuc *result);
extern void hb_calibration_sums(const HbScored *e, int64 n, HbCalibrationSums *sums);
extern void hb_logit_evaluate(const HbScored *e, int64 n, HbLogit *fit);
extern int	hb_calibration_groups(const HbScored *e, int64 n, int groups, double *cut, HbCalibrationGroup *group);
extern double hb_hosmer_lemeshow(const HbCalibrationGroup *group, int groups);

/* ----- states of roc and calibration ----- */

/* The elements of an argument in ascending order; a copy if they are not. */
extern const HbScored *hb_scored_arg(FunctionCallInfo fcinfo, const HbStateType *type, int64 *n);
extern const HbStateType hb_roc_type;
extern const HbStateType hb_calibration_type;

/* How many standard errors an interval of a level reaches to each side; a bad level is 22023. */
extern double hb_two_sided(double level);
/* A row of the result type of the function; NaN is NULL. */
extern Datum hb_row_of_numbers(FunctionCallInfo fcinfo, const double *numbers, int n);

#endif							/* HB_ASSESS_H */
