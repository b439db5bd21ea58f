/*-------------------------------------------------------------------------
 * drg_state.c
 *	  The types weighted_mean, drg_groups and bunching, and their steps.
 *-------------------------------------------------------------------------
 */
#include "claims/drg.h"

#include "common/hashfn.h"

static void
require_finite(double x, const char *name)
{
	if (unlikely(!isfinite(x)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be finite", name),
				 errhint("Leave out NaN and infinity by FILTER (WHERE ...).")));
}

/* ----- weighted means ----- */

static HbState *
merge_means(HbState *into, const HbState *from)
{
	HbWeightedMean *a = (HbWeightedMean *) into;
	const HbWeightedMean *b = (const HbWeightedMean *) from;

	a->rows += b->rows;
	hb_sum_merge(&a->weights, b->weights);
	hb_sum_merge(&a->weighted, b->weighted);
	return into;
}

static const char *
check_mean(const HbState *state)
{
	const HbWeightedMean *m = (const HbWeightedMean *) state;

	if (m->rows < 1)
		return "there are rows";
	if (!isfinite(m->weights.sum) || !isfinite(m->weights.lost) || !isfinite(m->weighted.sum) ||
		!isfinite(m->weighted.lost) || m->weights.sum < 0)
		return "sums are finite, that of the weights is not negative";
	return NULL;
}

const HbStateType hb_weighted_mean_type = {
	.name = "weighted_mean", .version = 1,
	.head = "ld4", .head_size = sizeof(HbWeightedMean),
	.merge = merge_means, .check = check_mean
};

HB_STATE_FUNCTIONS(weighted_mean, hb_weighted_mean_type)

/* Without a weight it is 1. */
PG_FUNCTION_INFO_V1(hb_weighted_mean_step);
Datum
hb_weighted_mean_step(PG_FUNCTION_ARGS)
{
	HbWeightedMean *m;
	double		x;
	double		weight = 1;

	if (PG_ARGISNULL(1) || (PG_NARGS() > 2 && PG_ARGISNULL(2)))
		HB_STATE_RETURN_SAME();
	x = PG_GETARG_FLOAT8(1);
	require_finite(x, "the value");
	if (PG_NARGS() > 2)
	{
		weight = (double) PG_GETARG_INT64(2);
		if (weight < 0)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("the number of cases must not be negative")));
	}
	m = (HbWeightedMean *) hb_state_writable(&hb_weighted_mean_type, fcinfo);
	m->rows++;
	hb_sum_add(&m->weights, weight);
	hb_sum_add(&m->weighted, weight * x);
	PG_RETURN_POINTER(m);
}

