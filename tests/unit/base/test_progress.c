/* What a person or a program reads on stderr while a run works. */
#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/progress.h"

static atomic_int never;

typedef struct captured {
    char folder[256];
    int stderr_copy;
} captured;

static void capture(captured *c)
{
    int fd = open(in_folder(folder_fresh(c->folder), "stderr"),
                  O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    c->stderr_copy = dup(STDERR_FILENO);
    assert_true(dup2(fd, STDERR_FILENO) >= 0);
    (void)close(fd);
}

static char *release(captured *c)
{
    assert_true(dup2(c->stderr_copy, STDERR_FILENO) >= 0);
    (void)close(c->stderr_copy);
    char *text = read_text(in_folder(c->folder, "stderr"));
    folder_clear(c->folder);
    return text;
}

static void pause_ms(long ms)
{
    const struct timespec moment = {.tv_nsec = ms * 1000000};
    (void)nanosleep(&moment, NULL);
}

/* Two steps, the second with an advance late enough to be drawn. */
static char *run_steps(progress p, size_t *timed, progress_timing timings[4])
{
    captured c;
    error err;
    assert_int_equal(progress_log_new(&p.log, &err), STATUS_OK);
    capture(&c);
    progress_step(&p, "network", "Réseau", "Network");
    progress_step(&p, "costs", "Trajets \033", "Travel \"times\"");
    pause_ms(600);
    progress_advance(&p, 1, 2);
    progress_advance(&p, 2, 2); /* at once after: not drawn */
    progress_end(&p);
    progress_end(&p);
    char *text = release(&c);
    *timed = progress_timings(&p, timings, 4);
    progress_log_free(p.log);
    return text;
}

static void a_file_gets_the_names_of_the_steps(void **state)
{
    (void)state;
    progress_timing timings[4];
    size_t timed = 0;
    char *text = run_steps((progress){.cancel = &never}, &timed, timings);
    assert_string_equal(text, "Réseau\nTrajets \\u{1B}\n");
    assert_int_equal(timed, 2);
    assert_string_equal(timings[1].id, "costs");
    assert_true(timings[1].seconds > 0.0 && timings[1].peak_kib > 0);
    free(text);
}

static void a_program_gets_one_object_a_line(void **state)
{
    (void)state;
    progress_timing timings[4];
    size_t timed = 0;
    char *text =
        run_steps((progress){.lang = LANGUAGE_EN, .json = true, .cancel = &never}, &timed, timings);
    assert_non_null(
        strstr(text, "{\"event\":\"begin\",\"id\":\"network\",\"text\":\"Network\"}\n"));
    assert_non_null(strstr(text, "{\"event\":\"step\",\"id\":\"network\",\"seconds\":"));
    assert_non_null(strstr(text, "\"text\":\"Travel \\\"times\\\"\"}\n"));
    assert_non_null(
        strstr(text, "{\"event\":\"progress\",\"id\":\"costs\",\"done\":1,\"total\":2}\n"));
    assert_null(strstr(text, "\"done\":2"));
    assert_null(strchr(text, '\r'));
    free(text);
}

static void a_terminal_gets_a_bar_and_color_only_if_wanted(void **state)
{
    (void)state;
    for (int plain = 0; plain < 2; plain++) {
        progress_timing timings[4];
        size_t timed = 0;
        assert_int_equal(plain ? setenv("NO_COLOR", "1", 1) : unsetenv("NO_COLOR"), 0);
        char *text = run_steps((progress){.terminal = true, .cancel = &never}, &timed, timings);
        assert_non_null(strstr(text, "[############------------] 50 %"));
        assert_int_equal(strstr(text, "\033[32m") == NULL, plain);
        assert_non_null(strstr(text, ",")); /* seconds in French */
        free(text);
    }
}

/* What a step counts is told with its speed, and forgotten by the next step. */
static void a_bar_tells_what_it_counts(void **state)
{
    (void)state;
    captured c;
    error err;
    progress p = {.lang = LANGUAGE_EN, .terminal = true, .cancel = &never};
    assert_int_equal(progress_log_new(&p.log, &err), STATUS_OK);
    capture(&c);
    progress_step(&p, "pairs", "Trajets", "Trips");
    progress_unit(&p, "paires", "pairs");
    usleep(120 * 1000);
    progress_advance(&p, 123456, 200000);
    progress_step(&p, "other", "Autre", "Other");
    usleep(120 * 1000);
    progress_advance(&p, 1, 2);
    progress_end(&p);
    char *text = release(&c);
    assert_non_null(strstr(text, "61 %  123,456 pairs, "));
    assert_non_null(strstr(text, "/s"));
    const char *next = strstr(text, "Other  [");
    assert_non_null(next);
    assert_null(strstr(next, "pairs"));
    free(text);
    progress_log_free(p.log);
}

static void *advance_often(void *p)
{
    for (size_t i = 0; i < 20000; i++)
        progress_advance(p, i, 20000);
    return NULL;
}

static void many_threads_may_advance(void **state)
{
    (void)state;
    captured c;
    error err;
    pthread_t threads[4];
    progress p = {.json = true, .cancel = &never};
    assert_int_equal(progress_log_new(&p.log, &err), STATUS_OK);
    capture(&c);
    progress_step(&p, "work", "Travail", "Work");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, advance_often, &p), 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    progress_end(&p);
    char *text = release(&c);
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1)
        assert_int_equal(*line, '{');
    free(text);
    progress_log_free(p.log);
    progress_log_free(NULL);
}

static void no_log_is_no_trouble(void **state)
{
    (void)state;
    captured c;
    progress p = {.lang = LANGUAGE_FR, .cancel = &never};
    capture(&c);
    progress_step(&p, "a", "Un", "One");
    progress_advance(&p, 1, 2);
    progress_end(&p);
    char *text = release(&c);
    assert_string_equal(text, "Un\n");
    assert_int_equal(progress_timings(&p, NULL, 0), 0);
    assert_false(progress_cancelled(&p));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_gets_the_names_of_the_steps),
        cmocka_unit_test(a_program_gets_one_object_a_line),
        cmocka_unit_test(a_terminal_gets_a_bar_and_color_only_if_wanted),
        cmocka_unit_test(a_bar_tells_what_it_counts),
        cmocka_unit_test(many_threads_may_advance),
        cmocka_unit_test(no_log_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
