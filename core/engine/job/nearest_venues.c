#include "engine/job/nearest_venues.h"

#include <bassin/plugin.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "geo/locator.h"

enum { NEAREST_KEPT = 32 /* indexes, one a distinct choice */ };

typedef struct kept_index {
    uint64_t hash;
    uint8_t *mask;
    nearest_index *index;
} kept_index;

struct nearest_venues {
    const double *lon, *lat;
    size_t count;
    pthread_mutex_t lock;
    kept_index kept[NEAREST_KEPT];
    size_t kept_count;
};

status nearest_venues_new(nearest_venues **out, const double *lon, const double *lat, size_t count,
                          error *err)
{
    nearest_venues *n = memory_new(1, sizeof *n);
    *out = NULL;
    if (n == NULL || pthread_mutex_init(&n->lock, NULL) != 0) {
        memory_free(n);
        return memory_error(err, sizeof *n);
    }
    n->lon = lon;
    n->lat = lat;
    n->count = count;
    *out = n;
    return STATUS_OK;
}

void nearest_venues_free(nearest_venues *n)
{
    if (n == NULL)
        return;
    for (size_t i = 0; i < n->kept_count; i++) {
        memory_free(n->kept[i].mask);
        nearest_index_free(n->kept[i].index);
    }
    (void)pthread_mutex_destroy(&n->lock);
    memory_free(n);
}

/* 1 for a used venue that has a point. */
static uint8_t *mask_new(const nearest_venues *n, const uint8_t *use)
{
    uint8_t *mask = memory_new(n->count, sizeof *mask);
    for (size_t i = 0; mask != NULL && i < n->count; i++)
        mask[i] = use[i] != 0 && isfinite(n->lon[i]) && isfinite(n->lat[i]);
    return mask;
}

static const nearest_index *find_kept(const nearest_venues *n, uint64_t hash, const uint8_t *mask)
{
    for (size_t i = 0; i < n->kept_count; i++) {
        const kept_index *k = &n->kept[i];
        if (k->hash == hash && memcmp(k->mask, mask, n->count) == 0)
            return k->index;
    }
    return NULL;
}

/* The index of a mask: built once while there is room, else for this call alone (*own to free).
 * Takes the mask. */
static status index_of(nearest_venues *n, uint8_t *mask, const nearest_index **out,
                       nearest_index **own, error *err)
{
    uint64_t hash = hash_bytes(mask, n->count, 0);
    status s = STATUS_OK;
    *own = NULL;
    (void)pthread_mutex_lock(&n->lock);
    *out = find_kept(n, hash, mask);
    if (*out == NULL) {
        s = nearest_index_new(own, n->lon, n->lat, mask, n->count, err);
        *out = *own;
        if (s == STATUS_OK && n->kept_count < NEAREST_KEPT) {
            n->kept[n->kept_count++] = (kept_index){.hash = hash, .mask = mask, .index = *own};
            *own = NULL;
            mask = NULL;
        }
    }
    (void)pthread_mutex_unlock(&n->lock);
    memory_free(mask);
    return s;
}

status nearest_venues_find(nearest_venues *n, const double *lon, const double *lat,
                           const uint8_t *use, size_t begin, size_t end, double *km,
                           uint32_t *venue, error *err)
{
    const nearest_index *index = NULL;
    nearest_index *own = NULL;
    uint8_t *mask = mask_new(n, use);
    if (mask == NULL)
        return memory_error(err, n->count);
    status s = index_of(n, mask, &index, &own, err);
    for (size_t i = begin; s == STATUS_OK && i < end; i++) {
        double found_km = 0.0;
        uint32_t found = LOCATED_NOWHERE;
        if (isfinite(lon[i]) && isfinite(lat[i]))
            found = nearest_find(index, lon[i], lat[i], &found_km);
        venue[i - begin] = found == LOCATED_NOWHERE ? (uint32_t)BASSIN_OUTSIDE : found;
        km[i - begin] = found == LOCATED_NOWHERE ? 0.0 : found_km;
    }
    nearest_index_free(own);
    return s;
}
