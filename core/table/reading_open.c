#include <inttypes.h>
#include <string.h>

#include "base/hash.h"
#include "table/messages.h"
#include "table/reading.h"

enum {
    EXCERPT_CHARACTERS = 120,
    EXCERPT_BEFORE = 70,
    HEADER_PREFIX_BYTES = 1 << 20,
};

/* --- faults and their places --- */

bool reading_lists(reading *r)
{
    return r->fault_count++ < READER_MAX_FAULTS;
}

text_place reading_place(const reading *r, const char *start, uint64_t line, const char *at)
{
    return text_place_of(start, line, at, r->decoder.encoding != ENCODING_LATIN1);
}

source_ref reading_source(const reading *r, const text_place *p)
{
    return source_at(r->file, p->line, p->column);
}

status reading_failed(reading *r, const error *err)
{
    return faults_add_error(r->faults, source_at(r->file, 0, 0), err);
}

static bool is_character(const reading *r, const char *at)
{
    return r->decoder.encoding == ENCODING_LATIN1 || ((unsigned char)*at & 0xc0) != 0x80;
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

/* At most EXCERPT_CHARACTERS of the line around `at`. */
static text_slice excerpt_window(const reading *r, const text_place *p, const char *at)
{
    const char *from = at, *to = at;
    size_t count = 0;
    while (from > p->line_start && count < EXCERPT_BEFORE)
        count += is_character(r, --from);
    while (to < r->end && *to != '\n') {
        if (is_character(r, to) && count++ >= EXCERPT_CHARACTERS)
            break;
        to++;
    }
    if (to > at && to[-1] == '\r')
        to--;
    return text_slice_of(from, (size_t)(to - from));
}

/* The escaped, decoded text of [at, at + size). */
static bool add_shown(reading *r, text_buffer *out, const char *at, size_t size)
{
    char shown[16 * EXCERPT_CHARACTERS];
    text_slice value;
    if (!decoder_cell(&r->decoder, &(cell){.at = at, .size = size}, &value))
        return false;
    text_escape(value, shown, sizeof shown);
    text_add(out, shown);
    return true;
}

void reading_excerpt(reading *r, const text_place *p, const char *at)
{
    text_slice window = excerpt_window(r, p, at);
    text_buffer line = {0}, before = {0};
    if (add_shown(r, &before, window.at, (size_t)(at - window.at)) &&
        add_shown(r, &line, window.at, window.size)) {
        text_add(&line, "\n");
        for (size_t n = before.at ? characters(before.at) : 0; n > 0; n--)
            text_add(&line, " ");
        text_add(&line, "^");
        if (line.at && !line.failed)
            faults_excerpt(r->faults, line.at);
    }
    text_buffer_clear(&line);
    text_buffer_clear(&before);
}

/* --- life --- */

status reading_init(reading *r, const read_options *options, faults *faults_list)
{
    error err = {0};
    *r = (reading){.options = options, .faults = faults_list, .file = options->path};
    status result = arena_new(&r->arena, &err);
    if (result == STATUS_OK) {
        r->record.capacity = READER_MAX_COLUMNS;
        r->record.cells = memory_new(r->record.capacity, sizeof *r->record.cells);
        if (!r->record.cells)
            result = memory_error(&err, r->record.capacity * sizeof *r->record.cells);
    }
    return result == STATUS_OK ? STATUS_OK : reading_failed(r, &err);
}

void reading_digest(reading *r)
{
    if (!r->digest_wanted || r->digested)
        return;
    sha256_hex digest = sha256_of_mapped(r->bytes, r->byte_count);
    memcpy(r->facts.sha256, digest.hex, sizeof r->facts.sha256);
    r->digested = true;
}

void reading_clear(reading *r)
{
    table_builder_free(r->builder);
    decoder_clear(&r->decoder);
    survey_clear(&r->survey);
    unpacked_clear(&r->text);
    memory_free(r->record.cells);
    arena_free(r->arena);
}

/* --- bytes to text --- */

static text_place place_of_offset(const reading *r, size_t offset)
{
    return reading_place(r, r->start, 1, r->start + offset);
}

static status refuse_nature(reading *r, const text_nature *n)
{
    static const char old_workbook[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"; /* quirk 44 */
    const size_t size = (size_t)(r->end - r->start);
    if (size > 8 && memcmp(r->start, old_workbook, 8) == 0)
        return faults_refuse(r->faults, source_at(r->file, 0, 0), M_READ_OLD_WORKBOOK);
    if (n->utf16)
        return faults_refuse(r->faults, source_at(r->file, 1, 0), M_READ_UTF16);
    if (n->nul != SIZE_MAX) {
        text_place p = place_of_offset(r, n->nul);
        status result = faults_refuse(r->faults, reading_source(r, &p), M_READ_NUL);
        reading_excerpt(r, &p, r->start + n->nul);
        return result;
    }
    if (n->cr_only)
        return faults_refuse(r->faults, source_at(r->file, 1, 0), M_READ_CR_ONLY);
    return STATUS_OK;
}

static status refuse_encoding(reading *r, const text_nature *n)
{
    status result = STATUS_OK;
    text_place p = place_of_offset(r, n->not_utf8);
    byte_label byte = byte_label_of(r->start[n->not_utf8]);
    if (r->options->encoding == ENCODING_UTF8 || n->multibyte == SIZE_MAX) {
        result = faults_refuse(r->faults, reading_source(r, &p), M_READ_NOT_UTF8, byte.text);
    } else {
        text_place other = place_of_offset(r, n->multibyte);
        result = faults_refuse(r->faults, reading_source(r, &p), M_READ_MIXED_ENCODING, byte.text,
                               other.line);
    }
    reading_excerpt(r, &p, r->start + n->not_utf8);
    return result;
}

static void warn_latin1(reading *r, const text_nature *n)
{
    if (r->header_only)
        return;
    text_place p = place_of_offset(r, n->not_utf8);
    faults_warn(r->faults, reading_source(r, &p),
                M_READ_LATIN1); /* the byte stands in the excerpt */
    reading_excerpt(r, &p, r->start + n->not_utf8);
    if (n->windows == SIZE_MAX)
        return;
    p = place_of_offset(r, n->windows);
    faults_warn(r->faults, reading_source(r, &p), M_READ_WINDOWS1252);
    reading_excerpt(r, &p, r->start + n->windows);
}

static status choose_encoding(reading *r, const text_nature *n)
{
    encoding asked = r->options->encoding;
    r->decoder.encoding = ENCODING_UTF8;
    if (n->not_utf8 == SIZE_MAX) {
        if (asked == ENCODING_LATIN1 && (n->bom || n->multibyte != SIZE_MAX) && !r->header_only)
            faults_warn(r->faults, source_at(r->file, 1, 0), M_READ_UTF8_ANYWAY);
        return STATUS_OK;
    }
    bool mixed = n->bom || n->multibyte != SIZE_MAX;
    if (asked == ENCODING_UTF8 || (asked == ENCODING_DETECT && mixed))
        return refuse_encoding(r, n);
    r->decoder.encoding = ENCODING_LATIN1;
    if (asked == ENCODING_DETECT)
        warn_latin1(r, n);
    return STATUS_OK;
}

/* The path of the file, then the member's name when it was a .zip. */
static status name_file(reading *r)
{
    error err = {0};
    if (!r->text.member)
        return STATUS_OK;
    r->file = arena_format(r->arena, "%s/%s", r->options->path, r->text.member);
    if (r->file)
        return STATUS_OK;
    r->file = r->options->path;
    (void)memory_error(&err, strlen(r->text.member));
    return reading_failed(r, &err);
}

/* To recognise a file, its first line is enough, unless a quoted name holds a newline. */
static size_t header_extent(const char *text, size_t size)
{
    size_t quotes = 0;
    if (size > HEADER_PREFIX_BYTES)
        size = HEADER_PREFIX_BYTES;
    for (size_t i = 0; i < size; i++) {
        quotes += text[i] == '"';
        if (text[i] == '\n' && quotes % 2 == 0)
            return i + 1;
    }
    return size;
}

/* The survey reads each chunk once, on threads. */
static status nature_of(reading *r, const char *text, size_t size, text_nature *out)
{
    error err = {0};
    *out = text_nature_of_start(text, size);
    if (r->tuning.plain || r->header_only || out->utf16 || size == out->bom) {
        *out = text_nature_of(text, size);
        return STATUS_OK;
    }
    size_t bom = out->bom;
    r->tuning.mapped = r->tuning.mapped && !r->text.owned;
    if (survey_new(&r->survey, text + bom, text + size, &r->tuning, &err) != STATUS_OK)
        return reading_failed(r, &err);
    *out = survey_nature(&r->survey);
    out->bom = bom;
    return STATUS_OK;
}

status reading_open(reading *r, const char *bytes, size_t size)
{
    error err = {0};
    const read_options *o = r->options;
    unpack_limits limits = {.member = o->member,
                            .max_bytes = o->max_bytes,
                            .prefix = r->header_only ? HEADER_PREFIX_BYTES : 0};
    status result = unpack(&r->text, bytes, size, &limits, &err);
    if (result != STATUS_OK)
        return reading_failed(r, &err);
    result = name_file(r);
    if (result != STATUS_OK)
        return result;
    r->facts.bytes = r->text.size;
    size_t extent = r->header_only ? header_extent(r->text.at, r->text.size) : r->text.size;
    text_nature nature;
    result = nature_of(r, r->text.at, extent, &nature);
    if (result != STATUS_OK)
        return result;
    r->facts.bom = nature.bom != 0;
    r->start = r->text.at ? r->text.at + nature.bom : "";
    r->end = r->text.at ? r->text.at + extent : r->start;
    if (r->start == r->end)
        return faults_refuse(r->faults, source_at(r->file, 0, 0), M_READ_EMPTY);
    result = refuse_nature(r, &nature);
    if (result == STATUS_OK)
        result = choose_encoding(r, &nature);
    r->facts.encoding = r->decoder.encoding;
    r->scanner =
        (scanner){.at = r->start, .end = r->end, .line = 1, .field_limit = READER_MAX_FIELD_BYTES};
    return result;
}
