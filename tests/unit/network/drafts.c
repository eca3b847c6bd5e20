#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "drafts.h"

enum { WAYS = 5, WORDS = 3 };

static void words_write(road_draft *d)
{
    static const char *const text[WORDS] = {"", "Rue de la Paix", "residential"};
    size_t size = 0;
    d->word_count = WORDS;
    d->word_start = memory_new(WORDS + 1, sizeof *d->word_start);
    d->word_bytes = memory_new(64, 1);
    assert_true(d->word_start && d->word_bytes);
    for (size_t i = 0; i < WORDS; i++) {
        memcpy(d->word_bytes + size, text[i], strlen(text[i]) + 1);
        size += strlen(text[i]) + 1;
        d->word_start[i + 1] = size;
    }
}

static void ways_write(road_draft *d)
{
    d->way_count = WAYS;
    d->way_id = memory_new(WAYS, sizeof *d->way_id);
    d->way_name = memory_new(WAYS, sizeof *d->way_name);
    d->way_class = memory_new(WAYS, sizeof *d->way_class);
    assert_true(d->way_id && d->way_name && d->way_class);
    for (uint32_t i = 0; i < WAYS; i++) {
        d->way_id[i] = 100 + i;
        d->way_name[i] = i % 2;
        d->way_class[i] = 2;
    }
}

road_draft draft_drawn(uint32_t seed, size_t nodes, size_t arcs)
{
    error err = {0};
    const random_key key = random_key_of(seed, "drafts");
    road_draft d = {.node_count = nodes,
                    .arc_count = arcs,
                    .units_per_minute = 600,
                    .positions = POSITIONS_DEGREES,
                    .lengths = true};
    d.node_id = memory_new(nodes, sizeof *d.node_id);
    d.x = memory_new(nodes, sizeof *d.x);
    d.y = memory_new(nodes, sizeof *d.y);
    d.node_flags = memory_new(nodes, 1);
    d.arcs = memory_new(arcs, sizeof *d.arcs);
    assert_true(d.node_id && d.x && d.y && d.node_flags && d.arcs);
    for (uint32_t i = 0; i < nodes; i++) {
        random_words w = random_philox(key, i, 0, 0, 0);
        d.node_id[i] = 10 * (int64_t)i + 1;
        d.x[i] = 20000000 + (int32_t)(w.word[0] % 10000000);
        d.y[i] = 480000000 + (int32_t)(w.word[1] % 10000000);
        d.node_flags[i] = i % 7 == 6 ? NODE_SPLIT : 0;
    }
    for (uint32_t i = 0; i < arcs; i++) {
        random_words w = random_philox(key, i, 1, 0, 0), v = random_philox(key, i, 2, 0, 0);
        d.arcs[i] = (draft_arc){.from = w.word[0] % (uint32_t)nodes,
                                .to = i % 50 == 0 ? w.word[0] % (uint32_t)nodes
                                                  : w.word[1] % (uint32_t)nodes,
                                .time = w.word[2] % 3 == 0 ? 0 : w.word[3] % 20,
                                .length_m = v.word[0] % 4 == 0 ? 0 : v.word[1] % 50,
                                .way = v.word[2] % 3 == 0 ? NETWORK_NONE : v.word[3] % WAYS};
    }
    ways_write(&d);
    words_write(&d);
    assert_int_equal(road_draft_fact(&d, &err, "profile", "car"), STATUS_OK);
    return d;
}

size_t draft_node_of_id(int64_t id)
{
    return (size_t)(id - 1) / 10;
}
