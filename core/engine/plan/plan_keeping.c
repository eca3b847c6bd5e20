/* What the store gave to a run, told at its end. */
#include "engine/plan/plan_model.h"
#include "engine/plan_messages.h"

void plan_keep(plan *p, const plan_keeping *keeping)
{
    p->keeping = *keeping;
}

/* "coverage", "coverage (bike)" */
static void add_job(text_buffer *b, const plugin_job *job)
{
    text_add_format(b, "%s%s%s%s%s", b->size > 0 ? ", " : "", job->is->id,
                    job->suffix[0] != '\0' ? " (" : "", job->suffix,
                    job->suffix[0] != '\0' ? ")" : "");
}

static void tell_job(faults *asides, const plugin_job *job)
{
    text_buffer name = {0};
    add_job(&name, job);
    if (!name.failed && job->found)
        faults_note(asides, SOURCE_NONE, M_KEPT_JOB_WHOLE, name.at);
    else if (!name.failed && job->blocks_found > 0)
        faults_note(asides, SOURCE_NONE, M_KEPT_JOB_BLOCKS, name.at, job->blocks_found,
                    job->blocks);
    text_buffer_clear(&name);
}

void plan_tell_kept(const plan *p)
{
    faults *asides = p->keeping.asides;
    text_buffer names = {0};
    size_t jobs = 0, whole = 0, begun = 0;
    for (size_t k = 0; asides != NULL && p->store != NULL && k < p->plugin_count; k++) {
        for (size_t j = 0; j < p->plugins[k].job_count; j++) {
            const plugin_job *job = &p->plugins[k].jobs[j];
            jobs++;
            whole += job->found;
            begun += job->blocks_found > 0;
            if (job->found)
                add_job(&names, job);
            if (p->keeping.tells_blocks)
                tell_job(asides, job);
        }
    }
    if (whole > 0 && !names.failed)
        faults_note(asides, SOURCE_NONE, M_KEPT_JOBS, whole, jobs, names.at);
    else if (p->keeping.tells_blocks && jobs > 0 && whole + begun == 0)
        faults_note(asides, SOURCE_NONE, M_KEPT_NOTHING);
    if (p->store != NULL && asides != NULL && job_store_damaged(p->store) > 0)
        faults_note(asides, SOURCE_NONE, M_STORE_DAMAGED, job_store_damaged(p->store),
                    job_store_folder(p->store));
    if (p->store != NULL && asides != NULL && job_store_trouble(p->store)->status != STATUS_OK) {
        const error *why = job_store_trouble(p->store);
        faults_note(asides, SOURCE_NONE, M_STORE_WHY, why->fr, why->en);
    }
    text_buffer_clear(&names);
}
