/* From the words of a list to the kinds of the taxonomy. */
#include <string.h>

#include "datasets/starter/columns.h"

enum { FOLD_BYTES = 192 };

/* Words seen in real lists, folded; the first that the text holds decides. */
static const struct {
    const char *word, *kind;
} known_words[] = {
    {"coworking", "ACT.COWORK"},
    {"cowork", "ACT.COWORK"},
    {"co working", "ACT.COWORK"},
    {"bureau partage", "ACT.COWORK"},
    {"bureaux partages", "ACT.COWORK"},
    {"telecentre", "ACT.TELE"},
    {"teletravail", "ACT.TELE"},
    {"cafe associatif", "ACT.CAFE"},
    {"repair", "ART.REPAIR"},
    {"foodlab", "ACT.KITCHEN"},
    {"cuisine partagee", "ACT.KITCHEN"},
    {"living lab", "ACT.LIVINGLAB"},
    {"livinglab", "ACT.LIVINGLAB"},
    {"france service", "ACT.FS"},
    {"maison de service", "ACT.FS"},
    {"msap", "ACT.FS"},
    {"espace public numerique", "ACT.EPN"},
    {"cyber base", "ACT.EPN"},
    {"epn", "ACT.EPN"},
    {"fablab", "ART.FABLAB"},
    {"fab lab", "ART.FABLAB"},
    {"hackerspace", "ART.HACK"},
    {"makerspace", "ART.MAKER"},
    {"manufacture", "ART.MANUF"},
    {"textile", "ART.TEXTILE"},
    {"garage", "ART.GARAGE"},
    {"boutique", "ART.BOUTIQUE"},
    {"friche", "ART.FRICHE"},
    {"culturel", "ART.CULT"},
    {"artistique", "ART.CULT"},
    {"atelier", "ART.ATELIER"},
    {"nourricier", "AGR.NOURR"},
    {"fermier", "AGR.PROD"},
    {"campus", "EDU.CAMPUS"},
    {"micro folie", "EDU.MICROFOLIE"},
    {"microfolie", "EDU.MICROFOLIE"},
    {"mediatheque", "EDU.MEDIA"},
    {"bibliotheque", "EDU.MEDIA"},
    {"pedagogi", "EDU.INNOV"},
    {"solidarite", "ACT.SOCIAL"},
    {"collaboratif", "ACT.COLLAB"},
};

static void fold(text_slice s, char buffer[FOLD_BYTES])
{
    buffer[0] = '\0';
    if (text_fold(s, buffer, FOLD_BYTES) >= FOLD_BYTES) {
        buffer[0] = '\0';
    }
}

const kind *kind_guess(const taxonomy *kinds, text_slice text, bool *sure)
{
    char folded[FOLD_BYTES];
    char label[FOLD_BYTES];
    fold(text, folded);
    *sure = true;
    for (size_t i = 0; *folded && i < kinds->count; i++) {
        const kind *k = &kinds->kinds[i];
        const char *const labels[] = {k->code, k->label_fr, k->label_en};
        for (size_t l = 0; l < 3; l++) {
            fold(text_slice_of(labels[l], strlen(labels[l])), label);
            if (*label && strcmp(label, folded) == 0) {
                return k;
            }
        }
    }
    *sure = false;
    for (size_t i = 0; *folded && i < sizeof known_words / sizeof *known_words; i++) {
        const kind *k =
            strstr(folded, known_words[i].word) ? taxonomy_find(kinds, known_words[i].kind) : NULL;
        if (k) {
            return k;
        }
    }
    return taxonomy_find(kinds, "XXX.AUTRE");
}
