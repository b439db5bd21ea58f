/*-------------------------------------------------------------------------
 * care.c
 *	  Rows of the synthetic province about use of care: visits, stays,
 *	  pharmacies, what they cost, and the suspicious patterns planted among
 *	  them, each of which table ins.label names.
 *
 * Rates, shares and prices are assumptions; see doc/synthetic-province.md.
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

#define NO_CONDITION	9
#define OF_VISITS		0
#define OF_STAYS		1
#define OF_PHARMACY		2

/* An event that is paid for: numbers, place, and sums of its fee lines in fen. */
typedef struct Bill
{
	int64		number;			/* of encounter, treatment and settlement */
	int64		org;
	int64		doctor;
	int			kind;			/* OF_ */
	int			lines;
	int64		total;
	int64		own;			/* class 03 */
	int64		first;			/* ten per cent of class 02 */
} Bill;

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
		for (int of = OF_VISITS; of <= OF_STAYS; of++)
		{
			/* Visits for a condition are drawn apart. */
			bool		here = (d->setting & (1 << of)) && (of == OF_STAYS || d->condition == NO_CONDITION);

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
		&& (d->condition == NO_CONDITION || hb_has(care->person, d->condition, day));
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

		if ((d->setting & 1) && d->condition != NO_CONDITION && care->person->aware[d->condition] && fits(care, i, day))
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

	if (of == OF_PHARMACY)
		return here + HB_ORG_PHARMACY + (hb_rng_chance(&care->rng, 0.8) ? p->pid % 6 : hb_rng_below(&care->rng, 6));
	if (u < (of == OF_VISITS ? 0.55 : 0.25))
		return here + HB_ORG_TOWN + (p->pid & 3);
	if (u < (of == OF_VISITS ? 0.85 : 0.72))
		return here + HB_ORG_HOSPITAL;
	while (province->county_first[prefecture + 1] <= p->county)
		prefecture++;
	return (int64) province->county[province->county_first[prefecture]] * 100 + HB_ORG_TERTIARY
		+ hb_rng_below(&care->rng, 2);
}

static Bill
new_bill(HbCare *care, int of, int64 org)
{
	Bill		bill = {0};

	/* Three digits are for the events of a person. */
	bill.number = care->person->pid * 1000 + care->number++;
	bill.org = org;
	bill.doctor = org * 100 + hb_rng_below(&care->rng, HB_DOCTORS);
	bill.kind = of;
	return bill;
}

/* ----- money ----- */

static void
put_fee(HbCare *care, Bill *bill, int item, int count, int64 when)
{
	const HbProvinceItemRow *r = &hb_province_item_rows[item];
	HbSink	   *s = &care->sink[T_FEE];
	int64		amount = (int64) r->price * count;

	bill->total += amount;
	if (r->level[1] == '3')
		bill->own += amount;
	else if (r->level[1] == '2')
		bill->first += amount / 10;
	hb_row(s);
	hb_text_int(s, 'S', bill->number);
	hb_text_int(s, 'F', ++bill->lines);
	hb_text_int(s, 'M', bill->number);
	hb_big(s, when);
	hb_numeric(s, count, 0);
	hb_numeric(s, r->price, 2);
	hb_numeric(s, amount, 2);
	if (hb_rng_chance(&care->rng, 0.003))
		hb_null(s);
	else
		hb_text(s, r->level);
	hb_text(s, r->code);
	hb_text(s, r->role == 9 ? "101" : r->role == 8 ? "301" : "201");
	hb_text(s, r->code);
	if (bill->kind == OF_PHARMACY || hb_rng_chance(&care->rng, 0.005))
		hb_null(s);
	else
		hb_text_int(s, 'D', bill->doctor);
	if (r->days > 0 && count > 0)
		hb_numeric(s, r->days * count, 0);
	else
		hb_null(s);
	if (r->role == 9 && bill->kind != OF_STAYS && count == 1)
		hb_text_int(s, 'T', bill->number * 1000 + bill->lines);
	else
		hb_null(s);
}

/* A fee line, sometimes taken back later; scale adds or drops lines. */
static void
charge(HbCare *care, Bill *bill, int item, int count, int64 when)
{
	int			times = (int) care->scale[SCALE_FEES];

	times += hb_rng_chance(&care->rng, care->scale[SCALE_FEES] - times);
	while (times-- > 0)
		put_fee(care, bill, item, count, when);
	if (hb_rng_chance(&care->rng, 0.005) && bill->lines > 0)
		put_fee(care, bill, item, -count, when + hb_moment(0, 60));
}

static int
pick_item(HbCare *care, int role, int purpose)
{
	int			found[HB_PROVINCE_ITEM_COUNT];
	int			n = 0;

	for (int i = 0; i < HB_PROVINCE_ITEM_COUNT; i++)
		if (hb_province_item_rows[i].role == role && (purpose < 0 || hb_province_item_rows[i].purpose == purpose))
			found[n++] = i;
	return found[hb_rng_below(&care->rng, n)];
}

