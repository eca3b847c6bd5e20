/* Two lists of venues in the formats found in use: third places with the user's own columns, and
 * public service desks in the published layout. About one row in a hundred carries a fault of a
 * real list. */
#include <math.h>
#include <string.h>

#include "datasets/synthetic/files.h"
#include "datasets/synthetic/messages.h"
#include "geo/projection.h"

enum { STREAM_VENUE = 60, STREAM_DESK = 61 };

typedef struct venue_kind {
    const char *type; /* as a user writes it; the run file maps it to the taxonomy */
    const char *name; /* head of the name */
    double weight;
    double urban;   /* how much it prefers towns */
    unsigned seats; /* of those that declare a capacity; 0 */
} venue_kind;

/* Weights follow the orders of magnitude published for France in 2023: 55 % shared offices, 31 %
 * cultural, 28 % fablabs (several kinds a venue there, one here). */
static const venue_kind kinds[] = {
    {"coworking", "Le Bureau", 0.34, 1.0, 18},
    {"télécentre", "Télécentre", 0.05, 0.3, 10},
    {"fablab", "Fablab", 0.13, 0.9, 0},
    {"friche culturelle", "La Friche", 0.07, 1.2, 0},
    {"atelier partagé", "L’Atelier", 0.09, 0.6, 0},
    {"café associatif", "Café", 0.10, 0.2, 0},
    {"repair café", "Repair café", 0.06, 0.5, 0},
    {"ressourcerie solidaire", "Garage solidaire", 0.04, 0.5, 0},
    {"tiers-lieu nourricier", "La Ferme", 0.06, 0.1, 0},
    {"micro-folie", "Micro-Folie", 0.03, 1.0, 0},
    {"manufacture", "La Manufacture", 0.03, 0.5, 0},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *const qualifiers[] = {
    "des Possibles", "du Marché",  "de la Gare", "des Tilleuls", "du Vieux Pont",
    "de l’Étoile",   "des Halles", "du Canal",   "de la Source", "des Lavandières"};
enum { QUALIFIERS = sizeof qualifiers / sizeof *qualifiers };

static const venue_kind *draw_kind(const land *l, uint64_t row, const commune *c)
{
    double weight[KINDS], sum = 0.0;
    for (size_t k = 0; k < KINDS; k++) {
        weight[k] = kinds[k].weight *
                    (c->density7 <= 4 ? 0.4 + kinds[k].urban : 1.4 - kinds[k].urban * 0.9);
        sum += weight[k];
    }
    double left = sum * land_uniform(l, STREAM_VENUE, row, 1);
    for (size_t k = 0; k + 1 < KINDS; k++) {
        left -= weight[k];
        if (left < 0.0)
            return &kinds[k];
    }
    return &kinds[KINDS - 1];
}

typedef struct degrees {
    double lon, lat;
} degrees;

/* A point within 900 m of the town hall. */
static status point_near(projection *p, const land *l, const commune *c, uint64_t stream,
                         uint64_t row, degrees *out, error *err)
{
    const double radius = 900.0 * sqrt(land_uniform(l, stream, row, 10)),
                 angle = 6.283185307179586 * land_uniform(l, stream, row, 11);
    *out = (degrees){c->x_m + radius * cos(angle), c->y_m + radius * sin(angle)};
    return projection_apply(p, &out->lon, &out->lat, 1, NULL, err);
}

static unsigned venues_in(const land *l, size_t row)
{
    const commune *c = &l->communes[row];
    const double expected = l->venues_share * (0.05 + pow(c->population / 5200.0, 0.72));
    return (unsigned)floor(expected) +
           (land_uniform(l, STREAM_VENUE, row, 0) < expected - floor(expected));
}

/* The coordinates as written: most right, some absent (placed by commune, or by postcode and name),
 * one in a hundred swapped (latitude first) or 0;0 (failed geocoding). */
static void write_point(output *o, const degrees *at, double u, int *code_too)
{
    *code_too = 1;
    if (u < 0.015) {
        output_format(o, ";%.6f;%.6f", at->lat, at->lon);
    } else if (u < 0.028) {
        output_format(o, ";0;0");
    } else if (u < 0.070) {
        output_format(o, ";;");
        *code_too = u < 0.050;
    } else {
        output_format(o, ";%.6f;%.6f", at->lon, at->lat);
    }
}

static void write_venue(output *o, const land *l, const commune *c, uint64_t row, const degrees *at)
{
    const venue_kind *kind = draw_kind(l, row, c);
    const char *qualifier =
        qualifiers[(size_t)(land_uniform(l, STREAM_VENUE, row, 2) * QUALIFIERS)];
    const double status_u = land_uniform(l, STREAM_VENUE, row, 3);
    int code_too = 1;
    output_format(o, "TL%04u;%s %s;%s", (unsigned)row + 1, kind->name, qualifier, kind->type);
    write_point(o, at, land_uniform(l, STREAM_VENUE, row, 4), &code_too);
    output_format(o, ";%s;%.2s%u00;%s", code_too ? c->code : "", c->code,
                  1 + (unsigned)(c->epci % 90) / 10, c->name);
    output_format(o, ";%s", status_u < 0.86 ? "open" : status_u < 0.95 ? "project" : "closed");
    if (kind->seats > 0 && land_uniform(l, STREAM_VENUE, row, 5) < 0.6)
        output_format(o, ";%u\n",
                      kind->seats / 2 +
                          (unsigned)(land_uniform(l, STREAM_VENUE, row, 6) * kind->seats));
    else
        output_format(o, ";NA\n"); /* quirk 27 */
}

static status write_third_places(const land *l, projection *p, const char *folder, error *err)
{
    output o;
    uint64_t row = 0;
    status s = output_open(&o, folder, "tiers_lieux.csv", err);
    if (s == STATUS_OK)
        output_format(&o, "id;nom;type;lon;lat;code_commune;code_postal;ville;statut;postes\n");
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++)
        for (unsigned k = 0, n = venues_in(l, c); s == STATUS_OK && k < n; k++, row++) {
            degrees at;
            s = point_near(p, l, &l->communes[c], STREAM_VENUE, row, &at, err);
            if (s == STATUS_OK)
                write_venue(&o, l, &l->communes[c], row, &at);
        }
    return output_close(&o, s, err);
}

