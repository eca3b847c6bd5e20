/* Names of sheets, and the words shown for the identifiers that tables hold. */
#include <string.h>

#include "base/units.h"
#include "reports/xlsx/messages.h"
#include "reports/xlsx/plan.h"

/* --- sheets --- */

typedef struct known_sheet {
    const char *fr, *en; /* the name; `fr` is what plugins write */
    const char *holds_fr, *holds_en;
} known_sheet;

/* In the order of the workbook; NULL: sheets that are not known here. */
static const known_sheet known_sheets[] = {
    {M_SHEET_TERRITORIES, M_HOLDS_TERRITORIES},
    {M_SHEET_COMMUNES, M_HOLDS_PLACES},
    {M_SHEET_CELLS, M_HOLDS_PLACES},
    {M_SHEET_VENUES, M_HOLDS_VENUES},
    {M_SHEET_SUPPLY, M_HOLDS_SUPPLY},
    {M_SHEET_CATCHMENTS, M_HOLDS_CATCHMENTS},
    {M_SHEET_ACCESS, M_HOLDS_ACCESS},
    {M_SHEET_WHITE, M_HOLDS_WHITE},
    {M_SHEET_COMMUTING, M_HOLDS_COMMUTING},
    {M_SHEET_AVOIDED, M_HOLDS_AVOIDED},
    {M_SHEET_SITES, M_HOLDS_SITES},
    {M_SHEET_SCENARIOS, "", ""},
    {M_SHEET_SCORES, "", ""},
    {NULL, NULL, NULL, NULL},
    {M_SHEET_DICTIONARY, M_HOLDS_DICTIONARY},
    {M_SHEET_METHODS, M_HOLDS_METHODS},
    {M_SHEET_PARAMETERS, M_HOLDS_PARAMETERS},
    {M_SHEET_QUALITY, M_HOLDS_QUALITY},
    {M_SHEET_SOURCES, M_HOLDS_SOURCES},
};
enum { KNOWN_SHEETS = sizeof known_sheets / sizeof *known_sheets };

size_t sheet_rank(const char *sheet_fr)
{
    size_t others = KNOWN_SHEETS;
    for (size_t i = 0; i < KNOWN_SHEETS; i++) {
        if (!known_sheets[i].fr)
            others = i;
        else if (!strcmp(known_sheets[i].fr, sheet_fr))
            return i;
    }
    return others;
}

static const known_sheet *sheet_known(const char *sheet_fr)
{
    const known_sheet *k = &known_sheets[sheet_rank(sheet_fr)];
    return k->fr ? k : NULL;
}

/* An indicator's own sheet: the English name that it gives, if any. */
static const char *sheet_own(const book_plan *p, const char *sheet_fr)
{
    for (size_t i = 0; p->lang == LANGUAGE_EN && i < p->r->table_count; i++) {
        const result_table *t = &p->r->tables[i];
        if (t->sheet_en && t->sheet_fr && !strcmp(t->sheet_fr, sheet_fr))
            return t->sheet_en;
        for (size_t c = 0; t->columns && c < t->rows->column_count; c++) {
            const result_column *k = &t->columns[c];
            if (k->sheet_en && k->sheet_fr && !strcmp(k->sheet_fr, sheet_fr))
                return k->sheet_en;
        }
    }
    return sheet_fr;
}

const char *sheet_title(const book_plan *p, const char *sheet_fr)
{
    static const char *const cells[2] = {M_SHEET_CELLS}, *const communes[2] = {M_SHEET_COMMUNES};
    if (p->m->cells && p->m->places && p->m->places->sheet_fr &&
        !strcmp(sheet_fr, p->m->places->sheet_fr) && !strcmp(sheet_fr, communes[0]))
        return tr(p->lang, cells[0], cells[1]);
    const known_sheet *k = sheet_known(sheet_fr);
    return k ? tr(p->lang, k->fr, k->en) : sheet_own(p, sheet_fr);
}

