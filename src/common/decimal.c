/*-------------------------------------------------------------------------
 * decimal.c
 *	  The decimal digits of numbers, exactly: those that are printed.
 *-------------------------------------------------------------------------
 */
#include "common/decimal.h"

#include <math.h>

#include "common/shortest_dec.h"

const uint64 hb_power_of_ten[HB_POWERS_OF_TEN] = {
	UINT64CONST(1), UINT64CONST(10), UINT64CONST(100), UINT64CONST(1000), UINT64CONST(10000),
	UINT64CONST(100000), UINT64CONST(1000000), UINT64CONST(10000000), UINT64CONST(100000000),
	UINT64CONST(1000000000), UINT64CONST(10000000000), UINT64CONST(100000000000),
	UINT64CONST(1000000000000), UINT64CONST(10000000000000), UINT64CONST(100000000000000),
	UINT64CONST(1000000000000000), UINT64CONST(10000000000000000), UINT64CONST(100000000000000000),
	UINT64CONST(1000000000000000000), UINT64CONST(10000000000000000000)
};

/* The digits as core prints them: 17 at most, a point, an exponent. */
static void
parse(HbDecimal *d, const char *s)
{
	bool		fraction = false;

	for (; *s && *s != 'e'; s++)
	{
		if (*s == '.')
			fraction = true;
		else if (*s != '-')
		{
			d->digits = d->digits * 10 + (uint64) (*s - '0');
			d->exponent -= fraction;
		}
	}
	if (*s == 'e')
		d->exponent += atoi(s + 1);
}

HbDecimal
hb_decimal_of_double(double value)
{
	HbDecimal	d = {HB_DECIMAL_FINITE, value < 0, false, 0, 0};
	char		buf[DOUBLE_SHORTEST_DECIMAL_LEN];
	double		hundredths;

	if (!isfinite(value))
	{
		d.kind = HB_DECIMAL_SPECIAL;
		return d;
	}
	if (value == 0)
	{
		d.kind = HB_DECIMAL_ZERO;
		return d;
	}

	/*
	 * Amounts of money: no other decimal of 15 digits reads as the same double,
	 * so if hundredths do they are what is printed.
	 */
	hundredths = rint(fabs(value) * 100);
	if (hundredths >= 1 && hundredths < 1e15 && hundredths / 100 == fabs(value))
	{
		d.digits = (uint64) hundredths;
		d.exponent = -2;
		return d;
	}
	double_to_shortest_decimal_buf(value, buf);
	parse(&d, buf);
	return d;
}
