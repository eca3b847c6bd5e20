#include "table/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "table/messages.h"

static const double WEIGHT_TOLERANCE = 1e-9;
enum { WEIGHT_DECIMALS = 3 };

/* Both titles of a column from one message pair. */
#define M_TITLE(...) TITLES(__VA_ARGS__)
#define TITLES(fr, en) .title_fr = fr, .title_en = en

typedef struct amount {
    size_t rows;
    double weight;
} amount;

typedef struct ledger_entry {
    const char *role, *file;
    amount read, used, rejected, ignored;
} ledger_entry;

/* One rejected row, or rows ignored for one reason. */
typedef struct ledger_line {
    size_t entry;
    uint64_t line;
    const char *value, *reason, *reason_en;
    amount amount;
} ledger_line;

typedef struct line_list {
    ledger_line *at;
    size_t count, capacity;
} line_list;

struct ledger {
    arena *arena;
    ledger_entry *entries;
    size_t count, capacity;
    line_list rejected, ignored;
};

status ledger_new(ledger **out, error *err)
{
    *out = NULL;
    ledger *l = memory_new(1, sizeof *l);
    if (!l)
        return memory_error(err, sizeof *l);
    status result = arena_new(&l->arena, err);
    if (result != STATUS_OK) {
        memory_free(l);
        return result;
    }
    *out = l;
    return STATUS_OK;
}

void ledger_free(ledger *l)
{
    if (!l)
        return;
    memory_free(l->entries);
    memory_free(l->rejected.at);
    memory_free(l->ignored.at);
    arena_free(l->arena);
    memory_free(l);
}

status ledger_open(ledger *l, const char *role, const char *file, size_t *entry, error *err)
{
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : 8;
        ledger_entry *grown = memory_resize(l->entries, capacity, sizeof *grown);
        if (!grown)
            return memory_error(err, capacity * sizeof *grown);
        l->entries = grown;
        l->capacity = capacity;
    }
    ledger_entry e = {.role = arena_text(l->arena, role), .file = arena_text(l->arena, file)};
    if (!e.role || !e.file)
        return memory_error(err, sizeof e);
    *entry = l->count;
    l->entries[l->count++] = e;
    return STATUS_OK;
}

static void amount_add(amount *a, size_t rows, double weight)
{
    a->rows += rows;
    a->weight += weight;
}

void ledger_read(ledger *l, size_t entry, size_t rows, double weight)
{
    amount_add(&l->entries[entry].read, rows, weight);
}

void ledger_use(ledger *l, size_t entry, size_t rows, double weight)
{
    amount_add(&l->entries[entry].used, rows, weight);
}

static status lines_add(ledger *l, line_list *list, const ledger_line *line, error *err)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 32;
        ledger_line *grown = memory_resize(list->at, capacity, sizeof *grown);
        if (!grown)
            return memory_error(err, capacity * sizeof *grown);
        list->at = grown;
        list->capacity = capacity;
    }
    ledger_line kept = *line;
    kept.value = arena_text(l->arena, line->value ? line->value : "");
    kept.reason = arena_text(l->arena, line->reason);
    kept.reason_en = arena_text(l->arena, line->reason_en);
    if (!kept.value || !kept.reason || !kept.reason_en)
        return memory_error(err, sizeof kept);
    list->at[list->count++] = kept;
    return STATUS_OK;
}

status ledger_reject(ledger *l, size_t entry, uint64_t line, double weight, const char *value,
                     error *err, const char *reason_fr, const char *reason_en)
{
    ledger_line rejected = {.entry = entry,
                            .line = line,
                            .value = value,
                            .reason = reason_fr,
                            .reason_en = reason_en,
                            .amount = {.rows = 1, .weight = weight}};
    amount_add(&l->entries[entry].rejected, 1, weight);
    return lines_add(l, &l->rejected, &rejected, err);
}

