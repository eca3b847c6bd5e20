/* Seals every memory that it shares with the program, in each block, so that nobody could map or
 * grow it any more; then crashes. */
#define HOSTILE_ID "seal"
#define HOSTILE_ROWS
#define HOSTILE_EACH_BLOCK
#define _GNU_SOURCE
#include "hostile.h"

#include <fcntl.h>

static void each_block(void)
{
    for (int fd = 3; fd < 64; fd++)
        (void)fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_FUTURE_WRITE);
}

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    volatile double *volatile nowhere = NULL;
    nowhere[0] = (double)row;
}
