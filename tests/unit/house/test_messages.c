/* Every message exists in both languages, with the same values in the same order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "tree.h"

enum { TEXT_BYTES = 8192 };

typedef struct message {
    char name[128];
    char text[2][TEXT_BYTES]; /* as between the quotes: escapes are left */
    size_t texts;             /* literals separated by commas */
} message;

typedef struct count {
    size_t messages, gaps;
} count;

/* One literal, or several that the compiler joins. */
static const char *take_literal(const char *at, char *text)
{
    size_t used = strlen(text);
    for (at++; *at != '\0' && *at != '"'; at++) {
        size_t step = *at == '\\' && at[1] != '\0' ? 2 : 1;
        if (used + step < TEXT_BYTES) {
            memcpy(text + used, at, step);
            used += step;
        }
        at += step - 1;
    }
    text[used] = '\0';
    return *at == '"' ? at + 1 : at;
}

/* PRIu64 and its like, between two literals: a long of its last letter but two. */
static const char *take_word(const char *at, message *m)
{
    size_t size = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
    if (size == 6 && strncmp(at, "PRI", 3) == 0 && m->texts >= 1 && m->texts <= 2) {
        char *text = m->text[m->texts - 1];
        size_t used = strlen(text);
        if (used + 2 < TEXT_BYTES)
            (void)snprintf(text + used, 3, "l%c", at[3]);
    }
    return at + (size > 0 ? size : 1);
}

/* From after the name to the end of the logical line. */
static const char *take_texts(const char *at, message *m)
{
    m->texts = 0;
    bool open = false;
    m->text[0][0] = m->text[1][0] = '\0';
    while (*at != '\0' && *at != '\n') {
        if (*at == '\\' && at[1] == '\n') {
            at += 2;
        } else if (*at == '"') {
            if (!open)
                m->texts++;
            open = true;
            char overflow[TEXT_BYTES] = "";
            at = take_literal(at, m->texts <= 2 ? m->text[m->texts - 1] : overflow);
        } else {
            if (*at == ',')
                open = false;
            at = take_word(at, m);
        }
    }
    return at;
}

/* "%s%-5.2f%%" -> "%s%f": the conversion and its length, which decide the type of the argument;
 * '*' takes one more. */
static void conversions_of(const char *text, char *out, size_t size)
{
    size_t used = 0;
    for (; *text != '\0'; text++) {
        if (*text != '%')
            continue;
        if (*++text == '%')
            continue;
        for (; *text != '\0'; text++) {
            bool last = strchr("diouxXeEfFgGaAcspn", *text) != NULL;
            bool kept = last || strchr("hljztL*$", *text) != NULL;
            if (kept && used + 1 < size)
                out[used++] = *text;
            if (last)
                break;
        }
        if (*text == '\0')
            break;
    }
    out[used] = '\0';
}

/* Past a conversion that begins at `at`. */
static const char *skip_conversion(const char *at)
{
    at++;
    at += strcspn(at, "diouxXeEfFgGaAcspn%");
    return *at == '\0' ? at : at + 1;
}

/* Letters outside conversions and escapes: a text without any says nothing to translate. */
static bool says_something(const char *text)
{
    while (*text != '\0') {
        if (*text == '%') {
            text = skip_conversion(text);
            continue;
        }
        if (*text == '\\' && text[1] != '\0')
            text++;
        else if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            return true;
        text++;
    }
    return false;
}

static void gap(count *c, const char *path, const message *m, const char *what)
{
    print_error("%s: %s: %s\n", path, m->name, what);
    c->gaps++;
}

/* Long texts that read the same in both languages are most likely not translated; short ones are
 * often signs, units or shared words. */
enum { SHARED_WORD_BYTES = 24 };

static void judge(count *c, const char *path, const message *m)
{
    char first[256], second[256];
    c->messages++;
    if (m->texts != 2) {
        gap(c, path, m, "not two texts");
        return;
    }
    if (m->text[0][0] == '\0' || m->text[1][0] == '\0') {
        gap(c, path, m, "an empty text");
        return;
    }
    conversions_of(m->text[0], first, sizeof first);
    conversions_of(m->text[1], second, sizeof second);
    if (strcmp(first, second) != 0)
        gap(c, path, m, "other values, or in another order");
    if (strcmp(m->text[0], m->text[1]) == 0 && strlen(m->text[0]) > SHARED_WORD_BYTES &&
        says_something(m->text[0]))
        gap(c, path, m, "the same text twice");
    for (size_t i = 0; i < 2; i++) {
        if (text_utf8_valid_prefix(m->text[i], strlen(m->text[i])) != strlen(m->text[i]))
            gap(c, path, m, "not UTF-8");
    }
}

static void judge_file(void *context, const char *path, const char *text)
{
    static message m;
    while ((text = strstr(text, "#define M_")) != NULL) {
        text += strlen("#define ");
        size_t size = strcspn(text, " \t\\\n(");
        (void)snprintf(m.name, sizeof m.name, "%.*s", (int)size, text);
        text = take_texts(text + size, &m);
        judge(context, path, &m);
    }
}

static void every_message_is_in_both_languages(void **state)
{
    (void)state;
    static const char *const folders[] = {"core", "datasets", "plugins", "reports"};
    static const char *const headers[] = {"messages.h", NULL};
    count c = {0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        tree_walk(BASSIN_SOURCE_DIR, folders[i], headers, judge_file, &c);
    assert_true(c.messages > 30);
    assert_int_equal(c.gaps, 0);
}

static size_t gaps_in(const char *text)
{
    count c = {0};
    judge_file(&c, "core/x/messages.h", text);
    return c.gaps;
}

static void a_gap_is_seen(void **state)
{
    (void)state;
    assert_int_equal(gaps_in("#define M_A \"un %s\", \"one %s\"\n"), 0);
    assert_int_equal(gaps_in("#define M_A \\\n    \"un \" \"%zu\", \\\n        \"%zu one\"\n"), 0);
    assert_int_equal(gaps_in("#define M_A \"%\" PRIu64 \" un\", \"one %\" PRIu64\n"), 0);
    assert_int_equal(gaps_in("#define M_A \"%\" PRIu64, \"%\" PRId64\n"), 1);
    assert_int_equal(gaps_in("#define M_A \"100 %% %d\", \"%d of 100 %%\"\n"), 0);
    assert_int_equal(gaps_in("#define M_A \"km\", \"km\"\n"), 0);
    assert_int_equal(gaps_in("#define M_A \"un\"\n"), 1);
    assert_int_equal(gaps_in("#define M_A \"un\", \"\"\n"), 1);
    assert_int_equal(gaps_in("#define M_A \"%s %d\", \"%d %s\"\n"), 1);
    assert_int_equal(gaps_in("#define M_A \"un %s\", \"one\"\n"), 1);
    assert_int_equal(gaps_in("#define M_A \"%zu communes\", \"%u communes\"\n"), 1);
    assert_int_equal(gaps_in("#define M_A \"le fichier ne s'ouvre pas\", "
                             "\"le fichier ne s'ouvre pas\"\n"),
                     1);
    assert_int_equal(gaps_in("#define M_A \"a, \\\"b\\\"\", \"c, d\"\n#define M_B \"x\"\n"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_is_seen),
        cmocka_unit_test(every_message_is_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
