/*-------------------------------------------------------------------------
 * mask_core.c
 *	  What masks of names, numbers and e-mail addresses show.
 *-------------------------------------------------------------------------
 */
#include "deid/mask.h"

#include "common/ascii.h"
#include "compound_surname_data.h"
#include "ident/cn_id.h"

/* Digits of a text with separators; the longest that any mask reads. */
#define MAX_DIGITS		32

static inline void
show(HbMasked *m, int from, int to)
{
	for (int i = from; i < to; i++)
		m->shown[i] = true;
}

void
hb_mask_ends(HbMasked *m, int left, int right)
{
	if ((int64) left + right >= m->n)
		return;
	show(m, 0, left);
	show(m, m->n - right, m->n);
}

/* ----- names ----- */

/* Between the parts of names of many peoples of China. */
static inline bool
is_dot(uint32 c)
{
	return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0x2219 || c == 0x22C5 ||
		c == 0x387 || c == 0xFF65;
}

static inline bool
is_separator(uint32 c)
{
	if (likely(c >= 0x3400))
		return c == 0xFF65;
	return c == ' ' || c == '-' || c == '\'' || c == '.' || c == 0x2019 || c == 0xA0 || is_dot(c);
}

/* Do two graphemes that begin at s make a surname? */
static bool
is_compound_surname(const char *s, uint32 len)
{
	static uint64 surnames[HB_COMPOUND_SURNAME_COUNT];
	uint32		low = 0;
	uint32		high = HB_COMPOUND_SURNAME_COUNT;
	uint64		wanted;

	if (len != HB_TWO_HAN)
		return false;
	for (uint32 i = surnames[0] != 0 ? high : 0; i < high; i++)
		surnames[high - 1 - i] = hb_two_han(hb_compound_surname_rows[high - 1 - i].surname);
	wanted = hb_two_han(s);
	while (low < high)
	{
		uint32		middle = (low + high) / 2;

		if (surnames[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low < HB_COMPOUND_SURNAME_COUNT && surnames[low] == wanted;
}

int
hb_mask_name(HbMasked *m)
{
	const HbGrapheme *g = m->g;
	int			letters = 0;
	int			first = -1;
	bool		dotted = false;
	int			end;

	for (int i = 0; i < m->n; i++)
	{
		if (is_separator(g[i].c))
			dotted = dotted || is_dot(g[i].c);
		else if (letters++ == 0)
			first = i;
	}
	if (letters < 2)
		return 0;
	for (int i = 0; i < m->n; i++)
		m->shown[i] = is_separator(g[i].c);
	end = first + 1;
	if (letters > 2 && !dotted && is_compound_surname(m->s + g[first].start, g[first + 2].start - g[first].start))
		end++;
	show(m, first, end);
	return end;
}

/* ----- numbers ----- */

/* The digits of a text, and the graphemes they stand at. */
typedef struct Digits
{
	int			n;
	char		c[MAX_DIGITS + 1];
	int			at[MAX_DIGITS];
} Digits;

/*
 * Collect digits, and letters of a set, up to a grapheme; others may stand
 * between them that are separators. False if there is another character.
 */
static bool
collect(const HbMasked *m, const char *letters, const char *separators, Digits *d)
{
	d->n = 0;
	for (int i = 0; i < m->n; i++)
	{
		uint32		c = m->g[i].c;

		if (c >= 0x80)
			return false;
		if (is_digit((char) c) || (c != 0 && strchr(letters, (int) c) != NULL))
		{
			if (d->n == MAX_DIGITS)
				return false;
			d->at[d->n] = i;
			d->c[d->n++] = (char) c;
		}
		else if (c == 0 || strchr(separators, (int) c) == NULL)
			return false;
	}
	d->c[d->n] = '\0';
	return true;
}

/* Show all but some of the digits. */
static void
show_but(HbMasked *m, const Digits *d, int from, int to)
{
	show(m, 0, m->n);
	for (int i = from; i < to; i++)
		m->shown[d->at[i]] = false;
}

void
hb_mask_idno(HbMasked *m, int left, int right)
{
	Digits		d;
	uint64		code;
	int			pos;

	if (!collect(m, "Xx", " -", &d) || (int64) left + right >= d.n ||
		hb_cn_id_type.parse(d.c, d.n, &code, &pos) != NULL)
		return;
	show_but(m, &d, left, d.n - right);
}

/* Digits of the country code, and of the 0 of a trunk call, before a number of n digits; -1 for others. */
static int
dialling_prefix(const Digits *d, int n)
{
	int			before = d->n - n;

	if (before == 0 || (before == 1 && d->c[0] == '0') ||
		(before == 2 && memcmp(d->c, "86", 2) == 0) || (before == 4 && memcmp(d->c, "0086", 4) == 0))
		return before;
	return -1;
}

static bool
show_mobile(HbMasked *m, const Digits *d)
{
	int			first = d->n >= 11 ? dialling_prefix(d, 11) : -1;

	if (first < 0 || d->c[first] != '1' || d->c[first + 1] < '3')
		return false;
	show_but(m, d, first + 3, first + 7);
	return true;
}

void
hb_mask_mobile(HbMasked *m)
{
	Digits		d;

	if (collect(m, "", " -+()", &d))
		(void) show_mobile(m, &d);
}

/* Where an extension begins, a word or # behind a number; the end if there is none. */
static int
extension_start(const HbMasked *m)
{
	for (int i = 0; i < m->n; i++)
	{
		uint32		c = m->g[i].c;

		if (c == 0x8F6C || c == 0x8F49 || c == 0x5206 || c == 'e' || c == 'E' || c == 'x' || c == '#' || c == ',')
			return i;
	}
	return m->n;
}

/* Digits of an area code, or of 400 and 800, at the head of a number. */
static int
area_code(const char *c)
{
	if (memcmp(c, "400", 3) == 0 || memcmp(c, "800", 3) == 0)
		return 3;
	if (c[0] != '0' || c[1] == '0' || c[1] == '\0')
		return 0;
	return c[1] == '1' || c[1] == '2' ? 3 : 4;
}

/* Country code and area code, or 0; *local is the digits that follow. */
static int
local_number(const Digits *d, int *local)
{
	int			at = 0;
	int			area;

	if (memcmp(d->c, "0086", 4) == 0)
		at = 4;
	else if (memcmp(d->c, "86", 2) == 0 && d->n >= 11)
		at = 2;
	area = area_code(d->c + at);
	/* Behind a country code the 0 of the area falls away. */
	if (area == 0 && at > 0)
		area = d->c[at] == '1' || d->c[at] == '2' ? 2 : 3;
	at += area;
	*local = d->n - at;
	return at;
}

/*
 * Digits of a local number that are set off from what follows by a hyphen,
 * an extension: 027-87654321-801.
 */
static int
set_off(const HbMasked *m, const Digits *d, int at)
{
	for (int i = at + 7; i < d->n && i <= at + 8; i++)
		if (m->g[d->at[i] - 1].c == '-')
			return i - at;
	return d->n - at;
}

void
hb_mask_phone(HbMasked *m)
{
	HbMasked	number = *m;
	Digits		d;
	int			at;
	int			local;

	number.n = extension_start(m);
	if (!collect(&number, "", " -+()", &d) || d.n < 7)
		return;
	if (show_mobile(&number, &d))
		return;
	at = local_number(&d, &local);
	if (local > 8)
		local = set_off(&number, &d, at);
	if (local != 7 && local != 8)
		return;
	if (d.c[at] < '2' && (at < 3 || d.c[at - 2] != '0'))
		return;
	show(m, 0, d.at[at + local - 1] + 1);
	for (int i = at; i < at + local - 4; i++)
		m->shown[d.at[i]] = false;
}

void
hb_mask_bankcard(HbMasked *m)
{
	Digits		d;

	if (!collect(m, "", " -", &d) || d.n < 13 || d.n > 19)
		return;
	/* Of a short number too little would be left to guess. */
	show_but(m, &d, d.n >= 16 ? 6 : 0, d.n - 4);
}

/* ----- others ----- */

void
hb_mask_email(HbMasked *m)
{
	int			at = -1;
	int			dot = -1;

	for (int i = 0; i < m->n; i++)
	{
		uint32		c = m->g[i].c;

		if (c <= ' ' || (c == '@' && at >= 0))
			return;
		if (c == '@')
			at = i;
		else if (c == '.' && at >= 0)
		{
			if (i == at + 1 || i == dot + 1)
				return;
			dot = i;
		}
	}
	if (at < 1 || dot < 0 || dot == m->n - 1)
		return;
	show(m, at, m->n);
	if (at > 1)
		m->shown[0] = true;
}

/* Does a plate begin with the short name of a province? */
static bool
is_plate_province(uint32 c)
{
	static const uint16 provinces[] = {
		0x4E91, 0x4EAC, 0x5180, 0x5409, 0x5B81, 0x5DDD, 0x65B0, 0x664B, 0x6842, 0x6CAA, 0x6D25,
		0x6D59, 0x6E1D, 0x6E58, 0x743C, 0x7518, 0x7696, 0x7CA4, 0x82CF, 0x8499, 0x85CF, 0x8C6B,
		0x8D35, 0x8D63, 0x8FBD, 0x9102, 0x95FD, 0x9655, 0x9752, 0x9C81, 0x9ED1
	};

	for (size_t i = 0; i < lengthof(provinces); i++)
		if (provinces[i] == c)
			return true;
	return false;
}

/* At the end of a plate: police, learner, Hong Kong, Macau, consulate, embassy, trailer, temporary. */
static bool
is_plate_suffix(uint32 c)
{
	static const uint16 suffixes[] = {0x8B66, 0x5B66, 0x6E2F, 0x6FB3, 0x9886, 0x4F7F, 0x6302, 0x4E34, 0x8BD5, 0x8D85};

	for (size_t i = 0; i < lengthof(suffixes); i++)
		if (suffixes[i] == c)
			return true;
	return false;
}

void
hb_mask_plate(HbMasked *m)
{
	const HbGrapheme *g = m->g;
	int			serial = 0;

	if (m->n < 7 || !is_plate_province(g[0].c) || g[1].c >= 0x80 || !is_letter((char) g[1].c))
		return;
	for (int i = 2; i < m->n; i++)
	{
		uint32		c = g[i].c;

		if ((c < 0x80 && is_alnum((char) c)) || (i == m->n - 1 && is_plate_suffix(c)))
			serial++;
		else if (serial > 0 || !is_separator(c))
			return;
		else
			m->shown[i] = true;
	}
	if (serial != 5 && serial != 6)
	{
		memset(m->shown, 0, (size_t) m->n);
		return;
	}
	show(m, 0, 2);
}
