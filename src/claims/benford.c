/*-------------------------------------------------------------------------
 * benford.c
 *	  The type benford, its aggregates and accessors.
 *
 * Digits are those of the decimal number as it is printed, never those of a
 * logarithm. An integer has only the digits it has: 7 has no second one; of a
 * numeric or double precision 7 is 7.0 and its second digit 0.
 *-------------------------------------------------------------------------
 */
#include "claims/benford.h"

#include <float.h>

#include "catalog/pg_type.h"
#include "common/int.h"
#include "common/row.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#define MOST_SCALE		15
#define DEFAULT_SCALE	2
#define TWO_PI_PER_LN10	2.728752707684109	/* 2 pi / ln(10) */

/* Cosine and sine of the mantissa angle in the middle of three leading digits, and one over that middle. */
typedef struct Angle
{
	double		cosine;
	double		sine;
	double		middle;
	double		inverse;
} Angle;

static Angle angles[900];

static void
fill_angles(void)
{
	for (int i = 0; i < 900; i++)
	{
		double		middle = (100.5 + i) / 100;
		double		angle = 2 * M_PI * log10(middle);

		angles[i] = (Angle) {cos(angle), sin(angle), middle, 1 / middle};
	}
}

/*
 * Add the angle of a mantissa, 1 to below 10. It is near one of the table; the
 * rest is small enough for the first terms of the series, to rounding.
 */
static inline void
add_angle(HbBenford *b, double mantissa)
{
	const Angle *near = &angles[Min((int) (mantissa * 100) - 100, 899)];
	double		d = (mantissa - near->middle) * near->inverse;
	double		rest = TWO_PI_PER_LN10 * d * (1 - d * (1 / 2.0 - d * (1 / 3.0 - d * (1 / 4.0 - d * (1 / 5.0 - d / 6)))));
	double		square = rest * rest;
	double		cosine = 1 - square * (1 / 2.0 - square * (1 / 24.0 - square / 720));
	double		sine = rest * (1 - square * (1 / 6.0 - square / 120));

	hb_sum_add(&b->cosine, near->cosine * cosine - near->sine * sine);
	hb_sum_add(&b->sine, near->sine * cosine + near->cosine * sine);
}

/* ----- the state ----- */

static pg_noinline void
refuse_count(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("a value of type benford holds at most %d amounts with the same digits", PG_INT32_MAX),
			 errhint("Aggregate smaller groups.")));
}

static inline void
count_one(int32 *count)
{
	if (unlikely(*count == PG_INT32_MAX))
		refuse_count();
	++*count;
}

static void
merge_counts(int32 *into, const int32 *from, int n)
{
	for (int i = 0; i < n; i++)
		if (pg_add_s32_overflow(into[i], from[i], &into[i]))
			refuse_count();
}

static void
refuse_scales(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the scale of digits must be the same in all rows and states")));
}

static HbState *
merge(HbState *into, const HbState *from)
{
	HbBenford  *a = (HbBenford *) into;
	const HbBenford *b = (const HbBenford *) from;

	if (a->scale != b->scale)
		refuse_scales();
	a->zero += b->zero;
	a->negative += b->negative;
	a->collapsed_n += b->collapsed_n;
	merge_counts(a->first_two, b->first_two, lengthof(a->first_two));
	merge_counts(a->first_only, b->first_only, lengthof(a->first_only));
	merge_counts(a->last_two, b->last_two, lengthof(a->last_two));
	hb_sum_merge(&a->cosine, b->cosine);
	hb_sum_merge(&a->sine, b->sine);
	hb_sum_merge(&a->collapsed, b->collapsed);
	if (b->max > 0)
	{
		a->min = a->max > 0 ? Min(a->min, b->min) : b->min;
		a->max = Max(a->max, b->max);
	}
	return into;
}

/* Sums of counts must not overflow when states are merged. */
#define MOST_COUNT	(INT64CONST(1) << 53)

static bool
valid_counts(const int32 *count, int n)
{
	for (int i = 0; i < n; i++)
		if (count[i] < 0)
			return false;
	return true;
}

static const char *
check(const HbState *state)
{
	const HbBenford *b = (const HbBenford *) state;
	const double *sum = &b->cosine.sum;
	int64		all;

	if (b->zero < 0 || b->zero > MOST_COUNT || b->negative < 0 || b->negative > MOST_COUNT || b->collapsed_n < 0)
		return "counts are from 0 to 2^53";
	if (!valid_counts(b->first_two, lengthof(b->first_two)) ||
		!valid_counts(b->first_only, lengthof(b->first_only)) || !valid_counts(b->last_two, lengthof(b->last_two)))
		return "counts are not negative";
	for (int i = 0; i < 8; i++)
		if (!isfinite(sum[i]))
			return "sums are finite";
	all = hb_benford_positive(b);
	if (b->scale < 0 || b->scale > MOST_SCALE)
		return "the scale is from 0 to 15";
	if (b->collapsed_n > all || fabs(b->cosine.sum) > (double) all + 1 || fabs(b->sine.sum) > (double) all + 1)
		return "sums are of as many amounts as were counted";
	if (all == 0 ? b->min != 0 || b->max != 0 : !(b->min > 0 && b->min <= b->max))
		return "the least amount is not above the greatest";
	return NULL;
}

