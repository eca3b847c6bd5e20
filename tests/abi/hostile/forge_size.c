/* Announces a body of a terabyte. */
#define HOSTILE_ID "forge_size"
#include "forge.h"

static void forge(forged *f, uint64_t turn)
{
    f->turn = turn;
    f->size = UINT64_C(1) << 40;
}
