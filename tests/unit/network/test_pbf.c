/* OSM PBF: what is written is read back; what is damaged is refused, never followed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/files.h"
#include "base/random.h"
#include "maps.h"
#include "network/travel/costs.h"
#include "osm/fileformat.pb-c.h"
#include "osm/osmformat.pb-c.h"
#include "osm/pbf_blob.h"
#include "network/source/road_file.h"

static const osm_node nodes[] = {
    {-5, 1.5, 45.5},          {1, 2.0, 48.0},          {2, 2.0012345, 48.0},
    {3, -2.002, -48.0000001}, {9000000000, 2.5, 48.5}, {9000000001, 180, 90},
};
static const int64_t refs_a[] = {-5, 1, 2, 9000000000};
static const int64_t refs_b[] = {9000000000, 3, 404};
static const int64_t refs_c[] = {1, 9000000001};
static const osm_tag tags_a[] = {
    {"highway", "primary"}, {"name", "Grand’Rue"}, {"lanes", "2"}, {"maxspeed", "50"}};
static const osm_tag tags_b[] = {{"oneway", "yes"}, {"highway", "service"}};
static const osm_tag tags_c[] = {{"building", "yes"}};
static const osm_way ways[] = {
    {.id = 10, .nodes = refs_a, .node_count = 4, .tags = tags_a, .tag_count = 4},
    {.id = 12, .nodes = refs_c, .node_count = 2, .tags = tags_c, .tag_count = 1},
    {.id = 11, .nodes = refs_b, .node_count = 3, .tags = tags_b, .tag_count = 2},
};
static const osm_tag bollard[] = {{"barrier", "bollard"}, {"colour", "red"}};
static const osm_tag gate[] = {{"barrier", "gate"}, {"access", "private"}};
static const osm_node_tags node_tags[] = {
    {.node = 1, .tags = bollard, .tag_count = 2},
    {.node = 3, .tags = gate, .tag_count = 2},
    {.node = 5, .tags = bollard, .tag_count = 2},
};
static const osm_tag no_left[] = {{"type", "restriction"}, {"restriction", "no_left_turn"}};
static const osm_tag route[] = {{"type", "route"}};
static const osm_member turn[] = {
    {OSM_MEMBER_WAY, 10, "from"}, {OSM_MEMBER_NODE, 9000000000, "via"}, {OSM_MEMBER_WAY, 11, "to"}};
static const osm_member via_way[] = {
    {OSM_MEMBER_WAY, 10, "from"}, {OSM_MEMBER_WAY, 12, "via"}, {OSM_MEMBER_WAY, 11, "to"}};
static const osm_member no_exit[] = {{OSM_MEMBER_WAY, 10, "from"},
                                     {OSM_MEMBER_NODE, 3, "via"},
                                     {OSM_MEMBER_WAY, 11, "to"},
                                     {OSM_MEMBER_WAY, 12, "to"}};
static const osm_relation relations[] = {
    {.id = 1, .members = turn, .member_count = 3, .tags = no_left, .tag_count = 2},
    {.id = 2, .members = via_way, .member_count = 3, .tags = no_left, .tag_count = 2},
    {.id = 3, .members = turn, .member_count = 3, .tags = route, .tag_count = 1},
    {.id = 4, .members = no_exit, .member_count = 4, .tags = no_left, .tag_count = 2},
};
static const osm_contents contents = {.nodes = nodes,
                                      .node_count = 6,
                                      .node_tags = node_tags,
                                      .node_tag_count = 3,
                                      .ways = ways,
                                      .way_count = 3,
                                      .relations = relations,
                                      .relation_count = 4};

/* Refused with `part` in the message. */
static void refused(const char *bytes, size_t size, const char *part)
{
    osm_roads *roads = NULL;
    faults *list = map_faults();
    assert_int_equal(map_parse(bytes, size, 2, &roads, list), STATUS_INPUT);
    assert_null(roads);
    if (!strstr(map_fault(list, 0), part))
        fail_msg("\"%s\" lacks \"%s\"", map_fault(list, 0), part);
    faults_free(list);
}

