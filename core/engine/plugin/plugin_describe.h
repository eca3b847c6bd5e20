/* engine/plugin/plugin_describe.h: a foreign library's descriptor, read in a worker: none of its
 * code runs in the program. Private. */
#ifndef ENGINE_PLUGIN_DESCRIBE_H
#define ENGINE_PLUGIN_DESCRIBE_H

#include <bassin/plugin.h>

#include "base/memory.h"
#include "base/worker.h"

/* How long a library may take to load: its constructors run. */
enum { PLUGIN_DESCRIBE_S = 10 };
/* `file`: its bytes, in sealed memory; `path` names it in errors. A library that crashes, hangs or
 * leaves as it is loaded, that is no plugin, or of another ABI: STATUS_INPUT. */
MUST_CHECK status plugin_describe(zygote *workers, const char *path, int file, arena *memory,
                                  bassin_plugin **out, error *err);

#endif
