/* A folder of published files, put there by hand under any names: init tells what each one is, and
 * what it writes passes `bassin check`. */
#include <dirent.h>
#include <sys/stat.h>

#include "base/files.h"
#include "tests/golden/run/program.h"

static said s;

static const char *shared(void)
{
    const char *given = getenv("BASSIN_SHARED");
    return given != NULL ? given : getenv("BASSIN_SHARED_DEFAULT");
}

/* Links to the published files: nothing is copied. */
static size_t link_all(const char *from, const char *to)
{
    size_t count = 0;
    DIR *list = opendir(from);
    assert_non_null(list);
    for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
        char source[1024], target[1024];
        char *real = NULL;
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(source, sizeof source, "%s/%s", from, entry->d_name);
        (void)snprintf(target, sizeof target, "%s/%s", to, entry->d_name);
        real = realpath(source, NULL);
        assert_non_null(real);
        assert_int_equal(symlink(real, target), 0);
        free(real);
        count++;
    }
    (void)closedir(list);
    return count;
}

static void published_files_make_a_run_file_that_passes(void **state)
{
    char folder[64], data[256], out[256], from[1024];
    error err;
    struct stat facts;
    (void)state;
    (void)snprintf(from, sizeof from, "%s/data", shared() != NULL ? shared() : "");
    if (stat(from, &facts) != 0) {
        print_message("skipped: no shared data\n");
        skip();
    }
    folder_new(folder);
    assert_int_equal(folder_make(in_folder(data, folder, "data"), &err), STATUS_OK);
    assert_true(link_all(from, data) > 15);
    PROGRAM(&s, "init", "region:11", "--data", data, "-o", in_folder(out, folder, "run.yaml"),
            "--lang", "en");
    if (s.code != 0)
        print_message("%s\n", s.text);
    assert_int_equal(s.code, 0);
    file_view f;
    assert_int_equal(file_map(out, &f, &err), STATUS_OK);
    char *text = strndup(f.at, f.size);
    file_unmap(&f);
    static const char *const written[] = {
        "communes: {file: data/communes_idf_2018.geojson}",
        "names: {file: data/cog2024_communes.csv.gz}",
        "membership: {file: data/table-appartenance-geo-communes-22.xlsx}",
        "population: {file: data/cog2024_donnees_communes.csv.gz}",
        "file: data/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv.gz",
        "detail: {file: data/mobpro_idf_2014_mode_csp.csv.gz}",
        "file: data/liste-fs-20240801.csv, format: france-services",
        "file: data/fabt_geom.geojson, format: anct-labels",
        "file: data/cnfs_2022.json.gz, format: conseillers-numeriques",
        "{name: FRR, file: data/frr_77.csv, format: frr}",
        "{file: data/bpe2013_communes.xlsx, format: insee-bpe-crosstab}",
        "{file: data/cc_filosofi_2020_COM.csv.gz, format: insee-filosofi}",
        "/bpe2019_94.csv.gz (context: another one was preferred)",
        "estimate: crow-fly", /* roads of Andorra and Porto: two extracts, one mode */
        "/Commune_1001-1004.csv (detail: another one was preferred)"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        if (strstr(text, written[i]) == NULL)
            fail_msg("not written: %s\n%s", written[i], text);
    }
    free(text);
    PROGRAM(&s, "check", out, "--lang", "en");
    if (s.code != 0)
        print_message("%s\n", s.text);
    assert_int_equal(s.code, 0);
    folder_drop(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_files_make_a_run_file_that_passes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
