/* What several conversions did, as tables. */
#include <string.h>

#include "territory/support.h"
#include "territory/vintage_messages.h"
#include "territory/vintage_table.h"

typedef struct log_entry {
    const char *role, *file;
    carry_report report; /* its links copied; no memory of its own */
} log_entry;

struct carry_log {
    log_entry *entries;
    size_t count, capacity;
    arena *memory;
};

status carry_log_new(carry_log **out, error *err)
{
    *out = memory_new(1, sizeof **out);
    if (!*out) {
        return memory_error(err, sizeof **out);
    }
    const status rc = arena_new(&(*out)->memory, err);
    if (rc != STATUS_OK) {
        carry_log_free(*out);
        *out = NULL;
    }
    return rc;
}

void carry_log_free(carry_log *l)
{
    if (l) {
        memory_free(l->entries);
        arena_free(l->memory);
        memory_free(l);
    }
}

size_t carry_log_count(const carry_log *l)
{
    return l ? l->count : 0;
}

/* The link's own texts die with the conversion. */
static bool copy_links(carry_log *l, const carry_report *r, log_entry *e)
{
    carried_link *links = arena_take(l->memory, r->link_count + 1, sizeof *links);
    vintage_link *kept = arena_take(l->memory, r->link_count + 1, sizeof *kept);
    bool fine = links && kept;
    for (size_t i = 0; fine && i < r->link_count; i++) {
        kept[i] = *r->links[i].link;
        kept[i].from = arena_text(l->memory, kept[i].from);
        kept[i].to = arena_text(l->memory, kept[i].to);
        links[i] = r->links[i];
        links[i].link = &kept[i];
        fine = kept[i].from && kept[i].to;
    }
    e->report.links = links;
    return fine;
}

status carry_log_add(carry_log *l, const char *role, const char *file, const carry_report *r,
                     error *err)
{
    if (l->count == l->capacity) {
        const size_t capacity = l->capacity ? 2 * l->capacity : 16;
        log_entry *grown = memory_resize(l->entries, capacity, sizeof *grown);
        if (!grown) {
            return memory_error(err, capacity * sizeof *grown);
        }
        l->entries = grown;
        l->capacity = capacity;
    }
    log_entry e = {
        .role = arena_text(l->memory, role), .file = arena_text(l->memory, file), .report = *r};
    e.report.memory = NULL;
    e.report.lost_row = e.report.missing_split = e.report.missing_merged = NULL;
    if (!e.role || !e.file || !copy_links(l, r, &e)) {
        return memory_error(err, sizeof e);
    }
    l->entries[l->count++] = e;
    return STATUS_OK;
}

/* --- the tables --- */

typedef enum summary_column {
    V_ROLE,
    V_FILE,
    V_FROM,
    V_TO,
    V_ROWS_BEFORE,
    V_ROWS_AFTER,
    V_RENAMED,
    V_MERGED,
    V_MERGED_INTO,
    V_SPLIT,
    V_SPLIT_INTO,
    V_LOST,
    V_WEIGHT_BEFORE,
    V_WEIGHT_AFTER,
    V_WEIGHT_SPLIT,
    V_WEIGHT_LOST,
    V_COUNT
} summary_column;

static const column_spec summary_specs[V_COUNT] = {
    {"role", M_VINTAGE_COLUMN_ROLE, "", COLUMN_TEXT, -1},
    {"file", M_VINTAGE_COLUMN_FILE, "", COLUMN_TEXT, -1},
    {"from_year", M_VINTAGE_COLUMN_FROM_YEAR, "1", COLUMN_I64, -1},
    {"to_year", M_VINTAGE_COLUMN_TO_YEAR, "1", COLUMN_I64, -1},
    {"rows_before", M_VINTAGE_COLUMN_ROWS_BEFORE, "1", COLUMN_I64, -1},
    {"rows_after", M_VINTAGE_COLUMN_ROWS_AFTER, "1", COLUMN_I64, -1},
    {"renamed", M_VINTAGE_COLUMN_RENAMED, "1", COLUMN_I64, -1},
    {"merged", M_VINTAGE_COLUMN_MERGED, "1", COLUMN_I64, -1},
    {"merged_into", M_VINTAGE_COLUMN_MERGED_INTO, "1", COLUMN_I64, -1},
    {"split", M_VINTAGE_COLUMN_SPLIT, "1", COLUMN_I64, -1},
    {"split_into", M_VINTAGE_COLUMN_SPLIT_INTO, "1", COLUMN_I64, -1},
    {"lost", M_VINTAGE_COLUMN_LOST, "1", COLUMN_I64, -1},
    {"weight_before", M_VINTAGE_COLUMN_WEIGHT_BEFORE, "1", COLUMN_F64, 6},
    {"weight_after", M_VINTAGE_COLUMN_WEIGHT_AFTER, "1", COLUMN_F64, 6},
    {"weight_split", M_VINTAGE_COLUMN_WEIGHT_SPLIT, "1", COLUMN_F64, 6},
    {"weight_lost", M_VINTAGE_COLUMN_WEIGHT_LOST, "1", COLUMN_F64, 6},
};

typedef enum link_column {
    L_ROLE,
    L_FILE,
    L_FROM_YEAR,
    L_TO_YEAR,
    L_FROM,
    L_TO,
    L_KIND,
    L_RATIO,
    L_ESTIMATED,
    L_ROWS,
    L_WEIGHT,
    L_COUNT
} link_column;

