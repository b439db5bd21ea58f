/*-------------------------------------------------------------------------
 * object.c
 *	  Aggregate states that hold names and tables: memory, input, output,
 *	  combining.
 *-------------------------------------------------------------------------
 */
#include "common/object.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/* ----- memory ----- */

static Size object_flat_size(ExpandedObjectHeader *header);
static void object_flatten(ExpandedObjectHeader *header, void *result, Size size);

static const ExpandedObjectMethods object_methods = {object_flat_size, object_flatten};

static HbObject *
object_new(const HbObjectType *type, MemoryContext parent)
{
	MemoryContext context = AllocSetContextCreate(parent, "hbhealth state", ALLOCSET_DEFAULT_SIZES);
	HbObject   *object = MemoryContextAllocZero(context, type->size);

	EOH_init_header(&object->hdr, &object_methods, context);
	object->type = type;
	type->init(object);
	return object;
}

/* The bytes of an object; a StringInfo refuses what is longer than a value can be. */
static void
object_write(HbObject *object, StringInfo buf)
{
	pq_sendint8(buf, object->type->version);
	object->type->write(object, buf);
}

static Size
object_flat_size(ExpandedObjectHeader *header)
{
	HbObject   *object = (HbObject *) header;
	MemoryContext caller = MemoryContextSwitchTo(header->eoh_context);

	if (object->flat.data)
		pfree(object->flat.data);
	initStringInfo(&object->flat);
	object_write(object, &object->flat);
	MemoryContextSwitchTo(caller);
	return VARHDRSZ + object->flat.len;
}

static void
object_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	HbObject   *object = (HbObject *) header;

	Assert(size == (Size) (VARHDRSZ + object->flat.len));
	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), object->flat.data, object->flat.len);
	pfree(object->flat.data);
	object->flat.data = NULL;
}

static HbObject *
object_read(const HbObjectType *type, const char *bytes, Size len, int sqlstate, MemoryContext parent)
{
	HbObject   *object = object_new(type, parent);
	HbReader	reader = {type, bytes, bytes + len, sqlstate};

	hb_read_check(&reader, len > 0 && (uint8) *reader.next++ == type->version, "its version is one that is known");
	type->read(object, &reader);
	hb_read_check(&reader, reader.next == reader.end, "nothing follows after its end");
	return object;
}

/* The object behind a datum: the one it points to, or a new one made of its bytes. */
static HbObject *
object_of(const HbObjectType *type, Datum datum, MemoryContext parent)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(datum);

	if (VARATT_IS_EXTERNAL_EXPANDED(value))
	{
		HbObject   *object = (HbObject *) DatumGetEOHP(datum);

		if (object->hdr.eoh_methods == &object_methods && object->type == type)
			return object;
	}
	value = PG_DETOAST_DATUM_PACKED(datum);
	return object_read(type, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), ERRCODE_DATA_CORRUPTED, parent);
}

HbObject *
hb_object_writable(const HbObjectType *type, FunctionCallInfo fcinfo)
{
	MemoryContext context = CurrentMemoryContext;
	struct varlena *value;

	(void) AggCheckCallContext(fcinfo, &context);
	if (PG_ARGISNULL(0))
		return object_new(type, context);
	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))))
		return object_of(type, PG_GETARG_DATUM(0), context);
	/* Another owner's object is not to be written to: take its bytes. */
	value = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	return object_read(type, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), ERRCODE_DATA_CORRUPTED, context);
}

HbObject *
hb_object_arg(const HbObjectType *type, FunctionCallInfo fcinfo, int i)
{
	return object_of(type, PG_GETARG_DATUM(i), CurrentMemoryContext);
}

/* The union of two states, NULL being the state of nothing. */
Datum
hb_object_combine(const HbObjectType *type, FunctionCallInfo fcinfo)
{
	HbObject   *into;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	into = hb_object_writable(type, fcinfo);
	type->merge(into, hb_object_arg(type, fcinfo, 1));
	PG_RETURN_OBJECT(into);
}

/* ----- reading ----- */

void
hb_read_check(HbReader *reader, bool holds, const char *rule)
{
	if (unlikely(!holds))
		ereport(ERROR,
				(errcode(reader->sqlstate),
				 errmsg("invalid value of type %s", reader->type->name),
				 errdetail("The rule that is broken: %s.", rule)));
}

