/*-------------------------------------------------------------------------
 * peers.h
 *	  The type peers: observed and expected counts of providers.
 *-------------------------------------------------------------------------
 */
#ifndef HB_PEERS_H
#define HB_PEERS_H

#include "claims/argument.h"
#include "common/state.h"

typedef struct HbPeers
{
	HbState		base;
	HbArguments arguments;
} HbPeers;

typedef struct HbPeer
{
	int64		observed;
	double		expected;		/* above 0; for proportions the number of cases */
} HbPeer;

extern const HbStateType hb_peers_type;

static inline const HbPeer *
hb_peers_pairs(const HbPeers *peers)
{
	return (const HbPeer *) (peers + 1);
}

/* Raise unless these are a count and an expected count. */
extern void hb_check_peer(int64 observed, double expected, bool zero_expected);

#endif							/* HB_PEERS_H */
