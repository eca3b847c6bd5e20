/* Letters written as their Latin-1 number between angle brackets: "Ren<e9> Nicod" (quirk 8). */
#include <string.h>

#include "datasets/messages.h"
#include "datasets/support.h"

static int hex_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The Latin-1 letter of "<e9>", 0 when the text is not one: letters alone (U+00C0 and above), for
 * "<a0>" may be what someone meant. */
static unsigned letter_at(const char *at)
{
    if (at[0] != '<' || hex_of(at[1]) < 0 || hex_of(at[2]) < 0 || at[3] != '>') {
        return 0;
    }
    const unsigned value = (unsigned)hex_of(at[1]) * 16 + (unsigned)hex_of(at[2]);
    return value >= 0xc0 ? value : 0;
}

static bool holds_number(const char *text)
{
    for (const char *at = strchr(text, '<'); at; at = strchr(at + 1, '<')) {
        if (letter_at(at)) {
            return true;
        }
    }
    return false;
}

static const char *repaired(arena *a, const char *text)
{
    char *copy = arena_text(a, text);
    size_t used = 0;
    for (const char *at = text; copy && *at;) {
        const unsigned letter = letter_at(at);
        if (!letter) {
            copy[used++] = *at++;
            continue;
        }
        copy[used++] = (char)(0xc0 | letter >> 6);
        copy[used++] = (char)(0x80 | (letter & 0x3f));
        at += 4;
    }
    if (copy) {
        copy[used] = '\0';
    }
    return copy;
}

typedef struct repairs {
    arena *memory;
    uint8_t *row_hit;
    made_column *made;
    size_t made_count, rows;
} repairs;

static bool column_hit(const column *c, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (holds_number(column_text(c, i))) {
            return true;
        }
    }
    return false;
}

static status repair_column(repairs *r, const column *c, faults *faults_list)
{
    error err;
    const char **values = NULL;
    const status rc = take_array(r->memory, r->rows, sizeof *values, &values, faults_list);
    for (size_t i = 0; rc == STATUS_OK && i < r->rows; i++) {
        const char *text = column_text(c, i);
        const bool hit = holds_number(text);
        values[i] = hit ? repaired(r->memory, text) : arena_text(r->memory, text);
        if (!values[i]) {
            return fault_of(memory_error(&err, strlen(text)), &err, faults_list);
        }
        r->row_hit[i] = r->row_hit[i] || hit;
    }
    r->made[r->made_count++] = (made_column){c->name, (const char *const *)values};
    return rc;
}

static status repair_all(repairs *r, const import_request *request, imported *in,
                         faults *faults_list)
{
    size_t hits = 0;
    r->rows = in->rows->rows;
    status rc = take_array(r->memory, r->rows, sizeof *r->row_hit, &r->row_hit, faults_list);
    if (rc == STATUS_OK) {
        rc = take_array(r->memory, in->rows->column_count, sizeof *r->made, &r->made, faults_list);
    }
    for (size_t c = 0; rc == STATUS_OK && c < in->rows->column_count; c++) {
        const column *k = &in->rows->columns[c];
        if (k->type == COLUMN_TEXT && column_hit(k, r->rows)) {
            rc = repair_column(r, k, faults_list);
        }
    }
    if (rc != STATUS_OK || !r->made_count) {
        return rc;
    }
    for (size_t i = 0; i < r->rows; i++) {
        hits += r->row_hit[i];
    }
    faults_note(faults_list, source_at(request->path, 0, 0), M_TEXTS_REPAIRED,
                SHOWN(shown((double)hits, 0)));
    return imported_replace(in, NULL, r->rows, r->made, r->made_count, faults_list);
}

status imported_repair(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    repairs r = {0};
    status rc = fault_of(arena_new(&r.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = repair_all(&r, request, in, faults_list);
    }
    arena_free(r.memory);
    return rc;
}
