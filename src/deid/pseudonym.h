/*-------------------------------------------------------------------------
 * pseudonym.h
 *	  What is made from a keyed hash: tokens, date shifts, names, noise.
 *
 * Each use puts its own label before the value that is hashed, so that the
 * results of two uses tell nothing about each other.
 *-------------------------------------------------------------------------
 */
#ifndef HB_PSEUDONYM_H
#define HB_PSEUDONYM_H

#include "common/crypto.h"
#include "common/sex.h"

#define HB_TOKEN_MIN_BITS	80
#define HB_TOKEN_MAX_BITS	160
#define HB_TOKEN_MAX_LEN	48	/* "k", a version, "-", 32 characters */

/* Write the token of a hash, bits being a multiple of 5; returns its length. */
extern int	hb_token_write(int32 version, int bits, const uint8 hash[HB_MAC_LEN], char out[HB_TOKEN_MAX_LEN]);

/* Is this a token? If so, of which version and how many bits. */
extern bool hb_token_read(const char *s, size_t len, int32 *version, int *bits);

/* Turn a hash into a UUID of version 8 (RFC 9562), 122 bits of it kept. */
extern void hb_uuid_from_hash(const uint8 hash[HB_MAC_LEN], uint8 uuid[16]);

/* Is this text a token or a UUID of version 8? */
extern bool hb_is_pseudonym(const char *s, size_t len);

/*
 * Is this a token of a key version and a length, which passes as it is? Other
 * pseudonyms raise: hashed again they would link two releases, or hide that
 * they are none.
 */
extern bool hb_token_passes(int32 version, int bits, const char *s, size_t len);

/* Days to shift by: a multiple of step from 1 step to days, of either sign. */
extern int32 hb_shift_from_hash(const uint8 hash[HB_MAC_LEN], int32 days, int32 step);

/* Noise in thousand-millionths, evenly from -10^9 to 10^9. */
extern int64 hb_noise_from_hash(const uint8 hash[HB_MAC_LEN]);

/*
 * Write a name, a surname and one or two characters by their frequencies;
 * returns its length.
 */
#define HB_NAME_MAX_LEN		16	/* bytes: four characters */
extern int	hb_name_from_hash(const uint8 hash[HB_MAC_LEN], HbSex sex, char out[HB_NAME_MAX_LEN]);

#endif							/* HB_PSEUDONYM_H */
