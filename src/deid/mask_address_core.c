/*-------------------------------------------------------------------------
 * mask_address_core.c
 *	  What the mask of an address shows: the divisions at its head.
 *
 * A division is known by its name in GB/T 2260, now or at any time since
 * 1980, not by characters such as those for "city" or "district", which
 * stand in names of streets and estates as well. Towns are not listed; they
 * are known by their endings, behind a county alone.
 *-------------------------------------------------------------------------
 */
#include "deid/mask.h"

#include "ident/gb2260.h"

#define MAX_NAMES	8192
#define SLOT_BITS	14
#define SLOTS		(1 << SLOT_BITS)
#define HAN			3			/* bytes of a character of a name */
#define MAX_TOWN	10			/* characters of the longest name of a town */

typedef struct Named
{
	uint64		head;			/* its first two characters */
	const char *name;
	uint32		code;
	uint8		len;
	uint8		level;
} Named;

/* Names of divisions by their heads; of each head, where they begin. */
static Named by_head[MAX_NAMES];
static int	names;
static uint16 slots[SLOTS];		/* index + 1; 0 is free */

/* Cities that a province governs directly, ..90.., stand beside prefectures. */
static inline HbAddressLevel
level_of(uint32 code)
{
	if (code % 10000 == 0)
		return HB_ADDRESS_PROVINCE;
	return code % 100 == 0 || code / 100 % 100 == 90 ? HB_ADDRESS_CITY : HB_ADDRESS_COUNTY;
}

static int
compare_names(const void *a, const void *b)
{
	const Named *one = a;
	const Named *other = b;

	if (one->head != other->head)
		return one->head < other->head ? -1 : 1;
	return one->code != other->code ? (one->code < other->code ? -1 : 1) : strcmp(one->name, other->name);
}

static inline uint32
slot_of(uint64 head)
{
	return (uint32) (head * UINT64CONST(0x9E3779B97F4A7C15) >> (64 - SLOT_BITS));
}

/* Make the index; a list too long for it would leave the last names unknown. */
static void
index_names(void)
{
	HbDivisionName name;
	HbCnDivision d;
	int			n = 0;

	for (int i = 0; n < MAX_NAMES && hb_gb2260_entry(i, &d, &name); i++)
	{
		Named	   *named = &by_head[n];

		if (strlen(name.name) < HB_TWO_HAN)
			continue;
		named->head = hb_two_han(name.name);
		named->name = name.name;
		named->code = (uint32) (hb_cn_division_full(d) / 1000000);
		named->len = (uint8) strlen(name.name);
		named->level = level_of(named->code);
		n++;
	}
	qsort(by_head, (size_t) n, sizeof(by_head[0]), compare_names);
	for (int i = 0; i < n; i++)
	{
		uint32		slot = slot_of(by_head[i].head);

		if (i > 0 && by_head[i].head == by_head[i - 1].head)
			continue;
		while (slots[slot] != 0)
			slot = (slot + 1) % SLOTS;
		slots[slot] = (uint16) (i + 1);
	}
	names = n;
}

/* The first name with a head, or the number of names. */
static int
first_name(uint64 head)
{
	for (uint32 slot = slot_of(head); slots[slot] != 0; slot = (slot + 1) % SLOTS)
		if (by_head[slots[slot] - 1].head == head)
			return slots[slot] - 1;
	return names;
}

static bool
is_within(uint32 code, uint32 parent)
{
	if (parent == 0)
		return true;
	return parent % 10000 == 0 ? code / 10000 == parent / 10000 : code / 100 == parent / 100;
}

/*
 * How much of a name stands at the head of s: all, or for provinces and
 * prefectures what comes before their kind, as people write it; 0 if not.
 */
