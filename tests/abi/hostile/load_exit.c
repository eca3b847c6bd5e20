/* Leaves as it is loaded. */
#define HOSTILE_ID "load_exit"
#include "hostile.h"

#include <stdlib.h>

__attribute__((constructor)) static void at_load(void)
{
    exit(3);
}
