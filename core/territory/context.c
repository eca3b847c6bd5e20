#include "territory/context.h"

#include <math.h>
#include <string.h>

#include "geo/locator.h"
#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

enum { NAME_BYTES = 96 };

/* What is being made. */
typedef struct context_work {
    const territory *t;
    const context_inputs *in;
    ledger *balance;
    faults *list;
    arena *memory;
    table_builder *b;
    const char **names; /* of the columns made, to refuse a name used twice */
    size_t name_count, name_capacity;
} context_work;

/* --- names --- */

/* "zoning_petites_villes_de_demain" of "Petites villes de demain". */
static const char *zoning_column(context_work *w, const char *name, const char *ending)
{
    char folded[NAME_BYTES];
    (void)text_fold(text_slice_of(name, strlen(name)), folded, sizeof folded);
    char *out = arena_format(w->memory, "zoning_%s%s", folded, ending);
    for (char *at = out; at && *at; at++) {
        const bool kept = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
        *at = *at == '+' ? 'p' : kept ? *at : '_';
    }
    return out;
}

static int32_t year_of(const zoning_input *z)
{
    return z->year ? z->year : z->rows->vintage;
}

/* "FRR (2024)", then what the column says more. */
static const char *zoning_title(context_work *w, const zoning_input *z, const char *more)
{
    const int32_t year = year_of(z);
    return year ? arena_format(w->memory, "%s (%d)%s", z->name, (int)year, more)
                : arena_format(w->memory, "%s%s", z->name, more);
}

static status refuse_name(context_work *w, const char *name, source_ref where)
{
    for (size_t i = 0; i < w->name_count; i++) {
        if (strcmp(w->names[i], name) == 0) {
            return faults_refuse(w->list, where, M_CONTEXT_TWICE, name);
        }
    }
    if (table_find(w->t->places, name)) {
        return faults_refuse(w->list, where, M_CONTEXT_TWICE, name);
    }
    w->names[w->name_count++] = name;
    return STATUS_OK;
}

static status add_column(context_work *w, const column_spec *spec, source_ref where, size_t *index)
{
    error err;
    if (!spec->name || !spec->title_fr || !spec->title_en) {
        return fault_of(memory_error(&err, NAME_BYTES), &err, w->list);
    }
    const status rc = refuse_name(w, spec->name, where);
    return rc == STATUS_OK ? fault_of(table_builder_column(w->b, spec, index, &err), &err, w->list)
                           : rc;
}

/* --- columns, before the rows --- */

typedef struct zoning_columns {
    size_t member, text; /* SIZE_MAX: none */
} zoning_columns;

static const char *text_title(language lang, bool zone)
{
    return zone ? tr(lang, M_CONTEXT_ZONE) : tr(lang, M_CONTEXT_CLASS);
}

static status zoning_add_columns(context_work *w, const zoning_input *z, const char *text_ending,
                                 bool has_text, zoning_columns *out)
{
    const bool zone = strcmp(text_ending, "_zone") == 0;
    const column_spec member = {.name = zoning_column(w, z->name, ""),
                                .title_fr = zoning_title(w, z, ""),
                                .title_en = zoning_title(w, z, ""),
                                .unit = "1",
                                .type = COLUMN_U32,
                                .decimals = -1};
    const column_spec text = {.name = zoning_column(w, z->name, text_ending),
                              .title_fr = zoning_title(w, z, text_title(LANGUAGE_FR, zone)),
                              .title_en = zoning_title(w, z, text_title(LANGUAGE_EN, zone)),
                              .unit = "",
                              .type = COLUMN_TEXT,
                              .decimals = -1};
    *out = (zoning_columns){SIZE_MAX, SIZE_MAX};
    const status rc = add_column(w, &member, z->where, &out->member);
    return rc == STATUS_OK && has_text ? add_column(w, &text, z->where, &out->text) : rc;
}

/* --- ledger --- */

static status account(context_work *w, const char *role, const imported *in, size_t used)
{
    error err;
    size_t entry = 0;
    const size_t rows = in->rows->rows;
    const size_t read = rows + in->left_out;
    status rc = ledger_open(w->balance, role, file_of(in->rows), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(w->balance, entry, read, (double)read);
        ledger_use(w->balance, entry, used, (double)used);
    }
    if (rc == STATUS_OK && in->left_out) {
        rc = ledger_ignore(w->balance, entry, in->left_out, (double)in->left_out, &err,
                           in->left_out_fr, in->left_out_en);
    }
    if (rc == STATUS_OK && used < rows) {
        rc = ledger_ignore(w->balance, entry, rows - used, (double)(rows - used), &err,
                           M_TERRITORY_NOT_LOADED);
    }
    return fault_of(rc, &err, w->list);
}

