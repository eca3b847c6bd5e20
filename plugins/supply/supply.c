/* Offre: open venues by family, kind, function and status, and per 10,000 inhabitants. */
#include <math.h>
#include <string.h>

#include <bassin/plugin.h>

enum {
    IN_POPULATION,
    IN_FAMILY,
    IN_KIND,
    IN_STATUS,
    IN_SCOPE,
    IN_FUNCTION,
    IN_ITINERANT,
    IN_SATURDAY,
    IN_EVENING,
    IN_HOURS
};
enum {
    OUT_VENUES,
    OUT_THIRD_PLACES,
    OUT_FAMILY_ACT,
    OUT_FAMILY_ART,
    OUT_FAMILY_AGR,
    OUT_FAMILY_EDU,
    OUT_FAMILY_OTHER,
    OUT_FUNCTION,
    OUT_PROJECTS,
    OUT_PER_10000,
    OUT_THIRD_PER_10000,
    OUT_ITINERANT,
    OUT_SATURDAY,
    OUT_EVENING,
    OUT_HOURS,
    OUT_KIND,
    OUT_KIND_FAMILY,
    OUT_KIND_OPEN,
    OUT_KIND_PROJECT,
    OUT_KIND_CANDIDATE,
    OUT_KIND_CLOSED,
};

static const char *const family_codes[] = {"ACT", "ART", "AGR", "EDU"};
enum { FAMILIES = 4 };

/* A venue offers a function when its weight is at least one half (METHODS: q_f >= 0.5). */
static const double function_threshold = 0.5;

static const bassin_column *input(const bassin_job *job, uint32_t i)
{
    return &job->in[i].items[0];
}

static uint32_t family_output(const char *family)
{
    for (uint32_t i = 0; i < FAMILIES; i++)
        if (strcmp(family, family_codes[i]) == 0)
            return OUT_FAMILY_ACT + i;
    return OUT_FAMILY_OTHER;
}

static void add_one(const bassin_job *job, uint32_t output, uint32_t member, size_t row)
{
    job->out[output].items[member].at.f64[row] += 1.0;
}

/* Counts start at zero, not missing: a commune without a venue has none. */
static void zero_counts(const bassin_job *job)
{
    for (uint32_t o = OUT_VENUES; o <= OUT_PROJECTS; o++)
        for (uint32_t m = 0; m < job->out[o].count; m++)
            for (size_t p = 0; p < job->place_count; p++)
                bassin_set(&job->out[o].items[m], p, 0.0);
}

/* What some venues tell and others do not: the sum over those that do; missing where none of a
 * commune's venues does, 0 where it has none. */
static void add_told(const bassin_job *job, uint32_t output, uint32_t in, size_t v, size_t place)
{
    const bassin_slot *slot = &job->out[output].items[0];
    const bassin_column *c = input(job, in);
    if (!bassin_is_present(c, v))
        return;
    const double value = in == IN_HOURS ? c->at.f64[v] : (double)c->at.u32[v];
    bassin_set(slot, place,
               (slot->state[place] == BASSIN_PRESENT ? slot->at.f64[place] : 0.0) + value);
}

/* Itinerant venues are counted by their status: a run may set them aside of the reference. */
static int is_counted(const bassin_job *job, uint32_t in, size_t v)
{
    return in == IN_ITINERANT ? strcmp(bassin_text_at(input(job, IN_STATUS), v), "open") == 0
                              : job->venue_open[v];
}

/* A stage may be run again after a restart: it begins from nothing, not from what is there. */
static void forget(const bassin_slot *slot)
{
    for (size_t p = 0; p < slot->rows; p++) {
        slot->at.f64[p] = 0.0;
        slot->state[p] = BASSIN_MISSING;
    }
}