static int
match_name(const Named *row, const char *s, const char *end)
{
	static const char *const kinds[] = {
		"市", "省", "地区", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区"
	};
	int			len = row->len;
	int			left = (int) (end - s);

	if (len <= left && memcmp(row->name, s, (size_t) len) == 0)
		return len;
	if (row->code % 100 != 0)
		return 0;
	if (left >= 3 * HAN && memcmp(s + HB_TWO_HAN, "州", HAN) == 0 && len > 3 * HAN &&
		strcmp(row->name + len - 3 * HAN, "自治州") == 0)
		return 3 * HAN;
	for (int i = (int) lengthof(kinds) - 1; i >= 0; i--)
	{
		int			kind = (int) strlen(kinds[i]);
		int			stem = len - kind;

		if (stem >= HB_TWO_HAN && strcmp(row->name + stem, kinds[i]) == 0)
			return stem <= left && memcmp(row->name, s, (size_t) stem) == 0 ? stem : 0;
	}
	return 0;
}

/* The longest name of a level at the head of s, below a division; 0 if none. */
static int
longest_name(const char *s, const char *end, HbAddressLevel level, uint32 parent, uint32 *code)
{
	int			longest = 0;
	uint64		head;

	if (end - s < HB_TWO_HAN)
		return 0;
	head = hb_two_han(s);
	for (int i = first_name(head); i < names && by_head[i].head == head; i++)
	{
		const Named *row = &by_head[i];
		int			len;

		if (row->level != level || !is_within(row->code, parent))
			continue;
		len = match_name(row, s, end);
		if (len > longest)
		{
			longest = len;
			*code = row->code;
		}
	}
	return longest;
}

/* The name of a town at the head of s by its ending; 0 if there is none. */
static int
town_name(const HbMasked *m, int from)
{
	for (int i = from; i < m->n && i < from + MAX_TOWN; i++)
	{
		uint32		c = m->g[i].c;
		uint32		next = m->g[i + 1 < m->n ? i + 1 : i].c;

		/* Not a Han character, or one of a road: 号 路 道 巷 弄 村 栋 室 */
		if (c < 0x3400 || c > 0x9FFF || c == 0x53F7 || c == 0x8DEF || c == 0x5DF7 || c == 0x5F04 ||
			c == 0x6751 || c == 0x680B || c == 0x5BA4)
			return 0;
		if (i == from)
			continue;
		if (c == 0x8857 && next == 0x9053)	/* 街道 */
			return i + 2 - from;
		if (c == 0x9547 || c == 0x4E61 || (c == 0x82CF && next == 0x6728))	/* 镇 乡 苏木 */
			return i + (c == 0x82CF ? 2 : 1) - from;
		if (c == 0x8857 || c == 0x9053)
			return 0;
	}
	return 0;
}

static bool
is_municipality(uint32 code)
{
	uint32		province = code / 10000;

	return province == 11 || province == 12 || province == 31 || province == 50;
}

void
hb_mask_address(HbMasked *m, HbAddressLevel level)
{
	const char *s = m->s;
	const char *end = m->s + m->g[m->n].start;
	uint32		parent = 0;
	bool		county = false;
	int			shown = 0;

	if (names == 0)
		index_names();
	for (HbAddressLevel l = HB_ADDRESS_PROVINCE; l <= Min(level, HB_ADDRESS_COUNTY); l++)
	{
		int			len = longest_name(s, end, l, parent, &parent);

		/* A municipality may be named twice, as province and as city. */
		if (len == 0 && l == HB_ADDRESS_CITY && is_municipality(parent))
			len = longest_name(s, end, HB_ADDRESS_PROVINCE, parent, &parent);
		s += len;
		county = county || parent % 100 != 0;
	}
	while (shown < m->n && m->s + m->g[shown].start < s)
		shown++;
	/* A break inside a grapheme shows less, not half of it. */
	if (m->s + m->g[shown].start > s)
		shown--;
	if (level == HB_ADDRESS_STREET && county)
		shown += town_name(m, shown);
	for (int i = 0; i < shown; i++)
		m->shown[i] = true;
}
