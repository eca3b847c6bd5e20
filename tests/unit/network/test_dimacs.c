/* DIMACS graphs: what is read, and every fault with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/files.h"
#include "base/text.h"
#include "network/source/dimacs.h"

static faults *list_new(void)
{
    error err = {0};
    faults *list = NULL;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    return list;
}

static dimacs_graph parsed(const char *text, int threads)
{
    dimacs_graph g = {0};
    faults *list = list_new();
    if (dimacs_parse(text, strlen(text), "a.gr", threads, NULL, &g, list))
        fail_msg("%s", faults_at(list, 0)->en);
    faults_free(list);
    return g;
}

#define SMALL "c a graph\np sp 3 5\na 1 2 10\na 2 1 0\na 3 3 7\na 1 2 10\na 2 3 2147483647\n"

static void arcs_are_read_as_they_stand(void **state)
{
    (void)state;
    static const char *const same[] = {
        SMALL,
        "p sp 3 5\r\na 1 2 10\r\na 2 1 0\r\na 3 3 7\r\na 1 2 10\r\na 2 3 2147483647\r\n",
        "\n c x\n\tp  sp\t3  5 \n  a  1 2\t10 \n\na 2 1 0\na 3 3 7\na 1 2 10\nc\na 2 3 2147483647",
    };
    static const dimacs_arc expected[] = {
        {0, 1, 10}, {1, 0, 0}, {2, 2, 7}, {0, 1, 10}, {1, 2, INT32_MAX}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        dimacs_graph g = parsed(same[i], 1);
        assert_int_equal(g.node_count, 3);
        assert_int_equal(g.first_id, 1);
        assert_int_equal(g.arc_count, 5);
        assert_memory_equal(g.arcs, expected, sizeof expected);
        dimacs_graph_clear(&g);
    }
}

static void without_a_problem_line_nodes_count_from_zero(void **state)
{
    (void)state;
    dimacs_graph g = {0};
    faults *list = list_new();
    const char *text = "a 0 4 10\na 4 2 3\n";
    assert_int_equal(dimacs_parse(text, strlen(text), "a.gr", 1, NULL, &g, list), STATUS_OK);
    assert_int_equal(g.node_count, 5);
    assert_int_equal(g.first_id, 0);
    assert_int_equal(g.arcs[1].from, 4);
    assert_int_equal(faults_at(list, 0)->severity, SEVERITY_NOTE);
    assert_string_equal(faults_at(list, 0)->en, "no line \"p sp\": nodes are counted from 0");
    dimacs_graph_clear(&g);
    faults_free(list);
}

/* --- faults --- */

typedef struct told {
    const char *text, *says;
    uint64_t line, column;
} told;

static void told_of(const told *t, const faults *list)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        if (f->severity == SEVERITY_FAULT && strstr(f->en, t->says) && f->line == t->line &&
            f->column == t->column)
            return;
    }
    const fault *f = faults_count(list) ? faults_at(list, 0) : NULL;
    fail_msg("%s: not told '%s' at %u:%u, but %s at %u:%u", t->text, t->says, (unsigned)t->line,
             (unsigned)t->column, f ? f->en : "nothing", f ? (unsigned)f->line : 0,
             f ? (unsigned)f->column : 0);
}

