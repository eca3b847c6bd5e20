/* A run of one hostile plugin beside a good foreign one and a built-in one. */
#ifndef TESTS_ABI_HOSTILE_RUN_H
#define TESTS_ABI_HOSTILE_RUN_H

#include "base/hash.h"
#include "engine/plan/plan_model.h"
#include "small_run.h"

/* Of a call. */
#ifndef HOSTILE_LIMIT_S
#define HOSTILE_LIMIT_S 1
#endif
enum { HOSTILE_LIMIT_MIB = 256 };

typedef struct hostile_run {
    small_run run;
    plan *p; /* NULL: it was refused */
    faults *list;
    status built, ran;
    double wall_s; /* of all */
} hostile_run;

/* `hostile` NULL: without any. Two threads. */
void hostile_run_open(hostile_run *h, zygote *workers, const char *hostile);
void hostile_run_close(hostile_run *h);
/* The plugin as the plan holds it; NULL: none. */
const plan_plugin *hostile_plugin(const hostile_run *h, const char *id);
/* Whether some fault says so, in French or in English. */
bool hostile_says(const hostile_run *h, const char *text);
void hostile_tell(const hostile_run *h);
/* What the good foreign plugin and the built-in one computed, one digest. */
sha256_hex hostile_good_results(const hostile_run *h);

#endif
