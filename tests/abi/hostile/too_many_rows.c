/* Makes a table of more rows than a table may have. */
#define HOSTILE_ID "too_many_rows"
#define HOSTILE_FINISH finish
#include <bassin/plugin.h>

enum { ROWS = 17 << 20 };
static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)before;
    (void)total;
    return job->host->table_rows(job, "many", ROWS, err);
}

#include "hostile.h"
