/*-------------------------------------------------------------------------
 * care.c
 *	  When, where and why the persons of the synthetic province seek care.
 *	  What an event then holds is in event.c; suspicious patterns, in scheme.c.
 *
 * Rates and shares are assumptions; see doc/synthetic-province.md.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"
#include "icd/icd10.h"
#include "icd/icd9cm3.h"
#include "ident/cn_id.h"

#include <math.h>

#include "base_festival_data.h"
#include "province_atc_data.h"
#include "province_cause_data.h"
#include "province_comorbidity_data.h"
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

/* ----- rows that rules name ----- */

static int
find_item(const char *code)
{
	for (int i = 0; i < HB_PROVINCE_ITEM_COUNT; i++)
		if (strcmp(hb_province_item_rows[i].code, code) == 0)
			return i;
	ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR), errmsg_internal("no item %s", code)));
	return -1;
}

/* A diagnosis of a setting; of several, the first. */
static int
find_diagnosis(const char *code, int setting)
{
	for (int i = 0; i < HB_PROVINCE_DIAGNOSIS_COUNT; i++)
		if (strcmp(hb_province_diagnosis_rows[i].code, code) == 0
			&& (hb_province_diagnosis_rows[i].setting == setting || hb_province_diagnosis_rows[i].setting == 3))
			return i;
	ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR), errmsg_internal("no diagnosis %s", code)));
	return -1;
}

static void
init_rules(HbCare *care)
{
	static const char *const item[I_COUNT] = {
		"002503020030000", "HB25030301", "002503030010000", "002503030020000", "002503030040000", "002503030050000",
		"001103000010000", "003107020020000", "003107010210000", "003112010260000", "003313040020000",
		"002501040230000", "001302000010000", "HB99000001", "HB33010001", "XC10AA05A001", "XC10AA05A002", "XL01XA01B001", "XH01BB02B001",
		"XB02BD02B001", "004300000010000"
	};
	static const struct
	{
		const char *code;
		int			setting;
	}			diagnosis[D_COUNT] = {
		{"J06.900", 1}, {"I10.x00x002", 2}, {"O80.000", 0}, {"O82.000", 0}, {"Z51.102", 0}, {"F20.000", 0}, {"N18.500", 2}
	};

	for (int i = 0; i < I_COUNT; i++)
		care->rule_item[i] = find_item(item[i]);
	for (int i = 0; i < D_COUNT; i++)
		care->rule_diagnosis[i] = find_diagnosis(diagnosis[i].code, diagnosis[i].setting);
}

/* Items by role and purpose, and their defined daily doses. */
static void
init_items(HbCare *care)
{
	int			n = 0;

	StaticAssertStmt(HB_PROVINCE_ITEM_COUNT <= HB_MAX_ITEMS, "room for items");
	for (int role = 1; role <= HB_IMPLANT; role++)
		for (int purpose = 0; purpose < lengthof(care->choice_first[0]); purpose++)
		{
			care->choice_first[role][purpose] = (int16) n;
			for (int i = 0; i < HB_PROVINCE_ITEM_COUNT; i++)
				if (hb_province_item_rows[i].role == role && hb_province_item_rows[i].purpose == purpose)
					care->choice[n++] = (int16) i;
			care->choice_count[role][purpose] = (int16) (n - care->choice_first[role][purpose]);
		}
	for (int i = 0; i < HB_PROVINCE_ITEM_COUNT; i++)
		for (int j = 0; j < HB_PROVINCE_ATC_COUNT; j++)
			if (strcmp(hb_province_item_rows[i].atc, hb_province_atc_rows[j].code) == 0 && hb_province_atc_rows[j].ddd > 0)
				care->ddds[i] = hb_province_item_rows[i].content / hb_province_atc_rows[j].ddd;
}

