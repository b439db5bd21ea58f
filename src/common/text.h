/*-------------------------------------------------------------------------
 * text.h
 *	  Text as people see it: graphemes, by ICU where text is not plain.
 *
 * Most text in a health database is ASCII and Han characters, each of which
 * is a grapheme whatever stands beside it. That is known by a table of code
 * points; ICU is asked only for a text with another character in it.
 *-------------------------------------------------------------------------
 */
#ifndef HB_TEXT_H
#define HB_TEXT_H

#include "postgres.h"

/* Stands for the code point of a grapheme of several. */
#define HB_SEVERAL	0xFFFFFFFFU

typedef struct HbGrapheme
{
	uint32		start;			/* offset of its first byte */
	uint32		c;				/* its code point, full-width forms as ASCII; or HB_SEVERAL */
} HbGrapheme;

/* Is it a grapheme of its own beside any other of which this is true? */
extern bool hb_is_plain(uint32 c);

/*
 * Split UTF-8 text into graphemes; g has room for len + 1. Returns their
 * number n, and g[n].start is len; or -1 if ICU fails, with *reason.
 */
extern int	hb_graphemes(const char *s, uint32 len, HbGrapheme *g, const char **reason);

/* The same without the table, for tests. */
extern int	hb_graphemes_icu(const char *s, uint32 len, HbGrapheme *g, const char **reason);

#endif							/* HB_TEXT_H */
