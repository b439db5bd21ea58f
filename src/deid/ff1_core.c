/*-------------------------------------------------------------------------
 * ff1_core.c
 *	  Format-preserving encryption FF1 (NIST SP 800-38G), algorithms 7 and 8.
 *
 * The numerals are cut into halves A and B of u and v numerals. Ten rounds
 * replace one half by its sum with a keyed function of the other. That
 * function is the CBC-MAC of P || Q, of which all blocks but the last are the
 * same for a whole column; so their MAC is kept, and a round is one block.
 *
 * Halves below 2^63 are integers. Longer ones are numerals throughout: a sum
 * modulo radix^m is then a sum with carry, and needs no long division.
 *-------------------------------------------------------------------------
 */
#include "deid/ff1.h"

#include "port/pg_bswap.h"

#define ROUNDS			10
#define HALF			(HB_FF1_MAX_LEN / 2)
#define MAX_HALF_BYTES	(HALF * 2)	/* 16 bits a numeral at most */
#define KEPT_TWEAK		64		/* bytes of a tweak that is compared with the last */

/* What follows from radix, length of the text and length of the tweak. */
typedef struct Layout
{
	uint32		radix;
	int			n;
	size_t		tweak_len;
	int			u;				/* numerals of A */
	int			v;				/* numerals of B */
	size_t		b;				/* bytes of a half as a number */
	size_t		d;				/* bytes of the pseudorandom number */
	size_t		fill;			/* zeros between tweak and round number */
	bool		small;			/* both halves below 2^63 */
	uint64		modulus[2];		/* radix to the u and v, if small */
} Layout;

struct HbFf1
{
	HbBlockCipher *cipher;
	Layout		layout;			/* of the last call */
	uint8		mac_p[HB_BLOCK_LEN];	/* of P */
	bool		has_tweak;		/* is the rest known? */
	uint8		tweak[KEPT_TWEAK];
	uint8		mac_q[HB_BLOCK_LEN];	/* of P and the whole blocks of Q that are alike in all rounds */
	uint8		start[HB_BLOCK_LEN];	/* what of Q follows these, before the round number */
	size_t		start_len;
};

HbFf1 *
hb_ff1_new(HbCipher cipher, const void *key)
{
	HbBlockCipher *block = hb_block_new(cipher, key);
	HbFf1	   *ff1 = block == NULL ? NULL : calloc(1, sizeof(*ff1));

	if (ff1 == NULL)
		hb_block_free(block);
	else
		ff1->cipher = block;
	return ff1;
}

void
hb_ff1_free(HbFf1 *ff1)
{
	if (ff1 == NULL)
		return;
	hb_block_free(ff1->cipher);
	hb_cleanse(ff1, sizeof(*ff1));
	free(ff1);
}

bool
hb_ff1_domain_ok(uint32 radix, int n)
{
	uint64		size = 1;

	for (int i = 0; i < n && size < HB_FF1_MIN_DOMAIN; i++)
		size *= radix;
	return size >= HB_FF1_MIN_DOMAIN;
}

/* ----- what rounds have in common ----- */

static inline void
put_be(uint8 *p, uint64 x, int bytes)
{
	for (int i = bytes; --i >= 0; x >>= 8)
		p[i] = (uint8) x;
}

static inline uint64
get_be(const uint8 *p, int bytes)
{
	uint64		x = 0;

	for (int i = 0; i < bytes; i++)
		x = x << 8 | p[i];
	return x;
}

/* x = x * radix + numeral, in big-endian bytes; the carry out is dropped. */
static void
multiply_add(uint8 *x, size_t bytes, uint32 radix, uint32 numeral)
{
	uint32		carry = numeral;

	for (size_t i = bytes; i-- > 0;)
	{
		/* at most 255 * 65536 + 65535 + 65535: far below 2^32 */
		carry += x[i] * radix;
		x[i] = (uint8) carry;
		carry >>= 8;
	}
}

/* Bytes that hold radix^v - 1: a power by integers, as logarithms are off. */
static size_t
half_bytes(uint32 radix, int v)
{
	uint8		x[MAX_HALF_BYTES] = {0};
	size_t		zeros = 0;

	for (int i = 0; i < v; i++)
		multiply_add(x, sizeof(x), radix, radix - 1);
	while (x[zeros] == 0)
		zeros++;
	return sizeof(x) - zeros;
}

