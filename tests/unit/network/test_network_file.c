/* A network comes back from its file as it was, and no other bytes are taken for one. */
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
#include "network_seal.h"

static network *drawn(size_t nodes, size_t arcs)
{
    error err = {0};
    network *n = NULL;
    road_draft d = draft_drawn(1, nodes, arcs);
    assert_int_equal(network_make(&n, &d, 2, NULL, &err), STATUS_OK);
    return n;
}

static const char *file_path(void)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "/tmp/bassin-test-network-%ld.net", (long)getpid());
    return path;
}

static file_view saved(const network *n, const road_hierarchy *h, int threads)
{
    error err = {0};
    file_view f = {0};
    if (network_save(n, h, file_path(), threads, NULL, &err))
        fail_msg("%s", err.en);
    assert_int_equal(file_map(file_path(), &f, &err), STATUS_OK);
    return f;
}

static void same_arcs(const road_arcs *a, const road_arcs *b)
{
    assert_int_equal(a->node_count, b->node_count);
    assert_memory_equal(a->start, b->start, (a->node_count + 1) * sizeof *a->start);
    assert_memory_equal(a->link, b->link, a->start[a->node_count] * sizeof *a->link);
}

static void same_networks(const network *a, const network *b)
{
    assert_int_equal(a->node_count, b->node_count);
    assert_int_equal(a->units_per_minute, b->units_per_minute);
    assert_int_equal(a->positions, b->positions);
    assert_int_equal(a->lengths, b->lengths);
    assert_int_equal(a->component_count, b->component_count);
    assert_int_equal(a->main_size, b->main_size);
    assert_memory_equal(a->node_id, b->node_id, a->node_count * sizeof *a->node_id);
    assert_memory_equal(a->x, b->x, a->node_count * sizeof *a->x);
    assert_memory_equal(a->y, b->y, a->node_count * sizeof *a->y);
    assert_memory_equal(a->node_flags, b->node_flags, a->node_count);
    same_arcs(&a->to, &b->to);
    assert_memory_equal(a->arc_way, b->arc_way, a->arc_count * sizeof *a->arc_way);
    assert_int_equal(a->way_count, b->way_count);
    assert_memory_equal(a->way_id, b->way_id, a->way_count * sizeof *a->way_id);
    for (uint32_t i = 0; i < a->way_count; i++) {
        assert_string_equal(network_word(a, a->way_name[i]), network_word(b, b->way_name[i]));
        assert_string_equal(network_word(a, a->way_class[i]), network_word(b, b->way_class[i]));
    }
    assert_int_equal(a->fact_count, b->fact_count);
    for (uint32_t i = 0; i < a->fact_count; i++) {
        assert_string_equal(a->facts[i].key, b->facts[i].key);
        assert_string_equal(a->facts[i].value, b->facts[i].value);
    }
}

static void a_network_comes_back_the_same(void **state)
{
    (void)state;
    error err = {0};
    network *n = drawn(3000, 9000), *back = NULL;
    test_hierarchy h = test_hierarchy_of(n->node_count);
    for (int with = 0; with < 2; with++) {
        file_view f = saved(n, with ? &h.hierarchy : NULL, 2);
        file_unmap(&f);
        if (network_open(&back, file_path(), 2, NULL, &err))
            fail_msg("%s", err.en);
        same_networks(n, back);
        assert_int_equal(back->hierarchy != NULL, with);
        if (with) {
            assert_memory_equal(back->hierarchy->position, h.hierarchy.position, 3000 * 4);
            same_arcs(&back->hierarchy->up, &h.hierarchy.up);
            same_arcs(&back->hierarchy->down, &h.hierarchy.down);
        }
        network_free(back);
    }
    test_hierarchy_clear(&h);
    network_free(n);
    (void)unlink(file_path());
}

