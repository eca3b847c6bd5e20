/* Values and arrays on their way to a worker. */
#include "engine/apart/carrier.h"

#include <string.h>

#include "base/sandbox.h"

enum { IMAGE_ALIGNMENT = 64 };

void carry_u64(carrier *c, uint64_t *v)
{
    if (c->from != NULL)
        *v = unpack_u64(c->from);
    else
        pack_u64(c->to, *v);
}

void carry_size(carrier *c, size_t *v)
{
    uint64_t wide = *v;
    carry_u64(c, &wide);
    *v = (size_t)wide;
}

void carry_u32(carrier *c, uint32_t *v)
{
    uint64_t wide = *v;
    carry_u64(c, &wide);
    *v = (uint32_t)wide;
}

void carry_f64(carrier *c, double *v)
{
    if (c->from != NULL)
        *v = unpack_f64(c->from);
    else
        pack_f64(c->to, *v);
}

void carry_text(carrier *c, const char **v)
{
    if (c->from == NULL) {
        pack_text(c->to, *v);
        return;
    }
    const char *text = unpack_text(c->from);
    *v = arena_text(c->memory, text);
    c->failed = c->failed || (text != NULL && *v == NULL);
}

void *carrier_room(carrier *c, size_t count, size_t size)
{
    void *at = c->failed || c->from->failed ? NULL : arena_take(c->memory, count, size);
    c->failed = c->failed || at == NULL;
    return at;
}

/* The offset of an array in the image; an array that two members name is copied once. */
static size_t copy_add(carrier *c, const void *from, size_t bytes)
{
    for (size_t i = 0; i < c->copy_count; i++) {
        if (c->copies[i].from == from && c->copies[i].bytes == bytes)
            return c->copies[i].offset;
    }
    if (c->copy_count == c->copy_capacity) {
        const size_t wanted = c->copy_capacity == 0 ? 64 : 2 * c->copy_capacity;
        copied *grown = memory_resize(c->copies, wanted, sizeof *grown);
        if (grown == NULL) {
            c->failed = true;
            return 0;
        }
        c->copies = grown;
        c->copy_capacity = wanted;
    }
    const size_t offset = c->image_size;
    c->copies[c->copy_count++] = (copied){.from = from, .bytes = bytes, .offset = offset};
    c->image_size += (bytes + IMAGE_ALIGNMENT - 1) & ~(size_t)(IMAGE_ALIGNMENT - 1);
    return offset;
}

static bool lies_in(const void *at, size_t bytes, const void *base, size_t size)
{
    const uintptr_t first = (uintptr_t)at, start = (uintptr_t)base;
    return base != NULL && first >= start && bytes <= size && first - start <= size - bytes;
}

/* The descriptor of a region, told once; IN_IMAGE when there are too many. */
static size_t region_place(carrier *c, size_t region)
{
    for (size_t i = 0; i < c->region_count; i++) {
        if (c->region_of[i] == region)
            return FIRST_REGION + i;
    }
    if (FIRST_REGION + c->region_count >= CARRIER_PLACES)
        return IN_IMAGE;
    c->region_of[c->region_count] = region;
    return FIRST_REGION + c->region_count++;
}

static void array_pack(carrier *c, const void *at, size_t bytes)
{
    size_t place = IN_IMAGE, offset = 0;
    for (size_t i = 0; i < c->job->region_count && place == IN_IMAGE; i++) {
        const shared_region *region = &c->job->regions[i];
        if (!lies_in(at, bytes, region->at, region->size))
            continue;
        place = region_place(c, i);
        offset = (uintptr_t)at - (uintptr_t)region->at;
    }
    if (lies_in(at, bytes, c->job->lent.at, c->job->lent.size)) {
        place = IN_OUTPUTS;
        offset = (uintptr_t)at - (uintptr_t)c->job->lent.at;
    } else if (place == IN_IMAGE) {
        offset = copy_add(c, at, bytes);
    }
    pack_u64(c->to, place);
    pack_u64(c->to, offset);
}

static const void *array_unpack(carrier *c, size_t bytes, const char *name)
{
    const uint64_t place = unpack_u64(c->from);
    const uint64_t offset = place != NO_ARRAY ? unpack_u64(c->from) : 0;
    if (place == NO_ARRAY || c->from->failed)
        return NULL;
    if (place >= CARRIER_PLACES || offset > c->size[place] || bytes > c->size[place] - offset) {
        c->failed = true;
        return NULL;
    }
    const void *at = c->base[place] + offset;
    if (name != NULL && bytes > 0)
        sandbox_region(at, bytes, name);
    return at;
}

void carry_array(carrier *c, const void **at, size_t count, size_t size, const char *name)
{
    if (c->from != NULL)
        *at = array_unpack(c, count * size, name);
    else if (*at == NULL)
        pack_u64(c->to, NO_ARRAY);
    else
        array_pack(c, *at, count * size);
}

void *carry_there(carrier *c, const void *there, size_t size)
{
    uint64_t is = there != NULL;
    carry_u64(c, &is);
    if (c->from == NULL || is == 0)
        return NULL;
    return carrier_room(c, 1, size);
}
