/* Any bytes as a catalogue: read, or refused with faults that are safe to print; what is read can
 * be asked for and written without harm. Aborts otherwise. */
#ifndef FUZZ_CATALOGUE_H
#define FUZZ_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

void fuzz_catalogue(const uint8_t *bytes, size_t size);

#endif
