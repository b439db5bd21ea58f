/*-------------------------------------------------------------------------
 * supply.c
 *	  How long what was dispensed lasts: days in hand at each fill, as a window
 *	  function, and the adherence measures of a person, from an aggregate.
 *
 * One unit is taken a day, and a fill is begun when what there was before is
 * used up (carry-over, as CMA7 of AdhereR, doi:10.1371/journal.pone.0174426).
 * Fills of one day are taken in the order of their days.
 *-------------------------------------------------------------------------
 */
#include "claims/when.h"
#include "common/row.h"
#include "common/state.h"

#include "miscadmin.h"
#include "utils/rangetypes.h"
#include "windowapi.h"

#define MAX_DAYS	100000		/* of one fill */

typedef struct Fill
{
	DateADT		date;
	int32		days;
} Fill;

static const char *supply_check(const HbState *state);
static int	fill_compare(const void *a, const void *b);

static const HbStateType supply_type = {
	.name = "supply",
	.version = 1,
	.head = "",
	.head_size = sizeof(HbState),
	.element = "i2",
	.element_size = sizeof(Fill),
	.check = supply_check,
	.compare = fill_compare
};

HB_STATE_FUNCTIONS(supply, supply_type)

/* Days that a date can be moved by MAX_DAYS a billion times without overflow of int64. */
static const char *
supply_check(const HbState *state)
{
	const Fill *fill = hb_state_elements(&supply_type, state);

	for (int64 i = 0; i < state->n; i++)
	{
		if (!IS_VALID_DATE(fill[i].date))
			return "a fill has a date";
		if (fill[i].days < 0 || fill[i].days > MAX_DAYS)
			return "a fill has 0 to 100000 days";
	}
	return NULL;
}

static inline int
fill_compare(const void *a, const void *b)
{
	const Fill *x = a;
	const Fill *y = b;
	int			c = pg_cmp_s32(x->date, y->date);

	return c != 0 ? c : pg_cmp_s32(x->days, y->days);
}

/* sort_fills(fill, n), in the order of time. */
#define ST_SORT sort_fills
#define ST_ELEMENT_TYPE Fill
#define ST_COMPARE(a, b) fill_compare(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* A fill of a row; raises if it is none. */
static Fill
check_fill(DateADT date, int32 days)
{
	Fill		fill = {date, days};

	if (unlikely(DATE_NOT_FINITE(date)))
		hb_refuse_infinite("a date of supply");
	if (unlikely(days < 0 || days > MAX_DAYS))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("days of supply must be between 0 and %d", MAX_DAYS),
				 errhint("Take what was returned off the fill it is from first.")));
	return fill;
}

PG_FUNCTION_INFO_V1(hb_supply_step);
Datum
hb_supply_step(PG_FUNCTION_ARGS)
{
	HbState    *state;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		HB_STATE_RETURN_SAME();
	state = hb_state_writable(&supply_type, fcinfo);
	*(Fill *) hb_state_push(&supply_type, &state) = check_fill(PG_GETARG_DATEADT(1), PG_GETARG_INT32(2));
	PG_RETURN_POINTER(state);
}

/* The fills of a state in the order of time. */
static Fill *
sorted_fills(FunctionCallInfo fcinfo, int64 *n)
{
	HbState    *state = hb_state_copy(&supply_type, hb_state_arg(&supply_type, fcinfo, 0), 0);
	Fill	   *fill = hb_state_elements(&supply_type, state);

	*n = state->n;
	sort_fills(fill, (size_t) state->n);
	return fill;
}

/* ----- the course of the stock ----- */

/* Stock that lasts to the day before "until". */
typedef struct Stock
{
	bool		any;
	DateADT		last;			/* day of the last fill */
	int64		until;
} Stock;

/* Take in a fill; returns the days in hand before it, or minus those without. */
static int64
stock_fill(Stock *stock, Fill fill)
{
	int64		in_hand = stock->any ? stock->until - fill.date : 0;

	stock->any = true;
	stock->last = fill.date;
	/* One of no days does not end the days without. */
	if (in_hand >= 0 || fill.days > 0)
		stock->until = Max(in_hand, 0) + fill.date + fill.days;
	return in_hand;
}

static Datum
date_datum(int64 date)
{
	if (!IS_VALID_DATE(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range")));
	return DateADTGetDatum((DateADT) date);
}

PG_FUNCTION_INFO_V1(hb_supply_days);
Datum
hb_supply_days(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	Stock	   *stock = WinGetPartitionLocalMemory(window, sizeof(Stock));
	bool		no_date;
	bool		no_days;
	bool		no_allowed;
	DateADT		date = DatumGetDateADT(WinGetFuncArgCurrent(window, 0, &no_date));
	int32		days = DatumGetInt32(WinGetFuncArgCurrent(window, 1, &no_days));
	int32		allowed = DatumGetInt32(WinGetFuncArgCurrent(window, 2, &no_allowed));
	int64		in_hand;
	Fill		fill;
	Datum		values[5];
	bool		nulls[5] = {false};

	WinSetMarkPosition(window, WinGetCurrentPosition(window));
	if (no_date || no_days || no_allowed)
		PG_RETURN_NULL();
	if (allowed < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("allowed must not be negative")));
	fill = check_fill(date, days);
	if (stock->any && date < stock->last)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of supply_days are not in the order of time"),
				 errhint("Write supply_days(fill, days) OVER (PARTITION BY person, drug ORDER BY fill, days).")));
	in_hand = stock_fill(stock, fill);
	in_hand = Max(in_hand, 0);
	values[0] = Int32GetDatum((int32) Min(in_hand, PG_INT32_MAX));
	values[1] = Int32GetDatum((int32) Min(in_hand + days, PG_INT32_MAX));
	values[2] = date_datum(date + in_hand);
	values[3] = date_datum(date + in_hand + days);
	values[4] = BoolGetDatum(in_hand > allowed);
	return hb_row(fcinfo, values, nulls);
}

