/* engine/plugin/plugin_find.h: the files of plugins, found by id or by name in the folders of the
 * search path. Nothing is opened here. Private. */
#ifndef ENGINE_PLUGIN_FIND_H
#define ENGINE_PLUGIN_FIND_H

#include "engine/plugin/plugin_open.h"

/* A file to open, and what the user calls it. */
typedef struct plugin_found {
    const char *path;
    const plugin_wish *wish; /* NULL: everything was asked for */
    bool builtin;
} plugin_found;

/* ".so", or ".yaml" of a foreign plugin: the end of a plugin's file name; NULL: it is none. */
const char *plugin_ending(const char *name);
/* The file's name without its folder and its ending. */
const char *plugin_stem(const char *path, arena *memory);
/* Everything in the folders, built-in ones first, by name. */
MUST_CHECK status plugins_find_all(const plugin_search *where, arena *memory, plugin_found **out,
                                   size_t *count, error *err);
/* What is wished for, in that order; a wish that nothing answers is a fault at its line. */
MUST_CHECK status plugins_find(const plugin_search *where, const plugin_wish *wishes, size_t count,
                               arena *memory, plugin_found **out, size_t *found,
                               faults *faults_list);

#endif
