/*-------------------------------------------------------------------------
 * sex.h
 *	  How all functions read an argument that is a sex.
 *-------------------------------------------------------------------------
 */
#ifndef HB_SEX_H
#define HB_SEX_H

#include "common/compat.h"

typedef enum HbSex
{
	HB_SEX_UNKNOWN,
	HB_SEX_MALE,
	HB_SEX_FEMALE
} HbSex;

/*
 * Read a sex: the codes and names of GB/T 2261.1, M and F, male and female.
 * Raises an error for anything else. Most functions return NULL for
 * HB_SEX_UNKNOWN.
 */
extern HbSex hb_parse_sex(const text *t);

#endif							/* HB_SEX_H */
