/* The run file described: JSON Schema for editors, and a Markdown page. Both walk the descriptors.
 */
#include <string.h>

#include "base/units.h"
#include "engine/scenario/descriptor.h"

static void add_string(text_buffer *out, const char *text)
{
    text_add_json(out, text_slice_of(text, strlen(text)));
}

/* --- JSON Schema --- */

static void schema_section(text_buffer *out, const section *s);

static void add_choices(text_buffer *out, const char *choices)
{
    text_add(out, "\"enum\":[");
    for (const char *at = choices; *at != '\0';) {
        size_t size = strcspn(at, "|");
        text_add(out, at == choices ? "" : ",");
        text_add_json(out, text_slice_of(at, size));
        at += size + (at[size] == '|');
    }
    text_add(out, "]");
}

static void add_bounds(text_buffer *out, const key *k)
{
    char low[32], high[32];
    (void)text_from_f64(k->lowest, low, sizeof low);
    (void)text_from_f64(k->highest, high, sizeof high);
    text_add_format(out, ",\"minimum\":%s,\"maximum\":%s", low, high);
}

/* Codes, file names and dates are text; YAML may still show an editor a number (77, 2024). */
static const char text_or_number[] = "\"type\":[\"string\",\"number\"]";

static void schema_input_or_section(text_buffer *out, const key *k)
{
    if ((k->flags & KEY_OR_FILE) == 0) {
        schema_section(out, k->section);
        return;
    }
    text_add(out, "\"oneOf\":[{\"type\":\"string\"},{");
    schema_section(out, k->section);
    text_add(out, "}]");
}

static void schema_kind(text_buffer *out, const key *k)
{
    switch (k->kind) {
    case KEY_WHOLE:
        text_add(out, "\"type\":\"integer\"");
        add_bounds(out, k);
        break;
    case KEY_SEED:
        text_add(out, "\"type\":\"integer\",\"minimum\":0");
        break;
    case KEY_QUANTITY:
        text_add(out, text_or_number);
        break;
    case KEY_CHOICE:
    case KEY_ENCODING:
        add_choices(out, k->choices);
        break;
    case KEY_CHOICES:
        text_add(out, "\"type\":\"array\",\"items\":{");
        add_choices(out, k->choices);
        text_add(out, "}");
        break;
    case KEY_HEADERS:
        text_add(out, "\"type\":\"array\",\"items\":{\"type\":\"string\"}");
        break;
    case KEY_PLUGINS:
        text_add(out, "\"type\":\"array\",\"items\":{\"oneOf\":[{\"type\":\"string\"},{");
        schema_section(out, k->section);
        text_add(out, "}]}");
        break;
    case KEY_ADDRESS:
        text_add(out, "\"oneOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":"
                      "\"string\"},\"minItems\":1,\"maxItems\":3}]");
        break;
    case KEY_FILES:
        text_add(out, "\"oneOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"oneOf\":[{"
                      "\"type\":\"string\"},{");
        schema_section(out, k->section);
        text_add(out, "}]}}]");
        break;
    case KEY_POINT:
        text_add(
            out,
            "\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":2,\"maxItems\":2");
        break;
    case KEY_DATE:
        text_add(out, "\"type\":\"string\",\"format\":\"date\"");
        break;
    case KEY_SECTION:
        schema_input_or_section(out, k);
        break;
    case KEY_LIST:
        text_add(out, "\"type\":\"array\",\"items\":{");
        schema_section(out, k->section);
        text_add(out, "}");
        break;
    case KEY_KEEP:
        text_add(out, "\"oneOf\":[{\"type\":\"string\"},{");
        schema_section(out, &keep_section);
        text_add(out, "}]");
        break;
    case KEY_SPEEDS:
        text_add(out, "\"type\":\"object\",\"additionalProperties\":{\"type\":[\"string\","
                      "\"number\"]}");
        break;
    case KEY_KINDS:
    case KEY_STATUS:
        text_add(out, "\"type\":[\"string\",\"object\"]");
        break;
    case KEY_INDICATORS:
        text_add(out,
                 "\"type\":\"object\",\"additionalProperties\":{\"type\":[\"object\",\"null\"]}");
        break;
    case KEY_TEXT:
    case KEY_FILE:
    case KEY_FOLDER:
    case KEY_COLUMN:
    case KEY_CRS:
    case KEY_LATER:
        text_add(out, text_or_number);
        break;
    }
}

