/* Columns with a map hint become sheets: one output, one map; a family, a sheet of small maps. */
#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reports/model/build.h"
#include "reports/model/messages.h"

enum { PANELS_MAX = 9, SHEETS_MAX = 64, NAME_BYTES = 64 };
static const char supply_sheet[] = "01_offre", reach_sheet[] = "05_aires_desserte",
                  flows_sheet[] = "06_flux_domicile_travail";

/* A sheet in the making: its columns in table order. */
typedef struct draft {
    char name[NAME_BYTES];
    const result_map *map; /* NULL: made by the model alone */
    const char *mode;
    const result_table *reach; /* of SHEET_REACH; else NULL */
    panel_source sources[PANELS_MAX];
    size_t count;
} draft;
typedef struct drafts {
    draft at[SHEETS_MAX];
    size_t count;
} drafts;

/* A plugin's text becomes a file name: lower-case letters, digits, "_" and "-" only. */
static void name_add(char *name, const char *text)
{
    size_t used = strlen(name);
    for (; *text && used + 8 < NAME_BYTES; text++) {
        const char c = *text;
        const bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        const char lower = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        name[used++] = fine || lower != c ? lower : '_';
    }
    name[used] = '\0';
}

static void draft_name(const result_column *hint, char name[NAME_BYTES])
{
    name[0] = '\0';
    name_add(name, hint->map->sheet && *hint->map->sheet ? hint->map->sheet
                   : hint->output                        ? hint->output
                                                         : "carte");
    if (hint->mode && *hint->mode) {
        name_add(name, "_");
        name_add(name, hint->mode);
    }
}

static draft *draft_find(drafts *d, const char *name)
{
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->at[i].name, name) == 0)
            return &d->at[i];
    }
    return NULL;
}

static draft *draft_open(drafts *d, const char *name)
{
    draft *found = draft_find(d, name);
    if (!found && d->count < SHEETS_MAX) {
        found = &d->at[d->count++];
        *found = (draft){.mode = ""};
        name_add(found->name, name);
    }
    return found;
}

static void drafts_add_table(drafts *d, const result_table *t)
{
    for (size_t c = 0; t && t->columns && c < t->rows->column_count; c++) {
        const result_column *const hint = &t->columns[c];
        char name[NAME_BYTES];
        if (!hint->map || t->rows->columns[c].type == COLUMN_TEXT)
            continue;
        draft_name(hint, name);
        draft *const found = draft_open(d, name);
        if (!found || found->count == PANELS_MAX)
            continue;
        if (found->count == 0) {
            found->map = hint->map;
            found->mode = hint->mode ? hint->mode : "";
        }
        found->sources[found->count++] = (panel_source){t, c};
    }
}

static int draft_by_name(const void *a, const void *b)
{
    const draft *const p = a, *const q = b;
    return strcmp(p->name, q->name);
}

/* Sources that are members of one family share their classes. */
static size_t family_end(const draft *d, size_t begin)
{
    const result_column *const first = &d->sources[begin].table->columns[d->sources[begin].column];
    size_t end = begin + 1;
    while (end < d->count && first->output) {
        const result_column *const next = &d->sources[end].table->columns[d->sources[end].column];
        if (!next->output || strcmp(next->output, first->output) != 0 ||
            strcmp(next->plugin, first->plugin) != 0)
            break;
        end++;
    }
    return end;
}

static status draft_panels(const report_model *m, const draft *d, map_sheet *sheet, error *err)
{
    map_panel *const panels = arena_take(m->memory, d->count + 1, sizeof *panels);
    if (!panels)
        return memory_error(err, d->count * sizeof *panels);
    if (d->reach) {
        sheet->panels = panels;
        sheet->panel_count = 1;
        return reach_panel(m, d->reach, panels, err);
    }
    for (size_t begin = 0; begin < d->count;) {
        const size_t end = family_end(d, begin);
        const status s =
            panels_build(m, d->sources + begin, end - begin, sheet->title, panels + begin, err);
        if (s != STATUS_OK)
            return s;
        if (begin == 0 && end == d->count && d->count > 1)
            sheet->same_classes = true;
        begin = end;
    }
    sheet->panels = panels;
    sheet->panel_count = d->count;
    while (sheet->key_panel + 1 < d->count && !panels[sheet->key_panel].offered)
        sheet->key_panel++;
    if (d->count > 0 && !panels[sheet->key_panel].offered)
        sheet->key_panel = 0;
    for (size_t i = 0; i < d->count; i++)
        sheet->estimate = sheet->estimate || panels[i].estimate;
    return STATUS_OK;
}

static bool draft_of_cells(const draft *d)
{
    return d->count > 0 && d->sources[0].table->columns[d->sources[0].column].of_cells;
}

