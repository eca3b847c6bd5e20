/* The commune of a cell, by the largest share (docs/decisions/023).
 *
 * The file's own commune codes come first. One code: that commune. Several: the one whose outline
 * holds the largest area of the square; where a listed commune is not loaded, the part of the
 * square outside the loaded ones counts for it. Without outlines the first code decides. A file
 * without codes: the commune whose outline holds the largest area, among those that hold the centre
 * or a corner; a cell whose centre is in no loaded commune is taken only when more than half of it
 * is. Ties go to the lower code. */
#include <math.h>
#include <string.h>

#include "geo/locator.h"
#include "geo/overlap.h"
#include "geo/projection.h"
#include "territory/cells_work.h"
#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

enum { CANDIDATES_MAX = 64 };

/* Communes that may hold a cell. */
typedef struct candidates {
    uint32_t at[CANDIDATES_MAX]; /* distinct, ascending */
    size_t count;
    bool elsewhere; /* a listed commune is not loaded, or the centre is in none */
} candidates;

static void add_candidate(candidates *c, uint32_t place)
{
    size_t at = 0;
    while (at < c->count && c->at[at] < place) {
        at++;
    }
    if (c->count == CANDIDATES_MAX || (at < c->count && c->at[at] == place)) {
        return;
    }
    memmove(&c->at[at + 1], &c->at[at], (c->count - at) * sizeof *c->at);
    c->at[at] = place;
    c->count++;
}

/* The codes stand one after the other: "7700177002". */
static void candidates_of_codes(const territory *communes, const char *codes, candidates *out)
{
    const size_t count = strlen(codes) / COMMUNE_CODE_BYTES;
    *out = (candidates){0};
    for (size_t i = 0; i < count; i++) {
        char code[COMMUNE_CODE_BYTES + 1] = "";
        memcpy(code, codes + i * COMMUNE_CODE_BYTES, COMMUNE_CODE_BYTES);
        const uint32_t place = territory_place(communes, code);
        if (place == PLACE_NONE) {
            out->elsewhere = true;
        } else {
            add_candidate(out, place);
        }
    }
}

static uint32_t first_commune(const territory *communes, const char *codes)
{
    char code[COMMUNE_CODE_BYTES + 1] = "";
    memcpy(code, codes, COMMUNE_CODE_BYTES);
    return territory_place(communes, code);
}

static status candidates_of_outlines(const cells_work *w, locator *where, size_t row,
                                     candidates *out, error *err)
{
    status rc = STATUS_OK;
    *out = (candidates){0};
    for (size_t i = 0; rc == STATUS_OK && i < CELL_POINTS; i++) {
        uint32_t place = LOCATED_NOWHERE;
        const size_t at = row * CELL_POINTS + i;
        rc = locator_find(where, w->lon[at], w->lat[at], &place, err);
        if (place != LOCATED_NOWHERE) {
            add_candidate(out, place);
        } else if (i == CELL_CENTRE) {
            out->elsewhere = true;
        }
    }
    return rc;
}

static double square_area(const double *x, const double *y)
{
    double twice = 0;
    for (size_t i = 0; i < 4; i++) {
        const size_t k = (i + 1) % 4;
        twice += (x[i] - x[0]) * (y[k] - y[0]) - (x[k] - x[0]) * (y[i] - y[0]);
    }
    return fabs(twice) / 2;
}

/* Degrees are good enough: shares of one cell are compared with each other. */
static status largest_share(const cells_work *w, overlap *shares, size_t row, const candidates *c,
                            uint32_t *commune, error *err)
{
    const double *x = w->lon + row * CELL_POINTS;
    const double *y = w->lat + row * CELL_POINTS;
    double best = 0;
    double inside = 0;
    status rc = STATUS_OK;
    *commune = PLACE_NONE;
    for (size_t i = 0; rc == STATUS_OK && i < c->count; i++) {
        double area = 0;
        rc = overlap_area(shares, x, y, c->at[i], &area, err);
        inside += area;
        if (area > best) {
            best = area;
            *commune = c->at[i];
        }
    }
    if (c->elsewhere && square_area(x, y) - inside >= best) {
        *commune = PLACE_NONE;
    }
    return rc;
}

static bool needs_shares(const candidates *c)
{
    return c->count > 1 || (c->count == 1 && c->elsewhere);
}

static status commune_of_cell(cells_work *w, const column *codes, locator *where, overlap *shares,
                              size_t row, error *err)
{
    candidates c = {0};
    status rc = STATUS_OK;
    const char *text = text_at(codes, row);
    const bool listed = strlen(text) >= COMMUNE_CODE_BYTES;
    if (listed) {
        candidates_of_codes(w->communes, text, &c);
    } else if (where) {
        rc = candidates_of_outlines(w, where, row, &c, err);
    }
    w->commune[row] = c.count ? c.at[0] : PLACE_NONE;
    if (rc != STATUS_OK || !needs_shares(&c)) {
        return rc;
    }
    w->shared++;
    if (shares) {
        return largest_share(w, shares, row, &c, &w->commune[row], err);
    }
    w->commune[row] = first_commune(w->communes, text);
    return STATUS_OK;
}

status cells_communes(cells_work *w)
{
    error err;
    locator *where = NULL;
    overlap *shares = NULL;
    const polygons *outlines = w->communes->outlines;
    const column *codes = text_column(w->rows, "commune");
    status rc = take_array(w->scratch, w->rows->rows, sizeof *w->commune, &w->commune, w->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    if (!codes && !outlines) {
        return faults_refuse(w->list, source_at(file_of(w->rows), 0, 0), M_CELLS_NO_COMMUNE);
    }
    if (outlines) {
        rc = overlap_new(&shares, outlines, &err);
        if (rc == STATUS_OK) {
            rc = locator_new(&where, outlines, &err);
        }
    }
    for (size_t row = 0; rc == STATUS_OK && row < w->rows->rows; row++) {
        rc = commune_of_cell(w, codes, where, shares, row, &err);
    }
    locator_free(where);
    overlap_free(shares);
    return fault_of(rc, &err, w->list);
}
