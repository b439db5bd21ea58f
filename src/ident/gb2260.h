/*-------------------------------------------------------------------------
 * gb2260.h
 *	  The divisions that GB/T 2260 has listed, year by year since 1980.
 *
 * The list is compiled in. It begins in 1980 and ends with an edition; years
 * outside are answered as of the nearest one.
 *-------------------------------------------------------------------------
 */
#ifndef HB_GB2260_H
#define HB_GB2260_H

#include "ident/cn_division.h"

#define HB_GB2260_FIRST_YEAR	1980
#define HB_GB2260_LAST_YEAR		2020

/* A name that a code of six digits had, through last_year; 0 is until now. */
typedef struct HbDivisionName
{
	const char *name;			/* UTF-8 */
	uint16		first_year;
	uint16		last_year;
	bool		on_cards;		/* not of the statistics bureau alone */
} HbDivisionName;

/* Names of a division in order of time: the i-th from 0, or false. */
extern bool hb_gb2260_name(HbCnDivision d, int i, HbDivisionName *name);

/* The i-th name in all, by code and time, and its division, of six digits; or false. */
extern bool hb_gb2260_entry(int i, HbCnDivision *d, HbDivisionName *name);

/* Its last name, or false if it was never listed. */
extern bool hb_gb2260_last_name(HbCnDivision d, HbDivisionName *name);

/* Its name in a year, or false. */
extern bool hb_gb2260_name_in(HbCnDivision d, int year, HbDivisionName *name);

/* The code that replaced it, of six digits, or false. */
extern bool hb_gb2260_successor(HbCnDivision d, HbCnDivision *successor);

/*
 * All divisions below provinces, of six digits and ascending, that were listed
 * until an edition, a year. Returns their number.
 */
extern int	hb_gb2260_until(int edition, const uint32 **codes);

/* Assert, once at load, that the lists are in the order they are searched by. */
extern void hb_gb2260_init(void);

#endif							/* HB_GB2260_H */
