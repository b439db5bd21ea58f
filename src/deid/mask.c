/*-------------------------------------------------------------------------
 * mask.c
 *	  Masks in SQL.
 *-------------------------------------------------------------------------
 */
#include "deid/mask.h"

#include <sys/socket.h>

#include "common/word.h"
#include "utils/builtins.h"
#include "utils/inet.h"
#include "utils/memutils.h"

#define SHORT_TEXT		128		/* bytes that need no allocation */
#define MAX_TEXT		(32 * 1024 * 1024)
#define NAME_STARS		2		/* of a mask that hides the length as well */

PG_FUNCTION_INFO_V1(hb_deid_mask);
PG_FUNCTION_INFO_V1(hb_deid_mask_name);
PG_FUNCTION_INFO_V1(hb_deid_mask_idno);
PG_FUNCTION_INFO_V1(hb_deid_mask_mobile);
PG_FUNCTION_INFO_V1(hb_deid_mask_phone);
PG_FUNCTION_INFO_V1(hb_deid_mask_email);
PG_FUNCTION_INFO_V1(hb_deid_mask_bankcard);
PG_FUNCTION_INFO_V1(hb_deid_mask_plate);
PG_FUNCTION_INFO_V1(hb_deid_mask_address);
PG_FUNCTION_INFO_V1(hb_deid_mask_ip);

typedef struct Buffers
{
	HbGrapheme	g[SHORT_TEXT + 1];
	bool		shown[SHORT_TEXT];
} Buffers;

