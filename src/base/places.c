/*-------------------------------------------------------------------------
 * places.c
 *	  Rows of the synthetic province that persons refer to: organisations,
 *	  staff, and the list of drugs and service items.
 *
 * A county has a hospital of level 2, four of level 1 (towns, communities)
 * and six pharmacies; the first county of a prefecture two of level 3 and one for
 * mental diseases.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"
#include "ident/gb2260.h"

#include "province_atc_data.h"
#include "province_diagnosis_data.h"
#include "province_item_data.h"

/* 3 to 1; 0 is a pharmacy */
int
hb_org_level(int64 org)
{
	int			number = (int) (org % 100);

	if (number >= HB_ORG_TERTIARY)
		return number == HB_ORG_PSYCHIATRIC ? 2 : 3;
	return number == HB_ORG_HOSPITAL ? 2 : number < HB_ORG_PHARMACY ? 1 : 0;
}

int64
hb_org_central(const HbProvince *province, int county, int number)
{
	int			prefecture = 0;

	while (province->county_first[prefecture + 1] <= county)
		prefecture++;
	return (int64) province->county[province->county_first[prefecture]] * 100 + number;
}

static const char *
division_name(uint32 code)
{
	HbDivisionName name;

	if (!hb_gb2260_name_in(hb_cn_division_make(code, 6), 2020, &name))
		return "";
	return name.name;
}

/* NHSA code of a level; NULL for a pharmacy */
const char *
hb_org_level_code(int64 org)
{
	static const char *const code[] = {NULL, "08", "05", "02"};

	return code[hb_org_level(org)];
}

static void
put_staff(HbSink *staff, HbSink *doctor, int64 org)
{
	for (int i = 0; i < HB_DOCTORS; i++)
	{
		hb_row(staff);
		hb_text_int(staff, 'D', org * 100 + i);
		hb_text_int(staff, 'H', org);
		hb_text(staff, "doctor");
		hb_row(doctor);
		hb_text_int(doctor, 'D', org * 100 + i);
		hb_text_int(doctor, 'H', org);
		hb_text_int(doctor, 'D', org * 100 + i);
	}
}

static void
put_org(HbSink *org, HbSink *staff, HbSink *fixmedins, HbSink *doctor, uint32 county, int number)
{
	static const char *const suffix[] = {"药店", "卫生院", "人民医院", "中心医院"};
	static const char *const kinds[] = {"R", "C", "A", "A"};
	static const int beds[] = {0, 60, 450, 1500};
	int64		code = (int64) county * 100 + number;
	int			level = hb_org_level(code);
	char		name[128];
	const char *level_code = hb_org_level_code(code);
	bool		mental = number == HB_ORG_PSYCHIATRIC;
	const char *kind = mental ? "H" : kinds[level];

	if (mental)
		snprintf(name, sizeof name, "%s精神卫生中心", division_name(county));
	else
		snprintf(name, sizeof name, "%s第%d%s", division_name(county), number, suffix[level]);
	hb_row(org);
	hb_text_int(org, 'H', code);
	hb_text(org, name);
	if (level)
		hb_text(org, level_code);
	else
		hb_null(org);
	hb_text(org, kind);
	hb_big(org, hb_cn_division_make(county, 6));
	hb_int(org, beds[level]);
	hb_row(fixmedins);
	hb_text_int(fixmedins, 'H', code);
	hb_text(fixmedins, name);
	hb_text(fixmedins, level ? "1" : "2");
	if (level)
		hb_text(fixmedins, level_code);
	else
		hb_null(fixmedins);
	hb_text(fixmedins, kind);
	hb_int(fixmedins, beds[level]);
	hb_big(fixmedins, hb_cn_division_make(county, 6));
	hb_text_int(fixmedins, 'H', code);
	if (level)
		put_staff(staff, doctor, code);
}

