/* territory/addresses.h: addresses of the Base Adresse Nationale, found by street and number.
 * Immutable once built; any thread. */
#ifndef TERRITORY_ADDRESSES_H
#define TERRITORY_ADDRESSES_H

#include "territory/importer.h"

/* What a row says of its address; "" where it says nothing. */
typedef struct address_query {
    const char *address; /* "12 bis, av. du Général Leclerc" */
    const char *postcode, *city;
    const char *code; /* of the commune, or "" */
} address_query;

typedef enum address_class {
    ADDRESS_NONE = 0,
    ADDRESS_HOUSENUMBER, /* that number */
    ADDRESS_STREET,      /* the nearest number, or the middle of the street */
    ADDRESS_LOCALITY     /* a lieu-dit */
} address_class;

enum { ADDRESS_LABEL_BYTES = 200 };
typedef struct address_match {
    address_class class;
    double score; /* 0..1 */
    double lon, lat;
    double spread_km; /* the point may be that far from the true one; 0 for a number */
    char code[8];     /* commune in the file */
    char label[ADDRESS_LABEL_BYTES]; /* "12bis Avenue du Général Leclerc 77000 Melun" */
} address_match;

typedef struct address_result {
    address_match best, second; /* class ADDRESS_NONE: none. `second` is another street */
    bool ambiguous;             /* two streets as good, apart: best must not be used */
    double apart_km;            /* between both */
    char commune[8];            /* the only one that was called for; "" none or several */
} address_result;

typedef struct addresses addresses;
/* From tables of the role addresses: street, number, suffix, postcode, code, city, old_code,
 * old_city, lon, lat. `tables` must outlive the index. */
MUST_CHECK status addresses_build(const imported *const *tables, size_t count, addresses **out,
                                  faults *faults_list);
void addresses_free(addresses *a);
void addresses_find(const addresses *a, const address_query *query, address_result *out);
size_t addresses_count(const addresses *a);

#endif
