/* network/source/dimacs.h: graphs in the text format of the ninth DIMACS challenge on shortest
 * paths (2006): "p sp NODES ARCS", "a FROM TO WEIGHT", "c anything"; positions beside, "p aux sp co
 * NODES" and "v NODE X Y". Also inside a .gz or a .zip.
 *
 * Every fault is told with its line, fifty of a file at most. Loops, parallel arcs and weights of 0
 * are kept. */
#ifndef NETWORK_DIMACS_H
#define NETWORK_DIMACS_H

#include "base/progress.h"

enum { DIMACS_WEIGHT_MAX = INT32_MAX };

typedef struct dimacs_arc {
    uint32_t from, to; /* from 0 */
    uint32_t weight;
} dimacs_arc;

typedef struct dimacs_graph {
    uint32_t node_count;
    uint32_t first_id; /* of node 0: 1, or 0 in a file without a line p, which numbers from 0 */
    size_t arc_count;
    dimacs_arc *arcs; /* in the order of the file */
    int32_t *x, *y;   /* NULL until dimacs_positions_read */
} dimacs_graph;
void dimacs_graph_clear(dimacs_graph *g);

/* Unit of the positions of a .co file. */
typedef enum dimacs_unit {
    DIMACS_METRES,      /* x, y in a plane, within 40,000 km: kept */
    DIMACS_MICRODEGREES /* longitude, latitude: made 1e-7 degrees */
} dimacs_unit;

/* Whether a text begins as a .gr: comments, then a line p or a line a. */
bool dimacs_like(const char *bytes, size_t size);

/* The numbers of the line p among the first bytes of a text; false: there is none. */
bool dimacs_announced(const char *bytes, size_t size, uint64_t *nodes, uint64_t *arcs);

/* `p` may be NULL; cleared with dimacs_graph_clear, also after a failure. */
MUST_CHECK status dimacs_read(const char *path, int threads, progress *p, dimacs_graph *out,
                              faults *faults_list);
/* Positions of every node of `g`, each once. */
MUST_CHECK status dimacs_positions_read(const char *path, dimacs_unit unit, int threads,
                                        progress *p, dimacs_graph *g, faults *faults_list);
/* The same from memory; `name` stands in messages. */
MUST_CHECK status dimacs_parse(const char *bytes, size_t size, const char *name, int threads,
                               progress *p, dimacs_graph *out, faults *faults_list);
MUST_CHECK status dimacs_positions_parse(const char *bytes, size_t size, const char *name,
                                         dimacs_unit unit, int threads, progress *p,
                                         dimacs_graph *g, faults *faults_list);

#endif
