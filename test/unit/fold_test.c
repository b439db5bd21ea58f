/* link: src/common/fold.c */
/*-------------------------------------------------------------------------
 * fold_test.c
 *	  Folding: every code point of the basic plane, some beyond, and bytes
 *	  that are no UTF-8.
 *-------------------------------------------------------------------------
 */
#include "common/fold.h"

#include "common/tap.h"

static int
encode(uint32 c, char *s)
{
	if (c < 0x80)
	{
		s[0] = (char) c;
		return 1;
	}
	if (c < 0x800)
	{
		s[0] = (char) (0xC0 | c >> 6);
		s[1] = (char) (0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000)
	{
		s[0] = (char) (0xE0 | c >> 12);
		s[1] = (char) (0x80 | (c >> 6 & 0x3F));
		s[2] = (char) (0x80 | (c & 0x3F));
		return 3;
	}
	s[0] = (char) (0xF0 | c >> 18);
	s[1] = (char) (0x80 | (c >> 12 & 0x3F));
	s[2] = (char) (0x80 | (c >> 6 & 0x3F));
	s[3] = (char) (0x80 | (c & 0x3F));
	return 4;
}

/* What a code point folds to, written down from the header's words. */
static char
expected(uint32 c)
{
	static const struct
	{
		uint32		c;
		char		to;
	}			special[] = {
		{0x00A0, ' '}, {0x3000, ' '}, {0xFEFF, ' '},
		{0x2020, '+'},
		{0x2169, 'X'}, {0x2179, 'X'},
		{0x3001, ','},
		{0x2010, '-'}, {0x2011, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2212, '-'}
	};

	if (c < 0x80)
		return (char) c;
	if (c >= 0xFF01 && c <= 0xFF5E)
		return (char) (c - 0xFF01 + 0x21);
	for (int i = 0; i < (int) lengthof(special); i++)
		if (special[i].c == c)
			return special[i].to;
	/* spaces; marks of direction and joining: General Punctuation, Zs, Zl, Zp, Cf */
	if ((c >> 4) == 0x200 || (c >= 0x2028 && c < 0x2030) || (c >= 0x205F && c < 0x2065))
		return ' ';
	return HB_FOLD_OTHER;
}

static int
fold_exact(const char *s, size_t len, char *dst, size_t size)
{
	/* memory of exactly this size, so that a sanitizer sees overreads */
	char	   *copy = malloc(len ? len : 1);
	char	   *out = malloc(size ? size : 1);
	int			n;

	memcpy(copy, s, len);
	n = hb_fold(copy, len, out, size);
	if (n > 0)
		memcpy(dst, out, (size_t) n);
	free(copy);
	free(out);
	return n;
}

static void
test_code_points(void)
{
	uint32		bad = 0,
				ascii = 0;

	for (uint32 c = 0; c < 0x110000; c += c < 0x10000 ? 1 : 97)
	{
		char		s[3 * 4],
					dst[3];
		int			n;

		if (c >= 0xD800 && c < 0xE000)
			continue;
		n = encode('A', s);
		n += encode(c, s + n);
		n += encode('1', s + n);
		if (fold_exact(s, (size_t) n, dst, 3) != 3 || dst[0] != 'A' || dst[2] != '1' ||
			dst[1] != expected(c))
			bad++ < 5 ? printf("# U+%04X\n", c) : 0;
		ascii += c >= 0x80 && dst[1] != HB_FOLD_OTHER;
	}
	ok(bad == 0, "every code point folds as the table says");
	ok(ascii == 94 + 12 + 30, "136 characters beyond ASCII have an ASCII form");
}

static void
test_bytes(void)
{
	uint32		seed = 1,
				bad = 0;

	for (int i = 0; i < 300000; i++)
	{
		char		s[16],
					dst[16];
		size_t		len = (size_t) i % 17;
		int			n;

		for (size_t k = 0; k < len; k++)
		{
			seed = seed * 1664525 + 1013904223;
			s[k] = (char) (seed >> 16 & 1 ? seed >> 24 : 0x80 | seed >> 24);
		}
		n = fold_exact(s, len, dst, 16);
		if (n < 0 || n > (int) len || (n == 0) != (len == 0) || 4 * n < (int) len)
			bad++;
		for (int k = 0; k < n; k++)
			bad += (unsigned char) dst[k] > 0x7F;
	}
	ok(bad == 0, "any bytes fold to ASCII, at most four bytes a character");
}

static void
test_fold(const char *s, const char *to, const char *name)
{
	char		dst[64];
	int			n = fold_exact(s, strlen(s), dst, sizeof(dst));

	ok(n == (int) strlen(to) && memcmp(dst, to, (size_t) n) == 0, "%s", name);
}

int
main(void)
{
	char		dst[4];

	test_code_points();
	test_bytes();
	test_fold("", "", "nothing");
	test_fold("\xef\xbd\x89\xef\xbc\x91\xef\xbc\x90\xef\xbc\x8e\xef\xbd\x98\xef\xbc\x90\xef\xbc\x99", "i10.x09", "full-width code");
	test_fold("A17.0\xe2\x80\xa0G01*", "A17.0+G01*", "dagger");
	test_fold("I10\xc3", "I10\x7f", "a character cut off at the end");
	test_fold("I10\xe2\x80", "I10\x7f\x7f", "two bytes of three");
	test_fold("I10\x80", "I10\x7f", "a continuation byte alone");
	test_fold("\xf0\x9f\x98\x80", "\x7f", "beyond the basic plane");
	ok(hb_fold("ABCD", 4, dst, 4) == 4, "as many as fit");
	ok(hb_fold("ABCDE", 5, dst, 4) == -1, "one more than fits");
	ok(hb_fold("A\xef\xbc\x91" "CD", 6, dst, 4) == 4, "characters count, not bytes");
	ok(hb_fold("", 0, dst, 0) == 0, "nothing into nothing");
	return done();
}
