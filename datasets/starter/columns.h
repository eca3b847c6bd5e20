/* datasets/starter/columns.h: what each column of a list of venues seems to be. Private. */
#ifndef STARTER_COLUMNS_H
#define STARTER_COLUMNS_H

#include "territory/venues.h"

typedef enum field {
    FIELD_LON,
    FIELD_LAT,
    FIELD_COMMUNE,
    FIELD_POSTCODE,
    FIELD_ID,
    FIELD_NAME,
    FIELD_KIND,
    FIELD_FUNCTIONS,
    FIELD_STATUS,
    FIELD_CAPACITY,
    FIELD_CITY,
    FIELD_ADDRESS,
    FIELD_LEGAL_FORM,
    FIELD_COUNT
} field;
const char *field_name(field f); /* as the importer and the run file call it */

/* What the values of a column look like; shares of those that are neither empty nor a sign ("nd").
 */
typedef struct column_look {
    const char *header;
    size_t filled, signs, distinct;
    double numbers, communes, zero_lost, postcodes, longitudes, latitudes, functions, statuses,
        kinds, words;
} column_look;

typedef enum doubt {
    DOUBT_NONE,
    DOUBT_ZERO_LOST,   /* codes of four digits: a spreadsheet dropped the zero */
    DOUBT_NOT_NUMBERS, /* some values are no numbers: the run would refuse them */
    DOUBT_NOT_UNIQUE,  /* ids that repeat */
    DOUBT_VALUES,      /* the values do not look like it */
    DOUBT_ANOTHER      /* another column would do as well */
} doubt;

typedef struct guess {
    size_t column; /* of the looks; SIZE_MAX: none */
    doubt doubt;
    const char *other; /* header of the column that would do as well */
} guess;

typedef struct venue_columns {
    const column_look *looks;
    size_t count, rows;
    guess guesses[FIELD_COUNT];
    bool points;  /* the file gives positions by itself (GeoJSON) */
    bool swapped; /* longitudes under the name of latitudes */
} venue_columns;

/* `cells`: every column as text. */
MUST_CHECK status venue_columns_guess(const table *cells, const taxonomy *kinds, bool points,
                                      arena *memory, venue_columns *out, error *err);
static inline const char *guessed_header(const venue_columns *v, field f)
{
    return v->guesses[f].column == SIZE_MAX ? NULL : v->looks[v->guesses[f].column].header;
}

/* The kind that a text of a list seems to mean: by the taxonomy's own words, else by a word that it
 * holds; XXX.AUTRE when nothing tells. *sure: the taxonomy has it as it is. */
const kind *kind_guess(const taxonomy *kinds, text_slice text, bool *sure);

#endif
