#include "datasets/hours/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/hours/hours.h"
#include "datasets/messages.h"
#include "territory/support.h"

enum { FORMS_SHOWN = 8, FORM_BYTES = 60, LIST_BYTES = 480 };

typedef enum made_number {
    MADE_WEEK,
    MADE_SATURDAY,
    MADE_EVENING,
    MADE_APPOINTMENT,
    MADE
} made_number;

/* One list's hours on their way. */
typedef struct hours_work {
    const column *day[DAYS], *whole, *appointments;
    double *made[MADE];
    const char **beyond; /* texts not understood */
    size_t beyond_count, venues_beyond, known, untold, empty_spans, overlaps;
    week *week;
} hours_work;

static const char *const day_names[DAYS] = {"hours_1", "hours_2", "hours_3", "hours_4",
                                            "hours_5", "hours_6", "hours_7"};

static double flag(int value)
{
    return value < 0 ? (double)NAN : value;
}

static int appointments_of(const char *text)
{
    static const char *const yes[] = {"oui", "yes", "1", "true", "vrai"};
    static const char *const no[] = {"non", "no", "0", "false", "faux"};
    char folded[16] = "";
    const size_t size = text_fold(text_slice_of(text, strlen(text)), folded, sizeof folded);
    for (size_t i = 0; size < sizeof folded && i < sizeof yes / sizeof yes[0]; i++) {
        if (strcmp(folded, yes[i]) == 0 || strcmp(folded, no[i]) == 0) {
            return strcmp(folded, yes[i]) == 0;
        }
    }
    return -1;
}

/* False: a text of the row is beyond what is read, and is remembered. */
static bool read_texts(hours_work *w, size_t row)
{
    const char *whole = text_at(w->whole, row);
    bool good = true;
    if (*whole) {
        good = hours_osm(whole, w->week);
        if (!good) {
            memset(w->week, 0, sizeof *w->week);
            good = hours_french(whole, 0, w->week);
        }
        w->beyond[w->beyond_count] = whole;
        w->beyond_count += !good;
        return good;
    }
    for (unsigned d = 0; d < DAYS; d++) {
        const char *text = text_at(w->day[d], row);
        if (*text && !hours_french(text, 1u << d, w->week)) {
            w->beyond[w->beyond_count++] = text;
            good = false;
        }
    }
    return good;
}

static void read_row(hours_work *w, size_t row)
{
    memset(w->week, 0, sizeof *w->week);
    const bool good = read_texts(w, row);
    opening o = week_sum(w->week);
    const int said = appointments_of(text_at(w->appointments, row));
    o.by_appointment = said >= 0 && o.by_appointment < 1 ? said : o.by_appointment;
    if (!good) {
        o = (opening){.hours_week = (double)NAN,
                      .saturday = -1,
                      .evening = -1,
                      .by_appointment = o.by_appointment};
        w->venues_beyond++;
    } else {
        *(isfinite(o.hours_week) ? &w->known : &w->untold) += 1;
        w->empty_spans += w->week->empty_spans;
        w->overlaps += w->week->overlaps;
    }
    w->made[MADE_WEEK][row] = o.hours_week;
    w->made[MADE_SATURDAY][row] = flag(o.saturday);
    w->made[MADE_EVENING][row] = flag(o.evening);
    w->made[MADE_APPOINTMENT][row] = flag(o.by_appointment);
}

/* --- what is said --- */

/* A telephone number or an address of mail has no place in a report. */
static bool is_private(const char *text)
{
    size_t digits = 0;
    for (const char *at = text; *at; at++) {
        const bool gap = *at == ' ' || *at == '.';
        digits = *at >= '0' && *at <= '9' ? digits + 1 : gap ? digits : 0;
        if (digits >= 8 || *at == '@') {
            return true;
        }
    }
    return false;
}

static void list_form(char *list, const char *form, size_t times)
{
    char shown_form[FORM_BYTES * 4];
    form = is_private(form) ? "…" : form;
    const size_t used = strlen(list);
    size_t size = strlen(form) < FORM_BYTES ? strlen(form) : FORM_BYTES;
    size = text_utf8_valid_prefix(form, size);
    (void)text_escape(text_slice_of(form, size), shown_form, sizeof shown_form);
    (void)snprintf(list + used, LIST_BYTES - used, "%s\"%s%s\" (%zu)", used ? ", " : "", shown_form,
                   size < strlen(form) ? "…" : "", times);
}

