/* Indicators made by programs, through the program itself: what is asked for comes out everywhere,
 * and what goes wrong is that indicator's own failure. Needs python3. */
#include <dirent.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/sandbox.h"
#include "base/text.h"
#include "table/archive.h"
#include "tests/golden/run/program.h"

#define EXAMPLE BASSIN_SOURCE_DIR "/examples/plugins/two-functions"

typedef struct fixture {
    char folder[64], data[256], plugins[256];
    bool without_python;
} fixture;

static bool has_command(const char *name)
{
    char path[512];
    for (const char *rest = getenv("PATH"); rest != NULL && *rest != '\0';) {
        const size_t size = strcspn(rest, ":");
        (void)snprintf(path, sizeof path, "%.*s/%s", (int)size, rest, name);
        if (access(path, X_OK) == 0)
            return true;
        rest += size + (rest[size] == ':');
    }
    return false;
}

/* The demonstration, small; a folder of plugins beside it; temporary files in a folder of our own,
 * so that nothing is left there. */
static int set_up(void **state)
{
    static said out;
    fixture *x = calloc(1, sizeof *x);
    char temporary[256];
    assert_non_null(x);
    folder_new(x->folder);
    (void)in_folder(x->plugins, x->folder, "plugins");
    assert_int_equal(mkdir(x->plugins, 0755), 0);
    assert_int_equal(mkdir(in_folder(temporary, x->folder, "temporary"), 0700), 0);
    (void)setenv("TMPDIR", temporary, 1);
    char demo[256];
    PROGRAM(&out, "demo", "--communes", "24", "--lang", "en", "-o",
            in_folder(demo, x->folder, "demo"));
    assert_int_equal(out.code, 0);
    (void)in_folder(x->data, demo, "data");
    x->without_python = !has_command("python3");
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    fixture *x = *state;
    (void)unsetenv("TMPDIR");
    (void)unsetenv("BASSIN_PLUGIN_PATH");
    folder_drop(x->folder);
    free(x);
    return 0;
}

/* No folder of a job is left behind. */
static void assert_nothing_is_left(const fixture *x)
{
    char path[256];
    DIR *d = opendir(in_folder(path, x->folder, "temporary"));
    assert_non_null(d);
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        if (strncmp(e->d_name, "bassin-pipe", 11) == 0)
            fail_msg("%s is left", e->d_name);
    }
    (void)closedir(d);
}

/* The run file of the demonstration, its reports and language as asked, one indicator, and
 * `plugins`. */
static void put_run_file(const fixture *x, const char *name, const char *formats,
                         const char *plugins)
{
    char path[256];
    error err;
    file_view file;
    assert_int_equal(file_map(in_folder(path, x->data, "run.yaml"), &file, &err), STATUS_OK);
    const char *end = memmem(file.at, file.size, "indicators:", 11);
    assert_non_null(end);
    text_buffer text = {0};
    text_add_n(&text, file.at, (size_t)(end - file.at));
    text_add_format(&text,
                    "indicators:\n  coverage: {}\nreports: {language: en, formats: [%s]}\nseed: 1\n"
                    "plugins: %s\n",
                    formats, plugins);
    file_put(in_folder(path, x->data, name), text.at);
    text_buffer_clear(&text);
    file_unmap(&file);
}

static void run_file(const fixture *x, const char *name, const char *results, said *out)
{
    char path[256], folder[256];
    PROGRAM(out, "run", in_folder(path, x->data, name), "--lang", "en", "-o",
            in_folder(folder, x->folder, results));
}

static bool holds(const fixture *x, const char *name, const char *words_wanted)
{
    char path[256];
    error err;
    file_view file;
    if (file_map(in_folder(path, x->folder, name), &file, &err) != STATUS_OK)
        fail_msg("%s", err.en);
    const bool found = memmem(file.at, file.size, words_wanted, strlen(words_wanted)) != NULL;
    file_unmap(&file);
    return found;
}

/* Some sheet of the workbook holds the text. */
static bool workbook_holds(const fixture *x, const char *name, const char *wanted)
{
    char path[256];
    error err;
    file_view file;
    bool found = false;
    assert_int_equal(file_map(in_folder(path, x->folder, name), &file, &err), STATUS_OK);
    for (int i = 1; i < 60 && !found; i++) {
        char member[64];
        unpacked text = {0};
        (void)snprintf(member, sizeof member, "xl/worksheets/sheet%d.xml", i);
        const unpack_limits limits = {.member = member};
        if (unpack(&text, file.at, file.size, &limits, &err) == STATUS_OK && text.at != NULL)
            found = memmem(text.at, text.size, wanted, strlen(wanted)) != NULL;
        unpacked_clear(&text);
    }
    file_unmap(&file);
    return found;
}

