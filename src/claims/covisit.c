/*-------------------------------------------------------------------------
 * covisit.c
 *	  Who is seen together: pairs of persons whose visits to a place are close
 *	  in time. The state and its steps; covisit_pairs.c tells what is in it.
 *
 * Rows come ordered by place and time. Of a place the visits within the span
 * wait in a queue; a visit is paired with those before it in the queue, unless
 * there are so many that being together means nothing (max_group). What is
 * counted is kept by pair and place, so that states of other months and
 * places add up.
 *-------------------------------------------------------------------------
 */
#include "claims/covisit.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "common/order.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#define NO_PLACE	PG_UINT32_MAX
#define MAX_ITEMS	((int64) 64 * 1024 * 1024)	/* of a list */

/* A pair at the place that is being read. */
typedef struct Meet
{
	uint64		key;			/* the smaller number above, the larger below */
	char		status;
	int32		day;			/* the last one */
	int32		days;
	int64		times;
} Meet;

#define SH_PREFIX meet
#define SH_ELEMENT_TYPE Meet
#define SH_KEY_TYPE uint64
#define SH_KEY key
#define SH_HASH_KEY(table, key) murmurhash32((uint32) ((key) >> 32) * 0x9E3779B1U ^ (uint32) (key))
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

#define NEVER_OPEN	((HbOpening) {PG_INT32_MAX, PG_INT32_MIN, PG_INT64_MAX, PG_INT64_MIN})

#define FIRST_MEETS		256
#define CLEARED_MEETS	4096	/* a larger table is not cleared but made anew */

/* A person at the place that is being read. */
typedef struct Here
{
	int32		day;			/* the last one */
	int32		days;
	int32		visits;
} Here;

typedef struct Visit
{
	int64		ts;
	uint32		person;
} Visit;

struct HbCovisit
{
	HbObject	object;
	int64		span;			/* microseconds; -1: not known yet */
	int32		max_group;
	HbNames    *persons;
	HbNames    *places;
	HbOpening  *opening;		/* by number of place */
	int64		opening_room;
	HbCovisitLists lists;
	int64		settled;		/* items when lists were last settled */

	/* the place that is being read */
	uint32		place;
	meet_hash  *meets;
	Here	   *here;			/* by number of person */
	int64		here_room;
	uint32	   *comer;			/* persons with an entry in here */
	int64		ncomers;
	int64		comer_room;
	Visit	   *queue;
	int64		queue_first;
	int64		queue_end;
	int64		queue_room;
};

static void
covisit_init(HbObject *object)
{
	HbCovisit  *c = (HbCovisit *) object;
	MemoryContext context = object->hdr.eoh_context;

	c->span = -1;
	c->persons = hb_names_new(context);
	c->places = hb_names_new(context);
	c->lists.context = context;
	c->place = NO_PLACE;
	c->meets = meet_create(context, FIRST_MEETS, NULL);
}

/* An array with room for one item more. */
static void *
grow_array(MemoryContext context, void *array, int64 used, int64 *room, Size size)
{
	int64		before = *room;

	if (likely(used < before))
		return array;
	if (used >= MAX_ITEMS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a value of type covisit holds at most " INT64_FORMAT " pairs, and as many visitors of places", MAX_ITEMS),
				 errhint("Aggregate fewer places or days, a shorter span, or smaller groups.")));
	CHECK_FOR_INTERRUPTS();
	*room = Min(Max(before * 2, Max(256, used + 1)), MAX_ITEMS);
	if (array == NULL)
		array = MemoryContextAllocHuge(context, size * (Size) *room);
	else
		array = repalloc_huge(array, size * (Size) *room);
	memset((char *) array + size * (Size) before, 0, size * (Size) (*room - before));
	return array;
}

#define GROW(owner, context, array, used, room) \
	((owner)->array = grow_array(context, (owner)->array, used, &(owner)->room, sizeof *(owner)->array))

static void
add_together(HbCovisitLists *lists, HbTogether together)
{
	GROW(lists, lists->context, together, lists->ntogether, together_room);
	lists->together[lists->ntogether++] = together;
}

static void
add_attendance(HbCovisitLists *lists, HbAttendance attendance)
{
	GROW(lists, lists->context, attendance, lists->nattendances, attendance_room);
	lists->attendance[lists->nattendances++] = attendance;
}

/* ----- the place that is being read ----- */

