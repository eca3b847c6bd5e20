/* When a venue is open, whether it stays where it is, its label and its dates. */
#include <math.h>
#include <string.h>

#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

enum { FOLD_BYTES = 64 };

#define TEXT(name_of, titles)                                                                      \
    {                                                                                              \
        name_of, titles, "", COLUMN_TEXT, 0                                                        \
    }
#define FLAG(name_of, titles)                                                                      \
    {                                                                                              \
        name_of, titles, "1", COLUMN_U32, 0                                                        \
    }
const column_spec venue_facts_columns[FACTS_COUNT] = {
    TEXT("label", M_COLUMN_LABEL),
    TEXT("label_state", M_COLUMN_LABEL_STATE),
    TEXT("label_start", M_COLUMN_LABEL_START),
    TEXT("label_end", M_COLUMN_LABEL_END),
    TEXT("presence", M_COLUMN_PRESENCE),
    FLAG("itinerant", M_COLUMN_ITINERANT),
    {"hours_week", M_COLUMN_HOURS_WEEK, "h", COLUMN_F64, 2},
    FLAG("open_saturday", M_COLUMN_OPEN_SATURDAY),
    FLAG("open_evening", M_COLUMN_OPEN_EVENING),
    FLAG("by_appointment", M_COLUMN_BY_APPOINTMENT),
    TEXT("wheelchair", M_COLUMN_WHEELCHAIR),
};

typedef struct known_word {
    const char *word, *value;
} known_word;

/* The value of a word, folded; NULL when it is none of them. */
static const char *value_of(const known_word *known, size_t count, const char *text)
{
    char folded[FOLD_BYTES] = "";
    const text_slice trimmed = text_trimmed(text);
    const size_t size = text_fold(trimmed, folded, sizeof folded);
    for (size_t i = 0; size < sizeof folded && i < count; i++) {
        if (strcmp(known[i].word, folded) == 0) {
            return known[i].value;
        }
    }
    return NULL;
}

/* --- dates --- */

static bool digits(const char *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9') {
            return false;
        }
    }
    return true;
}