static void
put_settlement(HbCare *care, const Bill *bill, int64 when)
{
	const HbPerson *p = care->person;
	HbSink	   *s = &care->sink[T_SETL];
	int			level = hb_org_level(bill->org);
	int64		own = Max(bill->own, 0);
	int64		first = Max(bill->first, 0);
	int64		scope = bill->total - own - first;
	double		share = bill->kind == OF_PHARMACY ? 0 : bill->kind == OF_VISITS ? 0.5
		: (p->employee ? 0.88 : 0.78) - 0.07 * (level - 1);
	int64		fund = scope > 0 ? (int64) (scope * share) : 0;
	int64		account = p->employee && bill->kind != OF_STAYS ? Max(Min(bill->total - fund, 30000), 0) : 0;

	hb_row(s);
	hb_text_int(s, 'S', bill->number);
	hb_text_int(s, 'M', bill->number);
	hb_big(s, when);
	hb_numeric(s, bill->total, 2);
	hb_numeric(s, own, 2);
	hb_numeric(s, 0, 2);
	hb_numeric(s, first, 2);
	hb_numeric(s, scope, 2);
	hb_numeric(s, fund, 2);
	hb_numeric(s, account, 2);
	hb_numeric(s, bill->total - fund - account, 2);
	hb_text(s, "1");
}

static void
put_treatment(HbCare *care, const Bill *bill, int diagnosis, int64 begin, int64 end, int los)
{
	static const char *const types[] = {"11", "21", "41"};
	const HbPerson *p = care->person;
	HbSink	   *s = &care->sink[T_MDTRT];
	const char *level = hb_org_level_code(bill->org);
	bool		chronic = diagnosis >= 0 && hb_province_diagnosis_rows[diagnosis].condition != NO_CONDITION;

	hb_row(s);
	hb_text_int(s, 'M', bill->number);
	hb_text_int(s, 'P', p->pid);
	hb_text(s, p->male ? "1" : "2");
	hb_int(s, p->birth);
	hb_text(s, p->employee ? "310" : "390");
	hb_big(s, hb_cn_division_make(p->registered, 6));
	hb_text_int(s, 'H', bill->org);
	if (level)
		hb_text(s, level);
	else
		hb_null(s);
	hb_big(s, hb_cn_division_make(bill->org / 100, 6));
	hb_big(s, begin);
	hb_big(s, end);
	hb_text(s, bill->kind == OF_VISITS && chronic ? "14" : types[bill->kind]);
	if (diagnosis < 0)
	{
		hb_null(s);
		hb_null(s);
	}
	else
	{
		hb_text(s, hb_province_diagnosis_rows[diagnosis].dept);
		hb_big(s, (int64) care->code[diagnosis]);
	}
	if (bill->kind == OF_STAYS)
		hb_int(s, los);
	else
		hb_null(s);
	if (bill->kind == OF_PHARMACY)
	{
		hb_null(s);
		hb_null(s);
		return;
	}
	hb_text_int(s, 'D', bill->doctor);
	hb_big(s, bill->number);
}

static void
put_label(HbCare *care, const char *type, int64 scheme, const Bill *bill, int64 begin, int64 end)
{
	HbSink	   *s = &care->sink[T_LABEL];
	static const char table[] = "mdtrt_d";

	hb_row(s);
	hb_big(s, bill->number);
	hb_text(s, type);
	hb_big(s, scheme);
	hb_text(s, table);
	hb_text_int(s, 'M', bill->number);
	hb_numeric(s, bill->total, 2);
	hb_big(s, begin);
	hb_big(s, end);
}

/* ----- medical records ----- */

static void
put_encounter(HbCare *care, const Bill *bill, const char *dept, int64 begin, int64 end)
{
	HbSink	   *s = &care->sink[T_ENC];

	hb_row(s);
	hb_big(s, bill->number);
	hb_big(s, care->person->pid);
	hb_text_int(s, 'H', bill->org);
	hb_text(s, dept);
	hb_text(s, bill->kind == OF_STAYS ? "ip" : hb_rng_chance(&care->rng, 0.06) ? "ed" : "op");
	hb_tstzrange(s, begin - HB_CHINA_TIME, end - HB_CHINA_TIME);
	hb_text(s, care->person->employee ? "01" : "02");
	hb_text_int(s, 'D', bill->doctor);
}

