/* The walls of the house (DESIGN.md section 2): who may include whom, read from the sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tree.h"

/* A part of the tree, and the first words of the includes that it may write beside its own. A room
 * lends what it stands on: geo sees table, hence base. "*": everything. */
typedef struct wall {
    const char *folder;
    const char *allowed[12];
} wall;

static const wall walls[] = {
    {"core/base/", {"base/"}},
    /* docs/decisions/021: OSM PBF stands under both rooms that read it. */
    {"core/osm/", {"osm/", "base/"}},
    {"core/table/", {"table/", "base/"}},
    {"core/geo/", {"geo/", "osm/", "table/", "base/"}},
    /* Roads are read, built into a network, searched, and made into costs, in that order. */
    {"core/network/source/",
     {"network/source/", "network/messages.h", "osm/", "geo/", "table/", "base/"}},
    {"core/network/graph/", {"network/graph/", "network/messages.h", "geo/", "base/"}},
    {"core/network/build/",
     {"network/build/", "network/source/", "network/graph/", "network/search/hierarchy_build.h",
      "network/messages.h", "geo/", "table/", "base/"}},
    {"core/network/search/", {"network/search/", "network/graph/", "network/messages.h", "base/"}},
    {"core/network/", {"network/", "osm/", "geo/", "table/", "base/"}},
    {"core/territory/", {"territory/", "geo/", "table/", "base/"}},
    /* The run file, then plugins as files, their jobs, and what jobs stand in; the plan on top. */
    {"core/engine/scenario/",
     {"engine/scenario/", "engine/messages.h", "territory/", "network/", "geo/", "table/",
      "base/"}},
    {"core/engine/plugin/",
     {"engine/plugin/", "engine/scenario/", "engine/plan_messages.h", "engine/job/job.h",
      "engine/apart/apart_worker.h", "geo/", "table/", "base/", "bassin/plugin.h"}},
    {"core/engine/job/",
     {"engine/job/", "engine/plugin/", "engine/store/", "engine/plan_messages.h", "geo/", "table/",
      "base/", "bassin/plugin.h"}},
    {"core/engine/store/",
     {"engine/store/", "engine/job/", "engine/plugin/", "engine/plan_messages.h", "table/",
      "base/"}},
    {"core/engine/apart/",
     {"engine/apart/", "engine/job/", "engine/plugin/", "engine/plan_messages.h", "table/",
      "base/"}},
    {"core/engine/tables/",
     {"engine/tables/", "engine/job/", "engine/plugin/", "engine/plan_messages.h", "table/",
      "base/"}},
    {"core/engine/conformance/",
     {"engine/conformance/", "engine/tables/", "engine/job/", "engine/plugin/", "table/", "base/"}},
    {"core/engine/",
     {"engine/", "territory/", "network/", "geo/", "table/", "base/", "bassin/plugin.h"}},
    {"core/cli/", {"*"}},
    {"core/include/", {"bassin/"}},
    /* docs/decisions/002: the generator writes roads with the code that reads them. */
    {"datasets/synthetic/",
     {"datasets/synthetic/", "network/source/pbf.h", "geo/", "table/", "base/"}},
    {"datasets/", {"datasets/", "territory/", "geo/", "table/", "base/"}},
    {"reports/", {"reports/", "engine/results/results.h", "geo/", "table/", "base/"}},
};

static const wall *wall_of(const char *path)
{
    for (size_t i = 0; i < sizeof walls / sizeof *walls; i++) {
        if (strncmp(path, walls[i].folder, strlen(walls[i].folder)) == 0)
            return &walls[i];
    }
    return NULL;
}

static bool is_allowed(const wall *w, const char *included)
{
    for (size_t i = 0; i < sizeof w->allowed / sizeof *w->allowed && w->allowed[i] != NULL; i++) {
        const char *a = w->allowed[i];
        if (strcmp(a, "*") == 0 || strncmp(included, a, strlen(a)) == 0)
            return true;
    }
    return strchr(included, '/') == NULL; /* generated in, or beside, the room */
}

/* plugins/<folder>/: the public header, and files of that folder. Tests of a plugin may see the
 * test library; they are not the plugin. */
static bool plugin_may(const char *path, const char *included)
{
    const char *folder = path + strlen("plugins/"), *slash = strchr(folder, '/');
    if (strcmp(included, "bassin/plugin.h") == 0)
        return true;
    if (strstr(included, "..") != NULL)
        return false;
    if (strchr(included, '/') == NULL)
        return true;
    return slash != NULL && strncmp(included, path, (size_t)(slash + 1 - path)) == 0;
}

static bool is_test(const char *path)
{
    const char *name = strrchr(path, '/');
    return strstr(path, "/test") != NULL || (name != NULL && strncmp(name, "/test_", 6) == 0);
}

typedef struct survey {
    size_t includes, faults;
} survey;

