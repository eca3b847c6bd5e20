/* What the tests of this room share: outlines written by hand, and a stream of numbers. */
#ifndef TESTS_GEO_SHAPES_H
#define TESTS_GEO_SHAPES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "geo/polygons.h"

#define OK(call) assert_int_equal(call, STATUS_OK)

/* cmocka's own comparison is of floats. */
#define assert_close(a, b, epsilon) assert_true(fabs((a) - (b)) <= (epsilon))

/* One ring, `count` points as x, y pairs; opens a row, part or ring as asked by `what`. */
static inline void add_ring(polygons_builder *b, const char *what, const double *xy, size_t count)
{
    error err;
    if (strchr(what, 'r'))
        OK(polygons_builder_row(b, &err));
    if (strchr(what, 'r') || strchr(what, 'p'))
        OK(polygons_builder_part(b, &err));
    OK(polygons_builder_ring(b, &err));
    for (size_t i = 0; i < count; i++)
        OK(polygons_builder_point(b, xy[2 * i], xy[2 * i + 1], &err));
}

static inline void add_box(polygons_builder *b, const char *what, double x0, double y0, double x1,
                           double y1)
{
    const double xy[] = {x0, y0, x1, y0, x1, y1, x0, y1};
    add_ring(b, what, xy, 4);
}

static inline polygons *built(polygons_builder *b)
{
    error err;
    polygons *p = NULL;
    OK(polygons_build(b, &p, &err));
    polygons_builder_free(b);
    return p;
}

typedef struct stream {
    random_key key;
    uint32_t next;
} stream;

static inline stream stream_new(const char *name)
{
    return (stream){.key = random_key_of(20260722, name)};
}

static inline double stream_uniform(stream *s)
{
    return random_uniform(s->key, 0, s->next++, 0);
}

static inline size_t stream_below(stream *s, size_t n)
{
    return (size_t)(stream_uniform(s) * (double)n);
}

#endif