static bool is_calendar_day(const char *iso)
{
    const int month = (iso[5] - '0') * 10 + iso[6] - '0';
    const int day = (iso[8] - '0') * 10 + iso[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* ISO 8601 (a time of day is dropped), as French offices write it, or a year alone. */
static bool date_of(const char *text, char iso[11])
{
    const size_t size = strlen(text);
    const bool separated = size >= 10 && (text[4] == '-' || text[4] == '/') && text[7] == text[4];
    if (separated && digits(text, 4) && digits(text + 5, 2) && digits(text + 8, 2) &&
        (size == 10 || text[10] == 'T' || text[10] == ' ')) {
        memcpy(iso, text, 10);
        iso[4] = iso[7] = '-';
    } else if (size == 10 && (text[2] == '/' || text[2] == '-') && text[5] == text[2] &&
               digits(text, 2) && digits(text + 3, 2) && digits(text + 6, 4)) {
        memcpy(iso, text + 6, 4);
        iso[4] = iso[7] = '-';
        memcpy(iso + 5, text + 3, 2);
        memcpy(iso + 8, text, 2);
    } else if (size == 4 && digits(text, 4)) {
        memcpy(iso, text, 5);
        return true;
    } else {
        return false;
    }
    iso[10] = '\0';
    return is_calendar_day(iso);
}

static status read_date(const venue_draft *v, arena *memory, const char *name, const char **out,
                        faults *list)
{
    error err;
    char iso[11] = "";
    const char *text = NULL;
    *out = "";
    const status rc = venue_text(memory, v, name, &text, list);
    if (rc != STATUS_OK || !*text) {
        return rc;
    }
    if (!date_of(text, iso)) {
        faults_warn(list, venue_source(v), M_VENUES_DATE, text);
        return STATUS_OK;
    }
    *out = arena_text(memory, iso);
    return *out ? STATUS_OK : fault_of(memory_error(&err, sizeof iso), &err, list);
}

/* --- labels --- */

/* As the list says it; "" when it says nothing. */
static const char *declared_state(const venue_draft *v, faults *list)
{
    static const known_word known[] = {{"labellise", "labelled"},
                                       {"labellisee", "labelled"},
                                       {"labelled", "labelled"},
                                       {"en cours", "labelled"},
                                       {"laureat", "labelled"},
                                       {"oui", "labelled"},
                                       {"relabellise", "relabelled"},
                                       {"relabellisee", "relabelled"},
                                       {"relabelled", "relabelled"},
                                       {"renouvele", "relabelled"},
                                       {"sorti", "left"},
                                       {"sortie", "left"},
                                       {"sorti du label", "left"},
                                       {"sortie du label", "left"},
                                       {"left", "left"},
                                       {"retire", "left"},
                                       {"delabellise", "left"},
                                       {"fin", "left"}};
    const char *text = text_at(text_column(v->list->rows->rows, "label_state"), v->row);
    if (!*text) {
        return "";
    }
    const char *value = value_of(known, sizeof known / sizeof known[0], text);
    if (!value) {
        faults_warn(list, venue_source(v), M_VENUES_LABEL_STATE, text);
    }
    return value ? value : "";
}

/* Dates as texts are in the order of time; a year alone stands for its first day. */
static const char *state_at(const venue_facts *f, const char *declared, const char *date)
{
    const bool ends = *f->label_end != '\0';
    const char *held = *declared && strcmp(declared, "left") != 0 ? declared : "labelled";
    if (!*f->label) {
        return "";
    }
    if (date && *f->label_start && strcmp(date, f->label_start) < 0) {
        return "not_yet";
    }
    if (date && ends) {
        return strcmp(date, f->label_end) < 0 ? held : "left";
    }
    if (!*declared && ends) {
        return ""; /* it ends some day; without a date of the run, before or after is not known */
    }
    return *declared ? declared : held;
}

static status read_label(venue_draft *v, arena *memory, faults *list)
{
    venue_facts *f = &v->facts;
    status rc = venue_text(memory, v, "label", &f->label, list);
    if (rc == STATUS_OK) {
        rc = read_date(v, memory, "label_start", &f->label_start, list);
    }
    if (rc == STATUS_OK) {
        rc = read_date(v, memory, "label_end", &f->label_end, list);
    }
    if (rc == STATUS_OK) {
        f->label_state = state_at(f, declared_state(v, list), v->list->date);
    }
    return rc;
}

/* --- presence and hours --- */

static bool is_itinerant(const venue_draft *v)
{
    static const known_word yes[] = {{"1", ""},      {"oui", ""},       {"yes", ""},
                                     {"true", ""},   {"itinerant", ""}, {"itinerante", ""},
                                     {"mobile", ""}, {"bus", ""}};
    const char *text = text_at(text_column(v->list->rows->rows, "itinerant"), v->row);
    return value_of(yes, sizeof yes / sizeof yes[0], text) != NULL;
}

static double number_of(const venue_draft *v, const char *name)
{
    const column *c = number_column_of(v->list->rows->rows, name);
    return c && column_state(c, v->row) == VALUE_PRESENT ? c->at.f64[v->row] : (double)NAN;
}

static int flag_of(const venue_draft *v, const char *name)
{
    const double value = number_of(v, name);
    return isnan(value) ? -1 : value > 0;
}

static const char *wheelchair_of(const venue_draft *v)
{
    static const known_word known[] = {
        {"yes", "yes"},         {"oui", "yes"}, {"designated", "yes"}, {"limited", "limited"},
        {"partiel", "limited"}, {"no", "no"},   {"non", "no"}};
    const char *text = text_at(text_column(v->list->rows->rows, "wheelchair"), v->row);
    const char *value = value_of(known, sizeof known / sizeof known[0], text);
    return value ? value : "";
}

status venue_facts_read(venue_draft *v, arena *memory, faults *list)
{
    venue_facts *f = &v->facts;
    f->itinerant = is_itinerant(v);
    f->hours_week = number_of(v, "hours_week");
    f->saturday = flag_of(v, "open_saturday");
    f->evening = flag_of(v, "open_evening");
    f->by_appointment = flag_of(v, "by_appointment");
    f->wheelchair = wheelchair_of(v);
    return read_label(v, memory, list);
}

/* --- the table --- */

status venue_facts_fill(table_builder *b, size_t first, size_t row, const venue_facts *f,
                        error *err)
{
    const struct {
        facts_column at;
        const char *text;
    } texts[] = {{FACTS_LABEL, f->label},
                 {FACTS_LABEL_STATE, f->label_state},
                 {FACTS_LABEL_START, f->label_start},
                 {FACTS_LABEL_END, f->label_end},
                 {FACTS_PRESENCE, f->itinerant ? "itinerant" : "fixed"},
                 {FACTS_WHEELCHAIR, f->wheelchair}};
    const struct {
        facts_column at;
        int value;
    } flags[] = {{FACTS_ITINERANT, f->itinerant},
                 {FACTS_OPEN_SATURDAY, f->saturday},
                 {FACTS_OPEN_EVENING, f->evening},
                 {FACTS_BY_APPOINTMENT, f->by_appointment}};
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof texts / sizeof texts[0]; i++) {
        if (*texts[i].text) {
            rc = table_builder_text(b, first + texts[i].at, row,
                                    text_slice_of(texts[i].text, strlen(texts[i].text)), err);
        }
    }
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (flags[i].value >= 0) {
            table_builder_u32(b, first + flags[i].at, row, (uint32_t)flags[i].value);
        }
    }
    if (isfinite(f->hours_week)) {
        table_builder_f64(b, first + FACTS_HOURS_WEEK, row, f->hours_week);
    }
    return rc;
}
