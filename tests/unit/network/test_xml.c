/* OSM XML: the same network as from PBF, whatever the order and the packing; nothing else is
 * believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>

#include "maps.h"

/* --- a map as XML --- */

static void tags_write(text_buffer *out, const osm_tag *tags, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(out, "<tag k=\"");
        text_add_markup(out, text_slice_of(tags[i].key, strlen(tags[i].key)));
        text_add(out, "\" v=\"");
        text_add_markup(out, text_slice_of(tags[i].value, strlen(tags[i].value)));
        text_add(out, "\"/>");
    }
}

static void nodes_write(text_buffer *out, const osm_contents *c)
{
    for (size_t k = c->node_count; k-- > 0;) { /* descending ids */
        text_add_format(out, "<node id=\"%lld\" lat=\"%.7f\" lon=\"%.7f\">\n",
                        (long long)c->nodes[k].id, c->nodes[k].lat, c->nodes[k].lon);
        for (size_t t = 0; t < c->node_tag_count; t++)
            if (c->node_tags[t].node == k)
                tags_write(out, c->node_tags[t].tags, c->node_tags[t].tag_count);
        text_add(out, "</node>\n");
    }
}

/* Ways before nodes, as no program writes them but any may. */
static void map_write(text_buffer *out, const osm_contents *c)
{
    text_add(out, "<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n"
                  "<bounds minlat=\"0\" minlon=\"0\" maxlat=\"1\" maxlon=\"1\"/>\n");
    for (size_t w = 0; w < c->way_count; w++) {
        text_add_format(out, "<way id=\"%lld\" version=\"3\">", (long long)c->ways[w].id);
        for (size_t i = 0; i < c->ways[w].node_count; i++)
            text_add_format(out, "<nd ref=\"%lld\"/>", (long long)c->ways[w].nodes[i]);
        tags_write(out, c->ways[w].tags, c->ways[w].tag_count);
        text_add(out, "</way>\n");
    }
    nodes_write(out, c);
    for (size_t r = 0; r < c->relation_count; r++) {
        const osm_relation *relation = &c->relations[r];
        text_add_format(out, "<relation id=\"%lld\">", (long long)relation->id);
        for (size_t i = 0; i < relation->member_count; i++)
            text_add_format(out, "<member type=\"%s\" ref=\"%lld\" role=\"%s\"/>",
                            relation->members[i].type == OSM_MEMBER_NODE ? "node" : "way",
                            (long long)relation->members[i].id, relation->members[i].role);
        tags_write(out, relation->tags, relation->tag_count);
        text_add(out, "</relation>\n");
    }
    text_add(out, "</osm>\n");
    assert_false(out->failed);
}

static const osm_node nodes[] = {
    {-5, 1.5, 45.5}, {1, 2.0, 48.0}, {2, 2.0012345, 48.0}, {3, 2.002, 48.0000001}, {7, 2.5, 48.5}};
static const int64_t refs_a[] = {1, 2}, refs_b[] = {2, 3, 404}, refs_c[] = {1, 7},
                     refs_d[] = {3, 1};
static const osm_tag tags_a[] = {
    {"highway", "primary"}, {"name", "Grand’Rue <&\">"}, {"lanes", "2"}};
static const osm_tag tags_b[] = {{"oneway", "yes"}, {"highway", "service"}};
static const osm_tag tags_c[] = {{"building", "yes"}};
static const osm_tag tags_d[] = {{"route", "ferry"}, {"motorcar", "yes"}, {"duration", "PT5M"}};
static const osm_way ways[] = {
    {.id = 10, .nodes = refs_a, .node_count = 2, .tags = tags_a, .tag_count = 3},
    {.id = 12, .nodes = refs_c, .node_count = 2, .tags = tags_c, .tag_count = 1},
    {.id = 11, .nodes = refs_b, .node_count = 3, .tags = tags_b, .tag_count = 2},
    {.id = 13, .nodes = refs_d, .node_count = 2, .tags = tags_d, .tag_count = 3}};
