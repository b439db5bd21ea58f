/*-------------------------------------------------------------------------
 * covisit_pairs.c
 *	  What is in a state covisit: the pairs, and how likely they are by chance.
 *
 * Null model: at a place, open over D days and for L a day, each person keeps
 * the number of his days, d_a and d_b, and chooses days and times of day by
 * himself. Two persons then share d_a d_b / D days on average (the mean of a
 * hypergeometric distribution), on each of which they are within the span s
 * with probability 1 - (1 - s / L)^2. The sum over all places is taken as the
 * mean of a Poisson distribution, whose upper tail is no shorter.
 *-------------------------------------------------------------------------
 */
#include "claims/covisit.h"

#include "common/math.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(hb_covisit_pairs);

/* Where the attendances of each person begin; one more at the end. */
static int64 *
attendance_starts(const HbCovisitView *view)
{
	uint32		npersons = hb_names_count(view->persons);
	int64	   *start = palloc_extended(sizeof(int64) * ((Size) npersons + 1), MCXT_ALLOC_HUGE);
	int64		i = 0;

	for (uint32 person = 0; person < npersons; person++)
	{
		start[person] = i;
		while (i < view->lists.nattendances && view->lists.attendance[i].person == person)
			i++;
	}
	start[npersons] = i;
	return start;
}

/* Days of a person at a place. */
static double
days_at(const HbCovisitView *view, const int64 *start, uint32 person, uint32 place)
{
	int64		low = start[person];
	int64		high = start[person + 1];

	while (low < high)
	{
		int64		middle = (low + high) / 2;

		if (view->lists.attendance[middle].place < place)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == start[person + 1] || view->lists.attendance[low].place != place)
		return 0;
	return view->lists.attendance[low].days;
}

static int64
days_of(const HbCovisitView *view, const int64 *start, uint32 person)
{
	int64		days = 0;

	for (int64 i = start[person]; i < start[person + 1]; i++)
		days += view->lists.attendance[i].days;
	return days;
}

/* Probability that two persons who come on one day come within the span. */
static double
close_probability(const HbCovisitView *view, const HbOpening *opening)
{
	double		apart = 1 - (double) view->span / (double) (opening->last_time - opening->first_time);

	return apart > 0 ? 1 - apart * apart : 1;
}

/* Days together of two persons to be expected, over all places that both visit. */
static double
expected_days(const HbCovisitView *view, const int64 *start, uint32 a, uint32 b)
{
	double		expected = 0;

	for (int64 i = start[a]; i < start[a + 1]; i++)
	{
		const HbAttendance *at = &view->lists.attendance[i];
		const HbOpening *opening = &view->opening[at->place];
		double		days = (double) opening->last_day - opening->first_day + 1;

		expected += at->days * days_at(view, start, b, at->place) / days * close_probability(view, opening);
	}
	return expected;
}

static Datum
text_of(const HbNames *names, uint32 number)
{
	int			len;
	const char *s = hb_names_text(names, number, &len);

	return PointerGetDatum(cstring_to_text_with_len(s, len));
}

/* Put the row of a pair whose list entries are first to last - 1. */
static void
put_pair(ReturnSetInfo *result, const HbCovisitView *view, const int64 *start, int64 first, int64 last, int32 min_days)
{
	uint32		a = view->lists.together[first].a;
	uint32		b = view->lists.together[first].b;
	int64		days = 0;
	int64		times = 0;
	double		expected;
	Datum		values[9];
	bool		nulls[9] = {false};

	for (int64 i = first; i < last; i++)
	{
		days += view->lists.together[i].days;
		times += view->lists.together[i].times;
	}
	if (days < min_days)
		return;
	expected = expected_days(view, start, a, b);
	values[0] = text_of(view->persons, view->person_order[a]);
	values[1] = text_of(view->persons, view->person_order[b]);
	values[2] = Int64GetDatum(days);
	values[3] = Int64GetDatum(times);
	values[4] = Int32GetDatum((int32) (last - first));
	values[5] = Float8GetDatum(expected);
	values[6] = Float8GetDatum(days / expected);
	nulls[6] = expected <= 0;
	values[7] = Float8GetDatum((double) days / (days_of(view, start, a) + days_of(view, start, b) - days));
	values[8] = Float8GetDatum(hb_poisson_upper((double) (days - 1), expected));
	nulls[8] = nulls[6];
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	pfree(DatumGetPointer(values[0]));
	pfree(DatumGetPointer(values[1]));
}

/* Return a row for each pair that was together on min_days days. */
Datum
hb_covisit_pairs(PG_FUNCTION_ARGS)
{
	HbCovisit  *c = (HbCovisit *) hb_object_arg(&hb_covisit_type, fcinfo, 0);
	int32		min_days = PG_GETARG_INT32(1);
	HbCovisitView view;
	int64	   *start;
	int64		last;

	if (min_days < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_days must be 1 or more")));
	InitMaterializedSRF(fcinfo, 0);
	hb_covisit_view(c, &view);
	start = attendance_starts(&view);
	for (int64 first = 0; first < view.lists.ntogether; first = last)
	{
		CHECK_FOR_INTERRUPTS();
		last = first + 1;
		while (last < view.lists.ntogether &&
			   view.lists.together[last].a == view.lists.together[first].a &&
			   view.lists.together[last].b == view.lists.together[first].b)
			last++;
		put_pair((ReturnSetInfo *) fcinfo->resultinfo, &view, start, first, last, min_days);
	}
	return (Datum) 0;
}
