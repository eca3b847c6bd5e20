/* engine/apart/carrier.h: values and arrays on their way to a worker. One description of a struct
 * serves both ways: each function packs what it is given, or fills it in. Private to job_wire. */
#ifndef ENGINE_CARRIER_H
#define ENGINE_CARRIER_H

#include "base/worker.h"
#include "engine/job/job.h"

/* A copy that the image will hold. */
typedef struct copied {
    const void *from;
    size_t bytes, offset;
} copied;

/* Where an array lies; from FIRST_REGION on, in a region of the job. */
enum { NO_ARRAY = 0, IN_IMAGE = 1, IN_OUTPUTS = 2, FIRST_REGION = 3, CARRIER_PLACES = 13 };

typedef struct carrier {
    pack_writer *to; /* packing */
    const plugin_job *job;
    copied *copies;
    size_t copy_count, copy_capacity, image_size;
    size_t region_of[CARRIER_PLACES]; /* of each place from FIRST_REGION on */
    size_t region_count;
    pack_reader *from; /* filling in; NULL: packing */
    arena *memory;
    unsigned char *base[CARRIER_PLACES]; /* of each place */
    size_t size[CARRIER_PLACES];
    bool failed; /* out of memory, or out of shape */
} carrier;

void carry_u64(carrier *c, uint64_t *v);
void carry_u32(carrier *c, uint32_t *v);
void carry_size(carrier *c, size_t *v);
void carry_f64(carrier *c, double *v);
void carry_text(carrier *c, const char **v);
/* `name`: what the sandbox calls it when a worker writes to it; NULL: nothing. */
void carry_array(carrier *c, const void **at, size_t count, size_t size, const char *name);
/* The type of the elements is that of the member. */
#define CARRY_ARRAY(c, member, count, name)                                                        \
    do {                                                                                           \
        const void *carried_ = (member);                                                           \
        carry_array((c), &carried_, (count), sizeof *(member), (name));                            \
        (member) = carried_;                                                                       \
    } while (0)
/* Whether a structure is there; room for it where it is filled in and is there. */
void *carry_there(carrier *c, const void *there, size_t size);
/* Zeroed room where something is filled in; NULL sets c->failed. */
void *carrier_room(carrier *c, size_t count, size_t size);

#endif
