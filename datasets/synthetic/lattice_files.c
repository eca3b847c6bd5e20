/* A street lattice as files: row by row, two rows in memory. */
#include <math.h>
#include <string.h>

#include "datasets/synthetic/files.h"
#include "datasets/synthetic/lattice.h"
#include "datasets/synthetic/messages.h"
#include "geo/projection.h"
#include "network/source/pbf.h"

enum { CROSSING_NONE = UINT32_MAX };

/* Numbers of the crossings of one row, from `first`; returns how many there are. */
static uint32_t number_row(const lattice *a, uint32_t j, uint32_t first, uint32_t *number)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->columns; i++)
        number[i] = lattice_has(a, i, j) ? first + count++ : CROSSING_NONE;
    return count;
}

static uint32_t *rows_take(const lattice *a)
{
    return arena_take(a->land->memory, (size_t)a->columns * 2, sizeof(uint32_t));
}

/* --- DIMACS --- */

typedef struct gr_counts {
    uint32_t crossings, arcs;
} gr_counts;

static gr_counts count_all(const lattice *a)
{
    gr_counts n = {0};
    for (uint32_t j = 0; j < a->rows; j++)
        for (uint32_t i = 0; i < a->columns; i++) {
            if (!lattice_has(a, i, j))
                continue;
            n.crossings++;
            for (uint32_t dir = 0; dir < 2; dir++) {
                const lattice_way way = lattice_street(a, i, j, dir);
                n.arcs += way == LATTICE_CLOSED ? 0 : way == LATTICE_BOTH ? 2 : 1;
            }
        }
    return n;
}

static void write_arcs(output *o, const lattice *a, uint32_t i, uint32_t j, uint32_t dir,
                       uint32_t from, uint32_t to)
{
    uint32_t ms[2];
    const lattice_way way = lattice_street(a, i, j, dir);
    if (way == LATTICE_CLOSED)
        return;
    lattice_times(a, i, j, dir, ms);
    if (way != LATTICE_BACK)
        output_format(o, "a %u %u %u\n", from + 1, to + 1, ms[0]);
    if (way != LATTICE_ONWARD)
        output_format(o, "a %u %u %u\n", to + 1, from + 1, ms[1]);
}

static status write_gr(const lattice *a, const char *folder, gr_counts n, error *err)
{
    output o;
    uint32_t *here = rows_take(a), *above = here == NULL ? NULL : here + a->columns, first = 0;
    if (here == NULL)
        return memory_error(err, (size_t)a->columns * 8);
    status s = output_open(&o, folder, "routes.gr", err);
    if (s == STATUS_OK)
        output_format(&o, "p sp %u %u\n", n.crossings, n.arcs);
    first = number_row(a, 0, 0, here);
    for (uint32_t j = 0; s == STATUS_OK && j < a->rows; j++) {
        first += number_row(a, j + 1, first, above);
        for (uint32_t i = 0; i < a->columns; i++) {
            if (here[i] == CROSSING_NONE)
                continue;
            if (i + 1 < a->columns)
                write_arcs(&o, a, i, j, 0, here[i], here[i + 1]);
            write_arcs(&o, a, i, j, 1, here[i], above[i]);
        }
        uint32_t *other = here;
        here = above;
        above = other;
    }
    return output_close(&o, s, err);
}

/* Positions of the crossings of one row, in degrees; returns how many. */
static size_t row_degrees(const lattice *a, uint32_t j, projection *p, double *lon, double *lat,
                          status *s, error *err)
{
    size_t count = 0;
    for (uint32_t i = 0; i < a->columns; i++)
        if (lattice_has(a, i, j)) {
            lattice_point(a, i, j, &lon[count], &lat[count]);
            count++;
        }
    if (count > 0)
        *s = projection_apply(p, lon, lat, count, NULL, err);
    return count;
}

static status write_co(const lattice *a, const char *folder, gr_counts n, error *err)
{
    output o;
    projection *p = NULL;
    unsigned long long number = 0;
    double *lon = arena_take(a->land->memory, (size_t)a->columns * 2, sizeof *lon);
    if (lon == NULL)
        return memory_error(err, (size_t)a->columns * 16);
    double *lat = lon + a->columns;
    status s = output_open(&o, folder, "routes.co", err);
    if (s == STATUS_OK)
        s = projection_new(&p, 2154, 4326, err);
    if (s == STATUS_OK)
        output_format(&o, "p aux sp co %u\n", n.crossings);
    for (uint32_t j = 0; s == STATUS_OK && j < a->rows; j++) {
        const size_t count = row_degrees(a, j, p, lon, lat, &s, err);
        for (size_t k = 0; s == STATUS_OK && k < count; k++)
            output_format(&o, "v %llu %.0f %.0f\n", ++number, 1e6 * lon[k], 1e6 * lat[k]);
    }
    projection_free(p);
    return output_close(&o, s, err);
}

status write_lattice_gr(const lattice *a, const char *folder, error *err)
{
    const gr_counts n = count_all(a);
    const status s = write_gr(a, folder, n, err);
    return s == STATUS_OK ? write_co(a, folder, n, err) : s;
}

/* --- OSM PBF --- */

