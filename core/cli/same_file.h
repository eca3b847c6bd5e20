/* cli/same_file.h: whether what is written would replace what is read. */
#ifndef CLI_SAME_FILE_H
#define CLI_SAME_FILE_H

#include <stdbool.h>

/* One file by two names. False for NULL, and for a file that is not there. */
bool is_same_file(const char *a, const char *b);

#endif
