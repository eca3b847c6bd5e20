/* UTF-8, escaping, folding, suggestions, buffers. */
#include "support.h"

#include "base/memory.h"

ALLOCATIONS_MAY_FAIL

static void only_true_utf8_is_valid(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t valid;
    } cases[] = {
        {"", 0},
        {"abc", 3},
        {"é\u202f€\U0001F600", 2 + 3 + 3 + 4},
        {"ab\xc0\xaf", 2},         /* overlong */
        {"\xe0\x80\xaf", 0},       /* overlong */
        {"\xed\xa0\x80", 0},       /* surrogate */
        {"\xf4\x90\x80\x80", 0},   /* past U+10FFFF */
        {"a\xe2\x82", 1},          /* cut */
        {"abcdefgh\xe9taient", 8}, /* Latin-1 */
        {"\x80", 0},
        {"\xf8\x88\x80\x80\x80", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(text_utf8_valid_prefix(cases[i].bytes, strlen(cases[i].bytes)),
                         cases[i].valid);
}

static void escaping_shows_what_could_deceive(void **state)
{
    (void)state;
    char out[64];
    assert_int_equal(text_escape(slice("a\tb"), out, sizeof out), strlen("a\\u{9}b"));
    assert_string_equal(out, "a\\u{9}b");
    (void)text_escape(slice("\u200b\u2066x\ufeff"), out, sizeof out);
    assert_string_equal(out, "\\u{200B}\\u{2066}x\\u{FEFF}");
    (void)text_escape(slice("« é\u00a0» œ 文"), out, sizeof out);
    assert_string_equal(out, "« é\u00a0» œ 文");
    assert_int_equal(text_escape(text_slice_of("a\0b", 3), out, sizeof out), 7);
    assert_string_equal(out, "a\\u{0}b");
}

static void an_escape_is_never_cut_in_the_middle(void **state)
{
    (void)state;
    char full[64], part[64];
    size_t needed = text_escape(slice("é\x01\xff…z"), full, sizeof full);
    assert_int_equal(needed, strlen(full));
    for (size_t size = 1; size <= needed + 1; size++) {
        assert_int_equal(text_escape(slice("é\x01\xff…z"), part, size), needed);
        size_t length = strlen(part);
        assert_true(length < size);
        assert_memory_equal(part, full, length);
        assert_int_equal(text_utf8_valid_prefix(part, length), length);
        assert_true(length == 0 || length == 2 || length == 7 || length == 11 || length == 14 ||
                    length == 15);
    }
    assert_int_equal(text_escape(slice("abc"), NULL, 0), 3);
}

static void comparison_is_by_bytes_then_length(void **state)
{
    (void)state;
    assert_true(text_compare(slice("01004"), slice("01005")) < 0);
    assert_true(text_compare(slice("2A004"), slice("2A")) > 0);
    assert_true(text_compare(slice("é"), slice("z")) > 0);
    assert_int_equal(text_compare(text_slice_of(NULL, 0), slice("")), 0);
    assert_true(text_equal(slice("abc"), "abc"));
    assert_false(text_equal(slice("abc"), "ab"));
}

static void assert_folds(const char *from, const char *to)
{
    char out[128];
    assert_int_equal(text_fold(slice(from), out, sizeof out), strlen(to));
    assert_string_equal(out, to);
}

static void names_fold_as_people_read_them(void **state)
{
    (void)state;
    assert_folds("Évry-Courcouronnes", "evry courcouronnes");
    assert_folds("L’Haÿ-les-Roses", "l hay les roses");
    assert_folds("L'Haÿ les  Roses ", "l hay les roses");
    assert_folds("Œuf-en-Ternois", "oeuf en ternois");
    assert_folds("Lætitia", "laetitia");
    assert_folds("St-Denis", "saint denis");
    assert_folds("Ste-Geneviève", "sainte genevieve");
    assert_folds("SAINT-DENIS", "saint denis");
    assert_folds("Stains", "stains");
    assert_folds("Est-St", "est st"); /* nothing follows: not a saint's name */
    assert_folds("Bourg St Maurice", "bourg saint maurice");
    assert_folds("e\u0301te\u0301", "ete"); /* decomposed */
    assert_folds("  \u00a0", "");
    assert_folds("--a--", "a");
    assert_folds("Straße Łódź", "strasse lodz");
    assert_folds("", "");
    assert_folds("a\xff", "a\uFFFD");
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"Ste-Mère-Église", "Ây", "Œ'Æ", "St", "a\u202fb", "Ĳ ŉ"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char once[64], twice[64];
        (void)text_fold(slice(texts[i]), once, sizeof once);
        (void)text_fold(slice(once), twice, sizeof twice);
        assert_string_equal(once, twice);
    }
}

