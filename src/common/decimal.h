/*-------------------------------------------------------------------------
 * decimal.h
 *	  The decimal digits of numbers, exactly: those that are printed.
 *
 * The layout of numeric on disk is the business of this file alone: it has
 * not changed since PostgreSQL 9.1, and test/pgtap/claims_benford.sql compares
 * what is read here with what core prints.
 *-------------------------------------------------------------------------
 */
#ifndef HB_DECIMAL_H
#define HB_DECIMAL_H

#include "common/compat.h"

#define HB_POWERS_OF_TEN	20

extern const uint64 hb_power_of_ten[HB_POWERS_OF_TEN];

typedef enum HbDecimalKind
{
	HB_DECIMAL_FINITE,
	HB_DECIMAL_ZERO,
	HB_DECIMAL_SPECIAL			/* NaN or infinite */
} HbDecimalKind;

/*
 * A number: its digits from the first that is not 0 as an integer, times ten
 * to the power of exponent. Of a numeric with more than 16 digits the others
 * are cut off, and "cut" is set.
 */
typedef struct HbDecimal
{
	HbDecimalKind kind;
	bool		negative;
	bool		cut;
	int			exponent;
	uint64		digits;			/* not 0 if finite */
} HbDecimal;

/* The words of a numeric: sign and scale, weight, digits in base 10000. */
typedef struct HbNumeric
{
	HbDecimalKind kind;
	bool		negative;
	int			weight;			/* of the first digit, as a power of 10000 */
	int			n;
	const char *digit;			/* int16 that need not be aligned */
} HbNumeric;

static inline int
hb_numeric_digit(const HbNumeric *numeric, int i)
{
	int16		digit;

	if (i < 0 || i >= numeric->n)
		return 0;
	memcpy(&digit, numeric->digit + sizeof digit * i, sizeof digit);
	return digit;
}

/* The value may have a short header, it must not be compressed or external. */
static inline HbNumeric
hb_numeric_of(const struct varlena *value)
{
	const char *data = VARDATA_ANY(value);
	HbNumeric	numeric = {HB_DECIMAL_FINITE, false, 0, 0, NULL};
	int			words = (int) VARSIZE_ANY_EXHDR(value) / (int) sizeof(uint16) - 1;
	uint16		header;
	int16		weight;

	memcpy(&header, data, sizeof header);
	data += sizeof header;
	if ((header & 0xC000) == 0xC000)
	{
		numeric.kind = HB_DECIMAL_SPECIAL;
		return numeric;
	}
	if (header & 0x8000)
	{
		numeric.negative = (header & 0x2000) != 0;
		numeric.weight = (header & 0x003F) - (header & 0x0040);
	}
	else
	{
		memcpy(&weight, data, sizeof weight);
		data += sizeof weight;
		words--;
		numeric.negative = (header & 0x4000) != 0;
		numeric.weight = weight;
	}
	numeric.n = words;
	numeric.digit = data;
	if (words == 0)
		numeric.kind = HB_DECIMAL_ZERO;
	return numeric;
}

static inline HbDecimal
hb_decimal_of_numeric(const HbNumeric *numeric)
{
	HbDecimal	d = {numeric->kind, numeric->negative, numeric->n > 4, 0, 0};
	int			n = Min(numeric->n, 4);

	for (int i = 0; i < n; i++)
		d.digits = d.digits * 10000 + hb_numeric_digit(numeric, i);
	d.exponent = 4 * (numeric->weight - n + 1);
	return d;
}

static inline HbDecimal
hb_decimal_of_integer(int64 value)
{
	HbDecimal	d = {value == 0 ? HB_DECIMAL_ZERO : HB_DECIMAL_FINITE, value < 0, false, 0, 0};

	d.digits = value < 0 ? -(uint64) value : (uint64) value;
	return d;
}

/* The shortest decimal that reads back as the same double. */
extern HbDecimal hb_decimal_of_double(double value);

/* How many digits an integer above 0 has. */
static inline int
hb_count_digits(uint64 x)
{
	int			n = (64 - __builtin_clzll(x)) * 1233 >> 12;

	return n + (n < HB_POWERS_OF_TEN && x >= hb_power_of_ten[n]);
}

#endif							/* HB_DECIMAL_H */
