/* Every sheet of the model, as PNG and SVG, drawn in parallel: one surface and one font map each.
 */
#include "reports/maps/maps.h"

#include <stdio.h>

#include "base/blocks.h"
#include "base/files.h"
#include "reports/maps/messages.h"
#include "reports/maps/sheet.h"

typedef struct maps_work {
    const report_model *model;
    const border_lines *lines;
    const char *folder;
} maps_work;

enum { PATH_BYTES = 4096 };

static status file_write(const char *folder, const char *name, const char *suffix,
                         const text_buffer *bytes, error *err)
{
    char path[PATH_BYTES];
    const int n = snprintf(path, sizeof path, "%s/maps/%s.%s", folder, name, suffix);
    if (n < 0 || n >= PATH_BYTES)
        return error_set(err, STATUS_ENVIRONMENT, M_MAPS_PATH, name);
    return file_write_atomic(path, bytes->at, bytes->size, err);
}

static status sheet_write(const maps_work *work, const map_sheet *sheet, error *err)
{
    text_buffer png = {0}, svg = {0};
    status s = sheet_png(work->model, sheet, work->lines, &png, NULL, err);
    if (s == STATUS_OK)
        s = file_write(work->folder, sheet->name, "png", &png, err);
    if (s == STATUS_OK)
        s = sheet_svg(work->model, sheet, work->lines, &svg, NULL, err);
    if (s == STATUS_OK)
        s = file_write(work->folder, sheet->name, "svg", &svg, err);
    text_buffer_clear(&png);
    text_buffer_clear(&svg);
    if (s != STATUS_OK)
        error_prefix(err, M_MAPS_SHEET, sheet->name);
    return s;
}

/* Where the cells themselves are drawn, their means by commune are not. */
static bool drawn_by_cell(const map_sheet *sheet)
{
    return sheet->panel_count > 0 &&
           sheet->panels[0].table->columns[sheet->panels[0].column].of_cells;
}

static status sheets_write(void *context, block b, error *err)
{
    const maps_work *const work = context;
    status s = STATUS_OK;
    for (size_t i = b.begin; i < b.end && s == STATUS_OK; i++) {
        if (!drawn_by_cell(&work->model->sheets[i]))
            s = sheet_write(work, &work->model->sheets[i], err);
    }
    return s;
}

static status model_write(const report_model *m, const report_request *request, error *err)
{
    border_lines lines = {0};
    if (m->sheet_count == 0 || !m->places || m->places->rows->rows == 0)
        return STATUS_OK;
    status s = border_lines_find(m, &lines, err);
    if (s == STATUS_OK) {
        maps_work work = {m, &lines, request->folder};
        const atomic_int *const cancel = request->progress ? request->progress->cancel : NULL;
        s = blocks_run(m->sheet_count, 1, request->threads, cancel, sheets_write, &work, err);
    }
    border_lines_clear(&lines);
    return s;
}

static status maps_write(const results *r, const report_request *request, error *err)
{
    report_model *cells = NULL, *m = NULL;
    char folder[PATH_BYTES];
    status s = report_model_build(results_of_communes(r), &m, err);
    if (s == STATUS_OK && r->by_commune) {
        s = report_model_build(r, &cells, err);
        if (s == STATUS_OK)
            cells->land = m;
    }
    if (s != STATUS_OK || m->sheet_count == 0 || !m->places || m->places->rows->rows == 0)
        goto done;
    if (snprintf(folder, sizeof folder, "%s/maps", request->folder) >= PATH_BYTES) {
        s = error_set(err, STATUS_ENVIRONMENT, M_MAPS_PATH, "maps");
        goto done;
    }
    s = folder_make(folder, err);
    if (s == STATUS_OK)
        s = model_write(m, request, err);
    if (s == STATUS_OK && cells)
        s = model_write(cells, request, err);
done:
    report_model_free(cells);
    report_model_free(m);
    return s;
}

const report_writer maps_writer = {
    .id = "maps",
    .title_fr = "Planches de cartes",
    .title_en = "Map sheets",
    .write = maps_write,
};
