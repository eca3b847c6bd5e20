#include "same_read.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

typedef struct result_of {
    status status;
    table *table;
    faults *faults;
    read_facts facts;
} result_of;

static result_of read_so(const char *bytes, size_t size, const read_options *options,
                         const read_tuning *tuning)
{
    error err;
    result_of r = {.status = STATUS_ENVIRONMENT};
    if (faults_new(&r.faults, &err) == STATUS_OK)
        r.status = table_read_tuned(bytes, size, options, tuning, &r.table, &r.facts, r.faults);
    return r;
}

static void result_clear(result_of *r)
{
    table_free(r->table);
    faults_free(r->faults);
}

/* The shared block of a table holds all of it, at offsets: the same bytes are the same table. */
static bool same_block(const table *a, const table *b)
{
    struct stat facts[2];
    if (fstat(table_fd(a), &facts[0]) != 0 || fstat(table_fd(b), &facts[1]) != 0 ||
        facts[0].st_size != facts[1].st_size)
        return false;
    size_t size = (size_t)facts[0].st_size;
    void *x = mmap(NULL, size, PROT_READ, MAP_SHARED, table_fd(a), 0);
    void *y = mmap(NULL, size, PROT_READ, MAP_SHARED, table_fd(b), 0);
    bool same = x != MAP_FAILED && y != MAP_FAILED && memcmp(x, y, size) == 0;
    if (x != MAP_FAILED)
        (void)munmap(x, size);
    if (y != MAP_FAILED)
        (void)munmap(y, size);
    return same;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_faults(const faults *a, const faults *b)
{
    if (faults_count(a) != faults_count(b))
        return false;
    for (size_t i = 0; i < faults_count(a); i++) {
        const fault *x = faults_at(a, i), *y = faults_at(b, i);
        if (x->severity != y->severity || x->status != y->status || x->line != y->line ||
            x->column != y->column || !same_text(x->file, y->file) || !same_text(x->fr, y->fr) ||
            !same_text(x->en, y->en) || !same_text(x->excerpt, y->excerpt))
            return false;
    }
    return true;
}

static bool same_facts(const read_facts *a, const read_facts *b)
{
    return a->encoding == b->encoding && a->bom == b->bom && a->crlf == b->crlf &&
           a->separator == b->separator && a->decimal_mark == b->decimal_mark &&
           a->rows == b->rows && a->bytes == b->bytes;
}

static const char *difference(const result_of *a, const result_of *b)
{
    if (a->status != b->status)
        return "status";
    if (!same_faults(a->faults, b->faults))
        return "faults";
    if (!same_facts(&a->facts, &b->facts))
        return "facts";
    if ((a->table == NULL) != (b->table == NULL))
        return "one table";
    return a->table && !same_block(a->table, b->table) ? "tables" : NULL;
}

/* Whether the rows were gathered, and not left to the plain reader. */
static bool gathers(const char *bytes, size_t size, const read_options *options,
                    const read_tuning *tuning)
{
    error err;
    reading r;
    faults *list = NULL;
    table *t = NULL;
    if (faults_new(&list, &err) != STATUS_OK)
        return false;
    status result = reading_init(&r, options, list);
    r.tuning = *tuning;
    if (result == STATUS_OK)
        result = reading_open(&r, bytes, size);
    if (result == STATUS_OK)
        result = reading_header(&r);
    if (result == STATUS_OK)
        result = reading_gather(&r, &t);
    reading_clear(&r);
    faults_free(list);
    bool gathered = result == STATUS_OK && t != NULL;
    table_free(t);
    return gathered;
}

const char *read_difference(const char *bytes, size_t size, const read_options *options,
                            const read_tuning *tuning, bool *declined)
{
    const read_tuning plain = {.plain = true};
    result_of a = read_so(bytes, size, options, &plain);
    result_of b = read_so(bytes, size, options, tuning);
    const char *found = difference(&a, &b);
    if (declined)
        *declined = !gathers(bytes, size, options, tuning);
    result_clear(&a);
    result_clear(&b);
    return found;
}
