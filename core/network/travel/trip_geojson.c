/* A path as GeoJSON (RFC 7946). */
#include <string.h>

#include "network/travel/trip_path.h"

enum { DEGREE_DECIMALS = 7, NUMBER_BYTES = 64 };

static void add_number(text_buffer *out, const char *key, double value, int decimals)
{
    char text[NUMBER_BYTES];
    text_from_f64_fixed(value, decimals, text, sizeof text);
    text_add_format(out, ",\"%s\":%s", key, text);
}

static void add_words(text_buffer *out, const char *key, const char *text)
{
    text_add_format(out, ",\"%s\":", key);
    text_add_json(out, text_slice_of(text, strlen(text)));
}

static void add_point(const network *n, text_buffer *out, double x, double y)
{
    char text[2][NUMBER_BYTES];
    const int decimals = n->positions == POSITIONS_DEGREES ? DEGREE_DECIMALS : 0;
    text_from_f64_fixed(x, decimals, text[0], NUMBER_BYTES);
    text_from_f64_fixed(y, decimals, text[1], NUMBER_BYTES);
    text_add_format(out, "[%s,%s]", text[0], text[1]);
}

static void add_node(const network *n, text_buffer *out, uint32_t node)
{
    if (n->positions == POSITIONS_DEGREES)
        add_point(n, out, network_lon(n, node), network_lat(n, node));
    else
        add_point(n, out, n->x[node], n->y[node]);
}

static void begin_feature(text_buffer *out, const char *kind, size_t number)
{
    text_add_format(out, "%s\n{\"type\":\"Feature\",\"properties\":{\"kind\":\"%s\",\"step\":%zu",
                    number > 0 ? "," : "", kind, number);
}

static void add_measures(const network *n, text_buffer *out, uint64_t time, uint64_t length_m)
{
    if (n->lengths)
        text_add_format(out, ",\"length_m\":%llu", (unsigned long long)length_m);
    add_number(out, "seconds", trip_seconds(n, time), trip_second_decimals(n));
    if (n->lengths && time > 0)
        add_number(out, "kmh", trip_kmh(n, time, length_m), 1);
}

static void add_walk(const network *n, text_buffer *out, const trip_end *e, bool first,
                     size_t number)
{
    begin_feature(out, "walk", number);
    text_add_format(out, ",\"length_m\":%u", e->walk_m);
    add_number(out, "seconds", trip_seconds(n, e->walk), trip_second_decimals(n));
    text_add(out, "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[");
    if (first)
        add_point(n, out, e->x, e->y);
    else
        add_node(n, out, e->node);
    text_add(out, ",");
    if (first)
        add_node(n, out, e->node);
    else
        add_point(n, out, e->x, e->y);
    text_add(out, "]}}");
}

static void add_stretch(const network *n, text_buffer *out, const trip_path *p,
                        const trip_stretch *s, size_t number)
{
    begin_feature(out, "way", number);
    if (s->way != NETWORK_NONE) {
        text_add_format(out, ",\"way\":%lld", (long long)n->way_id[s->way]);
        add_words(out, "name", n->way_name ? network_word(n, n->way_name[s->way]) : "");
        add_words(out, "class", n->way_class ? network_word(n, n->way_class[s->way]) : "");
    }
    add_measures(n, out, s->time, s->length_m);
    text_add(out, "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[");
    for (size_t i = s->first; i <= s->first + s->count; i++) {
        if (i > s->first)
            text_add(out, ",");
        add_node(n, out, p->node[i]);
    }
    text_add(out, "]}}");
}

void trip_path_geojson(const network *n, const trip_path *p, text_buffer *out)
{
    size_t number = 0;
    if (n->positions == POSITIONS_NONE)
        return;
    text_add(out, "{\"type\":\"FeatureCollection\",\"bassin\":{\"time_units\":");
    text_add_format(out, "%llu,\"units_per_minute\":%u", (unsigned long long)p->time,
                    n->units_per_minute);
    add_number(out, "seconds", trip_seconds(n, p->time), trip_second_decimals(n));
    if (n->lengths)
        text_add_format(out, ",\"length_m\":%llu", (unsigned long long)p->length_m);
    text_add(out, "},\"features\":[");
    if (!p->from.by_node)
        add_walk(n, out, &p->from, true, number++);
    for (size_t i = 0; i < p->stretch_count; i++)
        add_stretch(n, out, p, &p->stretch[i], number++);
    if (!p->to.by_node)
        add_walk(n, out, &p->to, false, number++);
    text_add(out, "\n]}\n");
}
