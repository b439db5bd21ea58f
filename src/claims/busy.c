/*-------------------------------------------------------------------------
 * busy.c
 *	  How many intervals run at once: the most, and the time that they take
 *	  together, alone and twice.
 *
 * The state is where the number of intervals that run changes, and by how
 * much: an interval adds one at its start and takes one off at its end, and
 * changes at one time add up. So the states of parts merge to that of the
 * whole whatever the order, and intervals that touch leave nothing behind.
 * Times are microseconds; an interval without an end is taken off at infinity.
 *-------------------------------------------------------------------------
 */
#include "claims/when.h"
#include "common/row.h"
#include "common/state.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "miscadmin.h"
#include "utils/rangetypes.h"

typedef struct Change
{
	int64		at;
	int64		by;				/* not 0 once the state is settled */
} Change;

typedef struct Busy
{
	HbState		state;
	int64		intervals;		/* also empty ones */
	int64		settled;		/* elements from the first on that are in order, each time once */
} Busy;

static HbState *busy_merge(HbState *into, const HbState *from);
static const char *busy_check(const HbState *state);
static void busy_settle(HbState *state);

static const HbStateType busy_type = {
	.name = "busy",
	.version = 1,
	.head = "l2",
	.head_size = sizeof(Busy),
	.element = "l2",
	.element_size = sizeof(Change),
	.merge = busy_merge,
	.check = busy_check,
	.normalise = busy_settle
};

HB_STATE_FUNCTIONS(busy, busy_type)

/* sort_changes(change, n), by time. */
#define ST_SORT sort_changes
#define ST_ELEMENT_TYPE Change
#define ST_COMPARE(a, b) pg_cmp_s64((a)->at, (b)->at)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* Append a change to n that are in order; returns how many there are then. */
static inline int64
append_change(Change *change, int64 n, Change next)
{
	if (n == 0 || change[n - 1].at != next.at)
		change[n++] = next;
	else if ((change[n - 1].by += next.by) == 0)
		n--;
	return n;
}

/* Bring the changes into order and add up those of one time. */
static void
busy_settle(HbState *state)
{
	Busy	   *busy = (Busy *) state;
	Change	   *change = hb_state_elements(&busy_type, state);
	int64		nolder = busy->settled;
	int64		n = 0;
	Change	   *older;
	Change	   *newer = change + nolder;
	Change	   *end = change + state->n;

	if (nolder == state->n)
		return;
	sort_changes(newer, (size_t) (state->n - nolder));
	/* Merge them into what was in order before, from a copy of that. */
	older = palloc_extended(sizeof(Change) * (Size) (nolder + 1), MCXT_ALLOC_HUGE);
	memcpy(older, change, sizeof(Change) * (Size) nolder);
	for (int64 i = 0; i < nolder || newer < end;)
		n = append_change(change, n, newer == end || (i < nolder && older[i].at <= newer->at) ? older[i++] : *newer++);
	pfree(older);
	state->n = busy->settled = n;
}

/* Make room for changes; what is full is settled before it grows. */
static HbState *
busy_room(HbState *state, int64 more)
{
	int64		room = hb_state_room(&busy_type, state);

	if (state->n + more <= room)
		return state;
	CHECK_FOR_INTERRUPTS();
	busy_settle(state);
	/* Settling again and again for a few changes would be slow. */
	if (state->n + more > room / 2)
		state = hb_state_grow(&busy_type, state, Max(more, room - state->n + 1));
	return state;
}

static void
count_intervals(Busy *busy, int64 more)
{
	if (pg_add_s64_overflow(busy->intervals, more, &busy->intervals))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("too many intervals")));
}

static HbState *
busy_merge(HbState *into, const HbState *from)
{
	into = busy_room(into, from->n);
	count_intervals((Busy *) into, ((const Busy *) from)->intervals);
	return hb_state_append(&busy_type, into, hb_state_elements(&busy_type, from), from->n);
}

static const char *
busy_check(const HbState *state)
{
	const Busy *busy = (const Busy *) state;
	const Change *change = hb_state_elements(&busy_type, state);
	int64		running = 0;

	if (busy->intervals < 0 || busy->settled != state->n)
		return "the head counts intervals and elements";
	for (int64 i = 0; i < state->n; i++)
	{
		if (i > 0 && change[i].at <= change[i - 1].at)
			return "times ascend";
		if (!IS_VALID_TIMESTAMP(change[i].at) && !TIMESTAMP_NOT_FINITE(change[i].at))
			return "times are timestamps";
		if (change[i].by == 0 || change[i].by > busy->intervals - running || change[i].by < -running)
			return "at every time something changes, and between none and all intervals run";
		running += change[i].by;
	}
	return running == 0 ? NULL : "every interval has an end";
}