/* radix^m, or 0 from 2^63 on */
static uint64
small_power(uint32 radix, int m)
{
	uint64		x = 1;

	for (int i = 0; i < m; i++)
	{
		if (x > (UINT64CONST(1) << 63) / radix)
			return 0;
		x *= radix;
	}
	return x < UINT64CONST(1) << 63 ? x : 0;
}

static void
lay_out(Layout *l, uint32 radix, int n, size_t tweak_len)
{
	l->radix = radix;
	l->n = n;
	l->tweak_len = tweak_len;
	l->u = n / 2;
	l->v = n - l->u;
	l->b = half_bytes(radix, l->v);
	l->d = 4 * ((l->b + 3) / 4) + 4;
	l->fill = (HB_BLOCK_LEN - (tweak_len + l->b + 1) % HB_BLOCK_LEN) % HB_BLOCK_LEN;
	l->modulus[0] = small_power(radix, l->u);
	l->modulus[1] = small_power(radix, l->v);
	l->small = l->modulus[1] != 0;
#ifndef HAVE_INT128
	l->small = l->small && l->d <= 8;
#endif
}

static inline bool
mac_block(HbFf1 *ff1, uint8 mac[HB_BLOCK_LEN], const uint8 *block)
{
	uint8		x[HB_BLOCK_LEN];

	for (int i = 0; i < HB_BLOCK_LEN; i++)
		x[i] = mac[i] ^ block[i];
	return hb_block_encrypt(ff1->cipher, x, mac);
}

/* Make ready for a radix and lengths. */
static bool
set_layout(HbFf1 *ff1, uint32 radix, int n, size_t tweak_len)
{
	Layout	   *l = &ff1->layout;
	uint8		p[HB_BLOCK_LEN] = {1, 2, 1};

	ff1->has_tweak = false;
	lay_out(l, radix, n, tweak_len);
	put_be(p + 3, radix, 3);
	p[6] = ROUNDS;
	p[7] = (uint8) l->u;
	put_be(p + 8, (uint64) n, 4);
	put_be(p + 12, tweak_len, 4);
	if (hb_block_encrypt(ff1->cipher, p, ff1->mac_p))
		return true;
	l->n = 0;
	return false;
}

/* Absorb the tweak and the zeros after it. */
static bool
set_tweak(HbFf1 *ff1, const uint8 *tweak)
{
	const Layout *l = &ff1->layout;
	size_t		total = l->tweak_len + l->fill;
	size_t		done = 0;

	ff1->has_tweak = false;
	memcpy(ff1->mac_q, ff1->mac_p, HB_BLOCK_LEN);
	memset(ff1->start, 0, HB_BLOCK_LEN);
	for (; done + HB_BLOCK_LEN <= l->tweak_len; done += HB_BLOCK_LEN)
	{
		if (!mac_block(ff1, ff1->mac_q, tweak + done))
			return false;
	}
	if (l->tweak_len > done)
		memcpy(ff1->start, tweak + done, l->tweak_len - done);
	if (total - done >= HB_BLOCK_LEN)
	{
		if (!mac_block(ff1, ff1->mac_q, ff1->start))
			return false;
		memset(ff1->start, 0, HB_BLOCK_LEN);
		done += HB_BLOCK_LEN;
	}
	ff1->start_len = total - done;
	ff1->has_tweak = l->tweak_len <= KEPT_TWEAK;
	if (ff1->has_tweak && l->tweak_len > 0)
		memcpy(ff1->tweak, tweak, l->tweak_len);
	return true;
}

static bool
prepare(HbFf1 *ff1, uint32 radix, int n, const void *tweak, size_t tweak_len)
{
	const Layout *l = &ff1->layout;

	if ((l->radix != radix || l->n != n || l->tweak_len != tweak_len) &&
		!set_layout(ff1, radix, n, tweak_len))
		return false;
	if (ff1->has_tweak && (tweak_len == 0 || memcmp(ff1->tweak, tweak, tweak_len) == 0))
		return true;
	return set_tweak(ff1, tweak);
}

/* ----- halves that are integers ----- */

/* The first d bytes of the pseudorandom block, modulo m. */
static inline uint64
reduce(const uint64 block[2], size_t d, uint64 m)
{
	uint64		high = pg_ntoh64(block[0]);

	if (d == 8)
		return high % m;
#ifdef HAVE_INT128
	return (uint64) (((uint128) high << 32 | pg_ntoh64(block[1]) >> 32) % m);
#else
	pg_unreachable();
#endif
}

