/* engine/plugin/pipe_open.h: a pipe plugin found on disk: its descriptor, its program, what is
 * digested of them. Private to the floor. */
#ifndef ENGINE_PLUGIN_PIPE_OPEN_H
#define ENGINE_PLUGIN_PIPE_OPEN_H

#include "engine/plugin/plugin_open.h"

/* Whether a file is named as a descriptor. */
bool pipe_is(const char *path);
/* Whether its first lines say that it is one: other YAML files may lie in the same folder. */
bool pipe_looks_like(const char *path);
/* Opens out->path: reads and judges the descriptor, finds the program, digests both. `at`: who
 * asks; faults of the descriptor are told at their own line. Nobody but its owner may be able to
 * write the descriptor, the files that the program names, or their folder. */
MUST_CHECK status pipe_open(source_ref at, arena *memory, loaded_plugin *out, faults *faults_list);
/* Whether the files are still those that were digested; else STATUS_PLUGIN. */
MUST_CHECK status pipe_unchanged(const loaded_plugin *loaded, error *err);

#endif
