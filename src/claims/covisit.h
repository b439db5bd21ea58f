/*-------------------------------------------------------------------------
 * covisit.h
 *	  The state covisit: what is counted of persons who come together.
 *-------------------------------------------------------------------------
 */
#ifndef HB_COVISIT_H
#define HB_COVISIT_H

#include "common/object.h"

/* Two persons together at a place: on how many days, in how many pairs of visits. */
typedef struct HbTogether
{
	uint32		a;
	uint32		b;				/* above a */
	uint32		place;
	int32		days;
	int64		times;
} HbTogether;

/* A person at a place. */
typedef struct HbAttendance
{
	uint32		person;
	uint32		place;
	int32		days;
	int32		visits;
} HbAttendance;

/* When a place had visits. */
typedef struct HbOpening
{
	int32		first_day;
	int32		last_day;
	int64		first_time;		/* of day, the earliest on any day */
	int64		last_time;
} HbOpening;

/* Lists that grow in a memory context. */
typedef struct HbCovisitLists
{
	MemoryContext context;
	HbTogether *together;
	int64		ntogether;
	int64		together_room;
	HbAttendance *attendance;
	int64		nattendances;
	int64		attendance_room;
} HbCovisitLists;

typedef struct HbCovisit HbCovisit;

extern const HbObjectType hb_covisit_type;

/* The state in the order of names: numbers are places in the arrays of texts. */
typedef struct HbCovisitView
{
	HbCovisitLists lists;		/* sorted, a row for each pair and place, and for each person and place */
	HbNames    *persons;
	HbNames    *places;
	uint32	   *person_order;	/* number in persons, by place in order */
	uint32	   *place_order;
	HbOpening  *opening;		/* by place in order */
	int64		span;
} HbCovisitView;

extern void hb_covisit_view(HbCovisit *c, HbCovisitView *view);

#endif							/* HB_COVISIT_H */
