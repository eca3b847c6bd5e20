/* Sends itself what a keyboard sends to stop a run. */
#define HOSTILE_ID "interrupt"
#define HOSTILE_ROWS
#define _GNU_SOURCE
#include "hostile.h"

#include <signal.h>

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    (void)row;
    (void)raise(SIGINT);
}
