/*-------------------------------------------------------------------------
 * pair_conflict.c
 *	  Items that exclude each other: where the main item is charged within an
 *	  hour, six hours, the day or the visit, the excluded one may not be.
 *
 * The state is the charges of a person that some rule is about, each once for
 * each rule and side: the join with the rules is ordinary SQL. What is read is
 * linear in the excluded charges, however many main ones there are: each comes
 * with the nearest main charge and the number of them.
 *-------------------------------------------------------------------------
 */
#include "claims/key.h"
#include "claims/when.h"
#include "common/order.h"
#include "common/row.h"
#include "common/state.h"

#include "miscadmin.h"

typedef enum Granule
{
	GRANULE_HOUR,
	GRANULE_SIX_HOURS,
	GRANULE_DAY,
	GRANULE_VISIT
} Granule;

static const struct
{
	const char *name;
	int64		span;			/* microseconds, less than which two charges are apart; 0: any */
}			granules[] = {
	[GRANULE_HOUR] = {"hour", USECS_PER_HOUR},
	[GRANULE_SIX_HOURS] = {"6 hours", 6 * USECS_PER_HOUR},
	[GRANULE_DAY] = {"day", 0},
	[GRANULE_VISIT] = {"visit", 0}
};

typedef struct Charge
{
	int64		rule;
	int64		visit;
	Timestamp	ts;
	int64		line;
	int32		granule;
	int32		main;			/* 1: of the main item, 0: of the excluded one */
} Charge;

static const char *conflict_check(const HbState *state);
static int	charge_compare(const void *a, const void *b);

static const HbStateType conflict_type = {
	.name = "pair_conflict",
	.version = 1,
	.head = "",
	.head_size = sizeof(HbState),
	.element = "l4i2",
	.element_size = sizeof(Charge),
	.check = conflict_check,
	.compare = charge_compare
};

HB_STATE_FUNCTIONS(pair_conflict, conflict_type)

static const char *
conflict_check(const HbState *state)
{
	const Charge *charge = hb_state_elements(&conflict_type, state);

	for (int64 i = 0; i < state->n; i++)
	{
		if (charge[i].granule < 0 || charge[i].granule >= (int) lengthof(granules))
			return "a granule is 0 to 3";
		if (charge[i].main != 0 && charge[i].main != 1)
			return "a charge is of the main item or of the excluded one";
		if (!IS_VALID_TIMESTAMP(charge[i].ts))
			return "a charge has a time";
	}
	return NULL;
}

/* What two charges must share: the visit or the day. */
static int64
bucket(const Charge *charge)
{
	switch (charge->granule)
	{
		case GRANULE_VISIT:
			return charge->visit;
		case GRANULE_DAY:
			return hb_timestamp_day(charge->ts);
		default:
			return 0;
	}
}

/* Are they of one rule, granule, and visit or day; which comes first? */
static int
bucket_compare(const Charge *x, const Charge *y)
{
	int			c = pg_cmp_s64(x->rule, y->rule);

	if (c == 0)
		c = pg_cmp_s64(x->granule, y->granule);
	return c != 0 ? c : pg_cmp_s64(bucket(x), bucket(y));
}

/* By time within these; the rest makes the order one of the contents alone. */
static int
charge_compare(const void *a, const void *b)
{
	const Charge *x = a;
	const Charge *y = b;
	int			c = bucket_compare(x, y);

	if (c == 0)
		c = pg_cmp_s64(x->ts, y->ts);
	if (c == 0)
		c = pg_cmp_s64(x->line, y->line);
	if (c == 0)
		c = pg_cmp_s64(x->visit, y->visit);
	return c != 0 ? c : pg_cmp_s64(x->main, y->main);
}

static Granule
read_granule(text *t)
{
	size_t		len = VARSIZE_ANY_EXHDR(t);

	for (int i = 0; i < (int) lengthof(granules); i++)
		if (strlen(granules[i].name) == len && memcmp(granules[i].name, VARDATA_ANY(t), len) == 0)
			return (Granule) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown granule of a rule"),
			 errhint("Granules are hour, 6 hours, day and visit.")));
	pg_unreachable();
}

