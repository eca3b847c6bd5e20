/* The hierarchy of a published road network (Bremen, arcs with times) gives the costs of searches.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/memory.h"
#include "hierarchy_reference.h"
#include "network/search/hierarchy_build.h"
#include "network/search/search.h"

/* "a FROM TO TIME" lines; false without the file. Lengths are made up, so that ties are decided. */
static bool bremen_read(arc_list *l)
{
    const char *shared = getenv("BASSIN_SHARED");
    char path[4096], line[128];
    if (!shared)
        shared = getenv("BASSIN_SHARED_DEFAULT");
    (void)snprintf(path, sizeof path, "%s/data/bremen_time.gr", shared ? shared : "");
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        char *at = line + 1;
        if (line[0] != 'a')
            continue;
        uint32_t from = (uint32_t)strtoul(at, &at, 10), to = (uint32_t)strtoul(at, &at, 10);
        uint32_t time = (uint32_t)strtoul(at, &at, 10);
        arc_list_add(l, from, to, time, time % 7 * 3);
        uint32_t last = from > to ? from : to;
        l->node_count = last >= l->node_count ? last + 1 : l->node_count;
    }
    if (f)
        (void)fclose(f);
    return f != NULL;
}

static void bremen_keeps_its_costs(void **state)
{
    (void)state;
    error err = {0};
    arc_list l = {0};
    hierarchy_store *h = NULL;
    search *s = NULL;
    if (!bremen_read(&l)) {
        print_message("skipped: no shared data\n");
        skip();
    }
    road_arcs to = arc_list_to(&l);
    road_cost *cost = memory_new(to.node_count, sizeof *cost);
    assert_true(cost && to.node_count > 40000);
    assert_int_equal(hierarchy_build(&to, 2, NULL, &h, &err), STATUS_OK);
    assert_int_equal(hierarchy_check(hierarchy_of(h), &err), STATUS_OK);
    assert_int_equal(search_new(&s, &to, NULL, &err), STATUS_OK);
    for (uint32_t target = 0; target < to.node_count; target += 1009) {
        assert_int_equal(search_within(s, target, SEARCH_UNBOUNDED, &err), STATUS_OK);
        hierarchy_costs_to(hierarchy_of(h), target, cost);
        for (uint32_t n = 0; n < to.node_count; n++)
            assert_true(cost[n] == search_cost(s, n));
    }
    search_free(s);
    hierarchy_free(h);
    memory_free(cost);
    arc_list_clear(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bremen_keeps_its_costs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
