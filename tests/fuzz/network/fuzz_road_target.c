#include "fuzz_roads.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)FUZZED(bytes, size);
    return 0;
}
