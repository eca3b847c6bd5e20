#include "engine/tables/csv_files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/plan_messages.h"
#include "engine/plugin/pipe_messages.h"

enum { FLUSH_BYTES = 1 << 18 };

/* --- writing --- */

static bool cancelled(const csv_file *w)
{
    return w->cancel != NULL && atomic_load(w->cancel) != 0;
}

static void flush(csv_file *w)
{
    if (cancelled(w) && w->cause == 0)
        w->cause = ECANCELED;
    const char *at = w->text.at;
    size_t left = w->text.size;
    while (left > 0 && w->cause == 0) {
        ssize_t written = write(w->fd, at, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            w->cause = errno != 0 ? errno : EIO;
            break;
        }
        at += written;
        left -= (size_t)written;
    }
    w->text.size = 0;
}

void csv_open(csv_file *w, const char *path, const atomic_int *cancel)
{
    *w = (csv_file){.path = path, .cancel = cancel};
    w->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (w->fd < 0)
        w->cause = errno;
}

static void next_cell(csv_file *w)
{
    if (w->inside)
        text_add(&w->text, ",");
    w->inside = true;
}

void csv_text(csv_file *w, const char *text)
{
    next_cell(w);
    if (text == NULL || w->cause != 0) /* a file that failed takes no more time */
        return;
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        text_add(&w->text, text);
        return;
    }
    text_add(&w->text, "\"");
    for (const char *quote = NULL; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        text_add_n(&w->text, text, (size_t)(quote - text));
        text_add(&w->text, "\"\"");
    }
    text_add(&w->text, text);
    text_add(&w->text, "\"");
}

void csv_f64(csv_file *w, double value)
{
    char text[64];
    next_cell(w);
    if (isnan(value) || w->cause != 0)
        return;
    (void)text_from_f64(value, text, sizeof text);
    text_add(&w->text, text);
}

void csv_i64(csv_file *w, int64_t value)
{
    next_cell(w);
    if (w->cause == 0)
        text_add_format(&w->text, "%" PRId64, value);
}

void csv_end_row(csv_file *w)
{
    text_add(&w->text, "\n");
    w->inside = false;
    if (w->text.size >= FLUSH_BYTES)
        flush(w);
}

status csv_close(csv_file *w, error *err)
{
    status s = STATUS_OK;
    if (w->text.failed)
        w->cause = ENOMEM;
    if (w->cause == 0)
        flush(w);
    if (w->fd >= 0 && close(w->fd) != 0 && w->cause == 0)
        w->cause = errno;
    if (w->cause == ECANCELED)
        s = error_set(err, STATUS_INTERRUPTED, M_RUN_CANCELLED);
    else if (w->cause != 0)
        s = error_set(err, STATUS_ENVIRONMENT, M_CSV_WRITE, w->path, SYSTEM_CAUSE(w->cause));
    text_buffer_clear(&w->text);
    w->fd = -1;
    return s;
}

/* --- reading --- */

static bool is_wanted(const csv_wanted *w, const char *name)
{
    for (size_t i = 0; i < w->count; i++) {
        if (strcmp(w->columns[i].name, name) == 0)
            return true;
    }
    return false;
}

static status refuse_column(const csv_wanted *w, const char *name, faults *faults_list)
{
    const char **names = memory_new(w->count, sizeof *names);
    const char *near = NULL;
    for (size_t i = 0; names != NULL && i < w->count; i++)
        names[i] = w->columns[i].name;
    if (names != NULL)
        near = text_suggest(name, names, w->count);
    char shown[160];
    (void)text_escape(text_slice_of(name, strlen(name)), shown, sizeof shown);
    status s = near != NULL
                   ? faults_refuse(faults_list, source_at(w->path, 1, 0), M_CSV_COLUMN_SUGGEST,
                                   shown, near)
                   : faults_refuse(faults_list, source_at(w->path, 1, 0), M_CSV_COLUMN, shown);
    memory_free(names);
    return s;
}

/* The reader takes the columns that it wants and leaves the others: here nothing is left unread. */
static status check_heading(const csv_wanted *w, const read_options *how, faults *faults_list)
{
    table *heading = NULL;
    status s = table_read_header(how, &heading, faults_list);
    const column *names = s == STATUS_OK ? table_find(heading, "name") : NULL;
    for (size_t i = 0; names != NULL && i < heading->rows; i++) {
        if (!is_wanted(w, column_text(names, i)))
            s = refuse_column(w, column_text(names, i), faults_list);
    }
    table_free(heading);
    return s;
}

status csv_read(const csv_wanted *wanted, table **out, faults *faults_list)
{
    struct stat facts;
    *out = NULL;
    if (lstat(wanted->path, &facts) != 0) {
        if (errno == ENOENT && wanted->optional)
            return STATUS_OK;
        return faults_refuse(faults_list, source_at(wanted->path, 0, 0), M_CSV_ABSENT,
                             SYSTEM_CAUSE(errno));
    }
    if (!S_ISREG(facts.st_mode))
        return faults_refuse(faults_list, source_at(wanted->path, 0, 0), M_CSV_NOT_PLAIN);
    const read_options how = {.path = wanted->path,
                              .encoding = ENCODING_UTF8,
                              .separator = ',',
                              .columns = wanted->columns,
                              .column_count = wanted->count};
    status s = check_heading(wanted, &how, faults_list);
    return s == STATUS_OK ? table_read(&how, out, NULL, faults_list) : s;
}

double csv_number(const column *c, size_t row)
{
    if (!csv_present(c, row))
        return NAN;
    switch (c->type) {
    case COLUMN_F64:
        return c->at.f64[row];
    case COLUMN_I64:
        return (double)c->at.i64[row];
    case COLUMN_U32:
        return (double)c->at.u32[row];
    case COLUMN_TEXT:
        break;
    }
    return NAN;
}
