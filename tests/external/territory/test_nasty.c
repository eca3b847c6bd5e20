/* Hostile and broken files: each is refused with the place of its fault, or goes on and says so. */
#include "shared.h"

static const column_binding by_code[] = {{"code", "code"}};
static const column_binding names_code[] = {{"code", "COM"}};
static const column_binding population_columns[] = {{"code", "COM"}, {"population", "PMUN"}};
static const column_binding venue_columns[] = {{"id", "id"},
                                               {"name", "nom"},
                                               {"kind", "type"},
                                               {"functions", "fonctions"},
                                               {"commune", "code_commune"}};
static const kind_rule kind_map[] = {{"fablab", "ART.FABLAB"},
                                     {"culture", "ART.CULT"},
                                     {"atelier", "ART.ATELIER"},
                                     {"coworking", "ACT.COWORK"},
                                     {"social", "ACT.SOCIAL"}};

/* A run of the base set with one file replaced. */
typedef struct base_run {
    fixture f;
    imported communes, names, population, flows, venues, cells;
    territory *t;
    flows *commuting;
    venues *placed;
    status rc;
} base_run;

static const char *file_for(const char *role, const char *base, const char *wrong_role,
                            const char *wrong)
{
    static char relative[4][128];
    static int next;
    char *at = relative[next++ % 4];
    (void)snprintf(at, sizeof relative[0], "nasty/%s",
                   strcmp(role, wrong_role) == 0 ? wrong : base);
    return shared_path(at);
}

static void read_base(base_run *r, const char *wrong_role, const char *wrong)
{
    fixture *f = &r->f;
    const status all[] = {
        import(f, "communes", file_for("contours", "base/contours.geojson", wrong_role, wrong),
               NULL, by_code, 1, 0, &r->communes),
        import(f, "names", file_for("communes", "base/communes.csv", wrong_role, wrong), NULL,
               names_code, 1, 0, &r->names),
        import(f, "population", shared_path("nasty/base/population.csv"), NULL, population_columns,
               2, 0, &r->population),
        import(f, "flows", file_for("flows", "base/flows.csv", wrong_role, wrong),
               "insee-base-flux", NULL, 0, 0, &r->flows),
        import(f, "venues", file_for("venues", "base/venues.csv", wrong_role, wrong), NULL,
               venue_columns, 5, 0, &r->venues),
        import(f, "cells", file_for("grid", "base/grid.csv", wrong_role, wrong), "insee-grid-200m",
               NULL, 0, 0, &r->cells)};
    r->rc = STATUS_OK;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        r->rc = r->rc == STATUS_OK ? all[i] : r->rc;
    }
}

static void build_base(base_run *r)
{
    static const double modes[COMMUTE_MODE_COUNT] = {0, 0.035, 0.06, 0.025, 0.02, 0.71, 0.15, 0};
    static const double cs[7] = {0, 0.015, 0.068, 0.216, 0.247, 0.262, 0.192};
    taxonomy *kinds = NULL;
    const territory_inputs in = {.communes = &r->communes,
                                 .names = &r->names,
                                 .population = &r->population,
                                 .cells = &r->cells,
                                 .fold_arrondissements = true};
    const flows_inputs inputs = {
        .base = &r->flows, .mode_share = modes, .cs_share = cs, .weight = 2.5};
    const venue_list lists[] = {
        {.id = "venues", .rows = &r->venues, .kind_map = kind_map, .kind_map_count = 5}};
    r->rc = territory_build(&in, r->f.balance, &r->t, r->f.list);
    if (r->rc == STATUS_OK) {
        r->rc = flows_build(r->t, &inputs, r->f.balance, &r->commuting, r->f.list);
    }
    if (r->rc == STATUS_OK) {
        r->rc =
            taxonomy_read(BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv", &kinds, r->f.list);
    }
    if (r->rc == STATUS_OK) {
        const venues_inputs wanted = {.lists = lists, .list_count = 1};
        r->rc = venues_place(r->t, kinds, &wanted, r->f.balance, &r->placed, r->f.list);
    }
    taxonomy_free(kinds);
}

static void run_base(base_run *r, const char *wrong_role, const char *wrong)
{
    *r = (base_run){0};
    fixture_open(&r->f);
    read_base(r, wrong_role, wrong);
    if (r->rc == STATUS_OK) {
        build_base(r);
    }
    if (r->rc == STATUS_OK) {
        error err;
        assert_int_equal(ledger_check(r->f.balance, &err), STATUS_OK);
    }
}

static void close_base(base_run *r)
{
    venues_free(r->placed);
    flows_free(r->commuting);
    territory_free(r->t);
    imported *const all[] = {&r->communes, &r->names,  &r->population,
                             &r->flows,    &r->venues, &r->cells};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        imported_clear(all[i]);
    }
    fixture_close(&r->f);
}

/* `text`, and `line` when it is not 0, must be in one of the faults. */
static bool told(const faults *list, const char *text, uint64_t line)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        if (strstr(f->en, text) && (line == 0 || f->line == line)) {
            return true;
        }
    }
    return false;
}

typedef struct nasty_case {
    const char *role, *file;
    bool refused;
    const char *text;
    uint64_t line;
} nasty_case;

