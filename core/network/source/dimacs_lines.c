#include "network/source/dimacs_lines.h"

#include <string.h>

#include "base/blocks.h"
#include "base/files.h"
#include "base/memory.h"
#include "network/messages.h"

enum { CHUNK_BYTES = 4 << 20, DIGITS_MAX = 10 };

static const char *line_end(const char *at, const char *end)
{
    const char *found = memchr(at, '\n', (size_t)(end - at));
    return found ? found : end;
}

/* Where the first line begins that starts at or after `at`. */
static const char *line_from(const dimacs_text *t, size_t at)
{
    const char *end = t->bytes + t->size;
    if (at == 0 || at >= t->size)
        return at == 0 ? t->bytes : end;
    const char *before = line_end(t->bytes + at - 1, end);
    return before < end ? before + 1 : end;
}

static void problem_note(dimacs_chunk *c, const char *at, uint64_t line)
{
    if (c->problems++ > 0)
        return;
    c->problem = at;
    c->problem_line = line;
    c->item_before = c->items > 0;
}

/* What was read of a mapped file need not stay in memory. */
static void pages_release(const dimacs_text *t, const dimacs_chunk *c)
{
    if (t->mapped)
        file_release(c->begin, (size_t)(c->end - c->begin));
}

static status chunk_count(void *context, block b, error *err)
{
    dimacs_text *t = context;
    dimacs_chunk *c = &t->chunks[b.index];
    (void)err;
    c->begin = line_from(t, b.begin);
    c->end = line_from(t, b.end);
    for (const char *at = c->begin; at < c->end; at++) {
        const char *end = line_end(at, c->end);
        at = dimacs_blanks(at, end);
        c->items += at < end && *at == t->letter;
        if (at < end && *at == 'p')
            problem_note(c, at, c->lines);
        c->lines++;
        at = end;
    }
    pages_release(t, c);
    return STATUS_OK;
}

status dimacs_text_cut(dimacs_text *t, error *err)
{
    t->chunk_count = blocks_count(t->size, CHUNK_BYTES);
    t->chunks = memory_new(t->chunk_count, sizeof *t->chunks);
    if (!t->chunks)
        return memory_error(err, t->chunk_count * sizeof *t->chunks);
    status result = blocks_run(t->size, CHUNK_BYTES, t->threads, t->cancel, chunk_count, t, err);
    uint64_t line = 1;
    for (size_t i = 0; i < t->chunk_count && result == STATUS_OK; i++) {
        dimacs_chunk *c = &t->chunks[i];
        c->first_line = line;
        c->first_item = t->items;
        c->problem_line += line;
        line += c->lines;
        t->items += c->items;
    }
    return result;
}

void dimacs_text_clear(dimacs_text *t)
{
    memory_free(t->chunks);
    t->chunks = NULL;
}

/* --- reading --- */

typedef struct reading {
    dimacs_text *text;
    dimacs_item item;
    void *context;
} reading;

static status chunk_read(void *context, block b, error *err)
{
    const reading *r = context;
    dimacs_chunk *c = &r->text->chunks[b.index];
    uint64_t number = c->first_item;
    (void)err;
    c->line = c->first_line;
    for (const char *at = c->begin; at < c->end; at++, c->line++) {
        const char *end = line_end(at, c->end);
        c->line_begin = at;
        at = dimacs_blanks(at, end);
        if (at < end && *at == r->text->letter)
            (void)r->item(r->context, c, number++, at + 1, end);
        else if (at < end && *at != 'c' && *at != 'p')
            (void)dimacs_fault_note(c, DIMACS_LINE, at, 0);
        at = end;
    }
    pages_release(r->text, c);
    const size_t done = atomic_fetch_add(&r->text->chunks_read, 1) + 1;
    if (r->text->progress)
        progress_advance(r->text->progress, done, r->text->chunk_count);
    return STATUS_OK;
}

status dimacs_text_read(dimacs_text *t, dimacs_item item, void *context, error *err)
{
    reading r = {.text = t, .item = item, .context = context};
    atomic_store(&t->chunks_read, 0);
    return blocks_run(t->size, CHUNK_BYTES, t->threads, t->cancel, chunk_read, &r, err);
}

/* --- faults --- */

bool dimacs_fault_note(dimacs_chunk *chunk, dimacs_fault_kind kind, const char *at, uint64_t value)
{
    if (chunk->faults < DIMACS_FAULTS_MAX)
        chunk->fault[chunk->faults] =
            (dimacs_fault){.kind = kind,
                           .line = chunk->line,
                           .column = (uint64_t)(at - chunk->line_begin) + 1,
                           .value = value};
    chunk->faults++;
    return false;
}

