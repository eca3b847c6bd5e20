/* network/search/lanes_loops.h: the loops over rows, compiled once for each kind of lane and each
 * level: no guard, since lanes*.c includes it several times. Private to lanes*.c, which defines
 *   LANES(name)    the names of this kind and level
 *   LANES_TARGET   the attribute of its instructions
 *   LANE           uint32_t or uint64_t
 *   LANES_VECTOR   a vector of them, and LANES(load), (store), (none), (arc), (room), (add), (min),
 *                  (any_within), (limit) over such vectors; LANES(entry): a lane as handed out,
 *                  and LANES(tile): WIDTH rows of WIDTH lanes as columns of such entries
 * and takes all but the names of functions back at the end. */

enum {
    LANES(WIDTH) = sizeof(LANES_VECTOR) / sizeof(LANE), /* lanes of a vector */
    LANES(COUNT) = LANES_ROW_BYTES / sizeof(LANE),      /* lanes of a row */
    LANES(VECTORS) = LANES_ROW_BYTES / sizeof(LANES_VECTOR)
};

static inline LANE *LANES(row)(void *rows, uint32_t row)
{
    return (LANE *)rows + (size_t)row * LANES(COUNT);
}

static inline const LANE *LANES(row_const)(const void *rows, uint32_t row)
{
    return (const LANE *)rows + (size_t)row * LANES(COUNT);
}

LANES_TARGET static void LANES(fill)(void *rows, uint32_t row)
{
    LANE *at = LANES(row)(rows, row);
    for (unsigned v = 0; v < LANES(VECTORS); v++)
        LANES(store)(at + v * LANES(WIDTH), LANES(none)());
}

/* A sum that would pass "no path" is held there: what is larger than all ones less the arc is first
 * brought down to it. */
LANES_TARGET static inline LANES_VECTOR LANES(beyond)(LANES_VECTOR cost, LANES_VECTOR arc,
                                                      LANES_VECTOR room)
{
    return LANES(add)(LANES(min)(cost, room), arc);
}

LANES_TARGET static void LANES(push)(void *rows, uint32_t into, uint32_t from, const road_link *arc)
{
    LANE *target = LANES(row)(rows, into);
    const LANE *source = LANES(row_const)(rows, from);
    LANES_VECTOR cost = LANES(arc)(arc), room = LANES(room)(arc);
    for (unsigned v = 0; v < LANES(VECTORS); v++) {
        unsigned at = v * LANES(WIDTH);
        LANES_VECTOR sum = LANES(beyond)(LANES(load)(source + at), cost, room);
        LANES(store)(target + at, LANES(min)(LANES(load)(target + at), sum));
    }
}

/* The best costs stay in registers while the arcs go by. */
LANES_TARGET static inline __attribute__((always_inline)) void
LANES(pull_into)(void *rows, LANE *target, LANES_VECTOR *best, const road_link *arcs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const LANE *source = LANES(row_const)(rows, arcs[i].node);
        LANES_VECTOR cost = LANES(arc)(&arcs[i]), room = LANES(room)(&arcs[i]);
#pragma GCC unroll 16
        for (unsigned v = 0; v < LANES(VECTORS); v++) {
            LANES_VECTOR from = LANES(load)(source + v * LANES(WIDTH));
            best[v] = LANES(min)(best[v], LANES(beyond)(from, cost, room));
        }
    }
#pragma GCC unroll 16
    for (unsigned v = 0; v < LANES(VECTORS); v++)
        LANES(store)(target + v * LANES(WIDTH), best[v]);
}

LANES_TARGET static void LANES(pull)(void *rows, uint32_t into, const void *first,
                                     const road_link *arcs, size_t count)
{
    LANES_VECTOR best[LANES(VECTORS)];
#pragma GCC unroll 16
    for (unsigned v = 0; v < LANES(VECTORS); v++)
        best[v] = first ? LANES(load)((const LANE *)first + v * LANES(WIDTH)) : LANES(none)();
    LANES(pull_into)(rows, LANES(row)(rows, into), best, arcs, count);
}

LANES_TARGET static void LANES(sweep)(void *rows, const uint32_t *into, const road_arcs *arcs,
                                      uint32_t begin, uint32_t end)
{
    for (uint32_t x = begin; x < end; x++) {
        LANES_VECTOR best[LANES(VECTORS)];
#pragma GCC unroll 16
        for (unsigned v = 0; v < LANES(VECTORS); v++)
            best[v] = LANES(none)();
        LANES(pull_into)
        (rows, LANES(row)(rows, into[x]), best, arcs->link + arcs->start[x],
         arcs->start[x + 1] - arcs->start[x]);
    }
}

LANES_TARGET static bool LANES(within)(const void *rows, uint32_t row, uint32_t limit)
{
    const LANE *at = LANES(row_const)(rows, row);
    LANES_VECTOR most = LANES(limit)(limit);
    LANES_VECTOR least = LANES(load)(at);
    for (unsigned v = 1; v < LANES(VECTORS); v++)
        least = LANES(min)(least, LANES(load)(at + v * LANES(WIDTH)));
    return LANES(any_within)(least, most);
}

/* Whole tiles of LANES(WIDTH) rows in registers, what is left one entry at a time. */
LANES_TARGET static void LANES(columns)(const void *rows, const uint32_t *row, size_t count,
                                        unsigned first, void *out, size_t stride)
{
    LANE *column = out;
    size_t i = 0;
    for (; i + LANES(WIDTH) <= count; i += LANES(WIDTH)) {
        for (unsigned c = 0; c < LANES_GROUP; c += LANES(WIDTH)) {
            const LANE *from[LANES(WIDTH)];
            for (unsigned k = 0; k < LANES(WIDTH); k++)
                from[k] = LANES(row_const)(rows, row[i + k]) + first + c;
            LANES(tile)(from, column + c * stride + i, stride);
        }
    }
    for (; i < count; i++)
        for (unsigned c = 0; c < LANES_GROUP; c++)
            column[c * stride + i] = LANES(entry)(LANES(row_const)(rows, row[i])[first + c]);
}

static const lanes_kernel LANES(kernel) = {.level = LANES_LEVEL,
                                           .lanes = LANES(COUNT),
                                           .fill = LANES(fill),
                                           .push = LANES(push),
                                           .pull = LANES(pull),
                                           .sweep = LANES(sweep),
                                           .within = LANES(within),
                                           .columns = LANES(columns)};

#undef LANES
#undef LANE
#undef LANES_VECTOR