static void roads_equal(const osm_roads *a, const osm_roads *b)
{
    assert_int_equal(a->memory.size, b->memory.size);
    assert_memory_equal(a->memory.at, b->memory.at, a->memory.size);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    const osm_pbf_form forms[] = {OSM_PBF_USUAL, OSM_PBF_PLAIN};
    for (size_t f = 0; f < 2; f++) {
        osm_roads *r = map_roads(&contents, forms[f], 1);
        assert_int_equal(osm_roads_nodes_in_file(r), 6);
        assert_int_equal(osm_roads_nodes_on_highways(r), 5);
        assert_int_equal(osm_roads_ways(r), 2);
        assert_int_equal(r->counts.missing_refs, 1);
        assert_true(r->node_id[0] == -5 && r->node_id[4] == 9000000000);
        assert_true(r->node_lon[2] == 2.0012345 && r->node_lat[3] == -48.0000001);
        assert_true(r->way_id[0] == 10 && r->way_id[1] == 11); /* the order of the file */
        assert_int_equal(r->way_ref_start[1], 4);
        assert_int_equal(r->way_ref[3], 4);
        assert_int_equal(r->way_ref[6], OSM_NODE_NONE);
        assert_int_equal(r->way_tag_start[1], 3); /* the lanes are dropped */
        assert_string_equal(osm_word(r, r->way_tag_value[1]), "Grand’Rue");
        assert_string_equal(osm_word(r, r->way_tag_key[2]), "maxspeed");
        assert_string_equal(osm_word(r, r->way_tag_value[2]), "50");
        assert_int_equal(r->counts.node_tags, 3);
        assert_int_equal(r->node_tag_node[0], 1);
        assert_string_equal(osm_word(r, r->node_tag_value[0]), "bollard");
        assert_int_equal(r->node_tag_node[2], 3);
        assert_string_equal(osm_word(r, r->node_tag_value[2]), "private");
        osm_roads_free(r);
    }
}

static void restrictions_are_kept_and_those_through_ways_counted(void **state)
{
    (void)state;
    osm_roads *r = map_roads(&contents, OSM_PBF_USUAL, 1);
    assert_int_equal(r->counts.turns, 3);
    assert_int_equal(r->counts.via_way_turns, 1);
    assert_int_equal(r->counts.incomplete_turns, 0);
    assert_true(r->turn_relation[0] == 1 && r->turn_relation[2] == 4);
    assert_true(r->turn_from[0] == 10 && r->turn_to[0] == 11);
    assert_int_equal(r->turn_via[0], 4);
    assert_int_equal(r->turn_tag_start[1], 1);
    assert_string_equal(osm_word(r, r->turn_tag_key[0]), "restriction");
    assert_string_equal(osm_word(r, r->turn_tag_value[0]), "no_left_turn");
    assert_true(r->turn_from[2] == 10 && r->turn_to[2] == 12);
    osm_roads_free(r);
}

/* Enough rows for several blobs: threads finish them in any order. */
static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    map_grid grid = map_grid_new(180, 150);
    osm_roads *one = map_roads(&grid.contents, OSM_PBF_USUAL, 1);
    osm_roads *plain = map_roads(&grid.contents, OSM_PBF_PLAIN, 2);
    assert_int_equal(osm_roads_nodes_on_highways(one), 180 * 150);
    roads_equal(one, plain);
    for (int threads = 2; threads <= 8; threads *= 2) {
        osm_roads *many = map_roads(&grid.contents, OSM_PBF_USUAL, threads);
        roads_equal(one, many);
        osm_roads_free(many);
    }
    osm_roads_free(one);
    osm_roads_free(plain);
    map_grid_clear(&grid);
}

static void writing_twice_gives_the_same_bytes(void **state)
{
    (void)state;
    error err = {0};
    char *a = NULL, *b = NULL;
    size_t a_size = 0, b_size = 0;
    assert_int_equal(osm_pbf_encode(&contents, OSM_PBF_USUAL, &a, &a_size, &err), STATUS_OK);
    assert_int_equal(osm_pbf_encode(&contents, OSM_PBF_USUAL, &b, &b_size, &err), STATUS_OK);
    assert_int_equal(a_size, b_size);
    assert_memory_equal(a, b, a_size);
    memory_free(a);
    memory_free(b);
}

