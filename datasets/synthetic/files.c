#include "datasets/synthetic/files.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "datasets/synthetic/messages.h"

status output_open(output *o, const char *folder, const char *name, error *err)
{
    *o = (output){.file = NULL};
    (void)snprintf(o->path, sizeof o->path, "%s/%s", folder, name);
    o->file = fopen(o->path, "wbe");
    return o->file != NULL
               ? STATUS_OK
               : error_set(err, STATUS_ENVIRONMENT, M_SYNTHETIC_WRITE, o->path, strerror(errno));
}

void output_format(output *o, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    o->failed |= vfprintf(o->file, format, args) < 0;
    va_end(args);
}

status output_close(output *o, status so_far, error *err)
{
    if (o->file == NULL)
        return so_far;
    o->failed |= fclose(o->file) != 0;
    o->file = NULL;
    if (so_far == STATUS_OK && o->failed)
        return error_set(err, STATUS_ENVIRONMENT, M_SYNTHETIC_WRITE, o->path, strerror(errno));
    return so_far;
}

/* --- communes.geojson: polygons in degrees with the town hall as LON, LAT
 * ------------------------------ */

static void write_ring(output *o, const polygons *p, uint64_t ring)
{
    output_format(o, "[");
    for (uint64_t k = p->point_start[ring]; k < p->point_start[ring + 1]; k++)
        output_format(o, "%s[%.6f,%.6f]", k > p->point_start[ring] ? "," : "", p->x[k], p->y[k]);
    output_format(o, "]");
}

static void write_feature(output *o, const land *l, size_t row)
{
    const polygons *p = l->outlines;
    const commune *c = &l->communes[row];
    output_format(o,
                  "{\"type\":\"Feature\",\"properties\":{\"CODGEO\":\"%s\",\"LIBGEO\":\"%s\","
                  "\"LON\":%.6f,\"LAT\":%.6f},"
                  "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[",
                  c->code, c->name, c->lon, c->lat);
    for (uint64_t part = p->part_start[row]; part < p->part_start[row + 1]; part++) {
        output_format(o, "%s[", part > p->part_start[row] ? "," : "");
        for (uint64_t ring = p->ring_start[part]; ring < p->ring_start[part + 1]; ring++) {
            output_format(o, "%s", ring > p->ring_start[part] ? "," : "");
            write_ring(o, p, ring);
        }
        output_format(o, "]");
    }
    output_format(o, "]}}%s\n", row + 1 < l->count ? "," : "");
}

status write_outlines(const land *l, const char *folder, error *err)
{
    output o;
    status s = output_open(&o, folder, "communes.geojson", err);
    if (s == STATUS_OK) {
        output_format(
            &o,
            "{\"type\":\"FeatureCollection\",\"name\":\"communes_demonstration\",\"features\":[\n");
        for (size_t c = 0; c < l->count; c++)
            write_feature(&o, l, c);
        output_format(&o, "]}\n");
    }
    return output_close(&o, s, err);
}

/* --- tables
 * -------------------------------------------------------------------------------------------------
 */

/* Commas and CRLF, as the COG is published; a delegated commune shares its number with a commune
 * (quirk 18). */
status write_names(const land *l, const char *folder, error *err)
{
    output o;
    status s = output_open(&o, folder, "cog_communes.csv", err);
    if (s == STATUS_OK)
        output_format(&o, "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\r\n");
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++) {
        const commune *it = &l->communes[c];
        output_format(&o, "COM,%s,90,%.2s,%.2sD,%.2s1,0,%s,%s,%s,%.2s01,\r\n", it->code, it->code,
                      it->code, it->code, it->name, it->name, it->name, it->code);
        if (c % 50 == 7)
            output_format(&o, "COMD,%s,,,,,0,%s,%s,%s,,%s\r\n", it->code, it->name, it->name,
                          it->name, it->code);
    }
    return output_close(&o, s, err);
}

/* Semicolons; the canton of the first commune is blank-filled (quirk 24). */
status write_populations(const land *l, const char *folder, error *err)
{
    output o;
    status s = output_open(&o, folder, "populations.csv", err);
    if (s == STATUS_OK)
        output_format(&o, "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n");
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++) {
        const commune *it = &l->communes[c];
        const double apart = (double)(long)(it->population * 0.015);
        output_format(&o, "90;Région de démonstration;%.2s;1;%s;%s;%s;%s;%.0f;%.0f;%.0f\n",
                      it->code, c == 0 ? "  " : "01", it->code + 2, it->code, it->name,
                      it->population, apart, it->population + apart);
    }
    return output_close(&o, s, err);
}

/* A group is numbered by its head's place in the list and named after it. */
static void write_group(output *o, const land *l, uint32_t head, const char *format,
                        const char *prefix)
{
    char code[32];
    (void)snprintf(code, sizeof code, "%s%04u", format, (unsigned)head + 1);
    output_format(o, ";%s;%s%s", code, prefix, l->communes[head].name);
}

status write_memberships(const land *l, const char *folder, error *err)
{
    output o;
    status s = output_open(&o, folder, "appartenance.csv", err);
    if (s == STATUS_OK)
        output_format(&o, "CODGEO;LIBGEO;DEP;REG;DENS;ARR;LIBARR;EPCI;LIBEPCI;BV2022;LIBBV2022;"
                          "ZE2020;LIBZE2020\n");
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++) {
        const commune *it = &l->communes[c];
        output_format(&o, "%s;%s;%.2s;90;%u", it->code, it->name, it->code, (unsigned)it->density7);
        output_format(&o, ";%.2s%u;%s", it->code, (unsigned)(it->arrondissement % 9) + 1,
                      l->communes[it->arrondissement].name);
        write_group(&o, l, it->epci, "20009",
                    l->communes[it->epci].population > 30000 ? "CA " : "CC ");
        output_format(&o, ";%s;%s", l->communes[it->bassin_vie].code,
                      l->communes[it->bassin_vie].name);
        output_format(&o, ";9%03u;%s\n", (unsigned)it->zone_emploi % 1000,
                      l->communes[it->zone_emploi].name);
    }
    return output_close(&o, s, err);
}

/* Names in capitals without accents in the published file; here as they are: placement folds both.
 */
status write_postcodes(const land *l, const char *folder, error *err)
{
    output o;
    status s = output_open(&o, folder, "code_postal.csv", err);
    if (s == STATUS_OK)
        output_format(
            &o,
            "Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libelle_d_acheminement;Ligne_5\n");
    for (size_t c = 0; s == STATUS_OK && c < l->count; c++) {
        const commune *it = &l->communes[c];
        output_format(&o, "%s;%s;%.2s%u00;%s;\n", it->code, it->name, it->code,
                      1 + (unsigned)(it->epci % 90) / 10, it->name);
    }
    return output_close(&o, s, err);
}