/* ----- measures ----- */

PG_FUNCTION_INFO_V1(hb_supply_stats);
Datum
hb_supply_stats(PG_FUNCTION_ARGS)
{
	int64		n;
	Fill	   *fill = sorted_fills(fcinfo, &n);
	Stock		stock = {false};
	int64		days = 0;
	int64		over = 0;
	int64		most = 0;
	int64		gap = 0;
	Datum		values[8];
	bool		nulls[8] = {false};

	if (n == 0)
		PG_RETURN_NULL();
	for (int64 i = 0; i < n; i++)
	{
		int64		in_hand = stock_fill(&stock, fill[i]);

		days += fill[i].days;
		over += Max(in_hand, 0);
		gap = Max(gap, -in_hand);
		most = Max(most, stock.until - fill[i].date);
	}
	values[0] = Int64GetDatum(n);
	values[1] = Int64GetDatum(days);
	values[2] = date_datum(fill[0].date);
	values[3] = date_datum(fill[n - 1].date);
	values[4] = date_datum(stock.until);
	values[5] = Int64GetDatum(over);
	values[6] = Int64GetDatum(most);
	values[7] = Int64GetDatum(gap);
	return hb_row(fcinfo, values, nulls);
}

/* Days from "from" to the day before "to". */
typedef struct Period
{
	int64		from;
	int64		to;
} Period;

/* The window of an accessor: a daterange, or so many days from the first fill. */
static Period
read_window(FunctionCallInfo fcinfo, bool is_range, const Fill *fill)
{
	Period		period;

	if (is_range)
	{
		RangeType  *range = PG_GETARG_RANGE_P(1);
		TypeCacheEntry *type = range_get_typcache(fcinfo, RangeTypeGetOid(range));
		RangeBound	lower;
		RangeBound	upper;
		bool		empty;

		range_deserialize(type, range, &lower, &upper, &empty);
		if (empty || lower.infinite || upper.infinite ||
			DATE_NOT_FINITE(DatumGetDateADT(lower.val)) || DATE_NOT_FINITE(DatumGetDateADT(upper.val)))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the window must be neither empty nor unbounded")));
		period.from = DatumGetDateADT(lower.val);
		period.to = DatumGetDateADT(upper.val);
	}
	else
	{
		int32		days = PG_GETARG_INT32(1);

		if (days <= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the window must have at least one day")));
		period.from = fill[0].date;
		period.to = period.from + days;
	}
	return period;
}

/* Days of the window on which there is something in hand. */
static int64
covered_days(const Fill *fill, int64 n, Period window, bool carry)
{
	Stock		stock = {false};
	int64		counted = window.from;	/* days before this one have been counted */
	int64		covered = 0;

	for (int64 i = 0; i < n; i++)
	{
		int64		start;
		int64		end;

		stock_fill(&stock, fill[i]);
		end = Min(carry ? stock.until : (int64) fill[i].date + fill[i].days, window.to);
		start = Max(carry ? stock.until - fill[i].days : fill[i].date, counted);
		if (end > start)
		{
			covered += end - start;
			counted = end;
		}
	}
	return covered;
}

static Datum
supply_pdc(FunctionCallInfo fcinfo, bool is_range)
{
	int64		n;
	Fill	   *fill = sorted_fills(fcinfo, &n);
	Period		window;

	if (n == 0)
		PG_RETURN_NULL();
	window = read_window(fcinfo, is_range, fill);
	PG_RETURN_FLOAT8((double) covered_days(fill, n, window, PG_GETARG_BOOL(2)) / (double) (window.to - window.from));
}

static Datum
supply_mpr(FunctionCallInfo fcinfo, bool is_range)
{
	int64		n;
	Fill	   *fill = sorted_fills(fcinfo, &n);
	int64		days = 0;
	Period		window;

	if (n == 0)
		PG_RETURN_NULL();
	window = read_window(fcinfo, is_range, fill);
	for (int64 i = 0; i < n; i++)
		if (fill[i].date >= window.from && fill[i].date < window.to)
			days += fill[i].days;
	PG_RETURN_FLOAT8((double) days / (double) (window.to - window.from));
}

#define SUPPLY_FUNCTION(symbol, call) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) { return call; }

SUPPLY_FUNCTION(hb_supply_pdc_range, supply_pdc(fcinfo, true))
SUPPLY_FUNCTION(hb_supply_pdc_days, supply_pdc(fcinfo, false))
SUPPLY_FUNCTION(hb_supply_mpr_range, supply_mpr(fcinfo, true))
SUPPLY_FUNCTION(hb_supply_mpr_days, supply_mpr(fcinfo, false))
