/* engine/apart/call_wire.h: what one call of a plugin left, from a worker to the program. Private.
 *
 * Values of the base tables need no telling: they lie in shared memory. All else (log lines, texts,
 * new tables, place sets, reach, totals) is packed by the worker and done again in the program
 * through the functions of the host, which judge it as if the plugin had called them here: nothing
 * that a worker says is believed. */
#ifndef ENGINE_CALL_WIRE_H
#define ENGINE_CALL_WIRE_H

#include "base/worker.h"
#include "engine/job/runner.h"

/* What the plugin answered. */
typedef struct call_answer {
    bassin_status code;
    bassin_error told;
} call_answer;

/* What the job of a worker held before the call: only what came after is packed. */
typedef struct call_mark {
    size_t totals;
    size_t *sets; /* one a table */
} call_mark;

/* [a worker] Packs what the call left behind, and forgets texts and reach. */
void call_pack(pack_writer *w, plugin_call *c, const call_answer *answer, const call_mark *since);
/* Does it again in `c`. STATUS_PLUGIN only when the bytes are no call. A refusal of the host takes
 * the place of a good answer. */
MUST_CHECK status call_replay(pack_reader *r, plugin_call *c, call_answer *out, error *err);

#endif