/* For runs where an indicator made no column of places. */
static const struct {
    const char *plugin, *fr, *en;
} known_indicators[] = {{"supply", M_SHEET_SUPPLY},        {"catchment", M_SHEET_CATCHMENTS},
                        {"coverage", M_SHEET_WHITE},       {"commuting", M_SHEET_COMMUTING},
                        {"avoided_km", M_SHEET_AVOIDED},   {"siting", M_SHEET_SITES},
                        {"duplicates", M_SHEET_DUPLICATES}};

static const char *title_of_indicator(const book_plan *p, const char *plugin)
{
    const result_table *made = results_find(p->r, "indicators");
    const column *id = made ? table_find(made->rows, "indicator") : NULL,
                 *title = made ? table_find(made->rows, "title") : NULL;
    for (size_t row = 0; id && title && row < made->rows->rows; row++) {
        if (!strcmp(column_text(id, row), plugin))
            return column_text(title, row);
    }
    return plugin;
}

const char *indicator_title(const book_plan *p, const char *plugin)
{
    for (size_t i = 0; i < p->r->table_count; i++) {
        const result_table *t = &p->r->tables[i];
        for (size_t c = 0; t == p->m->places && t->columns && c < t->rows->column_count; c++) {
            if (t->columns[c].sheet_fr && !strcmp(t->columns[c].plugin, plugin))
                return sheet_title(p, t->columns[c].sheet_fr);
        }
    }
    for (size_t i = 0; i < sizeof known_indicators / sizeof *known_indicators; i++) {
        if (!strcmp(known_indicators[i].plugin, plugin))
            return tr(p->lang, known_indicators[i].fr, known_indicators[i].en);
    }
    return title_of_indicator(p, plugin);
}

/* The indicator that made the first column of a sheet of its own; "" when none did. */
static const char *sheet_maker(const book_plan *p, const char *sheet_fr)
{
    for (size_t i = 0; i < p->r->table_count; i++) {
        const result_table *t = &p->r->tables[i];
        const bool whole = t->sheet_fr && !strcmp(t->sheet_fr, sheet_fr);
        for (size_t c = 0; t->columns && c < t->rows->column_count; c++) {
            const result_column *k = &t->columns[c];
            const bool shown = whole || (k->sheet_fr && !strcmp(k->sheet_fr, sheet_fr));
            if (shown && *k->plugin)
                return k->plugin;
        }
    }
    return "";
}

static const char *method_of(const book_plan *p, const char *plugin)
{
    const result_table *d = results_find(p->r, "dictionary");
    const column *maker = d ? table_find(d->rows, "plugin") : NULL,
                 *method = d ? table_find(d->rows, "method") : NULL;
    for (size_t row = 0; maker && method && row < d->rows->rows; row++) {
        if (!strcmp(column_text(maker, row), plugin))
            return column_text(method, row);
    }
    return "";
}

/* Up to a full stop that ends a sentence, which is included, or a paragraph. */
static size_t first_sentence(const char *text)
{
    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '\n' && text[i + 1] == '\n')
            return i;
        if (text[i] == '.' && (!text[i + 1] || text[i + 1] == ' ' || text[i + 1] == '\n'))
            return i + 1;
    }
    return strlen(text);
}

const char *sheet_holds(book_plan *p, const char *sheet_fr)
{
    const known_sheet *k = sheet_known(sheet_fr);
    const char *plugin = k ? "" : sheet_maker(p, sheet_fr);
    if (k || !*plugin)
        return k ? tr(p->lang, k->holds_fr, k->holds_en) : "";
    const char *title = title_of_indicator(p, plugin), *method = method_of(p, plugin);
    return book_format(p, "%s%s%.*s", title, *method ? ". " : "", (int)first_sentence(method),
                       method);
}

/* --- words --- */

