/* engine/plugin/plugin_file.h: the file of a plugin, opened once: what is judged is what is
 * digested, and what is digested is what runs. Private. */
#ifndef ENGINE_PLUGIN_FILE_H
#define ENGINE_PLUGIN_FILE_H

#include "base/error.h"
#include "base/hash.h"

/* Refuses what is no regular file, what others than its owner can write and what another ordinary
 * user owns, the file or its folder: STATUS_INPUT. `fd`: sealed memory with the bytes of the file,
 * the caller's to close. */
MUST_CHECK status plugin_file_read(const char *path, int *fd, sha256_hex *digest, error *err);

#endif
