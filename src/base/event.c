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

#include "province_comorbidity_data.h"
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

/* The probability of a comorbidity: half or double for fifteen years less or more. */
static double
comorbidity_share(const HbProvinceComorbidityRow *c, const HbPerson *p, int32 day)
{
	double		age = hb_age_on(p, day);

	if (age < c->min_age || (c->sex != 0 && (c->sex == 1) != p->male))
		return 0;
	return Min(0.5, c->share * exp2((age - 70) / 15) * exp(0.4 * p->frailty));
}

/* The reason, conditions that the person is known to have, and in stays what else is found. */
static void
put_diagnoses(HbCare *care, HbBill *bill, int diagnosis, int32 day, double others)
{
	const HbScheme upcoded = {10, bill->org};
	int			seq = 1;

	put_diagnosis(care, bill, seq++, (int64) care->code[diagnosis]);
	for (int i = 0; i < HB_CONDITIONS; i++)
		if (hb_province_diagnosis_rows[diagnosis].condition != i && hb_has(care->person, i, day)
			&& (care->person->aware[i] || bill->kind == HB_STAYS) && hb_rng_chance(&care->rng, others))
			put_diagnosis(care, bill, seq++, care->condition_code[i]);
	if (bill->kind != HB_STAYS)
		return;
	for (int i = 0; i < HB_PROVINCE_COMORBIDITY_COUNT; i++)
	{
		const HbProvinceComorbidityRow *c = &hb_province_comorbidity_rows[i];

		if (!hb_rng_chance(&care->rng, comorbidity_share(c, care->person, day))
			|| care->comorbidity_code[i] == (int64) care->code[diagnosis])
			continue;
		put_diagnosis(care, bill, seq++, care->comorbidity_code[i]);
		if (c->severity && c->severity < bill->severity)
			bill->severity = c->severity;
	}
	/* F10: a major complication that the patient does not have. */
	if (bill->severity > 1 && hb_marked(care, bill->org, 10, 0.05) && hb_rng_chance(&care->rng, 0.3))
	{
		bill->severity = 1;
		put_diagnosis(care, bill, seq, care->upcode);
		hb_bill_label(care, bill, &upcoded, hb_moment(day, 0), hb_moment(day, 0));
	}
}

static void
put_med(HbCare *care, const HbBill *bill, int seq, int item, int count, int64 when)
{
	const HbProvinceItemRow *r = &hb_province_item_rows[item];
	HbSink	   *s = &care->sink[T_MED];

	hb_row(s);
	hb_big(s, bill->number);
	hb_short(s, seq);
	hb_text(s, r->atc);
	hb_text(s, r->name);
	hb_text(s, r->freq);
	hb_text(s, strchr(r->code, 'B') == r->code + 8 ? "ivgtt" : "po");
	hb_int(s, r->days * count);
	hb_numeric(s, count, 0);
	if (care->ddds[item] > 0)
		hb_numeric(s, (int64) (care->ddds[item] * count * 100 + 0.5), 2);
	else
		hb_null(s);
	hb_big(s, when - HB_CHINA_TIME);
}

static void
put_drug(HbCare *care, HbBill *bill, int seq, int item, int count, int64 when)
{
	const HbScheme brand = {11, bill->org};
	int			dear = care->rule_item[I_STATIN_BRAND];

	/* One in ten takes the brand; F11: from a day on, most patients of a hospital. */
	if (item == care->rule_item[I_STATIN] && hb_marked(care, bill->org, 11, 0.06)
		&& when >= hb_moment(hb_marked_from(care, bill->org, 11), 0) && hb_rng_chance(&care->rng, 0.8))
	{
		item = dear;
		hb_bill_plant(care, bill, item, count, when, &brand);
	}
	else
	{
		if (item == care->rule_item[I_STATIN] && hb_rng_chance(&care->rng, 0.1))
			item = dear;
		hb_bill_charge(care, bill, item, count, when);
	}
	put_med(care, bill, seq, item, count, when);
}

