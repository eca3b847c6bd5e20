/* Opening hours in French free text. */
#include <string.h>

#include "datasets/hours/hours.h"

enum { WORD_BYTES = 24, NEXT_MORNING = 6 * 60 };

typedef enum token_kind {
    TOKEN_END,
    TOKEN_UNKNOWN,
    TOKEN_DAY,    /* value: 0 Monday */
    TOKEN_TIME,   /* value: minutes */
    TOKEN_NUMBER, /* a number that says neither a time nor a rank */
    TOKEN_RANK,   /* value: 1 for "1er" */
    TOKEN_TO,     /* "-", "à", "au" */
    TOKEN_AND,    /* "/", ",", "et" */
    TOKEN_FILLER, /* "du", "le", ... */
    TOKEN_CLOSED,
    TOKEN_MEETING, /* "rdv", "rendez-vous" */
    TOKEN_WITHOUT, /* "sans" rendez-vous */
    TOKEN_HALF,    /* one week in two */
    TOKEN_WEEK,
    TOKEN_DAYS, /* "jours" */
    TOKEN_EACH, /* "tous les" */
    TOKEN_ON,   /* "sur" */
    TOKEN_TWO,
    TOKEN_VOUS,
} token_kind;

typedef struct token {
    token_kind kind;
    unsigned value;
} token;

typedef struct word {
    const char *text; /* folded */
    token_kind kind;
    unsigned value;
} word;

static const word words[] = {
    {"lundi", TOKEN_DAY, 0},
    {"lundis", TOKEN_DAY, 0},
    {"lun", TOKEN_DAY, 0},
    {"mardi", TOKEN_DAY, 1},
    {"mardis", TOKEN_DAY, 1},
    {"mar", TOKEN_DAY, 1},
    {"mercredi", TOKEN_DAY, 2},
    {"mercredis", TOKEN_DAY, 2},
    {"mer", TOKEN_DAY, 2},
    {"jeudi", TOKEN_DAY, 3},
    {"jeudis", TOKEN_DAY, 3},
    {"jeu", TOKEN_DAY, 3},
    {"vendredi", TOKEN_DAY, 4},
    {"vendredis", TOKEN_DAY, 4},
    {"ven", TOKEN_DAY, 4},
    {"samedi", TOKEN_DAY, 5},
    {"samedis", TOKEN_DAY, 5},
    {"sam", TOKEN_DAY, 5},
    {"dimanche", TOKEN_DAY, 6},
    {"dimanches", TOKEN_DAY, 6},
    {"dim", TOKEN_DAY, 6},
    {"premier", TOKEN_RANK, 1},
    {"premiers", TOKEN_RANK, 1},
    {"deuxieme", TOKEN_RANK, 2},
    {"second", TOKEN_RANK, 2},
    {"troisieme", TOKEN_RANK, 3},
    {"quatrieme", TOKEN_RANK, 4},
    {"dernier", TOKEN_RANK, 5},
    {"derniers", TOKEN_RANK, 5},
    {"a", TOKEN_TO, 0},
    {"au", TOKEN_TO, 0},
    {"et", TOKEN_AND, 0},
    {"puis", TOKEN_AND, 0},
    {"de", TOKEN_FILLER, 0},
    {"du", TOKEN_FILLER, 0},
    {"des", TOKEN_FILLER, 0},
    {"le", TOKEN_FILLER, 0},
    {"les", TOKEN_FILLER, 0},
    {"un", TOKEN_FILLER, 0},
    {"une", TOKEN_FILLER, 0},
    {"ouvert", TOKEN_FILLER, 0},
    {"ouverte", TOKEN_FILLER, 0},
    {"mois", TOKEN_FILLER, 0},
    {"chaque", TOKEN_FILLER, 0},
    {"uniquement", TOKEN_FILLER, 0},
    {"journee", TOKEN_FILLER, 0},
    {"continue", TOKEN_FILLER, 0},
    {"prise", TOKEN_FILLER, 0},
    {"matin", TOKEN_FILLER, 0},
    {"matins", TOKEN_FILLER, 0},
    {"soir", TOKEN_FILLER, 0},
    {"non", TOKEN_FILLER, 0},
    {"stop", TOKEN_FILLER, 0},
    {"interruption", TOKEN_FILLER, 0},
    {"tous", TOKEN_EACH, 0},
    {"ferme", TOKEN_CLOSED, 0},
    {"fermee", TOKEN_CLOSED, 0},
    {"fermeture", TOKEN_CLOSED, 0},
    {"neant", TOKEN_CLOSED, 0},
    {"rdv", TOKEN_MEETING, 0},
    {"rv", TOKEN_MEETING, 0},
    {"rendez", TOKEN_MEETING, 0},
    {"vous", TOKEN_VOUS, 0},
    {"sans", TOKEN_WITHOUT, 0},
    {"paire", TOKEN_HALF, 0},
    {"paires", TOKEN_HALF, 0},
    {"impaire", TOKEN_HALF, 0},
    {"impaires", TOKEN_HALF, 0},
    {"semaine", TOKEN_WEEK, 0},
    {"semaines", TOKEN_WEEK, 0},
    {"jours", TOKEN_DAYS, 0},
    {"sur", TOKEN_ON, 0},
    {"deux", TOKEN_TWO, 2},
    {"midi", TOKEN_TIME, 12 * 60},
    {"minuit", TOKEN_TIME, 24 * 60},
};

