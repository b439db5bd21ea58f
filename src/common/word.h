/*-------------------------------------------------------------------------
 * word.h
 *	  Arguments that are one word of a list.
 *-------------------------------------------------------------------------
 */
#ifndef HB_WORD_H
#define HB_WORD_H

#include "common/compat.h"

/* The index of a word in a list of n, else an error that names the argument. */
static inline int
hb_choose(const text *word, const char *const words[], int n, const char *argument, const char *hint)
{
	for (int i = 0; i < n; i++)
		if (VARSIZE_ANY_EXHDR(word) == strlen(words[i]) &&
			memcmp(VARDATA_ANY(word), words[i], strlen(words[i])) == 0)
			return i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized %s", argument),
			 errhint("%s", hint)));
}

#endif							/* HB_WORD_H */
