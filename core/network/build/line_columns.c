#include "network/build/line_columns.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "network/messages.h"
#include "table/reader.h"

/* Headers of IGN's layers as GeoPackage and as shapefile, then usual ones; between bars. */
#define CAR_SPEEDS "vitesse_moyenne_vl|vit_moy_vl"
#define SPEEDS "speed_kmh|speed|vitesse_kmh|vitesse|kmh|maxspeed"
#define DIRECTIONS "sens_de_circulation|sens|direction|oneway"
#define CLASSES "vocation|nature|class|classe|fclass|highway"
#define NAMES                                                                                      \
    "nom_collaboratif_gauche|nom_coll_g|nom_voie_ban_gauche|nom_voie_g|nom_1_gauche|nom_1_g|"      \
    "cpx_numero|num_route|numero|nom|name|ref"
#define ACCESSES "acces_vehicule_leger|acces_vl|acces"
#define STATES "etat_de_l_objet|etat"

enum { WORDS_TOLD = 10, KEY_BYTES = 128 };
enum { STAYS_OPEN = 0, IS_CLOSED = 1, NOT_UNDERSTOOD = 2 };

/* METHODS.md section 4, the speeds of the OSM classes that these are: motorway, primary, secondary,
 * tertiary, motorway link. */
static const line_class_speed route500_speeds[] = {{"Type autoroutier", 90},
                                                   {"Liaison principale", 65},
                                                   {"Liaison régionale", 55},
                                                   {"Liaison locale", 40},
                                                   {"Bretelle", 45}};

/* --- words --- */

static bool fold_equal(const char *a, const char *b)
{
    char x[KEY_BYTES], y[KEY_BYTES];
    return text_fold(text_slice_of(a, strlen(a)), x, sizeof x) < sizeof x &&
           text_fold(text_slice_of(b, strlen(b)), y, sizeof y) < sizeof y && strcmp(x, y) == 0;
}

/* Whether a folded text is one of "a|b|c". */
static bool is_one_of(const char *text, const char *list)
{
    char key[KEY_BYTES];
    if (text_fold(text_slice_of(text, strlen(text)), key, sizeof key) >= sizeof key)
        return false;
    const size_t size = strlen(key);
    for (const char *at = list; *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == size && memcmp(at, key, size) == 0)
            return true;
    return false;
}

static line_direction direction_of(const char *text)
{
    if (strcmp(text, "-1") == 0) /* folding would lose the sign */
        return LINE_BACKWARD;
    if (is_one_of(text, "double sens|double|sans objet|both|b|no|non|0|two way"))
        return LINE_BOTH;
    if (is_one_of(text, "sens direct|direct|sens unique|unique|forward|f|ft|yes|oui|1|oneway"))
        return LINE_FORWARD;
    if (is_one_of(text, "sens inverse|inverse|backward|reverse|t|tf"))
        return LINE_BACKWARD;
    return LINE_DIRECTION_UNKNOWN;
}

static uint8_t closed_of(const char *text)
{
    if (is_one_of(text, "libre|a peage|saisonnier|no|non|0|false|faux|open|ouvert|public"))
        return STAYS_OPEN;
    if (is_one_of(text, "physiquement impossible|restreint aux ayants droit|interdit|"
                        "interdit au public|yes|oui|1|true|vrai|closed|ferme|prive|private"))
        return IS_CLOSED;
    return NOT_UNDERSTOOD;
}

/* ROUTE 500's ETAT says the surface, BD TOPO's whether the road is there. */
static uint8_t state_of(const char *text)
{
    return is_one_of(text, "en construction|en projet|hors service|en ruine") ? IS_CLOSED
                                                                              : STAYS_OPEN;
}

/* --- columns --- */

static void add_name(text_buffer *out, const char *name)
{
    if (name)
        text_add_format(out, "%s|", name);
}

void line_columns_wanted(const line_options *o, text_buffer *out)
{
    add_name(out, o->speed);
    add_name(out, o->direction);
    add_name(out, o->class_);
    add_name(out, o->name);
    add_name(out, o->closed);
    text_add(out,
             CAR_SPEEDS "|" SPEEDS "|" DIRECTIONS "|" CLASSES "|" NAMES "|" ACCESSES "|" STATES);
}

