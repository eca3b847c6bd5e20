/* Whose code each place and venue bears. */
#include <math.h>
#include <string.h>

#include "network/travel/matrix_work.h"

static status words_index(const words *w, interner **out, error *err)
{
    status result = interner_new(out, err);
    for (uint32_t i = 0; i < w->count && result == STATUS_OK; i++) {
        uint32_t same = 0;
        const char *text = words_at(w, i);
        result = interner_add(*out, text_slice_of(text, strlen(text)), &same, err);
    }
    return result;
}

uint32_t matrix_word(const interner *all, const char *code)
{
    _Static_assert(MATRIX_NONE == INTERN_NONE, "a code that is not there");
    return code && code[0] ? interner_find(all, text_slice_of(code, strlen(code))) : MATRIX_NONE;
}

/* The first of the codes that the matrix has. */
static uint32_t word_of_point(const interner *all, const char *const code[3], known_by *by)
{
    static const known_by kinds[3] = {BY_ID, BY_PLACE, BY_COMMUNE};
    for (size_t i = 0; i < 3; i++) {
        const uint32_t word = matrix_word(all, code[i]);
        if (word != MATRIX_NONE) {
            *by = kinds[i];
            return word;
        }
    }
    *by = BY_NOTHING;
    return MATRIX_NONE;
}

static const char *code_at(const char *const *codes, size_t i)
{
    return codes ? codes[i] : NULL;
}

static void places_name(matrix_state *s, const travel_points *p)
{
    for (size_t i = 0; i < p->place_count; i++) {
        known_by by = BY_NOTHING;
        known_by as_work = BY_NOTHING;
        const char *const code[3] = {NULL, code_at(p->place_code, i), code_at(p->place_commune, i)};
        s->place_from[i] = word_of_point(s->from_words, code, &by);
        s->place_to[i] = word_of_point(s->to_words, code, &as_work);
        s->place_by[by]++;
        s->place_snap_m[i] = by == BY_NOTHING ? (double)NAN : 0;
    }
    for (size_t f = 0; f < interner_count(s->from_words); f++)
        s->first_place[f] = MATRIX_NONE;
    for (size_t i = p->place_count; i-- > 0;) {
        const uint32_t from = s->place_from[i];
        if (from == MATRIX_NONE)
            continue;
        s->next_place[i] = s->first_place[from];
        s->first_place[from] = (uint32_t)i;
    }
}

static void venues_name(matrix_state *s, const travel_points *p)
{
    for (size_t v = 0; v < p->venue_count; v++) {
        known_by by = BY_NOTHING;
        const uint32_t place = p->venue_place ? p->venue_place[v] : UINT32_MAX;
        const char *const code[3] = {code_at(p->venue_id, v),
                                     place < p->place_count ? code_at(p->place_code, place) : NULL,
                                     code_at(p->venue_commune, v)};
        s->venue_to[v] = word_of_point(s->to_words, code, &by);
        s->venue_by[by]++;
        s->venue_snap_m[v] = by == BY_NOTHING ? (double)NAN : 0;
    }
}

status matrix_codes_make(matrix_state *s, const travel_points *p, const column *from,
                         const column *to, error *err)
{
    const size_t froms = from->words.count, tos = to->words.count;
    s->place_from = memory_new(p->place_count, sizeof *s->place_from);
    s->place_to = memory_new(p->place_count, sizeof *s->place_to);
    s->next_place = memory_new(p->place_count, sizeof *s->next_place);
    s->place_snap_m = memory_new(p->place_count, sizeof *s->place_snap_m);
    s->venue_to = memory_new(p->venue_count, sizeof *s->venue_to);
    s->venue_snap_m = memory_new(p->venue_count, sizeof *s->venue_snap_m);
    s->first_place = memory_new(froms, sizeof *s->first_place);
    s->from_of_to = memory_new(tos, sizeof *s->from_of_to);
    if (!s->place_from || !s->place_to || !s->next_place || !s->place_snap_m || !s->venue_to ||
        !s->venue_snap_m || !s->first_place || !s->from_of_to)
        return memory_error(err, (p->place_count + froms + tos) * sizeof *s->place_snap_m);
    status result = words_index(&from->words, &s->from_words, err);
    if (result == STATUS_OK)
        result = words_index(&to->words, &s->to_words, err);
    if (result)
        return result;
    for (uint32_t t = 0; t < tos; t++)
        s->from_of_to[t] = matrix_word(s->from_words, words_at(&to->words, t));
    places_name(s, p);
    venues_name(s, p);
    return STATUS_OK;
}
