#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"
#include "engine/cache_survey.h"

enum { DAY_S = 86400, KEEP_DAYS = 30, AMOUNT_BYTES = 48, DIGITS_MAX = 19 };

/* --- what is typed --- */

typedef struct word_factor {
    const char *word;
    uint64_t factor;
} word_factor;

static const word_factor durations[] = {{"d", DAY_S},     {"j", DAY_S},       {"h", 3600},
                                        {"w", 7 * DAY_S}, {"sem", 7 * DAY_S}, {NULL, 0}};
static const word_factor sizes[] = {{"KiB", 1 << 10},
                                    {"MiB", 1 << 20},
                                    {"GiB", 1 << 30},
                                    {"TiB", UINT64_C(1) << 40},
                                    {"Kio", 1 << 10},
                                    {"Mio", 1 << 20},
                                    {"Gio", 1 << 30},
                                    {"Tio", UINT64_C(1) << 40},
                                    {"MB", 1000000},
                                    {"GB", 1000000000},
                                    {"Mo", 1000000},
                                    {"Go", 1000000000},
                                    {"TB", UINT64_C(1000000000000)},
                                    {"To", UINT64_C(1000000000000)},
                                    {NULL, 0}};

/* "30d", "10 GiB": a whole number and a word. */
static bool amount_parse(const char *typed, const word_factor *known, uint64_t *out)
{
    const size_t digits = strspn(typed, "0123456789");
    const char *word = typed + digits + strspn(typed + digits, " ");
    uint64_t number = 0;
    if (digits == 0 || digits > DIGITS_MAX || !text_to_u64(text_slice_of(typed, digits), &number)) {
        return false;
    }
    for (size_t i = 0; known[i].word != NULL; i++) {
        if (strcasecmp(known[i].word, word) == 0) {
            return !__builtin_mul_overflow(number, known[i].factor, out);
        }
    }
    return false;
}

static status rule_of(const cli_options *o, int64_t now_s, cache_rule *out, error *err)
{
    uint64_t keep_s = (uint64_t)KEEP_DAYS * DAY_S;
    *out =
        (cache_rule){.all = o->all, .before_s = INT64_MIN, .max_bytes = UINT64_MAX, .now_s = now_s};
    if (o->keep != NULL && (!amount_parse(o->keep, durations, &keep_s) || keep_s > INT32_MAX)) {
        return error_set(err, STATUS_USAGE, M_CACHE_KEEP, o->keep);
    }
    if (o->max_size != NULL && !amount_parse(o->max_size, sizes, &out->max_bytes)) {
        return error_set(err, STATUS_USAGE, M_CACHE_MAX_SIZE, o->max_size);
    }
    if (o->keep != NULL || o->max_size == NULL) {
        out->before_s = now_s - (int64_t)keep_s;
    }
    return STATUS_OK;
}

/* --- what is shown --- */

static const char *bytes_text(uint64_t bytes, language lang, char buffer[AMOUNT_BYTES])
{
    static const char *const fr[] = {"octets", "Kio", "Mio", "Gio", "Tio"};
    static const char *const en[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double shown = (double)bytes;
    size_t step = 0;
    char number[32];
    while (shown >= 1024 && step + 1 < sizeof fr / sizeof *fr) {
        shown /= 1024;
        step++;
    }
    (void)text_number(shown, step > 1 ? 1 : 0, lang, number, sizeof number);
    (void)snprintf(buffer, AMOUNT_BYTES, "%s %s", number, tr(lang, fr[step], en[step]));
    return buffer;
}

/* Spaces behind, for people's letters and not for bytes. */
static void print_padded(const char *text, int width)
{
    int letters = 0;
    for (const char *c = text; *c != '\0'; c++) {
        letters += ((unsigned char)*c & 0xc0) != 0x80;
    }
    (void)printf("%s%*s", text, width > letters ? width - letters : 1, "");
}

typedef struct shelf {
    size_t count, begun, damaged;
    uint64_t bytes;
} shelf;

static void put(shelf *to, const cache_entry *e)
{
    to->count++;
    to->begun += e->begun && !e->damaged;
    to->damaged += e->damaged;
    to->bytes += e->bytes;
}

static void print_shelf(const char *name, const shelf *s, language lang)
{
    char size[AMOUNT_BYTES];
    (void)printf("  ");
    print_padded(name, 32);
    (void)printf("%6zu  %s", s->count, bytes_text(s->bytes, lang, size));
    if (s->begun > 0) {
        (void)printf("%s%zu", tr(lang, M_CACHE_BEGUN), s->begun);
    }
    if (s->damaged > 0) {
        (void)printf("%s%zu", tr(lang, M_CACHE_DAMAGED_COUNT), s->damaged);
    }
    (void)printf("\n");
}

static int by_plugin(const void *a, const void *b)
{
    const cache_entry *x = a, *y = b;
    const int order = strcmp(x->plugin, y->plugin);
    return order != 0 ? order : strcmp(x->path, y->path);
}

static bool is_first_of_plugin(const cache_survey *s, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (s->entries[i].kind == CACHE_JOB &&
            strcmp(s->entries[i].plugin, s->entries[at].plugin) == 0) {
            return false;
        }
    }
    return true;
}

