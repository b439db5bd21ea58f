/*-------------------------------------------------------------------------
 * ranges.h
 *	  Planner support: containment in a constant becomes index ranges.
 *-------------------------------------------------------------------------
 */
#ifndef HB_RANGES_H
#define HB_RANGES_H

#include "common/codeset.h"

#include "nodes/supportnodes.h"

/*
 * Find, in the ranges of the constant that a containment tests against,
 * room for which is palloc'd by the callee. Returns their number.
 */
typedef uint32 (*HbRangesOf) (Oid left_type, Datum constant, HbCodeRange **ranges);

/*
 * Answer a support request for a function f(code, constant), or for the
 * function contains(constant, code): `code >= lo AND code < next` for one
 * range, and for several an OR of these together with within_exact(code,
 * constant), which decides alone on a sequential scan and never counts in the
 * estimate.
 */
extern Node *hb_within_support(Node *request, PGFunction contains, HbRangesOf ranges_of);

#endif							/* HB_RANGES_H */