/* The first of the list that the layer has. */
static const column *recognised(const table *t, const char *list)
{
    for (const char *at = list; *at; at += strcspn(at, "|"), at += *at == '|') {
        char name[KEY_BYTES] = "";
        memcpy(name, at, strcspn(at, "|"));
        for (size_t c = 0; c < t->column_count; c++)
            if (fold_equal(t->columns[c].name, name))
                return &t->columns[c];
    }
    return NULL;
}

/* A header as named, then without regard to case and accents; absent: refused. */
static status named(const line_options *o, const layer *l, const char *header, const char *role,
                    const column **out, faults *list)
{
    const table *t = l->cells;
    *out = table_find(t, header);
    for (size_t c = 0; c < t->column_count && !*out; c++)
        if (fold_equal(t->columns[c].name, header))
            *out = &t->columns[c];
    return *out ? STATUS_OK
                : faults_refuse(list, source_at(o->path, 0, 0), M_LINES_COLUMN, role, header,
                                l->fields);
}

static status columns_choose(const line_options *o, const layer *l, line_columns *c, faults *list)
{
    const bool car = !o->mode || strcmp(o->mode, "car") == 0;
    const struct {
        const char *header, *role, *list;
        const column **out;
    } wanted[] = {
        {o->speed, "speed", car ? CAR_SPEEDS "|" SPEEDS : "", &c->speed},
        {o->direction, "direction", DIRECTIONS, &c->direction},
        {o->class_, "class", CLASSES, &c->class_},
        {o->name, "name", NAMES, &c->name},
        {o->closed, "closed", car ? ACCESSES : "", &c->closed},
    };
    status result = STATUS_OK;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        status one = STATUS_OK;
        if (wanted[i].header)
            one = named(o, l, wanted[i].header, wanted[i].role, wanted[i].out, list);
        else
            *wanted[i].out = recognised(l->cells, wanted[i].list);
        result = result == STATUS_OK ? one : result;
    }
    c->state = recognised(l->cells, STATES);
    c->both_ways = o->mode && strcmp(o->mode, "foot") == 0;
    return result;
}

/* --- what each word means --- */

static double class_speed(const line_class_speed *speeds, size_t count, const char *text)
{
    double other = NAN;
    for (size_t i = 0; i < count; i++) {
        if (fold_equal(speeds[i].class_name, text))
            return speeds[i].kmh;
        if (strcmp(speeds[i].class_name, "*") == 0)
            other = speeds[i].kmh;
    }
    return other;
}

/* "50", "50,5", "50 km/h". */
static bool speed_read(const char *text, double *kmh)
{
    static const char *const endings[] = {" km/h", "km/h", " kmh", ""};
    const size_t size = strlen(text);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t cut = strlen(endings[i]);
        if (size <= cut || strcmp(text + size - cut, endings[i]) != 0)
            continue;
        const text_slice number = text_slice_of(text, size - cut);
        return (text_to_f64(number, '.', kmh) || text_to_f64(number, ',', kmh)) && *kmh >= 0 &&
               *kmh <= LINE_SPEED_MAX_KMH;
    }
    return false;
}

/* Speeds by word; the rows of a word that is none are refused. */
static status speeds_read(const line_options *o, const layer *l, line_columns *c, faults *list)
{
    size_t refused = 0;
    const column *k = c->speed;
    for (uint32_t w = 0; k && w < k->words.count; w++) {
        const char *text = words_at(&k->words, w);
        if (!text[0])
            c->speed_kmh[w] = NAN;
        else if (!speed_read(text, &c->speed_kmh[w]))
            c->speed_kmh[w] = -1;
    }
    for (size_t row = 0; k && row < l->cells->rows; row++)
        if (column_state(k, row) == VALUE_PRESENT && c->speed_kmh[k->at.u32[row]] < 0 &&
            refused++ < READER_MAX_FAULTS)
            (void)faults_refuse(list, source_at(o->path, 0, 0), M_LINES_SPEED,
                                (unsigned long long)l->cells->source_row[row], k->name,
                                column_text(k, row), (int)LINE_SPEED_MAX_KMH);
    if (refused > READER_MAX_FAULTS)
        (void)faults_refuse(list, source_at(o->path, 0, 0), M_LINES_SPEEDS,
                            (unsigned long long)(refused - READER_MAX_FAULTS));
    return refused > 0 ? STATUS_INPUT : STATUS_OK;
}

