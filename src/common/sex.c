/*-------------------------------------------------------------------------
 * sex.c
 *	  How all functions read an argument that is a sex.
 *-------------------------------------------------------------------------
 */
#include "common/sex.h"

#include "common/ascii.h"
#include "common/fold.h"
#include "utils/builtins.h"

#define MAX_WORD	32			/* bytes, more than any accepted word has */

/* GB/T 2261.1-2003, and what forms and standards in English write. */
static const struct
{
	const char *word;
	HbSex		sex;
}			words[] = {
	{"1", HB_SEX_MALE},
	{"2", HB_SEX_FEMALE},
	{"男", HB_SEX_MALE},
	{"女", HB_SEX_FEMALE},
	{"m", HB_SEX_MALE},
	{"f", HB_SEX_FEMALE},
	{"male", HB_SEX_MALE},
	{"female", HB_SEX_FEMALE},
	{"男性", HB_SEX_MALE},
	{"女性", HB_SEX_FEMALE},
	{"", HB_SEX_UNKNOWN},
	{"0", HB_SEX_UNKNOWN},
	{"9", HB_SEX_UNKNOWN},
	{"unknown", HB_SEX_UNKNOWN},
	{"未知", HB_SEX_UNKNOWN},
	{"未说明", HB_SEX_UNKNOWN},
	{"未知的性别", HB_SEX_UNKNOWN},
	{"未说明的性别", HB_SEX_UNKNOWN}
};

static bool
find(const char *s, size_t len, HbSex *sex)
{
	for (size_t i = 0; i < lengthof(words); i++)
	{
		if (strlen(words[i].word) == len && pg_strncasecmp(words[i].word, s, len) == 0)
		{
			*sex = words[i].sex;
			return true;
		}
	}
	return false;
}

static inline bool
is_wide_blank(const char *s)
{
	return memcmp(s, "\xe3\x80\x80", 3) == 0;
}

/* Also with blanks around, and in full-width letters and digits. */
static bool
find_loose(const char *s, size_t len, HbSex *sex)
{
	char		folded[MAX_WORD];
	int			n;

	for (;;)
	{
		if (len >= 1 && is_blank(s[0]))
			s++, len--;
		else if (len >= 3 && is_wide_blank(s))
			s += 3, len -= 3;
		else if (len >= 1 && is_blank(s[len - 1]))
			len--;
		else if (len >= 3 && is_wide_blank(s + len - 3))
			len -= 3;
		else
			break;
	}
	if (find(s, len, sex))
		return true;
	n = hb_fold(s, len, folded, sizeof(folded));
	return n >= 0 && find(folded, n, sex);
}

HbSex
hb_parse_sex(const text *t)
{
	HbSex		sex;

	if (unlikely(!find_loose(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &sex)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized sex"),
				 errdetail("Accepted are 1, M, male, 男 and 2, F, female, 女; "
						   "0, 9, unknown, 未知, 未说明 and the empty text mean that it is not known.")));
	return sex;
}

PG_FUNCTION_INFO_V1(hb_sex);

/* Return the sex in a text in one spelling. */
Datum
hb_sex(PG_FUNCTION_ARGS)
{
	HbSex		sex = hb_parse_sex(PG_GETARG_TEXT_PP(0));

	if (sex == HB_SEX_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(sex == HB_SEX_MALE ? "male" : "female"));
}
