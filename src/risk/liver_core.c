/*-------------------------------------------------------------------------
 * liver_core.c
 *	  Fibrosis, function and cancer of the liver that are more than points.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"

#include "albi_data.h"
#include "meld_data.h"

#define UMOL_BILIRUBIN		17.1	/* umol/L in a mg/dL */

/* Sterling 2006, doi 10.1002/hep.21178. */
double
hb_eval_fib4(const double *x)
{
	return x[FIB4_AGE] * x[FIB4_AST] / (x[FIB4_PLT] * sqrt(x[FIB4_ALT]));
}

/* Wai 2003, doi 10.1053/jhep.2003.50346. */
double
hb_eval_apri(const double *x)
{
	return x[APRI_AST] / x[APRI_AST_ULN] * 100 / x[APRI_PLT];
}

/* ----- ALBI, and aMAP, which contains it ----- */

static inline double
albi_sum(const double *coefficient, const double *term)
{
	enum
	{
		TERMS = HB_ALBI_COUNT - 1,
		COLUMNS = sizeof(HbAlbiRow) / sizeof(double)
	};

	return hb_risk_sum(coefficient, COLUMNS, term, TERMS) / coefficient[TERMS * COLUMNS];
}

static double
albi(double bili, double alb)
{
	double		term[HB_ALBI_COUNT] = {log10(bili), alb};

	return albi_sum(&hb_albi_rows[0].albi, term);
}

double
hb_eval_albi(const double *x)
{
	return albi(x[ALBI_BILI], x[ALBI_ALB]);
}

/* Fan 2020, doi 10.1016/j.jhep.2020.07.025. */
double
hb_eval_amap(const double *x)
{
	double		term[HB_ALBI_COUNT] = {
		0, 0, x[AMAP_AGE], x[AMAP_SEX] == HB_SEX_MALE, albi(x[AMAP_BILI], x[AMAP_ALB]), x[AMAP_PLT], 1
	};

	return albi_sum(&hb_albi_rows[0].amap, term);
}

/* ----- MELD ----- */

/* What the scores are made of, within the bounds that they set themselves; in mg/dL and g/dL. */
typedef struct Liver
{
	double		one;			/* 0 to leave the constant out */
	double		ln_bili;
	double		ln_inr;
	double		ln_cr;
	double		low_na;			/* how far below 137 mmol/L */
	double		low_alb;		/* how far below 3.5 g/dL */
	double		female;
	double		before;			/* the score without sodium, where sodium is added to that */
} Liver;

static double
clamp(double value, double lo, double hi)
{
	return Max(lo, Min(hi, value));
}

static double
meld_sum(const double *coefficient, const Liver *liver)
{
	enum
	{
		TERMS = HB_MELD_COUNT - 1,
		COLUMNS = sizeof(HbMeldRow) / sizeof(double)
	};
	double		term[] = {
		liver->one, liver->ln_bili, liver->ln_inr, liver->ln_cr, liver->female, liver->low_na, liver->low_na * liver->before,
		liver->low_na * liver->ln_bili, liver->low_alb, liver->low_alb * liver->ln_cr
	};

	StaticAssertStmt(lengthof(term) == TERMS, "a term for each coefficient before the bound");
	return hb_risk_sum(coefficient, COLUMNS, term, TERMS);
}

/* The part that all have; dialysis counts as the highest creatinine of the score. */
static Liver
liver_of(double bili, double inr, double cr, double dialysis, double cr_most)
{
	Liver		liver = {
		.one = 1,
		.ln_bili = log(Max(1, bili / UMOL_BILIRUBIN)),
		.ln_inr = log(Max(1, inr)),
		.ln_cr = log(dialysis != 0 ? cr_most : clamp(cr / HB_UMOL_CREATININE, 1, cr_most))
	};

	return liver;
}

#define CR_MOST(score)	(hb_meld_rows[HB_MELD_COUNT - 1].score)

double
hb_eval_meld(const double *x)
{
	Liver		liver = liver_of(x[MELD_BILI], x[MELD_INR], x[MELD_CR], x[MELD_DIALYSIS], CR_MOST(meld));

	return meld_sum(&hb_meld_rows[0].meld, &liver);
}

/* Half a point goes up. */
static double
whole(double points)
{
	return floor(points + 0.5);
}

double
hb_eval_meld_na(const double *x)
{
	Liver		liver = liver_of(x[MELD_NA_BILI], x[MELD_NA_INR], x[MELD_NA_CR], x[MELD_NA_DIALYSIS], CR_MOST(meld_na));
	double		before = whole(meld_sum(&hb_meld_rows[0].meld_na, &liver) * 10);
	Liver		sodium = {.low_na = 137 - clamp(x[MELD_NA_NA], 125, 137), .before = before};

	if (before <= 11)
		return before;
	return Min(40, whole(before + meld_sum(&hb_meld_rows[0].meld_na, &sodium)));
}

double
hb_eval_meld3(const double *x)
{
	Liver		liver = liver_of(x[MELD3_BILI], x[MELD3_INR], x[MELD3_CR], x[MELD3_DIALYSIS], CR_MOST(meld3));

	liver.female = x[MELD3_SEX] == HB_SEX_FEMALE;
	liver.low_na = 137 - clamp(x[MELD3_NA], 125, 137);
	liver.low_alb = 3.5 - clamp(x[MELD3_ALB] / 10, 1.5, 3.5);
	return Min(40, whole(meld_sum(&hb_meld_rows[0].meld3, &liver)));
}
