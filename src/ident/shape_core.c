/*-------------------------------------------------------------------------
 * shape_core.c
 *	  Match the shapes of document numbers.
 *-------------------------------------------------------------------------
 */
#include "ident/shape.h"

#include "common/ascii.h"

/* One item of a shape: what it takes, and how often. */
typedef struct Item
{
	char		kind;			/* 'c' character, 'd', 'h', '[' class */
	char		c;				/* of kind 'c' */
	const char *first;			/* of kind '[': between the brackets */
	const char *last;
	int			least;
	int			most;
} Item;

static const char *
read_number(const char *p, int *number)
{
	if (!is_digit(*p))
		return NULL;
	for (*number = 0; is_digit(*p) && *number < 1000; p++)
		*number = *number * 10 + (*p - '0');
	return p;
}

/* Read {n} or {n,m}; NULL if it is malformed. */
static const char *
read_count(const char *p, Item *item)
{
	p = read_number(p + 1, &item->least);
	if (p == NULL)
		return NULL;
	item->most = item->least;
	if (*p == ',')
		p = read_number(p + 1, &item->most);
	if (p == NULL || *p != '}' || item->most < item->least)
		return NULL;
	return p + 1;
}

/* Read the item at p; returns what follows it, NULL if it is malformed. */
static const char *
read_item(const char *p, Item *item)
{
	item->kind = 'c';
	item->c = *p;
	item->least = item->most = 1;
	if (*p == '[')
	{
		item->kind = '[';
		item->first = ++p;
		while (*p != '\0' && *p != ']')
			p++;
		item->last = p;
		if (*p == '\0' || item->first == item->last)
			return NULL;
	}
	else if (*p == '\\')
	{
		p++;
		if (*p == '\0')
			return NULL;
		if (*p == 'd' || *p == 'h')
			item->kind = *p;
		item->c = *p;
	}
	else if (*p == '{' || *p == '}' || *p == ']' || *p == '\0')
		return NULL;
	p++;
	return *p == '{' ? read_count(p, item) : p;
}

static bool
in_class(const Item *item, char c)
{
	for (const char *p = item->first; p < item->last; p++)
	{
		if (p + 2 < item->last && p[1] == '-')
		{
			if (c >= p[0] && c <= p[2])
				return true;
			p += 2;
		}
		else if (c == *p)
			return true;
	}
	return false;
}

/* Bytes of the item's character at s, or 0 if it does not take what is there. */
static int
takes(const Item *item, const char *s, const char *end)
{
	unsigned char a;

	if (s == end)
		return 0;
	switch (item->kind)
	{
		case 'c':
			return *s == item->c;
		case 'd':
			return is_digit(*s);
		case '[':
			return (*s & 0x80) == 0 && in_class(item, *s);
		default:
			/* U+4E00 to U+9FFF: three bytes from E4 B8 80 to E9 BF BF */
			a = (unsigned char) s[0];
			if (end - s < 3 || a < 0xE4 || a > 0xE9 ||
				(a == 0xE4 && (unsigned char) s[1] < 0xB8))
				return 0;
			return 3;
	}
}

/* Match one alternative, which ends at | or the end. */
static bool
alternative_matches(const char *p, const char *s, const char *end)
{
	while (*p != '|' && *p != '\0')
	{
		Item		item;
		int			n = 0;
		int			bytes;

		p = read_item(p, &item);
		if (p == NULL)
			return false;
		while (n < item.most && (bytes = takes(&item, s, end)) > 0)
		{
			s += bytes;
			n++;
		}
		if (n < item.least)
			return false;
	}
	return s == end;
}

/* The alternative after the one at p, or NULL. */
static const char *
next_alternative(const char *p)
{
	Item		item;

	while (p != NULL && *p != '|' && *p != '\0')
		p = read_item(p, &item);
	return p != NULL && *p == '|' ? p + 1 : NULL;
}

bool
hb_shape_matches(const char *shape, const char *s, size_t len)
{
	for (; shape != NULL; shape = next_alternative(shape))
	{
		if (alternative_matches(shape, s, s + len))
			return true;
	}
	return false;
}

bool
hb_shape_valid(const char *shape)
{
	Item		item;

	for (;;)
	{
		if (*shape == '|' || *shape == '\0')
			return false;
		while (*shape != '|' && *shape != '\0')
		{
			shape = read_item(shape, &item);
			if (shape == NULL)
				return false;
		}
		if (*shape == '\0')
			return true;
		shape++;
	}
}
