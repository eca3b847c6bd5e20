#include "fuzz_roads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "network/build/osm_build.h"
#include "network/source/osm_roads.h"

static void must(bool good)
{
    if (!good)
        abort();
}

static faults *faults_made(void)
{
    error err = {0};
    faults *list = NULL;
    must(faults_new(&list, &err) == STATUS_OK);
    return list;
}

/* What is refused says why, in text that a terminal can show. */
static void told(const faults *list, status result)
{
    size_t refused = 0;
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        const char *const texts[] = {f->fr, f->en};
        for (size_t k = 0; k < 2; k++) {
            size_t size = strlen(texts[k]);
            must(size > 0 && text_utf8_valid_prefix(texts[k], size) == size);
            for (size_t c = 0; c < size; c++)
                must((unsigned char)texts[k][c] >= ' ');
        }
        refused += f->severity == SEVERITY_FAULT;
    }
    must((result == STATUS_OK) == (refused == 0));
}

static road_profile *the_car;

static void car_free(void)
{
    road_profile_free(the_car);
}

static const road_profile *car(void)
{
    faults *list = faults_made();
    if (!the_car) {
        must(road_profile_read(BASSIN_SOURCE_DIR "/datasets/reference/profile_car.csv", &the_car,
                               list) == STATUS_OK);
        must(atexit(car_free) == 0);
    }
    faults_free(list);
    return the_car;
}

static void draft_whole(const road_draft *d)
{
    for (size_t a = 0; a < d->arc_count; a++)
        must(d->arcs[a].from < d->node_count && d->arcs[a].to < d->node_count &&
             d->arcs[a].way < d->way_count);
    for (size_t w = 0; w < d->way_count; w++)
        must(d->way_name[w] < d->word_count && d->way_class[w] < d->word_count);
    must(d->word_count > 0 && d->word_bytes[0] == '\0');
}

bool fuzz_network_osm(const uint8_t *bytes, size_t size)
{
    error err = {0};
    faults *list = faults_made();
    osm_roads *roads = NULL;
    road_draft draft = {0};
    network *made = NULL;
    osm_build_facts facts;
    const osm_build_options options = {.name = "map", .profile = car(), .threads = 1};
    status result = osm_roads_parse((const char *)bytes, size, "map", road_profile_wanted(car()), 1,
                                    &roads, list);
    must((result == STATUS_OK) == (roads != NULL));
    if (result == STATUS_OK) {
        result = osm_build(roads, &options, &draft, &facts, list);
        must(facts.ways_open + facts.ways_closed + facts.ways_short == roads->counts.ways ||
             result != STATUS_OK);
    }
    told(list, result);
    if (result == STATUS_OK) {
        draft_whole(&draft);
        must(network_make(&made, &draft, 1, NULL, &err) == STATUS_OK);
    } else {
        road_draft_clear(&draft);
    }
    network_free(made);
    osm_roads_free(roads);
    faults_free(list);
    return result == STATUS_OK;
}

bool fuzz_network_profile(const uint8_t *bytes, size_t size)
{
    char path[64];
    faults *list = faults_made();
    road_profile *p = NULL;
    int fd = memfd_create("profile", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    status result = road_profile_read(path, &p, list);
    must((result == STATUS_OK) == (p != NULL));
    told(list, result);
    if (p) {
        const road_wanted *w = road_profile_wanted(p);
        must(*road_profile_name(p) != '\0');
        for (size_t i = 0; i < w->key_count; i++)
            must(*w->keys[i] != '\0');
    }
    road_profile_free(p);
    faults_free(list);
    (void)close(fd);
    return result == STATUS_OK;
}
