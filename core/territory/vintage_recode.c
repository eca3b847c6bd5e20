/* Codes of one column, row for row. */
#include <string.h>

#include "base/text.h"
#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage_table.h"

typedef struct recoding {
    const table *t;
    const column *code;
    const conversion *by;
    const char **new_code; /* of a word */
    size_t *uses;          /* rows of a word */
    carried_link *links;
    carry_report *report;
    arena *scratch;
    faults *list;
} recoding;

/* The part that keeps the code, else the largest, else the first. */
static const vintage_link *heir(const conversion *by, const char *code)
{
    size_t count = 0;
    const vintage_link *links = conversion_find(by, code, &count);
    const vintage_link *best = links;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(links[i].to, code) == 0) {
            return &links[i];
        }
        best = links[i].ratio > best->ratio ? &links[i] : best;
    }
    return best;
}

static const char *recode_one(recoding *r, const char *code, size_t rows)
{
    const vintage_link *link = heir(r->by, code);
    if (!link) {
        r->report->lost_rows += *code && conversion_loses(r->by, code) ? rows : 0;
        return code;
    }
    if (link->kind != LINK_SAME) {
        r->links[link - r->by->links].rows += rows;
    }
    return link->to;
}

/* Codes end to end, each once. */
static const char *recode_several(recoding *r, const char *codes, size_t rows)
{
    char *out = arena_take(r->scratch, strlen(codes) + 1, 1);
    for (const char *at = codes; out && *at; at += strnlen(at, COMMUNE_CODE_BYTES)) {
        char one[COMMUNE_CODE_BYTES + 1] = "";
        memcpy(one, at, strnlen(at, COMMUNE_CODE_BYTES));
        const char *made = recode_one(r, one, rows);
        bool there = false;
        for (size_t i = 0; out[i]; i += COMMUNE_CODE_BYTES) {
            there = there || strncmp(out + i, made, COMMUNE_CODE_BYTES) == 0;
        }
        if (!there) {
            memcpy(out + strlen(out), made, strlen(made));
        }
    }
    return out;
}

/* The parts of one code that the list has not yet. */
static void add_parts(recoding *r, const char *code, size_t rows, text_buffer *list)
{
    size_t count = 0;
    const vintage_link *links = conversion_find(r->by, code, &count);
    for (size_t i = 0; i < count || i == 0; i++) {
        const char *to = count ? links[i].to : recode_one(r, code, rows);
        if (count && links[i].kind != LINK_SAME) {
            r->links[&links[i] - r->by->links].rows += rows;
        }
        if (!list->at || !strstr(list->at, to)) {
            text_add_format(list, "%s%s", list->at ? " " : "", to);
        }
    }
}

static const char *recode_list(recoding *r, const char *codes, size_t rows)
{
    text_buffer list = {0};
    size_t size = 0;
    for (; *(codes = code_list_next(codes, &size)); codes += size) {
        char one[COMMUNE_CODE_BYTES + 1] = "";
        memcpy(one, codes, size <= COMMUNE_CODE_BYTES ? size : 0);
        add_parts(r, one, rows, &list);
    }
    const char *out = list.failed ? NULL : arena_text(r->scratch, list.at ? list.at : "");
    text_buffer_clear(&list);
    return out;
}

static const char *recode_word(recoding *r, recode_form form, const char *word, size_t rows)
{
    return form == RECODE_ONE      ? recode_one(r, word, rows)
           : form == RECODE_RUN_ON ? recode_several(r, word, rows)
                                   : recode_list(r, word, rows);
}

