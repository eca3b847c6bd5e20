#include "datasets/starter/run_file.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "datasets/starter/messages.h"

enum { COMMENT_BYTES = 2048, LINE_CHARACTERS = 96, MARGIN_KM = 30 };

/* --- pieces --- */

static size_t characters(const char *at, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        count += ((unsigned char)at[i] & 0xC0) != 0x80;
    }
    return count;
}

static void put_blanks(run_file_text *r, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(&r->text, " ");
    }
}

/* The word at `at`, with the signs that French sets apart from it by a blank and that no line may
 * begin or end with: "« mot »", "mot :". */
static size_t word_size(const char *at)
{
    static const char *const stuck[] = {"»", ":", ";", "!", "?"};
    size_t size = strcspn(at, " ");
    for (bool grown = true; grown && at[size] == ' ';) {
        const char *next = at + size + 1;
        grown = size >= 2 && strncmp(at + size - 2, "«", 2) == 0;
        for (size_t i = 0; i < sizeof stuck / sizeof *stuck && !grown; i++) {
            const size_t length = strlen(stuck[i]);
            grown = strncmp(next, stuck[i], length) == 0;
        }
        if (grown) {
            size += 1 + strcspn(next, " ");
        }
    }
    return size;
}

/* Words of `text`, as many a line as fit. */
static void put_wrapped(run_file_text *r, size_t indent, const char *text)
{
    size_t used = 0;
    for (const char *at = text; *at;) {
        const size_t size = word_size(at);
        const size_t wide = characters(at, size);
        if (used == 0 || used + 1 + wide > LINE_CHARACTERS) {
            if (used > 0) {
                text_add(&r->text, "\n");
            }
            put_blanks(r, indent);
            text_add(&r->text, "#");
            used = indent + 1;
        }
        text_add(&r->text, " ");
        text_add_n(&r->text, at, size);
        used += 1 + wide;
        at += size;
        at += strspn(at, " ");
    }
    text_add(&r->text, "\n");
}

void put_comment(run_file_text *r, size_t indent, const char *fr, const char *en, ...)
{
    char text[COMMENT_BYTES];
    char shown[2 * COMMENT_BYTES];
    va_list values;
    va_start(values, en);
    if (r->options->language == LANGUAGE_FR) {
        (void)vsnprintf(text, sizeof text, fr, values);
    } else {
        (void)vsnprintf(text, sizeof text, en, values);
    }
    va_end(values);
    /* a name or a header must not end the comment, nor hide what follows */
    (void)text_escape(text_slice_of(text, strlen(text)), shown, sizeof shown);
    put_wrapped(r, indent, shown);
}

static bool is_plain_scalar(const char *text)
{
    static const char *const reserved[] = {"null", "true", "false", "yes", "no", "on", "off", "~"};
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (strcmp(reserved[i], text) == 0) {
            return false;
        }
    }
    const bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
                        (unsigned char)*text >= 0xC3 || *text == '/' || *text == '.';
    for (const char *c = text; *c; c++) {
        const bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                           (*c >= '0' && *c <= '9') || strchr("_./-", *c) ||
                           (unsigned char)*c >= 0xC3;
        const bool rest = (unsigned char)*c >= 0x80;
        if (!plain && !rest) {
            return false;
        }
    }
    return letter;
}

void put_scalar(run_file_text *r, const char *text)
{
    if (is_plain_scalar(text)) {
        text_add(&r->text, text);
        return;
    }
    text_add(&r->text, "\"");
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\') {
            text_add_format(&r->text, "\\%c", *c);
        } else if ((unsigned char)*c < ' ' || *c == 127) {
            text_add_format(&r->text, "\\x%02X", (unsigned)(unsigned char)*c);
        } else {
            text_add_n(&r->text, c, 1);
        }
    }
    text_add(&r->text, "\"");
}

/* Where the file stands, links of folders resolved; a link to a file keeps its name. Of the arena.
 */
static char *real_place(const run_file_text *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *parent =
        slash ? arena_text_n(r->memory, path, (size_t)(slash - path) + (slash == path)) : ".";
    char *real = parent ? realpath(parent, NULL) : NULL;
    char *made = real ? arena_format(r->memory, "%s/%s", strcmp(real, "/") == 0 ? "" : real,
                                     slash ? slash + 1 : path)
                      : arena_text(r->memory, path);
    free(real); /* realpath's own allocation */
    return made;
}