static void its_column_is_in_every_output(void **state)
{
    fixture *x = *state;
    static said out;
    if (x->without_python)
        skip();
    (void)setenv("BASSIN_PLUGIN_PATH", EXAMPLE "/python", 1);
    put_run_file(x, "example.yaml", "gpkg, xlsx, html, maps, csv", "[fr.lab.two_functions_py]");
    run_file(x, "example.yaml", "r", &out);
    if (out.code != 0)
        fail_msg("%s", out.text);
    assert_non_null(strstr(out.text, "fr.lab.two_functions_py: 24 places, limit 20 min"));
    assert_true(holds(x, "r/tables/places.csv", "two_functions_py_two"));
    assert_true(holds(x, "r/tables/totals.csv", "fr.lab.two_functions_py,share,"));
    assert_true(holds(x, "r/results.gpkg", "two_functions_py_two"));
    assert_true(holds(x, "r/report.html", "Two different functions within reach (Python)"));
    assert_true(
        workbook_holds(x, "r/workbook.xlsx", "Two different functions within reach (Python)"));
    assert_true(holds(x, "r/maps/two_functions_py.svg", "<svg"));
    assert_true(holds(x, "r/run.json", "fr.lab.two_functions_py"));
    assert_nothing_is_left(x);
}

static void twice_the_same_bytes(void **state)
{
    fixture *x = *state;
    static said out;
    char first[256], second[256];
    if (x->without_python)
        skip();
    (void)setenv("BASSIN_PLUGIN_PATH", EXAMPLE "/python", 1);
    put_run_file(x, "same.yaml", "csv", "[{id: fr.lab.two_functions_py, time: 60 s}]");
    run_file(x, "same.yaml", "r1", &out);
    assert_int_equal(out.code, 0);
    run_file(x, "same.yaml", "r2", &out);
    assert_int_equal(out.code, 0);
    assert_true(same_file(in_folder(first, x->folder, "r1/tables/places.csv"),
                          in_folder(second, x->folder, "r2/tables/places.csv")));
}

/* Beside Python's: the same descriptor, another program. */
static void r_and_python_agree(void **state)
{
    fixture *x = *state;
    static said out;
    if (!has_command("Rscript")) {
        print_message("skipped: no Rscript\n");
        skip();
    }
    char path[256];
    char *descriptor = NULL;
    error err;
    file_view file;
    assert_int_equal(file_map(EXAMPLE "/python/fr.lab.two_functions_py.yaml", &file, &err),
                     STATUS_OK);
    descriptor = calloc(file.size + 64, 1);
    const char *at = memmem(file.at, file.size, "[python3, two_functions_py.py]", 30);
    assert_true(at != NULL && descriptor != NULL);
    (void)snprintf(descriptor, file.size + 64, "%.*s[Rscript, two_functions.R]%.*s",
                   (int)(at - file.at), file.at, (int)(file.at + file.size - at - 30), at + 30);
    file_put(in_folder(path, x->plugins, "fr.lab.two_functions_py.yaml"), descriptor);
    file_copy(EXAMPLE "/r/two_functions.R", in_folder(path, x->plugins, "two_functions.R"));
    free(descriptor);
    file_unmap(&file);
    put_run_file(x, "r.yaml", "csv", "[fr.lab.two_functions_py]");
    (void)setenv("BASSIN_PLUGIN_PATH", EXAMPLE "/python", 1);
    run_file(x, "r.yaml", "python", &out);
    assert_int_equal(out.code, 0);
    (void)setenv("BASSIN_PLUGIN_PATH", x->plugins, 1);
    run_file(x, "r.yaml", "r", &out);
    if (out.code != 0)
        fail_msg("%s", out.text);
    char first[256], second[256];
    assert_true(same_file(in_folder(first, x->folder, "python/tables/places.csv"),
                          in_folder(second, x->folder, "r/tables/places.csv")));
}

