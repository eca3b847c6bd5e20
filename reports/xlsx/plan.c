#include "reports/xlsx/plan.h"

#include <stdio.h>
#include <string.h>

#include "reports/xlsx/messages.h"

enum { FOOTER_MAX = 255, SECONDS_OF_DAY = 86400, TAB_ABOUT = 0x8a949e };
/* 2000-01-01, when the run has no date: the clock would go into the file. */
#define CREATED_DEFAULT_S INT64_C(946684800)

book_sheet *book_plan_sheet(book_plan *p, const char *wanted, const char *holds)
{
    book *b = p->b;
    if (p->failed || b->sheet_count == PLAN_SHEETS_MAX)
        return NULL;
    size_t at = b->sheet_count;
    p->names[at] = guard_sheet_name(wanted, p->names, at);
    p->holds[at] = holds ? holds : "";
    b->sheets[at] = (book_sheet){.name = p->names[at].text, .pages_wide = 1};
    b->sheet_count++;
    return &b->sheets[at];
}

/* Days since 1970-01-01 (proleptic Gregorian; after H. Hinnant's days_from_civil). */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t created_of(const char *date)
{
    uint64_t year, month, day;
    bool whole = date && strlen(date) >= 10 && date[4] == '-' && date[7] == '-';
    if (!whole || !text_to_u64(text_slice_of(date, 4), &year) ||
        !text_to_u64(text_slice_of(date + 5, 2), &month) ||
        !text_to_u64(text_slice_of(date + 8, 2), &day) || year < 1980 || month < 1 || month > 12 ||
        day < 1 || day > 31)
        return CREATED_DEFAULT_S;
    return days_of((int64_t)year, (int64_t)month, (int64_t)day) * SECONDS_OF_DAY;
}

/* "&" begins a code in a footer. */
static const char *footer_of(book_plan *p)
{
    text_buffer b = {.at = NULL};
    text_add(&b, "&L&8");
    size_t room = 110;
    for (const char *at = p->r->title; *at && room > 0; at++) {
        if (((unsigned char)*at & 0xc0) != 0x80)
            room--;
        text_add_n(&b, *at == '&' ? "&&" : at, *at == '&' ? 2 : 1);
    }
    if (b.at)
        b.at[b.size = text_utf8_valid_prefix(b.at, b.size)] = '\0';
    text_add_format(&b, "&C&8&A&R&8%s", tr(p->lang, M_FOOTER_PAGE));
    const char *footer = book_text(p, b.failed ? "" : b.at);
    text_buffer_clear(&b);
    return characters_of(footer) < FOOTER_MAX ? footer : "&R&P";
}

/* Texts of the document's properties are clean as cells are. */
static const char *clean(book_plan *p, const char *text)
{
    text_buffer b = {.at = NULL};
    guard_text(&b, text ? text : "");
    if (!b.failed && b.size > 240)
        b.at[text_utf8_valid_prefix(b.at, 240)] = '\0';
    const char *copy = book_text(p, b.failed ? "" : b.at);
    text_buffer_clear(&b);
    return copy;
}

static void about_set(book_plan *p)
{
    const results *r = p->r;
    p->b->lang = p->lang;
    p->b->title = clean(p, r->title);
    p->b->subject = clean(p, r->territory_title);
    p->b->comments = clean(p, book_format(p, "bassin %s · %s", r->version ? r->version : "",
                                          r->fingerprint ? r->fingerprint : ""));
    p->b->keywords = tr(p->lang, M_KEYWORDS);
    p->b->footer = footer_of(p);
    p->b->created_s = created_of(r->date);
}

/* The read me and the summary come first and speak of the others: they are filled last. */
static void sheets_plan(book_plan *p)
{
    book_sheet *readme = book_plan_sheet(p, tr(p->lang, M_SHEET_README), "");
    book_sheet *summary =
        book_plan_sheet(p, tr(p->lang, M_SHEET_SUMMARY), tr(p->lang, M_HOLDS_SUMMARY));
    book_plan_tables(p);
    if (!p->failed && readme && summary) {
        readme->tab_colour = summary->tab_colour = TAB_ABOUT;
        book_plan_summary(p, summary);
        book_plan_readme(p, readme);
    }
}

status book_plan_build(book_plan *p, const report_model *m, book *b, error *err)
{
    *p = (book_plan){.m = m, .r = m->results, .lang = m->lang, .b = b};
    status s = arena_new(&p->memory, err);
    if (!s)
        s = parcel_new(&p->things, err);
    if (s)
        return s;
    b->sheets = arena_take(p->memory, PLAN_SHEETS_MAX, sizeof *b->sheets);
    p->failed = !b->sheets;
    if (!p->failed) {
        about_set(p);
        sheets_plan(p);
    }
    return p->failed ? memory_error(err, 1 << 20) : STATUS_OK;
}

void book_plan_clear(book_plan *p)
{
    for (size_t i = 0; i < p->owned_count; i++)
        table_free(p->owned[i]);
    parcel_free(p->things);
    arena_free(p->memory);
    *p = (book_plan){.m = NULL};
}
