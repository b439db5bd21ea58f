/*-------------------------------------------------------------------------
 * province.c
 *	  The synthetic province in SQL: what generate_province calls.
 *-------------------------------------------------------------------------
 */
#include "base/care.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/memutils.h"

#define MAX_PERSONS		100000000
#define MAX_DAYS		7305
/* Blocks whose rows wait in memory together: some 20 MB. */
#define BATCH_BLOCKS	100

PG_FUNCTION_INFO_V1(hb_province_rows);

static void
read_scale(ArrayType *array, double *scale)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elements, &nulls, &n);
	if (n != SCALE_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the scale of a synthetic province has %d numbers", SCALE_COUNT)));
	for (int i = 0; i < n; i++)
	{
		scale[i] = nulls[i] ? 1 : DatumGetFloat8(elements[i]);
		if (!(scale[i] >= 0 && scale[i] <= 20))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a scale of a synthetic province must be between 0 and 20")));
	}
}

/* Bounds within which numbers and days of the generator hold. */
static void
check_range(int64 pid_from, int64 pid_to, DateADT from, DateADT to)
{
	if (pid_from < 1 || pid_to < pid_from || pid_to > MAX_PERSONS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("numbers of persons must be a range within 1 to %d", MAX_PERSONS)));
	if (from < date2j(1990, 1, 1) - POSTGRES_EPOCH_JDATE || to > date2j(2100, 1, 1) - POSTGRES_EPOCH_JDATE
		|| to <= from || to - from > MAX_DAYS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the period must have 1 day to 20 years between 1990 and 2100")));
}

/* Write persons pid_from to pid_to; returns rows and the peak of waiting bytes. */
Datum
hb_province_rows(PG_FUNCTION_ARGS)
{
	char	   *prefix = text_to_cstring(PG_GETARG_TEXT_PP(0));
	int64		pid_from = PG_GETARG_INT64(2);
	int64		pid_to = PG_GETARG_INT64(3);
	double		scale[SCALE_COUNT];
	HbProvince	province;
	HbCare	   *care = palloc(sizeof(HbCare));
	HbPerson	block[HB_BLOCK];
	MemoryContext batch = AllocSetContextCreate(CurrentMemoryContext, "province batch", ALLOCSET_DEFAULT_SIZES);
	int64		rows = 0;
	int64		bytes;
	int64		peak = 0;
	TupleDesc	desc;
	Datum		values[2];
	bool		nulls[2] = {false, false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("function returning record called in a context that cannot accept it")));
	check_range(pid_from, pid_to, PG_GETARG_DATEADT(4), PG_GETARG_DATEADT(5));
	read_scale(PG_GETARG_ARRAYTYPE_P(6), scale);
	hb_province_init(&province, (uint64) PG_GETARG_INT64(1), PG_GETARG_DATEADT(4), PG_GETARG_DATEADT(5));
	hb_care_init(care, &province, scale, PG_GETARG_OID(7));
	for (int64 first = (pid_from - 1) / HB_BLOCK; first <= (pid_to - 1) / HB_BLOCK; first += BATCH_BLOCKS)
	{
		int64		last = Min(first + BATCH_BLOCKS - 1, (pid_to - 1) / HB_BLOCK);
		MemoryContext caller;

		for (int64 b = first; b <= last; b++)
		{
			CHECK_FOR_INTERRUPTS();
			hb_province_block(&province, b, block);
			hb_care_block(care, block, (int) Max(pid_from - 1 - b * HB_BLOCK, 0),
						  (int) Min(pid_to - 1 - b * HB_BLOCK, HB_BLOCK - 1));
		}
		bytes = 0;
		for (int i = 0; i < T_COUNT; i++)
			bytes += care->sink[i].buf.maxlen;
		peak = Max(peak, bytes);
		caller = MemoryContextSwitchTo(batch);
		for (int i = 0; i < T_COUNT; i++)
			hb_sink_flush(&care->sink[i], prefix);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(batch);
	}
	for (int i = 0; i < T_COUNT; i++)
		rows += care->sink[i].rows;
	values[0] = Int64GetDatum(rows);
	values[1] = Int64GetDatum(peak);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}

PG_FUNCTION_INFO_V1(hb_province_places);

/* Write what persons refer to; returns rows. */
Datum
hb_province_places(PG_FUNCTION_ARGS)
{
	char	   *prefix = text_to_cstring(PG_GETARG_TEXT_PP(0));
	HbProvince	province;
	HbSink		sink[] = {
		{"ref.org", "org_code,name,level,kind,area,beds"},
		{"ref.staff", "id,org,role"},
		{"ins.fixmedins_b", "fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,kind,beds,admdvs,org_code"},
		{"ins.dr_b", "dr_code,fixmedins_code,staff"},
		{"ins.med_list_b", "med_list_codg,hilist_code,name,list_type,chrgitm_lv,med_chrgitm_type,spec,unit,pric,pric_uplmt_amt,"
		 "atc,dose,lmt_sex,lmt_age,std_minutes"},
		{"ref.drg", "code,rw,los"},
		{"ref.atc", "code,name,ddd,unit,route"}
	};
	int64		rows = 0;

	hb_province_init(&province, 1, 0, 366);
	for (int i = 0; i < lengthof(sink); i++)
		hb_sink_init(&sink[i]);
	hb_places_rows(&province, sink);
	for (int i = 0; i < lengthof(sink); i++)
	{
		hb_sink_flush(&sink[i], prefix);
		rows += sink[i].rows;
	}
	PG_RETURN_INT64(rows);
}
