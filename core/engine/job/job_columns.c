/* The columns that a job fills: allocated, checked after every stage, sealed at the end. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "engine/plan_messages.h"
#include "engine/job/runner.h"

size_t value_bytes(int32_t type)
{
    return type == BASSIN_U32 || type == BASSIN_TEXT ? sizeof(uint32_t) : sizeof(double);
}

status columns_allocate(made_output *o, size_t rows, error *err)
{
    for (size_t m = 0; m < o->count; m++) {
        made_column *c = &o->columns[m];
        size_t bytes = value_bytes(o->is->type);
        c->rows = rows;
        c->values = memory_new(rows, bytes);
        c->state = memory_new(rows, sizeof *c->state);
        if (o->is->type == BASSIN_TEXT)
            c->text = memory_new(rows, sizeof *c->text);
        if (c->values == NULL || c->state == NULL ||
            (o->is->type == BASSIN_TEXT && c->text == NULL))
            return memory_error(err, rows * bytes);
        memset(c->state, BASSIN_MISSING, rows);
    }
    return STATUS_OK;
}

void columns_clear(made_output *o)
{
    for (size_t m = 0; o->columns != NULL && m < o->count; m++) {
        made_column *c = &o->columns[m];
        memory_free(c->lent ? NULL : c->values);
        memory_free(c->lent ? NULL : c->state);
        memory_free(c->text);
        c->lent = false;
        c->values = NULL;
        c->state = NULL;
        c->text = NULL;
        c->rows = 0;
    }
}

void slots_show(const made_output *o, bassin_slot *slots)
{
    for (size_t m = 0; m < o->count; m++) {
        const made_column *c = &o->columns[m];
        slots[m] = (bassin_slot){.size = sizeof slots[m],
                                 .type = o->is->type,
                                 .rows = c->rows,
                                 .at.raw = o->is->type == BASSIN_TEXT ? NULL : c->values,
                                 .state = c->state};
    }
}

void row_label(const plugin_job *job, const char *table_name, size_t row, char *buffer, size_t size)
{
    const row_names *n = &job->names;
    if (strcmp(table_name, n->places) == 0 && row < job->seen.place_count)
        (void)snprintf(buffer, size, "%zu, %s %s", row, n->place_code[row], n->place_name[row]);
    else if (strcmp(table_name, "venues") == 0 && row < job->seen.venue_count)
        (void)snprintf(buffer, size, "%zu, %s", row, n->venue_id[row]);
    else
        (void)snprintf(buffer, size, "%zu", row);
}

/* The block of the row, in a table that the stage ran over. */
static void name_block(const plugin_job *job, const made_output *o, size_t row, error *err)
{
    const char *over = job->stage < job->is->stages.count ? stage_over(job, job->stage) : NULL;
    if (over == NULL || strcmp(over, o->table) != 0)
        return;
    const size_t rows = strcmp(over, "venues") == 0 ? BLOCK_VENUES : BLOCK_ROWS;
    const size_t first = row / rows * rows, left = o->rows - first;
    error_prefix(err, M_RUN_BLOCK, first / rows + 1, first,
                 first + (left < rows ? left : rows) - 1);
}

static status blame(const plugin_job *job, const made_output *o, const made_column *c, size_t row,
                    const char *what_fr, const char *what_en, error *err)
{
    char label[160];
    row_label(job, o->table, row, label, sizeof label);
    status s = error_set(err, STATUS_PLUGIN, M_RUN_VALUE, c->name, label, what_fr, what_en);
    name_block(job, o, row, err);
    return s;
}

static bool is_zero(const made_output *o, const made_column *c, size_t row)
{
    if (o->is->type == BASSIN_F64)
        return ((const double *)c->values)[row] == 0.0;
    if (o->is->type == BASSIN_I64)
        return ((const int64_t *)c->values)[row] == 0;
    return ((const uint32_t *)c->values)[row] == 0;
}

static double number_at(const made_output *o, const made_column *c, size_t row)
{
    if (o->is->type == BASSIN_F64)
        return ((const double *)c->values)[row];
    if (o->is->type == BASSIN_I64)
        return (double)((const int64_t *)c->values)[row];
    return (double)((const uint32_t *)c->values)[row];
}

/* A number in French, then in English, as a message takes it. */
enum { NUMBER_BYTES = 48 };
typedef struct number_words {
    char fr[NUMBER_BYTES], en[NUMBER_BYTES];
} number_words;

static number_words number_in_words(double value)
{
    number_words w;
    (void)text_from_f64(value, w.en, sizeof w.en);
    (void)text_from_f64(value, w.fr, sizeof w.fr);
    char *const mark = strchr(w.fr, '.');
    if (mark != NULL)
        *mark = ',';
    return w;
}

