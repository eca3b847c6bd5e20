// A C++17 plugin's code may include the header and use every struct and function of it.
#include <bassin/plugin.h>

static_assert(sizeof(bassin_error) == 512, "caller-owned error");

// Every struct of the header.
bassin_error an_error;
bassin_list a_list;
bassin_param a_param;
bassin_input an_input;
bassin_map a_map;
bassin_output an_output;
bassin_table a_table;
bassin_words some_words;
bassin_column a_column;
bassin_slot a_slot;
bassin_columns some_columns;
bassin_slots some_slots;
bassin_value a_value;
bassin_costs some_costs;
bassin_flows some_flows;
bassin_neighbours some_neighbours;
bassin_level a_level;
bassin_groups some_groups;
bassin_host a_host;
bassin_job a_job;
bassin_block a_block;
bassin_total a_total;
bassin_reach a_reach;
bassin_stage a_stage;
bassin_plugin a_plugin;

// Every function of it.
bassin_status use(const bassin_job *job, bassin_error *err);
bassin_status use(const bassin_job *job, bassin_error *err)
{
    const bassin_column *in = &job->in[0].items[0];
    const double sorted[] = {1.0, 2.0};
    if (!BASSIN_HAS(job->host, service) || !BASSIN_HAS(job, cell_m) || job->host->service == nullptr)
        return bassin_fail(err, BASSIN_E_MISSING, -1, "older than %d", 1);
    if (bassin_is_present(in, 0) && bassin_text_at(in, 0)[0] == '\0')
        return bassin_fail(err, BASSIN_E_DATA, 3, "row %d", 3);
    bassin_set(&job->out[0].items[0], 0, bassin_quantile(sorted, 2, 0.5));
    return bassin_level_at(job->groups, 0)->row_count > 0 ? BASSIN_OK : BASSIN_E_INTERNAL;
}
