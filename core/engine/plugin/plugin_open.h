/* engine/plugin/plugin_open.h: plugins found on disk, loaded and judged as data. */
#ifndef ENGINE_PLUGIN_OPEN_H
#define ENGINE_PLUGIN_OPEN_H

#include <bassin/plugin.h>

#include "base/error.h"
#include "base/memory.h"

typedef struct plugin_search {
    const char *builtin_folder; /* beside the program */
    const char *const *folders; /* BASSIN_PLUGIN_PATH, in order */
    size_t folder_count;
} plugin_search;

/* One plugin as loaded, for `bassin plugins`. */
typedef struct loaded_plugin {
    const bassin_plugin *plugin;
    const char *path;
    char sha256[65];
    bool builtin;
    void *handle;
} loaded_plugin;
MUST_CHECK status plugins_open(const plugin_search *where, const char *const *wanted,
                               size_t wanted_count, arena *memory, const loaded_plugin **out,
                               size_t *count, faults *faults_list);
/* Judges one descriptor alone; used by plugins_open and by tests. */
MUST_CHECK status plugin_judge(const bassin_plugin *plugin, const char *path, faults *faults_list);

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
