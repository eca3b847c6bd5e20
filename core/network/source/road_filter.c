#include "network/source/road_filter.h"

#include <string.h>

#include "base/memory.h"

/* Read whatever the profile says: what a way is and is called, its posted speed, the duration of a
 * crossing, and which way a sign looks. */
static const char *const always[] = {
    "highway",
    "name",
    "ref",
    "maxspeed",
    "maxspeed:forward",
    "maxspeed:backward",
    "duration",
    "direction",
    "traffic_signals:direction",
};

struct road_filter {
    interner *keys;
    const osm_tag *ways; /* the caller's: it outlives the reading */
    size_t way_count;
};

static status keys_add(road_filter *f, const char *const *keys, size_t count, error *err)
{
    status result = STATUS_OK;
    uint32_t index = 0;
    for (size_t i = 0; i < count && result == STATUS_OK; i++)
        result = interner_add(f->keys, text_slice_of(keys[i], strlen(keys[i])), &index, err);
    return result;
}

status road_filter_new(road_filter **out, const road_wanted *wanted, error *err)
{
    road_filter *f = memory_new(1, sizeof *f);
    if (!f)
        return memory_error(err, sizeof *f);
    status result = interner_new(&f->keys, err);
    if (result == STATUS_OK)
        result = keys_add(f, always, sizeof always / sizeof *always, err);
    if (result == STATUS_OK && wanted) {
        f->ways = wanted->ways;
        f->way_count = wanted->way_count;
        result = keys_add(f, wanted->keys, wanted->key_count, err);
    }
    if (result) {
        road_filter_free(f);
        return result;
    }
    *out = f;
    return STATUS_OK;
}

void road_filter_free(road_filter *f)
{
    if (!f)
        return;
    interner_free(f->keys);
    memory_free(f);
}

static uint64_t text_hash(const char *text, uint64_t seed)
{
    return hash_bytes(text, strlen(text) + 1, seed);
}

uint64_t road_wanted_hash(const road_wanted *wanted)
{
    uint64_t hash = 0;
    for (size_t i = 0; wanted && i < wanted->key_count; i++)
        hash = text_hash(wanted->keys[i], hash);
    for (size_t i = 0; wanted && i < wanted->way_count; i++)
        hash = text_hash(wanted->ways[i].value, text_hash(wanted->ways[i].key, hash));
    return hash;
}

bool road_filter_key(const road_filter *f, text_slice key)
{
    return interner_find(f->keys, key) != INTERN_NONE;
}

bool road_filter_way(const road_filter *f, text_slice key, text_slice value)
{
    if (text_equal(key, "highway"))
        return true;
    for (size_t i = 0; i < f->way_count; i++)
        if (text_equal(key, f->ways[i].key) &&
            (text_equal(value, f->ways[i].value) ||
             text_equal(text_slice_of("*", 1), f->ways[i].value)))
            return true;
    return false;
}

bool road_filter_turn(text_slice key)
{
    static const char begin[] = "restriction";
    const size_t size = sizeof begin - 1;
    return text_equal(key, "except") || (key.size >= size && memcmp(key.at, begin, size) == 0 &&
                                         (key.size == size || key.at[size] == ':'));
}
