/* engine/conformance/conformance_world.h: a small territory made up for one plugin, and jobs on it.
 *
 * A grid of places 2 km apart (the last fifth is margin), venues, flows, three levels of groups;
 * some places and venues have no point or are out of reach, some values are missing. Every declared
 * input gets values that suit its name, type and unit. The same spec makes the same world. Private.
 */
#ifndef ENGINE_CONFORMANCE_CONFORMANCE_WORLD_H
#define ENGINE_CONFORMANCE_CONFORMANCE_WORLD_H

#include "engine/job/job.h"

typedef enum world_values {
    WORLD_ORDINARY,
    WORLD_BARE,   /* optional inputs are absent, and structures that are not needed too */
    WORLD_UNKNOWN /* every value is missing: no point, no cost, no input */
} world_values;

typedef enum world_params { WORLD_FALLBACK, WORLD_LOWEST, WORLD_HIGHEST } world_params;

typedef struct world_spec {
    size_t places, venues;
    world_values values;
    world_params params; /* numbers at the ends of their ranges, where they have any */
} world_spec;

typedef struct made_world {
    const loaded_plugin *loaded;
    world_spec spec;
    plugin_param *params;
    bassin_job seen;
    row_names names;
    nearest_venues *nearest;
    arena *memory;
} made_world;

MUST_CHECK status made_world_new(made_world *out, const loaded_plugin *loaded, world_spec spec,
                                 error *err);
void made_world_clear(made_world *w); /* takes a zeroed one */
/* A job on the world, bound; job_clear frees it, before the world. */
MUST_CHECK status made_world_job(const made_world *w, plugin_job *out, error *err);

/* --- conformance_values.c --- */
/* The columns of every input. */
MUST_CHECK status made_world_inputs(made_world *w, error *err);
/* What the inputs and outputs of a plugin call otherwise than the tables do: type or unit. False
 * when `err` tells of one. */
bool input_is_known_so(const bassin_input *in, error *err);

#endif
