/*-------------------------------------------------------------------------
 * state.c
 *	  Aggregate states as SQL types: memory, input, output, combining.
 *
 * Text form: version, colon, numbers of the head separated by commas; where
 * the state grows, a bar and elements separated by semicolons, the numbers of
 * each separated by commas: 1:3,4.5|1,0;2,1;7,0. Doubles are printed with the
 * shortest decimal that reads back as the same double.
 *-------------------------------------------------------------------------
 */
#include "common/state.h"

#include <math.h>

#include "common/order.h"
#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#define FIRST_ROOM	8

/* One number after the other of a layout such as "l3d", in memory. */
typedef struct Layout
{
	const char *next;			/* in the string */
	int			repeat;			/* of kind, still to come */
	char		kind;
	Size		offset;			/* of the number after this one */
} Layout;

static inline Layout
layout_of(const char *kinds, Size offset)
{
	Layout		layout = {kinds, 0, 0, offset};

	return layout;
}

static inline Size
kind_size(char kind)
{
	return kind == 'i' ? sizeof(int32) : sizeof(int64);
}

/* Step to the next number; false after the last. */
static bool
layout_next(Layout *layout, Size *offset)
{
	Size		size;

	if (layout->repeat == 0)
	{
		if (*layout->next == '\0')
			return false;
		layout->kind = *layout->next++;
		Assert(strchr("ild", layout->kind) != NULL);
		while (*layout->next >= '0' && *layout->next <= '9')
			layout->repeat = layout->repeat * 10 + (*layout->next++ - '0');
		layout->repeat = Max(layout->repeat, 1);
	}
	layout->repeat--;
	size = kind_size(layout->kind);
	*offset = (layout->offset + size - 1) / size * size;
	layout->offset = *offset + size;
	return true;
}

/* Bytes of the numbers of a layout in binary form. */
static Size
wire_size(const char *kinds)
{
	Layout		layout = layout_of(kinds, 0);
	Size		offset;
	Size		size = 0;

	while (layout_next(&layout, &offset))
		size += kind_size(layout.kind);
	return size;
}

/* ----- memory ----- */

static int64
max_elements(const HbStateType *type)
{
	int64		fit = (int64) ((MaxAllocSize - type->head_size) / type->element_size);

	return type->max_elements > 0 ? Min(type->max_elements, fit) : fit;
}

static void
refuse_size(const HbStateType *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("a value of type %s holds at most " INT64_FORMAT " elements",
					type->name, max_elements(type)),
			 errhint("Aggregate smaller groups.")));
}

static Size
state_size(const HbStateType *type, int64 room)
{
	if (type->element == NULL)
		return type->head_size;
	if (room > max_elements(type))
		refuse_size(type);
	return type->head_size + type->element_size * (Size) room;
}

HbState *
hb_state_new(const HbStateType *type, int64 room)
{
	Size		size = state_size(type, room);
	HbState    *state = palloc0(size);

	SET_VARSIZE(state, size);
	state->version = type->version;
	return state;
}

HbState *
hb_state_copy(const HbStateType *type, const HbState *state, int64 room)
{
	Size		used = state_size(type, state->n);
	Size		size = state_size(type, state->n + room);
	HbState    *copy = palloc(size);

	memcpy(copy, state, used);
	memset((char *) copy + used, 0, size - used);
	SET_VARSIZE(copy, size);
	return copy;
}

HbState *
hb_state_grow(const HbStateType *type, HbState *state, int64 more)
{
	int64		most = max_elements(type);
	int64		room;

	if (more <= hb_state_room(type, state) - state->n)
		return state;
	if (more > most - state->n)
		refuse_size(type);
	room = Max(FIRST_ROOM, Max(state->n + more, 2 * state->n));
	return hb_state_copy(type, state, Min(room, most) - state->n);
}

HbState *
hb_state_append(const HbStateType *type, HbState *state, const void *elements, int64 n)
{
	state = hb_state_grow(type, state, n);
	memcpy((char *) state + type->head_size + type->element_size * (Size) state->n,
		   elements, type->element_size * (Size) n);
	state->n += n;
	return state;
}

HbState *
hb_state_arg(const HbStateType *type, FunctionCallInfo fcinfo, int i)
{
	HbState    *state = (HbState *) PG_GETARG_VARLENA_P(i);

	if (unlikely(state->version != type->version))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("version %d of type %s is not supported", state->version, type->name)));
	return state;
}