const HbStateType hb_benford_type = {
	.name = "benford", .version = 1,
	.head = "l4d8i199", .head_size = sizeof(HbBenford),
	.merge = merge, .check = check
};

HB_STATE_FUNCTIONS(benford, hb_benford_type)

/* ----- counting ----- */

/* Two digits from the position of a scale on, cut; -1 if fewer than three stand there. */
static inline int
last_two(const HbDecimal *d, int digits, int scale)
{
	int			shift = scale + d->exponent;

	if (digits + shift < 3)
		return -1;
	if (shift >= 0)
		return shift >= 2 ? 0 : (int) (shift == 1 ? d->digits % 10 * 10 : d->digits % 100);
	return -shift < HB_POWERS_OF_TEN ? (int) (d->digits / hb_power_of_ten[-shift] % 100) : 0;
}

/* The same of a numeric of many digits: read where they stand. */
static int
last_two_of_long(const HbNumeric *numeric, const HbDecimal *d, int digits, int scale)
{
	int			two = 0;

	if (digits + scale + d->exponent < 3)
		return -1;
	for (int power = 1 - scale; power >= -scale; power--)
	{
		int			group = power >= 0 ? power / 4 : -((3 - power) / 4);
		int			digit = hb_numeric_digit(numeric, numeric->weight - group);

		two = two * 10 + digit / (int) hb_power_of_ten[power - 4 * group] % 10;
	}
	return two;
}

/* Ten to a power, of doubles; beyond these 0 or the largest double. */
static double
power_of_ten(int exponent)
{
	if (exponent >= 0 && exponent < HB_POWERS_OF_TEN)
		return (double) hb_power_of_ten[exponent];
	if (exponent < 0 && -exponent < HB_POWERS_OF_TEN)
		return 1 / (double) hb_power_of_ten[-exponent];
	return pow(10, exponent);
}

static inline void
count_amount(HbBenford *b, const HbDecimal *d, const HbNumeric *numeric, bool integer)
{
	int			digits;
	int			last;
	double		mantissa;
	double		amount;

	if (d->kind == HB_DECIMAL_ZERO || d->negative)
	{
		if (d->kind == HB_DECIMAL_ZERO)
			b->zero++;
		else
			b->negative++;
		return;
	}
	digits = hb_count_digits(d->digits);
	if (digits >= 2)
		count_one(&b->first_two[d->digits / hb_power_of_ten[digits - 2] - 10]);
	else if (integer)
		count_one(&b->first_only[d->digits - 1]);
	else
		count_one(&b->first_two[10 * d->digits - 10]);
	last = d->cut ? last_two_of_long(numeric, d, digits, (int) b->scale) : last_two(d, digits, (int) b->scale);
	if (last >= 0)
		count_one(&b->last_two[last]);
	mantissa = (double) d->digits / (double) hb_power_of_ten[digits - 1];
	add_angle(b, mantissa);
	if (digits + d->exponent >= 2)
	{
		b->collapsed_n++;
		hb_sum_add(&b->collapsed, 10 * mantissa);
	}
	amount = (double) d->digits * power_of_ten(d->exponent);
	amount = amount > DBL_MAX ? DBL_MAX : amount < DBL_MIN ? DBL_MIN : amount;
	if (unlikely(b->max == 0))
		b->min = b->max = amount;
	else if (amount < b->min)
		b->min = amount;
	else if (amount > b->max)
		b->max = amount;
}

static pg_noinline HbBenford *
new_state(FunctionCallInfo fcinfo, int scale)
{
	HbBenford  *b = (HbBenford *) hb_state_new(&hb_benford_type, 0);

	if (angles[0].middle == 0)
		fill_angles();
	if (PG_NARGS() > 2 && !PG_ARGISNULL(2))
		scale = PG_GETARG_INT32(2);
	if (scale < 0 || scale > MOST_SCALE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scale must be between 0 and %d", MOST_SCALE)));
	b->scale = scale;
	return b;
}

static inline HbBenford *
state_of(FunctionCallInfo fcinfo, int scale)
{
	HbBenford  *b;

	if (unlikely(PG_ARGISNULL(0)))
		return new_state(fcinfo, scale);
	b = (HbBenford *) hb_state_writable(&hb_benford_type, fcinfo);
	if (PG_NARGS() > 2 && (PG_ARGISNULL(2) ? scale : PG_GETARG_INT32(2)) != b->scale)
		refuse_scales();
	if (unlikely(angles[0].middle == 0))
		fill_angles();
	return b;
}

static pg_noinline void
refuse_amount(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("amounts must be finite"),
			 errhint("Leave out NaN and infinity by FILTER (WHERE ...).")));
}