static void fault_say(const dimacs_text *t, const dimacs_fault *f)
{
    const source_ref at = source_at(t->name, f->line, f->column);
    switch (f->kind) {
    case DIMACS_LINE:
        (void)!faults_refuse(t->list, at, M_DIMACS_LINE, t->letter);
        break;
    case DIMACS_NUMBER:
        (void)!faults_refuse(t->list, at, M_DIMACS_NUMBER);
        break;
    case DIMACS_NODE:
        (void)!faults_refuse(t->list, at, M_DIMACS_NODE, (unsigned long long)f->value,
                             (unsigned long long)t->lowest, (unsigned long long)t->highest);
        break;
    case DIMACS_WEIGHT:
        (void)!faults_refuse(t->list, at, M_DIMACS_WEIGHT, (unsigned long long)f->value,
                             (unsigned long long)INT32_MAX);
        break;
    case DIMACS_POSITION:
        (void)!faults_refuse(t->list, at, M_DIMACS_POSITION);
        break;
    case DIMACS_TWICE:
        (void)!faults_refuse(t->list, at, M_DIMACS_TWICE, (unsigned long long)f->value);
        break;
    }
}

status dimacs_text_judge(dimacs_text *t)
{
    uint64_t told = 0, all = 0;
    for (size_t i = 0; i < t->chunk_count; i++) {
        const dimacs_chunk *c = &t->chunks[i];
        const uint64_t kept = c->faults < DIMACS_FAULTS_MAX ? c->faults : DIMACS_FAULTS_MAX;
        for (uint64_t k = 0; k < kept && told < DIMACS_FAULTS_MAX; k++, told++)
            fault_say(t, &c->fault[k]);
        all += c->faults;
    }
    if (all > told)
        (void)!faults_refuse(t->list, source_at(t->name, 0, 0), M_DIMACS_MORE,
                             (unsigned long long)(all - told));
    return all > 0 ? STATUS_INPUT : STATUS_OK;
}

/* --- the line of the problem --- */

static bool word_take(const char **at, const char *end, const char *word, size_t size)
{
    *at = dimacs_blanks(*at, end);
    if ((size_t)(end - *at) < size || memcmp(*at, word, size) != 0)
        return false;
    *at += size;
    return *at == end || dimacs_blanks(*at, end) > *at;
}

bool dimacs_problem_line(const char *at, const char *end, const char *words, uint64_t *numbers,
                         size_t count)
{
    int64_t number = 0;
    at++; /* the p */
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        if (!word_take(&at, end, words, size))
            return false;
        words += size + (words[size] == ' ');
    }
    for (size_t i = 0; i < count; i++) {
        if (!dimacs_number(&at, end, false, &number))
            return false;
        numbers[i] = (uint64_t)number;
    }
    return dimacs_blanks(at, end) == end;
}

status dimacs_problem(dimacs_text *t, const char *words, uint64_t *numbers, size_t count,
                      bool *found)
{
    uint64_t problems = 0;
    const dimacs_chunk *first = NULL;
    *found = false;
    for (size_t i = 0; i < t->chunk_count; i++) {
        problems += t->chunks[i].problems;
        first = !first && t->chunks[i].problem ? &t->chunks[i] : first;
    }
    if (!first)
        return STATUS_OK;
    *found = true;
    const source_ref at = source_at(t->name, first->problem_line, 1);
    if (problems > 1)
        return faults_refuse(t->list, at, M_DIMACS_PROBLEMS, (unsigned long long)problems);
    if (first->first_item > 0 || first->item_before)
        return faults_refuse(t->list, at, M_DIMACS_LATE, words);
    if (!dimacs_problem_line(first->problem, line_end(first->problem, first->end), words, numbers,
                             count))
        return faults_refuse(t->list, at, M_DIMACS_PROBLEM, words);
    return STATUS_OK;
}

/* --- numbers --- */

bool dimacs_number(const char **at, const char *end, bool sign, int64_t *out)
{
    const char *from = dimacs_blanks(*at, end), *p = from;
    if (from == *at)
        return false;
    *at = from;
    const bool negative = sign && p < end && *p == '-';
    p += negative;
    const char *digits = p;
    int64_t value = 0;
    for (; p < end && (unsigned char)(*p - '0') < 10 && p - digits <= DIGITS_MAX; p++)
        value = value * 10 + (*p - '0');
    if (p == digits || p - digits > DIGITS_MAX ||
        (p < end && *p != ' ' && *p != '\t' && *p != '\r'))
        return false;
    *out = negative ? -value : value;
    *at = p;
    return true;
}

bool dimacs_node(dimacs_chunk *c, const dimacs_text *t, const char **at, const char *end,
                 uint32_t *out)
{
    int64_t id = 0;
    const char *begin = dimacs_blanks(*at, end);
    if (!dimacs_number(at, end, false, &id))
        return dimacs_fault_note(c, DIMACS_NUMBER, *at, 0);
    if ((uint64_t)id < t->lowest || (uint64_t)id > t->highest)
        return dimacs_fault_note(c, DIMACS_NODE, begin, (uint64_t)id);
    *out = (uint32_t)((uint64_t)id - t->lowest);
    return true;
}
