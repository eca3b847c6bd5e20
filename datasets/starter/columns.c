#include "datasets/starter/columns.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "territory/codes.h"
#include "territory/support.h"

enum {
    FOLD_BYTES = 128,
    ROWS_LOOKED_AT = 5000,
    SCORE_EXACT = 100,
    SCORE_WORD = 70,
    SCORE_HOLDS = 50,
    SCORE_LEAST = 46,
    SCORE_VALUES = 45
};

/* Words of headers, folded: the whole header, or words that it holds. */
typedef struct field_words {
    const char *name;
    const char *exact[12];
    const char *holds[8];
} field_words;
static const field_words fields[FIELD_COUNT] = {
    [FIELD_LON] = {"lon",
                   {"lon", "longitude", "lng", "long", "x", "coord x", "x wgs84"},
                   {"longitude"}},
    [FIELD_LAT] = {"lat", {"lat", "latitude", "y", "coord y", "y wgs84"}, {"latitude"}},
    [FIELD_COMMUNE] = {"commune",
                       {"code commune", "code insee", "insee com", "codgeo", "depcom", "insee",
                        "com", "code insee commune", "citycode", "code geo", "commune"},
                       {"insee", "code commune", "code de la commune"}},
    [FIELD_POSTCODE] = {"postcode",
                        {"code postal", "codepostal", "cp", "codpost", "postcode", "zip"},
                        {"postal"}},
    [FIELD_ID] = {"id",
                  {"id", "identifiant", "id lieu", "code lieu", "reference", "numero", "n°",
                   "siret"},
                  {"identifiant", "dossier"}},
    [FIELD_NAME] = {"name",
                    {"nom", "name", "nom lieu", "nom du lieu", "nom du tiers lieu", "lieu",
                     "libelle", "intitule", "tiers lieu", "denomination", "structure", "titre"},
                    {"nom du", "nom de", "intitule", "denomination"}},
    [FIELD_KIND] = {"kind",
                    {"type", "kind", "type lieu", "type de lieu", "typologie", "categorie", "genre",
                     "famille", "nature", "activite", "activites"},
                    {"type", "typologie", "categorie", "famille"}},
    [FIELD_FUNCTIONS] = {"functions", {"fonctions", "functions", "fonction"}, {"fonction"}},
    [FIELD_STATUS] = {"status",
                      {"statut", "status", "etat", "avancement", "phase"},
                      {"statut", "avancement", "etat"}},
    [FIELD_CAPACITY] = {"capacity",
                        {"capacite", "capacity", "postes", "places", "nb postes", "nb places",
                         "nombre de postes", "nombre de places", "jauge"},
                        {"capacite", "postes", "places"}},
    [FIELD_CITY] = {"city",
                    {"ville", "commune", "nom commune", "lib com", "city", "localite",
                     "nom de la commune", "libelle commune", "libgeo"},
                    {"commune", "ville"}},
    [FIELD_ADDRESS] = {"address",
                       {"adresse", "address", "adresse postale", "rue", "voie"},
                       {"adresse"}},
    [FIELD_LEGAL_FORM] = {"legal_form",
                          {"statut juridique", "forme juridique", "legal form", "type structure"},
                          {"juridique"}},
};

const char *field_name(field f)
{
    return fields[f].name;
}

/* --- what the values look like --- */

static void fold(text_slice s, char buffer[FOLD_BYTES])
{
    buffer[0] = '\0';
    if (text_fold(s, buffer, FOLD_BYTES) >= FOLD_BYTES) {
        buffer[0] = '\0';
    }
}

static bool is_number(text_slice s, double *out)
{
    return text_to_f64(s, '.', out) || text_to_f64(s, ',', out);
}

static bool is_digits(text_slice s, size_t count)
{
    bool digits = s.size == count;
    for (size_t i = 0; digits && i < count; i++) {
        digits = s.at[i] >= '0' && s.at[i] <= '9';
    }
    return digits;
}

/* What the reader takes as a number that is not there. */
static bool is_state_sign(text_slice s)
{
    static const char *const signs[] = {"NA", "nd", "n.d.", "…", "s", "///"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (text_equal(s, signs[i])) {
            return true;
        }
    }
    return false;
}

