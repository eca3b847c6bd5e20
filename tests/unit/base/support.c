#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/files.h"

char *folder_fresh(char path[256])
{
    const char *root = getenv("TMPDIR");
    (void)snprintf(path, 256, "%s/bassin-test-XXXXXX", root == NULL ? "/tmp" : root);
    assert_non_null(mkdtemp(path));
    return path;
}

void folder_clear(const char *path)
{
    error err;
    assert_int_equal(folder_remove(path, &err), STATUS_OK);
}

const char *in_folder(const char *folder, const char *name)
{
    static char paths[64][512];
    static size_t turn;
    char *path = paths[turn++ % 64];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

char *read_text(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return NULL;
    char *text = calloc(1, 65536);
    assert_non_null(text);
    size_t got = fread(text, 1, 65535, file);
    text[got] = '\0';
    (void)fclose(file);
    return text;
}
