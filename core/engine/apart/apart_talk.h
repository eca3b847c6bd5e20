/* engine/apart/apart_talk.h: what a plugin's worker is asked, and in what order. Private to
 * runner_apart, plugin_describe and plugin_worker.
 *
 * A worker begins with: whether it runs a job (0: it only describes), the file and the name by
 * which errors name the library, then a job (job_wire). Descriptors: the trace, the library, then
 * those of the job. Then it is asked one thing at a time; every answer but the descriptor is a call
 * (call_wire). */
#ifndef ENGINE_APART_TALK_H
#define ENGINE_APART_TALK_H

#include <stdint.h>

typedef enum apart_asked {
    APART_ENTER,    /* the sandbox -> nothing; no foreign code ran before the answer */
    APART_DESCRIBE, /* -> the descriptor (descriptor_wire) */
    APART_PREPARE,  /* -> bytes of the partial of each stage, then the call */
    APART_PARTIALS, /* descriptor of the slots; stride -> nothing */
    APART_BLOCK,    /* stage, block, slots -> the call */
    APART_MERGE,    /* stage, slots: `partial` is merged into `before` -> nothing */
    APART_FINISH,   /* stage, slots -> the call */
} apart_asked;

/* Where a call finds what it works on; slots as partial_slots numbers them. */
typedef struct apart_call {
    uint64_t asked; /* apart_asked */
    uint64_t stage, index, begin, end;
    uint64_t before, before_bytes; /* NO_SLOT: none */
    uint64_t partial, partial_bytes;
    uint64_t stride; /* APART_PARTIALS */
} apart_call;

#endif
