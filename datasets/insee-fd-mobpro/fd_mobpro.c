#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "table/code_ranks.h"
#include "table/groups.h"
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

enum { MODE_COUNT = 6, OCCUPATIONS = 6, MODE_NONE = 255 };

/* What each word of a column means, so that a row is a few look-ups: the residence and the work
 * place as ranks of codes, the mode as a number. */
typedef struct gathering {
    const imported *in;
    const column *commune, *arm, *dclt, *dcflt, *trans, *cs, *weight;
    trans_codes codes;
    code_ranks *ranks;
    const uint32_t *commune_rank, *dclt_rank;
    uint32_t *arm_rank, *dcflt_rank; /* by word; RANK_NONE: it tells nothing */
    uint8_t *mode;                   /* by word of trans; MODE_NONE: refused */
    uint32_t nothing, unknown;       /* ranks of "" and ZZZZZ */
    faults *list;
} gathering;

#define RANK_NONE UINT32_MAX

static bool told(const char *code, const char *none)
{
    return *code && strcmp(code, none) != 0;
}

/* ARM holds the arrondissement of Paris, Lyon or Marseille, else ZZZZZ. */
static uint32_t origin_of(const gathering *g, size_t row)
{
    if (g->arm && column_state(g->arm, row) == VALUE_PRESENT) {
        const uint32_t rank = g->arm_rank[g->arm->at.u32[row]];
        if (rank != RANK_NONE) {
            return rank;
        }
    }
    return column_state(g->commune, row) == VALUE_PRESENT ? g->commune_rank[g->commune->at.u32[row]]
                                                          : g->nothing;
}

/* DCFLT gives the commune of a neighbouring country; its 99999 means "works in France" (quirk 31).
 */
static uint32_t work_of(const gathering *g, size_t row)
{
    if (g->dcflt && column_state(g->dcflt, row) == VALUE_PRESENT) {
        const uint32_t rank = g->dcflt_rank[g->dcflt->at.u32[row]];
        if (rank != RANK_NONE) {
            return rank;
        }
    }
    return column_state(g->dclt, row) == VALUE_PRESENT ? g->dclt_rank[g->dclt->at.u32[row]]
                                                       : g->unknown;
}

static uint8_t mode_of(const gathering *g, size_t row)
{
    return column_state(g->trans, row) == VALUE_PRESENT ? g->mode[g->trans->at.u32[row]]
                                                        : MODE_NONE;
}

static void read_respondents(const void *context, size_t begin, size_t end, group_row *out)
{
    const gathering *g = context;
    for (size_t row = begin; row < end; row++) {
        const uint32_t cs =
            g->cs && column_state(g->cs, row) == VALUE_PRESENT ? g->cs->at.u32[row] : 0;
        const bool weighed = g->weight && column_state(g->weight, row) == VALUE_PRESENT;
        *out++ = (group_row){.first = origin_of(g, row),
                             .second = work_of(g, row),
                             .minor = mode_of(g, row) * (OCCUPATIONS + 1u) +
                                      (cs <= OCCUPATIONS ? cs : 0),
                             .weight = weighed ? g->weight->at.f64[row] : 0};
    }
}

/* --- what the words mean --- */

static status mean_modes(gathering *g, error *err)
{
    const words *w = &g->trans->words;
    g->mode = memory_new(w->count, sizeof *g->mode);
    if (!g->mode) {
        return memory_error(err, w->count);
    }
    for (uint32_t i = 0; i < w->count; i++) {
        const char *text = words_at(w, i);
        const size_t mode = (size_t)(unsigned char)text[0] - '1';
        g->mode[i] = strlen(text) == 1 && mode < g->codes.count ? (uint8_t)mode : MODE_NONE;
    }
    return STATUS_OK;
}

/* Ranks of a column's words, without those that tell nothing. */
static status mean_codes(const gathering *g, const column *c, size_t index, const char *none,
                         uint32_t **out, error *err)
{
    if (!c) {
        return STATUS_OK;
    }
    *out = memory_new(c->words.count, sizeof **out);
    if (!*out) {
        return memory_error(err, c->words.count * sizeof **out);
    }
    for (uint32_t i = 0; i < c->words.count; i++) {
        const char *code = words_at(&c->words, i);
        const bool tells = told(code, none) && strcmp(code, "ZZZZZ") != 0;
        (*out)[i] = tells ? code_ranks_of_words(g->ranks, index)[i] : RANK_NONE;
    }
    return STATUS_OK;
}

