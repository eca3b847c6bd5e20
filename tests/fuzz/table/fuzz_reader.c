#include "fuzz_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "same_read.h"
#include "table/reading.h"

#define DEMAND(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

static void demand_column(const table *t, const column *c)
{
    for (size_t r = 0; r < t->rows; r++) {
        const char *text = c->type == COLUMN_TEXT ? column_text(c, r) : "";
        size_t size = strlen(text);
        DEMAND(text_utf8_valid_prefix(text, size) == size);
        DEMAND(c->type != COLUMN_F64 || isfinite(c->at.f64[r]));
        DEMAND(column_state(c, r) == VALUE_PRESENT || c->type != COLUMN_F64 || c->at.f64[r] == 0);
    }
}

static void demand_table(const table *t)
{
    for (size_t c = 0; c < t->column_count; c++)
        demand_column(t, &t->columns[c]);
    for (size_t r = 1; r < t->rows; r++)
        DEMAND(t->source_row[r] > t->source_row[r - 1]);
}

static void demand_faults(const faults *list)
{
    char printed[4096];
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        (void)fault_format(f, LANGUAGE_FR, printed, sizeof printed);
        DEMAND(f->excerpt == NULL ||
               text_utf8_valid_prefix(f->excerpt, strlen(f->excerpt)) == strlen(f->excerpt));
    }
}

/* Cut anywhere, at any level: the plain reader's answer. */
static void demand_same(const unsigned char *bytes, size_t size, const read_options *options)
{
    static const size_t chunks[] = {1, 3, 17, 64, 100, 1000, 0};
    unsigned how = bytes[0] + (unsigned)size;
    const read_tuning tuning = {.level = (marks_level)(how % 4),
                                .chunk_bytes = chunks[how % 7],
                                .threads = 1 + (how % 64 == 63)};
    DEMAND(read_difference((const char *)bytes + 1, size - 1, options, &tuning, NULL) == NULL);
}

void fuzz_reader(const unsigned char *bytes, size_t size)
{
    static const char *const prefixes[] = {"w*", NULL}, *const first[] = {"o", "1", NULL};
    static const wanted_column wanted[] = {
        {.name = "o", .aliases = first, .type = COLUMN_TEXT, .required = true},
        {.name = "weight", .aliases = prefixes, .type = COLUMN_F64, .lowest = -5, .highest = 1e9},
        {.name = "n", .type = COLUMN_I64},
        {.name = "u", .type = COLUMN_U32}};
    error err;
    table *t = NULL;
    faults *list = NULL;
    unsigned how = size ? bytes[0] : 0;
    if (!size || faults_new(&list, &err) != STATUS_OK)
        return;
    read_options options = {.path = "fuzz.csv",
                            .columns = wanted,
                            .column_count = how & 1 ? 0 : 4,
                            .headerless = how & 2,
                            .separator = how & 4 ? ';' : 0,
                            .encoding = (encoding)((how >> 3) % 3),
                            .max_bytes = 1 << 22};
    read_facts facts;
    status result = table_read_bytes((const char *)bytes + 1, size - 1, &options, &t, &facts, list);
    DEMAND((result == STATUS_OK) == (t != NULL));
    DEMAND(result == faults_status(list));
    demand_faults(list);
    if (t)
        demand_table(t);
    table_free(t);
    faults_free(list);
    demand_same(bytes, size, &options);
}
