/*-------------------------------------------------------------------------
 * crypto.h
 *	  Keyed hashes, block ciphers, key wrap and random bytes of libcrypto.
 *
 * Nothing here raises: a function that can fail returns NULL or false, and
 * hb_crypto_reason() then says why. What holds a key is wiped when freed.
 * Algorithms are fetched once per process.
 *-------------------------------------------------------------------------
 */
#ifndef HB_CRYPTO_H
#define HB_CRYPTO_H

#include "postgres.h"

#define HB_MAC_LEN		32		/* bytes that both hashes give */
#define HB_BLOCK_LEN	16		/* bytes of a block of all ciphers */
#define HB_KEY_MAX		32		/* bytes of the longest key */
#define HB_WRAP_EXTRA	8		/* bytes that wrapping adds */

typedef enum HbDigest
{
	HB_NO_DIGEST,
	HB_SM3,
	HB_SHA256
} HbDigest;

typedef enum HbCipher
{
	HB_NO_CIPHER,
	HB_AES_128,
	HB_AES_192,
	HB_AES_256,
	HB_SM4
} HbCipher;

typedef struct HbMac HbMac;
typedef struct HbBlockCipher HbBlockCipher;

/* Does this libcrypto have the algorithm? Some are built without SM3 and SM4. */
extern bool hb_has_digest(HbDigest digest);
extern bool hb_has_cipher(HbCipher cipher);

/* The reason of the last failure; never holds data. */
extern const char *hb_crypto_reason(void);

/* Overwrite secrets; the compiler cannot leave it out. */
extern void hb_cleanse(void *p, size_t n);

/* Bytes from the strong random source. */
extern bool hb_random_bytes(void *p, size_t n);

/*
 * HMAC of a message in two parts. The key is absorbed once, by hb_mac_new.
 */
extern HbMac *hb_mac_new(HbDigest digest, const void *key, size_t len);
extern void hb_mac_free(HbMac *mac);
extern bool hb_mac(HbMac *mac, const void *label, size_t label_len,
				   const void *data, size_t len, uint8 out[HB_MAC_LEN]);

/* One block enciphered; the key schedule is made once. */
extern size_t hb_cipher_key_len(HbCipher cipher);
extern HbBlockCipher *hb_block_new(HbCipher cipher, const void *key);
extern void hb_block_free(HbBlockCipher *cipher);
extern bool hb_block_encrypt(HbBlockCipher *cipher, const uint8 in[HB_BLOCK_LEN], uint8 out[HB_BLOCK_LEN]);

/*
 * AES key wrap (RFC 3394) by a key of 32 bytes; len is that of the key
 * material, a multiple of 8 from 16 to HB_KEY_MAX. Unwrapping fails for
 * another key and for altered bytes.
 */
extern bool hb_key_wrap(const uint8 kek[32], const uint8 *material, size_t len, uint8 *wrapped);
extern bool hb_key_unwrap(const uint8 kek[32], const uint8 *wrapped, size_t len, uint8 *material);

#endif							/* HB_CRYPTO_H */