static void what_cannot_be_written_is_refused(void **state)
{
    (void)state;
    error err = {0};
    char *bytes = NULL;
    size_t size = 0;
    const osm_node twice[] = {{1, 2, 48}, {1, 2, 48}}, nowhere[] = {{1, 2, 91}};
    const osm_tag bad[] = {{"highway", NULL}};
    const osm_way way[] = {{.id = 7, .tags = bad, .tag_count = 1}};
    osm_contents c = {.nodes = twice, .node_count = 2};
    assert_int_equal(osm_pbf_encode(&c, OSM_PBF_USUAL, &bytes, &size, &err), STATUS_INPUT);
    c = (osm_contents){.nodes = nowhere, .node_count = 1};
    assert_int_equal(osm_pbf_encode(&c, OSM_PBF_USUAL, &bytes, &size, &err), STATUS_INPUT);
    c = (osm_contents){.ways = way, .way_count = 1};
    assert_int_equal(osm_pbf_encode(&c, OSM_PBF_USUAL, &bytes, &size, &err), STATUS_INPUT);
    assert_null(bytes);
}

static void every_cut_file_is_refused(void **state)
{
    (void)state;
    error err = {0};
    char *bytes = NULL;
    size_t size = 0, whole = 0;
    assert_int_equal(osm_pbf_encode(&contents, OSM_PBF_USUAL, &bytes, &size, &err), STATUS_OK);
    for (size_t cut = 0; cut < size; cut++) {
        char *copy = malloc(cut ? cut : 1); /* its end is guarded by the sanitizer */
        osm_roads *roads = NULL;
        faults *list = map_faults();
        assert_non_null(copy);
        memcpy(copy, bytes, cut);
        if (map_parse(copy, cut, 1, &roads, list) == STATUS_OK)
            whole++; /* cut between two blobs, after the ways: nothing shows it */
        else
            assert_true(faults_count(list) > 0);
        osm_roads_free(roads);
        faults_free(list);
        free(copy);
    }
    assert_int_equal(whole, 1);
    refused(bytes, size - 1, "cut short at byte");
    refused(bytes, 3, "cut short at byte 0");
    refused(bytes, 0, "empty");
    memory_free(bytes);
}

/* A file of frames made by hand. */
typedef struct frame_file {
    char at[200000];
    size_t size;
} frame_file;

static void frame_add(frame_file *f, const char *type, const Osm__Blob *blob)
{
    char name[32];
    Osm__BlobHeader header = OSM__BLOB_HEADER__INIT;
    (void)snprintf(name, sizeof name, "%s", type);
    header.type = name;
    header.datasize = (int32_t)osm__blob__get_packed_size(blob);
    size_t length = osm__blob_header__get_packed_size(&header);
    f->at[f->size++] = 0;
    f->at[f->size++] = 0;
    f->at[f->size++] = (char)(length >> 8);
    f->at[f->size++] = (char)length;
    f->size += osm__blob_header__pack(&header, (uint8_t *)f->at + f->size);
    f->size += osm__blob__pack(blob, (uint8_t *)f->at + f->size);
}

static void message_add(frame_file *f, const char *type, const ProtobufCMessage *message)
{
    static uint8_t packed[100000];
    Osm__Blob blob = OSM__BLOB__INIT;
    blob.has_raw = 1;
    blob.raw.len = protobuf_c_message_pack(message, packed);
    blob.raw.data = packed;
    frame_add(f, type, &blob);
}

static void header_add(frame_file *f, const char *feature)
{
    char text[64];
    char *features[] = {text};
    Osm__HeaderBlock header = OSM__HEADER_BLOCK__INIT;
    (void)snprintf(text, sizeof text, "%s", feature);
    header.n_required_features = 1;
    header.required_features = features;
    message_add(f, "OSMHeader", &header.base);
}

static void unknown_features_are_refused(void **state)
{
    (void)state;
    static frame_file f;
    f.size = 0;
    header_add(&f, "HistoricalInformation");
    refused(f.at, f.size, "HistoricalInformation");
}

static void other_compressions_are_refused_by_name(void **state)
{
    (void)state;
    uint8_t some[] = {1, 2, 3};
    const ProtobufCBinaryData data = {.data = some, .len = sizeof some};
    Osm__Blob blobs[5];
    const char *const says[] = {"lzma", "bzip2", "lz4", "zstd", "without data"};
    for (size_t i = 0; i < 5; i++)
        osm__blob__init(&blobs[i]);
    blobs[0].has_lzma_data = blobs[1].has_bzip2_data = 1;
    blobs[2].has_lz4_data = blobs[3].has_zstd_data = 1;
    blobs[0].lzma_data = blobs[1].bzip2_data = data;
    blobs[2].lz4_data = blobs[3].zstd_data = data;
    for (size_t i = 0; i < 5; i++) {
        static frame_file f;
        f.size = 0;
        header_add(&f, "DenseNodes");
        frame_add(&f, "OSMData", &blobs[i]);
        refused(f.at, f.size, says[i]);
    }
}

