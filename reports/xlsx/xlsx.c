#include "reports/xlsx/xlsx.h"

#include <stdio.h>

#include "reports/xlsx/check.h"
#include "reports/xlsx/messages.h"
#include "reports/xlsx/plan.h"

enum { PATH_BYTES = 4096 };
static const worker_limits xlsx_limits = {
    .memory_bytes = UINT64_C(4) << 30, .cpu_s = 1800, .wall_s = 3600};

static status book_send(const book_plan *p, const book *b, zygote *z, error *err)
{
    pack_writer body = {.at = NULL};
    worker_answer answer = {.bytes = NULL};
    book_pack(b, &body);
    status s = parcel_send(p->things, z, xlsx_job.name, &body, xlsx_limits, &answer, err);
    worker_answer_clear(&answer);
    pack_writer_clear(&body);
    return s;
}

/* By commune, whatever the places are: one cell alone has no meaning. */
static status xlsx_write(const results *r, const report_request *request, error *err)
{
    char path[PATH_BYTES];
    report_model *m = NULL;
    book b = {.path = path};
    book_plan *p = memory_new(1, sizeof *p);
    if (!p)
        return memory_error(err, sizeof *p);
    int n = snprintf(path, sizeof path, "%s/workbook.xlsx", request->folder);
    status s = n < 0 || n >= PATH_BYTES ? error_set(err, STATUS_ENVIRONMENT, M_XLSX_PATH)
                                        : report_model_build(results_of_communes(r), &m, err);
    if (!s)
        s = book_plan_build(p, m, &b, err);
    if (!s)
        s = book_send(p, &b, request->workers, err);
    if (!s)
        s = book_check(&b, request->workers, err);
    book_plan_clear(p);
    memory_free(p);
    report_model_free(m);
    return s;
}

const report_writer xlsx_writer = {
    .id = "xlsx",
    .title_fr = "Classeur",
    .title_en = "Workbook",
    .write = xlsx_write,
};
