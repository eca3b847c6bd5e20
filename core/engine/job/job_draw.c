/* Draws of parameters. */
#include "engine/job/job.h"
#include "engine/plugin/plugin_values.h"

/* The row part of the counter of a parameter's draw: no table has that row. */
#define PARAM_ROW UINT64_C(0xFFFFFFFFFFFF)

/* The value in force is the mode. A range that was not declared, or no law, gives the value itself.
 */
double plugin_param_draw(const plugin_param *param, random_key key, uint64_t draw, uint32_t k)
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
