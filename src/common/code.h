/*-------------------------------------------------------------------------
 * code.h
 *	  The kit of a by-value code type: one uint64 whose order is the order
 *	  of the canonical text under COLLATE "C".
 *
 * A type gives three pure functions and a table of rules; input, output,
 * casts, try_X and X_check come from here. Values stay below 2^63, so that
 * comparison, sort support and binary output are core's own for int8, named
 * in the SQL part.
 *-------------------------------------------------------------------------
 */
#ifndef HB_CODE_H
#define HB_CODE_H

#include "common/compat.h"

#define HB_CODE_MAX_INPUT	64	/* characters; no code is half as long */

typedef struct HbCodeType
{
	const char *name;			/* SQL name */
	bool		personal;		/* identifies a person: never echoed */
	int			maxlen;			/* bytes of the longest canonical text */

	/*
	 * Read ASCII text without surrounding blanks. Returns NULL and sets
	 * *code, or returns the rule that is broken, as a clause without period,
	 * and sets *pos to the offset of the character that breaks it. Must not
	 * allocate or raise.
	 */
	const char *(*parse) (const char *s, int len, uint64 *code, int *pos);
	/* Write the canonical text, not terminated; returns its length. */
	int			(*format) (uint64 code, char *buf);
	/* Is this a value that parse can return? */
	bool		(*valid) (uint64 code);
} HbCodeType;

/* Read text with full-width characters and surrounding blanks. */
extern const char *hb_code_parse_folded(const HbCodeType *type, const char *s, size_t len,
										uint64 *code, int *pos);

/*
 * Read a code as people type it: a clean one where it stands, else folded.
 * On failure *pos counts characters of the original from 1.
 */
static inline const char *
hb_code_parse(const HbCodeType *type, const char *s, size_t len, uint64 *code, int *pos)
{
	if (likely(len <= HB_CODE_MAX_INPUT) && likely(type->parse(s, (int) len, code, pos) == NULL))
		return NULL;
	return hb_code_parse_folded(type, s, len, code, pos);
}

/*
 * What a message may show of an input: clipped, in quotes; nothing of one that
 * holds as many digits in a row as a telephone or identity number has, since
 * columns get mixed up.
 */
extern const char *hb_show_input(const char *s, size_t len);

extern Datum hb_code_in(const HbCodeType *type, FunctionCallInfo fcinfo);
extern Datum hb_code_out(const HbCodeType *type, FunctionCallInfo fcinfo);
extern Datum hb_code_recv(const HbCodeType *type, FunctionCallInfo fcinfo);
extern Datum hb_code_from_text(const HbCodeType *type, FunctionCallInfo fcinfo);
extern Datum hb_code_to_text(const HbCodeType *type, FunctionCallInfo fcinfo);
extern Datum hb_code_try(const HbCodeType *type, FunctionCallInfo fcinfo);
extern Datum hb_code_check(const HbCodeType *type, FunctionCallInfo fcinfo);

#define HB_CODE_FUNCTION(symbol, generic, type) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) { return generic(&(type), fcinfo); }

/* Define the SQL-callable functions of a code type; no semicolon follows. */
#define HB_CODE_FUNCTIONS(prefix, type) \
	HB_CODE_FUNCTION(hb_##prefix##_in, hb_code_in, type) \
	HB_CODE_FUNCTION(hb_##prefix##_out, hb_code_out, type) \
	HB_CODE_FUNCTION(hb_##prefix##_recv, hb_code_recv, type) \
	HB_CODE_FUNCTION(hb_##prefix##_from_text, hb_code_from_text, type) \
	HB_CODE_FUNCTION(hb_##prefix##_to_text, hb_code_to_text, type) \
	HB_CODE_FUNCTION(hb_##prefix##_try, hb_code_try, type) \
	HB_CODE_FUNCTION(hb_##prefix##_check, hb_code_check, type)

#define PG_GETARG_CODE(n)		((uint64) PG_GETARG_INT64(n))
#define PG_RETURN_CODE(x)		PG_RETURN_INT64((int64) (x))
#define DatumGetCode(d)			((uint64) DatumGetInt64(d))
#define CodeGetDatum(x)			Int64GetDatum((int64) (x))

#endif							/* HB_CODE_H */
