/* The plugin header is the reference that researchers read: every member of every struct says what
 * it is, and every function on which threads it is called. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tree.h"

/* A struct body being read: the declaration that is open or just ended, and the comment before. */
typedef struct survey {
    const char *path;
    unsigned line;
    size_t structs, members, functions, faults;
    bool open, ended; /* a declaration: begun; ended, its line may still bear a comment */
    unsigned end_line;
    bool commented, tagged, before, before_tagged;
    char text[512]; /* of the declaration */
    size_t size;
} survey;

static bool has_tag(const char *comment, size_t size)
{
    static const char *const tags[] = {"[once", "[block", "[merge", "[any"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const size_t length = strlen(tags[i]);
        for (size_t k = 0; k + length <= size; k++) {
            if (strncmp(comment + k, tags[i], length) == 0)
                return true;
        }
    }
    return false;
}

/* Judges the declaration that ended, once nothing more can speak for it. */
static void settle(survey *s)
{
    if (!s->ended)
        return;
    const bool function = strstr(s->text, "(*") != NULL;
    s->ended = false;
    s->members++;
    s->functions += function;
    if (!s->commented || (function && !s->tagged)) {
        print_error("%s:%u: no %s for: %s\n", s->path, s->end_line,
                    s->commented ? "thread tag" : "comment", s->text);
        s->faults++;
    }
}

static void begin(survey *s)
{
    settle(s);
    s->open = true;
    s->commented = s->before;
    s->tagged = s->before_tagged;
    s->before = s->before_tagged = false;
    s->size = 0;
    s->text[0] = '\0';
}

/* A comment speaks for the declaration that it stands in, or whose line it ends; else for the next.
 */
static const char *comment(survey *s, const char *at)
{
    const char *end = strstr(at, "*/");
    const size_t size = end != NULL ? (size_t)(end - at) : strlen(at);
    const bool tagged = has_tag(at, size);
    if (s->open || (s->ended && s->end_line == s->line)) {
        s->commented = true;
        s->tagged = s->tagged || tagged;
    } else {
        settle(s);
        s->before = true;
        s->before_tagged = tagged;
    }
    for (size_t i = 0; i < size; i++)
        s->line += at[i] == '\n';
    return end != NULL ? end + 2 : at + size;
}

static void take(survey *s, char c)
{
    if (s->size + 1 < sizeof s->text) {
        s->text[s->size++] = isspace((unsigned char)c) ? ' ' : c;
        s->text[s->size] = '\0';
    }
}

/* From behind the brace to behind its end. A union's members are read as the struct's own. */
static const char *body(survey *s, const char *at)
{
    size_t depth = 1;
    s->open = s->ended = s->before = false;
    s->structs++;
    while (*at != '\0' && depth > 0) {
        if (strncmp(at, "/*", 2) == 0) {
            at = comment(s, at);
            continue;
        }
        s->line += *at == '\n';
        if (*at == '{') {
            s->open = false;
            depth++;
        } else if (*at == '}') {
            settle(s);
            depth--;
        } else if (*at == ';') {
            s->open = false;
            s->ended = true;
            s->end_line = s->line;
        } else if (!isspace((unsigned char)*at) && !s->open) {
            begin(s);
            take(s, *at);
        } else if (s->open) {
            take(s, *at);
        }
        at++;
    }
    return at;
}

static void survey_header(void *context, const char *path, const char *text)
{
    survey *s = context;
    s->path = path;
    s->line = 1;
    for (const char *at = text; *at != '\0';) {
        const char *name = at;
        const bool word = strncmp(at, "struct bassin_", 14) == 0;
        for (name += word ? 7 : 0; word && (isalnum((unsigned char)*name) || *name == '_'); name++)
            continue;
        if (strncmp(at, "/*", 2) == 0) {
            at = comment(s, at);
        } else if (word && strncmp(name, " {", 2) == 0) {
            at = body(s, name + 2);
        } else {
            s->line += *at == '\n';
            at++;
        }
    }
}

static void every_member_says_what_it_is(void **state)
{
    static const char *const headers[] = {".h", NULL};
    survey s = {.path = NULL};
    (void)state;
    tree_walk(BASSIN_SOURCE_DIR, "core/include/bassin", headers, survey_header, &s);
    assert_true(s.structs >= 25 && s.members >= 150 && s.functions >= 20);
    assert_int_equal(s.faults, 0);
}

static void the_survey_sees_what_says_nothing(void **state)
{
    static const struct {
        const char *text;
        size_t members, faults;
    } cases[] = {
        {"struct bassin_a {\n    int a; /* x */\n    int b;\n};\n", 2, 1},
        {"struct bassin_a {\n    /* x */\n    int a;\n    /* y */\n    int b, c;\n};\n", 2, 0},
        {"struct bassin_a {\n    int a; /* x,\n              and y */\n    int b;\n};\n", 2, 1},
        {"struct bassin_a {\n    union {\n        int a; /* x */\n        int b;\n    } at; /* y "
         "*/\n"
         "};\n",
         3, 1},
        {"struct bassin_a {\n    /* [once] x */\n    int (*f)(int);\n    /* x */\n"
         "    int (*g)(int);\n};\n",
         2, 1},
        {"struct bassin_a;\n/* struct bassin_b { int a; } */\n", 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        survey s = {.path = NULL};
        survey_header(&s, "case", cases[i].text);
        if (s.members != cases[i].members || s.faults != cases[i].faults)
            fail_msg("case %zu: %zu members, %zu faults", i, s.members, s.faults);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_survey_sees_what_says_nothing),
        cmocka_unit_test(every_member_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
