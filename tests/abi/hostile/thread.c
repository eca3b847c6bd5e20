/* Starts a thread. */
#define HOSTILE_ID "thread"
#define HOSTILE_ROWS
#include "hostile.h"

#include <pthread.h>

static void *idle(void *context)
{
    return context;
}

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    (void)row;
    pthread_t one;
    if (pthread_create(&one, NULL, idle, NULL) == 0)
        (void)pthread_join(one, NULL);
}
