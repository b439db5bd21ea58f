/*-------------------------------------------------------------------------
 * care.h
 *	  Writing the synthetic province: what the parts of the generator share.
 *-------------------------------------------------------------------------
 */
#ifndef HB_CARE_H
#define HB_CARE_H

#include "base/province.h"
#include "base/sink.h"

/* The tables that persons fill, in the order in which they are stored. */
typedef enum HbTable
{
	T_PERSON, T_RESIDENCE, T_HOUSEHOLD, T_BIRTH, T_DEATH, T_MIGRATION,
	T_PROFILE, T_CARD, T_FOLLOWUP, T_EXAM, T_OBS,
	T_ENC, T_DX, T_FRONT, T_PROC, T_MED, T_LAB, T_VITAL,
	T_PSN, T_ENROL, T_MDTRT, T_SETL, T_FEE, T_DIAG, T_OPRN, T_LABEL, T_LOOKALIKE,
	T_COUNT
} HbTable;

/* What users can multiply, in the order of the argument of province_rows. */
typedef enum HbScale
{
	SCALE_VISITS, SCALE_STAYS, SCALE_PHARMACY, SCALE_FEES, SCALE_EXAMS, SCALE_SCHEMES,
	SCALE_COUNT
} HbScale;

#define HB_MAX_DIAGNOSES	96
#define HB_MAX_COMORBIDITIES	32
#define HB_MAX_ITEMS		128
#define HB_MAX_SPELLS		64		/* of a person in hospital */
#define HB_MAX_NUMBER		900		/* events of a person; three digits are for them */

/* Items that rules name; in the order of the codes in care.c. */
typedef enum HbRuleItem
{
	I_HBA1C, I_PANEL, I_COMPONENT1, I_COMPONENT2, I_COMPONENT3, I_COMPONENT4, I_MONITORING, I_INVASIVE, I_AMBULATORY,
	I_FETAL, I_SUTURE, I_SEMEN, I_CHILD, I_OTHER_MATERIAL, I_ANAESTHESIA, I_STATIN, I_STATIN_BRAND, I_CISPLATIN, I_OXYTOCIN,
	I_FACTOR8, I_NEEDLING, I_COUNT
} HbRuleItem;

/* Diagnoses that rules name. */
typedef enum HbRuleDiagnosis
{
	D_COLD, D_PRESSURE, D_BIRTH, D_CAESAREAN, D_CHEMO, D_PSYCHOSIS, D_KIDNEY, D_COUNT
} HbRuleDiagnosis;

typedef struct HbSpell
{
	int32		from;
	int32		to;
} HbSpell;

typedef struct HbCare
{
	const HbProvince *province;
	HbSink		sink[T_COUNT];
	double		scale[SCALE_COUNT];
	Oid			icd10;			/* type */

	int			ndays;			/* of the period */
	double	   *visits_upto;	/* weights of days */
	double	   *stays_upto;
	uint64		code[HB_MAX_DIAGNOSES];	/* of province_diagnosis */
	uint64		procedure[HB_MAX_DIAGNOSES];
	double		any_upto[2][HB_MAX_DIAGNOSES];	/* weights: visits, stays */
	int64		condition_code[HB_CONDITIONS];
	int64		comorbidity_code[HB_MAX_COMORBIDITIES];
	int64		upcode;			/* what is added to make a group heavier */
	int			rule_item[I_COUNT];
	int			rule_diagnosis[D_COUNT];
	double		ddds[HB_MAX_ITEMS];	/* defined daily doses of a unit of the price */
	int16		choice[HB_MAX_ITEMS];	/* items by role and purpose */
	int16		choice_first[12][24];
	int16		choice_count[12][24];

	const HbPerson *block;
	const HbPerson *person;
	HbRng		rng;
	int			number;			/* of the person's next event */
	HbSpell		spell[HB_MAX_SPELLS];	/* in hospital, or days not to be used */
	int			nspells;
	int64		left;			/* moment of the last discharge */
	int32		last_hba1c[2];	/* days of the first and the last */
} HbCare;

/* Why a person pays: also the bit of province_diagnosis.setting. */
enum
{
	HB_VISITS, HB_STAYS, HB_PHARMACY
};

#define HB_NO_CONDITION	9		/* province_diagnosis.condition */

/* province_item.role */
enum
{
	HB_CONSULTATION = 1, HB_BED, HB_NURSING, HB_LABORATORY, HB_IMAGING, HB_TREATMENT, HB_OPERATION, HB_MATERIAL, HB_DRUG,
	HB_RULE, HB_IMPLANT
};

#define HB_PURPOSE_STAY	9		/* drugs of any stay */

/* A planted pattern that an event or a line belongs to; type 1 to 20 for F01 to F20. */
typedef struct HbScheme
{
	int			type;
	int64		id;
	bool		clean;			/* a legal case that looks like it */
} HbScheme;

/* An event that is paid for: numbers, place, and sums of its fee lines in fen. */
typedef struct HbBill
{
	int64		number;			/* of encounter, treatment and settlement */
	int64		org;
	int64		doctor;
	int			kind;			/* HB_VISITS, HB_STAYS, HB_PHARMACY */
	bool		alone;			/* the doctor performs what he orders */
	int			lines;
	int64		total;
	int64		own;			/* class 03 */
	int64		first;			/* ten per cent of class 02 */
	int64		over;			/* above price limits */
	int			severity;		/* of the group: 1 worst, 3, 5 */

	/* what the next lines have of their own */
	int64		price;			/* 0: that of the list */
	int64		trace;			/* number of a package that was sold before, or 0 */
} HbBill;

