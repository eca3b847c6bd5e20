#include "table/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "table/messages.h"

const char *value_state_sign(value_state s, language lang)
{
    switch (s) {
    case VALUE_PRESENT:
        return "";
    case VALUE_MISSING:
        return "…";
    case VALUE_UNREACHABLE:
        return tr(lang, M_SIGN_UNREACHABLE);
    case VALUE_BEYOND_LIMIT:
        return tr(lang, M_SIGN_BEYOND_LIMIT);
    case VALUE_NOT_APPLICABLE:
        return "///";
    case VALUE_SECRET:
        return "s";
    case VALUE_NOT_SIGNIFICANT:
        return "n.s.";
    }
    return "…";
}

/* How a file is written: for machines, or for a spreadsheet in `lang`. */
typedef struct dialect {
    char separator;
    char decimal_mark;
    const char *quoted_marks; /* a text that holds one of them is quoted */
    const char *line_end;
    bool for_people; /* titles, signs, formulas defused */
    language lang;
} dialect;

static const char ANY_MARK[] = ";,\t\"\r\n";

/* `marks`: the separator, or in a table of one column, whose header shows none, all of them. */
static bool needs_quotes(const char *text, const char *marks)
{
    return text[strcspn(text, marks)] != '\0';
}

/* A spreadsheet takes such a text for a formula. */
static bool is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text) != NULL;
}

static void add_text(text_buffer *out, const dialect *d, const char *text)
{
    bool defused = d->for_people && is_formula(text);
    if (!needs_quotes(text, d->quoted_marks)) {
        text_add(out, defused ? "'" : "");
        text_add(out, text);
        return;
    }
    text_add(out, defused ? "\"'" : "\"");
    for (const char *quote = NULL; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        text_add_n(out, text, (size_t)(quote - text));
        text_add(out, "\"\"");
    }
    text_add(out, text);
    text_add(out, "\"");
}

static void add_f64(text_buffer *out, const dialect *d, double value, int32_t decimals)
{
    char text[512];
    if (decimals >= 0)
        text_from_f64_fixed(value, decimals, text, sizeof text);
    else
        text_from_f64(value, text, sizeof text);
    char *mark = strchr(text, '.');
    if (mark)
        *mark = d->decimal_mark;
    /* A decimal comma may be the separator; a minus sign is no formula. */
    add_text(out, &(dialect){.quoted_marks = d->quoted_marks}, text);
}

static void add_value(text_buffer *out, const dialect *d, const column *c, size_t row)
{
    value_state state = column_state(c, row);
    if (state != VALUE_PRESENT) {
        text_add(out, d->for_people ? value_state_sign(state, d->lang) : "");
        return;
    }
    switch (c->type) {
    case COLUMN_F64:
        add_f64(out, d, c->at.f64[row], c->decimals);
        break;
    case COLUMN_I64:
        text_add_format(out, "%" PRId64, c->at.i64[row]);
        break;
    case COLUMN_U32:
        text_add_format(out, "%" PRIu32, c->at.u32[row]);
        break;
    case COLUMN_TEXT:
        add_text(out, d, column_text(c, row));
        break;
    }
}

static void add_header(text_buffer *out, const dialect *d, const table *t)
{
    for (size_t c = 0; c < t->column_count; c++) {
        const column *k = &t->columns[c];
        const char *title = d->lang == LANGUAGE_FR ? k->title_fr : k->title_en;
        if (c)
            text_add_n(out, &d->separator, 1);
        add_text(out, d, d->for_people && *title ? title : k->name);
    }
    text_add(out, d->line_end);
}

static void add_row(text_buffer *out, const dialect *d, const table *t, size_t row)
{
    size_t before = out->size;
    for (size_t c = 0; c < t->column_count; c++) {
        if (c)
            text_add_n(out, &d->separator, 1);
        add_value(out, d, &t->columns[c], row);
    }
    /* An empty line would be no row. */
    if (out->size == before)
        text_add(out, "\"\"");
    text_add(out, d->line_end);
}

static status write_table(const table *t, const dialect *d, const char *path, error *err)
{
    text_buffer out = {0};
    if (d->for_people)
        text_add(&out, "\xef\xbb\xbf");
    add_header(&out, d, t);
    for (size_t row = 0; row < t->rows; row++)
        add_row(&out, d, t, row);
    status result = out.failed ? memory_error(err, out.capacity)
                               : file_write_atomic(path, out.at, out.size, err);
    text_buffer_clear(&out);
    return result;
}

status table_write_csv(const table *t, const char *path, error *err)
{
    const dialect machine = {.separator = ',',
                             .decimal_mark = '.',
                             .quoted_marks = t->column_count == 1 ? ANY_MARK : ",\"\r\n",
                             .line_end = "\n",
                             .lang = LANGUAGE_EN};
    return write_table(t, &machine, path, err);
}

status table_write_csv_for_spreadsheets(const table *t, language lang, const char *path, error *err)
{
    const dialect people = {.separator = ';',
                            .decimal_mark = ',',
                            .quoted_marks = t->column_count == 1 ? ANY_MARK : ";\"\r\n",
                            .line_end = "\r\n",
                            .for_people = true,
                            .lang = lang};
    return write_table(t, &people, path, err);
}