static void count_told(const bassin_job *job)
{
    for (uint32_t k = 0; k < 4; k++) {
        forget(&job->out[OUT_ITINERANT + k].items[0]);
        for (size_t v = 0; v < job->venue_count; v++)
            if (job->venue_place[v] != BASSIN_OUTSIDE && is_counted(job, IN_ITINERANT + k, v))
                add_told(job, OUT_ITINERANT + k, IN_ITINERANT + k, v, job->venue_place[v]);
        for (size_t p = 0; p < job->place_count; p++)
            if (!(job->out[OUT_VENUES].items[0].at.f64[p] > 0.0) &&
                job->out[OUT_ITINERANT + k].items[0].state[p] != BASSIN_PRESENT)
                bassin_set(&job->out[OUT_ITINERANT + k].items[0], p, 0.0);
    }
}

static void count_venue(const bassin_job *job, size_t v, size_t place)
{
    if (strcmp(bassin_text_at(input(job, IN_STATUS), v), "project") == 0)
        add_one(job, OUT_PROJECTS, 0, place);
    if (!job->venue_open[v])
        return;
    add_one(job, OUT_VENUES, 0, place);
    if (input(job, IN_SCOPE)->at.u32[v] == 1u)
        add_one(job, OUT_THIRD_PLACES, 0, place);
    add_one(job, family_output(bassin_text_at(input(job, IN_FAMILY), v)), 0, place);
    for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
        if (job->in[IN_FUNCTION].items[f].at.f64[v] >= function_threshold)
            add_one(job, OUT_FUNCTION, f, place);
}

static void rates(const bassin_job *job)
{
    const bassin_column *population = input(job, IN_POPULATION);
    for (size_t p = 0; p < job->place_count; p++) {
        const int known = bassin_is_present(population, p);
        const double persons = known ? population->at.f64[p] : 0.0;
        for (uint32_t k = 0; k < 2; k++) {
            const bassin_slot *rate = &job->out[k ? OUT_THIRD_PER_10000 : OUT_PER_10000].items[0];
            if (persons > 0.0)
                bassin_set(rate, p,
                           10000.0 *
                               job->out[k ? OUT_THIRD_PLACES : OUT_VENUES].items[0].at.f64[p] /
                               persons);
            else
                rate->state[p] = known ? BASSIN_NOT_APPLICABLE : BASSIN_MISSING;
        }
    }
}

/* One total over kept places; the rate is over those whose population is known. */
static bassin_status total(const bassin_job *job, uint32_t output, uint32_t member,
                           const char *name, const char *title_fr, const char *title_en,
                           bassin_error *err)
{
    double sum = 0.0;
    for (size_t p = 0; p < job->place_count; p++)
        if (job->place_kept[p])
            sum += job->out[output].items[member].at.f64[p];
    const bassin_total t = {.size = sizeof t,
                            .name = name,
                            .title_fr = title_fr,
                            .title_en = title_en,
                            .unit = "{venue}",
                            .value = sum,
                            .low = NAN,
                            .high = NAN,
                            .decimals = 0};
    return job->host->total(job, &t, err);
}

static bassin_status total_rate(const bassin_job *job, bassin_error *err)
{
    const bassin_column *population = input(job, IN_POPULATION);
    double persons = 0.0, venues = 0.0;
    for (size_t p = 0; p < job->place_count; p++)
        if (job->place_kept[p] && bassin_is_present(population, p)) {
            persons += population->at.f64[p];
            venues += job->out[OUT_THIRD_PLACES].items[0].at.f64[p];
        }
    const double rate = persons > 0.0 ? 10000.0 * venues / persons : 0.0;
    const bassin_total t = {.size = sizeof t,
                            .name = "third_places_per_10000",
                            .title_fr = "Tiers-lieux ouverts pour 10 000 habitants",
                            .title_en = "Open third places per 10,000 inhabitants",
                            .unit = "/10000",
                            .value = rate,
                            .low = NAN,
                            .high = NAN,
                            .state = persons > 0.0 ? BASSIN_PRESENT : BASSIN_NOT_APPLICABLE,
                            .decimals = 2};
    return job->host->total(job, &t, err);
}

