/* A plugin of another major: nothing of it but the first fields may be read. */
#include <stdint.h>

struct other_major {
    uint32_t size;
    uint16_t abi_major, abi_minor;
    uint64_t anything[40];
};
__attribute__((visibility("default"))) extern const struct other_major bassin_plugin_main;
const struct other_major bassin_plugin_main = {.size = sizeof(struct other_major), .abi_major = 2};
