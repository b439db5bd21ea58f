/*-------------------------------------------------------------------------
 * bill.c
 *	  Rows of the synthetic province about money: fee lines, settlements,
 *	  treatments as the insurance sees them, and labels of planted patterns.
 *
 * Prices and shares are assumptions; see doc/synthetic-province.md.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"
#include "ident/cn_division.h"

#include "province_diagnosis_data.h"
#include "province_item_data.h"

/* ----- prices ----- */

/* Fen. Services cost less in towns and more in cities; what is bought costs the same. */
static int64
list_price(const HbProvinceItemRow *r, int64 org)
{
	static const int percent[] = {100, 80, 100, 118};
	bool		service = r->code[0] == '0' || r->code[0] == 'H';

	return service ? (int64) r->price * percent[hb_org_level(org)] / 100 : r->price;
}

/* The limit leaves room for the dearest level. */
int64
hb_price_limit(int item)
{
	return (int64) hb_province_item_rows[item].price * 6 / 5;
}

/* ----- labels ----- */

static void
put_label(HbCare *care, const HbScheme *scheme, const HbBill *bill, const char *table, const char *key, int64 amount,
		  int64 begin, int64 end)
{
	HbSink	   *s = &care->sink[scheme->clean ? T_LOOKALIKE : T_LABEL];
	char		type[] = {'F', (char) ('0' + scheme->type / 10), (char) ('0' + scheme->type % 10), '\0'};

	hb_row(s);
	/* An event may belong to several patterns. */
	hb_big(s, bill->number * 100 + scheme->type);
	hb_text(s, type);
	if (!scheme->clean)
		hb_big(s, scheme->id);
	hb_text(s, table);
	hb_text(s, key);
	if (scheme->clean)
		return;
	hb_numeric(s, amount, 2);
	hb_big(s, begin);
	hb_big(s, end);
}

static void
label_line(HbCare *care, const HbBill *bill, const HbScheme *scheme, int64 amount, int64 when)
{
	char		key[64];

	snprintf(key, sizeof key, "S" INT64_FORMAT ".F%d", bill->number, bill->lines);
	put_label(care, scheme, bill, "fee_list_d", key, amount, when, when);
}

/* ----- lines ----- */

HbBill
hb_bill_open(HbCare *care, int of, int64 org)
{
	HbBill		bill = {0};

	bill.number = care->person->pid * 1000 + care->number++;
	bill.org = org;
	bill.doctor = org * 100 + hb_rng_below(&care->rng, HB_DOCTORS);
	bill.kind = of;
	bill.severity = 5;
	return bill;
}

/* Who performed a service; F18: a doctor who sends nearly all to one colleague. Returns whether so. */
static bool
put_performer(HbCare *care, const HbBill *bill, const HbProvinceItemRow *r)
{
	HbSink	   *s = &care->sink[T_FEE];
	int64		colleague = bill->org * 100 + hb_rng_below(&care->rng, HB_DOCTORS);
	bool		sent = false;

	if (r->role < HB_LABORATORY || r->role > HB_OPERATION || bill->kind == HB_PHARMACY)
	{
		hb_null(s);
		return false;
	}
	if (bill->alone)
		colleague = bill->doctor;
	else if (hb_marked(care, bill->doctor, 18, 0.003))
	{
		sent = hb_rng_chance(&care->rng, 0.9);
		if (sent)
			colleague = bill->org * 100 + bill->doctor % 7;
	}
	hb_text_int(s, 'D', colleague);
	return sent;
}

static void
put_use(HbCare *care, const HbBill *bill, const HbProvinceItemRow *r, int count)
{
	HbSink	   *s = &care->sink[T_FEE];

	if (r->dose[0])
	{
		hb_text(s, r->dose);
		hb_text(s, r->freq);
	}
	else
	{
		hb_null(s);
		hb_null(s);
	}
	if (r->days > 0 && count > 0)
		hb_numeric(s, Min(r->days * count, 99999), 0);
	else
		hb_null(s);
	if (r->atc[0] && bill->kind != HB_STAYS && count > 0)
		hb_text_int(s, 'T', bill->trace ? bill->trace * 1000 + 1 : bill->number * 1000 + bill->lines);
	else
		hb_null(s);
}