static const osm_tag signals[] = {{"highway", "traffic_signals"}, {"colour", "red"}};
static const osm_node_tags node_tags[] = {{.node = 2, .tags = signals, .tag_count = 2}};
static const osm_tag no_left[] = {{"type", "restriction"}, {"restriction", "no_left_turn"}};
static const osm_tag stop_area[] = {{"type", "public_transport"}};
static const osm_member turn[] = {
    {OSM_MEMBER_WAY, 10, "from"}, {OSM_MEMBER_NODE, 2, "via"}, {OSM_MEMBER_WAY, 11, "to"}};
static const osm_member no_to[] = {{OSM_MEMBER_WAY, 10, "from"}, {OSM_MEMBER_NODE, 2, "via"}};
static const osm_relation relations[] = {
    {.id = 1, .members = turn, .member_count = 3, .tags = no_left, .tag_count = 2},
    {.id = 2, .members = turn, .member_count = 3, .tags = stop_area, .tag_count = 1},
    {.id = 3, .members = no_to, .member_count = 2, .tags = no_left, .tag_count = 2}};
static const osm_contents contents = {.nodes = nodes,
                                      .node_count = 5,
                                      .node_tags = node_tags,
                                      .node_tag_count = 1,
                                      .ways = ways,
                                      .way_count = 4,
                                      .relations = relations,
                                      .relation_count = 3};

static osm_roads *parsed(const char *bytes, size_t size)
{
    osm_roads *roads = NULL;
    faults *list = map_faults();
    if (map_parse(bytes, size, 1, &roads, list))
        fail_msg("%s", map_fault(list, 0));
    faults_free(list);
    return roads;
}

static void roads_equal(const osm_roads *a, const osm_roads *b)
{
    assert_int_equal(a->memory.size, b->memory.size);
    assert_memory_equal(a->memory.at, b->memory.at, a->memory.size);
}

static void xml_and_pbf_give_the_same_bytes(void **state)
{
    (void)state;
    text_buffer text = {0};
    map_write(&text, &contents);
    osm_roads *from_xml = parsed(text.at, text.size);
    osm_roads *from_pbf = map_roads(&contents, OSM_PBF_USUAL, 1);
    assert_int_equal(from_xml->counts.turns, 1);
    assert_int_equal(from_xml->counts.incomplete_turns, 1);
    assert_int_equal(from_xml->counts.ways, 3);
    assert_int_equal(from_xml->counts.highway_ways, 2);
    roads_equal(from_xml, from_pbf);
    osm_roads_free(from_xml);
    osm_roads_free(from_pbf);
    text_buffer_clear(&text);
}

/* `text` packed by one of libarchive's filters; returns its size. */
static size_t packed(const text_buffer *text, const char *filter, char *out, size_t room)
{
    size_t used = 0;
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
    assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
    assert_int_equal(archive_write_set_bytes_per_block(a, 0), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, out, room, &used), ARCHIVE_OK);
    archive_entry_set_filetype(e, AE_IFREG);
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, text->at, text->size), text->size);
    archive_entry_free(e);
    assert_int_equal(archive_write_free(a), ARCHIVE_OK);
    return used;
}

static void packed_files_are_read(void **state)
{
    (void)state;
    static char bytes[1 << 16];
    static const char *const filters[] = {"gzip", "bzip2", "xz", "zstd"};
    text_buffer text = {0};
    map_write(&text, &contents);
    osm_roads *plain = parsed(text.at, text.size);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        const size_t size = packed(&text, filters[i], bytes, sizeof bytes);
        osm_roads *roads = parsed(bytes, size);
        roads_equal(plain, roads);
        osm_roads_free(roads);
        for (size_t cut = 4; cut < size; cut += 7) { /* cut short: refused, wherever it is cut */
            faults *list = map_faults();
            assert_int_equal(map_parse(bytes, cut, 1, &roads, list), STATUS_INPUT);
            faults_free(list);
        }
    }
    osm_roads_free(plain);
    text_buffer_clear(&text);
}

