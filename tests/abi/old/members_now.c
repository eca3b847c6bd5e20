/* The members of ABI 1.1, by the header of today. */
#include <bassin/plugin.h>

#include "members.h"

#define ABI_MEMBER(type, member)                                                                   \
    {#type, #member, offsetof(type, member), sizeof(((type *)0)->member), sizeof(type)},

const abi_member *members_now(size_t *count)
{
    static const abi_member all[] = {
#include "members_1_1.h"
    };
    *count = sizeof all / sizeof *all;
    return all;
}
