/* A job as bytes and descriptors: what it sees, its parameters, its outputs. */
#include "engine/apart/job_wire.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/plan_messages.h"
#include "engine/apart/carrier.h"
#include "engine/apart/shared_outputs.h"

enum { NAME_BYTES = 96 };
_Static_assert(JOB_WIRE_FDS == CARRIER_PLACES - 1, "a descriptor a place, none for NO_ARRAY");

/* --- what a job sees --- */

static void carry_column(carrier *c, bassin_column *k, const char *name)
{
    uint64_t type = (uint64_t)k->type;
    carry_u64(c, &type);
    carry_size(c, &k->rows);
    k->size = sizeof *k;
    k->type = (int32_t)type;
    const void *values = k->at.raw;
    carry_array(c, &values, k->rows, value_bytes(k->type), name);
    k->at.raw = values;
    CARRY_ARRAY(c, k->state, k->rows, name);
    if (k->type != BASSIN_TEXT)
        return;
    bassin_words *w = &k->words;
    uint64_t bytes = w->start != NULL ? w->start[w->count] : 0;
    carry_u32(c, &w->count);
    carry_u64(c, &bytes);
    CARRY_ARRAY(c, w->start, (size_t)w->count + 1, name);
    CARRY_ARRAY(c, w->bytes, (size_t)bytes, name);
}

/* "places.population", "venues.function_c"; the descriptor is not there yet on the worker's side,
 * so that names travel too. */
static const char *input_name(carrier *c, size_t input, char buffer[NAME_BYTES])
{
    const char *name = buffer;
    if (c->from == NULL) {
        const bassin_input *is = descriptor_input(c->job->is, input);
        (void)snprintf(buffer, NAME_BYTES, "%s.%s", is->table, is->column);
    }
    carry_text(c, &name);
    return name;
}

static void carry_inputs(carrier *c, bassin_job *seen, size_t count)
{
    bassin_columns *in = NULL;
    char buffer[NAME_BYTES];
    if (c->from != NULL && (in = carrier_room(c, count, sizeof *in)) == NULL)
        return;
    for (size_t i = 0; i < count && !c->failed; i++) {
        uint32_t members = in == NULL ? seen->in[i].count : 0;
        const char *name = input_name(c, i, buffer);
        carry_u32(c, &members);
        bassin_column *items = in != NULL ? carrier_room(c, members, sizeof *items) : NULL;
        for (size_t m = 0; m < members && !c->failed; m++) {
            bassin_column one = {.type = 0};
            if (in == NULL)
                one = seen->in[i].items[m];
            carry_column(c, &one, name);
            if (items != NULL)
                items[m] = one;
        }
        if (in != NULL)
            in[i] = (bassin_columns){.items = items, .count = members, .stride = sizeof *items};
    }
    if (in != NULL)
        seen->in = in;
}

static void carry_points(carrier *c, bassin_job *seen)
{
    const size_t places = seen->place_count, venues = seen->venue_count;
    CARRY_ARRAY(c, seen->place_kept, places, "place_kept");
    CARRY_ARRAY(c, seen->place_lon, places, "place_lon");
    CARRY_ARRAY(c, seen->place_lat, places, "place_lat");
    CARRY_ARRAY(c, seen->venue_lon, venues, "venue_lon");
    CARRY_ARRAY(c, seen->venue_lat, venues, "venue_lat");
    CARRY_ARRAY(c, seen->place_x_m, places, "place_x_m");
    CARRY_ARRAY(c, seen->place_y_m, places, "place_y_m");
    CARRY_ARRAY(c, seen->venue_x_m, venues, "venue_x_m");
    CARRY_ARRAY(c, seen->venue_y_m, venues, "venue_y_m");
    CARRY_ARRAY(c, seen->venue_open, venues, "venue_open");
    CARRY_ARRAY(c, seen->venue_place, venues, "venue_place");
}

static void carry_costs_fields(carrier *c, bassin_costs *k)
{
    carry_u32(c, &k->estimate);
    carry_text(c, &k->mode);
    carry_text(c, &k->mode_title_fr);
    carry_text(c, &k->mode_title_en);
    carry_f64(c, &k->limit_min);
    carry_size(c, &k->place_count);
    carry_size(c, &k->venue_count);
    size_t entries = k->venue_start != NULL ? (size_t)k->venue_start[k->venue_count] : 0;
    carry_size(c, &entries);
    CARRY_ARRAY(c, k->venue_start, k->venue_count + 1, "costs");
    CARRY_ARRAY(c, k->venue_place, entries, "costs");
    CARRY_ARRAY(c, k->venue_minutes, entries, "costs");
    CARRY_ARRAY(c, k->venue_km, entries, "costs");
    CARRY_ARRAY(c, k->place_start, k->place_count + 1, "costs");
    CARRY_ARRAY(c, k->place_venue, entries, "costs");
    CARRY_ARRAY(c, k->place_minutes, entries, "costs");
    CARRY_ARRAY(c, k->place_km, entries, "costs");
    CARRY_ARRAY(c, k->place_state, k->place_count, "costs");
    CARRY_ARRAY(c, k->venue_state, k->venue_count, "costs");
}

