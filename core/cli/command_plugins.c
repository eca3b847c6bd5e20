#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"

static const void *item(const bassin_list *l, uint32_t i)
{
    return (const char *)l->items + (size_t)i * l->stride;
}

static const char *unit_label(const char *code, language lang)
{
    const unit *u = code != NULL ? unit_find(code) : NULL;
    return u != NULL ? tr(lang, u->label_fr, u->label_en) : "";
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

static void print_lists(const bassin_plugin *p, language lang)
{
    (void)printf("\n%s\n", tr(lang, M_PLUGINS_PARAMS));
    for (uint32_t i = 0; i < p->params.count; i++) {
        print_param(item(&p->params, i), lang);
    }
    (void)printf("\n%s\n", tr(lang, M_PLUGINS_INPUTS));
    for (uint32_t i = 0; i < p->inputs.count; i++) {
        const bassin_input *in = item(&p->inputs, i);
        bool optional = (in->flags & BASSIN_INPUT_OPTIONAL) != 0;
        (void)printf("  %s.%s%s%s\n", in->table, in->column, optional ? " " : "",
                     optional ? tr(lang, M_PLUGINS_OPTIONAL) : "");
    }
    (void)printf("\n%s\n", tr(lang, M_PLUGINS_OUTPUTS));
    for (uint32_t i = 0; i < p->outputs.count; i++) {
        const bassin_output *out = item(&p->outputs, i);
        const char *label = unit_label(out->unit, lang);
        (void)printf("  %s.%-24s %s%s%s%s\n", out->table, out->id,
                     tr(lang, out->title_fr, out->title_en), label[0] != '\0' ? " [" : "", label,
                     label[0] != '\0' ? "]" : "");
    }
}

static void print_one(const loaded_plugin *l, language lang)
{
    const bassin_plugin *p = l->plugin;
    (void)printf("%s - %s\n", p->id, tr(lang, p->title_fr, p->title_en));
    say_line(stdout, lang, M_PLUGINS_VERSION, p->version);
    if (l->kind == PLUGIN_BUILT_IN) {
        say_line(stdout, lang, M_PLUGINS_BUILTIN);
    } else {
        say_line(stdout, lang, M_PLUGINS_FOREIGN, l->path);
    }
    (void)printf("SHA-256 %s\n\n%s\n", l->sha256, tr(lang, p->method_fr, p->method_en));
    print_lists(p, lang);
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
        print_one(&loaded[0], c->options->language);
    } else if (result == STATUS_OK) {
        print_all(loaded, count, c->options->language);
    }
    arena_free(memory);
    return result;
}
