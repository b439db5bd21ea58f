/*-------------------------------------------------------------------------
 * fold.h
 *	  Reduce text as people type it to ASCII, by a fixed table.
 *
 * Type input must be immutable, so this cannot come from ICU, whose data
 * change with its version.
 *-------------------------------------------------------------------------
 */
#ifndef HB_FOLD_H
#define HB_FOLD_H

#include "postgres.h"

/* Stands for every character that has no ASCII form; no code contains it. */
#define HB_FOLD_OTHER	'\x7f'

/*
 * Fold the UTF-8 string s into dst, one byte a character: full-width forms,
 * all kinds of blanks and invisible marks (as blanks), the dagger (as +), the Roman numeral ten, the
 * ideographic comma, and dashes. Returns the number of characters, or -1
 * when they exceed size.
 */
extern int	hb_fold(const char *s, size_t len, char *dst, size_t size);

#endif							/* HB_FOLD_H */
