/*-------------------------------------------------------------------------
 * scheme.c
 *	  Suspicious patterns F01 to F20 planted in the synthetic province, which
 *	  table ins.label names, and legal cases that look like them, which table
 *	  ins.clean_lookalike names. Those of single fee lines are in event.c.
 *
 * Who takes part follows from a hash of the seed and of the organisation, the
 * block or the person: a pattern is whole whatever ranges are generated.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"

#include "province_diagnosis_data.h"

#define ADULT_AGE	18

bool
hb_marked(const HbCare *care, int64 who, int scheme, double share)
{
	uint64		mark = hb_mix64(care->province->seed ^ hb_mix64((uint64) who * 64 + scheme));

	return (mark >> 11) / 9007199254740992.0 < share * care->scale[SCALE_SCHEMES];
}

int32
hb_marked_from(const HbCare *care, int64 who, int scheme)
{
	return care->province->from + care->ndays / 4
		+ (int32) (hb_mix64(care->province->seed + (uint64) who * 64 + scheme) % Max(care->ndays / 2, 1));
}

/* Whether a day is one on which the person can be in hospital for a pattern. */
static bool
usable(const HbCare *care, int32 day)
{
	return day < care->province->to && hb_alive(care->person, day) && care->number < HB_MAX_NUMBER;
}

static bool
adult(const HbCare *care)
{
	return hb_age_on(care->person, care->province->from) >= ADULT_AGE;
}

/* ----- about a stay ----- */

/* F01: a long stay cut in two or three, with gaps of up to two days. */
static void
split_stay(HbCare *care, int32 day, int diagnosis, int64 org, int los)
{
	const HbScheme scheme = {1, org};
	int			parts = los > 16 ? 3 : 2;

	for (int i = 0; i < parts; i++)
	{
		hb_event_stay(care, day, diagnosis, org, los / parts, &scheme);
		day += los / parts + (int) hb_rng_below(&care->rng, 3);
	}
}

/* F02: elsewhere while lying in hospital: a visit, a purchase, or a second stay. */
static void
be_elsewhere(HbCare *care, int32 day, int diagnosis, int los)
{
	const HbPerson *p = care->person;
	const HbScheme scheme = {2, p->pid};
	int64		town = (int64) p->area * 100 + HB_ORG_TOWN + ((p->pid + 1) & 3);

	switch (hb_rng_below(&care->rng, 3))
	{
		case 0:
			hb_event_visit(care, day + los / 2, care->rule_diagnosis[D_COLD], town, &scheme);
			break;
		case 1:
			hb_event_purchase(care, (int64) p->area * 100 + HB_ORG_PHARMACY, hb_moment(day + los / 2, 900),
							  hb_pick_item(care, HB_DRUG, 6), 2, 0, &scheme);
			break;
		default:
			hb_event_stay(care, day + los / 2, diagnosis, town, Max(los / 2 + 2, 2), &scheme);
	}
}

/* A stay, unless its days are taken, and what may be planted about it. */
bool
hb_care_admit(HbCare *care, int32 day, int diagnosis, int64 org, int los, const HbScheme *scheme)
{
	const HbPerson *p = care->person;
	const HbScheme shifted = {19, org};
	const HbScheme transfer = {2, p->pid, true};
	int32		end = day + los;
	bool		within = end + 8 < care->province->to && p->death > end + 8;

	if (care->nspells >= HB_MAX_SPELLS || care->number >= HB_MAX_NUMBER || !hb_care_free(care, day, end)
		|| day < p->birth || day >= p->death)
		return false;
	care->spell[care->nspells].from = day;
	care->spell[care->nspells++].to = end + 6;
	if (scheme == NULL && los > 10 && within && hb_marked(care, org, 1, 0.1) && hb_rng_chance(&care->rng, 0.6))
	{
		split_stay(care, day, diagnosis, org, los);
		return true;
	}
	/* F19: the tests of the stay charged to a visit before it. */
	if (scheme == NULL && hb_marked(care, org, 19, 0.03) && day - 2 >= care->province->from && hb_alive(p, day - 2)
		&& hb_care_free(care, day - 2, day - 2))
		hb_event_visit(care, day - 2, diagnosis, org, &shifted);
	/* A transfer from the town to the county on one day is legal. */
	if (scheme == NULL && los > 5 && hb_org_level(org) == 1 && within && hb_rng_chance(&care->rng, 0.06))
	{
		hb_event_stay(care, day, diagnosis, org, los / 3, &transfer);
		hb_event_stay(care, day + los / 3, diagnosis, (int64) p->area * 100 + HB_ORG_HOSPITAL, los - los / 3, &transfer);
		return true;
	}
	hb_event_stay(care, day, diagnosis, org, los, scheme);
	if (scheme == NULL && los > 4 && within && hb_rng_chance(&care->rng, Min(0.006 * care->scale[SCALE_SCHEMES], 1)))
		be_elsewhere(care, day, diagnosis, los);
	return true;
}