/* Values of the laboratory, with the limits of what is normal. */
static const struct
{
	int			measure;
	int			scale;
	double		lo;
	double		hi;
	bool		stay;			/* only there */
}			panel[] = {
	{M_GLU, 2, 3.9, 6.1}, {M_CREATININE, 1, 41, 111}, {M_ALT, 0, 7, 50}, {M_AST, 0, 13, 40}, {M_ALBUMIN, 1, 40, 55},
	{M_PLATELETS, 0, 125, 350}, {M_HAEMOGLOBIN, 0, 115, 175}, {M_LEUCOCYTES, 2, 3.5, 9.5},
	{M_BILIRUBIN, 1, 3.4, 23, true}, {M_INR, 2, 0.8, 1.2, true}, {M_UREA, 2, 2.6, 8, true}, {M_SODIUM, 0, 137, 147, true},
	{M_TC, 2, 2.8, 5.2, true}, {M_HDL, 2, 1.0, 2.2, true}, {M_LDL, 2, 0, 3.4, true}, {M_TG, 2, 0.3, 1.7, true}
};

static void
put_labs(HbCare *care, const HbBill *bill, int32 day, int64 when)
{
	HbSink	   *s = &care->sink[T_LAB];
	double		value[HB_MEASURES];

	hb_people_body(care, care->person, day, value);
	for (int i = 0; i < lengthof(panel); i++)
	{
		double		v = value[panel[i].measure];
		double		power = panel[i].scale == 0 ? 1 : panel[i].scale == 1 ? 10 : 100;

		if ((panel[i].stay && bill->kind != HB_STAYS) || hb_rng_chance(&care->rng, 0.02))
			continue;
		v = floor(v * power + 0.5);
		hb_row(s);
		hb_big(s, bill->number);
		hb_text(s, hb_measures[panel[i].measure]);
		hb_numeric(s, (int64) v, panel[i].scale);
		hb_text(s, v / power < panel[i].lo ? "L" : v / power > panel[i].hi ? "H" : "N");
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

/* Two thirds in the morning, the others after the noon break. */
static int
office_minute(HbCare *care)
{
	return hb_rng_chance(&care->rng, 0.62) ? 475 + (int) hb_rng_below(&care->rng, 225)
		: 840 + (int) hb_rng_below(&care->rng, 180);
}

/* Glycated haemoglobin of diabetics, not within three months of another; F08: again at the next visit. */
static void
charge_hba1c(HbCare *care, HbBill *bill, int32 day, int64 when)
{
	const HbScheme frequent = {8, bill->org};
	int			item = care->rule_item[I_HBA1C];

	if (!care->person->aware[HB_DIABETES] || !hb_has(care->person, HB_DIABETES, day))
		return;
	if (day > care->last_hba1c[1] + 90 || day < care->last_hba1c[0] - 90)
	{
		if (!hb_rng_chance(&care->rng, 0.35))
			return;
		care->last_hba1c[0] = care->last_hba1c[1] < 0 ? day : Min(care->last_hba1c[0], day);
		care->last_hba1c[1] = Max(care->last_hba1c[1], day);
		hb_bill_charge(care, bill, item, 1, when);
		if (hb_marked(care, bill->org, 8, 0.12) && hb_rng_chance(&care->rng, 0.5))
			hb_bill_plant(care, bill, item, 1, when + hb_moment(0, 1), &frequent);
	}
}

/* Lipids as a panel; F09: its parts. */
static void
charge_laboratory(HbCare *care, HbBill *bill, int64 when)
{
	const HbScheme unbundled = {9, bill->org};
	int			item = hb_pick_item(care, HB_LABORATORY, 0);

	if (item != care->rule_item[I_PANEL] || !hb_marked(care, bill->org, 9, 0.025))
		hb_bill_charge(care, bill, item, 1, when);
	else
		for (int i = I_COMPONENT1; i <= I_COMPONENT4; i++)
			hb_bill_plant(care, bill, care->rule_item[i], 1, when, &unbundled);
}

/* Preventive care of children's teeth, and F14: items for the other sex or for children. */
static void
charge_limited(HbCare *care, HbBill *bill, int32 day, int64 when)
{
	const HbScheme mismatch = {14, bill->org};
	const HbPerson *p = care->person;
	double		age = hb_age_on(p, day);
	int			below = hb_province_item_rows[care->rule_item[I_CHILD]].below;

	/* A year on either side of the limit is left out. */
	if (age < below - 1 && hb_rng_chance(&care->rng, 0.02))
		hb_bill_charge(care, bill, care->rule_item[I_CHILD], 1, when);
	if (hb_rng_chance(&care->rng, Min(0.0005 * care->scale[SCALE_SCHEMES], 1)))
		hb_bill_plant(care, bill, care->rule_item[age > below + 1 && hb_rng_chance(&care->rng, 0.4) ? I_CHILD : p->male ? I_FETAL : I_SEMEN],
					  1, when, &mismatch);
}

/* F15: a hospital whose totals are invented: all first digits alike. */
static void
charge_invented(HbCare *care, HbBill *bill, int64 when, HbScheme *scheme)
{
	int64		total = 10000 + 100 * hb_rng_below(&care->rng, 900) + 5 * hb_rng_below(&care->rng, 20);

	if (!hb_marked(care, bill->org, 15, 0.025) || bill->total <= 0 || total <= bill->total)
		return;
	bill->price = total - bill->total;
	hb_bill_charge(care, bill, care->rule_item[I_OTHER_MATERIAL], 1, when);
	bill->price = 0;
	scheme->type = 15;
	scheme->id = bill->org;
}

void
hb_event_visit(HbCare *care, int32 day, int diagnosis, int64 org, const HbScheme *scheme)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	HbScheme	invented = {0};
	HbBill		bill = hb_bill_open(care, HB_VISITS, org);
	int64		begin = hb_moment(day, office_minute(care));
	int64		end = begin + hb_moment(0, 15 + (int) hb_rng_below(&care->rng, 100));
	int			drugs = 1 + hb_rng_chance(&care->rng, 0.35);
	int			level = hb_org_level(org);
	bool		chronic = d->condition != HB_NO_CONDITION;
	bool		tests = scheme != NULL && scheme->type == 19;

	if (scheme != NULL && scheme->type == 13)
	{
		bill.doctor = scheme->id;
		bill.alone = true;
	}
	put_encounter(care, &bill, d->dept, begin, end);
	put_diagnoses(care, &bill, diagnosis, day, 0.3);
	hb_bill_charge(care, &bill, hb_pick_item(care, HB_CONSULTATION, 0), 1, begin);
	for (int i = 0; i < (tests ? 6 : 2); i++)
		if (tests || hb_rng_chance(&care->rng, 0.18 + 0.12 * level))
			charge_laboratory(care, &bill, begin + hb_moment(0, 5 + i));
	charge_hba1c(care, &bill, day, begin + hb_moment(0, 6));
	if (scheme != NULL && scheme->type == 13)
		hb_bill_charge(care, &bill, care->rule_item[I_NEEDLING], 5, begin + hb_moment(0, 15));
	else if (hb_rng_chance(&care->rng, 0.28))
		hb_bill_charge(care, &bill, hb_pick_item(care, HB_TREATMENT, 0), 1 + (int) hb_rng_below(&care->rng, 3), begin + hb_moment(0, 15));
	if (tests || hb_rng_chance(&care->rng, 0.01 + 0.09 * level))
	{
		for (int i = 0; i < (tests ? 3 : 1); i++)
			hb_bill_charge(care, &bill, hb_pick_item(care, HB_IMAGING, 0), 1, begin + hb_moment(0, 8 + i));
		put_labs(care, &bill, day, begin + hb_moment(0, 60));
	}
	charge_limited(care, &bill, day, begin + hb_moment(0, 9));
	for (int i = 1; i <= drugs; i++)
		put_drug(care, &bill, i, hb_pick_item(care, HB_DRUG, i == 1 || chronic ? d->drug : 6),
				 1 + (int) hb_rng_below(&care->rng, chronic ? 4 : 3),
				 begin + hb_moment(0, 12));
	charge_invented(care, &bill, begin + hb_moment(0, 13), &invented);
	hb_bill_close(care, &bill, diagnosis, begin, end, 0, scheme ? scheme : invented.type ? &invented : NULL);
}

/* A purchase; F16: a pharmacy that from a day on sells a rare drug to everybody. */
void
hb_event_purchase(HbCare *care, int64 org, int64 when, int item, int packs, int64 trace, const HbScheme *scheme)
{
	const HbScheme rare = {16, org};
	HbBill		bill = hb_bill_open(care, HB_PHARMACY, org);
	bool		spike = scheme == NULL && hb_marked(care, org, 16, 0.02)
		&& when >= hb_moment(hb_marked_from(care, org, 16), 0) && hb_rng_chance(&care->rng, 0.5);

	if (spike || (scheme == NULL && hb_rng_chance(&care->rng, 0.0015)))
		item = care->rule_item[I_FACTOR8];
	bill.trace = trace;
	hb_bill_charge(care, &bill, item, packs, when);
	hb_bill_close(care, &bill, -1, when, when, 0, spike ? &rare : scheme);
}

static void
put_operation(HbCare *care, HbBill *bill, int diagnosis, int64 when)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
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
	if (d->operation == 0)
		return;
	hb_bill_charge(care, bill, hb_pick_item(care, HB_OPERATION, d->operation), 1, when);
	if (d->implant)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_IMPLANT, d->implant), 1 + hb_rng_chance(&care->rng, 0.25), when);
	if (minutes < 70)
		return;
	hb_bill_charge(care, bill, care->rule_item[I_ANAESTHESIA], 1 + minutes / 120, when);
	for (int i = 0; i < 2; i++)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_MATERIAL, 0), 1 + (int) hb_rng_below(&care->rng, 3), when);
}

