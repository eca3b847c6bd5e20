#include "engine/inputs/shares.h"

#include <math.h>
#include <string.h>

#include "engine/messages.h"

enum { CS_COUNT = 6 };

static bool factor(const table *t, const char *symbol, double *out)
{
    const column *symbols = table_find(t, "symbol"), *values = table_find(t, "default");
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(column_text(symbols, row), symbol) == 0 &&
            column_state(values, row) == VALUE_PRESENT) {
            *out = values->at.f64[row];
            return true;
        }
    }
    return false;
}

/* `count` shares from index 1 must sum to 1. */
static status check_sum(const double *shares, size_t count, const char *path, const char *what,
                        faults *faults_list)
{
    double sum = 0;
    for (size_t i = 1; i <= count; i++) {
        sum += shares[i];
    }
    return fabs(sum - 1) < 1e-9
               ? STATUS_OK
               : faults_refuse(faults_list, source_at(path, 0, 0), M_SHARES_SUM, what, sum);
}

static status absent(const char *path, const char *symbol, faults *faults_list)
{
    return faults_refuse(faults_list, source_at(path, 0, 0), M_SHARES_ABSENT, symbol);
}

/* Modes that the table does not name have no share. */
static void read_modes(const table *t, assumed_shares *out)
{
    for (size_t m = 1; m < COMMUTE_MODE_COUNT; m++) {
        char symbol[48] = "share_mode_";
        const char *name = commute_mode_name((commute_mode)m);
        size_t used = strlen(symbol);
        if (used + strlen(name) < sizeof symbol) {
            memcpy(symbol + used, name, strlen(name) + 1);
            (void)factor(t, symbol, &out->mode[m]);
        }
    }
}

static status read_occupations(const table *t, const char *path, assumed_shares *out,
                               faults *faults_list)
{
    for (size_t cs = 1; cs <= CS_COUNT; cs++) {
        char symbol[] = "share_cs0";
        symbol[sizeof symbol - 2] = (char)('0' + cs);
        if (!factor(t, symbol, &out->cs[cs])) {
            return absent(path, symbol, faults_list);
        }
    }
    return STATUS_OK;
}

status assumed_shares_read(const char *path, assumed_shares *out, faults *faults_list)
{
    static const wanted_column columns[] = {
        {.name = "symbol", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
        {.name = "default", .type = COLUMN_F64, .decimals = -1, .unit = "1", .required = true},
    };
    const read_options options = {
        .path = path, .columns = columns, .column_count = sizeof columns / sizeof *columns};
    table *t = NULL;
    memset(out, 0, sizeof *out);
    status result = table_read(&options, &t, NULL, faults_list);
    if (result == STATUS_OK) {
        read_modes(t, out);
        result = read_occupations(t, path, out, faults_list);
    }
    if (result == STATUS_OK && !factor(t, "w_flow", &out->weight)) {
        result = absent(path, "w_flow", faults_list);
    }
    if (result == STATUS_OK) {
        result = check_sum(out->mode, COMMUTE_MODE_COUNT - 1, path, "share_mode_*", faults_list);
    }
    if (result == STATUS_OK) {
        result = check_sum(out->cs, CS_COUNT, path, "share_cs*", faults_list);
    }
    table_free(t);
    return result;
}
