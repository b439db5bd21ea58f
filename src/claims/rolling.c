/*-------------------------------------------------------------------------
 * rolling.c
 *	  How many rows, and what sum, the last so many days have: window functions
 *	  over PARTITION BY ... ORDER BY ts.
 *
 * At time t the rows of (t - span, t] count, those of t itself all, also where
 * they stand after the row: rows of one time have one result. Times are read
 * once, one row ahead; those within the span wait in a queue, an entry for
 * each time. Sums are kept as of a queue of two stacks: what leaves is never
 * subtracted, so that nothing of it stays behind, neither a rounding error nor
 * a NaN.
 *-------------------------------------------------------------------------
 */
#include "claims/when.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/memutils.h"
#include "windowapi.h"

#define FIRST_ROOM	8

/* A sum of values, of type numeric or float8; empty if there are none. */
typedef struct Sum
{
	bool		any;
	Datum		value;
} Sum;

/* The rows of one time. */
typedef struct Entry
{
	int64		ts;
	int64		before;			/* rows of the partition with earlier times */
	Sum			own;			/* of the rows, as long as it is in the back */
	Sum			upto_back;		/* in the front: of this entry and those after it in the front */
} Entry;

typedef struct Rolling
{
	MemoryContext partition;	/* holds the queue and its sums */
	bool		any;			/* is there an entry or was there one */
	int64		last;			/* the latest time */
	int64		span;			/* of the first row */
	int64		rows;			/* up to the latest time */
	int64		group_end;		/* position of the first row after those of the latest time */
	Entry	   *entry;			/* from head on, in order of time */
	int64		head;
	int64		tail;
	int64		room;
	int64		front;			/* entries before this one are of the front */
	Sum			back;			/* of the entries from there on */
	int64		count;			/* the result of the latest time */
	Sum			sum;
} Rolling;

/* What differs between the functions. */
typedef struct RollingType
{
	const char *name;
	bool		by_value;
	PGFunction	add;			/* NULL: count */
	int			ts_arg;			/* the argument after it is the span */
} RollingType;

static const RollingType count_type = {"rolling_count", false, NULL, 0};
static const RollingType numeric_type = {"rolling_sum", false, numeric_add, 1};
static const RollingType float8_type = {"rolling_sum", true, float8pl, 1};

/* The unit of time of the queue: days for dates, else microseconds. */
static int64
read_time(HbWhen when, Datum value)
{
	int64		ts;

	if (when == HB_DATE)
	{
		if (DATE_NOT_FINITE(DatumGetDateADT(value)))
			hb_refuse_infinite("a time");
		return DatumGetDateADT(value);
	}
	ts = DatumGetTimestamp(value);
	if (TIMESTAMP_NOT_FINITE(ts))
		hb_refuse_infinite("a time");
	return ts;
}

/* The span in the unit of the times; PG_INT64_MAX is longer than all of them. */
static int64
read_span(HbWhen when, bool is_interval, Datum value)
{
	int64		span;

	if (is_interval)
	{
		Interval   *interval = DatumGetIntervalP(value);

		if (interval->month != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("span must not have months or years, whose length varies"),
					 errhint("Give it in days.")));
		if (pg_mul_s64_overflow(interval->day, USECS_PER_DAY, &span) ||
			pg_add_s64_overflow(interval->time, span, &span))
			span = interval->day > 0 ? PG_INT64_MAX : 0;
	}
	else if (pg_mul_s64_overflow(DatumGetInt32(value), when == HB_DATE ? 1 : USECS_PER_DAY, &span))
		span = DatumGetInt32(value) > 0 ? PG_INT64_MAX : 0;
	if (span <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("span must be greater than zero")));
	return span;
}

/* ----- sums ----- */

static void
sum_free(const RollingType *type, Sum *sum)
{
	if (sum->any && !type->by_value)
		pfree(DatumGetPointer(sum->value));
	sum->any = false;
}

/* The sum of two, newly made. */
static Sum
sum_plus(const RollingType *type, const Rolling *r, Sum a, Sum b)
{
	MemoryContext caller = MemoryContextSwitchTo(r->partition);
	Sum			sum = {a.any || b.any, 0};

	if (a.any && b.any)
		sum.value = DirectFunctionCall2(type->add, a.value, b.value);
	else if (sum.any)
		sum.value = datumCopy(a.any ? a.value : b.value, type->by_value, -1);
	MemoryContextSwitchTo(caller);
	return sum;
}

