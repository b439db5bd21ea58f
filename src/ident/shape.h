/*-------------------------------------------------------------------------
 * shape.h
 *	  A language for the shapes of document numbers.
 *
 * A shape is alternatives between |, each a sequence of items:
 *
 *	  9			the character itself; \( for one with a meaning
 *	  \d \h		a digit; a Chinese character
 *	  [A-HJ0-9]	one of a class of ASCII characters
 *	  {8} {4,8}	how often the item before it occurs
 *
 * Items take as many characters as they can and never give back, so that
 * matching is one pass over the text for each alternative.
 *-------------------------------------------------------------------------
 */
#ifndef HB_SHAPE_H
#define HB_SHAPE_H

#include "postgres.h"

/* Has the UTF-8 text the shape? */
extern bool hb_shape_matches(const char *shape, const char *s, size_t len);

/* Is this a shape? For tests of the table of formats. */
extern bool hb_shape_valid(const char *shape);

#endif							/* HB_SHAPE_H */
