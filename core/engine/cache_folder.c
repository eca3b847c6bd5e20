#include "engine/cache_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *cache_folder(const scenario *s, arena *memory)
{
    const char *xdg = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (s != NULL && (s->no_cache || s->cache != NULL)) {
        return s->no_cache ? NULL : s->cache;
    }
    if (xdg != NULL && xdg[0] == '/') { /* a relative one is to be ignored, says its standard */
        return arena_format(memory, "%s/bassin", xdg);
    }
    return home != NULL && home[0] == '/' ? arena_format(memory, "%s/.cache/bassin", home) : NULL;
}

void cache_file_used(const char *path)
{
    (void)utimensat(AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW); /* another's file keeps its day */
}
