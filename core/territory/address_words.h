/* territory/address_words.h: a typed address cut into number, suffix and street, and streets put
 * into one spelling ("12b, av. du Gal Leclerc": 12, "bis", "avenue general leclerc"). For this room
 * only. Pure functions. */
#ifndef TERRITORY_ADDRESS_WORDS_H
#define TERRITORY_ADDRESS_WORDS_H

#include "territory/name_likeness.h"

enum { ADDRESS_PARTS = 6, SUFFIX_BYTES = 8, NO_NUMBER = 0 };

/* Folded, abbreviations written out, articles dropped. */
typedef struct street_words {
    char text[NAME_BYTES];
    size_t type_size; /* bytes of the kind of way in front and its blank ("avenue "); 0: none */
} street_words;
void street_words_of(const char *street, street_words *out);

typedef struct address_part {
    uint32_t number;           /* NO_NUMBER: none */
    char suffix[SUFFIX_BYTES]; /* "bis", "ter", "a"... "" none */
    street_words street;
} address_part;
/* The readings of a typed address, part after part ("Mairie, 12 rue X": two): at most
 * ADDRESS_PARTS. A postcode and what follows are left out. */
size_t address_parts(const char *address, address_part out[ADDRESS_PARTS]);
/* "b" is "bis", "t" is "ter", "q" is "quater" in the address files; folded. */
void address_suffix(const char *text, char out[SUFFIX_BYTES]);

#endif