static void sizes_are_judged_before_any_allocation(void **state)
{
    (void)state;
    static frame_file f;
    uint8_t zlib[] = {0x78, 0x9c, 3, 0, 0, 0, 0, 1}; /* nothing, packed */
    Osm__Blob blob = OSM__BLOB__INIT;
    refused("\x7f\xff\xff\xff\x0a\x09OSMHeader", 15, "limit 65536");
    refused("\x00\x01\x00\x01\x0a\x09OSMHeader", 15, "limit 65536"); /* 65,537 */
    refused("\x00\x01\x00\x00\x0a\x09OSMHeader", 15, "cut short");   /* 65,536 is allowed */
    refused("\x00\x00\x00\x10\x0a\x09OSMHeader\x18\x81\x80\x80\x10", 20, "limit 33554432");
    refused("\x00\x00\x00\x10\x0a\x09OSMHeader\x18\x80\x80\x80\x10", 20, "cut short");
    blob.has_zlib_data = blob.has_raw_size = 1;
    blob.zlib_data = (ProtobufCBinaryData){.data = zlib, .len = sizeof zlib};
    const int32_t sizes[] = {PBF_BLOB_LIMIT + 1, -1, PBF_BLOB_LIMIT, 1};
    const char *const says[] = {"once unpacked", "once unpacked", "cannot be unpacked",
                                "cannot be unpacked"};
    for (size_t i = 0; i < 4; i++) {
        f.size = 0;
        header_add(&f, "DenseNodes");
        blob.raw_size = sizes[i];
        frame_add(&f, "OSMData", &blob);
        refused(f.at, f.size, says[i]);
    }
}

static void other_files_are_refused(void **state)
{
    (void)state;
    static frame_file f;
    Osm__HeaderBlock header = OSM__HEADER_BLOCK__INIT;
    f.size = 0;
    message_add(&f, "OSMData", &header.base);
    refused(f.at, f.size, "not an OSM PBF file");
    refused("PNG is no map, nor is this", 26, "limit 65536");
    f.size = 0;
    header_add(&f, "DenseNodes");
    refused(f.at, f.size, "no road");
}

/* One dense node and one way, with the fault that `spoil` makes. */
typedef void (*spoiler)(Osm__PrimitiveBlock *block);

static void block_file(frame_file *f, spoiler spoil)
{
    Osm__PrimitiveBlock block = OSM__PRIMITIVE_BLOCK__INIT;
    Osm__StringTable strings = OSM__STRING_TABLE__INIT;
    Osm__PrimitiveGroup group = OSM__PRIMITIVE_GROUP__INIT;
    Osm__DenseNodes dense = OSM__DENSE_NODES__INIT;
    Osm__Way way = OSM__WAY__INIT;
    Osm__PrimitiveGroup *groups[] = {&group};
    Osm__Way *way_list[] = {&way};
    uint8_t highway[] = "highway", primary[] = "primary";
    ProtobufCBinaryData texts[] = {{0, NULL}, {7, highway}, {7, primary}};
    int64_t id[] = {1, 1}, lat[] = {480000000, 10000}, lon[] = {20000000, 10000}, refs[] = {1, 1};
    int32_t tags[] = {1, 2, 0, 0};
    uint32_t keys[] = {1}, values[] = {2};
    strings.n_s = 3;
    strings.s = texts;
    dense.n_id = dense.n_lat = dense.n_lon = 2;
    dense.id = id;
    dense.lat = lat;
    dense.lon = lon;
    dense.n_keys_vals = 4;
    dense.keys_vals = tags;
    way.id = 1;
    way.n_keys = way.n_vals = 1;
    way.keys = keys;
    way.vals = values;
    way.n_refs = 2;
    way.refs = refs;
    group.dense = &dense;
    group.n_ways = 1;
    group.ways = way_list;
    block.stringtable = &strings;
    block.n_primitivegroup = 1;
    block.primitivegroup = groups;
    if (spoil)
        spoil(&block);
    f->size = 0;
    header_add(f, "OsmSchema-V0.6");
    message_add(f, "OSMData", &block.base);
}

