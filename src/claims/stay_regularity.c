/*-------------------------------------------------------------------------
 * stay_regularity.c
 *	  Stays of near constant length with near constant, short gaps: the sign of
 *	  a patient who is discharged on paper and admitted again.
 *
 * The state is the stays themselves, as gaps need their order.
 *-------------------------------------------------------------------------
 */
#include "claims/stay.h"
#include "common/order.h"
#include "common/row.h"
#include "common/state.h"

#include <math.h>

#include "miscadmin.h"

static const char *stays_check(const HbState *state);

static const HbStateType stays_type = {
	.name = "stay_regularity",
	.version = 1,
	.head = "",
	.head_size = sizeof(HbState),
	.element = "i2",
	.element_size = sizeof(HbStay),
	.check = stays_check,
	.compare = hb_stay_compare
};

HB_STATE_FUNCTIONS(stay_regularity, stays_type)

static const char *
stays_check(const HbState *state)
{
	const HbStay *stay = hb_state_elements(&stays_type, state);

	for (int64 i = 0; i < state->n; i++)
		if (!IS_VALID_DATE(stay[i].adm) || stay[i].dsc < stay[i].adm ||
			!(IS_VALID_DATE(stay[i].dsc) || DATE_IS_NOEND(stay[i].dsc)))
			return "a stay has a date of admission and none before it of discharge";
	return NULL;
}

PG_FUNCTION_INFO_V1(hb_stay_regularity_step);
Datum
hb_stay_regularity_step(PG_FUNCTION_ARGS)
{
	HbState    *state;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	state = hb_state_writable(&stays_type, fcinfo);
	*(HbStay *) hb_state_push(&stays_type, &state) = hb_stay(HB_DATE, PG_GETARG_DATUM(1), PG_GETARG_DATUM(2), PG_ARGISNULL(2));
	PG_RETURN_POINTER(state);
}

/* Mean and coefficient of variation, the sample one, of days. */
typedef struct Spread
{
	int64		n;
	double		mean;
	double		cv;				/* NaN if undefined */
} Spread;

static Spread
spread_of(const int32 *days, int64 n)
{
	Spread		s = {n, 0, NAN};
	double		sum = 0;
	double		squares = 0;

	for (int64 i = 0; i < n; i++)
		sum += days[i];
	s.mean = sum / (double) n;
	for (int64 i = 0; i < n; i++)
		squares += (days[i] - s.mean) * (days[i] - s.mean);
	if (n > 1 && s.mean != 0)
		s.cv = sqrt(squares / (double) (n - 1)) / fabs(s.mean);
	return s;
}

PG_FUNCTION_INFO_V1(hb_stay_regularity_stats);
Datum
hb_stay_regularity_stats(PG_FUNCTION_ARGS)
{
	HbState    *state = hb_state_copy(&stays_type, hb_state_arg(&stays_type, fcinfo, 0), 0);
	int32		min_n = PG_GETARG_INT32(1);
	double		max_cv = PG_GETARG_FLOAT8(2);
	int32		max_gap = PG_GETARG_INT32(3);
	HbStay	   *stay = hb_state_elements(&stays_type, state);
	int32	   *los = palloc_extended(sizeof(int32) * (Size) Max(state->n, 1), MCXT_ALLOC_HUGE);
	int32	   *gap = palloc_extended(sizeof(int32) * (Size) Max(state->n, 1), MCXT_ALLOC_HUGE);
	int64		nlos = 0;
	int64		ngap = 0;
	int32		least = PG_INT32_MAX;
	int32		most = PG_INT32_MIN;
	DateADT		latest = DATEVAL_NOBEGIN;
	Spread		l;
	Spread		g;
	Datum		values[7];
	bool		nulls[7] = {false};

	if (min_n < 1 || !(max_cv >= 0) || max_gap < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_n must be at least 1, max_cv and max_gap must not be negative")));
	hb_qsort(stay, (size_t) state->n, sizeof(HbStay), hb_stay_compare);
	for (int64 i = 0; i < state->n; i++)
	{
		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (i > 0 && !DATE_IS_NOEND(latest))
		{
			gap[ngap] = stay[i].adm - latest;
			least = Min(least, gap[ngap]);
			most = Max(most, gap[ngap]);
			ngap++;
		}
		if (!DATE_IS_NOEND(stay[i].dsc))
			los[nlos++] = stay[i].dsc - stay[i].adm;
		latest = Max(latest, stay[i].dsc);
	}
	l = spread_of(los, nlos);
	g = spread_of(gap, ngap);
	values[0] = Int64GetDatum(state->n);
	values[1] = Float8GetDatum(l.mean);
	values[2] = Float8GetDatum(l.cv);
	values[3] = Float8GetDatum(g.mean);
	values[4] = Float8GetDatum(g.cv);
	values[5] = Int32GetDatum(most);
	values[6] = BoolGetDatum(state->n >= min_n && l.cv <= max_cv && ngap > 0 && least >= 0 && most <= max_gap);
	nulls[1] = l.n == 0;
	nulls[2] = isnan(l.cv);
	nulls[3] = nulls[5] = g.n == 0;
	nulls[4] = isnan(g.cv);
	return hb_row(fcinfo, values, nulls);
}
