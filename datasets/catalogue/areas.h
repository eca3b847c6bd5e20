/* datasets/catalogue/areas.h: départements, their régions and the old régions that road extracts
 * are cut by; and what a TERRITORY typed on the command line means. */
#ifndef CATALOGUE_AREAS_H
#define CATALOGUE_AREAS_H

#include "datasets/catalogue/catalogue.h"

typedef struct area {
    const char *departement, *name, *region, *region_name;
    const char *osm_area; /* "" no extract of its own */
} area;

typedef struct areas {
    const area *at; /* in the order of départements.csv */
    size_t count;
    arena *memory;
} areas;
MUST_CHECK status areas_read(const char *path, areas **out, faults *faults_list);
void areas_free(areas *a); /* takes NULL */

/* A territory as typed: "departement:77", "region:11", "epci:200040251", "commune:77288",
 * "metropole", "france", a name ("Seine-et-Marne"), or a code that reads one way only. */
typedef struct territory_word {
    territory_level level;
    const char *code; /* "" for france and metropole, and until the name is found */
    const char *name; /* of the département or région, "France"; else as typed */
    const char *keep; /* as a run file says it: "departement:77"; NULL until it is known */
    const area **in;  /* the areas it lies in; none until they are known */
    size_t in_count;
} territory_word;

/* STATUS_USAGE for a word that means nothing, or two things. A name that is no département and no
 * région, and an EPCI, wait for territory_word_find: `keep` or `in` is then missing. */
MUST_CHECK status territory_word_read(const areas *known, const char *typed, arena *memory,
                                      territory_word *out, error *err);
static inline bool territory_word_is_whole(const territory_word *w)
{
    return w->keep && w->in_count > 0;
}
/* Finds it among communes: a table with `code`, and `name`, `epci`, `epci_name` where it has them
 * (roles membership, names). Leaves the word as it was when the table does not tell; STATUS_USAGE
 * when the name is several things. */
MUST_CHECK status territory_word_find(const areas *known, const table *communes, arena *memory,
                                      territory_word *w, error *err);
/* What the word could not be; names near it. */
status territory_word_unknown(const areas *known, const territory_word *w, error *err);

/* Whether it holds a département overseas, one of the mainland. */
bool territory_word_overseas(const territory_word *w);
bool territory_word_mainland(const territory_word *w);

#endif