/* ----- of a person ----- */

/* F04: discharged and admitted again for a year, with a few days between. */
static void
discharge_cycle(HbCare *care)
{
	int64		org = hb_org_central(care->province, care->person->county, HB_ORG_PSYCHIATRIC);
	const HbScheme scheme = {4, org};
	int32		day = care->province->from + (int32) hb_rng_below(&care->rng, 30);

	while (usable(care, day))
	{
		int			los = 85 + (int) hb_rng_below(&care->rng, 8);

		if (day + los >= Min(care->province->to, care->person->death))
			break;
		hb_care_admit(care, day, care->rule_diagnosis[D_PSYCHOSIS], org, los, &scheme);
		day += los + 7;
	}
}

/* F06: the same drug from three places each month, one package sold twice. */
static void
oversupply(HbCare *care)
{
	const HbPerson *p = care->person;
	const HbScheme scheme = {6, p->pid};
	int			item = hb_pick_item(care, HB_DRUG, HB_DIABETES);

	for (int32 day = care->province->from + (int32) (p->pid % 28); usable(care, day + 2); day += 28)
	{
		int64		trace = 0;

		for (int i = 0; i < 3; i++)
		{
			int64		number = p->pid * 1000 + care->number;

			hb_event_purchase(care, (int64) p->area * 100 + HB_ORG_PHARMACY + 2 * i, hb_moment(day + i, 600), item,
							  i == 0 ? 1 : 3, trace, &scheme);
			if (i == 0)
				trace = number;
		}
	}
}

/* Legal: a prescription for twelve weeks, from one place, every twelve weeks. */
static void
long_prescription(HbCare *care)
{
	const HbPerson *p = care->person;
	const HbScheme scheme = {6, p->pid, true};
	int			item = hb_pick_item(care, HB_DRUG, HB_HYPERTENSION);

	for (int32 day = care->province->from + (int32) (p->pid % 84); usable(care, day); day += 84)
		hb_event_purchase(care, (int64) p->area * 100 + HB_ORG_PHARMACY + p->pid % 6, hb_moment(day, 610), item, 3, 0, &scheme);
}

/* Legal: courses of chemotherapy, three days every three weeks. */
static void
chemotherapy(HbCare *care)
{
	const HbScheme scheme = {1, care->person->pid, true};
	int64		org = hb_org_central(care->province, care->person->county, HB_ORG_TERTIARY);
	int32		day = care->province->from + (int32) hb_rng_below(&care->rng, Max(care->ndays - 100, 1));

	for (int course = 0; course < 6 && usable(care, day) && care->person->death > day + 4; course++, day += 21)
		hb_care_admit(care, day, care->rule_diagnosis[D_CHEMO], org, 3, &scheme);
}

/* F14: a card that is used after its owner has died. */
static void
dead_buyer(HbCare *care)
{
	const HbPerson *p = care->person;
	const HbScheme scheme = {14, p->pid};

	for (int i = 1; i <= 3; i++)
		if (p->death + 20 * i < care->province->to && care->number < HB_MAX_NUMBER)
			hb_event_purchase(care, (int64) p->area * 100 + HB_ORG_PHARMACY, hb_moment(p->death + 20 * i, 700),
							  hb_pick_item(care, HB_DRUG, HB_HYPERTENSION), 2, 0, &scheme);
}

