#include <stdio.h>
#include <string.h>

#include "base/blocks.h"
#include "engine/messages.h"
#include "engine/run_steps.h"

enum { TIMINGS_SHOWN = 64 };

static const report_writer *writer_find(const report_writer *const *writers, const char *id)
{
    for (size_t i = 0; writers[i] != NULL; i++) {
        if (strcmp(writers[i]->id, id) == 0) {
            return writers[i];
        }
    }
    return NULL;
}

/* One format: the writers only read the results, each writes files of its own. */
typedef struct format_writing {
    run_state *run;
    const report_request *request;
    error *errors; /* one a format */
    atomic_size_t written;
} format_writing;

static status write_format(void *context, block b, error *err)
{
    format_writing *const w = context;
    const scenario *s = w->run->scenario;
    for (size_t i = b.begin; i < b.end; i++) {
        const report_writer *writer = writer_find(w->run->environment->writers, s->formats[i]);
        error own = {0};
        if (writer != NULL && writer->write(w->run->results, w->request, &own) != STATUS_OK) {
            error_prefix(&own, M_RUN_WRITER, s->formats[i]);
            w->errors[i] = *err = own;
            return own.status;
        }
        progress_advance(w->run->environment->progress, atomic_fetch_add(&w->written, 1) + 1,
                         s->format_count);
    }
    return STATUS_OK;
}

/* Side by side: most of the time goes into the maps and the workbook, which is made in a worker. */
static status write_formats(run_state *r, const report_request *request)
{
    error err = {0};
    const scenario *s = r->scenario;
    format_writing w = {.run = r, .request = request};
    w.errors = arena_take(s->memory, s->format_count, sizeof *w.errors);
    if (w.errors == NULL) {
        (void)memory_error(&err, s->format_count * sizeof err);
        return faults_add_error(r->faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < s->format_count; i++) {
        if (writer_find(r->environment->writers, s->formats[i]) == NULL)
            faults_warn(r->faults_list, SOURCE_NONE, M_RUN_NO_WRITER, s->formats[i]);
    }
    status result = blocks_run(s->format_count, 1, request->threads, request->progress->cancel,
                               write_format, &w, &err);
    for (size_t i = 0; i < s->format_count; i++) {
        if (w.errors[i].status != STATUS_OK)
            result = faults_add_error(r->faults_list, SOURCE_NONE, &w.errors[i]);
    }
    return result;
}

static status write_manifest(run_state *r)
{
    error err;
    const char *text = r->results->manifest_json;
    char *path = arena_format(r->scenario->memory, "%s/run.json", publication_path(r->publication));
    status result =
        path != NULL ? file_write_atomic(path, text, strlen(text), &err) : memory_error(&err, 0);
    return result == STATUS_OK ? result : faults_add_error(r->faults_list, SOURCE_NONE, &err);
}

status results_write(run_state *r)
{
    const scenario *s = r->scenario;
    const report_request request = {
        .folder = publication_path(r->publication),
        .reference_folder = r->environment->reference_folder,
        .workers = r->environment->workers,
        .threads = run_threads(s),
        .progress = r->environment->progress,
    };
    const status result = write_formats(r, &request);
    return result == STATUS_OK ? write_manifest(r) : result;
}

/* Timings are of the clock: beside the folder, never inside. Their loss is no failure of the run.
 */
static void write_timings(run_state *r)
{
    progress_timing timings[TIMINGS_SHOWN];
    text_buffer lines = {0};
    error err;
    const char *folder = r->options->results_folder;
    size_t size = strlen(folder);
    size_t count = progress_timings(r->environment->progress, timings, TIMINGS_SHOWN);
    while (size > 1 && folder[size - 1] == '/') {
        size--;
    }
    char *path = arena_format(r->scenario->memory, "%.*s.log", (int)size, folder);
    for (size_t i = 0; i < count && i < TIMINGS_SHOWN; i++) {
        text_add_format(&lines, "{\"step\":");
        text_add_json(&lines, text_slice_of(timings[i].id, strlen(timings[i].id)));
        text_add_format(&lines, ",\"seconds\":%.6f,\"peak_kib\":%zu}\n", timings[i].seconds,
                        timings[i].peak_kib);
    }
    if (path == NULL || lines.failed ||
        file_write_atomic(path, lines.at != NULL ? lines.at : "", lines.size, &err) != STATUS_OK) {
        faults_warn(r->faults_list, SOURCE_NONE, M_RUN_TIMINGS);
    }
    text_buffer_clear(&lines);
}

status results_publish(run_state *r)
{
    error err;
    status result = publication_commit(r->publication, &err);
    if (result != STATUS_OK) {
        return faults_add_error(r->faults_list, SOURCE_NONE, &err);
    }
    progress_end(r->environment->progress);
    write_timings(r);
    if (r->options->summary != NULL) {
        run_summarise(r->results, r->options->summary);
    }
    return STATUS_OK;
}
