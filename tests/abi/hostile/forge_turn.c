/* Answers what was asked before. */
#define HOSTILE_ID "forge_turn"
#include "forge.h"

static void forge(forged *f, uint64_t turn)
{
    f->turn = turn - 1;
}
