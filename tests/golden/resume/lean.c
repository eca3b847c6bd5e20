#include "tests/golden/resume/lean.h"

#include "base/files.h"
#include "base/text.h"

void lean_put(const char *from, const char *to, const char *old, const char *new_text)
{
    file_view file;
    error err;
    text_buffer b = {0}, text = {0};
    assert_int_equal(file_map(from, &file, &err), STATUS_OK);
    text_add_n(&text, file.at, file.size);
    const char *at = strstr(text.at, old);
    assert_non_null(at);
    text_add_n(&b, text.at, (size_t)(at - text.at));
    text_add(&b, new_text);
    text_add(&b, at + strlen(old));
    assert_false(b.failed);
    file_unmap(&file);
    file_put(to, b.at);
    text_buffer_clear(&b);
    text_buffer_clear(&text);
}

void lean_new(lean *l, const char *communes)
{
    static said s;
    char whole[256];
    folder_new(l->folder);
    lean_cache(l, "cache-demo");
    PROGRAM(&s, "demo", "-o", l->folder, "--communes", communes);
    assert_int_equal(s.code, 0);
    (void)in_folder(l->run_file, l->folder, "data/lean.yaml");
    (void)in_folder(l->results, l->folder, "lean");
    lean_put(in_folder(whole, l->folder, "data/run.yaml"), l->run_file, "network: routes.osm.pbf",
             "estimate: crow-fly");
    lean_put(l->run_file, l->run_file, "[gpkg, xlsx, html, maps, csv]", "[csv]");
    lean_put(l->run_file, l->run_file, "avoided_km: {}", "avoided_km: {draws: 4000}");
    lean_cache(l, "cache");
}

void lean_drop(const lean *l)
{
    folder_drop(l->folder);
}

void lean_cache(lean *l, const char *name)
{
    (void)in_folder(l->cache, l->folder, name);
    cache_at(l->folder, name);
}
