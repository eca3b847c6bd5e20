#include "reports/maps/layout.h"

#include "base/memory.h"

void layout_add(layout *l, box_kind kind, size_t panel, rect at, const char *text)
{
    if (l->count == l->capacity) {
        const size_t capacity = l->capacity ? 2 * l->capacity : 64;
        box *const grown = memory_resize(l->boxes, capacity, sizeof *grown);
        if (!grown) {
            l->failed = true;
            return;
        }
        l->boxes = grown;
        l->capacity = capacity;
    }
    l->boxes[l->count++] = (box){.kind = kind, .panel = panel, .at = at, .text = text};
}

void layout_clear(layout *l)
{
    memory_free(l->boxes);
    *l = (layout){0};
}
