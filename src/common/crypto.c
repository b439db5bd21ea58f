/*-------------------------------------------------------------------------
 * crypto.c
 *	  Keyed hashes, block ciphers, key wrap and random bytes of libcrypto.
 *
 * A keyed hash keeps two contexts that have absorbed the padded key; each
 * message starts from a copy of them, which halves the blocks to hash and
 * avoids the set-up that the library's own HMAC repeats for every message.
 *-------------------------------------------------------------------------
 */
#include "common/crypto.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#define MAC_BLOCK	64			/* bytes of a block of both hashes */

struct HbMac
{
	EVP_MD_CTX *inner;			/* has absorbed the key and the inner pad */
	EVP_MD_CTX *outer;			/* the same, outer pad */
	EVP_MD_CTX *work;
};

struct HbBlockCipher
{
	EVP_CIPHER_CTX *context;
};

/* ----- algorithms ----- */

static EVP_MD *
digest_of(HbDigest digest)
{
	static const char *const names[] = {[HB_SM3] = "SM3", [HB_SHA256] = "SHA256"};
	static EVP_MD *fetched[lengthof(names)];

	if (fetched[digest] == NULL && names[digest] != NULL)
		fetched[digest] = EVP_MD_fetch(NULL, names[digest], NULL);
	return fetched[digest];
}

static EVP_CIPHER *
cipher_of(HbCipher cipher)
{
	static const char *const names[] = {
		[HB_AES_128] = "AES-128-ECB", [HB_AES_192] = "AES-192-ECB", [HB_AES_256] = "AES-256-ECB",
		[HB_SM4] = "SM4-ECB"
	};
	static EVP_CIPHER *fetched[lengthof(names)];

	if (fetched[cipher] == NULL && names[cipher] != NULL)
		fetched[cipher] = EVP_CIPHER_fetch(NULL, names[cipher], NULL);
	return fetched[cipher];
}

static EVP_CIPHER *
wrap_cipher(void)
{
	static EVP_CIPHER *fetched;

	if (fetched == NULL)
		fetched = EVP_CIPHER_fetch(NULL, "AES-256-WRAP", NULL);
	return fetched;
}

bool
hb_has_digest(HbDigest digest)
{
	return digest_of(digest) != NULL;
}

bool
hb_has_cipher(HbCipher cipher)
{
	return cipher_of(cipher) != NULL;
}

const char *
hb_crypto_reason(void)
{
	unsigned long code = ERR_peek_last_error();
	const char *reason = code == 0 ? NULL : ERR_reason_error_string(code);

	ERR_clear_error();
	return reason == NULL ? "no reason was given" : reason;
}

void
hb_cleanse(void *p, size_t n)
{
	OPENSSL_cleanse(p, n);
}

bool
hb_random_bytes(void *p, size_t n)
{
	return pg_strong_random(p, n);
}

/* ----- keyed hashes ----- */

/* A context that has absorbed the key, exclusive-or a padding byte. */
static EVP_MD_CTX *
padded(EVP_MD *md, const uint8 key[MAC_BLOCK], uint8 pad)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8		block[MAC_BLOCK];
	bool		done;

	for (int i = 0; i < MAC_BLOCK; i++)
		block[i] = key[i] ^ pad;
	done = context != NULL && EVP_DigestInit_ex(context, md, NULL) &&
		EVP_DigestUpdate(context, block, sizeof(block));
	OPENSSL_cleanse(block, sizeof(block));
	if (done)
		return context;
	EVP_MD_CTX_free(context);
	return NULL;
}

HbMac *
hb_mac_new(HbDigest digest, const void *key, size_t len)
{
	EVP_MD	   *md = digest_of(digest);
	uint8		block[MAC_BLOCK] = {0};
	HbMac	   *mac;

	if (md == NULL)
		return NULL;
	if (len <= MAC_BLOCK)
		memcpy(block, key, len);
	else if (!EVP_Digest(key, len, block, NULL, md, NULL))
		return NULL;
	mac = OPENSSL_zalloc(sizeof(*mac));
	if (mac != NULL)
	{
		mac->inner = padded(md, block, 0x36);
		mac->outer = padded(md, block, 0x5c);
		mac->work = EVP_MD_CTX_new();
	}
	OPENSSL_cleanse(block, sizeof(block));
	if (mac != NULL && (mac->inner == NULL || mac->outer == NULL || mac->work == NULL))
	{
		hb_mac_free(mac);
		return NULL;
	}
	return mac;
}

