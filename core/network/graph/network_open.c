/* A network file, mapped and judged: nothing of it is believed before it was looked at. */
#include <string.h>

#include "network/graph/network_check.h"
#include "network/graph/network_file.h"
#include "network/graph/network_layout.h"
#include "network/graph/network_store.h"
#include "network/messages.h"

typedef struct opening {
    const char *bytes;
    size_t size;
    const file_header *header;
    const network_counts *counts;
    network *made;
    int threads;
    const atomic_int *cancel;
    error *err;
} opening;

bool network_file_like(const char *bytes, size_t size)
{
    return size >= strlen(NETWORK_FILE_MAGIC) &&
           memcmp(bytes, NETWORK_FILE_MAGIC, strlen(NETWORK_FILE_MAGIC)) == 0;
}

/* --- header, sections, checksums --- */

static status header_read(opening *o)
{
    const file_header *h = (const void *)o->bytes;
    if (!network_file_like(o->bytes, o->size))
        return error_set(o->err, STATUS_INPUT, M_NETFILE_FOREIGN);
    if (o->size < sizeof *h)
        return error_set(o->err, STATUS_INPUT, M_NETFILE_SHORT, (unsigned long long)o->size,
                         (unsigned long long)sizeof *h);
    if (h->order != NETWORK_FILE_ORDER)
        return error_set(o->err, STATUS_INPUT, M_NETFILE_ORDER);
    if (h->version != NETWORK_FILE_VERSION)
        return error_set(o->err, STATUS_INPUT, M_NETFILE_VERSION, h->version,
                         (unsigned)NETWORK_FILE_VERSION);
    if (h->checksum != header_checksum(h))
        return error_set(o->err, STATUS_INPUT, M_NETFILE_DAMAGED, "header");
    if (h->size != o->size)
        return error_set(o->err, STATUS_INPUT, M_NETFILE_SHORT, (unsigned long long)o->size,
                         (unsigned long long)h->size);
    o->header = h;
    return STATUS_OK;
}

static bool zeros(const char *from, const char *end)
{
    for (; from < end; from++)
        if (*from != 0)
            return false;
    return true;
}

/* Sections follow each other without a gap, so that every byte of the file is judged. */
static status sections_place(const opening *o)
{
    uint64_t at = file_aligned(sizeof *o->header);
    if (at > o->size || !zeros(o->bytes + sizeof *o->header, o->bytes + at))
        return error_set(o->err, STATUS_INPUT, M_NETFILE_DAMAGED, "header");
    for (section_kind k = 0; k < SECTION_KINDS; k++) {
        const file_section *s = &o->header->section[k];
        if (s->offset != at || s->size > o->size - at || file_aligned(s->size) > o->size - at ||
            !zeros(o->bytes + at + s->size, o->bytes + at + file_aligned(s->size)))
            return error_set(o->err, STATUS_INPUT, M_NETFILE_DAMAGED, section_name(k));
        at += file_aligned(s->size);
    }
    return at == o->size ? STATUS_OK
                         : error_set(o->err, STATUS_INPUT, M_NETFILE_SHORT,
                                     (unsigned long long)o->size, (unsigned long long)at);
}

static status sections_verify(const opening *o)
{
    for (section_kind k = 0; k < SECTION_KINDS; k++) {
        const file_section *s = &o->header->section[k];
        uint64_t found = 0;
        status result = section_checksum(k, o->bytes + s->offset, s->size, o->threads, o->cancel,
                                         &found, o->err);
        if (result)
            return result;
        if (found != s->checksum)
            return error_set(o->err, STATUS_INPUT, M_NETFILE_DAMAGED, section_name(k));
    }
    return STATUS_OK;
}

/* --- arrays --- */

/* *out: a section that must hold `count` items; NULL where it may be and is empty. */
static status array_take(const opening *o, section_kind kind, uint64_t count, size_t size,
                         const void **out)
{
    const file_section *s = &o->header->section[kind];
    uint64_t bytes = 0;
    *out = o->bytes + s->offset;
    if (__builtin_mul_overflow(count, size, &bytes) || s->size != bytes)
        return error_set(o->err, STATUS_INPUT, M_NETFILE_CONTENT, section_name(kind));
    return STATUS_OK;
}

static status counts_take(opening *o)
{
    const void *at = NULL;
    status result = array_take(o, SECTION_COUNTS, 1, sizeof *o->counts, &at);
    if (result)
        return result;
    const network_counts *c = at;
    network *n = o->made;
    if (!network_counts_good(c))
        return error_set(o->err, STATUS_INPUT, M_NETFILE_CONTENT, section_name(SECTION_COUNTS));
    o->counts = c;
    n->node_count = c->node_count;
    n->arc_count = c->arc_count;
    n->way_count = c->way_count;
    n->word_count = c->word_count;
    n->fact_count = c->fact_count;
    n->units_per_minute = c->units_per_minute;
    n->positions = (network_positions)c->positions;
    n->lengths = c->lengths != 0;
    n->component_count = c->component_count;
    n->main_size = c->main_size;
    return STATUS_OK;
}

/* `links`: how many there must be, or UINT64_MAX: as many as there are. */
static status arcs_take(const opening *o, section_kind start, uint64_t links, road_arcs *out)
{
    const void *starts = NULL, *link = NULL;
    if (links == UINT64_MAX)
        links = o->header->section[start + 1].size / sizeof *out->link;
    status result =
        array_take(o, start, (uint64_t)o->counts->node_count + 1, sizeof *out->start, &starts);
    if (result == STATUS_OK)
        result = array_take(o, start + 1, links, sizeof *out->link, &link);
    *out = (road_arcs){.node_count = o->counts->node_count, .start = starts, .link = link};
    if (result == STATUS_OK && (links >= NETWORK_NONE || out->start[out->node_count] != links))
        result = error_set(o->err, STATUS_INPUT, M_NETFILE_CONTENT, section_name(start));
    return result;
}