static status blame_range(const plugin_job *job, const made_output *o, const made_column *c,
                          size_t row, error *err)
{
    const number_words value = number_in_words(number_at(o, c, row)),
                       low = number_in_words(o->is->lowest), high = number_in_words(o->is->highest);
    error what;
    (void)error_set(&what, STATUS_PLUGIN, M_RUN_OUT_OF_RANGE, value.fr, value.en, low.fr, low.en,
                    high.fr, high.en);
    return blame(job, o, c, row, what.fr, what.en, err);
}

static status check_row(const plugin_job *job, const made_output *o, const made_column *c,
                        size_t row, bool last, error *err)
{
    const bassin_output *is = o->is;
    double value = number_at(o, c, row);
    bool present = c->state[row] == BASSIN_PRESENT;
    if (c->state[row] > BASSIN_NOT_SIGNIFICANT)
        return blame(job, o, c, row, M_RUN_STATE, err);
    if (!isfinite(value))
        return blame(job, o, c, row, M_RUN_NOT_FINITE, err);
    if (present && is->lowest < is->highest && (value < is->lowest || value > is->highest))
        return blame_range(job, o, c, row, err);
    if (last && c->state[row] == BASSIN_MISSING && !is_zero(o, c, row))
        return blame(job, o, c, row, M_RUN_FORGOTTEN, err);
    return STATUS_OK;
}

/* A text row that says it is present without a text would print as nothing. */
static status check_text(const plugin_job *job, const made_output *o, const made_column *c,
                         size_t row, error *err)
{
    if (c->state[row] > BASSIN_NOT_SIGNIFICANT)
        return blame(job, o, c, row, M_RUN_STATE, err);
    if (c->state[row] == BASSIN_PRESENT && c->text[row] == NULL)
        return blame(job, o, c, row, M_RUN_NO_TEXT, err);
    return STATUS_OK;
}

#ifdef BASSIN_WITHOUT_COLUMN_CHECK /* cmake/flags.cmake */
status columns_check(const plugin_job *job, const made_output *o, bool last, error *err)
{
    (void)check_text;
    (void)check_row;
    (void)job, (void)o, (void)last, (void)err;
    return STATUS_OK;
}
#else
status columns_check(const plugin_job *job, const made_output *o, bool last, error *err)
{
    for (size_t m = 0; m < o->count; m++) {
        const made_column *c = &o->columns[m];
        for (size_t row = 0; row < c->rows; row++) {
            status s = o->is->type == BASSIN_TEXT ? check_text(job, o, c, row, err)
                                                  : check_row(job, o, c, row, last, err);
            if (s != STATUS_OK)
                return s;
        }
    }
    return STATUS_OK;
}
#endif

static void zero_absent(const made_output *o, made_column *c)
{
    size_t bytes = value_bytes(o->is->type);
    for (size_t row = 0; row < c->rows; row++) {
        if (c->state[row] != BASSIN_PRESENT)
            memset((unsigned char *)c->values + row * bytes, 0, bytes);
    }
}

/* Words in the order of the rows, as a table's builder would number them. */
static status intern_texts(made_column *c, interner *words_found, error *err)
{
    uint32_t *index = c->values;
    status s = interner_add(words_found, text_slice_of("", 0), &(uint32_t){0}, err);
    for (size_t row = 0; s == STATUS_OK && row < c->rows; row++) {
        if (c->state[row] == BASSIN_PRESENT)
            s = interner_add(words_found, text_slice_of(c->text[row], strlen(c->text[row])),
                             &index[row], err);
    }
    return s;
}

static status seal_words(made_column *c, const interner *words_found, arena *memory, error *err)
{
    uint32_t count = interner_count(words_found);
    size_t bytes = 0;
    uint64_t *start = arena_take(memory, (size_t)count + 1, sizeof *start);
    if (start == NULL)
        return memory_error(err, count * sizeof *start);
    for (uint32_t i = 0; i < count; i++) {
        start[i] = bytes;
        bytes += interner_at(words_found, i).size + 1;
    }
    start[count] = bytes;
    char *text = arena_take(memory, bytes, 1);
    if (text == NULL)
        return memory_error(err, bytes);
    for (uint32_t i = 0; i < count; i++) {
        text_slice one = interner_at(words_found, i);
        memcpy(text + start[i], one.at, one.size);
    }
    c->words = (words){.bytes = text, .start = start, .count = count};
    return STATUS_OK;
}

static status seal_text(made_column *c, arena *memory, error *err)
{
    interner *found = NULL;
    status s = interner_new(&found, err);
    if (s == STATUS_OK)
        s = intern_texts(c, found, err);
    if (s == STATUS_OK)
        s = seal_words(c, found, memory, err);
    interner_free(found);
    memory_free(c->text);
    c->text = NULL;
    return s;
}

status columns_seal(made_output *o, arena *memory, error *err)
{
    status s = STATUS_OK;
    for (size_t m = 0; s == STATUS_OK && m < o->count; m++) {
        if (o->is->type == BASSIN_TEXT)
            s = seal_text(&o->columns[m], memory, err);
        else
            zero_absent(o, &o->columns[m]);
    }
    return s;
}