/*
 * Halves below 2^63 take at most 8 bytes: the last block of Q is its start,
 * already combined with the MAC so far, the round number and the half.
 */
static bool
small_rounds(HbFf1 *ff1, uint64 *a, uint64 *b, bool decrypt)
{
	const Layout *l = &ff1->layout;
	uint64		constant[2];
	uint64		x = decrypt ? *b : *a;	/* the half that is replaced */
	uint64		y = decrypt ? *a : *b;	/* the half that is hashed */

	for (int i = 0; i < 2; i++)
		constant[i] = get_be(ff1->mac_q + 8 * i, 8) ^ get_be(ff1->start + 8 * i, 8);
	for (int step = 0; step < ROUNDS; step++)
	{
		uint64		round = (uint64) (decrypt ? ROUNDS - 1 - step : step);
		uint64		m = l->modulus[round & 1];
		uint64		block[2] = {constant[0], constant[1] ^ y};
		uint64		r;

		if (l->b < 8)
			block[1] ^= round << (8 * l->b);
		else
			block[0] ^= round;
		block[0] = pg_hton64(block[0]);
		block[1] = pg_hton64(block[1]);
		if (!hb_block_encrypt(ff1->cipher, (uint8 *) block, (uint8 *) block))
			return false;
		r = reduce(block, l->d, m);
		if (decrypt)
			r = x >= r ? x - r : x + (m - r);
		else
			r = x >= m - r ? x - (m - r) : x + r;
		x = y;
		y = r;
	}
	*a = decrypt ? y : x;
	*b = decrypt ? x : y;
	return true;
}

/* ----- halves that are numerals ----- */

/* The pseudorandom number of d bytes: the MAC, then blocks made from it. */
static bool
stretch(HbFf1 *ff1, const uint8 mac[HB_BLOCK_LEN], uint8 *s, size_t d)
{
	memcpy(s, mac, HB_BLOCK_LEN);
	for (size_t done = HB_BLOCK_LEN, j = 1; done < d; done += HB_BLOCK_LEN, j++)
	{
		uint8		x[HB_BLOCK_LEN] = {0};

		put_be(x + HB_BLOCK_LEN - 4, j, 4);
		for (int i = 0; i < HB_BLOCK_LEN; i++)
			x[i] ^= mac[i];
		if (!hb_block_encrypt(ff1->cipher, x, s + done))
			return false;
	}
	return true;
}

/* The pseudorandom number of a round and a half. */
static bool
round_number(HbFf1 *ff1, int round, const uint16 *half, int len, uint8 *s)
{
	const Layout *l = &ff1->layout;
	uint8		q[HB_BLOCK_LEN + 1 + MAX_HALF_BYTES];
	uint8		mac[HB_BLOCK_LEN];
	uint8	   *number = q + ff1->start_len + 1;
	size_t		len_q = ff1->start_len + 1 + l->b;

	memcpy(q, ff1->start, ff1->start_len);
	q[ff1->start_len] = (uint8) round;
	memset(number, 0, l->b);
	for (int i = 0; i < len; i++)
		multiply_add(number, l->b, l->radix, half[i]);
	memcpy(mac, ff1->mac_q, HB_BLOCK_LEN);
	for (size_t done = 0; done < len_q; done += HB_BLOCK_LEN)
	{
		if (!mac_block(ff1, mac, q + done))
			return false;
	}
	return stretch(ff1, mac, s, l->d);
}

/* Divide big-endian bytes by the radix; returns the remainder. */
static uint32
divide(uint8 *s, size_t bytes, uint32 radix)
{
	uint32		rest = 0;

	for (size_t i = 0; i < bytes; i++)
	{
		rest = rest << 8 | s[i];
		s[i] = (uint8) (rest / radix);
		rest %= radix;
	}
	return rest;
}

/* Add a number of bytes to m numerals, or take it off, modulo radix^m. */
static void
add_number(uint16 *x, int m, uint8 *s, size_t bytes, uint32 radix, bool subtract)
{
	uint32		carry = 0;

	for (int i = m; --i >= 0;)
	{
		uint32		numeral = divide(s, bytes, radix) + carry;

		if (subtract)
		{
			carry = x[i] < numeral;
			x[i] = (uint16) (x[i] + (carry ? radix : 0) - numeral);
		}
		else
		{
			numeral += x[i];
			carry = numeral >= radix;
			x[i] = (uint16) (numeral - (carry ? radix : 0));
		}
	}
}

