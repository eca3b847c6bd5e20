/* kill -9 at fifty moments of a run, each followed by --resume: the same bytes as a run that was
 * left alone, whatever the numbers of threads of both. */
#include "tests/golden/resume/lean.h"

#include <math.h>
#include <signal.h>
#include <time.h>

#include "base/progress.h"
#include "base/random.h"
#include "tests/golden/whole/process.h"

enum { KILLS = 50, INSIDE_LEAST = 10 };
static const char *const threads[] = {"1", "2", "4"};

static int group_new(void **state)
{
    static lean l;
    lean_new(&l, "80");
    *state = &l;
    return 0;
}

static int group_drop(void **state)
{
    lean_drop(*state);
    return 0;
}

static void wait_s(double seconds)
{
    const struct timespec pause = {.tv_sec = (time_t)seconds,
                                   .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    (void)nanosleep(&pause, NULL);
}

/* The step that had begun last, from events on the standard error. */
static void last_step(const char *text, char step[64])
{
    static const char begun[] = "{\"event\":\"begin\",\"id\":\"";
    const char *last = NULL;
    for (const char *at = strstr(text, begun); at != NULL; at = strstr(at + 1, begun))
        last = at + strlen(begun);
    (void)snprintf(step, 64, "%.*s", last != NULL ? (int)strcspn(last, "\"") : 0,
                   last != NULL ? last : "");
}

static bool is_indicator(const char *step)
{
    static const char *const known[] = {"supply", "commuting", "catchment", "coverage",
                                        "avoided_km"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(step, known[i]) == 0)
            return true;
    }
    return false;
}

typedef struct tally {
    size_t inside, found, taken_up, ended;
} tally;

static void kill_once(lean *l, size_t i, double duration_s, const char *wanted, tally *t)
{
    static char text[SAID_BYTES];
    static said s;
    char name[32], out[256], step[64], digest[65];
    process p;
    const double after_s = duration_s * random_uniform(random_key_of(1, "kill"), i, 0, 0);
    (void)snprintf(name, sizeof name, "cache-%zu", i);
    lean_cache(l, name);
    (void)snprintf(name, sizeof name, "out-%zu", i);
    const char *const run[] = {
        "run",    l->run_file, "-o",           in_folder(out, l->folder, name),
        "--json", "-j",        threads[i % 3], NULL};
    process_start(&p, run);
    wait_s(after_s);
    process_signal(&p, SIGKILL);
    const ending e = process_wait(&p, text, sizeof text);
    last_step(text, step);
    t->inside += e.code != 0 && is_indicator(step);
    t->ended += e.code == 0;
    PROGRAM(&s, "run", l->run_file, "-o", out, "--resume", "-j", threads[(i + 1) % 3]);
    if (s.code != 0)
        print_error("%s\n", s.text);
    assert_int_equal(s.code, 0);
    t->found += strstr(s.text, "found finished") != NULL;
    t->taken_up += strstr(s.text, "taken up on the way") != NULL;
    tree_digest(digest, out);
    if (strcmp(digest, wanted) != 0)
        fail_msg("killed after %.3f s, in %s: other bytes", after_s, step);
    folder_drop(out);
}

static void killed_runs_are_resumed_to_the_same_bytes(void **state)
{
    static said s;
    lean *l = *state;
    tally t = {0};
    char wanted[65];
    double duration_s = INFINITY; /* the least of three: other work may slow one down */
    for (int i = 0; i < 3; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "cache-whole-%d", i);
        lean_cache(l, name);
        const double begun_s = progress_clock_s();
        PROGRAM(&s, "run", l->run_file, "-o", l->results, "-j", "2");
        duration_s = fmin(duration_s, progress_clock_s() - begun_s);
        assert_int_equal(s.code, 0);
    }
    tree_digest(wanted, l->results);
    for (size_t i = 0; i < KILLS; i++)
        kill_once(l, i, duration_s, wanted, &t);
    print_message("%d kills within %.2f s: %zu inside the indicators, %zu after the end; resumed: "
                  "%zu with finished indicators, %zu with one taken up on the way\n",
                  (int)KILLS, duration_s, t.inside, t.ended, t.found, t.taken_up);
    assert_true(t.inside >= INSIDE_LEAST);
    assert_true(t.found > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_runs_are_resumed_to_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, group_new, group_drop);
}
