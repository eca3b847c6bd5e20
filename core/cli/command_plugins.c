#include <stdio.h>
#include <string.h>

#include "base/sandbox.h"
#include "base/units.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"

enum { NAME_BYTES = 256 };

static const void *item(const bassin_list *l, uint32_t i)
{
    return (const char *)l->items + (size_t)i * l->stride;
}

static const char *unit_label(const char *code, language lang)
{
    const unit *u = code != NULL ? unit_find(code) : NULL;
    return u != NULL ? tr(lang, u->label_fr, u->label_en) : "";
}

static void print_label(const char *code, language lang)
{
    const char *label = unit_label(code, lang);
    if (label[0] != '\0')
        (void)printf(" [%s]", label);
}

/* Where a default comes from; an assumption in the reader's word. */
static void print_basis(const bassin_param *p, language lang)
{
    static const char mark[] = "assumed";
    const char *basis = lang == LANGUAGE_EN && p->basis_en != NULL ? p->basis_en : p->basis;
    if (basis == NULL || basis[0] == '\0')
        return;
    const bool assumed = strncmp(basis, mark, sizeof mark - 1) == 0;
    (void)printf("  %-24s   %s%s\n", "", assumed ? tr(lang, M_PLUGINS_ASSUMED) : "",
                 assumed ? basis + sizeof mark - 1 : basis);
}

static void print_param(const bassin_param *p, language lang)
{
    char value[64] = "";
    const char *shown = p->fallback_text;
    if (shown == NULL) {
        (void)text_from_f64(p->fallback, value, sizeof value);
        shown = value;
    }
    const char *label = unit_label(p->unit, lang);
    (void)printf("  %-24s %s", p->id, tr(lang, p->title_fr, p->title_en));
    if (shown[0] != '\0') {
        (void)printf(" (%s %s%s%s)", tr(lang, M_PLUGINS_BY_DEFAULT), shown,
                     label[0] != '\0' ? " " : "", label);
    }
    (void)printf("\n");
    print_basis(p, lang);
}

static void print_input(const bassin_input *in, language lang)
{
    const bool optional = (in->flags & BASSIN_INPUT_OPTIONAL) != 0;
    (void)printf("  %s.%s", in->table, in->column);
    print_label(in->unit, lang);
    (void)printf("%s%s\n", optional ? " " : "", optional ? tr(lang, M_PLUGINS_OPTIONAL) : "");
}

static bool is_shared_table(const char *name)
{
    return strcmp(name, "places") == 0 || strcmp(name, "venues") == 0 ||
           strcmp(name, "territories") == 0;
}

/* With its name in the results, where the columns of the shared tables and the tables of an added
 * plugin bear its own. */
static void print_output(const loaded_plugin *l, const bassin_output *out, const char *prefix,
                         language lang)
{
    char name[NAME_BYTES];
    if (l->kind == PLUGIN_BUILT_IN)
        (void)snprintf(name, sizeof name, "%s", out->id);
    else if (is_shared_table(out->table))
        (void)snprintf(name, sizeof name, "%s (%s%s)", out->id, prefix, out->id);
    else
        (void)snprintf(name, sizeof name, "%s (%s%s)", out->id, prefix, out->table);
    (void)printf("  %s.%-24s %s", out->table, name, tr(lang, out->title_fr, out->title_en));
    print_label(out->unit, lang);
    (void)printf("\n");
}

static status print_lists(const loaded_plugin *l, arena *memory, language lang, error *err)
{
    const bassin_plugin *p = l->plugin;
    const char *prefix = plugin_prefix(p->id, memory);
    if (prefix == NULL)
        return memory_error(err, strlen(p->id));
    (void)printf("\n%s\n", tr(lang, M_PLUGINS_PARAMS));
    for (uint32_t i = 0; i < p->params.count; i++) {
        print_param(item(&p->params, i), lang);
    }
    (void)printf("\n%s\n", tr(lang, M_PLUGINS_INPUTS));
    for (uint32_t i = 0; i < p->inputs.count; i++) {
        print_input(item(&p->inputs, i), lang);
    }
    (void)printf("\n%s\n", tr(lang, M_PLUGINS_OUTPUTS));
    for (uint32_t i = 0; i < p->outputs.count; i++) {
        print_output(l, item(&p->outputs, i), prefix, lang);
    }
    return STATUS_OK;
}

static void print_isolation(const loaded_plugin *l, language lang)
{
    if (l->kind == PLUGIN_PIPE) {
        say_line(stdout, lang, M_PLUGINS_PROGRAM, l->program, sandbox_means());
    } else if (l->handle != NULL) {
        say_line(stdout, lang, M_PLUGINS_HERE);
    } else {
        say_line(stdout, lang, M_PLUGINS_APART, sandbox_means());
    }
}

static status print_one(const loaded_plugin *l, arena *memory, language lang, error *err)
{
    const bassin_plugin *p = l->plugin;
    (void)printf("%s - %s\n", p->id, tr(lang, p->title_fr, p->title_en));
    say_line(stdout, lang, M_PLUGINS_VERSION, p->version);
    if (l->kind == PLUGIN_BUILT_IN) {
        say_line(stdout, lang, M_PLUGINS_BUILTIN);
    } else {
        say_line(stdout, lang, M_PLUGINS_FOREIGN, l->path);
        print_isolation(l, lang);
    }
    (void)printf("SHA-256 %s\n\n%s\n", l->sha256, tr(lang, p->method_fr, p->method_en));
    return print_lists(l, memory, lang, err);
}

static void print_all(const loaded_plugin *loaded, size_t count, language lang)
{
    for (size_t i = 0; i < count; i++) {
        const bassin_plugin *p = loaded[i].plugin;
        (void)printf("%-22s %-8s %s\n", p->id, p->version, tr(lang, p->title_fr, p->title_en));
    }
}

status command_plugins(const command_context *c)
{
    error err;
    arena *memory = NULL;
    const loaded_plugin *loaded = NULL;
    size_t count = 0;
    const char *id = c->options->argument;
    status result = arena_new(&memory, &err);
    if (result != STATUS_OK) {
        result = faults_add_error(c->faults_list, SOURCE_NONE, &err);
    } else {
        result = plugins_open(&c->environment->plugins, id != NULL ? &id : NULL, id != NULL ? 1 : 0,
                              memory, &loaded, &count, c->faults_list);
    }
    faults_print(c->faults_list, c->options, NULL);
    if (result == STATUS_OK && id != NULL && count > 0) {
        result = print_one(&loaded[0], memory, c->options->language, &err);
        if (result != STATUS_OK)
            (void)faults_add_error(c->faults_list, SOURCE_NONE, &err);
    } else if (result == STATUS_OK) {
        print_all(loaded, count, c->options->language);
    }
    plugins_close(loaded, count);
    arena_free(memory);
    return result;
}
