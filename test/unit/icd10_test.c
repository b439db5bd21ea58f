/* link: src/icd/icd10_core.c src/icd/icd10_tables.c src/common/code_core.c src/common/codeset_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * icd10_test.c
 *	  icd10 against definitions on text.
 *
 * The oracle knows the grammar of canonical texts and the layout of the bits
 * from its own code. It writes down every unmarked code of two categories,
 * one with a digit and one with a letter in place 3, which is the whole code
 * space, since all categories of a kind are alike.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "common/icd10_oracle.h"
#include "common/tap.h"

#define NEXT_CATEGORY	(UINT64CONST(1) << 46)
#define MARKS		((UINT64CONST(1) << 17) - 1)

/* ----- oracle: every unmarked code of a category, in order of text ----- */

typedef struct Universe
{
	char		category[4];
	uint32		n;
	uint32		room;
	uint64	   *code;
	char		(*text)[12];
} Universe;

/* Take the text if it is a code, then all that are longer, in ASCII order. */
static void
enumerate(Universe *u, char *s, int n)
{
	static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZx";

	s[n] = '\0';
	if (is_code(s))
	{
		if (u->n == u->room)
		{
			u->room = u->room ? 2 * u->room : 1 << 20;
			u->code = realloc(u->code, u->room * sizeof(*u->code));
			u->text = realloc(u->text, u->room * sizeof(*u->text));
		}
		strcpy(u->text[u->n], s);
		u->code[u->n++] = pack(s);
	}
	if (n == 3)
	{
		s[3] = '.';
		n = 4;
	}
	if (n >= 11)
		return;
	for (const char *c = alphabet; *c; c++)
	{
		/* leave out what cannot come to anything */
		if ((n >= 8 && !digit(*c)) || (n == 7 && *c == 'x' && !chinese_tail(s + 4, 3)) ||
			(*c == 'x' && n != 4 && n != 7) || (n >= 8 && s[7] != 'x') || (n > 4 && s[4] == 'x' && n != 7 && !digit(*c)))
			continue;
		s[n] = *c;
		enumerate(u, s, n + 1);
	}
}

static Universe *
universe(const char *category)
{
	Universe   *u = calloc(1, sizeof(*u));
	char		s[TEXT];

	strcpy(s, category);
	strcpy(u->category, category);
	enumerate(u, s, 3);
	return u;
}

static Universe *with_digit;
static Universe *with_letter;

