/*-------------------------------------------------------------------------
 * stay.h
 *	  A stay in hospital as a pair of days.
 *-------------------------------------------------------------------------
 */
#ifndef HB_STAY_H
#define HB_STAY_H

#include "claims/when.h"

typedef struct HbStay
{
	DateADT		adm;
	DateADT		dsc;			/* not in the stay; DATEVAL_NOEND: still in hospital */
} HbStay;

/* A stay from values that are not NULL, but for an open discharge; raises if it is none. */
extern HbStay hb_stay(HbWhen when, Datum adm, Datum dsc, bool open);

#endif							/* HB_STAY_H */
