#include <stdarg.h>
#include <stdio.h>

#include "network/travel/cost_provider.h"

void facts_add(costs_facts *facts, const char *key, const char *format, ...)
{
    if (facts->count == sizeof facts->item / sizeof *facts->item)
        return;
    va_list values;
    va_start(values, format);
    (void)snprintf(facts->item[facts->count].key, sizeof facts->item->key, "%s", key);
    (void)vsnprintf(facts->item[facts->count].value, sizeof facts->item->value, format, values);
    va_end(values);
    facts->count++;
}
