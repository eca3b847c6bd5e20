#include "reports/maps/labels.h"

enum { POSITIONS = 9 };

static rect position(const label *l, size_t k, double gap)
{
    /* Across and up, in half sizes: on the point first, since a commune's name reads as its own. */
    static const double across[POSITIONS] = {0, 0, 0, 1, -1, 1, -1, 1, -1},
                        down[POSITIONS] = {0, -1, 1, 0, 0, -1, -1, 1, 1};
    const double cx = l->x + across[k] * (l->w / 2 + gap), cy = l->y + down[k] * (l->h / 2 + gap);
    return (rect){cx - l->w / 2, cy - l->h / 2, l->w, l->h};
}

static bool clear_of(rect at, const rect *obstacles, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rect_overlap(at, obstacles[i]))
            return false;
    }
    return true;
}

static bool clear_of_labels(rect at, const label *labels, size_t count, double margin)
{
    const rect wide = {at.x - margin, at.y - margin, at.w + 2 * margin, at.h + 2 * margin};
    for (size_t i = 0; i < count; i++) {
        if (labels[i].placed && rect_overlap(wide, labels[i].at))
            return false;
    }
    return true;
}

void labels_place(label *labels, size_t count, const rect *obstacles, size_t obstacle_count,
                  rect frame, double gap, double margin, size_t limit)
{
    size_t placed = 0;
    for (size_t i = 0; i < count && placed < limit; i++) {
        for (size_t k = labels[i].beside ? 1 : 0; k < POSITIONS && !labels[i].placed; k++) {
            const rect at = position(&labels[i], k, gap);
            if (!rect_inside(at, frame) || !clear_of(at, obstacles, obstacle_count) ||
                !clear_of_labels(at, labels, i, margin))
                continue;
            labels[i].at = at;
            labels[i].placed = true;
            placed++;
        }
    }
}
