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

/* ----- lines ----- */

HbBill
hb_bill_open(HbCare *care, int of, int64 org)
{
	HbBill		bill = {0};

	/* Three digits are for the events of a person. */
	bill.number = care->person->pid * 1000 + care->number++;
	bill.org = org;
	bill.doctor = org * 100 + hb_rng_below(&care->rng, HB_DOCTORS);
	bill.kind = of;
	return bill;
}

static void
put_fee(HbCare *care, HbBill *bill, int item, int count, int64 when)
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
	hb_text(s, r->role == HB_DRUG ? "101" : r->role == HB_MATERIAL ? "301" : "201");
	hb_text(s, r->code);
	if (bill->kind == HB_PHARMACY || hb_rng_chance(&care->rng, 0.005))
		hb_null(s);
	else
		hb_text_int(s, 'D', bill->doctor);
	if (r->days > 0 && count > 0)
		hb_numeric(s, r->days * count, 0);
	else
		hb_null(s);
	if (r->role == HB_DRUG && bill->kind != HB_STAYS && count == 1)
		hb_text_int(s, 'T', bill->number * 1000 + bill->lines);
	else
		hb_null(s);
}

/* A fee line, sometimes taken back later; scale adds or drops lines. */
void
hb_bill_charge(HbCare *care, HbBill *bill, int item, int count, int64 when)
{
	int			times = (int) care->scale[SCALE_FEES];

	times += hb_rng_chance(&care->rng, care->scale[SCALE_FEES] - times);
	while (times-- > 0)
		put_fee(care, bill, item, count, when);
	if (hb_rng_chance(&care->rng, 0.005) && bill->lines > 0)
		put_fee(care, bill, item, -count, when + hb_moment(0, 60));
}

int
hb_pick_item(HbCare *care, int role, int purpose)
{
	int			found[HB_PROVINCE_ITEM_COUNT];
	int			n = 0;

	for (int i = 0; i < HB_PROVINCE_ITEM_COUNT; i++)
		if (hb_province_item_rows[i].role == role && (purpose < 0 || hb_province_item_rows[i].purpose == purpose))
			found[n++] = i;
	return found[hb_rng_below(&care->rng, n)];
}

/* ----- the whole ----- */

static void
put_settlement(HbCare *care, const HbBill *bill, int64 when)
{
	const HbPerson *p = care->person;
	HbSink	   *s = &care->sink[T_SETL];
	int			level = hb_org_level(bill->org);
	int64		own = Max(bill->own, 0);
	int64		first = Max(bill->first, 0);
	int64		scope = bill->total - own - first;
	double		share = bill->kind == HB_PHARMACY ? 0 : bill->kind == HB_VISITS ? 0.5
		: (p->employee ? 0.88 : 0.78) - 0.07 * (level - 1);
	int64		fund = scope > 0 ? (int64) (scope * share) : 0;
	int64		account = p->employee && bill->kind != HB_STAYS ? Max(Min(bill->total - fund, 30000), 0) : 0;

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
	hb_big(s, hb_cn_division_make(p->registered, 6));
	hb_text_int(s, 'H', bill->org);
	if (level)
		hb_text(s, level);
	else
		hb_null(s);
	hb_big(s, hb_cn_division_make(bill->org / 100, 6));
	hb_big(s, begin);
	hb_big(s, end);
	hb_text(s, bill->kind == HB_VISITS && chronic ? "14" : types[bill->kind]);
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

static void
put_label(HbCare *care, const HbBill *bill, const HbScheme *scheme, int64 begin, int64 end)
{
	HbSink	   *s = &care->sink[T_LABEL];
	static const char table[] = "mdtrt_d";

	hb_row(s);
	hb_big(s, bill->number);
	hb_text(s, scheme->type);
	hb_big(s, scheme->id);
	hb_text(s, table);
	hb_text_int(s, 'M', bill->number);
	hb_numeric(s, bill->total, 2);
	hb_big(s, begin);
	hb_big(s, end);
}

void
hb_bill_close(HbCare *care, const HbBill *bill, int diagnosis, int64 begin, int64 end, int los, const HbScheme *scheme)
{
	put_treatment(care, bill, diagnosis, begin, end, los);
	put_settlement(care, bill, bill->kind == HB_STAYS ? end + hb_moment(0, 30) : end);
	if (scheme)
		put_label(care, bill, scheme, begin, end);
}
