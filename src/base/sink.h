/*-------------------------------------------------------------------------
 * sink.h
 *	  Rows on their way into tables: written in the binary format of COPY,
 *	  and stored by core's COPY, with all that a table may have: constraints,
 *	  triggers, partitions, defaults of other columns.
 *-------------------------------------------------------------------------
 */
#ifndef HB_SINK_H
#define HB_SINK_H

#include "common/compat.h"

#include "lib/stringinfo.h"
#include "port/pg_bswap.h"

#define HB_USECS_A_DAY	INT64CONST(86400000000)

typedef struct HbSink
{
	const char *table;			/* part.table of the reference schema */
	const char *columns;		/* names, with commas */
	int			ncolumns;
	int			nwritten;		/* of the row that is being written */
	int64		rows;			/* stored and waiting */
	StringInfoData buf;
} HbSink;

extern void hb_sink_init(HbSink *sink);
/* Store what waits. */
extern void hb_sink_flush(HbSink *sink, const char *prefix);

static inline void
hb_put_int16(HbSink *sink, int16 value)
{
	uint16		n = pg_hton16((uint16) value);

	appendBinaryStringInfo(&sink->buf, (char *) &n, sizeof n);
}

static inline void
hb_put_int32(HbSink *sink, int32 value)
{
	uint32		n = pg_hton32((uint32) value);

	appendBinaryStringInfo(&sink->buf, (char *) &n, sizeof n);
}

static inline void
hb_put_int64(HbSink *sink, int64 value)
{
	uint64		n = pg_hton64((uint64) value);

	appendBinaryStringInfo(&sink->buf, (char *) &n, sizeof n);
}

/* A row begins; the one before must be whole. */
static inline void
hb_row(HbSink *sink)
{
	Assert(sink->rows == 0 || sink->nwritten == sink->ncolumns);
	hb_put_int16(sink, (int16) sink->ncolumns);
	sink->nwritten = 0;
	sink->rows++;
}

static inline void
hb_field(HbSink *sink, int32 length)
{
	sink->nwritten++;
	hb_put_int32(sink, length);
}

static inline void
hb_null(HbSink *sink)
{
	hb_field(sink, -1);
}

static inline void
hb_bool(HbSink *sink, bool value)
{
	hb_field(sink, 1);
	appendStringInfoCharMacro(&sink->buf, (char) value);
}

static inline void
hb_short(HbSink *sink, int value)
{
	hb_field(sink, 2);
	hb_put_int16(sink, (int16) value);
}

/* integer and date */
static inline void
hb_int(HbSink *sink, int32 value)
{
	hb_field(sink, 4);
	hb_put_int32(sink, value);
}

/* bigint, timestamp, and the codes of this extension */
static inline void
hb_big(HbSink *sink, int64 value)
{
	hb_field(sink, 8);
	hb_put_int64(sink, value);
}

static inline void
hb_float(HbSink *sink, double value)
{
	int64		bits;

	memcpy(&bits, &value, sizeof bits);
	hb_big(sink, bits);
}

static inline void
hb_text_len(HbSink *sink, const char *s, int length)
{
	hb_field(sink, length);
	appendBinaryStringInfo(&sink->buf, s, length);
}

static inline void
hb_text(HbSink *sink, const char *s)
{
	hb_text_len(sink, s, (int) strlen(s));
}

extern void hb_text_int(HbSink *sink, char letter, int64 value);
extern void hb_json(HbSink *sink, const char *json);
/* units / 10^scale, scale 0 to 4 */
extern void hb_numeric(HbSink *sink, int64 units, int scale);
/* [from, to); without end if to is the largest number; the format of daterange, too */
extern void hb_int4range(HbSink *sink, int32 from, int32 to);
extern void hb_tstzrange(HbSink *sink, int64 from, int64 to);
extern void hb_texts(HbSink *sink, const char *const *values, int n);
extern void hb_bigs(HbSink *sink, Oid element, const int64 *values, int n);

#endif							/* HB_SINK_H */