static const char *
read_bytes(HbReader *reader, Size len)
{
	const char *bytes = reader->next;

	hb_read_check(reader, len <= (Size) (reader->end - reader->next), "it is as long as its counts say");
	reader->next += len;
	return bytes;
}

uint32
hb_read_uint32(HbReader *reader)
{
	uint32		value;

	memcpy(&value, read_bytes(reader, sizeof value), sizeof value);
	return pg_ntoh32(value);
}

int64
hb_read_int64(HbReader *reader)
{
	uint64		value;

	memcpy(&value, read_bytes(reader, sizeof value), sizeof value);
	return (int64) pg_ntoh64(value);
}

uint32
hb_read_count(HbReader *reader, Size item_size)
{
	uint32		count = hb_read_uint32(reader);

	hb_read_check(reader, count <= (Size) (reader->end - reader->next) / item_size, "it is as long as its counts say");
	return count;
}

void
hb_read_names(HbReader *reader, HbNames *names)
{
	uint32		count = hb_read_count(reader, sizeof(uint32));
	const char *before = "";
	int			before_len = -1;

	for (uint32 i = 0; i < count; i++)
	{
		uint32		len = hb_read_uint32(reader);
		const char *text = read_bytes(reader, len);
		int			order = memcmp(before, text, Min(Max(before_len, 0), (int) len));

		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		hb_read_check(reader, order < 0 || (order == 0 && before_len < (int) len), "names are in order and differ");
		hb_read_check(reader, pg_verify_mbstr(GetDatabaseEncoding(), text, (int) len, true), "names are texts");
		hb_names_number(names, text, (int) len);
		before = text;
		before_len = (int) len;
	}
}

uint32 *
hb_write_names(StringInfo buf, const HbNames *names)
{
	uint32		count = hb_names_count(names);
	uint32	   *order = hb_names_order(names);
	uint32	   *place = palloc_extended(sizeof(uint32) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);

	pq_sendint32(buf, count);
	for (uint32 i = 0; i < count; i++)
	{
		int			len;
		const char *text = hb_names_text(names, order[i], &len);

		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		place[order[i]] = i;
		pq_sendint32(buf, len);
		appendBinaryStringInfo(buf, text, len);
	}
	pfree(order);
	return place;
}

/* ----- SQL ----- */

/* A value of bytes from outside, once they have been read as one. */
static Datum
checked_value(const HbObjectType *type, const char *bytes, Size len, int sqlstate)
{
	struct varlena *value = palloc(VARHDRSZ + len);

	DeleteExpandedObject(EOHPGetRWDatum(&object_read(type, bytes, len, sqlstate, CurrentMemoryContext)->hdr));
	SET_VARSIZE(value, VARHDRSZ + len);
	memcpy(VARDATA(value), bytes, len);
	return PointerGetDatum(value);
}

Datum
hb_object_in(const HbObjectType *type, FunctionCallInfo fcinfo)
{
	const char *s = PG_GETARG_CSTRING(0);
	Size		len = strlen(s);
	char	   *bytes = palloc(len / 2 + 1);

	/* An odd digit at the end, or another character, is an error of core (22023). */
	len = hex_decode(s, len, bytes);
	return checked_value(type, bytes, len, ERRCODE_INVALID_TEXT_REPRESENTATION);
}

Datum
hb_object_out(const HbObjectType *type, FunctionCallInfo fcinfo)
{
	StringInfoData buf;
	char	   *s;

	initStringInfo(&buf);
	object_write(hb_object_arg(type, fcinfo, 0), &buf);
	s = palloc_extended((Size) buf.len * 2 + 1, MCXT_ALLOC_HUGE);
	s[hex_encode(buf.data, buf.len, s)] = '\0';
	PG_RETURN_CSTRING(s);
}

Datum
hb_object_recv(const HbObjectType *type, FunctionCallInfo fcinfo)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len = buf->len - buf->cursor;

	return checked_value(type, pq_getmsgbytes(buf, len), len, ERRCODE_INVALID_BINARY_REPRESENTATION);
}

Datum
hb_object_send(const HbObjectType *type, FunctionCallInfo fcinfo)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	object_write(hb_object_arg(type, fcinfo, 0), &buf);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
