#include "engine/tables/job_tables_form.h"

#include <string.h>

#include "engine/plugin/pipe_messages.h"
#include "engine/plugin/plugin_values.h"

#define TEXT(id)                                                                                   \
    {                                                                                              \
        .name = id, .type = COLUMN_TEXT                                                            \
    }
#define NEEDED_TEXT(id)                                                                            \
    {                                                                                              \
        .name = id, .type = COLUMN_TEXT, .required = true                                          \
    }
#define NUMBER(id)                                                                                 \
    {                                                                                              \
        .name = id, .type = COLUMN_F64                                                             \
    }
#define NOT_NEGATIVE(id, needed)                                                                   \
    {                                                                                              \
        .name = id, .type = COLUMN_F64, .lowest = 0.0, .highest = 1e12, .required = needed         \
    }
#define CODE(id, most)                                                                             \
    {                                                                                              \
        .name = id, .type = COLUMN_U32, .lowest = 0.0, .highest = most                             \
    }
#define COUNT_OF(list) (sizeof(list) / sizeof *(list))
#define FORM(id)                                                                                   \
    const sheet_form form_##id = {                                                                 \
        .name = #id, .columns = id##_columns, .count = COUNT_OF(id##_columns)}

static const wanted_column run_columns[] = {NEEDED_TEXT("key"), NEEDED_TEXT("value")};
static const wanted_column parameters_columns[] = {NEEDED_TEXT("id"), NEEDED_TEXT("value")};
static const wanted_column places_columns[] = {
    NEEDED_TEXT("code"), TEXT("name"),  CODE("kept", 1.0), NUMBER("lon"),
    NUMBER("lat"),       NUMBER("x_m"), NUMBER("y_m"),     TEXT(FORM_TRAVEL)};
static const wanted_column venues_columns[] = {
    NEEDED_TEXT("id"), TEXT("place"), CODE("open", 1.0), NUMBER("lon"),
    NUMBER("lat"),     NUMBER("x_m"), NUMBER("y_m"),     TEXT(FORM_TRAVEL)};
static const wanted_column territories_columns[] = {NEEDED_TEXT("level"), NEEDED_TEXT("code")};
static const wanted_column memberships_columns[] = {NEEDED_TEXT("place"), NEEDED_TEXT("level"),
                                                    NEEDED_TEXT("code")};
static const wanted_column costs_columns[] = {NEEDED_TEXT("place"), NEEDED_TEXT("venue"),
                                              NOT_NEGATIVE("minutes", true),
                                              NOT_NEGATIVE("km", false)};
static const wanted_column flows_columns[] = {NEEDED_TEXT("o"),
                                              NEEDED_TEXT("j"),
                                              CODE("mode", 7.0),
                                              CODE("occupation", 6.0),
                                              NOT_NEGATIVE("workers", true),
                                              NOT_NEGATIVE("variance", false),
                                              NOT_NEGATIVE("crow_km", false),
                                              NOT_NEGATIVE("minutes", false),
                                              NOT_NEGATIVE("km", false),
                                              CODE("abroad", 2.0),
                                              NOT_NEGATIVE("abroad_crow_km", false),
                                              NOT_NEGATIVE("abroad_km", false)};
static const wanted_column neighbours_columns[] = {NEEDED_TEXT("place"), NEEDED_TEXT("neighbour")};
static const wanted_column totals_columns[] = {
    NEEDED_TEXT("name"),
    NEEDED_TEXT("title_fr"),
    NEEDED_TEXT("title_en"),
    NEEDED_TEXT("unit"),
    {.name = "value", .type = COLUMN_F64, .required = true},
    NUMBER("low"),
    NUMBER("high"),
    {.name = "decimals", .type = COLUMN_I64, .lowest = -1.0, .highest = 15.0}};

FORM(run);
FORM(parameters);
FORM(places);
FORM(venues);
FORM(territories);
FORM(memberships);
FORM(costs);
FORM(flows);
FORM(neighbours);
FORM(totals);

