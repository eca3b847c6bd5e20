/* network/source/road_keys.h: the keys of OSM tags that a profile can read; others are dropped on
 * reading. */
#ifndef NETWORK_ROAD_KEYS_H
#define NETWORK_ROAD_KEYS_H

#include "base/text.h"

bool road_key_kept(text_slice key);

#endif
