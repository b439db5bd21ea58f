/*-------------------------------------------------------------------------
 * facts.c
 *	  The reference schema as rows: its tables, columns, codes and
 *	  reference lists, as they stand in data/base.
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "base_code_data.h"
#include "base_column_data.h"
#include "base_disease_data.h"
#include "base_festival_data.h"
#include "base_obs_item_data.h"
#include "base_std_pop_data.h"
#include "base_table_data.h"

PG_FUNCTION_INFO_V1(hb_base_tables);
PG_FUNCTION_INFO_V1(hb_base_columns);
PG_FUNCTION_INFO_V1(hb_base_codes);
PG_FUNCTION_INFO_V1(hb_base_diseases);
PG_FUNCTION_INFO_V1(hb_base_festivals);
PG_FUNCTION_INFO_V1(hb_base_obs_items);
PG_FUNCTION_INFO_V1(hb_base_std_pops);

/* The most columns that a list has, its number included. */
#define HB_FACTS_MAX 12

/*
 * Return a list of texts as rows, each behind its number; an empty text is
 * NULL. All lists are structs of texts alone, so their cells lie in a row.
 */
static Datum
facts(FunctionCallInfo fcinfo, const char *const *cell, int rows, int columns)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	Assert(columns < HB_FACTS_MAX && result->setDesc->natts == columns + 1);
	for (int row = 0; row < rows; row++)
	{
		Datum		values[HB_FACTS_MAX];
		bool		nulls[HB_FACTS_MAX] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = Int32GetDatum(row + 1);
		for (int i = 1; i <= columns; i++, cell++)
		{
			nulls[i] = **cell == '\0';
			values[i] = nulls[i] ? (Datum) 0 :
				CStringGetTextDatum(pg_any_to_server(*cell, (int) strlen(*cell), PG_UTF8));
		}
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

#define FACTS(list) \
	facts(fcinfo, (const char *const *) (list), (int) lengthof(list), (int) (sizeof((list)[0]) / sizeof(char *)))

/* Return the tables of the reference schema. */
Datum
hb_base_tables(PG_FUNCTION_ARGS)
{
	return FACTS(hb_base_table_rows);
}

/* Return the columns of the reference schema. */
Datum
hb_base_columns(PG_FUNCTION_ARGS)
{
	return FACTS(hb_base_column_rows);
}

/* Return the codes of its value domains. */
Datum
hb_base_codes(PG_FUNCTION_ARGS)
{
	return FACTS(hb_base_code_rows);
}

/* Return the diseases that are notifiable or managed. */
Datum
hb_base_diseases(PG_FUNCTION_ARGS)
{
	return FACTS(hb_base_disease_rows);
}

/* Return the festivals of the lunar and solar calendar. */
Datum
hb_base_festivals(PG_FUNCTION_ARGS)
{
	return FACTS(hb_base_festival_rows);
}

/* Return the items of observations. */
Datum
hb_base_obs_items(PG_FUNCTION_ARGS)
{
	return FACTS(hb_base_obs_item_rows);
}

/* Return the standard populations. */
Datum
hb_base_std_pops(PG_FUNCTION_ARGS)
{
	return FACTS(hb_base_std_pop_rows);
}
