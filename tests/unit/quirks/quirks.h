/* The quirks of real files, one test a number: shared/data/QUIRKS.md saw them, here each is written
 * by hand, as small as it can be. A quirk gives the right value or a clear report, never a silent
 * wrong one. */
#ifndef TEST_QUIRKS_H
#define TEST_QUIRKS_H

#include "../territory/files.h"

#include "territory/vintage_inputs.h"

typedef struct quirk {
    int number;
    const char *holds; /* what must hold */
    void (*test)(void **state);
} quirk;

enum { QUIRKS = 51 };

/* Every test of the table, in its file. */
#define QUIRK(number) void quirk_##number(void **state)
QUIRK(1);
QUIRK(2);
QUIRK(3);
QUIRK(4);
QUIRK(5);
QUIRK(6);
QUIRK(7);
QUIRK(8);
QUIRK(9);
QUIRK(10);
QUIRK(11);
QUIRK(12);
QUIRK(13);
QUIRK(14);
QUIRK(15);
QUIRK(16);
QUIRK(17);
QUIRK(18);
QUIRK(19);
QUIRK(20);
QUIRK(21);
QUIRK(22);
QUIRK(23);
QUIRK(24);
QUIRK(25);
QUIRK(26);
QUIRK(27);
QUIRK(28);
QUIRK(29);
QUIRK(30);
QUIRK(31);
QUIRK(32);
QUIRK(33);
QUIRK(34);
QUIRK(35);
QUIRK(36);
QUIRK(37);
QUIRK(38);
QUIRK(39);
QUIRK(40);
QUIRK(41);
QUIRK(42);
QUIRK(43);
QUIRK(44);
QUIRK(45);
QUIRK(46);
QUIRK(47);
QUIRK(48);
QUIRK(49);
QUIRK(50);
QUIRK(51);

/* Imports a text that must be refused with these words. */
void refuses(fixture *f, const char *role, const char *name, const char *text,
             const char *sentence);
/* The first message that holds these words; fails, with all of them printed, where there is none.
 */
const fault *told(const fixture *f, const char *sentence);
value_state state_of(const table *t, const char *name, size_t row);
/* Another balance and no message: a second job in the same test. */
void anew(fixture *f);
size_t row_of(const table *t, const char *name, const char *text);
/* A venue list placed on a territory of two communes, or on `communes`. */
typedef struct placing {
    imported communes, rows, postcodes, names;
    territory *t;
    taxonomy *kinds;
    venues *made;
} placing;
placing place_venues(fixture *f, const char *communes, const char *name, const char *text,
                     const char *postcodes);
/* The same, with the official names of communes (COG). */
placing place_named(fixture *f, const char *communes, const char *name, const char *text,
                    const char *postcodes, const char *official);
void placing_clear(placing *p);

/* The row of a balance's rejects that holds this value; fails where there is none. */
void rejected(const fixture *f, const char *value, uint64_t line);
/* Rows of a role that the balance counts under this outcome and reason. */
size_t counted(const fixture *f, const char *role, const char *outcome, const char *reason);

/* A territory and its flows; with movements, every file is first carried to the pivot vintage. */
typedef struct job_files {
    const char *communes, *population, *flows, *movements; /* all but communes may be NULL */
    int32_t pivot, communes_vintage, population_vintage;   /* VINTAGE_NONE: by their codes */
    bool fold;                                             /* arrondissements into their commune */
} job_files;
typedef struct job {
    imported movements, communes, population, flows;
    territory *t;
    flows *made;
} job;
job run_files(fixture *f, const job_files *files);
job run_job(fixture *f, const char *communes, const char *population, const char *text, bool fold);
void job_clear(job *j);

#endif
