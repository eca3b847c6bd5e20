#include "cli/install.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/messages.h"

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* The folder above the one that holds the program: the prefix of an installed tree. */
static status program_prefix(arena *memory, char **out, error *err)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    if (size <= 0) {
        return error_set(err, STATUS_ENVIRONMENT, M_CLI_NO_SELF, strerror(errno));
    }
    path[size] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
    }
    *out = arena_text(memory, path);
    return *out != NULL ? STATUS_OK : memory_error(err, (size_t)size);
}

static status find_plugins(installation *in, const char *prefix, error *err)
{
    char *installed = arena_format(in->memory, "%s/lib/bassin/plugins", prefix);
    char *built = arena_format(in->memory, "%s/plugins", prefix);
    if (installed == NULL || built == NULL) {
        return memory_error(err, strlen(prefix));
    }
    in->plugins.builtin_folder = is_folder(installed) ? installed : built;
    return STATUS_OK;
}

static status find_search_path(installation *in, error *err)
{
    const char *listed = getenv("BASSIN_PLUGIN_PATH");
    size_t room = 1;
    for (const char *at = listed; at != NULL && *at != '\0'; at++) {
        room += *at == ':';
    }
    const char **folders = arena_take(in->memory, room, sizeof *folders);
    size_t count = 0;
    for (const char *at = listed; folders != NULL && at != NULL && *at != '\0';) {
        size_t size = strcspn(at, ":");
        if (size > 0) {
            folders[count] = arena_text_n(in->memory, at, size);
            if (folders[count++] == NULL) {
                folders = NULL;
                break;
            }
        }
        at += size + (at[size] == ':');
    }
    in->plugins.folders = folders;
    in->plugins.folder_count = count;
    return folders != NULL ? STATUS_OK : memory_error(err, room);
}

static status find_reference(installation *in, const char *prefix, error *err)
{
    char *folder = arena_format(in->memory, "%s/share/bassin", prefix);
    if (folder == NULL) {
        return memory_error(err, strlen(prefix));
    }
    in->reference_folder = folder;
    return is_folder(folder) ? STATUS_OK
                             : error_set(err, STATUS_ENVIRONMENT, M_CLI_NO_REFERENCE, folder);
}

status installation_find(installation *out, error *err)
{
    char *prefix = NULL;
    *out = (installation){0};
    status result = arena_new(&out->memory, err);
    result = result == STATUS_OK ? program_prefix(out->memory, &prefix, err) : result;
    result = result == STATUS_OK ? find_plugins(out, prefix, err) : result;
    result = result == STATUS_OK ? find_search_path(out, err) : result;
    result = result == STATUS_OK ? find_reference(out, prefix, err) : result;
    if (result != STATUS_OK) {
        installation_clear(out);
    }
    return result;
}

void installation_clear(installation *in)
{
    arena_free(in->memory);
    *in = (installation){0};
}
