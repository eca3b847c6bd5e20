/* network/build/network_build.h: a network out of files, whatever they are; and its file.
 *
 * The steps are told to `progress` ("roads", "components", "hierarchy", "file"); its cancel flag
 * ends the work within a second and leaves no file. [main thread] */
#ifndef NETWORK_BUILD_H
#define NETWORK_BUILD_H

#include "base/worker.h"
#include "network/build/dimacs_build.h"
#include "network/build/line_build.h"
#include "network/build/network_source.h"

typedef struct network_request {
    const char *const *files; /* of one kind; several: OpenStreetMap extracts alone */
    size_t file_count;
    const char *profile;       /* the file of a profile, for OpenStreetMap */
    const line_options *lines; /* columns and tolerance of a layer of lines, its path apart; NULL:
                                  what is recognised */
    const char *urban;         /* a layer of areas where the profile's peak factor holds; NULL */
    const char *coordinates;   /* of a .gr; NULL */
    dimacs_unit coordinates_unit;
    uint32_t units_per_minute; /* of the weights of a .gr */
    bool hierarchy;            /* made and written too */
    int threads;               /* 0: as many as the machine gives; nothing made depends on it */
    progress *progress;        /* never NULL */
    zygote *workers;           /* NULL: files are read in this process */
} network_request;

/* Kind of the files, and bytes that the work takes at most, before any of it. */
typedef struct network_outlook {
    network_source source;
    uint64_t memory;
} network_outlook;
MUST_CHECK status network_foresee(const network_request *r, network_outlook *out,
                                  faults *faults_list);

/* In memory, with the hierarchy that the request asks for. */
MUST_CHECK status network_build(const network_request *r, const network_outlook *outlook,
                                network **out, faults *faults_list);

/* What was written. */
typedef struct network_written {
    uint32_t node_count, arc_count, component_count, main_size, units_per_minute, split_nodes;
    uint64_t shortcuts; /* arcs of the hierarchy; 0: there is none */
    uint64_t bytes;
    network_positions positions;
    bool lengths;
} network_written;
/* ... and into a file. */
MUST_CHECK status network_build_file(const network_request *r, const network_outlook *outlook,
                                     const char *path, network_written *out, faults *faults_list);

#endif