static void
init_diagnoses(HbCare *care)
{
	StaticAssertStmt(HB_PROVINCE_DIAGNOSIS_COUNT <= HB_MAX_DIAGNOSES, "room for diagnoses");
	StaticAssertStmt(HB_PROVINCE_COMORBIDITY_COUNT <= HB_MAX_COMORBIDITIES, "room for comorbidities");
	for (int i = 0; i < HB_PROVINCE_DIAGNOSIS_COUNT; i++)
	{
		const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[i];

		care->code[i] = parse(&hb_icd10_type, d->code);
		care->procedure[i] = parse(&hb_icd9cm3_type, d->procedure);
		for (int of = HB_VISITS; of <= HB_STAYS; of++)
		{
			/* Visits for a condition are drawn apart. */
			bool		here = (d->setting & (1 << of)) && (of == HB_STAYS || d->condition == HB_NO_CONDITION);

			care->any_upto[of][i] = (i ? care->any_upto[of][i - 1] : 0) + (here ? d->weight : 0);
		}
	}
	for (int i = 0; i < HB_CONDITIONS; i++)
		care->condition_code[i] = (int64) parse(&hb_icd10_type, hb_province_condition_rows[i].code);
	care->upcode = (int64) parse(&hb_icd10_type, "J96.900");
	for (int i = 0; i < HB_PROVINCE_COMORBIDITY_COUNT; i++)
		care->comorbidity_code[i] = (int64) parse(&hb_icd10_type, hb_province_comorbidity_rows[i].code);
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
		{"ehr.profile", "pid,hx,fam,allergy,env"},
		{"ehr.card", "pid,disease,opened,closed,grade,org"},
		{"ehr.followup", "pid,disease,at,sbp,dbp,glu,bmi,smoke,drink,meds,adherence,next_due,class"},
		{"ehr.exam", "exam_id,pid,at,org,kind"},
		{"ehr.obs", "pid,at,code,val,src"},
		{"emr.enc", "enc_id,pid,org,dept,kind,at,payer,doctor"},
		{"emr.dx", "enc_id,seq,kind,icd10,poa"},
		{"emr.front", "enc_id,los,drg,outcome,total_fee,bed_days"},
		{"emr.proc", "enc_id,seq,icd9cm3,at,surgeon,asa"},
		{"emr.med", "enc_id,seq,atc,drug,freq,route,days,qty,ddds,at"},
		{"emr.lab", "enc_id,code,val,abn,at"},
		{"emr.vital", "enc_id,at,temp,pulse,resp,sbp,dbp,spo2,acvpu"},
		{"ins.psn_b", "psn_no,pid,gend,brdy,insu_admdvs,insutype,psn_type,die_date"},
		{"ins.enrol", "psn_no,insutype,insu_admdvs,during"},
		{"ins.mdtrt_d", "mdtrt_id,psn_no,gend,brdy,insutype,psn_type,insu_admdvs,fixmedins_code,hosp_lv,fix_blng_admdvs,"
		 "begntime,endtime,med_type,adm_dept,dscg_maindiag_code,ipt_days,chfpdr_code,enc_id"},
		{"ins.setl_d", "setl_id,mdtrt_id,setl_time,setl_type,medfee_sumamt,fulamt_ownpay_amt,overlmt_selfpay,"
		 "preselfpay_amt,inscp_amt,fund_pay_sumamt,acct_pay,cash_payamt,vali_flag"},
		{"ins.fee_list_d", "setl_id,feedetl_sn,mdtrt_id,fee_ocur_time,cnt,pric,det_item_fee_sumamt,pric_uplmt_amt,chrgitm_lv,"
		 "hilist_code,list_type,med_list_codg,bilg_dr_code,acord_dr_code,sin_dos_dscr,used_frqu_dscr,prd_days,trace_code"},
		{"ins.setl_list_diag_d", "setl_id,diag_srt_no,diag_type,diag_code,maindiag_flag"},
		{"ins.setl_list_oprn_d", "setl_id,oprn_srt_no,oprn_oprt_code,oprn_oprt_begntime,oprn_oprt_endtime,"
		 "anst_begntime,anst_endtime,oper_dr_code"},
		{"ins.label", "fraud_id,type,scheme_id,tab,row_key,amount,start_,end_"},
		{"ins.clean_lookalike", "lookalike_id,type,tab,row_key"}
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
	init_diagnoses(care);
	init_items(care);
	init_rules(care);
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
	const HbPerson *p = care->person;
	int64		here = (int64) p->area * 100;
	double		u = hb_rng_uniform(&care->rng);

	if (of == HB_PHARMACY)
		return here + HB_ORG_PHARMACY + (hb_rng_chance(&care->rng, 0.8) ? p->pid % 6 : hb_rng_below(&care->rng, 6));
	if (u < (of == HB_VISITS ? 0.55 : 0.25))
		return here + HB_ORG_TOWN + (p->pid & 3);
	if (u < (of == HB_VISITS ? 0.85 : 0.68))
		return here + HB_ORG_HOSPITAL;
	return hb_org_central(care->province, p->county, HB_ORG_TERTIARY + (int) hb_rng_below(&care->rng, 2));
}

int
hb_pick_los(HbCare *care, int diagnosis)
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
					   * (age < 5 ? 4.2 : age < 18 ? 1.6 : 1.3 + 0.011 * age + 2.2 * known));
	for (; n > 0 && care->number < HB_MAX_NUMBER; n--)
	{
		int32		day = pick_day(care, care->visits_upto);
		int			diagnosis = hb_rng_chance(&care->rng, 0.6) ? pick_chronic(care, day) : -1;

		if (!hb_alive(p, day) || !hb_care_free(care, day, day))
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

	for (; n > 0 && care->number < HB_MAX_NUMBER; n--)
	{
		int32		day = pick_day(care, care->visits_upto);
		int			purpose = 5 + (int) hb_rng_below(&care->rng, 3);

		for (int i = 0; i < 3; i++)
			if (p->aware[i] && hb_has(p, i, day) && hb_rng_chance(&care->rng, 0.5))
				purpose = i;
		if (hb_alive(p, day) && hb_care_free(care, day, day))
			hb_event_purchase(care, pick_org(care, HB_PHARMACY), hb_moment(day, 480 + (int) hb_rng_below(&care->rng, 780)),
							  hb_pick_item(care, HB_DRUG, purpose), 1 + hb_rng_chance(&care->rng, 0.25), 0, NULL);
	}
}

