/* Writes what bassin makes of a road file, for an independent program to check:
 *   road_export FILE.osm.pbf FOLDER THREADS PROFILE.csv
 * FOLDER/facts.txt (key value), nodes.txt (node id x y split), graph.txt (from to ds m), venues.txt
 * (venue node), snap.txt (place node m), times.txt (venue place minutes km). Every 37th node of the
 * network is a place, standing on the network; the ten venues are nodes spread over it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network/travel/costs.h"
#include "network/source/pbf.h"
#include "network/build/osm_build.h"
#include "network/travel/snap.h"

enum { VENUES = 10, PLACE_STEP = 37 };

static FILE *out_file(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    if (!f) {
        perror(path);
        exit(3);
    }
    return f;
}

static void stop(const faults *list, const error *err)
{
    char text[1024];
    for (size_t i = 0; list && i < faults_count(list); i++) {
        (void)fault_format(faults_at(list, i), LANGUAGE_EN, text, sizeof text);
        (void)fprintf(stderr, "%s\n", text);
    }
    if (err)
        (void)fprintf(stderr, "%s\n", err->en);
    exit(1);
}

static void write_graph(const network *g, const char *folder)
{
    FILE *f = out_file(folder, "graph.txt");
    for (uint32_t n = 0; n < g->node_count; n++)
        for (uint32_t i = g->to.start[n]; i < g->to.start[n + 1]; i++)
            (void)fprintf(f, "%u %u %u %u\n", g->to.link[i].node, n, g->to.link[i].time,
                          g->to.link[i].length_m);
    (void)fclose(f);
}

/* Node, id in the file, 1e-7 degrees, whether it is one of a split junction. */
static void write_nodes(const network *g, const char *folder)
{
    FILE *f = out_file(folder, "nodes.txt");
    for (uint32_t n = 0; n < g->node_count; n++)
        (void)fprintf(f, "%u %" PRId64 " %d %d %d\n", n, g->node_id[n], g->x[n], g->y[n],
                      (g->node_flags[n] & NODE_SPLIT) != 0);
    (void)fclose(f);
}

static void write_snaps(const char *folder, const char *name, const snaps *s)
{
    FILE *f = out_file(folder, name);
    for (size_t i = 0; i < s->count; i++)
        (void)fprintf(f, "%zu %u %.0f\n", i, s->node[i], s->m[i]);
    (void)fclose(f);
}

static void write_times(const costs *c, const char *folder)
{
    FILE *f = out_file(folder, "times.txt");
    for (size_t v = 0; v < c->venue_count; v++)
        for (uint64_t i = c->venue_start[v]; i < c->venue_start[v + 1]; i++)
            (void)fprintf(f, "%zu %u %.17g %.17g\n", v, c->venue_place[i], c->venue_minutes[i],
                          c->venue_km[i]);
    (void)fclose(f);
}

int main(int argc, char **argv)
{
    error err = {0};
    faults *list = NULL;
    osm_roads *roads = NULL;
    network *g = NULL;
    road_draft draft = {0};
    osm_build_facts built;
    road_profile *profile = NULL;
    if (argc != 5) {
        (void)fprintf(stderr, "road_export FILE.osm.pbf FOLDER THREADS PROFILE.csv\n");
        return 64;
    }
    int threads = (int)strtol(argv[3], NULL, 10);
    if (faults_new(&list, &err) || road_profile_read(argv[4], &profile, list) ||
        osm_roads_read(argv[1], road_profile_wanted(profile), threads, &roads, list))
        stop(list, &err);
    const osm_build_options options = {.name = argv[1], .profile = profile, .threads = threads};
    if (osm_build(roads, &options, &draft, &built, list) ||
        network_make(&g, &draft, threads, NULL, &err))
        stop(list, &err);
    write_graph(g, argv[2]);
    write_nodes(g, argv[2]);

    /* Points a little off the nodes, so that snapping has work to do. */
    size_t place_count = g->node_count / PLACE_STEP;
    double *lon = memory_new(place_count, sizeof *lon), *lat = memory_new(place_count, sizeof *lat);
    double venue_lon[VENUES], venue_lat[VENUES];
    if (!lon || !lat)
        return 3;
    for (size_t i = 0; i < place_count; i++) {
        lon[i] = network_lon(g, (uint32_t)(i * PLACE_STEP)) + 0.0004;
        lat[i] = network_lat(g, (uint32_t)(i * PLACE_STEP)) - 0.0003;
    }
    for (size_t v = 0; v < VENUES; v++) {
        uint32_t node = (uint32_t)((v * 2 + 1) * g->node_count / (2 * VENUES));
        venue_lon[v] = network_lon(g, node);
        venue_lat[v] = network_lat(g, node);
    }
    snapper *s = NULL;
    snaps places = {0}, venues = {0};
    if (snapper_new(&s, g, threads, &err) ||
        snap_points(s, lon, lat, place_count, threads, &places, &err) ||
        snap_points(s, venue_lon, venue_lat, VENUES, threads, &venues, &err))
        stop(list, &err);
    write_snaps(argv[2], "snap.txt", &places);
    write_snaps(argv[2], "venues.txt", &venues);

    const travel_mode mode = {.id = road_profile_name(profile),
                              .source = TRAVEL_ROADS,
                              .path = argv[1],
                              .network = g,
                              .limit_min = 12.5};
    const travel_points points = {.place_count = place_count,
                                  .venue_count = VENUES,
                                  .place_lon = lon,
                                  .place_lat = lat,
                                  .venue_lon = venue_lon,
                                  .venue_lat = venue_lat};
    cost_engine *engine = NULL;
    costs *c = NULL;
    if (cost_engine_new(&engine, &mode, &points, threads, NULL, NULL, list) ||
        cost_engine_venues(engine, &c, &err))
        stop(list, &err);
    write_times(c, argv[2]);

    const costs_facts *facts = cost_engine_facts(engine);
    FILE *f = out_file(argv[2], "facts.txt");
    for (size_t i = 0; i < facts->count; i++)
        (void)fprintf(f, "%s %s\n", facts->item[i].key, facts->item[i].value);
    (void)fclose(f);

    costs_free(c);
    cost_engine_free(engine);
    snaps_clear(&places);
    snaps_clear(&venues);
    snapper_free(s);
    memory_free(lon);
    memory_free(lat);
    network_free(g);
    osm_roads_free(roads);
    road_profile_free(profile);
    faults_free(list);
    return 0;
}