/* Class of an item on the bill, NHSA.med_chrgitm_type. */
static const char *
bill_class(const HbProvinceItemRow *r)
{
	static const char *const class[] = {"14", "02", "01", "07", "04", "03", "05", "06", "08", "09", "14", "08"};

	return r->atc[0] ? (r->code[0] == 'Z' ? "11" : "09") : class[r->role];
}

static void
put_items(HbSink *list)
{
	static const char *const sex[] = {NULL, "1", "2"};

	for (int i = 0; i < HB_PROVINCE_ITEM_COUNT; i++)
	{
		const HbProvinceItemRow *r = &hb_province_item_rows[i];

		hb_row(list);
		hb_text(list, r->code);
		hb_text(list, r->code);
		hb_text(list, r->name);
		hb_text(list, hb_list_type(i));
		hb_text(list, r->level);
		hb_text(list, bill_class(r));
		if (r->spec[0])
			hb_text(list, r->spec);
		else
			hb_null(list);
		hb_text(list, r->unit);
		hb_numeric(list, r->price, 2);
		if (r->price)
			hb_numeric(list, hb_price_limit(i), 2);
		else
			hb_null(list);
		if (r->atc[0])
			hb_text(list, r->atc);
		else
			hb_null(list);
		if (r->content > 0)
			hb_numeric(list, (int64) (r->content * 1000 + 0.5), 3);
		else
			hb_null(list);
		if (r->sex)
			hb_text(list, sex[r->sex]);
		else
			hb_null(list);
		if (r->below)
			hb_int4range(list, 0, r->below);
		else
			hb_null(list);
		if (r->minutes)
			hb_numeric(list, r->minutes, 0);
		else
			hb_null(list);
	}
}

static void
put_doses(HbSink *atc)
{
	for (int i = 0; i < HB_PROVINCE_ATC_COUNT; i++)
	{
		const HbProvinceAtcRow *r = &hb_province_atc_rows[i];

		hb_row(atc);
		hb_text(atc, r->code);
		hb_text(atc, r->name);
		if (r->ddd > 0)
		{
			hb_float(atc, r->ddd);
			hb_text(atc, r->unit);
		}
		else
		{
			hb_null(atc);
			hb_null(atc);
		}
		hb_text(atc, r->route);
	}
}

/* Each group in three severities; the weight by length of stay is an assumption. */
static void
put_groups(HbSink *drg)
{
	for (int i = 0; i < HB_PROVINCE_DIAGNOSIS_COUNT; i++)
	{
		const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[i];
		bool		seen = d->drg[0] == '\0';

		for (int j = 0; j < i && !seen; j++)
			seen = strcmp(d->drg, hb_province_diagnosis_rows[j].drg) == 0;
		for (int severity = 1; severity <= 5 && !seen; severity += 2)
		{
			double		factor = severity == 1 ? 1.8 : severity == 3 ? 1.25 : 1;
			char		code[8];

			snprintf(code, sizeof code, "%s%d", d->drg, severity);
			hb_row(drg);
			hb_text(drg, code);
			hb_numeric(drg, (int64) (factor * (20 + d->los * 9 + (d->operation ? 60 : 0))), 2);
			hb_float(drg, d->los * (1 + (factor - 1) / 2));
		}
	}
}

/* In the order of the tables in province.c. */
void
hb_places_rows(const HbProvince *province, HbSink *sinks)
{
	for (int i = 0; i < province->nprefectures; i++)
	{
		int			first = province->county_first[i];

		for (int c = first; c < province->county_first[i + 1]; c++)
			for (int number = HB_ORG_HOSPITAL; number < HB_ORG_PHARMACY + 6; number++)
				put_org(&sinks[0], &sinks[1], &sinks[2], &sinks[3], province->county[c], number);
		for (int number = HB_ORG_TERTIARY; number <= HB_ORG_PSYCHIATRIC; number++)
			put_org(&sinks[0], &sinks[1], &sinks[2], &sinks[3], province->county[first], number);
	}
	put_items(&sinks[4]);
	put_groups(&sinks[5]);
	put_doses(&sinks[6]);
}
