#include "reports/gpkg/messages.h"
#include "reports/gpkg/request.h"

enum { LISTED_MAX = 1 << 16 };

static void layer_pack(const gpkg_layer *l, pack_writer *w)
{
    const double *const arrays[] = {l->x, l->y, l->x_b, l->y_b};
    pack_text(w, l->name);
    pack_text(w, l->title);
    pack_u64(w, l->rows);
    pack_u64(w, l->geometry);
    pack_u64(w, l->shape);
    pack_u64(w, l->point_count);
    for (size_t i = 0; i < 4; i++)
        pack_bytes(w, arrays[i], arrays[i] ? l->point_count * sizeof(double) : 0);
}

void gpkg_request_pack(const gpkg_request *q, pack_writer *w)
{
    pack_text(w, q->path);
    pack_text(w, q->date);
    pack_u64(w, (uint64_t)q->epsg);
    pack_u64(w, q->lang);
    pack_u64(w, q->layer_count);
    for (size_t i = 0; i < q->layer_count; i++)
        layer_pack(&q->layers[i], w);
    pack_u64(w, q->style_count);
    for (size_t i = 0; i < q->style_count; i++) {
        pack_text(w, q->styles[i].layer);
        pack_text(w, q->styles[i].name);
        pack_text(w, q->styles[i].qml);
        pack_text(w, q->styles[i].description);
        pack_u64(w, q->styles[i].is_default);
    }
    pack_u64(w, q->pair_count);
    for (size_t i = 0; i < q->pair_count; i++) {
        pack_text(w, q->pairs[i].key);
        pack_text(w, q->pairs[i].value);
    }
}

/* "" for a text that was not given. */
static const char *text(pack_reader *r)
{
    const char *t = unpack_text(r);
    return t ? t : "";
}

static const double *numbers(pack_reader *r, size_t count)
{
    size_t size = 0;
    const void *at = unpack_bytes(r, &size);
    if (size == 0)
        return NULL;
    if (count > SIZE_MAX / sizeof(double) || size != count * sizeof(double))
        r->failed = true;
    return r->failed ? NULL : at;
}

static void layer_unpack(pack_reader *r, gpkg_layer *l)
{
    const double **const arrays[] = {&l->x, &l->y, &l->x_b, &l->y_b};
    l->name = text(r);
    l->title = text(r);
    l->rows = unpack_u64(r);
    l->geometry = unpack_u64(r);
    l->shape = unpack_u64(r);
    l->point_count = (size_t)unpack_u64(r);
    for (size_t i = 0; i < 4; i++)
        *arrays[i] = numbers(r, l->point_count);
}

static size_t counted(pack_reader *r)
{
    uint64_t count = unpack_u64(r);
    r->failed |= count > LISTED_MAX;
    return r->failed ? 0 : (size_t)count;
}

status gpkg_request_unpack(pack_reader *r, arena *memory, gpkg_request *out, error *err)
{
    *out = (gpkg_request){.path = text(r)};
    out->date = text(r);
    out->epsg = (int32_t)unpack_u64(r);
    out->lang = unpack_u64(r) ? LANGUAGE_EN : LANGUAGE_FR;
    out->layer_count = counted(r);
    gpkg_layer *layers = arena_take(memory, out->layer_count, sizeof *layers);
    for (size_t i = 0; layers && i < out->layer_count; i++)
        layer_unpack(r, &layers[i]);
    out->style_count = counted(r);
    gpkg_style *styles = arena_take(memory, out->style_count, sizeof *styles);
    for (size_t i = 0; styles && i < out->style_count; i++) {
        styles[i].layer = text(r);
        styles[i].name = text(r);
        styles[i].qml = text(r);
        styles[i].description = text(r);
        styles[i].is_default = unpack_u64(r) != 0;
    }
    out->pair_count = counted(r);
    gpkg_pair *pairs = arena_take(memory, out->pair_count, sizeof *pairs);
    for (size_t i = 0; pairs && i < out->pair_count; i++) {
        pairs[i].key = text(r);
        pairs[i].value = text(r);
    }
    out->layers = layers;
    out->styles = styles;
    out->pairs = pairs;
    if (!layers || !styles || !pairs)
        return memory_error(err, out->layer_count * sizeof *layers);
    return r->failed ? error_set(err, STATUS_ENVIRONMENT, M_GPKG_REQUEST) : STATUS_OK;
}