/* Add what was seen at the place to lists of all places. */
static void
add_place(HbCovisit *c, HbCovisitLists *lists)
{
	meet_iterator i;
	Meet	   *meet;

	if (c->place == NO_PLACE)
		return;
	meet_start_iterate(c->meets, &i);
	while ((meet = meet_iterate(c->meets, &i)) != NULL)
		add_together(lists, (HbTogether) {meet->key >> 32, (uint32) meet->key, c->place, meet->days, meet->times});
	for (int64 k = 0; k < c->ncomers; k++)
	{
		const Here *here = &c->here[c->comer[k]];

		add_attendance(lists, (HbAttendance) {c->comer[k], c->place, here->days, here->visits});
	}
}

static void
leave_place(HbCovisit *c)
{
	add_place(c, &c->lists);
	for (int64 k = 0; k < c->ncomers; k++)
		c->here[c->comer[k]] = (Here) {0};
	c->ncomers = 0;
	/* A table that a busy place has made large would be slow to clear for each small one. */
	if (c->meets->size > CLEARED_MEETS)
	{
		meet_destroy(c->meets);
		c->meets = meet_create(c->object.hdr.eoh_context, FIRST_MEETS, NULL);
	}
	else
		meet_reset(c->meets);
	c->queue_first = c->queue_end = 0;
	c->place = NO_PLACE;
}

static void
bad_order(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("rows of covisit_agg are not in the order of place and time"),
			 errhint("Write covisit_agg(person, ts, place, span ORDER BY place, ts).")));
}

static void
enter_place(HbCovisit *c, const char *s, int len)
{
	uint32		known = hb_names_count(c->places);
	uint32		place;

	leave_place(c);
	place = hb_names_number(c->places, s, len);
	if (place < known)
		bad_order();
	GROW(c, c->object.hdr.eoh_context, opening, (int64) place, opening_room);
	c->opening[place] = NEVER_OPEN;
	c->place = place;
}

static void
meet_pair(HbCovisit *c, uint32 a, uint32 b, int32 day)
{
	bool		found;
	Meet	   *meet = meet_insert(c->meets, (uint64) Min(a, b) << 32 | Max(a, b), &found);

	if (!found)
	{
		meet->days = 0;
		meet->times = 0;
	}
	if (meet->days == 0 || meet->day != day)
		meet->days++;
	meet->day = day;
	meet->times++;
}

/* Count a person's visit to the place, and the day if it is a new one. */
static void
count_visit(HbCovisit *c, uint32 person, int32 day)
{
	MemoryContext context = c->object.hdr.eoh_context;
	Here	   *here;

	GROW(c, context, here, (int64) person, here_room);
	here = &c->here[person];
	if (here->visits == 0)
	{
		GROW(c, context, comer, c->ncomers, comer_room);
		c->comer[c->ncomers++] = person;
	}
	if (here->visits++ == 0 || here->day != day)
		here->days++;
	here->day = day;
}

/* Append to the queue, which is moved to its front when more than half of it is over. */
static void
queue_visit(HbCovisit *c, uint32 person, int64 ts)
{
	if (c->queue_first > 1024 && c->queue_first > c->queue_end / 2)
	{
		memmove(c->queue, c->queue + c->queue_first, sizeof(Visit) * (Size) (c->queue_end - c->queue_first));
		c->queue_end -= c->queue_first;
		c->queue_first = 0;
	}
	GROW(c, c->object.hdr.eoh_context, queue, c->queue_end, queue_room);
	c->queue[c->queue_end++] = (Visit) {ts, person};
}

/* The day of a timestamp: an infinite one was refused. */
static int32
day_of(int64 ts)
{
	return (int32) ((ts < 0 ? ts - USECS_PER_DAY + 1 : ts) / USECS_PER_DAY);
}

static void
widen_opening(HbOpening *opening, HbOpening by)
{
	opening->first_day = Min(opening->first_day, by.first_day);
	opening->last_day = Max(opening->last_day, by.last_day);
	opening->first_time = Min(opening->first_time, by.first_time);
	opening->last_time = Max(opening->last_time, by.last_time);
}

static void
add_visit(HbCovisit *c, uint32 person, int64 ts)
{
	int32		day = day_of(ts);
	int64		others;

	if (c->queue_end > c->queue_first && ts < c->queue[c->queue_end - 1].ts)
		bad_order();
	/* The difference of two times may be too large for int64, and is not negative. */
	while (c->queue_first < c->queue_end && (uint64) ts - (uint64) c->queue[c->queue_first].ts > (uint64) c->span)
		c->queue_first++;
	others = c->queue_end - c->queue_first;
	if (others < c->max_group)
	{
		for (int64 i = c->queue_first; i < c->queue_end; i++)
			if (c->queue[i].person != person)
				meet_pair(c, c->queue[i].person, person, day);
	}
	widen_opening(&c->opening[c->place], (HbOpening) {day, day, ts - day * USECS_PER_DAY, ts - day * USECS_PER_DAY});
	count_visit(c, person, day);
	queue_visit(c, person, ts);
}

