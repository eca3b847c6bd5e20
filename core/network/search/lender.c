/* One slot for each thread that may borrow; a slot is found by trying. */
#include "network/search/lender.h"

#include <stdatomic.h>

#include "base/memory.h"

typedef struct slot {
    atomic_flag busy;
    void *thing;
} slot;

struct lender {
    const lender_kind *kind;
    const void *context;
    size_t count;
    slot *slots;
};

status lender_new(lender **out, const lender_kind *kind, const void *context, size_t count,
                  error *err)
{
    lender *l = memory_new(1, sizeof *l);
    if (!l)
        return memory_error(err, sizeof *l);
    *l = (lender){.kind = kind, .context = context, .count = count};
    l->slots = memory_new(count, sizeof *l->slots);
    if (!l->slots) {
        lender_free(l);
        return memory_error(err, count * sizeof *l->slots);
    }
    for (size_t i = 0; i < count; i++)
        atomic_flag_clear(&l->slots[i].busy);
    *out = l;
    return STATUS_OK;
}

void lender_free(lender *l)
{
    if (!l)
        return;
    for (size_t i = 0; l->slots && i < l->count; i++)
        if (l->slots[i].thing)
            l->kind->free(l->slots[i].thing);
    memory_free(l->slots);
    memory_free(l);
}

status lender_borrow(lender *l, lent *out, error *err)
{
    for (size_t i = 0;; i = (i + 1) % l->count) {
        slot *s = &l->slots[i];
        if (atomic_flag_test_and_set_explicit(&s->busy, memory_order_acquire))
            continue;
        status result = s->thing ? STATUS_OK : l->kind->make(l->context, &s->thing, err);
        *out = (lent){.thing = s->thing, .slot = i};
        if (result)
            atomic_flag_clear_explicit(&s->busy, memory_order_release);
        return result;
    }
}

void lender_return(lender *l, lent thing)
{
    atomic_flag_clear_explicit(&l->slots[thing.slot].busy, memory_order_release);
}
