/*-------------------------------------------------------------------------
 * order.h
 *	  Sorting, selecting and quantiles of arrays of finite doubles; sorting of
 *	  anything else.
 *
 * All of it can be interrupted. For doubles time is linear in their number
 * whatever their order.
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

/* As qsort, which cannot be interrupted. */
extern void hb_qsort(void *data, size_t n, size_t size, int (*compare) (const void *a, const void *b));

extern int	hb_compare_double(const void *a, const void *b);

#endif							/* HB_ORDER_H */
