/* Writes past the last row of its output. */
#define HOSTILE_ID "overrun"
#define HOSTILE_ROWS
#include "hostile.h"

static void misbehave(const bassin_job *job, size_t row)
{
    const bassin_slot *value = &job->out[0].items[0];
    double *volatile at = value->at.f64;
    at[value->rows + row - HOSTILE_ROW] = 0.5;
}
