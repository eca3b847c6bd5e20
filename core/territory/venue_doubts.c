/* What is doubtful about placements: each doubt is kept with the venue, then told with its line. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/outline_distance.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/name_likeness.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

enum { LINE_BYTES = 600, TOLD_MOST = 20, SHARED_MOST = 3 };

/* A list is geocoded to the commune when half of at least five points are at the centre of theirs:
 * within 200 m of the outline's centre of gravity (outlines differ by year and detail), or 25 m of
 * the commune's point when there is no outline. Or when, in at least five communes where it has
 * several venues, nine tenths of them stand at the point of another one. */
static const double centre_outline_km = 0.200;
static const double centre_point_km = 0.025;
enum { CENTRE_LEAST = 5 };

static void line_add(venue_placer *p, venue_lines *to, doubt what, const char *fr, const char *en)
{
    venue_line *line = arena_take(p->memory, 1, sizeof *line);
    char *kept_fr = arena_text(p->memory, fr);
    char *kept_en = arena_text(p->memory, en);
    if (!line || !kept_fr || !kept_en) {
        p->rc = p->rc == STATUS_OK ? memory_error(&p->err, sizeof *line) : p->rc;
        return;
    }
    *line = (venue_line){.kind = what, .fr = kept_fr, .en = kept_en};
    if (to->last) {
        to->last->next = line;
    } else {
        to->first = line;
    }
    to->last = line;
}

/* Input texts inside are made printable. */
static void format_line(char *out, const char *format, va_list values)
    __attribute__((format(printf, 2, 0)));
static void format_line(char *out, const char *format, va_list values)
{
    char raw[LINE_BYTES];
    (void)vsnprintf(raw, sizeof raw, format, values);
    const size_t size = text_utf8_valid_prefix(raw, strlen(raw));
    (void)text_escape(text_slice_of(raw, size), out, LINE_BYTES);
}

void doubt_add(venue_placer *p, venue_draft *v, doubt what, const char *fr, const char *en, ...)
{
    char text_fr[LINE_BYTES];
    char text_en[LINE_BYTES];
    va_list values;
    va_start(values, en);
    format_line(text_fr, fr, values);
    va_end(values);
    va_start(values, en);
    format_line(text_en, en, values);
    va_end(values);
    line_add(p, &v->doubts, what, text_fr, text_en);
}

void other_add(venue_placer *p, venue_draft *v, const char *fr, const char *en, ...)
{
    char text_fr[LINE_BYTES];
    char text_en[LINE_BYTES];
    va_list values;
    va_start(values, en);
    format_line(text_fr, fr, values);
    va_end(values);
    va_start(values, en);
    format_line(text_en, en, values);
    va_end(values);
    line_add(p, &v->others, DOUBT_COUNT, text_fr, text_en);
}

bool doubt_has(const venue_draft *v, doubt what)
{
    for (const venue_line *d = v->doubts.first; d; d = d->next) {
        if (d->kind == what) {
            return true;
        }
    }
    return false;
}

/* --- several venues at one point --- */

static bool counts(const venue_draft *v)
{
    return !v->outside && !v->duplicate && v->how == PLACED_COORDINATES;
}

/* The order of points, then of ids. */
static int compare_points(const void *a, const void *b)
{
    const venue_draft *x = *(const venue_draft *const *)a;
    const venue_draft *y = *(const venue_draft *const *)b;
    if (x->lon != y->lon) {
        return x->lon < y->lon ? -1 : 1;
    }
    if (x->lat != y->lat) {
        return x->lat < y->lat ? -1 : 1;
    }
    return strcmp(x->id, y->id);
}

static void list_ids(venue_draft *const *run, size_t count, size_t but, char *out, size_t size)
{
    size_t used = 0;
    size_t named = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count && named < SHARED_MOST; i++) {
        if (i != but && used < size) {
            const int more =
                snprintf(out + used, size - used, "%s%s", named ? ", " : "", run[i]->id);
            used += more > 0 ? (size_t)more : 0;
            named++;
        }
    }
    if (count > SHARED_MOST + 1 && used + 5 < size) {
        (void)snprintf(out + used, size - used, ", …");
    }
}

