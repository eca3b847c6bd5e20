/* Forks. */
#define HOSTILE_ID "child"
#define HOSTILE_ROWS
#include "hostile.h"

#include <unistd.h>

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    (void)row;
    if (fork() == 0)
        _exit(0);
}
