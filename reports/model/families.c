/* Venues by family of the taxonomy (METHODS.md 1). */
#include <string.h>
#include <math.h>

#include "reports/model/build.h"
#include "reports/model/messages.h"

typedef struct family_look {
    const char *code, *title_fr, *title_en;
    uint32_t colour; /* dark enough on every class of a palette, with a white halo */
    marker_shape shape;
} family_look;

/* Okabe and Ito's colours (2008), told apart with any colour vision; the shape says it again. */
static const family_look looks[FAMILY_COUNT] = {
    {"ACT", M_FAMILY_ACT, 0x0072b2, MARKER_CIRCLE},
    {"ART", M_FAMILY_ART, 0xd55e00, MARKER_SQUARE},
    {"AGR", M_FAMILY_AGR, 0x00795a, MARKER_TRIANGLE},
    {"EDU", M_FAMILY_EDU, 0xa8437c, MARKER_DIAMOND},
    {"XXX", M_FAMILY_OTHER, 0x3c3c3c, MARKER_CROSS},
};

static size_t family_find(const char *text)
{
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        if (strncmp(text, looks[i].code, 3) == 0 && (text[3] == '\0' || text[3] == '.'))
            return i;
    }
    return FAMILY_COUNT - 1;
}

status families_build(report_model *m, error *err)
{
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        m->families[i] = (venue_family){.code = looks[i].code,
                                        .title = tr(m->lang, looks[i].title_fr, looks[i].title_en),
                                        .colour = looks[i].colour,
                                        .shape = looks[i].shape};
    }
    if (!m->venues)
        return STATUS_OK;
    const table *const t = m->venues->rows;
    uint8_t *const family = arena_take(m->memory, t->rows + 1, sizeof *family);
    uint8_t *const drawn = arena_take(m->memory, t->rows + 1, sizeof *drawn);
    if (!family || !drawn)
        return memory_error(err, t->rows);
    const column *const state = table_find(t, "status");
    /* A kind begins with its family: "ART.FABLAB". */
    const column *const by_family = table_find(t, "family"), *const by_kind = table_find(t, "kind");
    for (size_t v = 0; v < t->rows; v++) {
        const char *const text =
            *text_or_empty(by_family, v) ? text_or_empty(by_family, v) : text_or_empty(by_kind, v);
        family[v] = (uint8_t)family_find(text);
        const char *const word = text_or_empty(state, v);
        const bool open = !*word || strcmp(word, "open") == 0,
                   placed = isfinite(m->results->venue_x_m[v]);
        drawn[v] = open && placed;
        m->families[family[v]].count += drawn[v];
        m->venue_not_open += open ? 0 : 1;
        m->venue_not_placed += open && !placed ? 1 : 0;
    }
    m->venue_family = family;
    m->venue_drawn = drawn;
    return STATUS_OK;
}
