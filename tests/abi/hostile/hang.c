/* Never comes back. */
#define HOSTILE_ID "hang"
#define HOSTILE_ROWS
#include "hostile.h"

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    for (volatile size_t turns = row;; turns = turns + 1)
        continue;
}
