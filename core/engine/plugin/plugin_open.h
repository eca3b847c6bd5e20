/* engine/plugin/plugin_open.h: plugins found on disk, loaded and judged as data. */
#ifndef ENGINE_PLUGIN_OPEN_H
#define ENGINE_PLUGIN_OPEN_H

#include <bassin/plugin.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/worker.h"

typedef struct plugin_search {
    const char *builtin_folder; /* beside the program */
    const char *const *folders; /* BASSIN_PLUGIN_PATH, in order */
    size_t folder_count;
    zygote *workers; /* foreign plugins are opened there */
    bool in_process; /* foreign plugins are opened here: for debugging */
} plugin_search;

typedef enum plugin_kind {
    PLUGIN_BUILT_IN, /* a library of the installed folder, opened here */
    PLUGIN_LIBRARY,  /* a foreign library, opened in a sandboxed worker */
    PLUGIN_PIPE,     /* a descriptor in YAML and a program that reads and writes tables */
} plugin_kind;

/* What a foreign plugin may take. 0: the default. */
typedef struct plugin_limits {
    uint64_t memory_bytes; /* beside its inputs and outputs */
    double call_s;         /* a call: prepare, one block, finish; a whole run of a pipe */
} plugin_limits;
enum { PLUGIN_CALL_S = 120 };
#define PLUGIN_MEMORY_BYTES (UINT64_C(2) << 30)

/* A plugin that is asked for. */
typedef struct plugin_wish {
    const char *name; /* an id, or a file of a folder of the search path */
    source_ref at;    /* the line of the run file that asks; none: SOURCE_NONE */
    plugin_limits limits;
} plugin_wish;

/* One plugin as loaded. */
typedef struct loaded_plugin {
    const bassin_plugin *plugin;  /* a full-size copy; the functions of a plugin that is not opened
                                     here are marks, never called */
    const char *path;             /* the library, or the descriptor of a pipe */
    const char *program;          /* PLUGIN_PIPE: the path of what is run */
    const char *const *arguments; /* PLUGIN_PIPE: NULL-terminated, the program first */
    char sha256[65];              /* of the library; of descriptor and program */
    plugin_kind kind;
    plugin_limits limits;
    void *handle; /* NULL: not opened here */
    int file;     /* sealed memory that holds the library, as digested; -1: none */
} loaded_plugin;
MUST_CHECK status plugins_open(const plugin_search *where, const char *const *wanted,
                               size_t wanted_count, arena *memory, const loaded_plugin **out,
                               size_t *count, faults *faults_list);
/* Judges one descriptor alone; used by plugins_open and by tests. */
MUST_CHECK status plugin_judge(const bassin_plugin *plugin, const char *path, faults *faults_list);

/* The same for wishes. The plugins returned are full-size copies of their descriptors
 * (plugin_descriptor.h). A foreign plugin is opened in a worker; in this process, with a warning,
 * when the search says so or has no workers. */
MUST_CHECK status plugins_open_wished(const plugin_search *where, const plugin_wish *wishes,
                                      size_t wish_count, arena *memory, const loaded_plugin **out,
                                      size_t *count, faults *faults_list);
/* Ids of the plugins in the built-in folder, sorted, without opening them. */
MUST_CHECK status plugins_listed(const plugin_search *where, arena *memory, const char *const **out,
                                 size_t *count, error *err);
/* What stands before the columns and tables of an added plugin in the results:
 * "fr.lab.green-space" -> "green_space_". NULL: out of memory. */
const char *plugin_prefix(const char *id, arena *memory);
/* Releases the libraries; descriptors must not be read after. */
void plugins_close(const loaded_plugin *loaded, size_t count);

#endif