bool tables_has_costs(const bassin_plugin *is)
{
    return (is->needs & BASSIN_NEED_COSTS) != 0;
}

bool tables_has_neighbours(const bassin_plugin *is)
{
    return (is->needs & BASSIN_NEED_NEIGHBOURS) != 0;
}

bool tables_has_flows(const bassin_plugin *is)
{
    bool has = (is->needs & (BASSIN_NEED_FLOWS | BASSIN_NEED_FLOW_COSTS)) != 0;
    for (size_t i = 0; i < is->stages.count; i++) {
        const char *over = descriptor_stage(is, i)->over;
        has = has || (over != NULL && strcmp(over, "flows") == 0);
    }
    for (size_t i = 0; i < is->inputs.count; i++)
        has = has || strcmp(descriptor_input(is, i)->table, "flows") == 0;
    return has;
}

char *tables_path(arena *memory, const char *folder, const char *part, const char *name)
{
    return arena_format(memory, "%s/%s/%s.csv", folder, part, name);
}

/* --- names --- */

static const char *letter_id(const char *id, size_t member, arena *memory)
{
    const char letter[2] = {(char)('a' + (int)member), '\0'};
    bool failed = false;
    return text_fill(id, "function", letter, memory, &failed);
}

const char *tables_output_id(const plugin_job *job, size_t output, size_t member, arena *memory)
{
    const bassin_output *o = descriptor_output(job->is, output);
    size_t param;
    char number[64];
    bool failed = false;
    switch (descriptor_placeholder(job->is, o->id, &param)) {
    case PLACEHOLDER_FUNCTION:
        return letter_id(o->id, member, memory);
    case PLACEHOLDER_PARAM:
        number_for_name(job->params[param].value.value[member], number, sizeof number);
        return text_fill(o->id, job->params[param].is->id, number, memory, &failed);
    default:
        return o->id;
    }
}

size_t tables_input_count(const bassin_input *in)
{
    return strstr(in->column, "{function}") != NULL ? BASSIN_FUNCTIONS : 1;
}

const char *tables_input_id(const bassin_input *in, size_t member, arena *memory)
{
    return tables_input_count(in) > 1 ? letter_id(in->column, member, memory) : in->column;
}

column_type tables_column_type(int32_t type)
{
    return (column_type)type; /* the same numbers: table/table.h */
}

/* --- out/ --- */

static size_t sheet_columns(const plugin_job *job, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        if (strcmp(descriptor_output(job->is, i)->table, name) == 0)
            count += job->outputs[i].count;
    }
    return count;
}

static status sheet_fill(const plugin_job *job, const sheet_form *key, arena *memory,
                         out_sheet *sheet, error *err)
{
    const size_t most = sheet_columns(job, sheet->name);
    sheet->key_count = key != NULL ? (key == &form_territories ? 2 : 1) : 0;
    sheet->columns = arena_take(memory, sheet->key_count + most, sizeof *sheet->columns);
    sheet->from = arena_take(memory, most, sizeof *sheet->from);
    if (sheet->columns == NULL || sheet->from == NULL)
        return memory_error(err, most * sizeof *sheet->columns);
    for (; sheet->count < sheet->key_count; sheet->count++)
        sheet->columns[sheet->count] = key->columns[sheet->count];
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const bassin_output *o = descriptor_output(job->is, i);
        for (size_t m = 0; strcmp(o->table, sheet->name) == 0 && m < job->outputs[i].count; m++) {
            const char *id = tables_output_id(job, i, m, memory);
            if (id == NULL)
                return memory_error(err, strlen(o->id));
            sheet->from[sheet->count - sheet->key_count] = (out_column){.output = i, .member = m};
            sheet->columns[sheet->count++] = (wanted_column){.name = id,
                                                             .type = tables_column_type(o->type),
                                                             .required = true,
                                                             .lowest = o->lowest,
                                                             .highest = o->highest};
        }
    }
    return STATUS_OK;
}

