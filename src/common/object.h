/*-------------------------------------------------------------------------
 * object.h
 *	  Aggregate states that hold names and tables, as SQL types.
 *
 * In memory such a state is an expanded object with a context of its own.
 * As a value it is the bytes that its binary form has, so that one writer and
 * one reader serve storage, text (the bytes as hexadecimal digits) and the
 * wire. What is written does not depend on the order in which rows came:
 * equal contents are equal bytes. States of numbers alone use common/state.h.
 *-------------------------------------------------------------------------
 */
#ifndef HB_OBJECT_H
#define HB_OBJECT_H

#include "common/compat.h"
#include "common/names.h"
#include "lib/stringinfo.h"
#include "utils/expandeddatum.h"

typedef struct HbObjectType HbObjectType;

/* The beginning of an object in memory. */
typedef struct HbObject
{
	ExpandedObjectHeader hdr;
	const HbObjectType *type;
	StringInfoData flat;		/* written by get_flat_size for flatten_into */
} HbObject;

/* Bytes from outside; every reader below raises where they are not what they should be. */
typedef struct HbReader
{
	const HbObjectType *type;
	const char *next;
	const char *end;
	int			sqlstate;
} HbReader;

struct HbObjectType
{
	const char *name;			/* SQL name */
	uint8		version;		/* of the bytes, from 1 */
	Size		size;			/* of the struct that begins with HbObject */
	/* Make it empty; what it holds goes into the context hdr.eoh_context. */
	void		(*init) (HbObject *object);
	/* Write all of it in an order that its contents alone decide. */
	void		(*write) (HbObject *object, StringInfo buf);
	/* Fill an empty object. */
	void		(*read) (HbObject *object, HbReader *reader);
	void		(*merge) (HbObject *into, HbObject *from);
};

/* What a step writes to: argument 0, or a new object. */
extern HbObject *hb_object_writable(const HbObjectType *type, FunctionCallInfo fcinfo);
/* The object of argument i, to be read. */
extern HbObject *hb_object_arg(const HbObjectType *type, FunctionCallInfo fcinfo, int i);

#define PG_RETURN_OBJECT(object) PG_RETURN_DATUM(EOHPGetRWDatum(&(object)->hdr))

extern uint32 hb_read_uint32(HbReader *reader);
extern int64 hb_read_int64(HbReader *reader);
/* How many items of at least so many bytes follow. */
extern uint32 hb_read_count(HbReader *reader, Size item_size);
/* Raise unless a rule, a clause, holds. */
extern void hb_read_check(HbReader *reader, bool holds, const char *rule);
/* A dictionary, written in the order of its texts and read into an empty one. */
extern void hb_read_names(HbReader *reader, HbNames *names);
/* Returns the place of each number among the texts that were written. */
extern uint32 *hb_write_names(StringInfo buf, const HbNames *names);

extern Datum hb_object_in(const HbObjectType *type, FunctionCallInfo fcinfo);
extern Datum hb_object_out(const HbObjectType *type, FunctionCallInfo fcinfo);
extern Datum hb_object_recv(const HbObjectType *type, FunctionCallInfo fcinfo);
extern Datum hb_object_send(const HbObjectType *type, FunctionCallInfo fcinfo);
extern Datum hb_object_combine(const HbObjectType *type, FunctionCallInfo fcinfo);

#define HB_OBJECT_FUNCTION(symbol, generic, type) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) { return generic(&(type), fcinfo); }

/* Define the functions that state_type.sql.in declares; no semicolon follows. */
#define HB_OBJECT_FUNCTIONS(prefix, type) \
	HB_OBJECT_FUNCTION(hb_##prefix##_in, hb_object_in, type) \
	HB_OBJECT_FUNCTION(hb_##prefix##_out, hb_object_out, type) \
	HB_OBJECT_FUNCTION(hb_##prefix##_recv, hb_object_recv, type) \
	HB_OBJECT_FUNCTION(hb_##prefix##_send, hb_object_send, type) \
	HB_OBJECT_FUNCTION(hb_##prefix##_combine, hb_object_combine, type)

#endif							/* HB_OBJECT_H */
