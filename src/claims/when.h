/*-------------------------------------------------------------------------
 * when.h
 *	  Times as arguments of the sequence rules: dates, or timestamps of which
 *	  the calendar day counts.
 *-------------------------------------------------------------------------
 */
#ifndef HB_WHEN_H
#define HB_WHEN_H

#include "common/compat.h"

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

typedef enum HbWhen
{
	HB_DATE,
	HB_TIMESTAMP,
	HB_TIMESTAMPTZ				/* days begin at midnight of the session's time zone */
} HbWhen;

/* The calendar day of a timestamp that is finite. */
static inline int32
hb_timestamp_day(Timestamp ts)
{
	int64		day = ts / USECS_PER_DAY;

	return (int32) (day - (ts < day * USECS_PER_DAY));
}

/* The calendar day of a date or timestamp; infinite ones stay infinite. */
static inline DateADT
hb_when_day(HbWhen when, Datum value)
{
	Timestamp	ts;

	if (when == HB_DATE)
		return DatumGetDateADT(value);
	ts = DatumGetTimestamp(value);
	if (TIMESTAMP_IS_NOBEGIN(ts))
		return DATEVAL_NOBEGIN;
	if (TIMESTAMP_IS_NOEND(ts))
		return DATEVAL_NOEND;
	if (when == HB_TIMESTAMP)
		return hb_timestamp_day(ts);
	return DatumGetDateADT(DirectFunctionCall1(timestamptz_date, value));
}

/* Raise for a time of minus or plus infinity where there must be a day. */
pg_attribute_noreturn() static inline void
hb_refuse_infinite(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be finite", what),
			 errhint("Leave such rows out with WHERE isfinite(...).")));
	pg_unreachable();
}

#endif							/* HB_WHEN_H */
