#include "table/survey.h"

#include <string.h>

#include "base/blocks.h"
#include "base/files.h"

/* --- quotes: the rules of scan.c, over the quotes alone --- */

static bool begins_cell(const quote_walk *w, const char *at)
{
    return at == w->start || at[-1] == w->separator || at[-1] == '\n';
}

/* After a closing quote: the separator, the end of the line or that of the text. */
static bool ends_cell(const quote_walk *w, const char *at)
{
    if (at == w->end || *at == w->separator || *at == '\n')
        return true;
    return *at == '\r' && (at + 1 == w->end || at[1] == '\n');
}

static uint64_t bits_between(unsigned from, unsigned to)
{
    return (to == MARKS_BLOCK ? 0 : UINT64_MAX << to) ^ (UINT64_MAX << from);
}

uint64_t quote_walk_block(quote_walk *w, const char *bytes, uint64_t mask)
{
    uint64_t inside = 0;
    unsigned from = 0;
    for (; mask; mask &= mask - 1) {
        unsigned i = (unsigned)__builtin_ctzll(mask);
        const char *at = bytes + i;
        if (w->doubled) {
            w->doubled = false;
        } else if (!w->quoted) {
            w->quoted = begins_cell(w, at);
            from = i;
        } else if (at + 1 < w->end && at[1] == '"') {
            w->doubled = true;
        } else {
            w->quoted = false;
            w->broken |= !ends_cell(w, at + 1);
            inside |= bits_between(from, i);
        }
    }
    return w->quoted ? inside | bits_between(from, MARKS_BLOCK) : inside;
}

static void walk_chunk(const marks_kernel *k, quote_walk *w, const char *at, const char *end)
{
    char padded[MARKS_BLOCK];
    for (; at < end; at += MARKS_BLOCK) {
        size_t left = (size_t)(end - at);
        if (left < MARKS_BLOCK)
            marks_pad(padded, at, left);
        marks_masks m = k->masks(left < MARKS_BLOCK ? padded : at, w->separator);
        if (m.quotes)
            (void)quote_walk_block(w, at, m.quotes);
        if (left < MARKS_BLOCK)
            break;
    }
}

/* --- cutting --- */

static status cut(survey *s, size_t chunk_bytes, error *err)
{
    size_t size = (size_t)(s->end - s->start), most = size / chunk_bytes + 1;
    s->chunks = memory_new(most, sizeof *s->chunks);
    if (!s->chunks)
        return memory_error(err, most * sizeof *s->chunks);
    for (const char *at = s->start; at < s->end;) {
        size_t left = (size_t)(s->end - at);
        const char *newline =
            left > chunk_bytes ? memchr(at + chunk_bytes, '\n', left - chunk_bytes) : NULL;
        const char *end = newline ? newline + 1 : s->end;
        s->chunks[s->count++] = (text_chunk){.start = at, .end = end};
        at = end;
    }
    return STATUS_OK;
}

static status survey_block(void *context, block b, error *err)
{
    survey *s = context;
    text_chunk *c = &s->chunks[b.begin];
    size_t size = (size_t)(c->end - c->start);
    (void)err;
    s->kernel->survey(c->start, size, &c->facts);
    c->valid = c->facts.high ? text_utf8_valid_prefix(c->start, size) : size;
    if (s->mapped)
        file_release(c->start, size);
    return STATUS_OK;
}

status survey_new(survey *out, const char *start, const char *end, const read_tuning *tuning,
                  error *err)
{
    *out = (survey){.kernel = marks_kernel_of(tuning->level),
                    .threads = tuning->threads,
                    .mapped = tuning->mapped,
                    .start = start,
                    .end = end};
    status result = cut(out, tuning->chunk_bytes ? tuning->chunk_bytes : CHUNK_BYTES, err);
    if (result == STATUS_OK)
        result = blocks_run(out->count, 1, out->threads, NULL, survey_block, out, err);
    uint64_t line = 1;
    for (size_t i = 0; result == STATUS_OK && i < out->count; i++) {
        out->chunks[i].line = line;
        line += out->chunks[i].facts.newlines;
    }
    return result;
}

void survey_clear(survey *s)
{
    memory_free(s->chunks);
    *s = (survey){0};
}

/* --- what text_nature_of tells --- */

text_nature survey_nature(const survey *s)
{
    uint64_t newlines = 0, unusual = 0;
    size_t first_high = s->count;
    for (size_t i = s->count; i-- > 0;) {
        const text_chunk *c = &s->chunks[i];
        newlines += c->facts.newlines;
        unusual |= c->facts.nul | (c->valid != (size_t)(c->end - c->start));
        if (c->facts.high)
            first_high = i;
    }
    size_t size = (size_t)(s->end - s->start);
    if (unusual || !newlines)
        return text_nature_of_body(s->start, size);
    text_nature n = {
        .nul = SIZE_MAX, .not_utf8 = SIZE_MAX, .multibyte = SIZE_MAX, .windows = SIZE_MAX};
    if (first_high < s->count) {
        const text_chunk *c = &s->chunks[first_high];
        n.multibyte = (size_t)(c->start - s->start) +
                      text_nature_of_body(c->start, (size_t)(c->end - c->start)).multibyte;
    }
    return n;
}

/* --- states --- */

typedef struct quote_survey {
    survey *survey;
    const char *record_start;
    char separator;
    quote_walk *after; /* two a chunk: begun outside, and inside, a quoted field */
} quote_survey;

static status quotes_block(void *context, block b, error *err)
{
    const quote_survey *q = context;
    const text_chunk *c = &q->survey->chunks[b.begin];
    const char *start = c->start < q->record_start ? q->record_start : c->start;
    (void)err;
    for (unsigned quoted = 0; quoted < 2; quoted++) {
        quote_walk *w = &q->after[2 * b.begin + quoted];
        *w = (quote_walk){.start = q->record_start,
                          .end = q->survey->end,
                          .separator = q->separator,
                          .quoted = quoted};
        if (c->facts.quotes && start < c->end)
            walk_chunk(q->survey->kernel, w, start, c->end);
    }
    return STATUS_OK;
}

status survey_quotes(survey *s, const char *record_start, char separator, bool *sound, error *err)
{
    quote_survey q = {.survey = s, .record_start = record_start, .separator = separator};
    q.after = memory_new(s->count, 2 * sizeof *q.after);
    if (!q.after)
        return memory_error(err, s->count * 2 * sizeof *q.after);
    status result = blocks_run(s->count, 1, s->threads, NULL, quotes_block, &q, err);
    bool quoted = false;
    *sound = true;
    for (size_t i = 0; i < s->count; i++) {
        s->chunks[i].opens_quoted = quoted;
        const quote_walk *w = &q.after[2 * i + quoted];
        *sound = *sound && !w->broken;
        quoted = w->quoted;
    }
    *sound = *sound && !quoted;
    memory_free(q.after);
    return result;
}