static status sheet_subtitle(const report_model *m, const draft *d, map_sheet *sheet, error *err)
{
    const char *const unit_of_map = sheet->kind == SHEET_VENUE_VALUES ? tr(m->lang, M_PLACES_VENUE)
                                    : sheet->kind == SHEET_REACH      ? tr(m->lang, M_POINTS_REACH)
                                    : m->cells                        ? tr(m->lang, M_PLACES_CELL)
                                    : draft_of_cells(d) ? tr(m->lang, M_PLACES_COMMUNE_OF_CELLS)
                                                        : tr(m->lang, M_PLACES_COMMUNE);
    const char *const territory = clean_copy(m->memory, m->results->territory_title);
    const char *const mode = mode_title(m->memory, d->mode, m->lang);
    const char *const mark = sheet->estimate ? tr(m->lang, M_SUBTITLE_ESTIMATE) : "";
    if (!territory || !mode)
        return memory_error(err, 64);
    sheet->subtitle = say(m->memory, m->lang, M_SUBTITLE, territory, *territory ? ", " : "",
                          unit_of_map, *mode ? ", " : "", mode, mark);
    return sheet->subtitle ? STATUS_OK : memory_error(err, 64);
}

static sheet_kind draft_kind(const draft *d)
{
    if (d->reach)
        return SHEET_REACH;
    if (strcmp(d->name, flows_sheet) == 0 && d->count == 0)
        return SHEET_FLOWS;
    if (strcmp(d->name, supply_sheet) == 0)
        return SHEET_VENUES;
    return d->count > 0 && d->map->kind == MAP_VENUES ? SHEET_VENUE_VALUES : SHEET_CHOROPLETH;
}

static const char *draft_title(const report_model *m, const draft *d, sheet_kind kind)
{
    if (kind == SHEET_FLOWS)
        return tr(m->lang, M_SHEET_FLOWS);
    if (kind == SHEET_VENUES)
        return tr(m->lang, M_SHEET_SUPPLY);
    if (kind == SHEET_REACH)
        return tr(m->lang, M_SHEET_REACH);
    const char *const title = tr(m->lang, d->map->title_fr, d->map->title_en);
    if (title && *title)
        return clean_copy(m->memory, title);
    const column *const c = &d->sources[0].table->rows->columns[d->sources[0].column];
    return clean_copy(m->memory, tr(m->lang, c->title_fr, c->title_en));
}

static status sheet_make(const report_model *m, const draft *d, map_sheet *sheet, error *err)
{
    *sheet = (map_sheet){.kind = draft_kind(d)};
    sheet->name = arena_text(m->memory, d->name);
    sheet->title = draft_title(m, d, sheet->kind);
    if (!sheet->name || !sheet->title)
        return memory_error(err, 64);
    status s = draft_panels(m, d, sheet, err);
    if (s == STATUS_OK)
        s = sheet_subtitle(m, d, sheet, err);
    if (s == STATUS_OK)
        s = sheet_lines(m, sheet, err);
    if (s != STATUS_OK)
        return s;
    sheet->description = say(m->memory, m->lang, M_DESCRIPTION, sheet->title, sheet->subtitle);
    return sheet->description ? STATUS_OK : memory_error(err, 64);
}

/* One map a travel mode by road. */
static void drafts_add_reach(const report_model *m, drafts *d)
{
    for (size_t i = 0; i < m->results->table_count; i++) {
        const result_table *const t = &m->results->tables[i];
        if (!is_reach_table(t))
            continue;
        char name[NAME_BYTES] = "";
        const char *const mode = t->columns && t->columns[0].mode ? t->columns[0].mode : "";
        name_add(name, reach_sheet);
        name_add(name, *mode ? "_" : "");
        name_add(name, mode);
        draft *const made = draft_open(d, name);
        if (made) {
            made->reach = t;
            made->mode = mode;
        }
    }
}

/* Maps of venues and of flows are made once, with the communes. */
static void drafts_gather(const report_model *m, drafts *d)
{
    drafts_add_table(d, m->places);
    if (m->results->by_commune) {
        qsort(d->at, d->count, sizeof *d->at, draft_by_name);
        return;
    }
    drafts_add_table(d, m->venues);
    drafts_add_reach(m, d);
    size_t placed = 0;
    for (size_t i = 0; i < FAMILY_COUNT; i++)
        placed += m->families[i].count;
    if (placed > 0)
        (void)draft_open(d, supply_sheet);
    if (m->flow_count > 0)
        (void)draft_open(d, flows_sheet);
    qsort(d->at, d->count, sizeof *d->at, draft_by_name);
}

status sheets_build(report_model *m, error *err)
{
    drafts *const d = memory_new(1, sizeof *d);
    if (!d)
        return memory_error(err, sizeof *d);
    drafts_gather(m, d);
    status s = STATUS_OK;
    map_sheet *const sheets = arena_take(m->memory, d->count + 1, sizeof *sheets);
    if (!sheets)
        s = memory_error(err, d->count * sizeof *sheets);
    for (size_t i = 0; i < d->count && s == STATUS_OK; i++)
        s = sheet_make(m, &d->at[i], &sheets[i], err);
    m->sheets = sheets;
    m->sheet_count = s == STATUS_OK ? d->count : 0;
    memory_free(d);
    return s;
}