/*
 * F07: pairs of items that exclude each other, within a day, an hour, six hours or
 * the visit; the same pairs further apart are legal.
 */
static void
charge_pairs(HbCare *care, HbBill *bill, int diagnosis, int64 begin)
{
	const HbScheme excluded = {7, bill->org};
	const HbScheme apart = {7, bill->org, true};
	bool		marked = hb_marked(care, bill->org, 7, 0.12);
	int			group = strcmp(hb_province_diagnosis_rows[diagnosis].drg, "FM1") == 0
		|| strcmp(hb_province_diagnosis_rows[diagnosis].drg, "BB2") == 0;

	if (marked && hb_rng_chance(&care->rng, 0.1))
		hb_bill_plant(care, bill, care->rule_item[I_MONITORING], 1, begin + hb_moment(0, 30), &excluded);
	if (group && hb_rng_chance(&care->rng, 0.3))
	{
		bool		within = marked && hb_rng_chance(&care->rng, 0.6);

		hb_bill_charge(care, bill, care->rule_item[I_INVASIVE], 1, begin + hb_moment(0, 60));
		hb_bill_plant(care, bill, care->rule_item[I_AMBULATORY], 1, begin + hb_moment(0, within ? 90 : 360), within ? &excluded : &apart);
	}
	if (diagnosis == care->rule_diagnosis[D_BIRTH])
	{
		bool		within = marked && hb_rng_chance(&care->rng, 0.4);

		/* The delivery is charged a day after admission; see put_operation. */
		hb_bill_plant(care, bill, care->rule_item[I_FETAL], 1, begin + hb_moment(1, within ? -120 : -700), within ? &excluded : &apart);
		if (marked && hb_rng_chance(&care->rng, 0.3))
			hb_bill_plant(care, bill, care->rule_item[I_SUTURE], 1, begin + hb_moment(1, 40), &excluded);
	}
}

