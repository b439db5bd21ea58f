/*-------------------------------------------------------------------------
 * generalize.c
 *	  Values as what they lie in: ranges of numbers and dates, bands of ages,
 *	  regions, groups of diagnoses.
 *
 * Ranges begin at multiples of their width, counted down from zero for
 * numbers below it, so that every range holds its numbers and all are of
 * one width. What a type cannot express as a bound is left open.
 *-------------------------------------------------------------------------
 */
#include "common/compat.h"
#include "common/word.h"
#include "icd/icd10.h"
#include "ident/cn_division.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#define MAX_AGE		150			/* years; more is an error of data */

PG_FUNCTION_INFO_V1(hb_deid_generalize_int4);
PG_FUNCTION_INFO_V1(hb_deid_generalize_int8);
PG_FUNCTION_INFO_V1(hb_deid_generalize_numeric);
PG_FUNCTION_INFO_V1(hb_deid_generalize_date);
PG_FUNCTION_INFO_V1(hb_deid_age_band);
PG_FUNCTION_INFO_V1(hb_deid_region);
PG_FUNCTION_INFO_V1(hb_deid_generalize_icd10);

/* A range that holds its lower bound, and its upper only if both are one value. */
static Datum
make(FunctionCallInfo fcinfo, Oid type, RangeBound *lower, RangeBound *upper)
{
	TypeCacheEntry *cache = range_get_typcache(fcinfo, type);

	lower->lower = true;
	lower->inclusive = !lower->infinite;
	upper->lower = false;
	PG_RETURN_RANGE_P(make_range(cache, lower, upper, false HB_NO_SOFT_ERROR));
}

static void
refuse_width(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the width of a range must be greater than 0")));
}

/* The bounds of the range of an integer, open where the type ends before them. */
static void
integer_bounds(int64 value, int64 width, int64 least, int64 greatest,
			   int64 bounds[2], bool open[2])
{
	int64		rest;

	if (width <= 0)
		refuse_width();
	rest = value % width;
	if (rest < 0)
		rest += width;
	open[0] = pg_sub_s64_overflow(value, rest, &bounds[0]) || bounds[0] < least;
	open[1] = pg_add_s64_overflow(value, width - rest, &bounds[1]) || bounds[1] > greatest;
}

/* Return the range of an integer. */
Datum
hb_deid_generalize_int4(PG_FUNCTION_ARGS)
{
	int64		bounds[2];
	bool		open[2];
	RangeBound	lower = {0};
	RangeBound	upper = {0};

	integer_bounds(PG_GETARG_INT32(0), PG_GETARG_INT32(1), PG_INT32_MIN, PG_INT32_MAX, bounds, open);
	lower.val = Int32GetDatum((int32) bounds[0]);
	lower.infinite = open[0];
	upper.val = Int32GetDatum((int32) bounds[1]);
	upper.infinite = open[1];
	return make(fcinfo, INT4RANGEOID, &lower, &upper);
}

/* Return the range of a bigint. */
Datum
hb_deid_generalize_int8(PG_FUNCTION_ARGS)
{
	int64		bounds[2];
	bool		open[2];
	RangeBound	lower = {0};
	RangeBound	upper = {0};

	integer_bounds(PG_GETARG_INT64(0), PG_GETARG_INT64(1), PG_INT64_MIN, PG_INT64_MAX, bounds, open);
	lower.val = Int64GetDatum(bounds[0]);
	lower.infinite = open[0];
	upper.val = Int64GetDatum(bounds[1]);
	upper.infinite = open[1];
	return make(fcinfo, INT8RANGEOID, &lower, &upper);
}

/* Return the range of a numeric: that of itself for infinity and NaN. */
Datum
hb_deid_generalize_numeric(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);
	Datum		width = PG_GETARG_DATUM(1);
	RangeBound	lower = {0};
	RangeBound	upper = {0};
	Datum		zero = DirectFunctionCall1(int4_numeric, Int32GetDatum(0));
	Datum		rest;

	if (numeric_is_nan(DatumGetNumeric(width)) || numeric_is_inf(DatumGetNumeric(width)) ||
		DatumGetBool(DirectFunctionCall2(numeric_le, width, zero)))
		refuse_width();
	if (numeric_is_nan(DatumGetNumeric(value)) || numeric_is_inf(DatumGetNumeric(value)))
	{
		lower.val = upper.val = value;
		upper.inclusive = true;
		return make(fcinfo, NUMRANGEOID, &lower, &upper);
	}
	rest = DirectFunctionCall2(numeric_mod, value, width);
	if (DatumGetBool(DirectFunctionCall2(numeric_lt, rest, zero)))
		rest = DirectFunctionCall2(numeric_add, rest, width);
	lower.val = DirectFunctionCall1(numeric_trim_scale, DirectFunctionCall2(numeric_sub, value, rest));
	upper.val = DirectFunctionCall1(numeric_trim_scale, DirectFunctionCall2(numeric_add, lower.val, width));
	return make(fcinfo, NUMRANGEOID, &lower, &upper);
}

/* ----- dates ----- */

/* Months of a unit of dates. */
static int
unit_months(const text *unit)
{
	static const char *const units[] = {"month", "quarter", "year", "5y", "10y"};
	static const int months[] = {1, 3, 12, 60, 120};

	return months[hb_choose(unit, units, lengthof(units), "unit of dates", "Units are month, quarter, year, 5y and 10y.")];
}

