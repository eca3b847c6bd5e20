/* base/file_stream.h: a file written in pieces, complete or absent; and scratch files without a
 * name. */
#ifndef BASE_FILE_STREAM_H
#define BASE_FILE_STREAM_H

#include "base/error.h"

/* Written beside its final name, without a name where the file system can: a process that is killed
 * leaves nothing. "-" is standard output; a device or a pipe is written as it stands. */
typedef struct file_stream file_stream;
/* A folder under that name, or one that cannot be written in, is refused here: before the work. */
MUST_CHECK status file_stream_open(file_stream **out, const char *path, error *err);
MUST_CHECK status file_stream_write(file_stream *f, const void *bytes, size_t size, error *err);
uint64_t file_stream_size(const file_stream *f); /* written so far */
/* Synced, then renamed over an earlier file of that name. Once. */
MUST_CHECK status file_stream_publish(file_stream *f, error *err);
/* Unless published, nothing is left and an earlier file is intact; takes NULL. */
void file_stream_free(file_stream *f);

/* A file that vanishes with its descriptor, for what does not fit in memory: in the folder of
 * `path`, or in /tmp for "-", a device or a pipe. */
MUST_CHECK status file_scratch(const char *path, int *fd, error *err);

#endif
