/*-------------------------------------------------------------------------
 * compat.h
 *	  Differences between the PostgreSQL major versions, and nothing else.
 *-------------------------------------------------------------------------
 */
#ifndef HB_COMPAT_H
#define HB_COMPAT_H

#include "postgres.h"
#include "fmgr.h"

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#define HB_NO_SOFT_ERROR	, NULL	/* the argument that functions of core took on */
#else
#define HB_NO_SOFT_ERROR
/* Soft errors came with 16; before, a bad input is always an error. */
#define ereturn(context, dummy, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy; \
	} while (0)
#define SOFT_ERROR_OCCURRED(context) ((void) (context), false)
#endif

#if PG_VERSION_NUM < 150000
#define MarkGUCPrefixReserved(prefix)	EmitWarningsOnPlaceholders(prefix)
#endif

#include "common/int.h"
#if PG_VERSION_NUM < 170000
static inline int
pg_cmp_s32(int32 a, int32 b)
{
	return (a > b) - (a < b);
}

static inline int
pg_cmp_s64(int64 a, int64 b)
{
	return (a > b) - (a < b);
}
#endif

#endif							/* HB_COMPAT_H */
