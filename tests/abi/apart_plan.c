#include "apart_plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plugin/plugin_file.h"

static loaded_plugin *loaded_of(const plan *p)
{
    loaded_plugin *loaded = NULL;
    memcpy(&loaded, &p->loaded, sizeof loaded); /* the plan's own arena */
    return loaded;
}

void plan_make_built_in(plan *p)
{
    for (size_t i = 0; i < p->loaded_count; i++)
        loaded_of(p)[i].kind = PLUGIN_BUILT_IN;
}

void plan_make_foreign(plan *p)
{
    loaded_plugin *loaded = loaded_of(p);
    for (size_t i = 0; i < p->loaded_count; i++) {
        sha256_hex digest;
        error err;
        assert_int_equal(plugin_file_read(loaded[i].path, &loaded[i].file, &digest, &err),
                         STATUS_OK);
        loaded[i].kind = PLUGIN_LIBRARY;
        loaded[i].handle = NULL;
    }
}
