/*-------------------------------------------------------------------------
 * province.h
 *	  The synthetic province: who lives in it, and what happens to them.
 *
 * Persons come in blocks of 24 consecutive numbers, which share a county
 * and form households. A block follows from seed, period and its number alone.
 * What is fact and what is assumed stands in data/base and doc/synthetic-province.md.
 *-------------------------------------------------------------------------
 */
#ifndef HB_PROVINCE_H
#define HB_PROVINCE_H

#include "base/rng.h"

#define HB_BLOCK			24		/* persons */
#define HB_CONDITIONS		5		/* rows of province_condition */
#define HB_NEVER			PG_INT32_MAX
#define HB_NAME_SIZE		16
#define HB_MAX_COUNTIES		160

/* Conditions, in the order of data/base/province_condition.csv. */
enum
{
	HB_HYPERTENSION, HB_DIABETES, HB_COPD, HB_CKD, HB_STROKE
};

/* Purposes of streams of random numbers. */
enum
{
	HB_STREAM_BLOCK = 1, HB_STREAM_PERSON, HB_STREAM_LIFE, HB_STREAM_BODY, HB_STREAM_EXAM,
	HB_STREAM_CARE, HB_STREAM_STAY, HB_STREAM_SCHEME
};

typedef struct HbPerson
{
	int64		pid;
	bool		male;
	bool		newborn;		/* in the period */
	int32		birth;			/* days since 2000-01-01 */
	int32		death;			/* HB_NEVER: not in the period */
	uint64		id;				/* as type cn_id has it */
	char		name[HB_NAME_SIZE];
	uint32		area;			/* county of living */
	uint32		registered;		/* county of registration */
	uint32		managed;		/* county of management */
	int			county;			/* index of area */
	int			ethnic;			/* GB/T 3304 */
	bool		employee;		/* insurance of employees, else of residents */
	int			household;		/* head's place in the block */
	char		relation;		/* to the head, GB/T 4761 */
	int			partner;		/* place in the block, or -1 */
	int			mother;			/* place in the block, or -1 */
	int			host;			/* whom an old person lives with: place in the block, or -1 */
	int			order;			/* among the mother's children in the block, from 1 */
	double		frailty;		/* standard normal: drives conditions and use of care */
	int			cause;			/* of death: row of province_cause */
	bool		dies_in_hospital;
	int32		onset[HB_CONDITIONS];	/* day, or HB_NEVER */
	bool		aware[HB_CONDITIONS];	/* registered */
} HbPerson;

typedef struct HbProvince
{
	uint64		seed;
	int32		from;			/* first day of the period */
	int32		to;				/* first day after it */
	double		years;

	/* cumulated shares of age and sex strata, and of prefectures, of 2^64 */
	int			nstrata;
	struct HbStratum
	{
		uint64		upto;
		bool		male;
		bool		newborn;
		int32		first;		/* days of birth */
		int32		last;
	}			stratum[64];
	uint64		prefecture_upto[32];
	int			nprefectures;

	int			ncounties;
	uint32		county[HB_MAX_COUNTIES];	/* codes */
	int			county_first[33];	/* of a prefecture */

	double	   *surname_upto;
	double	   *given_upto[2];	/* women, men */
} HbProvince;

extern void hb_province_init(HbProvince *province, uint64 seed, int32 from, int32 to);
/* The persons of a block, numbered from HB_BLOCK * block + 1. */
extern void hb_province_block(const HbProvince *province, int64 block, HbPerson *persons);

/* Cumulated hazard of death from one age in years to another. */
extern double hb_mortality(bool male, double from_age, double to_age);
/* Life expectancy at birth of the law of mortality. */
extern double hb_life_expectancy(bool male);
/* Prevalence of a condition. */
extern double hb_prevalence(int condition, bool male, double age);
/* The closest that persons with the same end of an identity number can come, in shares of 2^64. */
extern uint64 hb_identity_gap(uint64 persons);

static inline bool
hb_alive(const HbPerson *person, int32 day)
{
	return day >= person->birth && day < person->death;
}

static inline double
hb_age_on(const HbPerson *person, int32 day)
{
	return (day - person->birth) / 365.25;
}

#endif							/* HB_PROVINCE_H */
