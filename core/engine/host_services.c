/* Draws of parameters, and nearest venues by straight line. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "engine/plan_model.h"
#include "engine/plugin_values.h"

/* The row part of the counter of a parameter's draw: no table has that row. */
#define PARAM_ROW UINT64_C(0xFFFFFFFFFFFF)

/* The value in force is the mode. A range that was not declared, or no law, gives the value itself.
 */
double plan_param_draw(const plan_param *param, random_key key, uint64_t draw, uint32_t k)
{
    double value = param->value.count > 0 ? param->value.value[0] : 0.0;
    if (!(param->low < param->high))
        return value;
    double u = random_uniform(key, draw, PARAM_ROW, k);
    switch (distribution_of(param->is->distribution)) {
    case DISTRIBUTION_UNIFORM:
        return param->low + u * (param->high - param->low);
    case DISTRIBUTION_TRIANGULAR:
        return random_triangular(u, param->low, value, param->high);
    case DISTRIBUTION_BETA:
        return random_pert(u, param->low, value, param->high);
    default:
        return value;
    }
}

void plan_nearest_clear(plan *p)
{
    for (size_t i = 0; i < p->nearest_count; i++) {
        memory_free(p->nearest[i].mask);
        nearest_index_free(p->nearest[i].index);
    }
    p->nearest_count = 0;
}

/* 1 for a used venue that has a point. */
static uint8_t *mask_new(const venues *v, const uint8_t *use)
{
    uint8_t *mask = memory_new(v->count, sizeof *mask);
    for (size_t i = 0; mask != NULL && i < v->count; i++)
        mask[i] = use[i] != 0 && isfinite(v->lon[i]) && isfinite(v->lat[i]);
    return mask;
}

static const nearest_index *kept_index(const plan *p, uint64_t hash, const uint8_t *mask)
{
    for (size_t i = 0; i < p->nearest_count; i++) {
        const nearest_kept *k = &p->nearest[i];
        if (k->hash == hash && memcmp(k->mask, mask, p->data->venues->count) == 0)
            return k->index;
    }
    return NULL;
}

/* The index of a mask: built once while there is room, else for this call alone (*own to free).
 * Takes the mask. */
static status index_of(plan *p, uint8_t *mask, const nearest_index **out, nearest_index **own,
                       error *err)
{
    const venues *v = p->data->venues;
    uint64_t hash = hash_bytes(mask, v->count, 0);
    status s = STATUS_OK;
    *own = NULL;
    (void)pthread_mutex_lock(&p->nearest_lock);
    *out = kept_index(p, hash, mask);
    if (*out == NULL) {
        s = nearest_index_new(own, v->lon, v->lat, mask, v->count, err);
        *out = *own;
        if (s == STATUS_OK && p->nearest_count < NEAREST_KEPT) {
            p->nearest[p->nearest_count++] =
                (nearest_kept){.hash = hash, .mask = mask, .index = *own};
            *own = NULL;
            mask = NULL;
        }
    }
    (void)pthread_mutex_unlock(&p->nearest_lock);
    memory_free(mask);
    return s;
}

status plan_nearest(plan *p, const territory *t, const uint8_t *use, size_t begin, size_t end,
                    double *km, uint32_t *venue, error *err)
{
    const nearest_index *index = NULL;
    nearest_index *own = NULL;
    uint8_t *mask = mask_new(p->data->venues, use);
    if (mask == NULL)
        return memory_error(err, p->data->venues->count);
    status s = index_of(p, mask, &index, &own, err);
    for (size_t i = begin; s == STATUS_OK && i < end; i++) {
        double found_km = 0.0;
        uint32_t found = LOCATED_NOWHERE;
        if (isfinite(t->lon[i]) && isfinite(t->lat[i]))
            found = nearest_find(index, t->lon[i], t->lat[i], &found_km);
        venue[i - begin] = found == LOCATED_NOWHERE ? (uint32_t)BASSIN_OUTSIDE : found;
        km[i - begin] = found == LOCATED_NOWHERE ? 0.0 : found_km;
    }
    nearest_index_free(own);
    return s;
}
