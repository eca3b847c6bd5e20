#include <math.h>
#include <string.h>

#include "geo/locator.h"
#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/french_names.h"
#include "territory/messages.h"
#include "territory/support.h"

enum { LEVEL_COMMUNE = LEVEL_COUNT, KEEP_LEVELS, SUGGESTION_BYTES = 320, FOLD_BYTES = 160 };

/* One reading of `keep`: a level and the code of one of its zones. */
typedef struct reading {
    int level; /* a level, or LEVEL_COMMUNE */
    const char *code, *name;
} reading;

static const char *keep_level_name(int l)
{
    return l == LEVEL_COMMUNE ? "commune" : level_name((level)l);
}

static const char *zone_code(const draft *d, int l, size_t i)
{
    return l == LEVEL_COMMUNE ? d->code[i] : d->level[l][i];
}

static const char *zone_name(const draft *d, int l, size_t i)
{
    return l == LEVEL_COMMUNE ? d->name[i] : d->level_label[l][i];
}

static void fold(const char *text, char *buffer)
{
    buffer[0] = '\0';
    (void)text_fold(text_slice_of(text, strlen(text)), buffer, FOLD_BYTES);
}

static bool has_level(const draft *d, int l)
{
    for (size_t i = 0; i < d->count; i++) {
        if (*zone_code(d, l, i)) {
            return true;
        }
    }
    return false;
}

/* Zones of level `l` whose code is `wanted`, or whose folded name is; distinct, at most `capacity`.
 */
static size_t find_zones(const draft *d, int l, const char *wanted, reading *out, size_t capacity)
{
    char folded[FOLD_BYTES];
    char name[FOLD_BYTES];
    size_t count = 0;
    fold(wanted, folded);
    for (size_t i = 0; i < d->count && count < capacity; i++) {
        const char *code = zone_code(d, l, i);
        if (count && strcmp(out[count - 1].code, code) == 0) {
            continue;
        }
        bool met = *code && strcmp(code, wanted) == 0;
        if (!met && *folded) {
            fold(zone_name(d, l, i), name);
            met = strcmp(name, folded) == 0;
        }
        for (size_t k = 0; met && k < count; k++) {
            met = strcmp(out[k].code, code) != 0;
        }
        if (met) {
            out[count++] = (reading){.level = l, .code = code, .name = zone_name(d, l, i)};
        }
    }
    return count;
}

/* The nearest names first would need all distances; a planner is better served by the codes there
 * are. */
static void list_zones(const draft *d, int l, char *list)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < d->count; i++) {
        const char *code = zone_code(d, l, i);
        const char *name = zone_name(d, l, i);
        bool listed = !*code;
        for (size_t k = 0; k < i && !listed && l != LEVEL_COMMUNE; k++) {
            listed = strcmp(zone_code(d, l, k), code) == 0;
        }
        const size_t size = strlen(code) + strlen(name) + 6;
        if (listed) {
            continue;
        }
        if (used + size + 8 > SUGGESTION_BYTES) {
            memcpy(list + used, ", …", sizeof ", …");
            return;
        }
        text_buffer entry = {0};
        text_add_format(&entry, "%s%s:%s%s%s%s", used ? ", " : "", keep_level_name(l), code,
                        *name ? " (" : "", name, *name ? ")" : "");
        if (!entry.failed && used + entry.size + 8 < SUGGESTION_BYTES) {
            memcpy(list + used, entry.at, entry.size);
            used += entry.size;
            list[used] = '\0';
        } else if (used) {
            memcpy(list + used, ", …", sizeof ", …");
            text_buffer_clear(&entry);
            return;
        }
        text_buffer_clear(&entry);
    }
}

static status refuse_nothing(const draft *d, const char *keep, int l)
{
    char possible[SUGGESTION_BYTES];
    if (!has_level(d, l)) {
        return faults_refuse(d->list, d->in->perimeter.where, M_TERRITORY_KEEP_NO_DATA, keep,
                             keep_level_name(l));
    }
    list_zones(d, l, possible);
    return faults_refuse(d->list, d->in->perimeter.where, M_TERRITORY_KEEP_NOTHING, keep, possible);
}

static status refuse_ambiguous(const draft *d, const char *keep, const reading *a, const reading *b)
{
    return faults_refuse(d->list, d->in->perimeter.where, M_TERRITORY_KEEP_AMBIGUOUS, keep,
                         keep_level_name(a->level), a->code, *a->name ? a->name : a->code,
                         keep_level_name(b->level), b->code, *b->name ? b->name : b->code);
}

static int level_of_word(const char *word, size_t size)
{
    char folded[FOLD_BYTES] = "";
    char copy[40] = "";
    memcpy(copy, word, size < sizeof copy ? size : sizeof copy - 1);
    fold(copy, folded);
    for (int l = 0; l < KEEP_LEVELS; l++) {
        char name[FOLD_BYTES];
        if (strcmp(keep_level_name(l), copy) == 0) {
            return l;
        }
        fold(keep_level_name(l), name);
        if (strcmp(name, folded) == 0) {
            return l;
        }
    }
    return KEEP_LEVELS;
}

