#include "cli/say.h"

#include <stdarg.h>

void say_line(FILE *to, language lang, const char *fr, const char *en, ...)
{
    va_list values;
    va_start(values, en);
    if (lang == LANGUAGE_FR) {
        (void)vfprintf(to, fr, values);
    } else {
        (void)vfprintf(to, en, values);
    }
    va_end(values);
    (void)fputc('\n', to);
}
