/* Cuts every memory that it shares with the program to nothing, then crashes: the program looks
 * there for its last words. */
#define HOSTILE_ID "shrink"
#define HOSTILE_ROWS
#define _GNU_SOURCE
#include "hostile.h"

#include <unistd.h>

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    volatile double *volatile nowhere = NULL;
    for (int fd = 3; fd < 64; fd++) {
        if (ftruncate(fd, 0) != 0)
            continue;
    }
    nowhere[0] = (double)row;
}
