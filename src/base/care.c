/*-------------------------------------------------------------------------
 * care.c
 *	  When, where and why the persons of the synthetic province seek care,
 *	  and the suspicious patterns planted among that, which table ins.label
 *	  names. What an event then holds is in event.c.
 *
 * Rates and shares are assumptions; see doc/synthetic-province.md.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"
#include "icd/icd10.h"
#include "icd/icd9cm3.h"
#include "ident/cn_division.h"
#include "ident/cn_id.h"

#include <math.h>

#include "base_festival_data.h"
#include "province_condition_data.h"
#include "province_diagnosis_data.h"
#include "province_item_data.h"

/* ----- beginning ----- */

/* Mondays are full, Sundays are not, and around the Spring Festival few come. */
static double
day_weight(int32 day, bool stay)
{
	static const double visit[] = {1.25, 1.12, 1.05, 1.04, 1.02, 0.85, 0.67};	/* from Monday */
	static const double admission[] = {1.3, 1.15, 1.1, 1.05, 1.0, 0.75, 0.65};
	int			weekday = (int) (((int64) day + 5) % 7 + 7) % 7;	/* 2000-01-01 was a Saturday */
	double		weight = stay ? admission[weekday] : visit[weekday];
	double		season = cos((day - 15) * 2 * M_PI / 365.25);

	weight *= 1 + 0.12 * season;
	for (int i = 0; i < HB_BASE_FESTIVAL_COUNT; i++)
	{
		int			y,
					m,
					d;
		int32		after;

		if (sscanf(hb_base_festival_rows[i].spring_festival, "%d-%d-%d", &y, &m, &d) != 3)
			continue;
		after = day - hb_day_number(y, m, d);
		if (after >= -3 && after <= 6)
			weight *= 0.35;
	}
	return weight;
}

static uint64
parse(const HbCodeType *type, const char *text)
{
	uint64		code = 0;
	int			pos;

	if (text[0])
		hb_code_parse(type, text, strlen(text), &code, &pos);
	return code;
}

