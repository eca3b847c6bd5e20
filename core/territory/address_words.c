#include "territory/address_words.h"

#include <string.h>

#include "base/text.h"

enum { TOKENS_MOST = 40, ADDRESS_BYTES = 400 };

typedef struct spelling {
    const char *abbreviation, *word;
} spelling;

/* Kinds of ways, as words of the Base Adresse Nationale; each stands for itself too. */
static const spelling ways[] = {
    {"r", "rue"},           {"av", "avenue"},      {"ave", "avenue"},     {"bd", "boulevard"},
    {"bld", "boulevard"},   {"blvd", "boulevard"}, {"boul", "boulevard"}, {"pl", "place"},
    {"all", "allee"},       {"imp", "impasse"},    {"ch", "chemin"},      {"che", "chemin"},
    {"chem", "chemin"},     {"rte", "route"},      {"sq", "square"},      {"crs", "cours"},
    {"fg", "faubourg"},     {"fbg", "faubourg"},   {"qu", "quai"},        {"res", "residence"},
    {"lot", "lotissement"}, {"pass", "passage"},   {"pas", "passage"},    {"esp", "esplanade"},
    {"prom", "promenade"},  {"sen", "sentier"},    {"sent", "sentier"},   {"ham", "hameau"},
    {"dom", "domaine"},     {"mte", "montee"},     {"tra", "traverse"},   {"ven", "venelle"},
    {"rle", "ruelle"},      {"allees", "allee"},   {"cite", "cite"},      {"villa", "villa"},
    {"mail", "mail"},       {"voie", "voie"},      {"cour", "cour"},      {"parvis", "parvis"},
    {"cote", "cote"},       {"rond", "rond"},      {"zone", "zone"},      {"parc", "parc"},
};

/* Titles, wherever they stand. */
static const spelling titles[] = {
    {"gal", "general"},    {"gen", "general"},     {"mal", "marechal"},    {"dr", "docteur"},
    {"doct", "docteur"},   {"pdt", "president"},   {"prof", "professeur"}, {"pr", "professeur"},
    {"cdt", "commandant"}, {"cne", "capitaine"},   {"cap", "capitaine"},   {"lt", "lieutenant"},
    {"col", "colonel"},    {"mgr", "monseigneur"}, {"nd", "notre dame"},   {"ste", "sainte"},
    {"st", "saint"},       {"sgt", "sergent"},     {"adj", "adjudant"},
};
#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static bool token_is(text_slice token, const char *word)
{
    return text_equal(token, word);
}

static const char *way_of(text_slice token)
{
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        if (token_is(token, ways[i].abbreviation) || token_is(token, ways[i].word)) {
            return ways[i].word;
        }
    }
    return NULL;
}

static text_slice title_of(text_slice token)
{
    for (size_t i = 0; i < COUNT_OF(titles); i++) {
        if (token_is(token, titles[i].abbreviation)) {
            return text_slice_of(titles[i].word, strlen(titles[i].word));
        }
    }
    return token;
}

static size_t cut(const char *words, text_slice tokens[TOKENS_MOST])
{
    size_t count = 0;
    for (const char *at = words; *at && count < TOKENS_MOST;) {
        const size_t size = strcspn(at, " ");
        tokens[count++] = text_slice_of(at, size);
        at += size + (at[size] == ' ');
    }
    return count;
}

static void append(street_words *out, size_t *used, const char *at, size_t size)
{
    if (*used + size + 2 > sizeof out->text) {
        return;
    }
    if (*used) {
        out->text[(*used)++] = ' ';
    }
    memcpy(out->text + *used, at, size);
    *used += size;
    out->text[*used] = '\0';
}

/* "lieu-dit Les Prés" is "Les Prés". */
static size_t after_lieu_dit(const text_slice *tokens, size_t count)
{
    if (count > 2 && token_is(tokens[0], "lieu") && token_is(tokens[1], "dit")) {
        return 2;
    }
    return count > 1 && (token_is(tokens[0], "lieudit") || token_is(tokens[0], "ld"));
}

static void spell(const text_slice *tokens, size_t count, street_words *out)
{
    size_t used = 0;
    out->text[0] = '\0';
    out->type_size = 0;
    const size_t start = after_lieu_dit(tokens, count);
    for (size_t i = start; i < count; i++) {
        const char *way = i == 0 ? way_of(tokens[i]) : NULL;
        const text_slice word = title_of(tokens[i]);
        if (way && count > 1) {
            append(out, &used, way, strlen(way));
            out->type_size = used + 1;
        } else if (!word_is_article(tokens[i].at, tokens[i].size)) {
            append(out, &used, word.at, word.size);
        }
    }
    if (out->type_size > used) {
        out->type_size = 0; /* nothing but the kind of way */
    }
}

void street_words_of(const char *street, street_words *out)
{
    char words[NAME_BYTES];
    text_slice tokens[TOKENS_MOST];
    name_words(street, words);
    spell(tokens, cut(words, tokens), out);
}

/* --- numbers --- */

static bool is_number(text_slice token, uint32_t *value)
{
    uint64_t number = 0;
    size_t digits = 0;
    while (digits < token.size && token.at[digits] >= '0' && token.at[digits] <= '9') {
        digits++;
    }
    const bool good = digits > 0 && digits < 5 && digits == token.size &&
                      text_to_u64(token, &number) && number > 0;
    *value = good ? (uint32_t)number : NO_NUMBER;
    return good;
}

