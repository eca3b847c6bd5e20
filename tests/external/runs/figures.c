#include "figures.h"

#include "tests/golden/run/program.h"

#include <math.h>

#include "base/files.h"
#include "table/reader.h"

bool shared_file(char out[256], const char *relative)
{
    const char *root = getenv("BASSIN_SHARED");
    root = root != NULL ? root : getenv("BASSIN_SHARED_DEFAULT");
    if (root == NULL)
        return false;
    (void)snprintf(out, 256, "%s/%s", root, relative);
    return file_there(out);
}

table *read_texts(const char *path)
{
    error err;
    faults *list = NULL;
    table *t = NULL;
    const read_options options = {.path = path};
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const status s = table_read(&options, &t, NULL, list);
    for (size_t i = 0; s != STATUS_OK && i < faults_count(list); i++)
        print_error("%s\n", faults_at(list, i)->en);
    assert_int_equal(s, STATUS_OK);
    faults_free(list);
    return t;
}

const char *text_in(const table *t, size_t row, const char *column_name)
{
    const column *c = table_find(t, column_name);
    if (c == NULL)
        fail_msg("no column %s", column_name);
    return column_text(c, row);
}

double number_in(const table *t, size_t row, const char *column_name)
{
    double value = NAN;
    return sscanf(text_in(t, row, column_name), "%lf", &value) == 1 ? value : (double)NAN;
}

double total_in(const char *results, const char *indicator, const char *name)
{
    char path[256];
    double value = NAN;
    table *t = read_texts(in_folder(path, results, "tables/totals.csv"));
    for (size_t row = 0; row < t->rows; row++)
        if (strcmp(text_in(t, row, "indicator"), indicator) == 0 &&
            strcmp(text_in(t, row, "name"), name) == 0)
            value = number_in(t, row, "value");
    table_free(t);
    if (isnan(value))
        fail_msg("no total %s,%s", indicator, name);
    return value;
}

void copy_with(const char *from, const char *to, const char *old, const char *replacement)
{
    error err;
    file_view file;
    assert_int_equal(file_map(from, &file, &err), STATUS_OK);
    char *text = malloc(file.size + 1);
    assert_non_null(text);
    memcpy(text, file.at, file.size);
    text[file.size] = '\0';
    file_unmap(&file);
    const char *at = strstr(text, old);
    if (at == NULL)
        fail_msg("%s: no '%s'", from, old);
    FILE *out = fopen(to, "w");
    assert_non_null(out);
    (void)fprintf(out, "%.*s%s%s", (int)(at - text), text, replacement, at + strlen(old));
    assert_int_equal(fclose(out), 0);
    free(text);
}