static void schema_key(text_buffer *out, const key *k)
{
    add_string(out, k->name);
    text_add(out, ":{\"title\":");
    add_string(out, k->fr);
    text_add(out, ",\"description\":");
    add_string(out, k->en);
    if (k->fallback != NULL && k->kind != KEY_CHOICES && k->kind != KEY_SEED) {
        text_add(out, ",\"default\":");
        add_string(out, k->fallback);
    }
    text_add(out, ",");
    schema_kind(out, k);
    text_add(out, "}");
}

/* The inside of an object; the caller writes its braces. */
static void schema_section(text_buffer *out, const section *s)
{
    bool first = true;
    text_add(out, "\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
    for (size_t i = 0; i < section_key_count(s); i++) {
        const key *k = section_key_at(s, i);
        if (k->kind != KEY_LATER) {
            text_add(out, first ? "\n" : ",\n");
            schema_key(out, k);
            first = false;
        }
    }
    text_add(out, "},\"required\":[");
    first = true;
    for (size_t i = 0; i < section_key_count(s); i++) {
        const key *k = section_key_at(s, i);
        if ((k->flags & KEY_REQUIRED) != 0) {
            text_add(out, first ? "" : ",");
            add_string(out, k->name);
            first = false;
        }
    }
    text_add(out, "]");
}

void scenario_schema(text_buffer *out)
{
    text_add(out, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
                  "\"title\":\"bassin run file\",\n");
    schema_section(out, &root_section);
    text_add(out, "}\n");
}

/* --- the page --- */

static const char *kind_words(const key *k, language lang)
{
    switch (k->kind) {
    case KEY_TEXT:
        return tr(lang, "texte", "text");
    case KEY_FILE:
        return tr(lang, "fichier", "file");
    case KEY_FOLDER:
        return tr(lang, "dossier", "folder");
    case KEY_COLUMN:
        return tr(lang, "colonne du fichier", "column of the file");
    case KEY_POINT:
        return tr(lang, "deux colonnes du fichier", "two columns of the file");
    case KEY_QUANTITY:
        return tr(lang, "quantité", "quantity");
    case KEY_WHOLE:
    case KEY_SEED:
        return tr(lang, "entier", "whole number");
    case KEY_CHOICE:
    case KEY_ENCODING:
        return tr(lang, "choix", "choice");
    case KEY_CHOICES:
        return tr(lang, "liste de choix", "list of choices");
    case KEY_PLUGINS:
        return tr(lang, "liste de noms, ou de clés", "list of names, or of keys");
    case KEY_FILES:
        return tr(lang, "fichier, ou liste de fichiers", "file, or list of files");
    case KEY_ADDRESS:
        return tr(lang, "une à trois colonnes du fichier", "one to three columns of the file");
    case KEY_HEADERS:
        return tr(lang, "liste de colonnes", "list of columns");
    case KEY_DATE:
        return "date";
    case KEY_CRS:
        return tr(lang, "système de coordonnées", "coordinate system");
    case KEY_SECTION:
    case KEY_INDICATORS:
        return tr(lang, "clés", "keys");
    case KEY_LIST:
        return tr(lang, "liste", "list");
    case KEY_KEEP:
        return tr(lang, "territoire, ou fichier", "territory, or file");
    case KEY_KINDS:
        return tr(lang, "genre, ou {column, map}", "kind, or {column, map}");
    case KEY_STATUS:
        return tr(lang, "choix, ou {column}", "choice, or {column}");
    case KEY_SPEEDS:
        return tr(lang, "{classe: km/h}", "{class: km/h}");
    case KEY_LATER:
        return tr(lang, "pas dans cette version", "not in this version");
    }
    return "";
}

static void page_values(text_buffer *out, const key *k, language lang)
{
    char low[32], high[32];
    if (k->choices != NULL) {
        text_add(out, ": ");
        for (const char *at = k->choices; *at != '\0'; at++) {
            text_add_n(out, *at == '|' ? ", " : at, *at == '|' ? 2 : 1);
        }
    } else if (k->lowest < k->highest) {
        const unit *u = k->unit != NULL ? unit_find(k->unit) : NULL;
        (void)text_from_f64(k->lowest, low, sizeof low);
        (void)text_from_f64(k->highest, high, sizeof high);
        text_add_format(out, ", %s..%s %s", low, high,
                        u != NULL ? tr(lang, u->label_fr, u->label_en) : "");
    }
}

static void page_key(text_buffer *out, const key *k, language lang)
{
    text_add_format(out, "| `%s` | %s", k->name, kind_words(k, lang));
    page_values(out, k, lang);
    text_add_format(out, " | %s |",
                    k->fallback != NULL              ? k->fallback
                    : (k->flags & KEY_REQUIRED) != 0 ? tr(lang, "obligatoire", "required")
                                                     : "");
    text_add_format(out, " %s |\n", tr(lang, k->fr, k->en));
}

static void page_table(text_buffer *out, const section *s, language lang)
{
    text_add(out, tr(lang, "| clé | valeur | par défaut | ce que c’est |\n|---|---|---|---|\n",
                     "| key | value | default | what it is |\n|---|---|---|---|\n"));
    for (size_t i = 0; i < s->count; i++) {
        page_key(out, &s->keys[i], lang);
    }
}

static bool is_list(const key *k)
{
    return k->kind == KEY_LIST || k->kind == KEY_FILES || k->kind == KEY_PLUGINS;
}

static void page_section(text_buffer *out, const section *s, const char *path, language lang)
{
    text_add_format(out, "\n## `%s`\n\n", path);
    page_table(out, s, lang);
    if (s->input) {
        text_add(out, tr(lang, "\nEt les clés communes à tous les fichiers, ci-dessous.\n",
                         "\nAnd the keys that every file has, below.\n"));
    }
    for (size_t i = 0; i < s->count; i++) {
        const key *k = &s->keys[i];
        if (k->section != NULL && strcmp(k->name, "places") != 0) {
            text_buffer below = {0};
            text_add_format(
                &below, "%s.%s%s", path, k->name,
                k->kind == KEY_LIST || k->kind == KEY_FILES || k->kind == KEY_PLUGINS ? "[]" : "");
            page_section(out, k->section, below.at != NULL ? below.at : k->name, lang);
            out->failed = out->failed || below.failed;
            text_buffer_clear(&below);
        }
    }
}

#define M_PAGE_INTRODUCTION                                                                          \
    "# Le fichier d’exécution\n\n"                                                                \
    "Page produite par `bassin schema --page --lang fr` ; `bassin schema` donne le schéma JSON "    \
    "pour les éditeurs.\n\n"                                                                        \
    "Un fichier YAML. Les codes sont du texte brut (`01004`, `2A004`). Les quantités portent "      \
    "leur unité (`30 min`, `5 km`). Une clé inconnue est une faute. Les chemins relatifs partent " \
    "du fichier d’exécution, ou de `data:` ou de `--data`. Les fichiers peuvent être en .gz ou " \
    "dans un .zip ; seuls les fichiers de cette machine se lisent.\n\n",                             \
        "# The run file\n\n"                                                                         \
        "Page made by `bassin schema --page --lang en`; `bassin schema` gives the JSON Schema "      \
        "for editors.\n\n"                                                                           \
        "A YAML file. Codes are raw text (`01004`, `2A004`). Quantities carry their unit "           \
        "(`30 min`, `5 km`). An unknown key is a fault. Relative paths start at the run file, or "   \
        "at `data:` or `--data`. Files may be .gz or inside a .zip; only files of this machine "     \
        "are read.\n\n"
#define M_PAGE_INPUT "\n## Les clés de tout fichier\n\n", "\n## The keys of every file\n\n"
#define M_PAGE_INDICATORS                                                                          \
    "\n## `indicators`\n\n"                                                                        \
    "Une clé par indicateur (`bassin plugins` les liste, `bassin plugins ID` en donne les "       \
    "paramètres) ; une valeur, une liste `[10 min, 20 min]`, ou une valeur par fonction "         \
    "`{g: 20 min, c: 45 min}`.\n",                                                                 \
        "\n## `indicators`\n\n"                                                                    \
        "One key per indicator (`bassin plugins` lists them, `bassin plugins ID` gives their "     \
        "parameters); a value, a list `[10 min, 20 min]`, or a value per function "                \
        "`{g: 20 min, c: 45 min}`.\n"

void scenario_reference_page(text_buffer *out, language lang)
{
    text_add(out, tr(lang, M_PAGE_INTRODUCTION));
    page_table(out, &root_section, lang);
    for (size_t i = 0; i < root_section.count; i++) {
        const key *k = &root_section.keys[i];
        if (k->section != NULL) {
            text_buffer path = {0};
            text_add_format(&path, "%s%s", k->name, is_list(k) ? "[]" : "");
            page_section(out, k->section, path.at != NULL ? path.at : k->name, lang);
            out->failed = out->failed || path.failed;
            text_buffer_clear(&path);
        }
    }
    text_add(out, tr(lang, M_PAGE_INPUT));
    page_table(out, &input_section, lang);
    text_add(out, tr(lang, M_PAGE_INDICATORS));
}
