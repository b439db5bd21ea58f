/*-------------------------------------------------------------------------
 * cn_id.h
 *	  Identity numbers of people in China: GB 11643 resident numbers and the
 *	  two families that share their form.
 *
 * A number is 17 digits, which are the value, and a check digit that follows
 * from them:
 *
 *	  RRRRRR YYYYMMDD OOO C
 *
 * RRRRRR is the division of first registration, 810000 to 830000 for a
 * residence permit, or 9PPNNN for a foreigner: province of application and
 * ISO 3166-1 numeric nationality. OOO is odd for men.
 *-------------------------------------------------------------------------
 */
#ifndef HB_CN_ID_H
#define HB_CN_ID_H

#include "common/code.h"

#define HB_CN_ID_LEN		18
#define HB_CN_ID_MIN_YEAR	1850
#define HB_CN_ID_MAX_YEAR	2099

typedef enum HbCnIdKind
{
	HB_CN_ID_RESIDENT,
	HB_CN_ID_HMT,
	HB_CN_ID_FOREIGN
} HbCnIdKind;

extern const HbCodeType hb_cn_id_type;

/* The check digit, '0' to '9' or 'X', of 17 digits (ISO 7064 MOD 11-2). */
extern char hb_cn_id_check_digit(const char *digits);

/* The date as a day count from 2000-01-01, as PostgreSQL has it. */
extern int32 hb_day_number(int year, int month, int day);

static inline HbCnIdKind
hb_cn_id_kind(uint64 id)
{
	if (id < UINT64CONST(80000000000000000))
		return HB_CN_ID_RESIDENT;
	return id < UINT64CONST(90000000000000000) ? HB_CN_ID_HMT : HB_CN_ID_FOREIGN;
}

static inline uint32
hb_cn_id_region(uint64 id)
{
	return (uint32) (id / UINT64CONST(100000000000));
}

/* YYYYMMDD */
static inline uint32
hb_cn_id_birth(uint64 id)
{
	return (uint32) (id / 1000 % 100000000);
}

static inline bool
hb_cn_id_is_male(uint64 id)
{
	return (id & 1) != 0;
}

static inline int32
hb_cn_id_birth_day_number(uint64 id)
{
	uint32		ymd = hb_cn_id_birth(id);

	return hb_day_number(ymd / 10000, ymd / 100 % 100, ymd % 100);
}

/* A day count from 2000-01-01 as the number YYYYMMDD. */
extern int64 hb_year_month_day(int32 day_number);

/*
 * Years completed on a day YYYYMMDD; -1 before birth. After 29 February of a
 * leap year the anniversary in a common year is 1 March.
 */
static inline int
hb_cn_id_age(uint64 id, int64 on)
{
	int64		birth = hb_cn_id_birth(id);

	return on < birth ? -1 : (int) ((on - birth) / 10000);
}

/* The province, if assigned by GB/T 2260, of two digits? */
extern bool hb_is_province(int code);

#endif							/* HB_CN_ID_H */
