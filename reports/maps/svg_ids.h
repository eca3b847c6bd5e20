/* reports/maps/svg_ids.h: the same SVG bytes for the same drawing, and fewer of them.
 *
 * Cairo numbers surfaces, clips and images with counters of the whole process, so that a second
 * page, or another thread, changes the names inside a file: they are numbered again from 0 in order
 * of appearance. Paths are written with six decimals of a point: two (a 7,000th of an inch) are
 * kept. */
#ifndef REPORTS_MAPS_SVG_IDS_H
#define REPORTS_MAPS_SVG_IDS_H

#include "base/text.h"

MUST_CHECK status svg_tidy(const text_buffer *svg, text_buffer *out, error *err);

#endif
