/* bassin plugin check FILE: the conformance of one plugin, told check by check. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/paths.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"
#include "engine/conformance/conformance.h"
#include "engine/conformance/conformance_messages.h"

/* --- telling --- */

/* What is told, and what is still to tell: checks that are skipped for one reason make one line. */
typedef struct telling {
    const cli_options *options;
    size_t skipped;
    conformance_line last_skipped;
} telling;

static const char *verdict_word(verdict v, language lang)
{
    static const char *const names[][2] = {
        [VERDICT_GOOD] = {M_VERDICT_GOOD},
        [VERDICT_WARNING] = {M_VERDICT_WARNING},
        [VERDICT_BAD] = {M_VERDICT_BAD},
        [VERDICT_FAILED] = {M_VERDICT_FAILED},
    };
    return names[v][lang];
}

static void add_json(text_buffer *b, const char *name, const char *text)
{
    text_add_format(b, ",\"%s\":", name);
    text_add_json(b, text_slice_of(text, strlen(text)));
}

static void tell_json(const conformance_line *line, language lang)
{
    static const char *const names[] = {"good", "warning", "skipped", "bad", "failed"};
    text_buffer b = {0};
    text_add(&b, "{\"event\":\"check\"");
    add_json(&b, "id", line->id);
    add_json(&b, "verdict", names[line->verdict]);
    add_json(&b, "title", tr(lang, line->title_fr, line->title_en));
    if (line->verdict != VERDICT_GOOD) {
        add_json(&b, "text", error_text(&line->why, lang));
    }
    if (!b.failed) {
        (void)printf("%s}\n", b.at);
    }
    text_buffer_clear(&b);
}

/* Columns that line up: printf counts bytes, and accents are two. */
static void print_padded(const char *text, int width)
{
    int shown = 0;
    for (const char *c = text; *c != '\0'; c++) {
        shown += ((unsigned char)*c & 0xC0u) != 0x80u;
    }
    (void)printf("%s%*s", text, shown < width ? width - shown : 1, "");
}

static void tell_skipped(telling *t)
{
    const language lang = t->options->language;
    const conformance_line *line = &t->last_skipped;
    if (t->skipped == 1) {
        say_line(stdout, lang, M_VERDICT_SKIPPED, tr(lang, line->title_fr, line->title_en),
                 error_text(&line->why, lang));
    } else if (t->skipped > 1) {
        say_line(stdout, lang, M_VERDICT_SKIPPED_MANY, t->skipped, error_text(&line->why, lang));
    }
    t->skipped = 0;
}

static void tell(telling *t, const conformance_line *line)
{
    const cli_options *o = t->options;
    if (o->json) {
        tell_json(line, o->language);
        return;
    }
    const bool skipped = line->verdict == VERDICT_SKIPPED;
    if (!skipped || strcmp(line->why.en, t->last_skipped.why.en) != 0) {
        tell_skipped(t);
    }
    if (skipped) {
        t->last_skipped = *line;
        t->skipped++;
        return;
    }
    print_padded(verdict_word(line->verdict, o->language), 9);
    (void)printf("%s\n", tr(o->language, line->title_fr, line->title_en));
    if (line->verdict != VERDICT_GOOD) {
        (void)printf("         %s\n", error_text(&line->why, o->language));
    }
    (void)fflush(stdout);
}

static void told(void *context, const conformance_line *line)
{
    tell(context, line);
}

static void told_case(void *context, const faults *list)
{
    const telling *t = context;
    faults_print(list, t->options, NULL);
}

static void conclude(const cli_options *o, const char *id, status result)
{
    if (o->json) {
        text_buffer b = {0};
        text_add(&b, "{\"event\":\"conformance\"");
        add_json(&b, "plugin", id);
        text_add_format(&b, ",\"conforms\":%s", result == STATUS_OK ? "true" : "false");
        if (!b.failed) {
            (void)printf("%s}\n", b.at);
        }
        text_buffer_clear(&b);
    } else if (result == STATUS_OK) {
        say_line(stdout, o->language, M_PLUGIN_CONFORMS, id);
    } else if (result == STATUS_INPUT) {
        say_line(stdout, o->language, M_PLUGIN_CONFORMS_NOT, id);
    } else if (result == STATUS_PLUGIN) {
        say_line(stdout, o->language, M_PLUGIN_RUN_FAILED, id);
    }
}

/* --- doing --- */

/* What opening says is the first check: the descriptor is judged there. */
static void tell_opened(const cli_options *o, status result)
{
    static const char *const titles[] = {M_TRIAL_DESCRIPTOR};
    conformance_line line = {.id = "descriptor",
                             .title_fr = titles[LANGUAGE_FR],
                             .title_en = titles[LANGUAGE_EN],
                             .verdict = result == STATUS_OK ? VERDICT_GOOD : VERDICT_BAD};
    (void)error_set(&line.why, STATUS_INPUT, M_CONFORM_REFUSED);
    tell(&(telling){.options = o}, &line);
}

static status check_opened(const command_context *c, const loaded_plugin *loaded)
{
    error err = {.status = STATUS_OK};
    const cli_options *o = c->options;
    telling t = {.options = o};
    const conformance_options options = {.workers = c->environment->workers,
                                         .cancel = c->environment->progress->cancel,
                                         .case_folder = o->case_folder,
                                         .told = told,
                                         .told_case = told_case,
                                         .context = &t};
    status result = conformance_run(loaded, &options, &err);
    tell_skipped(&t);
    conclude(o, loaded->plugin->id, result);
    if (err.status != STATUS_OK && result != STATUS_INPUT && result != STATUS_PLUGIN) {
        (void)faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    return result;
}

/* The one file, as if its folder were listed in BASSIN_PLUGIN_PATH: naming it allows it. */
static status open_and_check(const command_context *c, arena *memory, const char *folder)
{
    plugin_search where = c->environment->plugins;
    const loaded_plugin *loaded = NULL;
    size_t count = 0;
    const char *const file = c->options->argument;
    const char *wanted = strchr(file, '/') != NULL ? file : arena_format(memory, "./%s", file);
    error err;
    if (wanted == NULL) {
        (void)memory_error(&err, strlen(file));
        return faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    where.folders = &folder;
    where.folder_count = 1;
    status result = plugins_open(&where, &wanted, 1, memory, &loaded, &count, c->faults_list);
    tell_opened(c->options, result);
    faults_print(c->faults_list, c->options, NULL);
    if (result == STATUS_OK && count == 1) {
        result = check_opened(c, &loaded[0]);
    }
    plugins_close(loaded, count);
    return result;
}

static bool is_file(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
}

static status refuse(const command_context *c, const error *err)
{
    status result = faults_add_error(c->faults_list, SOURCE_NONE, err);
    faults_print(c->faults_list, c->options, NULL);
    return result;
}

status command_plugin_check(const command_context *c)
{
    error err;
    arena *memory = NULL;
    char *folder = NULL;
    if (c->options->argument == NULL) {
        (void)error_set(&err, STATUS_USAGE, M_PLUGIN_NEEDS_FILE);
        return refuse(c, &err);
    }
    status result = is_file(c->options->argument)
                        ? arena_new(&memory, &err)
                        : error_set(&err, STATUS_INPUT, M_PLUGIN_NO_FILE, c->options->argument);
    if (result == STATUS_OK) {
        folder = path_parent(c->options->argument);
        result = folder != NULL ? STATUS_OK : memory_error(&err, strlen(c->options->argument));
    }
    result = result == STATUS_OK ? open_and_check(c, memory, folder) : refuse(c, &err);
    memory_free(folder);
    arena_free(memory);
    return result;
}
