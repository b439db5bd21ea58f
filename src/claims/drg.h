/*-------------------------------------------------------------------------
 * drg.h
 *	  States of groups of cases: weighted means, spread by group, counts
 *	  on both sides of a limit.
 *-------------------------------------------------------------------------
 */
#ifndef HB_DRG_H
#define HB_DRG_H

#include "claims/argument.h"
#include "common/math.h"
#include "common/state.h"

typedef struct HbWeightedMean
{
	HbState		base;
	int64		rows;
	HbSum		weights;
	HbSum		weighted;
} HbWeightedMean;

/* The cases of all groups, in the order of the hashes of their names. */
typedef struct HbDrgGroups
{
	HbState		base;
} HbDrgGroups;

typedef struct HbDrgGroup
{
	int64		hash;
	int64		n;
	double		mean;
	double		m2;				/* squared deviations from the mean, summed */
} HbDrgGroup;

typedef struct HbBunching
{
	HbState		base;
	double		cut;
	double		width;
	int64		below;
	int64		above;
} HbBunching;

extern const HbStateType hb_weighted_mean_type;
extern const HbStateType hb_drg_groups_type;
extern const HbStateType hb_bunching_type;

#endif							/* HB_DRG_H */