static void a_network_of_nothing_comes_back(void **state)
{
    (void)state;
    error err = {0};
    network *n = NULL, *back = NULL;
    road_draft d = {.units_per_minute = 60};
    assert_int_equal(network_make(&n, &d, 1, NULL, &err), STATUS_OK);
    file_view f = saved(n, NULL, 1);
    file_unmap(&f);
    if (network_open(&back, file_path(), 1, NULL, &err))
        fail_msg("%s", err.en);
    assert_int_equal(back->node_count + back->arc_count + back->way_count + back->fact_count, 0);
    assert_null(back->x);
    assert_null(back->arc_way);
    assert_string_equal(network_word(back, 0), "");
    network_free(back);
    network_free(n);
    (void)unlink(file_path());
}

static void the_same_network_gives_the_same_bytes(void **state)
{
    (void)state;
    network *n = drawn(60000, 150000);
    file_view one = saved(n, NULL, 1);
    for (int threads = 2; threads <= 8; threads *= 2) {
        file_view many = saved(n, NULL, threads);
        assert_int_equal(one.size, many.size);
        assert_memory_equal(one.at, many.at, one.size);
        file_unmap(&many);
    }
    file_unmap(&one);
    network_free(n);
    (void)unlink(file_path());
}

/* --- what is refused --- */

typedef struct file_copy {
    char *bytes; /* on a cache line */
    size_t size;
} file_copy;

static file_copy small_file(void)
{
    file_copy c = {0};
    c.bytes = network_bytes_small(&c.size);
    return c;
}

static void refused(const char *bytes, size_t size, const char *says)
{
    error err = {0};
    network *n = NULL;
    assert_int_equal(network_parse(&n, bytes, size, 1, NULL, &err), STATUS_INPUT);
    assert_null(n);
    if (says && !strstr(err.en, says))
        fail_msg("'%s' does not say '%s'", err.en, says);
    assert_true(strstr(err.fr, "bassin") || strstr(err.fr, "construire"));
}

static void every_changed_byte_is_noticed(void **state)
{
    (void)state;
    file_copy f = small_file();
    for (size_t i = 0; i < f.size; i++)
        for (int k = 0; k < 3; k++) {
            const char before = f.bytes[i];
            f.bytes[i] = (char)(before ^ (k == 0 ? 1 : k == 1 ? 0x80 : 0xff));
            refused(f.bytes, f.size, NULL);
            f.bytes[i] = before;
        }
    free(f.bytes);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    file_copy f = small_file();
    for (size_t size = 0; size < f.size; size++) {
        char *cut = network_bytes_copy(f.bytes, size); /* of that size: reads past it are seen */
        refused(cut, size, size < 8 ? "not a network" : "cut short");
        free(cut);
    }
    char *longer = aligned_alloc(64, f.size + 64);
    assert_non_null(longer);
    memset(longer, 0, f.size + 64);
    memcpy(longer, f.bytes, f.size);
    refused(longer, f.size + 64, "instead of");
    free(longer);
    free(f.bytes);
}

static void other_versions_orders_and_files_say_what_to_do(void **state)
{
    (void)state;
    file_copy f = small_file();
    file_header *h = (void *)f.bytes;
    h->version = 2;
    refused(f.bytes, f.size, "version 2, this bassin reads version 1; build it again with");
    h->version = 1;
    h->order = 0x04030201;
    refused(f.bytes, f.size, "byte order");
    memcpy(f.bytes, "OSMHeader", 9);
    refused(f.bytes, f.size, "build the network with \"bassin network\"");
    free(f.bytes);
}

static void a_missing_or_empty_file_is_refused(void **state)
{
    (void)state;
    error err = {0};
    network *n = NULL;
    assert_int_equal(network_open(&n, "/nowhere/france.net", 1, NULL, &err), STATUS_INPUT);
    assert_non_null(strstr(err.en, "/nowhere/france.net"));
    assert_int_equal(file_write_atomic(file_path(), "", 0, &err), STATUS_OK);
    assert_int_equal(network_open(&n, file_path(), 1, NULL, &err), STATUS_INPUT);
    assert_non_null(strstr(err.en, file_path()));
    assert_non_null(strstr(err.en, "not a network"));
    (void)unlink(file_path());
}

