/*-------------------------------------------------------------------------
 * cn_id_io.c
 *	  cn_id in SQL: type functions and accessors.
 *-------------------------------------------------------------------------
 */
#include "ident/cn_id.h"

#include "ident/cn_division.h"
#include "ident/ident.h"
#include "utils/builtins.h"
#include "utils/date.h"

HB_CODE_FUNCTIONS(cn_id, hb_cn_id_type)

PG_FUNCTION_INFO_V1(hb_cn_id_kind_text);
PG_FUNCTION_INFO_V1(hb_cn_id_birth_date);
PG_FUNCTION_INFO_V1(hb_cn_id_sex);
PG_FUNCTION_INFO_V1(hb_cn_id_age_on);
PG_FUNCTION_INFO_V1(hb_cn_id_division);
PG_FUNCTION_INFO_V1(hb_cn_id_nationality);

/* Return the family of the number. */
Datum
hb_cn_id_kind_text(PG_FUNCTION_ARGS)
{
	static const HbConstText names[] = {
		[HB_CN_ID_RESIDENT] = HB_CONST_TEXT("resident"),
		[HB_CN_ID_HMT] = HB_CONST_TEXT("hmt_residence"),
		[HB_CN_ID_FOREIGN] = HB_CONST_TEXT("foreign_permanent")
	};

	PG_RETURN_CONST_TEXT(names[hb_cn_id_kind(PG_GETARG_CODE(0))]);
}

/* Return the date of birth. */
Datum
hb_cn_id_birth_date(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(hb_cn_id_birth_day_number(PG_GETARG_CODE(0)));
}

/* Return the sex. */
Datum
hb_cn_id_sex(PG_FUNCTION_ARGS)
{
	static const HbConstText names[] = {
		HB_CONST_TEXT("female"), HB_CONST_TEXT("male")
	};

	PG_RETURN_CONST_TEXT(names[hb_cn_id_is_male(PG_GETARG_CODE(0))]);
}

/* The day of the last call; it is nearly always the same one. */
typedef struct Day
{
	DateADT		date;
	int64		year_month_day;
} Day;

/* Return the years completed on a day. */
Datum
hb_cn_id_age_on(PG_FUNCTION_ARGS)
{
	DateADT		on = PG_GETARG_DATEADT(1);
	Day		   *day = fcinfo->flinfo->fn_extra;
	int			age;

	if (unlikely(day == NULL || day->date != on))
	{
		if (DATE_NOT_FINITE(on))
			PG_RETURN_NULL();
		if (day == NULL)
			day = fcinfo->flinfo->fn_extra = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(Day));
		day->date = on;
		day->year_month_day = hb_year_month_day(on);
	}
	age = hb_cn_id_age(PG_GETARG_CODE(0), day->year_month_day);
	if (age < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(age);
}

/* Return the division in the number, for a foreigner the province alone. */
Datum
hb_cn_id_division(PG_FUNCTION_ARGS)
{
	uint64		id = PG_GETARG_CODE(0);
	uint32		region = hb_cn_id_region(id);

	if (hb_cn_id_kind(id) == HB_CN_ID_FOREIGN)
		PG_RETURN_CODE(hb_cn_division_make(region / 1000 % 100, 2));
	PG_RETURN_CODE(hb_cn_division_make(region, 6));
}

/* Return the nationality as ISO 3166-1 numeric code. */
Datum
hb_cn_id_nationality(PG_FUNCTION_ARGS)
{
	static const HbConstText china = HB_CONST_TEXT("156");
	static const HbConstText hmt[] = {
		HB_CONST_TEXT("344"), HB_CONST_TEXT("446"), HB_CONST_TEXT("158")
	};
	uint64		id = PG_GETARG_CODE(0);
	uint32		region = hb_cn_id_region(id);
	char		buf[4];

	if (likely(hb_cn_id_kind(id) == HB_CN_ID_RESIDENT))
		PG_RETURN_CONST_TEXT(china);
	if (hb_cn_id_kind(id) == HB_CN_ID_HMT)
		PG_RETURN_CONST_TEXT(hmt[region / 10000 - 81]);
	snprintf(buf, sizeof(buf), "%03u", region % 1000);
	PG_RETURN_TEXT_P(cstring_to_text(buf));
}
