#include "cli/check_words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/messages.h"
#include "cli/say.h"

enum { NUMBER_BYTES = 48, LINE_BYTES = 512, LABEL_WIDTH = 20 };

typedef struct role_words {
    const char *role, *fr, *en;
} role_words;

static const role_words roles[] = {
    {"communes", M_ROLE_COMMUNES},
    {"names", M_ROLE_NAMES},
    {"membership", M_ROLE_MEMBERSHIP},
    {"density", M_ROLE_DENSITY},
    {"population", M_ROLE_POPULATION},
    {"cells", M_ROLE_CELLS},
    {"flows", M_ROLE_FLOWS},
    {"detail", M_ROLE_DETAIL},
    {"venues", M_ROLE_VENUES},
    {"postcodes", M_ROLE_POSTCODES},
    {"group", M_ROLE_GROUP},
    {"perimeter", M_ROLE_PERIMETER},
    {"zoning", M_ROLE_ZONING},
    {"context", M_ROLE_CONTEXT},
    {"facilities", M_ROLE_FACILITIES},
    {"foreign_places", M_ROLE_FOREIGN},
    {"flows_departement", M_ROLE_FLOWS_DEPARTEMENT},
    {"movements", M_ROLE_MOVEMENTS},
    {"passage", M_ROLE_PASSAGE},
    {"travel_times", M_ROLE_TRAVEL_TIMES},
};

static const char *role_name(const char *role, language lang)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(roles[i].role, role) == 0) {
            return tr(lang, roles[i].fr, roles[i].en);
        }
    }
    return role;
}

static void write_words(char *buffer, size_t size, language lang, const char *fr, const char *en,
                        ...) MESSAGE_FORMAT(4, 5, 6);