static void
put_diagnosis(HbCare *care, const Bill *bill, int seq, int64 code)
{
	HbSink	   *s = &care->sink[T_DX];
	bool		stay = bill->kind == OF_STAYS;

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
put_diagnoses(HbCare *care, const Bill *bill, int diagnosis, int32 day, double others)
{
	int			seq = 1;

	put_diagnosis(care, bill, seq++, (int64) care->code[diagnosis]);
	for (int i = 0; i < HB_CONDITIONS; i++)
		if (hb_province_diagnosis_rows[diagnosis].condition != i && hb_has(care->person, i, day)
			&& (care->person->aware[i] || bill->kind == OF_STAYS) && hb_rng_chance(&care->rng, others))
			put_diagnosis(care, bill, seq++, care->condition_code[i]);
}

static void
put_drug(HbCare *care, Bill *bill, int seq, int item, int count, int64 when)
{
	const HbProvinceItemRow *r = &hb_province_item_rows[item];
	HbSink	   *s = &care->sink[T_MED];

	charge(care, bill, item, count, when);
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
put_labs(HbCare *care, const Bill *bill, int32 day, int64 when)
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
put_vital(HbCare *care, const Bill *bill, int32 day, int64 when, bool fever)
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

static void
visit(HbCare *care, int32 day, int diagnosis, int64 org, const char *scheme)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	Bill		bill = new_bill(care, OF_VISITS, org);
	int64		begin = hb_moment(day, 470 + (int) hb_rng_below(&care->rng, 560));
	int64		end = begin + hb_moment(0, 15 + (int) hb_rng_below(&care->rng, 100));
	int			drugs = 1 + hb_rng_chance(&care->rng, 0.35);
	int			item = pick_item(care, 9, d->drug);

	put_encounter(care, &bill, d->dept, begin, end);
	put_diagnoses(care, &bill, diagnosis, day, 0.3);
	charge(care, &bill, pick_item(care, 1, -1), 1, begin);
	for (int i = 0; i < 3; i++)
		if (hb_rng_chance(&care->rng, 0.4))
			charge(care, &bill, pick_item(care, 4, -1), 1, begin + hb_moment(0, 5 + i));
	if (hb_rng_chance(&care->rng, 0.35))
		charge(care, &bill, pick_item(care, 6, -1), 1, begin + hb_moment(0, 15));
	if (hb_rng_chance(&care->rng, 0.12))
	{
		charge(care, &bill, pick_item(care, 5, -1), 1, begin + hb_moment(0, 8));
		put_labs(care, &bill, day, begin + hb_moment(0, 60));
	}
	for (int i = 1; i <= drugs; i++)
		put_drug(care, &bill, i, i == 1 ? item : pick_item(care, 9, 6), 1 + hb_rng_chance(&care->rng, 0.3),
				 begin + hb_moment(0, 12));
	put_treatment(care, &bill, diagnosis, begin, end, 0);
	put_settlement(care, &bill, end);
	if (scheme)
		put_label(care, scheme, care->person->pid, &bill, begin, end);
}

/* A purchase of a drug for a condition, or of any. */
static void
purchase(HbCare *care, int64 org, int64 when, int purpose, int packs, const char *scheme, int64 scheme_id)
{
	Bill		bill = new_bill(care, OF_PHARMACY, org);

	charge(care, &bill, pick_item(care, 9, purpose), packs, when);
	put_treatment(care, &bill, -1, when, when, 0);
	put_settlement(care, &bill, when);
	if (scheme)
		put_label(care, scheme, scheme_id, &bill, when, when);
}

static void
put_operation(HbCare *care, Bill *bill, int diagnosis, int64 when)
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
		if (hb_province_item_rows[i].role == 7)
			charge(care, bill, i, 1, when);
	for (int i = 0; i < 2; i++)
		charge(care, bill, pick_item(care, 8, -1), 1 + (int) hb_rng_below(&care->rng, 3), when);
}

/* What a stay is charged for: bed and nursing each day, and what is done. */
static void
charge_stay(HbCare *care, Bill *bill, int diagnosis, int64 begin, int los, bool twice)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	int			days = Max(los, 1);
	int			blood = pick_item(care, 4, -1);

	charge(care, bill, pick_item(care, 2, -1), days, begin);
	charge(care, bill, pick_item(care, 3, -1), days, begin);
	for (int i = 0; i < 4 + (int) hb_rng_below(&care->rng, 4); i++)
		charge(care, bill, pick_item(care, 4, -1), 1, begin + hb_moment(0, 60 + i * 700));
	for (int i = 0; i < 2; i++)
		charge(care, bill, pick_item(care, 5, -1), 1, begin + hb_moment(0, 200 + i * 900));
	for (int day = 0; day < days && day < 14; day++)
		charge(care, bill, pick_item(care, 6, -1), 1 + (int) hb_rng_below(&care->rng, 3), begin + hb_moment(day, 120));
	for (int i = 1; i <= 3; i++)
		put_drug(care, bill, i, pick_item(care, 9, i == 1 ? d->drug : i == 2 ? 9 : 8), Max(1, days / i),
				 begin + hb_moment(0, 90 + i));
	if (twice)
		for (int i = 0; i < 2; i++)
			charge(care, bill, blood, 1, begin + hb_moment(1, 500));
}

