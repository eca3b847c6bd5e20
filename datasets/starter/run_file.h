/* datasets/starter/run_file.h: the text of the run file. Private. */
#ifndef STARTER_RUN_FILE_H
#define STARTER_RUN_FILE_H

#include "datasets/starter/choose.h"
#include "datasets/starter/columns.h"
#include "datasets/starter/starter.h"

/* The user's list, looked at. */
typedef struct user_list {
    const char *path;   /* NULL: none */
    const importer *by; /* a published format that says everything; NULL: columns are guessed */
    const table *cells;
    venue_columns columns;
} user_list;

typedef struct run_file_text {
    const starter_options *options;
    const territory_word *word;
    const chosen *files;
    const found_files *found;
    const user_list *list;
    const char *folder; /* real path of the folder that the run file goes to */
    arena *memory;
    text_buffer text;
    starter_summary *summary;
    bool geography_told;
    bool failed; /* out of memory */
} run_file_text;

void run_file_write(run_file_text *r);

/* --- for the parts of the text --- */
/* A comment, wrapped, `indent` blanks in front of its '#'. */
void put_comment(run_file_text *r, size_t indent, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(3, 4, 5);
/* A text as a YAML scalar, quoted where it must be. */
void put_scalar(run_file_text *r, const char *text);
/* The path of a file as the run file names it. */
void put_path(run_file_text *r, const char *path);
/* The files of addresses, as the value of the key `addresses`. */
void put_addresses(run_file_text *r, size_t indent);
/* The user's list of venues and its guesses. */
void put_user_list(run_file_text *r);

#endif
