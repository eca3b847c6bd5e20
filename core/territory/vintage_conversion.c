#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage_messages.h"
#include "territory/vintage_steps.h"

const char *link_kind_name(link_kind k)
{
    static const char *const names[] = {"same", "simple", "merge", "split"};
    return names[k];
}

/* A share of a code of the start, on its way: it lies with one code at a time. */
typedef struct share {
    uint32_t source;
    double ratio;
    bool known;
    struct share *next;
} share;

/* Where the walk picks up a code: before the step, or after it when the step brings it. */
typedef struct pick_up {
    size_t step;
    bool after;
    bool found;
    int32_t year;
} pick_up;

typedef struct walk {
    const conversion_options *options;
    step_list steps;
    share **with;      /* of a code: the shares that lie with it now */
    pick_up *pick;     /* of a code */
    uint32_t *targets; /* of a source: how many codes it goes to */
    uint32_t *sources; /* of a code: how many codes of the start go to it */
    arena *scratch;
    faults *list;
} walk;

/* --- where each code is picked up --- */

static bool step_takes(const step *s, uint32_t code, bool *brings)
{
    bool takes = false;
    *brings = false;
    for (size_t i = 0; i < s->count; i++) {
        takes = takes || s->edges[i].from == code;
        *brings = *brings || s->edges[i].to == code;
    }
    return takes;
}

/* Codes that the history knows are picked up in the conversion's year when they are communes then;
 * codes of a passage table alone, and arrondissements, when a step takes them before bringing them.
 */
static bool stands_at_start(const walk *w, uint32_t code)
{
    const char *text = w->steps.code[code];
    const vintage_history *h = w->options->history;
    if (h && sorted_find(h->code, h->code_count, text) < h->code_count) {
        return vintage_code_at(h, text, w->options->from) == CODE_STANDS;
    }
    for (size_t i = w->steps.begin; i < w->steps.end; i++) {
        bool brings = false;
        const bool takes = step_takes(&w->steps.at[i], code, &brings);
        if (takes || brings) {
            return takes;
        }
    }
    return true;
}

/* One pass over every step: the last one before `begin` that ends a code, and the first one of the
 * conversion that brings it. */
static void pick_up_strays(walk *w)
{
    for (size_t i = 0; i < w->steps.end; i++) {
        const step *s = &w->steps.at[i];
        for (size_t k = 0; k < s->count; k++) {
            pick_up *ended = &w->pick[s->edges[k].from];
            pick_up *brought = &w->pick[s->edges[k].to];
            bool goes_on = false;
            (void)step_takes(s, s->edges[k].from, &goes_on);
            if (i < w->steps.begin && !goes_on) {
                *ended = (pick_up){.step = i, .found = true, .year = s->before};
            }
            if (i >= w->steps.begin && !brought->found) {
                *brought = (pick_up){.step = i, .after = true, .found = true, .year = s->after};
            }
        }
    }
}

static void pick_up_all(walk *w)
{
    pick_up_strays(w);
    for (uint32_t code = 0; code < w->steps.code_count; code++) {
        if (stands_at_start(w, code)) {
            w->pick[code] =
                (pick_up){.step = w->steps.begin, .found = true, .year = w->options->from};
        }
    }
}

/* --- the walk --- */

/* Adds to the shares that lie with a code; a source that comes back adds up. */
static bool put_share(walk *w, uint32_t code, uint32_t source, double ratio, bool known)
{
    share **at = &w->with[code];
    while (*at && (*at)->source < source) {
        at = &(*at)->next;
    }
    if (*at && (*at)->source == source) {
        (*at)->ratio += ratio;
        (*at)->known = (*at)->known && known;
        return true;
    }
    share *made = arena_take(w->scratch, 1, sizeof *made);
    if (made) {
        *made = (share){.source = source, .ratio = ratio, .known = known, .next = *at};
        *at = made;
    }
    return made != NULL;
}

