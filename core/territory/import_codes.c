#include <string.h>

#include "territory/codes.h"
#include "territory/importing.h"
#include "territory/messages.h"
#include "territory/support.h"

typedef enum code_rule {
    CODES_STRICT,
    CODES_OPTIONAL,
    CODES_WORK,
    CODES_SEVERAL,
    CODES_LISTED
} code_rule;
typedef struct coded_column {
    const char *role, *column;
    code_rule rule;
} coded_column;

static const coded_column coded_columns[] = {
    {"communes", "code", CODES_STRICT},   {"names", "code", CODES_STRICT},
    {"membership", "code", CODES_STRICT}, {"population", "code", CODES_STRICT},
    {"density", "code", CODES_STRICT},    {"group", "code", CODES_STRICT},
    {"context", "code", CODES_STRICT},    {"facilities", "code", CODES_STRICT},
    {"zoning", "code", CODES_LISTED},     {"perimeter", "code", CODES_STRICT},
    {"flows", "o", CODES_STRICT},         {"flows", "j", CODES_WORK},
    {"detail", "o", CODES_STRICT},        {"detail", "j", CODES_WORK},
    {"postcodes", "code", CODES_STRICT},  {"venues", "commune", CODES_OPTIONAL},
    {"movements", "from", CODES_STRICT},  {"movements", "to", CODES_STRICT},
    {"passage", "from", CODES_STRICT},    {"passage", "to", CODES_STRICT},
    {"addresses", "code", CODES_STRICT},  {"cells", "commune", CODES_SEVERAL},
};

/* "59350, 59512": a neighbourhood of several communes; "" none. */
static bool list_is_good(const char *list)
{
    for (size_t size = 0; *(list = code_list_next(list, &size)); list += size) {
        char one[COMMUNE_CODE_BYTES + 1] = "";
        memcpy(one, list, size <= COMMUNE_CODE_BYTES ? size : 0);
        if (commune_code_form(one) != CODE_COMMUNE) {
            return false;
        }
    }
    return true;
}

static bool code_is_good(const char *code, code_rule rule)
{
    if (rule == CODES_LISTED) {
        return list_is_good(code);
    }
    const code_form form = commune_code_form(code);
    if (rule == CODES_OPTIONAL && !*code) {
        return true;
    }
    if (rule != CODES_SEVERAL) {
        return form == CODE_COMMUNE || (rule == CODES_WORK && form == CODE_ABROAD);
    }
    for (; *code; code += COMMUNE_CODE_BYTES) {
        char one[COMMUNE_CODE_BYTES + 1] = "";
        memcpy(one, code, strnlen(code, COMMUNE_CODE_BYTES));
        if (commune_code_form(one) != CODE_COMMUNE) {
            return false;
        }
    }
    return true;
}

static status refuse_code(const importing *r, const table *t, size_t row, const char *code,
                          const char *name)
{
    const source_ref at = table_source(t, row);
    if (!*code) {
        return faults_refuse(r->list, at, M_TERRITORY_CODE_EMPTY, name);
    }
    if (commune_code_form(code) == CODE_ZERO_LOST) {
        return faults_refuse(r->list, at, M_TERRITORY_CODE_ZERO, code, name, code);
    }
    return faults_refuse(r->list, at, M_TERRITORY_CODE_FORM, code, name);
}

/* Rows are many, codes are few: each word is judged once. */
static status judge_words(const column *c, code_rule rule, uint8_t **good, faults *list)
{
    error err;
    *good = memory_new(c->words.count, sizeof **good);
    if (!*good) {
        return fault_of(memory_error(&err, c->words.count), &err, list);
    }
    for (uint32_t i = 0; i < c->words.count; i++) {
        (*good)[i] = code_is_good(words_at(&c->words, i), rule);
    }
    return STATUS_OK;
}

static status check_code_column(const importing *r, const table *t, const coded_column *coded)
{
    const column *c = text_column(t, coded->column);
    const bool empty_is_good = code_is_good("", coded->rule);
    size_t bad = 0;
    uint8_t *good = NULL;
    status rc = c ? judge_words(c, coded->rule, &good, r->list) : STATUS_OK;
    for (size_t row = 0; good && row < t->rows; row++) {
        const bool there = column_state(c, row) == VALUE_PRESENT;
        if (!(there ? good[c->at.u32[row]] : empty_is_good) && ++bad <= READER_MAX_FAULTS) {
            rc = refuse_code(r, t, row, column_text(c, row), coded->column);
        }
    }
    memory_free(good);
    if (bad > READER_MAX_FAULTS) {
        rc = faults_refuse(r->list, source_at(r->request->path, 0, 0), M_TERRITORY_MORE_FAULTS,
                           bad - READER_MAX_FAULTS);
    }
    return rc;
}

status import_codes(const importing *r, const imported *in)
{
    status rc = STATUS_OK;
    for (size_t i = 0; i < sizeof coded_columns / sizeof coded_columns[0]; i++) {
        if (strcmp(coded_columns[i].role, r->by->role) == 0) {
            const status one = check_code_column(r, in->rows, &coded_columns[i]);
            rc = rc == STATUS_OK ? one : rc;
        }
    }
    return rc;
}
