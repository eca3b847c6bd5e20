/* The user's list of venues: one line a guess, its doubt above it. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "datasets/starter/messages.h"
#include "datasets/starter/run_file.h"
#include "territory/support.h"

enum { KINDS_MAX = 60, NUMBER_BYTES = 48 };

static void put_doubt(run_file_text *r, const venue_columns *v, field f)
{
    const guess *g = &v->guesses[f];
    if (g->column == SIZE_MAX || g->doubt == DOUBT_NONE) {
        return;
    }
    const char *header = v->looks[g->column].header;
    r->summary->doubts++;
    switch (g->doubt) {
    case DOUBT_ZERO_LOST:
        put_comment(r, 4, M_START_DOUBT_ZERO, header);
        break;
    case DOUBT_NOT_NUMBERS:
        put_comment(r, 4, M_START_DOUBT_NUMBERS, header);
        break;
    case DOUBT_NOT_UNIQUE:
        put_comment(r, 4, M_START_DOUBT_UNIQUE, header);
        break;
    case DOUBT_ANOTHER:
        put_comment(r, 4, M_START_DOUBT_ANOTHER, header, g->other);
        break;
    default:
        put_comment(r, 4, M_START_DOUBT_VALUES, header);
        break;
    }
}

static void put_guess(run_file_text *r, const venue_columns *v, field f)
{
    const char *header = guessed_header(v, f);
    if (!header) {
        return;
    }
    put_doubt(r, v, f);
    text_add_format(&r->text, "    %s: ", field_name(f));
    put_scalar(r, header);
    text_add_format(&r->text, "  # %zu/%zu\n", v->looks[v->guesses[f].column].filled,
                    v->rows < 5000 ? v->rows : (size_t)5000);
    r->summary->columns_guessed++;
}

/* --- kinds --- */

/* The texts of the kind's column, one by one: "coworking;fablab" is two. */
static status kind_texts(const table *cells, const char *header, interner *seen, error *err)
{
    const column *of = text_column(cells, header);
    status s = STATUS_OK;
    for (size_t i = 0; of && s == STATUS_OK && i < cells->rows; i++) {
        const text_slice value = text_trimmed(column_text(of, i));
        for (size_t at = 0; s == STATUS_OK && at < value.size;) {
            size_t end = at;
            uint32_t index = 0;
            while (end < value.size && value.at[end] != ';' && value.at[end] != '|') {
                end++;
            }
            char part[256] = "";
            const size_t size = end - at < sizeof part ? end - at : sizeof part - 1;
            memcpy(part, value.at + at, size);
            const text_slice trimmed = text_trimmed(part);
            if (trimmed.size > 0) {
                s = interner_add(seen, trimmed, &index, err);
            }
            at = end + 1;
        }
    }
    return s;
}

static void put_kind_rule(run_file_text *r, text_slice text)
{
    bool sure = false;
    const kind *k = kind_guess(r->options->kinds, text, &sure);
    const char *copy = arena_text_n(r->memory, text.at, text.size);
    const language lang = r->options->language;
    if (!k || !copy) {
        r->failed = r->failed || !copy;
        return;
    }
    const bool other = strcmp(k->code, "XXX.AUTRE") == 0;
    text_add(&r->text, "        ");
    put_scalar(r, copy);
    text_add_format(&r->text, ": %s  # %s%s\n", k->code,
                    other  ? ""
                    : sure ? ""
                           : "? ",
                    other ? tr(lang, M_START_KIND_UNKNOWN) : tr(lang, k->label_fr, k->label_en));
    r->summary->doubts += other || !sure;
}

static void put_kinds(run_file_text *r, const venue_columns *v)
{
    error err;
    interner *seen = NULL;
    const char *header = guessed_header(v, FIELD_KIND);
    if (!header) {
        if (guessed_header(v, FIELD_FUNCTIONS)) {
            put_comment(r, 4, M_START_BY_FUNCTIONS);
        } else {
            put_comment(r, 4, M_START_NO_KIND);
        }
        return;
    }
    if (interner_new(&seen, &err) != STATUS_OK ||
        kind_texts(r->list->cells, header, seen, &err) != STATUS_OK) {
        r->failed = true;
    } else {
        put_doubt(r, v, FIELD_KIND);
        put_comment(r, 4, M_START_KINDS);
        text_add(&r->text, "    kind:\n      column: ");
        put_scalar(r, header);
        text_add(&r->text, "\n      map:\n");
        for (uint32_t i = 0; i < interner_count(seen) && i < KINDS_MAX; i++) {
            put_kind_rule(r, interner_at(seen, i));
        }
        if (interner_count(seen) > KINDS_MAX) {
            put_comment(r, 8, M_START_KINDS_MORE, (size_t)interner_count(seen) - KINDS_MAX);
        }
        r->summary->columns_guessed++;
    }
    interner_free(seen);
}

