/*-------------------------------------------------------------------------
 * event.c
 *	  Rows of the synthetic province about one event: a visit, a purchase in
 *	  a pharmacy, a stay, with their diagnoses, drugs, values and operations.
 *
 * Shares are assumptions; see doc/synthetic-province.md.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"

#include <math.h>

#include "province_diagnosis_data.h"
#include "province_item_data.h"

/* ----- medical records ----- */

static void
put_encounter(HbCare *care, const HbBill *bill, const char *dept, int64 begin, int64 end)
{
	HbSink	   *s = &care->sink[T_ENC];

	hb_row(s);
	hb_big(s, bill->number);
	hb_big(s, care->person->pid);
	hb_text_int(s, 'H', bill->org);
	hb_text(s, dept);
	hb_text(s, bill->kind == HB_STAYS ? "ip" : hb_rng_chance(&care->rng, 0.06) ? "ed" : "op");
	hb_tstzrange(s, begin - HB_CHINA_TIME, end - HB_CHINA_TIME);
	hb_text(s, care->person->employee ? "01" : "02");
	hb_text_int(s, 'D', bill->doctor);
}

static void
put_diagnosis(HbCare *care, const HbBill *bill, int seq, int64 code)
{
	HbSink	   *s = &care->sink[T_DX];
	bool		stay = bill->kind == HB_STAYS;

	hb_row(s);
	hb_big(s, bill->number);
	hb_short(s, seq);
	hb_text(s, !stay ? "4" : seq == 1 ? "1" : "2");
	hb_big(s, code);
	if (stay)
		hb_text(s, hb_rng_chance(&care->rng, 0.95) ? "1" : "4");
	else
		hb_null(s);
	s = &care->sink[T_DIAG];
	hb_row(s);
	hb_text_int(s, 'S', bill->number);
	hb_short(s, seq);
	hb_text(s, "1");
	hb_big(s, code);
	hb_text(s, seq == 1 ? "1" : "0");
}

/* The reason, then conditions that the person is known to have. */
static void
put_diagnoses(HbCare *care, const HbBill *bill, int diagnosis, int32 day, double others)
{
	int			seq = 1;

	put_diagnosis(care, bill, seq++, (int64) care->code[diagnosis]);
	for (int i = 0; i < HB_CONDITIONS; i++)
		if (hb_province_diagnosis_rows[diagnosis].condition != i && hb_has(care->person, i, day)
			&& (care->person->aware[i] || bill->kind == HB_STAYS) && hb_rng_chance(&care->rng, others))
			put_diagnosis(care, bill, seq++, care->condition_code[i]);
}

static void
put_drug(HbCare *care, HbBill *bill, int seq, int item, int count, int64 when)
{
	const HbProvinceItemRow *r = &hb_province_item_rows[item];
	HbSink	   *s = &care->sink[T_MED];

	hb_bill_charge(care, bill, item, count, when);
	hb_row(s);
	hb_big(s, bill->number);
	hb_short(s, seq);
	hb_text(s, r->atc);
	hb_text(s, r->name);
	hb_int(s, r->days * count);
	hb_numeric(s, count, 0);
	hb_big(s, when - HB_CHINA_TIME);
}

static void
put_labs(HbCare *care, const HbBill *bill, int32 day, int64 when)
{
	static const int panel[] = {M_GLU, M_CREATININE, M_ALT, M_AST, M_ALBUMIN, M_PLATELETS};
	HbSink	   *s = &care->sink[T_LAB];
	double		value[HB_MEASURES];

	hb_people_body(care, care->person, day, value);
	for (int i = 0; i < lengthof(panel); i++)
	{
		hb_row(s);
		hb_big(s, bill->number);
		hb_text(s, hb_measures[panel[i]]);
		hb_numeric(s, (int64) floor(value[panel[i]] * 10 + 0.5), 1);
		hb_big(s, when - HB_CHINA_TIME);
	}
}

