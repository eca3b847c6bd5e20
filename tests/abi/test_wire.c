/* What comes from a worker is foreign: descriptors and calls as bytes, whole, cut and damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "engine/plan/plan_model.h"
#include "engine/apart/call_wire.h"
#include "engine/plugin/descriptor_wire.h"
#include "small_run.h"

enum { DAMAGES = 3000, OUT_G_RANK = 6, OUT_G_LABEL = 7 };

static const plugin_search search = {.builtin_folder = TEST_PLUGINS "/builtin"};

/* A run whose plugin "reach" has a job that is bound and ready. */
typedef struct scene {
    small_run run;
    faults *list;
    plan *p;
    plugin_job *job;
    job_options options;
    job_state state;
} scene;

static void scene_open(scene *s)
{
    static const indicator reach = {.plugin = "reach"};
    error err;
    *s = (scene){.options = {.threads = 1}};
    small_run_open(&s->run);
    small_run_ask(&s->run, &reach, 1);
    assert_int_equal(faults_new(&s->list, &err), STATUS_OK);
    assert_int_equal(plan_build(&s->run.data, &search, &s->p, s->list), STATUS_OK);
    for (size_t i = 0; i < s->p->plugin_count; i++) {
        if (strcmp(s->p->plugins[i].is->id, "reach") == 0)
            s->job = &s->p->plugins[i].jobs[0];
    }
    assert_int_equal(plan_bind(s->p, s->job, &err), STATUS_OK);
    assert_int_equal(job_state_begin(&s->state, s->job, &s->options, &err), STATUS_OK);
}

static void scene_close(scene *s)
{
    job_state_end(&s->state);
    plan_free(s->p);
    faults_free(s->list);
    small_run_close(&s->run);
}

/* One byte of a copy, changed. */
static void damage(unsigned char *copy, const unsigned char *bytes, size_t size, uint64_t turn)
{
    const random_key key = random_key_of(11, "damage");
    memcpy(copy, bytes, size);
    const size_t at = (size_t)(random_uniform(key, turn, 0, 0) * (double)size);
    copy[at] = (unsigned char)(random_uniform(key, turn, 1, 0) * 256.0);
}

/* --- descriptors --- */

/* The same bytes again, or nothing. */
static bool reads_back(const unsigned char *bytes, size_t size, pack_writer *again)
{
    arena *memory = NULL;
    error err;
    bassin_plugin *read = NULL;
    pack_reader r = {.at = bytes, .size = size};
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(descriptor_unpack(&r, memory, &read, &err), STATUS_OK);
    if (read != NULL) {
        faults *list = NULL;
        assert_int_equal(faults_new(&list, &err), STATUS_OK);
        (void)(plugin_judge(read, "x.so", list) == STATUS_OK); /* reads all of it */
        faults_free(list);
        descriptor_pack(again, read);
    }
    arena_free(memory);
    return read != NULL;
}

static void a_descriptor_reads_back_whole_or_not_at_all(void **state)
{
    scene s;
    pack_writer w = {.at = NULL}, again = {.at = NULL};
    (void)state;
    scene_open(&s);
    descriptor_pack(&w, s.job->is);
    assert_false(w.failed);
    assert_true(reads_back(w.at, w.size, &again));
    assert_int_equal(again.size, w.size);
    assert_memory_equal(again.at, w.at, w.size);
    for (size_t size = 0; size < w.size; size += 8) {
        unsigned char *cut = memory_new(size, 1); /* of that size: one byte more is a fault */
        assert_non_null(cut);
        memcpy(cut, w.at, size);
        assert_false(reads_back(cut, size, &again));
        memory_free(cut);
    }
    pack_writer_clear(&again);
    pack_writer_clear(&w);
    scene_close(&s);
}

static void a_damaged_descriptor_harms_nothing(void **state)
{
    scene s;
    pack_writer w = {.at = NULL};
    (void)state;
    scene_open(&s);
    descriptor_pack(&w, s.job->is);
    unsigned char *copy = memory_new(w.size, 1);
    assert_non_null(copy);
    for (uint64_t turn = 0; turn < DAMAGES; turn++) {
        pack_writer again = {.at = NULL};
        damage(copy, w.at, w.size, turn);
        (void)reads_back(copy, w.size, &again);
        pack_writer_clear(&again);
    }
    memory_free(copy);
    pack_writer_clear(&w);
    scene_close(&s);
}

/* --- calls --- */

/* All that a finish may leave: log, texts, a table with place sets and reach, totals. */
static void make_call(scene *s, pack_writer *w)
{
    plugin_call c;
    bassin_error told = {.size = sizeof told, .row = -1};
    const uint32_t places[] = {3, 1, 2}, reached[] = {4, 5};
    const bassin_total total = {.size = sizeof total,
                                .name = "half",
                                .title_fr = "Moitié",
                                .title_en = "Half",
                                .unit = "1",
                                .value = 0.5,
                                .low = 0.25,
                                .high = 0.75,
                                .decimals = 2};
    size_t none[4] = {0};
    const call_mark since = {.sets = none};
    const call_answer answer = {.code = BASSIN_OK, .told = told};
    call_begin(&c, &s->state, NULL);
    c.once = true;
    plugin_host.log(&c.seen, BASSIN_LOG_WARNING, "a line\nof two");
    assert_int_equal(plugin_host.table_rows(&c.seen, "clusters", 2, &told), BASSIN_OK);
    for (uint32_t row = 0; row < 2; row++) {
        s->state.slots[OUT_G_RANK]->at.u32[row] = 7 + row;
        s->state.slots[OUT_G_RANK]->state[row] = BASSIN_PRESENT;
        assert_int_equal(plugin_host.text(&c.seen, OUT_G_LABEL, 0, row, "é", &told), BASSIN_OK);
        assert_int_equal(plugin_host.place_set(&c.seen, "clusters", row, places, 3, &told),
                         BASSIN_OK);
        assert_int_equal(plugin_reach.within(&c.seen, "clusters", row, reached, 2, 20.0, &told),
                         BASSIN_OK);
    }
    assert_int_equal(plugin_host.total(&c.seen, &total, &told), BASSIN_OK);
    call_pack(w, &c, &answer, &since);
    assert_false(w->failed);
    call_drop(&c);
}

