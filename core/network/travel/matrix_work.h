/* network/travel/matrix_work.h: a matrix while it is a provider. Private to the room. */
#ifndef NETWORK_MATRIX_WORK_H
#define NETWORK_MATRIX_WORK_H

#include "base/hash.h"
#include "network/travel/cost_provider.h"
#include "network/travel/matrix.h"

/* By what a point is known. */
typedef enum known_by { BY_NOTHING, BY_ID, BY_PLACE, BY_COMMUNE, KNOWN_COUNT } known_by;

typedef struct matrix_state {
    matrix_rows rows;
    interner *from_words, *to_words;     /* numbered as the columns' words */
    uint32_t *place_from, *place_to;     /* words; MATRIX_NONE */
    uint32_t *venue_to;                  /* the same */
    uint32_t *first_place, *next_place;  /* places of a `from`, ascending; MATRIX_NONE ends */
    uint32_t *from_of_to;                /* the word of the same code */
    double *place_snap_m, *venue_snap_m; /* 0: known; NaN: not */
    size_t place_by[KNOWN_COUNT], venue_by[KNOWN_COUNT];
} matrix_state;

/* Whose code each place and venue bears (matrix_codes.c). `s` is zeroed. */
MUST_CHECK status matrix_codes_make(matrix_state *s, const travel_points *p, const column *from,
                                    const column *to, error *err);
/* The word of a code; MATRIX_NONE where the code is NULL, empty or absent. */
uint32_t matrix_word(const interner *all, const char *code);
/* `open` of the provider: rows that serve, balance, facts (matrix_open.c). */
status matrix_open(cost_engine *e, ledger *balance, faults *faults_list);

#endif