/* --- zonings of places --- */

static double member_at(const column *member, size_t row)
{
    return member && column_state(member, row) == VALUE_PRESENT ? member->at.f64[row] : 1;
}

/* What the rows say of each place so far. */
typedef struct marks {
    const column *class;
    double *value;    /* NaN: nothing */
    uint32_t *row_of; /* the row that says it */
} marks;

/* In wins over out; of two rows that agree, the class that comes first in the order of texts, so
 * that the order of the rows does not matter. */
static bool row_wins(const marks *m, uint32_t place, double member, uint32_t row)
{
    if (isnan(m->value[place]) || member > m->value[place]) {
        return true;
    }
    return !(member < m->value[place]) &&
           strcmp(text_at(m->class, row), text_at(m->class, m->row_of[place])) < 0;
}

/* Marks the places that a row names; a row without a code serves venues alone. */
static bool mark_places(const context_work *w, const char *codes, double member, marks *m,
                        uint32_t row)
{
    bool used = !*codes;
    for (size_t size = 0; *(codes = code_list_next(codes, &size)); codes += size) {
        char code[COMMUNE_CODE_BYTES + 1] = "";
        memcpy(code, codes, size <= COMMUNE_CODE_BYTES ? size : 0);
        const uint32_t place = code_index_find(w->t->by_code, code);
        if (place == ROW_NONE) {
            continue;
        }
        used = true;
        if (row_wins(m, place, member, row)) {
            m->value[place] = member;
            m->row_of[place] = row;
        }
    }
    return used;
}

/* A file with ins and outs says nothing of a commune that it lacks; a list of members, or outlines,
 * says that it is out. */
static bool says_outs(const imported *in)
{
    const column *member = number_column_of(in->rows, "member");
    for (size_t i = 0; member && i < in->rows->rows; i++) {
        if (column_state(member, i) == VALUE_PRESENT && member->at.f64[i] == 0) {
            return true;
        }
    }
    return false;
}

static status take_marks(context_work *w, marks *m)
{
    const size_t count = w->t->place_count;
    status rc = take_array(w->memory, count, sizeof *m->value, &m->value, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(w->memory, count, sizeof *m->row_of, &m->row_of, w->list);
    }
    for (size_t p = 0; rc == STATUS_OK && p < count; p++) {
        m->value[p] = (double)NAN;
    }
    return rc;
}

static status write_marks(context_work *w, const marks *m, const zoning_columns *at, bool outs)
{
    error err;
    status rc = STATUS_OK;
    for (size_t p = 0; rc == STATUS_OK && p < w->t->place_count; p++) {
        const bool known = !isnan(m->value[p]);
        if (known || !outs) {
            table_builder_u32(w->b, at->member, p, known && m->value[p] > 0);
        }
        const char *text = known && at->text != SIZE_MAX ? text_at(m->class, m->row_of[p]) : "";
        if (*text) {
            rc = table_builder_text(w->b, at->text, p, text_slice_of(text, strlen(text)), &err);
        }
    }
    return fault_of(rc, &err, w->list);
}

static status fill_zoning(context_work *w, const zoning_input *z, const zoning_columns *at)
{
    size_t used = 0;
    const table *rows = z->rows->rows;
    const column *code = text_column(rows, "code");
    const column *member = number_column_of(rows, "member");
    marks m = {.class = text_column(rows, "class")};
    status rc = take_marks(w, &m);
    for (size_t i = 0; rc == STATUS_OK && i < rows->rows; i++) {
        used += mark_places(w, text_at(code, i), member_at(member, i), &m, (uint32_t)i);
    }
    if (rc == STATUS_OK) {
        rc = write_marks(w, &m, at, says_outs(z->rows));
    }
    return rc == STATUS_OK ? account(w, "zoning", z->rows, used) : rc;
}

/* --- numbers of places --- */