status ledger_ignore(ledger *l, size_t entry, size_t rows, double weight, error *err,
                     const char *reason_fr, const char *reason_en)
{
    amount_add(&l->entries[entry].ignored, rows, weight);
    for (size_t i = 0; i < l->ignored.count; i++) {
        ledger_line *known = &l->ignored.at[i];
        if (known->entry == entry && strcmp(known->reason, reason_fr) == 0) {
            amount_add(&known->amount, rows, weight);
            return STATUS_OK;
        }
    }
    ledger_line ignored = {.entry = entry,
                           .reason = reason_fr,
                           .reason_en = reason_en,
                           .amount = {.rows = rows, .weight = weight}};
    return lines_add(l, &l->ignored, &ignored, err);
}

/* --- canonical order: of role, file, then (rejects) line, value, reason --- */

static int compare_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const ledger_entry *a, const ledger_entry *b)
{
    int order = strcmp(a->role, b->role);
    if (order == 0)
        order = strcmp(a->file, b->file);
    return order ? order : compare_u64((uint64_t)(uintptr_t)a, (uint64_t)(uintptr_t)b);
}

static int compare_entry_pointers(const void *a, const void *b)
{
    return compare_entries(*(const ledger_entry *const *)a, *(const ledger_entry *const *)b);
}

/* Of one entry: by reason, then as the rejects are listed, so that sums do not depend on the order
 * in which rows were dropped. */
static int compare_by_reason(const void *va, const void *vb)
{
    const ledger_line *a = *(const ledger_line *const *)va, *b = *(const ledger_line *const *)vb;
    int order = strcmp(a->reason, b->reason);
    if (order == 0)
        order = compare_u64(a->line, b->line);
    if (order == 0)
        order = strcmp(a->value, b->value);
    return order ? order
                 : (a->amount.weight > b->amount.weight) - (a->amount.weight < b->amount.weight);
}

static int compare_by_line(const void *va, const void *vb)
{
    const ledger_line *a = *(const ledger_line *const *)va, *b = *(const ledger_line *const *)vb;
    int order = compare_u64(a->line, b->line);
    if (order == 0)
        order = strcmp(a->value, b->value);
    return order ? order : compare_by_reason(va, vb);
}

/* --- tables --- */

/* What both tables are made from: entries in order, room for the lines of one entry. */
typedef struct report {
    const ledger *ledger;
    const ledger_entry **entries;
    const ledger_line **lines;
    table_builder *balance, *rejects;
} report;

enum {
    BALANCE_ROLE,
    BALANCE_FILE,
    BALANCE_OUTCOME,
    BALANCE_REASON,
    BALANCE_REASON_EN,
    BALANCE_ROWS,
    BALANCE_WEIGHT,
    BALANCE_COLUMNS
};
enum {
    REJECTS_ROLE,
    REJECTS_FILE,
    REJECTS_LINE,
    REJECTS_VALUE,
    REJECTS_REASON,
    REJECTS_REASON_EN,
    REJECTS_WEIGHT,
    REJECTS_COLUMNS
};

static const column_spec BALANCE_SPECS[BALANCE_COLUMNS] = {
    {.name = "role", M_TITLE(M_TITLE_ROLE), .type = COLUMN_TEXT},
    {.name = "file", M_TITLE(M_TITLE_FILE), .type = COLUMN_TEXT},
    {.name = "outcome", M_TITLE(M_TITLE_OUTCOME), .type = COLUMN_TEXT},
    {.name = "reason", M_TITLE(M_TITLE_REASON), .type = COLUMN_TEXT},
    {.name = "reason_en", M_TITLE(M_TITLE_REASON_EN), .type = COLUMN_TEXT},
    {.name = "rows", M_TITLE(M_TITLE_ROWS), .unit = "1", .type = COLUMN_I64},
    {.name = "weight",
     M_TITLE(M_TITLE_WEIGHT),
     .unit = "1",
     .type = COLUMN_F64,
     .decimals = WEIGHT_DECIMALS}};