bool
hb_care_free(const HbCare *care, int32 from, int32 to)
{
	for (int i = 0; i < care->nspells; i++)
		if (from <= care->spell[i].to && to >= care->spell[i].from)
			return false;
	return true;
}

/* A stay for reasons of health; some are followed by another within a month. */
static void
admit_honestly(HbCare *care, int32 day, int diagnosis)
{
	int			los = hb_pick_los(care, diagnosis);
	int			psychiatric = hb_province_diagnosis_rows[diagnosis].drug == 10;
	int64		org = psychiatric ? hb_org_central(care->province, care->person->county, HB_ORG_PSYCHIATRIC)
		: pick_org(care, HB_STAYS);

	if (day + los + 1 >= care->person->death || !hb_care_admit(care, day, diagnosis, org, los, NULL)
		|| !hb_rng_chance(&care->rng, 0.07))
		return;
	day += los + 3 + (int32) hb_rng_below(&care->rng, 26);
	los = hb_pick_los(care, diagnosis);
	if (day < care->province->to && day + los + 1 < care->person->death)
		hb_care_admit(care, day, diagnosis, org, los, NULL);
}

/* Births of the block's mothers, in the county's hospital. */
static void
deliveries(HbCare *care)
{
	int			place = (int) (care->person - care->block);

	for (int i = 0; i < HB_BLOCK; i++)
	{
		const HbPerson *child = &care->block[i];
		bool		caesarean = hb_mix64(child->pid) % 100 < 45;

		if (child->newborn && child->mother == place && child->birth < care->province->to)
			hb_care_admit(care, child->birth - (child->birth > care->province->from),
						  care->rule_diagnosis[caesarean ? D_CAESAREAN : D_BIRTH],
						  (int64) care->person->area * 100 + HB_ORG_HOSPITAL, caesarean ? 6 : 3, NULL);
	}
}

/* The stay in which the person dies. */
static void
last_stay(HbCare *care)
{
	const HbPerson *p = care->person;
	int32		begin;

	if (p->death == HB_NEVER || !p->dies_in_hospital)
		return;
	begin = Max(p->death - 1 - (int32) hb_rng_below(&care->rng, 14), Max(care->province->from, p->birth));
	hb_care_admit(care, begin, find_diagnosis(hb_province_cause_rows[p->cause].stay, 2),
				  hb_org_central(care->province, p->county, HB_ORG_TERTIARY), p->death - begin, NULL);
}

static void
stays(HbCare *care)
{
	const HbPerson *p = care->person;
	double		age = hb_age_on(p, care->province->from);
	double		use = exp(0.6 * p->frailty - 0.18);
	int			n = hb_rng_poisson(&care->rng, care->scale[SCALE_STAYS] * care->province->years * use
								   * (age < 5 ? 0.2 : age < 45 ? 0.07 : 0.07 + 0.0105 * (age - 45)));

	for (; n > 0 && care->number < HB_MAX_NUMBER; n--)
	{
		int32		day = pick_day(care, care->stays_upto);
		int			diagnosis = hb_alive(p, day) ? pick_diagnosis(care, HB_STAYS, day) : -1;

		if (diagnosis >= 0)
			admit_honestly(care, day, diagnosis);
	}
}

void
hb_care_block(HbCare *care, const HbPerson *block, int first, int last)
{
	uint64		mark = hb_mix64(care->province->seed ^ hb_mix64((uint64) block[0].pid));
	double		chance = (mark >> 32) / 4294967296.0;

	care->block = block;
	for (int i = first; i <= last; i++)
	{
		const HbPerson *p = &block[i];

		care->person = p;
		care->number = 1;
		care->nspells = 0;
		care->left = 0;
		care->last_hba1c[0] = care->last_hba1c[1] = -PG_INT32_MAX / 2;
		hb_people_person(care, p);
		/* Stays first: nobody visits a doctor while in hospital. */
		hb_rng_start(&care->rng, care->province->seed, p->pid, HB_STREAM_STAY);
		last_stay(care);
		deliveries(care);
		stays(care);
		hb_rng_start(&care->rng, care->province->seed, p->pid, HB_STREAM_SCHEME);
		hb_schemes_person(care, chance, mark);
		hb_rng_start(&care->rng, care->province->seed, p->pid, HB_STREAM_CARE);
		visits(care);
		purchases(care);
	}
}