typedef struct form {
    const char *text;
    size_t times;
} form;

static int compare_forms(const void *a, const void *b)
{
    const form *x = a;
    const form *y = b;
    return x->times != y->times ? (x->times < y->times) - (x->times > y->times)
                                : strcmp(x->text, y->text);
}

/* The commonest forms first. */
static void list_forms(hours_work *w, form *forms, char *list)
{
    size_t count = 0;
    qsort(w->beyond, w->beyond_count, sizeof *w->beyond, compare_texts);
    for (size_t i = 0; i < w->beyond_count; i++) {
        if (count && strcmp(forms[count - 1].text, w->beyond[i]) == 0) {
            forms[count - 1].times++;
        } else {
            forms[count++] = (form){.text = w->beyond[i], .times = 1};
        }
    }
    qsort(forms, count, sizeof *forms, compare_forms);
    list[0] = '\0';
    for (size_t i = 0; i < count && i < FORMS_SHOWN && strlen(list) < LIST_BYTES - 100; i++) {
        list_form(list, forms[i].text, forms[i].times);
    }
}

static status tell(hours_work *w, arena *memory, const char *path, faults *faults_list)
{
    char list[LIST_BYTES];
    form *forms = NULL;
    const source_ref file = source_at(path, 0, 0);
    const status rc = take_array(memory, w->beyond_count, sizeof *forms, &forms, faults_list);
    if (rc != STATUS_OK) {
        return rc;
    }
    faults_note(faults_list, file, M_HOURS_KNOWN, SHOWN(shown((double)w->known, 0)),
                SHOWN(shown((double)w->untold, 0)));
    if (w->venues_beyond) {
        list_forms(w, forms, list);
        faults_warn(faults_list, file, M_HOURS_BEYOND, SHOWN(shown((double)w->venues_beyond, 0)),
                    list);
    }
    if (w->empty_spans || w->overlaps) {
        faults_note(faults_list, file, M_HOURS_ODD, SHOWN(shown((double)w->empty_spans, 0)),
                    SHOWN(shown((double)w->overlaps, 0)));
    }
    return rc;
}

/* --- the whole --- */

static bool find_columns(hours_work *w, const table *t)
{
    bool any = false;
    for (unsigned d = 0; d < DAYS; d++) {
        w->day[d] = text_column(t, day_names[d]);
        any = any || w->day[d];
    }
    w->whole = text_column(t, "opening_hours");
    w->appointments = text_column(t, "appointments");
    return any || w->whole || w->appointments;
}

static status take_work(hours_work *w, arena *memory, size_t rows, faults *faults_list)
{
    status rc = take_array(memory, 1, sizeof *w->week, &w->week, faults_list);
    for (size_t i = 0; rc == STATUS_OK && i < MADE; i++) {
        rc = take_array(memory, rows, sizeof *w->made[i], &w->made[i], faults_list);
    }
    return rc == STATUS_OK
               ? take_array(memory, rows * DAYS, sizeof *w->beyond, &w->beyond, faults_list)
               : rc;
}

static status make_hours(hours_work *w, const import_request *request, imported *in, arena *memory,
                         faults *faults_list)
{
    status rc = take_work(w, memory, in->rows->rows, faults_list);
    for (size_t row = 0; rc == STATUS_OK && row < in->rows->rows; row++) {
        read_row(w, row);
    }
    if (rc == STATUS_OK) {
        rc = tell(w, memory, request->path, faults_list);
    }
    if (rc == STATUS_OK) {
        const number_column made[] = {
            {{.name = "hours_week", .unit = "h", .type = COLUMN_F64, .decimals = 2},
             w->made[MADE_WEEK]},
            {{.name = "open_saturday", .unit = "1", .type = COLUMN_F64}, w->made[MADE_SATURDAY]},
            {{.name = "open_evening", .unit = "1", .type = COLUMN_F64}, w->made[MADE_EVENING]},
            {{.name = "by_appointment", .unit = "1", .type = COLUMN_F64},
             w->made[MADE_APPOINTMENT]}};
        rc = imported_numbers(in, made, MADE, faults_list);
    }
    return rc;
}

status imported_hours(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    arena *memory = NULL;
    hours_work w = {0};
    if (!find_columns(&w, in->rows)) {
        return STATUS_OK;
    }
    status rc = fault_of(arena_new(&memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = make_hours(&w, request, in, memory, faults_list);
    }
    arena_free(memory);
    return rc;
}