/* "a", "a d", "a;d=0.5" */
static bool is_functions(text_slice s)
{
    bool letter_due = true;
    bool any = false;
    for (size_t i = 0; i < s.size; i++) {
        const char c = s.at[i];
        if (letter_due && ((c >= 'a' && c <= 'h') || (c >= 'A' && c <= 'H'))) {
            letter_due = false;
            any = true;
        } else if (c == ' ' || c == ',' || c == ';' || c == '|' || c == '/') {
            letter_due = true;
        } else if (letter_due || !strchr(":=0.51", c)) {
            return false;
        }
    }
    return any;
}

/* The words that venues_place reads. */
static bool is_status(text_slice s)
{
    static const char *const known[] = {
        "open",      "ouvert",   "ouverte",     "en activite", "project", "projet", "en projet",
        "candidate", "candidat", "candidature", "closed",      "ferme",   "fermee"};
    char folded[FOLD_BYTES];
    fold(s, folded);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(folded, known[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_commune(text_slice s, bool *zero_lost)
{
    char code[8] = "";
    *zero_lost = is_digits(s, 4);
    if (s.size != COMMUNE_CODE_BYTES) {
        return false;
    }
    memcpy(code, s.at, s.size);
    return commune_code_form(code) == CODE_COMMUNE;
}

/* The mainland and the départements overseas. */
static bool is_longitude(double v)
{
    return (v >= -5.5 && v <= 10) || (v >= -63.5 && v <= -50) || (v >= 44.5 && v <= 56);
}

static bool is_latitude(double v)
{
    return (v >= 41 && v <= 51.5) || (v >= 2 && v <= 19) || (v >= -22 && v <= -12);
}

static void look_at_value(text_slice s, const taxonomy *kinds, column_look *look)
{
    double v = NAN;
    bool zero_lost = false;
    bool sure = false;
    const kind *k = s.size < FOLD_BYTES ? kind_guess(kinds, s, &sure) : NULL;
    look->filled++;
    look->communes += is_commune(s, &zero_lost);
    look->zero_lost += zero_lost;
    look->postcodes += is_digits(s, 5);
    look->functions += is_functions(s);
    look->statuses += is_status(s);
    look->kinds += k && strcmp(k->code, "XXX.AUTRE") != 0;
    if (is_state_sign(s)) {
        look->signs++;
    } else if (is_number(s, &v)) {
        look->numbers++;
        const bool decimal = memchr(s.at, '.', s.size) || memchr(s.at, ',', s.size);
        look->longitudes += decimal && is_longitude(v);
        look->latitudes += decimal && is_latitude(v);
    } else {
        look->words++;
    }
}

static status look_at_column(const table *cells, size_t c, const taxonomy *kinds, column_look *look,
                             error *err)
{
    interner *seen = NULL;
    const column *of = &cells->columns[c];
    status s = interner_new(&seen, err);
    look->header = of->name;
    for (size_t i = 0; s == STATUS_OK && i < cells->rows && i < ROWS_LOOKED_AT; i++) {
        uint32_t index = 0;
        const text_slice value = text_trimmed(text_at(of, i));
        if (value.size > 0) {
            look_at_value(value, kinds, look);
            s = interner_add(seen, value, &index, err);
        }
    }
    look->distinct = s == STATUS_OK ? interner_count(seen) : 0;
    interner_free(seen);
    double *const shares[] = {
        &look->numbers,   &look->communes,  &look->zero_lost, &look->postcodes, &look->longitudes,
        &look->latitudes, &look->functions, &look->statuses,  &look->kinds,     &look->words};
    const size_t said = look->filled - look->signs;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        *shares[i] = said > 0 ? *shares[i] / (double)said : 0;
    }
    return s;
}

/* --- how well a column fits a field --- */

static bool holds_word(const char *text, const char *word)
{
    const size_t size = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        const bool begins = at == text || at[-1] == ' ';
        const bool over = at[size] == '\0' || at[size] == ' ';
        if (begins && over) {
            return true;
        }
    }
    return false;
}

static int score_of_name(field f, const char *header)
{
    char folded[FOLD_BYTES];
    fold(text_slice_of(header, strlen(header)), folded);
    for (char *c = folded; *c; c++) {
        *c = *c == '_' || *c == '.' || *c == '/' ? ' ' : *c;
    }
    const field_words *w = &fields[f];
    for (size_t i = 0; i < 12 && w->exact[i]; i++) {
        if (strcmp(folded, w->exact[i]) == 0) {
            return SCORE_EXACT - (int)i;
        }
    }
    for (size_t i = 0; i < 8 && w->holds[i]; i++) {
        if (holds_word(folded, w->holds[i])) {
            return SCORE_WORD - (int)i;
        }
        if (strstr(folded, w->holds[i])) {
            return SCORE_HOLDS - (int)i;
        }
    }
    return 0;
}

/* What share of the values speaks for the field; -1: values say nothing of it. */
static double share_for(field f, const column_look *look, size_t rows)
{
    switch (f) {
    case FIELD_LON:
        return look->longitudes;
    case FIELD_LAT:
        return look->latitudes;
    case FIELD_COMMUNE:
        return look->communes + look->zero_lost;
    case FIELD_POSTCODE:
        return look->postcodes + look->zero_lost;
    case FIELD_FUNCTIONS:
        return look->functions;
    case FIELD_STATUS:
        return look->statuses;
    case FIELD_CAPACITY:
        return look->numbers;
    case FIELD_KIND:
        return look->kinds;
    case FIELD_NAME:
        return look->distinct * 2 >= rows ? look->words : look->words / 2;
    case FIELD_CITY:
        return look->words;
    default:
        return -1;
    }
}

/* Fields whose values alone can tell, where no header does. */
static bool values_can_tell(field f)
{
    return f == FIELD_FUNCTIONS || f == FIELD_KIND || f == FIELD_LON || f == FIELD_LAT;
}

static int score_of(field f, const column_look *look, size_t rows)
{
    const int name = score_of_name(f, look->header);
    const double share = share_for(f, look, rows);
    if (look->filled == 0) {
        return 0;
    }
    if (share < 0) {
        return name;
    }
    if (name == 0) {
        return values_can_tell(f) && share > 0.9 && look->distinct > 1 ? SCORE_LEAST : 0;
    }
    return name + (int)lround(SCORE_VALUES * (2 * share - 1));
}

/* --- choices --- */

static bool is_taken(const venue_columns *v, field until, size_t at)
{
    for (size_t f = 0; f < until; f++) {
        if (v->guesses[f].column == at) {
            return true;
        }
    }
    return false;
}

static doubt doubt_of(const venue_columns *v, field f, const column_look *look)
{
    switch (f) {
    case FIELD_COMMUNE:
        return look->zero_lost > 0      ? DOUBT_ZERO_LOST
               : look->communes < 0.999 ? DOUBT_VALUES
                                        : DOUBT_NONE;
    case FIELD_POSTCODE:
        return look->zero_lost > 0       ? DOUBT_ZERO_LOST
               : look->postcodes < 0.999 ? DOUBT_VALUES
                                         : DOUBT_NONE;
    case FIELD_LON:
    case FIELD_LAT:
    case FIELD_CAPACITY:
        return look->numbers < 1 ? DOUBT_NOT_NUMBERS : DOUBT_NONE;
    case FIELD_ID:
        return look->distinct < look->filled || look->filled < v->rows ? DOUBT_NOT_UNIQUE
                                                                       : DOUBT_NONE;
    case FIELD_STATUS:
        return look->statuses < 1 ? DOUBT_VALUES : DOUBT_NONE;
    case FIELD_FUNCTIONS:
        return look->functions < 1 ? DOUBT_VALUES : DOUBT_NONE;
    default:
        return DOUBT_NONE;
    }
}

static void choose(venue_columns *v, field f)
{
    int best = SCORE_LEAST - 1;
    int second = 0;
    size_t other = SIZE_MAX;
    guess *g = &v->guesses[f];
    *g = (guess){.column = SIZE_MAX};
    for (size_t c = 0; c < v->count; c++) {
        const int score = is_taken(v, f, c) ? 0 : score_of(f, &v->looks[c], v->rows);
        if (score > best) {
            second = g->column == SIZE_MAX ? 0 : best;
            other = g->column;
            best = score;
            g->column = c;
        } else if (score >= SCORE_LEAST && score > second) {
            second = score;
            other = c;
        }
    }
    if (g->column == SIZE_MAX) {
        return;
    }
    g->doubt = doubt_of(v, f, &v->looks[g->column]);
    if (g->doubt == DOUBT_NONE && other != SIZE_MAX && best - second < 15) {
        g->doubt = DOUBT_ANOTHER;
        g->other = v->looks[other].header;
    }
}

/* A status that says another thing than open or closed is most often the legal form. */
static void settle_status(venue_columns *v)
{
    guess *status_of = &v->guesses[FIELD_STATUS];
    guess *legal = &v->guesses[FIELD_LEGAL_FORM];
    if (status_of->column != SIZE_MAX && v->looks[status_of->column].statuses < 1 &&
        legal->column == SIZE_MAX) {
        *legal = (guess){.column = status_of->column, .doubt = DOUBT_VALUES};
        *status_of = (guess){.column = SIZE_MAX};
    }
}

static bool is_in_france(double lon, double lat)
{
    static const double boxes[][4] = {{-5.5, 10, 41, 51.5},   /* mainland */
                                      {-63.5, -60, 14, 18.5}, /* Antilles */
                                      {-55, -51, 2, 6},       /* Guyane */
                                      {44.5, 56, -22, -12}};  /* La Réunion, Mayotte */
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        if (lon >= boxes[i][0] && lon <= boxes[i][1] && lat >= boxes[i][2] && lat <= boxes[i][3]) {
            return true;
        }
    }
    return false;
}