static status choose_reading(const draft *d, const char *keep, reading *out)
{
    reading found[2];
    size_t count = 0;
    const char *colon = strchr(keep, ':');
    if (colon) {
        const int l = level_of_word(keep, (size_t)(colon - keep));
        if (l == KEEP_LEVELS) {
            return faults_refuse(d->list, d->in->perimeter.where, M_TERRITORY_KEEP_LEVEL, keep);
        }
        count = find_zones(d, l, colon + 1, found, 2);
        if (count == 0) {
            return refuse_nothing(d, keep, l);
        }
    } else {
        for (int l = 0; l < KEEP_LEVELS && count < 2; l++) {
            count += find_zones(d, l, keep, found + count, 2 - count);
        }
        if (count == 0) {
            return refuse_nothing(d, keep, LEVEL_DEPARTEMENT);
        }
    }
    if (count > 1) {
        return refuse_ambiguous(d, keep, &found[0], &found[1]);
    }
    *out = found[0];
    return STATUS_OK;
}

static bool is_overseas(const char *departement)
{
    return departement[0] == '9' && (departement[1] == '7' || departement[1] == '8');
}

static status keep_metropole(draft *d)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->count; i++) {
        d->fate[i] = is_overseas(d->level[LEVEL_DEPARTEMENT][i]) ? FATE_DROPPED : FATE_KEPT;
        kept += d->fate[i] == FATE_KEPT;
    }
    return kept ? STATUS_OK : refuse_nothing(d, "metropole", LEVEL_DEPARTEMENT);
}

static status keep_all(draft *d)
{
    memset(d->fate, FATE_KEPT, d->count);
    return STATUS_OK;
}

static status keep_zone(draft *d, const char *keep, const char **title)
{
    reading r = {0};
    const status rc = choose_reading(d, keep, &r);
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        d->fate[i] = strcmp(zone_code(d, r.level, i), r.code) == 0 ? FATE_KEPT : FATE_DROPPED;
    }
    if (rc == STATUS_OK) {
        *title = *r.name ? r.name : r.code;
    }
    return rc;
}

static status keep_codes(draft *d)
{
    size_t kept = 0;
    const table *t = d->in->perimeter.keep_codes;
    const column *code = text_column(t, "code");
    for (size_t row = 0; row < t->rows; row++) {
        const uint32_t place = draft_find(d, text_at(code, row));
        if (place == PLACE_NONE) {
            faults_warn(d->list, table_source(t, row), M_TERRITORY_KEEP_CODES_ABSENT,
                        text_at(code, row));
            continue;
        }
        kept += d->fate[place] != FATE_KEPT;
        d->fate[place] = FATE_KEPT;
    }
    return kept ? STATUS_OK
                : faults_refuse(d->list, d->in->perimeter.where, M_TERRITORY_KEEP_CODES_NOTHING);
}

static status keep_perimeter(draft *d, const char **title)
{
    const char *keep = d->in->perimeter.keep;
    if (d->in->perimeter.keep_codes) {
        return keep_codes(d);
    }
    if (!keep) {
        return keep_all(d);
    }
    if (strcmp(keep, "france") == 0) {
        *title = "France";
        return keep_all(d);
    }
    if (strcmp(keep, "metropole") == 0) {
        *title = "France métropolitaine";
        return keep_metropole(d);
    }
    return keep_zone(d, keep, title);
}

/* Places whose point is near the point of a kept place stay as margin. */
static status keep_margin(draft *d)
{
    error err;
    nearest_index *kept = NULL;
    uint8_t *use = NULL;
    if (!(d->in->perimeter.margin_km > 0)) {
        return STATUS_OK;
    }
    status rc = take_array(d->scratch, d->count, sizeof *use, &use, d->list);
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        use[i] = d->fate[i] == FATE_KEPT && d->point[i] != POINT_NONE;
    }
    if (rc == STATUS_OK) {
        rc = fault_of(nearest_index_new(&kept, d->lon, d->lat, use, d->count, &err), &err, d->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        double km = 0;
        if (d->fate[i] == FATE_DROPPED && d->point[i] != POINT_NONE &&
            nearest_find(kept, d->lon[i], d->lat[i], &km) != LOCATED_NOWHERE &&
            km <= d->in->perimeter.margin_km) {
            d->fate[i] = FATE_MARGIN;
        }
    }
    nearest_index_free(kept);
    return rc;
}

/* --- the title of a perimeter that has no name of its own --- */

static const char *common_zone(const draft *d, level l)
{
    const char *code = NULL;
    const char *name = "";
    for (size_t i = 0; i < d->count; i++) {
        if (d->fate[i] != FATE_KEPT) {
            continue;
        }
        if (code && strcmp(code, d->level[l][i]) != 0) {
            return NULL;
        }
        code = d->level[l][i];
        name = d->level_label[l][i];
    }
    return code && *name ? name : NULL;
}

