/* A good answer with more lines for the log than there can be. */
#define HOSTILE_ID "forge_count"
#include "forge.h"

static void forge(forged *f, uint64_t turn)
{
    const uint64_t message_bytes = sizeof((bassin_error *)0)->message;
    uint64_t at = 0;
    f->turn = turn;
    f->body[at++] = BASSIN_OK;
    f->body[at++] = UINT64_MAX; /* no row */
    f->body[at++] = message_bytes;
    at += message_bytes / sizeof(uint64_t);
    f->body[at++] = 0;          /* lines left out */
    f->body[at++] = UINT64_MAX; /* lines */
    f->size = at * sizeof(uint64_t);
}
