/* datasets/starter/choose.h: which file of the data folder serves what. Private. */
#ifndef STARTER_CHOOSE_H
#define STARTER_CHOOSE_H

#include "datasets/catalogue/found.h"

enum { LISTS_MAX = 32 };

typedef struct chosen {
    /* The best of each role; NULL where there is none. */
    const found_file *communes, *names, *membership, *population, *density, *flows, *detail, *cells,
        *postcodes, *movements, *roads;
    const found_file *lists[LISTS_MAX]; /* of venues */
    size_t list_count;
    const found_file *zonings[LISTS_MAX]; /* one a zoning */
    size_t zoning_count;
    const found_file *contexts[LISTS_MAX]; /* one a source of numbers by commune */
    size_t context_count;
    const found_file *addresses[LISTS_MAX]; /* every file: one a département, and localities */
    size_t address_count;
    const found_file *themes[LISTS_MAX]; /* of the census of third places */
    size_t theme_count;
    const found_file *other_roads[LISTS_MAX]; /* when there are several extracts */
    size_t other_road_count;
} chosen;

/* The newest of each role; what the catalogue tells before what a header tells. */
void files_choose(const found_files *files, chosen *out);
bool file_is_chosen(const chosen *c, const found_file *f);
/* Whether a file of that role could have been taken; else its reader must name it. */
bool role_is_chosen(const char *role);
/* Whether the thematic file is of the list's census: same format of origin, same vintage. */
bool theme_is_of(const found_file *theme, const found_file *list);
/* Of the data, as printed: "2022"; "" when nothing tells. */
const char *file_vintage(const found_file *f);
/* Year of its codes of communes; 0 when nothing tells. */
int32_t file_geography(const found_file *f);

#endif
