/* engine/conformance/conformance_case.h: a worked case run and compared. Private to conformance. */
#ifndef ENGINE_CONFORMANCE_CONFORMANCE_CASE_H
#define ENGINE_CONFORMANCE_CONFORMANCE_CASE_H

#include "engine/conformance/conformance.h"

/* Runs the plugin on <folder>/in, compares with <folder>/expected, tells both callbacks. */
MUST_CHECK status conformance_case(const loaded_plugin *loaded, const conformance_options *options,
                                   conformance_line *line, error *err);

#endif
