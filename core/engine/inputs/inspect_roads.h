/* engine/inputs/inspect_roads.h: road files told by their first bytes, and counted. Private to the
 * room.
 */
#ifndef ENGINE_INSPECT_ROADS_H
#define ENGINE_INSPECT_ROADS_H

#include "base/text.h"
#include "engine/inputs/inspect.h"

typedef enum road_form { ROADS_NONE, ROADS_PBF, ROADS_XML, ROADS_GRAPH, ROADS_NETWORK } road_form;

/* `start`: the first bytes, unpacked. */
road_form road_form_of(const char *path, text_slice start);
MUST_CHECK status inspect_roads(road_form form, const char *path,
                                const run_environment *environment, inspection *out,
                                faults *faults_list);

#endif
