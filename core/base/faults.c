/* The list of everything found wrong in the inputs. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/messages.h"
#include "base/text.h"
#include "base/worker.h"

struct faults {
    arena *texts;
    fault **at; /* each in the arena: a borrowed fault stays where it is */
    size_t count, capacity;
    bool incomplete; /* memory ran out: `lost` stands for what is missing */
    fault lost;
};

status faults_new(faults **out, error *err)
{
    *out = NULL;
    faults *list = memory_new(1, sizeof *list);
    if (list == NULL)
        return memory_error(err, sizeof *list);
    status s = arena_new(&list->texts, err);
    if (s != STATUS_OK) {
        memory_free(list);
        return s;
    }
    list->lost = (fault){.severity = SEVERITY_FAULT,
                         .status = STATUS_ENVIRONMENT,
                         .fr = tr(LANGUAGE_FR, M_BASE_FAULTS_LOST),
                         .en = tr(LANGUAGE_EN, M_BASE_FAULTS_LOST)};
    *out = list;
    return STATUS_OK;
}

void faults_free(faults *list)
{
    if (list == NULL)
        return;
    arena_free(list->texts);
    memory_free(list->at);
    memory_free(list);
}

size_t faults_count(const faults *list)
{
    return list->count + (list->incomplete ? 1 : 0);
}

const fault *faults_at(const faults *list, size_t i)
{
    if (i < list->count)
        return list->at[i];
    return list->incomplete && i == list->count ? &list->lost : NULL;
}

/* What a user should hear about first, when several things went wrong. */
static int gravity(status s)
{
    static const int rank[] = {
        [STATUS_OK] = 0,   [STATUS_INPUT] = 1,       [STATUS_PLUGIN] = 2,      [STATUS_USAGE] = 3,
        [STATUS_BUSY] = 4, [STATUS_ENVIRONMENT] = 5, [STATUS_INTERRUPTED] = 6,
    };
    return rank[s];
}

status faults_status(const faults *list)
{
    status worst = STATUS_OK;
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        if (f->severity == SEVERITY_FAULT && gravity(f->status) > gravity(worst))
            worst = f->status;
    }
    return worst;
}

static bool reserve(faults *list)
{
    if (list->count < list->capacity)
        return true;
    size_t wanted = list->capacity == 0 ? 16 : 2 * list->capacity;
    fault **grown = memory_resize(list->at, wanted, sizeof *grown);
    if (grown == NULL)
        return false;
    list->at = grown;
    list->capacity = wanted;
    return true;
}

/* Escaped copy in the arena. */
static const char *clean_text(arena *texts, text_slice raw)
{
    size_t needed = text_escape(raw, NULL, 0);
    char *text = arena_take(texts, needed + 1, 1);
    if (text != NULL)
        (void)text_escape(raw, text, needed + 1);
    return text;
}

/* Messages name one value or two: a longer text is an input's, and is cut. */
enum { MESSAGE_BYTES = 4096 };

