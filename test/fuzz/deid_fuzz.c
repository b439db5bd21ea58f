/* link: src/deid/fpe_core.c src/deid/ff1_core.c src/deid/pseudonym_core.c src/common/crypto.c src/ident/cn_id_core.c src/ident/gb2260_core.c src/ident/cn_division_core.c src/ident/format_core.c src/ident/shape_core.c src/ident/uscc_core.c src/common/code_core.c src/common/fold.c -lcrypto */
/*-------------------------------------------------------------------------
 * deid_fuzz.c
 *	  Any text as a token and as a value of every form: what is enciphered
 *	  comes back, in its normal form, and is enciphered to the same again.
 *-------------------------------------------------------------------------
 */
#include "deid/fpe.h"
#include "deid/pseudonym.h"
#include "mb/pg_wchar.h"

extern int	LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

#define REQUIRE(x)	do { if (!(x)) __builtin_trap(); } while (0)

static void
check_form(const HbFpeSpec *spec, HbFf1 *ff1, const char *s, size_t size)
{
	HbFpeLimits limits = {PG_INT32_MAX, 2020};
	char		secret[HB_FPE_MAX_TEXT],
				back[HB_FPE_MAX_TEXT],
				again[HB_FPE_MAX_TEXT];
	size_t		secret_len,
				back_len,
				again_len;
	const char *rule = NULL;
	HbFpeStatus status = hb_fpe_convert(spec, ff1, &limits, false, s, size, secret, &secret_len, &rule);

	REQUIRE(status != HB_FPE_FAILED && (status != HB_FPE_INVALID || rule != NULL));
	if (status != HB_FPE_DONE)
		return;
	REQUIRE(pg_encoding_verifymbstr(PG_UTF8, secret, (int) secret_len) == (int) secret_len);
	REQUIRE(hb_fpe_convert(spec, ff1, &limits, true, secret, secret_len, back, &back_len, &rule) == HB_FPE_DONE);
	REQUIRE(hb_fpe_convert(spec, ff1, &limits, false, back, back_len, again, &again_len, &rule) == HB_FPE_DONE);
	REQUIRE(again_len == secret_len && memcmp(again, secret, secret_len) == 0);
}

/* The first line is an alphabet, the rest a text over it. */
static void
check_alphabet(HbFf1 *ff1, const char *s, size_t size)
{
	const char *line = memchr(s, '\n', size);
	size_t		len = line != NULL ? (size_t) (line - s) : 0;
	int			n = 0;
	HbAlphabet *alphabet;
	HbFpeSpec	spec = {.form = HB_FPE_TEXT, .tweak = "t", .tweak_len = 1};

	if (line == NULL)
		return;
	for (size_t i = 0; i < len; i += (size_t) pg_utf_mblen((const unsigned char *) s + i))
		n++;
	alphabet = malloc(hb_alphabet_size((uint32) n));
	if (hb_alphabet_read(alphabet, s, len, (uint32) n) == NULL)
	{
		spec.alphabet = alphabet;
		check_form(&spec, ff1, line + 1, size - len - 1);
	}
	free(alphabet);
}

static void
check_token(const char *s, size_t size)
{
	int32		version;
	int			bits;
	uint8		hash[HB_MAC_LEN] = {0};
	char		out[HB_TOKEN_MAX_LEN];

	(void) hb_is_pseudonym(s, size);
	if (!hb_token_read(s, size, &version, &bits))
		return;
	REQUIRE(version >= 1 && bits >= HB_TOKEN_MIN_BITS && bits <= HB_TOKEN_MAX_BITS && bits % 5 == 0);
	REQUIRE(hb_token_write(version, bits, hash, out) == (int) size);
	REQUIRE(memcmp(out, s, (size_t) (strchr(out, '-') - out)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	static HbFf1 *ff1;
	const char *s = (const char *) data;
	HbFpeSpec	spec = {.keep = 6, .band = 10, .keep_sex = true};

	if (ff1 == NULL)
		ff1 = hb_ff1_new(HB_AES_128, "0123456789abcdef");
	check_token(s, size);
	/* the server lets no other text in */
	if (pg_encoding_verifymbstr(PG_UTF8, s, (int) size) != (int) size)
		return 0;
	for (spec.form = HB_FPE_IDNO; spec.form <= HB_FPE_DIGITS; spec.form++)
	{
		spec.keep = spec.form == HB_FPE_MOBILE ? 3 : 6;
		check_form(&spec, ff1, s, size);
	}
	spec.form = HB_FPE_IDNO;
	spec.keep = 2;
	spec.shift_check = true;
	check_form(&spec, ff1, s, size);
	check_alphabet(ff1, s, size);
	return 0;
}
