/*-------------------------------------------------------------------------
 * text.c
 *	  Text as people see it: extended grapheme clusters (UAX #29).
 *-------------------------------------------------------------------------
 */
#include "common/text.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* The code point at *s, and step over it; the text is valid UTF-8. */
static inline uint32
next_code_point(const uint8 **s)
{
	const uint8 *p = *s;

	if (p[0] < 0x80)
	{
		*s += 1;
		return p[0];
	}
	if (p[0] < 0xE0)
	{
		*s += 2;
		return (p[0] & 0x1FU) << 6 | (p[1] & 0x3FU);
	}
	if (p[0] < 0xF0)
	{
		*s += 3;
		return (p[0] & 0x0FU) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU);
	}
	*s += 4;
	return (p[0] & 0x07U) << 18 | (p[1] & 0x3FU) << 12 | (p[2] & 0x3FU) << 6 | (p[3] & 0x3FU);
}

/* Full-width forms and the ideographic space as ASCII. */
static inline uint32
fold_width(uint32 c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFEE0;
	return c == 0x3000 ? ' ' : c;
}

/*
 * Characters before which and behind which text always breaks: those whose
 * property Grapheme_Cluster_Break is Other or Control. A carriage return is
 * out, as it joins a line feed.
 */
static inline bool
is_plain(uint32 c)
{
	if (c < 0x300)
		return c != '\r';
	if (c >= 0x3400 && c <= 0x9FFF)
		return true;
	if (c >= 0x3000 && c <= 0x30FF)
		return (c < 0x302A || c > 0x302F) && c != 0x3099 && c != 0x309A;
	return (c >= 0xFF01 && c <= 0xFF60) || (c >= 0x2010 && c <= 0x2027);
}

bool
hb_is_plain(uint32 c)
{
	return is_plain(c);
}

/* One iterator a process: it is opened once and given each text in turn. */
static UBreakIterator *
grapheme_iterator(UErrorCode *status)
{
	static UBreakIterator *iterator;

	if (iterator == NULL)
		iterator = ubrk_open(UBRK_CHARACTER, "", NULL, 0, status);
	return iterator;
}

int
hb_graphemes_icu(const char *s, uint32 len, HbGrapheme *g, const char **reason)
{
	UErrorCode	status = U_ZERO_ERROR;
	UBreakIterator *iterator = grapheme_iterator(&status);
	UText		text = UTEXT_INITIALIZER;
	int			n = 0;
	int32		start = 0;
	int32		end;

	if (U_SUCCESS(status))
		utext_openUTF8(&text, s, len, &status);
	if (U_SUCCESS(status))
		ubrk_setUText(iterator, &text, &status);
	if (U_FAILURE(status))
	{
		utext_close(&text);
		*reason = u_errorName(status);
		return -1;
	}
	while ((end = ubrk_next(iterator)) != UBRK_DONE)
	{
		const uint8 *p = (const uint8 *) s + start;
		uint32		c = next_code_point(&p);

		g[n].start = (uint32) start;
		g[n++].c = (const char *) p == s + end ? fold_width(c) : HB_SEVERAL;
		start = end;
	}
	utext_close(&text);
	g[n].start = len;
	return n;
}

int
hb_graphemes(const char *s, uint32 len, HbGrapheme *g, const char **reason)
{
	const uint8 *p = (const uint8 *) s;
	const uint8 *end = p + len;
	int			n = 0;

	while (p < end)
	{
		g[n].start = (uint32) (p - (const uint8 *) s);
		if (*p < 0x80 && *p != '\r')
		{
			g[n++].c = *p++;
			continue;
		}
		g[n].c = next_code_point(&p);
		if (unlikely(!is_plain(g[n].c)))
			return hb_graphemes_icu(s, len, g, reason);
		g[n].c = fold_width(g[n].c);
		n++;
	}
	g[n].start = len;
	return n;
}
