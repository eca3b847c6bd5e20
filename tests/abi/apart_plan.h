/* The plugins of a plan as foreign ones: the same columns under the same names, made in workers. */
#ifndef TESTS_ABI_APART_PLAN_H
#define TESTS_ABI_APART_PLAN_H

#include "engine/plan/plan_model.h"

/* The libraries stay open: the descriptors' texts lie in them. */
void plan_make_foreign(plan *p);
/* Back, once they ran: results say which plugins are foreign. */
void plan_make_built_in(plan *p);

#endif
