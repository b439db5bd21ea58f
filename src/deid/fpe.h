/*-------------------------------------------------------------------------
 * fpe.h
 *	  What format-preserving encryption does to each form of value.
 *
 * A form and its options are a specification; the functions that encipher
 * take theirs from arguments, the reversal takes its from a release, and both
 * end in hb_fpe_convert.
 *-------------------------------------------------------------------------
 */
#ifndef HB_FPE_H
#define HB_FPE_H

#include "deid/ff1.h"

#define HB_FPE_MAX_TEXT		1024	/* bytes of a value */

typedef enum HbFpeStatus
{
	HB_FPE_DONE,
	HB_FPE_INVALID,				/* the value breaks a rule */
	HB_FPE_SMALL,				/* too few values would be possible */
	HB_FPE_FAILED				/* libcrypto */
} HbFpeStatus;

typedef enum HbFpeForm
{
	HB_FPE_TEXT,
	HB_FPE_IDNO,
	HB_FPE_MOBILE,
	HB_FPE_BANKCARD,
	HB_FPE_DIGITS
} HbFpeForm;

/* Characters and their numerals; see hb_alphabet_size. */
typedef struct HbAlphabetEntry
{
	uint32		character;
	uint32		numeral;
} HbAlphabetEntry;

typedef struct HbAlphabet
{
	uint32		radix;
	bool		decimal;		/* it is 0123456789 */
	int32		ascii[128];		/* numeral or -1 */
	HbAlphabetEntry *sorted;	/* by character */
	uint32	   *characters;		/* by numeral */
} HbAlphabet;

typedef struct HbFpeSpec
{
	HbFpeForm	form;
	int			keep;			/* digits kept of a region, or of a mobile number */
	int			band;			/* years in which a birth stays */
	bool		keep_sex;
	bool		shift_check;	/* a check digit that no real number has */
	const HbAlphabet *alphabet;
	const void *tweak;
	size_t		tweak_len;
} HbFpeSpec;

/* What a key prescribes. */
typedef struct HbFpeLimits
{
	int32		max_date;		/* days from 2000-01-01 */
	int32		edition;		/* of the list of divisions */
} HbFpeLimits;

/*
 * Are the options within their ranges, and can any value be enciphered? The
 * status is done, invalid with the rule, or small.
 */
extern HbFpeStatus hb_fpe_check(const HbFpeSpec *spec, const char **rule);

/* Encipher or decipher UTF-8 text; *rule is set for an invalid value. */
extern HbFpeStatus hb_fpe_convert(const HbFpeSpec *spec, HbFf1 *ff1, const HbFpeLimits *limits,
								  bool decrypt, const char *s, size_t len,
								  char out[HB_FPE_MAX_TEXT], size_t *out_len, const char **rule);

/* The same of the value of a cn_id. */
extern HbFpeStatus hb_fpe_cn_id(const HbFpeSpec *spec, HbFf1 *ff1, const HbFpeLimits *limits,
								bool decrypt, uint64 *id, const char **rule);

/* Bytes that an alphabet of n characters needs, in one piece of memory. */
extern size_t hb_alphabet_size(uint32 n);

/* Read the characters of UTF-8 text into that memory; returns the rule broken. */
extern const char *hb_alphabet_read(HbAlphabet *alphabet, const char *s, size_t len, uint32 n);

#endif							/* HB_FPE_H */
