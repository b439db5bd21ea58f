/*-------------------------------------------------------------------------
 * key.h
 *	  Persons, visits and lines as 64-bit numbers: as they are, or hashes of text.
 *
 * Elements of a state are of one size, and results name nobody. The hash is
 * that of hashtextextended(text, 0) in the collation "C".
 *-------------------------------------------------------------------------
 */
#ifndef HB_KEY_H
#define HB_KEY_H

#include "common/compat.h"

#include "common/hashfn.h"

/* The key that argument i is, of type bigint or text. */
static inline int64
hb_key_arg(FunctionCallInfo fcinfo, int i, bool is_text)
{
	text	   *t;

	if (!is_text)
		return PG_GETARG_INT64(i);
	t = PG_GETARG_TEXT_PP(i);
	return DatumGetInt64(hash_any_extended((unsigned char *) VARDATA_ANY(t), (int) VARSIZE_ANY_EXHDR(t), 0));
}

#endif							/* HB_KEY_H */
