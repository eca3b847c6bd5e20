/* Right checksums on wrong bytes: what a hostile maker of network files would write. */
#ifndef TEST_NETWORK_SEAL_H
#define TEST_NETWORK_SEAL_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the checksums anew, of whatever sections the header tells that lie in the file. False: out
 * of memory. */
bool network_seal(char *bytes, size_t size);

#endif