/* F17: one night in the town's hospital, at a cost just above the deductible. */
static void
induced_stays(HbCare *care)
{
	int64		org = (int64) care->person->area * 100 + HB_ORG_TOWN + (care->person->pid & 3);
	const HbScheme scheme = {17, org};
	int32		day = care->province->from + (int32) hb_rng_below(&care->rng, care->ndays);

	if (usable(care, day + 2) && hb_rng_chance(&care->rng, 0.12))
		hb_care_admit(care, day, care->rule_diagnosis[D_PRESSURE], org, 1 + (int) hb_rng_below(&care->rng, 2), &scheme);
}

/* ----- of a block ----- */

/* F03: neighbours admitted and discharged together, again and again. */
static void
group_stays(HbCare *care, uint64 mark)
{
	const HbScheme scheme = {3, care->block[0].pid};
	int32		first = care->province->from + 20 + (int32) (mark % 40);

	for (int32 day = first; usable(care, day + 8); day += 75)
		if (adult(care))
			hb_care_admit(care, day, care->rule_diagnosis[D_PRESSURE], (int64) care->person->area * 100 + HB_ORG_TOWN, 7, &scheme);
}

/* F05: cards of a ring used one after the other at the same till. */
static void
card_ring(HbCare *care, uint64 mark)
{
	const HbScheme scheme = {5, care->block[0].pid};
	int			place = (int) (care->person - care->block);

	for (int32 day = care->province->from + (int32) (mark % 14); usable(care, day); day += 15)
		hb_event_purchase(care, (int64) care->person->area * 100 + HB_ORG_PHARMACY + 5,
						  hb_moment(day, 720) + place * INT64CONST(20000000), hb_pick_item(care, HB_DRUG, 0), 4, 0, &scheme);
}

/* Legal: a household that goes to the doctor together in the season of colds. */
static void
family_outing(HbCare *care)
{
	const HbScheme scheme = {5, care->block[care->person->household].pid, true};
	uint64		mark = hb_mix64(care->province->seed ^ (uint64) scheme.id);

	if (mark % 50 != 0)
		return;
	for (int i = 0; i < 3; i++)
	{
		int32		day = care->province->from + (int32) ((mark >> 16) % 40) + 150 * i;

		if (usable(care, day) && hb_care_free(care, day, day))
			hb_event_visit(care, day, care->rule_diagnosis[D_COLD], (int64) care->person->area * 100 + HB_ORG_TOWN, &scheme);
	}
}

/* F13: everybody needled by one doctor on one day, for more than its hours. */
static void
impossible_day(HbCare *care, uint64 mark)
{
	int64		org = (int64) care->person->area * 100 + HB_ORG_HOSPITAL;
	const HbScheme scheme = {13, org * 100};

	for (int i = 0; i < 4; i++)
	{
		int32		day = care->province->from + 30 + (int32) (mark % 30) + 60 * i;

		if (usable(care, day) && adult(care) && hb_care_free(care, day, day))
			hb_event_visit(care, day, care->rule_diagnosis[D_COLD], org, &scheme);
	}
}

void
hb_schemes_person(HbCare *care, double chance, uint64 mark)
{
	const HbPerson *p = care->person;
	double		suspicious = care->scale[SCALE_SCHEMES];
	int32		from = care->province->from;
	double		block = 0.003 * suspicious;

	if (adult(care) && hb_rng_chance(&care->rng, Min(0.0005 * suspicious, 1)))
		discharge_cycle(care);
	if (p->aware[HB_DIABETES] && hb_has(p, HB_DIABETES, from) && hb_rng_chance(&care->rng, Min(0.01 * suspicious, 1)))
		oversupply(care);
	else if (p->aware[HB_HYPERTENSION] && hb_has(p, HB_HYPERTENSION, from) && hb_rng_chance(&care->rng, 0.02))
		long_prescription(care);
	if (hb_age_on(p, from) >= 45 && hb_rng_chance(&care->rng, 0.0006))
		chemotherapy(care);
	if (p->death != HB_NEVER && hb_rng_chance(&care->rng, Min(0.02 * suspicious, 1)))
		dead_buyer(care);
	if (adult(care) && hb_marked(care, (int64) p->area * 100 + HB_ORG_TOWN + (p->pid & 3), 17, 0.04))
		induced_stays(care);
	family_outing(care);
	if (chance < block)
		group_stays(care, mark);
	else if (chance < 2 * block)
		card_ring(care, mark);
	else if (chance < 3 * block)
		impossible_day(care, mark);
}