static void every_fault_is_told_with_its_line(void **state)
{
    (void)state;
    static const told cases[] = {
        {"p sp 3 1\na 1 4 10\n", "node 4: nodes go from 1 to 3", 2, 5},
        {"p sp 3 1\na 0 1 10\n", "node 0: nodes go from 1 to 3", 2, 3},
        {"p sp 3 1\na 1 2 1.5\n", "whole number", 2, 7},
        {"p sp 3 1\na 1 2 -5\n", "whole number", 2, 7},
        {"p sp 3 1\na 1 2\n", "whole number", 2, 6},
        {"p sp 3 1\na\n", "whole number", 2, 2},
        {"p sp 3 1\na1 2 5\n", "whole number", 2, 2},
        {"p sp 3 1\na 1 2 5 6\n", "unexpected line", 2, 9},
        {"p sp 3 1\na 1 2 2147483648\n", "weight of 2147483648: at most 2147483647", 2, 7},
        {"p sp 3 1\na 1 2 99999999999999999999\n", "whole number", 2, 7},
        {"p sp 3 1\na 1 2 5\ne 1 2 5\n", "unexpected line", 3, 1},
        {"p sp 3 2\na 1 2 5\n", "2 arcs announced, 1 lines", 0, 0},
        {"p sp 3 1\np sp 3 1\na 1 2 5\n", "2 lines \"p\"", 1, 1},
        {"a 1 2 5\np sp 3 1\n", "comes before the others", 2, 1},
        {"c\nc\np max 3 1\na 1 2 5\n", "\"p sp\"", 3, 1},
        {"p sp 3 1 9\na 1 2 5\n", "\"p sp\"", 1, 1},
        {"p sp 4294967295 1\na 1 2 5\n", "4294967295 nodes for 1 arcs", 0, 0},
        {"a 1 4000000000 5\n", "node 4000000000", 1, 5},
        {"", "no line \"a\"", 0, 0},
        {"c nothing\n", "no line \"a\"", 0, 0},
        {"p sp 0 0\n", "no line \"a\"", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dimacs_graph g = {0};
        faults *list = list_new();
        assert_int_equal(
            dimacs_parse(cases[i].text, strlen(cases[i].text), "a.gr", 1, NULL, &g, list),
            STATUS_INPUT);
        told_of(&cases[i], list);
        dimacs_graph_clear(&g);
        faults_free(list);
    }
}

/* Several chunks: the same arcs and the same faults for any number of threads. */
static void many_chunks_are_one_file(void **state)
{
    (void)state;
    enum { ARCS = 700000, BAD = 120 };
    text_buffer good = {0}, bad = {0};
    text_add_format(&good, "p sp 1000 %d\n", ARCS);
    text_add_format(&bad, "p sp 1000 %d\n", ARCS);
    for (int i = 0; i < ARCS; i++) {
        text_add_format(&good, "a %d %d %d\n", 1 + i % 1000, 1 + i % 999, i);
        if (i % (ARCS / BAD) == 7)
            text_add_format(&bad, "a %d %d x%d\n", 1 + i % 1000, 1 + i % 999, i);
        else
            text_add_format(&bad, "a %d %d %d\n", 1 + i % 1000, 1 + i % 999, i);
    }
    assert_true(!good.failed && good.size > 2 << 22);
    for (int threads = 1; threads <= 4; threads *= 2) {
        faults *list = list_new();
        dimacs_graph g = {0};
        assert_int_equal(dimacs_parse(good.at, good.size, "a.gr", threads, NULL, &g, list),
                         STATUS_OK);
        for (uint32_t i = 0; i < ARCS; i++)
            assert_true(g.arcs[i].weight == i && g.arcs[i].from == i % 1000);
        dimacs_graph_clear(&g);
        assert_int_equal(dimacs_parse(bad.at, bad.size, "a.gr", threads, NULL, &g, list),
                         STATUS_INPUT);
        assert_int_equal(faults_count(list), 51);
        for (size_t i = 0; i < 50; i++)
            assert_int_equal(faults_at(list, i)->line, 2 + 7 + i * (ARCS / BAD));
        assert_string_equal(faults_at(list, 50)->en, "... and 71 more faults");
        dimacs_graph_clear(&g);
        faults_free(list);
    }
    text_buffer_clear(&good);
    text_buffer_clear(&bad);
}

/* --- positions --- */

static status positions(const char *text, dimacs_unit unit, dimacs_graph *g, faults *list)
{
    *g = parsed(SMALL, 1);
    return dimacs_positions_parse(text, strlen(text), "a.co", unit, 2, NULL, g, list);
}

static void positions_are_read_in_their_unit(void **state)
{
    (void)state;
    faults *list = list_new();
    dimacs_graph g = {0};
    const char *text =
        "c\np aux sp co 3\nv 3 -180000000 90000000\nv 1 2352200 48856600\nv 2 0 -0\n";
    assert_int_equal(positions(text, DIMACS_MICRODEGREES, &g, list), STATUS_OK);
    assert_true(g.x[0] == 23522000 && g.y[0] == 488566000); /* 1e-7 degrees */
    assert_true(g.x[2] == -1800000000 && g.y[2] == 900000000 && g.x[1] == 0 && g.y[1] == 0);
    dimacs_graph_clear(&g);
    const char *metres = "v 3 -40000000 40000000\nv 1 652000 6862000\nv 2 0 -0\n";
    assert_int_equal(positions(metres, DIMACS_METRES, &g, list), STATUS_OK);
    assert_true(g.x[0] == 652000 && g.y[0] == 6862000 && g.x[2] == -40000000);
    dimacs_graph_clear(&g);
    assert_int_equal(positions(text, DIMACS_METRES, &g, list), STATUS_INPUT); /* degrees, in fact */
    told_of(&(told){"", "out of range", 3, 5}, list);
    dimacs_graph_clear(&g);
    faults_free(list);
}

static void faults_of_positions_are_told(void **state)
{
    (void)state;
    static const told cases[] = {
        {"v 1 0 0\nv 2 0 0\n", "1 nodes without a position, node 3 first", 0, 0},
        {"v 1 0 0\nv 2 0 0\nv 3 0 0\nv 2 1 1\n", "second position of node 2", 4, 2},
        {"v 1 0 0\nv 2 0 0\nv 4 0 0\n", "node 4: nodes go from 1 to 3", 3, 3},
        {"v 1 0 0\nv 2 180000001 0\nv 3 0 0\n", "out of range", 2, 5},
        {"v 1 0 0\nv 2 0 0.5\nv 3 0 0\n", "whole number", 2, 7},
        {"v 1 0 0\nv 2 0\nv 3 0 0\n", "whole number", 2, 6},
        {"v 1 0 0\nv 2 0 0 0\nv 3 0 0\n", "unexpected line", 2, 9},
        {"a 1 2 5\nv 1 0 0\nv 2 0 0\nv 3 0 0\n", "unexpected line", 1, 1},
        {"p aux sp co 4\nv 1 0 0\n", "positions of 4 nodes for a graph of 3", 0, 0},
        {"p sp 3 3\nv 1 0 0\n", "\"p aux sp co\"", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dimacs_graph g = {0};
        faults *list = list_new();
        assert_int_equal(positions(cases[i].text, DIMACS_MICRODEGREES, &g, list), STATUS_INPUT);
        told_of(&cases[i], list);
        dimacs_graph_clear(&g);
        faults_free(list);
    }
}

/* --- files --- */

static void a_packed_file_is_unpacked(void **state)
{
    (void)state;
    char path[128];
    dimacs_graph g = {0};
    faults *list = list_new();
    error err = {0};
    (void)snprintf(path, sizeof path, "/tmp/bassin-test-dimacs-%ld.gr.gz", (long)getpid());
    for (int packed = 0; packed < 2; packed++) {
        if (packed) {
            gzFile f = gzopen(path, "wb");
            assert_non_null(f);
            assert_int_equal(gzputs(f, SMALL), strlen(SMALL));
            assert_int_equal(gzclose(f), Z_OK);
        } else {
            assert_int_equal(file_write_atomic(path, SMALL, strlen(SMALL), &err), STATUS_OK);
        }
        assert_int_equal(dimacs_read(path, 1, NULL, &g, list), STATUS_OK);
        assert_int_equal(g.arc_count, 5);
        dimacs_graph_clear(&g);
    }
    assert_int_equal(dimacs_read("/nowhere.gr", 1, NULL, &g, list), STATUS_INPUT);
    (void)unlink(path);
    dimacs_graph_clear(&g);
    faults_free(list);
}

static void a_graph_is_known_by_its_first_line(void **state)
{
    (void)state;
    static const char *const graphs[] = {SMALL, "a 0 1 5", "c\n\nc x\nc\na 12 1 5\n", "p sp 3 5"};
    static const char *const others[] = {
        "", "c only\n", "a b c\n", "p aux sp co 3\n", "v 1 2 3", "{\"a\"", "address;x\n1;2\n", "a"};
    for (size_t i = 0; i < sizeof graphs / sizeof *graphs; i++)
        assert_true(dimacs_like(graphs[i], strlen(graphs[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(dimacs_like(others[i], strlen(others[i])));
}

static void a_raised_flag_stops_the_reading(void **state)
{
    (void)state;
    atomic_int cancel = 1;
    progress p = {.cancel = &cancel};
    dimacs_graph g = {0};
    faults *list = list_new();
    assert_int_equal(dimacs_parse(SMALL, strlen(SMALL), "a.gr", 1, &p, &g, list),
                     STATUS_INTERRUPTED);
    dimacs_graph_clear(&g);
    faults_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arcs_are_read_as_they_stand),
        cmocka_unit_test(without_a_problem_line_nodes_count_from_zero),
        cmocka_unit_test(every_fault_is_told_with_its_line),
        cmocka_unit_test(many_chunks_are_one_file),
        cmocka_unit_test(positions_are_read_in_their_unit),
        cmocka_unit_test(faults_of_positions_are_told),
        cmocka_unit_test(a_packed_file_is_unpacked),
        cmocka_unit_test(a_graph_is_known_by_its_first_line),
        cmocka_unit_test(a_raised_flag_stops_the_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
