#include "network/source/road_keys.h"

static const char *const keys[] = {
    "motorcar", "motor_vehicle", "vehicle",           "access",
    "highway",  "oneway",        "junction",          "maxspeed",
    "area",     "service",       "maxspeed:forward",  "impassable",
    "barrier",  "bollard",       "maxspeed:backward", "motorroad",
};

bool road_key_kept(text_slice key)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_equal(key, keys[i]))
            return true;
    return false;
}
