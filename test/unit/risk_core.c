/* link: src/risk/acute_core.c src/risk/cvd_core.c src/risk/points_core.c */
/*-------------------------------------------------------------------------
 * risk_core.c
 *	  Equations of risk models outside what SQL lets through, and points.
 *-------------------------------------------------------------------------
 */
#include "risk/risk.h"

#include "common/sex.h"
#include "common/tap.h"

/* A row of the recorded outputs of the official site of China-PAR; cholesterol in mg/dL, risks in percent. */
typedef struct Site
{
	char		sex;
	double		age,
				north,
				urban,
				waist,
				tc,
				hdl,
				sbp,
				treated,
				diabetes,
				smoker,
				family,
				risk,
				ideal;
} Site;

static bool
read_site(FILE *file, Site *site)
{
	return fscanf(file, " %c,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%*[^,],%lf,%lf,%lf,%lf,%lf,%lf,%*[^\n]",
				  &site->sex, &site->age, &site->north, &site->urban, &site->waist, &site->tc, &site->hdl, &site->sbp,
				  &site->treated, &site->diabetes, &site->smoker, &site->family, &site->risk, &site->ideal) == 14;
}

/* The risk in percent as the site gets it: of the person, or of somebody like that in the ideal state. */
static double
site_risk(const Site *site, bool ideal)
{
	double		x[CHINA_PAR_INPUTS] = {
		[CHINA_PAR_SEX] = site->sex == 'M' ? HB_SEX_MALE : HB_SEX_FEMALE,
		[CHINA_PAR_AGE] = site->age,
		[CHINA_PAR_SBP] = ideal ? 120 : site->sbp,
		[CHINA_PAR_BP_TREATED] = ideal ? 0 : site->treated,
		[CHINA_PAR_TC] = (ideal ? 200 : site->tc) * 0.0259,
		[CHINA_PAR_HDL] = (ideal ? 40 : site->hdl) * 0.0259,
		[CHINA_PAR_WAIST] = ideal ? (site->sex == 'M' ? 90 : 85) : site->waist,
		[CHINA_PAR_SMOKER] = ideal ? 0 : site->smoker,
		[CHINA_PAR_DIABETES] = ideal ? 0 : site->diabetes,
		[CHINA_PAR_NORTH] = site->north,
		[CHINA_PAR_URBAN] = site->urban,
		[CHINA_PAR_FAMILY_HISTORY] = ideal ? 0 : site->family
	};

	return 100 * hb_eval_china_par(x);
}

/* The site also answers at ages that the publication does not cover, which SQL refuses. */
static void
china_par(void)
{
	const char *reference = getenv("HB_REFERENCE");
	char		path[1024];
	FILE	   *file;
	Site		site;
	int			rows = 0,
				outside = 0;
	double		worst = 0,
				worst_ideal = 0;

	if (reference == NULL)
	{
		skip("HB_REFERENCE is not set");
		return;
	}
	(snprintf) (path, sizeof(path), "%s/risk/chinapar_official_site_vectors.csv", reference);
	file = fopen(path, "r");
	if (!ok(file != NULL && fscanf(file, "%*[^\n]") == 0, "the recorded outputs are there"))
		return;
	while (read_site(file, &site))
	{
		rows++;
		outside += site.age < 35 || site.age > 74;
		worst = Max(worst, fabs(site_risk(&site, false) - site.risk));
		worst_ideal = Max(worst_ideal, fabs(site_risk(&site, true) - site.ideal));
	}
	fclose(file);
	ok(rows > 200 && outside > 50, "%d outputs, %d of them outside 35 to 74", rows, outside);
	ok(worst <= 0.051, "china_par is within 0.051 points of each (%.4f)", worst);
	ok(worst_ideal <= 0.051, "and of each ideal state (%.4f)", worst_ideal);
}

/* ----- points ----- */

static double
news2(double rr, double spo2, bool o2, double sbp, double hr, int acvpu, double temp, bool scale2, int *most)
{
	double		x[NEWS2_INPUTS] = {
		[NEWS2_RR] = rr, [NEWS2_SPO2] = spo2, [NEWS2_O2] = o2, [NEWS2_SBP] = sbp, [NEWS2_HR] = hr,
		[NEWS2_ACVPU] = acvpu, [NEWS2_TEMP] = temp, [NEWS2_SCALE2] = scale2
	};

	*most = hb_most_news2(x);
	return hb_eval_news2(x);
}

/* Each saturation, on both scales, with and without oxygen: the table of the Royal College of Physicians. */
static void
saturation(void)
{
	int			most;

	for (int spo2 = 70; spo2 <= 100; spo2++)
	{
		int			scale1 = spo2 <= 91 ? 3 : spo2 <= 93 ? 2 : spo2 <= 95 ? 1 : 0;
		int			low = spo2 <= 83 ? 3 : spo2 <= 85 ? 2 : spo2 <= 87 ? 1 : 0;
		int			high = spo2 <= 92 ? 0 : spo2 <= 94 ? 1 : spo2 <= 96 ? 2 : 3;

		ok(news2(16, spo2, false, 120, 75, 0, 37, false, &most) == scale1 && most == scale1 &&
		   news2(16, spo2, true, 120, 75, 0, 37, false, &most) == scale1 + 2 && most == Max(scale1, 2) &&
		   news2(16, spo2, false, 120, 75, 0, 37, true, &most) == low &&
		   news2(16, spo2, true, 120, 75, 0, 37, true, &most) == low + high + 2, "a saturation of %d", spo2);
	}
}

/* A limit holds for a value that a conversion of units left beside it, and for no other. */
static void
limits(void)
{
	double		x[CHILD_PUGH_INPUTS] = {
		[CHILD_PUGH_ALB] = 40, [CHILD_PUGH_INR] = 1, [CHILD_PUGH_ASCITES_PTS] = 0, [CHILD_PUGH_ENCEPH_PTS] = 0
	};

	x[CHILD_PUGH_BILI] = 3 * (0.0171 * 1000);
	ok(hb_eval_child_pugh(x) == 6, "bilirubin of 3 mg/dL is not above 3 mg/dL");
	x[CHILD_PUGH_BILI] = 51.3000001;
	ok(hb_eval_child_pugh(x) == 7, "the next is");
	x[CHILD_PUGH_BILI] = 2 * 17.1 * (1 - 1e-15);
	ok(hb_eval_child_pugh(x) == 6, "bilirubin of 2 mg/dL is 2 mg/dL");
	x[CHILD_PUGH_BILI] = 34.1999999;
	ok(hb_eval_child_pugh(x) == 5, "the one before is not");
	ok(hb_risk_reaches(0.1 + 0.2, 0.3) && hb_risk_reaches(0.3, 0.1 + 0.2) && !hb_risk_reaches(0.29999999, 0.3) &&
	   !hb_risk_reaches(NAN, 0.3), "a limit in a rule likewise; what is not known reaches none");
}

int
main(void)
{
	china_par();
	saturation();
	limits();
	return done();
}
