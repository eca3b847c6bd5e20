/* Values that suit the name, the type and the unit of an input. */
#include <math.h>
#include <string.h>

#include "engine/conformance/conformance_messages.h"
#include "engine/conformance/conformance_world.h"

enum { OTHER_TABLE_ROWS = 23, TEXT_BYTES = 32 };

/* --- columns that every run has --- */

typedef struct known_column {
    const char *table, *column, *unit;
    int32_t type;
    double low, high; /* of made-up values */
    double step;      /* 0: any */
} known_column;

static const known_column known[] = {
    {"places", "code", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "name", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "population", "{person}", BASSIN_F64, 30, 9000, 1},
    {"places", "point_class", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "lon", "deg", BASSIN_F64, 2, 3, 0},
    {"places", "lat", "deg", BASSIN_F64, 48, 49, 0},
    {"places", "x_m", "m", BASSIN_F64, 650000, 690000, 0},
    {"places", "y_m", "m", BASSIN_F64, 6780000, 6820000, 0},
    {"places", "area_km2", "km2", BASSIN_F64, 1, 40, 0},
    {"places", "density7", "{class}", BASSIN_U32, 1, 7, 1},
    {"places", "departement", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "region", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "epci", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "bassin_vie", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "zone_emploi", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "arrondissement", "", BASSIN_TEXT, 0, 0, 0},
    {"places", "kept", "1", BASSIN_U32, 0, 1, 1},
    {"places", "border_km", "km", BASSIN_F64, 0, 60, 0},
    {"venues", "id", "", BASSIN_TEXT, 0, 0, 0},
    {"venues", "name", "", BASSIN_TEXT, 0, 0, 0},
    {"venues", "kind", "", BASSIN_TEXT, 0, 0, 0},
    {"venues", "family", "", BASSIN_TEXT, 0, 0, 0},
    {"venues", "status", "", BASSIN_TEXT, 0, 0, 0},
    {"venues", "in_scope", "1", BASSIN_U32, 0, 1, 1},
    {"venues", "open", "1", BASSIN_U32, 0, 1, 1},
    {"venues", "function_{function}", "1", BASSIN_F64, 0, 1, 0.5},
    {"venues", "capacity", "1", BASSIN_F64, 2, 60, 1},
    {"venues", "hours_week", "h", BASSIN_F64, 4, 60, 0.5},
    {"flows", "o", "1", BASSIN_U32, 0, 0, 1},
    {"flows", "j", "1", BASSIN_U32, 0, 0, 1},
    {"flows", "mode", "{class}", BASSIN_U32, 1, 7, 1},
    {"flows", "cs", "{class}", BASSIN_U32, 0, 6, 1},
    {"flows", "workers", "{person}", BASSIN_F64, 2, 240, 0},
    {"flows", "variance", "1", BASSIN_F64, 2, 400, 0},
    {"flows", "crow_km", "km", BASSIN_F64, 0, 60, 0},
    {"territories", "level", "", BASSIN_TEXT, 0, 0, 0},
    {"territories", "code", "", BASSIN_TEXT, 0, 0, 0},
    {"territories", "name", "", BASSIN_TEXT, 0, 0, 0},
    {"territories", "population", "{person}", BASSIN_F64, 4000, 90000, 1},
};

static const known_column *known_find(const bassin_input *in)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].table, in->table) == 0 && strcmp(known[i].column, in->column) == 0)
            return &known[i];
    }
    return NULL;
}

bool input_is_known_so(const bassin_input *in, error *err)
{
    static const char *const types[] = {"?", "F64", "I64", "U32", "TEXT"};
    const known_column *k = known_find(in);
    if (k == NULL || (k->type == in->type && strcmp(k->unit, in->unit) == 0))
        return true;
    (void)error_set(err, STATUS_INPUT, M_CONFORM_KNOWN, in->table, in->column, types[k->type],
                    k->unit, types[in->type], in->unit);
    return false;
}

/* --- ranges by unit --- */

typedef struct range {
    double low, high, step;
} range;

