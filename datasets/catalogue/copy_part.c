/* A mirror folder: the same parts, checks and names, without a socket. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "datasets/catalogue/download_part.h"
#include "datasets/catalogue/messages.h"

enum { COPY_BYTES = 1 << 20 };

static status copy_bytes(const download_request *request, int from, uint64_t total, part *p,
                         char *buffer, error *err)
{
    status s = part_room(p, total, err);
    while (s == STATUS_OK) {
        const ssize_t got = read(from, buffer, COPY_BYTES);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            s = error_set(err, STATUS_ENVIRONMENT, M_FETCH_MIRROR_READ, request->address,
                          SYSTEM_CAUSE(errno));
        }
        if (got <= 0) {
            break;
        }
        s = part_write(p, buffer, (size_t)got, err);
        if (request->advance) {
            request->advance(request->context, p->size, total);
        }
        if (s == STATUS_OK && atomic_load(request->cancel) != 0) {
            s = error_set(err, STATUS_INTERRUPTED, M_FETCH_STOPPED);
        }
    }
    return s;
}

status copy_part(const download_request *request, arena *memory, download_facts *out, error *err)
{
    struct stat facts = {0};
    part p = {.fd = -1};
    *out = (download_facts){.final_address = request->address, .etag = "", .last_modified = ""};
    const int from = open(request->address, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (from < 0 || fstat(from, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        const int cause = from < 0 ? errno : EINVAL;
        if (from >= 0) {
            (void)close(from);
        }
        return error_set(err, STATUS_INPUT, M_FETCH_MIRROR_ABSENT, request->address,
                         SYSTEM_CAUSE(cause));
    }
    status s = part_open(&p, request, memory, err);
    char *buffer = s == STATUS_OK ? memory_new(COPY_BYTES, 1) : NULL;
    if (s == STATUS_OK && !buffer) {
        s = memory_error(err, COPY_BYTES);
    }
    if (s == STATUS_OK) {
        s = part_restart(&p, err); /* a local copy is not worth going on with */
    }
    if (s == STATUS_OK) {
        s = copy_bytes(request, from, (uint64_t)facts.st_size, &p, buffer, err);
    }
    if (s == STATUS_OK) {
        s = part_verify(&p, request, out, err);
    }
    memory_free(buffer);
    part_close(&p);
    (void)close(from);
    if (s != STATUS_OK) {
        part_forget(request->path, true, memory);
    }
    return s;
}
