/*-------------------------------------------------------------------------
 * privacy_sizes.c
 *	  The type privacy_sizes: how many classes of which size a table has,
 *	  and the risks that follow.
 *
 * A table of n rows has fewer than sqrt(2n) different sizes, so the state
 * stays small; the sizes alone tell k, uniques and all risks of a prosecutor.
 *-------------------------------------------------------------------------
 */
#include "deid/privacy.h"

#include "common/row.h"
#include "common/word.h"

#include <math.h>

#include "common/int.h"
#include "utils/builtins.h"

#define SUM_UNIT		4611686018427387904.0	/* 2^62 */
#define SUM_LOW_BITS	31

/* GB/T 42460: shares of public, controlled and enclave release; acceptable risk */
#define ACCEPTABLE_RISK	0.05

PG_FUNCTION_INFO_V1(hb_privacy_sizes_step);
PG_FUNCTION_INFO_V1(hb_privacy_sizes_step_population);
PG_FUNCTION_INFO_V1(hb_privacy_k);
PG_FUNCTION_INFO_V1(hb_privacy_risk);
PG_FUNCTION_INFO_V1(hb_privacy_individual_risk);
PG_FUNCTION_INFO_V1(hb_privacy_gbt42460);
PG_FUNCTION_INFO_V1(hb_privacy_gbt42460_context);

static HbState *sizes_merge(HbState *into, const HbState *from);
static const char *sizes_check(const HbState *state);

static const HbStateType sizes_type = {
	.name = "privacy_sizes",
	.version = 1,
	.head = "l5d",
	.head_size = sizeof(HbPrivacySizes),
	.element = "l3",
	.element_size = sizeof(HbClassSize),
	.merge = sizes_merge,
	.check = sizes_check
};

HB_STATE_FUNCTIONS(privacy_sizes, sizes_type)

static inline HbClassSize *
class_sizes(const HbState *state)
{
	return hb_state_elements(&sizes_type, state);
}

static void
add(int64 *sum, int64 more)
{
	if (unlikely(pg_add_s64_overflow(*sum, more, sum)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("too many records")));
}

/* Add a part of one, 0 to 1. */
static void
add_part(HbExactSum *sum, double part)
{
	int64		units = (int64) (Min(part, 1.0) * SUM_UNIT);

	add(&sum->high, units >> SUM_LOW_BITS);
	add(&sum->low, units & ((INT64CONST(1) << SUM_LOW_BITS) - 1));
}

static double
sum_value(const HbExactSum *sum)
{
	return ((double) sum->high * (double) (INT64CONST(1) << SUM_LOW_BITS) + (double) sum->low) / SUM_UNIT;
}

/* The entry of a size, made if there is none. */
static HbClassSize *
entry(HbState **state, int64 size)
{
	HbClassSize *e = class_sizes(*state);
	int64		n = (*state)->n;
	int64		low = 0;
	int64		high = n;

	/* Small sizes mostly occur all, and the largest classes are few. */
	if (size <= n && e[size - 1].size == size)
		return &e[size - 1];
	while (low < high)
	{
		int64		middle = low + (high - low) / 2;

		if (e[middle].size < size)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < n && e[low].size == size)
		return &e[low];
	(void) hb_state_push(&sizes_type, state);
	e = class_sizes(*state);
	memmove(e + low + 1, e + low, (Size) (n - low) * sizeof(HbClassSize));
	memset(e + low, 0, sizeof(HbClassSize));
	e[low].size = size;
	return &e[low];
}

static HbState *
add_classes(HbState *state, int64 size, int64 classes, int64 records)
{
	HbClassSize *e = entry(&state, size);

	add(&e->classes, classes);
	add(&e->records, records);
	return state;
}

static HbState *
sizes_merge(HbState *into, const HbState *from)
{
	const HbPrivacySizes *other = (const HbPrivacySizes *) from;
	const HbClassSize *e = class_sizes(from);
	HbPrivacySizes *sizes;

	for (int64 i = 0; i < from->n; i++)
		into = add_classes(into, e[i].size, e[i].classes, e[i].records);
	sizes = (HbPrivacySizes *) into;
	add(&sizes->populated, other->populated);
	add(&sizes->journalist.high, other->journalist.high);
	add(&sizes->journalist.low, other->journalist.low);
	add(&sizes->individual.high, other->individual.high);
	add(&sizes->individual.low, other->individual.low);
	if (other->least > 0 && (sizes->least == 0 || other->least < sizes->least))
		sizes->least = other->least;
	return into;
}

