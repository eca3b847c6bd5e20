#include "network_seal.h"

#include "network/graph/network_layout.h"

bool network_seal(char *bytes, size_t size)
{
    error err = {0};
    file_header *h = (void *)bytes;
    if (size < sizeof *h)
        return true;
    for (section_kind k = 0; k < SECTION_KINDS; k++) {
        file_section *s = &h->section[k];
        if (s->offset <= size && s->size <= size - s->offset &&
            section_checksum(k, bytes + s->offset, s->size, 1, NULL, &s->checksum, &err))
            return false;
    }
    h->checksum = header_checksum(h);
    return true;
}