void
hb_care_init(HbCare *care, const HbProvince *province, const double *scale, Oid icd10)
{
	static const struct
	{
		const char *table;
		const char *columns;
	}			tables[T_COUNT] = {
		{"pop.person", "pid,id,name_enc,sex,birth,death,eth,edu,marital,occ,abo,rh"},
		{"pop.residence", "pid,kind,area,during"},
		{"pop.household", "hid,pid,rel"},
		{"pop.birth", "child_pid,mother_pid,at,ga_days,weight_g,order_,org,outcome"},
		{"pop.death", "pid,at,place,underlying,chain"},
		{"pop.migration", "pid,from_area,to_area,at,reason,span"},
		{"ehr.profile", "pid,hx,env"},
		{"ehr.card", "pid,disease,opened,closed,org"},
		{"ehr.followup", "pid,disease,at,sbp,dbp,glu,bmi,smoke,adherence,next_due,class"},
		{"ehr.exam", "exam_id,pid,at,org,kind"},
		{"ehr.obs", "pid,at,code,val,src"},
		{"emr.enc", "enc_id,pid,org,dept,kind,at,payer,doctor"},
		{"emr.dx", "enc_id,seq,kind,icd10,poa"},
		{"emr.front", "enc_id,los,drg,outcome,total_fee,bed_days"},
		{"emr.proc", "enc_id,seq,icd9cm3,at,surgeon,asa"},
		{"emr.med", "enc_id,seq,atc,drug,days,qty,at"},
		{"emr.lab", "enc_id,code,val,at"},
		{"emr.vital", "enc_id,at,temp,pulse,resp,sbp,dbp,spo2,acvpu"},
		{"ins.psn_b", "psn_no,pid,gend,brdy,insu_admdvs,insutype,die_date"},
		{"ins.mdtrt_d", "mdtrt_id,psn_no,gend,brdy,insutype,insu_admdvs,fixmedins_code,hosp_lv,fix_blng_admdvs,"
		 "begntime,endtime,med_type,adm_dept,dscg_maindiag_code,ipt_days,chfpdr_code,enc_id"},
		{"ins.setl_d", "setl_id,mdtrt_id,setl_time,medfee_sumamt,fulamt_ownpay_amt,overlmt_selfpay,"
		 "preselfpay_amt,inscp_amt,fund_pay_sumamt,acct_pay,cash_payamt,vali_flag"},
		{"ins.fee_list_d", "setl_id,feedetl_sn,mdtrt_id,fee_ocur_time,cnt,pric,det_item_fee_sumamt,chrgitm_lv,"
		 "hilist_code,list_type,med_list_codg,bilg_dr_code,prd_days,trace_code"},
		{"ins.setl_list_diag_d", "setl_id,diag_srt_no,diag_type,diag_code,maindiag_flag"},
		{"ins.setl_list_oprn_d", "setl_id,oprn_srt_no,oprn_oprt_code,oprn_oprt_begntime,oprn_oprt_endtime,"
		 "anst_begntime,anst_endtime,oper_dr_code"},
		{"ins.label", "fraud_id,type,scheme_id,tab,row_key,amount,start_,end_"}
	};

	memset(care, 0, sizeof *care);
	care->province = province;
	care->icd10 = icd10;
	memcpy(care->scale, scale, sizeof care->scale);
	for (int i = 0; i < T_COUNT; i++)
	{
		care->sink[i].table = tables[i].table;
		care->sink[i].columns = tables[i].columns;
		hb_sink_init(&care->sink[i]);
	}
	care->ndays = province->to - province->from;
	care->visits_upto = palloc(sizeof(double) * care->ndays);
	care->stays_upto = palloc(sizeof(double) * care->ndays);
	for (int i = 0; i < care->ndays; i++)
	{
		care->visits_upto[i] = day_weight(province->from + i, false) + (i ? care->visits_upto[i - 1] : 0);
		care->stays_upto[i] = day_weight(province->from + i, true) + (i ? care->stays_upto[i - 1] : 0);
	}
	StaticAssertStmt(HB_PROVINCE_DIAGNOSIS_COUNT <= HB_MAX_DIAGNOSES, "room for diagnoses");
	for (int i = 0; i < HB_PROVINCE_DIAGNOSIS_COUNT; i++)
	{
		const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[i];

		care->code[i] = parse(&hb_icd10_type, d->code);
		care->procedure[i] = parse(&hb_icd9cm3_type, d->procedure);
		if (strcmp(d->drg, "FV25") == 0)
			care->pressure = i;
		for (int of = HB_VISITS; of <= HB_STAYS; of++)
		{
			/* Visits for a condition are drawn apart. */
			bool		here = (d->setting & (1 << of)) && (of == HB_STAYS || d->condition == HB_NO_CONDITION);

			care->any_upto[of][i] = (i ? care->any_upto[of][i - 1] : 0) + (here ? d->weight : 0);
		}
	}
	for (int i = 0; i < HB_CONDITIONS; i++)
		care->condition_code[i] = (int64) parse(&hb_icd10_type, hb_province_condition_rows[i].code);
}

/* ----- what happens ----- */

static int32
pick_day(HbCare *care, const double *upto)
{
	return care->province->from + hb_rng_pick(&care->rng, upto, care->ndays);
}

/* Does a diagnosis fit the person on a day? */
static bool
fits(const HbCare *care, int i, int32 day)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[i];
	double		age = hb_age_on(care->person, day);

	return age >= d->min_age && age < d->max_age
		&& (d->sex == 0 || (d->sex == 1) == care->person->male)
		&& (d->condition == HB_NO_CONDITION || hb_has(care->person, d->condition, day));
}

/* A reason for care, or -1; colds in winter, eczema in summer. */
static int
pick_diagnosis(HbCare *care, int of, int32 day)
{
	double		winter = cos((day - 15) * 2 * M_PI / 365.25);

	for (int tries = 0; tries < 24; tries++)
	{
		int			i = hb_rng_pick(&care->rng, care->any_upto[of], HB_PROVINCE_DIAGNOSIS_COUNT);
		int			season = hb_province_diagnosis_rows[i].season;
		double		keep = season == 1 ? 0.55 + 0.45 * winter : season == 2 ? 0.55 - 0.45 * winter : 0.7;

		if (fits(care, i, day) && hb_rng_chance(&care->rng, keep))
			return i;
	}
	return -1;
}

/* A visit for one of the conditions that the person is treated for, or -1. */
static int
pick_chronic(HbCare *care, int32 day)
{
	double		upto[HB_PROVINCE_DIAGNOSIS_COUNT];
	double		sum = 0;

	for (int i = 0; i < HB_PROVINCE_DIAGNOSIS_COUNT; i++)
	{
		const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[i];

		if ((d->setting & 1) && d->condition != HB_NO_CONDITION && care->person->aware[d->condition] && fits(care, i, day))
			sum += d->weight;
		upto[i] = sum;
	}
	return sum > 0 ? hb_rng_pick(&care->rng, upto, HB_PROVINCE_DIAGNOSIS_COUNT) : -1;
}

