/* A single failure: two bounded texts, clean enough for a terminal whatever the input held. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

int status_exit_code(status s)
{
    switch (s) {
    case STATUS_OK:
        return 0;
    case STATUS_INPUT:
        return 1;
    case STATUS_PLUGIN:
        return 2;
    case STATUS_ENVIRONMENT:
        return 3;
    case STATUS_USAGE:
        return 64;
    case STATUS_BUSY:
        return 75;
    case STATUS_INTERRUPTED:
        return 130;
    }
    return 3;
}

const char *system_cause(int number, language lang)
{
    static const struct {
        int number;
        const char *fr, *en;
    } causes[] = {
        {ENOENT, "introuvable", "not found"},
        {EACCES, "accès refusé", "permission denied"},
        {EPERM, "opération interdite", "operation not permitted"},
        {EROFS, "disque en lecture seule", "read-only disk"},
        {ENOSPC, "disque plein", "disk full"},
        {EDQUOT, "quota de disque atteint", "disk quota reached"},
        {EFBIG, "fichier trop grand", "file too large"},
        {EIO, "erreur d’entrée-sortie du disque", "input/output error of the disk"},
        {ENOMEM, "mémoire insuffisante", "out of memory"},
        {EMFILE, "trop de fichiers ouverts", "too many open files"},
        {ENFILE, "trop de fichiers ouverts sur la machine", "too many open files on the machine"},
        {EAGAIN, "ressource momentanément épuisée", "resource exhausted for now"},
        {EEXIST, "existe déjà", "already exists"},
        {ENOTDIR, "un fichier porte le nom d’un dossier du chemin", "a file is named as a folder"},
        {EISDIR, "c’est un dossier", "is a folder"},
        {ENOTEMPTY, "dossier non vide", "folder not empty"},
        {ENAMETOOLONG, "nom trop long", "name too long"},
        {ELOOP, "liens en boucle", "links in a loop"},
        {EBUSY, "occupé", "busy"},
        {EXDEV, "autre système de fichiers", "other file system"},
        {EPIPE, "le destinataire est parti", "the receiver is gone"},
        {EINTR, "interrompu", "interrupted"},
    };
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        if (causes[i].number == number)
            return tr(lang, causes[i].fr, causes[i].en);
    }
    return strerror(number);
}

/* Every byte of `raw` gives at least one byte of text: a raw text twice as long as the target loses
 * nothing, and its own cut end, which may split a character, never shows. */
enum { RAW_BYTES = 2 * ERROR_TEXT_BYTES };

static void clean_copy(char out[ERROR_TEXT_BYTES], const char *raw)
{
    static const char cut_mark[] = "…";
    text_slice whole = text_slice_of(raw, strlen(raw));
    if (text_escape(whole, out, ERROR_TEXT_BYTES) < ERROR_TEXT_BYTES)
        return;
    (void)text_escape(whole, out, ERROR_TEXT_BYTES - (sizeof cut_mark - 1));
    memcpy(out + strlen(out), cut_mark, sizeof cut_mark);
}

status error_set(error *err, status s, const char *fr, const char *en, ...)
{
    if (err == NULL)
        return s;
    char raw_fr[RAW_BYTES], raw_en[RAW_BYTES];
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    (void)vsnprintf(raw_fr, sizeof raw_fr, fr, args);
    (void)vsnprintf(raw_en, sizeof raw_en, en, again);
    va_end(again);
    va_end(args);
    err->status = s;
    clean_copy(err->fr, raw_fr); /* last: an argument may be a text of `err` itself */
    clean_copy(err->en, raw_en);
    return s;
}

static void prefix_text(char text[ERROR_TEXT_BYTES], const char *prefix, const char *colon)
{
    char joined[RAW_BYTES + ERROR_TEXT_BYTES];
    (void)snprintf(joined, sizeof joined, "%.*s%s%s", ERROR_TEXT_BYTES, prefix, colon, text);
    joined[RAW_BYTES - 1] = '\0';
    clean_copy(text, joined);
}

void error_prefix(error *err, const char *fr, const char *en, ...)
{
    if (err == NULL)
        return;
    char raw_fr[RAW_BYTES], raw_en[RAW_BYTES];
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    (void)vsnprintf(raw_fr, sizeof raw_fr, fr, args);
    (void)vsnprintf(raw_en, sizeof raw_en, en, again);
    va_end(again);
    va_end(args);
    prefix_text(err->fr, raw_fr, "\u00a0: ");
    prefix_text(err->en, raw_en, ": ");
}