/* Longitudes under a latitude's header, and the other way round: the pairs tell. */
static void settle_swap(venue_columns *v, const table *cells)
{
    guess *lon = &v->guesses[FIELD_LON];
    guess *lat = &v->guesses[FIELD_LAT];
    size_t right = 0;
    size_t wrong = 0;
    if (lon->column == SIZE_MAX || lat->column == SIZE_MAX) {
        lon->column = lat->column = SIZE_MAX;
        return;
    }
    for (size_t i = 0; i < cells->rows && i < ROWS_LOOKED_AT; i++) {
        double x = NAN;
        double y = NAN;
        if (is_number(text_trimmed(text_at(&cells->columns[lon->column], i)), &x) &&
            is_number(text_trimmed(text_at(&cells->columns[lat->column], i)), &y)) {
            right += is_in_france(x, y);
            wrong += is_in_france(y, x);
        }
    }
    v->swapped = wrong > 0 && right * 10 < wrong;
    if (v->swapped) {
        const guess kept = *lon;
        *lon = *lat;
        *lat = kept;
    }
}

/* Something must name a venue: failing a header, the first text that differs from row to row. */
static void settle_name(venue_columns *v)
{
    guess *name = &v->guesses[FIELD_NAME];
    for (size_t c = 0; c < v->count && name->column == SIZE_MAX; c++) {
        const column_look *look = &v->looks[c];
        if (!is_taken(v, FIELD_COUNT, c) && look->words > 0.9 && look->distinct * 2 > v->rows) {
            *name = (guess){.column = c, .doubt = DOUBT_VALUES};
        }
    }
}

status venue_columns_guess(const table *cells, const taxonomy *kinds, bool points, arena *memory,
                           venue_columns *out, error *err)
{
    status s = STATUS_OK;
    column_look *looks = arena_take(memory, cells->column_count + 1, sizeof *looks);
    if (!looks) {
        return memory_error(err, cells->column_count * sizeof *looks);
    }
    *out = (venue_columns){
        .looks = looks, .count = cells->column_count, .rows = cells->rows, .points = points};
    for (size_t c = 0; s == STATUS_OK && c < cells->column_count; c++) {
        s = look_at_column(cells, c, kinds, &looks[c], err);
    }
    for (size_t f = 0; f < FIELD_COUNT; f++) {
        choose(out, (field)f);
    }
    settle_swap(out, cells);
    settle_status(out);
    settle_name(out);
    return s;
}
