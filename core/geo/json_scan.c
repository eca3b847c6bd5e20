#include "geo/json_scan.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "geo/messages.h"

typedef enum json_wants {
    WANTS_VALUE,
    WANTS_VALUE_OR_END, /* just after [ */
    WANTS_KEY,
    WANTS_KEY_OR_END, /* just after { */
    WANTS_COLON,
    WANTS_COMMA_OR_END,
    WANTS_NOTHING,
} json_wants;

typedef struct json_text {
    const char *at;
    size_t size, offset;
    const char *file;
    faults *found;
    json_wants wants;
    unsigned depth;
    bool object[JSON_MAX_DEPTH]; /* else an array */
} json_text;

static source_ref json_place(const json_text *j, size_t offset)
{
    uint64_t line = 1, column = 1;
    for (size_t i = 0; i < offset; i++) {
        bool newline = j->at[i] == '\n';
        line += newline;
        column = newline ? 1 : column + 1;
    }
    return source_at(j->file, line, column);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- tokens: each starts at j->offset and leaves it after the token --- */

static status scan_string(json_text *j)
{
    size_t begin = j->offset++;
    while (j->offset < j->size) {
        unsigned char c = (unsigned char)j->at[j->offset++];
        if (c == '"')
            return STATUS_OK;
        if (c < 0x20)
            return faults_refuse(j->found, json_place(j, j->offset - 1), M_GEO_JSON_STRING);
        if (c != '\\')
            continue;
        if (j->offset == j->size)
            break;
        char escape = j->at[j->offset++];
        size_t digits = escape == 'u' ? 4 : 0;
        if (!escape || !strchr("\"\\/bfnrtu", escape))
            return faults_refuse(j->found, json_place(j, j->offset - 1), M_GEO_JSON_STRING);
        for (; digits > 0 && j->offset < j->size; digits--) {
            char h = j->at[j->offset++];
            if (!is_digit(h) && !(h >= 'a' && h <= 'f') && !(h >= 'A' && h <= 'F'))
                return faults_refuse(j->found, json_place(j, j->offset - 1), M_GEO_JSON_STRING);
        }
    }
    return faults_refuse(j->found, json_place(j, begin), M_GEO_JSON_CUT);
}

static size_t skip_digits(const json_text *j, size_t i)
{
    while (i < j->size && is_digit(j->at[i]))
        i++;
    return i;
}

/* The end of a number of RFC 8259 that begins at `i`, or `i` when there is none. */
static size_t number_end(const json_text *j, size_t i, bool *exponent)
{
    size_t begin = i;
    if (i < j->size && j->at[i] == '-')
        i++;
    size_t digits = i;
    i = skip_digits(j, i);
    if (i == digits || (j->at[digits] == '0' && i > digits + 1))
        return begin;
    if (i < j->size && j->at[i] == '.') {
        size_t decimals = i + 1;
        i = skip_digits(j, decimals);
        if (i == decimals)
            return begin;
    }
    *exponent = i < j->size && (j->at[i] == 'e' || j->at[i] == 'E');
    if (!*exponent)
        return i;
    i++;
    if (i < j->size && (j->at[i] == '+' || j->at[i] == '-'))
        i++;
    size_t power = i;
    i = skip_digits(j, i);
    return i == power ? begin : i;
}

static size_t word_end(const json_text *j)
{
    size_t i = j->offset;
    while (i < j->size && !is_blank(j->at[i]) && !strchr(",:[]{}\"", j->at[i]))
        i++;
    return i;
}

static status refuse_word(json_text *j)
{
    static const char *const not_finite[] = {"NaN",       "-NaN", "nan",  "-nan", "Infinity",
                                             "-Infinity", "inf",  "-inf", "Inf",  "-Inf"};
    text_slice word = text_slice_of(j->at + j->offset, word_end(j) - j->offset);
    for (size_t i = 0; i < sizeof not_finite / sizeof not_finite[0]; i++)
        if (text_equal(word, not_finite[i]))
            return faults_refuse(j->found, json_place(j, j->offset), M_GEO_JSON_NOT_FINITE,
                                 not_finite[i]);
    return faults_refuse(j->found, json_place(j, j->offset), M_GEO_JSON_UNEXPECTED);
}

static status scan_number(json_text *j)
{
    /* Under this many characters and without an exponent a number cannot overflow. */
    const size_t always_finite = 300;
    bool exponent = false;
    size_t end = number_end(j, j->offset, &exponent);
    text_slice digits = text_slice_of(j->at + j->offset, end - j->offset);
    if (end == j->offset || end != word_end(j))
        return refuse_word(j);
    double value = 0;
    if ((exponent || digits.size > always_finite) &&
        (!text_to_f64(digits, '.', &value) || !isfinite(value))) {
        char shown[40] = "";
        text_escape(text_slice_of(digits.at, digits.size < 32 ? digits.size : 32), shown,
                    sizeof shown);
        return faults_refuse(j->found, json_place(j, j->offset), M_GEO_JSON_NOT_FINITE, shown);
    }
    j->offset = end;
    return STATUS_OK;
}

static status scan_literal(json_text *j)
{
    text_slice word = text_slice_of(j->at + j->offset, word_end(j) - j->offset);
    if (!text_equal(word, "true") && !text_equal(word, "false") && !text_equal(word, "null"))
        return refuse_word(j);
    j->offset += word.size;
    return STATUS_OK;
}

/* --- structure --- */

static void value_is_over(json_text *j)
{
    j->wants = j->depth == 0 ? WANTS_NOTHING : WANTS_COMMA_OR_END;
}

static status open_level(json_text *j, bool object)
{
    if (j->depth == JSON_MAX_DEPTH)
        return faults_refuse(j->found, json_place(j, j->offset), M_GEO_JSON_DEPTH,
                             (unsigned)JSON_MAX_DEPTH);
    j->object[j->depth++] = object;
    j->wants = object ? WANTS_KEY_OR_END : WANTS_VALUE_OR_END;
    j->offset++;
    return STATUS_OK;
}

static status scan_value(json_text *j, char c)
{
    if (c == '{' || c == '[')
        return open_level(j, c == '{');
    status s = c == '"'                  ? scan_string(j)
               : c == '-' || is_digit(c) ? scan_number(j)
                                         : scan_literal(j);
    value_is_over(j);
    return s;
}

static bool closes(const json_text *j, char c)
{
    if (j->depth == 0 || (c != ']' && c != '}') || j->object[j->depth - 1] != (c == '}'))
        return false;
    return j->wants == WANTS_COMMA_OR_END || j->wants == WANTS_VALUE_OR_END ||
           j->wants == WANTS_KEY_OR_END;
}

static status scan_token(json_text *j)
{
    char c = j->at[j->offset];
    if (closes(j, c)) {
        j->depth--;
        j->offset++;
        value_is_over(j);
        return STATUS_OK;
    }
    if (j->wants == WANTS_VALUE || j->wants == WANTS_VALUE_OR_END)
        return scan_value(j, c);
    if ((j->wants == WANTS_KEY || j->wants == WANTS_KEY_OR_END) && c == '"') {
        j->wants = WANTS_COLON;
        return scan_string(j);
    }
    bool comma = j->wants == WANTS_COMMA_OR_END && c == ',';
    if (!comma && !(j->wants == WANTS_COLON && c == ':'))
        return faults_refuse(j->found, json_place(j, j->offset), M_GEO_JSON_UNEXPECTED);
    j->wants = comma && j->object[j->depth - 1] ? WANTS_KEY : WANTS_VALUE;
    j->offset++;
    return STATUS_OK;
}

status json_scan(const char *bytes, size_t size, const char *file, faults *faults_list)
{
    json_text j = {.at = bytes, .size = size, .file = file, .found = faults_list};
    size_t valid = text_utf8_valid_prefix(bytes, size);
    if (valid < size)
        return faults_refuse(faults_list, json_place(&j, valid), M_GEO_JSON_UTF8);
    if (size >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
        j.offset = 3;
    status s = STATUS_OK;
    while (!s && j.offset < size) {
        if (is_blank(bytes[j.offset]))
            j.offset++;
        else
            s = scan_token(&j);
    }
    if (!s && j.wants != WANTS_NOTHING)
        s = faults_refuse(faults_list, json_place(&j, size), M_GEO_JSON_CUT);
    return s;
}
