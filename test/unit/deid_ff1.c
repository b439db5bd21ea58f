/* link: src/deid/ff1_core.c src/common/crypto.c -lcrypto */
/*-------------------------------------------------------------------------
 * deid_ff1.c
 *	  FF1: the samples of NIST both ways, SM4 in place of AES, and a plain
 *	  definition of the algorithm beside ours on random radices and lengths.
 *-------------------------------------------------------------------------
 */
#include "deid/ff1.h"

#include <time.h>

#include "common/tap.h"

#define K1	"2B7E151628AED2A6ABF7158809CF4F3C"
#define K2	K1 "EF4359D8D580AA4F"
#define K3	K2 "7F036D6F04FC6A94"
#define T2	"39383736353433323130"
#define T3	"3737373770717273373737"

static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz";

/* NIST, FF1 samples; the last three swap the cipher (independent Python). */
static const struct
{
	HbCipher	cipher;
	const char *key;
	const char *tweak;
	uint32		radix;
	const char *plain;
	const char *secret;
}			samples[] = {
	{HB_AES_128, K1, "", 10, "0123456789", "2433477484"},
	{HB_AES_128, K1, T2, 10, "0123456789", "6124200773"},
	{HB_AES_128, K1, T3, 36, "0123456789abcdefghi", "a9tv40mll9kdu509eum"},
	{HB_AES_192, K2, "", 10, "0123456789", "2830668132"},
	{HB_AES_192, K2, T2, 10, "0123456789", "2496655549"},
	{HB_AES_192, K2, T3, 36, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"},
	{HB_AES_256, K3, "", 10, "0123456789", "6657667009"},
	{HB_AES_256, K3, T2, 10, "0123456789", "1001623463"},
	{HB_AES_256, K3, T3, 36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"},
	{HB_SM4, K1, "", 10, "0123456789", "0496670108"},
	{HB_SM4, K1, T2, 10, "0123456789", "0656917208"},
	{HB_SM4, K1, T3, 36, "0123456789abcdefghi", "ddrem2888btdrjs0jn9"}
};

static uint64 seed = 20260101;

/* A number below n (xorshift64*). */
static uint32
below(uint32 n)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (uint32) ((seed * UINT64CONST(2685821657736338717)) >> 33) % n;
}

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

/* ----- the definition, with schoolbook numbers of base 256, low byte first ----- */

#define BIG	272

static void
big_mul_add(uint8 *x, uint32 by, uint32 add)
{
	uint64		carry = add;

	for (int i = 0; i < BIG; i++)
	{
		carry += (uint64) x[i] * by;
		x[i] = (uint8) carry;
		carry >>= 8;
	}
}

static int
big_compare(const uint8 *x, const uint8 *y)
{
	for (int i = BIG; --i >= 0;)
	{
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return 0;
}

static void
big_subtract(uint8 *x, const uint8 *y)
{
	int			borrow = 0;

	for (int i = 0; i < BIG; i++)
	{
		int			d = x[i] - y[i] - borrow;

		borrow = d < 0;
		x[i] = (uint8) d;
	}
}

/* x mod m, x of some bytes, by shifting x in, bit by bit. */
static void
big_modulo(uint8 *x, int bytes, const uint8 *m)
{
	uint8		rest[BIG] = {0};

	for (int i = bytes * 8; --i >= 0;)
	{
		big_mul_add(rest, 2, x[i / 8] >> i % 8 & 1);
		if (big_compare(rest, m) >= 0)
			big_subtract(rest, m);
	}
	memcpy(x, rest, BIG);
}

static void
slow_ff1(HbBlockCipher *cipher, uint32 radix, const uint8 *tweak, size_t t, uint16 *x, int n)
{
	int			u = n / 2,
				v = n - u,
				b,
				d;
	uint8		power[BIG] = {0},
				p[16] = {1, 2, 1, 0, (uint8) (radix >> 8), (uint8) radix, 10, (uint8) u};
	uint16		halves[2][256];
	int			len[2] = {u, v};

	p[3] = (uint8) (radix >> 16);
	p[10] = (uint8) (n >> 8);
	p[11] = (uint8) n;
	p[14] = (uint8) (t >> 8);
	p[15] = (uint8) t;
	for (int i = 0; i < v; i++)
		big_mul_add(power, radix, radix - 1);
	for (b = BIG; power[b - 1] == 0;)
		b--;
	d = 4 * ((b + 3) / 4) + 4;
	memcpy(halves[0], x, (size_t) u * 2);
	memcpy(halves[1], x + u, (size_t) v * 2);
	for (int i = 0; i < 10; i++)
	{
		int			m = i % 2 == 0 ? u : v;
		uint8		text[2048] = {0},
					s[2048] = {0},
					number[BIG] = {0},
					sum[BIG] = {0},
					modulus[BIG] = {1};
		size_t		q = 16 + t;

		memcpy(text, p, 16);
		memcpy(text + 16, tweak, t);
		while ((q + (size_t) b + 1) % 16 != 0)
			q++;
		text[q++] = (uint8) i;
		for (int k = 0; k < len[1]; k++)
			big_mul_add(number, radix, halves[1][k]);
		for (int k = 0; k < b; k++)
			text[q++] = number[b - 1 - k];
		for (size_t at = 0; at < q; at += 16)
		{
			for (int k = 0; k < 16; k++)
				s[k] ^= text[at + (size_t) k];
			hb_block_encrypt(cipher, s, s);
		}
		for (int j = 1; j * 16 < d; j++)
		{
			uint8		block[16];

			memcpy(block, s, 16);
			block[14] ^= (uint8) (j >> 8);
			block[15] ^= (uint8) j;
			hb_block_encrypt(cipher, block, s + 16 * j);
		}
		for (int k = 0; k < len[0]; k++)
			big_mul_add(sum, radix, halves[0][k]);
		memset(number, 0, BIG);
		for (int k = 0; k < d; k++)
			number[d - 1 - k] = s[k];
		for (int k = 0, carry = 0; k < BIG; k++)
		{
			carry += sum[k] + number[k];
			sum[k] = (uint8) carry;
			carry >>= 8;
		}
		for (int k = 0; k < m; k++)
			big_mul_add(modulus, radix, 0);
		big_modulo(sum, d + 1, modulus);
		memcpy(halves[0], halves[1], sizeof(halves[0]));
		len[0] = len[1];
		len[1] = m;
		for (int k = m; --k >= 0;)
		{
			uint32		rest = 0;

			for (int at = BIG; --at >= 0;)
			{
				rest = rest << 8 | sum[at];
				sum[at] = (uint8) (rest / radix);
				rest %= radix;
			}
			halves[1][k] = (uint16) rest;
		}
	}
	memcpy(x, halves[0], (size_t) len[0] * 2);
	memcpy(x + len[0], halves[1], (size_t) len[1] * 2);
}

/* ----- tests ----- */

static void
test_samples(void)
{
	for (size_t i = 0; i < lengthof(samples); i++)
	{
		uint8		key[HB_KEY_MAX],
					tweak[16];
		uint16		x[32];
		size_t		t = from_hex(samples[i].tweak, tweak);
		int			n = (int) strlen(samples[i].plain);
		HbFf1	   *ff1;
		char		out[32] = "",
					back[32] = "";

		from_hex(samples[i].key, key);
		ff1 = hb_ff1_new(samples[i].cipher, key);
		for (int k = 0; k < n; k++)
			x[k] = (uint16) (strchr(alphabet, samples[i].plain[k]) - alphabet);
		hb_ff1_numerals(ff1, samples[i].radix, tweak, t, x, n, false);
		for (int k = 0; k < n; k++)
			out[k] = alphabet[x[k]];
		hb_ff1_numerals(ff1, samples[i].radix, tweak, t, x, n, true);
		for (int k = 0; k < n; k++)
			back[k] = alphabet[x[k]];
		ok(strcmp(out, samples[i].secret) == 0, "sample %d enciphers", (int) i + 1);
		ok(strcmp(back, samples[i].plain) == 0, "sample %d deciphers", (int) i + 1);
		if (samples[i].radix == 10)
		{
			memcpy(out, samples[i].plain, (size_t) n);
			hb_ff1_digits(ff1, tweak, t, out, n, false);
			ok(strcmp(out, samples[i].secret) == 0, "sample %d as digits", (int) i + 1);
		}
		hb_ff1_free(ff1);
	}
}

/* Our result is that of the definition, and comes back. */
static bool
agrees(HbFf1 *ff1, HbBlockCipher *cipher, uint32 radix, int n, size_t t)
{
	uint8		tweak[300];
	uint16		x[HB_FF1_MAX_LEN],
				expected[HB_FF1_MAX_LEN],
				first[HB_FF1_MAX_LEN];

	for (size_t i = 0; i < t; i++)
		tweak[i] = (uint8) below(256);
	for (int i = 0; i < n; i++)
		x[i] = (uint16) (below(8) == 0 ? radix - 1 : below(radix));
	memcpy(first, x, sizeof(x));
	memcpy(expected, x, sizeof(x));
	slow_ff1(cipher, radix, tweak, t, expected, n);
	return hb_ff1_numerals(ff1, radix, tweak, t, x, n, false) &&
		memcmp(x, expected, (size_t) n * 2) == 0 &&
		hb_ff1_numerals(ff1, radix, tweak, t, x, n, true) &&
		memcmp(x, first, (size_t) n * 2) == 0;
}

static void
test_definition(void)
{
	static const uint32 radices[] = {2, 3, 10, 16, 26, 36, 62, 255, 256, 257, 1000, 32768, 65535, 65536};
	uint8		key[16] = {7};
	HbFf1	   *ff1 = hb_ff1_new(HB_AES_128, key);
	HbBlockCipher *cipher = hb_block_new(HB_AES_128, key);

	for (size_t i = 0; i < lengthof(radices); i++)
	{
		int			wrong = 0;

		/* every length, so that the change from integers to numerals is met */
		for (int n = HB_FF1_MIN_LEN; n <= HB_FF1_MAX_LEN; n += n < 40 ? 1 : 27)
			wrong += !agrees(ff1, cipher, radices[i], n, below(2) ? below(300) : below(40));
		wrong += !agrees(ff1, cipher, radices[i], HB_FF1_MAX_LEN, 16);
		ok(wrong == 0, "radix %u agrees with the definition", radices[i]);
	}
	{
		int			wrong = 0;

		for (size_t t = 0; t <= 80; t++)
			wrong += !agrees(ff1, cipher, 10, 17, t);
		ok(wrong == 0, "every length of tweak to 80");
	}
	hb_ff1_free(ff1);
	hb_block_free(cipher);
}

static void
test_round_trip(void)
{
	uint8		key[32] = {1, 2, 3};
	HbFf1	   *ff1 = hb_ff1_new(HB_AES_256, key);
	int			wrong = 0;
	clock_t		begin;

	for (int i = 0; i < 100000; i++)
	{
		char		digits[64],
					first[64];
		int			n = 2 + (int) below(50);

		for (int k = 0; k < n; k++)
			first[k] = (char) ('0' + below(10));
		memcpy(digits, first, (size_t) n);
		hb_ff1_digits(ff1, first, 3, digits, n, false);
		for (int k = 0; k < n; k++)
			wrong += digits[k] < '0' || digits[k] > '9';
		hb_ff1_digits(ff1, first, 3, digits, n, true);
		wrong += memcmp(digits, first, (size_t) n) != 0;
	}
	ok(wrong == 0, "100,000 numbers of 2 to 51 digits come back");

	wrong = 0;
	for (int i = 0; i < 20000; i++)
	{
		uint64		size = HB_FF1_MIN_DOMAIN + below(1000000000) * (uint64) below(1000);
		uint64		number = (uint64) below(1000000000) % size;
		uint64		x = number;

		hb_ff1_below(ff1, size, &size, 5, &x, false);
		wrong += x >= size;
		hb_ff1_below(ff1, size, &size, 5, &x, true);
		wrong += x != number;
	}
	ok(wrong == 0, "20,000 numbers stay below their size and come back");

	begin = clock();
	for (int i = 0; i < 200000; i++)
	{
		char		digits[] = "11010519900307123";

		digits[i % 17] = (char) ('0' + i % 10);
		hb_ff1_digits(ff1, "", 0, digits, 17, false);
	}
	(printf) ("# %.2f million values a second, sanitizers on\n",
			  0.2 * CLOCKS_PER_SEC / (double) (clock() - begin));
	hb_ff1_free(ff1);
}

/* Every number of a small domain is reached once. */
static void
test_permutation(void)
{
	uint8		key[16] = {9};
	HbFf1	   *ff1 = hb_ff1_new(HB_SM4, key);
	static uint8 seen[1000];
	int			wrong = 0;

	for (int i = 0; i < 1000; i++)
	{
		uint64		x = (uint64) i;

		hb_ff1_below(ff1, 1000, "t", 1, &x, false);
		wrong += x >= 1000 || seen[x]++;
	}
	ok(wrong == 0, "a permutation");
	ok(hb_ff1_domain_ok(10, 6) && !hb_ff1_domain_ok(10, 5) && hb_ff1_domain_ok(1000, 2) &&
	   !hb_ff1_domain_ok(999, 2) && hb_ff1_domain_ok(2, 20) && !hb_ff1_domain_ok(2, 19) &&
	   hb_ff1_domain_ok(65536, 256), "the least domain is 1,000,000");
	hb_ff1_free(ff1);
}

int
main(void)
{
	test_samples();
	test_definition();
	test_round_trip();
	test_permutation();
	return done();
}