static void print_plugins(const cache_survey *s, language lang)
{
    for (size_t i = 0; i < s->count; i++) {
        shelf of = {0};
        if (s->entries[i].kind != CACHE_JOB || !is_first_of_plugin(s, i)) {
            continue;
        }
        for (size_t k = i; k < s->count; k++) {
            if (s->entries[k].kind == CACHE_JOB &&
                strcmp(s->entries[k].plugin, s->entries[i].plugin) == 0) {
                put(&of, &s->entries[k]);
            }
        }
        const char *name = s->entries[i].plugin;
        print_shelf(name[0] != '\0' ? name : tr(lang, M_CACHE_UNREADABLE), &of, lang);
    }
}

static void print_kind(const cache_survey *s, cache_kind wanted, const char *name, language lang)
{
    shelf of = {0};
    for (size_t i = 0; i < s->count; i++) {
        if (s->entries[i].kind == wanted) {
            put(&of, &s->entries[i]);
        }
    }
    if (of.count > 0) {
        print_shelf(name, &of, lang);
    }
}

static void print_survey(const cache_survey *s, int64_t now_s, language lang)
{
    shelf all = {0};
    int64_t oldest_s = now_s;
    char size[AMOUNT_BYTES];
    for (size_t i = 0; i < s->count; i++) {
        put(&all, &s->entries[i]);
        oldest_s = s->entries[i].used_s < oldest_s ? s->entries[i].used_s : oldest_s;
    }
    say_line(stdout, lang, M_CACHE_FOLDER, s->folder);
    if (s->count == 0) {
        say_line(stdout, lang, M_CACHE_EMPTY);
        return;
    }
    qsort(s->entries, s->count, sizeof *s->entries, by_plugin);
    print_plugins(s, lang);
    print_kind(s, CACHE_NETWORK, tr(lang, M_CACHE_NETWORKS), lang);
    print_kind(s, CACHE_LEFTOVER, tr(lang, M_CACHE_LEFTOVERS), lang);
    const long long days = (long long)((now_s - oldest_s) / DAY_S);
    (void)bytes_text(all.bytes, lang, size);
    if (days > 0) {
        say_line(stdout, lang, M_CACHE_TOTAL, all.count, size, days);
    } else {
        say_line(stdout, lang, M_CACHE_TOTAL_TODAY, all.count, size);
    }
    if (all.damaged > 0) {
        say_line(stdout, lang, M_CACHE_DAMAGED_NOTE);
    }
}

/* --- the command --- */

static status prune(const command_context *c, const cache_survey *s, const cache_rule *rule,
                    error *err)
{
    cache_pruned done;
    char size[AMOUNT_BYTES];
    const language lang = c->options->language;
    const status result = cache_prune(s, rule, &done, err);
    say_line(stdout, lang, M_CACHE_PRUNED, done.removed, bytes_text(done.bytes, lang, size));
    if (done.held > 0) {
        say_line(stdout, lang, M_CACHE_HELD, done.held);
    }
    return result;
}

status command_cache(const command_context *c)
{
    error err;
    cache_survey survey = {.folder = NULL};
    cache_rule rule;
    const cli_options *o = c->options;
    const int64_t now_s = (int64_t)time(NULL);
    const bool pruning = o->argument != NULL && strcmp(o->argument, "prune") == 0;
    status result = rule_of(o, now_s, &rule, &err);
    if (result == STATUS_OK && o->argument != NULL && !pruning) {
        result = error_set(&err, STATUS_USAGE, M_CACHE_WORD, o->argument);
    } else if (result == STATUS_OK && !pruning && (o->all || o->keep || o->max_size)) {
        result = error_set(&err, STATUS_USAGE, M_CACHE_PRUNE_ALONE);
    }
    if (result == STATUS_OK) {
        result = cache_survey_read(&survey, o->folder, 0, pruning ? NULL : c->environment->progress,
                                   &err);
    }
    if (result == STATUS_OK && survey.folder == NULL) {
        result = error_set(&err, STATUS_ENVIRONMENT, M_CACHE_NO_FOLDER);
    } else if (result == STATUS_OK && pruning) {
        result = prune(c, &survey, &rule, &err);
    } else if (result == STATUS_OK) {
        print_survey(&survey, now_s, o->language);
    }
    if (result != STATUS_OK) {
        result = faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    faults_print(c->faults_list, o, NULL);
    cache_survey_clear(&survey);
    return result;
}