static void carry_costs(carrier *c, bassin_job *seen)
{
    bassin_costs one = {.size = sizeof one};
    bassin_costs *own = carry_there(c, seen->costs, sizeof one);
    if (seen->costs != NULL)
        one = *seen->costs;
    if (own != NULL || seen->costs != NULL)
        carry_costs_fields(c, &one);
    if (own != NULL) {
        *own = one;
        seen->costs = own;
    }
}

static void carry_flows_fields(carrier *c, bassin_flows *f, size_t places)
{
    carry_size(c, &f->rows);
    carry_u32(c, &f->assumed_shares);
    CARRY_ARRAY(c, f->o, f->rows, "flows");
    CARRY_ARRAY(c, f->j, f->rows, "flows");
    CARRY_ARRAY(c, f->mode, f->rows, "flows");
    CARRY_ARRAY(c, f->occupation, f->rows, "flows");
    CARRY_ARRAY(c, f->workers, f->rows, "flows");
    CARRY_ARRAY(c, f->variance, f->rows, "flows");
    CARRY_ARRAY(c, f->crow_km, f->rows, "flows");
    CARRY_ARRAY(c, f->minutes, f->rows, "flows");
    CARRY_ARRAY(c, f->km, f->rows, "flows");
    CARRY_ARRAY(c, f->state, f->rows, "flows");
    CARRY_ARRAY(c, f->origin_start, places + 1, "flows");
    CARRY_ARRAY(c, f->abroad, f->rows, "flows");
    CARRY_ARRAY(c, f->abroad_crow_km, f->rows, "flows");
    CARRY_ARRAY(c, f->abroad_km, f->rows, "flows");
}

static void carry_flows(carrier *c, bassin_job *seen)
{
    bassin_flows one = {.size = sizeof one};
    bassin_flows *own = carry_there(c, seen->flows, sizeof one);
    if (seen->flows != NULL)
        one = *seen->flows;
    if (own != NULL || seen->flows != NULL)
        carry_flows_fields(c, &one, seen->place_count);
    if (own != NULL) {
        *own = one;
        seen->flows = own;
    }
}

static void carry_neighbours(carrier *c, bassin_job *seen)
{
    bassin_neighbours one = {.start = NULL};
    bassin_neighbours *own = carry_there(c, seen->neighbours, sizeof one);
    if (seen->neighbours != NULL)
        one = *seen->neighbours;
    if (own == NULL && seen->neighbours == NULL)
        return;
    size_t entries = one.start != NULL ? (size_t)one.start[seen->place_count] : 0;
    carry_size(c, &entries);
    CARRY_ARRAY(c, one.start, seen->place_count + 1, "neighbours");
    CARRY_ARRAY(c, one.place, entries, "neighbours");
    if (own != NULL) {
        *own = one;
        seen->neighbours = own;
    }
}

static void carry_level(carrier *c, bassin_level *l, size_t places)
{
    l->size = sizeof *l;
    carry_text(c, &l->id);
    carry_size(c, &l->first_row);
    carry_size(c, &l->row_count);
    CARRY_ARRAY(c, l->of_place, places, "groups");
}

static void carry_groups(carrier *c, bassin_job *seen)
{
    bassin_groups *own = carry_there(c, seen->groups, sizeof *own);
    if (own == NULL && seen->groups == NULL)
        return;
    size_t rows = seen->groups != NULL ? seen->groups->rows : 0;
    uint32_t count = seen->groups != NULL ? seen->groups->levels.count : 0;
    carry_size(c, &rows);
    carry_u32(c, &count);
    bassin_level *levels = own != NULL ? carrier_room(c, count, sizeof *levels) : NULL;
    for (size_t i = 0; i < count && !c->failed; i++) {
        bassin_level one = {.id = NULL};
        if (levels == NULL)
            one = ((const bassin_level *)seen->groups->levels.items)[i];
        carry_level(c, &one, seen->place_count);
        if (levels != NULL)
            levels[i] = one;
    }
    if (own != NULL) {
        *own = (bassin_groups){
            .levels = {.items = levels, .count = count, .stride = sizeof *levels}, .rows = rows};
        seen->groups = own;
    }
}

