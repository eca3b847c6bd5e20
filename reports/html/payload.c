/* What the interactive map draws: shapes as TopoJSON, values as columns of texts already written
 * for people, so that one formatter serves the page and the map. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "reports/html/interactive.h"
#include "reports/html/messages.h"
#include "reports/html/static_map.h"
#include "reports/html/words.h"

static void add_text(text_buffer *out, const char *text)
{
    text_add_json(out, text_slice_of(text, strlen(text)));
}

static void add_key(text_buffer *out, const char *key)
{
    if (out->size > 0 && out->at[out->size - 1] != '{' && out->at[out->size - 1] != '[')
        text_add(out, ",");
    text_add_format(out, "\"%s\":", key);
}

static void add_comma(text_buffer *out, size_t index)
{
    text_add(out, index > 0 ? "," : "");
}

static void add_texts(text_buffer *out, const char *key, const char *const *texts, size_t count)
{
    add_key(out, key);
    text_add(out, "[");
    for (size_t i = 0; i < count; i++) {
        add_comma(out, i);
        add_text(out, texts[i]);
    }
    text_add(out, "]");
}

/* --- shapes --- */

static void add_arc(const page *p, const topology *t, size_t arc, text_buffer *out)
{
    const uint64_t begin = t->arc_start[arc], end = t->arc_start[arc + 1];
    const size_t frame = begin < end ? screen_frame_at(&p->screen, t->x[begin], t->y[begin]) : 0;
    int64_t from_x = 0, from_y = 0;
    text_add(out, "[");
    for (uint64_t i = begin; i < end; i++) {
        int64_t x = 0, y = 0;
        screen_point(&p->screen, frame, t->x[i], t->y[i], &x, &y);
        if (i > begin && i + 1 < end && x == from_x && y == from_y)
            continue;
        text_add_format(out, "%s[%" PRId64 ",%" PRId64 "]", i > begin ? "," : "", x - from_x,
                        y - from_y);
        from_x = x;
        from_y = y;
    }
    text_add(out, "]");
}

static void add_ring(const topology *t, uint64_t ring, text_buffer *out)
{
    text_add(out, "[");
    for (uint64_t k = t->ring_start[ring]; k < t->ring_start[ring + 1]; k++) {
        add_comma(out, k - t->ring_start[ring]);
        text_add_format(out, "%" PRId32, t->ring_arc[k]);
    }
    text_add(out, "]");
}

static void add_shape(const topology *t, size_t row, text_buffer *out)
{
    text_add(out, "{\"type\":\"MultiPolygon\",\"arcs\":[");
    for (uint64_t ring = t->row_start[row]; ring < t->row_start[row + 1]; ring++) {
        const bool first = ring == t->row_start[row];
        if (first || t->ring_part[ring] != t->ring_part[ring - 1])
            text_add(out, first ? "[" : "],[");
        else
            text_add(out, ",");
        add_ring(t, ring, out);
    }
    text_add(out, t->row_start[row] < t->row_start[row + 1] ? "]]}" : "]}");
}

static void add_topology(const page *p, text_buffer *out)
{
    const topology *const t = p->model->borders;
    add_key(out, "topology");
    text_add(out, "{\"type\":\"Topology\",\"transform\":{\"scale\":[1,1],\"translate\":[0,0]},"
                  "\"objects\":{\"places\":{"
                  "\"type\":\"GeometryCollection\",\"geometries\":[");
    for (size_t row = 0; row < t->row_count; row++) {
        add_comma(out, row);
        add_shape(t, row, out);
    }
    text_add(out, "]}},\"arcs\":[");
    for (size_t arc = 0; arc < t->arc_count; arc++) {
        add_comma(out, arc);
        add_arc(p, t, arc, out);
    }
    text_add(out, "]}");
}