static const char *
sizes_check(const HbState *state)
{
	const HbPrivacySizes *sizes = (const HbPrivacySizes *) state;
	const HbClassSize *e = class_sizes(state);

	if (sizes->populated < 0 || sizes->journalist.high < 0 || sizes->journalist.low < 0 ||
		sizes->individual.high < 0 || sizes->individual.low < 0 || !(sizes->least >= 0) || isinf(sizes->least))
		return "sums over populations are not negative";
	for (int64 i = 0; i < state->n; i++)
	{
		if (e[i].size <= (i == 0 ? 0 : e[i - 1].size))
			return "sizes of classes are positive and ascend";
		if (e[i].classes < 1 || e[i].records < 1)
			return "a size has classes and records";
	}
	return NULL;
}

static void
check_size(int64 size)
{
	if (size < 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a class has at least one record")));
}

/* Add a class of a size. */
Datum
hb_privacy_sizes_step(PG_FUNCTION_ARGS)
{
	int64		size;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	size = PG_GETARG_INT64(1);
	check_size(size);
	PG_RETURN_POINTER(add_classes(hb_state_writable(&sizes_type, fcinfo), size, 1, size));
}

/* Add records that have values of which there are so many here, and in a population. */
Datum
hb_privacy_sizes_step_population(PG_FUNCTION_ARGS)
{
	int64		size;
	int64		records;
	HbPrivacySizes *sizes;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	size = PG_GETARG_INT64(1);
	check_size(size);
	records = PG_ARGISNULL(3) ? size : PG_GETARG_INT64(3);
	if (records < 1 || records > size)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("records of a class are between 1 and its size")));
	sizes = (HbPrivacySizes *) add_classes(hb_state_writable(&sizes_type, fcinfo), size, 1, records);
	if (!PG_ARGISNULL(2))
	{
		double		population = PG_GETARG_FLOAT8(2);

		if (!(population >= (double) size) || isinf(population))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("the population of a class is finite and not below its size")));
		add(&sizes->populated, records);
		add_part(&sizes->journalist, (double) records / population);
		add_part(&sizes->individual, (double) records * hb_individual_risk(size, population));
		if (sizes->least == 0 || population < sizes->least)
			sizes->least = population;
	}
	PG_RETURN_POINTER(sizes);
}

/* ----- what sizes tell ----- */

/* Return the size of the smallest class. */
Datum
hb_privacy_k(PG_FUNCTION_ARGS)
{
	HbState    *state = hb_state_arg(&sizes_type, fcinfo, 0);

	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT64(class_sizes(state)[0].size);
}

typedef struct Sums
{
	int64		records;
	int64		classes;
	int64		at_risk;		/* records of classes with more risk than a threshold */
	int64		classes_at_risk;
	double		one_by_size;	/* over records */
	double		one_by_size_of_classes;
} Sums;

/* Sums over the classes; at risk are those whose one part is above the threshold. */
static Sums
sum_sizes(const HbState *state, double threshold)
{
	const HbClassSize *e = class_sizes(state);
	Sums		sums = {0};

	for (int64 i = 0; i < state->n; i++)
	{
		add(&sums.records, e[i].records);
		add(&sums.classes, e[i].classes);
		sums.one_by_size += (double) e[i].records / (double) e[i].size;
		sums.one_by_size_of_classes += (double) e[i].classes / (double) e[i].size;
		if (1.0 / (double) e[i].size > threshold)
		{
			sums.at_risk += e[i].records;
			sums.classes_at_risk += e[i].classes;
		}
	}
	return sums;
}