HbState *
hb_state_writable(const HbStateType *type, FunctionCallInfo fcinfo)
{
	HbState    *state;

	if (PG_ARGISNULL(0))
		return hb_state_new(type, type->element ? FIRST_ROOM : 0);
	if (likely(AggCheckCallContext(fcinfo, NULL)))
		return (HbState *) PG_GETARG_POINTER(0);
	state = hb_state_arg(type, fcinfo, 0);
	return hb_state_copy(type, state, 0);
}

/* The union of two states, NULL being the state of nothing. */
Datum
hb_state_combine(const HbStateType *type, FunctionCallInfo fcinfo)
{
	HbState    *from;
	HbState    *into;

	if (PG_ARGISNULL(1))
		HB_STATE_RETURN_SAME();
	from = hb_state_arg(type, fcinfo, 1);
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(hb_state_copy(type, from, 0));
	into = hb_state_writable(type, fcinfo);
	PG_RETURN_POINTER(type->merge ? type->merge(into, from) :
					  hb_state_append(type, into, hb_state_elements(type, from), from->n));
}

/* ----- output ----- */

/* The state as it is printed: sorted, without spare room. */
static HbState *
state_to_print(const HbStateType *type, FunctionCallInfo fcinfo)
{
	HbState    *state = hb_state_arg(type, fcinfo, 0);

	if (type->compare == NULL && type->normalise == NULL)
		return state;
	state = hb_state_copy(type, state, 0);
	if (type->normalise)
		type->normalise(state);
	if (type->compare)
		hb_qsort(hb_state_elements(type, state), (size_t) state->n, type->element_size,
				 type->compare);
	return state;
}

static void
print_numbers(StringInfo buf, const char *kinds, const char *base, Size start)
{
	Layout		layout = layout_of(kinds, start);
	Size		offset;
	bool		first = true;

	while (layout_next(&layout, &offset))
	{
		char	   *end;

		enlargeStringInfo(buf, DOUBLE_SHORTEST_DECIMAL_LEN + 1);
		if (!first)
			appendStringInfoCharMacro(buf, ',');
		first = false;
		end = buf->data + buf->len;
		if (layout.kind == 'd')
			buf->len += double_to_shortest_decimal_buf(*(const double *) (base + offset), end);
		else if (layout.kind == 'i')
			buf->len += pg_ltoa(*(const int32 *) (base + offset), end);
		else
			buf->len += pg_lltoa(*(const int64 *) (base + offset), end);
		buf->data[buf->len] = '\0';
	}
}

Datum
hb_state_out(const HbStateType *type, FunctionCallInfo fcinfo)
{
	HbState    *state = state_to_print(type, fcinfo);
	const char *elements = hb_state_elements(type, state);
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "%d:", state->version);
	print_numbers(&buf, type->head, (const char *) state, sizeof(HbState));
	if (type->element)
		appendStringInfoChar(&buf, '|');
	for (int64 i = 0; i < state->n; i++)
	{
		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoChar(&buf, ';');
		print_numbers(&buf, type->element, elements + type->element_size * i, 0);
	}
	PG_RETURN_CSTRING(buf.data);
}

static void
send_numbers(StringInfo buf, const char *kinds, const char *base, Size start)
{
	Layout		layout = layout_of(kinds, start);
	Size		offset;

	while (layout_next(&layout, &offset))
	{
		if (layout.kind == 'd')
			pq_sendfloat8(buf, *(const double *) (base + offset));
		else if (layout.kind == 'i')
			pq_sendint32(buf, *(const int32 *) (base + offset));
		else
			pq_sendint64(buf, *(const int64 *) (base + offset));
	}
}

