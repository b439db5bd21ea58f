/* link: src/icd/icd10_core.c src/icd/icd10_tables.c src/common/code_core.c src/common/codeset_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * icd10_test.c
 *	  icd10 and icd10set against definitions on text.
 *
 * The oracle knows the grammar of canonical texts and the layout of the bits
 * from its own code. It writes down every unmarked code of two categories,
 * one with a digit and one with a letter in place 3, which is the whole code
 * space, since all categories of a kind are alike.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "common/tap.h"

#define TEXT		24
#define NEXT_CATEGORY	(UINT64CONST(1) << 46)
#define MARKS		((UINT64CONST(1) << 17) - 1)

static uint64 seed = 20260103;

static uint64
random64(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * UINT64CONST(2685821657736338717);
}

static uint32
below(uint32 n)
{
	return (uint32) (random64() >> 33) % n;
}

/* ----- oracle: the grammar of canonical texts ----- */

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
digits(const char *s, int n)
{
	for (int i = 0; i < n; i++)
		if (!digit(s[i]))
			return false;
	return true;
}

/* What follows the dot in a code that may carry marks. */
static bool
chinese_tail(const char *s, int n)
{
	if (n == 1)
		return digit(s[0]);
	return (n == 3 || n == 7) && (digit(s[0]) || s[0] == 'x') && digits(s + 1, 2) &&
		(n == 3 || (s[3] == 'x' && digits(s + 4, 3)));
}

static int
main_length(const char *s)
{
	return (int) strcspn(s, "*+");
}

/* Is this the canonical text of a code? */
static bool
is_code(const char *s)
{
	int			n = main_length(s);
	const char *mark = s + n;
	bool		plain;

	if (n < 3 || !upper(s[0]) || !digit(s[1]) || !(digit(s[2]) || s[2] == 'A' || s[2] == 'B'))
		return false;
	if (n > 3 && (s[3] != '.' || n == 4))
		return false;
	plain = digit(s[2]) && (n == 3 || chinese_tail(s + 4, n - 4));
	if (!plain && n > 3)
	{
		/* ICD-10-CM */
		if (n > 8 || s[n - 1] == 'X')
			return false;
		for (int i = 4; i < n; i++)
			if (!digit(s[i]) && !upper(s[i]))
				return false;
		if (digit(s[2]) && n == 7 && s[4] == 'X' && digits(s + 5, 2))
			return false;
	}
	if (*mark == '\0')
		return true;
	if (!plain)
		return false;
	if (mark[1] == '\0')
		return *mark == '+' || n == 3 || n == 5;
	if (*mark != '+' || !upper(mark[1]) || !digits(mark + 2, 2))
		return false;
	mark += 4;
	if (mark[0] == '.' && digit(mark[1]))
		mark += 2;
	return strcmp(mark, "*") == 0;
}

/* ----- oracle: the layout of the bits ----- */

static uint64
place(char c)
{
	return digit(c) ? 1 + c - '0' : 11 + c - 'A';
}

static uint64
pack(const char *s)
{
	static const int shift[] = {40, 34, 28, 17};
	int			n = main_length(s);
	const char *mark = s + n;
	uint64		code = (uint64) (s[0] - 'A') << 54 | (uint64) (s[1] - '0') << 50 |
		(uint64) (digit(s[2]) ? s[2] - '0' : 10 + s[2] - 'A') << 46;

	for (int i = 0; i + 4 < n && i < 4; i++)
	{
		char		c = s[i + 4];

		if (c == 'x')
			code |= UINT64CONST(37) << shift[i];
		else
			code |= place(c) << shift[i];
	}
	if (n == 11)
		code += (uint64) atoi(s + 8) << 17;
	if (mark[0] == '*')
		code |= 1 << 12;
	else if (mark[0] == '+' && mark[1] == '\0')
		code |= 2 << 12;
	else if (mark[0] == '+')
		code |= (uint64) (3 + mark[1] - 'A') << 12 | (mark[2] - '0') << 8 | (mark[3] - '0') << 4 |
			(mark[4] == '.' ? place(mark[5]) : 0);
	return code;
}

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

