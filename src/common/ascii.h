/*-------------------------------------------------------------------------
 * ascii.h
 *	  Classes of ASCII characters, whatever the locale.
 *-------------------------------------------------------------------------
 */
#ifndef HB_ASCII_H
#define HB_ASCII_H

#include "postgres.h"

static inline bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
is_digit(char c)
{
	return (unsigned char) (c - '0') <= 9;
}

static inline bool
is_upper(char c)
{
	return (unsigned char) (c - 'A') < 26;
}

static inline char
to_upper(char c)
{
	return (unsigned char) (c - 'a') < 26 ? c - 'a' + 'A' : c;
}

static inline bool
is_letter(char c)
{
	return is_upper(to_upper(c));
}

static inline bool
is_alnum(char c)
{
	return is_digit(c) || is_letter(c);
}

#endif							/* HB_ASCII_H */
