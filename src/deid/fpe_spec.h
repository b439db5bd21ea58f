/*-------------------------------------------------------------------------
 * fpe_spec.h
 *	  Shells over the forms of format-preserving encryption: errors, and
 *	  the specification of a field of a release.
 *-------------------------------------------------------------------------
 */
#ifndef HB_FPE_SPEC_H
#define HB_FPE_SPEC_H

#include "deid/fpe.h"
#include "deid/key.h"
#include "utils/jsonb.h"

/* What the functions take when an argument is left out. */
#define HB_FPE_KEEP_REGION	6
#define HB_FPE_BAND			10
#define HB_FPE_KEEP_MOBILE	3

/* The place of a word in a list, or an error that names the argument. */
extern int	hb_word_choice(const char *s, size_t len, const char *const *words, int n, const char *argument);

/* Raise a bad option, 22023 or 22003. */
extern void hb_fpe_check_or_fail(const HbFpeSpec *spec);

/* Make an alphabet in the current memory context; raises 22023. */
extern HbAlphabet *hb_alphabet_make(const char *s, size_t len);

static inline HbFpeLimits
hb_fpe_limits(const HbKey *key)
{
	HbFpeLimits limits = {key->max_date, key->edition};

	return limits;
}

/*
 * Read the specification of a field of a release, allocated in the current
 * memory context: an object with function and options. Returns false for a
 * function that does not reverse; raises 22023 for what is wrong.
 */
extern bool hb_fpe_spec_read(JsonbContainer *field, HbFpeSpec *spec);

#endif							/* HB_FPE_SPEC_H */