/* One desk in about twelve communes, heads of groups first; some move from place to place (quirk
 * 40); one name holds a line break (quirk 39). */
static status write_desks(const land *l, projection *p, const char *folder, error *err)
{
    output o;
    unsigned id = 0;
    status s = output_open(&o, folder, "france_services.csv", err);
    if (s == STATUS_OK)
        output_format(&o, "\"id_fs\",\"insee_dep\",\"lib_fs\",\"adresse\",\"insee_com\",\"code_"
                          "postal\",\"lib_com\",\"latitude\","
                          "\"longitude\",\"h_lundi\",\"h_samedi\",\"type_fs\",\"format_fs\","
                          "\"labellisation_fs\"\n");
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++) {
        const commune *it = &l->communes[c];
        const double share = l->venues_share * (it->epci == c ? 0.85 : 0.045);
        const bool kept = land_uniform(l, STREAM_DESK, c, 0) < share;
        degrees at;
        if (!kept)
            continue;
        s = point_near(p, l, it, STREAM_DESK, c, &at, err);
        id++;
        if (s == STATUS_OK)
            output_format(&o,
                          "\"%u\",\"%.2s\",\"France services%sde %s\",\"%u Grande "
                          "Rue\",\"%s\",\"%.2s%u00\",\"%s\",%.7f,%.7f,"
                          "\"09:00 - 12:00 / 13:30 - 17:00\",%s,\"Principal\",\"%s\",\"Espace "
                          "labellisé 01/01/2022\"\n",
                          id, it->code, id == 5 ? "\n" : " ", it->name, id % 40 + 1, it->code,
                          it->code, 1 + (unsigned)(it->epci % 90) / 10, it->name, at.lat, at.lon,
                          id % 3 == 0 ? "\"09:00 - 12:00\"" : "",
                          id % 17 == 0 ? "Itinérante" : "Fixe");
    }
    return output_close(&o, s, err);
}

status write_venues(const land *l, const char *folder, error *err)
{
    projection *p = NULL;
    status s = projection_new(&p, 2154, 4326, err);
    if (s == STATUS_OK)
        s = write_third_places(l, p, folder, err);
    if (s == STATUS_OK)
        s = write_desks(l, p, folder, err);
    projection_free(p);
    return s;
}