/* The first day of a month, counted from January of astronomical year 0. */
static RangeBound
month_bound(int64 month)
{
	int			year = (int) (month >= 0 ? month / 12 : -((11 - month) / 12));
	RangeBound	bound = {0};

	bound.infinite = !IS_VALID_JULIAN(year, (int) (month - (int64) year * 12) + 1, 1);
	if (!bound.infinite)
	{
		DateADT		day = date2j(year, (int) (month - (int64) year * 12) + 1, 1) - POSTGRES_EPOCH_JDATE;

		bound.infinite = !IS_VALID_DATE(day);
		bound.val = DateADTGetDatum(day);
	}
	return bound;
}

/* Return the range of a date: that of itself for infinity. */
Datum
hb_deid_generalize_date(PG_FUNCTION_ARGS)
{
	DateADT		date = PG_GETARG_DATEADT(0);
	int			months = unit_months(PG_GETARG_TEXT_PP(1));
	RangeBound	lower = {0};
	RangeBound	upper = {0};
	int			year;
	int			month;
	int			day;
	int64		count;

	if (DATE_NOT_FINITE(date))
	{
		lower.val = upper.val = DateADTGetDatum(date);
		upper.inclusive = true;
		return make(fcinfo, DATERANGEOID, &lower, &upper);
	}
	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	count = (int64) year * 12 + month - 1;
	count -= (count % months + months) % months;
	lower = month_bound(count);
	upper = month_bound(count + months);
	return make(fcinfo, DATERANGEOID, &lower, &upper);
}

/* ----- ages ----- */

/* Return the band of an age, open at the top. */
Datum
hb_deid_age_band(PG_FUNCTION_ARGS)
{
	int32		age = PG_GETARG_INT32(0);
	int32		width = PG_GETARG_INT32(1);
	int32		top = PG_GETARG_INT32(2);
	RangeBound	lower = {0};
	RangeBound	upper = {0};

	if (width <= 0)
		refuse_width();
	if (top <= 0 || top > MAX_AGE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the top of age bands must be between 1 and %d", MAX_AGE)));
	if (age < 0 || age > MAX_AGE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("an age must be between 0 and %d", MAX_AGE)));
	lower.val = Int32GetDatum(age >= top ? top : age - age % width);
	upper.infinite = age >= top;
	upper.val = Int32GetDatum((int32) Min((int64) age - age % width + width, top));
	return make(fcinfo, INT4RANGEOID, &lower, &upper);
}

/* ----- divisions and diagnoses ----- */

/* May a region be shown: has it the persons, as the i-th of an array says? */
static bool
is_populous(const ArrayType *populations, int i, int64 least)
{
	int			subscript = i + 1;
	bool		isnull = true;
	Datum		persons = 0;

	if (populations != NULL && ARR_NDIM(populations) == 1 && i < ARR_DIMS(populations)[0])
	{
		subscript = ARR_LBOUND(populations)[0] + i;
		persons = array_get_element(PointerGetDatum(populations), 1, &subscript, -1, sizeof(int64),
									FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &isnull);
	}
	return !isnull && DatumGetInt64(persons) >= least;
}

/* Return the region of a division, as fine as its population allows. */
Datum
hb_deid_region(PG_FUNCTION_ARGS)
{
	const ArrayType *populations = NULL;
	HbCnDivision division;
	int			digits;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	division = PG_GETARG_CODE(0);
	digits = PG_GETARG_INT32(1);
	if (digits != 2 && digits != 4 && digits != 6)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a region has 2, 4 or 6 digits")));
	if (!PG_ARGISNULL(2))
		populations = PG_GETARG_ARRAYTYPE_P(2);
	if (!PG_ARGISNULL(3))
	{
		int64		least = PG_GETARG_INT64(3);
		int			i = 0;

		if (least < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the least population must not be negative")));
		for (; !is_populous(populations, i, least); i++, digits -= 2)
			if (digits == 2)
				PG_RETURN_NULL();
	}
	if (hb_cn_division_digits(division) <= digits)
		PG_RETURN_CODE(division);
	PG_RETURN_CODE(hb_cn_division_make(hb_cn_division_full(division) / hb_pow10[HB_CN_DIVISION_LEN - digits], digits));
}

/* Return the category, block or chapter of a diagnosis. */
Datum
hb_deid_generalize_icd10(PG_FUNCTION_ARGS)
{
	static const char *const levels[] = {"category", "block", "chapter"};
	uint64		code = PG_GETARG_CODE(0);
	int			level = hb_choose(PG_GETARG_TEXT_PP(1), levels, lengthof(levels), "level of diagnoses",
								  "Levels are category, block and chapter.");
	const Icd10Group *group;

	if (level == 0)
	{
		char		category[HB_CODE_MAX_INPUT];
		int			len = hb_icd10_type.format(code & ~ICD10_BELOW_3, category);

		PG_RETURN_TEXT_P(cstring_to_text_with_len(category, len));
	}
	group = level == 1 ? hb_icd10_block_of(code) : hb_icd10_chapter_of(code);
	if (group == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(group->name));
}
