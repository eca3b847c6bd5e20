/* Which functions some venue of the run offers: a map of one that no list offers tells of the
 * lists, not of the territory. */
#include <stdio.h>
#include <string.h>

#include "reports/model/build.h"

static bool venue_offers(const report_model *m, const column *weight)
{
    for (size_t row = 0; row < m->venues->rows->rows; row++) {
        double q = 0;
        if (m->venue_drawn[row] && value_number(weight, row, &q) && q >= 0.5)
            return true;
    }
    return false;
}

/* A place within reach tells of a venue, be it in the margin that the table of venues leaves out.
 */
static bool place_reaches(const report_model *m, char letter)
{
    char name[32];
    double percent = 0;
    (void)snprintf(name, sizeof name, "white_share_%c", letter);
    if (results_total(m->results, "coverage", name, &percent) && percent < 100)
        return true;
    (void)snprintf(name, sizeof name, "white_%c", letter);
    const column *const white = m->places ? table_find(m->places->rows, name) : NULL;
    for (size_t row = 0; white && row < m->places->rows->rows; row++) {
        double is_white = 1;
        if (value_number(white, row, &is_white) && is_white == 0)
            return true;
    }
    return false;
}

void functions_offered(report_model *m)
{
    for (size_t f = 0; f < 8; f++) {
        const char letter = (char)('a' + f);
        char name[16];
        (void)snprintf(name, sizeof name, "function_%c", letter);
        const column *const weight = m->venues ? table_find(m->venues->rows, name) : NULL;
        /* without the column the run does not say */
        m->function_offered[f] = !weight || venue_offers(m, weight) || place_reaches(m, letter);
    }
}
