#include <inttypes.h>
#include <string.h>

#include "table/messages.h"
#include "table/reading.h"

static const char SEPARATORS[] = ";,\t";

static const char *separator_label(char separator, language lang)
{
    switch (separator) {
    case ';':
        return tr(lang, M_SEPARATOR_SEMICOLON);
    case ',':
        return tr(lang, M_SEPARATOR_COMMA);
    case '\t':
        return tr(lang, M_SEPARATOR_TAB);
    default:
        return tr(lang, M_SEPARATOR_OTHER);
    }
}

/* The first record that is not an empty line, cut with `separator`. False: there is none. */
static bool first_record(reading *r, char separator, scanner *after)
{
    scanner s = r->scanner;
    s.separator = separator;
    while (record_next(&s, &r->record)) {
        if (!r->record.blank) {
            *after = s;
            return true;
        }
    }
    return false;
}

static const char *position_name(arena *a, size_t i)
{
    return arena_format(a, "%zu", i + 1);
}

/* The names in r->record, kept in the reading's arena. */
static status keep_names(reading *r, header_names *out)
{
    error err = {0};
    size_t count = r->record.count < r->record.capacity ? r->record.count : r->record.capacity;
    const char **names = arena_take(r->arena, count, sizeof *names);
    for (size_t i = 0; names && i < count; i++) {
        text_slice value;
        if (r->options->headerless)
            names[i] = position_name(r->arena, i);
        else if (decoder_cell(&r->decoder, &r->record.cells[i], &value))
            names[i] = arena_text_n(r->arena, value.at, value.size);
        if (!names[i])
            names = NULL;
    }
    if (!names) {
        (void)memory_error(&err, count * sizeof *names);
        return reading_failed(r, &err);
    }
    *out = (header_names){.names = names, .count = count};
    return STATUS_OK;
}

typedef struct separator_score {
    size_t matched, fields;
} separator_score;

static bool better(separator_score a, separator_score b)
{
    return a.matched != b.matched ? a.matched > b.matched : a.fields > b.fields;
}

static status score_separator(reading *r, char separator, separator_score *out)
{
    scanner after;
    header_names names = {0};
    if (!first_record(r, separator, &after))
        return faults_refuse(r->faults, source_at(r->file, 0, 0), M_READ_EMPTY);
    status result = keep_names(r, &names);
    if (result != STATUS_OK)
        return result;
    out->fields = r->record.defect == RECORD_SOUND ? r->record.count : 0;
    out->matched = r->options->headerless
                       ? 0
                       : columns_match_score(&names, r->options->columns, r->options->column_count);
    return STATUS_OK;
}

/* The separator under which most wanted columns are found, then the one that gives most fields. */
static status choose_separator(reading *r)
{
    separator_score best = {0};
    const char *candidates = r->options->separators ? r->options->separators : SEPARATORS;
    char chosen = r->options->separator;
    for (size_t i = 0; !r->options->separator && candidates[i]; i++) {
        separator_score score = {0};
        status result = score_separator(r, candidates[i], &score);
        if (result != STATUS_OK)
            return result;
        if (!chosen || better(score, best)) {
            best = score;
            chosen = candidates[i];
        }
    }
    r->scanner.separator = chosen;
    return STATUS_OK;
}

static char other_separator(const reading *r)
{
    const char *at = r->record.start;
    size_t size = (size_t)(r->scanner.at - at);
    for (size_t i = 0; SEPARATORS[i]; i++) {
        if (SEPARATORS[i] != r->scanner.separator && memchr(at, SEPARATORS[i], size))
            return SEPARATORS[i];
    }
    return memchr(at, '|', size) ? '|' : 0;
}

/* The labels are of the message's language, hence two texts made one by one. */
static status refuse_one_column(reading *r, char other)
{
    error fr, en;
    char own = r->scanner.separator;
    (void)error_set(&fr, STATUS_INPUT, M_READ_ONE_COLUMN, separator_label(own, LANGUAGE_FR),
                    separator_label(other, LANGUAGE_FR));
    (void)error_set(&en, STATUS_INPUT, M_READ_ONE_COLUMN, separator_label(own, LANGUAGE_EN),
                    separator_label(other, LANGUAGE_EN));
    memcpy(fr.en, en.en, sizeof fr.en);
    return faults_add_error(r->faults, source_at(r->file, r->record.line, 0), &fr);
}

