/* engine/plugin_open.h: plugins found on disk and loaded. Private to this room. */
#ifndef ENGINE_PLUGIN_OPEN_H
#define ENGINE_PLUGIN_OPEN_H

#include "engine/plan.h"

/* As plugins_open, with the line of the run file that asks for each (NULL: none). The plugins
 * returned are full-size copies of their descriptors (plugin_descriptor.h). */
MUST_CHECK status plugins_open_at(const plugin_search *where, const char *const *wanted,
                                  const source_ref *at, size_t wanted_count, arena *memory,
                                  const loaded_plugin **out, size_t *count, faults *faults_list);
/* Ids of the plugins in the built-in folder, sorted, without opening them. */
MUST_CHECK status plugins_listed(const plugin_search *where, arena *memory, const char *const **out,
                                 size_t *count, error *err);
/* Releases the libraries; descriptors must not be read after. */
void plugins_close(const loaded_plugin *loaded, size_t count);

#endif