static void classes_read(const line_options *o, line_columns *c)
{
    const bool route500 = c->class_ && fold_equal(c->class_->name, "vocation");
    const line_class_speed *speeds = o->speed_count ? o->speeds : route500_speeds;
    const size_t known = sizeof route500_speeds / sizeof *route500_speeds;
    const size_t count = o->speed_count ? o->speed_count : route500 && !c->both_ways ? known : 0;
    c->other_kmh = class_speed(speeds, count, "");
    for (uint32_t w = 0; c->class_ && w < c->class_->words.count; w++)
        c->class_kmh[w] = class_speed(speeds, count, words_at(&c->class_->words, w));
}

static size_t word_count(const column *c)
{
    return c ? c->words.count : 0;
}

static status words_room(line_columns *c, error *err)
{
    const size_t speeds = word_count(c->speed), directions = word_count(c->direction);
    const size_t classes = word_count(c->class_), closed = word_count(c->closed);
    c->speed_kmh = memory_new(speeds, sizeof *c->speed_kmh);
    c->direction_is = memory_new(directions, 1);
    c->direction_rows = memory_new(directions, sizeof *c->direction_rows);
    c->direction_first = memory_new(directions, sizeof *c->direction_first);
    c->class_kmh = memory_new(classes, sizeof *c->class_kmh);
    c->class_rows = memory_new(classes + 1, sizeof *c->class_rows);
    c->class_first = memory_new(classes + 1, sizeof *c->class_first);
    c->closed_is = memory_new(closed, 1);
    c->closed_rows = memory_new(closed, sizeof *c->closed_rows);
    c->closed_first = memory_new(closed, sizeof *c->closed_first);
    c->state_closed = memory_new(word_count(c->state), 1);
    const bool made = c->speed_kmh && c->direction_is && c->direction_rows && c->direction_first &&
                      c->class_kmh && c->class_rows && c->class_first && c->closed_is &&
                      c->closed_rows && c->closed_first && c->state_closed;
    return made ? STATUS_OK : memory_error(err, (speeds + directions + classes + closed) * 24);
}

/* Neither a column of speeds nor a class that has one: every line would be closed. */
static bool speeds_are_known(const line_columns *c)
{
    bool known = c->speed || !isnan(c->other_kmh);
    for (uint32_t w = 0; c->class_ && w < c->class_->words.count; w++)
        known = known || !isnan(c->class_kmh[w]);
    return known;
}

status line_columns_find(const line_options *o, const layer *l, line_columns *out,
                         faults *faults_list)
{
    error err = {0};
    *out = (line_columns){0};
    status result = columns_choose(o, l, out, faults_list);
    if (result)
        return result;
    if (words_room(out, &err))
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    for (uint32_t w = 0; out->direction && w < out->direction->words.count; w++)
        out->direction_is[w] = (uint8_t)direction_of(words_at(&out->direction->words, w));
    for (uint32_t w = 0; out->closed && w < out->closed->words.count; w++)
        out->closed_is[w] = closed_of(words_at(&out->closed->words, w));
    for (uint32_t w = 0; out->state && w < out->state->words.count; w++)
        out->state_closed[w] = state_of(words_at(&out->state->words, w));
    classes_read(o, out);
    result = speeds_read(o, l, out, faults_list);
    if (result == STATUS_OK && !speeds_are_known(out))
        result = faults_refuse(faults_list, source_at(o->path, 0, 0), M_LINES_NO_SPEED,
                               o->mode ? o->mode : "car", l->fields);
    return result;
}

void line_columns_clear(line_columns *c)
{
    memory_free(c->speed_kmh);
    memory_free(c->direction_is);
    memory_free(c->direction_rows);
    memory_free(c->direction_first);
    memory_free(c->class_kmh);
    memory_free(c->class_rows);
    memory_free(c->class_first);
    memory_free(c->closed_is);
    memory_free(c->closed_rows);
    memory_free(c->closed_first);
    memory_free(c->state_closed);
    *c = (line_columns){0};
}

