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
	T_PSN, T_MDTRT, T_SETL, T_FEE, T_DIAG, T_OPRN, T_LABEL,
	T_COUNT
} HbTable;

/* What users can multiply, in the order of the argument of province_rows. */
typedef enum HbScale
{
	SCALE_VISITS, SCALE_STAYS, SCALE_PHARMACY, SCALE_FEES, SCALE_EXAMS, SCALE_SCHEMES,
	SCALE_COUNT
} HbScale;

#define HB_MAX_DIAGNOSES	96

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
	int			pressure;		/* the diagnosis of a stay for hypertension */

	const HbPerson *block;
	const HbPerson *person;
	HbRng		rng;
	int			number;			/* of the person's next event */
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
	HB_CONSULTATION = 1, HB_BED, HB_NURSING, HB_LABORATORY, HB_IMAGING, HB_TREATMENT, HB_OPERATION, HB_MATERIAL, HB_DRUG, HB_MONITORING
};

/* An event that is paid for: numbers, place, and sums of its fee lines in fen. */
typedef struct HbBill
{
	int64		number;			/* of encounter, treatment and settlement */
	int64		org;
	int64		doctor;
	int			kind;			/* HB_VISITS, HB_STAYS, HB_PHARMACY */
	int			lines;
	int64		total;
	int64		own;			/* class 03 */
	int64		first;			/* ten per cent of class 02 */
} HbBill;

/* A planted pattern that an event belongs to. */
typedef struct HbScheme
{
	const char *type;			/* F01 to F19 */
	int64		id;
} HbScheme;

extern void hb_care_init(HbCare *care, const HbProvince *province, const double *scale, Oid icd10);
/* Write what a block of persons is and does; persons first to last of it. */
extern void hb_care_block(HbCare *care, const HbPerson *block, int first, int last);

/* Events; the scheme may be NULL. */
extern void hb_event_visit(HbCare *care, int32 day, int diagnosis, int64 org, const HbScheme *scheme);
extern void hb_event_purchase(HbCare *care, int64 org, int64 when, int purpose, int packs, const HbScheme *scheme);
extern void hb_event_stay(HbCare *care, int32 day, int diagnosis, int64 org, int los, const HbScheme *scheme);

extern HbBill hb_bill_open(HbCare *care, int kind, int64 org);
/* A fee line, sometimes taken back later; scale adds or drops lines. */
extern void hb_bill_charge(HbCare *care, HbBill *bill, int item, int count, int64 when);
/* Treatment, settlement and label; diagnosis -1: none. */
extern void hb_bill_close(HbCare *care, const HbBill *bill, int diagnosis, int64 begin, int64 end, int los,
						  const HbScheme *scheme);
/* An item of a role; of drugs by purpose, -1 any. */
extern int	hb_pick_item(HbCare *care, int role, int purpose);

/* Who a person is, examinations, follow-ups. */
extern void hb_people_person(HbCare *care, const HbPerson *person);
/* What a person's body shows on a day; order of hb_measures. */
extern void hb_people_body(HbCare *care, const HbPerson *person, int32 day, double *value);

#define HB_MEASURES		20
extern const char *const hb_measures[HB_MEASURES];
enum
{
	M_SBP, M_DBP, M_PULSE, M_HEIGHT, M_WEIGHT, M_BMI, M_WAIST, M_TC, M_TG, M_HDL, M_LDL, M_GLU, M_HBA1C,
	M_CREATININE, M_UACR, M_ALT, M_AST, M_PLATELETS, M_ALBUMIN, M_BILIRUBIN
};

/* Organisations: county times 100 and a number; see places.c. */
#define HB_ORG_HOSPITAL		1
#define HB_ORG_TOWN			2		/* four of them */
#define HB_ORG_PHARMACY		6		/* six */
#define HB_ORG_TERTIARY		91		/* two, in the first county of a prefecture */
#define HB_DOCTORS			20		/* of an organisation */

extern int	hb_org_level(int64 org);
extern const char *hb_org_level_code(int64 org);
extern void hb_places_rows(const HbProvince *province, HbSink *org, HbSink *staff, HbSink *fixmedins,
						   HbSink *doctor, HbSink *list, HbSink *drg);

static inline bool
hb_alive(const HbPerson *person, int32 day)
{
	return day >= person->birth && day < person->death;
}

static inline bool
hb_has(const HbPerson *person, int condition, int32 day)
{
	return person->onset[condition] <= day;
}

/* A moment of a day in China, as timestamptz counts. */
static inline int64
hb_moment(int32 day, int minute)
{
	return (int64) day * HB_USECS_A_DAY + minute * INT64CONST(60000000);
}

#define HB_CHINA_TIME	INT64CONST(28800000000)		/* ahead of UTC */

#endif							/* HB_CARE_H */