/* The distinct kinds of venues in kept places, as word indices in the order of their code. */
static uint32_t kinds_present(const bassin_job *job, uint32_t *kinds)
{
    const bassin_column *kind = input(job, IN_KIND);
    uint32_t count = 0;
    for (size_t v = 0; v < job->venue_count; v++) {
        const uint32_t place = job->venue_place[v];
        if (place == BASSIN_OUTSIDE || !job->place_kept[place])
            continue;
        const char *code = bassin_text_at(kind, v);
        uint32_t at = 0;
        while (at < count && strcmp(bassin_text_at(kind, kinds[at]), code) < 0)
            at++;
        if (at < count && strcmp(bassin_text_at(kind, kinds[at]), code) == 0)
            continue;
        memmove(&kinds[at + 1], &kinds[at], (count - at) * sizeof *kinds);
        kinds[at] = (uint32_t)v;
        count++;
    }
    return count;
}

static bassin_status kind_row(const bassin_job *job, uint32_t row, uint32_t example,
                              bassin_error *err)
{
    static const char *const statuses[] = {"open", "project", "candidate", "closed"};
    const char *code = bassin_text_at(input(job, IN_KIND), example);
    for (uint32_t s = 0; s < 4; s++) {
        uint32_t count = 0;
        for (size_t v = 0; v < job->venue_count; v++) {
            const uint32_t place = job->venue_place[v];
            count += place != BASSIN_OUTSIDE && job->place_kept[place] &&
                     strcmp(bassin_text_at(input(job, IN_KIND), v), code) == 0 &&
                     strcmp(bassin_text_at(input(job, IN_STATUS), v), statuses[s]) == 0;
        }
        job->out[OUT_KIND_OPEN + s].items[0].at.u32[row] = count;
        job->out[OUT_KIND_OPEN + s].items[0].state[row] = BASSIN_PRESENT;
    }
    bassin_status result = job->host->text(job, OUT_KIND, 0, row, code, err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_KIND_FAMILY, 0, row,
                                 bassin_text_at(input(job, IN_FAMILY), example), err);
    return result;
}

static bassin_status kinds_table(const bassin_job *job, bassin_error *err)
{
    uint32_t *kinds = job->host->scratch(job, (job->venue_count + 1) * sizeof *kinds);
    if (kinds == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu venues",
                           job->venue_count);
    const uint32_t count = kinds_present(job, kinds);
    bassin_status result = job->host->table_rows(job, "supply_kinds", count, err);
    for (uint32_t k = 0; result == BASSIN_OK && k < count; k++)
        result = kind_row(job, k, kinds[k], err);
    return result;
}

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)block, (void)before, (void)partial, (void)err;
    zero_counts(job);
    for (size_t v = 0; v < job->venue_count; v++)
        if (job->venue_place[v] != BASSIN_OUTSIDE)
            count_venue(job, v, job->venue_place[v]);
    rates(job);
    count_told(job);
    return BASSIN_OK;
}

/* Of kept places, where some venue tells it. */
static bassin_status total_told(const bassin_job *job, uint32_t k, bassin_error *err)
{
    static const struct {
        const char *name, *fr, *en, *unit;
    } titles[] = {
        {"venues_itinerant", "Lieux itinérants", "Itinerant venues", "{venue}"},
        {"venues_saturday", "Lieux ouverts le samedi", "Venues open on Saturday", "{venue}"},
        {"venues_evening", "Lieux ouverts après 19 h", "Venues open after 19:00", "{venue}"},
        {"hours_week", "Heures d’ouverture par semaine, tous lieux",
         "Opening hours a week, all venues", "h"}};
    double sum = 0.0;
    int told = 0;
    for (size_t v = 0; v < job->venue_count; v++) {
        const uint32_t place = job->venue_place[v];
        const bassin_column *c = input(job, IN_ITINERANT + k);
        if (place == BASSIN_OUTSIDE || !job->place_kept[place] ||
            !is_counted(job, IN_ITINERANT + k, v) || !bassin_is_present(c, v))
            continue;
        told = 1;
        sum += IN_ITINERANT + k == IN_HOURS ? c->at.f64[v] : (double)c->at.u32[v];
    }
    const bassin_total t = {.size = sizeof t,
                            .name = titles[k].name,
                            .title_fr = titles[k].fr,
                            .title_en = titles[k].en,
                            .unit = titles[k].unit,
                            .value = sum,
                            .low = NAN,
                            .high = NAN,
                            .decimals = 0};
    return told && (sum > 0.0 || k > 0) ? job->host->total(job, &t, err) : BASSIN_OK;
}