/* Return what the sizes of classes tell of risk. */
Datum
hb_privacy_risk(PG_FUNCTION_ARGS)
{
	HbState    *state = hb_state_arg(&sizes_type, fcinfo, 0);
	const HbPrivacySizes *sizes = (const HbPrivacySizes *) state;
	const HbClassSize *e = class_sizes(state);
	double		threshold = PG_GETARG_FLOAT8(1);
	double		populated = (double) sizes->populated;
	Datum		values[14];
	bool		nulls[14] = {false};
	Sums		sums;

	if (!(threshold >= 0 && threshold <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a threshold of risk is between 0 and 1")));
	if (state->n == 0)
		PG_RETURN_NULL();
	sums = sum_sizes(state, threshold);
	values[0] = Int64GetDatum(sums.records);
	values[1] = Int64GetDatum(sums.classes);
	values[2] = Int64GetDatum(e[0].size);
	values[3] = Int64GetDatum(e[state->n - 1].size);
	values[4] = Float8GetDatum((double) sums.records / (double) sums.classes);
	values[5] = Int64GetDatum(e[0].size == 1 ? e[0].records : 0);
	values[6] = Float8GetDatum(1.0 / (double) e[0].size);
	values[7] = Float8GetDatum(1.0 / (double) e[state->n - 1].size);
	values[8] = Float8GetDatum(sums.one_by_size / (double) sums.records);
	values[9] = Float8GetDatum((double) sums.at_risk / (double) sums.records);
	values[10] = Float8GetDatum(sums.one_by_size / (double) sums.records);
	nulls[11] = nulls[12] = nulls[13] = sizes->populated == 0;
	if (sizes->populated > 0)
	{
		values[10] = Float8GetDatum(sum_value(&sizes->journalist) / populated);
		values[11] = Float8GetDatum(1.0 / sizes->least);
		values[12] = values[10];
		values[13] = Float8GetDatum(sum_value(&sizes->individual) / populated);
	}
	return hb_row(fcinfo, values, nulls);
}

/* Return the risk of a record by Benedetti and Franconi. */
Datum
hb_privacy_individual_risk(PG_FUNCTION_ARGS)
{
	int64		f = PG_GETARG_INT64(0);
	double		population = PG_GETARG_FLOAT8(1);

	check_size(f);
	if (!(population >= (double) f) || isinf(population))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the population of a class is finite and not below its size")));
	PG_RETURN_FLOAT8(hb_individual_risk(f, population));
}

/* ----- GB/T 42460 ----- */

/* Return the level of de-identification of a table of these classes. */
Datum
hb_privacy_gbt42460(PG_FUNCTION_ARGS)
{
	static const char *const modes[] = {"public", "controlled", "enclave"};
	static const double share[] = {1.0 / 20, 1.0 / 5, 1.0 / 3};
	HbState    *state = hb_state_arg(&sizes_type, fcinfo, 0);
	int			mode = hb_choose(PG_GETARG_TEXT_PP(1), modes, lengthof(modes), "mode of release",
								 "Modes are public, controlled and enclave.");
	double		context = PG_GETARG_FLOAT8(2);
	Datum		values[6];
	bool		nulls[6] = {false};
	Sums		sums;
	double		ra;
	double		rb;
	double		rc;
	double		risk;

	if (!(context >= 0 && context <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the risk of the context is between 0 and 1")));
	if (state->n == 0)
		PG_RETURN_NULL();
	sums = sum_sizes(state, share[mode]);
	ra = (double) sums.classes_at_risk / (double) sums.classes;
	rb = 1.0 / (double) class_sizes(state)[0].size;
	rc = sums.one_by_size_of_classes / (double) sums.classes;
	/* A public release is open to everyone: its context is 1, and its worst class counts. */
	if (mode == 0)
		context = 1;
	risk = ra > 0 ? 1 : mode == 0 ? rb : rc * context;
	values[0] = Int32GetDatum(PG_GETARG_BOOL(3) ? 1 : risk < ACCEPTABLE_RISK ? 3 : 2);
	values[1] = Float8GetDatum(ra);
	values[2] = Float8GetDatum(rb);
	values[3] = Float8GetDatum(rc);
	values[4] = Float8GetDatum(context);
	values[5] = Float8GetDatum(risk);
	return hb_row(fcinfo, values, nulls);
}

/* Return the risk of the context of a release. */
Datum
hb_privacy_gbt42460_context(PG_FUNCTION_ARGS)
{
	static const char *const levels[] = {"low", "mid", "high"};
	static const char *const hint = "Words are low, mid and high.";
	/* by control low, mid, high, and ability low, mid, high */
	static const double deliberate[3][3] = {{0.4, 0.5, 0.6}, {0.2, 0.3, 0.4}, {0.05, 0.1, 0.2}};
	static const double breach[3] = {0.55, 0.27, 0.14};
	int			control = hb_choose(PG_GETARG_TEXT_PP(0), levels, 3, "control", hint);
	int			ability = hb_choose(PG_GETARG_TEXT_PP(1), levels, 3, "ability", hint);
	double		prevalence = PG_GETARG_FLOAT8(2);
	int32		acquaintances = PG_GETARG_INT32(3);
	double		known;
	Datum		values[4];
	bool		nulls[4] = {false};

	if (!(prevalence >= 0 && prevalence <= 1) || acquaintances < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a prevalence is between 0 and 1 and acquaintances are not negative")));
	known = -expm1(acquaintances * log1p(-prevalence));
	/* With a prevalence of 1 everyone has it, also of nobody: 0 times minus infinity. */
	if (acquaintances == 0)
		known = 0;
	values[0] = Float8GetDatum(deliberate[control][ability]);
	values[1] = Float8GetDatum(known);
	values[2] = Float8GetDatum(breach[control]);
	values[3] = Float8GetDatum(Max(Max(deliberate[control][ability], known), breach[control]));
	return hb_row(fcinfo, values, nulls);
}