static const char *clean_message(arena *texts, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static const char *clean_message(arena *texts, const char *format, va_list args)
{
    char raw[MESSAGE_BYTES];
    int length = vsnprintf(raw, sizeof raw, format, args);
    if (length < 0)
        return NULL;
    size_t size = strlen(raw);
    if ((size_t)length > size) { /* cut: not inside a character */
        size_t back = size > 4 ? size - 4 : 0;
        while (back < size && ((unsigned char)raw[back] & 0xC0) == 0x80)
            back++;
        size = back + text_utf8_valid_prefix(raw + back, size - back);
    }
    return clean_text(texts, text_slice_of(raw, size));
}

static void push(faults *list, const fault *f)
{
    fault *kept = NULL;
    if (f->fr != NULL && f->en != NULL && reserve(list))
        kept = arena_take(list->texts, 1, sizeof *kept);
    if (kept == NULL) {
        list->incomplete = true;
        return;
    }
    *kept = *f;
    kept->file = arena_text(list->texts, f->file);
    if (f->file != NULL && kept->file == NULL)
        list->incomplete = true;
    list->at[list->count++] = kept;
}

static void add(faults *list, severity how, source_ref at, const char *fr, const char *en,
                va_list args) MESSAGE_FORMAT(4, 5, 0);

static void add(faults *list, severity how, source_ref at, const char *fr, const char *en,
                va_list args)
{
    va_list again;
    va_copy(again, args);
    fault f = {.severity = how,
               .status = how == SEVERITY_FAULT ? STATUS_INPUT : STATUS_OK,
               .file = at.file,
               .line = at.line,
               .column = at.column,
               .fr = clean_message(list->texts, fr, args),
               .en = clean_message(list->texts, en, again)};
    va_end(again);
    push(list, &f);
}

status faults_refuse(faults *list, source_ref at, const char *fr, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    add(list, SEVERITY_FAULT, at, fr, en, args);
    va_end(args);
    return STATUS_INPUT;
}

void faults_warn(faults *list, source_ref at, const char *fr, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    add(list, SEVERITY_WARNING, at, fr, en, args);
    va_end(args);
}

void faults_note(faults *list, source_ref at, const char *fr, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    add(list, SEVERITY_NOTE, at, fr, en, args);
    va_end(args);
}

status faults_add_error(faults *list, source_ref at, const error *err)
{
    if (err->status == STATUS_OK)
        return STATUS_OK;
    fault f = {.severity = SEVERITY_FAULT,
               .status = err->status,
               .file = at.file,
               .line = at.line,
               .column = at.column,
               .fr = arena_text(list->texts, err->fr),
               .en = arena_text(list->texts, err->en)};
    push(list, &f);
    return err->status;
}

/* The two lines are cleaned apart; a tab becomes one blank, so that the caret stays below its sign.
 */
void faults_excerpt(faults *list, const char *excerpt)
{
    if (list->count == 0 || excerpt == NULL)
        return;
    text_buffer clean = {0};
    for (const char *line = excerpt; *line != '\0';) {
        size_t size = strcspn(line, "\t\n");
        text_slice part = text_slice_of(line, size);
        char piece[1024];
        (void)text_escape(part, piece, sizeof piece);
        text_add(&clean, piece);
        line += size;
        if (*line != '\0')
            text_add_n(&clean, *line++ == '\t' ? " " : "\n", 1);
    }
    if (!clean.failed && clean.at != NULL)
        list->at[list->count - 1]->excerpt = arena_text(list->texts, clean.at);
    text_buffer_clear(&clean);
}

static void push_copy(faults *list, const fault *f)
{
    fault copy = *f;
    copy.fr = arena_text(list->texts, f->fr);
    copy.en = arena_text(list->texts, f->en);
    copy.excerpt = arena_text(list->texts, f->excerpt);
    push(list, &copy);
}

void faults_append(faults *into, const faults *from)
{
    for (size_t i = 0; i < from->count; i++)
        push_copy(into, from->at[i]);
    into->incomplete |= from->incomplete;
}

status faults_pack(const faults *list, void **out, size_t *size, error *err)
{
    pack_writer w = {0};
    *out = NULL;
    *size = 0;
    pack_u64(&w, list->incomplete);
    pack_u64(&w, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const fault *f = list->at[i];
        pack_u64(&w, (uint64_t)f->severity);
        pack_u64(&w, (uint64_t)f->status);
        pack_u64(&w, f->line);
        pack_u64(&w, f->column);
        pack_text(&w, f->file);
        pack_text(&w, f->fr);
        pack_text(&w, f->en);
        pack_text(&w, f->excerpt);
    }
    if (w.failed) {
        pack_writer_clear(&w);
        return memory_error(err, w.capacity);
    }
    *out = w.at;
    *size = w.size;
    return STATUS_OK;
}

/* The bytes may come from a worker that ran foreign code: every number is judged, every text is
 * cleaned again. */
static bool unpack_fault(arena *texts, pack_reader *r, fault *f)
{
    uint64_t how = unpack_u64(r), code = unpack_u64(r);
    *f = (fault){.line = unpack_u64(r), .column = 0};
    f->column = unpack_u64(r);
    f->file = unpack_text(r);
    const char *fr = unpack_text(r), *en = unpack_text(r);
    f->excerpt = unpack_text(r);
    if (r->failed || fr == NULL || en == NULL || how > SEVERITY_NOTE || code > STATUS_INTERRUPTED)
        return false;
    f->severity = (severity)how;
    f->status = how == SEVERITY_FAULT && code == STATUS_OK ? STATUS_INPUT : (status)code;
    f->fr = clean_text(texts, text_slice_of(fr, strlen(fr)));
    f->en = clean_text(texts, text_slice_of(en, strlen(en)));
    return true;
}

status faults_unpack(faults *into, const void *bytes, size_t size, error *err)
{
    pack_reader r = {.at = bytes, .size = size};
    bool incomplete = unpack_u64(&r) != 0;
    uint64_t count = unpack_u64(&r);
    for (uint64_t i = 0; i < count && !r.failed; i++) {
        fault f;
        if (!unpack_fault(into->texts, &r, &f))
            return error_set(err, STATUS_ENVIRONMENT, M_BASE_PACK_DAMAGED);
        const char *excerpt = f.excerpt;
        f.excerpt = NULL;
        size_t before = into->count;
        push(into, &f);
        if (into->count > before)
            faults_excerpt(into, excerpt);
    }
    if (r.failed)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_PACK_DAMAGED);
    into->incomplete |= incomplete;
    return STATUS_OK;
}

static void add_place(text_buffer *b, const fault *f)
{
    if (f->file == NULL)
        return;
    char path[4096];
    (void)text_escape(text_slice_of(f->file, strlen(f->file)), path, sizeof path);
    text_add(b, path);
    if (f->line != 0)
        text_add_format(b, ":%llu", (unsigned long long)f->line);
    if (f->line != 0 && f->column != 0)
        text_add_format(b, ":%llu", (unsigned long long)f->column);
    text_add(b, ": ");
}

size_t fault_format(const fault *f, language lang, char *buffer, size_t size)
{
    text_buffer b = {0};
    add_place(&b, f);
    if (f->severity == SEVERITY_WARNING)
        text_add(&b, tr(lang, M_BASE_WARNING));
    if (f->severity == SEVERITY_NOTE)
        text_add(&b, tr(lang, M_BASE_NOTE));
    text_add(&b, tr(lang, f->fr, f->en));
    size_t needed = b.size;
    if (size > 0)
        (void)snprintf(buffer, size, "%s",
                       b.failed || b.at == NULL ? tr(lang, f->fr, f->en) : b.at);
    text_buffer_clear(&b);
    return needed;
}
