#include "datasets/synthetic/synthetic.h"

#include "base/files.h"
#include "datasets/synthetic/files.h"
#include "datasets/synthetic/lattice.h"
#include "datasets/synthetic/messages.h"

/* The run file that a user would write for these files; `bassin demo` runs it. The second one has
 * one line more: its places are cells. */
static const char run_head[] =
    "# Territoire de démonstration : données entièrement fictives, dans les formats de fichiers de "
    "l’Insee.\n"
    "bassin: 1\n"
    "title: Territoire de démonstration (données fictives)\n"
    "territory:\n"
    "  communes: {file: communes.geojson, code: CODGEO, name: LIBGEO, point: [LON, LAT]}\n"
    "  names: {file: cog_communes.csv, code: COM}\n"
    "  membership: appartenance.csv\n";
static const char run_cells[] = "  cells: {file: carreaux_200m.csv, as: places}\n";
static const char run_data[] =
    "  vintage: 2024\n"
    "population: {file: populations.csv, code: COM, value: PMUN}\n"
    "flows: {file: base-flux-domicile-travail-2021.csv, format: insee-base-flux, vintage: 2024, "
    "detail: {file: FD_MOBPRO_2021.csv, "
    "vintage: 2021}}\n"
    "venues:\n"
    "  - file: tiers_lieux.csv\n"
    "    id: id\n"
    "    name: nom\n"
    "    kind:\n"
    "      column: type\n"
    "      map:\n"
    "        coworking: ACT.COWORK\n"
    "        télécentre: ACT.TELE\n"
    "        fablab: ART.FABLAB\n"
    "        friche culturelle: ART.FRICHE\n"
    "        atelier partagé: ART.ATELIER\n"
    "        café associatif: ACT.CAFE\n"
    "        repair café: ART.REPAIR\n"
    "        ressourcerie solidaire: ART.GARAGE\n"
    "        tiers-lieu nourricier: AGR.NOURR\n"
    "        micro-folie: EDU.MICROFOLIE\n"
    "        manufacture: ART.MANUF\n"
    "    commune: code_commune\n"
    "    capacity: postes\n"
    "    postcodes: code_postal.csv\n"
    "  - {file: france_services.csv, kind: ACT.FS, status: open}\n";
/* The road file stands between. */
static const char *const run_travel[2] = {
    "travel:\n"
    "  - {mode: car, network: ",
    ", limit: 60 min}\n"
    "indicators:\n"
    "  supply: {}\n"
    "  commuting: {}\n"
    "  catchment: {limits: [10 min, 20 min, 30 min], method: e2sfca}\n"
    "  coverage: {standard: 10 min, white-zone: 20 min, distances: [5 km, 10 km]}\n"
    "  avoided_km: {}\n"
    "reports: {language: fr, formats: [gpkg, xlsx, html, maps, csv]}\n"};

status write_run_files(const char *folder, const char *network, bool cells, uint64_t seed,
                       error *err)
{
    static const char *const names[] = {"run.yaml", "run-carreaux.yaml"};
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < (cells ? 2 : 1); i++) {
        output o;
        s = output_open(&o, folder, names[i], err);
        if (s == STATUS_OK)
            output_format(&o, "%s%s%s%s%s%sseed: %llu\n", run_head, i ? run_cells : "", run_data,
                          run_travel[0], network, run_travel[1], (unsigned long long)seed);
        s = output_close(&o, s, err);
    }
    return s;
}

static status write_lattice(const land *l, const synthetic_options *o, error *err)
{
    lattice streets;
    const status s = lattice_new(&streets, l, o->crossings, err);
    if (s != STATUS_OK)
        return s;
    return o->crossings_as_pbf ? write_lattice_pbf(&streets, o->folder, err)
                               : write_lattice_gr(&streets, o->folder, err);
}

static status write_all(const land *l, const synthetic_options *o, error *err)
{
    status (*const writers[])(const land *, const char *, error *) = {
        write_outlines,
        write_names,
        write_populations,
        write_memberships,
        write_postcodes,
        write_flows,
        write_venues,
        o->without_cells ? NULL : write_cells,
        o->crossings > 0 ? NULL : write_roads,
    };
    const size_t count = sizeof writers / sizeof *writers;
    const bool built = o->crossings > 0 && !o->crossings_as_pbf;
    status s = STATUS_OK;
    for (size_t k = 0; s == STATUS_OK && k < count; k++) {
        if (writers[k] != NULL)
            s = writers[k](l, o->folder, err);
        if (o->progress != NULL)
            progress_advance(o->progress, k + 1, count);
    }
    if (s == STATUS_OK && o->crossings > 0)
        s = write_lattice(l, o, err);
    return s == STATUS_OK ? write_run_files(o->folder, built ? "routes.net" : "routes.osm.pbf",
                                            !o->without_cells, o->seed, err)
                          : s;
}

status synthetic_generate(const synthetic_options *options, error *err)
{
    land *l = NULL;
    if (options->communes < SYNTHETIC_MIN_COMMUNES || options->communes > SYNTHETIC_MAX_COMMUNES)
        return error_set(err, STATUS_USAGE, M_SYNTHETIC_COUNT, options->communes,
                         (int)SYNTHETIC_MIN_COMMUNES, (int)SYNTHETIC_MAX_COMMUNES);
    status s = folder_make(options->folder, err);
    if (s == STATUS_OK)
        s = land_new(&l, options->communes, options->seed, err);
    if (s == STATUS_OK) {
        l->respondents_share = options->respondents_share > 0 ? options->respondents_share : 1.0;
        l->venues_share = options->venues_share > 0 ? options->venues_share : 1.0;
        s = write_all(l, options, err);
    }
    land_free(l);
    return s;
}