/* --- tokens --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Bytes of a blank: also the no-break ones of French typography. */
static size_t blank_bytes(const char *at)
{
    if (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') {
        return 1;
    }
    if (strncmp(at, "\xc2\xa0", 2) == 0) {
        return 2;
    }
    return strncmp(at, "\xe2\x80\xaf", 3) == 0 || strncmp(at, "\xe2\x80\x89", 3) == 0 ? 3 : 0;
}

static const char *past_blanks(const char *at)
{
    for (size_t size = blank_bytes(at); size; size = blank_bytes(at)) {
        at += size;
    }
    return at;
}

/* An en or em dash. */
static bool is_dash(const char *at)
{
    return strncmp(at, "\xe2\x80\x93", 3) == 0 || strncmp(at, "\xe2\x80\x94", 3) == 0;
}

static unsigned take_number(const char **at, unsigned most)
{
    unsigned value = 0;
    for (unsigned digits = 0; is_digit(**at) && digits < most; digits++) {
        value = value * 10 + (unsigned)(*(*at)++ - '0');
    }
    return value;
}

static bool two_digits(const char *at)
{
    return is_digit(at[0]) && is_digit(at[1]) && !is_digit(at[2]);
}

/* What follows the hour: "h", "h30", "h 30", ":30". */
static token take_minutes(const char **at, unsigned hour)
{
    unsigned minutes = 0;
    const char *rest = *at + 1;
    if (**at == ':' && !two_digits(rest)) {
        return (token){.kind = TOKEN_UNKNOWN};
    }
    const char *next = **at == ':' ? rest : past_blanks(rest);
    if (two_digits(next) && next[2] != 'h' && next[2] != 'H' && next[2] != ':') {
        rest = next;
        minutes = take_number(&rest, 2);
    }
    *at = rest;
    const unsigned total = hour * 60 + minutes;
    const bool good = minutes < 60 && total <= DAY_MINUTES && !is_letter(**at) && !is_digit(**at);
    return (token){.kind = good ? TOKEN_TIME : TOKEN_UNKNOWN, .value = total};
}

static bool word_is(text_slice s, const char *const *any)
{
    char folded[WORD_BYTES] = "";
    const size_t size = text_fold(s, folded, sizeof folded);
    for (; *any && size < sizeof folded; any++) {
        if (strcmp(*any, folded) == 0) {
            return true;
        }
    }
    return false;
}

static text_slice word_at(const char *at)
{
    size_t size = 0;
    while (is_letter(at[size]) && !blank_bytes(at + size) && !is_dash(at + size)) {
        size++;
    }
    return text_slice_of(at, size);
}