/* --- rows --- */

static bool is_told(const column *c, size_t row)
{
    return c && column_state(c, row) == VALUE_PRESENT && column_text(c, row)[0];
}

static void count_word(size_t *rows, size_t *first, uint32_t word, size_t row)
{
    if (rows[word]++ == 0)
        first[word] = row;
}

static line_direction direction_at(line_columns *c, size_t row)
{
    if (c->both_ways || !c->direction)
        return LINE_BOTH;
    if (!is_told(c->direction, row)) {
        c->direction_empty++;
        return LINE_BOTH;
    }
    const uint32_t word = c->direction->at.u32[row];
    if (c->direction_is[word] != LINE_DIRECTION_UNKNOWN)
        return (line_direction)c->direction_is[word];
    count_word(c->direction_rows, c->direction_first, word, row);
    return LINE_BOTH;
}

/* Its own speed, else that of its class; NaN: none. */
static double speed_at(line_columns *c, size_t row)
{
    const double own = is_told(c->speed, row) ? c->speed_kmh[c->speed->at.u32[row]] : (double)NAN;
    if (!isnan(own))
        return own;
    const bool classed = is_told(c->class_, row);
    const double kmh = classed ? c->class_kmh[c->class_->at.u32[row]] : c->other_kmh;
    if (isnan(kmh))
        count_word(c->class_rows, c->class_first,
                   classed ? c->class_->at.u32[row] : (uint32_t)word_count(c->class_), row);
    return kmh;
}

line_reason line_columns_judge(line_columns *c, size_t row, double *kmh, line_direction *direction)
{
    if (is_told(c->state, row) && c->state_closed[c->state->at.u32[row]] == IS_CLOSED)
        return LINE_NOT_BUILT;
    if (is_told(c->closed, row)) {
        const uint32_t word = c->closed->at.u32[row];
        if (c->closed_is[word] == IS_CLOSED)
            return LINE_ACCESS;
        if (c->closed_is[word] == NOT_UNDERSTOOD)
            count_word(c->closed_rows, c->closed_first, word, row);
    }
    *kmh = speed_at(c, row);
    if (isnan(*kmh))
        return LINE_WITHOUT_SPEED;
    if (!(*kmh > 0))
        return LINE_SPEED_ZERO;
    *direction = direction_at(c, row);
    return LINE_OPEN;
}

/* --- what was not understood --- */

static unsigned long long feature_of(const layer *l, size_t row)
{
    return (unsigned long long)l->cells->source_row[row];
}

void line_columns_tell(const line_columns *c, const line_options *o, const layer *l,
                       faults *faults_list)
{
    const source_ref at = source_at(o->path, 0, 0);
    size_t told = 0;
    for (uint32_t w = 0; w < word_count(c->direction) && told < WORDS_TOLD; w++)
        if (c->direction_rows[w] > 0 && ++told)
            faults_warn(faults_list, at, M_LINES_DIRECTION, words_at(&c->direction->words, w),
                        (unsigned long long)c->direction_rows[w],
                        feature_of(l, c->direction_first[w]));
    told = 0;
    for (uint32_t w = 0; w < word_count(c->closed) && told < WORDS_TOLD; w++)
        if (c->closed_rows[w] > 0 && ++told)
            faults_warn(faults_list, at, M_LINES_CLOSED, c->closed->name,
                        words_at(&c->closed->words, w), (unsigned long long)c->closed_rows[w],
                        feature_of(l, c->closed_first[w]));
    told = 0;
    for (uint32_t w = 0; w <= word_count(c->class_) && told < WORDS_TOLD; w++)
        if (c->class_rows[w] > 0 && ++told)
            faults_warn(faults_list, at, M_LINES_CLASS,
                        w < word_count(c->class_) ? words_at(&c->class_->words, w) : "",
                        (unsigned long long)c->class_rows[w], feature_of(l, c->class_first[w]));
    if (c->direction_empty > 0)
        faults_warn(faults_list, at, M_LINES_DIRECTION_EMPTY, c->direction->name,
                    (unsigned long long)c->direction_empty);
}