/*
 * In even rounds A gets the number of B, in odd rounds B that of A: the
 * standard's exchange of halves, without moving them.
 */
static bool
long_rounds(HbFf1 *ff1, uint16 *numerals, bool decrypt)
{
	const Layout *l = &ff1->layout;
	uint16	   *half[2] = {numerals, numerals + l->u};
	int			len[2] = {l->u, l->v};
	uint8		s[MAX_HALF_BYTES + 8 + HB_BLOCK_LEN];

	for (int step = 0; step < ROUNDS; step++)
	{
		int			round = decrypt ? ROUNDS - 1 - step : step;
		int			target = round & 1;

		if (!round_number(ff1, round, half[!target], len[!target], s))
			return false;
		add_number(half[target], len[target], s, l->d, l->radix, decrypt);
	}
	return true;
}

/* ----- what others call ----- */

bool
hb_ff1_numerals(HbFf1 *ff1, uint32 radix, const void *tweak, size_t tweak_len,
				uint16 *numerals, int n, bool decrypt)
{
	const Layout *l = &ff1->layout;
	uint64		half[2] = {0, 0};

	Assert(radix >= HB_FF1_MIN_RADIX && radix <= HB_FF1_MAX_RADIX);
	Assert(n >= HB_FF1_MIN_LEN && n <= HB_FF1_MAX_LEN);
	if (!prepare(ff1, radix, n, tweak, tweak_len))
		return false;
	if (!l->small)
		return long_rounds(ff1, numerals, decrypt);
	for (int i = 0; i < n; i++)
		half[i >= l->u] = half[i >= l->u] * radix + numerals[i];
	if (!small_rounds(ff1, &half[0], &half[1], decrypt))
		return false;
	for (int i = n; --i >= 0;)
	{
		numerals[i] = (uint16) (half[i >= l->u] % radix);
		half[i >= l->u] /= radix;
	}
	return true;
}

bool
hb_ff1_below(HbFf1 *ff1, uint64 size, const void *tweak, size_t tweak_len,
			 uint64 *number, bool decrypt)
{
	int			n = HB_FF1_MIN_LEN;
	uint64		mask,
				a,
				b;

	while (n < 64 && (size - 1) >> n != 0)
		n++;
	if (!prepare(ff1, 2, n, tweak, tweak_len))
		return false;
	mask = (UINT64CONST(1) << ff1->layout.v) - 1;
	do
	{
		a = *number >> ff1->layout.v;
		b = *number & mask;
		if (!small_rounds(ff1, &a, &b, decrypt))
			return false;
		*number = a << ff1->layout.v | b;
	} while (*number >= size);
	return true;
}

static inline uint64
read_digits(const char *s, int n)
{
	uint64		x = 0;

	for (int i = 0; i < n; i++)
		x = x * 10 + (uint64) (s[i] - '0');
	return x;
}

static inline void
write_digits(char *s, int n, uint64 x)
{
	for (int i = n; --i >= 0; x /= 10)
		s[i] = (char) ('0' + x % 10);
}

bool
hb_ff1_digits(HbFf1 *ff1, const void *tweak, size_t tweak_len, char *digits, int n, bool decrypt)
{
	const Layout *l = &ff1->layout;
	uint64		a,
				b;

	Assert(n >= HB_FF1_MIN_LEN && n <= HB_FF1_MAX_LEN);
	if (!prepare(ff1, 10, n, tweak, tweak_len))
		return false;
	if (!l->small)
	{
		uint16		numerals[HB_FF1_MAX_LEN];

		for (int i = 0; i < n; i++)
			numerals[i] = (uint16) (digits[i] - '0');
		if (!long_rounds(ff1, numerals, decrypt))
			return false;
		for (int i = 0; i < n; i++)
			digits[i] = (char) ('0' + numerals[i]);
		return true;
	}
	a = read_digits(digits, l->u);
	b = read_digits(digits + l->u, l->v);
	if (!small_rounds(ff1, &a, &b, decrypt))
		return false;
	write_digits(digits, l->u, a);
	write_digits(digits + l->u, l->v, b);
	return true;
}
