/* Packing: what a browser unpacks is what went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <zlib.h>

#include "reports/html/pack.h"

/* RFC 4648 section 10. */
static void base64_is_that_of_the_standard(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text_buffer out = {0};
        pack_base64(cases[i][0], strlen(cases[i][0]), &out);
        assert_string_equal(out.at ? out.at : "", cases[i][1]);
        text_buffer_clear(&out);
    }
}

/* The digest that browsers compute for <script>alert('Hello, world.');</script> (MDN, CSP
 * script-src). */
static void a_policy_names_a_script_as_browsers_do(void **state)
{
    (void)state;
    static const char script[] = "alert('Hello, world.');";
    text_buffer out = {0};
    pack_csp_hash(script, strlen(script), &out);
    assert_string_equal(out.at, "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    text_buffer_clear(&out);
}

static void gzip_reads_back_and_tells_no_time(void **state)
{
    (void)state;
    enum { SIZE = 100000 };
    static unsigned char in[SIZE], back[SIZE];
    error err;
    text_buffer packed = {0};
    for (size_t i = 0; i < SIZE; i++)
        in[i] = (unsigned char)(i * i >> 7);
    assert_int_equal(pack_gzip(in, SIZE, &packed, &err), STATUS_OK);
    z_stream z = {.next_in = (unsigned char *)packed.at,
                  .avail_in = (uInt)packed.size,
                  .next_out = back,
                  .avail_out = SIZE};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    (void)inflateEnd(&z);
    assert_memory_equal(in, back, SIZE);
    assert_memory_equal(packed.at + 4, "\0\0\0\0", 4); /* RFC 1952: MTIME */
    text_buffer_clear(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_is_that_of_the_standard),
        cmocka_unit_test(a_policy_names_a_script_as_browsers_do),
        cmocka_unit_test(gzip_reads_back_and_tells_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
