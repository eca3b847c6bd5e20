/* engine/plugin/pipe_descriptor.h: the descriptor of a pipe plugin, a YAML file that says what the
 * C structs of <bassin/plugin.h> say, and which program makes the tables. Private to the floor. */
#ifndef ENGINE_PLUGIN_PIPE_DESCRIPTOR_H
#define ENGINE_PLUGIN_PIPE_DESCRIPTOR_H

#include <bassin/plugin.h>

#include "base/memory.h"
#include "base/text.h"

typedef struct pipe_descriptor {
    bassin_plugin *plugin; /* of this host's size; its one stage is never called */
    /* As written; `program_at[i]` is where word i stands. */
    const char **program;
    source_ref *program_at;
    size_t program_count;
} pipe_descriptor;

/* Reads the text of a descriptor. Every fault at its line and column, with an excerpt, all at once;
 * what a descriptor as a whole may not say is told by plugin_judge. Texts live in `memory`. `path`
 * names the text and is borrowed. */
MUST_CHECK status pipe_descriptor_read(text_slice text, const char *path, arena *memory,
                                       pipe_descriptor *out, faults *faults_list);

#endif
