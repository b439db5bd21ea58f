/* link: src/ident/cn_division_core.c src/ident/cn_id_core.c src/common/code_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * ident_cn_division.c
 *	  Codes of divisions: text, order, and containment against strings.
 *-------------------------------------------------------------------------
 */
#include "ident/cn_division.h"

#include "common/tap.h"
#include "ident/cn_id.h"

static uint64 seed = 20260102;

static uint32
below(uint32 n)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (uint32) ((seed * UINT64CONST(2685821657736338717)) >> 33) % n;
}

static const char *
parse(const char *s, uint64 *code, int *pos)
{
	return hb_code_parse(&hb_cn_division_type, s, strlen(s), code, pos);
}

/* A code of few digits, so that codes are often related. */
static void
generate(char *s)
{
	static const int lengths[] = {2, 4, 6, 9, 12};
	int			n = lengths[below(5)];

	s[0] = (char) ('1' + below(9));
	for (int i = 1; i < n; i++)
		s[i] = below(3) ? '0' : (char) ('0' + below(10));
	s[n] = '\0';
}

/* Remove the zero groups at the end. */
static void
shorten(char *s)
{
	static const int groups[] = {12, 9, 6, 4, 2};

	for (int i = 0; i < 4; i++)
	{
		int			from = groups[i + 1];

		if ((int) strlen(s) == groups[i] && strspn(s + from, "0") == strlen(s + from))
			s[from] = '\0';
	}
}

/* Does a lie in b, by strings? */
static bool
slow_within(const char *a, const char *b)
{
	char		x[13],
				y[13];

	strcpy(x, a);
	strcpy(y, b);
	shorten(x);
	shorten(y);
	return strncmp(x, y, strlen(y)) == 0;
}

static void
round_trips(void)
{
	int			bad_text = 0,
				bad_order = 0,
				bad_within = 0,
				bad_bound = 0,
				bad_level = 0;

	for (int i = 0; i < 1000000; i++)
	{
		char		a[13],
					b[13],
					out[13] = "";
		uint64		x = 0,
					y = 0;
		int			pos;
		HbCodeRange r;

		generate(a);
		generate(b);
		if (i % 2)
			strncpy(b, a, 2 + below((uint32) Min(strlen(b), strlen(a)) - 1));
		if (parse(a, &x, &pos) != NULL || parse(b, &y, &pos) != NULL)
		{
			bad_text++;
			continue;
		}
		out[hb_cn_division_type.format(x, out)] = '\0';
		bad_text += strcmp(a, out) != 0 || !hb_cn_division_type.valid(x);
		bad_order += (strcmp(a, b) < 0) != (x < y) || (strcmp(a, b) == 0) != (x == y);
		r = hb_cn_division_subtree(y);
		bad_within += slow_within(a, b) != (x >= r.lo && x < r.next);
		bad_bound += !hb_cn_division_type.valid(r.lo) ||
			(r.next != HB_CODESET_END && !hb_cn_division_type.valid(r.next));
		out[hb_cn_division_type.format(hb_cn_division_short(x), out)] = '\0';
		shorten(a);
		bad_level += strcmp(a, out) != 0;
	}
	ok(bad_text == 0, "1,000,000 generated divisions round-trip");
	ok(bad_order == 0, "their order is that of the text");
	ok(bad_within == 0, "containment agrees with prefixes of strings");
	ok(bad_bound == 0, "bounds of subtrees are divisions");
	ok(bad_level == 0, "levels agree with zero groups");
}

/* Numbers at both ends of a division, against its prefix. */
static void
numbers(void)
{
	int			wrong = 0,
				bad_bound = 0;

	for (uint32 region = 100000; region < 1000000; region += 7)
	{
		char		text[7],
					id[19];
		uint64		d = 0;
		int			pos;
		HbCodeRange r;

		(sprintf) (text, "%06u", region - region % (region % 3 ? 100 : 10000));
		(void) parse(text, &d, &pos);
		shorten(text);
		r = hb_cn_division_id_range(d);
		if (r.lo != r.next)
			bad_bound += !hb_cn_id_type.valid(r.lo) || !hb_cn_id_type.valid(r.next) || r.lo > r.next;
		for (int i = 0; i < 4; i++)
		{
			uint64		code = (uint64) region * UINT64CONST(100000000000) +
				(i & 1 ? UINT64CONST(20991231999) : UINT64CONST(18500101001));

			if (i & 2)
				code = code / UINT64CONST(1000000000000000) * UINT64CONST(1000000000000000) +
					code % UINT64CONST(100000000000);
			if (!hb_cn_id_type.valid(code))
				continue;
			id[hb_cn_id_type.format(code, id)] = '\0';
			wrong += (code >= r.lo && code < r.next) !=
				(id[0] != '9' && strncmp(id, text, strlen(text)) == 0);
		}
	}
	ok(wrong == 0, "numbers lie in a division by their first digits, those of foreigners in none");
	ok(bad_bound == 0, "bounds of ranges of numbers are numbers");
}

static void
rules(void)
{
	static const struct
	{
		const char *text;
		int			pos;
	}			cases[] = {
		{"", 1}, {"4", 2}, {"420", 4}, {"42010", 6}, {"4201061", 8}, {"4201060010101", 13},
		{"04", 1}, {"42010X", 6}, {" 42 01", 4}, {"42-01", 3}, {"420106001010\xe7\x9c\x81", 13}
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		uint64		code;
		int			pos = -1;

		ok(parse(cases[i].text, &code, &pos) != NULL && pos == cases[i].pos,
		   "refused at %d: \"%s\"", cases[i].pos, cases[i].text);
	}
	ok(!hb_cn_division_type.valid(0) && !hb_cn_division_type.valid(~UINT64CONST(0)) &&
	   !hb_cn_division_type.valid(UINT64CONST(420106000000) << 3) &&
	   !hb_cn_division_type.valid(UINT64CONST(420106000000) << 3 | 5) &&
	   hb_cn_division_type.valid(UINT64CONST(420106000000) << 3 | 2), "binary values");
}

int
main(void)
{
	rules();
	round_trips();
	numbers();
	return done();
}