PG_FUNCTION_INFO_V1(hb_benford_step_numeric);
Datum
hb_benford_step_numeric(PG_FUNCTION_ARGS)
{
	HbNumeric	numeric;
	HbDecimal	d;
	HbBenford  *b;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	b = state_of(fcinfo, DEFAULT_SCALE);
	numeric = hb_numeric_of(PG_GETARG_VARLENA_PP(1));
	if (unlikely(numeric.kind == HB_DECIMAL_SPECIAL))
		refuse_amount();
	d = hb_decimal_of_numeric(&numeric);
	count_amount(b, &d, &numeric, false);
	PG_RETURN_POINTER(b);
}

PG_FUNCTION_INFO_V1(hb_benford_step_double);
Datum
hb_benford_step_double(PG_FUNCTION_ARGS)
{
	HbDecimal	d;
	HbBenford  *b;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	b = state_of(fcinfo, DEFAULT_SCALE);
	d = hb_decimal_of_double(PG_GETARG_FLOAT8(1));
	if (unlikely(d.kind == HB_DECIMAL_SPECIAL))
		refuse_amount();
	count_amount(b, &d, NULL, false);
	PG_RETURN_POINTER(b);
}

static Datum
step_integer(FunctionCallInfo fcinfo, bool is_bigint)
{
	HbDecimal	d;
	HbBenford  *b;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	b = state_of(fcinfo, 0);
	d = hb_decimal_of_integer(is_bigint ? PG_GETARG_INT64(1) : PG_GETARG_INT32(1));
	count_amount(b, &d, NULL, true);
	PG_RETURN_POINTER(b);
}

PG_FUNCTION_INFO_V1(hb_benford_step_bigint);
Datum
hb_benford_step_bigint(PG_FUNCTION_ARGS)
{
	return step_integer(fcinfo, true);
}

PG_FUNCTION_INFO_V1(hb_benford_step_integer);
Datum
hb_benford_step_integer(PG_FUNCTION_ARGS)
{
	return step_integer(fcinfo, false);
}

/* ----- digits of one amount ----- */

static Datum
leading_digits(FunctionCallInfo fcinfo, const HbDecimal *d)
{
	int			places = PG_GETARG_INT32(1);
	int			digits;

	if (places < 1 || places > 9)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("places must be between 1 and 9")));
	if (d->kind != HB_DECIMAL_FINITE)
		PG_RETURN_NULL();
	digits = hb_count_digits(d->digits);
	if (digits >= places)
		PG_RETURN_INT32(d->digits / hb_power_of_ten[digits - places]);
	PG_RETURN_INT32(d->digits * hb_power_of_ten[places - digits]);
}

PG_FUNCTION_INFO_V1(hb_benford_digits_numeric);
Datum
hb_benford_digits_numeric(PG_FUNCTION_ARGS)
{
	HbNumeric	numeric = hb_numeric_of(PG_GETARG_VARLENA_PP(0));
	HbDecimal	d = hb_decimal_of_numeric(&numeric);

	return leading_digits(fcinfo, &d);
}

PG_FUNCTION_INFO_V1(hb_benford_digits_double);
Datum
hb_benford_digits_double(PG_FUNCTION_ARGS)
{
	HbDecimal	d = hb_decimal_of_double(PG_GETARG_FLOAT8(0));

	return leading_digits(fcinfo, &d);
}

PG_FUNCTION_INFO_V1(hb_benford_digits_integer);
Datum
hb_benford_digits_integer(PG_FUNCTION_ARGS)
{
	HbDecimal	d = hb_decimal_of_integer(PG_GETARG_INT64(0));

	return leading_digits(fcinfo, &d);
}

/* ----- accessors ----- */

static HbBenfordTest
test_arg(FunctionCallInfo fcinfo)
{
	static const char *const names[] = {"first", "second", "first_two", "last_two"};
	const char *name = text_to_cstring(PG_GETARG_TEXT_PP(1));

	for (int i = 0; i < (int) lengthof(names); i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("test is none of: first, second, first_two, last_two")));
}