/* A bound in microseconds. */
static Timestamp
bound_time(HbWhen when, const RangeBound *bound)
{
	DateADT		date;

	if (bound->infinite)
		return bound->lower ? DT_NOBEGIN : DT_NOEND;
	if (when != HB_DATE)
		return DatumGetTimestamp(bound->val);
	date = DatumGetDateADT(bound->val);
	if (DATE_IS_NOBEGIN(date))
		return DT_NOBEGIN;
	if (DATE_IS_NOEND(date))
		return DT_NOEND;
	if (date >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range for timestamp")));
	return date * USECS_PER_DAY;
}

static Datum
busy_step(FunctionCallInfo fcinfo, HbWhen when)
{
	RangeType  *range;
	RangeBound	lower;
	RangeBound	upper;
	bool		empty;
	HbState    *state;
	Change	   *change;
	Timestamp	from;
	Timestamp	to;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	range = PG_GETARG_RANGE_P(1);
	range_deserialize(range_get_typcache(fcinfo, RangeTypeGetOid(range)), range, &lower, &upper, &empty);
	state = busy_room(hb_state_writable(&busy_type, fcinfo), 2);
	count_intervals((Busy *) state, 1);
	if (empty)
		PG_RETURN_POINTER(state);
	from = bound_time(when, &lower);
	to = bound_time(when, &upper);
	if (from == to)
		PG_RETURN_POINTER(state);
	change = (Change *) hb_state_elements(&busy_type, state) + state->n;
	change[0] = (Change) {from, 1};
	change[1] = (Change) {to, -1};
	state->n += 2;
	PG_RETURN_POINTER(state);
}

/* ----- what is read from a state ----- */

static const HbState *
settled_arg(FunctionCallInfo fcinfo)
{
	HbState    *state = hb_state_arg(&busy_type, fcinfo, 0);

	if (((Busy *) state)->settled != state->n)
	{
		state = hb_state_copy(&busy_type, state, 0);
		busy_settle(state);
	}
	return state;
}

/* The greatest number that run at once, and the first stretch of time in which they do. */
typedef struct Peak
{
	int64		level;
	Timestamp	at;
	Timestamp	until;
} Peak;

static Peak
find_peak(const HbState *state)
{
	const Change *change = hb_state_elements(&busy_type, state);
	Peak		peak = {0};
	int64		level = 0;

	for (int64 i = 0; i < state->n; i++)
	{
		level += change[i].by;
		if (level > peak.level)
			peak = (Peak) {level, change[i].at, change[i + 1].at};
	}
	return peak;
}

/* A time as the date that it was made from. */
static Datum
time_date(Timestamp ts)
{
	if (TIMESTAMP_IS_NOBEGIN(ts))
		return DateADTGetDatum(DATEVAL_NOBEGIN);
	return DateADTGetDatum(TIMESTAMP_IS_NOEND(ts) ? DATEVAL_NOEND : hb_timestamp_day(ts));
}

static Datum
max_concurrent(FunctionCallInfo fcinfo, HbWhen when)
{
	Peak		peak;
	Datum		values[3];
	bool		nulls[3] = {false};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	peak = find_peak(settled_arg(fcinfo));
	values[0] = Int64GetDatum(peak.level);
	values[1] = when == HB_DATE ? time_date(peak.at) : TimestampGetDatum(peak.at);
	values[2] = when == HB_DATE ? time_date(peak.until) : TimestampGetDatum(peak.until);
	nulls[1] = nulls[2] = peak.level == 0;
	return hb_row(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(hb_busy_stats);
Datum
hb_busy_stats(PG_FUNCTION_ARGS)
{
	const HbState *state = settled_arg(fcinfo);
	const Change *change = hb_state_elements(&busy_type, state);
	bool		endless = state->n > 0 &&
		(TIMESTAMP_IS_NOBEGIN(change[0].at) || TIMESTAMP_IS_NOEND(change[state->n - 1].at));
	/* Microseconds; whole numbers, exact up to 285 years. */
	double		billed = 0;
	double		covered = 0;
	double		shared = 0;
	int64		level = 0;
	Datum		values[6];
	bool		nulls[6] = {false};

	for (int64 i = 0; i + 1 < state->n; i++)
	{
		double		length = (double) change[i + 1].at - (double) change[i].at;

		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		level += change[i].by;
		billed += length * (double) level;
		covered += level > 0 ? length : 0;
		shared += level > 1 ? length : 0;
	}
	values[0] = Int64GetDatum(((const Busy *) state)->intervals);
	values[1] = Float8GetDatum(billed / USECS_PER_MINUTE);
	values[2] = Float8GetDatum(covered / USECS_PER_MINUTE);
	values[3] = Float8GetDatum((billed - covered) / USECS_PER_MINUTE);
	values[4] = Float8GetDatum(shared / USECS_PER_MINUTE);
	values[5] = Int64GetDatum(find_peak(state).level);
	nulls[1] = nulls[2] = nulls[3] = nulls[4] = endless;
	return hb_row(fcinfo, values, nulls);
}

#define BUSY_FUNCTION(symbol, call) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) { return call; }

BUSY_FUNCTION(hb_busy_step_date, busy_step(fcinfo, HB_DATE))
BUSY_FUNCTION(hb_busy_step_timestamp, busy_step(fcinfo, HB_TIMESTAMP))
BUSY_FUNCTION(hb_max_concurrent_date, max_concurrent(fcinfo, HB_DATE))
BUSY_FUNCTION(hb_max_concurrent_timestamp, max_concurrent(fcinfo, HB_TIMESTAMP))
