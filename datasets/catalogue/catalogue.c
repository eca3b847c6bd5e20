#include "datasets/catalogue/catalogue.h"

#include <string.h>

#include "datasets/catalogue/messages.h"
#include "territory/support.h"

enum { NAME_BYTES_MAX = 200, SHA256_DIGITS = 64 };

static const char *const placeholders[] = {[CUT_NONE] = "",
                                           [CUT_DEPARTEMENT] = "{departement}",
                                           [CUT_REGION] = "{region}",
                                           [CUT_OSM_AREA] = "{osm_area}"};
enum { CUT_COUNT = sizeof placeholders / sizeof *placeholders };

#define TEXT(column_name, needed)                                                                  \
    {                                                                                              \
        .name = column_name, .unit = "", .type = COLUMN_TEXT, .required = needed                   \
    }
static const wanted_column wanted[] = {
    TEXT("id", true),       TEXT("default", true),   TEXT("role", true),     TEXT("importer", true),
    TEXT("title_fr", true), TEXT("title_en", true),  TEXT("producer", true), TEXT("licence", true),
    TEXT("vintage", true),  TEXT("geography", true), TEXT("extent", true),   TEXT("address", true),
    TEXT("file", true),     TEXT("archive", true),   TEXT("members", true),  TEXT("size", true),
    TEXT("sha256", true),   TEXT("page", true),
};

/* One row being judged. */
typedef struct row_reader {
    const char *path; /* of the catalogue, of its own arena */
    const table *t;
    size_t row;
    arena *memory;
    faults *list;
    const importer *const *importers;
    status result;
} row_reader;

#define REFUSE(r, ...)                                                                             \
    ((r)->result = faults_refuse((r)->list, table_source((r)->t, (r)->row), __VA_ARGS__))

static const char *cell(row_reader *r, const char *name)
{
    error err;
    const text_slice value = text_trimmed(text_at(text_column(r->t, name), r->row));
    char *text = arena_text_n(r->memory, value.at, value.size);
    if (!text) {
        r->result = fault_of(memory_error(&err, value.size), &err, r->list);
        return "";
    }
    return text;
}

static const char *needed(row_reader *r, const char *name)
{
    const char *text = cell(r, name);
    if (!*text) {
        REFUSE(r, M_CATALOGUE_EMPTY, name);
    }
    return text;
}

/* Position of `text` among `choices`, `count` when it is none. */
static size_t word_at(const char *text, const char *const *choices, size_t count)
{
    size_t i = 0;
    while (i < count && strcmp(choices[i], text) != 0) {
        i++;
    }
    return i;
}

/* --- one cell each --- */

static void check_id(row_reader *r, const char *id)
{
    if (*id && id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")]) {
        REFUSE(r, M_CATALOGUE_ID, id);
    }
}

static unsigned read_levels(row_reader *r)
{
    static const char *const choices[] = {"commune", "epci",      "departement",
                                          "region",  "metropole", "france"};
    const char *text = needed(r, "default");
    unsigned levels = 0;
    if (strcmp(text, "yes") == 0) {
        return TERRITORY_ANY;
    }
    for (const char *at = text; *at && strcmp(text, "no") != 0;) {
        const size_t size = strcspn(at, "|");
        const char *word = arena_text_n(r->memory, at, size);
        const size_t level = word ? word_at(word, choices, 6) : 6;
        if (level == 6) {
            REFUSE(r, M_CATALOGUE_DEFAULT, text);
            return 0;
        }
        levels |= 1u << level;
        at += size + (at[size] == '|');
    }
    return levels;
}

/* The role is one of the importers', or roads; an importer is one of that role. */
static void check_role(row_reader *r, const catalogue_entry *e)
{
    bool role_known = !*e->role || strcmp(e->role, "roads") == 0;
    const importer *named = NULL;
    for (size_t i = 0; r->importers[i]; i++) {
        role_known = role_known || strcmp(r->importers[i]->role, e->role) == 0;
        if (strcmp(r->importers[i]->id, e->importer) == 0) {
            named = r->importers[i];
        }
    }
    if (!role_known) {
        REFUSE(r, M_CATALOGUE_ROLE, e->role);
    }
    if (*e->importer && !named) {
        REFUSE(r, M_CATALOGUE_IMPORTER, e->importer);
    } else if (named && strcmp(named->role, e->role) != 0) {
        REFUSE(r, M_CATALOGUE_IMPORTER_ROLE, e->importer, named->role, e->role);
    }
}

static int32_t read_year(row_reader *r)
{
    uint64_t year = 0;
    const char *text = cell(r, "geography");
    if (!*text) {
        return 0;
    }
    if (!text_to_u64(text_slice_of(text, strlen(text)), &year) || year < 1943 || year > 2100) {
        REFUSE(r, M_CATALOGUE_GEOGRAPHY, text);
        return 0;
    }
    return (int32_t)year;
}

