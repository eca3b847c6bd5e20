#include "cli/vintage_columns.h"

#include <string.h>

#include "cli/messages.h"

typedef struct column_reader {
    vintage_columns *out;
    arena *memory;
    faults *list;
    status result;
} column_reader;

static status misuse(column_reader *r, const error *err)
{
    r->result = faults_add_error(r->list, SOURCE_NONE, err);
    return r->result;
}

#define MISUSE(r, ...)                                                                             \
    do {                                                                                           \
        error misused;                                                                             \
        (void)error_set(&misused, STATUS_USAGE, __VA_ARGS__);                                      \
        (void)misuse(r, &misused);                                                                 \
    } while (0)

/* "a, b" -> the next item without blanks around; NULL at the end. */
static const char *next_item(column_reader *r, const char **at)
{
    while (**at == ',' || **at == ' ') {
        (*at)++;
    }
    size_t size = strcspn(*at, ",");
    const char *first = *at;
    *at += size;
    while (size > 0 && first[size - 1] == ' ') {
        size--;
    }
    return size > 0 ? arena_text_n(r->memory, first, size) : NULL;
}

static bool is_wanted(const column_reader *r, const char *name)
{
    for (size_t i = 0; i < r->out->wanted_count; i++) {
        if (strcmp(r->out->wanted[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void want(column_reader *r, const char *name, column_type type)
{
    const char **aliases = arena_take(r->memory, 2, sizeof *aliases);
    if (aliases == NULL || r->out->wanted_count == VINTAGE_COLUMNS_MAX) {
        MISUSE(r, M_VINTAGE_TOO_MANY_COLUMNS, (int)VINTAGE_COLUMNS_MAX);
        return;
    }
    aliases[0] = name;
    r->out->wanted[r->out->wanted_count++] = (wanted_column){.name = name,
                                                             .aliases = aliases,
                                                             .unit = "",
                                                             .type = type,
                                                             .decimals = -1,
                                                             .required = true};
}

static void carry(column_reader *r, const char *name, carry_rule rule, const char *with,
                  column_type type)
{
    if (is_wanted(r, name)) {
        MISUSE(r, M_VINTAGE_COLUMN_TWICE, name);
        return;
    }
    want(r, name, type);
    if (r->result == STATUS_OK) {
        r->out->columns[r->out->column_count++] =
            (carried_column){.name = name, .rule = rule, .with = with};
    }
}

static void read_codes(column_reader *r, const char *text)
{
    const char *name;
    while (text != NULL && (name = next_item(r, &text)) != NULL) {
        if (r->out->code_count == CARRY_CODES_MAX) {
            MISUSE(r, M_VINTAGE_TWO_CODES);
            return;
        }
        r->out->codes[r->out->code_count++] = name;
        want(r, name, COLUMN_TEXT);
    }
}

static void read_plain(column_reader *r, const char *text, carry_rule rule, column_type type)
{
    const char *name;
    while (text != NULL && (name = next_item(r, &text)) != NULL) {
        carry(r, name, rule, NULL, type);
    }
}

/* "COL:WEIGHT"; a weight that no option names is read, and left out of the new table. */
static void read_means(column_reader *r, const char *text)
{
    const char *item;
    while (text != NULL && (item = next_item(r, &text)) != NULL) {
        const char *colon = strrchr(item, ':');
        if (colon == NULL || colon == item || colon[1] == '\0') {
            MISUSE(r, M_VINTAGE_MEAN_WEIGHT, item);
            continue;
        }
        const char *name = arena_text_n(r->memory, item, (size_t)(colon - item));
        if (name != NULL) {
            carry(r, name, CARRY_MEAN, colon + 1, COLUMN_F64);
        }
    }
}

static void want_weights(column_reader *r)
{
    for (size_t i = 0; i < r->out->column_count; i++) {
        const carried_column *c = &r->out->columns[i];
        if (c->rule == CARRY_MEAN && !is_wanted(r, c->with)) {
            want(r, c->with, COLUMN_F64);
        }
    }
}

static void read_classes(column_reader *r, const char *text)
{
    const char *item;
    while (text != NULL && (item = next_item(r, &text)) != NULL) {
        const char *colon = strrchr(item, ':');
        const char *rule = colon != NULL ? colon + 1 : "";
        const char *name =
            colon != NULL ? arena_text_n(r->memory, item, (size_t)(colon - item)) : NULL;
        if (name == NULL || *name == '\0') {
            MISUSE(r, M_VINTAGE_CLASS_RULE, item);
        } else if (strcmp(rule, "largest") == 0) {
            carry(r, name, CARRY_LARGEST, NULL, COLUMN_TEXT);
        } else if (strcmp(rule, "mixed") == 0) {
            carry(r, name, CARRY_MIXED, "mixed", COLUMN_TEXT);
        } else if (strncmp(rule, "any=", 4) == 0 && rule[4] != '\0') {
            carry(r, name, CARRY_ABSORBING, rule + 4, COLUMN_TEXT);
        } else {
            MISUSE(r, M_VINTAGE_CLASS_RULE, item);
        }
    }
}

/* "FILE" or "FILE:2021" */
static void read_population(column_reader *r, const char *text)
{
    uint64_t year = 0;
    const char *colon = text != NULL ? strrchr(text, ':') : NULL;
    r->out->population = text;
    if (colon == NULL) {
        return;
    }
    if (!text_to_u64(text_slice_of(colon + 1, strlen(colon + 1)), &year) || year < 1943 ||
        year > 2100) {
        MISUSE(r, M_VINTAGE_POPULATION_YEAR, colon + 1);
        return;
    }
    r->out->population = arena_text_n(r->memory, text, (size_t)(colon - text));
    r->out->population_year = (int32_t)year;
}

static void read_arrondissements(column_reader *r, const char *text)
{
    static const char *const rules[] = {[ARRONDISSEMENTS_AS_THEY_ARE] = "keep",
                                        [ARRONDISSEMENTS_FOLD] = "fold",
                                        [ARRONDISSEMENTS_UNFOLD] = "unfold"};
    for (size_t i = 0; text != NULL && i < sizeof rules / sizeof *rules; i++) {
        if (strcmp(rules[i], text) == 0) {
            r->out->arrondissements = (arrondissement_rule)i;
            return;
        }
    }
    if (text != NULL) {
        MISUSE(r, M_VINTAGE_ARRONDISSEMENTS, text);
    }
}

static void check_given(column_reader *r, const cli_options *o)
{
    if (o->argument == NULL) {
        MISUSE(r, M_VINTAGE_WANTS, M_VINTAGE_A_FILE);
    }
    if (r->out->code_count == 0) {
        MISUSE(r, M_VINTAGE_WANTS, M_VINTAGE_OPTION_CODE);
    }
    if (o->to == 0) {
        MISUSE(r, M_VINTAGE_WANTS, M_VINTAGE_OPTION_TO);
    }
    if (o->output == NULL) {
        MISUSE(r, M_VINTAGE_WANTS, M_VINTAGE_OPTION_OUTPUT);
    }
}

status vintage_columns_read(const cli_options *o, arena *memory, vintage_columns *out,
                            faults *faults_list)
{
    column_reader r = {.out = out, .memory = memory, .list = faults_list};
    *out = (vintage_columns){.population_year = VINTAGE_NONE};
    read_codes(&r, o->code);
    read_plain(&r, o->by, CARRY_KEY, COLUMN_TEXT);
    read_plain(&r, o->sum, CARRY_SUM, COLUMN_F64);
    read_means(&r, o->mean);
    read_plain(&r, o->median, CARRY_MEDIAN, COLUMN_F64);
    read_classes(&r, o->classes);
    want_weights(&r);
    read_population(&r, o->population);
    read_arrondissements(&r, o->arrondissements);
    check_given(&r, o);
    if (r.result == STATUS_OK && out->column_count == 0) {
        MISUSE(&r, M_VINTAGE_NO_VALUE);
    }
    return r.result;
}