/* Two packed files one after the other, as parallel packers write them, are one text. */
static void files_packed_in_parts_are_read(void **state)
{
    (void)state;
    static char bytes[1 << 16];
    static const char *const filters[] = {"gzip", "bzip2"};
    text_buffer text = {0};
    map_write(&text, &contents);
    osm_roads *plain = parsed(text.at, text.size);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        const text_buffer head = {.at = text.at, .size = text.size / 2};
        const text_buffer tail = {.at = text.at + head.size, .size = text.size - head.size};
        size_t size = packed(&head, filters[i], bytes, sizeof bytes);
        size += packed(&tail, filters[i], bytes + size, sizeof bytes - size);
        osm_roads *roads = parsed(bytes, size);
        roads_equal(plain, roads);
        osm_roads_free(roads);
    }
    osm_roads_free(plain);
    text_buffer_clear(&text);
}

#define MAP(inside)                                                                                \
    "<osm version='0.6'>\n<node id='1' lat='48' lon='2'/><node id='2' lat='48.001' lon='2'/>\n"    \
    "<way id='5'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/></way>\n" inside      \
    "\n</osm>"

static void what_is_deleted_is_not_there(void **state)
{
    (void)state;
    static const char text[] =
        MAP("<way id='6' visible='false'><nd ref='1'/><tag k='highway' v='service'/></way>"
            "<way id='7' action='delete'><nd ref='1'/><tag k='highway' v='service'/></way>"
            "<way id='8' action='modify'><nd ref='2'/><nd ref='3'/><tag k='highway' v='service'/>"
            "</way><node id='3' visible='false'/><node id='4' action='delete' lat='91' lon='0'/>");
    osm_roads *roads = parsed(text, sizeof text - 1);
    assert_int_equal(roads->counts.ways, 2);
    assert_int_equal(roads->counts.nodes_in_file, 2);
    assert_int_equal(roads->counts.missing_refs, 1);
    osm_roads_free(roads);
}

/* What is inside other elements, or deeper, is none of the map's. */
static void only_the_map_is_looked_at(void **state)
{
    (void)state;
    static const char text[] = MAP("<changeset id='9'><tag k='highway' v='x'/></changeset>"
                                   "<relation id='3'><tag k='type' v='restriction'/>"
                                   "<x><tag k='restriction' v='no_u_turn'/></x></relation>"
                                   "<!-- <way id='77'/> --><![CDATA[<way id='78'/>]]>");
    osm_roads *roads = parsed(text, sizeof text - 1);
    assert_int_equal(roads->counts.ways, 1);
    assert_int_equal(roads->counts.turns + roads->counts.incomplete_turns, 0);
    osm_roads_free(roads);
}

/* Refused with `part` in the message, at a line. */
static void refused(const char *text, size_t size, const char *part, uint64_t line)
{
    osm_roads *roads = NULL;
    faults *list = map_faults();
    assert_int_equal(map_parse(text, size, 1, &roads, list), STATUS_INPUT);
    assert_null(roads);
    if (!strstr(map_fault(list, 0), part) || faults_at(list, 0)->line != line)
        fail_msg("line %llu: \"%s\", expected \"%s\" at line %llu",
                 (unsigned long long)faults_at(list, 0)->line, map_fault(list, 0), part,
                 (unsigned long long)line);
    faults_free(list);
}