static status refuse_header(reading *r)
{
    text_place p = reading_place(r, r->record.start, r->record.line, r->record.defect_at);
    text_place quote = p;
    status result = STATUS_INPUT;
    if (r->record.quote_at)
        quote = reading_place(r, r->record.start, r->record.line, r->record.quote_at);
    if (r->record.defect == RECORD_UNCLOSED_QUOTE)
        result = faults_refuse(r->faults, reading_source(r, &p), M_READ_UNCLOSED_QUOTE, quote.line);
    else if (r->record.defect == RECORD_AFTER_QUOTE)
        result = faults_refuse(r->faults, reading_source(r, &p), M_READ_AFTER_QUOTE, quote.line);
    else
        result = faults_refuse(r->faults, reading_source(r, &p), M_READ_FIELD_TOO_LONG,
                               (int)READER_MAX_FIELD_BYTES);
    reading_excerpt(r, &p, r->record.defect_at);
    return result;
}

static status judge_header(reading *r)
{
    if (r->record.defect != RECORD_SOUND)
        return refuse_header(r);
    if (r->record.count > READER_MAX_COLUMNS)
        return faults_refuse(r->faults, source_at(r->file, r->record.line, 0),
                             M_READ_TOO_MANY_COLUMNS, r->record.count, (int)READER_MAX_COLUMNS);
    if (r->record.count > 1)
        return STATUS_OK;
    char other = other_separator(r);
    bool announced = r->options->separator || r->options->separators;
    return announced && other ? refuse_one_column(r, other) : STATUS_OK;
}

/* Every column, as text, under its own header. */
static status want_all(reading *r, const wanted_column **out)
{
    error err = {0};
    wanted_column *all = arena_take(r->arena, r->header.count, sizeof *all);
    if (!all) {
        (void)memory_error(&err, r->header.count * sizeof *all);
        return reading_failed(r, &err);
    }
    for (size_t i = 0; i < r->header.count; i++)
        all[i] = (wanted_column){.name = r->header.names[i], .type = COLUMN_TEXT};
    *out = all;
    return STATUS_OK;
}

static status find_columns(reading *r, const wanted_column *wanted, size_t count, int64_t *position)
{
    if (r->options->column_count)
        return columns_match(&r->header, wanted, count,
                             source_at(r->file, r->options->headerless ? 0 : r->record.line, 0),
                             position, r->faults);
    for (size_t i = 0; i < count; i++)
        position[i] = (int64_t)i;
    return STATUS_OK;
}

static status make_columns(reading *r)
{
    error err = {0};
    const wanted_column *wanted = r->options->columns;
    size_t count = r->options->column_count ? r->options->column_count : r->header.count;
    status result = r->options->column_count ? STATUS_OK : want_all(r, &wanted);
    if (result != STATUS_OK)
        return result;
    int64_t *position = arena_take(r->arena, count, sizeof *position);
    r->columns = arena_take(r->arena, count, sizeof *r->columns);
    if (!position || !r->columns) {
        (void)memory_error(&err, count * sizeof *r->columns);
        return reading_failed(r, &err);
    }
    result = find_columns(r, wanted, count, position);
    if (result != STATUS_OK)
        return result;
    const char *slash = strrchr(r->file, '/');
    result = table_builder_new(&r->builder, slash ? slash + 1 : r->file, &err);
    if (result == STATUS_OK)
        result =
            typed_columns(r->builder, wanted, count, position, r->columns, &r->column_count, &err);
    if (result == STATUS_OK)
        result = table_builder_source(r->builder, r->file, &r->source, &err);
    return result == STATUS_OK ? STATUS_OK : reading_failed(r, &err);
}

status reading_header(reading *r)
{
    scanner after;
    status result = choose_separator(r);
    if (result != STATUS_OK)
        return result;
    if (!first_record(r, r->scanner.separator, &after))
        return faults_refuse(r->faults, source_at(r->file, 0, 0), M_READ_EMPTY);
    scanner before = r->scanner;
    r->scanner = after;
    result = judge_header(r);
    if (result == STATUS_OK)
        result = keep_names(r, &r->header);
    r->facts.separator = r->scanner.separator;
    r->facts.crlf = r->record.crlf;
    if (r->options->headerless)
        r->scanner = before;
    if (result != STATUS_OK || r->header_only)
        return result;
    return make_columns(r);
}