/* The first index of a code at or above. */
static uint32
search(const Universe *u, uint64 code)
{
	uint32		lo = 0,
				hi = u->n;

	while (lo < hi)
	{
		uint32		mid = (lo + hi) / 2;

		if (u->code[mid] < code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The category at or above, of which there are 26 * 10 * 12, or the end. */
static uint64
category_at(uint64 c)
{
	for (; c < (UINT64CONST(26) << 8); c++)
		if ((c & 15) <= 11 && (c >> 4 & 15) <= 9)
			return c;
	return UINT64CONST(26) << 8;
}

static const Universe *
kind_of(uint64 category)
{
	return (category & 15) > 9 ? with_letter : with_digit;
}

static uint64
slow_ceil(uint64 code)
{
	uint64		c = code >> 46;
	uint64		at = category_at(c);
	const Universe *u = kind_of(at);

	if (at == UINT64CONST(26) << 8)
		return HB_CODESET_END;
	if (at == c)
	{
		uint32		i = search(u, (u->code[0] & ~(NEXT_CATEGORY - 1)) | (code & (NEXT_CATEGORY - 1)));

		if (i < u->n)
			return at << 46 | (u->code[i] & (NEXT_CATEGORY - 1));
		at = category_at(c + 1);
		if (at == UINT64CONST(26) << 8)
			return HB_CODESET_END;
	}
	return at << 46;
}

static uint64
slow_floor(uint64 code)
{
	uint64		c = Min(code >> 46, (UINT64CONST(26) << 8) - 1);
	uint64		at = c;
	uint64		low = code >> 46 == c ? code & (NEXT_CATEGORY - 1) : NEXT_CATEGORY - 1;
	const Universe *u;
	uint32		i;

	while (category_at(at) != at)
	{
		at--;
		low = NEXT_CATEGORY - 1;
	}
	u = kind_of(at);
	i = search(u, (u->code[0] & ~(NEXT_CATEGORY - 1)) + low + 1);
	return at << 46 | (u->code[i - 1] & (NEXT_CATEGORY - 1));
}

/* ----- what is tested ----- */

static const char *
parse(const char *s, uint64 *code)
{
	int			pos;

	return hb_icd10_type.parse(s, (int) strlen(s), code, &pos);
}

static void
format(uint64 code, char *s)
{
	s[hb_icd10_type.format(code, s)] = '\0';
}

static void
test_round_trip(void)
{
	uint32		bad = 0,
				codes = 0;

	for (uint32 i = 0; i < 2500000; i++)
	{
		char		s[TEXT],
					again[TEXT];
		uint64		code;
		bool		good;

		generate(s);
		good = parse(s, &code) == NULL;
		if (good)
			format(code, again);
		/* what is no code may be refused, or read as another text */
		if (is_code(s) ? !good || code != pack(s) || strcmp(s, again) != 0 || !hb_icd10_type.valid(code) :
			good && (!is_code(again) || strcmp(s, again) == 0))
			bad++ < 5 ? printf("# %s\n", s) : 0;
		codes += is_code(s);
	}
	ok(bad == 0, "%u random codes of all shapes: text to bits to text", codes);
	ok(codes > 2000000, "more than two million of them");
}

static void
test_order(void)
{
	uint32		bad = 0;
	char		last[TEXT] = "A00";

	for (uint32 i = 0; i < 1000000; i++)
	{
		char		s[TEXT];
		uint64		x,
					y;
		int			by_text,
					by_code;

		generate(s);
		if (!is_code(s))
			continue;
		/* half of the pairs share a beginning */
		if (below(2))
		{
			char		t[TEXT];

			strcpy(t, last);
			memcpy(t, s, 1 + below(7));
			if (is_code(t))
				strcpy(s, t);
		}
		if (parse(s, &x) || parse(last, &y))
			bad++;
		by_text = strcmp(s, last);
		by_code = x < y ? -1 : x > y;
		if ((by_text < 0) != (by_code < 0) || (by_text == 0) != (by_code == 0))
			bad++ < 5 ? printf("# %s %s\n", s, last) : 0;
		strcpy(last, s);
	}
	ok(bad == 0, "order and equality of bits are those of text, in pairs");
}

/* Parent by text: without its last characters, but past the fifth of six digits. */
static bool
slow_parent(const char *s, char *parent)
{
	int			n = main_length(s);

	strcpy(parent, s);
	parent[n] = '\0';
	if (s[n] != '\0')
		return true;
	if (n == 7 && digit(s[2]) && chinese_tail(s + 4, 3))
	{
		parent[s[4] == 'x' ? 3 : 5] = '\0';
		return true;
	}
	while (--n >= 3)
	{
		parent[n] = '\0';
		if (is_code(parent))
			return true;
	}
	return false;
}

/* The slower tests need not take each of thousands of siblings. */
static bool
passed_over(uint32 i, int n)
{
	return (n == 11 && i % 61 != 0) || (n == 8 && i % 17 != 0);
}

static void
test_universe(const Universe *u)
{
	uint32		order = 0,
				text = 0,
				valid = 0,
				ceils = 0,
				floors = 0,
				parents = 0,
				trees = 0,
				level = 0;
	uint64		after = (u->code[0] & ~(NEXT_CATEGORY - 1)) + NEXT_CATEGORY;

	for (uint32 i = 0; i < u->n; i++)
	{
		const char *s = u->text[i];
		int			n = (int) strlen(s);
		uint64		code = 0,
					next = i + 1 < u->n ? u->code[i + 1] : slow_ceil(after),
					parent;
		char		again[TEXT];

		order += next <= u->code[i] || next <= (u->code[i] | MARKS);
		ceils += hb_icd10set_type.ceil(u->code[i]) != u->code[i];
		ceils += hb_icd10set_type.ceil(u->code[i] + 1) != next;
		floors += hb_icd10set_type.floor(next - 1) != u->code[i];

		if (passed_over(i, n))
			continue;
		format(u->code[i], again);
		text += parse(s, &code) != NULL || code != u->code[i] || strcmp(s, again) != 0;
		valid += !hb_icd10_type.valid(code);
		ceils += hb_icd10set_type.ceil(code | MARKS) != next;
		floors += hb_icd10set_type.floor(code | MARKS) != code;

		level += hb_icd10_level_of(code) != (n == 3 ? 3 : n >= 8 ? 7 : n - 1);
		level += (hb_icd10_form_of(code) == ICD10_CM) !=
			!(digit(s[2]) && (n == 3 || chinese_tail(s + 4, n - 4)));

		if (hb_icd10_parent_of(code, &parent) != slow_parent(s, again) ||
			(n > 3 && (parent != pack(again) || !hb_icd10_type.valid(parent) ||
					   !hb_icd10_below(code, parent) ||
					   hb_codeset_subtree(&hb_icd10set_type, parent).next < hb_codeset_subtree(&hb_icd10set_type, code).next)))
			parents++ < 5 ? printf("# parent of %s is not %s\n", s, again) : 0;
	}
	ok(order == 0, "%s: order of %u codes", u->category, u->n);
	ok(text == 0, "%s: text", u->category);
	ok(valid == 0, "%s: valid", u->category);
	ok(ceils == 0, "%s: ceil", u->category);
	ok(floors == 0, "%s: floor", u->category);
	ok(level == 0, "%s: level and form", u->category);
	ok(parents == 0, "%s: parent", u->category);

	/* A subtree is all codes whose text begins so. */
	for (uint32 i = 0; i < u->n; i++)
	{
		size_t		n = strlen(u->text[i]);
		uint32		j = i;
		HbCodeRange r;

		if (passed_over(i, (int) n))
			continue;
		r = hb_codeset_subtree(&hb_icd10set_type, u->code[i]);
		while (j < u->n && strncmp(u->text[i], u->text[j], n) == 0)
			j++;
		if (r.lo != u->code[i] || r.next != (j < u->n ? u->code[j] : slow_ceil(after)))
			trees++ < 5 ? printf("# subtree of %s\n", u->text[i]) : 0;
		/* the code by itself */
		r = hb_codeset_subtree(&hb_icd10set_type, u->code[i] | ICD10_MARK_DAGGER);
		trees += r.lo != u->code[i] || r.next != (i + 1 < u->n ? u->code[i + 1] : slow_ceil(after));
	}
	ok(trees == 0, "%s: subtrees", u->category);
}

/* Any bits: valid says what the oracle says, ceil and floor find the nearest. */
static void
test_bits(void)
{
	uint32		valid = 0,
				ceils = 0,
				floors = 0,
				formats = 0,
				found = 0;
	static const int shift[] = {0, 4, 8, 12, 17, 28, 34, 40, 46, 50, 54, 59, 60, 61, 62, 63};

	for (uint32 i = 0; i < 1000000; i++)
	{
		uint64		x = random64() >> below(7);
		char		s[TEXT],
					out[64];
		uint64		again = ~x;
		bool		is_valid;
		int			len;

		if (i % 2)
		{
			/* a code, changed near the boundary of a field */
			do
				generate(s);
			while (!is_code(s));
			x = pack(s);
			if (i % 4 == 1)
				x += (below(3) - 1) * (UINT64CONST(1) << shift[below(lengthof(shift))]);
			if (i % 8 < 4)
				x += (below(5) - 2);
			if (i % 16 == 1)
				x ^= UINT64CONST(1) << below(64);
		}
		is_valid = hb_icd10_type.valid(x);
		found += is_valid;
		/* output is safe even for what is no code */
		len = hb_icd10_type.format(x, out);
		formats += len > hb_icd10_type.maxlen;
		out[len] = '\0';
		valid += is_valid != (is_code(out) && pack(out) == x);
		if (is_valid)
			valid += parse(out, &again) != NULL || again != x;
		ceils += hb_icd10set_type.ceil(x) != slow_ceil(x);
		floors += hb_icd10set_type.floor(x) != slow_floor(x);
	}
	ok(valid == 0 && found > 150000, "valid() for a million values, %u of them codes", found);
	ok(ceils == 0, "ceil of any bits");
	ok(floors == 0, "floor of any bits");
	ok(formats == 0, "no text longer than maxlen");
	ok(hb_icd10set_type.ceil(HB_CODESET_END) == HB_CODESET_END &&
	   hb_icd10set_type.ceil(PG_UINT64_MAX) == HB_CODESET_END, "the end is its own ceil");
}

static void
test_hierarchy(void)
{
	uint32		bad = 0,
				below_count = 0;
	char		last[TEXT] = "A00";

	for (uint32 i = 0; i < 600000; i++)
	{
		char		s[TEXT],
					base[TEXT];
		uint64		code,
					b,
					parts[2],
					up;
		HbCodeRange r;
		bool		slow;
		int			steps = 0;

		generate(s);
		if (!is_code(s))
			continue;
		parse(s, &code);
		strcpy(base, below(3) ? s : last);
		base[Min(main_length(base), (int) (3 + below(9)))] = '\0';
		strcpy(last, s);
		if (!is_code(base))
			continue;
		parse(base, &b);
		slow = strncmp(s, base, strlen(base)) == 0;
		r = hb_codeset_subtree(&hb_icd10set_type, b);
		below_count += slow;
		if (hb_icd10_below(code, b) != slow || (code >= r.lo && code < r.next) != slow)
			bad++ < 5 ? printf("# %s below %s\n", s, base) : 0;

		for (up = code; hb_icd10_parent_of(up, &up);)
			if (++steps > 6 || !hb_icd10_below(code, up) || !hb_icd10_type.valid(up))
				bad++;
		bad += hb_icd10_level_of(up) != 3 || (up & (NEXT_CATEGORY - 1)) != 0;
		bad += !hb_icd10_type.valid(hb_icd10_who_of(code));

		/* the parts, put together, are the code */
		if (hb_icd10_parts_of(code, parts) == 2)
		{
			char		pair[2 * TEXT],
						star[TEXT];

			format(parts[0], pair);
			format(parts[1], star);
			strcat(strcat(pair, "+"), star);
			bad += strcmp(pair, s) != 0 || !hb_icd10_type.valid(parts[0]) || !hb_icd10_type.valid(parts[1]);
		}
		else
			bad += parts[0] != code || (strlen(s) > (size_t) main_length(s) + 1);
	}
	ok(bad == 0 && below_count > 50000, "hierarchy, parts and subtrees of random pairs");
}

int
main(void)
{
	uint64		code;

	with_digit = universe("A00");
	with_letter = universe("A0A");
	ok(with_digit->n == 1 + 10 + 25 + 36 * 35 + 36 * 36 * 35 - 100 + 100 + 36 * 36 * 36 * 35 + 1100000,
	   "the oracle counts %u codes of a category", with_digit->n);

	test_universe(with_digit);
	test_universe(with_letter);
	test_round_trip();
	test_order();
	test_bits();
	test_hierarchy();

	ok(parse("C18.X", &code) != NULL && parse("S12.9XXX", &code) != NULL, "no placeholder X at the end");
	ok(parse("I10.X00", &code) == NULL && code == pack("I10.x00"), "X before two digits is x");
	return done();
}
