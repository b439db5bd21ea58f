/*-------------------------------------------------------------------------
 * icd9cm3.h
 *	  Procedure codes of ICD-9-CM volume 3 and of its Chinese editions,
 *	  packed into 43 bits whose order is the order of the canonical text.
 *
 *	  bits	 field		values
 *	  36-42	 category	00-99
 *	  32-35	 place 1	none 0-9
 *	  28-31	 place 2	none 0-9 x
 *	  24-27	 place 3	none 0-9 or an extension begins
 *	  18-23	 place 4	none 0-9 A-Z or an extension begins
 *	  14-17	 place 5	none 0-9 or an extension begins
 *	   0-13	 extension	none 0000-9999
 *-------------------------------------------------------------------------
 */
#ifndef HB_ICD9CM3_H
#define HB_ICD9CM3_H

#include "common/codeset.h"

#define ICD9CM3_MAXLEN			12	/* 36.0700x004 has 11 */

#define ICD9CM3_CATEGORY_SHIFT	36
#define ICD9CM3_BELOW_CATEGORY	((UINT64CONST(1) << ICD9CM3_CATEGORY_SHIFT) - 1)

extern const HbCodeType hb_icd9cm3_type;
extern const HbCodeSetType hb_icd9cm3set_type;

/* The shapes of codes, by the edition that writes them. */
typedef enum Icd9cm3Form
{
	ICD9CM3_CATEGORY,			/* 36 */
	ICD9CM3_3,					/* 36.0 */
	ICD9CM3_4,					/* 36.06 */
	ICD9CM3_CN6,				/* 36.0601, 01.6x00 */
	ICD9CM3_CNX,				/* 36.0700x004, 01.6x00x001 */
	ICD9CM3_TCM_CLASS,			/* 17.911 */
	ICD9CM3_TCM,				/* 17.91100, 17.912A0 */
	ICD9CM3_IRREGULAR			/* 66.69x001, 86.700x0013 */
} Icd9cm3Form;

extern Icd9cm3Form hb_icd9cm3_form_of(uint64 code);
extern int	hb_icd9cm3_level_of(uint64 code);
/* The class of the plain ICD-9-CM-3: two, three or four digits. */
extern uint64 hb_icd9cm3_base_of(uint64 code);
extern bool hb_icd9cm3_parent_of(uint64 code, uint64 *parent);
/* Is code the same as, or below, base in the hierarchy? */
extern bool hb_icd9cm3_below(uint64 code, uint64 base);

#endif							/* HB_ICD9CM3_H */