static int64
pick_org(HbCare *care, int of)
{
	const HbProvince *province = care->province;
	const HbPerson *p = care->person;
	int64		here = (int64) p->area * 100;
	double		u = hb_rng_uniform(&care->rng);
	int			prefecture = 0;

	if (of == HB_PHARMACY)
		return here + HB_ORG_PHARMACY + (hb_rng_chance(&care->rng, 0.8) ? p->pid % 6 : hb_rng_below(&care->rng, 6));
	if (u < (of == HB_VISITS ? 0.55 : 0.25))
		return here + HB_ORG_TOWN + (p->pid & 3);
	if (u < (of == HB_VISITS ? 0.85 : 0.72))
		return here + HB_ORG_HOSPITAL;
	while (province->county_first[prefecture + 1] <= p->county)
		prefecture++;
	return (int64) province->county[province->county_first[prefecture]] * 100 + HB_ORG_TERTIARY
		+ hb_rng_below(&care->rng, 2);
}

static int
pick_los(HbCare *care, int diagnosis)
{
	double		mean = hb_province_diagnosis_rows[diagnosis].los;

	return (int) Min(180, Max(0, mean * exp(0.45 * hb_rng_normal(&care->rng) - 0.1)));
}

/* ----- a person's year ----- */

static void
visits(HbCare *care)
{
	const HbPerson *p = care->person;
	double		age = hb_age_on(p, care->province->from);
	double		use = exp(0.5 * p->frailty - 0.125);
	int			known = 0;
	int			n;

	for (int i = 0; i < HB_CONDITIONS; i++)
		known += p->aware[i] && hb_has(p, i, care->province->from);
	n = hb_rng_poisson(&care->rng, care->scale[SCALE_VISITS] * care->province->years * use
					   * (age < 5 ? 4.5 : age < 18 ? 1.8 : 1.6 + 0.012 * age + 2.2 * known));
	for (; n > 0 && care->number < 900; n--)
	{
		int32		day = pick_day(care, care->visits_upto);
		int			diagnosis = hb_rng_chance(&care->rng, 0.6) ? pick_chronic(care, day) : -1;

		if (!hb_alive(p, day))
			continue;
		if (diagnosis < 0)
			diagnosis = pick_diagnosis(care, HB_VISITS, day);
		if (diagnosis >= 0)
			hb_event_visit(care, day, diagnosis, pick_org(care, HB_VISITS), NULL);
	}
}

static void
purchases(HbCare *care)
{
	const HbPerson *p = care->person;
	int			n = hb_rng_poisson(&care->rng, care->scale[SCALE_PHARMACY] * care->province->years * (p->employee ? 1.6 : 0.6));

	for (; n > 0 && care->number < 900; n--)
	{
		int32		day = pick_day(care, care->visits_upto);
		int			purpose = 5 + (int) hb_rng_below(&care->rng, 3);

		for (int i = 0; i < 3; i++)
			if (p->aware[i] && hb_has(p, i, day) && hb_rng_chance(&care->rng, 0.5))
				purpose = i;
		if (hb_alive(p, day))
			hb_event_purchase(care, pick_org(care, HB_PHARMACY), hb_moment(day, 480 + (int) hb_rng_below(&care->rng, 780)),
							  purpose, 1 + hb_rng_chance(&care->rng, 0.25), NULL);
	}
}