/* ----- lists ----- */

static int
compare_together(const void *a, const void *b)
{
	const HbTogether *x = a;
	const HbTogether *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static int
compare_attendances(const void *a, const void *b)
{
	const HbAttendance *x = a;
	const HbAttendance *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

/* Sort, and add up what stands twice after states were merged. */
static void
settle(HbCovisitLists *lists)
{
	int64		n = 0;

	hb_qsort(lists->together, (size_t) lists->ntogether, sizeof(HbTogether), compare_together);
	for (int64 i = 0; i < lists->ntogether; i++)
	{
		if (n > 0 && compare_together(&lists->together[n - 1], &lists->together[i]) == 0)
		{
			lists->together[n - 1].days += lists->together[i].days;
			lists->together[n - 1].times += lists->together[i].times;
		}
		else
			lists->together[n++] = lists->together[i];
	}
	lists->ntogether = n;
	n = 0;
	hb_qsort(lists->attendance, (size_t) lists->nattendances, sizeof(HbAttendance), compare_attendances);
	for (int64 i = 0; i < lists->nattendances; i++)
	{
		if (n > 0 && compare_attendances(&lists->attendance[n - 1], &lists->attendance[i]) == 0)
		{
			lists->attendance[n - 1].days += lists->attendance[i].days;
			lists->attendance[n - 1].visits += lists->attendance[i].visits;
		}
		else
			lists->attendance[n++] = lists->attendance[i];
	}
	lists->nattendances = n;
}

/* Add the lists of a state to others, with other numbers. */
static void
add_lists(HbCovisit *c, const uint32 *person, const uint32 *place, HbCovisitLists *lists)
{
	int64		together = lists->ntogether;
	int64		attendance = lists->nattendances;

	for (int64 i = 0; i < c->lists.ntogether; i++)
		add_together(lists, c->lists.together[i]);
	for (int64 i = 0; i < c->lists.nattendances; i++)
		add_attendance(lists, c->lists.attendance[i]);
	add_place(c, lists);
	for (; together < lists->ntogether; together++)
	{
		HbTogether *t = &lists->together[together];
		uint32		a = person[t->a];
		uint32		b = person[t->b];

		t->a = Min(a, b);
		t->b = Max(a, b);
		t->place = place[t->place];
	}
	for (; attendance < lists->nattendances; attendance++)
	{
		lists->attendance[attendance].person = person[lists->attendance[attendance].person];
		lists->attendance[attendance].place = place[lists->attendance[attendance].place];
	}
}

/* order[place] = number, turned round: the place of each number. */
static uint32 *
invert(const uint32 *order, uint32 count)
{
	uint32	   *place = palloc_extended(sizeof(uint32) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < count; i++)
		place[order[i]] = i;
	return place;
}

void
hb_covisit_view(HbCovisit *c, HbCovisitView *view)
{
	uint32		nplaces = hb_names_count(c->places);

	*view = (HbCovisitView) {
		.lists = {.context = CurrentMemoryContext}, .persons = c->persons, .places = c->places,
		.person_order = hb_names_order(c->persons), .place_order = hb_names_order(c->places),
		.opening = palloc_extended(sizeof(HbOpening) * (Size) Max(nplaces, 1), MCXT_ALLOC_HUGE), .span = c->span
	};
	for (uint32 i = 0; i < nplaces; i++)
		view->opening[i] = c->opening[view->place_order[i]];
	add_lists(c, invert(view->person_order, hb_names_count(c->persons)), invert(view->place_order, nplaces),
			  &view->lists);
	settle(&view->lists);
}

/* ----- writing, reading, merging ----- */

static void
covisit_write(HbObject *object, StringInfo buf)
{
	HbCovisit  *c = (HbCovisit *) object;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "covisit", ALLOCSET_DEFAULT_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);
	HbCovisitView view;

	hb_covisit_view(c, &view);
	pq_sendint64(buf, c->span);
	pq_sendint32(buf, c->max_group);
	pfree(hb_write_names(buf, c->persons));
	pfree(hb_write_names(buf, c->places));
	for (uint32 i = 0; i < hb_names_count(c->places); i++)
	{
		pq_sendint32(buf, view.opening[i].first_day);
		pq_sendint32(buf, view.opening[i].last_day);
		pq_sendint64(buf, view.opening[i].first_time);
		pq_sendint64(buf, view.opening[i].last_time);
	}
	pq_sendint32(buf, view.lists.ntogether);
	for (int64 i = 0; i < view.lists.ntogether; i++)
	{
		const HbTogether *t = &view.lists.together[i];

		pq_sendint32(buf, t->a);
		pq_sendint32(buf, t->b);
		pq_sendint32(buf, t->place);
		pq_sendint32(buf, t->days);
		pq_sendint64(buf, t->times);
	}
	pq_sendint32(buf, view.lists.nattendances);
	for (int64 i = 0; i < view.lists.nattendances; i++)
	{
		const HbAttendance *a = &view.lists.attendance[i];

		pq_sendint32(buf, a->person);
		pq_sendint32(buf, a->place);
		pq_sendint32(buf, a->days);
		pq_sendint32(buf, a->visits);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
}

static void
read_together(HbCovisit *c, HbReader *reader)
{
	uint32		count = hb_read_count(reader, 24);
	HbTogether	before = {0};

	for (uint32 i = 0; i < count; i++)
	{
		HbTogether	t;

		t.a = hb_read_uint32(reader);
		t.b = hb_read_uint32(reader);
		t.place = hb_read_uint32(reader);
		t.days = (int32) hb_read_uint32(reader);
		t.times = hb_read_int64(reader);
		hb_read_check(reader, t.a < t.b && t.b < hb_names_count(c->persons) && t.place < hb_names_count(c->places),
					  "pairs are of two persons at a place");
		hb_read_check(reader, t.days > 0 && t.times >= t.days, "pairs have counts");
		hb_read_check(reader, i == 0 || compare_together(&before, &t) < 0, "pairs are in order and differ");
		add_together(&c->lists, t);
		before = t;
	}
}

static void
read_attendances(HbCovisit *c, HbReader *reader)
{
	uint32		count = hb_read_count(reader, 16);
	HbAttendance before = {0};

	for (uint32 i = 0; i < count; i++)
	{
		HbAttendance a;

		a.person = hb_read_uint32(reader);
		a.place = hb_read_uint32(reader);
		a.days = (int32) hb_read_uint32(reader);
		a.visits = (int32) hb_read_uint32(reader);
		hb_read_check(reader, a.person < hb_names_count(c->persons) && a.place < hb_names_count(c->places),
					  "visitors are persons at a place");
		hb_read_check(reader, a.days > 0 && a.visits >= a.days, "visitors have counts");
		hb_read_check(reader, i == 0 || compare_attendances(&before, &a) < 0, "visitors are in order and differ");
		add_attendance(&c->lists, a);
		before = a;
	}
}

static void
covisit_read(HbObject *object, HbReader *reader)
{
	HbCovisit  *c = (HbCovisit *) object;
	uint32		nplaces;

	c->span = hb_read_int64(reader);
	c->max_group = (int32) hb_read_uint32(reader);
	hb_read_check(reader, c->span >= 0 && c->max_group > 1, "it has a span and a size of groups");
	hb_read_names(reader, c->persons);
	hb_read_names(reader, c->places);
	nplaces = hb_names_count(c->places);
	for (uint32 i = 0; i < nplaces; i++)
	{
		HbOpening	o;

		o.first_day = (int32) hb_read_uint32(reader);
		o.last_day = (int32) hb_read_uint32(reader);
		o.first_time = hb_read_int64(reader);
		o.last_time = hb_read_int64(reader);
		hb_read_check(reader, o.first_day <= o.last_day && o.first_time >= 0 && o.first_time <= o.last_time && o.last_time < USECS_PER_DAY,
					  "places have days and times of day");
		GROW(c, object->hdr.eoh_context, opening, (int64) i, opening_room);
		c->opening[i] = o;
	}
	read_together(c, reader);
	read_attendances(c, reader);
	c->settled = c->lists.ntogether + c->lists.nattendances;
}

/* The numbers that the names of another dictionary have in this one. */
static uint32 *
take_names(HbNames *into, const HbNames *from)
{
	uint32		count = hb_names_count(from);
	uint32	   *number = palloc_extended(sizeof(uint32) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < count; i++)
	{
		int			len;
		const char *text = hb_names_text(from, i, &len);

		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		number[i] = hb_names_number(into, text, len);
	}
	return number;
}

/* All rows of an aggregate have one span and one size of groups. */
static void
set_parameters(HbCovisit *c, int64 span, int32 max_group)
{
	if (likely(c->span == span && c->max_group == max_group))
		return;
	if (c->span >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("values of type covisit have different spans or sizes of groups")));
	c->span = span;
	c->max_group = max_group;
}

static void
covisit_merge(HbObject *into, HbObject *from)
{
	HbCovisit  *c = (HbCovisit *) into;
	HbCovisit  *other = (HbCovisit *) from;
	uint32		known = hb_names_count(c->places);
	uint32	   *person;
	uint32	   *place;

	set_parameters(c, other->span, other->max_group);
	leave_place(c);
	person = take_names(c->persons, other->persons);
	place = take_names(c->places, other->places);
	for (uint32 i = 0; i < hb_names_count(other->places); i++)
	{
		GROW(c, into->hdr.eoh_context, opening, (int64) place[i], opening_room);
		if (place[i] >= known)
			c->opening[place[i]] = NEVER_OPEN;
		widen_opening(&c->opening[place[i]], other->opening[i]);
	}
	add_lists(other, person, place, &c->lists);
	pfree(person);
	pfree(place);
	if (c->lists.ntogether + c->lists.nattendances > 2 * c->settled)
	{
		settle(&c->lists);
		c->settled = c->lists.ntogether + c->lists.nattendances;
	}
}

const HbObjectType hb_covisit_type = {
	.name = "covisit", .version = 1, .size = sizeof(HbCovisit),
	.init = covisit_init, .write = covisit_write, .read = covisit_read, .merge = covisit_merge
};

HB_OBJECT_FUNCTIONS(covisit, hb_covisit_type)

/* The span in microseconds. */
static int64
span_argument(FunctionCallInfo fcinfo, int i)
{
	Interval   *span = PG_GETARG_INTERVAL_P(i);
	int64		result;

	if (span->month != 0 || pg_mul_s64_overflow(span->day, USECS_PER_DAY, &result) ||
		pg_add_s64_overflow(result, span->time, &result) || result < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the span of covisit_agg must be days, hours, minutes and seconds, not below 0")));
	return result;
}

/* Take in a visit; one with a NULL is passed over. */
static Datum
covisit_step(FunctionCallInfo fcinfo, bool has_zone)
{
	HbCovisit  *c;
	Timestamp	ts;
	int32		max_group = 50;
	text	   *person;
	text	   *place;
	const char *open = "";
	int			len = -1;

	for (int i = 1; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i))
		{
			if (PG_ARGISNULL(0))
				PG_RETURN_NULL();
			PG_RETURN_DATUM(PG_GETARG_DATUM(0));
		}
	if (PG_NARGS() > 5)
		max_group = PG_GETARG_INT32(5);
	if (max_group < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("max_group of covisit_agg must be 2 or more")));
	ts = PG_GETARG_TIMESTAMP(2);
	if (TIMESTAMP_NOT_FINITE(ts))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("the time of a visit cannot be infinite")));
	if (has_zone)
		ts = DatumGetTimestamp(DirectFunctionCall1(timestamptz_timestamp, TimestampTzGetDatum(ts)));
	c = (HbCovisit *) hb_object_writable(&hb_covisit_type, fcinfo);
	set_parameters(c, span_argument(fcinfo, 4), max_group);
	place = PG_GETARG_TEXT_PP(3);
	if (c->place != NO_PLACE)
		open = hb_names_text(c->places, c->place, &len);
	if (len != (int) VARSIZE_ANY_EXHDR(place) || memcmp(open, VARDATA_ANY(place), len) != 0)
		enter_place(c, VARDATA_ANY(place), (int) VARSIZE_ANY_EXHDR(place));
	person = PG_GETARG_TEXT_PP(1);
	add_visit(c, hb_names_number(c->persons, VARDATA_ANY(person), (int) VARSIZE_ANY_EXHDR(person)), ts);
	PG_RETURN_OBJECT(&c->object);
}

PG_FUNCTION_INFO_V1(hb_covisit_step_timestamp);
Datum
hb_covisit_step_timestamp(PG_FUNCTION_ARGS)
{
	return covisit_step(fcinfo, false);
}

PG_FUNCTION_INFO_V1(hb_covisit_step_timestamptz);
Datum
hb_covisit_step_timestamptz(PG_FUNCTION_ARGS)
{
	return covisit_step(fcinfo, true);
}
