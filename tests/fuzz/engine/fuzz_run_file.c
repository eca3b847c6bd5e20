#include "fuzz_run_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/scenario/scenario_read.h"

#define DEMAND(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

static void demand_text(const char *text)
{
    size_t size = strlen(text);
    DEMAND(text_utf8_valid_prefix(text, size) == size);
    for (size_t i = 0; i < size; i++)
        DEMAND((unsigned char)text[i] >= ' ' || text[i] == '\n');
}

static void demand_faults(const faults *list, status result)
{
    size_t refused = 0;
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        demand_text(f->fr);
        demand_text(f->en);
        if (f->excerpt != NULL)
            demand_text(f->excerpt);
        refused += f->severity == SEVERITY_FAULT;
    }
    DEMAND((result == STATUS_OK) == (refused == 0));
}

static void demand_scenario(const scenario *s)
{
    DEMAND(s->communes.path != NULL && s->mode_count > 0);
    DEMAND(s->threads >= 0 && s->threads <= 256);
    DEMAND(isfinite(s->perimeter.margin_km) && s->perimeter.margin_km >= 0);
    for (size_t i = 0; i < s->mode_count; i++)
        DEMAND(s->modes[i].id != NULL && isfinite(s->modes[i].limit_min) &&
               s->modes[i].limit_min > 0);
    for (size_t i = 0; i < s->venue_list_count; i++)
        DEMAND(s->venues[i].input.path != NULL && !path_is_remote(s->venues[i].input.file));
    for (size_t i = 0; i < s->plugin_count; i++)
        DEMAND(strchr(s->plugins[i].name, '/') == NULL);
}

void fuzz_run_file(const uint8_t *bytes, size_t size)
{
    error err;
    faults *list = NULL;
    scenario *s = NULL;
    char *copy = malloc(size + 1); /* exact size: a read past the end is seen */
    DEMAND(copy != NULL && faults_new(&list, &err) == STATUS_OK);
    memcpy(copy, bytes, size);
    status result = scenario_parse(text_slice_of(copy, size), "run.yaml", NULL, &s, list);
    DEMAND(result != STATUS_OK || s != NULL);
    demand_faults(list, result);
    if (result == STATUS_OK)
        demand_scenario(s);
    scenario_free(s);
    faults_free(list);
    free(copy);
}