/* How much a case costs beside others of its kind. */
static double
intensity(HbCare *care, const HbBill *bill)
{
	static const double level[] = {1, 0.7, 2.0, 3.4};
	uint64		hospital = hb_mix64(care->province->seed + (uint64) bill->org);
	double		custom = ((hospital & 0xFFFF) + (hospital >> 16 & 0xFFFF) + (hospital >> 32 & 0xFFFF)) / 65536.0 - 1.5;

	return level[hb_org_level(bill->org)] * (bill->severity == 1 ? 1.8 : bill->severity == 3 ? 1.25 : 1)
		* exp(0.24 * custom + 0.45 * hb_rng_normal(&care->rng));
}

static void
charge_drugs(HbCare *care, HbBill *bill, int diagnosis, int64 begin, int days, double factor)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	int			seq = 1;

	if (diagnosis == care->rule_diagnosis[D_CHEMO])
		put_drug(care, bill, seq++, care->rule_item[I_CISPLATIN], 3 * days, begin + hb_moment(0, 91));
	if (hb_is_birth(care, diagnosis))
		put_drug(care, bill, seq++, care->rule_item[I_OXYTOCIN], 2, begin + hb_moment(1, 5));
	for (int i = 0; i < 4; i++)
	{
		int			item = hb_pick_item(care, HB_DRUG, i == 0 ? d->drug : i == 1 && d->drg[0] != 'T' ? 8 : HB_PURPOSE_STAY);
		int			pack = hb_province_item_rows[item].days;
		/* Boxes last; injections are counted by the day. */
		int			count = pack > 1 ? 1 + days / pack : (int) ceil(days * Min(factor, 12) * (0.6 + hb_rng_uniform(&care->rng)));

		if (hb_province_item_rows[item].price > 20000)
			count = hb_rng_chance(&care->rng, Min(0.05 * factor, 0.5)) ? 1 + count / 4 : 0;
		if (count > 0)
			put_drug(care, bill, seq++, item, count, begin + hb_moment(0, 90 + i));
	}
}

