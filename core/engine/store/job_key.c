#include "engine/store/job_key.h"

#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#include "engine/plugin/plugin_descriptor.h"

enum { SMALL_ARRAY = 1 << 16 /* bytes: below, digested each time */ };

/* A description while it is written. */
typedef struct key_text {
    job_store *store;
    text_buffer text;
    status result;
    error *err;
} key_text;

/* --- the machine --- */

/* The C library takes other routines where the processor has fused multiply-add. */
static const char *vector_level(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f"))
        return "x86_64 avx512";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return "x86_64 avx2";
    return "x86_64";
#elif defined(__aarch64__)
    return "aarch64";
#else
    return "other";
#endif
}

const char *job_cpu_level(char *buffer, size_t size)
{
#ifdef __GLIBC__
    (void)snprintf(buffer, size, "%s glibc %s", vector_level(), gnu_get_libc_version());
#else
    (void)snprintf(buffer, size, "%s", vector_level());
#endif
    return buffer;
}

/* --- items: each says its name and its length, so that none runs into the next --- */

static void add_text(key_text *k, const char *name, const char *value)
{
    if (value == NULL)
        text_add_format(&k->text, "%s -\n", name);
    else
        text_add_format(&k->text, "%s %zu %s\n", name, strlen(value), value);
}

static void add_count(key_text *k, const char *name, uint64_t value)
{
    text_add_format(&k->text, "%s %llu\n", name, (unsigned long long)value);
}

/* By its bits: -0 and 0 are two values. */
static void add_number(key_text *k, const char *name, double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    text_add_format(&k->text, "%s %016llx\n", name, (unsigned long long)bits);
}

static void add_array(key_text *k, const char *name, const void *at, size_t count, size_t size)
{
    sha256_hex digest = {""};
    if (at == NULL) {
        text_add_format(&k->text, "%s -\n", name);
        return;
    }
    const size_t bytes = count * size;
    if (bytes < SMALL_ARRAY)
        digest = sha256_of(at, bytes);
    else if (k->result == STATUS_OK)
        k->result = job_store_digest(k->store, at, bytes, &digest, k->err);
    text_add_format(&k->text, "%s %zu %s\n", name, bytes, digest.hex);
}

/* --- what a job sees --- */

static void add_words(key_text *k, const bassin_words *w)
{
    if (w->start == NULL)
        return;
    add_array(k, "starts", w->start, (size_t)w->count + 1, sizeof *w->start);
    add_array(k, "words", w->bytes, (size_t)w->start[w->count], 1);
}

static void add_column(key_text *k, const bassin_column *c)
{
    add_count(k, "type", (uint64_t)c->type);
    add_array(k, "values", c->at.raw, c->rows, value_bytes(c->type));
    add_array(k, "states", c->at.raw != NULL ? c->state : NULL, c->rows, sizeof *c->state);
    if (c->at.raw != NULL && c->type == BASSIN_TEXT)
        add_words(k, &c->words);
}

static void add_inputs(key_text *k, const plugin_job *job)
{
    for (size_t i = 0; i < job->is->inputs.count; i++) {
        const bassin_columns *in = &job->seen.in[i];
        add_count(k, "input", in->count);
        for (size_t m = 0; m < in->count; m++)
            add_column(k, &in->items[m]);
    }
}

static void add_params(key_text *k, const plugin_job *job)
{
    for (size_t i = 0; i < job->is->params.count; i++) {
        const plugin_param *p = &job->params[i];
        add_array(k, "param", p->value.value, p->value.count, sizeof *p->value.value);
        add_text(k, "text", p->value.text);
        add_number(k, "low", p->low);
        add_number(k, "high", p->high);
    }
}

static void add_territory(key_text *k, const bassin_job *j)
{
    const size_t places = j->place_count, venues = j->venue_count;
    add_array(k, "kept", j->place_kept, places, sizeof *j->place_kept);
    add_array(k, "place_lon", j->place_lon, places, sizeof *j->place_lon);
    add_array(k, "place_lat", j->place_lat, places, sizeof *j->place_lat);
    add_array(k, "place_x", j->place_x_m, places, sizeof *j->place_x_m);
    add_array(k, "place_y", j->place_y_m, places, sizeof *j->place_y_m);
    add_array(k, "venue_lon", j->venue_lon, venues, sizeof *j->venue_lon);
    add_array(k, "venue_lat", j->venue_lat, venues, sizeof *j->venue_lat);
    add_array(k, "venue_x", j->venue_x_m, venues, sizeof *j->venue_x_m);
    add_array(k, "venue_y", j->venue_y_m, venues, sizeof *j->venue_y_m);
    add_array(k, "open", j->venue_open, venues, sizeof *j->venue_open);
    add_array(k, "venue_place", j->venue_place, venues, sizeof *j->venue_place);
    add_number(k, "cell", j->cell_m);
}

