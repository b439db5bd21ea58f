/*-------------------------------------------------------------------------
 * uscc.h
 *	  Unified social credit codes of organisations, GB 32100-2015, and the
 *	  organisation codes inside them, GB 11714-1997.
 *
 * 18 characters of an alphabet of 31 without I, O, S, V and Z:
 *
 *	  D C RRRRRR OOOOOOOOO K
 *
 * department, class, division, organisation code, check character.
 *-------------------------------------------------------------------------
 */
#ifndef HB_USCC_H
#define HB_USCC_H

#include "common/compat.h"

#define HB_USCC_LEN		18
#define HB_ORG_CODE_LEN	9

/* The SQL value; passed by reference, of fixed length, unaligned. */
typedef struct HbUscc
{
	char		c[HB_USCC_LEN];
} HbUscc;

/*
 * Read a code as people type it. Returns NULL, or the rule that is broken,
 * with *pos set to the character that breaks it, from 1.
 */
extern const char *hb_uscc_parse(const char *s, size_t len, HbUscc *code, int *pos);

/* Check 18 characters; *pos is the offset of the one that breaks the rule. */
extern const char *hb_uscc_check(const char *s, int *pos);

/* Check the 9 characters of an organisation code. */
extern const char *hb_org_code_check(const char *s, int *pos);

/* A number below 2^63 in the order of codes, of all but 3 characters. */
extern uint64 hb_uscc_abbreviate(const HbUscc *code);

/*
 * Reduce text that has been folded to what counts: capitals for small
 * letters, no blanks and no hyphens. at[i] is the offset of character i, with
 * one more for the end. Returns the number of characters, or -1 if they
 * exceed max; at has room for max + 1.
 */
extern int	hb_compact(const char *s, int len, char *out, int *at, int max);

#endif							/* HB_USCC_H */