static void its_tables_can_be_kept(void **state)
{
    fixture *x = *state;
    static said out;
    char kept[256] = "";
    if (x->without_python)
        skip();
    (void)setenv("BASSIN_PLUGIN_PATH", EXAMPLE "/python", 1);
    (void)setenv("BASSIN_KEEP_TABLES", "1", 1);
    put_run_file(x, "kept.yaml", "csv", "[fr.lab.two_functions_py]");
    run_file(x, "kept.yaml", "kept", &out);
    (void)unsetenv("BASSIN_KEEP_TABLES");
    assert_int_equal(out.code, 0);
    const char *at = strstr(out.text, "tables left in ");
    assert_non_null(at);
    (void)sscanf(at, "tables left in %200s", kept);
    char path[256];
    assert_true(file_there(in_folder(path, kept, "in/costs.csv")));
    assert_true(file_there(in_folder(path, kept, "out/places.csv")));
    folder_drop(kept);
}

/* --- what goes wrong --- */

typedef struct misdeed {
    const char *word, *limits, *said;
    bool landlock; /* only where the kernel has it */
} misdeed;

static const misdeed misdeeds[] = {
    {"exits", "", "'hostile.py' ended with the code 3: reading / giving up", false},
    {"raises", "", "ValueError: no such column", false},
    {"not_a_number", "", "out/places.csv:3:7: “nan” is not a finite number", false},
    {"unknown_code", "", "out/places.csv:3: '00000' (column 'code') is not a row", false},
    {"out_of_range", "", "out/places.csv:3:7: value 101 is above 100", false},
    {"nothing", "", "out/places.csv: the program did not write this file", false},
    {"hangs", ", time: 2 s", "'hostile.py' was stopped: time limit of 2 s", false},
    {"writes_elsewhere", "", "PermissionError", true},
    {"reads_secrets", "", "PermissionError", true},
    {"opens_socket", "", "Operation not permitted", false},
    {"fills_disk", ", memory: 256 MiB", "File too large", false},
    {"eats_memory", "", "MemoryError", false},
    {"links", "", "out/places.csv: this is not a plain file", false},
    {"killed", "", "'hostile.py' was lost: signal 9", false},
    {"tells_its_folder", "", "/ OSError: ./out is where I am", false},
};
enum { MISDEEDS = sizeof misdeeds / sizeof *misdeeds };

static void put_hostile(const fixture *x, const char *word)
{
    char name[64], path[256];
    text_buffer text = {0};
    (void)snprintf(name, sizeof name, "fr.hostile.%s.yaml", word);
    text_add_format(
        &text,
        "bassin-plugin: 1\nid: fr.hostile.%s\nversion: 1\n"
        "title: {fr: Hostile, en: Hostile}\nmethod: {fr: Nuire., en: Harm.}\n"
        "program: [python3, hostile.py, %s]\n"
        "outputs:\n  - {table: places, id: value, title: {fr: V, en: V}, range: [0, 100]}\n",
        word, word);
    file_put(in_folder(path, x->plugins, name), text.at);
    text_buffer_clear(&text);
}

static bool has_landlock(void)
{
    return strstr(sandbox_means(), "Landlock") != NULL;
}

/* All of them in one run, with one that behaves: it alone is delivered. */
static void a_misdeed_is_its_own_failure(void **state)
{
    fixture *x = *state;
    static said out;
    char path[256];
    text_buffer asked = {0};
    if (x->without_python)
        skip();
    file_copy(BASSIN_SOURCE_DIR "/tests/golden/pipe/hostile.py",
              in_folder(path, x->plugins, "hostile.py"));
    file_put(in_folder(path, x->folder, "secret"), "secret");
    put_hostile(x, "talks");
    text_add(&asked, "[{id: fr.hostile.talks}");
    for (size_t i = 0; i < MISDEEDS; i++) {
        if (misdeeds[i].landlock && !has_landlock())
            continue;
        put_hostile(x, misdeeds[i].word);
        text_add_format(&asked, ", {id: fr.hostile.%s%s}", misdeeds[i].word, misdeeds[i].limits);
    }
    text_add(&asked, "]");
    (void)setenv("BASSIN_PLUGIN_PATH", x->plugins, 1);
    put_run_file(x, "hostile.yaml", "html, csv", asked.at);
    text_buffer_clear(&asked);
    run_file(x, "hostile.yaml", "hostile", &out);
    if (out.code != 2)
        fail_msg("%s", out.text);
    for (size_t i = 0; i < MISDEEDS; i++) {
        char begin[64];
        if (misdeeds[i].landlock && !has_landlock())
            continue;
        (void)snprintf(begin, sizeof begin, "indicator fr.hostile.%s", misdeeds[i].word);
        const char *at = strstr(out.text, begin);
        const char *end = at != NULL ? strchr(at, '\n') : NULL;
        if (end == NULL ||
            memmem(at, (size_t)(end - at), misdeeds[i].said, strlen(misdeeds[i].said)) == NULL)
            fail_msg("%s: wanted: %s\nsaid: %s", misdeeds[i].word, misdeeds[i].said, out.text);
    }
    assert_true(holds(x, "hostile/tables/places.csv", "talks_value"));
    assert_true(holds(x, "hostile/tables/places.csv", "gap_a"));
    assert_false(holds(x, "hostile/tables/places.csv", "exits_value"));
    assert_true(holds(x, "hostile/report.html", "giving up"));
    assert_non_null(strstr(out.text, "fr.hostile.talks: line 31"));
    assert_null(strstr(out.text, "fr.hostile.talks: line 32"));
    assert_non_null(strstr(out.text, "99968"));
    assert_false(file_there(in_folder(path, x->plugins, "elsewhere")));
    assert_nothing_is_left(x);
}

