#include "quirks.h"

void refuses(fixture *f, const char *role, const char *name, const char *text, const char *sentence)
{
    imported out;
    assert_int_equal(import_text(f, role, NULL, name, text, NULL, 0, &out), STATUS_INPUT);
    assert_null(out.rows);
    (void)told(f, sentence);
}

const fault *told(const fixture *f, const char *sentence)
{
    for (size_t i = 0; i < faults_count(f->list); i++) {
        if (strstr(faults_at(f->list, i)->en, sentence)) {
            return faults_at(f->list, i);
        }
    }
    print_faults(f->list);
    fail_msg("not told: %s", sentence);
    return NULL;
}

void anew(fixture *f)
{
    error err;
    ledger_free(f->balance);
    faults_free(f->list);
    assert_int_equal(ledger_new(&f->balance, &err), STATUS_OK);
    assert_int_equal(faults_new(&f->list, &err), STATUS_OK);
}

value_state state_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    return column_state(c, row);
}

size_t row_of(const table *t, const char *name, const char *text)
{
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(text_of(t, name, row), text) == 0) {
            return row;
        }
    }
    fail_msg("no %s %s", name, text);
    return 0;
}

placing place_venues(fixture *f, const char *communes, const char *name, const char *text,
                     const char *postcodes)
{
    return place_named(f, communes, name, text, postcodes, NULL);
}

placing place_named(fixture *f, const char *communes, const char *name, const char *text,
                    const char *postcodes, const char *official)
{
    static const char two[] = "code,nom,lon,lat\n77001,Achères,2.5,48.5\n77002,Barbizon,2.6,48.5\n";
    placing p = {.communes = import_good(f, "communes", communes ? "c.geojson" : "c.csv",
                                         communes ? communes : two)};
    if (communes && communes[0] != '{') {
        fail_msg("communes are GeoJSON here");
    }
    p.rows = import_good(f, "venues", name, text);
    const territory_inputs in = {.communes = &p.communes};
    p.t = build(f, &in);
    assert_int_equal(taxonomy_read(TAXONOMY, &p.kinds, f->list), STATUS_OK);
    venue_list list = {.id = "liste", .rows = &p.rows, .kind = "ART.FABLAB"};
    if (postcodes) {
        p.postcodes = import_good(f, "postcodes", "p.csv", postcodes);
        list.postcodes = &p.postcodes;
    }
    if (official) {
        p.names = import_good(f, "names", "cog.csv", official);
    }
    const venues_inputs wanted = {
        .lists = &list, .list_count = 1, .names = official ? &p.names : NULL};
    const status rc = venues_place(p.t, p.kinds, &wanted, f->balance, &p.made, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    error err;
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    return p;
}

void placing_clear(placing *p)
{
    venues_free(p->made);
    taxonomy_free(p->kinds);
    territory_free(p->t);
    imported_clear(&p->communes);
    imported_clear(&p->rows);
    imported_clear(&p->postcodes);
    imported_clear(&p->names);
}

void rejected(const fixture *f, const char *value, uint64_t line)
{
    error err;
    table *balance = NULL, *rejects = NULL;
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    assert_int_equal(ledger_tables(f->balance, &balance, &rejects, &err), STATUS_OK);
    const size_t row = row_of(rejects, "value", value);
    assert_int_equal(table_find(rejects, "line")->at.i64[row], line);
    table_free(balance);
    table_free(rejects);
}

size_t counted(const fixture *f, const char *role, const char *outcome, const char *reason)
{
    error err;
    size_t rows = 0;
    table *balance = NULL, *rejects = NULL;
    assert_int_equal(ledger_tables(f->balance, &balance, &rejects, &err), STATUS_OK);
    for (size_t r = 0; r < balance->rows; r++) {
        if (strcmp(text_of(balance, "role", r), role) == 0 &&
            strcmp(text_of(balance, "outcome", r), outcome) == 0 &&
            strstr(text_of(balance, "reason_en", r), reason)) {
            rows += (size_t)table_find(balance, "rows")->at.i64[r];
        }
    }
    table_free(balance);
    table_free(rejects);
    return rows;
}

/* As a run does: vintages are judged, the population first, and communes carried first. */
static void carry_to(fixture *f, job *j, const job_files *files)
{
    error err;
    vintage_converter *c = NULL;
    carry_log *log = NULL;
    const struct {
        const char *role;
        imported *in;
    } inputs[] = {{"population", &j->population}, {"communes", &j->communes}, {"flows", &j->flows}};
    const int32_t said[] = {files->population_vintage, files->communes_vintage, VINTAGE_NONE};
    int32_t vintage[3] = {0};
    const converter_options options = {
        .movements = &j->movements, .pivot = files->pivot, .where = source_at("run.yaml", 3, 1)};
    assert_int_equal(converter_new(&options, &c, f->list), STATUS_OK);
    assert_int_equal(carry_log_new(&log, &err), STATUS_OK);
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < 3; i++) {
        rc = inputs[i].in->rows ? converter_judge(c, inputs[i].role, inputs[i].in, said[i],
                                                  source_at("run.yaml", 5, 1), &vintage[i], f->list)
                                : STATUS_OK;
    }
    if (rc == STATUS_OK && j->population.rows) {
        rc = converter_weigh(c, j->population.rows, vintage[0], f->list);
    }
    for (size_t turn = 0; rc == STATUS_OK && turn < 3; turn++) {
        static const size_t order[] = {1, 0, 2};
        const size_t i = order[turn];
        rc = inputs[i].in->rows
                 ? converter_convert(c, inputs[i].role, vintage[i], inputs[i].in, log, f->list)
                 : STATUS_OK;
    }
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    carry_log_free(log);
    converter_free(c);
}

job run_files(fixture *f, const job_files *files)
{
    static const double modes[COMMUTE_MODE_COUNT] = {0, 0, 0, 0, 0, 1, 0, 0};
    static const double cs[7] = {0, 1, 0, 0, 0, 0, 0};
    const char *text = files->communes;
    job j = {.communes =
                 import_good(f, "communes", text[0] == '{' ? "c.geojson" : "communes.csv", text)};
    if (files->population) {
        j.population = import_good(f, "population", "population.csv", files->population);
    }
    if (files->flows) {
        j.flows = import_good(f, "flows", "flux.csv", files->flows);
    }
    if (files->movements) {
        j.movements = import_good(f, "movements", "movements.csv", files->movements);
        carry_to(f, &j, files);
    }
    const territory_inputs in = {.communes = &j.communes,
                                 .population = files->population ? &j.population : NULL,
                                 .fold_arrondissements = files->fold};
    j.t = build(f, &in);
    if (files->flows) {
        const flows_inputs with = {
            .base = &j.flows, .mode_share = modes, .cs_share = cs, .weight = 2.5};
        const status rc = flows_build(j.t, &with, f->balance, &j.made, f->list);
        if (rc != STATUS_OK) {
            print_faults(f->list);
        }
        assert_int_equal(rc, STATUS_OK);
    }
    error err;
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    return j;
}

job run_job(fixture *f, const char *communes, const char *population, const char *text, bool fold)
{
    const job_files files = {
        .communes = communes, .population = population, .flows = text, .fold = fold};
    return run_files(f, &files);
}

void job_clear(job *j)
{
    flows_free(j->made);
    territory_free(j->t);
    imported_clear(&j->movements);
    imported_clear(&j->communes);
    imported_clear(&j->population);
    imported_clear(&j->flows);
}
