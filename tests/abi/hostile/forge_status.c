/* Says that the run was interrupted: the status of an error is its worker's word alone. */
#define HOSTILE_ID "forge_status"
#include "forge.h"

static void forge(forged *f, uint64_t turn)
{
    static const char text[] = "interrompu, dit-il";
    f->turn = turn;
    f->status = 6;     /* STATUS_INTERRUPTED */
    f->size = 2 * 640; /* a French text, an English one: ERROR_TEXT_BYTES */
    memcpy(f->body, text, sizeof text);
    memcpy((char *)f->body + f->size / 2, text, sizeof text);
}
