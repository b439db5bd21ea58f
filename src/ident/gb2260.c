/*-------------------------------------------------------------------------
 * gb2260.c
 *	  Names and history of divisions in SQL, and what they say of the
 *	  division in an identity number.
 *-------------------------------------------------------------------------
 */
#include "ident/gb2260.h"

#include "funcapi.h"
#include "ident/cn_id.h"
#include "ident/ident.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"

PG_FUNCTION_INFO_V1(hb_cn_division_level_text);
PG_FUNCTION_INFO_V1(hb_cn_division_parent_of);
PG_FUNCTION_INFO_V1(hb_cn_division_name);
PG_FUNCTION_INFO_V1(hb_cn_division_name_on);
PG_FUNCTION_INFO_V1(hb_cn_division_history);
PG_FUNCTION_INFO_V1(hb_cn_division_list);
PG_FUNCTION_INFO_V1(hb_cn_division_successor);
PG_FUNCTION_INFO_V1(hb_cn_division_current);
PG_FUNCTION_INFO_V1(hb_cn_id_division_known);
PG_FUNCTION_INFO_V1(hb_cn_id_division_known_at_birth);

static Datum
name_datum(const HbDivisionName *name)
{
	char	   *s = pg_any_to_server(name->name, (int) strlen(name->name), PG_UTF8);

	return CStringGetTextDatum(s);
}

/* ----- divisions ----- */

/* Return the name of the level that a division denotes. */
Datum
hb_cn_division_level_text(PG_FUNCTION_ARGS)
{
	static const HbConstText names[HB_CN_DIVISION_LEVELS] = {
		HB_CONST_TEXT("province"), HB_CONST_TEXT("prefecture"),
		HB_CONST_TEXT("county"), HB_CONST_TEXT("town"), HB_CONST_TEXT("village")
	};

	PG_RETURN_CONST_TEXT(names[hb_cn_division_level(PG_GETARG_CODE(0))]);
}

/* Return the division just above. */
Datum
hb_cn_division_parent_of(PG_FUNCTION_ARGS)
{
	HbCnDivision parent;

	if (!hb_cn_division_parent(PG_GETARG_CODE(0), &parent))
		PG_RETURN_NULL();
	PG_RETURN_CODE(parent);
}

/* Return the last name. */
Datum
hb_cn_division_name(PG_FUNCTION_ARGS)
{
	HbDivisionName name;

	if (!hb_gb2260_last_name(PG_GETARG_CODE(0), &name))
		PG_RETURN_NULL();
	return name_datum(&name);
}

/* The year of a day; the ends of time are the ends of the lists. */
static int
year_of(DateADT on)
{
	int			year,
				month,
				day;

	if (DATE_NOT_FINITE(on))
		return DATE_IS_NOBEGIN(on) ? 0 : PG_INT32_MAX;
	j2date(on + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return year;
}

/* Return the name on a day, as far as years tell. */
Datum
hb_cn_division_name_on(PG_FUNCTION_ARGS)
{
	HbDivisionName name;

	if (!hb_gb2260_name_in(PG_GETARG_CODE(0), year_of(PG_GETARG_DATEADT(1)), &name))
		PG_RETURN_NULL();
	return name_datum(&name);
}

/* Return all names with their years. */
Datum
hb_cn_division_history(PG_FUNCTION_ARGS)
{
	HbCnDivision d = PG_GETARG_CODE(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	HbDivisionName name;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; hb_gb2260_name(d, i, &name); i++)
	{
		Datum		values[3] = {name_datum(&name), Int32GetDatum(name.first_year), Int32GetDatum(name.last_year)};
		bool		nulls[3] = {false, false, name.last_year == 0};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* Return all divisions of a day with their names and the divisions above. */
Datum
hb_cn_division_list(PG_FUNCTION_ARGS)
{
	int			year = year_of(PG_GETARG_DATEADT(0));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	HbDivisionName name;
	HbCnDivision d;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; hb_gb2260_entry(i, &d, &name); i++)
	{
		HbDivisionName then;
		HbCnDivision parent;
		bool		nulls[3] = {false, false, false};
		Datum		values[3];

		if (!hb_gb2260_name_in(d, year, &then) || then.first_year != name.first_year)
			continue;
		nulls[2] = !hb_cn_division_parent(d, &parent);
		values[0] = Int64GetDatum((int64) d);
		values[1] = name_datum(&then);
		values[2] = nulls[2] ? (Datum) 0 : Int64GetDatum((int64) parent);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* Return the code that replaced a division. */
Datum
hb_cn_division_successor(PG_FUNCTION_ARGS)
{
	HbCnDivision successor;

	if (!hb_gb2260_successor(PG_GETARG_CODE(0), &successor))
		PG_RETURN_NULL();
	PG_RETURN_CODE(successor);
}

/* Return the code in force, at the end of all replacements. */
Datum
hb_cn_division_current(PG_FUNCTION_ARGS)
{
	HbCnDivision d = PG_GETARG_CODE(0);
	HbDivisionName name;

	/* Each successor outlives the one before it, so this ends. */
	while (hb_gb2260_successor(d, &d))
		;
	if (!hb_gb2260_last_name(d, &name) || name.last_year != 0)
		PG_RETURN_NULL();
	PG_RETURN_CODE(d);
}

/* ----- identity numbers ----- */

/* Return whether the division in a number has ever been listed. */
Datum
hb_cn_id_division_known(PG_FUNCTION_ARGS)
{
	uint64		id = PG_GETARG_CODE(0);
	HbCnDivision d = hb_cn_division_make(hb_cn_id_region(id), 6);
	HbDivisionName name;

	if (hb_cn_id_kind(id) == HB_CN_ID_FOREIGN)
		PG_RETURN_NULL();
	for (int i = 0; hb_gb2260_name(d, i, &name); i++)
	{
		if (name.on_cards)
			PG_RETURN_BOOL(true);
	}
	PG_RETURN_BOOL(false);
}

/* Return whether the division in a number was listed in the year of birth. */
Datum
hb_cn_id_division_known_at_birth(PG_FUNCTION_ARGS)
{
	uint64		id = PG_GETARG_CODE(0);
	HbCnDivision d = hb_cn_division_make(hb_cn_id_region(id), 6);
	HbDivisionName name;

	if (hb_cn_id_kind(id) == HB_CN_ID_FOREIGN)
		PG_RETURN_NULL();
	/* Permits came in 2018 and carry one of three fixed regions. */
	if (hb_cn_id_kind(id) == HB_CN_ID_HMT)
		PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(hb_gb2260_name_in(d, (int) (hb_cn_id_birth(id) / 10000), &name) &&
				   name.on_cards);
}
