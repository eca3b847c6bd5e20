/* territory/codes.h: INSEE codes of communes. Codes are raw text, never numbers. */
#ifndef TERRITORY_CODES_H
#define TERRITORY_CODES_H

#include <stdbool.h>
#include <stddef.h>

enum { COMMUNE_CODE_BYTES = 5, DEPARTEMENT_CODE_BYTES = 4 };

typedef enum code_form {
    CODE_COMMUNE,   /* a French commune: 5 digits, or 2A, 2B and 3 digits */
    CODE_ABROAD,    /* a work place abroad or unknown: "BE25F", "MO001", "99999", "ZZZZZ" */
    CODE_ZERO_LOST, /* 4 digits: a spreadsheet dropped the leading zero */
    CODE_MALFORMED,
} code_form;
code_form commune_code_form(const char *code);

/* A work place in a neighbouring country: abroad, and neither 99999 nor ZZZZZ. */
bool is_border_code(const char *code);

/* "77" of "77288", "2A" of "2A004", "971" of "97105". `out` has DEPARTEMENT_CODE_BYTES. */
void departement_of_commune(const char *code, char *out);

/* The commune of a municipal arrondissement: 751xx -> 75056, 6938x -> 69123, 132xx -> 13055; NULL
 * when the code is none. */
const char *commune_of_arrondissement(const char *code);

/* The next code of a list in one cell ("59350, 59512"): where it starts and its size; the list's
 * end when there is none. */
const char *code_list_next(const char *list, size_t *size);

#endif