static void distance_counts_what_a_typist_does(void **state)
{
    (void)state;
    assert_int_equal(text_distance("commune", "commune", 9), 0);
    assert_int_equal(text_distance("comune", "commune", 9), 1);
    assert_int_equal(text_distance("ocmmune", "commune", 9), 1);
    assert_int_equal(text_distance("Millésime", "millesime", 9), 0);
    assert_int_equal(text_distance("kitten", "sitting", 9), 3);
    assert_int_equal(text_distance("kitten", "sitting", 2), 3); /* limit + 1 */
    assert_int_equal(text_distance("", "abc", 9), 3);
    char longer[400];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(text_distance(longer, "a", 5), 6);
}

/* Full matrix of optimal string alignment, as in the textbook. */
static size_t slow_distance(const char *a, const char *b)
{
    size_t d[16][16], n = strlen(a), m = strlen(b);
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
            best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[n][m];
}

static void distance_is_that_of_the_textbook(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char words[2][16];
        for (int w = 0; w < 2; w++) {
            size_t size = next_random(&seed) % 11;
            for (size_t i = 0; i < size; i++)
                words[w][i] = (char)('a' + next_random(&seed) % 3);
            words[w][size] = '\0';
        }
        size_t true_distance = slow_distance(words[0], words[1]);
        size_t limit = next_random(&seed) % 12;
        size_t expected = true_distance > limit ? limit + 1 : true_distance;
        assert_int_equal(text_distance(words[0], words[1], limit), expected);
    }
}

static void a_misspelt_key_is_recognised(void **state)
{
    (void)state;
    static const char *const keys[] = {"territory", "population", "flows", "venues", "travel"};
    assert_string_equal(text_suggest("teritory", keys, 5), "territory");
    assert_string_equal(text_suggest("Venue", keys, 5), "venues");
    assert_string_equal(text_suggest("flwos", keys, 5), "flows");
    assert_null(text_suggest("zzz", keys, 5));
    assert_null(text_suggest("", keys, 5));
    assert_null(text_suggest("flows", NULL, 0));
}

static void markup_cannot_be_smuggled(void **state)
{
    (void)state;
    text_buffer b = {0};
    text_add_markup(&b, slice("<a href=\"x\">l'été & \u202e\x07</a>\n"));
    assert_string_equal(b.at, "&lt;a href=&quot;x&quot;&gt;l&#39;été &amp; &lt;/a&gt;\n");
    text_buffer_clear(&b);
    text_add_markup(&b, slice("\xff"));
    assert_string_equal(b.at, "\uFFFD");
    text_buffer_clear(&b);
}

static void json_strings_close_where_they_should(void **state)
{
    (void)state;
    text_buffer b = {0};
    text_add_json(&b, slice("a\"\\\n\x01</script>\u2028é\U000E0041\xfe"));
    assert_string_equal(b.at,
                        "\"a\\\"\\\\\\n\\u0001\\u003c/script\\u003e\\u2028é\\udb40\\udc41\uFFFD\"");
    text_buffer_clear(&b);
    text_add_json(&b, slice(""));
    assert_string_equal(b.at, "\"\"");
    text_buffer_clear(&b);
}

static void a_buffer_grows_without_losing_a_byte(void **state)
{
    (void)state;
    text_buffer b = {0};
    for (int i = 0; i < 10000; i++)
        text_add_format(&b, "%d;", i);
    assert_false(b.failed);
    assert_int_equal(b.size, strlen(b.at));
    assert_string_equal(b.at + b.size - 10, "9998;9999;");
    text_buffer_clear(&b);
    assert_null(b.at);
    text_add_n(&b, "x", SIZE_MAX - 2); /* refused, and stays so */
    text_add(&b, "y");
    assert_true(b.failed);
    assert_int_equal(b.size, 0);
    text_buffer_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_true_utf8_is_valid),
        cmocka_unit_test(escaping_shows_what_could_deceive),
        cmocka_unit_test(an_escape_is_never_cut_in_the_middle),
        cmocka_unit_test(comparison_is_by_bytes_then_length),
        cmocka_unit_test(names_fold_as_people_read_them),
        cmocka_unit_test(folding_twice_changes_nothing),
        cmocka_unit_test(distance_counts_what_a_typist_does),
        cmocka_unit_test(distance_is_that_of_the_textbook),
        cmocka_unit_test(a_misspelt_key_is_recognised),
        cmocka_unit_test(markup_cannot_be_smuggled),
        cmocka_unit_test(json_strings_close_where_they_should),
        cmocka_unit_test(a_buffer_grows_without_losing_a_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