static status mean_words(gathering *g, error *err)
{
    static const char *const always[] = {"", "ZZZZZ"};
    const column *const coded[] = {g->commune, g->dclt, g->arm, g->dcflt};
    status rc = code_ranks_new(&g->ranks, coded, 4, always, 2, err);
    if (rc != STATUS_OK) {
        return rc;
    }
    g->commune_rank = code_ranks_of_words(g->ranks, 0);
    g->dclt_rank = code_ranks_of_words(g->ranks, 1);
    g->nothing = code_ranks_find(g->ranks, "");
    g->unknown = code_ranks_find(g->ranks, "ZZZZZ");
    rc = mean_codes(g, g->arm, 2, "ZZZZZ", &g->arm_rank, err);
    if (rc == STATUS_OK) {
        rc = mean_codes(g, g->dcflt, 3, "99999", &g->dcflt_rank, err);
    }
    return rc == STATUS_OK ? mean_modes(g, err) : rc;
}

/* --- rows that are refused --- */

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

static bool is_too_long(const gathering *g, uint32_t rank)
{
    return code_ranks_at(g->ranks, rank).size > COMMUNE_CODE_BYTES;
}

/* Whether a row may be refused: what no word of the file can cause is not looked for in rows. */
static bool may_refuse(const gathering *g)
{
    bool may = g->trans->state != NULL;
    for (uint32_t i = 0; i < g->trans->words.count; i++) {
        may = may || g->mode[i] == MODE_NONE;
    }
    for (uint32_t i = 0; i < code_ranks_count(g->ranks); i++) {
        may = may || is_too_long(g, i);
    }
    return may;
}

static status refuse_rows(const gathering *g)
{
    size_t bad = 0;
    if (!may_refuse(g)) {
        return STATUS_OK;
    }
    for (size_t row = 0; row < g->in->rows->rows && bad < READER_MAX_FAULTS; row++) {
        status one = STATUS_OK;
        if (mode_of(g, row) == MODE_NONE) {
            one = refuse_trans(g, row);
        } else if (is_too_long(g, origin_of(g, row)) || is_too_long(g, work_of(g, row))) {
            one = faults_refuse(g->list, table_source(g->in->rows, row), M_MOBPRO_ORIGIN);
        }
        bad += one != STATUS_OK;
    }
    return bad ? STATUS_INPUT : STATUS_OK;
}

/* --- the table of cells --- */

typedef struct detail_columns {
    size_t o, j, mode, cs, workers, variance, respondents;
} detail_columns;

typedef struct detail {
    const gathering *g;
    table_builder *b;
    detail_columns c;
    uint32_t source;
    uint32_t *o, *j; /* words, by rank; RANK_NONE: not there */
    uint32_t mode[MODE_COUNT];
} detail;

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

static void note_codes(void *context, size_t index, const group *cell)
{
    const detail *d = context;
    (void)index;
    /* The same value from every thread that writes it. */
    __atomic_store_n(&d->o[cell->first], 0, __ATOMIC_RELAXED);
    __atomic_store_n(&d->j[cell->second], 0, __ATOMIC_RELAXED);
}

/* Words in the order of codes, of those that have a row. */
static status add_words(detail *d, size_t column_index, uint32_t *word, error *err)
{
    status rc = STATUS_OK;
    for (uint32_t i = 0; rc == STATUS_OK && i < code_ranks_count(d->g->ranks); i++) {
        if (word[i] != RANK_NONE) {
            rc = table_builder_word(d->b, column_index, code_ranks_at(d->g->ranks, i), &word[i],
                                    err);
        }
    }
    return rc;
}

/* One cell of the detail: its respondents share pair, mode and occupation. V = sum w(w-1): Poisson
 * approximation on the weights (METHODS.md section 3). */
