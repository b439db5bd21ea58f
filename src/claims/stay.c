/*-------------------------------------------------------------------------
 * stay.c
 *	  Rules on the sequence of a person's stays in hospital, as window functions
 *	  over PARTITION BY person ORDER BY adm, dsc.
 *
 * Of the stays before a row only the latest discharge matters, which need not
 * be that of the row before: a short stay may lie within a long one. One that
 * is missing is later than all. So each row takes constant time, and no row is
 * read twice. Stays are half-open: the day of discharge is not in them.
 *-------------------------------------------------------------------------
 */
#include "claims/stay.h"

#include "common/row.h"
#include "utils/memutils.h"
#include "windowapi.h"

/* What is known of the stays of the partition before the row. */
typedef struct Before
{
	bool		any;			/* is there one */
	DateADT		adm;			/* of the last row that has one */
	DateADT		dsc;			/* the latest, or DATEVAL_NOEND */
	int32		episode;
	text	   *key;			/* of the stay with the latest discharge */
	Size		key_room;
} Before;

#define ARG_INT(i, isnull) DatumGetInt32(WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), i, isnull))
#define ARG_BOOL(i, isnull) DatumGetBool(WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), i, isnull))

HbStay
hb_stay(HbWhen when, Datum adm, Datum dsc, bool open)
{
	HbStay		stay = {hb_when_day(when, adm), open ? DATEVAL_NOEND : hb_when_day(when, dsc)};

	if (unlikely(DATE_NOT_FINITE(stay.adm)))
		hb_refuse_infinite("a date of admission");
	if (unlikely(stay.dsc < stay.adm))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_EXCEPTION),
				 errmsg("a date of discharge must not be before the date of admission"),
				 errhint("Leave such rows out, or repair them.")));
	return stay;
}

/* The stay of the row, and what came before; false if it has no admission. */
static bool
read_stay(FunctionCallInfo fcinfo, HbWhen when, const char *function, HbStay *stay, Before **before)
{
	WindowObject window = PG_WINDOW_OBJECT();
	bool		no_adm;
	bool		no_dsc;
	Datum		adm = WinGetFuncArgCurrent(window, 0, &no_adm);
	Datum		dsc = WinGetFuncArgCurrent(window, 1, &no_dsc);

	WinSetMarkPosition(window, WinGetCurrentPosition(window));
	if (no_adm)
		return false;
	*stay = hb_stay(when, adm, dsc, no_dsc);
	*before = WinGetPartitionLocalMemory(window, sizeof(Before));
	if (unlikely((*before)->any && stay->adm < (*before)->adm))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of %s are not in the order of admission", function),
				 errhint("Write %s(adm, dsc) OVER (PARTITION BY person ORDER BY adm, dsc).", function)));
	return true;
}

/* Count the stay of the row among those before; is its discharge the latest? */
static bool
pass_stay(Before *before, HbStay stay)
{
	bool		latest = !before->any || stay.dsc > before->dsc;

	before->any = true;
	before->adm = stay.adm;
	if (latest)
		before->dsc = stay.dsc;
	return latest;
}

/* Days from the latest discharge before to the admission; false if undefined. */
static bool
gap_days(const Before *before, HbStay stay, int32 *gap)
{
	if (!before->any || DATE_IS_NOEND(before->dsc))
		return false;
	*gap = stay.adm - before->dsc;
	return true;
}

static Datum
stay_gap(FunctionCallInfo fcinfo, HbWhen when)
{
	HbStay		stay;
	Before	   *before;
	int32		gap;
	bool		defined;

	if (!read_stay(fcinfo, when, "stay_gap", &stay, &before))
		PG_RETURN_NULL();
	defined = gap_days(before, stay, &gap);
	pass_stay(before, stay);
	if (!defined)
		PG_RETURN_NULL();
	PG_RETURN_INT32(gap);
}