static void write_words(char *buffer, size_t size, language lang, const char *fr, const char *en,
                        ...)
{
    va_list values;
    va_start(values, en);
    if (lang == LANGUAGE_FR) {
        (void)vsnprintf(buffer, size, fr, values);
    } else {
        (void)vsnprintf(buffer, size, en, values);
    }
    va_end(values);
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

/* "  producteur         Insee": labels are padded by characters, not by bytes. */
static void say(const char *label, const char *value)
{
    char shown[2048];
    const size_t width = characters(label);
    (void)text_escape(text_slice_of(value, strlen(value)), shown, sizeof shown);
    (void)printf("  %s%*s %s\n", label, (int)(width < LABEL_WIDTH ? LABEL_WIDTH - width : 0), "",
                 shown);
}

static void say_count(const char *label, uint64_t count, language lang)
{
    char number[NUMBER_BYTES];
    (void)text_number((double)count, 0, lang, number, sizeof number);
    say(label, number);
}

/* --- delimited text and layers --- */

static void add(char *line, const char *part)
{
    const size_t used = strlen(line);
    (void)snprintf(line + used, LINE_BYTES - used, "%s%s", used > 0 ? ", " : "", part);
}

static void say_text_form(const inspection *i, language lang)
{
    char line[LINE_BYTES] = "", part[64];
    const read_facts *f = &i->found.facts;
    const char name[] = {f->separator, '\0'};
    add(line, tr(lang, M_CHECK_TEXT));
    if (f->separator != 0) {
        const char *shown = f->separator == '\t' ? tr(lang, M_CHECK_TAB) : name;
        write_words(part, sizeof part, lang, M_CHECK_SEPARATOR, shown);
        add(line, part);
    }
    add(line, f->encoding == ENCODING_LATIN1 ? "ISO-8859-1" : "UTF-8");
    if (f->bom) {
        add(line, tr(lang, M_CHECK_BOM));
    }
    if (f->crlf) {
        add(line, tr(lang, M_CHECK_CRLF));
    }
    if (f->decimal_mark != 0) {
        write_words(part, sizeof part, lang, M_CHECK_DECIMAL, f->decimal_mark);
        add(line, part);
    }
    say(tr(lang, M_CHECK_FORM), line);
}

static void say_layer_form(const inspection *i, language lang)
{
    char line[LINE_BYTES] = "", part[64];
    add(line, tr(lang, M_CHECK_LAYER));
    add(line, i->found.sheet);
    if (i->found.header_row > 0) {
        write_words(part, sizeof part, lang, M_CHECK_HEADER_ROW,
                    (unsigned long long)i->found.header_row);
        add(line, part);
    }
    say(tr(lang, M_CHECK_FORM), line);
}

static void say_form(const inspection *i, language lang)
{
    char line[LINE_BYTES];
    if (i->form == INSPECTED_PACK) {
        write_words(line, sizeof line, lang, M_CHECK_PACK, i->members);
        if (i->unknown > 0) {
            char part[64];
            write_words(part, sizeof part, lang, M_CHECK_PACK_UNKNOWN, i->unknown);
            add(line, part);
        }
        say(tr(lang, M_CHECK_FORM), line);
    } else if (i->form == INSPECTED_LAYER) {
        say_layer_form(i, lang);
    } else if (i->found.header != NULL) {
        say_text_form(i, lang);
    }
    if (i->member[0] != '\0' && i->form != INSPECTED_PACK) {
        say(tr(lang, M_CHECK_MEMBER), i->member);
    }
}

static void list_wanted(const importer *by, char *line)
{
    for (size_t c = 0; c < by->column_count; c++) {
        const wanted_column *w = &by->columns[c];
        if (w->required) {
            add(line, w->aliases != NULL ? w->aliases[0] : w->name);
        }
    }
}

static void say_unknown(const inspection *i, language lang)
{
    const importer *near = i->found.nearest;
    if (i->found.header == NULL) {
        say(tr(lang, M_CHECK_KIND), tr(lang, M_CHECK_UNREADABLE));
        return;
    }
    say(tr(lang, M_CHECK_KIND), tr(lang, M_CHECK_UNKNOWN));
    say(tr(lang, M_CHECK_FOUND), i->found.unread);
    if (near != NULL) {
        char wanted[LINE_BYTES] = "", line[2 * LINE_BYTES];
        list_wanted(near, wanted);
        write_words(line, sizeof line, lang, M_CHECK_WANTS,
                    tr(lang, near->title_fr, near->title_en), wanted);
        say(tr(lang, M_CHECK_NEAREST), line);
    }
}

static void say_known(const inspection *i, language lang)
{
    const importer *by = i->found.by;
    char line[LINE_BYTES];
    (void)snprintf(line, sizeof line, "%s (%s)", tr(lang, by->title_fr, by->title_en), by->id);
    say(tr(lang, M_CHECK_KIND), line);
    say(tr(lang, M_CHECK_ROLE), role_name(by->role, lang));
    say(tr(lang, M_CHECK_PRODUCER), by->producer);
    say(tr(lang, M_CHECK_LICENCE), by->licence);
    if (i->found.vintage != 0) {
        (void)snprintf(line, sizeof line, "%d", (int)i->found.vintage);
        say(tr(lang, M_CHECK_VINTAGE), line);
    }
}

/* "2016-2018, whole list of 2018" */
static void say_vintage(const told_vintage *v, language lang)
{
    char line[LINE_BYTES] = "", part[LINE_BYTES];
    const vintage_match *m = &v->match;
    if (m->code_count == 0) {
        return;
    }
    if (m->codes == 0) {
        add(line, tr(lang, M_CHECK_ANY_YEAR));
    } else if (m->fit_count > 0) {
        vintage_fits_print(m, line, sizeof line);
    } else {
        vintage_nearest_print(m, part, sizeof part);
        write_words(line, sizeof line, lang, M_CHECK_NO_YEAR, part);
    }
    if (m->fit_count > 0 && m->codes > 0 && m->left_out == 0 && m->code_count > 1) {
        write_words(part, sizeof part, lang, M_CHECK_WHOLE_LIST, (int)m->most_complete);
        add(line, part);
    }
    say(tr(lang, M_CHECK_CODES_VINTAGE), line);
}

static void say_rows(const inspection *i, language lang)
{
    char number[NUMBER_BYTES], line[LINE_BYTES], left[NUMBER_BYTES];
    const imported *in = &i->found.rows;
    (void)text_number((double)i->rows, 0, lang, number, sizeof number);
    (void)snprintf(line, sizeof line, "%s", number);
    if (i->left_out > 0 && in->left_out_fr != NULL) {
        char part[256];
        (void)text_number((double)i->left_out, 0, lang, left, sizeof left);
        write_words(part, sizeof part, lang, M_CHECK_LEFT_OUT, left, in->left_out_fr,
                    in->left_out_en);
        add(line, part);
    }
    say(tr(lang, M_CHECK_ROWS), line);
}

static void say_table(const inspection *i, const told_vintage *v, language lang)
{
    char others[LINE_BYTES] = "";
    if (i->found.by != NULL) {
        say_known(i, lang);
        say_vintage(v, lang);
    } else {
        say_unknown(i, lang);
    }
    say_form(i, lang);
    if (i->found.header != NULL) {
        say_rows(i, lang);
    }
    if (i->damaged > 0) {
        say_count(tr(lang, M_CHECK_DAMAGED), i->damaged, lang);
    }
    if (i->found.by != NULL && i->found.unread[0] != '\0') {
        say(tr(lang, M_CHECK_UNREAD), i->found.unread);
    }
    for (size_t k = 0; k < i->found.other_count; k++) {
        add(others, role_name(i->found.others[k]->role, lang));
    }
    if (others[0] != '\0') {
        say(tr(lang, M_CHECK_OTHERS), others);
    }
}

/* --- roads --- */

/* Nodes and arcs. */
static bool is_graph(const inspection *i)
{
    return i->form == INSPECTED_GRAPH || i->form == INSPECTED_NETWORK;
}

static void say_graph(const inspection *i, language lang)
{
    const bool built = i->form == INSPECTED_NETWORK;
    say(tr(lang, M_CHECK_KIND), built ? tr(lang, M_CHECK_NETWORK) : tr(lang, M_CHECK_GRAPH));
    say_count(tr(lang, M_CHECK_NODES), i->nodes, lang);
    say_count(tr(lang, M_CHECK_ARCS), i->ways, lang);
    if (built) {
        say_count(tr(lang, M_CHECK_MAIN_NODES), i->main_nodes, lang);
        say(tr(lang, M_CHECK_HIERARCHY),
            i->has_hierarchy ? tr(lang, M_CHECK_YES) : tr(lang, M_CHECK_NO));
    }
}

static void say_roads(const inspection *i, language lang)
{
    if (is_graph(i)) {
        say_graph(i, lang);
        return;
    }
    say(tr(lang, M_CHECK_KIND), tr(lang, M_CHECK_ROADS));
    say(tr(lang, M_CHECK_FORM),
        i->form == INSPECTED_PBF ? tr(lang, M_CHECK_PBF) : tr(lang, M_CHECK_XML));
    say_count(tr(lang, M_CHECK_NODES), i->nodes, lang);
    if (i->form == INSPECTED_OSM) {
        say_count(tr(lang, M_CHECK_WAYS), i->ways, lang);
    }
    say_count(tr(lang, M_CHECK_HIGHWAYS), i->highways, lang);
}

static bool is_roads(const inspection *i)
{
    return i->form == INSPECTED_PBF || i->form == INSPECTED_OSM || is_graph(i);
}

void check_say(const char *path, const inspection *i, const told_vintage *v, language lang)
{
    char shown[4096];
    (void)text_escape(text_slice_of(path, strlen(path)), shown, sizeof shown);
    (void)printf("%s\n", shown);
    if (is_roads(i)) {
        say_roads(i, lang);
    } else {
        say_table(i, v, lang);
    }
    (void)fflush(stdout); /* what was found comes before its faults */
}

/* --- JSON --- */

static void json_text(text_buffer *b, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        text_add_format(b, ",\"%s\":", name);
        text_add_json(b, text_slice_of(text, strlen(text)));
    }
}