/* From the run file's folder: "bassin-data/x.csv", "../lists/y.xlsx". */
static char *relative_path(const run_file_text *r, const char *path)
{
    const char *real = real_place(r, path);
    const char *folder = r->folder;
    if (!real || *real != '/') {
        return real ? arena_text(r->memory, real) : NULL;
    }
    size_t same = 0;
    for (size_t i = 0; real[i] && (folder[i] == real[i] || (!folder[i] && real[i] == '/')); i++) {
        if (real[i] == '/') {
            same = i + 1;
        }
        if (!folder[i]) {
            break;
        }
    }
    text_buffer b = {0};
    const size_t folder_size = strlen(folder);
    for (size_t i = same; i < folder_size; i++) {
        if (i == same || folder[i - 1] == '/') {
            text_add(&b, "../");
        }
    }
    text_add(&b, real + same);
    char *made = b.failed ? NULL : arena_text_n(r->memory, b.at, b.size);
    text_buffer_clear(&b);
    return made;
}

void put_path(run_file_text *r, const char *path)
{
    const char *relative = relative_path(r, path);
    r->failed = r->failed || !relative;
    put_scalar(r, relative ? relative : "");
}

/* --- files --- */

/* What the file is, and how that is known. */
static void put_source(run_file_text *r, size_t indent, const found_file *f)
{
    const provenance *p = f->from;
    const language lang = r->options->language;
    if (p && f->told) {
        put_comment(r, indent, M_START_FROM_CATALOGUE, tr(lang, p->title_fr, p->title_en),
                    *p->vintage ? p->vintage : "…", p->producer, p->licence, p->id);
    } else if (f->by) {
        put_comment(r, indent, M_START_BY_HEADER, f->name,
                    tr(lang, f->by->title_fr, f->by->title_en));
    } else {
        put_comment(r, indent, M_START_ROADS, f->name);
    }
}

static void put_file_keys(run_file_text *r, const found_file *f)
{
    text_add(&r->text, "file: ");
    put_path(r, f->path);
    if (f->by && !f->by->generic) {
        text_add_format(&r->text, ", format: %s", f->by->id);
    }
    if (file_geography(f) > 0) {
        text_add_format(&r->text, ", vintage: %" PRId32, file_geography(f));
    }
}

/* In full the first time. */
static void put_no_geography(run_file_text *r, size_t indent, const found_file *f)
{
    if (file_geography(f) > 0) {
        return;
    }
    if (r->geography_told) {
        put_comment(r, indent, M_START_NO_GEOGRAPHY_EITHER);
    } else {
        put_comment(r, indent, M_START_NO_GEOGRAPHY);
    }
    r->geography_told = true;
}

static void put_file(run_file_text *r, size_t indent, const char *key, const found_file *f)
{
    if (!f) {
        return;
    }
    put_source(r, indent, f);
    put_blanks(r, indent);
    text_add_format(&r->text, "%s: {", key);
    put_file_keys(r, f);
    text_add(&r->text, "}\n");
    put_no_geography(r, indent, f);
}

/* Without a pivot they cannot serve yet: left for the reader to switch on. */
static void put_movements(run_file_text *r, int32_t pivot)
{
    const found_file *f = r->files->movements;
    if (!f) {
        return;
    }
    put_source(r, 2, f);
    if (pivot > 0) {
        put_comment(r, 2, M_START_MOVEMENTS);
    } else {
        put_comment(r, 2, M_START_MOVEMENTS_LATER);
    }
    text_add(&r->text, pivot > 0 ? "  movements: " : "  # movements: ");
    put_path(r, f->path);
    text_add(&r->text, "\n");
}

/* As printed: the law's own short name, else the file's. */
static void put_zoning_name(run_file_text *r, const found_file *f)
{
    static const struct {
        const char *format, *name;
    } known[] = {{"frr", "FRR"}, {"zrr", "ZRR"}, {"qpv", "QPV"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(f->by->id, known[i].format) == 0) {
            put_scalar(r, known[i].name);
            return;
        }
    }
    const char *stem = arena_text_n(r->memory, f->name, strcspn(f->name, "."));
    r->failed = r->failed || !stem;
    put_scalar(r, stem ? stem : "");
}

