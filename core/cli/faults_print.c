#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"
#include "engine/scenario/excerpt.h"

enum { LINE_BYTES = 4096, EXCERPT_BYTES = 640, COUNT_BYTES = 48 };

static void print_excerpt(const char *excerpt)
{
    const char *at = excerpt;
    while (*at != '\0') {
        size_t size = strcspn(at, "\n");
        (void)fprintf(stderr, "    %.*s\n", (int)size, at);
        at += size + (at[size] == '\n');
    }
}

static void add_json(text_buffer *b, const char *name, const char *text)
{
    if (text != NULL) {
        text_add_format(b, ",\"%s\":", name);
        text_add_json(b, text_slice_of(text, strlen(text)));
    }
}

static void print_json(const fault *f, language lang)
{
    static const char *const names[] = {"fault", "warning", "note"};
    text_buffer b = {0};
    text_add_format(&b, "{\"event\":\"%s\"", names[f->severity]);
    add_json(&b, "file", f->file);
    if (f->line > 0) {
        text_add_format(&b, ",\"line\":%llu", (unsigned long long)f->line);
    }
    if (f->column > 0) {
        text_add_format(&b, ",\"column\":%llu", (unsigned long long)f->column);
    }
    add_json(&b, "text", tr(lang, f->fr, f->en));
    if (!b.failed) {
        (void)fprintf(stderr, "%s}\n", b.at);
    }
    text_buffer_clear(&b);
}

static void print_text(const fault *f, language lang, const char *run_file, text_slice text)
{
    char line[LINE_BYTES], excerpt[EXCERPT_BYTES];
    (void)fault_format(f, lang, line, sizeof line);
    (void)fprintf(stderr, "%s\n", line);
    if (f->excerpt != NULL) {
        print_excerpt(f->excerpt);
    } else if (run_file != NULL && f->file != NULL && strcmp(f->file, run_file) == 0 &&
               excerpt_make(text, f->line, f->column, excerpt, sizeof excerpt)) {
        print_excerpt(excerpt);
    }
}

/* "aucune faute", "1 faute", "1 234 fautes". */
static const char *counted(size_t count, const char *none, const char *one, const char *many,
                           language lang, char *buffer, size_t size)
{
    if (count < 2) {
        return count == 0 ? none : one;
    }
    char number[COUNT_BYTES];
    (void)text_number((double)count, 0, lang, number, sizeof number);
    (void)snprintf(buffer, size, "%s %s", number, many);
    return buffer;
}

static void say_counts(size_t faults_found, size_t warnings, language lang)
{
    char a[2 * COUNT_BYTES], b[2 * COUNT_BYTES];
    const char *first =
        counted(faults_found, tr(lang, M_CLI_FAULTS_NONE), tr(lang, M_CLI_FAULTS_ONE),
                tr(lang, M_CLI_FAULTS), lang, a, sizeof a);
    const char *second =
        counted(warnings, tr(lang, M_CLI_WARNINGS_NONE), tr(lang, M_CLI_WARNINGS_ONE),
                tr(lang, M_CLI_WARNINGS), lang, b, sizeof b);
    say_line(stderr, lang, M_CLI_COUNTS, first, second);
}

static void print_counts(const faults *list, language lang, bool json)
{
    size_t faults_found = 0, warnings = 0;
    for (size_t i = 0; i < faults_count(list); i++) {
        faults_found += faults_at(list, i)->severity == SEVERITY_FAULT;
        warnings += faults_at(list, i)->severity == SEVERITY_WARNING;
    }
    if (json) {
        (void)fprintf(stderr, "{\"event\":\"counts\",\"faults\":%zu,\"warnings\":%zu}\n",
                      faults_found, warnings);
    } else if (faults_found + warnings > 0) {
        say_counts(faults_found, warnings, lang);
    }
}

void faults_print(const faults *list, const cli_options *options, const char *run_file)
{
    error err;
    file_view file = {0};
    if (run_file != NULL && file_map(run_file, &file, &err) != STATUS_OK) {
        run_file = NULL;
    }
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        if (options->json) {
            print_json(f, options->language);
        } else {
            print_text(f, options->language, run_file, text_slice_of(file.at, file.size));
        }
    }
    print_counts(list, options->language, options->json);
    file_unmap(&file);
}
