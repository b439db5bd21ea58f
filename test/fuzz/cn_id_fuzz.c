/* link: src/ident/cn_id_core.c src/ident/cn_division_core.c src/common/code_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * cn_id_fuzz.c
 *	  Any bytes as text and as binary value of cn_id and cn_division: what
 *	  is accepted is valid and round-trips, what is refused has a rule and
 *	  a position in the text.
 *-------------------------------------------------------------------------
 */
#include "ident/cn_division.h"
#include "ident/cn_id.h"

extern int	LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

#define REQUIRE(x)	do { if (!(x)) __builtin_trap(); } while (0)

static void
check_text(const HbCodeType *type, const char *s, size_t len)
{
	uint64		code,
				again;
	int			pos = -1;
	char		out[HB_CODE_MAX_INPUT];
	const char *rule = hb_code_parse(type, s, len, &code, &pos);

	if (rule != NULL)
	{
		REQUIRE(pos >= 1 && pos <= (int) len + 1 && pos <= HB_CODE_MAX_INPUT + 1);
		return;
	}
	REQUIRE(type->valid(code));
	len = (size_t) type->format(code, out);
	REQUIRE((int) len <= type->maxlen);
	REQUIRE(hb_code_parse(type, out, len, &again, &pos) == NULL && again == code);
}

static void
check_binary(const HbCodeType *type, uint64 code)
{
	uint64		again;
	int			pos;
	char		out[HB_CODE_MAX_INPUT];
	size_t		len;

	/* Output must be safe even for what is not valid. */
	len = (size_t) type->format(code, out);
	REQUIRE((int) len <= type->maxlen);
	if (type->valid(code))
		REQUIRE(hb_code_parse(type, out, len, &again, &pos) == NULL && again == code);
}

static void
check_fields(uint64 id)
{
	int			month = (int) (hb_cn_id_birth(id) / 100 % 100);

	REQUIRE(month >= 1 && month <= 12);
	REQUIRE(hb_cn_id_age(id, hb_year_month_day(hb_cn_id_birth_day_number(id))) == 0);
	REQUIRE(hb_cn_id_age(id, hb_year_month_day(hb_cn_id_birth_day_number(id) - 1)) == -1);
	(void) hb_cn_id_age(id, hb_year_month_day(PG_INT32_MAX - 1));
	(void) hb_cn_id_age(id, hb_year_month_day(PG_INT32_MIN + 1));
}

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	uint64		value;

	check_text(&hb_cn_id_type, (const char *) data, size);
	check_text(&hb_cn_division_type, (const char *) data, size);
	if (size < sizeof(value))
		return 0;
	memcpy(&value, data, sizeof(value));
	check_binary(&hb_cn_id_type, value);
	check_binary(&hb_cn_division_type, value);
	if (hb_cn_id_type.valid(value))
		check_fields(value);
	if (hb_cn_division_type.valid(value))
	{
		HbCodeRange r = hb_cn_division_subtree(value);

		REQUIRE(value >= r.lo && value < r.next);
		r = hb_cn_division_id_range(value);
		REQUIRE(r.lo <= r.next && (r.lo == r.next || hb_cn_id_type.valid(r.lo)));
	}
	return 0;
}
