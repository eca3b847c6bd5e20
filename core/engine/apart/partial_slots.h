/* engine/apart/partial_slots.h: partial results in memory that workers share, one block of slots
 * of one size for all stages of a job. Private to runner_apart and plugin_worker. */
#ifndef ENGINE_PARTIAL_SLOTS_H
#define ENGINE_PARTIAL_SLOTS_H

#include <pthread.h>

#include "base/memory.h"

enum { NO_SLOT = UINT32_MAX };

/* --- the program's side [any thread] --- */

typedef struct partial_slots {
    int fd; /* -1: none */
    size_t stride;
    uint32_t count;
    void **at;      /* of each slot, mapped as long as the slots live */
    uint32_t *free; /* slots to use again */
    uint32_t free_count, capacity;
    pthread_mutex_t lock;
    bool ready;
} partial_slots;
/* `bytes`: of the largest partial; 0: there are none. */
MUST_CHECK status partial_slots_init(partial_slots *p, size_t bytes, error *err);
void partial_slots_clear(partial_slots *p);
void *partial_slots_take(partial_slots *p); /* NULL: out of memory */
void partial_slots_give(partial_slots *p, void *partial);
/* The number by which a worker knows it; NO_SLOT for NULL. */
uint32_t partial_slots_number(const void *partial);

/* --- the worker's side --- */

/* Maps a slot for one call, against a page that cannot be touched; NULL: refused. */
MUST_CHECK void *partial_slot_map(int fd, uint32_t slot, size_t stride, size_t bytes);
void partial_slot_unmap(void *at, size_t bytes);

#endif
