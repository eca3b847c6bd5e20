#include "territory/draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/french_names.h"
#include "territory/messages.h"
#include "territory/support.h"

const char *level_name(level l)
{
    static const char *const names[LEVEL_COUNT] = {"epci",           "bassin_vie",  "zone_emploi",
                                                   "arrondissement", "departement", "region"};
    return names[l];
}

const char *level_title(level l, language lang)
{
    switch (l) {
    case LEVEL_EPCI:
        return tr(lang, M_TITLE_EPCI);
    case LEVEL_BASSIN_VIE:
        return tr(lang, M_TITLE_BASSIN_VIE);
    case LEVEL_ZONE_EMPLOI:
        return tr(lang, M_TITLE_ZONE_EMPLOI);
    case LEVEL_ARRONDISSEMENT:
        return tr(lang, M_TITLE_ARRONDISSEMENT);
    case LEVEL_DEPARTEMENT:
        return tr(lang, M_TITLE_DEPARTEMENT);
    case LEVEL_REGION:
    case LEVEL_COUNT:
        break;
    }
    return tr(lang, M_TITLE_REGION);
}

const char *file_of(const table *t)
{
    return t && t->source_file_count ? t->source_files[0] : "";
}

uint32_t draft_find_exactly(const draft *d, const char *code)
{
    const size_t at = sorted_find((const char *const *)d->code, d->count, code);
    return at < d->count ? (uint32_t)at : PLACE_NONE;
}

uint32_t draft_find(const draft *d, const char *code)
{
    const uint32_t place = draft_find_exactly(d, code);
    const char *commune = place == PLACE_NONE ? commune_of_arrondissement(code) : NULL;
    return commune ? draft_find_exactly(d, commune) : place;
}

/* --- communes --- */

static status take_columns(draft *d)
{
    const size_t n = d->count;
    status rc = take_array(d->scratch, n, sizeof *d->code, &d->code, d->list);
    const struct {
        void *out;
        size_t size;
    } arrays[] = {{&d->name, sizeof *d->name},   {&d->population, sizeof *d->population},
                  {&d->lon, sizeof *d->lon},     {&d->lat, sizeof *d->lat},
                  {&d->point, sizeof *d->point}, {&d->density, sizeof *d->density},
                  {&d->fate, sizeof *d->fate}};
    for (size_t i = 0; rc == STATUS_OK && i < sizeof arrays / sizeof arrays[0]; i++) {
        rc = take_array(d->scratch, n, arrays[i].size, arrays[i].out, d->list);
    }
    for (size_t l = 0; rc == STATUS_OK && l < LEVEL_COUNT; l++) {
        rc = take_array(d->scratch, n, sizeof *d->level[l], &d->level[l], d->list);
        if (rc == STATUS_OK) {
            rc = take_array(d->scratch, n, sizeof *d->level_label[l], &d->level_label[l], d->list);
        }
    }
    return rc;
}

static status refuse_duplicates(const draft *d)
{
    status rc = STATUS_OK;
    const table *t = d->in->communes->rows;
    for (size_t i = 1; i < d->count; i++) {
        if (strcmp(d->code[i - 1], d->code[i]) == 0) {
            const source_ref first = table_source(t, d->row[i - 1]);
            const source_ref second = table_source(t, d->row[i]);
            rc = faults_refuse(d->list, second, M_TERRITORY_DUPLICATE_PLACE, d->code[i],
                               (unsigned long long)first.line, (unsigned long long)second.line);
        }
    }
    return rc;
}

static double number_at(const column *c, size_t row)
{
    return c && column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : (double)NAN;
}

static void fill_communes(draft *d)
{
    const table *t = d->in->communes->rows;
    const column *code = text_column(t, "code");
    const column *name = text_column(t, "name");
    const column *population = number_column_of(t, "population");
    const column *density = table_find(t, "density7");
    for (size_t i = 0; i < d->count; i++) {
        const size_t row = d->row[i];
        d->code[i] = text_at(code, row);
        d->name[i] = text_at(name, row);
        d->population[i] = number_at(population, row);
        d->point[i] = POINT_NONE;
        d->lon[i] = d->lat[i] = (double)NAN;
        const bool known =
            density && density->type == COLUMN_U32 && column_state(density, row) == VALUE_PRESENT;
        d->density[i] = known ? density->at.u32[row] : 0;
    }
    for (size_t l = 0; l < LEVEL_COUNT; l++) {
        const column *zone = text_column(t, level_name((level)l));
        for (size_t i = 0; i < d->count; i++) {
            d->level[l][i] = text_at(zone, d->row[i]);
            d->level_label[l][i] = "";
        }
    }
}