static const HbBenford *
counts_arg(FunctionCallInfo fcinfo, HbBenfordCounts *counts)
{
	const HbBenford *b = (const HbBenford *) hb_state_arg(&hb_benford_type, fcinfo, 0);

	hb_benford_counts(counts, b, test_arg(fcinfo));
	return b;
}

static void
put_number(Datum *values, bool *nulls, int i, double value)
{
	values[i] = Float8GetDatum(value);
	nulls[i] = isnan(value);
}

PG_FUNCTION_INFO_V1(hb_benford_test);
Datum
hb_benford_test(PG_FUNCTION_ARGS)
{
	HbBenfordCounts counts;
	const HbBenford *b = counts_arg(fcinfo, &counts);
	double		n = (double) counts.n;
	double		positive = (double) hb_benford_positive(b);
	double		arc = positive > 0 ? hypot(hb_sum_value(b->cosine), hb_sum_value(b->sine)) / positive : NAN;
	double		collapsed_n = (double) b->collapsed_n;
	double		expected = 90 / (collapsed_n * expm1(M_LN10 / collapsed_n));
	HbBenfordStats s = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
	const char *conformity = NULL;
	Datum		values[21];
	bool		nulls[21] = {false};

	if (counts.n > 0)
	{
		s = hb_benford_stats(&counts);
		conformity = hb_benford_conformity(counts.test, s.mad);
	}
	values[0] = Int64GetDatum(counts.n);
	put_number(values, nulls, 1, s.chi2);
	values[2] = Int32GetDatum(counts.cells - 1);
	put_number(values, nulls, 3, hb_chi2_upper(s.chi2, counts.cells - 1));
	put_number(values, nulls, 4, s.g);
	put_number(values, nulls, 5, s.mad);
	nulls[6] = conformity == NULL;
	values[6] = nulls[6] ? (Datum) 0 : CStringGetTextDatum(conformity);
	put_number(values, nulls, 7, s.ssd);
	put_number(values, nulls, 8, s.ks);
	put_number(values, nulls, 9, s.d_star);
	put_number(values, nulls, 10, sqrt(n) * s.d);
	put_number(values, nulls, 11, sqrt(n) * s.m);
	put_number(values, nulls, 12, s.u2);
	put_number(values, nulls, 13, arc * arc);
	put_number(values, nulls, 14, exp(-positive * arc * arc));
	put_number(values, nulls, 15, collapsed_n > 0 ?
			   100 * (hb_sum_value(b->collapsed) / collapsed_n - expected) / expected : NAN);
	put_number(values, nulls, 16, positive > 0 ? log10(b->max) - log10(b->min) : NAN);
	put_number(values, nulls, 17, counts.n > 0 ? 1.358 / sqrt(n) : NAN);
	values[18] = Int64GetDatum((int64) positive - counts.n);
	values[19] = Int64GetDatum(b->zero);
	values[20] = Int64GetDatum(b->negative);
	return hb_row(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(hb_benford_counts_of);
Datum
hb_benford_counts_of(PG_FUNCTION_ARGS)
{
	HbBenfordCounts counts;
	Datum		elements[HB_BENFORD_CELLS];
	int			dims[1];
	int			lower[1];

	counts_arg(fcinfo, &counts);
	for (int i = 0; i < counts.cells; i++)
		elements[i] = Int64GetDatum(counts.count[i]);
	dims[0] = counts.cells;
	lower[0] = counts.from;
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elements, NULL, 1, dims, lower, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

PG_FUNCTION_INFO_V1(hb_benford_table);
Datum
hb_benford_table(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	HbBenfordCounts counts;
	double		conf = PG_GETARG_FLOAT8(2);
	double		n;
	double		z;

	counts_arg(fcinfo, &counts);
	if (!(conf > 0 && conf < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("conf must be between 0 and 1")));
	z = -hb_normal_quantile((1 - conf) / 2);
	n = (double) counts.n;
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < counts.cells && counts.n > 0; i++)
	{
		double		p = counts.expected[i];
		double		share = (double) counts.count[i] / n;
		double		diff = share - p;
		double		error = sqrt(p * (1 - p) / n);
		double		correction = 1 / (2 * n);
		Datum		values[8];
		bool		nulls[8] = {false};

		values[0] = Int32GetDatum(counts.from + i);
		values[1] = Int64GetDatum(counts.count[i]);
		values[2] = Float8GetDatum(p);
		values[3] = Float8GetDatum(share);
		values[4] = Float8GetDatum(diff);
		/* The correction for continuity only where it does not turn the sign. */
		values[5] = Float8GetDatum((fabs(diff) - (correction < fabs(diff) ? correction : 0)) / error);
		values[6] = Float8GetDatum(Max(0, p - z * error - correction));
		values[7] = Float8GetDatum(Min(1, p + z * error + correction));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
