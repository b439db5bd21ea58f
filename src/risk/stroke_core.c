/*-------------------------------------------------------------------------
 * stroke_core.c
 *	  Stroke scores that are more than a points table.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

/* The words of the argument feature of abcd2. */
enum
{
	WEAKNESS,
	SPEECH
};

/* Johnston 2007, doi 10.1016/S0140-6736(07)60150-0. */
double
hb_eval_abcd2(const double *x)
{
	double		feature = x[ABCD2_FEATURE];
	double		minutes = x[ABCD2_MINUTES];

	return (x[ABCD2_AGE] >= 60) + (x[ABCD2_SBP] >= 140 || x[ABCD2_DBP] >= 90) +
		(feature == WEAKNESS ? 2 : feature == SPEECH ? 1 : 0) +
		(minutes >= 60 ? 2 : minutes >= 10 ? 1 : 0) + x[ABCD2_DM];
}

/* The number of factors; lipids that nobody measured count as one. */
double
hb_eval_cn_stroke8(const double *x)
{
	return x[CN_STROKE8_HTN] + x[CN_STROKE8_SMOKE] + x[CN_STROKE8_DM] + x[CN_STROKE8_AF] +
		x[CN_STROKE8_INACTIVE] + x[CN_STROKE8_FAM] + (x[CN_STROKE8_BMI] >= 26) + (x[CN_STROKE8_DYSLIP] != 0);
}

int
hb_class_cn_stroke8(const double *x, double value)
{
	enum
	{
		LOW,
		MODERATE,
		HIGH
	};

	if (value >= 3 || x[CN_STROKE8_PRIOR_STROKE] != 0 || x[CN_STROKE8_PRIOR_TIA] != 0)
		return HIGH;
	return x[CN_STROKE8_HTN] != 0 || x[CN_STROKE8_DM] != 0 || x[CN_STROKE8_AF] != 0 ? MODERATE : LOW;
}