static token take_numeric(const char **at)
{
    static const char *const ranks[] = {"er", "ere", "re", "e", "eme", "nd", "nde", NULL};
    static const char *const hours[] = {"h", "heures", "heure", NULL};
    const unsigned value = take_number(at, 3);
    if (**at == ':') {
        return take_minutes(at, value);
    }
    const char *next = past_blanks(*at);
    const text_slice follows = word_at(next);
    if (follows.size && (*next == 'h' || *next == 'H') && word_is(follows, hours)) {
        *at = next + follows.size - 1;
        return take_minutes(at, value);
    }
    if (next == *at && follows.size && word_is(follows, ranks) && value >= 1 && value <= 5) {
        *at = next + follows.size;
        return (token){.kind = TOKEN_RANK, .value = value};
    }
    const bool alone = !is_letter(**at) && !is_digit(**at);
    return (token){.kind = alone ? TOKEN_NUMBER : TOKEN_UNKNOWN, .value = value};
}

/* The rest of "après-midi": noon is not meant. */
static bool past_midi(const char **at)
{
    const char *next = past_blanks(*at);
    next = past_blanks(next + (*next == '-'));
    const bool midi = strncasecmp(next, "midi", 4) == 0;
    *at = midi ? next + 4 : *at;
    return midi;
}

static token take_word(const char **at)
{
    char folded[WORD_BYTES] = "";
    const text_slice s = word_at(*at);
    const size_t size = text_fold(s, folded, sizeof folded);
    *at += s.size;
    if (strcmp(folded, "apres") == 0 && past_midi(at)) {
        return (token){.kind = TOKEN_FILLER};
    }
    for (size_t i = 0; size < sizeof folded && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].text, folded) == 0) {
            return (token){.kind = words[i].kind, .value = words[i].value};
        }
    }
    return (token){.kind = TOKEN_UNKNOWN};
}

static token take_token(const char **at)
{
    *at = past_blanks(*at);
    if (!**at) {
        return (token){.kind = TOKEN_END};
    }
    if (is_dash(*at)) {
        *at += 3;
        return (token){.kind = TOKEN_TO};
    }
    if (is_digit(**at)) {
        return take_numeric(at);
    }
    if (is_letter(**at)) {
        const char *before = *at;
        const token t = take_word(at);
        return *at > before ? t : (token){.kind = TOKEN_UNKNOWN};
    }
    const char c = *(*at)++;
    if (c == '-') {
        return (token){.kind = TOKEN_TO};
    }
    if (strchr("/,;&+|", c)) {
        return (token){.kind = TOKEN_AND};
    }
    return (token){.kind = strchr(":.()", c) ? TOKEN_FILLER : TOKEN_UNKNOWN};
}

/* --- meaning --- */

typedef struct reading {
    const char *at;
    week *into;
    unsigned allowed, days, ranks, share; /* days: of the current group */
    unsigned from, last_day, number;
    bool named, said; /* days were named; the group has hours, a rule or is closed */
    bool ranked;      /* ranks came after the day that they are about */
    bool has_from, to, has_number;
    bool day_last, without, each; /* the latest word was a day, "sans", "tous les" */
    bool any;                     /* something was understood */
} reading;

/* Hours were said: what follows is about other days. */
static void next_group(reading *r)
{
    if (r->said) {
        r->said = r->named = r->ranked = false;
        r->days = r->allowed;
        r->ranks = 0;
        r->share = WHOLE;
    }
}

static bool take_day(reading *r, unsigned day)
{
    const bool range = r->to && r->day_last;
    if (r->has_from || (r->to && !r->day_last) || (r->allowed && !(r->allowed & 1u << day))) {
        return false;
    }
    next_group(r);
    if (r->ranked) {
        return false; /* "mardi 1er et 3e, jeudi": whose ranks? */
    }
    if (!r->named) {
        r->named = true;
        r->days = 0;
    }
    for (unsigned d = range ? r->last_day : day; d != day; d = (d + 1) % DAYS) {
        r->days |= 1u << d;
    }
    r->days |= 1u << day;
    r->last_day = day;
    r->to = false;
    return true;
}

static bool take_time(reading *r, unsigned minutes)
{
    if (!r->has_from) {
        r->from = minutes;
        r->has_from = true;
        r->to = false; /* "mardi - 9h-12h" */
        return true;
    }
    if (!r->to || !r->days) {
        return false;
    }
    const bool overnight = minutes < r->from && minutes <= NEXT_MORNING;
    if (minutes < r->from && !overnight) {
        return false;
    }
    for (unsigned d = 0; d < DAYS; d++) {
        if (r->days & 1u << d) {
            week_open(r->into, d, r->from, minutes + (overnight ? DAY_MINUTES : 0), r->share);
        }
    }
    r->has_from = r->to = false;
    r->said = r->any = true;
    return true;
}

