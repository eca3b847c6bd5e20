/* tests/abi/old/members.h: where members lie, as two headers say. */
#ifndef TESTS_ABI_OLD_MEMBERS_H
#define TESTS_ABI_OLD_MEMBERS_H

#include <stddef.h>

typedef struct abi_member {
    const char *of, *name;
    size_t offset, size, struct_size;
} abi_member;

/* The members of ABI 1.1 by the header of 1.1; by today's. The same names in the same order. */
const abi_member *members_then(size_t *count);
const abi_member *members_now(size_t *count);

#endif
