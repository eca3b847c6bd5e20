/* Ways, their words, and the facts of the draft. */
#include <string.h>

#include "network/build/line_work.h"

/* --- ways: a feature each --- */

static status way_word(line_work *b, const column *c, size_t row, uint32_t *word)
{
    const char *text = c ? column_text(c, row) : "";
    return interner_add(b->words, text_slice_of(text, strlen(text)), word, b->err);
}

static status words_store(line_work *b)
{
    road_draft *d = b->draft;
    const uint32_t count = interner_count(b->words);
    size_t bytes = 0;
    for (uint32_t w = 0; w < count; w++)
        bytes += interner_at(b->words, w).size + 1;
    d->word_start = memory_new((size_t)count + 1, sizeof *d->word_start);
    d->word_bytes = memory_new(bytes, 1);
    if (!d->word_start || !d->word_bytes)
        return memory_error(b->err, bytes);
    bytes = 0;
    for (uint32_t w = 0; w < count; w++) {
        const text_slice word = interner_at(b->words, w);
        if (word.size > 0)
            memcpy(d->word_bytes + bytes, word.at, word.size);
        bytes += word.size + 1;
        d->word_start[w + 1] = bytes;
    }
    d->word_count = count;
    return STATUS_OK;
}

status line_work_ways(line_work *b)
{
    road_draft *d = b->draft;
    const layer *s = b->source;
    const size_t count = s->cells->rows;
    uint32_t empty = 0;
    d->way_id = memory_new(count, sizeof *d->way_id);
    d->way_name = memory_new(count, sizeof *d->way_name);
    d->way_class = memory_new(count, sizeof *d->way_class);
    if (!d->way_id || !d->way_name || !d->way_class)
        return memory_error(b->err, count * (sizeof *d->way_id + 2 * sizeof *d->way_name));
    d->way_count = d->way_capacity = count;
    status result = interner_new(&b->words, b->err);
    if (result == STATUS_OK)
        result = interner_add(b->words, text_slice_of("", 0), &empty, b->err);
    for (size_t row = 0; row < count && result == STATUS_OK; row++) {
        d->way_id[row] = (int64_t)s->cells->source_row[row];
        result = way_word(b, b->columns.name, row, &d->way_name[row]);
        if (result == STATUS_OK)
            result = way_word(b, b->columns.class_, row, &d->way_class[row]);
    }
    return result == STATUS_OK ? words_store(b) : result;
}

/* --- what was seen --- */

static const char *header_or_none(const column *c)
{
    return c ? c->name : "";
}

static status count_facts(line_work *b)
{
    const struct {
        const char *key;
        size_t value;
    } counts[] = {
        {"ways_in_file", b->source->cells->rows},
        {"ways_open", b->reasons[LINE_OPEN]},
        {"ways_closed", b->reasons[LINE_SPEED_ZERO] + b->reasons[LINE_ACCESS] +
                            b->reasons[LINE_NOT_BUILT] + b->reasons[LINE_WITHOUT_SPEED]},
        {"ways_short", b->reasons[LINE_SHORT] + b->reasons[LINE_NO_GEOMETRY]},
        {"ways_speed_zero", b->reasons[LINE_SPEED_ZERO]},
        {"ways_without_speed", b->reasons[LINE_WITHOUT_SPEED]},
        {"ways_no_access", b->reasons[LINE_ACCESS]},
        {"ways_not_in_service", b->reasons[LINE_NOT_BUILT]},
        {"ways_without_geometry", b->reasons[LINE_NO_GEOMETRY]},
        {"segments_long", b->segments_long},
        {"line_ends", b->joined.facts.ends},
        {"line_ends_nodes", b->joined.count},
        {"line_ends_joined_apart", b->joined.facts.apart},
        {"line_ends_on_vertices", b->joined.facts.on_vertices},
        {"line_ends_dangling", b->joined.facts.dangling},
        {"line_ends_dangling_near", b->joined.facts.dangling_near},
    };
    status result = STATUS_OK;
    for (size_t i = 0; i < sizeof counts / sizeof *counts && result == STATUS_OK; i++)
        result = road_draft_fact(b->draft, b->err, counts[i].key, "%zu", counts[i].value);
    return result;
}

status line_work_facts(line_work *b, double tolerance_m)
{
    const line_columns *c = &b->columns;
    const struct {
        const char *key, *value;
    } texts[] = {
        {"format", "lines"},
        {"profile", b->options->mode ? b->options->mode : "car"},
        {"layer", b->source->name},
        {"column_speed", header_or_none(c->speed)},
        {"column_direction", c->both_ways ? "" : header_or_none(c->direction)},
        {"column_class", header_or_none(c->class_)},
        {"column_closed", header_or_none(c->closed)},
    };
    status result = count_facts(b);
    for (size_t i = 0; i < sizeof texts / sizeof *texts && result == STATUS_OK; i++)
        result = road_draft_fact(b->draft, b->err, texts[i].key, "%s", texts[i].value);
    if (result == STATUS_OK)
        result = road_draft_fact(b->draft, b->err, "tolerance_m", "%g", tolerance_m);
    if (result == STATUS_OK)
        result = road_draft_fact(b->draft, b->err, "joined_apart_max_m", "%.2f",
                                 b->joined.facts.apart_max_m);
    return result;
}
