/* A territory small enough to compute by hand, run through the real plan and the plugins as built.
 */
#ifndef TESTS_PLUGINS_WORLD_H
#define TESTS_PLUGINS_WORLD_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/plan.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

typedef struct world_place {
    const char *code;
    double population; /* NAN: unknown */
    double lon, lat;
    const char *epci, *basin; /* NULL: in none */
    uint32_t density;         /* 1..7; 0 unknown */
    bool margin, no_point;
} world_place;

typedef struct world_venue {
    const char *id;
    uint32_t place;        /* stands at its point; PLACE_NONE: not placed */
    const char *functions; /* letters offered: "a" weighs 1, "A" one half */
    double hours_week;     /* 0: undeclared */
    double capacity;       /* 0: undeclared; below 0: declared to seat nobody */
    const char *kind;      /* NULL: ACT.COWORK */
    const char *status;    /* NULL: open */
    bool other;            /* not a third place */
} world_venue;

typedef struct world_trip {
    uint32_t place, venue;
    double minutes, km;
} world_trip;

/* In the order of o, j, mode, cs. Working outside with a crow_km: abroad, in a place with a point.
 */
typedef struct world_flow {
    uint32_t o, j, mode, cs;
    double workers, variance, crow_km, minutes, km;
} world_flow;

typedef struct world_spec {
    const world_place *places;
    size_t place_count;
    const world_venue *venues;
    size_t venue_count;
    const world_trip *trips; /* any order; none of a pair: beyond the limit */
    size_t trip_count;
    const world_flow *flows;
    size_t flow_count;
    const uint32_t (*edges)[2]; /* neighbours, each pair once */
    size_t edge_count;
    double limit_min;
    bool assumed_shares;
} world_spec;

typedef struct world {
    run_data data;
    scenario scenario;
    territory territory;
    venues venues;
    flows flows;
    costs car;
    costs *modes[1];
    faults *notes, *list;
    ledger *balance;
    arena *memory;
    results *r; /* of the last run */
} world;

void world_open(world *w, const world_spec *spec);
void world_close(world *w);
/* Asks for the indicators, runs them, keeps the results in w->r. */
void world_run(world *w, const indicator *asked, size_t count, int threads);
/* The status of the plan or of its run; what was said is in w->list. */
status world_try(world *w, const indicator *asked, size_t count, int threads);
bool world_said(const world *w, const char *english);

/* Values of the results; a missing table, column or row fails the test. `key` is of the column
 * `code` of places and territories, `id` or the first column of other tables. */
size_t row_of(const world *w, const char *table_name, const char *key);
double value_of(const world *w, const char *table_name, const char *key, const char *column_name);
value_state state_of(const world *w, const char *table_name, const char *key,
                     const char *column_name);
const char *text_of(const world *w, const char *table_name, const char *key,
                    const char *column_name);
double total_of(const world *w, const char *indicator_id, const char *name);
bool total_is_present(const world *w, const char *indicator_id, const char *name);
/* low, value, high */
void total_interval(const world *w, const char *indicator_id, const char *name, double out[3]);

void assert_near(double got, double wanted, double relative);
/* One digest of every table: equal digests, equal bytes. Freed by memory_free. */
char *world_digest(const world *w);
/* Runs with 1, 2 and 4 threads: the same digest. */
void assert_any_threads(const world_spec *spec, const indicator *asked, size_t count);
/* A territory of three blocks of places and four batches of venues, with flows and outlines'
 * neighbours, so that every merge happens. The arrays live in `w`'s caller: one static copy a
 * program. */
const world_spec *world_large(void);

#endif
