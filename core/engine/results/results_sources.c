/* The sources of a run: the files it read, and the roads it went by. */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/results/results_model.h"

enum {
    S_ROLE,
    S_FILE,
    S_TITLE,
    S_PRODUCER,
    S_LICENCE,
    S_ENCODING,
    S_CONTENT,
    S_VINTAGE,
    S_ROWS,
    S_COUNT
};
static const column_spec source_columns[S_COUNT] = {
    {"role", "Rôle", "Role", "", COLUMN_TEXT, -1},
    {"file", "Fichier", "File", "", COLUMN_TEXT, -1},
    {"title", "Intitulé", "Title", "", COLUMN_TEXT, -1},
    {"producer", "Producteur", "Producer", "", COLUMN_TEXT, -1},
    {"licence", "Licence", "Licence", "", COLUMN_TEXT, -1},
    {"encoding", "Encodage", "Encoding", "", COLUMN_TEXT, -1},
    {"content_sha256", "Empreinte du contenu (SHA-256, quel que soit l’ordre des lignes)",
     "Digest of the content (SHA-256, whatever the order of the rows)", "", COLUMN_TEXT, -1},
    {"vintage", "Millésime", "Vintage", "1", COLUMN_I64, -1},
    {"rows", "Lignes", "Rows", "1", COLUMN_I64, -1},
};

const char *encoding_word(encoding e)
{
    return e == ENCODING_LATIN1 ? "ISO-8859-1" : e == ENCODING_UTF8 ? "UTF-8" : "";
}

const char *input_file(const imported *in)
{
    bool known = in->rows != NULL && in->rows->source_file_count > 0;
    return base_name_of(known ? in->rows->source_files[0] : "");
}

static status texts(maker *m, size_t row, const char *const *values, size_t count, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < count; i++)
        s = maker_text(m, i, row, values[i], err);
    return s;
}

static status source_row(maker *m, size_t row, error *err)
{
    const char *role = m->b->input_roles[row];
    const imported *in = m->b->inputs[row];
    language lang = m->b->d->scenario->language;
    const importer *by = in->by;
    const char *const values[] = {role,
                                  input_file(in),
                                  by != NULL ? tr(lang, by->title_fr, by->title_en) : "",
                                  by != NULL ? by->producer : "",
                                  by != NULL ? by->licence : "",
                                  encoding_word(in->facts.encoding),
                                  m->b->input_content[row].hex};
    status s = texts(m, row, values, sizeof values / sizeof *values, err);
    if (in->vintage != 0)
        table_builder_i64(m->builder, S_VINTAGE, row, in->vintage);
    table_builder_i64(m->builder, S_ROWS, row,
                      (int64_t)(in->facts.rows > 0 ? in->facts.rows
                                : in->rows != NULL ? in->rows->rows
                                                   : 0));
    return s;
}

/* --- roads --- */

static const char *fact_of(const costs_facts *facts, const char *key)
{
    for (size_t i = 0; facts != NULL && i < facts->count; i++) {
        if (strcmp(facts->item[i].key, key) == 0)
            return facts->item[i].value;
    }
    return "";
}

static const char *road_file(const build *b, size_t mode)
{
    const scenario *s = b->d->scenario;
    const bool by_road = mode < s->mode_count && s->travel != NULL && mode < b->d->cost_count &&
                         b->d->costs[mode]->source == TRAVEL_ROADS;
    return by_road ? s->travel[mode].network.path : NULL;
}

bool road_source_at(const build *b, size_t mode, road_source *out)
{
    static const char odbl[] = "ODbL 1.0 (openstreetmap.org/copyright)";
    static const road_source osm = {NULL, M_SOURCE_ROADS, M_SOURCE_OSM,
                                    odbl, odbl,           M_SOURCE_OSM_CREDIT,
                                    0},
                             other = {NULL,         M_SOURCE_ROADS, M_SOURCE_USER,
                                      M_SOURCE_OWN, M_SOURCE_USER,  0};
    const char *file = road_file(b, mode);
    const costs_facts *facts = b->cost_facts != NULL ? b->cost_facts[mode] : NULL;
    for (size_t before = 0; file != NULL && before < mode; before++) {
        const char *named = road_file(b, before);
        if (named != NULL && strcmp(named, file) == 0)
            return false;
    }
    if (file == NULL)
        return false;
    *out = strcmp(fact_of(facts, "format"), "osm") == 0 ? osm : other;
    out->file = base_name_of(file);
    const char *ways = fact_of(facts, "highway_ways");
    ways = *ways != '\0' ? ways : fact_of(facts, "ways_in_file");
    if (!text_to_u64(text_slice_of(ways, strlen(ways)), &out->ways))
        out->ways = 0;
    return true;
}

static status road_row(maker *m, size_t row, const road_source *road, error *err)
{
    const language lang = m->b->d->scenario->language;
    const char *const values[] = {"roads", road->file, tr(lang, road->title_fr, road->title_en),
                                  tr(lang, road->producer_fr, road->producer_en),
                                  tr(lang, road->licence_fr, road->licence_en)};
    status s = texts(m, row, values, sizeof values / sizeof *values, err);
    if (road->ways > 0)
        table_builder_i64(m->builder, S_ROWS, row, (int64_t)road->ways);
    return s;
}

static status road_rows(maker *m, size_t row, error *err)
{
    road_source road;
    status s = STATUS_OK;
    for (size_t mode = 0; s == STATUS_OK && mode < m->b->d->cost_count; mode++) {
        if (road_source_at(m->b, mode, &road))
            s = road_row(m, row++, &road, err);
    }
    return s;
}

static size_t road_count(const build *b)
{
    road_source road;
    size_t count = 0;
    for (size_t mode = 0; mode < b->d->cost_count; mode++)
        count += road_source_at(b, mode, &road);
    return count;
}

status results_sources(build *b, error *err)
{
    static const result_table shape = {
        .title_fr = "Sources", .title_en = "Sources", .sheet_fr = "Sources", .sheet_en = "Sources"};
    maker m;
    status s = maker_begin(&m, b, "sources", err);
    for (size_t i = 0; s == STATUS_OK && i < S_COUNT; i++)
        s = maker_column(&m, &source_columns[i], NULL, NULL, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, b->input_count + road_count(b), err);
    for (size_t i = 0; s == STATUS_OK && i < b->input_count; i++)
        s = source_row(&m, i, err);
    if (s == STATUS_OK)
        s = road_rows(&m, b->input_count, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}