static const osm_tag class_tags[LATTICE_CLASSES] = {
    {"highway", "residential"}, {"highway", "unclassified"}, {"highway", "tertiary"},
    {"highway", "secondary"},   {"highway", "primary"},      {"highway", "trunk"}};
static const osm_tag one_way_tags[2][2] = {{{"highway", "residential"}, {"oneway", "yes"}},
                                           {{"highway", "residential"}, {"oneway", "-1"}}};
enum { WAY_CROSSINGS_MAX = 40, FIRST_NODE = 30000001, FIRST_WAY = 40000001 };

typedef struct map {
    const lattice *lattice;
    osm_node *nodes;
    osm_way *ways;
    int64_t *refs;
    uint32_t *number; /* of every place of the lattice */
    size_t node_count, way_count, ref_count;
    bool open; /* the last way may go on */
} map;

static int64_t node_at(const map *m, uint32_t i, uint32_t j)
{
    return FIRST_NODE + (int64_t)m->number[(size_t)j * m->lattice->columns + i];
}

static void way_begin(map *m, int64_t from, const osm_tag *tags, size_t tag_count)
{
    m->ways[m->way_count] = (osm_way){.id = FIRST_WAY + (int64_t)m->way_count,
                                      .nodes = m->refs + m->ref_count,
                                      .node_count = 1,
                                      .tags = tags,
                                      .tag_count = tag_count};
    m->way_count++;
    m->refs[m->ref_count++] = from;
}

static void way_go_on(map *m, int64_t to)
{
    m->refs[m->ref_count++] = to;
    m->ways[m->way_count - 1].node_count++;
}

/* Streets open both ways are joined along their line, the others stand alone. */
static void map_street(map *m, uint32_t i, uint32_t j, uint32_t dir)
{
    const lattice_way way = lattice_street(m->lattice, i, j, dir);
    const int64_t from = node_at(m, i, j), to = node_at(m, i + (dir == 0), j + (dir == 1));
    if (way == LATTICE_CLOSED) {
        m->open = false;
        return;
    }
    const bool both = way == LATTICE_BOTH;
    if (!both || !m->open || m->ways[m->way_count - 1].node_count >= WAY_CROSSINGS_MAX)
        way_begin(m, from,
                  both ? &class_tags[lattice_class(dir == 0 ? j : i)]
                       : one_way_tags[way == LATTICE_BACK],
                  both ? 1 : 2);
    way_go_on(m, to);
    m->open = both;
}

static status map_nodes(map *m, error *err)
{
    const lattice *a = m->lattice;
    projection *p = NULL;
    double *lon = arena_take(a->land->memory, (size_t)a->columns * 2, sizeof *lon);
    if (lon == NULL)
        return memory_error(err, (size_t)a->columns * 16);
    double *lat = lon + a->columns;
    status s = projection_new(&p, 2154, 4326, err);
    for (uint32_t j = 0; s == STATUS_OK && j < a->rows; j++) {
        (void)number_row(a, j, (uint32_t)m->node_count, m->number + (size_t)j * a->columns);
        const size_t count = row_degrees(a, j, p, lon, lat, &s, err);
        for (size_t k = 0; s == STATUS_OK && k < count; k++, m->node_count++)
            m->nodes[m->node_count] = (osm_node){.id = FIRST_NODE + (int64_t)m->node_count,
                                                 .lon = round(lon[k] * 1e7) / 1e7,
                                                 .lat = round(lat[k] * 1e7) / 1e7};
    }
    projection_free(p);
    return s;
}

static status map_new(map *m, const lattice *a, error *err)
{
    const size_t places = (size_t)a->columns * a->rows;
    const gr_counts n = count_all(a);
    arena *memory = a->land->memory;
    *m = (map){.lattice = a};
    if (n.crossings > LATTICE_PBF_MAX)
        return error_set(err, STATUS_USAGE, M_SYNTHETIC_PBF, (unsigned)n.crossings,
                         (unsigned)LATTICE_PBF_MAX);
    m->nodes = arena_take(memory, n.crossings, sizeof *m->nodes);
    m->ways = arena_take(memory, n.arcs, sizeof *m->ways);
    m->refs = arena_take(memory, 2 * (size_t)n.arcs, sizeof *m->refs);
    m->number = arena_take(memory, places, sizeof *m->number);
    return m->nodes == NULL || m->ways == NULL || m->refs == NULL || m->number == NULL
               ? memory_error(err, n.crossings * sizeof *m->nodes)
               : STATUS_OK;
}

status write_lattice_pbf(const lattice *a, const char *folder, error *err)
{
    map m;
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/routes.osm.pbf", folder);
    status s = map_new(&m, a, err);
    if (s == STATUS_OK)
        s = map_nodes(&m, err);
    for (uint32_t j = 0; s == STATUS_OK && j < a->rows; j++, m.open = false)
        for (uint32_t i = 0; i + 1 < a->columns; i++)
            map_street(&m, i, j, 0);
    for (uint32_t i = 0; s == STATUS_OK && i < a->columns; i++, m.open = false)
        for (uint32_t j = 0; j + 1 < a->rows; j++)
            map_street(&m, i, j, 1);
    return s == STATUS_OK ? osm_pbf_write(path, m.nodes, m.node_count, m.ways, m.way_count, err)
                          : s;
}