static void judge(survey *s, const char *path, unsigned line, const char *included)
{
    const wall *w = wall_of(path);
    bool plugin = strncmp(path, "plugins/", 8) == 0;
    bool good =
        plugin ? is_test(path) || plugin_may(path, included) : w != NULL && is_allowed(w, included);
    s->includes++;
    if (!good) {
        print_error("%s:%u: may not include \"%s\"\n", path, line, included);
        s->faults++;
    }
}

/* The name between the quotes, or <bassin/...>, of an include line; false for any other. */
static bool included_name(const char *line, char name[256])
{
    while (*line == ' ' || *line == '\t')
        line++;
    if (*line++ != '#')
        return false;
    while (*line == ' ' || *line == '\t')
        line++;
    if (strncmp(line, "include", 7) != 0)
        return false;
    line += 7;
    while (*line == ' ' || *line == '\t')
        line++;
    bool ours = *line == '"' || strncmp(line, "<bassin/", 8) == 0;
    size_t size = ours ? strcspn(line + 1, "\">\n") : 0;
    if (!ours || size >= 256)
        return false;
    memcpy(name, line + 1, size);
    name[size] = '\0';
    return true;
}

static void survey_file(void *context, const char *path, const char *text)
{
    char name[256];
    unsigned number = 1;
    for (const char *line = text; line != NULL; number++) {
        if (included_name(line, name))
            judge(context, path, number, name);
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
}

static void every_room_includes_only_what_it_stands_on(void **state)
{
    (void)state;
    static const char *const folders[] = {"core", "datasets", "plugins", "reports"};
    static const char *const sources[] = {".c", ".h", NULL};
    survey s = {0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        tree_walk(BASSIN_SOURCE_DIR, folders[i], sources, survey_file, &s);
    assert_true(s.includes > 50); /* the survey did see the house */
    assert_int_equal(s.faults, 0);
}

static void the_survey_sees_a_broken_wall(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"core/base/a.c", "#include \"table/table.h\"\n", "bad"},
        {"core/base/a.c", "#include \"base/text.h\"\n#include <stdio.h>\n", "good"},
        {"core/geo/a.c", "  #  include \"territory/place.h\"\n", "bad"},
        {"core/network/a.c", "#include \"territory/place.h\"\n", "bad"},
        {"core/territory/a.c", "#include \"network/travel/costs.h\"\n", "bad"},
        {"core/engine/a.c", "#include \"datasets/insee.h\"\n", "bad"},
        {"core/cli/main.c", "#include \"reports/xlsx.h\"\n", "good"},
        {"datasets/insee/a.c", "#include \"engine/plan/plan.h\"\n", "bad"},
        {"reports/html/a.c", "#include \"engine/results/results.h\"\n", "good"},
        {"reports/html/a.c", "#include \"engine/plan/plan.h\"\n", "bad"},
        {"reports/html/a.c", "#include \"territory/place.h\"\n", "bad"},
        {"reports/html/a.c", "#include <bassin/plugin.h>\n", "bad"},
        {"plugins/coverage/a.c", "#include <bassin/plugin.h>\n#include \"own.h\"\n", "good"},
        {"plugins/coverage/a.c", "#include \"base/text.h\"\n", "bad"},
        {"plugins/coverage/a.c", "#include \"../siting/own.h\"\n", "bad"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        survey s = {0};
        survey_file(&s, cases[i][0], cases[i][1]);
        assert_true(s.includes > 0);
        if ((s.faults > 0) != (strcmp(cases[i][2], "bad") == 0))
            fail_msg("case %zu is judged wrongly", i);
    }
}

/* Two headers of one guard: whoever includes both loses the second without a word. */
typedef struct guard_survey {
    char guard[1024][80];
    size_t count, twice;
} guard_survey;

static void note_guard(void *context, const char *path, const char *text)
{
    guard_survey *s = context;
    const char *at = strstr(text, "#ifndef ");
    if (at == NULL || s->count == sizeof s->guard / sizeof *s->guard)
        return;
    (void)snprintf(s->guard[s->count], sizeof *s->guard, "%.*s", (int)strcspn(at, "\n"), at);
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(s->guard[i], s->guard[s->count]) != 0)
            continue;
        s->twice++;
        (void)fprintf(stderr, "%s: %s is of another header too\n", path, s->guard[i]);
    }
    s->count++;
}

static void each_header_has_a_guard_of_its_own(void **state)
{
    static const char *const folders[] = {"core", "datasets", "plugins", "reports"};
    static const char *const headers[] = {".h", NULL};
    static guard_survey s;
    (void)state;
    note_guard(&s, "a.h", "/* a */\n#ifndef A_H\n#define A_H\n");
    note_guard(&s, "b.h", "#ifndef A_H\n#define A_H\n");
    assert_int_equal(s.twice, 1);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        tree_walk(BASSIN_SOURCE_DIR, folders[i], headers, note_guard, &s);
    assert_true(s.count > 100 && s.count < sizeof s.guard / sizeof *s.guard);
    assert_int_equal(s.twice, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_header_has_a_guard_of_its_own),
        cmocka_unit_test(the_survey_sees_a_broken_wall),
        cmocka_unit_test(every_room_includes_only_what_it_stands_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
