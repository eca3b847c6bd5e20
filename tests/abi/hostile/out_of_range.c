/* Writes a value outside the range that it declares. */
#define HOSTILE_ID "out_of_range"
#define HOSTILE_ROWS
#include "hostile.h"

static void misbehave(const bassin_job *job, size_t row)
{
    bassin_set(&job->out[0].items[0], row, 7.0);
}
