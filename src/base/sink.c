/*-------------------------------------------------------------------------
 * sink.c
 *	  Rows on their way into tables, through core's COPY.
 *-------------------------------------------------------------------------
 */
#include "base/sink.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/copy.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_relation.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/varlena.h"

static const char signature[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";

#define SIGNATURE_SIZE	19

void
hb_sink_init(HbSink *sink)
{
	sink->ncolumns = 1;
	for (const char *c = sink->columns; *c; c++)
		sink->ncolumns += *c == ',';
	sink->rows = 0;
	sink->nwritten = sink->ncolumns;
	initStringInfo(&sink->buf);
	appendBinaryStringInfo(&sink->buf, signature, SIGNATURE_SIZE);
}

/* What COPY reads from; its callback has no argument of its own. */
static StringInfo source;

static int
read_source(void *out, int minread, int maxread)
{
	int			n = Min(maxread, source->len - source->cursor);

	memcpy(out, source->data + source->cursor, n);
	source->cursor += n;
	return n;
}

/* The rights that the statement COPY would ask for. */
static void
check_rights(Relation relation)
{
	AclResult	result = pg_class_aclcheck(RelationGetRelid(relation), GetUserId(), ACL_INSERT);

	if (result != ACLCHECK_OK)
		aclcheck_error(result, get_relkind_objtype(relation->rd_rel->relkind),
					   RelationGetRelationName(relation));
	if (check_enable_rls(RelationGetRelid(relation), InvalidOid, false) == RLS_ENABLED)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the synthetic province cannot be stored through row-level security"),
				 errdetail("Table \"%s\" has row-level security for the current role.",
						   RelationGetRelationName(relation))));
}

static Relation
open_table(const HbSink *sink, const char *prefix)
{
	const char *dot = strchr(sink->table, '.');
	char	   *schema = psprintf("%s_%.*s", prefix, (int) (dot - sink->table), sink->table);

	return table_openrv(makeRangeVar(schema, pstrdup(dot + 1), -1), RowExclusiveLock);
}

void
hb_sink_flush(HbSink *sink, const char *prefix)
{
	Relation	relation;
	ParseState *pstate;
	CopyFromState copy;
	List	   *columns;
	List	   *names = NIL;
	ListCell   *lc;

	Assert(sink->nwritten == sink->ncolumns);
	if (sink->buf.len == SIGNATURE_SIZE)
		return;
	hb_put_int16(sink, -1);
	relation = open_table(sink, prefix);
	check_rights(relation);
	SplitIdentifierString(pstrdup(sink->columns), ',', &columns);
	foreach(lc, columns)
		names = lappend(names, makeString(lfirst(lc)));
	pstate = make_parsestate(NULL);
	(void) addRangeTableEntryForRelation(pstate, relation, RowExclusiveLock, NULL, false, false);
	source = &sink->buf;
	source->cursor = 0;
	copy = BeginCopyFrom(pstate, relation, NULL, NULL, false, read_source, names,
						 list_make1(makeDefElem("format", (Node *) makeString("binary"), -1)));
	(void) CopyFrom(copy);
	EndCopyFrom(copy);
	free_parsestate(pstate);
	table_close(relation, NoLock);
	resetStringInfo(&sink->buf);
	appendBinaryStringInfo(&sink->buf, signature, SIGNATURE_SIZE);
}

/* ----- binary formats of core's types ----- */

/* A letter and digits, as identifiers of insurance are. */
void
hb_text_int(HbSink *sink, char letter, int64 value)
{
	char		digits[24];

	digits[0] = letter;
	hb_text_len(sink, digits, 1 + pg_lltoa(value, digits + 1));
}

void
hb_json(HbSink *sink, const char *json)
{
	hb_field(sink, 1 + (int) strlen(json));
	appendStringInfoCharMacro(&sink->buf, 1);
	appendStringInfoString(&sink->buf, json);
}

void
hb_numeric(HbSink *sink, int64 units, int scale)
{
	static const int power[] = {1, 10, 100, 1000, 10000};
	uint64		magnitude = units < 0 ? -(uint64) units : (uint64) units;
	uint64		whole = magnitude / power[scale];
	int16		digits[6];
	int			n = 0;
	int			first = 6;

	/* Digits of base 10,000 from the right: the fraction, then the whole. */
	digits[--first] = (int16) (magnitude % power[scale] * (10000 / power[scale]));
	for (; whole > 0; whole /= 10000)
		digits[--first] = (int16) (whole % 10000);
	n = 6 - first;
	if (digits[5] == 0)
		n--;
	hb_field(sink, 8 + 2 * n);
	hb_put_int16(sink, (int16) n);
	hb_put_int16(sink, (int16) (n == 0 ? 0 : 4 - first));
	hb_put_int16(sink, (int16) (units < 0 ? 0x4000 : 0));
	hb_put_int16(sink, (int16) scale);
	for (int i = 0; i < n; i++)
		hb_put_int16(sink, digits[first + i]);
}

#define RANGE_FROM		0x02	/* the lower bound is included */
#define RANGE_NO_END	0x10

void
hb_int4range(HbSink *sink, int32 from, int32 to)
{
	bool		open = to == PG_INT32_MAX;

	hb_field(sink, open ? 9 : 17);
	appendStringInfoCharMacro(&sink->buf, open ? RANGE_FROM | RANGE_NO_END : RANGE_FROM);
	hb_put_int32(sink, 4);
	hb_put_int32(sink, from);
	if (open)
		return;
	hb_put_int32(sink, 4);
	hb_put_int32(sink, to);
}

void
hb_tstzrange(HbSink *sink, int64 from, int64 to)
{
	bool		open = to == PG_INT64_MAX;

	hb_field(sink, open ? 13 : 25);
	appendStringInfoCharMacro(&sink->buf, open ? RANGE_FROM | RANGE_NO_END : RANGE_FROM);
	hb_put_int32(sink, 8);
	hb_put_int64(sink, from);
	if (open)
		return;
	hb_put_int32(sink, 8);
	hb_put_int64(sink, to);
}

void
hb_bigs(HbSink *sink, Oid element, const int64 *values, int n)
{
	hb_field(sink, (n == 0 ? 12 : 20) + 12 * n);
	hb_put_int32(sink, n == 0 ? 0 : 1);
	hb_put_int32(sink, 0);
	hb_put_int32(sink, (int32) element);
	if (n == 0)
		return;
	hb_put_int32(sink, n);
	hb_put_int32(sink, 1);
	for (int i = 0; i < n; i++)
	{
		hb_put_int32(sink, 8);
		hb_put_int64(sink, values[i]);
	}
}

/* text[] */
void
hb_texts(HbSink *sink, const char *const *values, int n)
{
	int32		length = n == 0 ? 12 : 20;

	for (int i = 0; i < n; i++)
		length += 4 + (int32) strlen(values[i]);
	hb_field(sink, length);
	hb_put_int32(sink, n == 0 ? 0 : 1);
	hb_put_int32(sink, 0);
	hb_put_int32(sink, TEXTOID);
	if (n == 0)
		return;
	hb_put_int32(sink, n);
	hb_put_int32(sink, 1);
	for (int i = 0; i < n; i++)
	{
		hb_put_int32(sink, (int32) strlen(values[i]));
		appendBinaryStringInfo(&sink->buf, values[i], (int) strlen(values[i]));
	}
}