typedef struct moving {
    share *shares;
    uint32_t from;
} moving;

/* All edges of a step at once: shares leave first, then arrive. */
static bool take_step(walk *w, const step *s)
{
    size_t count = 0;
    bool fine = true;
    moving *leaving = memory_new(s->count, sizeof *leaving);
    if (!leaving) {
        return false;
    }
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t from = s->edges[i].from;
        if (i == 0 || s->edges[i - 1].from != from) {
            leaving[count++] = (moving){w->with[from], from};
            w->with[from] = NULL;
        }
    }
    for (size_t i = 0, at = 0; fine && i < s->count; i++) {
        const step_edge *edge = &s->edges[i];
        at += leaving[at].from != edge->from;
        for (const share *one = leaving[at].shares; fine && one; one = one->next) {
            if (edge->ratio > 0) {
                fine = put_share(w, edge->to, one->source, one->ratio * edge->ratio,
                                 one->known && edge->known);
            }
        }
    }
    memory_free(leaving);
    return fine;
}

static bool pick_up_at(walk *w, size_t i, bool after)
{
    bool fine = true;
    for (uint32_t code = 0; fine && code < w->steps.code_count; code++) {
        const pick_up *p = &w->pick[code];
        if (p->found && p->step == i && p->after == after) {
            fine = put_share(w, code, code, 1, true);
        }
    }
    return fine;
}

static status walk_through(walk *w)
{
    error err;
    bool fine = true;
    uint8_t *stops = NULL; /* steps where some code is picked up: 1 before, 2 after */
    status rc = take_array(w->scratch, w->steps.count + 1, sizeof *stops, &stops, w->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t code = 0; code < w->steps.code_count; code++) {
        const pick_up *p = &w->pick[code];
        if (p->found) {
            stops[p->step] |= p->after ? 2 : 1;
        }
    }
    for (size_t i = 0; fine && i <= w->steps.end; i++) {
        fine = !(stops[i] & 1) || pick_up_at(w, i, false);
        if (fine && i < w->steps.end) {
            fine = take_step(w, &w->steps.at[i]);
            fine = fine && (!(stops[i] & 2) || pick_up_at(w, i, true));
        }
    }
    return fine ? STATUS_OK : fault_of(memory_error(&err, sizeof(share)), &err, w->list);
}

/* --- links --- */

static bool is_stray(const walk *w, uint32_t code)
{
    return w->pick[code].year != w->options->from || w->pick[code].after;
}

static link_kind kind_of(const walk *w, uint32_t source, uint32_t target)
{
    const uint32_t others = w->sources[target] - (is_stray(w, source) ? 0 : 1);
    if (w->targets[source] > 1) {
        return LINK_SPLIT;
    }
    if (others > 0) {
        return LINK_MERGE;
    }
    return source == target ? LINK_SAME : LINK_SIMPLE;
}

static int compare_links(const void *a, const void *b)
{
    const vintage_link *x = a;
    const vintage_link *y = b;
    const int by_from = strcmp(x->from, y->from);
    return by_from ? by_from : strcmp(x->to, y->to);
}

static size_t count_shares(walk *w)
{
    size_t count = 0;
    for (uint32_t code = 0; code < w->steps.code_count; code++) {
        for (const share *s = w->with[code]; s; s = s->next) {
            w->targets[s->source]++;
            w->sources[code] += !is_stray(w, s->source);
            count++;
        }
    }
    return count;
}

static status make_links(walk *w, conversion *c)
{
    vintage_link *links = NULL;
    const status rc = take_array(c->memory, count_shares(w), sizeof *links, &links, w->list);
    for (uint32_t code = 0; rc == STATUS_OK && code < w->steps.code_count; code++) {
        for (const share *s = w->with[code]; s; s = s->next) {
            links[c->count++] = (vintage_link){.from = w->steps.code[s->source],
                                               .to = w->steps.code[code],
                                               .kind = kind_of(w, s->source, code),
                                               .ratio = s->ratio,
                                               .weight_known = s->known,
                                               .read_in = w->pick[s->source].year};
        }
    }
    if (rc == STATUS_OK) {
        qsort(links, c->count, sizeof *links, compare_links);
        c->links = links;
    }
    return rc;
}

