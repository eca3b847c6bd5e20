#include "reports/parcel/message.h"

#include <stdarg.h>
#include <stdio.h>

const char *message_text(arena *into, language lang, const char *fr, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    int n = lang == LANGUAGE_FR ? vsnprintf(NULL, 0, fr, args) : vsnprintf(NULL, 0, en, args);
    va_end(args);
    char *text = n < 0 ? NULL : arena_take(into, (size_t)n + 1, 1);
    if (!text)
        return NULL;
    va_start(args, en);
    (void)(lang == LANGUAGE_FR ? vsnprintf(text, (size_t)n + 1, fr, args)
                               : vsnprintf(text, (size_t)n + 1, en, args));
    va_end(args);
    return text;
}