static const column_spec REJECTS_SPECS[REJECTS_COLUMNS] = {
    {.name = "role", M_TITLE(M_TITLE_ROLE), .type = COLUMN_TEXT},
    {.name = "file", M_TITLE(M_TITLE_FILE), .type = COLUMN_TEXT},
    {.name = "line", M_TITLE(M_TITLE_LINE), .unit = "1", .type = COLUMN_I64},
    {.name = "value", M_TITLE(M_TITLE_VALUE), .type = COLUMN_TEXT},
    {.name = "reason", M_TITLE(M_TITLE_REASON), .type = COLUMN_TEXT},
    {.name = "reason_en", M_TITLE(M_TITLE_REASON_EN), .type = COLUMN_TEXT},
    {.name = "weight",
     M_TITLE(M_TITLE_WEIGHT),
     .unit = "1",
     .type = COLUMN_F64,
     .decimals = WEIGHT_DECIMALS}};

/* The order of a file's rows moves the last bits of its sum: no output may depend on them. */
static double weight_shown(double weight)
{
    const double scale = 1e3; /* WEIGHT_DECIMALS */
    return round(weight * scale) / scale;
}

static status builder_start(table_builder **out, const char *name, const column_spec *specs,
                            size_t count, error *err)
{
    status result = table_builder_new(out, name, err);
    for (size_t i = 0; result == STATUS_OK && i < count; i++) {
        size_t index = 0;
        result = table_builder_column(*out, &specs[i], &index, err);
    }
    return result;
}

static status set_text(table_builder *b, size_t c, size_t row, const char *text, error *err)
{
    return *text ? table_builder_text(b, c, row, text_slice_of(text, strlen(text)), err)
                 : STATUS_OK;
}

static status add_balance(report *p, const ledger_entry *e, const char *outcome, const char *reason,
                          const char *reason_en, amount a, error *err)
{
    size_t row = 0;
    table_builder *b = p->balance;
    status result = table_builder_rows(b, 1, &row, err);
    if (result == STATUS_OK)
        result = set_text(b, BALANCE_ROLE, row, e->role, err);
    if (result == STATUS_OK)
        result = set_text(b, BALANCE_FILE, row, e->file, err);
    if (result == STATUS_OK)
        result = set_text(b, BALANCE_OUTCOME, row, outcome, err);
    if (result == STATUS_OK)
        result = set_text(b, BALANCE_REASON, row, reason, err);
    if (result == STATUS_OK)
        result = set_text(b, BALANCE_REASON_EN, row, reason_en, err);
    if (result != STATUS_OK)
        return result;
    table_builder_i64(b, BALANCE_ROWS, row, (int64_t)a.rows);
    table_builder_f64(b, BALANCE_WEIGHT, row, weight_shown(a.weight));
    return STATUS_OK;
}

static status add_reject(report *p, const ledger_entry *e, const ledger_line *line, error *err)
{
    size_t row = 0;
    table_builder *b = p->rejects;
    status result = table_builder_rows(b, 1, &row, err);
    if (result == STATUS_OK)
        result = set_text(b, REJECTS_ROLE, row, e->role, err);
    if (result == STATUS_OK)
        result = set_text(b, REJECTS_FILE, row, e->file, err);
    if (result == STATUS_OK)
        result = set_text(b, REJECTS_VALUE, row, line->value, err);
    if (result == STATUS_OK)
        result = set_text(b, REJECTS_REASON, row, line->reason, err);
    if (result == STATUS_OK)
        result = set_text(b, REJECTS_REASON_EN, row, line->reason_en, err);
    if (result != STATUS_OK)
        return result;
    if (line->line)
        table_builder_i64(b, REJECTS_LINE, row, (int64_t)line->line);
    table_builder_f64(b, REJECTS_WEIGHT, row, line->amount.weight);
    return STATUS_OK;
}

static size_t lines_of(report *p, const line_list *list, size_t entry)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i].entry == entry)
            p->lines[count++] = &list->at[i];
    }
    return count;
}

/* One balance row per reason. */
static status add_reasons(report *p, const ledger_entry *e, const line_list *list,
                          const char *outcome, error *err)
{
    status result = STATUS_OK;
    size_t count = lines_of(p, list, (size_t)(e - p->ledger->entries));
    qsort(p->lines, count, sizeof *p->lines, compare_by_reason);
    for (size_t i = 0; result == STATUS_OK && i < count;) {
        const ledger_line *first = p->lines[i];
        amount sum = {0};
        for (; i < count && strcmp(p->lines[i]->reason, first->reason) == 0; i++)
            amount_add(&sum, p->lines[i]->amount.rows, p->lines[i]->amount.weight);
        result = add_balance(p, e, outcome, first->reason, first->reason_en, sum, err);
    }
    return result;
}

