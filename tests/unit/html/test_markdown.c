/* Method pages: what is written is shown, and nothing in it becomes markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "markup.h"
#include "reports/html/markdown.h"

static void reads_as(const char *text, const char *markup)
{
    text_buffer out = {0};
    markdown_to_markup(text, &out);
    assert_string_equal(out.at ? out.at : "", markup);
    assert_null(markup_fault(out.at ? out.at : ""));
    text_buffer_clear(&out);
}

static void a_page_of_methods(void **state)
{
    (void)state;
    reads_as("## Zones\n\nUne phrase\nsur deux lignes.\n",
             "<h3>Zones</h3>\n<p>Une phrase\nsur deux lignes.</p>\n");
    reads_as("- un\n- **deux**\n\nfin",
             "<ul>\n<li>un</li>\n<li><strong>deux</strong></li>\n</ul>\n<p>fin</p>\n");
    reads_as("le seuil `white-zone`\r\n", "<p>le seuil <code>white-zone</code></p>\n");
    reads_as("", "");
}

static void unbalanced_marks_stay_text(void **state)
{
    (void)state;
    reads_as("2 ** 3 et `code", "<p>2 ** 3 et `code</p>\n");
    reads_as("#sans espace", "<p>#sans espace</p>\n");
    reads_as("****", "<p>****</p>\n");
}

static void markup_is_escaped_everywhere(void **state)
{
    (void)state;
    reads_as("## <b>\n**<i>** `</p>` <script>\n",
             "<h3>&lt;b&gt;</h3>\n<p><strong>&lt;i&gt;</strong> <code>&lt;/p&gt;</code> "
             "&lt;script&gt;</p>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_of_methods),
        cmocka_unit_test(unbalanced_marks_stay_text),
        cmocka_unit_test(markup_is_escaped_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