/* Right checksums, wrong content: one number at a time. */
static void hostile_numbers_are_refused(void **state)
{
    (void)state;
    static const struct {
        section_kind kind;
        size_t at; /* in words of 4 bytes */
        uint32_t value;
        const char *says;
    } cases[] = {
        {SECTION_COUNTS, 0, 13, "node.id"},
        {SECTION_COUNTS, 0, UINT32_MAX, "counts"},
        {SECTION_COUNTS, 1, 31, "arc"},
        {SECTION_COUNTS, 2, 4, "way"},
        {SECTION_COUNTS, 3, 0, "counts"},
        {SECTION_COUNTS, 3, 2, "word"},
        {SECTION_COUNTS, 4, 9, "facts"},
        {SECTION_COUNTS, 5, 0, "counts"},
        {SECTION_COUNTS, 5, 60001, "counts"},
        {SECTION_COUNTS, 6, 0, "node.x"},
        {SECTION_COUNTS, 6, 3, "counts"},
        {SECTION_COUNTS, 7, 0, "arc.link"},
        {SECTION_COUNTS, 9, 1, "node.flags"},
        {SECTION_COUNTS, 10, 0, "rank"},
        {SECTION_COUNTS, 11, 1, "counts"},
        {SECTION_X, 3, 1800000001, "node.x"},
        {SECTION_FLAGS, 0, 0x04040404, "node.flags"},
        {SECTION_START, 0, 1, "arc.start"},
        {SECTION_START, 2, UINT32_MAX, "arc.start"},
        {SECTION_LINK, 0, 12, "arc.link"},
        {SECTION_ARC_WAY, 0, 5, "arc.way"},
        {SECTION_WAY_NAME, 1, 3, "way.name"},
        {SECTION_WAY_CLASS, 1, UINT32_MAX, "way.class"},
        {SECTION_WORD_START, 0, 1, "word.start"},
        {SECTION_WORD_START, 2, 0, "word.start"},
        {SECTION_WORD_START, 4, 900, "word.start"},
        {SECTION_WORD_BYTES, 1, 0, "word"},
        {SECTION_WORD_BYTES, 1, 0x8080c3c3, "word.bytes"},
        {SECTION_FACTS, 0, 0, "facts"},
        {SECTION_POSITION, 0, 12, "hierarchy"},
        {SECTION_UP_START, 12, 5, "up.start"},
        {SECTION_UP_LINK, 0, 11, "hierarchy"},
        {SECTION_DOWN_START, 3, UINT32_MAX, "hierarchy"},
        {SECTION_DOWN_LINK, 0, UINT32_MAX, "hierarchy"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        file_copy f = small_file();
        const file_section *s = &((file_header *)(void *)f.bytes)->section[cases[i].kind];
        assert_true(4 * cases[i].at + 4 <= s->size);
        memcpy(f.bytes + s->offset + 4 * cases[i].at, &cases[i].value, 4);
        assert_true(network_seal(f.bytes, f.size));
        refused(f.bytes, f.size, cases[i].says);
        free(f.bytes);
    }
}

/* --- writing --- */

static void an_interrupted_save_leaves_the_earlier_file(void **state)
{
    (void)state;
    error err = {0};
    atomic_int cancel = 1;
    progress p = {.cancel = &cancel};
    network *n = drawn(3000, 9000), *other = drawn(10, 20), *back = NULL;
    file_view f = saved(other, NULL, 1);
    assert_int_equal(network_save(n, NULL, file_path(), 1, &p, &err), STATUS_INTERRUPTED);
    file_unmap(&f);
    assert_int_equal(network_open(&back, file_path(), 1, NULL, &err), STATUS_OK);
    assert_int_equal(back->node_count, 10);
    assert_int_equal(network_save(n, NULL, "/nowhere/a.net", 1, NULL, &err), STATUS_ENVIRONMENT);
    network_free(back);
    network_free(n);
    network_free(other);
    (void)unlink(file_path());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_network_comes_back_the_same),
        cmocka_unit_test(a_network_of_nothing_comes_back),
        cmocka_unit_test(the_same_network_gives_the_same_bytes),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(other_versions_orders_and_files_say_what_to_do),
        cmocka_unit_test(a_missing_or_empty_file_is_refused),
        cmocka_unit_test(hostile_numbers_are_refused),
        cmocka_unit_test(an_interrupted_save_leaves_the_earlier_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
