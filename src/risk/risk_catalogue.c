/*-------------------------------------------------------------------------
 * risk_catalogue.c
 *	  The tables of models, of their inputs and of what fills these, for the code
 *	  and as rows.
 *-------------------------------------------------------------------------
 */
#include "risk/risk_catalogue.h"

#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "china_par_area_data.h"
#include "risk_fact_data.h"
#include "risk_registry_data.h"

const HbRiskModelRow *
hb_risk_find_model(const char *name)
{
	int			i = 0;

	while (strcmp(hb_risk_model_rows[i].name, name) != 0)
		i++;
	return &hb_risk_model_rows[i];
}

const HbRiskInputRow *
hb_risk_find_inputs(const char *model, int *n)
{
	int			first = 0;
	int			end;

	while (strcmp(hb_risk_input_rows[first].model, model) != 0)
		first++;
	for (end = first; end < HB_RISK_INPUT_COUNT && strcmp(hb_risk_input_rows[end].model, model) == 0;)
		end++;
	*n = end - first;
	return &hb_risk_input_rows[first];
}

/* ----- rows ----- */

/*
 * Return a table whose columns are all text as rows. The row types hold nothing
 * but strings, in the order of the columns of the CSV and of the SQL function.
 */
static Datum
rows_of(FunctionCallInfo fcinfo, const char *const *table, int rows, int columns)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	Assert(result->setDesc->natts == columns);
	for (int i = 0; i < rows; i++, table += columns)
	{
		Datum	   *values = palloc(columns * sizeof(Datum));
		bool	   *nulls = palloc0(columns * sizeof(bool));

		for (int j = 0; j < columns; j++)
		{
			nulls[j] = table[j][0] == '\0';
			if (!nulls[j])
				values[j] = CStringGetTextDatum(pg_any_to_server(table[j], (int) strlen(table[j]), PG_UTF8));
		}
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

#define STRINGS(row)	((int) (sizeof(row) / sizeof(const char *)))

#define TABLE(symbol, table, row) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) \
	{ \
		return rows_of(fcinfo, (const char *const *) table, lengthof(table), STRINGS(row)); \
	}

TABLE(hb_risk_model_table, hb_risk_model_rows, HbRiskModelRow)
TABLE(hb_risk_input_table, hb_risk_input_rows, HbRiskInputRow)
TABLE(hb_risk_registry_table, hb_risk_registry_rows, HbRiskRegistryRow)
TABLE(hb_risk_fact_table, hb_risk_fact_rows, HbRiskFactRow)
TABLE(hb_china_par_area_table, hb_china_par_area_rows, HbChinaParAreaRow)
