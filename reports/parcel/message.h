/* reports/parcel/message.h: a message pair with its values, as a text. */
#ifndef REPORTS_MESSAGE_H
#define REPORTS_MESSAGE_H

#include "base/memory.h"

/* message_text(arena, lang, M_SOMETHING, x); NULL when out of memory. */
const char *message_text(arena *into, language lang, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(3, 4, 5);

#endif