/* Split a text; what is long goes to memory of the call. */
static void
split(HbMasked *m, const text *value, Buffers *buffers)
{
	uint32		len = VARSIZE_ANY_EXHDR(value);
	HbGrapheme *g = buffers->g;
	const char *reason;

	if (len > MAX_TEXT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a text of more than %d bytes cannot be masked", MAX_TEXT)));
	if (len > SHORT_TEXT)
		g = palloc((len + 1) * sizeof(HbGrapheme));
	m->s = VARDATA_ANY(value);
	m->g = g;
	m->n = hb_graphemes(m->s, len, g, &reason);
	if (m->n < 0)
		ereport(ERROR,
				(errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
				 errmsg("could not split a text into characters: %s", reason)));
	m->shown = buffers->shown;
	if (m->n > SHORT_TEXT)
		m->shown = palloc((Size) m->n);
	memset(m->shown, 0, (Size) m->n);
}

/* The text with an asterisk for each grapheme that is not shown. */
static text *
masked_text(const HbMasked *m)
{
	uint32		size = m->g[m->n].start;
	text	   *result = palloc(VARHDRSZ + size);
	char	   *out = VARDATA(result);

	for (int i = 0; i < m->n; i++)
	{
		if (!m->shown[i])
		{
			*out++ = '*';
			continue;
		}
		*out++ = m->s[m->g[i].start];
		for (uint32 j = m->g[i].start + 1; j < m->g[i + 1].start; j++)
			*out++ = m->s[j];
	}
	SET_VARSIZE(result, out - (char *) result);
	return result;
}

/* Mask argument 0 by a rule that has no options. */
static Datum
mask_by(FunctionCallInfo fcinfo, void (*rule) (HbMasked *))
{
	Buffers		buffers;
	HbMasked	m;

	split(&m, PG_GETARG_TEXT_PP(0), &buffers);
	rule(&m);
	PG_RETURN_TEXT_P(masked_text(&m));
}

static void
check_ends(int32 left, int32 right)
{
	if (left < 0 || right < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a mask cannot keep fewer than 0 characters")));
}

/* The fill of a mask: one grapheme stands for each hidden one, more for all of them together. */
static bool
fill_is_one(const text *fill)
{
	Buffers		buffers;
	HbMasked	m;

	split(&m, fill, &buffers);
	return m.n == 1;
}

/* What a general mask gives, with a fill. */
static text *
filled_text(const HbMasked *m, const text *fill, bool too_short)
{
	bool		one = fill_is_one(fill);
	Size		len = VARSIZE_ANY_EXHDR(fill);
	int			hidden = 0;
	Size		size;
	text	   *result;
	char	   *out;

	/* A text of which nothing may be shown has no middle to fill. */
	if (!one && too_short)
		return masked_text(m);
	for (int i = 0; i < m->n; i++)
		hidden += !m->shown[i];
	size = VARHDRSZ + m->g[m->n].start + len * (one ? (Size) hidden : 1);
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a masked text is too long")));
	result = palloc(size);
	out = VARDATA(result);
	for (int i = 0; i < m->n; i++)
	{
		Size		bytes = m->g[i + 1].start - m->g[i].start;

		if (m->shown[i])
			memcpy(out, m->s + m->g[i].start, bytes);
		else if (one || i == 0 || m->shown[i - 1])
			memcpy(out, VARDATA_ANY(fill), bytes = len);
		else
			bytes = 0;
		out += bytes;
	}
	SET_VARSIZE(result, out - (char *) result);
	return result;
}

/* Return a text of which only the ends are shown. */
Datum
hb_deid_mask(PG_FUNCTION_ARGS)
{
	int32		left = PG_GETARG_INT32(1);
	int32		right = PG_GETARG_INT32(2);
	text	   *fill = PG_GETARG_TEXT_PP(3);
	Buffers		buffers;
	HbMasked	m;

	check_ends(left, right);
	if (VARSIZE_ANY_EXHDR(fill) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the fill of a mask is empty")));
	split(&m, PG_GETARG_TEXT_PP(0), &buffers);
	hb_mask_ends(&m, left, right);
	if (VARSIZE_ANY_EXHDR(fill) == 1 && *VARDATA_ANY(fill) == '*')
		PG_RETURN_TEXT_P(masked_text(&m));
	PG_RETURN_TEXT_P(filled_text(&m, fill, (int64) left + right >= m.n));
}

/* Return a name of which only the surname is shown. */
Datum
hb_deid_mask_name(PG_FUNCTION_ARGS)
{
	Buffers		buffers;
	HbMasked	m;
	int			surname;
	uint32		size;
	text	   *result;

	split(&m, PG_GETARG_TEXT_PP(0), &buffers);
	surname = hb_mask_name(&m);
	if (!PG_GETARG_BOOL(1))
		PG_RETURN_TEXT_P(masked_text(&m));
	size = m.g[surname].start;
	result = palloc(VARHDRSZ + size + NAME_STARS);
	memcpy(VARDATA(result), m.s, size);
	memset(VARDATA(result) + size, '*', NAME_STARS);
	SET_VARSIZE(result, VARHDRSZ + size + NAME_STARS);
	PG_RETURN_TEXT_P(result);
}

/* Return an identity number of which only the ends are shown. */
Datum
hb_deid_mask_idno(PG_FUNCTION_ARGS)
{
	Buffers		buffers;
	HbMasked	m;

	check_ends(PG_GETARG_INT32(1), PG_GETARG_INT32(2));
	split(&m, PG_GETARG_TEXT_PP(0), &buffers);
	hb_mask_idno(&m, PG_GETARG_INT32(1), PG_GETARG_INT32(2));
	PG_RETURN_TEXT_P(masked_text(&m));
}

Datum
hb_deid_mask_mobile(PG_FUNCTION_ARGS)
{
	return mask_by(fcinfo, hb_mask_mobile);
}

Datum
hb_deid_mask_phone(PG_FUNCTION_ARGS)
{
	return mask_by(fcinfo, hb_mask_phone);
}

Datum
hb_deid_mask_email(PG_FUNCTION_ARGS)
{
	return mask_by(fcinfo, hb_mask_email);
}

Datum
hb_deid_mask_bankcard(PG_FUNCTION_ARGS)
{
	return mask_by(fcinfo, hb_mask_bankcard);
}

Datum
hb_deid_mask_plate(PG_FUNCTION_ARGS)
{
	return mask_by(fcinfo, hb_mask_plate);
}

/* Return an address down to a level. */
Datum
hb_deid_mask_address(PG_FUNCTION_ARGS)
{
	static const char *const levels[] = {"province", "city", "county", "street"};
	int			level = hb_choose(PG_GETARG_TEXT_PP(1), levels, lengthof(levels), "level of an address",
								  "Levels are province, city, county and street.");
	Buffers		buffers;
	HbMasked	m;

	split(&m, PG_GETARG_TEXT_PP(0), &buffers);
	hb_mask_address(&m, (HbAddressLevel) level);
	PG_RETURN_TEXT_P(masked_text(&m));
}

/* Return the network of an address: 24 bits of version 4, 48 of version 6. */
Datum
hb_deid_mask_ip(PG_FUNCTION_ARGS)
{
	inet	   *address = PG_GETARG_INET_PP(0);
	int			bits = ip_family(address) == PGSQL_AF_INET ? 24 : 48;

	bits = Min(bits, ip_bits(address));
	return DirectFunctionCall1(network_network,
							   DirectFunctionCall2(inet_set_masklen, InetPGetDatum(address), Int32GetDatum(bits)));
}
