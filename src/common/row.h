/*-------------------------------------------------------------------------
 * row.h
 *	  Functions that return a row of a composite type.
 *-------------------------------------------------------------------------
 */
#ifndef HB_ROW_H
#define HB_ROW_H

#include "common/compat.h"

#include "access/htup_details.h"
#include "funcapi.h"

/* The row type of the result, looked up once per query and kept in fn_extra. */
static inline TupleDesc
hb_row_type(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;

	if (unlikely(flinfo->fn_extra == NULL))
	{
		MemoryContext caller = MemoryContextSwitchTo(flinfo->fn_mcxt);
		TupleDesc	desc;

		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("function returning record called in context that cannot accept type record")));
		flinfo->fn_extra = BlessTupleDesc(desc);
		MemoryContextSwitchTo(caller);
	}
	return flinfo->fn_extra;
}

/* A row of values as the result. */
static inline Datum
hb_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	return HeapTupleGetDatum(heap_form_tuple(hb_row_type(fcinfo), values, nulls));
}

#endif							/* HB_ROW_H */
