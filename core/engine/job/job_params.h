/* engine/job/job_params.h: values of parameters: their defaults, and as text for machines.
 * Private to the engine. */
#ifndef ENGINE_JOB_JOB_PARAMS_H
#define ENGINE_JOB_JOB_PARAMS_H

#include "engine/job/job.h"

/* The value that the descriptor gives (`param->is`, judged). */
MUST_CHECK status param_default(plugin_param *param, arena *memory, error *err);
/* The plausible range, widened so that it always holds the value in force. */
void param_widen(plugin_param *param);
/* "20", "10;20;30", "a=20;b=15;...", in the parameter's unit; a choice or a text as it is. NULL:
 * out of memory. */
MUST_CHECK char *param_text(const plugin_param *param, arena *into);
/* The way back. False when the text is no value of that parameter, or out of its range; out of
 * memory sets *failed. A function that is not named keeps the value it has. */
MUST_CHECK bool param_read(plugin_param *param, const char *text, arena *memory, bool *failed);

#endif