static status fill_table(context_work *w, const context_input *c, size_t first)
{
    size_t used = 0;
    size_t unmatched = 0;
    const char *missing = "";
    code_index *index = NULL;
    const table *rows = c->rows->rows;
    status rc = code_index_new(&index, rows, "code", w->list);
    for (size_t p = 0; rc == STATUS_OK && p < w->t->place_count; p++) {
        const uint32_t row = code_index_find(index, w->t->code[p]);
        size_t at = first;
        if (row == ROW_NONE) {
            missing = unmatched++ ? missing : w->t->code[p];
            continue;
        }
        used++;
        for (size_t i = 0; i < rows->column_count; i++) {
            const column *from = &rows->columns[i];
            if (from->type != COLUMN_F64) {
                continue;
            }
            if (column_state(from, row) == VALUE_PRESENT) {
                table_builder_f64(w->b, at, p, from->at.f64[row]);
            } else {
                table_builder_state(w->b, at, p, column_state(from, row));
            }
            at++;
        }
    }
    code_index_free(index);
    if (unmatched) {
        faults_warn(w->list, source_at(file_of(rows), 0, 0), M_TERRITORY_UNMATCHED,
                    SHOWN(shown((double)unmatched, 0)), missing);
    }
    return rc == STATUS_OK ? account(w, "context", c->rows, used) : rc;
}

/* "Niveau de vie médian (2021)" */
static const char *dated_title(context_work *w, const char *title, int32_t year)
{
    return year ? arena_format(w->memory, "%s (%d)", title, (int)year) : title;
}

static status table_add_columns(context_work *w, const context_input *c, size_t *first)
{
    status rc = STATUS_OK;
    size_t index = 0;
    size_t made = 0;
    for (size_t i = 0; rc == STATUS_OK && i < c->rows->rows->column_count; i++) {
        const column *from = &c->rows->rows->columns[i];
        const column_spec spec = {.name = from->name,
                                  .title_fr = dated_title(w, from->title_fr, c->rows->vintage),
                                  .title_en = dated_title(w, from->title_en, c->rows->vintage),
                                  .unit = from->unit,
                                  .type = from->type,
                                  .decimals = from->decimals};
        if (from->type != COLUMN_F64) {
            continue;
        }
        rc = add_column(w, &spec, c->where, &index);
        *first = made++ ? *first : index;
    }
    return rc == STATUS_OK && made == 0
               ? faults_refuse(w->list, c->where, M_CONTEXT_NO_NUMBER, file_of(c->rows->rows))
               : rc;
}

/* --- tables --- */

static size_t names_at_most(const context_inputs *in)
{
    size_t count = 2 * in->zoning_count + 1;
    for (size_t i = 0; i < in->table_count; i++) {
        count += in->tables[i].rows->rows->column_count;
    }
    return count;
}

static status work_begin(context_work *w, const char *name)
{
    error err;
    w->name_capacity = names_at_most(w->in);
    status rc = arena_new(&w->memory, &err);
    if (rc == STATUS_OK) {
        rc = table_builder_new(&w->b, name, &err);
    }
    rc = fault_of(rc, &err, w->list);
    return rc == STATUS_OK
               ? take_array(w->memory, w->name_capacity, sizeof *w->names, &w->names, w->list)
               : rc;
}

static status work_end(context_work *w, status rc, table **out)
{
    error err;
    if (rc == STATUS_OK) {
        rc = fault_of(table_build(w->b, out, &err), &err, w->list);
    }
    table_builder_free(w->b);
    arena_free(w->memory);
    return rc;
}

static status add_rows(context_work *w, size_t count)
{
    error err;
    size_t first = 0;
    return fault_of(table_builder_rows(w->b, count, &first, &err), &err, w->list);
}