static bool is_suffix(text_slice token)
{
    return token_is(token, "bis") || token_is(token, "ter") || token_is(token, "quater") ||
           (token.size == 1 && token.at[0] >= 'a' && token.at[0] <= 'z');
}

void address_suffix(const char *text, char out[SUFFIX_BYTES])
{
    char words[NAME_BYTES];
    name_words(text, words);
    const char *known = strcmp(words, "b") == 0   ? "bis"
                        : strcmp(words, "t") == 0 ? "ter"
                        : strcmp(words, "q") == 0 ? "quater"
                                                  : words;
    const size_t size = strlen(known) < SUFFIX_BYTES ? strlen(known) : SUFFIX_BYTES - 1;
    memcpy(out, known, size);
    out[size] = '\0';
}

/* "12bis", "12b": the number and what is glued to it. */
static bool is_glued(text_slice token, uint32_t *value, text_slice *suffix)
{
    size_t digits = 0;
    while (digits < token.size && token.at[digits] >= '0' && token.at[digits] <= '9') {
        digits++;
    }
    *suffix = text_slice_of(token.at + digits, token.size - digits);
    return digits && suffix->size && is_suffix(*suffix) &&
           is_number(text_slice_of(token.at, digits), value);
}

/* The number that stands at `from`, and the position after it: 0 when there is none. A range ("12 a
 * 14", "12 14") counts by its first number; a single letter is a suffix only before a kind of way.
 */
static size_t number_at(const text_slice *tokens, size_t count, size_t from, address_part *out)
{
    uint32_t other = 0;
    char text[SUFFIX_BYTES] = "";
    text_slice suffix = text_slice_of("", 0);
    size_t next = from + 1;
    if (!is_number(tokens[from], &out->number) && !is_glued(tokens[from], &out->number, &suffix)) {
        return 0;
    }
    if (!suffix.size && next < count && is_suffix(tokens[next]) &&
        (tokens[next].size > 1 || (next + 1 < count && way_of(tokens[next + 1])))) {
        suffix = tokens[next++];
    }
    while (next + 1 < count &&
           (token_is(tokens[next], "et") || token_is(tokens[next], "a") ||
            is_number(tokens[next], &other)) &&
           (is_number(tokens[next + 1], &other) || way_of(tokens[next + 1]))) {
        next++;
    }
    memcpy(text, suffix.at, suffix.size);
    address_suffix(text, out->suffix);
    return next < count ? next : 0;
}

/* Up to a postcode: the city's name follows it. */
static size_t without_postcode(const text_slice *tokens, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (tokens[i].size == 5 && strspn(tokens[i].at, "0123456789") >= 5) {
            return i;
        }
    }
    return count;
}

static void read_part(const char *words, address_part *out)
{
    text_slice tokens[TOKENS_MOST];
    const size_t count = without_postcode(tokens, cut(words, tokens));
    size_t start = 0;
    *out = (address_part){.number = NO_NUMBER};
    for (size_t i = 0; i < count; i++) {
        const size_t after = number_at(tokens, count, i, out);
        const bool first = i == 0 || (i == 1 && tokens[0].size <= 2); /* "n° 12", "no 12" */
        if (after && (first || way_of(tokens[after]))) {
            spell(tokens + after, count - after, &out->street);
            return;
        }
    }
    out->number = NO_NUMBER;
    out->suffix[0] = '\0';
    for (size_t i = 1; i + 1 < count && start == 0; i++) {
        start = !way_of(tokens[0]) && tokens[i].size > 1 && way_of(tokens[i]) ? i : 0;
    }
    spell(tokens + start, count - start, &out->street);
}

size_t address_parts(const char *address, address_part out[ADDRESS_PARTS])
{
    size_t count = 0;
    for (const char *at = address; *at && count < ADDRESS_PARTS;) {
        char piece[ADDRESS_BYTES];
        char words[NAME_BYTES];
        const size_t size = strcspn(at, ",;\n\r|");
        const size_t kept = size < sizeof piece ? size : sizeof piece - 1;
        memcpy(piece, at, kept);
        piece[kept] = '\0';
        at += size + (at[size] != '\0');
        name_words(piece, words);
        /* "12, rue X": the number alone belongs to what follows. */
        uint32_t number = NO_NUMBER;
        text_slice suffix = text_slice_of("", 0);
        const text_slice whole = text_slice_of(words, strlen(words));
        const bool alone = is_number(whole, &number) || is_glued(whole, &number, &suffix);
        if (alone && *at) {
            const size_t rest = strcspn(at, ",;\n\r|");
            const size_t used = strlen(piece);
            const size_t more = rest < sizeof piece - used - 2 ? rest : sizeof piece - used - 2;
            piece[used] = ' ';
            memcpy(piece + used + 1, at, more);
            piece[used + 1 + more] = '\0';
            at += rest + (at[rest] != '\0');
            name_words(piece, words);
        }
        if (*words) {
            read_part(words, &out[count]);
            count += out[count].street.text[0] != '\0';
        }
    }
    return count;
}
