/* Any bytes as a run file: read, or refused with faults that are safe to print. Aborts otherwise.
 */
#ifndef FUZZ_RUN_FILE_H
#define FUZZ_RUN_FILE_H

#include <stddef.h>
#include <stdint.h>

void fuzz_run_file(const uint8_t *bytes, size_t size);

#endif
