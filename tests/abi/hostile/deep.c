/* Calls itself without end. */
#define HOSTILE_ID "deep"
#define HOSTILE_ROWS
#include "hostile.h"

static size_t dig(size_t depth)
{
    volatile char here[4096];
    here[depth % sizeof here] = 1;
    return depth == SIZE_MAX ? 0 : dig(depth + 1) + (size_t)here[depth % sizeof here];
}

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    volatile size_t bottom = dig(row);
    (void)bottom;
}
