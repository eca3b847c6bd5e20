/* kill -9 at fifty moments of a run, each followed by --resume: the same bytes as a run that was
 * left alone, whatever the numbers of threads of both. Every other moment is drawn over the whole
 * run, the others from the beginning of the indicators on. */
#include "tests/golden/resume/lean.h"

#include <math.h>
#include <signal.h>
#include <time.h>

#include "base/files.h"
#include "base/progress.h"
#include "base/random.h"
#include "base/text.h"
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

/* How long a run takes, and its indicators, when nothing else goes on: the least that was seen. */
typedef struct durations {
    double whole_s, indicators_s;
} durations;

/* The timings lie beside the results. */
static double indicators_s(const lean *l)
{
    file_view file;
    error err;
    double sum = 0.0;
    char path[300];
    (void)snprintf(path, sizeof path, "%s.log", l->results);
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    const char *at = file.at, *end = file.at + file.size;
    while (at < end) {
        char step[64] = "", seconds[32] = "";
        double value = 0.0;
        if (sscanf(at, "{\"step\":\"%63[a-z_]\",\"seconds\":%31[0-9.]", step, seconds) == 2 &&
            is_indicator(step) && text_to_f64(text_slice_of(seconds, strlen(seconds)), '.', &value))
            sum += value;
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        at = line_end != NULL ? line_end + 1 : end;
    }
    file_unmap(&file);
    assert_true(sum > 0.0);
    return sum;
}

static durations measure(lean *l)
{
    static said s;
    durations d = {.whole_s = INFINITY, .indicators_s = INFINITY};
    for (int i = 0; i < 3; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "cache-whole-%d", i);
        lean_cache(l, name);
        const double begun_s = progress_clock_s();
        PROGRAM(&s, "run", l->run_file, "-o", l->results, "-j", "2");
        d.whole_s = fmin(d.whole_s, progress_clock_s() - begun_s);
        assert_int_equal(s.code, 0);
        d.indicators_s = fmin(d.indicators_s, indicators_s(l));
    }
    return d;
}

/* Until the first indicator has begun, or the program is silent for too long. */
static void wait_for_indicators(const process *p)
{
    static char text[SAID_BYTES];
    for (int i = 0; i < 10000; i++) {
        FILE *in = fopen(p->said, "r");
        assert_non_null(in);
        text[fread(text, 1, sizeof text - 1, in)] = '\0';
        assert_int_equal(fclose(in), 0);
        if (strstr(text, "\"begin\",\"id\":\"supply\"") != NULL)
            return;
        wait_s(0.002);
    }
}

typedef struct tally {
    size_t inside, found, taken_up, ended;
} tally;

static void kill_once(lean *l, size_t i, durations *d, const char *wanted, tally *t)
{
    static char text[SAID_BYTES];
    static said s;
    char name[32], out[256], step[64], digest[65];
    process p;
    const double drawn = random_uniform(random_key_of(1, "kill"), i, 0, 0);
    const double after_s = drawn * (i % 2 == 0 ? d->whole_s : d->indicators_s);
    (void)snprintf(name, sizeof name, "cache-%zu", i);
    lean_cache(l, name);
    (void)snprintf(name, sizeof name, "out-%zu", i);
    const char *const run[] = {
        "run",    l->run_file, "-o",           in_folder(out, l->folder, name),
        "--json", "-j",        threads[i % 3], NULL};
    process_start(&p, run);
    if (i % 2 != 0)
        wait_for_indicators(&p);
    wait_s(after_s);
    process_signal(&p, SIGKILL);
    const ending e = process_wait(&p, text, sizeof text);
    last_step(text, step);
    t->inside += e.code != 0 && is_indicator(step);
    t->ended += e.code == 0;
    if (e.code == 0 && i % 2 == 0)
        d->whole_s = fmin(d->whole_s, after_s); /* it was faster this time */
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
    lean *l = *state;
    tally t = {0};
    char wanted[65];
    durations d = measure(l);
    const durations first = d;
    tree_digest(wanted, l->results);
    for (size_t i = 0; i < KILLS; i++)
        kill_once(l, i, &d, wanted, &t);
    print_message("%d kills, of a run of %.2f s and of its indicators of %.2f s: %zu inside the "
                  "indicators, %zu after the end; resumed: "
                  "%zu with finished indicators, %zu with one taken up on the way\n",
                  (int)KILLS, first.whole_s, first.indicators_s, t.inside, t.ended, t.found,
                  t.taken_up);
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