PG_FUNCTION_INFO_V1(hb_weighted_mean_value);
Datum
hb_weighted_mean_value(PG_FUNCTION_ARGS)
{
	const HbWeightedMean *m = (const HbWeightedMean *) hb_state_arg(&hb_weighted_mean_type, fcinfo, 0);
	double		weights = hb_sum_value(m->weights);

	if (!(weights > 0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(hb_sum_value(m->weighted) / weights);
}

/* ----- spread by group ----- */

/* Where a group is among the n first ones, or would be. */
static int64
place_of_group(const HbDrgGroup *group, int64 n, int64 hash)
{
	int64		lo = 0;

	while (lo < n)
	{
		int64		mid = lo + (n - lo) / 2;

		if (group[mid].hash < hash)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

/* Add cases to a group (Chan, Golub and LeVeque 1983). */
static void
add_cases(HbDrgGroup *group, const HbDrgGroup *cases)
{
	double		n = (double) (group->n + cases->n);
	double		apart = cases->mean - group->mean;

	group->mean += apart * ((double) cases->n / n);
	group->m2 += cases->m2 + apart * apart * ((double) group->n * (double) cases->n / n);
	group->n += cases->n;
}

static HbState *
add_to_group(HbState *state, const HbDrgGroup *cases)
{
	HbDrgGroup *group = hb_state_elements(&hb_drg_groups_type, state);
	int64		place = place_of_group(group, state->n, cases->hash);

	if (place < state->n && group[place].hash == cases->hash)
	{
		add_cases(&group[place], cases);
		return state;
	}
	hb_state_push(&hb_drg_groups_type, &state);
	group = hb_state_elements(&hb_drg_groups_type, state);
	memmove(group + place + 1, group + place, sizeof(HbDrgGroup) * (state->n - 1 - place));
	group[place] = *cases;
	return state;
}

/* Both are sorted: the groups of both, in one pass. */
static HbState *
merge_groups(HbState *into, const HbState *from)
{
	const HbDrgGroup *a = hb_state_elements(&hb_drg_groups_type, into);
	const HbDrgGroup *b = hb_state_elements(&hb_drg_groups_type, from);
	const HbDrgGroup *a_end = a + into->n;
	const HbDrgGroup *b_end = b + from->n;
	HbState    *merged = hb_state_new(&hb_drg_groups_type, into->n + from->n);
	HbDrgGroup *to = hb_state_elements(&hb_drg_groups_type, merged);

	while (a < a_end || b < b_end)
	{
		if (b == b_end || (a < a_end && a->hash < b->hash))
			*to = *a++;
		else if (a == a_end || b->hash < a->hash)
			*to = *b++;
		else
		{
			*to = *a++;
			add_cases(to, b++);
		}
		to++;
		merged->n++;
	}
	return merged;
}

static const char *
check_groups(const HbState *state)
{
	const HbDrgGroup *group = hb_state_elements(&hb_drg_groups_type, state);

	for (int64 i = 0; i < state->n; i++)
	{
		if (i > 0 && group[i - 1].hash >= group[i].hash)
			return "groups are in the order of their hashes";
		if (group[i].n < 1 || !isfinite(group[i].mean) || !(group[i].m2 >= 0) || isinf(group[i].m2))
			return "groups have cases, their spread is not negative";
	}
	return state->n == 0 ? "there are groups" : NULL;
}

const HbStateType hb_drg_groups_type = {
	.name = "drg_groups", .version = 1,
	.head = "", .head_size = sizeof(HbDrgGroups),
	.element = "lldd", .element_size = sizeof(HbDrgGroup),
	.max_elements = 1000000,
	.merge = merge_groups, .check = check_groups
};

HB_STATE_FUNCTIONS(drg_groups, hb_drg_groups_type)

PG_FUNCTION_INFO_V1(hb_drg_groups_step);
Datum
hb_drg_groups_step(PG_FUNCTION_ARGS)
{
	HbDrgGroup	cases = {0, 1, 0, 0};
	text	   *name;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		HB_STATE_RETURN_SAME();
	name = PG_GETARG_TEXT_PP(1);
	cases.mean = PG_GETARG_FLOAT8(2);
	require_finite(cases.mean, "the value");
	cases.hash = (int64) hash_bytes_extended((const unsigned char *) VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), 0);
	PG_RETURN_POINTER(add_to_group(hb_state_writable(&hb_drg_groups_type, fcinfo), &cases));
}

/* ----- both sides of a limit ----- */

static HbState *
merge_bunching(HbState *into, const HbState *from)
{
	HbBunching *a = (HbBunching *) into;
	const HbBunching *b = (const HbBunching *) from;

	HB_REQUIRE(a->cut == b->cut && a->width == b->width, "cut and width must be the same in all rows");
	a->below += b->below;
	a->above += b->above;
	return into;
}

static const char *
check_bunching(const HbState *state)
{
	const HbBunching *b = (const HbBunching *) state;

	if (!isfinite(b->cut) || !isfinite(b->width) || !(b->width > 0))
		return "the limit is finite, the width above 0";
	if (b->below < 0 || b->above < 0 || b->below > PG_INT64_MAX / 1024 || b->above > PG_INT64_MAX / 1024)
		return "counts are not negative, nor beyond all rows";
	return NULL;
}

const HbStateType hb_bunching_type = {
	.name = "bunching", .version = 1,
	.head = "d2l2", .head_size = sizeof(HbBunching),
	.merge = merge_bunching, .check = check_bunching
};

HB_STATE_FUNCTIONS(bunching, hb_bunching_type)

PG_FUNCTION_INFO_V1(hb_bunching_step);
Datum
hb_bunching_step(PG_FUNCTION_ARGS)
{
	HbBunching *b;
	double		x;
	double		cut;
	double		width;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		HB_STATE_RETURN_SAME();
	x = PG_GETARG_FLOAT8(1);
	cut = PG_GETARG_FLOAT8(2);
	width = PG_GETARG_FLOAT8(3);
	require_finite(x, "the value");
	b = (HbBunching *) hb_state_writable(&hb_bunching_type, fcinfo);
	if (PG_ARGISNULL(0))
	{
		HB_REQUIRE(isfinite(cut), "cut must be finite");
		HB_REQUIRE(width > 0 && isfinite(width), "width must be greater than 0");
		b->cut = cut;
		b->width = width;
	}
	HB_REQUIRE(b->cut == cut && b->width == width, "cut and width must be the same in all rows");
	if (x < cut)
		b->below += x >= cut - width;
	else
		b->above += x < cut + width;
	PG_RETURN_POINTER(b);
}
