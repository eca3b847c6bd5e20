#include "datasets/catalogue/provenance.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "datasets/catalogue/messages.h"

static const char ending[] = ".provenance.json";

char *provenance_path(const char *path, arena *memory)
{
    return arena_format(memory, "%s%s", path, ending);
}

bool is_provenance_name(const char *name)
{
    const size_t size = strlen(name);
    return size >= sizeof ending && strcmp(name + size - (sizeof ending - 1), ending) == 0;
}

static const char *text_of(const json_t *from, const char *name, arena *memory)
{
    const char *text = json_string_value(json_object_get(from, name));
    const char *copy = arena_text(memory, text ? text : "");
    return copy ? copy : "";
}

bool provenance_read(const char *path, arena *memory, provenance *out)
{
    const char *beside = provenance_path(path, memory);
    json_t *read = beside ? json_load_file(beside, 0, NULL) : NULL;
    *out = (provenance){.id = text_of(read, "id", memory),
                        .title_fr = text_of(read, "title_fr", memory),
                        .title_en = text_of(read, "title_en", memory),
                        .producer = text_of(read, "producer", memory),
                        .licence = text_of(read, "licence", memory),
                        .vintage = text_of(read, "vintage", memory),
                        .role = text_of(read, "role", memory),
                        .importer = text_of(read, "importer", memory),
                        .address = text_of(read, "address", memory),
                        .final_address = text_of(read, "final_address", memory),
                        .origin = text_of(read, "origin", memory),
                        .mirror = text_of(read, "mirror", memory),
                        .fetched = text_of(read, "fetched", memory),
                        .verified = text_of(read, "verified", memory),
                        .sha256 = text_of(read, "sha256", memory),
                        .unpacked = text_of(read, "unpacked", memory)};
    const json_int_t bytes = json_integer_value(json_object_get(read, "bytes"));
    const json_int_t geography = json_integer_value(json_object_get(read, "geography"));
    out->bytes = bytes > 0 ? (uint64_t)bytes : 0;
    out->geography = geography >= 1943 && geography <= 2100 ? (int32_t)geography : 0;
    const bool good = json_is_object(read) && *out->id && *out->sha256;
    json_decref(read);
    return good;
}

static json_t *members_of(const unpacked_list *members)
{
    json_t *list = json_array();
    for (const unpacked_member *m = members ? members->first : NULL; m; m = m->next) {
        json_t *one = json_pack("{s:s, s:I, s:s}", "name", m->name, "bytes", (json_int_t)m->bytes,
                                "sha256", m->sha256);
        if (!one || json_array_append_new(list, one) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *provenance_json(const provenance *p, const unpacked_list *members)
{
    json_t *made = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:s}",
        "id", p->id, "title_fr", p->title_fr, "title_en", p->title_en, "producer", p->producer,
        "licence", p->licence, "vintage", p->vintage, "geography", (int)p->geography, "role",
        p->role, "importer", p->importer, "address", p->address, "final_address", p->final_address,
        "origin", p->origin, "mirror", p->mirror, "fetched", p->fetched, "bytes",
        (json_int_t)p->bytes, "sha256", p->sha256, "verified", p->verified);
    if (made && *p->unpacked) {
        json_t *list = members_of(members);
        if (!list || json_object_set_new(made, "unpacked", json_string(p->unpacked)) != 0 ||
            json_object_set_new(made, "members", list) != 0) {
            json_decref(made);
            made = NULL;
        }
    }
    return made;
}

status provenance_write(const char *path, const provenance *p, const unpacked_list *members,
                        arena *memory, error *err)
{
    const char *beside = provenance_path(path, memory);
    json_t *made = provenance_json(p, members);
    char *text = made ? json_dumps(made, JSON_INDENT(2)) : NULL;
    status s = STATUS_OK;
    if (!beside || !text) {
        s = error_set(err, STATUS_ENVIRONMENT, M_FETCH_PROVENANCE, path);
    } else {
        const char *line = arena_format(memory, "%s\n", text);
        s = line ? file_write_atomic(beside, line, strlen(line), err)
                 : memory_error(err, strlen(text));
    }
    free(text); /* jansson's own allocation */
    json_decref(made);
    return s;
}