status draft_communes(draft *d)
{
    static const char *const by_code[] = {"code"};
    error err;
    const table *t = d->in->communes->rows;
    d->count = t->rows;
    if (d->count == 0) {
        return faults_refuse(d->list, source_at(file_of(t), 0, 0), M_TERRITORY_NO_COMMUNES);
    }
    status rc = take_array(d->scratch, d->count, sizeof *d->row, &d->row, d->list);
    if (rc == STATUS_OK) {
        rc = take_columns(d);
    }
    if (rc == STATUS_OK) {
        rc = fault_of(table_order(t, by_code, 1, d->row, &err), &err, d->list);
    }
    if (rc == STATUS_OK) {
        fill_communes(d);
        rc = refuse_duplicates(d);
    }
    return rc;
}

/* --- what other files say of communes --- */

/* Opens the ledger for a file of which `used` rows met a loaded commune. */
static status account(const draft *d, const char *role, const imported *in, size_t used)
{
    error err;
    size_t entry = 0;
    const size_t rows = in->rows->rows;
    status rc = ledger_open(d->balance, role, file_of(in->rows), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(d->balance, entry, rows + in->left_out, (double)(rows + in->left_out));
        ledger_use(d->balance, entry, used, (double)used);
        if (in->left_out) {
            rc = ledger_ignore(d->balance, entry, in->left_out, (double)in->left_out, &err,
                               in->left_out_fr, in->left_out_en);
        }
    }
    if (rc == STATUS_OK && used < rows) {
        rc = ledger_ignore(d->balance, entry, rows - used, (double)(rows - used), &err,
                           M_TERRITORY_NOT_LOADED);
    }
    return fault_of(rc, &err, d->list);
}

/* Calls `meet` for each row of `in` whose code is loaded; warns of communes without a row. */
typedef void (*meet_function)(draft *d, size_t place, const table *t, size_t row);

static status join(draft *d, const char *role, const imported *in, meet_function meet)
{
    uint8_t *met = NULL;
    code_index *index = NULL;
    size_t used = 0;
    size_t unmatched = 0;
    const char *first = "";
    const column *code = text_column(in->rows, "code");
    status rc = take_array(d->scratch, d->count, sizeof *met, &met, d->list);
    if (rc == STATUS_OK) {
        rc = code_index_new(&index, in->rows, "code", d->list); /* refuses a repeated code */
    }
    code_index_free(index);
    for (size_t row = 0; rc == STATUS_OK && row < in->rows->rows; row++) {
        const uint32_t place = draft_find_exactly(d, text_at(code, row));
        if (place != PLACE_NONE) {
            meet(d, place, in->rows, row);
            met[place] = 1;
            used++;
        }
    }
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        if (!met[i]) {
            first = unmatched++ ? first : d->code[i];
        }
    }
    if (unmatched) {
        faults_warn(d->list, source_at(file_of(in->rows), 0, 0), M_TERRITORY_UNMATCHED,
                    SHOWN(shown((double)unmatched, 0)), first);
    }
    return rc == STATUS_OK ? account(d, role, in, used) : rc;
}

static void meet_zone(draft *d, size_t place, const table *t, size_t row, level l)
{
    char column_name[40] = "";
    const char *code = text_at(text_column(t, level_name(l)), row);
    const size_t size = strlen(level_name(l));
    memcpy(column_name, level_name(l), size);
    memcpy(column_name + size, "_name", sizeof "_name");
    if (*code) {
        d->level[l][place] = code;
        d->level_label[l][place] = text_at(text_column(t, column_name), row);
    }
}

static void meet_names(draft *d, size_t place, const table *t, size_t row)
{
    const char *name = text_at(text_column(t, "name"), row);
    if (*name) {
        d->name[place] = name;
    }
    meet_zone(d, place, t, row, LEVEL_DEPARTEMENT);
    meet_zone(d, place, t, row, LEVEL_REGION);
    meet_zone(d, place, t, row, LEVEL_ARRONDISSEMENT);
}

status draft_names(draft *d)
{
    const imported *names = d->in->names;
    const status rc = names ? join(d, "names", names, meet_names) : STATUS_OK;
    for (size_t i = 0; i < d->count; i++) {
        if (!*d->name[i]) {
            d->name[i] = d->code[i];
        }
    }
    return rc;
}

