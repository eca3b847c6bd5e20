/* Places, venues, territories, costs, flows and neighbours as a job sees them. */
#include <math.h>

#include "engine/tables/job_tables_writing.h"

/* --- places, venues, territories --- */

static const char *travel_text(uint8_t state)
{
    return state == BASSIN_PRESENT       ? "present"
           : state == BASSIN_UNREACHABLE ? "unreachable"
                                         : "missing";
}

status tables_write_places(tables_writer *w, error *err)
{
    const bassin_job *seen = w->seen;
    const row_names *n = &w->job->names;
    const bassin_costs *costs = tables_has_costs(w->job->is) ? seen->costs : NULL;
    shown_column *shown;
    size_t count;
    status s = tables_shown(w, "places", &form_places, &shown, &count, err);
    if (s == STATUS_OK)
        s = tables_begin(w, "places", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_places, form_places.count - (costs == NULL ? 1 : 0), shown, count);
    for (size_t p = 0; p < seen->place_count; p++) {
        csv_text(&w->file, n->place_code[p]);
        csv_text(&w->file, n->place_name[p]);
        csv_i64(&w->file, seen->place_kept[p]);
        csv_f64(&w->file, seen->place_lon[p]);
        csv_f64(&w->file, seen->place_lat[p]);
        csv_f64(&w->file, seen->place_x_m[p]);
        csv_f64(&w->file, seen->place_y_m[p]);
        if (costs != NULL)
            csv_text(&w->file, travel_text(costs->place_state[p]));
        tables_end_row(w, shown, count, p);
    }
    return csv_close(&w->file, err);
}

status tables_write_venues(tables_writer *w, error *err)
{
    const bassin_job *seen = w->seen;
    const row_names *n = &w->job->names;
    const bassin_costs *costs = tables_has_costs(w->job->is) ? seen->costs : NULL;
    shown_column *shown;
    size_t count;
    status s = tables_shown(w, "venues", &form_venues, &shown, &count, err);
    if (s == STATUS_OK)
        s = tables_begin(w, "venues", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_venues, form_venues.count - (costs == NULL ? 1 : 0), shown, count);
    for (size_t v = 0; v < seen->venue_count; v++) {
        const uint32_t place = seen->venue_place[v];
        csv_text(&w->file, n->venue_id[v]);
        csv_text(&w->file, place < seen->place_count ? n->place_code[place] : NULL);
        csv_i64(&w->file, seen->venue_open[v]);
        csv_f64(&w->file, seen->venue_lon[v]);
        csv_f64(&w->file, seen->venue_lat[v]);
        csv_f64(&w->file, seen->venue_x_m[v]);
        csv_f64(&w->file, seen->venue_y_m[v]);
        if (costs != NULL)
            csv_text(&w->file, travel_text(costs->venue_state[v]));
        tables_end_row(w, shown, count, v);
    }
    return csv_close(&w->file, err);
}

status tables_write_territories(tables_writer *w, error *err)
{
    const bassin_groups *g = w->seen->groups;
    shown_column *shown;
    size_t count;
    status s = tables_shown(w, "territories", &form_territories, &shown, &count, err);
    if (s == STATUS_OK)
        s = tables_begin(w, "territories", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_territories, form_territories.count, shown, count);
    for (uint32_t i = 0; g != NULL && i < g->levels.count; i++) {
        const bassin_level *level = tables_level(g, i);
        for (size_t k = 0; k < level->row_count; k++) {
            csv_text(&w->file, level->id);
            csv_text(&w->file, w->job->names.territory_code[level->first_row + k]);
            tables_end_row(w, shown, count, level->first_row + k);
        }
    }
    return csv_close(&w->file, err);
}

status tables_write_memberships(tables_writer *w, error *err)
{
    const bassin_groups *g = w->seen->groups;
    status s = tables_begin(w, "memberships", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_memberships, form_memberships.count, NULL, 0);
    for (uint32_t i = 0; g != NULL && i < g->levels.count; i++) {
        const bassin_level *level = tables_level(g, i);
        for (size_t p = 0; p < w->seen->place_count; p++) {
            if (level->of_place[p] >= level->row_count)
                continue;
            csv_text(&w->file, w->job->names.place_code[p]);
            csv_text(&w->file, level->id);
            csv_text(&w->file, w->job->names.territory_code[level->first_row + level->of_place[p]]);
            csv_end_row(&w->file);
        }
    }
    return csv_close(&w->file, err);
}

/* --- whole structures --- */

status tables_write_costs(tables_writer *w, error *err)
{
    const bassin_costs *c = w->seen->costs;
    status s = tables_begin(w, "costs", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_costs, form_costs.count, NULL, 0);
    for (size_t p = 0; c != NULL && p < c->place_count; p++) {
        for (uint64_t k = c->place_start[p]; k < c->place_start[p + 1]; k++) {
            csv_text(&w->file, w->job->names.place_code[p]);
            csv_text(&w->file, w->job->names.venue_id[c->place_venue[k]]);
            csv_f64(&w->file, c->place_minutes[k]);
            csv_f64(&w->file, c->place_km[k]);
            csv_end_row(&w->file);
        }
    }
    return csv_close(&w->file, err);
}

static double flow_value(const bassin_flows *f, const double *values, size_t row)
{
    return values == NULL || f->state[row] != BASSIN_PRESENT ? (double)NAN : values[row];
}

static void flow_row(tables_writer *w, const bassin_flows *f, size_t row)
{
    csv_file *out = &w->file;
    const uint32_t j = f->j[row];
    const bool known = f->state[row] != BASSIN_MISSING, abroad = f->abroad[row] == 2;
    csv_text(out, w->job->names.place_code[f->o[row]]);
    csv_text(out, j != BASSIN_OUTSIDE ? w->job->names.place_code[j] : NULL);
    csv_i64(out, f->mode[row]);
    csv_i64(out, f->occupation[row]);
    csv_f64(out, f->workers[row]);
    csv_f64(out, f->variance[row]);
    csv_f64(out, known ? f->crow_km[row] : (double)NAN);
    csv_f64(out, flow_value(f, f->minutes, row));
    csv_f64(out, flow_value(f, f->km, row));
    csv_i64(out, f->abroad[row]);
    csv_f64(out, abroad ? f->abroad_crow_km[row] : (double)NAN);
    csv_f64(out, abroad ? f->abroad_km[row] : (double)NAN);
}

status tables_write_flows(tables_writer *w, error *err)
{
    const bassin_flows *f = w->seen->flows;
    shown_column *shown;
    size_t count;
    status s = tables_shown(w, "flows", &form_flows, &shown, &count, err);
    if (s == STATUS_OK)
        s = tables_begin(w, "flows", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_flows, form_flows.count, shown, count);
    for (size_t row = 0; f != NULL && row < f->rows; row++) {
        flow_row(w, f, row);
        tables_end_row(w, shown, count, row);
    }
    return csv_close(&w->file, err);
}

status tables_write_neighbours(tables_writer *w, error *err)
{
    const bassin_neighbours *n = w->seen->neighbours;
    status s = tables_begin(w, "neighbours", err);
    if (s != STATUS_OK)
        return s;
    tables_heading(w, &form_neighbours, form_neighbours.count, NULL, 0);
    for (size_t p = 0; n != NULL && p < w->seen->place_count; p++) {
        for (uint64_t k = n->start[p]; k < n->start[p + 1]; k++) {
            csv_text(&w->file, w->job->names.place_code[p]);
            csv_text(&w->file, w->job->names.place_code[n->place[k]]);
            csv_end_row(&w->file);
        }
    }
    return csv_close(&w->file, err);
}