/* Two venues may well be in one house; from three on, the point rather says a commune. */
static void doubt_run(venue_placer *p, venue_draft *const *run, size_t count)
{
    char ids[240];
    for (size_t i = 0; i < count; i++) {
        venue_draft *v = run[i];
        list_ids(run, count, i, ids, sizeof ids);
        if (count == 2) {
            doubt_add(p, v, DOUBT_SHARED, M_DOUBT_SHARED_ONE, ids);
        } else {
            doubt_add(p, v, DOUBT_SHARED, M_DOUBT_SHARED, SHOWN(shown((double)(count - 1), 0)),
                      ids);
        }
        if (p->rc != STATUS_OK) {
            return;
        }
        v->doubts.last->quiet = doubt_has(v, DOUBT_CENTRE);
        if (count >= SHARED_MOST && v->quality == QUALITY_POINT) {
            v->quality = QUALITY_DOUBTFUL;
            v->effect = EFFECT_COMMUNE;
            v->uncertainty_km = venue_radius_km(p, v);
        }
    }
}

static void doubt_shared(venue_placer *p, venue_draft **placed, size_t count)
{
    qsort(placed, count, sizeof *placed, compare_points);
    for (size_t first = 0; first < count;) {
        size_t last = first + 1;
        while (last < count && placed[last]->lon == placed[first]->lon &&
               placed[last]->lat == placed[first]->lat) {
            last++;
        }
        if (last - first > 1) {
            doubt_run(p, placed + first, last - first);
        }
        first = last;
    }
}

/* --- lists geocoded to the commune --- */

static bool at_centre(const venue_placer *p, const venue_draft *v)
{
    double lon = p->t->lon[v->place];
    double lat = p->t->lat[v->place];
    if (p->t->outlines) {
        return outline_centre(p->t->outlines, v->place, &lon, &lat) &&
               haversine_km(lon, lat, v->lon, v->lat) <= centre_outline_km;
    }
    return isfinite(lon) && haversine_km(lon, lat, v->lon, v->lat) <= centre_point_km;
}

/* Where a list has several venues in a commune, whether they stand at one point. Over the whole
 * list, the perimeter aside: it is the list that is judged. */
typedef struct company {
    size_t communes;    /* with several venues */
    size_t others, met; /* venues beside the first of each; those at a point met before */
} company;

typedef struct said_point {
    const char *code;
    double lon, lat;
} said_point;

static int compare_said(const void *a, const void *b)
{
    const said_point *x = a;
    const said_point *y = b;
    const int order = strcmp(x->code, y->code);
    if (order || x->lon != y->lon) {
        return order ? order : x->lon < y->lon ? -1 : 1;
    }
    return (x->lat > y->lat) - (x->lat < y->lat);
}

static status keep_company(venue_placer *p, const venue_draft *all, size_t count,
                           const venue_list *list, company *c, faults *faults_list)
{
    said_point *said = NULL;
    size_t used = 0;
    const status rc = take_array(p->memory, count, sizeof *said, &said, faults_list);
    *c = (company){0};
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        const char *code = text_at(text_column(all[i].list->rows->rows, "commune"), all[i].row);
        said_point one = {.code = code};
        if (all[i].list == list && *code && venue_said_point(&all[i], &one.lon, &one.lat)) {
            said[used++] = one;
        }
    }
    if (rc == STATUS_OK) {
        qsort(said, used, sizeof *said, compare_said);
    }
    for (size_t i = 1; i < used; i++) {
        if (strcmp(said[i].code, said[i - 1].code) == 0) {
            c->communes += i == 1 || strcmp(said[i - 2].code, said[i].code) != 0;
            c->others++;
            c->met += said[i].lon == said[i - 1].lon && said[i].lat == said[i - 1].lat;
        }
    }
    return rc;
}

static void doubt_list(venue_placer *p, venue_draft **of_list, size_t count)
{
    for (size_t i = 0; i < count && p->rc == STATUS_OK; i++) {
        venue_draft *v = of_list[i];
        if (v->quality == QUALITY_POINT) {
            doubt_add(p, v, DOUBT_CENTRE, M_DOUBT_CENTRE);
            v->quality = QUALITY_COMMUNE;
            v->effect = venue_names_whole_city(p, v) ? EFFECT_ELSEWHERE : EFFECT_COMMUNE;
            v->uncertainty_km = venue_radius_km(p, v);
        }
        if (doubt_has(v, DOUBT_CENTRE)) {
            v->doubts.last->quiet = true;
        }
    }
}

static void doubt_centres(venue_placer *p, venue_draft **of_list, size_t count,
                          const venue_list *list, const company *c, faults *faults_list)
{
    size_t centres = 0;
    const source_ref file = source_at(file_of(list->rows->rows), 0, 0);
    for (size_t i = 0; i < count; i++) {
        centres += at_centre(p, of_list[i]);
    }
    if (count >= CENTRE_LEAST && 2 * centres >= count) {
        faults_warn(faults_list, file, M_VENUES_CENTRES, list->id, SHOWN(shown((double)centres, 0)),
                    SHOWN(shown((double)count, 0)));
    } else if (count && c->communes >= CENTRE_LEAST && 10 * c->met >= 9 * c->others) {
        faults_warn(faults_list, file, M_VENUES_SAME_POINTS, list->id,
                    SHOWN(shown((double)c->communes, 0)));
    } else {
        return;
    }
    doubt_list(p, of_list, count);
}

