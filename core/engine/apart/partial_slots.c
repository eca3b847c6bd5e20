/* Slots of partial results. In the program a page of its own stands before each slot and holds the
 * slot's number: it is found without looking. */
#include "engine/apart/partial_slots.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page_bytes(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static size_t whole_pages(size_t bytes)
{
    return (bytes + page_bytes() - 1) / page_bytes() * page_bytes();
}

status partial_slots_init(partial_slots *p, size_t bytes, error *err)
{
    *p = (partial_slots){.fd = -1, .stride = whole_pages(bytes)};
    p->ready = pthread_mutex_init(&p->lock, NULL) == 0;
    if (!p->ready)
        return memory_error(err, sizeof *p);
    if (bytes == 0)
        return STATUS_OK;
    p->fd = memfd_create("bassin-partials", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    /* A worker that could shrink it, or seal it, could stop the program; it still grows. */
    if (p->fd < 0 || fcntl(p->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
        return memory_error(err, bytes);
    return STATUS_OK;
}

void partial_slots_clear(partial_slots *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        (void)munmap((unsigned char *)p->at[i] - page_bytes(), page_bytes() + p->stride);
    memory_free(p->at);
    memory_free(p->free);
    if (p->fd > 0) /* 0: never initialised */
        (void)close(p->fd);
    if (p->ready)
        (void)pthread_mutex_destroy(&p->lock);
    *p = (partial_slots){.fd = -1};
}

static bool reserve(partial_slots *p)
{
    if (p->count < p->capacity)
        return true;
    const uint32_t wanted = p->capacity == 0 ? 32 : 2 * p->capacity;
    void **at = memory_resize(p->at, wanted, sizeof *at);
    p->at = at != NULL ? at : p->at;
    uint32_t *spare = memory_resize(p->free, wanted, sizeof *spare);
    p->free = spare != NULL ? spare : p->free;
    if (at == NULL || spare == NULL)
        return false;
    p->capacity = wanted;
    return true;
}

/* [locked] */
static void *grow(partial_slots *p)
{
    const off_t offset = (off_t)(p->count * p->stride);
    if (!reserve(p) || ftruncate(p->fd, offset + (off_t)p->stride) != 0)
        return NULL;
    unsigned char *head = mmap(NULL, page_bytes() + p->stride, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (head == MAP_FAILED)
        return NULL;
    void *at = mmap(head + page_bytes(), p->stride, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
                    p->fd, offset);
    if (at == MAP_FAILED) {
        (void)munmap(head, page_bytes() + p->stride);
        return NULL;
    }
    memcpy(head, &p->count, sizeof p->count);
    p->at[p->count++] = at;
    return at;
}

uint32_t partial_slots_number(const void *partial)
{
    uint32_t number = NO_SLOT;
    if (partial != NULL)
        memcpy(&number, (const unsigned char *)partial - page_bytes(), sizeof number);
    return number;
}

void *partial_slots_take(partial_slots *p)
{
    (void)pthread_mutex_lock(&p->lock);
    void *at = p->free_count > 0 ? p->at[p->free[--p->free_count]] : grow(p);
    (void)pthread_mutex_unlock(&p->lock);
    return at;
}

void partial_slots_give(partial_slots *p, void *partial)
{
    if (partial == NULL)
        return;
    (void)pthread_mutex_lock(&p->lock);
    p->free[p->free_count++] = partial_slots_number(partial); /* there is room for every slot */
    (void)pthread_mutex_unlock(&p->lock);
}

/* --- the worker's side --- */

void *partial_slot_map(int fd, uint32_t slot, size_t stride, size_t bytes)
{
    const size_t size = whole_pages(bytes);
    unsigned char *at =
        mmap(NULL, size + page_bytes(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED || size > stride)
        return NULL;
    void *mapped =
        mmap(at, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, (off_t)(slot * stride));
    return mapped != MAP_FAILED ? mapped : NULL;
}

void partial_slot_unmap(void *at, size_t bytes)
{
    if (at != NULL)
        (void)munmap(at, whole_pages(bytes) + page_bytes());
}
