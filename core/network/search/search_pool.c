/* Searches lent to threads. */
#include "network/search/search.h"

#include "base/memory.h"
#include "network/search/search_state.h"

typedef struct slot {
    atomic_flag busy;
    search *search;
} slot;

struct search_pool {
    const road_arcs *arcs;
    search_options options;
    size_t count;
    slot *slots;
};

status search_pool_new(search_pool **out, const road_arcs *arcs, const search_options *options,
                       int threads, error *err)
{
    search_pool *p = memory_new(1, sizeof *p);
    if (!p)
        return memory_error(err, sizeof *p);
    p->arcs = arcs;
    if (options)
        p->options = *options;
    p->count = threads > 0 ? (size_t)threads : 1;
    p->slots = memory_new(p->count, sizeof *p->slots);
    if (!p->slots) {
        search_pool_free(p);
        return memory_error(err, p->count * sizeof *p->slots);
    }
    for (size_t i = 0; i < p->count; i++)
        atomic_flag_clear(&p->slots[i].busy);
    *out = p;
    return STATUS_OK;
}

void search_pool_free(search_pool *p)
{
    if (!p)
        return;
    for (size_t i = 0; p->slots && i < p->count; i++)
        search_free(p->slots[i].search);
    memory_free(p->slots);
    memory_free(p);
}

status search_pool_borrow(search_pool *p, search **out, error *err)
{
    for (size_t i = 0;; i = (i + 1) % p->count) {
        slot *s = &p->slots[i];
        if (atomic_flag_test_and_set_explicit(&s->busy, memory_order_acquire))
            continue;
        status result = s->search ? STATUS_OK : search_new(&s->search, p->arcs, &p->options, err);
        if (!s->search) {
            atomic_flag_clear_explicit(&s->busy, memory_order_release);
            return result;
        }
        s->search->slot = i;
        *out = s->search;
        return STATUS_OK;
    }
}

void search_pool_return(search_pool *p, search *s)
{
    atomic_flag_clear_explicit(&p->slots[s->slot].busy, memory_order_release);
}
