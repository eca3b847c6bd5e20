#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage.h"
#include "territory/vintage_messages.h"

enum { NEVER = INT32_MAX, ALWAYS = INT32_MIN };

/* One row of the movement file. */
typedef struct movement {
    int32_t date;
    uint32_t mod, from, to; /* mod: the number; codes of the history */
    uint32_t row;
} movement;

typedef struct history_work {
    const table *rows;
    movement *moves;
    size_t count;
    vintage_event *events;
    size_t event_count;
    vintage_edge *edges;
    uint32_t *mod_of; /* of an event */
    vintage_history *h;
    arena *scratch;
    faults *list;
} history_work;

/* --- rows --- */

static bool date_of(const char *text, int32_t *out)
{
    uint64_t year;
    uint64_t month;
    uint64_t day;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
        !text_to_u64(text_slice_of(text, 4), &year) ||
        !text_to_u64(text_slice_of(text + 5, 2), &month) ||
        !text_to_u64(text_slice_of(text + 8, 2), &day)) {
        return false;
    }
    *out = (int32_t)(year * 10000 + month * 100 + day);
    return year >= 1800 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* The first 1 January that has an event of that day. */
static int32_t year_of(int32_t date)
{
    return date % 10000 == 101 ? date / 10000 : date / 10000 + 1;
}

/* Sorted distinct codes of both columns: they become numbers in the order of their bytes. */
static status number_codes(history_work *w)
{
    const column *const columns[] = {text_column(w->rows, "from"), text_column(w->rows, "to")};
    const char **all = NULL;
    size_t count = 0;
    const size_t most = (size_t)columns[0]->words.count + columns[1]->words.count;
    status rc = take_array(w->h->memory, most, sizeof *all, &all, w->list);
    for (size_t c = 0; rc == STATUS_OK && c < 2; c++) {
        for (uint32_t i = 0; i < columns[c]->words.count; i++) {
            if (*words_at(&columns[c]->words, i)) {
                all[count++] = words_at(&columns[c]->words, i);
            }
        }
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    qsort(all, count, sizeof *all, compare_texts);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept || strcmp(all[kept - 1], all[i]) != 0) {
            all[kept++] = all[i];
        }
    }
    for (size_t i = 0; rc == STATUS_OK && i < kept; i++) {
        all[i] = arena_text(w->h->memory, all[i]); /* the table may go first */
        error err;
        rc = all[i] ? rc : fault_of(memory_error(&err, COMMUNE_CODE_BYTES), &err, w->list);
    }
    w->h->code = (const char *const *)all;
    w->h->code_count = kept;
    return rc;
}

static status read_moves(history_work *w)
{
    const table *t = w->rows;
    const column *mod = text_column(t, "mod");
    const column *date = text_column(t, "date");
    const column *from = text_column(t, "from");
    const column *to = text_column(t, "to");
    status rc = take_array(w->scratch, t->rows, sizeof *w->moves, &w->moves, w->list);
    for (size_t row = 0; w->moves && row < t->rows; row++) {
        uint64_t number = 0;
        movement m = {.row = (uint32_t)row};
        const char *kind = text_at(mod, row);
        if (!date_of(text_at(date, row), &m.date)) {
            rc = faults_refuse(w->list, table_source(t, row), M_VINTAGE_DATE, text_at(date, row));
            continue;
        }
        m.mod = text_to_u64(text_slice_of(kind, strlen(kind)), &number) ? (uint32_t)number : 0;
        m.from = (uint32_t)sorted_find(w->h->code, w->h->code_count, text_at(from, row));
        m.to = (uint32_t)sorted_find(w->h->code, w->h->code_count, text_at(to, row));
        w->moves[w->count++] = m;
    }
    return rc;
}

/* --- events: all rows of one day and kind --- */