static void
put_vital(HbCare *care, const HbBill *bill, int32 day, int64 when, bool fever)
{
	HbSink	   *s = &care->sink[T_VITAL];
	double		value[HB_MEASURES];

	hb_people_body(care, care->person, day, value);
	hb_row(s);
	hb_big(s, bill->number);
	hb_big(s, when - HB_CHINA_TIME);
	hb_numeric(s, 366 + (fever ? (int64) hb_rng_below(&care->rng, 30) : (int64) hb_rng_below(&care->rng, 6)), 1);
	hb_short(s, (int) value[M_PULSE] + (fever ? 15 : 0));
	hb_short(s, 15 + (int) hb_rng_below(&care->rng, fever ? 12 : 6));
	hb_short(s, (int) value[M_SBP]);
	hb_short(s, (int) value[M_DBP]);
	hb_short(s, 99 - (int) hb_rng_below(&care->rng, fever ? 9 : 4));
	hb_text(s, hb_rng_chance(&care->rng, 0.985) ? "A" : "C");
}

/* ----- events ----- */

void
hb_event_visit(HbCare *care, int32 day, int diagnosis, int64 org, const HbScheme *scheme)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	HbBill		bill = hb_bill_open(care, HB_VISITS, org);
	int64		begin = hb_moment(day, 470 + (int) hb_rng_below(&care->rng, 560));
	int64		end = begin + hb_moment(0, 15 + (int) hb_rng_below(&care->rng, 100));
	int			drugs = 1 + hb_rng_chance(&care->rng, 0.35);
	int			item = hb_pick_item(care, HB_DRUG, d->drug);

	put_encounter(care, &bill, d->dept, begin, end);
	put_diagnoses(care, &bill, diagnosis, day, 0.3);
	hb_bill_charge(care, &bill, hb_pick_item(care, HB_CONSULTATION, -1), 1, begin);
	for (int i = 0; i < 3; i++)
		if (hb_rng_chance(&care->rng, 0.4))
			hb_bill_charge(care, &bill, hb_pick_item(care, HB_LABORATORY, -1), 1, begin + hb_moment(0, 5 + i));
	if (hb_rng_chance(&care->rng, 0.35))
		hb_bill_charge(care, &bill, hb_pick_item(care, HB_TREATMENT, -1), 1, begin + hb_moment(0, 15));
	if (hb_rng_chance(&care->rng, 0.12))
	{
		hb_bill_charge(care, &bill, hb_pick_item(care, HB_IMAGING, -1), 1, begin + hb_moment(0, 8));
		put_labs(care, &bill, day, begin + hb_moment(0, 60));
	}
	for (int i = 1; i <= drugs; i++)
		put_drug(care, &bill, i, i == 1 ? item : hb_pick_item(care, HB_DRUG, 6), 1 + hb_rng_chance(&care->rng, 0.3),
				 begin + hb_moment(0, 12));
	hb_bill_close(care, &bill, diagnosis, begin, end, 0, scheme);
}

/* A purchase of a drug for a condition, or of any. */
void
hb_event_purchase(HbCare *care, int64 org, int64 when, int purpose, int packs, const HbScheme *scheme)
{
	HbBill		bill = hb_bill_open(care, HB_PHARMACY, org);

	hb_bill_charge(care, &bill, hb_pick_item(care, HB_DRUG, purpose), packs, when);
	hb_bill_close(care, &bill, -1, when, when, 0, scheme);
}

