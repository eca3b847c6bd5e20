/* engine/apart/plugin_worker.h: the process that opens a foreign library and calls it. */
#ifndef ENGINE_APART_PLUGIN_WORKER_H
#define ENGINE_APART_PLUGIN_WORKER_H

#include "base/worker.h"

/* One of the program's jobs of workers: without it foreign plugins cannot run apart. */
extern const worker_job plugin_worker_job;

#endif