/* [x, y, x, y ...]; null, null for a point that is not known. */
static void add_points(const page *p, const char *key, const double *x, const double *y,
                       size_t count, text_buffer *out)
{
    add_key(out, key);
    text_add(out, "[");
    for (size_t i = 0; i < count; i++) {
        int64_t px = 0, py = 0;
        add_comma(out, i);
        if (!isfinite(x[i]) || !isfinite(y[i])) {
            text_add(out, "null,null");
            continue;
        }
        screen_place(&p->screen, x[i], y[i], &px, &py);
        text_add_format(out, "%" PRId64 ",%" PRId64, px, py);
    }
    text_add(out, "]");
}

static void add_frames(const page *p, text_buffer *out)
{
    add_key(out, "frames");
    text_add(out, "[");
    for (size_t i = 1; i < p->screen.frame_count; i++) {
        const screen_frame *const f = &p->screen.frames[i];
        text_add_format(
            out, "%s{\"x\":%.0f,\"y\":%.0f,\"w\":%.0f,\"h\":%.0f,\"title\":", i > 1 ? "," : "",
            f->left - 60, f->top - 60, f->width + 120, f->height + 120);
        add_text(out, f->title);
        text_add(out, "}");
    }
    text_add(out, "]");
}

/* --- places --- */

static void add_places(page *p, text_buffer *out)
{
    const report_model *const m = p->model;
    const size_t rows = m->places->rows->rows;
    const result_level *const level = guiding_level(p);
    add_texts(out, "names", m->place_name, rows);
    add_texts(out, "codes", m->place_code, rows);
    add_key(out, "population");
    text_add(out, "[");
    for (size_t row = 0; row < rows; row++)
        text_add_format(out, "%s%.0f", row > 0 ? "," : "", m->population[row]);
    text_add(out, "]");
    add_points(p, "points", p->results->place_x_m, p->results->place_y_m, rows, out);
    if (!level)
        return;
    add_texts(out, "groups", level->group_name, level->group_count);
    add_key(out, "groupOf");
    text_add(out, "[");
    for (size_t row = 0; row < rows; row++)
        text_add_format(out, "%s%d", row > 0 ? "," : "",
                        level->of_place[row] < level->group_count ? (int)level->of_place[row] : -1);
    text_add(out, "]");
}

/* --- values: distinct texts once, then which one a row --- */

static status add_values(const page *p, const map_panel *panel, text_buffer *out, error *err)
{
    interner *texts = NULL;
    const table *const t = panel->table->rows;
    status s = interner_new(&texts, err);
    add_key(out, "at");
    text_add(out, "[");
    for (size_t row = 0; row < t->rows && s == STATUS_OK; row++) {
        char text[256];
        uint32_t index = 0;
        (void)value_in_words(p->model, panel->table, panel->column, row, true, text, sizeof text);
        s = interner_add(texts, text_slice_of(text, strlen(text)), &index, err);
        text_add_format(out, "%s%" PRIu32, row > 0 ? "," : "", index);
    }
    text_add(out, "]");
    add_key(out, "texts");
    text_add(out, "[");
    for (uint32_t i = 0; s == STATUS_OK && i < interner_count(texts); i++) {
        add_comma(out, i);
        text_add_json(out, interner_at(texts, i));
    }
    text_add(out, "]");
    interner_free(texts);
    return s;
}

static void add_classes(const page *p, const map_panel *panel, text_buffer *out)
{
    add_key(out, "classes");
    text_add(out, "[");
    for (size_t k = 0; k < panel->class_count; k++) {
        const map_class *const c = &panel->classes[k];
        char count[64], people[64];
        (void)text_number((double)c->count, 0, p->lang, count, sizeof count);
        (void)text_number(c->population, 0, p->lang, people, sizeof people);
        text_add_format(out, "%s{\"colour\":\"#%06x\",\"fill\":%d,\"label\":", k > 0 ? "," : "",
                        (unsigned)c->colour, (int)c->fill);
        add_text(out, c->label);
        add_key(out, "count");
        add_text(out, count);
        add_key(out, "people");
        add_text(out, panel->table == p->model->places ? people : "");
        text_add(out, "}");
    }
    text_add(out, "]");
    add_key(out, "classOf");
    text_add(out, "[");
    for (size_t row = 0; row < panel->table->rows->rows; row++)
        text_add_format(out, "%s%d", row > 0 ? "," : "",
                        panel->class_of_row[row] == CLASS_NONE ? -1
                                                               : (int)panel->class_of_row[row]);
    text_add(out, "]");
}

