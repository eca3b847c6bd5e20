/* engine/store/job_file.h: the records of one job on disk (store/job_store.h). Private to the
 * engine. */
#ifndef ENGINE_STORE_JOB_FILE_H
#define ENGINE_STORE_JOB_FILE_H

#include <pthread.h>
#include <sys/types.h>

#include "engine/store/job_store.h"

typedef enum job_record_kind {
    JOB_RECORD_NAME = 1,   /* first of every file: who made it */
    JOB_RECORD_RANGE = 2,  /* blocks of a stage */
    JOB_RECORD_RESULT = 3, /* all that a finished job leaves */
} job_record_kind;

/* One record, as its header says it. */
typedef struct job_record {
    job_record_kind kind;
    uint64_t stage, first, count; /* of a range: blocks */
    uint64_t size;                /* of the body */
    uint64_t at;                  /* of the body in the file */
    uint8_t check[16];            /* SHA-256 of the body, cut */
} job_record;

typedef struct job_file {
    job_store *store; /* NULL: a file that is only looked at */
    const char *plugin;
    char *path;
    sha256_hex key;
    int fd;      /* -1: not there (yet) */
    bool writes; /* this process holds the lock */
    off_t end;   /* of what is whole */
    off_t size;  /* of the file when it was opened: more than `end` when its end is damaged */
    job_record *records;
    size_t count;
    pthread_mutex_t lock; /* of appends */
} job_file;

/* Opens the file of a job, or what shall be its file. `plugin` is borrowed. */
MUST_CHECK status job_file_open(job_store *s, const sha256_hex *key, const char *plugin,
                                job_file **out, error *err);
void job_file_close(job_file *f); /* takes NULL */
/* The last record of that kind, stage and first block whose body is whole; *body NULL: none. The
 * caller frees the body with memory_free. */
MUST_CHECK status job_file_read(const job_file *f, job_record_kind kind, uint64_t stage,
                                uint64_t first, unsigned char **body, job_record *out, error *err);
/* Adds a record; a failure is the store's trouble, not the run's. The body must have been begun
 * with job_body_begin. [any thread] */
void job_file_append(job_file *f, const job_record *record, pack_writer *body);
/* The file becomes this record alone: ranges are of no more use. */
void job_file_replace(job_file *f, const job_record *record, pack_writer *body);
/* Leaves room for the header in front of a body. */
void job_body_begin(pack_writer *body);
/* Says that the file was of use today. */
void job_file_touch(const job_file *f);

/* --- a file on its own, for `bassin cache` --- */

typedef struct job_file_facts {
    char plugin[128]; /* "" when the name cannot be read */
    size_t ranges;
    bool result;
    bool damaged; /* a record is cut or damaged */
} job_file_facts;
/* The path ends in <64 digits>.job. `bodies`: every byte is read and checked, else headers alone.
 */
MUST_CHECK status job_file_look(const char *path, bool bodies, job_file_facts *out, error *err);
/* Whether a name is that of a job's file: <64 hexadecimal digits>.job */
bool job_file_is_name(const char *name);

#endif
