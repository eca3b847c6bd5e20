/* network/travel/given_network.h: what is told of a network that the caller opened or built. */
#ifndef NETWORK_GIVEN_NETWORK_H
#define NETWORK_GIVEN_NETWORK_H

#include "network/travel/cost_provider.h"

/* Facts of e->mode.network, its ways in the balance (may be NULL), a warning when it lies in
 * pieces.
 */
MUST_CHECK status given_network_tell(cost_engine *e, ledger *balance, faults *faults_list);

#endif
