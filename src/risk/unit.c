/*-------------------------------------------------------------------------
 * unit.c
 *	  Concentrations in mg/dL and in mol, analyte by analyte.
 *-------------------------------------------------------------------------
 */
#include "risk/risk_call.h"

#include "lib/stringinfo.h"

#include "risk_unit_data.h"

/* The analyte that is meant. */
static const HbRiskUnitRow *
find_analyte(const text *name)
{
	for (int i = 0; i < HB_RISK_UNIT_COUNT; i++)
		if (hb_risk_find_word(hb_risk_unit_rows[i].analyte, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) == 0)
			return &hb_risk_unit_rows[i];
	return NULL;
}

/* The names of the analytes as a sentence lists them. */
static char *
list_of_analytes(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < HB_RISK_UNIT_COUNT; i++)
	{
		const char *name = hb_risk_unit_rows[i].analyte;

		appendStringInfo(&list, "%s%.*s", i ? ", " : "", (int) strcspn(name, "/"), name);
	}
	return list.data;
}

/* The analyte of the call, looked up once while the query names the same. */
static const HbRiskUnitRow *
get_analyte(FunctionCallInfo fcinfo)
{
	const HbRiskUnitRow *row = fcinfo->flinfo->fn_extra;

	if (row != NULL && hb_risk_is_constant(fcinfo->flinfo, 0))
		return row;
	row = find_analyte(PG_GETARG_TEXT_PP(0));
	if (row == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no conversion for this analyte"),
				 errdetail("Analytes are %s.", list_of_analytes())));
	fcinfo->flinfo->fn_extra = unconstify(HbRiskUnitRow *, row);
	return row;
}

#define CONVERT(name, result) \
	PG_FUNCTION_INFO_V1(name); \
	Datum name(PG_FUNCTION_ARGS) \
	{ \
		const HbRiskUnitRow *unit = get_analyte(fcinfo); \
		double		x = PG_GETARG_FLOAT8(1); \
		PG_RETURN_FLOAT8(result); \
	}

CONVERT(hb_mgdl_to_mmol, x * unit->mmol / unit->mgdl)
CONVERT(hb_mmol_to_mgdl, x * unit->mgdl / unit->mmol)
CONVERT(hb_mgdl_to_umol, x * (unit->mmol * 1000) / unit->mgdl)
CONVERT(hb_umol_to_mgdl, x * unit->mgdl / (unit->mmol * 1000))
