#include "bench.h"

#include <stdlib.h>

#include "geo/layer.h"
#include "reports/gpkg/gpkg.h"
#include "reports/xlsx/xlsx.h"

int bench_open(void **state)
{
    static worker_job jobs[3];
    error err;
    bench *b = memory_new(1, sizeof *b);
    jobs[0] = layer_job;
    jobs[1] = xlsx_job;
    jobs[2] = gpkg_job;
    OK(zygote_start(&b->z, jobs, 3, false, &err));
    (void)snprintf(b->folder, sizeof b->folder, "/tmp/bassin-sheets-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    *state = b;
    return 0;
}

int bench_close(void **state)
{
    error err;
    bench *b = *state;
    zygote_stop(b->z);
    if (!getenv("BASSIN_KEEP"))
        OK(folder_remove(b->folder, &err));
    memory_free(b);
    return 0;
}

void bench_folder(const bench *b, const char *name, char out[256])
{
    error err;
    (void)snprintf(out, 256, "%s/%s", b->folder, name);
    OK(folder_make(out, &err));
}

status bench_write(const bench *b, const report_writer *w, const results *r, const char *name,
                   char folder[256], error *err)
{
    bench_folder(b, name, folder);
    const report_request request = {
        .folder = folder, .reference_folder = "", .workers = b->z, .threads = 1};
    return w->write(r, &request, err);
}

sha256_hex bench_digest(const char *folder, const char *file)
{
    error err;
    char path[400];
    sha256_hex out;
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    OK(sha256_of_file(path, &out, &err));
    return out;
}