status out_sheets(const plugin_job *job, arena *memory, out_sheet **out, size_t *count, error *err)
{
    static const sheet_form *const base[] = {&form_places, &form_venues, &form_territories};
    const size_t tables = job->is->tables.count;
    status s = STATUS_OK;
    *count = 0;
    *out = arena_take(memory, COUNT_OF(base) + tables, sizeof **out);
    if (*out == NULL)
        return memory_error(err, (COUNT_OF(base) + tables) * sizeof **out);
    for (size_t i = 0; s == STATUS_OK && i < COUNT_OF(base) + tables; i++) {
        const sheet_form *key = i < COUNT_OF(base) ? base[i] : NULL;
        out_sheet *sheet = &(*out)[*count];
        *sheet = (out_sheet){.made_table = key != NULL ? NO_INDEX : i - COUNT_OF(base)};
        sheet->name = key != NULL ? key->name : descriptor_table(job->is, sheet->made_table)->id;
        if (key != NULL && sheet_columns(job, key->name) == 0)
            continue;
        s = sheet_fill(job, key, memory, sheet, err);
        *count += 1;
    }
    return s;
}

/* --- rows by name --- */

const bassin_level *tables_level(const bassin_groups *groups, uint32_t i)
{
    return (const void *)((const char *)groups->levels.items + (size_t)i * groups->levels.stride);
}

const bassin_level *tables_level_of(const bassin_groups *groups, size_t row)
{
    for (uint32_t i = 0; groups != NULL && i < groups->levels.count; i++) {
        const bassin_level *level = tables_level(groups, i);
        if (row >= level->first_row && row - level->first_row < level->row_count)
            return level;
    }
    return NULL;
}

enum { NAME_BYTES = 512 };

/* "level\ncode": neither holds a line end. */
static text_slice row_name(char buffer[NAME_BYTES], const char *level, const char *code)
{
    if (level == NULL)
        return text_slice_of(code, strlen(code));
    int size = snprintf(buffer, NAME_BYTES, "%s\n%s", level, code);
    return text_slice_of(buffer, size < NAME_BYTES ? (size_t)size : NAME_BYTES - 1);
}

status row_index_add(row_index *x, const char *level, const char *code, size_t *row, error *err)
{
    char buffer[NAME_BYTES];
    uint32_t index = 0;
    status s = interner_add(x->names, row_name(buffer, level, code), &index, err);
    *row = index;
    x->count = interner_count(x->names);
    return s;
}

static status add_names(row_index *x, const plugin_job *job, const char *const *codes, size_t count,
                        bool levels, const char *table_id, error *err)
{
    status s = STATUS_OK;
    for (size_t row = 0; s == STATUS_OK && row < count; row++) {
        size_t index = 0;
        const bassin_level *level = levels ? tables_level_of(job->seen.groups, row) : NULL;
        s = row_index_add(x, level != NULL ? level->id : NULL, codes[row], &index, err);
        if (s == STATUS_OK && index != row)
            s = error_set(err, STATUS_ENVIRONMENT, M_TABLES_CODES, table_id);
    }
    return s;
}

status row_index_new(row_index *out, const plugin_job *job, const char *table_id, error *err)
{
    const row_names *n = &job->names;
    *out = (row_index){.names = NULL};
    status s = interner_new(&out->names, err);
    if (s != STATUS_OK)
        return s;
    const bool places = strcmp(table_id, "places") == 0, venues = strcmp(table_id, "venues") == 0;
    const char *const *codes = places ? n->place_code : venues ? n->venue_id : n->territory_code;
    const size_t count = places                                      ? job->seen.place_count
                         : venues                                    ? job->seen.venue_count
                         : job->seen.groups != NULL && codes != NULL ? job->seen.groups->rows
                                                                     : 0;
    return add_names(out, job, codes, count, !places && !venues, table_id, err);
}

void row_index_clear(row_index *x)
{
    interner_free(x->names);
    x->names = NULL;
}

size_t row_index_find(const row_index *x, const char *level, const char *code)
{
    char buffer[NAME_BYTES];
    uint32_t index = interner_find(x->names, row_name(buffer, level, code));
    return index == INTERN_NONE ? NO_INDEX : index;
}
