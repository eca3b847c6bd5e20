/* The program itself, run as people run it: its exit code and what it says. */
#ifndef TEST_PROGRAM_H
#define TEST_PROGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"

enum { SAID_BYTES = 1 << 20, ARGUMENTS_MAX = 24 };

typedef struct said {
    int code;              /* exit code; 128 + signal */
    char text[SAID_BYTES]; /* standard error, then standard output */
} said;

/* argv without the program's name, NULL-terminated. `signal_after_ms` 0: none; else SIGINT then. */
void program_run(said *out, const char *const *arguments, unsigned signal_after_ms);
#define PROGRAM(out, ...) program_run(out, (const char *const[]){__VA_ARGS__, NULL}, 0)

/* From now on the program keeps its work in folder/<name>: a run that must compute does not find
 * what another one kept. */
void cache_at(const char *folder, const char *name);
/* A fresh folder under /tmp, and its removal. */
void folder_new(char path[64]);
void folder_drop(const char *path);
/* path = folder/name */
const char *in_folder(char out[256], const char *folder, const char *name);
void file_put(const char *path, const char *text);
void file_copy(const char *from, const char *to);
bool file_there(const char *path);
/* One digest of every file of a tree: names and bytes. */
void tree_digest(char digest[65], const char *folder);

/* The same bytes; a file that is not there is not the same. */
bool same_file(const char *a, const char *b);

#endif
