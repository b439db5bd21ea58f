/*-------------------------------------------------------------------------
 * codeset_core.c
 *	  Sets of codes: the algebra of intervals, and their text.
 *-------------------------------------------------------------------------
 */
#include "common/ascii.h"
#include "common/codeset.h"
#include "common/fold.h"

/* ----- algebra ----- */

static int
compare_lo(const void *a, const void *b)
{
	uint64		x = ((const HbCodeRange *) a)->lo;
	uint64		y = ((const HbCodeRange *) b)->lo;

	return x < y ? -1 : x > y;
}

/* Append a range that starts at or after all before it. */
static inline uint32
append(HbCodeRange *out, uint32 n, HbCodeRange r)
{
	if (n > 0 && r.lo <= out[n - 1].next)
	{
		if (r.next > out[n - 1].next)
			out[n - 1].next = r.next;
		return n;
	}
	out[n] = r;
	return n + 1;
}

uint32
hb_ranges_normalize(HbCodeRange *r, uint32 n)
{
	uint32		m = 0;

	if (n > 1)
		qsort(r, n, sizeof(*r), compare_lo);
	for (uint32 i = 0; i < n; i++)
		m = append(r, m, r[i]);
	return m;
}

uint32
hb_ranges_union(const HbCodeRange *a, uint32 na,
				const HbCodeRange *b, uint32 nb, HbCodeRange *out)
{
	uint32		i = 0,
				j = 0,
				n = 0;

	while (i < na || j < nb)
	{
		if (j == nb || (i < na && a[i].lo <= b[j].lo))
			n = append(out, n, a[i++]);
		else
			n = append(out, n, b[j++]);
	}
	return n;
}

uint32
hb_ranges_intersect(const HbCodeRange *a, uint32 na,
					const HbCodeRange *b, uint32 nb, HbCodeRange *out)
{
	uint32		i = 0,
				j = 0,
				n = 0;

	while (i < na && j < nb)
	{
		HbCodeRange r;

		r.lo = Max(a[i].lo, b[j].lo);
		r.next = Min(a[i].next, b[j].next);
		if (r.lo < r.next)
			out[n++] = r;
		if (a[i].next < b[j].next)
			i++;
		else
			j++;
	}
	return n;
}

uint32
hb_ranges_minus(const HbCodeRange *a, uint32 na,
				const HbCodeRange *b, uint32 nb, HbCodeRange *out)
{
	uint32		j = 0,
				n = 0;

	for (uint32 i = 0; i < na; i++)
	{
		HbCodeRange r = a[i];

		while (j < nb && b[j].next <= r.lo)
			j++;
		for (uint32 k = j; k < nb && b[k].lo < r.next; k++)
		{
			if (r.lo < b[k].lo)
			{
				out[n].lo = r.lo;
				out[n++].next = b[k].lo;
			}
			r.lo = b[k].next;
		}
		if (r.lo < r.next)
			out[n++] = r;
	}
	return n;
}

/* ----- codes and ranges ----- */

/* One code alone, with whatever marks. */
static HbCodeRange
itself(const HbCodeSetType *type, uint64 code)
{
	HbCodeRange r;

	r.lo = code & ~type->mark_bits;
	r.next = type->ceil((r.lo | type->mark_bits) + 1);
	return r;
}

static HbCodeRange
subtree(const HbCodeSetType *type, uint64 code)
{
	HbCodeRange r;

	r.lo = code;
	r.next = type->ceil((code | type->subtree_bits(code)) + 1);
	return r;
}

HbCodeRange
hb_codeset_subtree(const HbCodeSetType *type, uint64 code)
{
	if (code & type->mark_bits)
		return itself(type, code);
	return subtree(type, code);
}

bool
hb_codeset_valid(const HbCodeSetType *type, const HbCodeRange *r, uint32 n)
{
	for (uint32 i = 0; i < n; i++)
	{
		if (r[i].lo >= r[i].next || (i > 0 && r[i].lo <= r[i - 1].next))
			return false;
		if (r[i].lo > HB_CODESET_END || type->ceil(r[i].lo) != r[i].lo)
			return false;
		if (r[i].next > HB_CODESET_END || type->ceil(r[i].next) != r[i].next)
			return false;
	}
	return true;
}

/*
 * A range reads "first", "first-last" where last brings its subtree, or
 * "first-last+" where last comes without it. Take the highest last.
 */