typedef struct known_word {
    const char *column, *code; /* column: as a table names it; "*": any */
    const char *fr, *en;
} known_word;

static const known_word known_words[] = {
    {"status", "open", "ouvert", "open"},
    {"status", "project", "en projet", "planned"},
    {"status", "candidate", "candidat", "candidate"},
    {"status", "closed", "fermé", "closed"},
    {"label_state", "labelled", "labellisé", "labelled"},
    {"label_state", "relabelled", "relabellisé", "labelled again"},
    {"label_state", "left", "sorti", "left"},
    {"label_state", "not_yet", "à venir", "to come"},
    {"presence", "fixed", "fixe", "fixed"},
    {"presence", "itinerant", "itinérant", "itinerant"},
    {"wheelchair", "yes", "oui", "yes"},
    {"wheelchair", "limited", "limité", "limited"},
    {"wheelchair", "no", "non", "no"},
    {"placement", "coordinates", "coordonnées", "coordinates"},
    {"placement", "address", "adresse", "address"},
    {"placement", "postcode", "code postal", "postcode"},
    {"placement", "commune", "commune", "commune"},
    {"placement", "none", "non localisé", "not located"},
    {"quality", "point", "point sûr", "sure point"},
    {"quality", "housenumber", "numéro de l’adresse", "house number"},
    {"quality", "street", "rue", "street"},
    {"quality", "locality", "lieu-dit", "locality"},
    {"quality", "doubtful", "point douteux", "doubtful point"},
    {"quality", "commune", "commune seulement", "commune only"},
    {"quality", "none", "non localisé", "not located"},
    {"origin", "built_in", "fourni avec bassin", "comes with bassin"},
    {"origin", "library", "ajouté : bibliothèque", "added: library"},
    {"origin", "program", "ajouté : programme", "added: program"},
    {"state", "done", "calculé", "computed"},
    {"state", "failed", "en échec", "failed"},
    {"effect", "none", "rien", "nothing"},
    {"effect", "nearby", "les temps, à quelques minutes à pied près",
     "times, by a few minutes on foot"},
    {"effect", "commune", "les temps, à un rayon de commune près",
     "times, by the radius of a commune"},
    {"effect", "elsewhere", "les temps et le territoire : peut-être une autre commune",
     "times and territory: perhaps another commune"},
    {"effect", "absent", "le lieu ne compte nulle part", "the venue counts nowhere"},
    {"point_class", "given", "point fourni", "given point"},
    {"point_class", "cells", "carreaux habités", "inhabited cells"},
    {"point_class", "chef_lieu", "chef-lieu", "chef-lieu"},
    {"point_class", "surface", "point sur la surface", "point on surface"},
    {"point_class", "none", "aucun point", "no point"},
    {"mode", "unknown", "non déclaré", "not stated"},
    {"mode", "home", "pas de transport (à domicile)", "no travel (at home)"},
    {"mode", "walk", "marche", "walking"},
    {"mode", "bicycle", "vélo", "bicycle"},
    {"mode", "two_wheeler", "deux-roues", "two-wheeler"},
    {"mode", "car", "voiture", "car"},
    {"mode", "transit", "transports en commun", "public transport"},
    {"mode", "non_motorised", "marche ou vélo", "walking or cycling"},
    {"scope", "all", "tous les lieux", "all venues"},
    {"scope", "third_places", "tiers-lieux seuls", "third places only"},
    {"outcome", "read", "lues", "read"},
    {"outcome", "used", "utilisées", "used"},
    {"outcome", "rejected", "rejetées", "rejected"},
    {"outcome", "ignored", "ignorées", "ignored"},
    {"severity", "fault", "erreur", "fault"},
    {"severity", "warning", "avertissement", "warning"},
    {"severity", "note", "note", "note"},
    {"type", "number", "nombre", "number"},
    {"type", "integer", "entier", "integer"},
    {"type", "text", "texte", "text"},
    {"aggregate", "sum", "somme", "sum"},
    {"aggregate", "mean", "moyenne pondérée", "weighted mean"},
    {"basis", "assumed", "hypothèse", "assumed"},
    {"role", "communes", "communes", "communes"},
    {"role", "names", "noms", "names"},
    {"role", "membership", "appartenances", "membership"},
    {"role", "population", "population", "population"},
    {"role", "cells", "carreaux", "cells"},
    {"role", "flows", "flux domicile-travail", "commuting flows"},
    {"role", "detail", "détail des flux", "detail of flows"},
    {"role", "perimeter", "périmètre", "perimeter"},
    {"role", "matrix", "matrice de temps", "matrix of times"},
    {"role", "travel_times", "matrice de temps", "matrix of times"},
    {"role", "group", "regroupement", "grouping"},
    {"role", "density", "densité", "density"},
    {"role", "venues", "lieux", "venues"},
    {"role", "venue-themes", "thèmes des lieux", "themes of venues"},
    {"role", "postcodes", "codes postaux", "postcodes"},
    {"role", "addresses", "adresses", "addresses"},
    {"role", "roads", "réseau routier", "road network"},
    {"role", "series", "série de recensements", "series of censuses"},
    {"role", "movements", "mouvements de communes", "commune movements"},
    {"role", "passage", "table de passage", "passage table"},
    {"passage", "simple", "code changé", "code changed"},
    {"passage", "merge", "fusion", "merger"},
    {"passage", "split", "partage (estimé)", "split (estimated)"},
    {"estimated", "population", "selon la population", "by population"},
    {"estimated", "equal", "parts égales", "equal shares"},
    {"parameter", "flows", "Aléa de sondage des flux", "Sampling error of flows"},
    {"level", "commune", "commune", "commune"},
    {"family", "XXX", "Autre ou non renseigné", "Other or unknown"},
};