static status replay(scene *s, const unsigned char *bytes, size_t size, call_answer *out,
                     call_said *said)
{
    plugin_call c;
    error err = {.status = STATUS_OK};
    pack_reader r = {.at = bytes, .size = size};
    call_begin(&c, &s->state, NULL);
    c.once = true;
    status result = call_replay(&r, &c, out, &err);
    assert_int_equal(call_end(&c, said, &err), STATUS_OK);
    return result;
}

static void a_call_is_done_again(void **state)
{
    scene from, to;
    pack_writer w = {.at = NULL};
    call_answer answer;
    call_said said;
    (void)state;
    scene_open(&from);
    scene_open(&to);
    make_call(&from, &w);
    assert_int_equal(replay(&to, w.at, w.size, &answer, &said), STATUS_OK);
    assert_int_equal(answer.code, BASSIN_OK);
    assert_int_equal(said.count, 1);
    assert_string_equal(said.lines[0].text, "a line\\u{A}of two");
    const made_table *t = &to.job->tables[0];
    assert_true(t->made && t->rows == 2 && t->set_count == 2);
    assert_int_equal(t->sets[1].places[0], 1);
    assert_int_equal(t->reach[1].venues[1], 5);
    assert_int_equal(to.job->total_count, 1);
    assert_string_equal(to.job->totals[0].title_fr, "Moitié");
    assert_string_equal(to.job->outputs[OUT_G_LABEL].columns[0].text[1], "é");
    assert_int_equal(((const uint32_t *)to.job->outputs[OUT_G_RANK].columns[0].values)[1], 8);
    /* Twice is refused as it would be of the plugin itself. */
    assert_int_equal(replay(&to, w.at, w.size, &answer, &said), STATUS_OK);
    assert_int_equal(answer.code, BASSIN_E_ARGUMENT);
    assert_non_null(strstr(answer.told.message, "given twice"));
    pack_writer_clear(&w);
    scene_close(&to);
    scene_close(&from);
}

/* As every text of a plugin. */
static void titles_of_totals_are_safe_to_print(void **state)
{
    scene s;
    plugin_call c;
    bassin_error told = {.size = sizeof told, .row = -1};
    const bassin_total total = {.size = sizeof total,
                                .name = "odd",
                                .title_fr = "un\033[2J",
                                .title_en = "one\xff",
                                .unit = "1"};
    (void)state;
    scene_open(&s);
    call_begin(&c, &s.state, NULL);
    c.once = true;
    assert_int_equal(plugin_host.total(&c.seen, &total, &told), BASSIN_OK);
    assert_string_equal(s.job->totals[0].title_fr, "un\\u{1B}[2J");
    assert_string_equal(s.job->totals[0].title_en, "one\\xFF");
    call_drop(&c);
    scene_close(&s);
}

static void a_cut_call_is_no_call(void **state)
{
    scene from;
    pack_writer w = {.at = NULL};
    (void)state;
    scene_open(&from);
    make_call(&from, &w);
    for (size_t size = 0; size < w.size - 8; size += 8) {
        scene to;
        call_answer answer;
        call_said said;
        scene_open(&to);
        unsigned char *cut = memory_new(size, 1);
        assert_non_null(cut);
        memcpy(cut, w.at, size);
        assert_int_equal(replay(&to, cut, size, &answer, &said), STATUS_PLUGIN);
        memory_free(cut);
        scene_close(&to);
        size += size > 600 ? 0 : 120; /* the message of the answer is long, and all alike */
    }
    pack_writer_clear(&w);
    scene_close(&from);
}

/* Whatever is changed, what is kept is what the host lets a plugin do. */
static void a_damaged_call_harms_nothing(void **state)
{
    scene from, to;
    pack_writer w = {.at = NULL};
    (void)state;
    scene_open(&from);
    scene_open(&to);
    make_call(&from, &w);
    unsigned char *copy = memory_new(w.size, 1);
    assert_non_null(copy);
    for (uint64_t turn = 0; turn < DAMAGES; turn++) {
        call_answer answer;
        call_said said;
        damage(copy, w.at, w.size, turn);
        const status s = replay(&to, copy, w.size, &answer, &said);
        assert_true(s == STATUS_OK || s == STATUS_PLUGIN);
        const made_table *t = &to.job->tables[0];
        for (size_t i = 0; i < t->set_count; i++) {
            assert_true(t->sets[i].row < t->rows);
            for (size_t k = 0; k < t->sets[i].count; k++)
                assert_true(t->sets[i].places[k] < SMALL_PLACES);
        }
    }
    memory_free(copy);
    pack_writer_clear(&w);
    scene_close(&to);
    scene_close(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_descriptor_reads_back_whole_or_not_at_all),
        cmocka_unit_test(a_damaged_descriptor_harms_nothing),
        cmocka_unit_test(a_call_is_done_again),
        cmocka_unit_test(titles_of_totals_are_safe_to_print),
        cmocka_unit_test(a_cut_call_is_no_call),
        cmocka_unit_test(a_damaged_call_harms_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