static int compare_moves(const void *a, const void *b)
{
    const movement *x = a;
    const movement *y = b;
    if (x->date != y->date) {
        return x->date < y->date ? -1 : 1;
    }
    const uint32_t left[] = {x->mod, x->from, x->to};
    const uint32_t right[] = {y->mod, y->from, y->to};
    for (size_t i = 0; i < 3; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

static status group_events(history_work *w)
{
    status rc = take_array(w->h->memory, w->count, sizeof *w->edges, &w->edges, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(w->h->memory, w->count, sizeof *w->events, &w->events, w->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, w->count, sizeof *w->mod_of, &w->mod_of, w->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    qsort(w->moves, w->count, sizeof *w->moves, compare_moves);
    size_t edges = 0;
    for (size_t i = 0; i < w->count; i++) {
        const movement *m = &w->moves[i];
        vintage_event *last = w->event_count ? &w->events[w->event_count - 1] : NULL;
        if (last && last->date == m->date && w->mod_of[w->event_count - 1] == m->mod) {
            if (compare_moves(m, &w->moves[i - 1]) == 0) {
                continue; /* the same row twice in the file */
            }
        } else {
            last = &w->events[w->event_count];
            *last = (vintage_event){
                .date = m->date, .year = year_of(m->date), .edges = &w->edges[edges]};
            w->mod_of[w->event_count++] = m->mod;
        }
        w->edges[edges++] = (vintage_edge){m->from, m->to};
        last->edge_count++;
    }
    return STATUS_OK;
}

/* --- order within a day, and the lives of codes --- */

typedef struct life_list {
    vintage_life *at; /* one a birth; births <= edges + codes */
    uint32_t *code;
    size_t count;
    size_t *open; /* of a code: its current life, SIZE_MAX none */
} life_list;

static status life_lists_take(history_work *w, life_list *l)
{
    size_t edges = 0;
    for (size_t e = 0; e < w->event_count; e++) {
        edges += w->events[e].edge_count;
    }
    const size_t most = edges + w->h->code_count;
    status rc = take_array(w->scratch, most, sizeof *l->at, &l->at, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, most, sizeof *l->code, &l->code, w->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, w->h->code_count, sizeof *l->open, &l->open, w->list);
    }
    return rc;
}

static void be_born(life_list *l, uint32_t code, int32_t year)
{
    if (l->open[code] == SIZE_MAX) {
        l->open[code] = l->count;
        l->code[l->count] = code;
        l->at[l->count++] = (vintage_life){year, NEVER};
    }
}

static void die(life_list *l, uint32_t code, int32_t year)
{
    if (l->open[code] != SIZE_MAX) {
        l->at[l->open[code]].dead = year;
        l->open[code] = SIZE_MAX;
    }
}

static bool event_takes(const vintage_event *event, uint32_t code)
{
    bool takes = false;
    for (size_t i = 0; i < event->edge_count && !takes; i++) {
        takes = event->edges[i].from == code;
    }
    return takes;
}

enum { CODE_NOT_SEEN = 0, CODE_SEEN = 1 };

/* A code that one event of the day brings, and that another may take, is new. */
static void see_brought(const vintage_event *event, uint8_t *seen)
{
    for (size_t i = 0; i < event->edge_count; i++) {
        const uint32_t code = event->edges[i].to;
        seen[code] = seen[code] || !event_takes(event, code) ? CODE_SEEN : CODE_NOT_SEEN;
    }
}

/* A code whose first day takes it was a commune before the file begins. */
static status born_before(const history_work *w, life_list *l)
{
    uint8_t *seen = NULL;
    const status rc = take_array(w->scratch, w->h->code_count, sizeof *seen, &seen, w->list);
    for (size_t c = 0; c < w->h->code_count; c++) {
        l->open[c] = SIZE_MAX;
    }
    for (size_t e = 0; rc == STATUS_OK && e < w->event_count; e++) {
        const bool new_day = e == 0 || w->events[e - 1].date != w->events[e].date;
        for (size_t k = e; new_day && k < w->event_count; k++) {
            if (w->events[k].date != w->events[e].date) {
                break;
            }
            see_brought(&w->events[k], seen);
        }
        for (size_t i = 0; i < w->events[e].edge_count; i++) {
            const uint32_t code = w->events[e].edges[i].from;
            if (seen[code] == CODE_NOT_SEEN) {
                be_born(l, code, ALWAYS);
                seen[code] = CODE_SEEN;
            }
        }
    }
    return rc;
}

static bool all_alive(const vintage_event *event, const life_list *l)
{
    for (size_t i = 0; i < event->edge_count; i++) {
        if (l->open[event->edges[i].from] == SIZE_MAX) {
            return false;
        }
    }
    return true;
}

static void take_place(const vintage_event *event, life_list *l)
{
    for (size_t i = 0; i < event->edge_count; i++) {
        const uint32_t code = event->edges[i].from;
        bool goes_on = false;
        for (size_t k = 0; k < event->edge_count && !goes_on; k++) {
            goes_on = event->edges[k].to == code;
        }
        if (!goes_on) {
            die(l, code, event->year);
        }
    }
    for (size_t i = 0; i < event->edge_count; i++) {
        be_born(l, event->edges[i].to, event->year);
    }
}

static void warn_of_order(const history_work *w, const vintage_event *event, const life_list *l)
{
    for (size_t i = 0; i < event->edge_count; i++) {
        if (l->open[event->edges[i].from] == SIZE_MAX) {
            faults_warn(w->list, source_at(w->h->file, 0, 0), M_VINTAGE_OUT_OF_ORDER,
                        (int)event->date, w->h->code[event->edges[i].to],
                        w->h->code[event->edges[i].from]);
            return;
        }
    }
}

/* Events of one day follow each other where one consumes a code that another brings: 49144 becomes
 * 44225, which joins 44180. Those whose codes are all communes go first. */
static void order_day(const history_work *w, size_t first, size_t end, life_list *l)
{
    for (size_t next = first; next < end; next++) {
        size_t chosen = next;
        while (chosen < end && !all_alive(&w->events[chosen], l)) {
            chosen++;
        }
        if (chosen == end) {
            chosen = next;
            warn_of_order(w, &w->events[chosen], l);
        }
        const vintage_event event = w->events[chosen];
        memmove(&w->events[next + 1], &w->events[next], (chosen - next) * sizeof event);
        w->events[next] = event;
        take_place(&event, l);
    }
}

/* Lives by code, in time. */
static status sort_lives(history_work *w, const life_list *l)
{
    vintage_life *lives = NULL;
    uint64_t *start = NULL;
    vintage_history *h = w->h;
    status rc = take_array(h->memory, l->count, sizeof *lives, &lives, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(h->memory, h->code_count + 2, sizeof *start, &start, w->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < l->count; i++) {
        start[l->code[i] + 2]++;
    }
    for (size_t c = 2; c < h->code_count + 2; c++) {
        start[c] += start[c - 1];
    }
    for (size_t i = 0; i < l->count; i++) {
        lives[start[l->code[i] + 1]++] = l->at[i];
    }
    h->lives = lives;
    h->life_start = start;
    return STATUS_OK;
}

static status live_through(history_work *w)
{
    life_list l = {0};
    status rc = life_lists_take(w, &l);
    rc = rc == STATUS_OK ? born_before(w, &l) : rc;
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t e = 0; e < w->event_count;) {
        size_t end = e;
        while (end < w->event_count && w->events[end].date == w->events[e].date) {
            end++;
        }
        order_day(w, e, end, &l);
        e = end;
    }
    return sort_lives(w, &l);
}

/* --- the whole --- */

static status take_cog(history_work *w, const table *cog)
{
    const char **codes = NULL;
    size_t count = 0;
    const column *code = cog ? text_column(cog, "code") : NULL;
    if (!code) {
        return STATUS_OK;
    }
    const status rc = take_array(w->h->memory, cog->rows, sizeof *codes, &codes, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < cog->rows; i++) {
        const char *text = column_text(code, i);
        const bool named = sorted_find(w->h->code, w->h->code_count, text) < w->h->code_count;
        if (*text && !named && !commune_of_arrondissement(text)) {
            codes[count] = arena_text(w->h->memory, text);
            if (!codes[count++]) {
                error err;
                return fault_of(memory_error(&err, COMMUNE_CODE_BYTES), &err, w->list);
            }
        }
    }
    if (rc == STATUS_OK) {
        qsort(codes, count, sizeof *codes, compare_texts);
        w->h->unchanged = (const char *const *)codes;
        w->h->unchanged_count = count;
        w->h->complete = true;
    }
    return rc;
}

static status make_history(history_work *w, const imported *movements, const table *cog)
{
    const char *file = movements->rows->source_file_count ? movements->rows->source_files[0] : "";
    w->rows = movements->rows;
    w->h->file = arena_text(w->h->memory, file);
    if (w->rows->rows == 0) {
        return faults_refuse(w->list, source_at(file, 0, 0), M_VINTAGE_NO_MOVEMENT);
    }
    status rc = number_codes(w);
    if (rc == STATUS_OK) {
        rc = read_moves(w);
    }
    if (rc == STATUS_OK) {
        rc = group_events(w);
    }
    if (rc == STATUS_OK) {
        rc = live_through(w);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    w->h->events = w->events;
    w->h->event_count = w->event_count;
    w->h->first_year = w->events[0].year;
    w->h->last_year = w->events[w->event_count - 1].year;
    return take_cog(w, cog);
}

status vintage_history_build(const imported *movements, const table *cog, vintage_history **out,
                             faults *faults_list)
{
    error err;
    arena *memory = NULL;
    history_work w = {.list = faults_list};
    *out = NULL;
    status rc = arena_new(&w.scratch, &err);
    if (rc == STATUS_OK) {
        rc = arena_new(&memory, &err);
    }
    if (rc == STATUS_OK) {
        w.h = arena_take(memory, 1, sizeof *w.h);
        rc = w.h ? STATUS_OK : memory_error(&err, sizeof *w.h);
    }
    if (rc == STATUS_OK) {
        w.h->memory = memory;
        rc = make_history(&w, movements, cog);
    } else {
        rc = fault_of(rc, &err, faults_list);
    }
    arena_free(w.scratch);
    if (rc != STATUS_OK) {
        arena_free(memory);
        return rc;
    }
    *out = w.h;
    return STATUS_OK;
}

void vintage_history_free(vintage_history *h)
{
    if (h) {
        arena_free(h->memory);
    }
}

/* --- questions --- */

static bool lives_at(const vintage_history *h, size_t c, int32_t year)
{
    for (uint64_t i = h->life_start[c]; i < h->life_start[c + 1]; i++) {
        if (h->lives[i].born <= year && year < h->lives[i].dead) {
            return true;
        }
    }
    return false;
}

/* Overseas collectivities (975, 977, 978, 98x) have no communes in the COG's list of communes. */
static bool is_beyond(const char *code)
{
    static const char *const collectivities[] = {"975", "977", "978", "98"};
    if (commune_code_form(code) != CODE_COMMUNE) {
        return true;
    }
    for (size_t i = 0; i < sizeof collectivities / sizeof collectivities[0]; i++) {
        if (strncmp(code, collectivities[i], strlen(collectivities[i])) == 0) {
            return true;
        }
    }
    return false;
}

code_standing vintage_code_at(const vintage_history *h, const char *code, int32_t year)
{
    const char *commune = commune_of_arrondissement(code);
    const char *wanted = commune ? commune : code;
    const size_t c = sorted_find(h->code, h->code_count, wanted);
    if (c < h->code_count) {
        return lives_at(h, c, year) ? CODE_STANDS : CODE_ANOTHER_YEAR;
    }
    if (is_beyond(wanted)) {
        return CODE_BEYOND;
    }
    const bool listed = sorted_find(h->unchanged, h->unchanged_count, wanted) < h->unchanged_count;
    return listed || !h->complete ? CODE_STANDS : CODE_UNKNOWN;
}

status vintage_codes(const vintage_history *h, int32_t year, arena *into, const char *const **codes,
                     size_t *count, error *err)
{
    const char **all = arena_take(into, h->code_count + h->unchanged_count + 1, sizeof *all);
    *count = 0;
    if (!all) {
        return memory_error(err, (h->code_count + h->unchanged_count) * sizeof *all);
    }
    for (size_t c = 0; c < h->code_count; c++) {
        if (lives_at(h, c, year)) {
            all[(*count)++] = h->code[c];
        }
    }
    for (size_t i = 0; i < h->unchanged_count; i++) {
        all[(*count)++] = h->unchanged[i];
    }
    qsort(all, *count, sizeof *all, compare_texts);
    *codes = (const char *const *)all;
    return STATUS_OK;
}

void vintage_history_reaches(const vintage_history *h, int32_t year, faults *faults_list)
{
    if (year > h->last_year) {
        faults_warn(faults_list, source_at(h->file, 0, 0), M_VINTAGE_BEYOND, (int)h->last_year,
                    (int)year);
    }
}
