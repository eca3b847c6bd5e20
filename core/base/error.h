/* base/error.h: what went wrong, where, and what to do about it, in French and in English.
 *
 * A function that can fail returns a status. A single failure is written into a caller-owned
 * `error`; a reader of input, which must report every fault at once, adds to a `faults` list.
 * A message is a pair of printf formats (French, English), written as one macro in the room's
 * messages.h, so that the compiler checks both against the arguments:
 *
 *     #define M_TABLE_EMPTY "fichier vide", "empty file"
 *     return faults_refuse(faults, source_at(path, 0, 0), M_TABLE_EMPTY);
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK __attribute__((warn_unused_result))
/* Both formats of a message pair are checked against the same arguments. */
#define MESSAGE_FORMAT(fr, en, first)                                                              \
    __attribute__((format(printf, fr, first), format(printf, en, first)))

typedef enum language { LANGUAGE_FR = 0, LANGUAGE_EN = 1 } language;

/* One text of a message pair: `tr(lang, M_SOMETHING)`. */
static inline const char *tr(language lang, const char *fr, const char *en)
{
    return lang == LANGUAGE_FR ? fr : en;
}

typedef enum status {
    STATUS_OK = 0,
    STATUS_INPUT,       /* refused before the run: bad input, ABI, cycle, unit    exit 1 */
    STATUS_PLUGIN,      /* a plugin failed while running                          exit 2 */
    STATUS_ENVIRONMENT, /* disk, memory, permission, sandbox, fsync               exit 3 */
    STATUS_USAGE,       /* the command line                                       exit 64 */
    STATUS_BUSY,        /* another run holds the folder, a block is missing       exit 75 */
    STATUS_INTERRUPTED, /* SIGINT or SIGTERM                                      exit 130 */
} status;

/* The process exit code of DESIGN.md section 4. */
int status_exit_code(status s);

enum { ERROR_TEXT_BYTES = 640 };

/* Filled by whoever fails, owned by whoever calls; no allocation. Texts are valid UTF-8 and free of
 * control characters (input bytes in them are escaped). */
typedef struct error {
    status status;
    char fr[ERROR_TEXT_BYTES];
    char en[ERROR_TEXT_BYTES];
} error;

/* Writes both texts and returns `s`, so that a caller can `return error_set(...)`. */
status error_set(error *err, status s, const char *fr, const char *en, ...) MESSAGE_FORMAT(3, 4, 5);
/* Puts "context: " in front of an error that passes through. */
void error_prefix(error *err, const char *fr, const char *en, ...) MESSAGE_FORMAT(2, 3, 4);
static inline const char *error_text(const error *err, language lang)
{
    return tr(lang, err->fr, err->en);
}

/* What an errno means, in a few words; the library's own text for the rare ones. For a message with
 * a system's cause: formats "... %s%.0s" and "... %.0s%s", argument SYSTEM_CAUSE(errno). */
const char *system_cause(int number, language lang);
#define SYSTEM_CAUSE(number) system_cause(number, LANGUAGE_FR), system_cause(number, LANGUAGE_EN)

/* A place in an input. file NULL: none; line and column are 1-based, 0: not applicable. */
typedef struct source_ref {
    const char *file;
    uint64_t line;
    uint64_t column;
} source_ref;

static inline source_ref source_at(const char *file, uint64_t line, uint64_t column)
{
    return (source_ref){.file = file, .line = line, .column = column};
}
#define SOURCE_NONE ((source_ref){.file = NULL})

typedef enum severity { SEVERITY_FAULT, SEVERITY_WARNING, SEVERITY_NOTE } severity;

typedef struct fault {
    severity severity;
    status status;    /* of a SEVERITY_FAULT */
    const char *file; /* NULL: none; copied, owned by the list */
    uint64_t line, column;
    const char *fr, *en;
    const char *excerpt; /* NULL, or the input line and a caret below it (two lines, UTF-8) */
} fault;

/* Everything found wrong, in the order found. One list is used by one thread at a time. */
typedef struct faults faults;
MUST_CHECK status faults_new(faults **out, error *err);
void faults_free(faults *list);
size_t faults_count(const faults *list);
const fault *faults_at(const faults *list, size_t i);
/* The gravest status among the faults; STATUS_OK when there are only warnings and notes. */
status faults_status(const faults *list);

/* Adds a fault of STATUS_INPUT and returns STATUS_INPUT. */
status faults_refuse(faults *list, source_ref at, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(3, 4, 5);
void faults_warn(faults *list, source_ref at, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(3, 4, 5);
void faults_note(faults *list, source_ref at, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(3, 4, 5);
/* Adds an error as a fault with its own status, and returns that status. */
status faults_add_error(faults *list, source_ref at, const error *err);
/* Gives the latest entry an excerpt (the faulty line, then a caret line). Copied. */
void faults_excerpt(faults *list, const char *excerpt);
void faults_append(faults *into, const faults *from);
/* The list as bytes, for a worker's reply. `*out` is malloc'd: caller frees with memory_free. */
MUST_CHECK status faults_pack(const faults *list, void **out, size_t *size, error *err);
MUST_CHECK status faults_unpack(faults *into, const void *bytes, size_t size, error *err);
/* "file:line:column: text", as printed on stderr. Returns bytes needed, like snprintf. */
size_t fault_format(const fault *f, language lang, char *buffer, size_t size);

#endif
