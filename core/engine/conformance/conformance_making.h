/* engine/conformance/conformance_making.h: the made-up world while it is made. Private to
 * conformance_world.c and conformance_structs.c. */
#ifndef ENGINE_CONFORMANCE_CONFORMANCE_MAKING_H
#define ENGINE_CONFORMANCE_CONFORMANCE_MAKING_H

#include "engine/conformance/conformance_world.h"

enum { WORLD_GRID_WIDTH = 20 };

/* Room in the world; a failure is kept until the end. */
typedef struct making {
    made_world *w;
    bool failed;
} making;
void *making_room(making *m, size_t count, size_t size);
/* "99007": NULL when out of memory, which is kept. */
const char *making_numbered(making *m, const char *before, int digits, size_t number);
static inline bool making_unknown(const made_world *w)
{
    return w->spec.values == WORLD_UNKNOWN;
}
/* A place or venue without a point, and one too far from the network, now and then. */
uint8_t making_point_state(const made_world *w, size_t i, size_t rows);

/* --- conformance_structs.c: after places and venues --- */
void make_costs(making *m);
void make_flows(making *m);
void make_groups(making *m);
void make_neighbours(making *m);

#endif
