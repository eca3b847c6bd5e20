/* Names in the manner of French communes, made of roots and rules; none is taken from a list of
 * communes. */
#include <stdio.h>
#include <string.h>

#include "datasets/synthetic/land.h"

enum { STREAM_NAME = 20 };
#define PICK(list, k)                                                                              \
    list[(size_t)(random_uniform(key, STREAM_NAME, row, base + (k)) *                              \
                  (double)(sizeof list / sizeof *list))]

static const char *const heads[] = {
    "Mont", "Ville", "Cour", "Haute", "Beau", "Clair", "Roche", "Fon",  "Vau",  "Char",
    "Mar",  "Lam",   "Bois", "Pré",   "Cha",  "Bel",   "Aubi",  "Savi", "Ormo", "Tré",
    "Gué",  "Nau",   "Pou",  "Éche",  "Ché",  "Bra",   "Cré",   "Lou",  "Mé",   "Sé"};
static const char *const tails[] = {
    "villers", "court", "gny",   "rac",   "zac",   "ville", "vert",  "mont",  "fontaine", "ligny",
    "teuil",   "neuil", "vaux",  "ssac",  "bourg", "champ", "ron",   "vière", "vigny",    "lay",
    "lières",  "brune", "sange", "zelle", "nac",   "rigny", "tigné", "çay",   "ré",       "lès"};
static const char *const saints[] = {
    "Aubin",  "Martin",   "Hilaire", "Léger",   "Cyr",       "Étienne", "Rémy",      "Maurice",
    "Julien", "Germain",  "Éloi",    "Médard",  "Priest",    "Loup",    "Amand",     "Sulpice",
    "Agathe", "Brigitte", "Colombe", "Eulalie", "Geneviève", "Hélène",  "Radegonde", "Solange"};
enum { FIRST_FEMALE = 16 };
static const char *const rivers[] = {"Aubre",    "Varenne", "Issoire",   "Brême",
                                     "Ourcelle", "Vive",    "Dronnette", "Sauvage",
                                     "Lisse",    "Arnoise", "Thielle",   "Besbrette"};
static const char *const lands[] = {"Marchois", "Valois-Vert", "Gâtelais",  "Bocage",
                                    "Plaine",   "Perchois",    "Morvandeau"};
static const char *const articles[] = {"Le ", "La ", "Les ", "L’"};
static const char *const things[4][6] = {
    {"Breuil", "Châtelet", "Moutier", "Plessis", "Vernet", "Theil"},
    {"Chapelle", "Ferté", "Souterraine", "Verrière", "Forêt", "Croix"},
    {"Essarts", "Ormes", "Forges", "Bruyères", "Granges", "Moulins"},
    {"Étang", "Hôpital", "Épine", "Isle", "Aigle", "Orme"},
};

static void simple_name(random_key key, uint64_t row, uint32_t base, char *buffer, size_t size)
{
    const double kind = random_uniform(key, STREAM_NAME, row, base);
    if (kind < 0.34) {
        const size_t s = (size_t)(random_uniform(key, STREAM_NAME, row, base + 1) *
                                  (double)(sizeof saints / sizeof *saints));
        (void)snprintf(buffer, size, "%s-%s", s >= FIRST_FEMALE ? "Sainte" : "Saint", saints[s]);
    } else if (kind < 0.46) {
        const size_t a = (size_t)(random_uniform(key, STREAM_NAME, row, base + 1) * 4.0);
        const size_t t = (size_t)(random_uniform(key, STREAM_NAME, row, base + 2) * 6.0);
        (void)snprintf(buffer, size, "%s%s", articles[a], things[a][t]);
    } else {
        (void)snprintf(buffer, size, "%s%s", PICK(heads, 1), PICK(tails, 2));
    }
}

void place_name(random_key key, uint64_t row, uint32_t k, char *buffer, size_t size)
{
    const uint32_t base = k * 16;
    char name[64];
    simple_name(key, row, base, name, sizeof name);
    const double ending = random_uniform(key, STREAM_NAME, row, base + 8);
    if (ending < 0.16 || k > 60)
        (void)snprintf(buffer, size, "%s-sur-%s", name, PICK(rivers, 9));
    else if (ending < 0.26)
        (void)snprintf(buffer, size, "%s-en-%s", name, PICK(lands, 9));
    else if (ending < 0.34 || k > 20)
        (void)snprintf(buffer, size, "%s-%s%s", name, PICK(heads, 9), PICK(tails, 10));
    else if (ending < 0.40)
        (void)snprintf(buffer, size, "%s-le-%s", name,
                       ending < 0.36   ? "Vieux"
                       : ending < 0.38 ? "Haut"
                                       : "Grand");
    else
        (void)snprintf(buffer, size, "%s", name);
}
