/* network/search/lender.h: things that a thread works with, made when first wanted and used again
 * and again. For the network room. */
#ifndef NETWORK_LENDER_H
#define NETWORK_LENDER_H

#include "base/error.h"

typedef struct lender_kind {
    status (*make)(const void *context, void **out, error *err); /* [any thread] */
    void (*free)(void *thing);
} lender_kind;

typedef struct lender lender;
/* `count` of them at most. `context` is handed to make. */
MUST_CHECK status lender_new(lender **out, const lender_kind *kind, const void *context,
                             size_t count, error *err);
void lender_free(lender *l); /* takes NULL; frees what it lent */
typedef struct lent {
    void *thing;
    size_t slot;
} lent;
/* [any thread] As many at once as `count`; give each back that came without an error. */
MUST_CHECK status lender_borrow(lender *l, lent *out, error *err);
void lender_return(lender *l, lent thing);

#endif