static void
stay(HbCare *care, int32 day, int diagnosis, int64 org, int los, const char *scheme, int64 scheme_id)
{
	const HbProvinceDiagnosisRow *d = &hb_province_diagnosis_rows[diagnosis];
	const HbPerson *p = care->person;
	Bill		bill = new_bill(care, OF_STAYS, org);
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
	charge_stay(care, &bill, diagnosis, begin, los, scheme != NULL && strcmp(scheme, "F07") == 0);
	if (d->procedure[0] && hb_rng_chance(&care->rng, d->procedure_p))
		put_operation(care, &bill, diagnosis, begin + hb_moment(Min(1, los), 0));
	hb_row(s);
	hb_big(s, bill.number);
	hb_int(s, Max(los, 1));
	hb_text(s, d->drg);
	hb_text(s, dies ? "5" : hb_rng_chance(&care->rng, 0.93) ? "1" : hb_rng_chance(&care->rng, 0.5) ? "2" : "4");
	hb_numeric(s, bill.total, 2);
	hb_int(s, Max(los, 1));
	put_treatment(care, &bill, diagnosis, begin, end, Max(los, 1));
	put_settlement(care, &bill, end + hb_moment(0, 30));
	if (scheme)
		put_label(care, scheme, scheme_id, &bill, begin, end);
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
			diagnosis = pick_diagnosis(care, OF_VISITS, day);
		if (diagnosis >= 0)
			visit(care, day, diagnosis, pick_org(care, OF_VISITS), NULL);
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
			purchase(care, pick_org(care, OF_PHARMACY), hb_moment(day, 480 + (int) hb_rng_below(&care->rng, 780)),
					 purpose, 1 + hb_rng_chance(&care->rng, 0.25), NULL, 0);
	}
}

/* Stays do not overlap, but for those that are planted. */
static void
stays(HbCare *care)
{
	const HbPerson *p = care->person;
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

		if (day < free_from || !hb_alive(p, day) || (diagnosis = pick_diagnosis(care, OF_STAYS, day)) < 0)
			continue;
		los = pick_los(care, diagnosis);
		org = pick_org(care, OF_STAYS);
		free_from = day + los + 1;
		if (los > 10 && hb_rng_chance(&care->rng, 0.03 * suspicious))
		{
			/* F01: one stay cut in two, a day apart. */
			stay(care, day, diagnosis, org, los / 2, "F01", p->pid);
			stay(care, day + los / 2 + 1, diagnosis, org, los - los / 2, "F01", p->pid);
			free_from += 2;
			continue;
		}
		stay(care, day, diagnosis, org, los,
			 org % 7 == 0 && hb_rng_chance(&care->rng, 0.05 * suspicious) ? "F07" : NULL, p->pid);
		/* F02: a visit elsewhere while lying in hospital. */
		if (los > 4 && hb_rng_chance(&care->rng, 0.004 * suspicious))
			visit(care, day + los / 2, 0, (int64) p->area * 100 + HB_ORG_TOWN + ((p->pid + 1) & 3), "F02");
	}
}

/* F06: the same drug from three places each month. */
static void
oversupply(HbCare *care)
{
	const HbPerson *p = care->person;

	for (int32 day = care->province->from + (int32) (p->pid % 28); day < care->province->to && care->number < 900; day += 28)
		for (int i = 0; i < 3; i++)
			if (hb_alive(p, day + i))
				purchase(care, (int64) p->area * 100 + HB_ORG_PHARMACY + 2 * i, hb_moment(day + i, 600), 1, 3,
						 "F06", p->pid);
}

/* F03: neighbours admitted and discharged together, again and again. */
static void
group_stays(HbCare *care, uint64 mark)
{
	int32		first = care->province->from + 20 + (int32) (mark % 40);

	for (int32 day = first; day + 8 < care->province->to && care->number < 900; day += 75)
		if (hb_alive(care->person, day) && hb_age_on(care->person, day) >= 18)
			stay(care, day, care->pressure, (int64) care->person->area * 100 + HB_ORG_TOWN, 7, "F03", care->block[0].pid);
}

/* F05: cards of a ring used one after the other at the same till. */
static void
card_ring(HbCare *care, uint64 mark)
{
	int32		first = care->province->from + (int32) (mark % 14);
	int			place = (int) ((care->person->pid - 1) % HB_BLOCK);

	for (int32 day = first; day < care->province->to && care->number < 900; day += 15)
		if (hb_alive(care->person, day))
			purchase(care, (int64) care->person->area * 100 + HB_ORG_PHARMACY + 5, hb_moment(day, 720) + place * INT64CONST(40000000),
					 0, 4, "F05", care->block[0].pid);
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