static const nasty_case cases[] = {
    {"none", "", false, "", 0},
    {"communes", "open/01_communes_bom_crlf.csv", false, "", 0},
    {"communes", "open/03_communes_latin1.csv", false, "", 0},
    {"communes", "open/05_communes_dup_code.csv", true, "23008", 0},
    {"communes", "open/07_communes_lost_zero.csv", true, "1004 is not 5 characters; leading zero",
     12},
    {"communes", "open/09_communes_missing_col.csv", true, "missing column \"COM\"", 1},
    {"communes", "open/11_communes_empty.csv", true, "", 0},
    {"communes", "open/13_communes_ragged.csv", true, "", 6},
    {"communes", "open/15_communes_nul.csv", true, "", 6},
    {"communes", "open/17_communes_unclosed_quote.csv", true, "", 4},
    {"flows", "open/19_flows_negative.csv", true, "-310.25", 3},
    {"flows", "open/21_flows_nan.csv", true, "", 5},
    {"flows", "open/23_flows_decimal_comma.csv", true, "", 7},
    {"flows", "open/25_flows_unknown_code.csv", false, "23999", 0},
    {"flows", "open/27_flows_foreign.csv", false, "abroad", 0},
    {"flows", "open/29_flows_dup_pair.csv", true, "duplicate pair 23096-87085: lines 3 and 18", 18},
    {"flows", "open/31_flows_huge_field.csv", true, "", 2},
    {"flows", "open/33_flows_wrong_sep.csv", true, "one column found", 1},
    {"flows", "open/35_flows_number_junk.csv", true, "", 8},
    {"venues", "open/37_venues_formula.csv", false, "", 0},
    {"venues", "open/39_venues_html.csv", false, "", 0},
    {"venues", "open/41_venues_sql.csv", false, "", 0},
    {"venues", "open/43_venues_swapped_latlon.csv", false, "swapped", 2},
    {"venues", "open/45_venues_null_island.csv", false, "0, 0 is refused", 5},
    {"venues", "open/47_venues_bad_function.csv", true, "unknown function \"z\"; allowed: a-h", 6},
    {"venues", "open/49_venues_bidi_ctrl.csv", false, "reported as changed", 2},
    {"grid", "open/51_grid_bad_id.csv", true, "bad cell id", 3},
    {"contours", "open/53_contours_bowtie.geojson", false, "23096", 0},
    {"contours", "open/55_contours_nan.geojson", true, "", 0},
    {"contours", "open/57_contours_deep.geojson", true, "", 0},
    {"venues", "open/59_venues_corrupt.gpkg", true, "", 0},
    {"venues", "open/61_venues_vrt_disguised.csv", true, "", 1},
};

static void broken_files_are_refused_or_told(void **state)
{
    (void)state;
    size_t wrong = 0;
    SKIP_WITHOUT("nasty/base/run.yaml");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        base_run r;
        const nasty_case *c = &cases[i];
        run_base(&r, c->role, c->file);
        const bool refused = r.rc == STATUS_INPUT;
        const bool good = refused == c->refused && (refused || r.rc == STATUS_OK) &&
                          (!*c->text && !c->line ? true : told(r.f.list, c->text, c->line));
        if (!good) {
            print_message("%s: status %d, wanted %s\n", c->file, (int)r.rc,
                          c->refused ? "a refusal" : "a warning");
            print_faults(r.f.list);
            wrong++;
        }
        close_base(&r);
    }
    assert_int_equal(wrong, 0);
}

/* Swapped coordinates that the commune named confirms are put back in order; the text of the others
 * is kept in full.
 */
static void swapped_venues_are_put_right(void **state)
{
    (void)state;
    SKIP_WITHOUT("nasty/base/run.yaml");
    base_run r;
    run_base(&r, "venues", "open/43_venues_swapped_latlon.csv");
    assert_int_equal(r.placed->count, 6);
    assert_string_equal(r.placed->id[0], "venues:v001");
    assert_string_equal(column_text(table_find(r.placed->rows, "placement"), 0), "coordinates");
    assert_true(says(r.f.list, "put back in order"));
    assert_string_equal(r.t->code[r.placed->place[0]], "23096");
    close_base(&r);
    run_base(&r, "venues", "open/37_venues_formula.csv");
    assert_true(strchr("=+-@", r.placed->name[0][0]) != NULL);
    close_base(&r);
}

static void an_unknown_code_is_in_the_rejects(void **state)
{
    (void)state;
    SKIP_WITHOUT("nasty/base/run.yaml");
    base_run r;
    error err;
    table *balance = NULL;
    table *rejects = NULL;
    run_base(&r, "flows", "open/25_flows_unknown_code.csv");
    assert_int_equal(ledger_tables(r.f.balance, &balance, &rejects, &err), STATUS_OK);
    assert_int_equal(rejects->rows, 1);
    assert_string_equal(column_text(table_find(rejects, "value"), 0), "23999");
    table_free(balance);
    table_free(rejects);
    close_base(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_files_are_refused_or_told),
        cmocka_unit_test(swapped_venues_are_put_right),
        cmocka_unit_test(an_unknown_code_is_in_the_rejects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
