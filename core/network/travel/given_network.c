#include "network/travel/given_network.h"

#include <string.h>

#include "base/text.h"
#include "network/messages.h"

static uint64_t fact_number(const network *n, const char *key)
{
    uint64_t value = 0;
    for (uint32_t i = 0; i < n->fact_count; i++)
        if (strcmp(n->facts[i].key, key) == 0 &&
            text_to_u64(text_slice_of(n->facts[i].value, strlen(n->facts[i].value)), &value))
            return value;
    return 0;
}

/* As its facts tell: ways read = used + closed + short. */
static status balance_tell(ledger *balance, const char *path, const network *n, error *err)
{
    size_t entry = 0;
    const uint64_t lines = fact_number(n, "ways_in_file");
    const uint64_t open = fact_number(n, "ways_open"), closed = fact_number(n, "ways_closed");
    const uint64_t told = lines > 0 ? lines : fact_number(n, "highway_ways");
    const uint64_t ways = told >= open + closed ? told : open + closed;
    const uint64_t rest = ways - open - closed;
    if (!balance || ways == 0)
        return STATUS_OK;
    status result = ledger_open(balance, "roads", path, &entry, err);
    if (result)
        return result;
    ledger_read(balance, entry, (size_t)ways, (double)ways);
    ledger_use(balance, entry, (size_t)open, (double)open);
    if (closed > 0)
        result =
            ledger_ignore(balance, entry, (size_t)closed, (double)closed, err, M_LEDGER_CLOSED);
    if (rest > 0 && result == STATUS_OK)
        result = ledger_ignore(balance, entry, (size_t)rest, (double)rest, err, M_LEDGER_SHORT);
    return result;
}

status given_network_tell(cost_engine *e, ledger *balance, faults *faults_list)
{
    error err = {0};
    const network *n = e->mode.network;
    const double main_percent =
        n->node_count > 0 ? 100.0 * (double)n->main_size / (double)n->node_count : 0;
    for (uint32_t i = 0; i < n->fact_count; i++)
        facts_add(&e->facts, n->facts[i].key, "%s", n->facts[i].value);
    facts_add(&e->facts, "nodes", "%u", n->node_count);
    facts_add(&e->facts, "arcs", "%u", n->arc_count);
    facts_add(&e->facts, "components", "%u", n->component_count);
    facts_add(&e->facts, "main_component_nodes", "%u", n->main_size);
    facts_add(&e->facts, "main_component_percent", "%.2f", main_percent);
    if (balance_tell(balance, e->mode.path, n, &err))
        return faults_add_error(faults_list, source_at(e->mode.path, 0, 0), &err);
    if (main_percent < 50)
        faults_warn(faults_list, source_at(e->mode.path, 0, 0), M_COSTS_PARTS, main_percent);
    return STATUS_OK;
}
