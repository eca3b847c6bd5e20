#include "geo/curve.h"

#include <string.h>

#include "base/blocks.h"
#include "geo/messages.h"

/* 11 bits an axis: two digits to sort by, and far more cells than outlines. */
enum { AXIS_BITS = 11, DIGITS = 1 << AXIS_BITS, POINTS_A_BLOCK = 1 << 16 };

typedef struct keyed {
    uint32_t key, index;
} keyed;

typedef struct keying {
    const double *x, *y;
    bounds box;
    keyed *out;
} keying;

static uint32_t axis_place(double v, double low, double high)
{
    double at = (v - low) / (high - low) * DIGITS;
    if (!(at > 0)) /* a NaN too */
        return 0;
    return at < DIGITS - 1 ? (uint32_t)at : DIGITS - 1;
}

/* Bit i to bit 2i. */
static uint32_t spread(uint32_t v)
{
    v = (v | v << 8) & 0x00ff00ffu;
    v = (v | v << 4) & 0x0f0f0f0fu;
    v = (v | v << 2) & 0x33333333u;
    return (v | v << 1) & 0x55555555u;
}

static status key_block(void *context, block b, error *err)
{
    const keying *k = context;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++) {
        uint32_t column = axis_place(k->x[i], k->box.x_min, k->box.x_max);
        uint32_t line = axis_place(k->y[i], k->box.y_min, k->box.y_max);
        k->out[i] = (keyed){.key = spread(column) | spread(line) << 1, .index = (uint32_t)i};
    }
    return STATUS_OK;
}

static void sort_digit(const keyed *from, keyed *to, size_t count, unsigned shift)
{
    uint32_t starts[DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        starts[from[i].key >> shift & (DIGITS - 1)]++;
    for (uint32_t d = 0, at = 0; d < DIGITS; d++) {
        uint32_t in_digit = starts[d];
        starts[d] = at;
        at += in_digit;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

status curve_order(uint32_t **out, const double *x, const double *y, size_t count,
                   const bounds *box, int threads, error *err)
{
    *out = NULL;
    if (count > UINT32_MAX)
        return error_set(err, STATUS_INPUT, M_GEO_TOO_MANY, count, (size_t)UINT32_MAX);
    keyed *keys = memory_new(count, sizeof *keys), *other = memory_new(count, sizeof *other);
    uint32_t *order = memory_new(count, sizeof *order);
    status s = keys && other && order ? STATUS_OK : memory_error(err, count * sizeof *keys);
    if (!s) {
        keying k = {.x = x, .y = y, .box = *box, .out = keys};
        s = blocks_run(count, POINTS_A_BLOCK, threads, NULL, key_block, &k, err);
    }
    if (!s) {
        sort_digit(keys, other, count, 0);
        sort_digit(other, keys, count, AXIS_BITS);
        for (size_t i = 0; i < count; i++)
            order[i] = keys[i].index;
        *out = order;
        order = NULL;
    }
    memory_free(keys);
    memory_free(other);
    memory_free(order);
    return s;
}