static void spoil_granularity(Osm__PrimitiveBlock *b)
{
    b->has_granularity = 1;
    b->granularity = 0;
}
static void spoil_key(Osm__PrimitiveBlock *b)
{
    b->primitivegroup[0]->ways[0]->keys[0] = 3;
}
static void spoil_value(Osm__PrimitiveBlock *b)
{
    b->primitivegroup[0]->ways[0]->vals[0] = UINT32_MAX;
}
static void spoil_values(Osm__PrimitiveBlock *b)
{
    b->primitivegroup[0]->ways[0]->n_vals = 0;
}
static void spoil_lat_count(Osm__PrimitiveBlock *b)
{
    b->primitivegroup[0]->dense->n_lat = 1;
}
static void spoil_node_tag(Osm__PrimitiveBlock *b)
{
    b->primitivegroup[0]->dense->keys_vals[1] = -2;
}
static void spoil_node_tags(Osm__PrimitiveBlock *b)
{
    b->primitivegroup[0]->dense->n_keys_vals = 1;
}
static void spoil_lat(Osm__PrimitiveBlock *b)
{
    b->primitivegroup[0]->dense->lat[0] = 900000001;
}
static void spoil_lon(Osm__PrimitiveBlock *b)
{
    b->has_lon_offset = 1;
    b->lon_offset = INT64_MAX;
}

static void inconsistent_blocks_are_refused(void **state)
{
    (void)state;
    static frame_file f;
    const struct {
        spoiler spoil;
        const char *says;
    } bad[] = {
        {spoil_granularity, "granularity"},
        {spoil_key, "(way)"},
        {spoil_value, "(way)"},
        {spoil_values, "(way)"},
        {spoil_lat_count, "dense nodes"},
        {spoil_node_tag, "(node)"},
        {spoil_node_tags, "keys_vals"},
        {spoil_lat, "not on Earth"},
        {spoil_lon, "not on Earth"},
    };
    osm_roads *roads = NULL;
    faults *list = map_faults();
    block_file(&f, NULL);
    assert_int_equal(map_parse(f.at, f.size, 1, &roads, list), STATUS_OK);
    osm_roads_free(roads);
    faults_free(list);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        block_file(&f, bad[i].spoil);
        refused(f.at, f.size, bad[i].says);
    }
}

/* Whatever the bytes: an answer, and no crash (sanitizers watch). What is accepted can be built. */
static void damaged_bytes_never_crash(void **state)
{
    (void)state;
    error err = {0};
    char *bytes = NULL;
    size_t size = 0, accepted = 0;
    const random_key key = random_key_of(1, "pbf");
    assert_int_equal(osm_pbf_encode(&contents, OSM_PBF_PLAIN, &bytes, &size, &err), STATUS_OK);
    for (uint32_t trial = 0; trial < 20000; trial++) {
        char *copy = malloc(size);
        osm_roads *roads = NULL;
        network *g = NULL;
        osm_build_facts facts;
        faults *list = map_faults();
        assert_non_null(copy);
        memcpy(copy, bytes, size);
        for (uint32_t k = 0; k <= trial % 3; k++) {
            random_words w = random_philox(key, trial, k, 0, 0);
            copy[w.word[0] % size] = (char)w.word[1];
        }
        if (map_parse(copy, size, 1, &roads, list) == STATUS_OK) {
            accepted++;
            g = map_network(roads, &facts, list);
            assert_true(!g || g->node_count <= roads->counts.nodes);
        } else {
            assert_true(faults_count(list) > 0);
        }
        network_free(g);
        osm_roads_free(roads);
        faults_free(list);
        free(copy);
    }
    assert_true(accepted > 100 && accepted < 19900);
    memory_free(bytes);
}

/* --- blocks received from a worker --- */

static void a_block_comes_back_the_same(void **state)
{
    (void)state;
    error err = {0};
    osm_roads *sent = map_roads(&contents, OSM_PBF_USUAL, 1), *received = NULL;
    int fd = fcntl(osm_roads_fd(sent), F_DUPFD_CLOEXEC, 0);
    assert_int_equal(osm_roads_open(&received, fd, &err), STATUS_OK);
    roads_equal(sent, received);
    osm_roads_free(sent);
    assert_string_equal(osm_word(received, received->way_tag_key[2]), "maxspeed");
    osm_roads_free(received);
}

