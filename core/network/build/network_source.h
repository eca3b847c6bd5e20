/* network/build/network_source.h: what a file is that a network is to be made of. */
#ifndef NETWORK_SOURCE_H
#define NETWORK_SOURCE_H

#include "base/error.h"

typedef enum network_source {
    NETWORK_OF_DIMACS, /* .gr, also packed */
    NETWORK_OF_OSM,    /* PBF, or XML also packed */
    NETWORK_OF_LINES   /* a layer of lines */
} network_source;

/* By its first bytes, else by its name; refused with what is taken when it is none of these. */
MUST_CHECK status network_source_of(const char *path, network_source *out, faults *faults_list);

/* What a DIMACS file will make, for the memory that it takes: at most so many. */
typedef struct source_extent {
    uint64_t nodes, arcs;
    uint64_t file_bytes;
    uint64_t text_bytes; /* unpacked text held in memory; 0: the file is mapped */
} source_extent;
MUST_CHECK status network_source_extent(const char *path, network_source source, source_extent *out,
                                        error *err);

#endif
