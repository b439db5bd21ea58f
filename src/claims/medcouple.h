/*-------------------------------------------------------------------------
 * medcouple.h
 *	  The medcouple, a robust measure of skewness.
 *-------------------------------------------------------------------------
 */
#ifndef HB_MEDCOUPLE_H
#define HB_MEDCOUPLE_H

#include "postgres.h"

/* Of sorted values; from -1 to 1. */
extern double hb_medcouple(const double *x, int64 n);

#endif							/* HB_MEDCOUPLE_H */
