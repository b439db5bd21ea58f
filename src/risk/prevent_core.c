/*-------------------------------------------------------------------------
 * prevent_core.c
 *	  AHA PREVENT, Khan 2024, doi 10.1161/CIRCULATIONAHA.123.067626.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"

#include "prevent_data.h"

#define COLUMNS		((int) (sizeof(hb_prevent_rows[0]) / sizeof(double)))
#define MAX_TERMS	32

/* The words of the argument model, and the years, in the order of the words. */
typedef enum Equation
{
	BASE,
	UACR,
	HBA1C,
	FULL
} Equation;

/* Where the coefficients of an equation and a horizon begin, and how many there are. */
static const struct
{
	int			first;
	int			terms;
}			blocks[4][2] = {
	{{0, 23}, {23, 24}},
	{{47, 25}, {72, 26}},
	{{98, 26}, {124, 27}},
	{{151, 31}, {182, 32}}
};

StaticAssertDecl(HB_PREVENT_COUNT == 182 + MAX_TERMS, "all blocks are there");

/* The equation asked for, else the one that what is known suits. */
static Equation
equation(const double *x)
{
	bool		uacr = !isnan(x[PREVENT_UACR]);
	bool		hba1c = !isnan(x[PREVENT_HBA1C]);

	if (!isnan(x[PREVENT_MODEL]))
		return (Equation) x[PREVENT_MODEL];
	if (!isnan(x[PREVENT_SDI]) || (uacr && hba1c))
		return FULL;
	return uacr ? UACR : hba1c ? HBA1C : BASE;
}

/* The terms that every equation begins with; returns how many. */
static int
base_terms(const double *x, bool thirty, double *term)
{
	double		age = (x[PREVENT_AGE] - 55) / 10;
	double		non_hdl = x[PREVENT_TC] - x[PREVENT_HDL] - 3.5;
	double		hdl = (x[PREVENT_HDL] - 1.3) / 0.3;
	double		sbp_low = (Min(x[PREVENT_SBP], 110) - 110) / 20;
	double		sbp = (Max(x[PREVENT_SBP], 110) - 130) / 20;
	double		bmi_low = (Min(x[PREVENT_BMI], 30) - 25) / 5;
	double		bmi = (Max(x[PREVENT_BMI], 30) - 30) / 5;
	double		egfr = (Min(x[PREVENT_EGFR], 60) - 60) / -15;
	double		egfr_high = (Max(x[PREVENT_EGFR], 60) - 90) / -15;
	double		dm = x[PREVENT_DM];
	double		smoker = x[PREVENT_SMOKER];
	double		treated = x[PREVENT_BP_TX];
	double		statin = x[PREVENT_STATIN];
	double		rest[] = {
		non_hdl, hdl, sbp_low, sbp, dm, smoker, bmi_low, bmi, egfr, egfr_high, treated, statin,
		treated * sbp, statin * non_hdl,
		age * non_hdl, age * hdl, age * sbp, age * dm, age * smoker, age * bmi, age * egfr
	};
	int			n = 0;

	term[n++] = age;
	if (thirty)
		term[n++] = age * age;
	memcpy(&term[n], rest, sizeof(rest));
	return n + (int) lengthof(rest);
}

double
hb_eval_prevent(const double *x)
{
	bool		thirty = x[PREVENT_YEARS] == 1;
	Equation	which = equation(x);
	double		sdi = x[PREVENT_SDI];
	double		hba1c = x[PREVENT_HBA1C] - 5.3;
	double		dm = x[PREVENT_DM];
	double		term[MAX_TERMS];
	int			n = base_terms(x, thirty, term);
	int			column = 2 * (int) x[PREVENT_OUTCOME] + (x[PREVENT_SEX] == HB_SEX_FEMALE);

	if (which == FULL)
	{
		term[n++] = sdi >= 4 && sdi <= 6;
		term[n++] = sdi >= 7;
		term[n++] = isnan(sdi);
	}
	if (which == UACR || which == FULL)
	{
		term[n++] = isnan(x[PREVENT_UACR]) ? 0 : log(x[PREVENT_UACR]);
		term[n++] = isnan(x[PREVENT_UACR]);
	}
	if (which == HBA1C || which == FULL)
	{
		term[n++] = isnan(hba1c) ? 0 : hba1c * dm;
		term[n++] = isnan(hba1c) ? 0 : hba1c * (1 - dm);
		term[n++] = isnan(hba1c);
	}
	term[n++] = 1;
	Assert(n == blocks[which][thirty].terms);
	return hb_risk_logistic(hb_risk_sum((const double *) &hb_prevent_rows[blocks[which][thirty].first] + column,
										COLUMNS, term, n));
}

/* Thirty years are predicted up to the age of 59. */
void
hb_limits_prevent(const double *x, int input, double *lo, double *hi)
{
	if (input == PREVENT_AGE && x[PREVENT_YEARS] == 1)
		*hi = 59;
}