static size_t distinct_departements(const draft *d, bool *overseas)
{
    size_t distinct = 0;
    const char *before = "";
    *overseas = false;
    for (size_t i = 0; i < d->count; i++) {
        const char *code = d->level[LEVEL_DEPARTEMENT][i];
        if (d->fate[i] == FATE_KEPT && strcmp(code, before) != 0) {
            distinct++;
            before = code;
            *overseas = *overseas || is_overseas(code);
        }
    }
    return distinct;
}

static const char *title_of_kept(const draft *d)
{
    bool overseas = false;
    size_t kept = 0;
    const char *name = common_zone(d, LEVEL_DEPARTEMENT);
    if (!name) {
        name = common_zone(d, LEVEL_REGION);
    }
    if (name) {
        return name;
    }
    /* 96 départements in metropolitan France, 101 with the overseas ones */
    if (distinct_departements(d, &overseas) >= 96) {
        return overseas ? "France" : "France métropolitaine";
    }
    for (size_t i = 0; i < d->count; i++) {
        kept += d->fate[i] == FATE_KEPT;
    }
    char number[48];
    (void)text_number((double)kept, 0, LANGUAGE_FR, number, sizeof number);
    return arena_format(d->scratch, "%s communes", number);
}

status draft_perimeter(draft *d, const char **title)
{
    *title = NULL;
    status rc = keep_perimeter(d, title);
    if (rc == STATUS_OK) {
        rc = keep_margin(d);
    }
    if (rc == STATUS_OK && !*title) {
        *title = title_of_kept(d);
    }
    return rc;
}

/* --- the balance of communes and population, once the perimeter is known --- */

static status account_communes(const draft *d)
{
    error err;
    size_t entry = 0;
    size_t used = 0;
    for (size_t i = 0; i < d->count; i++) {
        used += d->fate[i] != FATE_DROPPED;
    }
    const size_t left_out = d->in->communes->left_out;
    const size_t read = d->count + left_out;
    status rc = ledger_open(d->balance, "communes", file_of(d->in->communes->rows), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(d->balance, entry, read, (double)read);
        ledger_use(d->balance, entry, used, (double)used);
    }
    if (rc == STATUS_OK && used < d->count) {
        rc = ledger_ignore(d->balance, entry, d->count - used, (double)(d->count - used), &err,
                           M_TERRITORY_OUTSIDE);
    }
    if (rc == STATUS_OK && left_out) {
        rc = ledger_ignore(d->balance, entry, left_out, (double)left_out, &err,
                           d->in->communes->left_out_fr, d->in->communes->left_out_en);
    }
    return fault_of(rc, &err, d->list);
}

/* Rows and persons of one outcome. */
typedef struct part {
    size_t rows;
    double weight;
} part;

static void add_part(part *p, double weight)
{
    p->rows++;
    p->weight += weight;
}

static status ignore_part(const draft *d, size_t entry, const part *p, error *err, const char *fr,
                          const char *en)
{
    return p->rows ? ledger_ignore(d->balance, entry, p->rows, p->weight, err, fr, en) : STATUS_OK;
}

static status account_population(const draft *d)
{
    error err;
    size_t entry = 0;
    part all = {0};
    part used = {0};
    part outside = {0};
    part twice = {0};
    part not_loaded = {0};
    const table *t = d->in->population->rows;
    const column *value = number_column_of(t, "population");
    for (size_t row = 0; row < t->rows; row++) {
        const double persons = column_state(value, row) == VALUE_PRESENT ? value->at.f64[row] : 0;
        const uint32_t place = d->population_of[row];
        add_part(&all, persons);
        if (place != PLACE_NONE) {
            add_part(d->fate[place] == FATE_DROPPED ? &outside : &used, persons);
        } else {
            add_part(d->population_twice[row] ? &twice : &not_loaded, persons);
        }
    }
    status rc = ledger_open(d->balance, "population", file_of(t), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(d->balance, entry, all.rows, all.weight);
        ledger_use(d->balance, entry, used.rows, used.weight);
        rc = ignore_part(d, entry, &outside, &err, M_TERRITORY_OUTSIDE);
    }
    if (rc == STATUS_OK) {
        rc = ignore_part(d, entry, &twice, &err, M_TERRITORY_ARRONDISSEMENT_TWICE);
    }
    if (rc == STATUS_OK) {
        rc = ignore_part(d, entry, &not_loaded, &err, M_TERRITORY_NOT_LOADED);
    }
    return fault_of(rc, &err, d->list);
}

static void warn_missing_population(const draft *d)
{
    size_t missing = 0;
    const char *first = "";
    for (size_t i = 0; i < d->count; i++) {
        if (d->fate[i] != FATE_DROPPED && isnan(d->population[i])) {
            first = missing++ ? first : d->code[i];
        }
    }
    if (missing) {
        faults_warn(d->list, source_at(file_of(d->in->population->rows), 0, 0),
                    M_TERRITORY_POPULATION_MISSING, SHOWN(shown((double)missing, 0)), first);
    }
}

status draft_balance(draft *d)
{
    if (d->in->population) {
        warn_missing_population(d);
    }
    const status rc = account_communes(d);
    return rc == STATUS_OK && d->in->population ? account_population(d) : rc;
}