static void interrupted_it_leaves_nothing(void **state)
{
    fixture *x = *state;
    static said out;
    char path[256], folder[256];
    if (x->without_python)
        skip();
    file_copy(BASSIN_SOURCE_DIR "/tests/golden/pipe/hostile.py",
              in_folder(path, x->plugins, "hostile.py"));
    put_hostile(x, "hangs");
    (void)setenv("BASSIN_PLUGIN_PATH", x->plugins, 1);
    put_run_file(x, "hangs.yaml", "csv", "[fr.hostile.hangs]");
    const char *const arguments[] = {"run", in_folder(path, x->data, "hangs.yaml"), "--lang", "en",
                                     "-o",  in_folder(folder, x->folder, "hangs"),  NULL};
    program_run(&out, arguments, 8000);
    assert_int_equal(out.code, 130);
    assert_false(file_there(folder));
    assert_nothing_is_left(x);
}

/* --- what is refused before anything runs --- */

static void put_text(const fixture *x, const char *name, const char *program, mode_t mode)
{
    char path[256];
    text_buffer text = {0};
    text_add_format(&text,
                    "bassin-plugin: 1\nid: fr.test.%s\nversion: 1\n"
                    "title: {fr: T, en: T}\nmethod: {fr: M, en: M}\nprogram: %s\n"
                    "outputs: [{table: places, id: v, title: {fr: V, en: V}}]\n",
                    name, program);
    char file[64];
    (void)snprintf(file, sizeof file, "fr.test.%s.yaml", name);
    file_put(in_folder(path, x->plugins, file), text.at);
    assert_int_equal(chmod(path, mode), 0);
    text_buffer_clear(&text);
}

static void a_program_that_is_not_there_is_refused_first(void **state)
{
    fixture *x = *state;
    static said out;
    put_text(x, "absent", "[no-such-interpreter, x]", 0644);
    put_text(x, "script", "[sh, no_such_script.py]", 0644);
    put_text(x, "writable", "[sh]", 0666);
    (void)setenv("BASSIN_PLUGIN_PATH", x->plugins, 1);
    put_run_file(x, "absent.yaml", "csv", "[fr.test.absent, fr.test.script, fr.test.writable]");
    run_file(x, "absent.yaml", "absent", &out);
    assert_int_equal(out.code, 1);
    assert_non_null(strstr(out.text, "fr.test.absent.yaml:6:11: "));
    assert_non_null(
        strstr(out.text, "'no-such-interpreter' is neither beside the descriptor nor in PATH"));
    assert_non_null(
        strstr(out.text, "fr.test.script.yaml:6:15: 'no_such_script.py' is not a file of"));
    assert_non_null(strstr(out.text, "fr.test.writable.yaml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_column_is_in_every_output),
        cmocka_unit_test(twice_the_same_bytes),
        cmocka_unit_test(r_and_python_agree),
        cmocka_unit_test(its_tables_can_be_kept),
        cmocka_unit_test(a_misdeed_is_its_own_failure),
        cmocka_unit_test(interrupted_it_leaves_nothing),
        cmocka_unit_test(a_program_that_is_not_there_is_refused_first),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
