/* engine/scenario/scenario_read.h: values of the run file, judged by the table of descriptors.
 * Private to the room. */
#ifndef ENGINE_SCENARIO_READ_H
#define ENGINE_SCENARIO_READ_H

#include "engine/scenario/descriptor.h"
#include "engine/scenario/yaml_tree.h"

typedef struct scenario_reader {
    const char *path; /* in faults */
    text_slice text;  /* for excerpts */
    arena *memory;
    scenario_draft *draft;
    faults *faults_list;
    status result;     /* of the first fault */
    size_t understood; /* faults that leave no doubt: a key in other words */
} scenario_reader;

/* scenario_load from memory; `path` names it and is where relative paths start. */
MUST_CHECK status scenario_parse(text_slice text, const char *path,
                                 const scenario_overrides *overrides, scenario **out,
                                 faults *faults_list);
/* Reads a mapping into `target`; every fault is added, with its place and an excerpt. */
void section_read(scenario_reader *r, const section *s, const yaml_node *node, void *target);
/* Writes the table's defaults of numbers into an element. */
void section_defaults(const section *s, void *target);
/* Judges the travel modes of the draft, whose paths are resolved, and hands them over. */
void travel_judge(scenario_reader *r);
/* --only and --param. */
void scenario_override(scenario_reader *r, const scenario_overrides *overrides);
/* The elements of an indicator's parameter; false (and a fault) when it is no value. */
bool setting_read(scenario_reader *r, const yaml_node *node, indicator_setting *out);
void indicators_read(scenario_reader *r, const yaml_node *node);

source_ref reader_at(const scenario_reader *r, const yaml_node *node);
/* Notes the latest fault: excerpt, result. */
void reader_refused(scenario_reader *r, const yaml_node *node, status s);
void reader_out_of_memory(scenario_reader *r);
#define REFUSE(r, node, ...)                                                                       \
    reader_refused(r, node, faults_refuse((r)->faults_list, reader_at(r, node), __VA_ARGS__))

/* Whether the text names something that is not a local file: a scheme or a GDAL prefix. */
bool path_is_remote(const char *path);
bool date_is_valid(const char *text);

#endif
