/*-------------------------------------------------------------------------
 * title.h
 *	  Titles in two languages, chosen by an argument.
 *-------------------------------------------------------------------------
 */
#ifndef HB_TITLE_H
#define HB_TITLE_H

#include "common/compat.h"

/*
 * Return the title in the language lang, zh or en, from UTF-8 to the server's
 * encoding; NULL gives SQL NULL, another language is an error.
 */
extern Datum hb_title(FunctionCallInfo fcinfo, const text *lang,
					  const char *title_zh, const char *title_en);

#endif							/* HB_TITLE_H */