static status recode_words(recoding *r, recode_form form)
{
    const column *c = r->code;
    status rc = take_array(r->scratch, c->words.count, sizeof *r->uses, &r->uses, r->list);
    rc = rc == STATUS_OK
             ? take_array(r->scratch, c->words.count, sizeof *r->new_code, &r->new_code, r->list)
             : rc;
    rc = rc == STATUS_OK
             ? take_array(r->report->memory, r->by->count, sizeof *r->links, &r->links, r->list)
             : rc;
    for (size_t row = 0; rc == STATUS_OK && row < r->t->rows; row++) {
        if (column_state(c, row) == VALUE_PRESENT) {
            r->uses[c->at.u32[row]]++;
        }
    }
    for (uint32_t i = 0; rc == STATUS_OK && i < c->words.count; i++) {
        error err;
        const char *word = words_at(&c->words, i);
        if (r->uses[i]) {
            r->new_code[i] = recode_word(r, form, word, r->uses[i]);
            rc = r->new_code[i] ? rc : fault_of(memory_error(&err, strlen(word)), &err, r->list);
        }
    }
    return rc;
}

static status rebuild(const recoding *r, const char *name, table **out)
{
    error err;
    table_builder *b = NULL;
    size_t at = 0;
    const char *const leave_out[] = {name, NULL};
    const column_spec spec = {.name = name,
                              .title_fr = r->code->title_fr,
                              .title_en = r->code->title_en,
                              .unit = "",
                              .type = COLUMN_TEXT};
    status rc = table_builder_new(&b, r->t->name, &err);
    rc = rc == STATUS_OK ? table_builder_column(b, &spec, &at, &err) : rc;
    rc = rc == STATUS_OK ? table_builder_copy(b, r->t, NULL, r->t->rows, leave_out, &err) : rc;
    for (size_t row = 0; rc == STATUS_OK && row < r->t->rows; row++) {
        if (column_state(r->code, row) == VALUE_PRESENT) {
            const char *text = r->new_code[r->code->at.u32[row]];
            rc = table_builder_text(b, at, row, text_slice_of(text, strlen(text)), &err);
        }
    }
    rc = rc == STATUS_OK ? table_build(b, out, &err) : rc;
    table_builder_free(b);
    return fault_of(rc, &err, r->list);
}

static void account(recoding *r)
{
    size_t kept = 0;
    const char *split = ""; /* the last code that was */
    carry_report *out = r->report;
    for (size_t i = 0; i < r->by->count; i++) {
        const vintage_link *l = &r->by->links[i];
        const carried_link one = {l, r->links[i].rows, (double)r->links[i].rows};
        if (one.rows) {
            const bool moved = strcmp(l->from, l->to) != 0;
            out->renamed += l->kind == LINK_SIMPLE;
            out->merged += l->kind == LINK_MERGE && moved;
            out->merged_into += l->kind == LINK_MERGE && moved;
            out->split += l->kind == LINK_SPLIT && strcmp(l->from, split) != 0;
            split = l->kind == LINK_SPLIT ? l->from : split;
            out->split_into += l->kind == LINK_SPLIT;
            out->strays += l->read_in != out->from;
            out->weight_merged += l->kind == LINK_MERGE ? one.weight : 0;
            out->weight_split += l->kind == LINK_SPLIT ? one.weight : 0;
            r->links[kept++] = one;
        }
    }
    out->links = r->links;
    out->link_count = kept;
    out->weight_before = out->weight_after = (double)r->t->rows;
    out->lost_weight = (double)out->lost_rows;
}

status table_recode(const table *t, const char *name, const conversion *by, recode_form form,
                    carried *out, faults *faults_list)
{
    error err;
    recoding r = {.t = t, .by = by, .report = &out->report, .list = faults_list};
    *out = (carried){
        .report = {.from = by->from, .to = by->to, .rows_before = t->rows, .rows_after = t->rows}};
    status rc = arena_new(&r.scratch, &err);
    rc = rc == STATUS_OK ? arena_new(&out->report.memory, &err) : rc;
    rc = rc == STATUS_OK ? table_column(t, name, COLUMN_TEXT, &r.code, &err) : rc;
    rc = fault_of(rc, &err, faults_list);
    rc = rc == STATUS_OK ? recode_words(&r, form) : rc;
    rc = rc == STATUS_OK ? rebuild(&r, name, &out->rows) : rc;
    if (rc == STATUS_OK) {
        account(&r);
    } else {
        carried_clear(out);
    }
    arena_free(r.scratch);
    return rc;
}
