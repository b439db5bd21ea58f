/* link: src/common/text.c -licui18n -licuuc */
/*-------------------------------------------------------------------------
 * text_test.c
 *	  Graphemes: the table of plain characters gives what ICU gives.
 *-------------------------------------------------------------------------
 */
#include "common/text.h"

#include <stdlib.h>

#include <unicode/uchar.h>

#include "common/tap.h"

#define MOST	16				/* characters of a random text */

static int
put_utf8(char *s, uint32 c)
{
	if (c < 0x80)
		return s[0] = (char) c, 1;
	if (c < 0x800)
		return s[0] = (char) (0xC0 | c >> 6), s[1] = (char) (0x80 | (c & 0x3F)), 2;
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

/* A plain character breaks on both sides from another, by its property. */
static void
table_of_plain(void)
{
	int			wrong = 0;
	int			plain = 0;

	for (uint32 c = 0; c < 0x110000; c++)
	{
		int			property = u_getIntPropertyValue((UChar32) c, UCHAR_GRAPHEME_CLUSTER_BREAK);

		if (!hb_is_plain(c))
			continue;
		plain++;
		wrong += property != U_GCB_OTHER && property != U_GCB_CONTROL && property != U_GCB_LF;
	}
	ok(wrong == 0 && plain > 27000, "%d of %d plain characters may join others", wrong, plain);
}

static bool
same(const char *s, uint32 len)
{
	HbGrapheme	fast[4 * MOST + 1];
	HbGrapheme	slow[4 * MOST + 1];
	const char *reason;
	int			n = hb_graphemes(s, len, fast, &reason);

	if (n < 0 || n != hb_graphemes_icu(s, len, slow, &reason))
		return false;
	for (int i = 0; i <= n; i++)
		if (fast[i].start != slow[i].start || (i < n && fast[i].c != slow[i].c))
			return false;
	return true;
}

/* Texts of characters from all classes, many of them plain throughout. */
static void
random_texts(void)
{
	static const uint32 special[] = {
		'\r', '\n', 0xAD, 0x300, 0x301, 0x200D, 0xFE0F, 0x1F468, 0x1F3FD, 0x1F1E8, 0x1F1F3, 0x1100, 0x1161,
		0x11A8, 0xAC00, 0x0903, 0x0915, 0x094D, 0x0600, 0x20BB7, 0x302A, 0x3099, 0xFF9E, 0xE0061, 0x0E33
	};
	int			differ = 0;

	srand(42);
	for (int i = 0; i < 200000; i++)
	{
		char		s[4 * MOST];
		uint32		len = 0;
		int			n = rand() % MOST;
		bool		mixed = rand() % 2;

		for (int j = 0; j < n; j++)
		{
			uint32		c;

			if (mixed && rand() % 3 == 0)
				c = special[(size_t) rand() % lengthof(special)];
			else
				do
					c = (uint32) rand() % (rand() % 2 ? 0x300 : 0xFFFF);
				while (!hb_is_plain(c));
			len += (uint32) put_utf8(s + len, c);
		}
		differ += !same(s, len);
	}
	ok(differ == 0, "%d of 200000 texts are split otherwise than by ICU", differ);
}

/* Every pair of plain characters that stand at the ends of their blocks. */
static void
pairs_at_ends(void)
{
	uint32		ends[64];
	int			n = 0;
	int			differ = 0;

	for (uint32 c = 1; c < 0x10000; c++)
		if (hb_is_plain(c) && (!hb_is_plain(c - 1) || !hb_is_plain(c + 1)) && n < (int) lengthof(ends))
			ends[n++] = c;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
		{
			char		s[8];
			uint32		len = (uint32) put_utf8(s, ends[i]);

			len += (uint32) put_utf8(s + len, ends[j]);
			differ += !same(s, len);
		}
	ok(n > 10 && differ == 0, "%d pairs of %d characters at the ends of blocks differ", differ, n);
}

static void
examples(void)
{
	HbGrapheme	g[64];
	const char *reason;
	const char *family = "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" "a";

	ok(hb_graphemes("", 0, g, &reason) == 0 && g[0].start == 0, "an empty text");
	ok(hb_graphemes(family, (uint32) strlen(family), g, &reason) == 2 && g[0].c == HB_SEVERAL && g[1].c == 'a', "a family is one");
	ok(hb_graphemes("e\xCC\x81", 3, g, &reason) == 1 && g[0].c == HB_SEVERAL, "a letter and its accent are one");
	ok(hb_graphemes("\xF0\xA0\xAE\xB7", 4, g, &reason) == 1 && g[0].c == 0x20BB7, "a rare character is one");
	ok(hb_graphemes("\xEF\xBC\x91\xE3\x80\x80", 6, g, &reason) == 2 && g[0].c == '1' && g[1].c == ' ', "full-width forms are folded");
	ok(hb_graphemes("\r\n", 2, g, &reason) == 1, "a line end is one");
}

int
main(void)
{
	table_of_plain();
	random_texts();
	pairs_at_ends();
	examples();
	return done();
}
