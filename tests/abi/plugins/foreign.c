/* A foreign plugin of a later minor: its structs are longer than this host's. */
#include <bassin/plugin.h>

typedef struct longer_output {
    bassin_output known;
    const char *later[4];
} longer_output;

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)before;
    (void)partial;
    (void)err;
    for (size_t o = 0; o < 2; o++) {
        for (size_t p = block->begin; p < block->end; p++) {
            job->out[o].items[0].at.f64[p] = (double)o;
            job->out[o].items[0].state[p] = BASSIN_PRESENT;
        }
    }
    return BASSIN_OK;
}

static const longer_output outputs[] = {
    {.known = {.table = "places",
               .id = "green",
               .title_fr = "Vert",
               .title_en = "Green",
               .unit = "1",
               .type = BASSIN_F64},
     .later = {"a", "b", "c", "d"}},
    {.known = {.table = "places",
               .id = "blue",
               .title_fr = "Bleu",
               .title_en = "Blue",
               .unit = "1",
               .type = BASSIN_F64},
     .later = {"a", "b", "c", "d"}},
};

typedef struct longer_plugin {
    bassin_plugin known;
    const char *later;
} longer_plugin;

/* Exported under the one name, with its own longer type. */
extern BASSIN_EXPORT const longer_plugin longer_main __asm__("bassin_plugin_main");
const longer_plugin longer_main = {
    .known = {.size = sizeof(longer_plugin),
              .abi_major = BASSIN_ABI_MAJOR,
              .abi_minor = 7,
              .id = "fr.test.foreign",
              .title_fr = "Étranger",
              .title_en = "Foreign",
              .version = "0.1",
              .method_fr = "Constante.",
              .method_en = "Constant.",
              .outputs = {.items = outputs, .count = 2, .stride = sizeof(longer_output)},
              .stages = BASSIN_LIST(bassin_stage,
                                    {.size = sizeof(bassin_stage), .over = "places", .run = run})},
    .later = "unknown to this host",
};
