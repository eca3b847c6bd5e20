#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "drafts.h"
#include "network/graph/network_file.h"
#include "network/graph/network_layout.h"
#include "network_bytes.h"

test_hierarchy test_hierarchy_of(uint32_t nodes)
{
    test_hierarchy h = {.position = memory_new(nodes, sizeof *h.position),
                        .start = memory_new((size_t)nodes + 1, sizeof *h.start),
                        .link = memory_new(nodes, sizeof *h.link)};
    assert_true(h.position && h.start && h.link);
    for (uint32_t i = 0; i < nodes; i++) {
        h.position[i] = nodes - 1 - i;
        h.start[i + 1] = i; /* none of node 0, one of each other */
        if (i > 0)
            h.link[i - 1] = (road_link){.node = i - 1, .time = i, .length_m = 2 * i};
    }
    const road_arcs arcs = {.node_count = nodes, .start = h.start, .link = h.link};
    h.hierarchy =
        (road_hierarchy){.node_count = nodes, .position = h.position, .up = arcs, .down = arcs};
    return h;
}

void test_hierarchy_clear(test_hierarchy *h)
{
    memory_free(h->position);
    memory_free(h->start);
    memory_free(h->link);
}

char *network_bytes_copy(const char *bytes, size_t size)
{
    void *copy = NULL;
    assert_int_equal(posix_memalign(&copy, NETWORK_FILE_ALIGN, size > 0 ? size : 1), 0);
    memcpy(copy, bytes, size);
    return copy;
}

char *network_bytes_small(size_t *size)
{
    char path[64];
    error err = {0};
    network *n = NULL;
    file_view f = {0};
    road_draft d = draft_drawn(9, 12, 30);
    test_hierarchy h = test_hierarchy_of(12);
    (void)snprintf(path, sizeof path, "/tmp/bassin-test-bytes-%ld", (long)getpid());
    assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_OK);
    assert_int_equal(network_save(n, &h.hierarchy, path, 1, NULL, &err), STATUS_OK);
    assert_int_equal(file_map(path, &f, &err), STATUS_OK);
    char *copy = network_bytes_copy(f.at, f.size);
    *size = f.size;
    file_unmap(&f);
    test_hierarchy_clear(&h);
    network_free(n);
    (void)unlink(path);
    return copy;
}