Datum
hb_state_send(const HbStateType *type, FunctionCallInfo fcinfo)
{
	HbState    *state = state_to_print(type, fcinfo);
	const char *elements = hb_state_elements(type, state);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, state->version);
	send_numbers(&buf, type->head, (const char *) state, sizeof(HbState));
	for (int64 i = 0; i < state->n; i++)
	{
		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		send_numbers(&buf, type->element, elements + type->element_size * i, 0);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ----- input ----- */

/* Read numbers that stand at *s; false if they do not. */
static bool
parse_numbers(const char **s, const char *kinds, char *base, Size start)
{
	Layout		layout = layout_of(kinds, start);
	Size		offset;
	bool		first = true;

	while (layout_next(&layout, &offset))
	{
		char	   *end;

		if (!first && *(*s)++ != ',')
			return false;
		first = false;
		if (**s == ' ' || **s == '+' || **s == '\0')
			return false;
		errno = 0;
		if (layout.kind == 'd')
		{
			double		value = strtod(*s, &end);

			/* A denormal number is ERANGE as well, and is one we print. */
			if (errno == ERANGE && isinf(value))
				return false;
			*(double *) (base + offset) = value;
		}
		else
		{
			long long	value = strtoll(*s, &end, 10);

			if (errno != 0 || (layout.kind == 'i' && value != (int32) value))
				return false;
			if (layout.kind == 'i')
				*(int32 *) (base + offset) = (int32) value;
			else
				*(int64 *) (base + offset) = (int64) value;
		}
		if (end == *s)
			return false;
		*s = end;
	}
	return true;
}

static int64
count_elements(const char *s)
{
	const char *bar = strchr(s, '|');
	int64		n = 1;

	if (bar == NULL || bar[1] == '\0')
		return 0;
	for (s = bar; *s; s++)
		n += *s == ';';
	return n;
}

/* Read a whole state; NULL if the text is not one. */
static HbState *
parse_state(const HbStateType *type, const char *s)
{
	int64		n = type->element ? count_elements(s) : 0;
	HbState    *state = hb_state_new(type, n);
	char	   *element = hb_state_elements(type, state);

	if (!parse_numbers(&s, type->head, (char *) state, sizeof(HbState)))
		return NULL;
	if (type->element && *s++ != '|')
		return NULL;
	for (; state->n < n; state->n++)
	{
		if ((state->n & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (state->n > 0 && *s++ != ';')
			return NULL;
		if (!parse_numbers(&s, type->element, element + type->element_size * state->n, 0))
			return NULL;
	}
	return *s == '\0' ? state : NULL;
}

Datum
hb_state_in(const HbStateType *type, FunctionCallInfo fcinfo)
{
	const char *s = PG_GETARG_CSTRING(0);
	char		version[16];
	int			len = snprintf(version, sizeof version, "%d:", type->version);
	const char *rule = "the text is not a version and numbers as this type prints them";
	HbState    *state = NULL;

	if (strncmp(s, version, len) == 0)
		state = parse_state(type, s + len);
	if (state)
		rule = type->check(state);
	if (rule)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", type->name),
				 errdetail("The rule that is broken: %s.", rule)));
	PG_RETURN_POINTER(state);
}

static void
receive_numbers(StringInfo buf, const char *kinds, char *base, Size start)
{
	Layout		layout = layout_of(kinds, start);
	Size		offset;

	while (layout_next(&layout, &offset))
	{
		if (layout.kind == 'd')
			*(double *) (base + offset) = pq_getmsgfloat8(buf);
		else if (layout.kind == 'i')
			*(int32 *) (base + offset) = (int32) pq_getmsgint(buf, 4);
		else
			*(int64 *) (base + offset) = pq_getmsgint64(buf);
	}
}

/* How many elements the message still holds; the length must come out even. */
static int64
elements_left(const HbStateType *type, StringInfo buf)
{
	int64		left = (int64) buf->len - buf->cursor - (int64) wire_size(type->head);
	int64		size = type->element ? (int64) wire_size(type->element) : 0;

	if (left < 0 || (size == 0 ? left != 0 : left % size != 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid length of a binary value of type %s", type->name)));
	return size == 0 ? 0 : left / size;
}

Datum
hb_state_recv(const HbStateType *type, FunctionCallInfo fcinfo)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int64		n;
	HbState    *state;
	char	   *element;
	const char *rule;

	if (version != type->version)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("version %d of type %s is not supported", version, type->name)));
	n = elements_left(type, buf);
	state = hb_state_new(type, n);
	element = hb_state_elements(type, state);
	receive_numbers(buf, type->head, (char *) state, sizeof(HbState));
	for (; state->n < n; state->n++)
	{
		if ((state->n & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		receive_numbers(buf, type->element, element + type->element_size * state->n, 0);
	}
	rule = type->check(state);
	if (rule)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value of type %s", type->name),
				 errdetail("The rule that is broken: %s.", rule)));
	PG_RETURN_POINTER(state);
}