/* The table of a dictionary goes by the title that people see. */
static const char *table_title(const book_plan *p, const char *name)
{
    const result_table *t = results_find(p->r, name);
    const char *title = t ? tr(p->lang, t->title_fr, t->title_en) : NULL;
    return title && *title ? title : NULL;
}

static const char *level_title(const book_plan *p, const char *id)
{
    for (size_t i = 0; i < p->r->level_count; i++) {
        if (!strcmp(p->r->levels[i].id, id))
            return tr(p->lang, p->r->levels[i].title_fr, p->r->levels[i].title_en);
    }
    return NULL;
}

static const char *family_title(const book_plan *p, const char *code)
{
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        if (!strcmp(p->m->families[i].code, code))
            return p->m->families[i].title;
    }
    return NULL;
}

/* "a" as the title of column function_a of the venues. */
static const char *function_title(const book_plan *p, const char *letter)
{
    char name[16] = "function_?";
    name[9] = letter[0];
    const column *c =
        p->m->venues && letter[0] && !letter[1] ? table_find(p->m->venues->rows, name) : NULL;
    return c ? tr(p->lang, c->title_fr, c->title_en) : NULL;
}

/* NULL: the word as it is. */
static const char *word_shown(const book_plan *p, const table *t, const char *name,
                              const char *word)
{
    const unit *u = !strcmp(name, "unit") ? unit_find(word) : NULL;
    if (u)
        return tr(p->lang, u->label_fr, u->label_en);
    if (!strcmp(name, "level") && level_title(p, word))
        return level_title(p, word);
    if (!strcmp(name, "family") && family_title(p, word))
        return family_title(p, word);
    if (!strcmp(name, "function") && function_title(p, word))
        return function_title(p, word);
    if (!strcmp(name, "plugin") || !strcmp(name, "indicator"))
        return indicator_title(p, word);
    if (!strcmp(name, "table") && !strcmp(t->name, "dictionary"))
        return table_title(p, word);
    for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++) {
        if (!strcmp(known_words[i].column, name) && !strcmp(known_words[i].code, word))
            return tr(p->lang, known_words[i].fr, known_words[i].en);
    }
    return NULL;
}

