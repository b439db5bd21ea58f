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

/* By admission, then by discharge; for qsort. */
static inline int
hb_stay_compare(const void *a, const void *b)
{
	const HbStay *x = a;
	const HbStay *y = b;
	int			c = pg_cmp_s32(x->adm, y->adm);

	return c != 0 ? c : pg_cmp_s32(x->dsc, y->dsc);
}

#endif							/* HB_STAY_H */