static void add_shown(const map_panel *panel, size_t venues, text_buffer *out)
{
    add_key(out, "shown");
    if (!panel->venue_shown) {
        text_add(out, "null");
        return;
    }
    text_add(out, "[");
    for (size_t v = 0, said = 0; v < venues; v++) {
        if (panel->venue_shown[v])
            text_add_format(out, "%s%zu", said++ > 0 ? "," : "", v);
    }
    text_add(out, "]");
}

static status add_panel(page *p, const map_panel *panel, text_buffer *out, error *err)
{
    text_add(out, "{");
    add_key(out, "title");
    add_text(out, panel->title);
    add_key(out, "legend");
    add_text(out, panel->legend_title);
    add_key(out, "of");
    add_text(out, panel->table == p->model->venues ? "venues" : "places");
    add_key(out, "estimate");
    text_add(out, panel->estimate ? "true" : "false");
    add_classes(p, panel, out);
    add_shown(panel, p->model->venues ? p->model->venues->rows->rows : 0, out);
    const status s = add_values(p, panel, out, err);
    text_add(out, "}");
    return s;
}

static void add_lines(const page *p, const four_lines *lines, text_buffer *out)
{
    const char *const texts[] = {lines->reading, lines->champ, lines->source, lines->note};
    add_key(out, "lines");
    text_add(out, "[");
    for (size_t i = 0, said = 0; i < 4; i++) {
        if (!texts[i] || !*texts[i])
            continue;
        text_add(out, said++ > 0 ? ",[" : "[");
        add_text(out, line_word_text((line_word)i, p->lang));
        text_add(out, ",");
        add_text(out, texts[i]);
        text_add(out, "]");
    }
    text_add(out, "]");
}

static status add_sheet(page *p, const map_sheet *sheet, text_buffer *out, error *err)
{
    static const char *const kinds[] = {[SHEET_CHOROPLETH] = "places",
                                        [SHEET_VENUES] = "families",
                                        [SHEET_FLOWS] = "flows",
                                        [SHEET_VENUE_VALUES] = "values"};
    status s = STATUS_OK;
    text_add(out, "{");
    add_key(out, "kind");
    add_text(out, kinds[sheet->kind]);
    add_key(out, "title");
    add_text(out, sheet->title);
    add_key(out, "subtitle");
    add_text(out, sheet->subtitle);
    add_lines(p, &sheet->lines, out);
    add_key(out, "panels");
    text_add(out, "[");
    for (size_t i = 0; i < sheet->panel_count && s == STATUS_OK; i++) {
        add_comma(out, i);
        s = add_panel(p, &sheet->panels[i], out, err);
    }
    text_add(out, "]}");
    return s;
}

/* --- venues, flows, words --- */

static void add_families(const page *p, text_buffer *out)
{
    add_key(out, "families");
    text_add(out, "[");
    for (size_t f = 0; f < FAMILY_COUNT; f++) {
        const venue_family *const family = &p->model->families[f];
        char count[64];
        (void)text_number((double)family->count, 0, p->lang, count, sizeof count);
        text_add_format(out, "%s{\"colour\":\"#%06x\",\"path\":\"", f > 0 ? "," : "",
                        (unsigned)family->colour);
        marker_path(family->shape, 0, 0, 100, out);
        text_add(out, "\"");
        add_key(out, "title");
        add_text(out, family->title);
        add_key(out, "count");
        add_text(out, family->count > 0 ? count : "");
        text_add(out, "}");
    }
    text_add(out, "]");
}