static status add_entry(report *p, const ledger_entry *e, error *err)
{
    status result = add_balance(p, e, "read", "", "", e->read, err);
    if (result == STATUS_OK)
        result = add_balance(p, e, "used", "", "", e->used, err);
    if (result == STATUS_OK)
        result = add_reasons(p, e, &p->ledger->rejected, "rejected", err);
    if (result == STATUS_OK)
        result = add_reasons(p, e, &p->ledger->ignored, "ignored", err);
    size_t count = lines_of(p, &p->ledger->rejected, (size_t)(e - p->ledger->entries));
    qsort(p->lines, count, sizeof *p->lines, compare_by_line);
    for (size_t i = 0; result == STATUS_OK && i < count; i++)
        result = add_reject(p, e, p->lines[i], err);
    return result;
}

static status report_prepare(report *p, error *err)
{
    const ledger *l = p->ledger;
    size_t lines = l->rejected.count > l->ignored.count ? l->rejected.count : l->ignored.count;
    p->entries = memory_new(l->count, sizeof *p->entries);
    p->lines = memory_new(lines, sizeof *p->lines);
    if (!p->entries || !p->lines)
        return memory_error(err, lines * sizeof *p->lines);
    for (size_t i = 0; i < l->count; i++)
        p->entries[i] = &l->entries[i];
    qsort(p->entries, l->count, sizeof *p->entries, compare_entry_pointers);
    status result = builder_start(&p->balance, "balance", BALANCE_SPECS, BALANCE_COLUMNS, err);
    if (result == STATUS_OK)
        result = builder_start(&p->rejects, "rejects", REJECTS_SPECS, REJECTS_COLUMNS, err);
    return result;
}

status ledger_tables(const ledger *l, table **balance, table **rejects, error *err)
{
    report p = {.ledger = l};
    *balance = *rejects = NULL;
    status result = report_prepare(&p, err);
    for (size_t i = 0; result == STATUS_OK && i < l->count; i++)
        result = add_entry(&p, p.entries[i], err);
    if (result == STATUS_OK)
        result = table_build(p.balance, balance, err);
    if (result == STATUS_OK)
        result = table_build(p.rejects, rejects, err);
    if (result != STATUS_OK) {
        table_free(*balance);
        *balance = NULL;
    }
    table_builder_free(p.balance);
    table_builder_free(p.rejects);
    memory_free(p.entries);
    memory_free(p.lines);
    return result;
}

/* --- closing --- */

static status check_weight(const ledger_entry *e, error *err)
{
    double out = e->used.weight + e->rejected.weight + e->ignored.weight;
    char read[40], used[40], rejected[40], ignored[40];
    if (fabs(e->read.weight - out) <= WEIGHT_TOLERANCE * fmax(1, fabs(e->read.weight)))
        return STATUS_OK;
    text_from_f64(e->read.weight, read, sizeof read);
    text_from_f64(e->used.weight, used, sizeof used);
    text_from_f64(e->rejected.weight, rejected, sizeof rejected);
    text_from_f64(e->ignored.weight, ignored, sizeof ignored);
    return error_set(err, STATUS_INPUT, M_LEDGER_WEIGHT, e->role, e->file, read, used, rejected,
                     ignored);
}

status ledger_check(const ledger *l, error *err)
{
    for (size_t i = 0; i < l->count; i++) {
        const ledger_entry *e = &l->entries[i];
        if (e->read.rows != e->used.rows + e->rejected.rows + e->ignored.rows)
            return error_set(err, STATUS_INPUT, M_LEDGER_ROWS, e->role, e->file, e->read.rows,
                             e->used.rows, e->rejected.rows, e->ignored.rows);
        status result = check_weight(e, err);
        if (result != STATUS_OK)
            return result;
    }
    return STATUS_OK;
}
