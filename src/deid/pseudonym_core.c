/*-------------------------------------------------------------------------
 * pseudonym_core.c
 *	  What is made from a keyed hash: tokens, date shifts, names, noise.
 *-------------------------------------------------------------------------
 */
#include "deid/pseudonym.h"

#include "common/ascii.h"
#include "given_characters_data.h"
#include "surnames_data.h"

/* One given name in so many has one character; our choice. */
#define ONE_CHARACTER_IN	5

/* Crockford's base 32: no I, L, O, U */
static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static inline uint64
be64(const uint8 *p)
{
	uint64		x = 0;

	for (int i = 0; i < 8; i++)
		x = x << 8 | p[i];
	return x;
}

/* ----- tokens ----- */

int
hb_token_write(int32 version, int bits, const uint8 hash[HB_MAC_LEN], char out[HB_TOKEN_MAX_LEN])
{
	char		digits[10];
	int			n = 0;
	char	   *at = out;

	*at++ = 'k';
	for (uint32 v = (uint32) version; v != 0; v /= 10)
		digits[n++] = (char) ('0' + v % 10);
	while (n > 0)
		*at++ = digits[--n];
	*at++ = '-';
	for (int bit = 0; bit < bits; bit += 5)
	{
		uint32		pair = (uint32) hash[bit / 8] << 8 | hash[bit / 8 + 1];

		*at++ = base32[pair >> (11 - bit % 8) & 31];
	}
	return (int) (at - out);
}

bool
hb_token_read(const char *s, size_t len, int32 *version, int *bits)
{
	size_t		i = 1;
	int64		v = 0;

	if (len < 3 || s[0] != 'k' || s[1] == '0')
		return false;
	for (; i < len && is_digit(s[i]) && v <= PG_INT32_MAX; i++)
		v = v * 10 + (s[i] - '0');
	if (i == 1 || v > PG_INT32_MAX || i == len || s[i++] != '-')
		return false;
	if (len - i < HB_TOKEN_MIN_BITS / 5 || len - i > HB_TOKEN_MAX_BITS / 5)
		return false;
	*version = (int32) v;
	*bits = (int) (len - i) * 5;
	for (; i < len; i++)
	{
		if (s[i] == '\0' || strchr(base32, s[i]) == NULL)
			return false;
	}
	return true;
}

void
hb_uuid_from_hash(const uint8 hash[HB_MAC_LEN], uint8 uuid[16])
{
	memcpy(uuid, hash, 16);
	uuid[6] = (uint8) ((uuid[6] & 0x0f) | 0x80);
	uuid[8] = (uint8) ((uuid[8] & 0x3f) | 0x80);
}

static bool
is_uuid8(const char *s, size_t len)
{
	if (len != 36 || s[14] != '8' || strchr("89abAB", s[19]) == NULL || s[19] == '\0')
		return false;
	for (int i = 0; i < 36; i++)
	{
		bool		dash = i == 8 || i == 13 || i == 18 || i == 23;
		char		c = to_upper(s[i]);

		if (dash ? c != '-' : !(is_digit(c) || (c >= 'A' && c <= 'F')))
			return false;
	}
	return true;
}

bool
hb_is_pseudonym(const char *s, size_t len)
{
	int32		version;
	int			bits;

	return hb_token_read(s, len, &version, &bits) || is_uuid8(s, len);
}

/* ----- dates and numbers ----- */

int32
hb_shift_from_hash(const uint8 hash[HB_MAC_LEN], int32 days, int32 step)
{
	uint64		x = be64(hash);
	int32		shift = (int32) (1 + (x >> 1) % (uint64) (days / step)) * step;

	return (x & 1) != 0 ? -shift : shift;
}

int64
hb_noise_from_hash(const uint8 hash[HB_MAC_LEN])
{
	return (int64) (be64(hash) % UINT64CONST(2000000001)) - INT64CONST(1000000000);
}

/* ----- names ----- */

/* Frequencies summed up, so that a number below the last finds a row. */
typedef struct Sums
{
	uint64		surname[HB_SURNAMES_COUNT];
	uint64		given[3][HB_GIVEN_CHARACTERS_COUNT];	/* by HbSex */
} Sums;

static const Sums *
sums(void)
{
	static Sums made;
	static bool ready = false;
	uint64		total[4] = {0};

	if (ready)
		return &made;
	for (int i = 0; i < HB_SURNAMES_COUNT; i++)
		made.surname[i] = total[3] += hb_surnames_rows[i].ppb;
	for (int i = 0; i < HB_GIVEN_CHARACTERS_COUNT; i++)
	{
		uint32		male = hb_given_characters_rows[i].male;
		uint32		female = hb_given_characters_rows[i].female;

		made.given[HB_SEX_UNKNOWN][i] = total[HB_SEX_UNKNOWN] += (uint64) male + female;
		made.given[HB_SEX_MALE][i] = total[HB_SEX_MALE] += male;
		made.given[HB_SEX_FEMALE][i] = total[HB_SEX_FEMALE] += female;
	}
	ready = true;
	return &made;
}

/* The row that a random number falls on. */
static int
draw(const uint64 *sum, int n, uint64 random)
{
	uint64		wanted = random % sum[n - 1];
	int			low = 0;

	n--;
	while (low < n)
	{
		int			middle = (low + n) / 2;

		if (sum[middle] <= wanted)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

static int
append(char *out, int len, const char *s)
{
	size_t		n = strlen(s);

	memcpy(out + len, s, n);
	return len + (int) n;
}

/* The top bytes choose the length, the others the characters. */
int
hb_name_from_hash(const uint8 hash[HB_MAC_LEN], HbSex sex, char out[HB_NAME_MAX_LEN])
{
	const Sums *s = sums();
	int			characters = be64(hash + 24) % ONE_CHARACTER_IN == 0 ? 1 : 2;
	int			len;

	len = append(out, 0, hb_surnames_rows[draw(s->surname, HB_SURNAMES_COUNT, be64(hash))].surname);
	for (int i = 0; i < characters; i++)
		len = append(out, len, hb_given_characters_rows[draw(s->given[sex], HB_GIVEN_CHARACTERS_COUNT,
															 be64(hash + 8 * (i + 1)))].character);
	return len;
}