static void carry_seen(carrier *c, bassin_job *seen, size_t inputs)
{
    uint64_t english = (uint64_t)seen->english;
    carry_size(c, &seen->place_count);
    carry_size(c, &seen->venue_count);
    carry_u64(c, &seen->seed);
    carry_u64(c, &english);
    carry_f64(c, &seen->cell_m);
    seen->size = sizeof *seen;
    seen->english = (int32_t)english;
    carry_inputs(c, seen, inputs);
    carry_points(c, seen);
    carry_costs(c, seen);
    carry_flows(c, seen);
    carry_neighbours(c, seen);
    carry_groups(c, seen);
}

/* --- parameters and outputs --- */

static void carry_param(carrier *c, plugin_param *p)
{
    carry_f64(c, &p->low);
    carry_f64(c, &p->high);
    carry_u32(c, &p->value.count);
    carry_text(c, &p->value.text);
    CARRY_ARRAY(c, p->value.value, p->value.count, "parameters");
}

static void carry_params(carrier *c, const plugin_param *params, wired_job *to)
{
    size_t count = to == NULL ? c->job->is->params.count : to->param_count;
    plugin_param *own = to != NULL ? carrier_room(c, count, sizeof *own) : NULL;
    for (size_t i = 0; i < count && !c->failed; i++) {
        plugin_param one = {.is = NULL};
        if (own == NULL)
            one = params[i];
        carry_param(c, &one);
        if (own != NULL)
            own[i] = one;
    }
    if (to != NULL)
        to->job.params = to->params = own;
}

static void carry_made_column(carrier *c, made_column *m, size_t bytes, bool in_base)
{
    carry_text(c, &m->name);
    carry_size(c, &m->rows);
    if (!in_base)
        return;
    const void *values = m->values, *state = m->state;
    carry_array(c, &values, m->rows, bytes, NULL);
    carry_array(c, &state, m->rows, sizeof *m->state, NULL);
    m->lent = true;
    if (c->from == NULL)
        return;
    memcpy(&m->values, &values, sizeof m->values); /* of the outputs: both sides write */
    memcpy(&m->state, &state, sizeof m->state);
}

static void carry_output(carrier *c, made_output *o)
{
    uint64_t is_text = o->is != NULL && o->is->type == BASSIN_TEXT;
    size_t bytes = o->is != NULL ? value_bytes(o->is->type) : 0;
    carry_u64(c, &is_text);
    carry_size(c, &bytes);
    carry_text(c, &o->table);
    carry_size(c, &o->made_table);
    carry_size(c, &o->rows);
    carry_size(c, &o->count);
    made_column *own = c->from != NULL ? carrier_room(c, o->count, sizeof *own) : NULL;
    for (size_t m = 0; m < o->count && !c->failed; m++) {
        made_column one = {.name = NULL};
        if (own == NULL)
            one = o->columns[m];
        carry_made_column(c, &one, bytes, o->made_table == NO_INDEX);
        if (own != NULL && is_text != 0 && o->made_table == NO_INDEX)
            one.text = carrier_room(c, one.rows, sizeof *one.text);
        if (own != NULL)
            own[m] = one;
    }
    if (own != NULL)
        o->columns = own;
}

static void carry_outputs(carrier *c, plugin_job *job, size_t count)
{
    made_output *own = c->from != NULL ? carrier_room(c, count, sizeof *own) : NULL;
    for (size_t i = 0; i < count && !c->failed; i++) {
        made_output one = {.is = NULL};
        if (own == NULL)
            one = job->outputs[i];
        carry_output(c, &one);
        if (own != NULL)
            own[i] = one;
    }
    if (own != NULL)
        job->outputs = own;
}

static void carry_job(carrier *c, plugin_job *job, wired_job *to)
{
    const bassin_plugin *is = job->is;
    size_t counts[5] = {0};
    if (is != NULL)
        memcpy(counts,
               (size_t[]){is->inputs.count, is->params.count, is->outputs.count, is->tables.count,
                          is->stages.count},
               sizeof counts);
    for (size_t i = 0; i < 5; i++)
        carry_size(c, &counts[i]);
    if (to != NULL) {
        to->input_count = counts[0];
        to->param_count = counts[1];
        to->output_count = counts[2];
        to->table_count = counts[3];
        to->stage_count = counts[4];
    }
    uint64_t key = (uint64_t)job->key.word[0] << 32 | job->key.word[1];
    carry_u64(c, &key);
    job->key = (random_key){.word = {(uint32_t)(key >> 32), (uint32_t)key}};
    carry_text(c, &job->names.places);
    carry_seen(c, &job->seen, counts[0]);
    carry_params(c, job->params, to);
    carry_outputs(c, job, counts[2]);
}

