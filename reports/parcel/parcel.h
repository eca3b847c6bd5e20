/* reports/parcel/parcel.h: tables and outlines on their way to the worker that writes a file.
 *
 * The largest travel by descriptor and are mapped there without a copy; a request has room for
 * WORKER_MAX_FDS of them, so the others travel as bytes. */
#ifndef REPORTS_PARCEL_H
#define REPORTS_PARCEL_H

#include "base/worker.h"
#include "geo/polygons.h"
#include "table/table.h"

/* --- in the program: one thread --- */
typedef struct parcel parcel;
MUST_CHECK status parcel_new(parcel **out, error *err);
void parcel_free(parcel *p); /* takes NULL */
/* What the worker asks for it by: the number of a thing added before is the same. The thing must
 * outlive the parcel. */
MUST_CHECK status parcel_table(parcel *p, const table *t, uint64_t *number, error *err);
MUST_CHECK status parcel_shape(parcel *p, const polygons *shape, uint64_t *number, error *err);
/* Runs the job with the parcel and a body of its own. A lost worker is STATUS_ENVIRONMENT: what it
 * was given is sound. The answer is the caller's to clear. */
MUST_CHECK status parcel_send(const parcel *p, zygote *z, const char *job, const pack_writer *body,
                              worker_limits limits, worker_answer *out, error *err);

/* --- in the worker --- */
typedef struct parcel_item {
    table *rows;
    polygons *shape;
} parcel_item;
typedef struct parcel_content {
    parcel_item *items;
    size_t count;
    pack_reader body; /* borrows the message */
} parcel_content;
/* Takes the message's descriptors. Clear it in every case. */
MUST_CHECK status parcel_open(const worker_message *m, parcel_content *out, error *err);
void parcel_content_clear(parcel_content *c);
const table *parcel_table_at(const parcel_content *c, uint64_t number);    /* NULL: not a table */
const polygons *parcel_shape_at(const parcel_content *c, uint64_t number); /* NULL: not outlines */

#endif
