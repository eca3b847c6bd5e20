#include "fuzz_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "datasets/catalogue/areas.h"
#include "datasets/importers.h"

#define DEMAND(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

static void demand_text(const char *text)
{
    size_t size = strlen(text);
    DEMAND(text_utf8_valid_prefix(text, size) == size);
    for (size_t i = 0; i < size; i++)
        DEMAND((unsigned char)text[i] >= ' ' || text[i] == '\n');
}

static void demand_faults(const faults *list, status result)
{
    size_t refused = 0;
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        demand_text(f->fr);
        demand_text(f->en);
        refused += f->severity == SEVERITY_FAULT;
    }
    DEMAND((result == STATUS_OK) == (refused == 0));
}

/* An address that only http and https can be asked for, and a name that stays in its folder. */
static void demand_entry(const catalogue_entry *e, arena *memory)
{
    const cut by = entry_cut(e);
    const char *file = cut_text(e->file, by, "ile-de-france", memory);
    const char *address = cut_text(e->address, by, "ile-de-france", memory);
    DEMAND(file != NULL && address != NULL);
    DEMAND(strncmp(address, "http://", 7) == 0 || strncmp(address, "https://", 8) == 0);
    for (const char *c = address; *c != '\0'; c++)
        DEMAND((unsigned char)*c > ' ' && (unsigned char)*c < 127 && *c != '{' && *c != '}');
    DEMAND(file_name_is_plain(file) && strchr(file, '/') == NULL && strchr(file, '{') == NULL);
    DEMAND(strlen(e->sha256) == 0 || strlen(e->sha256) == 64);
    DEMAND(*e->id != '\0' && *e->licence != '\0' && (!e->size_exact || e->size > 0));
    DEMAND(e->geography == 0 || (e->geography >= 1943 && e->geography <= 2100));
}

void fuzz_catalogue(const uint8_t *bytes, size_t size)
{
    error err;
    char path[64];
    faults *list = NULL;
    catalogue *files = NULL;
    int fd = memfd_create("catalogue", MFD_CLOEXEC);
    DEMAND(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    DEMAND(faults_new(&list, &err) == STATUS_OK);
    status result = catalogue_read(path, dataset_importers, &files, list);
    DEMAND((result == STATUS_OK) == (files != NULL));
    demand_faults(list, result);
    for (size_t i = 0; files != NULL && i < files->count; i++)
        demand_entry(&files->entries[i], files->memory);
    catalogue_free(files);
    faults_free(list);
    (void)close(fd);
}