static void
put_fee(HbCare *care, HbBill *bill, int item, int count, int64 when)
{
	const HbProvinceItemRow *r = &hb_province_item_rows[item];
	HbSink	   *s = &care->sink[T_FEE];
	int64		price = bill->price ? bill->price : list_price(r, bill->org);
	int64		limit = hb_price_limit(item);
	int64		amount = price * count;
	const HbScheme referral = {18, bill->doctor};
	bool		sent;

	bill->total += amount;
	if (limit > 0 && price > limit)
	{
		bill->over += (price - limit) * count;
		amount = limit * count;
	}
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
	hb_numeric(s, price, 2);
	hb_numeric(s, price * count, 2);
	if (limit > 0)
		hb_numeric(s, limit, 2);
	else
		hb_null(s);
	if (hb_rng_chance(&care->rng, 0.003))
		hb_null(s);
	else
		hb_text(s, r->level);
	hb_text(s, r->code);
	hb_text(s, hb_list_type(item));
	hb_text(s, r->code);
	if (bill->kind == HB_PHARMACY || hb_rng_chance(&care->rng, 0.005))
		hb_null(s);
	else
		hb_text_int(s, 'D', bill->doctor);
	sent = put_performer(care, bill, r);
	put_use(care, bill, r, count);
	if (sent && count > 0)
		label_line(care, bill, &referral, price * count, when);
}

const char *
hb_list_type(int item)
{
	const HbProvinceItemRow *r = &hb_province_item_rows[item];

	return r->atc[0] ? "101" : r->role == HB_MATERIAL || r->role == HB_IMPLANT ? "301" : "201";
}

/* F20: a hospital that charges some lines above the limit. */
static int64
price_above_limit(HbCare *care, const HbBill *bill, int item)
{
	if (bill->kind != HB_STAYS || hb_province_item_rows[item].role < HB_LABORATORY
		|| !hb_marked(care, bill->org, 20, 0.05) || !hb_rng_chance(&care->rng, 0.06))
		return 0;
	return hb_price_limit(item) * (105 + hb_rng_below(&care->rng, 45)) / 100;
}

void
hb_bill_charge(HbCare *care, HbBill *bill, int item, int count, int64 when)
{
	int			times = (int) care->scale[SCALE_FEES];
	int64		above = price_above_limit(care, bill, item);
	const HbScheme dear = {20, bill->org};

	if (above > 0)
	{
		bill->price = above;
		hb_bill_plant(care, bill, item, count, when, &dear);
		bill->price = 0;
		return;
	}
	times += hb_rng_chance(&care->rng, care->scale[SCALE_FEES] - times);
	while (times-- > 0)
		put_fee(care, bill, item, count, when);
	if (hb_rng_chance(&care->rng, 0.005) && bill->lines > 0)
		put_fee(care, bill, item, -count, when + hb_moment(0, 60));
}

void
hb_bill_plant(HbCare *care, HbBill *bill, int item, int count, int64 when, const HbScheme *scheme)
{
	int64		before = bill->total;

	put_fee(care, bill, item, count, when);
	label_line(care, bill, scheme, bill->total - before, when);
}

void
hb_bill_label(HbCare *care, const HbBill *bill, const HbScheme *scheme, int64 begin, int64 end)
{
	char		key[32];

	snprintf(key, sizeof key, "M" INT64_FORMAT, bill->number);
	put_label(care, scheme, bill, "mdtrt_d", key, bill->total, begin, end);
}

int
hb_pick_item(HbCare *care, int role, int purpose)
{
	return care->choice[care->choice_first[role][purpose] + hb_rng_below(&care->rng, care->choice_count[role][purpose])];
}

/* ----- the whole ----- */

/* What the person pays before the fund does, in fen. */
static int64
deductible(const HbBill *bill)
{
	static const int64 stay[] = {0, 20000, 50000, 100000};

	return bill->kind == HB_STAYS ? stay[hb_org_level(bill->org)] : 0;
}

