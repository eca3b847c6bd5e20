/* Any bytes as a network: refused with words, or used without harm. Aborts otherwise. */
#ifndef FUZZ_NETWORK_H
#define FUZZ_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As a network file, with right checksums put on it first. True: it was taken, and used. */
bool fuzz_network_file(const uint8_t *bytes, size_t size);
/* As a DIMACS graph, and as the positions of a small one. True: the graph was taken. */
bool fuzz_network_dimacs(const uint8_t *bytes, size_t size);

#endif