/* Text of a random code of any shape. */
static void
generate(char *s)
{
	int			shape = (int) below(8);

	s += sprintf(s, "%c%u%u", 'A' + below(26), below(10), below(10));
	switch (shape)
	{
		case 0:
			break;
		case 1:
			s += sprintf(s, ".%u", below(10));
			break;
		case 2:
		case 3:
			s += sprintf(s, ".%c%u%u", "0123456789x"[below(11)], below(10), below(10));
			break;
		case 4:
		case 5:
			s += sprintf(s, ".%c%u%ux%03u", "0123456789x"[below(11)], below(10), below(10), below(1000));
			break;
		default:
			{
				int			n = 1 + (int) below(4);

				if (below(4) == 0)
					s[-1] = "AB"[below(2)];
				*s++ = '.';
				for (int i = 0; i < n; i++)
					*s++ = below(3) ? (char) ('0' + below(10)) : below(2) ? 'X' : (char) ('A' + below(26));
				*s = '\0';
				return;
			}
	}
	switch (below(4))
	{
		case 0:
			s += sprintf(s, "+%c%u%u", 'A' + below(26), below(10), below(10));
			if (below(2))
				s += sprintf(s, ".%u", below(10));
			strcpy(s, "*");
			break;
		case 1:
			strcpy(s, below(2) ? "+" : "*");
			break;
	}
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
	return (n == 11 && i % 61 != 0) || (n == 8 && i % 7 != 0);
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

	for (uint32 i = 0; i < 2000000; i++)
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
	ok(valid == 0 && found > 300000, "valid() for two million values, %u of them codes", found);
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

/* ----- sets ----- */

#define SAMPLE		600
#define MAX_ITEMS	40

static char sample[SAMPLE][TEXT];
static char sample_main[SAMPLE][TEXT];	/* without marks */
static uint64 sample_code[SAMPLE];

typedef struct Set
{
	uint32		n;
	HbCodeRange r[8 * MAX_ITEMS];
	bool		has[SAMPLE];	/* the oracle */
} Set;

/* Codes that are near each other: few categories, few characters. */
static void
make_sample(void)
{
	static const char *const category[] = {"A00", "A01", "C49", "C4A", "C4B", "C50", "I10", "Z99", "Z9A", "Z9B"};
	static const char *const tail[] = {"", ".0", ".1", ".9", ".00", ".A", ".Z", ".000", ".001", ".099", ".999", ".x00", ".x01", ".x99",
		".000x000", ".000x001", ".000x999", ".999x999", ".x00x000", ".x00x002", ".x99x999", ".X0", ".X000", ".X00A", ".0XXA", ".00AW",
	".00AY", ".ZZZ", ".ZZZZ", ".ZZZY", ".0000", ".000A", ".000Z"};
	static const char *const mark[] = {"", "*", "+", "+G01*", "+K77.0*"};
	int			n = 0;

	for (int i = 0; i < (int) lengthof(category); i++)
		for (int j = 0; j < (int) lengthof(tail); j++)
			for (int k = 0; k < (int) lengthof(mark); k++)
			{
				char		s[2 * TEXT];

				snprintf(s, sizeof(s), "%s%s%s", category[i], tail[j], mark[k]);
				if (n < SAMPLE && is_code(s))
					strcpy(sample[n++], s);
			}
	while (n < SAMPLE)
	{
		generate(sample[n]);
		n += is_code(sample[n]);
	}
	for (int i = 0; i < SAMPLE; i++)
	{
		sample_code[i] = pack(sample[i]);
		strcpy(sample_main[i], sample[i]);
		sample_main[i][main_length(sample[i])] = '\0';
	}
}

/* Is the main part m in the item a, or a-b? "alone" means without subtree. */
static bool
slow_item(const char *m, const char *a, bool a_alone, const char *b, bool b_alone)
{
	if (b == NULL)
		return a_alone ? strcmp(m, a) == 0 : strncmp(m, a, strlen(a)) == 0;
	return strcmp(m, a) >= 0 &&
		(strcmp(m, b) <= 0 || (!b_alone && strncmp(m, b, strlen(b)) == 0));
}

/* A random set, written as text and read, and its oracle. */
static bool
random_set(Set *set)
{
	char		text[MAX_ITEMS * 2 * TEXT + 1];
	char	   *p = text;
	bool		out[SAMPLE] = {false};
	HbCodeRange work[2 * MAX_ITEMS];
	HbCodeSetError error;
	int			items = 1 + (int) below(below(4) ? 3 : MAX_ITEMS);
	int			n;

	memset(set->has, 0, sizeof(set->has));
	for (int i = 0; i < items; i++)
	{
		char		a[TEXT],
					b[TEXT];
		bool		exclude = i > 0 && below(4) == 0;
		bool		a_alone = below(4) == 0,
					b_alone = below(4) == 0;
		bool		range = below(3) == 0;

		strcpy(a, sample_main[below(SAMPLE)]);
		strcpy(b, sample_main[below(SAMPLE)]);
		if (strcmp(a, b) > 0)
			range = false;
		p += sprintf(p, "%s%s%s%s", i ? ", " : "", exclude ? "!" : "", a, a_alone ? "+" : "");
		if (range)
			p += sprintf(p, "-%s%s", b, b_alone ? "+" : "");
		for (int k = 0; k < SAMPLE; k++)
			if (slow_item(sample_main[k], a, a_alone, range ? b : NULL, b_alone))
				*(exclude ? &out[k] : &set->has[k]) = true;
	}
	for (int k = 0; k < SAMPLE; k++)
		set->has[k] = set->has[k] && !out[k];
	n = hb_codeset_parse(&hb_icd10set_type, text, (int) (p - text), set->r, work, &error);
	if (n < 0)
	{
		printf("# %s: %s\n", text, error.rule);
		return false;
	}
	set->n = (uint32) n;
	return true;
}

static bool
agrees(const Set *set)
{
	for (int k = 0; k < SAMPLE; k++)
		if (hb_ranges_contain(set->r, set->n, sample_code[k]) != set->has[k])
		{
			printf("# %s\n", sample[k]);
			return false;
		}
	return true;
}

/* Written and read again, the set is the same. */
static bool
round_trips(const Set *set)
{
	static char text[8 * MAX_ITEMS * 2 * TEXT];
	static HbCodeRange again[8 * MAX_ITEMS],
				work[16 * MAX_ITEMS];
	HbCodeSetError error;
	int			len = 0;
	int			n;

	for (uint32 i = 0; i < set->n; i++)
	{
		if (i > 0)
			len += sprintf(text + len, ", ");
		n = hb_codeset_format_range(&hb_icd10set_type, set->r[i], text + len);
		if (n > 2 * hb_icd10_type.maxlen + 2)
			return false;
		len += n;
	}
	n = hb_codeset_parse(&hb_icd10set_type, text, len, again, work, &error);
	if (n < 0)
		printf("# %.*s: %s\n", len, text, error.rule);
	return n == (int) set->n && memcmp(again, set->r, sizeof(HbCodeRange) * set->n) == 0;
}

static void
test_sets(void)
{
	static Set	pool[16];
	static Set	result;
	uint32		parses = 0,
				wrong = 0,
				invalid = 0,
				texts = 0,
				empty = 0;

	make_sample();
	for (int i = 0; i < 16; i++)
		parses += !random_set(&pool[i]);
	for (uint32 i = 0; i < 200000; i++)
	{
		Set		   *a = &pool[below(16)],
				   *b = &pool[below(16)];
		int			operation = (int) below(3);

		if (a->n + b->n > 4 * MAX_ITEMS || a->n == 0 || i % 16 == 0)
		{
			if (!random_set(a))
				parses++;
			else if (i % 32 == 0 && !agrees(a))
				wrong++;
			result = *a;
		}
		else
		{
			result.n = (operation == 0 ? hb_ranges_union : operation == 1 ? hb_ranges_intersect : hb_ranges_minus)
				(a->r, a->n, b->r, b->n, result.r);
			for (int k = 0; k < SAMPLE; k++)
				result.has[k] = operation == 0 ? a->has[k] | b->has[k] :
					operation == 1 ? a->has[k] & b->has[k] : a->has[k] & !b->has[k];
			if (i % 16 == 1 && !agrees(&result))
				wrong++;
			*b = result;
		}
		invalid += !hb_codeset_valid(&hb_icd10set_type, result.r, result.n);
		texts += !round_trips(&result);
		empty += result.n == 0;
	}
	ok(parses == 0, "sets: random texts are read");
	ok(wrong == 0, "sets: texts and algebra against a bitmap");
	ok(invalid == 0, "sets: results are valid");
	ok(texts == 0, "sets: 200000 texts are read back");
	ok(empty > 100 && empty < 100000, "sets: %u were empty", empty);
}

/* Texts of the contract. */
static void
test_set_text(const char *in, const char *expected)
{
	HbCodeRange ranges[MAX_ITEMS],
				work[2 * MAX_ITEMS];
	HbCodeSetError error;
	char		out[MAX_ITEMS * 2 * TEXT] = "";
	int			n = hb_codeset_parse(&hb_icd10set_type, in, (int) strlen(in), ranges, work, &error);

	if (n < 0)
		strcpy(out, error.rule);
	for (int i = 0; i < n; i++)
	{
		int			len = (int) strlen(out);

		if (i > 0)
			len += sprintf(out + len, ", ");
		len += hb_codeset_format_range(&hb_icd10set_type, ranges[i], out + len);
		out[len] = '\0';
	}
	if (!ok(strcmp(out, expected) == 0, "set '%s'", in))
		printf("# %s\n", out);
}

int
main(void)
{
	uint64		code;

	hb_icd10_tables_init();
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
	test_sets();

	test_set_text("", "");
	test_set_text(" \t ", "");
	test_set_text("I20-I25, !I23.0", "I20-I23+, I23.1-I25");
	test_set_text("I20-I25, I60-I69, !I23", "I20-I22, I24-I25, I60-I69");
	test_set_text("!I23,I20-I25", "I20-I22, I24-I25");
	test_set_text("I23+", "I23+");
	test_set_text("I23, !I23+", "I23.0-I23.x99");
	test_set_text("I20,I21,I22", "I20-I22");
	test_set_text("IX", "I00-I99");
	test_set_text("!I23", "an exclusion needs something to exclude from");
	test_set_text("I25-I20", "the range runs backwards");
	test_set_text("I20,,I21", "a code is missing here");
	test_set_text("A01.001+K77.0*", "A01.001+");

	ok(parse("C18.X", &code) != NULL && parse("S12.9XXX", &code) != NULL, "no placeholder X at the end");
	ok(parse("I10.X00", &code) == NULL && code == pack("I10.x00"), "X before two digits is x");
	return done();
}
