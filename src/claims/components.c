/*-------------------------------------------------------------------------
 * components.c
 *	  Connected components of a graph that comes as pairs.
 *
 * The state components is a dictionary of nodes and a forest over them, union
 * by size with path halving (Tarjan & van Leeuwen 1984, doi:10.1145/62.2160):
 * its size is that of the nodes, whatever the number of pairs. Written, each
 * node names the first one of its component.
 *-------------------------------------------------------------------------
 */
#include "common/object.h"
#include "common/order.h"

#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

typedef struct Components
{
	HbObject	object;
	HbNames    *nodes;
	uint32	   *parent;			/* a root is its own */
	uint32	   *size;			/* of the component of a root */
	uint32		room;
} Components;

/* A component as it is listed. */
typedef struct Listed
{
	uint32		root;
	uint32		size;
	uint32		first;			/* place of its first node among all texts */
} Listed;

static void
components_init(HbObject *object)
{
	Components *c = (Components *) object;

	c->nodes = hb_names_new(object->hdr.eoh_context);
	c->room = 64;
	c->parent = MemoryContextAlloc(object->hdr.eoh_context, sizeof(uint32) * c->room);
	c->size = MemoryContextAlloc(object->hdr.eoh_context, sizeof(uint32) * c->room);
}

/* The number of a node; a new one is a component by itself. */
static uint32
node_number(Components *c, const char *s, int len)
{
	uint32		known = hb_names_count(c->nodes);
	uint32		node = hb_names_number(c->nodes, s, len);

	if (node < known)
		return node;
	if (node >= c->room)
	{
		c->room *= 2;
		c->parent = repalloc_huge(c->parent, sizeof(uint32) * (Size) c->room);
		c->size = repalloc_huge(c->size, sizeof(uint32) * (Size) c->room);
	}
	c->parent[node] = node;
	c->size[node] = 1;
	return node;
}

static uint32
root_of(Components *c, uint32 node)
{
	while (c->parent[node] != node)
		node = c->parent[node] = c->parent[c->parent[node]];
	return node;
}

static void
join_nodes(Components *c, uint32 a, uint32 b)
{
	a = root_of(c, a);
	b = root_of(c, b);
	if (a == b)
		return;
	if (c->size[a] < c->size[b])
	{
		uint32		swap = a;

		a = b;
		b = swap;
	}
	c->parent[b] = a;
	c->size[a] += c->size[b];
}

static void
components_write(HbObject *object, StringInfo buf)
{
	Components *c = (Components *) object;
	uint32		count = hb_names_count(c->nodes);
	uint32	   *place = hb_write_names(buf, c->nodes);
	uint32	   *first = palloc_extended(sizeof(uint32) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);
	uint32	   *root = palloc_extended(sizeof(uint32) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < count; i++)
		root[place[i]] = root_of(c, i);
	memset(first, 0xFF, sizeof(uint32) * (Size) count);
	for (uint32 i = 0; i < count; i++)
	{
		first[root[i]] = Min(first[root[i]], i);
		pq_sendint32(buf, first[root[i]]);
	}
	pfree(place);
	pfree(first);
	pfree(root);
}

static void
components_read(HbObject *object, HbReader *reader)
{
	Components *c = (Components *) object;
	uint32		count;

	hb_read_names(reader, c->nodes);
	count = hb_names_count(c->nodes);
	c->room = Max(count, c->room);
	c->parent = repalloc_huge(c->parent, sizeof(uint32) * (Size) c->room);
	c->size = repalloc_huge(c->size, sizeof(uint32) * (Size) c->room);
	for (uint32 i = 0; i < count; i++)
	{
		uint32		first = hb_read_uint32(reader);

		hb_read_check(reader, first == i || (first < i && c->parent[first] == first),
					  "each node names the first one of its component");
		c->parent[i] = first;
		c->size[i] = 1;
		if (first != i)
			c->size[first]++;
	}
}

static void
components_merge(HbObject *into, HbObject *from)
{
	Components *c = (Components *) into;
	Components *other = (Components *) from;
	uint32		count = hb_names_count(other->nodes);
	uint32	   *number = palloc_extended(sizeof(uint32) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < count; i++)
	{
		int			len;
		const char *text = hb_names_text(other->nodes, i, &len);

		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		number[i] = node_number(c, text, len);
	}
	for (uint32 i = 0; i < count; i++)
		join_nodes(c, number[i], number[root_of(other, i)]);
	pfree(number);
}

static const HbObjectType components_type = {
	.name = "components", .version = 1, .size = sizeof(Components),
	.init = components_init, .write = components_write, .read = components_read, .merge = components_merge
};

HB_OBJECT_FUNCTIONS(components, components_type)

PG_FUNCTION_INFO_V1(hb_components_step);
PG_FUNCTION_INFO_V1(hb_components_rows);

static uint32
node_argument(Components *c, FunctionCallInfo fcinfo, int i)
{
	text	   *t = PG_GETARG_TEXT_PP(i);

	return node_number(c, VARDATA_ANY(t), (int) VARSIZE_ANY_EXHDR(t));
}

/* Take in a pair; a node beside NULL is there, joined to nothing. */
Datum
hb_components_step(PG_FUNCTION_ARGS)
{
	Components *c = (Components *) hb_object_writable(&components_type, fcinfo);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		uint32		a = node_argument(c, fcinfo, 1);

		join_nodes(c, a, node_argument(c, fcinfo, 2));
	}
	else if (!PG_ARGISNULL(1) || !PG_ARGISNULL(2))
		node_argument(c, fcinfo, PG_ARGISNULL(1) ? 2 : 1);
	PG_RETURN_OBJECT(&c->object);
}

static int
compare_listed(const void *a, const void *b)
{
	const Listed *x = a;
	const Listed *y = b;

	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

/* Number the components from 1, the largest first; number[root] is set. */
static void
number_components(Components *c, const uint32 *order, uint32 *number)
{
	uint32		count = hb_names_count(c->nodes);
	Listed	   *listed = palloc_extended(sizeof(Listed) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);
	uint32		n = 0;

	memset(number, 0, sizeof(uint32) * (Size) count);
	for (uint32 i = 0; i < count; i++)
	{
		uint32		root = root_of(c, order[i]);

		if (number[root]++ == 0)
			listed[n++] = (Listed) {root, c->size[root], i};
	}
	hb_qsort(listed, n, sizeof(Listed), compare_listed);
	for (uint32 i = 0; i < n; i++)
		number[listed[i].root] = i + 1;
	pfree(listed);
}

/* Return a row a node: component, node, size of the component. */
Datum
hb_components_rows(PG_FUNCTION_ARGS)
{
	Components *c = (Components *) hb_object_arg(&components_type, fcinfo, 0);
	uint32		count = hb_names_count(c->nodes);
	uint32	   *order = hb_names_order(c->nodes);
	uint32	   *number = palloc_extended(sizeof(uint32) * (Size) Max(count, 1), MCXT_ALLOC_HUGE);
	ReturnSetInfo *result;

	InitMaterializedSRF(fcinfo, 0);
	result = (ReturnSetInfo *) fcinfo->resultinfo;
	number_components(c, order, number);
	for (uint32 i = 0; i < count; i++)
	{
		uint32		root = root_of(c, order[i]);
		int			len;
		const char *node = hb_names_text(c->nodes, order[i], &len);
		Datum		values[3] = {
			Int32GetDatum((int32) number[root]), PointerGetDatum(cstring_to_text_with_len(node, len)),
			Int32GetDatum((int32) c->size[root])
		};
		bool		nulls[3] = {false};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[1]));
	}
	return (Datum) 0;
}
