/* Writes a value that is none. */
#define HOSTILE_ID "not_a_number"
#define HOSTILE_ROWS
#include "hostile.h"

#include <math.h>

static void misbehave(const bassin_job *job, size_t row)
{
    bassin_set(&job->out[0].items[0], row, NAN);
}