/* The library wipes the states of its contexts as it frees them. */
void
hb_mac_free(HbMac *mac)
{
	if (mac == NULL)
		return;
	EVP_MD_CTX_free(mac->inner);
	EVP_MD_CTX_free(mac->outer);
	EVP_MD_CTX_free(mac->work);
	OPENSSL_free(mac);
}

bool
hb_mac(HbMac *mac, const void *label, size_t label_len, const void *data, size_t len,
	   uint8 out[HB_MAC_LEN])
{
	uint8		hash[EVP_MAX_MD_SIZE];

	return EVP_MD_CTX_copy_ex(mac->work, mac->inner) &&
		EVP_DigestUpdate(mac->work, label, label_len) &&
		EVP_DigestUpdate(mac->work, data, len) &&
		EVP_DigestFinal_ex(mac->work, hash, NULL) &&
		EVP_MD_CTX_copy_ex(mac->work, mac->outer) &&
		EVP_DigestUpdate(mac->work, hash, HB_MAC_LEN) &&
		EVP_DigestFinal_ex(mac->work, out, NULL);
}

/* ----- block ciphers ----- */

size_t
hb_cipher_key_len(HbCipher cipher)
{
	static const size_t lengths[] = {
		[HB_AES_128] = 16, [HB_AES_192] = 24, [HB_AES_256] = 32, [HB_SM4] = 16
	};

	return lengths[cipher];
}

HbBlockCipher *
hb_block_new(HbCipher cipher, const void *key)
{
	EVP_CIPHER *evp = cipher_of(cipher);
	HbBlockCipher *block = evp == NULL ? NULL : OPENSSL_zalloc(sizeof(*block));

	if (block == NULL)
		return NULL;
	block->context = EVP_CIPHER_CTX_new();
	if (block->context != NULL && EVP_EncryptInit_ex2(block->context, evp, key, NULL, NULL) &&
		EVP_CIPHER_CTX_set_padding(block->context, 0))
		return block;
	hb_block_free(block);
	return NULL;
}

void
hb_block_free(HbBlockCipher *cipher)
{
	if (cipher == NULL)
		return;
	EVP_CIPHER_CTX_free(cipher->context);
	OPENSSL_free(cipher);
}

bool
hb_block_encrypt(HbBlockCipher *cipher, const uint8 in[HB_BLOCK_LEN], uint8 out[HB_BLOCK_LEN])
{
	int			len;

	return EVP_EncryptUpdate(cipher->context, out, &len, in, HB_BLOCK_LEN);
}

/* ----- key wrap ----- */

static bool
wrap(const uint8 kek[32], const uint8 *in, size_t len, uint8 *out, size_t out_len, bool encrypt)
{
	EVP_CIPHER *evp = wrap_cipher();
	EVP_CIPHER_CTX *context = evp == NULL ? NULL : EVP_CIPHER_CTX_new();
	uint8		buf[HB_KEY_MAX + 2 * HB_WRAP_EXTRA];
	int			n = 0;
	bool		done;

	if (context == NULL || Max(len, out_len) > HB_KEY_MAX + HB_WRAP_EXTRA)
	{
		EVP_CIPHER_CTX_free(context);
		return false;
	}
	EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	done = EVP_CipherInit_ex2(context, evp, kek, NULL, encrypt, NULL) &&
		EVP_CipherUpdate(context, buf, &n, in, (int) len) && (size_t) n == out_len;
	EVP_CIPHER_CTX_free(context);
	if (done)
		memcpy(out, buf, out_len);
	OPENSSL_cleanse(buf, sizeof(buf));
	return done;
}

bool
hb_key_wrap(const uint8 kek[32], const uint8 *material, size_t len, uint8 *wrapped)
{
	return wrap(kek, material, len, wrapped, len + HB_WRAP_EXTRA, true);
}

bool
hb_key_unwrap(const uint8 kek[32], const uint8 *wrapped, size_t len, uint8 *material)
{
	return len > HB_WRAP_EXTRA && wrap(kek, wrapped, len, material, len - HB_WRAP_EXTRA, false);
}
