/* link: src/icd/icd9cm3_core.c src/common/code_core.c src/common/codeset_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * icd9cm3_test.c
 *	  Procedure codes against patterns of text: what is a code, its order,
 *	  its hierarchy, the nearest codes, and the text of sets.
 *-------------------------------------------------------------------------
 */
#include "icd/icd9cm3.h"

#include "common/tap.h"

#define LONGEST		16
#define ITEMS		12

static uint64 seed = 20260203;

static uint64
next_random(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * UINT64CONST(2685821657736338717);
}

static uint32
below(uint32 n)
{
	return (uint32) (next_random() >> 33) % n;
}

/* ----- the oracle: patterns of text ----- */

/* d a digit, n a digit but 0, L a digit or letter without I and O, others themselves */
static const char *const patterns[] = {
	"dd", "dd.d", "dd.dd", "dd.dddd", "dd.dxdd", "dd.ddddxddd", "dd.dxddxddd",
	"17.9dn", "17.9ddLd", "dd.ddxddd", "dd.dddxdddd"
};

static bool
matches(const char *pattern, const char *s)
{
	static const char letters[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

	for (; *pattern != '\0' && *s != '\0'; pattern++, s++)
	{
		bool		good;

		if (*pattern == 'd' || *pattern == 'n')
			good = *s >= (*pattern == 'd' ? '0' : '1') && *s <= '9';
		else if (*pattern == 'L')
			good = strchr(letters, *s) != NULL;
		else
			good = *s == *pattern;
		if (!good)
			return false;
	}
	return *pattern == *s;
}

/* Is a text a code? In 17.9 the third of four places is 0. */
static bool
is_code(const char *s)
{
	for (size_t i = 0; i < lengthof(patterns); i++)
		if (matches(patterns[i], s))
			return !(strncmp(s, "17.9", 4) == 0 && strncmp(patterns[i], "dd.dddd", 7) == 0) || s[5] == '0';
	return false;
}

/* Make a text of a pattern; the same digit again and again makes relatives. */
static void
generate(char *s, const char *pattern)
{
	for (; *pattern != '\0'; pattern++, s++)
	{
		if (*pattern == 'd' || *pattern == 'n')
			*s = below(2) ? '1' : (char) ('0' + below(10));
		else if (*pattern == 'L')
			*s = (char) (below(2) ? '0' + below(10) : 'A' + below(26));
		else
			*s = *pattern;
	}
	*s = '\0';
}

static void
generate_code(char *s)
{
	do
	{
		generate(s, patterns[below(lengthof(patterns))]);
		if (below(3) == 0)
			memcpy(s, below(2) ? "17" : "36", 2);
	} while (!is_code(s));
}

/* The longest proper prefix that is a code; empty for a category. */
static void
slow_parent(const char *s, char *parent)
{
	memmove(parent, s, strlen(s) + 1);
	for (size_t len = strlen(parent); len > 0; len--)
	{
		parent[len - 1] = '\0';
		if (is_code(parent))
			return;
	}
}

/* ----- codes ----- */

static const char *
parse(const char *s, uint64 *code, int *pos)
{
	return hb_code_parse(&hb_icd9cm3_type, s, strlen(s), code, pos);
}

static char *
format(uint64 code, char *s)
{
	s[hb_icd9cm3_type.format(code, s)] = '\0';
	return s;
}

static bool
in_subtree(uint64 code, uint64 base)
{
	HbCodeRange r = hb_codeset_subtree(&hb_icd9cm3set_type, base);

	return code >= r.lo && code < r.next;
}

/* Does the parent of a code agree with the prefixes of its text? */
static bool
right_parent(uint64 code, const char *s)
{
	char		parent[LONGEST],
				out[LONGEST] = "";
	uint64		up;

	slow_parent(s, parent);
	if (hb_icd9cm3_parent_of(code, &up))
		format(up, out);
	return strcmp(out, parent) == 0;
}

static void
round_trips(void)
{
	int			bad_text = 0,
				bad_order = 0,
				bad_within = 0,
				bad_parent = 0,
				bad_base = 0;

	for (int i = 0; i < 1000000; i++)
	{
		char		a[LONGEST],
					b[LONGEST],
					out[LONGEST];
		uint64		x = 0,
					y = 0;
		int			pos;
		bool		prefix;

		generate_code(a);
		generate_code(b);
		if (i % 2)
			slow_parent(a, b);
		if (i % 4 == 1)
			slow_parent(b, b);
		if (b[0] == '\0')
			strcpy(b, a);
		if (parse(a, &x, &pos) != NULL || parse(b, &y, &pos) != NULL)
		{
			bad_text++;
			continue;
		}
		bad_text += strcmp(format(x, out), a) != 0 || !hb_icd9cm3_type.valid(x) ||
			strlen(a) > ICD9CM3_MAXLEN;
		bad_order += (strcmp(a, b) < 0) != (x < y) || (strcmp(a, b) == 0) != (x == y);
		prefix = strncmp(a, b, strlen(b)) == 0;
		bad_within += prefix != hb_icd9cm3_below(x, y) || prefix != in_subtree(x, y);
		bad_parent += !right_parent(x, a);
		format(hb_icd9cm3_base_of(x), out);
		bad_base += strncmp(a, out, strlen(out)) != 0 || strlen(out) > 5 || !is_code(out) ||
			(strlen(out) < 5 && strlen(a) > strlen(out) && a[4] != 'x');
	}
	ok(bad_text == 0, "1,000,000 generated codes round-trip");
	ok(bad_order == 0, "their order is that of the text");
	ok(bad_within == 0, "a code lies below those that its text begins with");
	ok(bad_parent == 0, "its parent is the longest of them");
	ok(bad_base == 0, "its class has up to two places, without x");
}

/* Texts that are nearly codes: read back as they are, or no code. */
static void
near_misses(void)
{
	static const char characters[] = "0123456789..xxxAIZ";
	int			accepted = 0,
				wrong = 0;

	for (int i = 0; i < 1000000; i++)
	{
		char		s[LONGEST + 1],
					out[LONGEST];
		uint64		code;
		int			pos = 0;
		bool		same;

		generate_code(s);
		for (int n = (int) below(3); n >= 0; n--)
		{
			size_t		len = strlen(s);
			size_t		at = below((uint32) len);

			if (below(3) == 0)
				memmove(s + at, s + at + 1, len - at);
			else
				s[at] = characters[below(sizeof(characters) - 1)];
			if (s[0] == '\0')
				strcpy(s, "x");
		}
		same = parse(s, &code, &pos) == NULL && strcmp(format(code, out), s) == 0;
		wrong += same != is_code(s) || (!same && (pos < 0 || pos > (int) strlen(s) + 1));
		accepted += same;
	}
	ok(wrong == 0, "1,000,000 texts near to codes: those of a pattern are read, and no others");
	ok(accepted > 100000 && accepted < 900000, "%d of them are codes", accepted);
}

/* ----- the nearest codes, by a list of all codes of two classes ----- */

static uint64 *all;
static size_t count,
			room;

static void
collect(char *s, char *end, const char *pattern)
{
	uint64		code;
	int			pos;

	if (*pattern == '\0')
	{
		*end = '\0';
		if (!is_code(s))
			return;
		if (count == room)
			all = realloc(all, sizeof(*all) * (room = 2 * room + 1024));
		all[count++] = parse(s, &code, &pos) == NULL ? code : 0;
		return;
	}
	if (*pattern == 'x' || *pattern == '.')
	{
		*end = *pattern;
		collect(s, end + 1, pattern + 1);
		return;
	}
	for (char c = '0'; c <= (*pattern == 'L' ? 'Z' : '9'); c = c == '9' ? 'A' : c + 1)
	{
		*end = c;
		collect(s, end + 1, pattern + 1);
	}
}

static int
compare(const void *a, const void *b)
{
	uint64		x = *(const uint64 *) a;
	uint64		y = *(const uint64 *) b;

	return x < y ? -1 : x > y;
}

static size_t
first_at_or_above(uint64 x)
{
	size_t		lo = 0,
				n = count;

	while (n > 0)
	{
		size_t		half = n / 2;

		if (all[lo + half] < x)
		{
			lo += half + 1;
			n -= half + 1;
		}
		else
			n = half;
	}
	return lo;
}

/* List the codes of a class of three characters and what is behind. */
static void
nearest(const char *class)
{
	char		s[LONGEST];
	int			bad_order = 0,
				bad_valid = 0,
				bad_nearest = 0;

	count = 0;
	strcpy(s, class);
	for (size_t i = 0; i < lengthof(patterns); i++)
		if (strlen(patterns[i]) >= 4)
			collect(s, s + 4, patterns[i] + 4);
	qsort(all, count, sizeof(*all), compare);
	for (size_t i = 0, n = count; i < n; i++)
		if (i == 0 || all[i] != all[i - 1])
			all[i == 0 ? (count = 0, count++) : count++] = all[i];
	for (size_t i = 1; i < count; i++)
	{
		char		a[LONGEST],
					b[LONGEST];

		bad_order += strcmp(format(all[i - 1], a), format(all[i], b)) >= 0;
	}
	for (int i = 0; i < 500000; i++)
	{
		uint64		x = all[below((uint32) count - 1)] + below(3) - (below(4) == 0);
		size_t		at;

		if (i % 4 == 0)
			x = all[0] + next_random() % (all[count - 1] - all[0]);
		else if (i % 4 == 1)
			x |= HB_CODESET_END >> (30 + below(33));
		if (x < all[0] || x > all[count - 1])
			continue;
		at = first_at_or_above(x);
		bad_valid += hb_icd9cm3_type.valid(x) != (all[at] == x);
		bad_nearest += hb_icd9cm3set_type.ceil(x) != all[at] ||
			hb_icd9cm3set_type.floor(x) != (all[at] == x ? x : all[at - 1]);
	}
	ok(bad_order == 0, "%d codes of %s: order", (int) count, class);
	ok(bad_valid == 0, "no other number is a code");
	ok(bad_nearest == 0, "the nearest codes above and below any number");
}

static void
ends(void)
{
	uint64		last = 0;
	int			pos;

	(void) parse("99.9x99x999", &last, &pos);
	ok(hb_icd9cm3set_type.ceil(0) == 0 && hb_icd9cm3_type.valid(0), "00 is the first code");
	ok(hb_icd9cm3set_type.ceil(last) == last && hb_icd9cm3set_type.ceil(last + 1) == HB_CODESET_END, "99.9x99x999 is the last");
	ok(hb_icd9cm3set_type.floor(last + 1) == last && hb_icd9cm3set_type.floor(HB_CODESET_END) == last, "and nothing is behind it");
	ok(!hb_icd9cm3_type.valid(~UINT64CONST(0)) && hb_icd9cm3set_type.ceil(~UINT64CONST(0)) == HB_CODESET_END, "numbers past all bits");
}

/* ----- sets ----- */

static uint32
random_set(HbCodeRange *r)
{
	uint32		n = 1 + below(ITEMS);

	for (uint32 i = 0; i < n; i++)
	{
		char		s[LONGEST];
		uint64		code = 0;
		int			pos;

		generate_code(s);
		(void) parse(s, &code, &pos);
		r[i] = hb_codeset_subtree(&hb_icd9cm3set_type, code);
		if (below(3) == 0)
			r[i].next = hb_icd9cm3set_type.ceil(code + 1);
		else if (below(3) == 0)
			r[i].next = hb_icd9cm3set_type.ceil(r[i].next + below(1000));
	}
	return hb_ranges_normalize(r, n);
}

static uint32
write_set(const HbCodeRange *r, uint32 n, char *s)
{
	int			len = 0;

	for (uint32 i = 0; i < n; i++)
	{
		if (i > 0)
		{
			s[len++] = ',';
			s[len++] = ' ';
		}
		len += hb_codeset_format_range(&hb_icd9cm3set_type, r[i], s + len);
	}
	return (uint32) len;
}

static void
sets(void)
{
	int			invalid = 0,
				bad_text = 0,
				bad_member = 0;

	for (int i = 0; i < 200000; i++)
	{
		HbCodeRange a[ITEMS],
					b[ITEMS],
					c[2 * ITEMS],
					d[2 * ITEMS + 1],
					work[4 * ITEMS + 2];
		char		text[2 * ITEMS * (2 * ICD9CM3_MAXLEN + 4)];
		HbCodeSetError error;
		uint32		na = random_set(a);
		uint32		nb = random_set(b);
		uint32		nc;
		uint32		len;
		char		s[LONGEST];
		uint64		x = 0;
		int			pos;
		bool		in_a,
					in_b;

		nc = i % 3 == 0 ? hb_ranges_union(a, na, b, nb, c) :
			i % 3 == 1 ? hb_ranges_intersect(a, na, b, nb, c) : hb_ranges_minus(a, na, b, nb, c);
		invalid += !hb_codeset_valid(&hb_icd9cm3set_type, c, nc);
		len = write_set(c, nc, text);
		bad_text += hb_codeset_parse(&hb_icd9cm3set_type, text, (int) len, d, work, &error) != (int) nc ||
			memcmp(c, d, sizeof(*c) * nc) != 0;
		generate_code(s);
		(void) parse(s, &x, &pos);
		in_a = hb_ranges_contain(a, na, x);
		in_b = hb_ranges_contain(b, nb, x);
		bad_member += hb_ranges_contain(c, nc, x) !=
			(i % 3 == 0 ? in_a || in_b : i % 3 == 1 ? in_a && in_b : in_a && !in_b);
	}
	ok(invalid == 0, "results of union, intersection and difference are valid sets");
	ok(bad_text == 0, "their text reads back to the same ranges");
	ok(bad_member == 0, "and they hold what the operation says");
}

/* ----- what people type ----- */

static void
lenient(void)
{
	static const char *const cases[][2] = {
		{"3606", "36.06"}, {"360601", "36.0601"}, {"0066", "00.66"}, {"01", "01"},
		{"016x00", "01.6x00"}, {"360700X004", "36.0700x004"}, {"01.6X00", "01.6x00"},
		{"03.1X00X001", "03.1x00x001"}, {"1791100", "17.91100"}, {"17.912a0", "17.912A0"},
		{"17.912X0", "17.912X0"}, {"86700x0013", "86.700x0013"}, {"6669X001", "66.69x001"},
		{" 36.06\t", "36.06"}, {"\xef\xbc\x93\xef\xbc\x96\xef\xbc\x8e\xef\xbc\x90", "36.0"}
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		char		out[LONGEST] = "";
		uint64		code;
		int			pos;

		if (parse(cases[i][0], &code, &pos) == NULL)
			format(code, out);
		ok(strcmp(out, cases[i][1]) == 0, "read as %s", cases[i][1]);
	}
}

static void
rules(void)
{
	static const struct
	{
		const char *text;
		int			pos;
		const char *word;		/* in the rule */
	}			cases[] = {
		{"", 1, "empty"}, {"3", 2, "two digits"}, {"I10", 1, "icd10"}, {"x6.06", 1, "two digits"},
		{"1.6x00", 2, "leading zero"}, {"0.66", 2, "leading zero"}, {"366", 3, "without a dot"},
		{"36060", 3, "without a dot"}, {"3606011", 3, "without a dot"}, {"17911", 3, "without a dot"},
		{"36.060", 7, "one, two or four"}, {"36.06011", 9, "one, two or four"}, {"36.060112", 9, "one, two or four"},
		{"36.", 4, "subdivision"}, {"36.-", 4, "dash"}, {"36.0-36.3", 5, "dash"}, {"36-", 3, "dash"},
		{"36.x", 4, "placeholder"}, {"36.0x", 5, "placeholder"}, {"36.0x0", 5, "placeholder"},
		{"03.1x001", 5, "placeholder"}, {"16x00", 3, "placeholder"}, {"36.0601x", 8, "extension"},
		{"36.0601x01", 8, "extension"}, {"36.0601x0001", 8, "extension"}, {"36.0601xA01", 9, "extension"},
		{"36.06x0001", 6, "extension"}, {"86.700x013", 7, "extension"}, {"17.91100x001", 9, "extension"},
		{"17.912x0", 7, "extension"}, {"17.9121", 8, "traditional"}, {"17.912A", 8, "traditional"},
		{"17.9121x001", 12, "traditional"}, {"17.912I0", 9, "letter"}, {"17.912O0", 9, "letter"},
		{"36.0A01", 5, "letter"}, {"36.06A1", 6, "letter"}, {"36.06 36.07", 6, "more than one"},
		{"36.06,36.07", 6, "more than one"}, {"36.06+37.06", 6, "more than one"}, {"36.06|bypass", 6, "follow"},
		{"36.06*", 6, "follow"}, {"36.06.01", 6, "follow"}, {"36 06", 3, "more than one"},
		{"36.0601\xe6\x94\xaf", 8, "follow"}
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		uint64		code;
		int			pos = -1;
		const char *rule = parse(cases[i].text, &code, &pos);

		ok(rule != NULL && strstr(rule, cases[i].word) != NULL && pos == cases[i].pos,
		   "refused at %d (%s): %s at %d", cases[i].pos, cases[i].text, rule == NULL ? "no" : rule, pos);
	}
}

static void
shapes(void)
{
	static const struct
	{
		const char *text;
		Icd9cm3Form form;
		int			level;
	}			cases[] = {
		{"36", ICD9CM3_CATEGORY, 2}, {"36.0", ICD9CM3_3, 3}, {"36.06", ICD9CM3_4, 4},
		{"17.911", ICD9CM3_TCM_CLASS, 5}, {"36.0601", ICD9CM3_CN6, 6}, {"01.6x00", ICD9CM3_CN6, 6},
		{"36.0700x004", ICD9CM3_CNX, 7}, {"01.6x00x001", ICD9CM3_CNX, 7}, {"17.9200x001", ICD9CM3_CNX, 7},
		{"17.91100", ICD9CM3_TCM, 7}, {"17.912A0", ICD9CM3_TCM, 7}, {"66.69x001", ICD9CM3_IRREGULAR, 7},
		{"86.700x0013", ICD9CM3_IRREGULAR, 7}
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		uint64		code = 0;
		int			pos;

		ok(parse(cases[i].text, &code, &pos) == NULL && hb_icd9cm3_form_of(code) == cases[i].form &&
		   hb_icd9cm3_level_of(code) == cases[i].level, "form and level of %s", cases[i].text);
	}
}

int
main(void)
{
	lenient();
	rules();
	shapes();
	round_trips();
	near_misses();
	nearest("17.9");
	nearest("36.0");
	ends();
	sets();
	free(all);
	return done();
}
