/*-------------------------------------------------------------------------
 * mask.h
 *	  Masks: which graphemes of a text stay, and which become asterisks.
 *
 * A mask starts from a text that is wholly hidden and shows what its rule
 * allows. A text that has not the form a mask is for therefore stays hidden.
 *-------------------------------------------------------------------------
 */
#ifndef HB_MASK_H
#define HB_MASK_H

#include "common/text.h"

typedef struct HbMasked
{
	const char *s;				/* the text, UTF-8 */
	int			n;				/* its graphemes */
	const HbGrapheme *g;		/* n, and the end */
	bool	   *shown;			/* n of them */
} HbMasked;

/* Two Han characters at s as a number, in the order of their bytes. */
static inline uint64
hb_two_han(const char *s)
{
	const uint8 *p = (const uint8 *) s;

	return (uint64) p[0] << 40 | (uint64) p[1] << 32 | (uint64) p[2] << 24 | (uint64) p[3] << 16 |
		(uint64) p[4] << 8 | p[5];
}

#define HB_TWO_HAN	6			/* their bytes */

/* Show so many graphemes at either end, or nothing if no more are hidden between. */
extern void hb_mask_ends(HbMasked *m, int left, int right);

/* Show the surname. Returns the graphemes up to its end, 0 if all is hidden. */
extern int	hb_mask_name(HbMasked *m);

/* Show characters of a valid identity number at either end. */
extern void hb_mask_idno(HbMasked *m, int left, int right);

extern void hb_mask_mobile(HbMasked *m);
extern void hb_mask_phone(HbMasked *m);
extern void hb_mask_email(HbMasked *m);
extern void hb_mask_bankcard(HbMasked *m);
extern void hb_mask_plate(HbMasked *m);

typedef enum HbAddressLevel
{
	HB_ADDRESS_PROVINCE,
	HB_ADDRESS_CITY,
	HB_ADDRESS_COUNTY,
	HB_ADDRESS_STREET
} HbAddressLevel;

/* Show the divisions down to a level. */
extern void hb_mask_address(HbMasked *m, HbAddressLevel level);

#endif							/* HB_MASK_H */