static void put_zonings(run_file_text *r)
{
    const chosen *c = r->files;
    for (size_t i = 0; i < c->zoning_count; i++) {
        const found_file *f = c->zonings[i];
        const long year = strtol(file_vintage(f), NULL, 10);
        text_add(&r->text, i == 0 ? "  zonings:\n" : "");
        put_source(r, 4, f);
        text_add(&r->text, "    - {name: ");
        put_zoning_name(r, f);
        text_add(&r->text, ", ");
        put_file_keys(r, f);
        if (f->by->generic) {
            text_add_format(&r->text, ", format: %s", f->by->id);
        }
        if (year >= 1990 && year <= 2100) {
            text_add_format(&r->text, ", year: %ld", year);
        }
        text_add(&r->text, "}\n");
    }
}

static void put_contexts(run_file_text *r)
{
    const chosen *c = r->files;
    for (size_t i = 0; i < c->context_count; i++) {
        text_add(&r->text, i == 0 ? "  context:\n" : "");
        put_source(r, 4, c->contexts[i]);
        text_add(&r->text, "    - {");
        put_file_keys(r, c->contexts[i]);
        text_add(&r->text, "}\n");
    }
}

static void put_territory(run_file_text *r)
{
    const chosen *c = r->files;
    const int32_t pivot = file_geography(c->communes);
    text_add(&r->text, "territory:\n");
    put_file(r, 2, "communes", c->communes);
    put_file(r, 2, "names", c->names);
    put_file(r, 2, "membership", c->membership);
    put_file(r, 2, "density", c->density);
    if (c->cells) {
        put_comment(r, 2, M_START_CELLS);
        text_add(&r->text, "  # cells: {");
        put_file_keys(r, c->cells);
        text_add(&r->text, ", as: points}  # points | places\n");
    }
    put_zonings(r);
    put_contexts(r);
    put_movements(r, pivot);
    put_comment(r, 2, M_START_KEEP, r->word->name);
    text_add_format(&r->text, "  keep: %s\n", r->word->keep);
    if (r->word->level != TERRITORY_FRANCE && r->word->level != TERRITORY_METROPOLE) {
        put_comment(r, 2, M_START_MARGIN);
        text_add_format(&r->text, "  margin: %d km\n", (int)MARGIN_KM);
    }
    if (pivot > 0) {
        put_comment(r, 2, M_START_PIVOT);
        text_add_format(&r->text, "  vintage: %" PRId32 "\n", pivot);
    }
}

static void put_population(run_file_text *r)
{
    if (r->files->population) {
        put_file(r, 0, "population", r->files->population);
    } else {
        put_comment(r, 0, M_START_NO_POPULATION);
    }
}

static void put_flows(run_file_text *r)
{
    const chosen *c = r->files;
    if (!c->flows) {
        put_comment(r, 0, M_START_NO_FLOWS);
        return;
    }
    put_source(r, 0, c->flows);
    text_add(&r->text, "flows:\n  file: ");
    put_path(r, c->flows->path);
    text_add_format(&r->text, "\n  format: %s\n", c->flows->by->id);
    if (file_geography(c->flows) > 0) {
        text_add_format(&r->text, "  vintage: %" PRId32 "\n", file_geography(c->flows));
    }
    put_no_geography(r, 2, c->flows);
    if (c->detail) {
        put_file(r, 2, "detail", c->detail);
    } else {
        put_comment(r, 2, M_START_NO_DETAIL);
    }
}

void put_addresses(run_file_text *r, size_t indent)
{
    const chosen *c = r->files;
    put_source(r, indent, c->addresses[0]);
    put_blanks(r, indent);
    text_add(&r->text, "addresses: [");
    for (size_t i = 0; i < c->address_count; i++) {
        text_add(&r->text, i > 0 ? ", " : "");
        put_path(r, c->addresses[i]->path);
    }
    text_add(&r->text, "]\n");
}

static void put_themes(run_file_text *r, const found_file *list)
{
    const chosen *c = r->files;
    size_t count = 0;
    for (size_t i = 0; i < c->theme_count; i++) {
        if (theme_is_of(c->themes[i], list)) {
            text_add(&r->text, count++ == 0 ? ", themes: [{file: " : ", {file: ");
            put_path(r, c->themes[i]->path);
            text_add(&r->text, "}");
        }
    }
    text_add(&r->text, count > 0 ? "]" : "");
}

static void put_found_list(run_file_text *r, const found_file *f)
{
    put_source(r, 2, f);
    text_add(&r->text, "  - {");
    put_file_keys(r, f);
    text_add(&r->text, ", status: open");
    put_themes(r, f);
    text_add(&r->text, "}\n");
}

