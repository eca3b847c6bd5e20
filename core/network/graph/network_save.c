/* A network as a file: the sections are hashed, then written in order. */
#include <string.h>

#include "base/file_stream.h"
#include "base/text.h"
#include "network/graph/network_file.h"
#include "network/graph/network_layout.h"
#include "network/messages.h"

enum { WRITE_PIECE = 4 << 20 };

typedef struct saving {
    const network *network;
    const road_hierarchy *hierarchy;
    network_counts counts;
    text_buffer facts;
    const void *at[SECTION_KINDS];
    file_header header;
    file_stream *stream;
    int threads;
    progress *progress;
    error *err;
} saving;

static const atomic_int *cancel_of(const saving *s)
{
    return s->progress ? s->progress->cancel : NULL;
}

static status facts_join(saving *s)
{
    for (uint32_t i = 0; i < s->network->fact_count; i++) {
        text_add_n(&s->facts, s->network->facts[i].key, strlen(s->network->facts[i].key) + 1);
        text_add_n(&s->facts, s->network->facts[i].value, strlen(s->network->facts[i].value) + 1);
    }
    return s->facts.failed ? memory_error(s->err, s->facts.size) : STATUS_OK;
}

static network_counts counts_of(const network *n, const road_hierarchy *h)
{
    return (network_counts){.node_count = n->node_count,
                            .arc_count = n->arc_count,
                            .way_count = n->way_count,
                            .word_count = n->word_count,
                            .fact_count = n->fact_count,
                            .units_per_minute = n->units_per_minute,
                            .positions = n->positions,
                            .lengths = n->lengths,
                            .component_count = n->component_count,
                            .main_size = n->main_size,
                            .hierarchy = h != NULL};
}

static void section_set(saving *s, section_kind kind, const void *at, uint64_t count, size_t size)
{
    s->at[kind] = at;
    s->header.section[kind].size = at ? count * size : 0;
}

static void arcs_set(saving *s, section_kind start, const road_arcs *arcs)
{
    section_set(s, start, arcs->start, (uint64_t)arcs->node_count + 1, sizeof *arcs->start);
    section_set(s, start + 1, arcs->link, arcs->start[arcs->node_count], sizeof *arcs->link);
}

static void sections_set(saving *s)
{
    const network *n = s->network;
    section_set(s, SECTION_COUNTS, &s->counts, 1, sizeof s->counts);
    section_set(s, SECTION_NODE_ID, n->node_id, n->node_count, sizeof *n->node_id);
    section_set(s, SECTION_X, n->x, n->node_count, sizeof *n->x);
    section_set(s, SECTION_Y, n->y, n->node_count, sizeof *n->y);
    section_set(s, SECTION_FLAGS, n->node_flags, n->node_count, sizeof *n->node_flags);
    arcs_set(s, SECTION_START, &n->to);
    section_set(s, SECTION_ARC_WAY, n->arc_way, n->arc_count, sizeof *n->arc_way);
    section_set(s, SECTION_WAY_ID, n->way_id, n->way_count, sizeof *n->way_id);
    section_set(s, SECTION_WAY_NAME, n->way_name, n->way_count, sizeof *n->way_name);
    section_set(s, SECTION_WAY_CLASS, n->way_class, n->way_count, sizeof *n->way_class);
    section_set(s, SECTION_WORD_START, n->word_start, (uint64_t)n->word_count + 1,
                sizeof *n->word_start);
    section_set(s, SECTION_WORD_BYTES, n->word_bytes, n->word_start[n->word_count], 1);
    section_set(s, SECTION_FACTS, s->facts.at, s->facts.size, 1);
    if (!s->hierarchy)
        return;
    section_set(s, SECTION_POSITION, s->hierarchy->position, n->node_count,
                sizeof *s->hierarchy->position);
    arcs_set(s, SECTION_UP_START, &s->hierarchy->up);
    arcs_set(s, SECTION_DOWN_START, &s->hierarchy->down);
}

static status header_fill(saving *s)
{
    file_header *h = &s->header;
    uint64_t offset = file_aligned(sizeof *h);
    memcpy(h->magic, NETWORK_FILE_MAGIC, sizeof h->magic);
    h->order = NETWORK_FILE_ORDER;
    h->version = NETWORK_FILE_VERSION;
    for (section_kind k = 0; k < SECTION_KINDS; k++) {
        h->section[k].offset = offset;
        offset += file_aligned(h->section[k].size);
        status result = section_checksum(k, s->at[k], h->section[k].size, s->threads, cancel_of(s),
                                         &h->section[k].checksum, s->err);
        if (result)
            return result;
    }
    h->size = offset;
    h->checksum = header_checksum(h);
    return STATUS_OK;
}

static status padding_write(saving *s, uint64_t size)
{
    static const char zeros[NETWORK_FILE_ALIGN] = {0};
    return file_stream_write(s->stream, zeros, (size_t)(file_aligned(size) - size), s->err);
}

static status section_write(saving *s, section_kind kind)
{
    const char *at = s->at[kind];
    const uint64_t size = s->header.section[kind].size;
    for (uint64_t done = 0; done < size;) {
        size_t piece = size - done < WRITE_PIECE ? (size_t)(size - done) : WRITE_PIECE;
        status result = file_stream_write(s->stream, at + done, piece, s->err);
        if (result)
            return result;
        done += piece;
        if (s->progress)
            progress_advance(s->progress, (size_t)file_stream_size(s->stream),
                             (size_t)s->header.size);
        if (s->progress && progress_cancelled(s->progress))
            return error_set(s->err, STATUS_INTERRUPTED, M_NETWORK_STOPPED);
    }
    return padding_write(s, size);
}

static status sections_write(saving *s, const char *path)
{
    status result = file_stream_open(&s->stream, path, s->err);
    if (result == STATUS_OK)
        result = file_stream_write(s->stream, &s->header, sizeof s->header, s->err);
    if (result == STATUS_OK)
        result = padding_write(s, sizeof s->header);
    for (section_kind k = 0; k < SECTION_KINDS && result == STATUS_OK; k++)
        result = section_write(s, k);
    if (result == STATUS_OK)
        result = file_stream_publish(s->stream, s->err);
    file_stream_free(s->stream);
    return result;
}

status network_save(const network *n, const road_hierarchy *h, const char *path, int threads,
                    progress *p, error *err)
{
    saving s = {.network = n,
                .hierarchy = h,
                .counts = counts_of(n, h),
                .threads = threads,
                .progress = p,
                .err = err};
    status result = facts_join(&s);
    if (result == STATUS_OK) {
        sections_set(&s);
        result = header_fill(&s);
    }
    if (result == STATUS_OK)
        result = sections_write(&s, path);
    text_buffer_clear(&s.facts);
    return result;
}