static range range_of(const bassin_input *in)
{
    static const struct {
        const char *unit;
        range is;
    } by_unit[] = {{"min", {0, 90, 0}},     {"h", {0, 60, 0}},          {"km", {0, 60, 0}},
                   {"m", {0, 60000, 0}},    {"%", {0, 100, 0}},         {"{person}", {0, 9000, 1}},
                   {"{class}", {1, 7, 1}},  {"{index}", {0, 100, 0}},   {"km/h", {5, 110, 0}},
                   {"{job}", {0, 4000, 1}}, {"{worker}", {0, 4000, 1}}, {"{venue}", {0, 40, 1}},
                   {"{place}", {2, 60, 1}}, {"km2", {1, 40, 0}},        {"ha", {1, 4000, 0}},
                   {"/1000", {0, 20, 0}},   {"/10000", {0, 200, 0}},    {"EUR", {9000, 45000, 1}}};
    const known_column *k = known_find(in);
    if (k != NULL && k->low < k->high)
        return (range){k->low, k->high, k->step};
    for (size_t i = 0; i < sizeof by_unit / sizeof *by_unit; i++) {
        if (strcmp(by_unit[i].unit, in->unit) == 0)
            return by_unit[i].is;
    }
    return in->type == BASSIN_F64 ? (range){0, 1, 0} : (range){0, 1, 1};
}

/* --- a column --- */

/* One column being made. */
typedef struct column_making {
    made_world *w;
    const bassin_input *in;
    random_key key;
    size_t member, rows;
    bool always; /* never missing, as in every run */
} column_making;

/* Draws of one value: whether it is there, what it is. */
enum { DRAW_STATE, DRAW_VALUE };

static double draw(const column_making *c, size_t row, uint32_t k)
{
    return random_uniform(c->key, c->member, row, k);
}

static uint8_t state_of(const column_making *c, size_t row)
{
    static const uint8_t others[] = {BASSIN_UNREACHABLE, BASSIN_BEYOND_LIMIT, BASSIN_NOT_APPLICABLE,
                                     BASSIN_SECRET, BASSIN_NOT_SIGNIFICANT};
    const double u = draw(c, row, DRAW_STATE);
    if (c->w->spec.values == WORLD_UNKNOWN)
        return BASSIN_MISSING;
    if (c->always || u >= 0.09)
        return BASSIN_PRESENT;
    return u < 0.05 ? BASSIN_MISSING : others[(size_t)(u * 1000.0) % sizeof others];
}

static double number_of(const column_making *c, size_t row)
{
    const range r = range_of(c->in);
    const double u = draw(c, row, DRAW_VALUE);
    if (r.step <= 0.0)
        return r.low + (r.high - r.low) * u;
    const double steps = floor((r.high - r.low) / r.step) + 1.0;
    return r.low + r.step * floor(steps * u);
}

static status fill_numbers(const column_making *c, bassin_column *out, error *err)
{
    void *at = arena_take(c->w->memory, c->rows, value_bytes(c->in->type));
    if (at == NULL)
        return memory_error(err, c->rows * value_bytes(c->in->type));
    for (size_t row = 0; row < c->rows; row++) {
        const double value = out->state[row] == BASSIN_PRESENT ? number_of(c, row) : 0.0;
        if (c->in->type == BASSIN_F64)
            ((double *)at)[row] = value;
        else if (c->in->type == BASSIN_I64)
            ((int64_t *)at)[row] = (int64_t)value;
        else
            ((uint32_t *)at)[row] = (uint32_t)value;
    }
    out->at.raw = at;
    return STATUS_OK;
}

/* The text of a row: its own code or id, else one of a few words. */
static void text_of(const column_making *c, size_t row, char text[TEXT_BYTES])
{
    static const char *const kinds[] = {"ART.FABLAB", "ACT.COWORK", "EDU.MEDIA", "SOC.ESPACE"};
    static const char *const families[] = {"artisanal", "activite", "educatif", "social"};
    const row_names *n = &c->w->names;
    const bool place = strcmp(c->in->table, "places") == 0,
               venue = strcmp(c->in->table, "venues") == 0;
    const char *name = c->in->column;
    const size_t pick = (size_t)(draw(c, row, DRAW_VALUE) * 4.0) % 4;
    if (place && strcmp(name, "code") == 0)
        (void)snprintf(text, TEXT_BYTES, "%s", n->place_code[row]);
    else if (place && strcmp(name, "name") == 0)
        (void)snprintf(text, TEXT_BYTES, "%s", n->place_name[row]);
    else if (venue && strcmp(name, "id") == 0)
        (void)snprintf(text, TEXT_BYTES, "%s", n->venue_id[row]);
    else if (strcmp(name, "kind") == 0 || strcmp(name, "family") == 0)
        (void)snprintf(text, TEXT_BYTES, "%s", name[0] == 'k' ? kinds[pick] : families[pick]);
    else if (strcmp(name, "status") == 0)
        (void)snprintf(text, TEXT_BYTES, "%s", c->w->seen.venue_open[row] ? "open" : "project");
    else if (strcmp(name, "name") == 0 || strcmp(name, "code") == 0)
        (void)snprintf(text, TEXT_BYTES, "%s %zu", name, row);
    else
        (void)snprintf(text, TEXT_BYTES, "%.20s-%zu", name, pick);
}