static void
put_settlement(HbCare *care, const HbBill *bill, int64 when)
{
	const HbPerson *p = care->person;
	HbSink	   *s = &care->sink[T_SETL];
	int			level = hb_org_level(bill->org);
	int64		own = Max(bill->own, 0);
	int64		first = Max(bill->first, 0);
	int64		scope = bill->total - own - first - bill->over;
	double		share = bill->kind == HB_PHARMACY ? 0 : bill->kind == HB_VISITS ? 0.5
		: (p->employee ? 0.88 : 0.78) - 0.07 * (level - 1);
	int64		fund = (int64) (Max(scope - deductible(bill), 0) * share);
	int64		account = p->employee && bill->kind != HB_STAYS ? Max(Min(bill->total - fund, 30000), 0) : 0;
	bool		late = bill->kind == HB_STAYS && hb_rng_chance(&care->rng, 0.1);

	hb_row(s);
	hb_text_int(s, 'S', bill->number);
	hb_text_int(s, 'M', bill->number);
	/* Some stays are settled by the centre weeks later. */
	hb_big(s, late ? when + hb_moment(1 + (int) (20 * hb_rng_exponential(&care->rng)), 0) : when);
	hb_text(s, late ? "1" : "2");
	hb_numeric(s, bill->total, 2);
	hb_numeric(s, own, 2);
	hb_numeric(s, bill->over, 2);
	hb_numeric(s, first, 2);
	hb_numeric(s, scope, 2);
	hb_numeric(s, fund, 2);
	hb_numeric(s, account, 2);
	hb_numeric(s, bill->total - fund - account, 2);
	hb_text(s, "1");
}

/* Kind of insured person, NHSA.psn_type. */
const char *
hb_insured_kind(const HbPerson *p, int32 day)
{
	double		age = hb_age_on(p, day);

	if (p->employee)
		return age < 60 ? "11" : "12";
	return age < 18 ? "14" : age < 60 ? "15" : "16";
}

static void
put_treatment(HbCare *care, const HbBill *bill, int diagnosis, int64 begin, int64 end, int los)
{
	static const char *const types[] = {"11", "21", "41"};
	const HbPerson *p = care->person;
	HbSink	   *s = &care->sink[T_MDTRT];
	const char *level = hb_org_level_code(bill->org);
	bool		chronic = diagnosis >= 0 && hb_province_diagnosis_rows[diagnosis].condition != HB_NO_CONDITION;

	hb_row(s);
	hb_text_int(s, 'M', bill->number);
	hb_text_int(s, 'P', p->pid);
	hb_text(s, p->male ? "1" : "2");
	hb_int(s, p->birth);
	hb_text(s, p->employee ? "310" : "390");
	hb_text(s, hb_insured_kind(p, care->province->from));
	hb_big(s, hb_cn_division_make(p->registered, 6));
	hb_text_int(s, 'H', bill->org);
	if (level)
		hb_text(s, level);
	else
		hb_null(s);
	hb_big(s, hb_cn_division_make(bill->org / 100, 6));
	hb_big(s, begin);
	hb_big(s, end);
	hb_text(s, bill->kind == HB_VISITS && chronic ? "14" : hb_is_birth(care, diagnosis) ? "52" : types[bill->kind]);
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
	if (bill->kind == HB_STAYS)
		hb_int(s, los);
	else
		hb_null(s);
	if (bill->kind == HB_PHARMACY)
	{
		hb_null(s);
		hb_null(s);
		return;
	}
	hb_text_int(s, 'D', bill->doctor);
	hb_big(s, bill->number);
}

void
hb_bill_close(HbCare *care, const HbBill *bill, int diagnosis, int64 begin, int64 end, int los, const HbScheme *scheme)
{
	put_treatment(care, bill, diagnosis, begin, end, los);
	put_settlement(care, bill, bill->kind == HB_STAYS ? end + hb_moment(0, 30) : end);
	if (scheme)
		hb_bill_label(care, bill, scheme, begin, end);
}
