/* Never ends loading. */
#define HOSTILE_ID "load_hang"
#include "hostile.h"

__attribute__((constructor)) static void at_load(void)
{
    for (volatile int turns = 0;; turns = 1 - turns)
        continue;
}
