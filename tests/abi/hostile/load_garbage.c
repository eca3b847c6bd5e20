/* Its descriptor points nowhere. */
#define HOSTILE_ID "load_garbage"
#define HOSTILE_TITLE ((const char *)0x10)
#include "hostile.h"
