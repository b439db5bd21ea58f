/*-------------------------------------------------------------------------
 * state.h
 *	  Aggregate states as SQL types: one framing for all of them.
 *
 * A state is a varlena: a version, a head of numbers, and where it grows a
 * buffer of equal elements. A type says by two strings what its numbers are,
 * and gives what merges two states; text and binary I/O, the checks of bytes
 * from outside, growth and the combine function come from here.
 *
 * Steps work in place. A state that must grow is made anew with twice the
 * room in the context of the call: the executor copies what an aggregate's
 * function returns, and frees the old one.
 *-------------------------------------------------------------------------
 */
#ifndef HB_STATE_H
#define HB_STATE_H

#include "common/compat.h"

/* The head, of which this is the beginning, then elements. */
typedef struct HbState
{
	int32		vl_len_;
	uint8		version;
	uint8		unused[3];
	int64		n;				/* elements in use; the rest is spare room */
} HbState;

typedef struct HbStateType
{
	const char *name;			/* SQL name */
	uint8		version;		/* of the layout, from 1 */

	/*
	 * Kinds of the numbers after HbState, and of those of an element, as in
	 * the C struct: i int32, l int64, d double, each with a count if several
	 * follow each other: "l3d". The sizes are those of the structs.
	 */
	const char *head;
	Size		head_size;		/* with HbState */
	const char *element;		/* NULL: the state does not grow */
	Size		element_size;
	int64		max_elements;	/* 0: what a value of 1 GB holds */

	/* The state "into", writable, with all of "from"; returns it, or a larger one. NULL: the elements of both. */
	HbState    *(*merge) (HbState *into, const HbState *from);
	/* Which rule do numbers from outside break, a clause? NULL if none. Required. */
	const char *(*check) (const HbState *state);
	/* Order in which elements are printed, if that in memory has no meaning. */
	int			(*compare) (const void *a, const void *b);
	/* Or: bring a copy of the state into the form that is printed. */
	void		(*normalise) (HbState *state);
} HbStateType;

/* A new state of zeros with room for elements. */
extern HbState *hb_state_new(const HbStateType *type, int64 room);
/* A copy with room for elements more. */
extern HbState *hb_state_copy(const HbStateType *type, const HbState *state, int64 room);
/* Make room for more elements; returns the state or a larger copy of it. */
extern HbState *hb_state_grow(const HbStateType *type, HbState *state, int64 more);
/* Append elements; returns the state or a larger copy of it. */
extern HbState *hb_state_append(const HbStateType *type, HbState *state,
								const void *elements, int64 n);
/* The state of argument i, not to be written to. */
extern HbState *hb_state_arg(const HbStateType *type, FunctionCallInfo fcinfo, int i);
/* What a step writes to: argument 0 in place, a copy outside aggregates, or a new state. */
extern HbState *hb_state_writable(const HbStateType *type, FunctionCallInfo fcinfo);

/* The elements of a state. */
static inline void *
hb_state_elements(const HbStateType *type, const HbState *state)
{
	return (char *) state + type->head_size;
}

/* How many elements have room. */
static inline int64
hb_state_room(const HbStateType *type, const HbState *state)
{
	return (int64) ((VARSIZE(state) - type->head_size) / type->element_size);
}

/* The place of one element more, of a state that is read through the pointer. */
static inline void *
hb_state_push(const HbStateType *type, HbState **state)
{
	if (unlikely((*state)->n >= hb_state_room(type, *state)))
		*state = hb_state_grow(type, *state, 1);
	return (char *) *state + type->head_size + type->element_size * (*state)->n++;
}

/* Return from a step that passes over its row. */
#define HB_STATE_RETURN_SAME() \
	do { \
		if (PG_ARGISNULL(0)) \
			PG_RETURN_NULL(); \
		PG_RETURN_DATUM(PG_GETARG_DATUM(0)); \
	} while (0)

extern Datum hb_state_in(const HbStateType *type, FunctionCallInfo fcinfo);
extern Datum hb_state_out(const HbStateType *type, FunctionCallInfo fcinfo);
extern Datum hb_state_recv(const HbStateType *type, FunctionCallInfo fcinfo);
extern Datum hb_state_send(const HbStateType *type, FunctionCallInfo fcinfo);
extern Datum hb_state_combine(const HbStateType *type, FunctionCallInfo fcinfo);

#define HB_STATE_FUNCTION(symbol, generic, type) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) { return generic(&(type), fcinfo); }

/* Define the functions that state_type.sql.in declares; no semicolon follows. */
#define HB_STATE_FUNCTIONS(prefix, type) \
	HB_STATE_FUNCTION(hb_##prefix##_in, hb_state_in, type) \
	HB_STATE_FUNCTION(hb_##prefix##_out, hb_state_out, type) \
	HB_STATE_FUNCTION(hb_##prefix##_recv, hb_state_recv, type) \
	HB_STATE_FUNCTION(hb_##prefix##_send, hb_state_send, type) \
	HB_STATE_FUNCTION(hb_##prefix##_combine, hb_state_combine, type)

#endif							/* HB_STATE_H */