typedef struct wanted_array {
    section_kind kind;
    uint64_t count;
    size_t size;
    const void *at;
} wanted_array;

static status nodes_and_ways_take(opening *o)
{
    const network_counts *c = o->counts;
    network *n = o->made;
    const uint64_t placed = n->positions == POSITIONS_NONE ? 0 : c->node_count;
    const bool wayed = c->way_count > 0;
    wanted_array w[] = {
        {SECTION_NODE_ID, c->node_count, sizeof *n->node_id, NULL},
        {SECTION_X, placed, sizeof *n->x, NULL},
        {SECTION_Y, placed, sizeof *n->y, NULL},
        {SECTION_FLAGS, c->node_count, sizeof *n->node_flags, NULL},
        {SECTION_ARC_WAY, wayed ? c->arc_count : 0, sizeof *n->arc_way, NULL},
        {SECTION_WAY_ID, c->way_count, sizeof *n->way_id, NULL},
        {SECTION_WAY_NAME, c->way_count, sizeof *n->way_name, NULL},
        {SECTION_WAY_CLASS, c->way_count, sizeof *n->way_class, NULL},
        {SECTION_WORD_START, (uint64_t)c->word_count + 1, sizeof *n->word_start, NULL},
    };
    for (size_t i = 0; i < sizeof w / sizeof *w; i++) {
        status result = array_take(o, w[i].kind, w[i].count, w[i].size, &w[i].at);
        if (result)
            return result;
    }
    n->node_id = w[0].at;
    n->x = n->positions == POSITIONS_NONE ? NULL : w[1].at;
    n->y = n->positions == POSITIONS_NONE ? NULL : w[2].at;
    n->node_flags = w[3].at;
    n->arc_way = wayed ? w[4].at : NULL;
    n->way_id = w[5].at;
    n->way_name = w[6].at;
    n->way_class = w[7].at;
    n->word_start = w[8].at;
    n->word_bytes = o->bytes + o->header->section[SECTION_WORD_BYTES].offset;
    return arcs_take(o, SECTION_START, c->arc_count, &n->to);
}

static status facts_take(opening *o)
{
    network *n = o->made;
    const file_section *s = &o->header->section[SECTION_FACTS];
    const char *at = o->bytes + s->offset, *end = at + s->size;
    if (!texts_good(at, s->size, 2 * (uint64_t)n->fact_count))
        return error_set(o->err, STATUS_INPUT, M_NETFILE_CONTENT, section_name(SECTION_FACTS));
    network_fact *facts = memory_new(n->fact_count, sizeof *facts);
    if (!facts)
        return memory_error(o->err, n->fact_count * sizeof *facts);
    n->facts = network_own(n, facts);
    for (uint32_t i = 0; i < n->fact_count && at < end; i++) {
        facts[i].key = at;
        facts[i].value = at += strlen(at) + 1;
        at += strlen(at) + 1;
    }
    return STATUS_OK;
}

static status hierarchy_take(opening *o)
{
    const void *position = NULL;
    network *n = o->made;
    road_hierarchy *h = &n->store->hierarchy;
    status result = STATUS_OK;
    if (!o->counts->hierarchy) {
        for (section_kind k = SECTION_POSITION; k < SECTION_KINDS && result == STATUS_OK; k++)
            result = array_take(o, k, 0, 1, &position);
        return result;
    }
    h->node_count = n->node_count;
    result = array_take(o, SECTION_POSITION, n->node_count, sizeof *h->position, &position);
    h->position = position;
    if (result == STATUS_OK)
        result = arcs_take(o, SECTION_UP_START, UINT64_MAX, &h->up);
    if (result == STATUS_OK)
        result = arcs_take(o, SECTION_DOWN_START, UINT64_MAX, &h->down);
    if (result == STATUS_OK)
        result = hierarchy_check(h, o->err);
    if (result == STATUS_OK)
        n->hierarchy = h;
    return result;
}

static status contents_take(opening *o)
{
    status result = counts_take(o);
    if (result == STATUS_OK)
        result = nodes_and_ways_take(o);
    if (result == STATUS_OK)
        result = network_check(o->made, o->header->section[SECTION_WORD_BYTES].size, o->threads,
                               o->cancel, o->err);
    if (result == STATUS_OK)
        result = facts_take(o);
    if (result == STATUS_OK)
        result = hierarchy_take(o);
    return result;
}

status network_parse(network **out, const char *bytes, size_t size, int threads, progress *p,
                     error *err)
{
    opening o = {.bytes = bytes,
                 .size = size,
                 .threads = threads,
                 .cancel = p ? p->cancel : NULL,
                 .err = err};
    status result = header_read(&o);
    if (result == STATUS_OK)
        result = sections_place(&o);
    if (result == STATUS_OK)
        result = sections_verify(&o);
    if (result == STATUS_OK)
        result = network_new(&o.made, err);
    if (result == STATUS_OK)
        result = contents_take(&o);
    if (result)
        network_free(o.made);
    else
        *out = o.made;
    return result;
}

status network_open(network **out, const char *path, int threads, progress *p, error *err)
{
    file_view file = {0};
    network *made = NULL;
    status result = file_map(path, &file, err);
    if (result)
        return result;
    result = network_parse(&made, file.at, file.size, threads, p, err);
    if (result) {
        error_prefix(err, M_NETFILE_WHERE, path);
        file_unmap(&file);
        return result;
    }
    made->store->file = file;
    *out = made;
    return STATUS_OK;
}
