/* link: src/common/crypto.c -lcrypto */
/*-------------------------------------------------------------------------
 * deid_crypto.c
 *	  Keyed hashes, block ciphers and key wrap beside their standards.
 *-------------------------------------------------------------------------
 */
#include "common/crypto.h"

#include "common/tap.h"

static size_t
from_hex(const char *hex, uint8 *out)
{
	size_t		n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++)
	{
		unsigned	byte;

		sscanf(hex + 2 * i, "%2x", &byte);
		out[i] = (uint8) byte;
	}
	return n;
}

static bool
is_hex(const uint8 *bytes, const char *hex)
{
	uint8		expected[64];

	return memcmp(bytes, expected, from_hex(hex, expected)) == 0;
}

/* GM/T 0042-2015 D.3 (the first two), the texts of RFC 2104 under SM3 (independent Python), RFC 4231 */
static void
test_mac(void)
{
	static const struct
	{
		HbDigest	digest;
		const char *key;
		const char *text;
		int			times;
		const char *mac;
	}			cases[] = {
		{HB_SM3, "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
		"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 2, "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"},
		{HB_SM3, "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425",
		"\xcd", 50, "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"},
		{HB_SM3, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "Hi There", 1,
		"c0ba18c68b90c88bc07de794bfc7d2c8d19ec31ed8773bc2b390c9604e0be11e"},
		{HB_SM3, "4a656665", "what do ya want for nothing?", 1, "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"},
		{HB_SHA256, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "Hi There", 1, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
		{HB_SHA256, "4a656665", "what do ya want for nothing?", 1, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{HB_SHA256, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\xdd", 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"}
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		uint8		key[64],
					out[HB_MAC_LEN];
		char		text[256];
		size_t		len = 0;
		bool		same = true;
		HbMac	   *mac = hb_mac_new(cases[i].digest, key, from_hex(cases[i].key, key));

		for (int k = 0; k < cases[i].times; k++)
		{
			memcpy(text + len, cases[i].text, strlen(cases[i].text));
			len += strlen(cases[i].text);
		}
		/* cut anywhere, and again with the same key */
		for (size_t cut = 0; cut <= len; cut++)
			same &= hb_mac(mac, text, cut, text + cut, len - cut, out) && is_hex(out, cases[i].mac);
		ok(same, "keyed hash %d", (int) i + 1);
		hb_mac_free(mac);
	}
}

/* A key longer than a block is hashed first: RFC 4231, case 6. */
static void
test_long_key(void)
{
	uint8		key[131],
				out[HB_MAC_LEN];
	const char *text = "Test Using Larger Than Block-Size Key - Hash Key First";
	HbMac	   *mac;

	memset(key, 0xaa, sizeof(key));
	mac = hb_mac_new(HB_SHA256, key, sizeof(key));
	ok(hb_mac(mac, "", 0, text, strlen(text), out) &&
	   is_hex(out, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"), "a long key");
	hb_mac_free(mac);
}

/* GB/T 32907-2016 A.1 and A.2; FIPS 197 C.1 to C.3 */
static void
test_blocks(void)
{
	static const struct
	{
		HbCipher	cipher;
		const char *key;
		const char *plain;
		const char *secret;
	}			cases[] = {
		{HB_SM4, "0123456789abcdeffedcba9876543210", "0123456789abcdeffedcba9876543210", "681edf34d206965e86b3e94f536e4246"},
		{HB_AES_128, "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a"},
		{HB_AES_192, "000102030405060708090a0b0c0d0e0f1011121314151617", "00112233445566778899aabbccddeeff", "dda97ca4864cdfe06eaf70a0ec0d7191"},
		{HB_AES_256, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "00112233445566778899aabbccddeeff", "8ea2b7ca516745bfeafc49904b496089"}
	};
	uint8		key[HB_KEY_MAX],
				block[HB_BLOCK_LEN];
	HbBlockCipher *cipher;

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		size_t		len = from_hex(cases[i].key, key);

		cipher = hb_block_new(cases[i].cipher, key);
		from_hex(cases[i].plain, block);
		ok(len == hb_cipher_key_len(cases[i].cipher) && hb_block_encrypt(cipher, block, block) &&
		   is_hex(block, cases[i].secret), "block %d", (int) i + 1);
		hb_block_free(cipher);
	}
	from_hex(cases[0].key, key);
	from_hex(cases[0].plain, block);
	cipher = hb_block_new(HB_SM4, key);
	for (int i = 0; i < 1000000; i++)
		hb_block_encrypt(cipher, block, block);
	ok(is_hex(block, "595298c7c6fd271f0402f804c33d3f66"), "SM4, a million times");
	hb_block_free(cipher);
}

/* RFC 3394, 4.3, 4.5 and 4.6 */
static void
test_wrap(void)
{
	static const struct
	{
		const char *material;
		const char *wrapped;
	}			cases[] = {
		{"00112233445566778899aabbccddeeff", "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"},
		{"00112233445566778899aabbccddeeff0001020304050607", "a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1"},
		{"00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
		"28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"}
	};
	uint8		kek[32];

	from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", kek);
	for (size_t i = 0; i < lengthof(cases); i++)
	{
		uint8		material[HB_KEY_MAX],
					back[HB_KEY_MAX],
					wrapped[HB_KEY_MAX + HB_WRAP_EXTRA];
		size_t		len = from_hex(cases[i].material, material);
		int			accepted = 0;

		ok(hb_key_wrap(kek, material, len, wrapped) && is_hex(wrapped, cases[i].wrapped), "wrap %d", (int) i + 1);
		ok(hb_key_unwrap(kek, wrapped, len + HB_WRAP_EXTRA, back) && memcmp(back, material, len) == 0, "unwrap %d", (int) i + 1);
		for (size_t bit = 0; bit < (len + HB_WRAP_EXTRA) * 8; bit++)
		{
			wrapped[bit / 8] ^= (uint8) (1 << bit % 8);
			accepted += hb_key_unwrap(kek, wrapped, len + HB_WRAP_EXTRA, back);
			wrapped[bit / 8] ^= (uint8) (1 << bit % 8);
		}
		kek[31] ^= 1;
		accepted += hb_key_unwrap(kek, wrapped, len + HB_WRAP_EXTRA, back);
		kek[31] ^= 1;
		for (size_t cut = 0; cut < len + HB_WRAP_EXTRA; cut++)
			accepted += hb_key_unwrap(kek, wrapped, cut, back);
		ok(accepted == 0, "wrap %d: no bit altered, no other key, nothing cut off", (int) i + 1);
	}
}

int
main(void)
{
	test_mac();
	test_long_key();
	test_blocks();
	test_wrap();
	return done();
}