static void add_costs(key_text *k, const bassin_costs *c)
{
    if (c == NULL)
        return;
    const size_t by_venue = (size_t)c->venue_start[c->venue_count];
    const size_t by_place = (size_t)c->place_start[c->place_count];
    add_text(k, "costs", c->mode);
    add_count(k, "estimate", c->estimate);
    add_number(k, "limit", c->limit_min);
    add_array(k, "venue_start", c->venue_start, c->venue_count + 1, sizeof *c->venue_start);
    add_array(k, "venue_place", c->venue_place, by_venue, sizeof *c->venue_place);
    add_array(k, "venue_minutes", c->venue_minutes, by_venue, sizeof *c->venue_minutes);
    add_array(k, "venue_km", c->venue_km, by_venue, sizeof *c->venue_km);
    add_array(k, "place_start", c->place_start, c->place_count + 1, sizeof *c->place_start);
    add_array(k, "place_venue", c->place_venue, by_place, sizeof *c->place_venue);
    add_array(k, "place_minutes", c->place_minutes, by_place, sizeof *c->place_minutes);
    add_array(k, "place_km", c->place_km, by_place, sizeof *c->place_km);
    add_array(k, "place_state", c->place_state, c->place_count, sizeof *c->place_state);
    add_array(k, "venue_state", c->venue_state, c->venue_count, sizeof *c->venue_state);
}

static void add_flows(key_text *k, const bassin_flows *f, size_t places)
{
    if (f == NULL)
        return;
    add_count(k, "flows", f->rows);
    add_array(k, "o", f->o, f->rows, sizeof *f->o);
    add_array(k, "j", f->j, f->rows, sizeof *f->j);
    add_array(k, "mode", f->mode, f->rows, sizeof *f->mode);
    add_array(k, "occupation", f->occupation, f->rows, sizeof *f->occupation);
    add_array(k, "workers", f->workers, f->rows, sizeof *f->workers);
    add_array(k, "variance", f->variance, f->rows, sizeof *f->variance);
    add_array(k, "crow_km", f->crow_km, f->rows, sizeof *f->crow_km);
    add_array(k, "minutes", f->minutes, f->rows, sizeof *f->minutes);
    add_array(k, "km", f->km, f->rows, sizeof *f->km);
    add_array(k, "state", f->state, f->rows, sizeof *f->state);
    add_array(k, "origins", f->origin_start, places + 1, sizeof *f->origin_start);
    add_count(k, "assumed", f->assumed_shares);
    add_array(k, "abroad", f->abroad, f->rows, sizeof *f->abroad);
    add_array(k, "abroad_crow_km", f->abroad_crow_km, f->rows, sizeof *f->abroad_crow_km);
    add_array(k, "abroad_km", f->abroad_km, f->rows, sizeof *f->abroad_km);
}

static void add_neighbours(key_text *k, const bassin_neighbours *n, size_t places)
{
    if (n == NULL)
        return;
    add_array(k, "neighbour_start", n->start, places + 1, sizeof *n->start);
    add_array(k, "neighbour", n->place, (size_t)n->start[places], sizeof *n->place);
}

static void add_groups(key_text *k, const bassin_groups *g, size_t places)
{
    if (g == NULL)
        return;
    add_count(k, "groups", g->rows);
    for (uint32_t i = 0; i < g->levels.count; i++) {
        const bassin_level *l =
            (const void *)((const char *)g->levels.items + (size_t)i * g->levels.stride);
        add_text(k, "level", l->id);
        add_count(k, "first", l->first_row);
        add_count(k, "rows", l->row_count);
        add_array(k, "of_place", l->of_place, places, sizeof *l->of_place);
    }
}

/* The format of what is kept is part of the program. */
static void add_program(key_text *k, const plugin_job *job)
{
    char level[64];
    sha256_hex program = {""};
    if (k->result == STATUS_OK)
        k->result = job_store_program(k->store, &program, k->err);
    add_text(k, "program", program.hex);
    add_text(k, "level", job_cpu_level(level, sizeof level));
    add_text(k, "plugin", job->is->id);
    add_text(k, "sha256", job->loaded->sha256);
    add_count(k, "abi_minor", BASSIN_ABI_MINOR);
    add_count(k, "mode", job->mode);
    add_text(k, "suffix", job->suffix);
    add_count(k, "seed", job->seen.seed);
    add_count(k, "english", (uint64_t)job->seen.english);
    add_count(k, "places", job->seen.place_count);
    add_count(k, "venues", job->seen.venue_count);
}

status job_key_of(const plugin_job *job, job_store *store, sha256_hex *out, error *err)
{
    key_text k = {.store = store, .err = err};
    const size_t places = job->seen.place_count;
    add_program(&k, job);
    add_params(&k, job);
    add_inputs(&k, job);
    add_territory(&k, &job->seen);
    add_costs(&k, job->seen.costs);
    add_flows(&k, job->seen.flows, places);
    add_neighbours(&k, job->seen.neighbours, places);
    add_groups(&k, job->seen.groups, places);
    if (k.result == STATUS_OK && k.text.failed)
        k.result = memory_error(err, k.text.size);
    if (k.result == STATUS_OK)
        *out = sha256_of(k.text.at, k.text.size);
    text_buffer_clear(&k.text);
    return k.result;
}
