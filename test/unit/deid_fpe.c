/* link: src/deid/fpe_core.c src/deid/ff1_core.c src/common/crypto.c src/ident/cn_id_core.c src/ident/gb2260_core.c src/ident/cn_division_core.c src/ident/format_core.c src/ident/shape_core.c src/ident/uscc_core.c src/common/code_core.c src/common/fold.c -lcrypto */
/*-------------------------------------------------------------------------
 * deid_fpe.c
 *	  Forms of format-preserving encryption: whole cells of identity numbers
 *	  counted out, and every form there and back.
 *-------------------------------------------------------------------------
 */
#include "deid/fpe.h"

#include "common/tap.h"
#include "ident/cn_id.h"
#include "ident/gb2260.h"

#define EDITION	2020

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

static const uint8 key[HB_KEY_MAX] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};

/* ----- whole cells ----- */

/* The numbers of some regions, years and one sex: is the image the set itself? */
static void
test_cell(const char *name, const uint32 *regions, uint32 nregions, int keep, int first_year, int years)
{
	HbFpeSpec	spec = {.form = HB_FPE_IDNO, .keep = keep, .band = years, .keep_sex = true};
	HbFpeLimits limits = {PG_INT32_MAX, EDITION};
	HbFf1	   *ff1 = hb_ff1_new(HB_AES_128, key);
	int32		first = hb_day_number(first_year, 1, 1);
	uint32		days = (uint32) (hb_day_number(first_year + years, 1, 1) - first);
	size_t		size = (size_t) nregions * days * 500;
	uint8	   *seen = calloc(size, 1);
	size_t		outside = 0,
				twice = 0,
				lost = 0;

	for (size_t i = 0; i < size; i++)
	{
		int32		day = first + (int32) (i / 500 % days);
		uint64		id = regions[i / 500 / days] * UINT64CONST(100000000000) +
			(uint64) hb_year_month_day(day) * 1000 + i % 500 * 2 + 1;
		uint64		x = id;
		const char *rule;
		uint32		region;
		size_t		place;

		if (hb_fpe_cn_id(&spec, ff1, &limits, false, &x, &rule) != HB_FPE_DONE)
		{
			outside++;
			continue;
		}
		for (region = 0; region < nregions && regions[region] != hb_cn_id_region(x);)
			region++;
		day = hb_cn_id_birth_day_number(x) - first;
		if (region == nregions || day < 0 || day >= (int32) days || x % 2 != 1)
		{
			outside++;
			continue;
		}
		place = ((size_t) region * days + (size_t) day) * 500 + x % 1000 / 2;
		twice += seen[place]++ != 0;
		if (i % 64 == 0)
			lost += hb_fpe_cn_id(&spec, ff1, &limits, true, &x, &rule) != HB_FPE_DONE || x != id;
	}
	ok(outside == 0, "%s: all %d numbers stay in it", name, (int) size);
	ok(twice == 0, "%s: each is reached once", name);
	ok(lost == 0, "%s: numbers come back", name);
	free(seen);
	hb_ff1_free(ff1);
}

static void
test_cells(void)
{
	static const uint32 chaoyang = 110105;
	const uint32 *list;
	int			n = hb_gb2260_until(EDITION, &list);
	int			best = 0,
				best_len = 1000;

	test_cell("110105, born in the nineties, male", &chaoyang, 1, 6, 1990, 10);
	/* the prefecture of fewest divisions that one year is enough for */
	for (int i = 0, len; i < n; i += len)
	{
		for (len = 0; i + len < n && list[i + len] / 100 == list[i] / 100;)
			len++;
		if (len >= 6 && len < best_len)
		{
			best = i;
			best_len = len;
		}
	}
	ok(best_len == 6, "there is a prefecture of six divisions");
	test_cell("a prefecture, born in 1991, male", list + best, (uint32) best_len, 4, 1991, 1);
}

/* ----- there and back ----- */

static char
luhn(const char *digits, int n)
{
	int			sum = 0;

	for (int i = n; --i >= 0;)
	{
		int			d = (digits[i] - '0') * ((n - i) % 2 == 1 ? 2 : 1);

		sum += d / 10 + d % 10;
	}
	return (char) ('0' + (10 - sum % 10) % 10);
}

static void
put_digits(char *s, int n)
{
	for (int i = 0; i < n; i++)
		s[i] = (char) ('0' + below(10));
}

