/* What the code never calls (STYLE and reliability rules): unbounded or locale-bound functions, a
 * shell, sums whose bits depend on the number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tree.h"

static const char *const banned[] = {"strcpy(", "strcat(",    "sprintf(",   "atoi(",     "atof(",
                                     "strtod(", "gets(",      "system(",    "popen(",    "alloca(",
                                     "strtok(", "setlocale(", "reduction(", "omp atomic"};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The call itself, not the tail of another name: "snprintf(" is not "sprintf(". */
static const char *called(const char *text, const char *name)
{
    for (const char *at = strstr(text, name); at != NULL; at = strstr(at + 1, name)) {
        if (at == text || !is_word(at[-1]))
            return at;
    }
    return NULL;
}

static size_t line_of(const char *text, const char *at)
{
    size_t line = 1;
    for (const char *c = text; c < at; c++)
        line += *c == '\n';
    return line;
}

static void count_calls(void *context, const char *path, const char *text)
{
    size_t *found = context;
    for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
        const char *at = called(text, banned[i]);
        if (at == NULL)
            continue;
        (*found)++;
        (void)fprintf(stderr, "%s:%zu: %s\n", path, line_of(text, at), banned[i]);
    }
}

static void nothing_banned_is_called(void **state)
{
    (void)state;
    static const char *const folders[] = {"core", "datasets", "plugins", "reports"};
    static const char *const sources[] = {".c", ".h", NULL};
    size_t found = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        tree_walk(BASSIN_SOURCE_DIR, folders[i], sources, count_calls, &found);
    assert_int_equal(found, 0);
}

/* One file of the program reaches the network: that of `bassin fetch`. */
typedef struct network_survey {
    size_t allowed, others;
} network_survey;

static void count_network(void *context, const char *path, const char *text)
{
    static const char *const words[] = {"<curl/", "AF_INET", "getaddrinfo", "<netdb.h>",
                                        "<netinet/"};
    network_survey *found = context;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(text, words[i]) == NULL)
            continue;
        if (strcmp(path, "datasets/catalogue/download.c") == 0) {
            found->allowed++;
        } else {
            found->others++;
            (void)fprintf(stderr, "%s: %s\n", path, words[i]);
        }
    }
}

static void only_fetch_reaches_the_network(void **state)
{
    (void)state;
    static const char *const folders[] = {"core", "datasets", "plugins", "reports"};
    static const char *const sources[] = {".c", ".h", NULL};
    network_survey found = {0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        tree_walk(BASSIN_SOURCE_DIR, folders[i], sources, count_network, &found);
    assert_int_equal(found.allowed, 1);
    assert_int_equal(found.others, 0);
}

static void a_banned_call_is_seen(void **state)
{
    (void)state;
    size_t found = 0;
    count_calls(&found, "a.c", "x = strcpy(a, b);\n");
    count_calls(&found, "b.c", "#pragma omp parallel for reduction(+ : sum)\n");
    assert_int_equal(found, 2);
    count_calls(&found, "c.c", "(void)snprintf(a, 4, \"%d\", b); my_atoi(c);\n");
    assert_int_equal(found, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_banned_call_is_seen),
                                       cmocka_unit_test(nothing_banned_is_called),
                                       cmocka_unit_test(only_fetch_reaches_the_network)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