static void faults_are_told_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
        uint64_t line;
    } cases[] = {
        {"<html><body/></html>", "element \"html\"", 1},
        {"<osmChange version='0.6'/>", "element \"osmChange\"", 1},
        {"<osm>\n<node id='1'", "broken XML", 2},
        {"<osm>\n<way id='1'></osm>", "broken XML", 2},
        {"<osm/>", "no road", 0},
        {"<!DOCTYPE osm [<!ENTITY a \"b\">]>\n<osm>&a;</osm>", "DOCTYPE", 1},
        {"<osm>&nosuch;</osm>", "broken XML", 1},
        {MAP("<way id='x'/>"), "\"way\" without a whole number as id", 4},
        {MAP("<relation/>"), "\"relation\" without a whole number as id", 4},
        {MAP("<way id='6'><nd/></way>"), "member of 6", 4},
        {MAP("<way id='6'><nd ref='1.5'/></way>"), "member of 6", 4},
        {MAP("<way id='6'><tag k='highway'/></way>"), "tag of 6", 4},
        {MAP("<relation id='6'><member ref='1'/></relation>"), "member of 6", 4},
        {"<osm>\n<node id='1' lat='95' lon='2'/>\n<way id='5'><nd ref='1'/><nd ref='1'/>"
         "<tag k='highway' v='service'/></way></osm>",
         "node 1 has no position", 2},
        {"<osm>\n\n<node id='1'/><way id='5'><nd ref='1'/><nd ref='1'/>"
         "<tag k='highway' v='service'/></way></osm>",
         "node 1 has no position", 3},
        {"<osm>\n<node id='1' lat='nan' lon='2'/><way id='5'><nd ref='1'/>"
         "<tag k='highway' v='service'/></way></osm>",
         "node 1 has no position", 2},
        {"<osm>\n\n\xff</osm>", "broken XML", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(cases[i].text, strlen(cases[i].text), cases[i].part, cases[i].line);
}

static void sizes_are_limited(void **state)
{
    (void)state;
    text_buffer text = {0};
    text_add(&text, "<osm>");
    for (int i = 0; i < 40; i++)
        text_add(&text, "<a>");
    refused(text.at, text.size, "nested", 1);
    text.size = 0;
    text_add(&text, "<osm><way id='1' name='");
    for (int i = 0; i < 3 << 16; i++)
        text_add(&text, "0123456789abcdef");
    refused(text.at, text.size, "more than 1024 KiB", 1);
    text_buffer_clear(&text);
}

/* Half a gigabyte of blanks in a few hundred bytes. */
static void a_bomb_is_refused(void **state)
{
    (void)state;
    static char bytes[1 << 20];
    static char blanks[1 << 20];
    size_t used = 0;
    memset(blanks, '\n', sizeof blanks);
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    assert_int_equal(archive_write_add_filter_gzip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, bytes, sizeof bytes, &used), ARCHIVE_OK);
    archive_entry_set_filetype(e, AE_IFREG);
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, "<osm>", 5), 5);
    for (int i = 0; i < 70; i++)
        assert_int_equal(archive_write_data(a, blanks, sizeof blanks), sizeof blanks);
    archive_entry_free(e);
    assert_int_equal(archive_write_free(a), ARCHIVE_OK);
    osm_roads *roads = NULL;
    faults *list = map_faults();
    assert_int_equal(map_parse(bytes, used, 1, &roads, list), STATUS_INPUT);
    assert_non_null(strstr(map_fault(list, 0), "once unpacked"));
    faults_free(list);
}

/* --- several files --- */

static char *encoded(const osm_contents *c, size_t *size)
{
    error err = {0};
    char *bytes = NULL;
    if (osm_pbf_encode(c, OSM_PBF_USUAL, &bytes, size, &err))
        fail_msg("%s", err.en);
    return bytes;
}

static osm_roads *parsed_all(const osm_text *texts, size_t count)
{
    osm_roads *roads = NULL;
    road_profile *car = map_profile(MAP_PROFILE("car"));
    faults *list = map_faults();
    if (osm_roads_parse_all(texts, count, road_profile_wanted(car), 2, &roads, list))
        fail_msg("%s", map_fault(list, 0));
    faults_free(list);
    road_profile_free(car);
    return roads;
}