/* The user's own list may lie in the data folder. */
static bool is_user_list(const run_file_text *r, const found_file *f)
{
    struct stat own;
    struct stat found;
    return r->list->path && stat(r->list->path, &own) == 0 && stat(f->path, &found) == 0 &&
           own.st_dev == found.st_dev && own.st_ino == found.st_ino;
}

static void put_venues(run_file_text *r)
{
    const chosen *c = r->files;
    if (c->list_count == 0 && !r->list->path) {
        put_comment(r, 0, M_START_NO_VENUES);
        return;
    }
    text_add(&r->text, "venues:\n");
    if (r->list->path) {
        put_user_list(r);
    }
    for (size_t i = 0; i < c->list_count; i++) {
        if (!is_user_list(r, c->lists[i])) {
            put_found_list(r, c->lists[i]);
        }
    }
}

static void put_travel(run_file_text *r)
{
    const chosen *c = r->files;
    const bool by_road = c->roads && c->other_road_count == 0;
    text_add(&r->text, "travel:\n");
    if (by_road) {
        put_source(r, 2, c->roads);
        text_add(&r->text, "  - {mode: car, network: ");
        put_path(r, c->roads->path);
        text_add(&r->text, ", limit: 60 min}\n");
        return;
    }
    if (c->roads) {
        put_comment(r, 2, M_START_SEVERAL_ROADS, c->other_road_count + 1);
    } else {
        put_comment(r, 2, M_START_NO_ROADS);
    }
    text_add(&r->text, "  - {mode: car, estimate: crow-fly, limit: 60 min}\n");
}

static void put_indicators(run_file_text *r)
{
    put_comment(r, 0, M_START_INDICATORS);
    text_add(&r->text,
             "# indicators:\n"
             "#   coverage: {standard: 20 min, white-zone: 30 min, distances: [5 km, 10 km]}\n"
             "#   catchment: {limits: [10 min, 20 min, 30 min], method: e2sfca}\n");
}

/* Nothing of the folder is passed over in silence. */
static void put_unused(run_file_text *r)
{
    for (size_t i = 0; i < r->found->count; i++) {
        const found_file *f = &r->found->at[i];
        if (file_is_chosen(r->files, f)) {
            r->summary->files_used++;
            continue;
        }
        if (r->summary->files_unused++ == 0) {
            text_add(&r->text, "\n");
            put_comment(r, 0, M_START_UNUSED);
        }
        const bool known = f->by || strcmp(f->role, "roads") == 0;
        const char *role = known ? f->role : f->from ? f->from->role : "";
        const char *title =
            f->from ? tr(r->options->language, f->from->title_fr, f->from->title_en) : "";
        if (known && role_is_chosen(f->role)) {
            put_comment(r, 0, M_START_UNUSED_FILE, f->path, role);
        } else if (known) {
            put_comment(r, 0, M_START_UNNAMED_FILE, f->path,
                        f->by ? tr(r->options->language, f->by->title_fr, f->by->title_en) : role);
        } else if (f->unread_fr) {
            put_comment(r, 0, M_START_CANNOT_READ, f->path, *title ? " : " : "", title,
                        tr(r->options->language, f->unread_fr, f->unread_en));
        } else {
            put_comment(r, 0, M_START_UNREAD_FILE, f->path, *title ? " : " : "", title);
        }
    }
}

void run_file_write(run_file_text *r)
{
    const language lang = r->options->language;
    put_comment(r, 0, M_START_HEAD);
    put_comment(r, 0, M_START_HEAD_CHECK, r->options->output);
    put_comment(r, 0, M_START_HEAD_GUESSES);
    text_add(&r->text, "bassin: 1\ntitle: ");
    put_scalar(r, r->word->name);
    text_add(&r->text, "\n\n");
    put_territory(r);
    text_add(&r->text, "\n");
    put_population(r);
    text_add(&r->text, "\n");
    put_flows(r);
    text_add(&r->text, "\n");
    put_venues(r);
    text_add(&r->text, "\n");
    put_travel(r);
    text_add(&r->text, "\n");
    put_indicators(r);
    text_add_format(&r->text, "reports: {language: %s}\n", lang == LANGUAGE_FR ? "fr" : "en");
    put_unused(r);
    r->failed = r->failed || r->text.failed;
}
