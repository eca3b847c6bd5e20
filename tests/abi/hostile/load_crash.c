/* Crashes as it is loaded. */
#define HOSTILE_ID "load_crash"
#include "hostile.h"

__attribute__((constructor)) static void at_load(void)
{
    volatile int *volatile nowhere = NULL;
    *nowhere = 1;
}