/* A count of days among the arguments; false if it is NULL. */
static bool
read_days(FunctionCallInfo fcinfo, int i, const char *name, int32 *days)
{
	bool		isnull;

	*days = ARG_INT(i, &isnull);
	if (unlikely(!isnull && *days < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative", name)));
	return !isnull;
}

static Datum
episode_id(FunctionCallInfo fcinfo, HbWhen when)
{
	HbStay		stay;
	Before	   *before;
	int32		max_gap;
	int32		gap;

	if (!read_days(fcinfo, 2, "max_gap", &max_gap) ||
		!read_stay(fcinfo, when, "episode_id", &stay, &before))
		PG_RETURN_NULL();
	if (!before->any || (gap_days(before, stay, &gap) && gap > max_gap))
		before->episode++;
	pass_stay(before, stay);
	PG_RETURN_INT32(before->episode);
}

static Datum
readmission(FunctionCallInfo fcinfo, HbWhen when)
{
	HbStay		stay;
	Before	   *before;
	int32		days;
	int32		min_gap;
	int32		gap = 0;
	Datum		values[3];
	bool		nulls[3] = {false};

	if (!read_days(fcinfo, 2, "days", &days) || !read_days(fcinfo, 3, "min_gap", &min_gap) ||
		!read_stay(fcinfo, when, "readmission", &stay, &before))
		PG_RETURN_NULL();
	nulls[2] = !gap_days(before, stay, &gap);
	values[0] = BoolGetDatum(!DATE_IS_NOEND(stay.dsc));
	values[1] = BoolGetDatum(!nulls[2] && gap >= min_gap && gap <= days);
	values[2] = Int32GetDatum(gap);
	pass_stay(before, stay);
	return hb_row(fcinfo, values, nulls);
}

/* Keep the key of a stay, which may be NULL, for the rows to come. */
static void
keep_key(Before *before, Datum key, bool isnull)
{
	text	   *t;
	Size		size;

	if (isnull)
	{
		if (before->key)
			SET_VARSIZE(before->key, 0);
		return;
	}
	t = DatumGetTextPP(key);
	size = VARSIZE_ANY_EXHDR(t) + VARHDRSZ;
	if (size > before->key_room)
	{
		MemoryContext partition = GetMemoryChunkContext(before);

		if (before->key)
			pfree(before->key);
		before->key_room = Max(size, 2 * before->key_room);
		before->key = MemoryContextAlloc(partition, before->key_room);
	}
	SET_VARSIZE(before->key, size);
	memcpy(VARDATA(before->key), VARDATA_ANY(t), size - VARHDRSZ);
	if ((Pointer) t != DatumGetPointer(key))
		pfree(t);
}

static Datum
stay_overlap(FunctionCallInfo fcinfo, HbWhen when)
{
	HbStay		stay;
	Before	   *before;
	bool		no_closed;
	bool		no_key;
	bool		closed = ARG_BOOL(3, &no_closed);
	Datum		key = WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), 2, &no_key);
	DateADT		end;
	int32		days = 0;
	Datum		values[2];
	bool		nulls[2] = {false};
	Datum		result;

	if (no_closed || !read_stay(fcinfo, when, "stay_overlap", &stay, &before))
		PG_RETURN_NULL();
	/* Both last from the admission of the later one to the first discharge. */
	end = Min(stay.dsc, before->dsc);
	if (before->any && !DATE_IS_NOEND(end))
		days = Max(0, end - stay.adm + (closed ? 1 : 0));
	nulls[0] = before->any && DATE_IS_NOEND(end);
	values[0] = Int32GetDatum(days);
	nulls[1] = (days == 0 && !nulls[0]) || before->key == NULL || VARSIZE(before->key) == 0;
	values[1] = PointerGetDatum(before->key);
	result = hb_row(fcinfo, values, nulls);
	if (pass_stay(before, stay))
		keep_key(before, key, no_key);
	return result;
}

/* Define a function for each kind of time; no semicolon follows. */
#define STAY_FUNCTION(function, kind, when) \
	PG_FUNCTION_INFO_V1(hb_##function##_##kind); \
	Datum hb_##function##_##kind(PG_FUNCTION_ARGS) { return function(fcinfo, when); }

#define STAY_FUNCTIONS(function) \
	STAY_FUNCTION(function, date, HB_DATE) \
	STAY_FUNCTION(function, timestamp, HB_TIMESTAMP) \
	STAY_FUNCTION(function, timestamptz, HB_TIMESTAMPTZ)

STAY_FUNCTIONS(stay_gap)
STAY_FUNCTIONS(stay_overlap)
STAY_FUNCTIONS(episode_id)
STAY_FUNCTIONS(readmission)