static void meet_density(draft *d, size_t place, const table *t, size_t row)
{
    const column *density = table_find(t, "density7");
    if (density && density->type == COLUMN_U32 && column_state(density, row) == VALUE_PRESENT) {
        d->density[place] = density->at.u32[row];
    }
}

static void meet_membership(draft *d, size_t place, const table *t, size_t row)
{
    for (size_t l = 0; l < LEVEL_COUNT; l++) {
        meet_zone(d, place, t, row, (level)l);
    }
    meet_density(d, place, t, row);
    if (d->name[place] == d->code[place]) {
        const char *name = text_at(text_column(t, "name"), row);
        d->name[place] = *name ? name : d->name[place];
    }
}

/* Départements and régions are told by the code itself when no file does. */
static status complete_zones(draft *d)
{
    error err;
    for (size_t i = 0; i < d->count; i++) {
        char code[DEPARTEMENT_CODE_BYTES];
        departement_of_commune(d->code[i], code);
        const char **departement = &d->level[LEVEL_DEPARTEMENT][i];
        if (!**departement) {
            *departement = arena_text(d->scratch, code);
            if (!*departement) {
                return fault_of(memory_error(&err, sizeof code), &err, d->list);
            }
        }
        const french_departement *known = french_departement_find(*departement);
        if (!*d->level[LEVEL_REGION][i]) {
            d->level[LEVEL_REGION][i] = known ? known->region : "";
        }
        const french_region *region = french_region_find(d->level[LEVEL_REGION][i]);
        d->level_label[LEVEL_DEPARTEMENT][i] = known ? known->name : "";
        d->level_label[LEVEL_REGION][i] = region ? region->name : "";
    }
    return STATUS_OK;
}

status draft_zones(draft *d)
{
    status rc = STATUS_OK;
    if (d->in->membership) {
        rc = join(d, "membership", d->in->membership, meet_membership);
    }
    if (rc == STATUS_OK && d->in->density) {
        rc = join(d, "density", d->in->density, meet_density);
    }
    return rc == STATUS_OK ? complete_zones(d) : rc;
}

/* --- population --- */

static uint32_t population_place(draft *d, const code_index *index, const char *code, size_t row)
{
    const uint32_t place = draft_find_exactly(d, code);
    const char *commune = place == PLACE_NONE ? commune_of_arrondissement(code) : NULL;
    if (!commune || !d->in->fold_arrondissements) {
        return place;
    }
    if (code_index_find(index, commune) != ROW_NONE) {
        d->population_twice[row] = 1;
        return PLACE_NONE;
    }
    return draft_find_exactly(d, commune);
}

static void add_population(draft *d, const code_index *index, const size_t *order)
{
    const table *t = d->in->population->rows;
    const column *code = text_column(t, "code");
    const column *value = number_column_of(t, "population");
    for (size_t i = 0; i < d->count; i++) {
        d->population[i] = (double)NAN;
    }
    for (size_t i = 0; i < t->rows; i++) {
        const size_t row = order[i];
        const uint32_t place = population_place(d, index, text_at(code, row), row);
        const double persons = number_at(value, row);
        d->population_of[row] = place;
        if (place != PLACE_NONE && !isnan(persons)) {
            const double before = d->population[place];
            d->population[place] = isnan(before) ? persons : before + persons;
        }
    }
}

/* Rows are added in the order of their code, so that sums do not depend on the order of the file.
 */
status draft_population(draft *d)
{
    static const char *const by_code[] = {"code"};
    error err;
    size_t *order = NULL;
    code_index *index = NULL;
    if (!d->in->population) {
        return STATUS_OK;
    }
    const table *t = d->in->population->rows;
    status rc = take_array(d->scratch, t->rows, sizeof *order, &order, d->list);
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, t->rows, sizeof *d->population_of, &d->population_of, d->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, t->rows, sizeof *d->population_twice, &d->population_twice,
                        d->list);
    }
    if (rc == STATUS_OK) {
        rc = code_index_new(&index, t, "code", d->list);
    }
    if (rc == STATUS_OK) {
        rc = fault_of(table_order(t, by_code, 1, order, &err), &err, d->list);
    }
    if (rc == STATUS_OK) {
        add_population(d, index, order);
    }
    code_index_free(index);
    return rc;
}