static status make_places(context_work *w)
{
    const context_inputs *in = w->in;
    zoning_columns *at = NULL;
    size_t *first = NULL;
    status rc = take_array(w->memory, in->zoning_count + 1, sizeof *at, &at, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(w->memory, in->table_count + 1, sizeof *first, &first, w->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < in->zoning_count; i++) {
        const zoning_input *z = &in->zonings[i];
        rc =
            zoning_add_columns(w, z, "_class", text_column(z->rows->rows, "class") != NULL, &at[i]);
    }
    for (size_t i = 0; rc == STATUS_OK && i < in->table_count; i++) {
        rc = table_add_columns(w, &in->tables[i], &first[i]);
    }
    if (rc == STATUS_OK) {
        rc = add_rows(w, w->t->place_count);
    }
    for (size_t i = 0; rc == STATUS_OK && i < in->zoning_count; i++) {
        rc = fill_zoning(w, &in->zonings[i], &at[i]);
    }
    for (size_t i = 0; rc == STATUS_OK && i < in->table_count; i++) {
        rc = fill_table(w, &in->tables[i], first[i]);
    }
    return rc;
}

status context_of_places(const territory *t, const context_inputs *in, ledger *balance, table **out,
                         faults *faults_list)
{
    context_work w = {.t = t, .in = in, .balance = balance, .list = faults_list};
    *out = NULL;
    if (in->zoning_count + in->table_count == 0) {
        return STATUS_OK;
    }
    status rc = work_begin(&w, "places_context");
    if (rc == STATUS_OK) {
        rc = make_places(&w);
    }
    return work_end(&w, rc, out);
}

/* --- venues --- */

/* Where outlines meet, the zone that comes first in the order of codes holds the point. */
static status outlines_by_zone(context_work *w, const zoning_input *z, size_t **order,
                               polygons **out, error *err)
{
    static const char *const by_zone[] = {"zone"};
    const table *rows = z->rows->rows;
    *order = arena_take(w->memory, rows->rows + 1, sizeof **order);
    status rc = *order ? STATUS_OK : memory_error(err, rows->rows * sizeof **order);
    if (rc == STATUS_OK) {
        rc = table_order(rows, by_zone, 1, *order, err);
    }
    return rc == STATUS_OK ? polygons_select(z->rows->outlines, *order, rows->rows, out, err) : rc;
}

static status fill_venue(context_work *w, const zoning_columns *at, size_t venue, const char *zone,
                         error *err)
{
    table_builder_u32(w->b, at->member, venue, zone != NULL);
    return zone && *zone && at->text != SIZE_MAX
               ? table_builder_text(w->b, at->text, venue, text_slice_of(zone, strlen(zone)), err)
               : STATUS_OK;
}

/* The point of a commune, or of a postcode, says nothing of a neighbourhood. */
static bool has_own_point(const venues *v, const column *placed, size_t i)
{
    const char *how = text_at(placed, i);
    const bool own = strcmp(how, placement_name(PLACED_COORDINATES)) == 0 ||
                     strcmp(how, placement_name(PLACED_ADDRESS)) == 0;
    return own && !isnan(v->lon[i]) && !isnan(v->lat[i]);
}

static status fill_by_point(context_work *w, const venues *v, const zoning_input *z,
                            const zoning_columns *at)
{
    error err;
    size_t *order = NULL;
    polygons *outlines = NULL;
    locator *where = NULL;
    const column *zone = text_column(z->rows->rows, "zone");
    const column *placed = text_column(v->rows, "placement");
    status rc = outlines_by_zone(w, z, &order, &outlines, &err);
    if (rc == STATUS_OK) {
        rc = locator_new(&where, outlines, &err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < v->count; i++) {
        uint32_t row = LOCATED_NOWHERE;
        if (!has_own_point(v, placed, i)) {
            continue;
        }
        rc = locator_find(where, v->lon[i], v->lat[i], &row, &err);
        if (rc == STATUS_OK) {
            const char *held = row != LOCATED_NOWHERE ? text_at(zone, order[row]) : NULL;
            rc = fill_venue(w, at, i, held, &err);
        }
    }
    locator_free(where);
    polygons_free(outlines);
    return fault_of(rc, &err, w->list);
}

static void fill_by_commune(context_work *w, const venues *v, const table *places,
                            const zoning_input *z, const zoning_columns *at)
{
    const column *member = table_find(places, zoning_column(w, z->name, ""));
    for (size_t i = 0; member && i < v->count; i++) {
        const uint32_t place = v->place[i];
        if (place != PLACE_NONE && column_state(member, place) == VALUE_PRESENT) {
            table_builder_u32(w->b, at->member, i, member->at.u32[place]);
        }
    }
}

static status make_venues(context_work *w, const venues *v, const table *places)
{
    zoning_columns *at = NULL;
    status rc = take_array(w->memory, w->in->zoning_count, sizeof *at, &at, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < w->in->zoning_count; i++) {
        const zoning_input *z = &w->in->zonings[i];
        rc = zoning_add_columns(w, z, "_zone", z->rows->outlines != NULL, &at[i]);
    }
    if (rc == STATUS_OK) {
        rc = add_rows(w, v->count);
    }
    for (size_t i = 0; rc == STATUS_OK && i < w->in->zoning_count; i++) {
        const zoning_input *z = &w->in->zonings[i];
        if (z->rows->outlines) {
            rc = fill_by_point(w, v, z, &at[i]);
        } else {
            fill_by_commune(w, v, places, z, &at[i]);
        }
    }
    return rc;
}

status context_of_venues(const territory *t, const venues *v, const table *places,
                         const context_inputs *in, table **out, faults *faults_list)
{
    context_work w = {.t = t, .in = in, .list = faults_list};
    *out = NULL;
    if (in->zoning_count == 0 || !places) {
        return STATUS_OK;
    }
    status rc = work_begin(&w, "venues_context");
    if (rc == STATUS_OK) {
        rc = make_venues(&w, v, places);
    }
    return work_end(&w, rc, out);
}
