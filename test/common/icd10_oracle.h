/*-------------------------------------------------------------------------
 * icd10_oracle.h
 *	  What the tests of icd10 and icd10set know by themselves: the grammar of
 *	  canonical texts, the layout of the bits, and random codes.
 *-------------------------------------------------------------------------
 */
#ifndef HB_ICD10_ORACLE_H
#define HB_ICD10_ORACLE_H

#include "icd/icd10.h"

#define TEXT		24

static uint64 seed = 20260103;

static inline uint64
random64(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * UINT64CONST(2685821657736338717);
}

static inline uint32
below(uint32 n)
{
	return (uint32) (random64() >> 33) % n;
}

/* ----- the grammar of canonical texts ----- */

static inline bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
digits(const char *s, int n)
{
	for (int i = 0; i < n; i++)
		if (!digit(s[i]))
			return false;
	return true;
}

/* What follows the dot in a code that may carry marks. */
static inline bool
chinese_tail(const char *s, int n)
{
	if (n == 1)
		return digit(s[0]);
	return (n == 3 || n == 7) && (digit(s[0]) || s[0] == 'x') && digits(s + 1, 2) &&
		(n == 3 || (s[3] == 'x' && digits(s + 4, 3)));
}

static inline int
main_length(const char *s)
{
	return (int) strcspn(s, "*+");
}

/* Is this the canonical text of a code? */
static inline bool
is_code(const char *s)
{
	int			n = main_length(s);
	const char *mark = s + n;
	bool		plain;

	if (n < 3 || !upper(s[0]) || !digit(s[1]) || !(digit(s[2]) || s[2] == 'A' || s[2] == 'B'))
		return false;
	if (n > 3 && (s[3] != '.' || n == 4))
		return false;
	plain = digit(s[2]) && (n == 3 || chinese_tail(s + 4, n - 4));
	if (!plain && n > 3)
	{
		/* ICD-10-CM */
		if (n > 8 || s[n - 1] == 'X')
			return false;
		for (int i = 4; i < n; i++)
			if (!digit(s[i]) && !upper(s[i]))
				return false;
		if (digit(s[2]) && n == 7 && s[4] == 'X' && digits(s + 5, 2))
			return false;
	}
	if (*mark == '\0')
		return true;
	if (!plain)
		return false;
	if (mark[1] == '\0')
		return *mark == '+' || n == 3 || n == 5;
	if (*mark != '+' || !upper(mark[1]) || !digits(mark + 2, 2))
		return false;
	mark += 4;
	if (mark[0] == '.' && digit(mark[1]))
		mark += 2;
	return strcmp(mark, "*") == 0;
}

/* ----- the layout of the bits ----- */

static inline uint64
place(char c)
{
	return digit(c) ? 1 + c - '0' : 11 + c - 'A';
}

static inline uint64
pack(const char *s)
{
	static const int shift[] = {40, 34, 28, 17};
	int			n = main_length(s);
	const char *mark = s + n;
	uint64		code = (uint64) (s[0] - 'A') << 54 | (uint64) (s[1] - '0') << 50 |
		(uint64) (digit(s[2]) ? s[2] - '0' : 10 + s[2] - 'A') << 46;

	for (int i = 0; i + 4 < n && i < 4; i++)
	{
		char		c = s[i + 4];

		if (c == 'x')
			code |= UINT64CONST(37) << shift[i];
		else
			code |= place(c) << shift[i];
	}
	if (n == 11)
		code += (uint64) atoi(s + 8) << 17;
	if (mark[0] == '*')
		code |= 1 << 12;
	else if (mark[0] == '+' && mark[1] == '\0')
		code |= 2 << 12;
	else if (mark[0] == '+')
		code |= (uint64) (3 + mark[1] - 'A') << 12 | (mark[2] - '0') << 8 | (mark[3] - '0') << 4 |
			(mark[4] == '.' ? place(mark[5]) : 0);
	return code;
}

/* Text of a random code of any shape. */
static inline void
generate(char *s)
{
	int			shape = (int) below(8);

	s += sprintf(s, "%c%u%u", 'A' + below(26), below(10), below(10));
	switch (shape)
	{
		case 0:
			break;
		case 1:
			s += sprintf(s, ".%u", below(10));
			break;
		case 2:
		case 3:
			s += sprintf(s, ".%c%u%u", "0123456789x"[below(11)], below(10), below(10));
			break;
		case 4:
		case 5:
			s += sprintf(s, ".%c%u%ux%03u", "0123456789x"[below(11)], below(10), below(10), below(1000));
			break;
		default:
			{
				int			n = 1 + (int) below(4);

				if (below(4) == 0)
					s[-1] = "AB"[below(2)];
				*s++ = '.';
				for (int i = 0; i < n; i++)
					*s++ = below(3) ? (char) ('0' + below(10)) : below(2) ? 'X' : (char) ('A' + below(26));
				*s = '\0';
				return;
			}
	}
	switch (below(4))
	{
		case 0:
			s += sprintf(s, "+%c%u%u", 'A' + below(26), below(10), below(10));
			if (below(2))
				s += sprintf(s, ".%u", below(10));
			strcpy(s, "*");
			break;
		case 1:
			strcpy(s, below(2) ? "+" : "*");
			break;
	}
}

#endif							/* HB_ICD10_ORACLE_H */
