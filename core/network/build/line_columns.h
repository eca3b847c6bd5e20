/* network/build/line_columns.h: what the columns of a layer say of each line. Private to the room.
 *
 * Rows are many, words are few: each distinct text is understood once. */
#ifndef NETWORK_LINE_COLUMNS_H
#define NETWORK_LINE_COLUMNS_H

#include "geo/layer.h"
#include "network/build/line_build.h"

typedef enum line_direction {
    LINE_BOTH = 0,
    LINE_FORWARD = 1,
    LINE_BACKWARD = 2,
    LINE_DIRECTION_UNKNOWN = 3
} line_direction;

/* Why a line is closed. */
typedef enum line_reason {
    LINE_OPEN = 0,
    LINE_NO_GEOMETRY,
    LINE_SPEED_ZERO,    /* its own speed is 0 */
    LINE_WITHOUT_SPEED, /* neither its own nor its class's */
    LINE_ACCESS,        /* closed to the mode */
    LINE_NOT_BUILT,     /* under construction, planned */
    LINE_SHORT,         /* fewer than two different points */
    LINE_REASONS
} line_reason;

typedef struct line_columns {
    const column *speed, *direction, *class_, *name, *closed, *state; /* NULL: absent */
    double *speed_kmh;                     /* by word of speed; NaN: none */
    uint8_t *direction_is;                 /* by word: line_direction */
    double *class_kmh;                     /* by word of class; NaN: none */
    double other_kmh;                      /* of a line without a class; NaN: none */
    uint8_t *closed_is, *state_closed;     /* by word: 0 open, 1 closed, 2 not understood */
    size_t *direction_rows, *class_rows;   /* by word: rows not understood, without a speed */
    size_t *direction_first, *class_first; /* the first of these */
    size_t *closed_rows, *closed_first;    /* by word of closed, not understood */
    size_t direction_empty;                /* rows: both ways */
    bool both_ways;                        /* a pedestrian */
} line_columns;

/* The columns to ask the layer for, between bars, in `out`. */
void line_columns_wanted(const line_options *o, text_buffer *out);
/* A header that was named and is absent, a speed that is no number, and a layer that gives no speed
 * at all are refused. */
MUST_CHECK status line_columns_find(const line_options *o, const layer *l, line_columns *out,
                                    faults *faults_list);
void line_columns_clear(line_columns *c);

/* What row `row` says; `*kmh` and `*direction` when it is open. Counts what was not understood. */
line_reason line_columns_judge(line_columns *c, size_t row, double *kmh, line_direction *direction);
/* Tells what was not understood, with counts and the first feature of each text. */
void line_columns_tell(const line_columns *c, const line_options *o, const layer *l,
                       faults *faults_list);

#endif