extern void hb_care_init(HbCare *care, const HbProvince *province, const double *scale, Oid icd10);
/* Write what a block of persons is and does; persons first to last of it. */
extern void hb_care_block(HbCare *care, const HbPerson *block, int first, int last);
/* Whether the person is in no hospital on these days. */
extern bool hb_care_free(const HbCare *care, int32 from, int32 to);
/* A stay, unless its days are taken; what is planted about a stay happens here. */
extern bool hb_care_admit(HbCare *care, int32 day, int diagnosis, int64 org, int los, const HbScheme *scheme);
extern int	hb_pick_los(HbCare *care, int diagnosis);

/* Patterns of a person and of a block. */
extern void hb_schemes_person(HbCare *care, double chance, uint64 mark);
/* Whether an organisation, or a doctor, takes part in a scheme; share of them at scale 1. */
extern bool hb_marked(const HbCare *care, int64 who, int scheme, double share);
/* The day from which it does. */
extern int32 hb_marked_from(const HbCare *care, int64 who, int scheme);

/* Events; the scheme may be NULL. */
extern void hb_event_visit(HbCare *care, int32 day, int diagnosis, int64 org, const HbScheme *scheme);
extern void hb_event_purchase(HbCare *care, int64 org, int64 when, int item, int packs, int64 trace, const HbScheme *scheme);
extern void hb_event_stay(HbCare *care, int32 day, int diagnosis, int64 org, int los, const HbScheme *scheme);

extern HbBill hb_bill_open(HbCare *care, int kind, int64 org);
/* A fee line, sometimes taken back later; scale adds or drops lines. */
extern void hb_bill_charge(HbCare *care, HbBill *bill, int item, int count, int64 when);
/* One line of a pattern. */
extern void hb_bill_plant(HbCare *care, HbBill *bill, int item, int count, int64 when, const HbScheme *scheme);
/* Treatment, settlement and label; diagnosis -1: none. */
extern void hb_bill_close(HbCare *care, const HbBill *bill, int diagnosis, int64 begin, int64 end, int los,
						  const HbScheme *scheme);
/* The row that says which pattern an event belongs to. */
extern void hb_bill_label(HbCare *care, const HbBill *bill, const HbScheme *scheme, int64 begin, int64 end);
extern int64 hb_price_limit(int item);
extern const char *hb_list_type(int item);
extern const char *hb_insured_kind(const HbPerson *p, int32 day);
/* An item of a role and purpose. */
extern int	hb_pick_item(HbCare *care, int role, int purpose);

/* Who a person is, examinations, follow-ups. */
extern void hb_people_person(HbCare *care, const HbPerson *person);
/* What a person's body shows on a day; order of hb_measures. */
extern void hb_people_body(HbCare *care, const HbPerson *person, int32 day, double *value);

#define HB_MEASURES		29
extern const char *const hb_measures[HB_MEASURES];
enum
{
	M_SBP, M_DBP, M_PULSE, M_HEIGHT, M_WEIGHT, M_BMI, M_WAIST, M_TC, M_TG, M_HDL, M_LDL, M_GLU, M_HBA1C,
	M_CREATININE, M_UACR, M_ALT, M_AST, M_PLATELETS, M_ALBUMIN, M_BILIRUBIN, M_SMOKE, M_HAEMOGLOBIN, M_LEUCOCYTES, M_UREA,
	M_URATE, M_EXERCISE, M_HBSAG, M_INR, M_SODIUM
};

/* Organisations: county times 100 and a number; see places.c. */
#define HB_ORG_HOSPITAL		1
#define HB_ORG_TOWN			2		/* four of them */
#define HB_ORG_PHARMACY		6		/* six */
#define HB_ORG_TERTIARY		91		/* two, in the first county of a prefecture */
#define HB_ORG_PSYCHIATRIC	93		/* one, there too */
#define HB_DOCTORS			20		/* of an organisation */

extern int	hb_org_level(int64 org);
extern const char *hb_org_level_code(int64 org);
/* The organisation of a number in the first county of the prefecture of a county. */
extern int64 hb_org_central(const HbProvince *province, int county, int number);
extern void hb_places_rows(const HbProvince *province, HbSink *sinks);

static inline bool
hb_has(const HbPerson *person, int condition, int32 day)
{
	return person->onset[condition] <= day;
}

/* A moment of a day in China, as timestamp counts. */
static inline int64
hb_moment(int32 day, int minute)
{
	return (int64) day * HB_USECS_A_DAY + minute * INT64CONST(60000000);
}

static inline bool
hb_is_birth(const HbCare *care, int diagnosis)
{
	return diagnosis == care->rule_diagnosis[D_BIRTH] || diagnosis == care->rule_diagnosis[D_CAESAREAN];
}

/* The minute of the day at which a person dies. */
#define HB_DEATH_MINUTE(p)	(120 + (int) (hb_mix64((uint64) (p)->pid) % 1320))

#define HB_CHINA_TIME	INT64CONST(28800000000)		/* ahead of UTC */

#endif							/* HB_CARE_H */
