/* territory/addresses_index.h: what the index of addresses is made of. For this room only. */
#ifndef TERRITORY_ADDRESSES_INDEX_H
#define TERRITORY_ADDRESSES_INDEX_H

#include "base/hash.h"
#include "territory/addresses.h"

/* Texts are ranks in the order of bytes, so that the order of files and rows changes nothing; 0:
 * none. While tables are read they are indices of an interner, plus 1. */
typedef struct address_row {
    uint32_t commune, old, postcode; /* codes */
    uint32_t name;                   /* the street, spelled */
    uint32_t label;                  /* the street, as written */
    uint32_t number, suffix;
    double lon, lat;
} address_row;

typedef struct street {
    uint32_t commune; /* position among the communes */
    uint32_t old, name;
    size_t first, count; /* rows, by number and suffix */
} street;

typedef struct street_name {
    const char *text;
    size_t type_size;
    const uint32_t *trigram; /* of the name without its kind of way */
    size_t trigram_count;
} street_name;

typedef struct commune_entry {
    const char *code;
    size_t first, count; /* streets */
} commune_entry;

/* A postcode and a commune, or a former commune's code and the commune that holds it. */
typedef struct link {
    const char *key;
    uint32_t commune;
} link;

struct addresses {
    arena *memory;
    interner *texts;         /* codes, suffixes, postcodes, streets as written */
    const char **text;       /* by rank: the order of bytes; text[0] is "" */
    const char **now, **old; /* by rank of a code: the commune's name, the former commune's */
    address_row *rows;
    size_t row_count;
    street *streets;
    size_t street_count;
    street_name *names;
    size_t name_count;
    commune_entry *communes;
    size_t commune_count;
    link *postcodes, *former;
    size_t postcode_count, former_count;
};

#endif