/* Arguments: state, rule, main, granule, ts, visit, line. */
static Datum
conflict_step(FunctionCallInfo fcinfo, bool is_text)
{
	HbState    *state;
	Charge		charge = {0};

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4) || PG_ARGISNULL(6))
		HB_STATE_RETURN_SAME();
	charge.granule = read_granule(PG_GETARG_TEXT_PP(3));
	if (PG_ARGISNULL(5) && charge.granule == GRANULE_VISIT)
		HB_STATE_RETURN_SAME();
	charge.rule = PG_GETARG_INT64(1);
	charge.main = PG_GETARG_BOOL(2) ? 1 : 0;
	charge.ts = PG_GETARG_TIMESTAMP(4);
	if (TIMESTAMP_NOT_FINITE(charge.ts))
		hb_refuse_infinite("a time of a charge");
	charge.visit = PG_ARGISNULL(5) ? 0 : hb_key_arg(fcinfo, 5, is_text);
	charge.line = hb_key_arg(fcinfo, 6, is_text);
	state = hb_state_writable(&conflict_type, fcinfo);
	*(Charge *) hb_state_push(&conflict_type, &state) = charge;
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(hb_pair_conflict_step_bigint);
Datum
hb_pair_conflict_step_bigint(PG_FUNCTION_ARGS)
{
	return conflict_step(fcinfo, false);
}

PG_FUNCTION_INFO_V1(hb_pair_conflict_step_text);
Datum
hb_pair_conflict_step_text(PG_FUNCTION_ARGS)
{
	return conflict_step(fcinfo, true);
}

/* ----- conflicts ----- */

/* Main charges of one bucket as seen from an excluded one, as time goes on. */
typedef struct Mains
{
	const Charge **charge;		/* in order of time */
	int64		n;
	int64		first;			/* near enough: from here */
	int64		later;			/* later than the excluded one: from here */
	int64		end;			/* too late: from here */
} Mains;

static void
move_mains(Mains *m, Timestamp ts, int64 span)
{
	while (m->later < m->n && m->charge[m->later]->ts <= ts)
		m->later++;
	if (span == 0)
		m->end = m->n;
	else
	{
		/* A difference of two times may be too large for int64. */
		while (m->first < m->later && (uint64) ts - (uint64) m->charge[m->first]->ts >= (uint64) span)
			m->first++;
		m->end = Max(m->end, m->later);
		while (m->end < m->n && (uint64) m->charge[m->end]->ts - (uint64) ts < (uint64) span)
			m->end++;
	}
}

/* The nearest main charge, of two the earlier one. */
static const Charge *
nearest_main(const Mains *m, Timestamp ts)
{
	const Charge *before = m->later > m->first ? m->charge[m->later - 1] : NULL;
	const Charge *after = m->later < m->end ? m->charge[m->later] : NULL;

	if (before == NULL || after == NULL)
		return before ? before : after;
	/* Unsigned, as two times may be further apart than int64 holds. */
	return (uint64) after->ts - (uint64) ts < (uint64) ts - (uint64) before->ts ? after : before;
}

/* Write the conflicts among charges of one bucket. */
static void
find_conflicts(ReturnSetInfo *result, const Charge *charge, int64 n, Mains *mains)
{
	int64		span = granules[charge->granule].span;

	mains->n = mains->first = mains->later = mains->end = 0;
	for (int64 i = 0; i < n; i++)
		if (charge[i].main)
			mains->charge[mains->n++] = &charge[i];
	if (mains->n == 0)
		return;
	for (int64 i = 0; i < n; i++)
	{
		const Charge *nearest;
		Datum		values[7];
		bool		nulls[7] = {false};

		if ((i & 0xFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (charge[i].main)
			continue;
		move_mains(mains, charge[i].ts, span);
		nearest = nearest_main(mains, charge[i].ts);
		if (nearest == NULL)
			continue;
		values[0] = Int64GetDatum(charge[i].rule);
		values[1] = CStringGetTextDatum(granules[charge[i].granule].name);
		values[2] = Int64GetDatum(charge[i].line);
		values[3] = TimestampGetDatum(charge[i].ts);
		values[4] = Int64GetDatum(nearest->line);
		values[5] = TimestampGetDatum(nearest->ts);
		values[6] = Int64GetDatum(mains->end - mains->first);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[1]));
	}
}

PG_FUNCTION_INFO_V1(hb_pair_conflicts);
Datum
hb_pair_conflicts(PG_FUNCTION_ARGS)
{
	HbState    *state = hb_state_copy(&conflict_type, hb_state_arg(&conflict_type, fcinfo, 0), 0);
	Charge	   *charge = hb_state_elements(&conflict_type, state);
	Mains		mains = {palloc_extended(sizeof(Charge *) * (Size) Max(state->n, 1), MCXT_ALLOC_HUGE)};

	InitMaterializedSRF(fcinfo, 0);
	hb_qsort(charge, (size_t) state->n, sizeof(Charge), charge_compare);
	for (int64 i = 0, n; i < state->n; i += n)
	{
		for (n = 1; i + n < state->n && bucket_compare(&charge[i + n], &charge[i]) == 0;)
			n++;
		find_conflicts((ReturnSetInfo *) fcinfo->resultinfo, &charge[i], n, &mains);
	}
	return (Datum) 0;
}