static file_extent read_extent(row_reader *r)
{
    static const char *const choices[] = {"france", "metropole"};
    const char *text = needed(r, "extent");
    const size_t at = word_at(text, choices, 2);
    if (at == 2 && *text) {
        REFUSE(r, M_CATALOGUE_CHOICE, "extent", text, "france, metropole");
    }
    return at == 1 ? EXTENT_METROPOLE : EXTENT_FRANCE;
}

static archive_kind read_archive(row_reader *r)
{
    static const char *const choices[] = {"", "zip", "7z"};
    const char *text = cell(r, "archive");
    const size_t at = word_at(text, choices, 3);
    if (at == 3) {
        REFUSE(r, M_CATALOGUE_CHOICE, "archive", text, "zip, 7z");
        return ARCHIVE_KEPT;
    }
    return (archive_kind)at;
}

/* "1032385", or "~2800000": about, shown and not verified. */
static void read_size(row_reader *r, catalogue_entry *e)
{
    const char *text = cell(r, "size");
    const char *digits = text + (*text == '~');
    e->size_exact = *text && *text != '~';
    if (*text && (!text_to_u64(text_slice_of(digits, strlen(digits)), &e->size) || e->size == 0)) {
        REFUSE(r, M_CATALOGUE_SIZE, text);
    }
}

static void read_digest(row_reader *r, catalogue_entry *e)
{
    const char *text = needed(r, "sha256");
    e->sha256 = "";
    e->changes = strcmp(text, "changes") == 0;
    if (!*text || e->changes || strcmp(text, "unknown") == 0) {
        return;
    }
    if (strlen(text) != SHA256_DIGITS || strspn(text, "0123456789abcdef") != SHA256_DIGITS) {
        REFUSE(r, M_CATALOGUE_SHA256, text);
    } else {
        e->sha256 = text;
    }
}

static bool address_is_plain(const char *address)
{
    const char *host = strncmp(address, "https://", 8) == 0  ? address + 8
                       : strncmp(address, "http://", 7) == 0 ? address + 7
                                                             : "";
    for (const char *c = host; *c; c++) {
        if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 127 || strchr("\"'<>\\^`|@", *c)) {
            return false;
        }
    }
    return *host && *host != '/';
}

/* Every brace belongs to a known placeholder; at most one kind of them. */
static bool braces_are_known(const char *text, cut *by)
{
    *by = CUT_NONE;
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        cut found = CUT_NONE;
        for (size_t i = 1; i < CUT_COUNT; i++) {
            if (strncmp(at, placeholders[i], strlen(placeholders[i])) == 0) {
                found = (cut)i;
            }
        }
        if (found == CUT_NONE || (*by != CUT_NONE && *by != found)) {
            return false;
        }
        *by = found;
    }
    size_t opened = 0;
    size_t closed = 0;
    for (const char *c = text; *c; c++) {
        opened += *c == '{';
        closed += *c == '}';
    }
    return opened == closed;
}

static void check_address(row_reader *r, const catalogue_entry *e)
{
    cut by = CUT_NONE;
    if (*e->address && !address_is_plain(e->address)) {
        REFUSE(r, M_CATALOGUE_ADDRESS, e->address);
    }
    if (!braces_are_known(e->address, &by)) {
        REFUSE(r, M_CATALOGUE_PLACEHOLDER, e->address);
    }
    if (*e->page && !address_is_plain(e->page)) {
        REFUSE(r, M_CATALOGUE_ADDRESS, e->page);
    }
}

/* The name kept: the cell, else the last part of the address. */
static const char *name_of(row_reader *r, const char *address)
{
    const char *given = cell(r, "file");
    if (*given) {
        return given;
    }
    const char *slash = strrchr(address, '/');
    return slash ? slash + 1 : "";
}

static void check_name(row_reader *r, const catalogue_entry *e)
{
    cut of_name = CUT_NONE;
    if (!file_name_is_plain(e->file) || !braces_are_known(e->file, &of_name)) {
        REFUSE(r, M_CATALOGUE_FILE, e->file);
    } else if (of_name != entry_cut(e)) {
        REFUSE(r, M_CATALOGUE_FILE_CUT, e->file, e->address);
    }
}

static bool ends_with(const char *text, const char *end)
{
    const size_t size = strlen(text);
    const size_t tail = strlen(end);
    return size > tail && strcmp(text + size - tail, end) == 0;
}

static void check_archive(row_reader *r, const catalogue_entry *e)
{
    const char *end = e->archive == ARCHIVE_ZIP ? ".zip" : e->archive == ARCHIVE_7Z ? ".7z" : "";
    if (*end && !ends_with(e->file, end)) {
        REFUSE(r, M_CATALOGUE_ARCHIVE_NAME, e->file, end);
    }
    if (*e->members && e->archive == ARCHIVE_KEPT) {
        REFUSE(r, M_CATALOGUE_MEMBERS);
    }
    if (*e->sha256 && entry_cut(e) != CUT_NONE) {
        REFUSE(r, M_CATALOGUE_SHA256_CUT);
    }
}

/* --- rows --- */