/* "9-12h": a number is an hour when the other end of the span is a time. */
static bool settle_number(reading *r, token_kind next)
{
    if (!r->has_number) {
        return true;
    }
    if (next == TOKEN_TO && !r->has_from) {
        return true;
    }
    r->has_number = false;
    if (r->to && (next == TOKEN_TIME || r->has_from)) {
        const bool opens = !r->has_from;
        const bool good = r->number <= 24 && take_time(r, r->number * 60);
        r->to = r->to || opens;
        return good;
    }
    return r->number == 1 && (next == TOKEN_WEEK || next == TOKEN_DAY);
}

static bool take_on(reading *r)
{
    const char *ahead = r->at;
    const token next = take_token(&ahead);
    if (next.kind == TOKEN_TWO || (next.kind == TOKEN_NUMBER && next.value == 2)) {
        r->at = ahead;
        next_group(r);
        r->share = WHOLE / 2;
        return true;
    }
    return next.kind == TOKEN_MEETING;
}

static bool take_days(reading *r)
{
    if (r->has_number && r->number == 15) {
        r->has_number = false;
        r->share = WHOLE / 2;
        return r->each;
    }
    if (!r->each || r->allowed) {
        return false;
    }
    next_group(r);
    r->named = true;
    r->days = EVERY_DAY;
    return true;
}

static bool take_rank(reading *r)
{
    next_group(r);
    r->ranks++;
    r->ranked = r->named;
    r->share = share_of_monthly(r->ranks);
    r->to = false;
    return !r->has_from;
}

static bool take_meaning(reading *r, token t)
{
    switch (t.kind) {
    case TOKEN_DAY:
        return take_day(r, t.value);
    case TOKEN_TIME:
        return take_time(r, t.value);
    case TOKEN_NUMBER:
        r->number = t.value;
        r->has_number = true;
        return true;
    case TOKEN_RANK:
        return take_rank(r);
    case TOKEN_TO:
        r->to = r->has_from || r->day_last || r->has_number;
        return true;
    case TOKEN_AND:
        return !r->has_from && !r->to;
    case TOKEN_CLOSED:
        r->said = r->any = r->into->told = true;
        r->to = false;
        return !r->has_from;
    case TOKEN_MEETING:
        r->into->by_appointment = r->into->by_appointment || !r->without;
        r->said = r->any = true;
        r->to = false;
        return !r->has_from;
    case TOKEN_HALF:
        next_group(r);
        r->share = WHOLE / 2;
        return true;
    case TOKEN_ON:
        return take_on(r);
    case TOKEN_DAYS:
        return take_days(r);
    case TOKEN_TWO:
    case TOKEN_UNKNOWN:
    case TOKEN_END:
        return false;
    case TOKEN_WITHOUT:
    case TOKEN_WEEK:
    case TOKEN_EACH:
    case TOKEN_FILLER:
    case TOKEN_VOUS:
        break;
    }
    return true;
}

static void remember(reading *r, token_kind kind)
{
    const bool linking = kind == TOKEN_TO || kind == TOKEN_FILLER;
    r->day_last = kind == TOKEN_DAY || (r->day_last && linking);
    r->without = kind == TOKEN_WITHOUT;
    r->each = kind == TOKEN_EACH || (r->each && (kind == TOKEN_FILLER || kind == TOKEN_NUMBER));
}

bool hours_french(const char *text, unsigned days, week *into)
{
    if (strcasestr(text, "24h/24") && strcasestr(text, "7j/7") && strlen(text) < 16) {
        return hours_osm("24/7", into);
    }
    reading r = {.at = text, .into = into, .allowed = days, .days = days, .share = WHOLE};
    for (;;) {
        const token t = take_token(&r.at);
        if (t.kind != TOKEN_DAYS && !settle_number(&r, t.kind)) {
            return false;
        }
        if (t.kind == TOKEN_END) {
            const bool left = (r.named || r.share != WHOLE) && !r.said; /* days without hours */
            return r.any && !left && !r.has_from && !r.to && !r.has_number;
        }
        if (!take_meaning(&r, t)) {
            return false;
        }
        remember(&r, t.kind);
    }
}
