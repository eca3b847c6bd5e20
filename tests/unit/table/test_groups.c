/* Groups are the same whatever the order of the rows and the number of threads; the members of one
 * are added up smallest weight first. */
#include "fixture.h"

#include <stdatomic.h>

#include "table/code_ranks.h"
#include "table/groups.h"

enum { ROWS = 150000, CODES = 700, MINORS = 5 };

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

static void read_rows(const void *context, size_t begin, size_t end, group_row *out)
{
    memcpy(out, (const group_row *)context + begin, (end - begin) * sizeof *out);
}

static group_row *rows_new(uint32_t codes)
{
    uint64_t seed = 7;
    group_row *rows = malloc(ROWS * sizeof *rows);
    assert_non_null(rows);
    for (size_t i = 0; i < ROWS; i++) {
        bool common = next_random(&seed) % 4 == 0; /* one large group, and weights that repeat */
        rows[i] = (group_row){.first = common ? 3 : (uint32_t)next_random(&seed) % codes,
                              .second = common ? 5 : (uint32_t)next_random(&seed) % codes,
                              .minor = common ? 1 : (uint32_t)next_random(&seed) % MINORS,
                              .weight = (double)(next_random(&seed) % 1000) / 7};
    }
    return rows;
}

/* --- the slow way --- */

static int compare_rows(const void *a, const void *b)
{
    const group_row *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    if (x->minor != y->minor)
        return x->minor < y->minor ? -1 : 1;
    return (x->weight > y->weight) - (x->weight < y->weight);
}

typedef struct expected {
    const group_row *sorted;
    size_t *first; /* row of each group, then the number of rows */
    size_t count;
    const group_row *rows;
    atomic_size_t right, wrong;
} expected;

static bool is_right(const expected *e, size_t index, const group *g)
{
    if (index >= e->count || g->count != e->first[index + 1] - e->first[index])
        return false;
    for (size_t i = 0; i < g->count; i++) {
        const group_row *wanted = &e->sorted[e->first[index] + i];
        const group_row *own = &e->rows[g->members[i].row];
        if (g->first != wanted->first || g->second != wanted->second || g->minor != wanted->minor ||
            own->first != g->first || own->second != g->second || own->minor != g->minor ||
            g->members[i].weight != wanted->weight || own->weight != wanted->weight)
            return false;
        if (i > 0 && g->members[i].weight == g->members[i - 1].weight &&
            g->members[i].row <= g->members[i - 1].row)
            return false;
    }
    return true;
}

/* Called on any thread, where nothing may be asserted. */
static void check_group(void *context, size_t index, const group *g)
{
    expected *e = context;
    atomic_fetch_add(is_right(e, index, g) ? &e->right : &e->wrong, 1);
}

static void check_groups(const group_row *rows, const expected *e, uint32_t codes, int threads)
{
    error err;
    groups *g = NULL;
    const group_source source = {.rows = ROWS,
                                 .codes = codes,
                                 .minors = MINORS,
                                 .threads = threads,
                                 .read = read_rows,
                                 .context = rows};
    expected own = {.sorted = e->sorted, .first = e->first, .count = e->count, .rows = rows};
    assert_int_equal(groups_new(&g, &source, &err), STATUS_OK);
    assert_int_equal(groups_count(g), e->count);
    assert_int_equal(groups_each(g, check_group, &own, &err), STATUS_OK);
    assert_int_equal(atomic_load(&own.wrong), 0);
    assert_int_equal(atomic_load(&own.right), e->count);
    groups_free(g);
}

static void shuffle(group_row *rows, uint64_t seed)
{
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t other = (size_t)(next_random(&seed) % (i + 1));
        group_row moved = rows[i];
        rows[i] = rows[other];
        rows[other] = moved;
    }
}

static void groups_owe_nothing_to_order_or_threads(void **state)
{
    (void)state;
    static const uint32_t codes[] = {8, CODES, 120000};
    for (size_t c = 0; c < 3; c++) {
        group_row *rows = rows_new(codes[c]), *sorted = malloc(ROWS * sizeof *sorted);
        size_t *first = malloc((ROWS + 1) * sizeof *first);
        assert_true(sorted && first);
        memcpy(sorted, rows, ROWS * sizeof *sorted);
        qsort(sorted, ROWS, sizeof *sorted, compare_rows);
        expected e = {.sorted = sorted, .first = first};
        for (size_t i = 0; i < ROWS; i++) {
            if (i == 0 || sorted[i].first != sorted[i - 1].first ||
                sorted[i].second != sorted[i - 1].second || sorted[i].minor != sorted[i - 1].minor)
                first[e.count++] = i;
        }
        first[e.count] = ROWS;
        static const int threads[] = {1, 2, 4, 8};
        for (size_t i = 0; i < 4; i++) {
            check_groups(rows, &e, codes[c], threads[i]);
            shuffle(rows, i);
        }
        free(rows);
        free(sorted);
        free(first);
    }
}

static void no_row_makes_no_group(void **state)
{
    (void)state;
    error err;
    groups *g = NULL;
    const group_source source = {.codes = 3, .minors = 1, .read = read_rows};
    assert_int_equal(groups_new(&g, &source, &err), STATUS_OK);
    assert_int_equal(groups_count(g), 0);
    groups_free(g);
}

static void too_many_codes_are_refused(void **state)
{
    (void)state;
    error err;
    groups *g = NULL;
    const group_source source = {.codes = UINT32_MAX, .minors = 42, .read = read_rows};
    assert_int_equal(groups_new(&g, &source, &err), STATUS_INPUT);
    assert_null(g);
}

/* --- codes of several columns --- */

static void codes_are_numbered_in_their_order(void **state)
{
    (void)state;
    error err;
    static const wanted_column wanted[] = {{.name = "o", .type = COLUMN_TEXT},
                                           {.name = "j", .type = COLUMN_TEXT}};
    const char text[] = "o;j\n2A004;75056\n01004;\n75056;2A004\n";
    static const char *const others[] = {"", "ZZZZZ"};
    outcome o = read_bytes(text, strlen(text), wanted, 2, (read_options){0});
    const column *const columns[] = {&o.table->columns[0], NULL, &o.table->columns[1]};
    code_ranks *r = NULL;
    assert_int_equal(code_ranks_new(&r, columns, 3, others, 2, &err), STATUS_OK);
    static const char *const sorted[] = {"", "01004", "2A004", "75056", "ZZZZZ"};
    assert_int_equal(code_ranks_count(r), 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_true(text_equal(code_ranks_at(r, i), sorted[i]));
        assert_int_equal(code_ranks_find(r, sorted[i]), i);
    }
    assert_true(code_ranks_find(r, "99999") == UINT32_MAX);
    assert_null(code_ranks_of_words(r, 1));
    assert_int_equal(code_ranks_of_words(r, 0)[o.table->columns[0].at.u32[0]], 2);
    assert_int_equal(code_ranks_of_words(r, 2)[o.table->columns[1].at.u32[0]], 3);
    code_ranks_free(r);
    outcome_clear(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_owe_nothing_to_order_or_threads),
        cmocka_unit_test(no_row_makes_no_group),
        cmocka_unit_test(too_many_codes_are_refused),
        cmocka_unit_test(codes_are_numbered_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
