#include "geo/projection.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "geo/messages.h"

struct projection {
    PJ_CONTEXT *context;
    PJ *transform;
};

static const double RADIANS_PER_DEGREE = 0.017453292519943295;

double haversine_km(double lon_a, double lat_a, double lon_b, double lat_b)
{
    double sin_lat = sin((lat_b - lat_a) * RADIANS_PER_DEGREE / 2);
    double sin_lon = sin((lon_b - lon_a) * RADIANS_PER_DEGREE / 2);
    double h = sin_lat * sin_lat + cos(lat_a * RADIANS_PER_DEGREE) *
                                       cos(lat_b * RADIANS_PER_DEGREE) * sin_lon * sin_lon;
    /* Rounding may carry antipodes just above 1. */
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h < 1 ? h : 1));
}

static void proj_stays_silent(void *context, int level, const char *text)
{
    (void)context;
    (void)level;
    (void)text;
}

static status projection_error(const projection *p, int32_t from, int32_t to, error *err)
{
    int number = proj_context_errno(p->context);
    const char *why = number ? proj_context_errno_string(p->context, number) : "PROJ";
    return error_set(err, STATUS_INPUT, M_GEO_CRS_UNKNOWN, from, to, why ? why : "PROJ");
}

static status projection_open(projection *p, int32_t from, int32_t to, error *err)
{
    char from_code[32], to_code[32];
    snprintf(from_code, sizeof from_code, "EPSG:%d", from);
    snprintf(to_code, sizeof to_code, "EPSG:%d", to);
    PJ *as_defined = proj_create_crs_to_crs(p->context, from_code, to_code, NULL);
    if (!as_defined)
        return projection_error(p, from, to, err);
    p->transform = proj_normalize_for_visualization(p->context, as_defined);
    proj_destroy(as_defined);
    return p->transform ? STATUS_OK : projection_error(p, from, to, err);
}

status projection_new(projection **out, int32_t from_epsg, int32_t to_epsg, error *err)
{
    *out = NULL;
    projection *p = memory_new(1, sizeof *p);
    if (!p)
        return memory_error(err, sizeof *p);
    status s = STATUS_OK;
    p->context = proj_context_create();
    if (!p->context) {
        s = error_set(err, STATUS_ENVIRONMENT, M_GEO_PROJ_START);
        goto done;
    }
    proj_log_func(p->context, NULL, proj_stays_silent);
    proj_context_set_enable_network(p->context, 0);
    s = projection_open(p, from_epsg, to_epsg, err);
done:
    if (s)
        projection_free(p);
    else
        *out = p;
    return s;
}

void projection_free(projection *p)
{
    if (!p)
        return;
    proj_destroy(p->transform);
    if (p->context)
        proj_context_destroy(p->context);
    memory_free(p);
}

status projection_apply(projection *p, double *x, double *y, size_t count, size_t *failed,
                        error *err)
{
    (void)err;
    size_t lost = 0;
    for (size_t i = 0; i < count; i++) {
        PJ_COORD c = proj_coord(x[i], y[i], 0, 0);
        if (isfinite(x[i]) && isfinite(y[i]))
            c = proj_trans(p->transform, PJ_FWD, c);
        else
            c.xy.x = HUGE_VAL;
        bool found = isfinite(c.xy.x) && isfinite(c.xy.y);
        x[i] = found ? c.xy.x : NAN;
        y[i] = found ? c.xy.y : NAN;
        if (!found) {
            proj_errno_reset(p->transform);
            lost++;
        }
    }
    if (failed)
        *failed = lost;
    return STATUS_OK;
}

typedef struct legal_projection {
    const char *departement; /* NULL: every one of metropolitan France, or none */
    int32_t epsg;
    const char *title;
} legal_projection;

/* Decree 2000-1276 amended (2019): the legal systems of mainland and overseas France. */
static const legal_projection legal_projections[] = {
    {NULL, 2154, "Lambert-93 (EPSG:2154)"},
    {"971", 5490, "RGAF09 / UTM 20N (EPSG:5490)"},
    {"972", 5490, "RGAF09 / UTM 20N (EPSG:5490)"},
    {"977", 5490, "RGAF09 / UTM 20N (EPSG:5490)"},
    {"978", 5490, "RGAF09 / UTM 20N (EPSG:5490)"},
    {"973", 2972, "RGFG95 / UTM 22N (EPSG:2972)"},
    {"974", 2975, "RGR92 / UTM 40S (EPSG:2975)"},
    {"975", 4467, "RGSPM06 / UTM 21N (EPSG:4467)"},
    {"976", 4471, "RGM04 / UTM 38S (EPSG:4471)"},
    {NULL, 3035, "ETRS89 / LAEA Europe (EPSG:3035)"},
    {NULL, 3857, "WGS 84 / Pseudo-Mercator (EPSG:3857)"},
    {NULL, 4326, "WGS 84 (EPSG:4326)"},
};
enum { LEGAL_PROJECTIONS = sizeof legal_projections / sizeof legal_projections[0] };

/* 01 to 95, 2A, 2B; 96, which France does not use, is that of synthetic territories. */
static bool departement_is_metropolitan(const char *code)
{
    if (strlen(code) != 2)
        return false;
    if (code[0] == '2' && (code[1] == 'A' || code[1] == 'B'))
        return true;
    bool digits = code[0] >= '0' && code[0] <= '9' && code[1] >= '0' && code[1] <= '9';
    int number = (code[0] - '0') * 10 + (code[1] - '0');
    return digits && number >= 1 && number <= 96;
}

int32_t projection_of_departement(const char *code)
{
    if (!code)
        return 0;
    if (departement_is_metropolitan(code))
        return 2154;
    for (size_t i = 0; i < LEGAL_PROJECTIONS; i++)
        if (legal_projections[i].departement && !strcmp(legal_projections[i].departement, code))
            return legal_projections[i].epsg;
    return 0;
}

const char *projection_title(int32_t epsg)
{
    for (size_t i = 0; i < LEGAL_PROJECTIONS; i++)
        if (legal_projections[i].epsg == epsg)
            return legal_projections[i].title;
    return "";
}
