/* engine/scenario/descriptor_keys.h: how the table of descriptors is written. Private to the room.
 */
#ifndef ENGINE_DESCRIPTOR_KEYS_H
#define ENGINE_DESCRIPTOR_KEYS_H

#include "engine/scenario/descriptor.h"

#define IN_DRAFT(member) offsetof(scenario_draft, member)
#define IN_INPUT(member) offsetof(scenario_input, member)
#define IN_VENUES(member) offsetof(scenario_venues, member)
#define IN_TRAVEL(member) offsetof(travel_draft, member)
#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* A key that names a column of the file. */
#define COLUMN(typed, canonical, others, french, english)                                          \
    {                                                                                              \
        .name = typed, .kind = KEY_COLUMN, .column = canonical, .words = others, .fr = french,     \
        .en = english                                                                              \
    }

extern const section travel_section;

#endif
