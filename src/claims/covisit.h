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

typedef struct HbVisited
{
	int64		visits;
	int64		close;			/* pairs of visits within the span, large groups apart */
} HbVisited;

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
	HbVisited  *visited;		/* by place in order */
} HbCovisitView;

extern void hb_covisit_view(HbCovisit *c, HbCovisitView *view);

#endif							/* HB_COVISIT_H */
