/* Stops by abort(). */
#define HOSTILE_ID "give_up"
#define HOSTILE_ROWS
#include "hostile.h"

#include <stdlib.h>

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    (void)row;
    abort();
}
