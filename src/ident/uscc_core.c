/*-------------------------------------------------------------------------
 * uscc_core.c
 *	  Unified social credit codes, GB 32100-2015, and organisation codes,
 *	  GB 11714-1997.
 *-------------------------------------------------------------------------
 */
#include "ident/uscc.h"

#include "common/ascii.h"
#include "common/fold.h"

#define MAX_INPUT	64			/* characters, with blanks and hyphens */

/* The value of each capital letter in the alphabet of 31, or -1. */
static const int8 letter_value[26] =
{
	/* A to H, I, J to N, O, P to R, S, T, U, V, W to Y, Z */
	10, 11, 12, 13, 14, 15, 16, 17, -1, 18, 19, 20, 21, 22, -1,
	23, 24, 25, -1, 26, 27, -1, 28, 29, 30, -1
};

static inline int
value31(char c)
{
	if (is_digit(c))
		return c - '0';
	return is_upper(c) ? letter_value[c - 'A'] : -1;
}

/* The classes that a department registers, or NULL for no department. */
static const char *
classes(char department)
{
	switch (department)
	{
		case '1':				/* establishment of institutions */
			return "1239";
		case '3':				/* justice */
			return "123459";
		case '5':				/* civil affairs */
		case 'N':				/* agriculture */
			return "1239";
		case '6':				/* tourism */
		case '7':				/* religious affairs */
			return "129";
		case '9':				/* market regulation */
			return "123";
		case '2':				/* foreign affairs */
		case '4':				/* culture */
		case '8':				/* trade unions */
		case 'A':				/* Central Military Commission */
			return "19";
		case 'Y':				/* other */
			return "1";
		default:
			return NULL;
	}
}

static char
check_character(const char *s)
{
	static const uint8 weight[HB_USCC_LEN - 1] =
	{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
	int			sum = 0;

	for (int i = 0; i < HB_USCC_LEN - 1; i++)
		sum += value31(s[i]) * weight[i];
	return "0123456789ABCDEFGHJKLMNPQRTUWXY"[(31 - sum % 31) % 31];
}

const char *
hb_uscc_check(const char *s, int *pos)
{
	const char *allowed;

	for (*pos = 0; *pos < HB_USCC_LEN; (*pos)++)
	{
		if (value31(s[*pos]) < 0)
			return "a credit code has digits and capital letters without I, O, S, V, Z";
	}
	*pos = 0;
	allowed = classes(s[0]);
	if (allowed == NULL)
		return "no department registers with this character";
	*pos = 1;
	if (strchr(allowed, s[1]) == NULL)
		return "the department has no such class";
	for (*pos = 2; *pos < 8; (*pos)++)
	{
		if (!is_digit(s[*pos]))
			return "the division is six digits";
	}
	*pos = HB_USCC_LEN - 1;
	if (s[*pos] != check_character(s))
		return "the check character does not fit the others";
	return NULL;
}

const char *
hb_org_code_check(const char *s, int *pos)
{
	static const uint8 weight[HB_ORG_CODE_LEN - 1] = {3, 7, 9, 10, 5, 8, 4, 2};
	int			sum = 0;

	for (*pos = 0; *pos < HB_ORG_CODE_LEN - 1; (*pos)++)
	{
		char		c = s[*pos];

		if (is_digit(c))
			sum += (c - '0') * weight[*pos];
		else if (is_upper(c))
			sum += (c - 'A' + 10) * weight[*pos];
		else
			return "this character is neither a digit nor a letter";
	}
	if (s[*pos] != "0X987654321"[sum % 11])
		return "the check character does not fit the others";
	return NULL;
}

int
hb_compact(const char *s, int len, char *out, int *at, int max)
{
	int			n = 0;

	for (int i = 0; i < len; i++)
	{
		if (is_blank(s[i]) || s[i] == '-')
			continue;
		if (n == max)
			return -1;
		at[n] = i;
		out[n++] = to_upper(s[i]);
	}
	at[n] = len;
	return n;
}

const char *
hb_uscc_parse(const char *s, size_t len, HbUscc *code, int *pos)
{
	char		folded[MAX_INPUT];
	char		compact[MAX_INPUT];
	int			at[MAX_INPUT + 1];
	int			n;
	const char *rule;

	if (likely(len == HB_USCC_LEN) && likely(hb_uscc_check(s, pos) == NULL))
	{
		memcpy(code->c, s, HB_USCC_LEN);
		return NULL;
	}
	*pos = MAX_INPUT + 1;
	n = hb_fold(s, len, folded, MAX_INPUT);
	if (n < 0)
		return "the text is far longer than any code";
	n = hb_compact(folded, n, compact, at, MAX_INPUT);
	*pos = at[Min(n, HB_USCC_LEN)] + 1;
	if (n != HB_USCC_LEN)
		return n == 0 ? "the text is empty" : "a credit code has 18 characters";
	rule = hb_uscc_check(compact, pos);
	if (rule == NULL)
		memcpy(code->c, compact, HB_USCC_LEN);
	else
		*pos = at[*pos] + 1;
	return rule;
}

/*
 * Department in 31, class and division in 10, seven characters in 31: the
 * first 15 characters, which tell nearly all codes apart.
 */
uint64
hb_uscc_abbreviate(const HbUscc *code)
{
	uint64		key = (uint64) value31(code->c[0]);

	for (int i = 1; i < 8; i++)
		key = key * 10 + (uint64) (code->c[i] - '0');
	for (int i = 8; i < 15; i++)
		key = key * 31 + (uint64) value31(code->c[i]);
	return key;
}
