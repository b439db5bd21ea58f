/*-------------------------------------------------------------------------
 * sample.h
 *	  The type sample: all values of a group, for statistics that need them.
 *-------------------------------------------------------------------------
 */
#ifndef HB_SAMPLE_H
#define HB_SAMPLE_H

#include <math.h>

#include "claims/argument.h"
#include "common/state.h"

/* The values in any order. */
typedef struct HbSample
{
	HbState		base;
	HbArguments arguments;
} HbSample;

extern const HbStateType hb_sample_type;

/* The values of a sample. */
static inline const double *
hb_sample_values(const HbSample *sample)
{
	return (const double *) (sample + 1);
}

/* The sample of argument 0. */
static inline const HbSample *
hb_sample_arg(FunctionCallInfo fcinfo)
{
	return (const HbSample *) hb_state_arg(&hb_sample_type, fcinfo, 0);
}

/* A copy of the values to reorder; room for as many more. */
extern double *hb_sample_copy(const HbSample *sample, int64 more);
/* A sorted copy. */
extern double *hb_sample_sorted(const HbSample *sample);

/* Mean and standard deviation, in two passes; the latter NaN of one value. */
extern void hb_mean_sd(const double *x, int64 n, double *mean, double *sd);

/* Return what is not a number as NULL. */
#define HB_RETURN_NUMBER(value) \
	do { \
		double		_value = (value); \
		if (isnan(_value)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(_value); \
	} while (0)

#endif							/* HB_SAMPLE_H */