/* Write a value of a form; returns its length. */
static int
make_value(const HbFpeSpec *spec, char *s)
{
	int			n;

	switch (spec->form)
	{
		case HB_FPE_IDNO:
			{
				static const uint32 regions[] = {110105, 330106, 420106, 442000, 650102};
				uint64		id = regions[below(5)] * UINT64CONST(100000000000) +
					(uint64) hb_year_month_day(hb_day_number(1930, 1, 1) + (int32) below(90 * 365)) * 1000 + below(1000);

				return (int) hb_cn_id_type.format(id, s);
			}
		case HB_FPE_MOBILE:
			put_digits(s, 11);
			s[0] = '1';
			s[1] = (char) ('3' + below(7));
			return 11;
		case HB_FPE_BANKCARD:
			n = 16 + (int) below(4);
			memcpy(s, "622202", 6);
			put_digits(s + 6, n - 7);
			s[n - 1] = luhn(s, n - 1);
			return n;
		case HB_FPE_DIGITS:
			n = 6 + (int) below(100);
			put_digits(s, n);
			for (int i = (int) below(6); i-- > 0;)
			{
				int			at = (int) below((uint32) n + 1);

				memmove(s + at + 3, s + at, (size_t) (n - at));
				memcpy(s + at, "\xe5\x8f\xb7", 3);
				n += 3;
			}
			return n;
		default:
			n = 6 + (int) below(60);
			for (int i = 0; i < n; i++)
				s[i] = "0123456789ABCDEF"[below(spec->alphabet->radix)];
			return n;
	}
}

static void
test_form(const char *name, const HbFpeSpec *spec, HbCipher cipher)
{
	HbFpeLimits limits = {PG_INT32_MAX, EDITION};
	HbFf1	   *ff1 = hb_ff1_new(cipher, key);
	int			failed = 0,
				same = 0,
				lost = 0;

	for (int i = 0; i < 5000; i++)
	{
		char		value[HB_FPE_MAX_TEXT],
					secret[HB_FPE_MAX_TEXT],
					back[HB_FPE_MAX_TEXT];
		size_t		len = (size_t) make_value(spec, value),
					secret_len,
					back_len;
		const char *rule;

		if (hb_fpe_convert(spec, ff1, &limits, false, value, len, secret, &secret_len, &rule) != HB_FPE_DONE)
		{
			failed++;
			continue;
		}
		same += secret_len == len && memcmp(secret, value, len) == 0;
		lost += hb_fpe_convert(spec, ff1, &limits, true, secret, secret_len, back, &back_len, &rule) != HB_FPE_DONE ||
			back_len != len || memcmp(back, value, len) != 0;
	}
	ok(failed == 0, "%s: all are enciphered", name);
	ok(same < 5, "%s: to others", name);
	ok(lost == 0, "%s: and come back", name);
	hb_ff1_free(ff1);
}

static void
test_forms(void)
{
	static const int keeps[] = {2, 4, 6};
	HbFpeSpec	spec = {.form = HB_FPE_IDNO};
	HbAlphabet *alphabet = malloc(hb_alphabet_size(16));

	for (int i = 0; i < 12; i++)
	{
		char		name[64];

		spec.keep = keeps[i % 3];
		spec.band = i < 6 ? 10 : 25;
		spec.keep_sex = i % 2 == 0;
		spec.shift_check = i % 4 < 2;
		snprintf(name, sizeof(name), "%d digits, %d years%s%s", spec.keep, spec.band,
				 spec.keep_sex ? ", sex" : "", spec.shift_check ? ", check shifted" : "");
		test_form(name, &spec, HB_AES_256);
	}
	for (spec.form = HB_FPE_MOBILE, spec.keep = 2; spec.keep <= 5; spec.keep++)
		test_form("mobile", &spec, HB_AES_128);
	spec.form = HB_FPE_BANKCARD;
	test_form("card", &spec, HB_AES_192);
	spec.form = HB_FPE_DIGITS;
	test_form("digits", &spec, HB_SM4);
	spec.form = HB_FPE_TEXT;
	spec.alphabet = alphabet;
	spec.tweak = "tweak";
	spec.tweak_len = 5;
	ok(hb_alphabet_read(alphabet, "0123456789ABCDEF", 16, 16) == NULL, "an alphabet");
	test_form("sixteen letters", &spec, HB_AES_128);
	ok(hb_alphabet_read(alphabet, "0123456789", 10, 10) == NULL, "an alphabet of digits");
	test_form("ten digits", &spec, HB_AES_128);
	free(alphabet);
}

int
main(void)
{
	hb_gb2260_init();
	test_cells();
	test_forms();
	return done();
}