/* Those of a list, or of all (NULL), that stand at points of their own. */
static size_t gather(venue_draft *all, size_t count, const venue_list *list, venue_draft **out)
{
    size_t gathered = 0;
    for (size_t i = 0; i < count; i++) {
        if (counts(&all[i]) && (!list || all[i].list == list)) {
            out[gathered++] = &all[i];
        }
    }
    return gathered;
}

status venues_doubt(venue_placer *p, venue_draft *all, size_t count, const venues_inputs *in,
                    faults *list)
{
    venue_draft **placed = NULL;
    status rc = take_array(p->memory, count, sizeof(venue_draft *), &placed, list);
    for (size_t i = 0; rc == STATUS_OK && i < in->list_count; i++) {
        company c;
        const size_t found = gather(all, count, &in->lists[i], placed);
        rc = keep_company(p, all, count, &in->lists[i], &c, list);
        if (rc == STATUS_OK) {
            doubt_centres(p, placed, found, &in->lists[i], &c, list);
        }
    }
    rc = rc == STATUS_OK ? venues_homonyms(p, all, count, in->names, list) : rc;
    rc = rc == STATUS_OK ? venues_merge(p, all, count, in, list) : rc;
    if (rc == STATUS_OK) {
        doubt_shared(p, placed, gather(all, count, NULL, placed));
        rc = p->rc == STATUS_OK ? STATUS_OK : faults_add_error(list, SOURCE_NONE, &p->err);
    }
    return rc;
}

/* --- telling --- */

/* What was used instead, or that the point is kept. */
static void outcome_of(const venue_placer *p, const venue_draft *v, char *fr, char *en)
{
    static const char *const outside[] = {M_OUTCOME_OUTSIDE};
    static const char *const said[][2] = {[PLACED_COORDINATES] = {M_OUTCOME_KEPT},
                                          [PLACED_ADDRESS] = {M_OUTCOME_ADDRESS},
                                          [PLACED_POSTCODE] = {M_OUTCOME_POSTCODE},
                                          [PLACED_COMMUNE] = {M_OUTCOME_COMMUNE},
                                          [PLACED_NOWHERE] = {M_OUTCOME_NONE}};
    const char *const *outcome = v->outside ? outside : said[v->how];
    char commune[LINE_BYTES / 4] = "";
    if (!v->outside && v->how != PLACED_COORDINATES && v->place != PLACE_NONE) {
        (void)snprintf(commune, sizeof commune, " (%s %s)", p->t->code[v->place],
                       p->t->name[v->place]);
    }
    (void)snprintf(fr, LINE_BYTES, "%s%s", outcome[0], commune);
    (void)snprintf(en, LINE_BYTES, "%s%s", outcome[1], commune);
}

typedef struct telling {
    const venue_placer *p;
    faults *list;
    size_t told[DOUBT_COUNT];
    const venue_line *last[DOUBT_COUNT]; /* of the first one that is not told */
} telling;

static void tell_venue(telling *t, const venue_draft *v)
{
    char fr[LINE_BYTES];
    char en[LINE_BYTES];
    outcome_of(t->p, v, fr, en);
    for (const venue_line *d = v->doubts.first; d; d = d->next) {
        if (d->quiet) {
            continue;
        }
        if (t->told[d->kind]++ < TOLD_MOST) {
            faults_warn(t->list, venue_source(v), M_VENUES_DOUBT, v->name, d->fr, d->en, fr, en);
        } else if (!t->last[d->kind]) {
            t->last[d->kind] = d;
        }
    }
}

void venues_tell(const venue_placer *p, const venue_draft *all, size_t count,
                 const venues_inputs *in, faults *list)
{
    for (size_t l = 0; l < in->list_count; l++) {
        telling t = {.p = p, .list = list};
        for (size_t i = 0; i < count; i++) {
            if (all[i].list == &in->lists[l]) {
                tell_venue(&t, &all[i]);
            }
        }
        for (size_t k = 0; k < DOUBT_COUNT; k++) {
            if (t.told[k] > TOLD_MOST) {
                faults_warn(list, source_at(file_of(in->lists[l].rows->rows), 0, 0), M_VENUES_MORE,
                            SHOWN(shown((double)(t.told[k] - TOLD_MOST), 0)), in->lists[l].id,
                            t.last[k]->fr, t.last[k]->en);
            }
        }
    }
}
