#include "tree.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/memory.h"

static bool ends_well(const char *name, const char *const *ends)
{
    for (; *ends != NULL; ends++) {
        size_t size = strlen(name), end = strlen(*ends);
        if (size >= end && strcmp(name + size - end, *ends) == 0)
            return true;
    }
    return false;
}

static void visit_file(const char *full, const char *path, tree_visit visit, void *context)
{
    file_view f;
    error err;
    if (file_map(full, &f, &err) != STATUS_OK)
        return; /* another program's temporary file */
    char *text = memory_new(f.size + 1, 1);
    if (text != NULL) {
        if (f.size > 0)
            memcpy(text, f.at, f.size);
        visit(context, path, text);
    }
    memory_free(text);
    file_unmap(&f);
}

void tree_walk(const char *root, const char *folder, const char *const *ends, tree_visit visit,
               void *context)
{
    char full[4096];
    (void)snprintf(full, sizeof full, "%s/%s", root, folder);
    DIR *list = opendir(full);
    if (list == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
        char path[2048];
        struct stat facts;
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)snprintf(full, sizeof full, "%s/%s", root, path);
        if (stat(full, &facts) != 0)
            continue;
        if (S_ISDIR(facts.st_mode))
            tree_walk(root, path, ends, visit, context);
        else if (S_ISREG(facts.st_mode) && ends_well(entry->d_name, ends))
            visit_file(full, path, visit, context);
    }
    (void)closedir(list);
}