static void json_count(text_buffer *b, const char *name, uint64_t count)
{
    text_add_format(b, ",\"%s\":%llu", name, (unsigned long long)count);
}

static void json_kind(text_buffer *b, const inspection *i)
{
    static const char *const forms[] = {
        [INSPECTED_TEXT] = "text",       [INSPECTED_LAYER] = "layer",
        [INSPECTED_PBF] = "osm-pbf",     [INSPECTED_OSM] = "osm-xml",
        [INSPECTED_GRAPH] = "dimacs-gr", [INSPECTED_NETWORK] = "bassin-net",
        [INSPECTED_PACK] = "archive",
    };
    const importer *by = i->found.by;
    json_text(b, "form", forms[i->form]);
    if (is_roads(i)) {
        json_text(b, "kind", "roads");
        return;
    }
    json_text(b, "kind", by != NULL ? by->id : i->found.header != NULL ? "unknown" : "unreadable");
    if (by != NULL) {
        json_text(b, "role", by->role);
        json_text(b, "title_fr", by->title_fr);
        json_text(b, "title_en", by->title_en);
        json_text(b, "producer", by->producer);
        json_text(b, "licence", by->licence);
    } else if (i->found.nearest != NULL) {
        json_text(b, "nearest", i->found.nearest->id);
    }
}

