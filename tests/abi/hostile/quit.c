/* Ends the process it is in. */
#define HOSTILE_ID "quit"
#define HOSTILE_ROWS
#include "hostile.h"

#include <stdlib.h>

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    (void)row;
    exit(7);
}