/* --- places --- */

static void put_place(run_file_text *r, const venue_columns *v)
{
    const bool has_point = v->points || guessed_header(v, FIELD_LON);
    const bool has_commune = guessed_header(v, FIELD_COMMUNE) != NULL;
    const bool has_address = guessed_header(v, FIELD_ADDRESS) != NULL;
    const bool by_address = has_address && r->files->address_count > 0;
    const bool has_postcode = guessed_header(v, FIELD_POSTCODE) && guessed_header(v, FIELD_CITY);
    if (v->points) {
        put_comment(r, 4, M_START_POINTS);
    }
    if (v->swapped) {
        put_comment(r, 4, M_START_SWAPPED);
        r->summary->doubts++;
    }
    put_guess(r, v, FIELD_LON);
    put_guess(r, v, FIELD_LAT);
    put_guess(r, v, FIELD_COMMUNE);
    put_guess(r, v, FIELD_POSTCODE);
    put_guess(r, v, FIELD_CITY);
    if (has_postcode && r->files->postcodes) {
        text_add(&r->text, "    postcodes: ");
        put_path(r, r->files->postcodes->path);
        text_add(&r->text, "\n");
    } else if (has_postcode && !has_point && !has_commune && !by_address) {
        put_comment(r, 4, M_START_NO_POSTCODES);
        r->summary->doubts++;
    }
    if (!has_point && !has_commune && !has_postcode && !by_address) {
        put_comment(r, 4, M_START_NOWHERE);
        r->summary->doubts++;
    }
    if (by_address) {
        put_guess(r, v, FIELD_ADDRESS);
        put_addresses(r, 4);
    } else if (has_address) {
        put_comment(r, 4, M_START_ADDRESS, guessed_header(v, FIELD_ADDRESS));
    }
}

/* --- the list --- */

static bool is_used(const venue_columns *v, size_t at)
{
    for (size_t f = 0; f < FIELD_COUNT; f++) {
        if (v->guesses[f].column == at) {
            return true;
        }
    }
    return false;
}

static void put_ignored(run_file_text *r, const venue_columns *v)
{
    text_buffer names = {0};
    for (size_t c = 0; c < v->count; c++) {
        if (!is_used(v, c)) {
            text_add(&names, names.size > 0 ? ", " : "");
            text_add(&names, v->looks[c].header);
        }
    }
    if (names.size > 0 && !names.failed) {
        put_comment(r, 4, M_START_IGNORED, names.at);
    }
    r->failed = r->failed || names.failed;
    text_buffer_clear(&names);
}

void put_user_list(run_file_text *r)
{
    const user_list *l = r->list;
    const venue_columns *v = &l->columns;
    const language lang = r->options->language;
    if (l->by) {
        put_comment(r, 2, M_START_BY_HEADER, l->path, tr(lang, l->by->title_fr, l->by->title_en));
        text_add(&r->text, "  - {file: ");
        put_path(r, l->path);
        text_add_format(&r->text, ", format: %s, status: open}\n", l->by->id);
        return;
    }
    put_comment(r, 2, M_START_USER_LIST, v->rows, v->count);
    text_add(&r->text, "  - file: ");
    put_path(r, l->path);
    text_add(&r->text, "\n");
    if (guessed_header(v, FIELD_ID)) {
        put_guess(r, v, FIELD_ID);
    } else {
        put_comment(r, 4, M_START_NO_ID);
    }
    put_guess(r, v, FIELD_NAME);
    put_kinds(r, v);
    put_guess(r, v, FIELD_FUNCTIONS);
    put_place(r, v);
    put_guess(r, v, FIELD_CAPACITY);
    put_guess(r, v, FIELD_LEGAL_FORM);
    if (guessed_header(v, FIELD_STATUS)) {
        put_doubt(r, v, FIELD_STATUS);
        text_add(&r->text, "    status: {column: ");
        put_scalar(r, guessed_header(v, FIELD_STATUS));
        text_add(&r->text, "}\n");
        r->summary->columns_guessed++;
    } else {
        put_comment(r, 4, M_START_NO_STATUS);
        text_add(&r->text, "    status: open\n");
    }
    put_ignored(r, v);
}
