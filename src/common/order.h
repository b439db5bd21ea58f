/*-------------------------------------------------------------------------
 * order.h
 *	  Sorting, selecting and quantiles of arrays of finite doubles.
 *
 * Time is linear in the number of values whatever their order, and all of it
 * can be interrupted.
 *-------------------------------------------------------------------------
 */
#ifndef HB_ORDER_H
#define HB_ORDER_H

#include "postgres.h"

/* Sort ascending. room: as many doubles again, or NULL to sort without. */
extern void hb_sort(double *x, int64 n, double *room);

/* The value of rank k, from 0; those before it become no greater, those after no less. */
extern double hb_select(double *x, int64 n, int64 k);

/* The quantile of type 7 of Hyndman and Fan (1996), as percentile_cont; reorders. */
extern double hb_quantile(double *x, int64 n, double p);

/* The same of values that are sorted. */
extern double hb_quantile_sorted(const double *x, int64 n, double p);

extern int	hb_compare_double(const void *a, const void *b);

#endif							/* HB_ORDER_H */