static void
put_operation(HbCare *care, HbBill *bill, int diagnosis, int64 when)
{
	int			minutes = 40 + (int) hb_rng_below(&care->rng, 150);
	HbSink	   *s = &care->sink[T_PROC];

	hb_row(s);
	hb_big(s, bill->number);
	hb_short(s, 1);
	hb_big(s, (int64) care->procedure[diagnosis]);
	hb_big(s, when - HB_CHINA_TIME);
	hb_text_int(s, 'D', bill->doctor);
	hb_short(s, 1 + (int) hb_rng_below(&care->rng, 4));
	s = &care->sink[T_OPRN];
	hb_row(s);
	hb_text_int(s, 'S', bill->number);
	hb_short(s, 1);
	hb_big(s, (int64) care->procedure[diagnosis]);
	hb_big(s, when);
	hb_big(s, when + hb_moment(0, minutes));
	hb_big(s, when - hb_moment(0, 25));
	hb_big(s, when + hb_moment(0, minutes + 15));
	hb_text_int(s, 'D', bill->doctor);
	for (int i = 0; i < HB_PROVINCE_ITEM_COUNT; i++)
		if (hb_province_item_rows[i].role == HB_OPERATION)
			hb_bill_charge(care, bill, i, 1, when);
	for (int i = 0; i < 2; i++)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_MATERIAL, -1), 1 + (int) hb_rng_below(&care->rng, 3), when);
}

/* What a stay is charged for: bed and nursing each day, and what is done; excluded plants a pair that excludes each other. */
static void
charge_stay(HbCare *care, HbBill *bill, int diagnosis, int64 begin, int los, bool excluded)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	int			days = Max(los, 1);

	hb_bill_charge(care, bill, hb_pick_item(care, HB_BED, -1), days, begin);
	hb_bill_charge(care, bill, hb_pick_item(care, HB_NURSING, -1), days, begin);
	for (int i = 0; i < 4 + (int) hb_rng_below(&care->rng, 4); i++)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_LABORATORY, -1), 1, begin + hb_moment(0, 60 + i * 700));
	for (int i = 0; i < 2; i++)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_IMAGING, -1), 1, begin + hb_moment(0, 200 + i * 900));
	for (int day = 0; day < days && day < 14; day++)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_TREATMENT, -1), 1 + (int) hb_rng_below(&care->rng, 3), begin + hb_moment(day, 120));
	for (int i = 1; i <= 3; i++)
		put_drug(care, bill, i, hb_pick_item(care, HB_DRUG, i == 1 ? d->drug : i == 2 ? 9 : 8), Max(1, days / i),
				 begin + hb_moment(0, 90 + i));
	/* Monitoring contains bed and nursing, and is not charged beside them on one day. */
	if (excluded)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_MONITORING, -1), 1, begin);
}

void
hb_event_stay(HbCare *care, int32 day, int diagnosis, int64 org, int los, const HbScheme *scheme)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	const HbPerson *p = care->person;
	HbBill		bill = hb_bill_open(care, HB_STAYS, org);
	int64		begin = hb_moment(day, 480 + (int) hb_rng_below(&care->rng, 700));
	int64		end = hb_moment(day + los, 540 + (int) hb_rng_below(&care->rng, 400));
	bool		dies = p->death != HB_NEVER && p->death < day + los;
	HbSink	   *s = &care->sink[T_FRONT];

	if (dies)
	{
		los = p->death - day;
		end = hb_moment(p->death, 1400);
	}
	end = Max(end, begin + hb_moment(0, 240));
	put_encounter(care, &bill, d->dept, begin, end);
	put_diagnoses(care, &bill, diagnosis, day, 0.85);
	put_vital(care, &bill, day, begin + hb_moment(0, 20), d->drug == 8);
	put_labs(care, &bill, day, begin + hb_moment(1, 400));
	charge_stay(care, &bill, diagnosis, begin, los, scheme != NULL && strcmp(scheme->type, "F07") == 0);
	if (d->procedure[0] && hb_rng_chance(&care->rng, d->procedure_p))
		put_operation(care, &bill, diagnosis, begin + hb_moment(Min(1, los), 0));
	hb_row(s);
	hb_big(s, bill.number);
	hb_int(s, Max(los, 1));
	hb_text(s, d->drg);
	hb_text(s, dies ? "5" : hb_rng_chance(&care->rng, 0.93) ? "1" : hb_rng_chance(&care->rng, 0.5) ? "2" : "4");
	hb_numeric(s, bill.total, 2);
	hb_int(s, Max(los, 1));
	hb_bill_close(care, &bill, diagnosis, begin, end, Max(los, 1), scheme);
}
