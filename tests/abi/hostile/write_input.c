/* Writes into a column that it was given to read. */
#define HOSTILE_ID "write_input"
#define HOSTILE_ROWS
#include "hostile.h"

#include <string.h>

static void misbehave(const bassin_job *job, size_t row)
{
    double *population = NULL;
    memcpy(&population, &job->in[0].items[0].at.f64, sizeof population);
    population[row] = 1e6;
}