static status walk_all(walk *w, conversion *c)
{
    status rc = steps_build(w->options, c->memory, &w->steps, w->list);
    const size_t codes = w->steps.code_count + 1;
    const struct {
        void *out;
        size_t size;
    } arrays[] = {{&w->with, sizeof(share *)},
                  {&w->pick, sizeof *w->pick},
                  {&w->targets, sizeof *w->targets},
                  {&w->sources, sizeof *w->sources}};
    for (size_t i = 0; rc == STATUS_OK && i < sizeof arrays / sizeof arrays[0]; i++) {
        rc = take_array(w->scratch, codes, arrays[i].size, arrays[i].out, w->list);
    }
    if (rc == STATUS_OK) {
        pick_up_all(w);
        rc = walk_through(w);
    }
    return rc == STATUS_OK ? make_links(w, c) : rc;
}

status conversion_build(const conversion_options *options, conversion **out, faults *faults_list)
{
    error err;
    arena *memory = NULL;
    conversion *c = NULL;
    walk w = {.options = options, .list = faults_list};
    *out = NULL;
    status rc = arena_new(&w.scratch, &err);
    rc = rc == STATUS_OK ? arena_new(&memory, &err) : rc;
    if (rc == STATUS_OK) {
        c = arena_take(memory, 1, sizeof *c);
        rc = c ? STATUS_OK : memory_error(&err, sizeof *c);
    }
    if (rc == STATUS_OK) {
        *c = (conversion){.from = options->from,
                          .to = options->to,
                          .history = options->history,
                          .memory = memory};
        rc = walk_all(&w, c);
    } else {
        rc = fault_of(rc, &err, faults_list);
    }
    arena_free(w.scratch);
    if (rc != STATUS_OK) {
        arena_free(memory);
        return rc;
    }
    *out = c;
    return STATUS_OK;
}

void conversion_free(conversion *c)
{
    if (c) {
        arena_free(c->memory);
    }
}

/* --- questions --- */

const vintage_link *conversion_find(const conversion *c, const char *code, size_t *count)
{
    size_t low = 0;
    size_t high = c->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(c->links[middle].from, code) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t end = low;
    while (end < c->count && strcmp(c->links[end].from, code) == 0) {
        end++;
    }
    *count = end - low;
    return *count ? &c->links[low] : NULL;
}

bool conversion_loses(const conversion *c, const char *code)
{
    size_t count = 0;
    if (!c->history || conversion_find(c, code, &count)) {
        return false;
    }
    const code_standing standing = vintage_code_at(c->history, code, c->from);
    return standing == CODE_ANOTHER_YEAR || standing == CODE_UNKNOWN;
}

static bool same_links(const conversion *a, const conversion *b, const char *code)
{
    size_t count_a = 0;
    size_t count_b = 0;
    const vintage_link *x = conversion_find(a, code, &count_a);
    const vintage_link *y = conversion_find(b, code, &count_b);
    bool same = count_a == count_b;
    for (size_t i = 0; same && i < count_a; i++) {
        same = strcmp(x[i].to, y[i].to) == 0 && fabs(x[i].ratio - y[i].ratio) < 1e-12;
    }
    return same;
}

bool conversion_equal(const conversion *a, const conversion *b, const table *t,
                      const char *const *columns, size_t column_count)
{
    bool same = true;
    for (size_t i = 0; i < column_count; i++) {
        const column *c = text_column(t, columns[i]);
        for (uint32_t k = 0; c && same && k < c->words.count; k++) {
            same = same_links(a, b, words_at(&c->words, k));
        }
    }
    return same;
}
