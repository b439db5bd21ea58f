/*-------------------------------------------------------------------------
 * kidney_core.c
 *	  Filtration rate, stages of chronic kidney disease, kidney failure.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"

#include "egfr_data.h"
#include "kdigo_risk_data.h"
#include "kfre_data.h"

/* ----- filtration rate ----- */

/* The rows of data/risk/egfr.csv. */
typedef enum Equation
{
	CKDEPI_2009,
	CKDEPI_2012_CYS,
	CKDEPI_2012_CRCYS,
	CKDEPI_2021,
	CKDEPI_2021_CRCYS,
	MDRD
} Equation;

/* All equations have one form; the powers of what an equation does not use are 0. */
static inline double
egfr(Equation equation, double sex, double age, double scr, double cys)
{
	const HbEgfrRow *row = &hb_egfr_rows[equation];
	bool		female = sex == HB_SEX_FEMALE;
	double		cr = scr / HB_UMOL_CREATININE / (female ? row->cr_women : row->cr_men);
	double		cr_low = female ? row->cr_low_women : row->cr_low_men;
	double		rate = row->constant * (female ? row->female : 1) * pow(row->per_year, age);

	if (row->cr_high != 0)
		rate *= pow(cr, cr < 1 ? cr_low : row->cr_high);
	if (row->cys_high != 0)
		rate *= pow(cys / row->cys, cys < row->cys ? row->cys_low : row->cys_high);
	if (row->age != 0)
		rate *= pow(age, row->age);
	return rate;
}

double
hb_eval_egfr_ckdepi_2009(const double *x)
{
	return egfr(CKDEPI_2009, x[EGFR_CKDEPI_2009_SEX], x[EGFR_CKDEPI_2009_AGE], x[EGFR_CKDEPI_2009_SCR], NAN);
}

double
hb_eval_egfr_ckdepi_2012_cys(const double *x)
{
	return egfr(CKDEPI_2012_CYS, x[EGFR_CKDEPI_2012_CYS_SEX], x[EGFR_CKDEPI_2012_CYS_AGE], NAN, x[EGFR_CKDEPI_2012_CYS_CYS]);
}

double
hb_eval_egfr_ckdepi_2012_crcys(const double *x)
{
	return egfr(CKDEPI_2012_CRCYS, x[EGFR_CKDEPI_2012_CRCYS_SEX], x[EGFR_CKDEPI_2012_CRCYS_AGE],
				x[EGFR_CKDEPI_2012_CRCYS_SCR], x[EGFR_CKDEPI_2012_CRCYS_CYS]);
}

double
hb_eval_egfr_ckdepi_2021(const double *x)
{
	return egfr(CKDEPI_2021, x[EGFR_CKDEPI_2021_SEX], x[EGFR_CKDEPI_2021_AGE], x[EGFR_CKDEPI_2021_SCR], NAN);
}

double
hb_eval_egfr_ckdepi_2021_crcys(const double *x)
{
	return egfr(CKDEPI_2021_CRCYS, x[EGFR_CKDEPI_2021_CRCYS_SEX], x[EGFR_CKDEPI_2021_CRCYS_AGE],
				x[EGFR_CKDEPI_2021_CRCYS_SCR], x[EGFR_CKDEPI_2021_CRCYS_CYS]);
}

double
hb_eval_egfr_mdrd(const double *x)
{
	return egfr(MDRD, x[EGFR_MDRD_SEX], x[EGFR_MDRD_AGE], x[EGFR_MDRD_SCR], NAN);
}

/* ----- stages ----- */

/* The colour of the heat map. */
double
hb_eval_kdigo_risk(const double *x)
{
	int			g = (int) hb_eval_kdigo_g(&x[KDIGO_RISK_EGFR]);
	int			a = (int) hb_eval_kdigo_a(&x[KDIGO_RISK_ACR_MG_G]);

	return (&hb_kdigo_risk_rows[g].a1)[a];
}

/* The words name the cells row by row. */
double
hb_eval_kdigo_heatmap(const double *x)
{
	return 3 * hb_eval_kdigo_g(&x[KDIGO_HEATMAP_EGFR]) + hb_eval_kdigo_a(&x[KDIGO_HEATMAP_ACR_MG_G]);
}

/* ----- kidney failure ----- */

#define MGDL_PHOSPHATE		3.097	/* mg/dL in a mmol/L */
#define MGDL_CALCIUM		4.008

/* Tangri 2011 and 2016: terms in the order of kfre.csv, 0 where the model has none; years: 0 for 2, 1 for 5. */
static double
kfre(const double *coefficient, double *term, double years)
{
	enum
	{
		TERMS = HB_KFRE_COUNT - 2,
		COLUMNS = sizeof(HbKfreRow) / sizeof(double)
	};

	for (int i = 0; i < TERMS; i++)
		term[i] -= hb_kfre_rows[i].mean;
	return hb_risk_hazard(coefficient[(TERMS + (int) years) * COLUMNS], hb_risk_sum(coefficient, COLUMNS, term, TERMS));
}

double
hb_eval_kfre4(const double *x)
{
	double		term[HB_KFRE_COUNT] = {
		x[KFRE4_AGE] / 10, x[KFRE4_SEX] == HB_SEX_MALE, x[KFRE4_EGFR] / 5, log(x[KFRE4_ACR_MG_G])
	};

	return kfre(&hb_kfre_rows[0].four, term, x[KFRE4_YEARS]);
}

double
hb_eval_kfre6(const double *x)
{
	double		term[HB_KFRE_COUNT] = {
		x[KFRE6_AGE] / 10, x[KFRE6_SEX] == HB_SEX_MALE, x[KFRE6_EGFR] / 5, log(x[KFRE6_ACR_MG_G]),
		x[KFRE6_DM], x[KFRE6_HTN]
	};

	return kfre(&hb_kfre_rows[0].six, term, x[KFRE6_YEARS]);
}

double
hb_eval_kfre8(const double *x)
{
	double		term[HB_KFRE_COUNT] = {
		x[KFRE8_AGE] / 10, x[KFRE8_SEX] == HB_SEX_MALE, x[KFRE8_EGFR] / 5, log(x[KFRE8_ACR_MG_G]), 0, 0,
		x[KFRE8_ALBUMIN] / 10, x[KFRE8_PHOSPHATE] * MGDL_PHOSPHATE, x[KFRE8_BICARB], x[KFRE8_CALCIUM] * MGDL_CALCIUM
	};

	return kfre(&hb_kfre_rows[0].eight, term, x[KFRE8_YEARS]);
}
