#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"
#include "datasets/catalogue/fetch.h"

enum { NUMBER_BYTES = 48, CELL_BYTES = 96 };

/* The tables that come with the program, or the user's own catalogue. */
static status read_tables(const command_context *c, catalogue **files, areas **known)
{
    error err;
    arena *memory = NULL;
    const run_environment *e = c->environment;
    status s = arena_new(&memory, &err);
    if (s != STATUS_OK) {
        return faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    const char *of_files = c->options->catalogue != NULL
                               ? c->options->catalogue
                               : arena_format(memory, "%s/catalogue.csv", e->reference_folder);
    const char *of_areas = arena_format(memory, "%s/departements.csv", e->reference_folder);
    if (of_files == NULL || of_areas == NULL) {
        s = faults_add_error(c->faults_list, SOURCE_NONE, (memory_error(&err, 64), &err));
    }
    if (s == STATUS_OK) {
        s = areas_read(of_areas, known, c->faults_list);
        const status files_read = catalogue_read(of_files, e->importers, files, c->faults_list);
        s = s == STATUS_OK ? files_read : s;
    }
    arena_free(memory);
    return s;
}

/* --- the list --- */

static const char *state_word(item_state s, language lang)
{
    switch (s) {
    case ITEM_ABSENT:
        return tr(lang, M_LIST_ABSENT);
    case ITEM_PART:
        return tr(lang, M_LIST_PART);
    case ITEM_THERE:
        return tr(lang, M_LIST_THERE);
    case ITEM_BY_HAND:
        return tr(lang, M_LIST_BY_HAND);
    case ITEM_OTHER:
        return tr(lang, M_LIST_OTHER);
    default:
        return tr(lang, M_LIST_CHANGED);
    }
}

/* Padded by characters: texts hold accents. */
static void put_cell(const char *text, size_t width)
{
    size_t shown = 0;
    for (const char *at = text; *at != '\0'; at++) {
        shown += ((unsigned char)*at & 0xC0) != 0x80;
    }
    (void)fputs(text, stdout);
    for (; shown < width; shown++) {
        (void)fputc(' ', stdout);
    }
    (void)fputs("  ", stdout);
}

static const char *size_text(const fetch_item *i, language lang, char out[CELL_BYTES])
{
    char number[NUMBER_BYTES];
    error text;
    const bool there = i->state != ITEM_ABSENT && i->state != ITEM_PART;
    if (i->bytes == 0) {
        return tr(lang, M_LIST_SIZE_UNKNOWN);
    }
    (void)text_number((double)i->bytes / 1e6, 1, lang, number, sizeof number);
    (void)(there || i->entry->size_exact ? error_set(&text, STATUS_OK, M_LIST_MB, number)
                                         : error_set(&text, STATUS_OK, M_LIST_ABOUT, number));
    (void)snprintf(out, CELL_BYTES, "%s", error_text(&text, lang));
    return out;
}

static void list_item(const fetch_item *i, language lang)
{
    char size[CELL_BYTES], state[CELL_BYTES];
    const catalogue_entry *e = i->entry;
    (void)snprintf(state, sizeof state, "%s%s%.10s", state_word(i->state, lang),
                   i->fetched[0] != '\0' ? " " : "", i->fetched);
    put_cell(state, 24);
    put_cell(e->id, 28);
    put_cell(i->file, 52);
    put_cell(size_text(i, lang, size), 16);
    put_cell(e->vintage[0] != '\0' ? e->vintage : "-", 5);
    put_cell(e->licence, 22);
    (void)printf("%s\n", tr(lang, e->title_fr, e->title_en));
}

static void add_text(text_buffer *b, const char *name, const char *text)
{
    text_add_format(b, ",\"%s\":", name);
    text_add_json(b, text_slice_of(text, strlen(text)));
}

static void list_item_json(const fetch_item *i)
{
    static const char *const states[] = {"absent", "part", "there", "by_hand", "other", "changed"};
    text_buffer b = {0};
    text_add_format(&b, "{\"state\":\"%s\"", states[i->state]);
    add_text(&b, "id", i->entry->id);
    add_text(&b, "file", i->file);
    add_text(&b, "address", i->address);
    add_text(&b, "licence", i->entry->licence);
    add_text(&b, "vintage", i->entry->vintage);
    if (i->bytes > 0) {
        text_add_format(&b, ",\"bytes\":%llu", (unsigned long long)i->bytes);
    }
    if (!b.failed) {
        (void)printf("%s}\n", b.at);
    }
    text_buffer_clear(&b);
}

static void list_plan(const command_context *c, const fetch_options *o, const fetch_plan *planned)
{
    const language lang = c->options->language;
    if (!c->options->json) {
        say_line(stdout, lang, M_LIST_TITLE, planned->word.name, planned->count, o->folder);
    }
    for (size_t i = 0; i < planned->count; i++) {
        if (c->options->json) {
            list_item_json(&planned->items[i]);
        } else {
            list_item(&planned->items[i], lang);
        }
    }
    if (c->options->json) {
        return;
    }
    if (planned->cut_waits) {
        say_line(stdout, lang, M_LIST_CUT_WAITS);
    }
    if (planned->elsewhere > 0) {
        say_line(stdout, lang, M_LIST_ELSEWHERE, planned->elsewhere);
    }
    say_line(stdout, lang, M_LIST_UNCHECKED);
}

/* --- the work --- */

static void say_end(const command_context *c, const fetch_options *o, const fetch_plan *planned,
                    status result)
{
    char number[NUMBER_BYTES];
    const language lang = c->options->language;
    const bool usual = strcmp(o->folder, DATA_FOLDER) == 0;
    if (c->options->json) {
        (void)fprintf(stderr,
                      "{\"event\":\"end\",\"status\":%d,\"downloaded\":%zu,\"there\":%zu,"
                      "\"failed\":%zu,\"bytes\":%llu}\n",
                      status_exit_code(result), planned->done, planned->there, planned->failed,
                      (unsigned long long)planned->done_bytes);
        return;
    }
    (void)text_number((double)planned->done_bytes / 1e6, 1, lang, number, sizeof number);
    say_line(stderr, lang, M_FETCH_DONE, planned->done, number, planned->there, planned->failed,
             o->folder);
    if (result == STATUS_OK) {
        say_line(stderr, lang, M_FETCH_NEXT, planned->word.keep, usual ? "" : " --data ",
                 usual ? "" : o->folder);
    }
}

static status fetch_with(const command_context *c, const catalogue *files, const areas *known)
{
    fetch_plan *planned = NULL;
    const cli_options *typed = c->options;
    const fetch_options o = {
        .territory = typed->argument,
        .folder = typed->output != NULL ? typed->output : DATA_FOLDER,
        .mirror = typed->mirror,
        .only = typed->only,
        .catalogue = files,
        .areas = known,
        .importers = c->environment->importers,
        .workers = c->environment->workers,
        .progress = c->environment->progress,
        .rules = download_usual_rules,
    };
    status result = fetch_plan_make(&o, &planned, c->faults_list);
    if (result == STATUS_OK && typed->list) {
        list_plan(c, &o, planned);
    } else if (result == STATUS_OK) {
        result = fetch_all(&o, planned, c->faults_list);
    }
    faults_print(c->faults_list, typed, NULL);
    if (planned != NULL && !typed->list) {
        say_end(c, &o, planned, result);
    }
    fetch_plan_free(planned);
    return result;
}

status command_fetch(const command_context *c)
{
    error err;
    catalogue *files = NULL;
    areas *known = NULL;
    if (c->options->argument == NULL) {
        (void)error_set(&err, STATUS_USAGE, M_CLI_NEEDS_TERRITORY, "fetch", "fetch");
        status missing = faults_add_error(c->faults_list, SOURCE_NONE, &err);
        faults_print(c->faults_list, c->options, NULL);
        return missing;
    }
    status result = read_tables(c, &files, &known);
    if (result == STATUS_OK) {
        result = fetch_with(c, files, known);
    } else {
        faults_print(c->faults_list, c->options, NULL);
    }
    catalogue_free(files);
    areas_free(known);
    return result;
}