/* Stays do not overlap, but for those that are planted. */
static void
stays(HbCare *care)
{
	const HbPerson *p = care->person;
	const HbScheme cut = {"F01", p->pid};
	const HbScheme elsewhere = {"F02", p->pid};
	const HbScheme excluded = {"F07", p->pid};
	double		age = hb_age_on(p, care->province->from);
	double		use = exp(0.6 * p->frailty - 0.18);
	double		suspicious = care->scale[SCALE_SCHEMES];
	int32		free_from = care->province->from;
	int			n = hb_rng_poisson(&care->rng, care->scale[SCALE_STAYS] * care->province->years * use
								   * (age < 5 ? 0.2 : age < 45 ? 0.09 : 0.09 + 0.0105 * (age - 45)));

	for (; n > 0 && care->number < 900; n--)
	{
		int32		day = pick_day(care, care->stays_upto);
		int			diagnosis;
		int			los;
		int64		org;

		if (day < free_from || !hb_alive(p, day) || (diagnosis = pick_diagnosis(care, HB_STAYS, day)) < 0)
			continue;
		los = pick_los(care, diagnosis);
		org = pick_org(care, HB_STAYS);
		free_from = day + los + 1;
		if (los > 10 && hb_rng_chance(&care->rng, 0.03 * suspicious))
		{
			/* F01: one stay cut in two, a day apart. */
			hb_event_stay(care, day, diagnosis, org, los / 2, &cut);
			hb_event_stay(care, day + los / 2 + 1, diagnosis, org, los - los / 2, &cut);
			free_from += 2;
			continue;
		}
		hb_event_stay(care, day, diagnosis, org, los,
					  org % 7 == 0 && hb_rng_chance(&care->rng, 0.05 * suspicious) ? &excluded : NULL);
		/* F02: a visit elsewhere while lying in hospital. */
		if (los > 4 && hb_rng_chance(&care->rng, 0.004 * suspicious))
			hb_event_visit(care, day + los / 2, 0, (int64) p->area * 100 + HB_ORG_TOWN + ((p->pid + 1) & 3), &elsewhere);
	}
}

/* F06: the same drug from three places each month. */
static void
oversupply(HbCare *care)
{
	const HbPerson *p = care->person;
	const HbScheme scheme = {"F06", p->pid};

	for (int32 day = care->province->from + (int32) (p->pid % 28); day < care->province->to && care->number < 900; day += 28)
		for (int i = 0; i < 3; i++)
			if (hb_alive(p, day + i))
				hb_event_purchase(care, (int64) p->area * 100 + HB_ORG_PHARMACY + 2 * i, hb_moment(day + i, 600), 1, 3, &scheme);
}

/* F03: neighbours admitted and discharged together, again and again. */
static void
group_stays(HbCare *care, uint64 mark)
{
	const HbScheme scheme = {"F03", care->block[0].pid};
	int32		first = care->province->from + 20 + (int32) (mark % 40);

	for (int32 day = first; day + 8 < care->province->to && care->number < 900; day += 75)
		if (hb_alive(care->person, day) && hb_age_on(care->person, day) >= 18)
			hb_event_stay(care, day, care->pressure, (int64) care->person->area * 100 + HB_ORG_TOWN, 7, &scheme);
}

/* F05: cards of a ring used one after the other at the same till. */
static void
card_ring(HbCare *care, uint64 mark)
{
	const HbScheme scheme = {"F05", care->block[0].pid};
	int32		first = care->province->from + (int32) (mark % 14);
	int			place = (int) ((care->person->pid - 1) % HB_BLOCK);

	for (int32 day = first; day < care->province->to && care->number < 900; day += 15)
		if (hb_alive(care->person, day))
			hb_event_purchase(care, (int64) care->person->area * 100 + HB_ORG_PHARMACY + 5,
							  hb_moment(day, 720) + place * INT64CONST(40000000), 0, 4, &scheme);
}

void
hb_care_block(HbCare *care, const HbPerson *block, int first, int last)
{
	uint64		mark = hb_mix64(care->province->seed ^ hb_mix64((uint64) block[0].pid));
	double		chance = (mark >> 32) / 4294967296.0;
	double		suspicious = care->scale[SCALE_SCHEMES];

	care->block = block;
	for (int i = first; i <= last; i++)
	{
		const HbPerson *p = &block[i];

		care->person = p;
		care->number = 1;
		hb_people_person(care, p);
		hb_rng_start(&care->rng, care->province->seed, p->pid, HB_STREAM_CARE);
		visits(care);
		purchases(care);
		hb_rng_start(&care->rng, care->province->seed, p->pid, HB_STREAM_STAY);
		stays(care);
		hb_rng_start(&care->rng, care->province->seed, p->pid, HB_STREAM_SCHEME);
		if (p->aware[HB_DIABETES] && hb_has(p, HB_DIABETES, care->province->from)
			&& hb_rng_chance(&care->rng, 0.01 * suspicious))
			oversupply(care);
		if (chance < 0.001 * suspicious)
			group_stays(care, mark);
		else if (chance > 1 - 0.001 * suspicious)
			card_ring(care, mark);
	}
}
