/* reports/model/palette.h: sequential palettes that colour-blind readers can tell apart.
 *
 * YlGnBu and YlOrRd are ColorBrewer's (Cynthia Brewer, Mark Harrower and The Pennsylvania State
 * University, Apache License 2.0), viridis is matplotlib's (CC0), turned so that dark means more.
 */
#ifndef REPORTS_MODEL_PALETTE_H
#define REPORTS_MODEL_PALETTE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/results/results.h"

/* Six is what readers tell apart (OUTPUTS: CIE76 distance of any two classes is 7.5 or more under
 * each of the three colour-vision deficiencies). */
enum { CLASSES_MAX = 6 };

/* Colours 0xRRGGBB of `count` classes (1..CLASSES_MAX), palest first. Never NULL: an unknown
 * palette is YlGnBu. */
const uint32_t *palette_colours(palette_id palette, size_t count);

/* Colours of a no and a yes: a pale grey, the dark end of the palette; both ends of a diverging
 * one.
 */
void palette_pair(palette_id palette, uint32_t out[2]);

/* Smallest CIE76 distance between two colours as seen with a deficiency. */
typedef enum colour_vision {
    VISION_FULL = 0,
    VISION_DEUTERANOPIA,
    VISION_PROTANOPIA,
    VISION_TRITANOPIA
} colour_vision;
double palette_distance(const uint32_t *colours, size_t count, colour_vision vision);

#endif