static const column_spec link_specs[L_COUNT] = {
    {"role", M_VINTAGE_COLUMN_ROLE, "", COLUMN_TEXT, -1},
    {"file", M_VINTAGE_COLUMN_FILE, "", COLUMN_TEXT, -1},
    {"from_year", M_VINTAGE_COLUMN_FROM_YEAR, "1", COLUMN_I64, -1},
    {"to_year", M_VINTAGE_COLUMN_TO_YEAR, "1", COLUMN_I64, -1},
    {"from", M_VINTAGE_COLUMN_FROM, "", COLUMN_TEXT, -1},
    {"to", M_VINTAGE_COLUMN_TO, "", COLUMN_TEXT, -1},
    {"passage", M_VINTAGE_COLUMN_KIND, "", COLUMN_TEXT, -1},
    {"ratio", M_VINTAGE_COLUMN_RATIO, "1", COLUMN_F64, 9},
    {"estimated", M_VINTAGE_COLUMN_ESTIMATED, "", COLUMN_TEXT, -1},
    {"rows", M_VINTAGE_COLUMN_ROWS, "1", COLUMN_I64, -1},
    {"weight", M_VINTAGE_COLUMN_WEIGHT, "1", COLUMN_F64, 6},
};

static status put_text(table_builder *b, size_t at, size_t row, const char *text, error *err)
{
    return table_builder_text(b, at, row, text_slice_of(text, strlen(text)), err);
}

static status put_heading(table_builder *b, size_t row, const log_entry *e, error *err)
{
    const status rc = put_text(b, V_ROLE, row, e->role, err);
    table_builder_i64(b, V_FROM, row, e->report.from);
    table_builder_i64(b, V_TO, row, e->report.to);
    return rc == STATUS_OK ? put_text(b, V_FILE, row, e->file, err) : rc;
}

static status put_summary(table_builder *b, size_t row, const log_entry *e, error *err)
{
    const carry_report *r = &e->report;
    const struct {
        summary_column at;
        size_t value;
    } counts[] = {{V_ROWS_BEFORE, r->rows_before}, {V_ROWS_AFTER, r->rows_after},
                  {V_RENAMED, r->renamed},         {V_MERGED, r->merged},
                  {V_MERGED_INTO, r->merged_into}, {V_SPLIT, r->split},
                  {V_SPLIT_INTO, r->split_into},   {V_LOST, r->lost_rows}};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        table_builder_i64(b, counts[i].at, row, (int64_t)counts[i].value);
    }
    table_builder_f64(b, V_WEIGHT_BEFORE, row, r->weight_before);
    table_builder_f64(b, V_WEIGHT_AFTER, row, r->weight_after);
    table_builder_f64(b, V_WEIGHT_SPLIT, row, r->weight_split);
    table_builder_f64(b, V_WEIGHT_LOST, row, r->lost_weight + r->missing_weight);
    return put_heading(b, row, e, err);
}

static const char *estimated_word(const vintage_link *l)
{
    return l->kind != LINK_SPLIT ? "" : l->weight_known ? "population" : "equal";
}

static status put_link(table_builder *b, size_t row, const log_entry *e, const carried_link *c,
                       error *err)
{
    const char *const texts[] = {c->link->from, c->link->to, link_kind_name(c->link->kind),
                                 estimated_word(c->link)};
    const link_column at[] = {L_FROM, L_TO, L_KIND, L_ESTIMATED};
    status rc = put_heading(b, row, e, err);
    for (size_t i = 0; rc == STATUS_OK && i < sizeof at / sizeof at[0]; i++) {
        rc = *texts[i] ? put_text(b, at[i], row, texts[i], err) : rc;
    }
    table_builder_i64(b, L_FROM_YEAR, row, c->link->read_in);
    table_builder_f64(b, L_RATIO, row, c->link->ratio);
    table_builder_i64(b, L_ROWS, row, (int64_t)c->rows);
    table_builder_f64(b, L_WEIGHT, row, c->weight);
    return rc;
}

static status begin(table_builder **b, const char *name, const column_spec *specs, size_t count,
                    size_t rows, error *err)
{
    size_t index = 0;
    status rc = table_builder_new(b, name, err);
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        rc = table_builder_column(*b, &specs[i], &index, err);
    }
    return rc == STATUS_OK ? table_builder_rows(*b, rows, &index, err) : rc;
}

static status build_summary(const carry_log *l, table **out, error *err)
{
    table_builder *b = NULL;
    status rc = begin(&b, "vintages", summary_specs, V_COUNT, l->count, err);
    for (size_t i = 0; rc == STATUS_OK && i < l->count; i++) {
        rc = put_summary(b, i, &l->entries[i], err);
    }
    rc = rc == STATUS_OK ? table_build(b, out, err) : rc;
    table_builder_free(b);
    return rc;
}

static status build_links(const carry_log *l, table **out, error *err)
{
    table_builder *b = NULL;
    size_t rows = 0;
    for (size_t i = 0; i < l->count; i++) {
        rows += l->entries[i].report.link_count;
    }
    status rc = begin(&b, "vintage_links", link_specs, L_COUNT, rows, err);
    rows = 0;
    for (size_t i = 0; i < l->count; i++) {
        const log_entry *e = &l->entries[i];
        for (size_t k = 0; rc == STATUS_OK && k < e->report.link_count; k++) {
            rc = put_link(b, rows++, e, &e->report.links[k], err);
        }
    }
    rc = rc == STATUS_OK ? table_build(b, out, err) : rc;
    table_builder_free(b);
    return rc;
}

status carry_log_tables(const carry_log *l, table **summary, table **links, error *err)
{
    *summary = *links = NULL;
    status rc = build_summary(l, summary, err);
    rc = rc == STATUS_OK ? build_links(l, links, err) : rc;
    if (rc != STATUS_OK) {
        table_free(*summary);
        *summary = NULL;
    }
    return rc;
}