/* What a stay is charged for: bed and nursing each day, and what is done. */
static void
charge_stay(HbCare *care, HbBill *bill, int diagnosis, int64 begin, int los)
{
	int			days = Max(los, 1);
	double		factor = intensity(care, bill);
	int			tests = 3 + (int) Min(2.5 * factor, 12);
	int			pictures = 1 + (int) Min(factor, 6);
	int			bed = hb_pick_item(care, HB_BED, 0);
	int			nursing = hb_pick_item(care, HB_NURSING, 0);

	for (int day = 0; day < days; day++)
	{
		int64		when = begin + hb_moment(day, 0);

		hb_bill_charge(care, bill, bed, 1, when);
		hb_bill_charge(care, bill, nursing, 1, when + hb_moment(0, 5));
		if (day % 3 == 0)
			hb_bill_charge(care, bill, hb_pick_item(care, HB_TREATMENT, 0), 1 + (int) (hb_rng_below(&care->rng, 10) * Min(factor, 5)),
						   when + hb_moment(0, 20));
	}
	for (int i = 0; i < tests; i++)
		charge_laboratory(care, bill, begin + hb_moment(i * days / tests, 60 + i));
	for (int i = 0; i < pictures; i++)
		hb_bill_charge(care, bill, hb_pick_item(care, HB_IMAGING, 0), 1, begin + hb_moment(i * days / pictures, 80));
	charge_limited(care, bill, (int32) (begin / HB_USECS_A_DAY), begin + hb_moment(0, 70));
	charge_drugs(care, bill, diagnosis, begin, days, factor);
	charge_pairs(care, bill, diagnosis, begin);
}

static void
put_front(HbCare *care, const HbBill *bill, int diagnosis, int los, bool dies)
{
	HbSink	   *s = &care->sink[T_FRONT];
	char		group[8];

	snprintf(group, sizeof group, "%s%d", hb_province_diagnosis_rows[diagnosis].drg, bill->severity);
	hb_row(s);
	hb_big(s, bill->number);
	hb_int(s, Max(los, 1));
	hb_text(s, group);
	hb_text(s, dies ? "5" : hb_rng_chance(&care->rng, 0.93) ? "1" : hb_rng_chance(&care->rng, 0.5) ? "2" : "4");
	hb_numeric(s, bill->total, 2);
	hb_int(s, Max(los, 1));
}

void
hb_event_stay(HbCare *care, int32 day, int diagnosis, int64 org, int los, const HbScheme *scheme)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	const HbPerson *p = care->person;
	HbBill		bill = hb_bill_open(care, HB_STAYS, org);
	int64		begin = hb_moment(day, 480 + (int) hb_rng_below(&care->rng, 500));
	int64		end = hb_moment(day + los, 540 + (int) hb_rng_below(&care->rng, 400));
	bool		dies = p->death != HB_NEVER && p->death <= day + los;

	/* Who is admitted again on the day of a discharge comes after it. */
	if (care->left / HB_USECS_A_DAY == day)
		begin = Max(begin, care->left + hb_moment(0, 45));
	if (dies)
	{
		los = p->death - day;
		end = hb_moment(p->death, HB_DEATH_MINUTE(p));
		begin = Min(begin, end - hb_moment(0, 120));
	}
	end = Max(end, begin + hb_moment(0, los == 0 ? 60 : 240));
	care->left = end;
	put_encounter(care, &bill, d->dept, begin, end);
	put_diagnoses(care, &bill, diagnosis, day, 0.85);
	put_vital(care, &bill, day, begin + hb_moment(0, 20), d->drug == 8);
	put_labs(care, &bill, day, begin + hb_moment(0, 40));
	charge_stay(care, &bill, diagnosis, begin, los);
	if (d->procedure[0] && hb_rng_chance(&care->rng, d->procedure_p))
		put_operation(care, &bill, diagnosis, begin + hb_moment(Min(1, los), 0));
	put_front(care, &bill, diagnosis, los, dies);
	hb_bill_close(care, &bill, diagnosis, begin, end, Max(los, 1), scheme);
}
