/* Any bytes as an OSM file (XML or PBF), and any bytes as a profile: read, or refused with faults;
 * what is read is built into a network whose every number is in its place. Aborts otherwise. */
#ifndef FUZZ_ROADS_H
#define FUZZ_ROADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when a network was made of them. */
bool fuzz_network_osm(const uint8_t *bytes, size_t size);
/* True when they are a profile. */
bool fuzz_network_profile(const uint8_t *bytes, size_t size);

#endif