static void set_cell(void *context, size_t row, const group *cell)
{
    const detail *d = context;
    const table *t = d->g->in->rows;
    double workers = 0;
    double variance = 0;
    uint32_t first = cell->members[0].row;
    for (size_t i = 0; i < cell->count; i++) {
        const double w = cell->members[i].weight;
        workers += w;
        variance += w > 1 ? w * (w - 1) : 0;
        first = cell->members[i].row < first ? cell->members[i].row : first;
    }
    table_builder_set_word(d->b, d->c.o, row, d->o[cell->first]);
    table_builder_set_word(d->b, d->c.j, row, d->j[cell->second]);
    table_builder_set_word(d->b, d->c.mode, row, d->mode[cell->minor / (OCCUPATIONS + 1)]);
    table_builder_u32(d->b, d->c.cs, row, cell->minor % (OCCUPATIONS + 1));
    table_builder_f64(d->b, d->c.workers, row, workers);
    table_builder_f64(d->b, d->c.variance, row, variance);
    table_builder_u32(d->b, d->c.respondents, row, (uint32_t)cell->count); /* rows of the file */
    table_builder_from(d->b, row, d->source, t->source_row ? t->source_row[first] : 0);
}

static status take_words(detail *d, error *err)
{
    const size_t count = code_ranks_count(d->g->ranks);
    d->o = memory_new(count, sizeof *d->o);
    d->j = memory_new(count, sizeof *d->j);
    if (!d->o || !d->j) {
        return memory_error(err, count * sizeof *d->o);
    }
    memset(d->o, 0xff, count * sizeof *d->o);
    memset(d->j, 0xff, count * sizeof *d->j);
    return STATUS_OK;
}

static status name_cells(detail *d, const groups *cells, error *err)
{
    status rc = take_words(d, err);
    if (rc == STATUS_OK) {
        rc = groups_each(cells, note_codes, d, err);
    }
    if (rc == STATUS_OK) {
        rc = add_words(d, d->c.o, d->o, err);
    }
    if (rc == STATUS_OK) {
        rc = add_words(d, d->c.j, d->j, err);
    }
    for (size_t m = 0; rc == STATUS_OK && m < d->g->codes.count; m++) {
        const char *mode = d->g->codes.mode[m];
        rc = table_builder_word(d->b, d->c.mode, text_slice_of(mode, strlen(mode)), &d->mode[m],
                                err);
    }
    return rc;
}

static status add_cells(const gathering *g, const groups *cells, const import_request *request,
                        table **out, error *err)
{
    detail d = {.g = g};
    size_t first = 0;
    status rc = table_builder_new(&d.b, g->in->rows->name, err);
    if (rc == STATUS_OK) {
        rc = add_columns(d.b, &d.c, err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_source(d.b, request->path, &d.source, err);
    }
    if (rc == STATUS_OK) {
        rc = name_cells(&d, cells, err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_rows(d.b, groups_count(cells), &first, err);
    }
    if (rc == STATUS_OK) {
        rc = groups_each(cells, set_cell, &d, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(d.b, out, err);
    }
    table_builder_free(d.b);
    memory_free(d.o);
    memory_free(d.j);
    return rc;
}

static status group_rows(const gathering *g, const import_request *request, table **out, error *err)
{
    groups *cells = NULL;
    const group_source source = {.rows = g->in->rows->rows,
                                 .codes = code_ranks_count(g->ranks),
                                 .minors = MODE_COUNT * (OCCUPATIONS + 1),
                                 .read = read_respondents,
                                 .context = g};
    status rc = groups_new(&cells, &source, err);
    if (rc == STATUS_OK) {
        rc = add_cells(g, cells, request, out, err);
    }
    groups_free(cells);
    return rc;
}

static status aggregate(const import_request *request, imported *in, trans_codes codes,
                        faults *faults_list)
{
    error err;
    table *made = NULL;
    const table *t = in->rows;
    gathering g = {.in = in,
                   .commune = text_column(t, "commune"),
                   .arm = text_column(t, "arm"),
                   .dclt = text_column(t, "dclt"),
                   .dcflt = text_column(t, "dcflt"),
                   .trans = text_column(t, "trans"),
                   .cs = table_find(t, "cs"),
                   .weight = number_column_of(t, "weight"),
                   .codes = codes,
                   .list = faults_list};
    status rc = fault_of(mean_words(&g, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = refuse_rows(&g);
    }
    if (rc == STATUS_OK) {
        rc = fault_of(group_rows(&g, request, &made, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        table_free(in->rows);
        in->rows = made;
    }
    code_ranks_free(g.ranks);
    memory_free(g.arm_rank);
    memory_free(g.dcflt_rank);
    memory_free(g.mode);
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
