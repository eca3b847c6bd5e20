/* Takes memory and takes no notice of its end; gives up at 512 MiB. */
#define HOSTILE_ID "leak"
#define HOSTILE_ROWS
#include "hostile.h"

#include <stdlib.h>
#include <string.h>

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    enum { PART_BYTES = 1 << 24, PARTS = 32 };
    for (size_t i = 0; i < PARTS; i++) {
        char *volatile part = malloc(PART_BYTES);
        memset(part, (int)row, PART_BYTES);
    }
}
