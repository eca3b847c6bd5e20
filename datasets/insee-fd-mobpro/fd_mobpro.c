#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/codes.h"
#include "territory/support.h"

static const wanted_column columns[] = {
    {.name = "commune",
     .aliases = ALIASES("COMMUNE"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "arm", .aliases = ALIASES("ARM"), .unit = "", .type = COLUMN_TEXT},
    {.name = "dclt", .aliases = ALIASES("DCLT"), .unit = "", .type = COLUMN_TEXT, .required = true},
    {.name = "dcflt", .aliases = ALIASES("DCFLT"), .unit = "", .type = COLUMN_TEXT},
    {.name = "trans",
     .aliases = ALIASES("TRANS"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "cs",
     .aliases = ALIASES("CS1"),
     .unit = "{class}",
     .type = COLUMN_U32,
     .lowest = 1,
     .highest = 8},
    {.name = "weight",
     .aliases = ALIASES("IPONDI"),
     .unit = "{person}",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true,
     .lowest = 0,
     .highest = 1e6},
};

/* METHODS.md section 3: the values of TRANS changed with the 2017 file. */
static const char *const trans_since_2017[] = {"home",        "walk", "bicycle",
                                               "two_wheeler", "car",  "transit"};
static const char *const trans_before_2017[] = {"home", "walk", "two_wheeler", "car", "transit"};

typedef struct trans_codes {
    const char *const *mode;
    size_t count;
} trans_codes;

enum { MODE_COUNT = 6 };

/* One respondent: the cell of the detail table that it belongs to, and its weight. */
typedef struct respondent {
    uint32_t pair, mode, cs;
    uint32_t row;
    double weight;
} respondent;

typedef struct gathering {
    const imported *in;
    const column *commune, *arm, *dclt, *dcflt, *trans, *cs;
    trans_codes codes;
    respondent *all;
    interner *pairs; /* "oooooj" : both codes glued */
    faults *list;
} gathering;

/* Weight closes the order, so that sums do not depend on the order of the file's rows. */
static int compare_respondents(const void *a, const void *b)
{
    const respondent *x = a;
    const respondent *y = b;
    if (x->pair != y->pair) {
        return x->pair < y->pair ? -1 : 1;
    }
    if (x->mode != y->mode) {
        return x->mode < y->mode ? -1 : 1;
    }
    if (x->cs != y->cs) {
        return x->cs < y->cs ? -1 : 1;
    }
    if (x->weight < y->weight || x->weight > y->weight) {
        return x->weight < y->weight ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static bool told(const char *code, const char *none)
{
    return *code && strcmp(code, none) != 0;
}

/* ARM holds the arrondissement of Paris, Lyon or Marseille, else ZZZZZ. */
static const char *origin_of(const gathering *g, size_t row)
{
    const char *arm = text_at(g->arm, row);
    return told(arm, "ZZZZZ") ? arm : text_at(g->commune, row);
}

/* DCFLT gives the commune of a neighbouring country; its 99999 means "works in France" (quirk 31).
 */
static const char *work_of(const gathering *g, size_t row)
{
    const char *abroad = text_at(g->dcflt, row);
    if (told(abroad, "99999") && strcmp(abroad, "ZZZZZ") != 0) {
        return abroad;
    }
    const char *work = text_at(g->dclt, row);
    return *work ? work : "ZZZZZ";
}

static status refuse_trans(const gathering *g, size_t row)
{
    const char *text = text_at(g->trans, row);
    const source_ref at = table_source(g->in->rows, row);
    if (g->codes.mode == trans_before_2017 && strcmp(text, "6") == 0) {
        return faults_refuse(g->list, at, M_MOBPRO_TRANS_BEFORE, text);
    }
    return faults_refuse(g->list, at, M_MOBPRO_MODE, text,
                         g->codes.mode == trans_before_2017 ? "1..5" : "1..6");
}

static status gather_row(gathering *g, size_t row, double weight)
{
    error err;
    char pair[2 * COMMUNE_CODE_BYTES + 2];
    const char *trans = text_at(g->trans, row);
    const char *origin = origin_of(g, row);
    const char *work = work_of(g, row);
    const size_t mode = (size_t)(unsigned char)trans[0] - '1';
    if (strlen(trans) != 1 || mode >= g->codes.count) {
        return refuse_trans(g, row);
    }
    if (strlen(origin) > COMMUNE_CODE_BYTES || strlen(work) > COMMUNE_CODE_BYTES) {
        return faults_refuse(g->list, table_source(g->in->rows, row), M_MOBPRO_ORIGIN);
    }
    const size_t size = strlen(origin);
    memcpy(pair, origin, size);
    pair[size] = '>';
    memcpy(pair + size + 1, work, strlen(work));
    uint32_t index = 0;
    const status rc =
        interner_add(g->pairs, text_slice_of(pair, size + 1 + strlen(work)), &index, &err);
    const uint32_t cs = g->cs && column_state(g->cs, row) == VALUE_PRESENT ? g->cs->at.u32[row] : 0;
    g->all[row] = (respondent){.pair = index,
                               .mode = (uint32_t)mode,
                               .cs = cs <= 6 ? cs : 0,
                               .row = (uint32_t)row,
                               .weight = weight};
    return fault_of(rc, &err, g->list);
}

static status gather(gathering *g)
{
    status rc = STATUS_OK;
    size_t bad = 0;
    const column *weight = number_column_of(g->in->rows, "weight");
    for (size_t row = 0; row < g->in->rows->rows && bad < READER_MAX_FAULTS; row++) {
        const double w =
            weight && column_state(weight, row) == VALUE_PRESENT ? weight->at.f64[row] : 0;
        const status one = gather_row(g, row, w);
        bad += one != STATUS_OK;
        rc = rc == STATUS_OK ? one : rc;
    }
    return rc;
}

typedef struct detail_columns {
    size_t o, j, mode, cs, workers, variance, respondents;
} detail_columns;

static status add_columns(table_builder *b, detail_columns *c, error *err)
{
    const struct {
        column_spec spec;
        size_t *index;
    } made[] = {
        {{.name = "o", .unit = "", .type = COLUMN_TEXT}, &c->o},
        {{.name = "j", .unit = "", .type = COLUMN_TEXT}, &c->j},
        {{.name = "mode", .unit = "", .type = COLUMN_TEXT}, &c->mode},
        {{.name = "cs", .unit = "{class}", .type = COLUMN_U32}, &c->cs},
        {{.name = "workers", .unit = "{person}", .type = COLUMN_F64, .decimals = -1}, &c->workers},
        {{.name = "variance", .unit = "1", .type = COLUMN_F64, .decimals = -1}, &c->variance},
        {{.name = "respondents", .unit = "1", .type = COLUMN_U32}, &c->respondents},
    };
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof made / sizeof made[0]; i++) {
        rc = table_builder_column(b, &made[i].spec, made[i].index, err);
    }
    return rc;
}

/* One cell of the detail: respondents begin..end share pair, mode and occupation. V = sum w(w-1):
 * Poisson approximation on the weights (METHODS.md section 3). */
static status add_cell(const gathering *g, table_builder *b, const detail_columns *c, size_t begin,
                       size_t end, uint32_t source, error *err)
{
    size_t row = 0;
    double workers = 0;
    double variance = 0;
    uint32_t first = g->all[begin].row;
    for (size_t i = begin; i < end; i++) {
        const double w = g->all[i].weight;
        workers += w;
        variance += w > 1 ? w * (w - 1) : 0;
        first = g->all[i].row < first ? g->all[i].row : first;
    }
    const text_slice pair = interner_at(g->pairs, g->all[begin].pair);
    const char *cut = memchr(pair.at, '>', pair.size);
    const size_t size = (size_t)(cut - pair.at);
    const char *mode = g->codes.mode[g->all[begin].mode];
    status rc = table_builder_rows(b, 1, &row, err);
    if (rc == STATUS_OK) {
        rc = table_builder_text(b, c->o, row, text_slice_of(pair.at, size), err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_text(b, c->j, row, text_slice_of(cut + 1, pair.size - size - 1), err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_text(b, c->mode, row, text_slice_of(mode, strlen(mode)), err);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    table_builder_u32(b, c->cs, row, g->all[begin].cs);
    table_builder_f64(b, c->workers, row, workers);
    table_builder_f64(b, c->variance, row, variance);
    table_builder_u32(b, c->respondents, row, (uint32_t)(end - begin)); /* rows of the file */
    const table *t = g->in->rows;
    table_builder_from(b, row, source, t->source_row ? t->source_row[first] : 0);
    return STATUS_OK;
}

static bool same_cell(const respondent *a, const respondent *b)
{
    return a->pair == b->pair && a->mode == b->mode && a->cs == b->cs;
}

static status add_cells(const gathering *g, const import_request *request, table **out, error *err)
{
    detail_columns c = {0};
    table_builder *b = NULL;
    uint32_t source = 0;
    const size_t count = g->in->rows->rows;
    status rc = table_builder_new(&b, g->in->rows->name, err);
    if (rc == STATUS_OK) {
        rc = add_columns(b, &c, err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_source(b, request->path, &source, err);
    }
    for (size_t begin = 0, end = 0; rc == STATUS_OK && begin < count; begin = end) {
        for (end = begin + 1; end < count && same_cell(&g->all[begin], &g->all[end]);) {
            end++;
        }
        rc = add_cell(g, b, &c, begin, end, source, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, out, err);
    }
    table_builder_free(b);
    return rc;
}

static status aggregate(const import_request *request, imported *in, trans_codes codes,
                        faults *faults_list)
{
    error err;
    table *detail = NULL;
    const table *t = in->rows;
    gathering g = {.in = in,
                   .commune = text_column(t, "commune"),
                   .arm = text_column(t, "arm"),
                   .dclt = text_column(t, "dclt"),
                   .dcflt = text_column(t, "dcflt"),
                   .trans = text_column(t, "trans"),
                   .cs = table_find(t, "cs"),
                   .codes = codes,
                   .list = faults_list};
    g.all = memory_new(t->rows, sizeof *g.all);
    status rc = g.all ? interner_new(&g.pairs, &err) : memory_error(&err, t->rows * sizeof *g.all);
    rc = fault_of(rc, &err, faults_list);
    if (rc == STATUS_OK) {
        rc = gather(&g);
    }
    if (rc == STATUS_OK) {
        qsort(g.all, t->rows, sizeof *g.all, compare_respondents);
        rc = fault_of(add_cells(&g, request, &detail, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        table_free(in->rows);
        in->rows = detail;
    }
    memory_free(g.all);
    interner_free(g.pairs);
    return rc;
}

/* The year in the file's name: "RP2021_mobpro.csv", "FD_MOBPRO_2019.csv"; 0 when there is none. */
static int32_t year_of_name(const char *path)
{
    const char *name = strrchr(path, '/');
    int32_t year = 0;
    for (const char *at = name ? name + 1 : path; *at; at++) {
        uint64_t value = 0;
        const bool four = strnlen(at, 4) == 4 && text_to_u64(text_slice_of(at, 4), &value);
        if (four && value >= 2006 && value <= 2099) {
            year = (int32_t)value;
        }
    }
    return year;
}

/* The year of the data: in the file's name, else the vintage that the run file tells. That one may
 * be the geographic code's, one or two years later: 2017 and 2018 do not settle it. */
static int32_t data_year(const import_request *request)
{
    const int32_t year = year_of_name(request->path);
    const bool settled = request->vintage < 2017 || request->vintage > 2018;
    return year == 0 && settled ? request->vintage : year;
}

static status aggregate_by_year(const import_request *request, imported *in, faults *faults_list)
{
    const int32_t year = data_year(request);
    in->vintage = year;
    if (year == 0) {
        faults_warn(faults_list, source_at(request->path, 0, 0), M_MOBPRO_TRANS_YEAR);
    }
    const bool before = year != 0 && year < 2017;
    const trans_codes codes =
        before ? (trans_codes){trans_before_2017, 5} : (trans_codes){trans_since_2017, MODE_COUNT};
    return aggregate(request, in, codes, faults_list);
}

static status aggregate_before_2017(const import_request *request, imported *in,
                                    faults *faults_list)
{
    in->vintage = year_of_name(request->path);
    return aggregate(request, in, (trans_codes){trans_before_2017, 5}, faults_list);
}

#define FD_MOBPRO(of_id, since_fr, since_en, of_finish)                                            \
    {                                                                                              \
        .id = of_id, .role = "detail",                                                             \
        .title_fr = "Mobilités professionnelles : fichier détail" since_fr,                        \
        .title_en = "Commuting: census detail file" since_en,                                      \
        .producer = "Insee, recensement de la population, fichier détail MOBPRO",                  \
        .licence = "Licence Ouverte 2.0", .columns = columns,                                      \
        .column_count = sizeof columns / sizeof columns[0], .separators = ";,",                    \
        .finish = of_finish                                                                        \
    }

const importer importer_insee_fd_mobpro = FD_MOBPRO("insee-fd-mobpro", "", "", aggregate_by_year);
const importer importer_insee_fd_mobpro_before_2017 = FD_MOBPRO(
    "insee-fd-mobpro-before-2017", " (avant 2017)", " (before 2017)", aggregate_before_2017);
