/*-------------------------------------------------------------------------
 * fields.h
 *	  Codes packed into fields of bits, the first character in the highest.
 *
 * A layout says where the fields are and which values each may have behind
 * the fields before it. Whether a code is valid, and the nearest valid code
 * above and below any number, follow from that.
 *-------------------------------------------------------------------------
 */
#ifndef HB_FIELDS_H
#define HB_FIELDS_H

#include "common/codeset.h"

#include "port/pg_bitutils.h"

typedef struct HbField
{
	uint8		shift;
	uint8		width;
} HbField;

/* Values of a field: those below 64 by their bits, and all from 64 to top. */
typedef struct HbValues
{
	uint64		low;
	int			top;
} HbValues;

typedef struct HbFields
{
	int			n;
	const HbField *field;
	/* The values that field f may have, given those before it. */
	HbValues	(*allowed) (uint64 code, int f);
} HbFields;

#define HB_BELOW(shift)			((UINT64CONST(1) << (shift)) - 1)

/* The bits of the values from a to b, both below 64. */
#define HB_VALUES(a, b)			((~UINT64CONST(0) >> (63 - (b))) & (~UINT64CONST(0) << (a)))
#define HB_VALUE(a)				(UINT64CONST(1) << (a))

static inline uint64
hb_field_put(HbField f, int value)
{
	return (uint64) value << f.shift;
}

static inline int
hb_field_get(HbField f, uint64 code)
{
	return (int) (code >> f.shift & HB_BELOW(f.width));
}

/* The fields up to f, the others zero. */
static inline uint64
hb_field_upto(HbField f, uint64 code)
{
	return code & ~HB_BELOW(f.shift);
}

/* All bits from the first field to the last. */
static inline uint64
hb_fields_bits(const HbFields *layout)
{
	return HB_BELOW(layout->field[0].shift + layout->field[0].width) &
		~HB_BELOW(layout->field[layout->n - 1].shift);
}

/* The least of the values at or above v, or -1. */
static inline int
hb_values_ceil(HbValues values, int v)
{
	uint64		above = v < 64 ? values.low >> v : 0;

	if (above != 0)
		return v + pg_rightmost_one_pos64(above);
	v = Max(v, 64);
	return v <= values.top ? v : -1;
}

/* The greatest of the values at or below v, or -1. */
static inline int
hb_values_floor(HbValues values, int v)
{
	uint64		below;

	if (v >= 64 && values.top >= 64)
		return Min(v, values.top);
	below = values.low & HB_VALUES(0, Min(v, 63));
	return below != 0 ? pg_leftmost_one_pos64(below) : -1;
}

static inline bool
hb_fields_valid(const HbFields *layout, uint64 code)
{
	for (int f = 0; f < layout->n; f++)
	{
		int			v = hb_field_get(layout->field[f], code);

		if (hb_values_ceil(layout->allowed(code, f), v) != v)
			return false;
	}
	return true;
}

/*
 * The smallest valid code at or above; HB_CODESET_END past the last. A field
 * without a value large enough carries into the field before it.
 */
static inline uint64
hb_fields_ceil(const HbFields *layout, uint64 code)
{
	uint64		bits = hb_fields_bits(layout);
	uint64		rest = HB_BELOW(layout->field[layout->n - 1].shift);

	if (code > (bits | rest))
		return HB_CODESET_END;
	if ((code & rest) != 0)
		code = (code | rest) + 1;
	for (int f = 0; f < layout->n; f++)
	{
		HbField		field = layout->field[f];
		int			v = hb_field_get(field, code);
		int			fit;

		if (code > bits)
			return HB_CODESET_END;
		fit = hb_values_ceil(layout->allowed(code, f), v);
		if (fit > v)
			code = hb_field_upto(field, code) + hb_field_put(field, fit - v);
		else if (fit < 0 && f == 0)
			return HB_CODESET_END;
		else if (fit < 0)
		{
			HbField		before = layout->field[f - 1];

			code = hb_field_upto(before, code) + hb_field_put(before, 1);
			f = -1;
		}
	}
	return code;
}

/*
 * The largest valid code at or below, or zero. A field without a value small
 * enough borrows from the field before it.
 */
static inline uint64
hb_fields_floor(const HbFields *layout, uint64 code)
{
	uint64		bits = hb_fields_bits(layout);

	code = code > (bits | HB_BELOW(layout->field[layout->n - 1].shift)) ? bits : code & bits;
	for (int f = 0; f < layout->n; f++)
	{
		HbField		field = layout->field[f];
		int			v = hb_field_get(field, code);
		int			fit = hb_values_floor(layout->allowed(code, f), v);

		if (fit >= 0 && fit < v)
			code = (hb_field_upto(field, code) - hb_field_put(field, v - fit)) |
				(HB_BELOW(field.shift) & bits);
		else if (fit < 0)
		{
			uint64		before = f > 0 ? hb_field_upto(layout->field[f - 1], code) : 0;

			if (before == 0)
				return 0;
			code = (before - 1) & bits;
			f = -1;
		}
	}
	return code;
}

#endif							/* HB_FIELDS_H */
