/*-------------------------------------------------------------------------
 * ident.h
 *	  What the SQL shells of identities share.
 *-------------------------------------------------------------------------
 */
#ifndef HB_IDENT_H
#define HB_IDENT_H

#include "common/compat.h"

/*
 * A text value in constant memory. A function may return one, since callers
 * never free a result passed by reference, and it spares an allocation a row.
 */
typedef struct HbConstText
{
	int32		header;
	char		data[20];
} HbConstText;

#ifdef WORDS_BIGENDIAN
#define HB_CONST_TEXT_HEADER(len)	((int32) (len) + VARHDRSZ)
#else
#define HB_CONST_TEXT_HEADER(len)	(((int32) (len) + VARHDRSZ) << 2)
#endif

#define HB_CONST_TEXT(s)	{HB_CONST_TEXT_HEADER(sizeof(s) - 1), s}
#define PG_RETURN_CONST_TEXT(t)	PG_RETURN_DATUM(PointerGetDatum(&(t)))

#endif							/* HB_IDENT_H */
