/* Writes through a null pointer. */
#define HOSTILE_ID "crash"
#define HOSTILE_ROWS
#include "hostile.h"

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    volatile double *volatile nowhere = NULL;
    nowhere[0] = (double)row;
}