/* The threshold when "a=20;b=20;..." says the same for all functions; 0: it does not. */
static size_t same_for_all(const char *text)
{
    const char *first = text + 2;
    size_t size = strcspn(first, ";");
    for (const char *at = text; *at; at += strcspn(at, ";"), at += *at == ';') {
        if (at[0] < 'a' || at[0] > 'h' || at[1] != '=' || strcspn(at + 2, ";") != size ||
            strncmp(at + 2, first, size))
            return 0;
    }
    return size;
}

const char *figures_shown(book_plan *p, const char *text)
{
    text_buffer b = {.at = NULL};
    bool by_function = text[0] == 'a' && text[1] == '=',
         figures = text[strspn(text, "0123456789.;=-abcdefgh")] == '\0';
    size_t same = by_function ? same_for_all(text) : 0;
    const char *end = same ? text + 2 + same : text + strlen(text);
    for (const char *at = same ? text + 2 : text; at < end; at++) {
        if (figures && *at == ';')
            text_add(&b, p->lang == LANGUAGE_FR ? "\xc2\xa0; " : "; ");
        else if (figures && *at == '=')
            text_add(&b, p->lang == LANGUAGE_FR ? "\xc2\xa0: " : ": ");
        else
            text_add_n(&b, figures && *at == '.' && p->lang == LANGUAGE_FR ? "," : at, 1);
    }
    const char *copy = book_text(p, b.failed || !b.at ? "" : b.at);
    p->failed |= b.failed;
    text_buffer_clear(&b);
    return copy;
}

/* A parameter named outside of its own table goes by its title. */
static const char *parameter_title(const book_plan *p, const table *t, const char *name)
{
    const result_table *all =
        strcmp(t->name, "parameters") ? results_find(p->r, "parameters") : NULL;
    const column *names = all ? table_find(all->rows, "parameter") : NULL,
                 *titles = all ? table_find(all->rows, "title") : NULL;
    bool known = names && titles && names->type == COLUMN_TEXT && titles->type == COLUMN_TEXT;
    for (size_t row = 0; known && row < all->rows->rows; row++) {
        if (!strcmp(column_text(names, row), name))
            return column_text(titles, row);
    }
    return NULL;
}

/* "assumed: why": the mark in the reader's language. */
static const char *basis_shown(book_plan *p, const char *basis)
{
    static const char mark[] = "assumed";
    const size_t size = sizeof mark - 1;
    if (strncmp(basis, mark, size))
        return NULL;
    return book_format(p, "%s%s", word_shown(p, NULL, "basis", mark), basis + size);
}

static const char *word_of(book_plan *p, const table *t, const column *c, const char *word)
{
    if (!strcmp(c->name, "basis"))
        return basis_shown(p, word);
    if (!strcmp(c->name, "content_sha256") && strlen(word) == 64)
        return book_format(p, "%.16s…", word);
    if (!strcmp(c->name, "value") && !strcmp(t->name, "parameters"))
        return figures_shown(p, word);
    const char *title = !strcmp(c->name, "parameter") ? parameter_title(p, t, word) : NULL;
    return title && *title ? title : word_shown(p, t, c->name, word);
}

const char *const *words_shown(book_plan *p, const table *t, const column *c)
{
    enum { WORDS_MAX = 4096 };
    if (c->type != COLUMN_TEXT || c->words.count > WORDS_MAX)
        return NULL;
    bool changed = false;
    const char **shown = arena_take(p->memory, c->words.count, sizeof *shown);
    p->failed |= !shown;
    for (uint32_t i = 0; shown && i < c->words.count; i++) {
        const char *word = words_at(&c->words, i), *other = word_of(p, t, c, word);
        shown[i] = other ? other : word;
        changed |= other != NULL;
    }
    return changed ? shown : NULL;
}
