/* One execution of the reader on arbitrary bytes, shared by libFuzzer and by the replay test. */
#ifndef TESTS_FUZZ_READER_H
#define TESTS_FUZZ_READER_H

#include <stddef.h>

/* The first byte chooses the options, the rest is the file. Stops the process when the reader
 * breaks its promises: a table exactly when OK, faults exactly when not, finite values, UTF-8
 * texts. */
void fuzz_reader(const unsigned char *bytes, size_t size);

#endif
