/* report_sample FOLDER [fr|en] [COLUMNS ROWS] [points]: writes FOLDER/report.html from results made
 * by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fake_results.h"
#include "reports/html/html.h"

static size_t size_of(const char *text)
{
    uint64_t value = 0;
    return text_to_u64(text_slice_of(text, strlen(text)), &value) ? (size_t)value : 0;
}

int main(int argc, char **argv)
{
    error err;
    if (argc < 2)
        return 64;
    const bool sized = argc >= 5;
    const fake_options options = {
        .lang = argc > 2 && strcmp(argv[2], "en") == 0 ? LANGUAGE_EN : LANGUAGE_FR,
        .columns = sized ? size_of(argv[3]) : 0,
        .rows = sized ? size_of(argv[4]) : 0,
        .no_outlines = strcmp(argv[argc - 1], "points") == 0,
    };
    fake_results *const f = fake_results_new(&options);
    const report_request request = {.folder = argv[1], .threads = 1};
    const status s = html_writer.write(fake_results_view(f), &request, &err);
    if (s != STATUS_OK)
        (void)fprintf(stderr, "%s\n", err.en);
    fake_results_free(f);
    return status_exit_code(s);
}
