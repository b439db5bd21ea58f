/*-------------------------------------------------------------------------
 * cn_division.h
 *	  Codes of administrative divisions: GB/T 2260 (2, 4 and 6 digits) and
 *	  GB/T 10114 and the statistical code below it (9 and 12 digits).
 *
 * The value is the digits, filled up to 12 with zeros, times 8, plus the
 * index of the length; so a prefix sorts before what it is a prefix of, as
 * in text.
 *-------------------------------------------------------------------------
 */
#ifndef HB_CN_DIVISION_H
#define HB_CN_DIVISION_H

#include "common/codeset.h"

#define HB_CN_DIVISION_LEN		12
#define HB_CN_DIVISION_LEVELS	5

typedef uint64 HbCnDivision;

extern const HbCodeType hb_cn_division_type;

/* The powers of ten up to 10^12. */
extern const uint64 hb_pow10[13];

/* Number of digits of the division as it was written. */
extern int	hb_cn_division_digits(HbCnDivision d);

/* The digits filled up to 12. */
static inline uint64
hb_cn_division_full(HbCnDivision d)
{
	return d >> 3;
}

/* A division of 2, 4, 6, 9 or 12 digits. */
extern HbCnDivision hb_cn_division_make(uint64 digits, int ndigits);

/*
 * The level that a division denotes, 0 for a province to 4: zero groups at
 * the end only fill up.
 */
extern int	hb_cn_division_level(HbCnDivision d);

/* The division of the same place written as short as possible. */
extern HbCnDivision hb_cn_division_short(HbCnDivision d);

/* The division just above, false for a province. */
extern bool hb_cn_division_parent(HbCnDivision d, HbCnDivision *parent);

/* All divisions, and all identity numbers, within a division. */
extern HbCodeRange hb_cn_division_subtree(HbCnDivision d);
extern HbCodeRange hb_cn_division_id_range(HbCnDivision d);

#endif							/* HB_CN_DIVISION_H */