/* Two extracts that share a way, its nodes and a restriction, one as PBF and one as XML: the
 * network of the whole. */
static void extracts_are_joined(void **state)
{
    (void)state;
    const osm_way second_ways[] = {ways[0], ways[2], ways[3]};
    osm_contents first = contents, second = contents;
    text_buffer xml = {0};
    size_t size = 0;
    osm_build_facts facts;
    first.way_count = 2;
    second.ways = second_ways;
    second.way_count = 3;
    map_write(&xml, &second);
    char *pbf = encoded(&first, &size);
    const osm_text texts[] = {{.name = "a", .bytes = pbf, .size = size},
                              {.name = "b", .bytes = xml.at, .size = xml.size}};
    osm_roads *both = parsed_all(texts, 2), *whole = map_roads(&contents, OSM_PBF_USUAL, 1);
    assert_int_equal(both->counts.ways, 3);
    assert_int_equal(both->counts.turns, 1);
    assert_int_equal(both->counts.nodes_in_file, 10);
    faults *list = map_faults();
    network *joined = map_network(both, &facts, list), *one = map_network(whole, &facts, list);
    assert_int_equal(joined->node_count, one->node_count);
    assert_int_equal(joined->arc_count, one->arc_count);
    assert_memory_equal(joined->node_id, one->node_id, one->node_count * sizeof *one->node_id);
    assert_memory_equal(joined->to.link, one->to.link, one->arc_count * sizeof *one->to.link);
    assert_memory_equal(joined->way_id, one->way_id, one->way_count * sizeof *one->way_id);
    network_free(joined);
    network_free(one);
    osm_roads_free(both);
    osm_roads_free(whole);
    faults_free(list);
    text_buffer_clear(&xml);
    memory_free(pbf);
}

static void the_same_file_twice_is_the_same_map(void **state)
{
    (void)state;
    size_t size = 0;
    osm_contents many = contents;
    char *pbf = encoded(&many, &size);
    const osm_text texts[] = {{.name = "a", .bytes = pbf, .size = size},
                              {.name = "b", .bytes = pbf, .size = size}};
    osm_roads *once = parsed_all(texts, 1), *twice = parsed_all(texts, 2);
    assert_int_equal(once->memory.size, twice->memory.size);
    const size_t head = sizeof(osm_roads_counts);
    assert_memory_equal((const char *)once->memory.at + head, (const char *)twice->memory.at + head,
                        once->memory.size - head);
    osm_roads_free(once);
    osm_roads_free(twice);
    memory_free(pbf);
}

static void a_fault_names_its_file(void **state)
{
    (void)state;
    static const char good[] = MAP(""), bad[] = "<osm>\n<way/></osm>";
    const osm_text texts[] = {{.name = "good.osm", .bytes = good, .size = sizeof good - 1},
                              {.name = "bad.osm", .bytes = bad, .size = sizeof bad - 1}};
    osm_roads *roads = NULL;
    faults *list = map_faults();
    assert_int_equal(osm_roads_parse_all(texts, 2, NULL, 1, &roads, list), STATUS_INPUT);
    assert_string_equal(faults_at(list, 0)->file, "bad.osm");
    assert_int_equal(faults_at(list, 0)->line, 2);
    faults_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_and_pbf_give_the_same_bytes),
        cmocka_unit_test(packed_files_are_read),
        cmocka_unit_test(files_packed_in_parts_are_read),
        cmocka_unit_test(what_is_deleted_is_not_there),
        cmocka_unit_test(only_the_map_is_looked_at),
        cmocka_unit_test(faults_are_told_with_their_line),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(a_bomb_is_refused),
        cmocka_unit_test(extracts_are_joined),
        cmocka_unit_test(the_same_file_twice_is_the_same_map),
        cmocka_unit_test(a_fault_names_its_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
