/*-------------------------------------------------------------------------
 * ff1.h
 *	  Format-preserving encryption FF1 (NIST SP 800-38G).
 *
 * A permutation of the numerals of one length in one radix, for a key and a
 * tweak. The block cipher is AES as in the standard, or SM4 in its place.
 *-------------------------------------------------------------------------
 */
#ifndef HB_FF1_H
#define HB_FF1_H

#include "common/crypto.h"

#define HB_FF1_MIN_RADIX	2
#define HB_FF1_MAX_RADIX	65536
#define HB_FF1_MIN_LEN		2
#define HB_FF1_MAX_LEN		256	/* numerals */

/* Smaller domains can be read off from enough pairs (SP 800-38G Rev. 1). */
#define HB_FF1_MIN_DOMAIN	1000000

typedef struct HbFf1 HbFf1;

/* A key made ready, or NULL: see crypto.h. */
extern HbFf1 *hb_ff1_new(HbCipher cipher, const void *key);
extern void hb_ff1_free(HbFf1 *ff1);

/* Has the domain, radix to the power of n, the least size? */
extern bool hb_ff1_domain_ok(uint32 radix, int n);

/*
 * Encipher, or decipher, n numerals below radix in place. The length and the
 * radix must be within the limits above. False is a failure of libcrypto.
 */
extern bool hb_ff1_numerals(HbFf1 *ff1, uint32 radix, const void *tweak, size_t tweak_len,
							uint16 *numerals, int n, bool decrypt);

/*
 * The same of n bits as a number, up to 64, walking until the result is below
 * size, as the number must be; size is more than a quarter of 2 to the n.
 */
extern bool hb_ff1_below(HbFf1 *ff1, uint64 size, const void *tweak, size_t tweak_len,
						 uint64 *number, bool decrypt);

/* The same of n decimal digits as text. */
extern bool hb_ff1_digits(HbFf1 *ff1, const void *tweak, size_t tweak_len,
						  char *digits, int n, bool decrypt);

#endif							/* HB_FF1_H */