static void add_venues(const page *p, text_buffer *out)
{
    const report_model *const m = p->model;
    const size_t rows = m->venues ? m->venues->rows->rows : 0;
    const column *const state = rows > 0 ? table_find(m->venues->rows, "status") : NULL;
    add_families(p, out);
    add_key(out, "venues");
    text_add(out, "[");
    for (size_t v = 0; v < rows; v++) {
        add_comma(out, v);
        add_text(out, m->venue_name[v]);
    }
    text_add(out, "]");
    add_key(out, "venueFamily");
    text_add(out, "[");
    for (size_t v = 0; v < rows; v++)
        text_add_format(out, "%s%u", v > 0 ? "," : "", (unsigned)m->venue_family[v]);
    text_add(out, "]");
    add_key(out, "venueStatus");
    text_add(out, "[");
    for (size_t v = 0; v < rows; v++) {
        add_comma(out, v);
        add_text(out, state && state->type == COLUMN_TEXT
                          ? word_of_code(p, "status", column_text(state, v))
                          : "");
    }
    text_add(out, "]");
    if (rows > 0)
        add_points(p, "venuePoints", p->results->venue_x_m, p->results->venue_y_m, rows, out);
}

static void add_flows(const page *p, text_buffer *out)
{
    const report_model *const m = p->model;
    add_key(out, "flows");
    text_add(out, "[");
    for (size_t i = 0; i < m->flow_count; i++) {
        const flow_line *const f = &m->flows[i];
        int64_t xa = 0, ya = 0, xb = 0, yb = 0;
        screen_place(&p->screen, f->x_a, f->y_a, &xa, &ya);
        screen_place(&p->screen, f->x_b, f->y_b, &xb, &yb);
        text_add_format(out, "%s[%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%.3f]",
                        i > 0 ? "," : "", xa, ya, xb, yb, f->workers / m->flows[0].workers);
    }
    text_add(out, "]");
}

static void add_words(const page *p, text_buffer *out)
{
    const struct {
        const char *key, *fr, *en;
    } all[] = {
        {"class", M_JS_CLASS},       {"inhabitants", M_JS_INHABITANTS},
        {"estimate", M_JS_ESTIMATE}, {"all", M_JS_ALL_VALUES},
        {"venue", M_JS_VENUE},       {"none", M_JS_NONE},
        {"found", M_JS_FOUND},       {"colon", M_JS_COLON},
        {"clear", M_JS_CLEAR},       {"families", M_LEGEND_FAMILIES},
    };
    add_key(out, "words");
    text_add(out, "{");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        add_key(out, all[i].key);
        add_text(out, tr(p->lang, all[i].fr, all[i].en));
    }
    add_key(out, "places");
    add_text(out, p->model->places_word);
    add_key(out, "venuesWord");
    add_text(out, tr(p->lang, M_VENUES_WORD));
    add_key(out, "onePlace");
    add_text(out, places_counted(p, 1));
    add_key(out, "oneVenue");
    add_text(out, venues_counted(p, 1));
    text_add(out, "}");
}

/* The sheet that a reader should see first, among those that are told: access times, else the first
 * one of places. Regions of travel time are drawn on the page alone. */
static size_t first_sheet(const report_model *m)
{
    size_t told = 0, places = SIZE_MAX;
    for (size_t i = 0; i < m->sheet_count; i++) {
        if (m->sheets[i].kind == SHEET_REACH)
            continue;
        if (strncmp(m->sheets[i].name, "02_", 3) == 0)
            return told;
        if (m->sheets[i].kind == SHEET_CHOROPLETH && places == SIZE_MAX)
            places = told;
        told++;
    }
    return places == SIZE_MAX ? 0 : places;
}

status payload_json(page *p, text_buffer *out, error *err)
{
    status s = STATUS_OK;
    size_t told = 0;
    text_add_format(out, "{\"width\":%d,\"height\":%.0f,\"first\":%zu", SCREEN_WIDTH,
                    p->screen.height, first_sheet(p->model));
    add_words(p, out);
    add_places(p, out);
    add_frames(p, out);
    if (p->model->borders)
        add_topology(p, out);
    add_venues(p, out);
    add_flows(p, out);
    add_key(out, "sheets");
    text_add(out, "[");
    for (size_t i = 0; i < p->model->sheet_count && s == STATUS_OK; i++) {
        if (p->model->sheets[i].kind == SHEET_REACH)
            continue;
        add_comma(out, told++);
        s = add_sheet(p, &p->model->sheets[i], out, err);
    }
    text_add(out, "]}");
    return s;
}
