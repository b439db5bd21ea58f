/*-------------------------------------------------------------------------
 * title.c
 *	  Titles in two languages, chosen by an argument.
 *-------------------------------------------------------------------------
 */
#include "common/title.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

static bool
is_language(const text *lang, const char *name)
{
	return VARSIZE_ANY_EXHDR(lang) == 2 && memcmp(VARDATA_ANY(lang), name, 2) == 0;
}

Datum
hb_title(FunctionCallInfo fcinfo, const text *lang, const char *title_zh, const char *title_en)
{
	bool		zh = is_language(lang, "zh");
	const char *utf8 = zh ? title_zh : title_en;

	if (!zh && !is_language(lang, "en"))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("titles are available in the languages zh and en")));
	if (utf8 == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(pg_any_to_server(utf8, strlen(utf8), PG_UTF8)));
}