static bassin_status finish(const bassin_job *job, const void *before, void *sum, bassin_error *err)
{
    (void)before, (void)sum;
    bassin_status result = total(job, OUT_VENUES, 0, "venues", "Lieux ouverts", "Open venues", err);
    if (result == BASSIN_OK)
        result = total(job, OUT_THIRD_PLACES, 0, "third_places", "Tiers-lieux ouverts",
                       "Open third places", err);
    if (result == BASSIN_OK)
        result = total(job, OUT_PROJECTS, 0, "projects", "Lieux en projet", "Planned venues", err);
    if (result == BASSIN_OK)
        result = total_rate(job, err);
    for (uint32_t k = 0; result == BASSIN_OK && k < 4; k++)
        result = total_told(job, k, err);
    if (result == BASSIN_OK)
        result = kinds_table(job, err);
    return result;
}

static const double per_10000_breaks[] = {0.5, 1.0, 2.0, 5.0};
static const bassin_map map_supply = {
    .size = sizeof map_supply,
    .kind = BASSIN_MAP_CHOROPLETH,
    .palette = BASSIN_PALETTE_YLGNBU,
    .sheet = "01_offre",
    .title_fr = "Lieux ouverts pour 10 000 habitants",
    .title_en = "Open venues per 10,000 inhabitants",
    .breaks = per_10000_breaks,
    .break_count = 4,
    .show_venues = 1,
};

#define COUNT(id_, fr_, en_)                                                                       \
    {                                                                                              \
        .table = "places", .id = id_, .title_fr = fr_, .title_en = en_, .unit = "{venue}",         \
        .type = BASSIN_F64, .decimals = 0, .aggregate = BASSIN_AGGREGATE_SUM, .sheet_fr = "Offre"  \
    }

