/*-------------------------------------------------------------------------
 * names.h
 *	  A dictionary: texts to numbers 0, 1, 2, ... in the order of their coming.
 *-------------------------------------------------------------------------
 */
#ifndef HB_NAMES_H
#define HB_NAMES_H

#include "common/compat.h"

typedef struct HbNames HbNames;

/* An empty dictionary in a memory context, with which it goes. */
extern HbNames *hb_names_new(MemoryContext context);
/* The number of a text, which is taken in if it is new. */
extern uint32 hb_names_number(HbNames *names, const char *s, int len);
extern uint32 hb_names_count(const HbNames *names);
/* The text of a number; not terminated. */
extern const char *hb_names_text(const HbNames *names, uint32 number, int *len);
/* Numbers in the order of their texts' bytes: order[place] = number. */
extern uint32 *hb_names_order(const HbNames *names);

#endif							/* HB_NAMES_H */
