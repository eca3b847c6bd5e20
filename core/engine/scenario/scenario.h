/* engine/scenario/scenario.h: the run file, read and checked (DESIGN.md section 5). Immutable once
 * loaded.
 *
 * One table of descriptors drives parsing, "did you mean" (French words typed as keys too), units
 * in values, every fault at once with line, column and caret, `bassin schema` and the
 * documentation. */
#ifndef ENGINE_SCENARIO_H
#define ENGINE_SCENARIO_H

#include "base/memory.h"
#include "network/build/line_build.h"
#include "network/travel/costs.h"
#include "territory/flows.h"
#include "territory/importer.h"
#include "territory/venues.h"

/* An input named by the run file. `file` is resolved (run file's folder, or the data folder). */
typedef struct scenario_input {
    const char *file; /* as typed; NULL: not given */
    const char *path; /* resolved */
    const char *member, *format;
    encoding encoding;
    int32_t epsg, vintage;
    const column_binding *bindings;
    size_t binding_count;
    source_ref where;
    bool doubtful; /* the run file is at fault about it: not to be read */
} scenario_input;

/* A file that says more of the venues of a list, joined on their id. */
typedef struct scenario_theme {
    scenario_input input;
} scenario_theme;

typedef struct scenario_venues {
    scenario_input input;
    const char *list; /* list id */
    const char *kind; /* whole list, or NULL */
    const kind_rule *kind_map;
    size_t kind_map_count;
    const char *status;
    scenario_input postcodes;
    const scenario_input *addresses;
    size_t address_count;
    const char *itinerants; /* count, aside; NULL: count */
    const scenario_theme *themes;
    size_t theme_count;
} scenario_venues;

typedef struct scenario_group {
    const char *name;
    scenario_input input;
} scenario_group;

/* In or out of an eligibility zoning. */
typedef struct scenario_zoning {
    const char *name;
    int32_t year; /* 0: not said */
    scenario_input input;
} scenario_zoning;

/* Numbers by commune. */
typedef struct scenario_context {
    const char *const *columns; /* headers read besides */
    size_t column_count;
    scenario_input input;
} scenario_context;
/* One census year of flows.series. */
typedef struct scenario_series {
    scenario_input input;
    int32_t year; /* of the data; 0: told by the file */
} scenario_series;

/* What a travel mode is computed from; one of the two files, or an estimate. */
typedef struct scenario_travel {
    /* A .net, an OSM extract, or a layer of lines: its layer in `member`, its columns speed,
     * direction, class, name and closed among the bindings. */
    scenario_input network;
    scenario_input matrix;
    double tolerance_m; /* NaN: not given */
    const line_class_speed *speeds;
    size_t speed_count;
    const char *profile; /* "car" "bike" "foot", or the path of a file; NULL: that of the mode */
    const char *urban;   /* path; NULL */
} scenario_travel;

/* indicators: plugin: {name: value}. Values stay text (a sequence: its elements; a mapping by
 * function: "a=20 min"); the plan types them against the plugin's parameters. */
typedef struct indicator_setting {
    const char *name;
    const char *const *values;
    size_t value_count;
    source_ref where;
} indicator_setting;
typedef struct indicator {
    const char *plugin;
    const indicator_setting *settings;
    size_t setting_count;
    source_ref where;
} indicator;

/* plugins: fr.lab.x, or {id: fr.lab.x, memory: 8 GiB, time: 10 min}. */
typedef struct scenario_plugin {
    const char *name;          /* an id or a file, as typed */
    double memory_mib, time_s; /* what it may take, foreign; 0: not said */
    source_ref where;
} scenario_plugin;

typedef struct scenario {
    const char *path; /* of the run file */
    const char *title;
    const char *data_folder; /* NULL: the run file's own */
    scenario_input communes, names, membership, population, cells, density, flows, detail, foreign;
    scenario_input movements, passage; /* of communes, from one vintage to another */
    bool fold_arrondissements;
    bool cells_are_places; /* else cells only place the point of each commune */
    perimeter perimeter;   /* keep, margin */
    scenario_input keep_file;
    int32_t pivot_vintage; /* 0: not said */
    const scenario_series *series;
    size_t series_count;
    const scenario_group *groups;
    size_t group_count;
    const scenario_zoning *zonings;
    size_t zoning_count;
    const scenario_context *contexts;
    size_t context_count;
    const scenario_venues *venues;
    size_t venue_list_count;
    duplicate_rule duplicates;
    const travel_mode *modes;      /* network and matrix: NULL, the engine's to open */
    const scenario_travel *travel; /* row for row with modes */
    size_t mode_count;
    const char *cache; /* folder of built networks and finished indicators; NULL: the user's own */
    bool no_cache;
    bool intra_insee; /* within-commune distance 0, as INSEE publishes; else METHODS.md section 3 */
    const indicator *indicators;
    size_t indicator_count;
    bool all_indicators;     /* the list only holds settings: every indicator that the data allow */
    const char *const *only; /* --only: the indicators that are computed, with what they need */
    size_t only_count;       /* 0: all */
    const scenario_plugin *plugins;
    size_t plugin_count;
    language language;
    const char *const *formats; /* "gpkg" "xlsx" "html" "maps" "csv" ... */
    size_t format_count;
    uint64_t seed;
    const char *date; /* ISO, or NULL */
    int32_t threads;  /* 0: all */
    char sha256[65];  /* of the run file */
    arena *memory;
} scenario;

/* Overrides from the command line. */
typedef struct scenario_overrides {
    const char *data_folder;
    const char *const *params; /* "plugin.name=value" */
    size_t param_count;
    const char *only; /* "commuting,coverage" */
    int32_t threads;
    int32_t language; /* -1: the run file's */
} scenario_overrides;

/* STATUS_INPUT: all faults are told; *out is then what could be read all the same (NULL when it is
 * no YAML), good for looking at its inputs and nothing else. */
MUST_CHECK status scenario_load(const char *path, const scenario_overrides *overrides,
                                scenario **out, faults *faults_list);
void scenario_free(scenario *s);
/* "car" "bike" "foot": profiles that come with the program; another is the path of a file. */
bool profile_is_built_in(const char *profile);
/* JSON Schema of the run file, for editors; and a Markdown page. Malloc'd by text_buffer. */
void scenario_schema(text_buffer *out);
void scenario_reference_page(text_buffer *out, language lang);

#endif