int
hb_codeset_format_range(const HbCodeSetType *type, HbCodeRange r, char *buf)
{
	uint64		last = type->floor(r.next - 1);
	uint64		up = last;
	bool		whole = false;
	int			len = type->code->format(r.lo, buf);

	do
	{
		if (up < r.lo)
			break;
		if (subtree(type, up).next == r.next)
		{
			last = up;
			whole = true;
		}
	} while (type->parent(up, &up));

	if (last != r.lo)
	{
		buf[len++] = '-';
		len += type->code->format(last, buf + len);
	}
	if (!whole)
		buf[len++] = '+';
	return len;
}

/* ----- text ----- */

/* Narrow [*s, *end) to what is between blanks. */
static void
trim(const char **s, const char **end)
{
	while (*s < *end && is_blank(**s))
		(*s)++;
	while (*end > *s && is_blank((*end)[-1]))
		(*end)--;
}

/* Read a code or, with a plus behind it, the code by itself. */
static const char *
parse_code(const HbCodeSetType *type, const char *s, const char *end,
		   HbCodeRange *r, int *pos)
{
	const char *begin = s;
	const char *rule;
	uint64		code;
	bool		alone;

	trim(&s, &end);
	*pos = (int) (s - begin);
	if (s == end)
		return "a code is missing here";
	alone = end[-1] == '+';
	if (alone)
	{
		end--;
		trim(&s, &end);
	}
	rule = type->code->parse(s, (int) (end - s), &code, pos);
	if (rule != NULL)
	{
		*pos += (int) (s - begin);
		return rule;
	}
	*r = alone ? itself(type, code) : hb_codeset_subtree(type, code);
	return NULL;
}

/* Read one item: a code, a range of codes, or a named group. */
static const char *
parse_item(const HbCodeSetType *type, const char *s, const char *end,
		   HbCodeRange *r, int *pos)
{
	const char *dash = memchr(s, '-', end - s);
	const char *rule;
	HbCodeRange upper;
	uint64		first,
				last;

	if (dash == NULL)
	{
		if (type->group != NULL && type->group(s, (int) (end - s), &first, &last))
		{
			r->lo = first;
			r->next = subtree(type, last).next;
			return NULL;
		}
		return parse_code(type, s, end, r, pos);
	}
	rule = parse_code(type, s, dash, r, pos);
	if (rule != NULL)
		return rule;
	rule = parse_code(type, dash + 1, end, &upper, pos);
	if (rule != NULL)
	{
		*pos += (int) (dash + 1 - s);
		return rule;
	}
	if (upper.lo < r->lo)
	{
		*pos = (int) (dash - s);
		return "the range runs backwards";
	}
	r->next = upper.next;
	return NULL;
}

/*
 * Items are taken in two passes, inclusions into ranges and exclusions into
 * work, so that the order in which they are written does not matter.
 */
int
hb_codeset_parse(const HbCodeSetType *type, const char *s, int len,
				 HbCodeRange *ranges, HbCodeRange *work, HbCodeSetError *error)
{
	const char *text = s;
	const char *stop = s + len;
	uint32		n = 0,
				m = 0;
	const char *first = s,
			   *last = stop;

	trim(&first, &last);
	if (first == last)
		return 0;
	error->item = 0;
	for (const char *p = text; p <= stop;)
	{
		const char *comma = memchr(p, ',', stop - p);
		const char *begin = p;
		const char *end = comma != NULL ? comma : stop;
		bool		exclude;

		p = end + 1;
		error->item++;
		trim(&begin, &end);
		exclude = begin < end && *begin == '!';
		if (exclude)
		{
			begin++;
			trim(&begin, &end);
		}
		error->pos = 0;
		error->rule = parse_item(type, begin, end,
								 exclude ? &work[m++] : &ranges[n++], &error->pos);
		if (error->rule != NULL)
		{
			error->pos += (int) (begin - text) + 1;
			return -1;
		}
	}
	if (n == 0)
	{
		error->rule = "an exclusion needs something to exclude from";
		error->item = 1;
		error->pos = 1;
		return -1;
	}
	n = hb_ranges_normalize(ranges, n);
	m = hb_ranges_normalize(work, m);
	if (m > 0)
	{
		/* The difference has at most n + m ranges; it needs its own room. */
		HbCodeRange *out = work + m;

		n = hb_ranges_minus(ranges, n, work, m, out);
		memcpy(ranges, out, sizeof(*out) * n);
	}
	return (int) n;
}
