/*-------------------------------------------------------------------------
 * gb2260_core.c
 *	  The divisions that GB/T 2260 has listed, year by year since 1980.
 *-------------------------------------------------------------------------
 */
#include "ident/gb2260.h"

#include "gb2260_data.h"
#include "gb2260_successor_data.h"

/* The six digits of a listed division, or 0 for what lies below a county. */
static uint32
six_digits(HbCnDivision d)
{
	return hb_cn_division_level(d) > 2 ? 0 : (uint32) (hb_cn_division_full(d) / 1000000);
}

/* The first row at or above a code. */
static uint32
first_row(uint32 code)
{
	uint32		base = 0;
	uint32		n = HB_GB2260_COUNT;

	while (n > 0)
	{
		uint32		half = n >> 1;

		if (hb_gb2260_rows[base + half].code < code)
		{
			base += half + 1;
			n -= half + 1;
		}
		else
			n = half;
	}
	return base;
}

static void
set_name(HbDivisionName *name, const HbGb2260Row *row)
{
	name->name = row->name;
	name->first_year = row->first_year;
	name->last_year = row->last_year;
	name->on_cards = row->on_cards != 0;
}

bool
hb_gb2260_name(HbCnDivision d, int i, HbDivisionName *name)
{
	uint32		code = six_digits(d);
	uint32		row = first_row(code) + (uint32) i;

	if (row >= HB_GB2260_COUNT || hb_gb2260_rows[row].code != code)
		return false;
	set_name(name, &hb_gb2260_rows[row]);
	return true;
}

bool
hb_gb2260_entry(int i, HbCnDivision *d, HbDivisionName *name)
{
	if (i >= HB_GB2260_COUNT)
		return false;
	*d = hb_cn_division_make(hb_gb2260_rows[i].code, 6);
	set_name(name, &hb_gb2260_rows[i]);
	return true;
}

bool
hb_gb2260_last_name(HbCnDivision d, HbDivisionName *name)
{
	uint32		code = six_digits(d);
	uint32		row = first_row(code + 1);

	if (row == 0 || hb_gb2260_rows[row - 1].code != code)
		return false;
	set_name(name, &hb_gb2260_rows[row - 1]);
	return true;
}

bool
hb_gb2260_name_in(HbCnDivision d, int year, HbDivisionName *name)
{
	uint32		code = six_digits(d);

	year = Max(year, HB_GB2260_FIRST_YEAR);
	for (uint32 i = first_row(code); i < HB_GB2260_COUNT; i++)
	{
		const HbGb2260Row *row = &hb_gb2260_rows[i];

		if (row->code != code)
			break;
		if (row->first_year <= year && (row->last_year == 0 || year <= row->last_year))
		{
			set_name(name, row);
			return true;
		}
	}
	return false;
}

bool
hb_gb2260_successor(HbCnDivision d, HbCnDivision *successor)
{
	uint32		code = six_digits(d);
	uint32		low = 0;
	uint32		high = HB_GB2260_SUCCESSOR_COUNT;

	while (low < high)
	{
		uint32		middle = (low + high) / 2;

		if (hb_gb2260_successor_rows[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == HB_GB2260_SUCCESSOR_COUNT || hb_gb2260_successor_rows[low].code != code)
		return false;
	*successor = hb_cn_division_make(hb_gb2260_successor_rows[low].successor, 6);
	return true;
}

/* Rows are in the order of codes, so that those of one code follow each other. */
int
hb_gb2260_until(int edition, const uint32 **codes)
{
	static uint32 listed[HB_GB2260_COUNT];
	static int	n;
	static int	built;

	if (built != edition)
	{
		n = 0;
		for (int i = 0; i < HB_GB2260_COUNT; i++)
		{
			const HbGb2260Row *row = &hb_gb2260_rows[i];

			if (row->code % 10000 != 0 && row->first_year <= edition && row->on_cards != 0 &&
				(n == 0 || listed[n - 1] != row->code))
				listed[n++] = row->code;
		}
		built = edition;
	}
	*codes = listed;
	return n;
}

void
hb_gb2260_init(void)
{
	Assert(hb_gb2260_sorted());
	Assert(hb_gb2260_successor_sorted());
}
