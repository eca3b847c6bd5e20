/* Helpers of the table tests: text in, table or faults out. */
#ifndef TESTS_TABLE_FIXTURE_H
#define TESTS_TABLE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "table/reader.h"
#include "table/reading.h"

typedef struct outcome {
    status status;
    table *table;
    faults *faults;
    read_facts facts;
} outcome;

static inline outcome read_bytes(const char *bytes, size_t size, const wanted_column *columns,
                                 size_t count, read_options options)
{
    outcome o = {0};
    error err = {0};
    assert_int_equal(faults_new(&o.faults, &err), STATUS_OK);
    options.path = options.path ? options.path : "in.csv";
    options.columns = columns;
    options.column_count = count;
    o.status = table_read_bytes(bytes, size, &options, &o.table, &o.facts, o.faults);
    assert_true((o.status == STATUS_OK) == (o.table != NULL));
    assert_int_equal(o.status, faults_status(o.faults));
    return o;
}

static inline void outcome_clear(outcome *o)
{
    table_free(o->table);
    faults_free(o->faults);
}

/* The first entry of the list, as it would be printed. */
static inline const char *first_fault(const outcome *o, char buffer[1024])
{
    buffer[0] = '\0';
    if (faults_count(o->faults))
        (void)fault_format(faults_at(o->faults, 0), LANGUAGE_EN, buffer, 1024);
    return buffer;
}

static inline void assert_contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("“%s” is not in “%s”", part, text);
}

#endif
