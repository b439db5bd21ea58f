/*-------------------------------------------------------------------------
 * fold.c
 *	  Reduce text as people type it to ASCII, by a fixed table.
 *-------------------------------------------------------------------------
 */
#include "common/fold.h"

/* Decode one UTF-8 character; a byte that starts none counts as one. */
static uint32
next_char(const unsigned char **p, const unsigned char *end)
{
	const unsigned char *s = *p;
	uint32		c = s[0];
	int			n = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;

	if (n > end - s)
		n = 1;
	*p += n;
	if (n == 2)
		return (c & 0x1F) << 6 | (s[1] & 0x3F);
	if (n == 3)
		return (c & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F);
	return n == 1 && c < 0x80 ? c : 0xFFFD;
}

static char
fold_char(uint32 c)
{
	if (c < 0x80)
		return (char) c;
	if (c >= 0xFF01 && c <= 0xFF5E) /* full-width ASCII */
		return (char) (c - 0xFF01 + '!');
	/* spaces, and marks of direction and joining, which come with pasted text */
	if ((c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
		(c >= 0x205F && c <= 0x2064))
		return ' ';
	switch (c)
	{
		case 0x00A0:			/* no-break space */
		case 0x3000:			/* ideographic space */
		case 0xFEFF:			/* byte-order mark */
			return ' ';
		case 0x2020:			/* dagger */
			return '+';
		case 0x2169:			/* Roman numeral ten */
		case 0x2179:
			return 'X';
		case 0x3001:			/* ideographic comma */
			return ',';
		case 0x2010:			/* hyphen, non-breaking hyphen, dashes, minus */
		case 0x2011:
		case 0x2013:
		case 0x2014:
		case 0x2212:
			return '-';
		default:
			return HB_FOLD_OTHER;
	}
}

int
hb_fold(const char *s, size_t len, char *dst, size_t size)
{
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = p + len;
	size_t		n = 0;

	while (p < end)
	{
		if (n == size)
			return -1;
		dst[n++] = fold_char(next_char(&p, end));
	}
	return (int) n;
}
