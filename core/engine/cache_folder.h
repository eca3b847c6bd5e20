/* engine/cache_folder.h: where work is kept from one run to the next. Private to the engine. */
#ifndef ENGINE_CACHE_FOLDER_H
#define ENGINE_CACHE_FOLDER_H

#include "engine/scenario/scenario.h"

/* What the run file says, else "$XDG_CACHE_HOME/bassin", else "~/.cache/bassin"; NULL: none. `s`
 * NULL: no run file. */
const char *cache_folder(const scenario *s, arena *memory);
/* Says that a file was of use today: `bassin cache prune` goes by that. */
void cache_file_used(const char *path);

#endif