/* --- the program's side --- */

static status image_fill(carrier *c, shared_memory *image, error *err)
{
    status s = shared_memory_new(image, "bassin-image", c->image_size, err);
    if (s != STATUS_OK)
        return s;
    for (size_t i = 0; i < c->copy_count; i++) {
        if (c->copies[i].bytes > 0)
            memcpy((unsigned char *)image->at + c->copies[i].offset, c->copies[i].from,
                   c->copies[i].bytes);
    }
    return shared_memory_freeze(image, err);
}

status job_wire_pack(const plugin_job *job, job_wire *out, error *err)
{
    plugin_job shallow = *job; /* carried fields are read, then told the same */
    *out = (job_wire){.image = {.fd = -1}};
    carrier c = {.to = &out->bytes, .job = job};
    carry_job(&c, &shallow, NULL);
    status s = c.failed || out->bytes.failed ? memory_error(err, c.image_size)
                                             : image_fill(&c, &out->image, err);
    out->fds[out->fd_count++] = out->image.fd;
    out->fds[out->fd_count++] = job->lent.fd;
    for (size_t i = 0; i < c.region_count; i++)
        out->fds[out->fd_count++] = job->regions[c.region_of[i]].fd;
    memory_free(c.copies);
    return s;
}

void job_wire_clear(job_wire *w)
{
    pack_writer_clear(&w->bytes);
    shared_memory_clear(&w->image);
}

/* --- the worker's side --- */

#ifdef BASSIN_WITHOUT_READ_ONLY_INPUTS /* cmake/flags.cmake */
enum { INPUT_PROTECTION = PROT_READ | PROT_WRITE, INPUT_SHARING = MAP_PRIVATE };
#else
enum { INPUT_PROTECTION = PROT_READ, INPUT_SHARING = MAP_SHARED };
#endif

static status map_one(carrier *c, size_t place, int fd, error *err)
{
    struct stat facts;
    const bool outputs = place == IN_OUTPUTS;
    if (fstat(fd, &facts) != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_APART_MAP, SYSTEM_CAUSE(errno));
    c->size[place] = (size_t)facts.st_size;
    if (facts.st_size > 0) {
        c->base[place] =
            mmap(NULL, c->size[place], outputs ? PROT_READ | PROT_WRITE : INPUT_PROTECTION,
                 outputs ? MAP_SHARED : INPUT_SHARING, fd, 0);
        if (c->base[place] == MAP_FAILED)
            return error_set(err, STATUS_ENVIRONMENT, M_APART_MAP, SYSTEM_CAUSE(errno));
    }
    (void)close(fd);
    return STATUS_OK;
}

status job_wire_open(pack_reader *r, const int *fds, size_t fd_count, arena *memory, wired_job *out,
                     error *err)
{
    carrier c = {.from = r, .memory = memory};
    *out = (wired_job){.options = {.threads = 1}};
    out->job = (plugin_job){.suffix = "", .memory = memory, .stage = NO_INDEX};
    if (fd_count > JOB_WIRE_FDS)
        return error_set(err, STATUS_ENVIRONMENT, M_APART_SHAPE);
    for (size_t i = 0; i < fd_count; i++) {
        status s = map_one(&c, IN_IMAGE + i, fds[i], err);
        if (s != STATUS_OK)
            return s;
    }
    carry_job(&c, &out->job, out);
    if (c.failed || r->failed)
        return error_set(err, STATUS_ENVIRONMENT, M_APART_SHAPE);
    return nearest_venues_new(&out->job.nearest, out->job.seen.venue_lon, out->job.seen.venue_lat,
                              out->job.seen.venue_count, err);
}

bool job_wire_join(wired_job *w, const bassin_plugin *is)
{
    plugin_job *job = &w->job;
    if (is->inputs.count != w->input_count || is->params.count != w->param_count ||
        is->outputs.count != w->output_count || is->tables.count != w->table_count ||
        is->stages.count != w->stage_count)
        return false;
    job->is = is;
    for (size_t i = 0; i < w->param_count; i++)
        w->params[i].is = descriptor_param(is, i);
    for (size_t i = 0; i < w->output_count; i++)
        job->outputs[i].is = descriptor_output(is, i);
    job->tables = arena_take(job->memory, w->table_count, sizeof *job->tables);
    for (size_t t = 0; job->tables != NULL && t < w->table_count; t++)
        job->tables[t].is = descriptor_table(is, t);
    shared_outputs_part(job, w->output_count);
    return job->tables != NULL;
}
