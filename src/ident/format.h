/*-------------------------------------------------------------------------
 * format.h
 *	  Formats of numbers and codes that have no type of their own: one
 *	  table, and how a text is judged by it.
 *-------------------------------------------------------------------------
 */
#ifndef HB_FORMAT_H
#define HB_FORMAT_H

#include "postgres.h"

/* Bytes of the longest text that is looked at, after normalisation. */
#define HB_FORMAT_MAX	128

typedef struct HbFormat
{
	const char *kind;
	const char *family;			/* several kinds under one name, or the kind */
	const char *shape;			/* of the normalised text; see shape.h */
	const char *form;			/* the shape in words */
	/* What the shape cannot say: the rule that is broken, or NULL. */
	const char *(*check) (const char *s, int len);
	const char *check_name;		/* of the check in words, or NULL */
	/* Rewrite the normalised text before it is matched; or NULL. */
	int			(*strip) (char *s, int len);
	bool		confirmed;		/* by a source; else remembered, or guessed */
	const char *source;
} HbFormat;

/* In the order in which a text is likelier to be one kind than another. */
extern const HbFormat hb_formats[];
extern const int hb_format_count;

/*
 * Normalise UTF-8 text: full-width characters and small letters become ASCII
 * capitals, blanks and hyphens go, what is not ASCII stays. Returns the
 * length, or -1 if it exceeds HB_FORMAT_MAX.
 */
extern int	hb_format_normalize(const char *s, size_t len, char *out);

/*
 * Judge normalised text, which is stripped in place. Returns NULL if it has
 * the format, else the rule that it breaks; *told says whether that is more
 * than that it has another form.
 */
extern const char *hb_format_judge(const HbFormat *format, char *s, int *len, bool *told);

#endif							/* HB_FORMAT_H */
