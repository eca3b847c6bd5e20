#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "network/travel/cost_provider.h"

void facts_add(costs_facts *facts, const char *key, const char *format, ...)
{
    if (facts->count == sizeof facts->item / sizeof *facts->item)
        return;
    char *value = facts->item[facts->count].value;
    va_list values;
    va_start(values, format);
    (void)snprintf(facts->item[facts->count].key, sizeof facts->item->key, "%s", key);
    (void)vsnprintf(value, sizeof facts->item->value, format, values);
    va_end(values);
    value[text_utf8_valid_prefix(value, strlen(value))] = '\0'; /* cut within a letter */
    facts->count++;
}