static void
sum_replace(const RollingType *type, Sum *sum, Sum by)
{
	sum_free(type, sum);
	*sum = by;
}

/* Add the value of a row, which may be NULL, to a sum. */
static void
sum_add(const RollingType *type, const Rolling *r, Sum *sum, Datum value, bool isnull)
{
	Sum			one = {true, value};

	if (isnull)
		return;
	if (!type->by_value)
		one.value = PointerGetDatum(PG_DETOAST_DATUM(value));
	sum_replace(type, sum, sum_plus(type, r, *sum, one));
	if (one.value != value)
		pfree(DatumGetPointer(one.value));
}

/* ----- the queue ----- */

/* Make the whole queue the front: each entry gets the sum from it to the end. */
static void
turn_back_to_front(const RollingType *type, Rolling *r)
{
	Sum			none = {false, 0};

	for (int64 i = r->tail - 1; i >= r->head; i--)
	{
		Entry	   *e = &r->entry[i];

		e->upto_back = sum_plus(type, r, e->own, i + 1 < r->tail ? e[1].upto_back : none);
		sum_free(type, &e->own);
	}
	r->front = r->tail;
	sum_free(type, &r->back);
}

/* Let go of the entries that are no later than a time. */
static void
drop_until(const RollingType *type, Rolling *r, int64 ts)
{
	while (r->head < r->tail && r->entry[r->head].ts <= ts)
	{
		if (type->add && r->head >= r->front)
			turn_back_to_front(type, r);
		if (type->add)
			sum_free(type, &r->entry[r->head].upto_back);
		r->head++;
	}
	if (r->head == r->tail)
		r->head = r->tail = r->front = 0;
}

static Entry *
push_entry(Rolling *r)
{
	if (r->tail == r->room)
	{
		/* More than half of it is of use: grow; else move it to the start. */
		if (2 * (r->tail - r->head) >= r->room)
		{
			int64		room = Max(FIRST_ROOM, 2 * r->room);

			if ((Size) room > MaxAllocHugeSize / sizeof(Entry) || room > PG_INT32_MAX)
				ereport(ERROR,
						(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						 errmsg("more than %d different times are within one span", PG_INT32_MAX / 2)));
			r->entry = r->entry == NULL ?
				MemoryContextAlloc(r->partition, sizeof(Entry) * (Size) room) :
				repalloc_huge(r->entry, sizeof(Entry) * (Size) room);
			r->room = room;
		}
		if (r->head > 0)
			memmove(r->entry, r->entry + r->head, sizeof(Entry) * (Size) (r->tail - r->head));
		r->front = Max(r->front - r->head, 0);
		r->tail -= r->head;
		r->head = 0;
	}
	r->entry[r->tail] = (Entry) {0};
	return &r->entry[r->tail++];
}

/* ----- rows ----- */

