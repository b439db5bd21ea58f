/*-------------------------------------------------------------------------
 * names.c
 *	  A dictionary: texts to numbers 0, 1, 2, ... in the order of their coming.
 *
 * Open addressing over the hashes; the texts stand one after the other in one
 * buffer. Everything doubles when it is full.
 *-------------------------------------------------------------------------
 */
#include "common/names.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#define EMPTY			PG_UINT32_MAX
#define FIRST_SLOTS		64
#define FIRST_BYTES		1024

typedef struct Entry
{
	uint64		start;			/* in bytes */
	uint32		len;
	uint32		hash;
} Entry;

struct HbNames
{
	MemoryContext context;
	uint32	   *slot;			/* numbers, or EMPTY */
	uint32		slots;			/* a power of two */
	Entry	   *entry;			/* half as many as slots */
	uint32		count;
	char	   *bytes;
	Size		used;
	Size		room;
};

/* Spread the numbers over a new table of slots. */
static void
make_slots(HbNames *names, uint32 slots)
{
	names->slots = slots;
	names->slot = MemoryContextAllocHuge(names->context, sizeof(uint32) * (Size) slots);
	memset(names->slot, 0xFF, sizeof(uint32) * (Size) slots);
	for (uint32 i = 0; i < names->count; i++)
	{
		uint32		place = names->entry[i].hash & (slots - 1);

		while (names->slot[place] != EMPTY)
			place = (place + 1) & (slots - 1);
		names->slot[place] = i;
	}
}

HbNames *
hb_names_new(MemoryContext context)
{
	HbNames    *names = MemoryContextAllocZero(context, sizeof(HbNames));

	names->context = context;
	names->room = FIRST_BYTES;
	names->bytes = MemoryContextAlloc(context, names->room);
	names->entry = MemoryContextAlloc(context, sizeof(Entry) * (FIRST_SLOTS / 2));
	make_slots(names, FIRST_SLOTS);
	return names;
}

static void
grow(HbNames *names)
{
	if (names->slots >= (uint32) 1 << 31)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different names")));
	CHECK_FOR_INTERRUPTS();
	names->entry = repalloc_huge(names->entry, sizeof(Entry) * (Size) names->slots);
	pfree(names->slot);
	make_slots(names, names->slots * 2);
}

static uint32
add(HbNames *names, const char *s, int len, uint32 hash)
{
	Entry	   *entry = &names->entry[names->count];

	if (names->used + len > names->room)
	{
		names->room = Max(names->room * 2, names->used + len);
		names->bytes = repalloc_huge(names->bytes, names->room);
	}
	memcpy(names->bytes + names->used, s, len);
	*entry = (Entry) {names->used, len, hash};
	names->used += len;
	return names->count++;
}

uint32
hb_names_number(HbNames *names, const char *s, int len)
{
	uint32		hash = hash_bytes((const unsigned char *) s, len);
	uint32		place;

	if (unlikely(names->count >= names->slots / 2))
		grow(names);
	for (place = hash & (names->slots - 1); names->slot[place] != EMPTY; place = (place + 1) & (names->slots - 1))
	{
		const Entry *entry = &names->entry[names->slot[place]];

		if (entry->hash == hash && entry->len == (uint32) len &&
			memcmp(names->bytes + entry->start, s, len) == 0)
			return names->slot[place];
	}
	names->slot[place] = names->count;
	return add(names, s, len, hash);
}

uint32
hb_names_count(const HbNames *names)
{
	return names->count;
}

const char *
hb_names_text(const HbNames *names, uint32 number, int *len)
{
	*len = (int) names->entry[number].len;
	return names->bytes + names->entry[number].start;
}

static int
compare_texts(const void *a, const void *b, void *arg)
{
	const HbNames *names = arg;
	const Entry *x = &names->entry[*(const uint32 *) a];
	const Entry *y = &names->entry[*(const uint32 *) b];
	int			order = memcmp(names->bytes + x->start, names->bytes + y->start, Min(x->len, y->len));

	/* The sort itself does not look. */
	CHECK_FOR_INTERRUPTS();
	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

uint32 *
hb_names_order(const HbNames *names)
{
	uint32	   *order = palloc_extended(sizeof(uint32) * (Size) Max(names->count, 1), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < names->count; i++)
		order[i] = i;
	qsort_arg(order, names->count, sizeof(uint32), compare_texts, (void *) names);
	return order;
}