/* A worker that was taken over may send anything: each 8 bytes of the block set to all ones or
 * to 7. */
static void a_lying_worker_cannot_crash_the_program(void **state)
{
    (void)state;
    error err = {0};
    osm_roads *good = map_roads(&contents, OSM_PBF_USUAL, 1);
    size_t refusals = 0, size = good->memory.size;
    for (size_t at = 0; at < size; at += 8)
        for (int fill = 0; fill < 2; fill++) {
            shared_memory m;
            osm_roads *r = NULL;
            assert_int_equal(shared_memory_new(&m, "lie", size, &err), STATUS_OK);
            memcpy(m.at, good->memory.at, size);
            memset((char *)m.at + at, fill ? 0xff : 7, 8);
            int fd = fcntl(m.fd, F_DUPFD_CLOEXEC, 0);
            shared_memory_clear(&m);
            if (osm_roads_open(&r, fd, &err) == STATUS_OK) {
                osm_build_facts facts;
                faults *list = map_faults();
                network_free(map_network(r, &facts, list));
                faults_free(list);
            } else {
                refusals++;
                close(fd);
            }
            osm_roads_free(r);
        }
    assert_true(refusals > 50);
    osm_roads_free(good);
}

static void a_worker_reads_what_the_program_would(void **state)
{
    (void)state;
    error err = {0};
    char path[256];
    zygote *z = NULL;
    osm_roads *here = NULL, *there = NULL, *none = NULL;
    faults *list = map_faults();
    (void)snprintf(path, sizeof path, "%s/test_network_worker.osm.pbf", BASSIN_BINARY_DIR);
    assert_int_equal(osm_pbf_write(path, nodes, 6, ways, 3, &err), STATUS_OK);
    assert_int_equal(zygote_start(&z, &road_file_job, 1, false, &err), STATUS_OK);
    if (road_file_load(z, path, NULL, 2, &there, list))
        fail_msg("%s", map_fault(list, 0));
    assert_int_equal(osm_roads_read(path, NULL, 2, &here, list), STATUS_OK);
    roads_equal(here, there);
    assert_int_equal(faults_count(list), 2); /* the missing node, each time */
    assert_string_equal(map_fault(list, 0), map_fault(list, 1));
    assert_int_equal(road_file_load(z, "/nowhere/roads.osm.pbf", NULL, 1, &none, list),
                     STATUS_INPUT);
    assert_null(none);
    assert_true(faults_count(list) > 2);
    (void)unlink(path);
    osm_roads_free(here);
    osm_roads_free(there);
    faults_free(list);
    zygote_stop(z);
}

static void the_bad_input_given_is_refused(void **state)
{
    (void)state;
    const char *shared = getenv("BASSIN_SHARED");
    char path[512];
    file_view file;
    error err = {0};
    shared = shared ? shared : getenv("BASSIN_SHARED_DEFAULT");
    (void)snprintf(path, sizeof path, "%s/nasty/open/63_roads_blob_len.osm.pbf",
                   shared ? shared : "");
    if (access(path, R_OK) != 0) {
        print_message("skipped: no shared data\n");
        skip();
    }
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    refused(file.at, file.size, "byte 0: block header of 2147483647 bytes, limit 65536");
    file_unmap(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_reads_what_the_program_would), /* first: forks before threads */
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(restrictions_are_kept_and_those_through_ways_counted),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(writing_twice_gives_the_same_bytes),
        cmocka_unit_test(what_cannot_be_written_is_refused),
        cmocka_unit_test(every_cut_file_is_refused),
        cmocka_unit_test(unknown_features_are_refused),
        cmocka_unit_test(other_compressions_are_refused_by_name),
        cmocka_unit_test(sizes_are_judged_before_any_allocation),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(inconsistent_blocks_are_refused),
        cmocka_unit_test(damaged_bytes_never_crash),
        cmocka_unit_test(a_block_comes_back_the_same),
        cmocka_unit_test(a_lying_worker_cannot_crash_the_program),
        cmocka_unit_test(the_bad_input_given_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