static void json_facts(text_buffer *b, const inspection *i)
{
    const read_facts *f = &i->found.facts;
    const char separator[] = {f->separator, '\0'}, mark[] = {f->decimal_mark, '\0'};
    json_text(b, "sheet", i->found.sheet);
    if (i->found.header_row > 0) {
        json_count(b, "header_row", i->found.header_row);
    }
    json_text(b, "member", i->member);
    json_text(b, "separator", separator);
    json_text(b, "decimal_mark", mark);
    if (i->form == INSPECTED_TEXT && i->found.header != NULL) {
        json_text(b, "encoding", f->encoding == ENCODING_LATIN1 ? "ISO-8859-1" : "UTF-8");
        text_add_format(b, ",\"bom\":%s,\"crlf\":%s", f->bom ? "true" : "false",
                        f->crlf ? "true" : "false");
    }
    if (i->found.vintage != 0) {
        json_count(b, "vintage", (uint64_t)i->found.vintage);
    }
    json_text(b, "sha256", f->sha256);
    json_text(b, i->found.by != NULL ? "columns_not_read" : "columns_found", i->found.unread);
    for (size_t k = 0; k < i->found.other_count; k++) {
        text_add(b, k == 0 ? ",\"would_also_serve\":[" : ",");
        text_add_json(b, text_slice_of(i->found.others[k]->id, strlen(i->found.others[k]->id)));
    }
    text_add(b, i->found.other_count > 0 ? "]" : "");
}

static void json_vintage(text_buffer *b, const told_vintage *v)
{
    char years[LINE_BYTES];
    const vintage_match *m = &v->match;
    if (m->code_count == 0) {
        return;
    }
    json_text(b, "movements", v->movements);
    if (m->fit_count > 0) {
        vintage_fits_print(m, years, sizeof years);
        json_text(b, "vintage_by_codes", years);
        if (m->codes > 0 && m->left_out == 0 && m->code_count > 1) {
            json_count(b, "whole_list_of", (uint64_t)m->most_complete);
        }
        return;
    }
    for (size_t k = 0; k < VINTAGE_NEAREST; k++) {
        text_add_format(b, "%s{\"year\":%d,\"codes_at_fault\":%zu}",
                        k == 0 ? ",\"vintage_nearest\":[" : ",", (int)m->nearest[k].year,
                        m->nearest[k].absent);
    }
    text_add(b, "]");
}

void check_say_json(const char *path, const inspection *i, const told_vintage *v, bool sound)
{
    text_buffer b = {0};
    text_add(&b, "{\"event\":\"file\",\"file\":");
    text_add_json(&b, text_slice_of(path, strlen(path)));
    json_kind(&b, i);
    json_facts(&b, i);
    json_vintage(&b, v);
    json_count(&b, "rows", i->rows);
    json_count(&b, "left_out", i->left_out);
    json_count(&b, "damaged", i->damaged);
    if (i->form == INSPECTED_PACK) {
        json_count(&b, "members", i->members);
        json_count(&b, "unknown_members", i->unknown);
    }
    if (is_roads(i)) {
        json_count(&b, "nodes", i->nodes);
        json_count(&b, is_graph(i) ? "arcs" : "highways", is_graph(i) ? i->ways : i->highways);
    }
    text_add_format(&b, ",\"sound\":%s}\n", sound ? "true" : "false");
    if (!b.failed) {
        (void)fputs(b.at, stdout);
        (void)fflush(stdout);
    }
    text_buffer_clear(&b);
}