#define TOLD(column_, unit_, type_)                                                                \
    {                                                                                              \
        .table = "venues", .column = column_, .unit = unit_, .type = type_,                        \
        .flags = BASSIN_INPUT_OPTIONAL                                                             \
    }

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "supply",
    .flags = BASSIN_COMMUNES, /* a venue is in a commune; the cell around it may be empty */
    .title_fr = "Offre de lieux",
    .title_en = "Supply of venues",
    .version = "1.0.0",
    .method_fr =
        "Compte les lieux ouverts de chaque commune par famille, nature, fonction et état. Un lieu "
        "offre une fonction quand son poids est d’au moins 0,5. Les lieux itinérants, "
        "ouverts le samedi, ouverts après 19 h et les heures d’ouverture sont comptés parmi les "
        "lieux qui les disent. Les taux sont rapportés à la population municipale ; un taux sur "
        "une commune sans habitant n’existe pas.",
    .method_en = "Counts the open venues of each commune by family, kind, function and status. A "
                 "venue offers "
                 "a function when its weight is at least 0.5. Itinerant venues, those open on "
                 "Saturday, after 19:00, and opening hours are counted among the venues that tell "
                 "them. Rates use the municipal population; "
                 "a rate over "
                 "nobody does not exist.",
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64},
        {.table = "venues", .column = "family", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "kind", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "status", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "in_scope", .unit = "1", .type = BASSIN_U32},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64},
        TOLD("itinerant", "1", BASSIN_U32), TOLD("open_saturday", "1", BASSIN_U32),
        TOLD("open_evening", "1", BASSIN_U32), TOLD("hours_week", "h", BASSIN_F64)),
    .outputs = BASSIN_LIST(
        bassin_output, COUNT("venues_open", "Lieux ouverts", "Open venues"),
        COUNT("third_places_open", "Tiers-lieux ouverts", "Open third places"),
        COUNT("venues_act", "Activités et services", "Activities and services"),
        COUNT("venues_art", "Artisanal", "Making and craft"),
        COUNT("venues_agr", "Agricole", "Farming and food"),
        COUNT("venues_edu", "Éducatif", "Education"),
        COUNT("venues_other", "Autre ou non renseigné", "Other or unknown"),
        COUNT("venues_function_{function}", "Lieux offrant « {function} »",
              "Venues offering “{function}”"),
        COUNT("venues_project", "Lieux en projet", "Planned venues"),
        {.table = "places",
         .id = "venues_per_10000",
         .title_fr = "Lieux ouverts pour 10 000 habitants",
         .title_en = "Open venues per 10,000 inhabitants",
         .unit = "/10000",
         .type = BASSIN_F64,
         .decimals = 2,
         .aggregate = BASSIN_AGGREGATE_MEAN,
         .weight = "population",
         .map = &map_supply,
         .sheet_fr = "Offre",
         .reading_fr = "à {name}, l’offre est de {value} lieux ouverts pour 10 000 habitants.",
         .reading_en = "in {name} the supply is {value} open venues per 10,000 inhabitants."},
        {.table = "places",
         .id = "third_places_per_10000",
         .title_fr = "Tiers-lieux ouverts pour 10 000 habitants",
         .title_en = "Open third places per 10,000 inhabitants",
         .unit = "/10000",
         .type = BASSIN_F64,
         .decimals = 2,
         .aggregate = BASSIN_AGGREGATE_MEAN,
         .weight = "population",
         .sheet_fr = "Offre"},
        COUNT("venues_itinerant", "Lieux itinérants", "Itinerant venues"),
        COUNT("venues_saturday", "Lieux ouverts le samedi", "Venues open on Saturday"),
        COUNT("venues_evening", "Lieux ouverts après 19 h", "Venues open after 19:00"),
        {.table = "places",
         .id = "venues_hours_week",
         .title_fr = "Heures d’ouverture par semaine, tous lieux",
         .title_en = "Opening hours a week, all venues",
         .unit = "h",
         .type = BASSIN_F64,
         .decimals = 1,
         .aggregate = BASSIN_AGGREGATE_SUM,
         .sheet_fr = "Offre"},
        {.table = "supply_kinds",
         .id = "kind",
         .title_fr = "Nature",
         .title_en = "Kind",
         .unit = "",
         .type = BASSIN_TEXT,
         .decimals = -1},
        {.table = "supply_kinds",
         .id = "family",
         .title_fr = "Famille",
         .title_en = "Family",
         .unit = "",
         .type = BASSIN_TEXT,
         .decimals = -1},
        {.table = "supply_kinds",
         .id = "open",
         .title_fr = "Ouverts",
         .title_en = "Open",
         .unit = "{venue}",
         .type = BASSIN_U32,
         .decimals = -1},
        {.table = "supply_kinds",
         .id = "project",
         .title_fr = "En projet",
         .title_en = "Planned",
         .unit = "{venue}",
         .type = BASSIN_U32,
         .decimals = -1},
        {.table = "supply_kinds",
         .id = "candidate",
         .title_fr = "Candidats",
         .title_en = "Candidates",
         .unit = "{venue}",
         .type = BASSIN_U32,
         .decimals = -1},
        {.table = "supply_kinds",
         .id = "closed",
         .title_fr = "Fermés",
         .title_en = "Closed",
         .unit = "{venue}",
         .type = BASSIN_U32,
         .decimals = -1}),
    .tables = BASSIN_LIST(bassin_table, {.id = "supply_kinds",
                                         .title_fr = "Offre par nature de lieu",
                                         .title_en = "Supply by kind of venue",
                                         .sheet_fr = "Offre",
                                         .key = "kind"}),
    .stages =
        BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .run = run, .finish = finish}),
};
