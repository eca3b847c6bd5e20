/* Lanes without vector instructions, and the choice of a level. */
#include "network/search/lanes.h"

#define LANES_TARGET
#define LANES_LEVEL LANES_PORTABLE

/* --- times --- */

static inline uint32_t portable_time_load(const uint32_t *at)
{
    return *at;
}

static inline void portable_time_store(uint32_t *at, uint32_t value)
{
    *at = value;
}

static inline uint32_t portable_time_none(void)
{
    return UINT32_MAX;
}

static inline uint32_t portable_time_arc(const road_link *arc)
{
    return arc->time;
}

static inline uint32_t portable_time_room(const road_link *arc)
{
    return UINT32_MAX - arc->time;
}

static inline uint32_t portable_time_add(uint32_t a, uint32_t b)
{
    return a + b;
}

static inline uint32_t portable_time_min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static inline uint32_t portable_time_limit(uint32_t limit)
{
    return limit;
}

static inline bool portable_time_any_within(uint32_t time, uint32_t limit)
{
    return time <= limit;
}

static inline uint32_t portable_time_entry(uint32_t time)
{
    return time;
}

static inline void portable_time_tile(const uint32_t *const *from, uint32_t *out, size_t stride)
{
    (void)stride;
    *out = **from;
}

#define LANES(name) portable_time_##name
#define LANE uint32_t
#define LANES_VECTOR uint32_t
#include "network/search/lanes_loops.h"

/* --- costs --- */

static inline uint64_t portable_cost_load(const uint64_t *at)
{
    return *at;
}

static inline void portable_cost_store(uint64_t *at, uint64_t value)
{
    *at = value;
}

static inline uint64_t portable_cost_none(void)
{
    return ROAD_COST_NONE;
}

static inline uint64_t portable_cost_arc(const road_link *arc)
{
    return road_link_cost(arc);
}

static inline uint64_t portable_cost_room(const road_link *arc)
{
    return ROAD_COST_NONE - road_link_cost(arc);
}

static inline uint64_t portable_cost_add(uint64_t a, uint64_t b)
{
    return a + b;
}

static inline uint64_t portable_cost_min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static inline uint64_t portable_cost_limit(uint32_t limit)
{
    return road_cost_of(limit, UINT32_MAX);
}

static inline bool portable_cost_any_within(uint64_t cost, uint64_t limit)
{
    return cost <= limit;
}

static inline uint64_t portable_cost_entry(uint64_t cost)
{
    return lanes_cost_entry(cost);
}

static inline void portable_cost_tile(const uint64_t *const *from, uint64_t *out, size_t stride)
{
    (void)stride;
    *out = portable_cost_entry(**from);
}

#define LANES(name) portable_cost_##name
#define LANE uint64_t
#define LANES_VECTOR uint64_t
#include "network/search/lanes_loops.h"

/* --- levels --- */

const lanes_kernel *lanes_times(lanes_level level)
{
    const lanes_kernel *found = NULL;
    if (level == LANES_BEST || level == LANES_AVX512)
        found = lanes_times_avx512();
    if (!found && level != LANES_PORTABLE)
        found = lanes_times_avx2();
    return found ? found : &portable_time_kernel;
}

const lanes_kernel *lanes_costs(lanes_level level)
{
    const lanes_kernel *found = NULL;
    if (level == LANES_BEST || level == LANES_AVX512)
        found = lanes_costs_avx512();
    if (!found && level != LANES_PORTABLE)
        found = lanes_costs_avx2();
    return found ? found : &portable_cost_kernel;
}