/* Read the rows after the current one that have its time; returns how many. */
static int64
read_peers(FunctionCallInfo fcinfo, const RollingType *type, HbWhen when, const Rolling *r, int64 ts, Sum *sum)
{
	WindowObject window = PG_WINDOW_OBJECT();

	for (int peers = 1;; peers++)
	{
		bool		isnull;
		bool		isout;
		Datum		value = WinGetFuncArgInPartition(window, type->ts_arg, peers, WINDOW_SEEK_CURRENT,
													 false, &isnull, &isout);

		if (isout || isnull || read_time(when, value) != ts)
			return peers;
		if ((peers & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (type->add)
		{
			value = WinGetFuncArgInPartition(window, 0, peers, WINDOW_SEEK_CURRENT, false, &isnull, &isout);
			sum_add(type, r, sum, value, isnull);
		}
	}
}

/* Take in the rows of a new time, of which the current row is the first. */
static void
enter_time(FunctionCallInfo fcinfo, const RollingType *type, HbWhen when, Rolling *r, int64 ts)
{
	WindowObject window = PG_WINDOW_OBJECT();
	Sum			none = {false, 0};
	Entry	   *e;
	int64		until;
	int64		rows;

	if (r->span < PG_INT64_MAX && !pg_sub_s64_overflow(ts, r->span, &until))
		drop_until(type, r, until);
	e = push_entry(r);
	e->ts = r->last = ts;
	e->before = r->rows;
	r->any = true;
	if (type->add)
	{
		bool		isnull;
		Datum		value = WinGetFuncArgCurrent(window, 0, &isnull);

		sum_add(type, r, &e->own, value, isnull);
	}
	rows = read_peers(fcinfo, type, when, r, ts, &e->own);
	r->rows += rows;
	r->group_end = WinGetCurrentPosition(window) + rows;
	r->count = r->rows - r->entry[r->head].before;
	if (type->add)
	{
		sum_replace(type, &r->back, sum_plus(type, r, r->back, e->own));
		sum_replace(type, &r->sum, sum_plus(type, r, r->head < r->front ? r->entry[r->head].upto_back : none, r->back));
	}
}

/* The state of the partition at the current row; NULL if the row has no result. */
static Rolling *
rolling(FunctionCallInfo fcinfo, const RollingType *type, HbWhen when, bool is_interval)
{
	WindowObject window = PG_WINDOW_OBJECT();
	Rolling    *r = WinGetPartitionLocalMemory(window, sizeof(Rolling));
	int64		position = WinGetCurrentPosition(window);
	bool		no_ts;
	bool		no_span;
	Datum		ts_value = WinGetFuncArgCurrent(window, type->ts_arg, &no_ts);
	Datum		span_value = WinGetFuncArgCurrent(window, type->ts_arg + 1, &no_span);
	int64		ts;
	int64		span;

	/* Rows before are not read again; saying so for each would cost more than to keep a few. */
	if ((position & 31) == 0)
		WinSetMarkPosition(window, position);
	if (no_ts || no_span)
		return NULL;
	ts = read_time(when, ts_value);
	span = read_span(when, is_interval, span_value);
	if (!r->any)
	{
		r->partition = GetMemoryChunkContext(r);
		r->span = span;
	}
	else if (unlikely(span != r->span))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the span of %s must be the same in all rows of a partition", type->name)));
	if (unlikely(r->any && ts < r->last))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of %s are not in the order of time", type->name),
				 errhint("Write OVER (PARTITION BY ... ORDER BY ts).")));
	if (position >= r->group_end)
		enter_time(fcinfo, type, when, r, ts);
	return r;
}

static Datum
rolling_count(FunctionCallInfo fcinfo, HbWhen when, bool is_interval)
{
	Rolling    *r = rolling(fcinfo, &count_type, when, is_interval);

	if (r == NULL)
		PG_RETURN_NULL();
	PG_RETURN_INT64(r->count);
}

static Datum
rolling_sum(FunctionCallInfo fcinfo, const RollingType *type, HbWhen when, bool is_interval)
{
	Rolling    *r = rolling(fcinfo, type, when, is_interval);

	if (r == NULL || !r->sum.any)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(datumCopy(r->sum.value, type->by_value, -1));
}

/* Define a function; no semicolon follows. */
#define ROLLING_FUNCTION(symbol, call) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) { return call; }

ROLLING_FUNCTION(hb_rolling_count_date, rolling_count(fcinfo, HB_DATE, false))
ROLLING_FUNCTION(hb_rolling_count_days, rolling_count(fcinfo, HB_TIMESTAMP, false))
ROLLING_FUNCTION(hb_rolling_count_interval, rolling_count(fcinfo, HB_TIMESTAMP, true))
ROLLING_FUNCTION(hb_rolling_sum_numeric_date, rolling_sum(fcinfo, &numeric_type, HB_DATE, false))
ROLLING_FUNCTION(hb_rolling_sum_numeric_days, rolling_sum(fcinfo, &numeric_type, HB_TIMESTAMP, false))
ROLLING_FUNCTION(hb_rolling_sum_numeric_interval, rolling_sum(fcinfo, &numeric_type, HB_TIMESTAMP, true))
ROLLING_FUNCTION(hb_rolling_sum_float8_date, rolling_sum(fcinfo, &float8_type, HB_DATE, false))
ROLLING_FUNCTION(hb_rolling_sum_float8_days, rolling_sum(fcinfo, &float8_type, HB_TIMESTAMP, false))
ROLLING_FUNCTION(hb_rolling_sum_float8_interval, rolling_sum(fcinfo, &float8_type, HB_TIMESTAMP, true))