static void read_entry(row_reader *r, catalogue_entry *e)
{
    e->where = source_at(r->path, table_source(r->t, r->row).line, 0); /* outlives the table */
    e->id = needed(r, "id");
    e->levels = read_levels(r);
    e->role = cell(r, "role");
    e->importer = cell(r, "importer");
    e->title_fr = needed(r, "title_fr");
    e->title_en = needed(r, "title_en");
    e->producer = needed(r, "producer");
    e->licence = needed(r, "licence");
    e->vintage = cell(r, "vintage");
    e->geography = read_year(r);
    e->extent = read_extent(r);
    e->address = needed(r, "address");
    e->page = cell(r, "page");
    e->file = name_of(r, e->address);
    e->archive = read_archive(r);
    e->members = cell(r, "members");
    read_size(r, e);
    read_digest(r, e);
    check_id(r, e->id);
    check_role(r, e);
    check_address(r, e);
    check_name(r, e);
    check_archive(r, e);
}

/* The same id, or the same name on the disk, twice. */
static status check_twice(const catalogue_entry *entries, size_t count, faults *list)
{
    status rc = STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            const unsigned long long line = (unsigned long long)entries[k].where.line;
            if (*entries[i].id && strcmp(entries[i].id, entries[k].id) == 0) {
                rc = faults_refuse(list, entries[i].where, M_CATALOGUE_TWICE, "id", entries[i].id,
                                   line);
            }
            if (*entries[i].file && strcmp(entries[i].file, entries[k].file) == 0) {
                rc = faults_refuse(list, entries[i].where, M_CATALOGUE_TWICE, "file",
                                   entries[i].file, line);
            }
        }
    }
    return rc;
}

static status read_rows(const table *t, const char *path, const importer *const *importers,
                        catalogue *into, faults *list)
{
    error err;
    const char *own_path = arena_text(into->memory, path);
    catalogue_entry *entries = NULL;
    status rc = own_path ? take_array(into->memory, t->rows + 1, sizeof *entries, &entries, list)
                         : fault_of(memory_error(&err, strlen(path)), &err, list);
    for (size_t i = 0; i < t->rows && entries; i++) {
        row_reader r = {.path = own_path,

                        .t = t,
                        .row = i,
                        .memory = into->memory,
                        .list = list,
                        .importers = importers};
        read_entry(&r, &entries[i]);
        rc = rc == STATUS_OK ? r.result : rc;
    }
    if (entries) {
        const status twice = check_twice(entries, t->rows, list);
        rc = rc == STATUS_OK ? twice : rc;
    }
    into->entries = entries;
    into->count = t->rows;
    return rc;
}

status catalogue_read(const char *path, const importer *const *importers, catalogue **out,
                      faults *faults_list)
{
    error err;
    table *t = NULL;
    arena *memory = NULL;
    catalogue *made = NULL;
    *out = NULL;
    const read_options options = {.path = path,
                                  .separator = ';',
                                  .columns = wanted,
                                  .column_count = sizeof wanted / sizeof *wanted};
    status rc = table_read(&options, &t, NULL, faults_list);
    if (rc == STATUS_OK) {
        rc = fault_of(arena_new(&memory, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(memory, 1, sizeof *made, &made, faults_list);
    }
    if (rc == STATUS_OK) {
        made->memory = memory;
        rc = read_rows(t, path, importers, made, faults_list);
    }
    table_free(t);
    if (rc == STATUS_OK) {
        *out = made;
    } else {
        arena_free(memory);
    }
    return rc;
}

void catalogue_free(catalogue *c)
{
    if (c) {
        arena_free(c->memory);
    }
}

const catalogue_entry *catalogue_find(const catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->count; i++) {
        if (strcmp(c->entries[i].id, id) == 0) {
            return &c->entries[i];
        }
    }
    return NULL;
}

/* --- names and placeholders --- */

cut entry_cut(const catalogue_entry *e)
{
    for (size_t i = 1; i < CUT_COUNT; i++) {
        if (strstr(e->address, placeholders[i])) {
            return (cut)i;
        }
    }
    return CUT_NONE;
}

char *cut_text(const char *text, cut by, const char *value, arena *memory)
{
    text_buffer made = {0};
    const char *mark = placeholders[by];
    const char *at = text;
    for (const char *found; *mark && (found = strstr(at, mark)) != NULL;
         at = found + strlen(mark)) {
        text_add_n(&made, at, (size_t)(found - at));
        text_add(&made, value);
    }
    text_add(&made, at);
    char *out = made.failed ? NULL : arena_text_n(memory, made.at ? made.at : "", made.size);
    text_buffer_clear(&made);
    return out;
}

bool file_name_is_plain(const char *name)
{
    const size_t size = strlen(name);
    if (size == 0 || size > NAME_BYTES_MAX || name[0] == '.' || name[0] == '-') {
        return false;
    }
    for (const char *c = name; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 127 || strchr("/\\?*:|\"<>", *c)) {
            return false;
        }
    }
    return text_utf8_valid_prefix(name, size) == size && !ends_with(name, ".part") &&
           !ends_with(name, ".part.json") && !ends_with(name, ".provenance.json");
}