/* Word 0 is "": that of a value which is not there. Every row has a word of its own. */
static status fill_texts(const column_making *c, bassin_column *out, error *err)
{
    uint32_t *index = arena_take(c->w->memory, c->rows, sizeof *index);
    uint64_t *start = arena_take(c->w->memory, c->rows + 2, sizeof *start);
    char *bytes = arena_take(c->w->memory, c->rows + 1, TEXT_BYTES);
    uint32_t count = 1;
    if (index == NULL || start == NULL || bytes == NULL)
        return memory_error(err, c->rows * TEXT_BYTES);
    start[1] = 1;
    for (size_t row = 0; row < c->rows; row++) {
        char text[TEXT_BYTES];
        if (out->state[row] != BASSIN_PRESENT)
            continue;
        text_of(c, row, text);
        memcpy(bytes + start[count], text, strlen(text) + 1);
        start[count + 1] = start[count] + strlen(text) + 1;
        index[row] = count++;
    }
    out->at.u32 = index;
    out->words = (bassin_words){.bytes = bytes, .start = start, .count = count};
    return STATUS_OK;
}

static status fill(const column_making *c, bassin_column *out, error *err)
{
    uint8_t *state = arena_take(c->w->memory, c->rows, sizeof *state);
    *out = (bassin_column){.size = sizeof *out, .type = c->in->type, .rows = c->rows};
    if (state == NULL)
        return memory_error(err, c->rows);
    for (size_t row = 0; row < c->rows; row++)
        state[row] = state_of(c, row);
    out->state = state;
    return c->in->type == BASSIN_TEXT ? fill_texts(c, out, err) : fill_numbers(c, out, err);
}

/* --- an input --- */

static size_t rows_of(const made_world *w, const char *table_name)
{
    if (strcmp(table_name, "places") == 0)
        return w->seen.place_count;
    if (strcmp(table_name, "venues") == 0)
        return w->seen.venue_count;
    if (strcmp(table_name, "territories") == 0)
        return w->seen.groups->rows;
    if (strcmp(table_name, "flows") == 0)
        return w->seen.flows != NULL ? w->seen.flows->rows : 0;
    return w->seen.place_count > 1 ? OTHER_TABLE_ROWS : w->seen.place_count;
}

/* Keys, and what venues offer, are there in every run. */
static bool is_always_there(const bassin_input *in)
{
    const char *name = in->column;
    return strcmp(name, "code") == 0 || strcmp(name, "id") == 0 || strcmp(name, "name") == 0 ||
           strcmp(name, "level") == 0 || strcmp(name, "in_scope") == 0 ||
           strcmp(name, "status") == 0 || strncmp(name, "function_", 9) == 0;
}

static status make_input(made_world *w, size_t i, bassin_columns *out, error *err)
{
    const bassin_input *in = descriptor_input(w->loaded->plugin, i);
    const size_t count = strstr(in->column, "{function}") != NULL ? BASSIN_FUNCTIONS : 1;
    bassin_column *columns = arena_take(w->memory, count, sizeof *columns);
    char stream[96];
    if (columns == NULL)
        return memory_error(err, count * sizeof *columns);
    (void)snprintf(stream, sizeof stream, "%.30s.%.60s", in->table, in->column);
    column_making c = {.w = w,
                       .in = in,
                       .key = random_key_of(w->seen.seed, stream),
                       .rows = rows_of(w, in->table),
                       .always = is_always_there(in)};
    const bool absent = w->spec.values == WORLD_BARE && (in->flags & BASSIN_INPUT_OPTIONAL) != 0;
    status s = STATUS_OK;
    for (size_t m = 0; s == STATUS_OK && m < count; m++) {
        c.member = m;
        if (absent)
            columns[m] = (bassin_column){.size = sizeof columns[m], .type = in->type};
        else
            s = fill(&c, &columns[m], err);
    }
    *out = (bassin_columns){.items = columns, .count = (uint32_t)count, .stride = sizeof *columns};
    return s;
}

status made_world_inputs(made_world *w, error *err)
{
    const size_t count = w->loaded->plugin->inputs.count;
    bassin_columns *in = arena_take(w->memory, count, sizeof *in);
    status s = in != NULL ? STATUS_OK : memory_error(err, count * sizeof *in);
    for (size_t i = 0; s == STATUS_OK && i < count; i++)
        s = make_input(w, i, &in[i], err);
    w->seen.in = in;
    return s;
}
