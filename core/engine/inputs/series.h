/* engine/inputs/series.h: employment of the territory at several censuses, in one geography.
 * Private to the room.
 *
 * INSEE's census is spread over five years: two files less than five years apart share respondents
 * and tell no evolution; they are refused. */
#ifndef ENGINE_SERIES_H
#define ENGINE_SERIES_H

#include "engine/inputs/inputs.h"

/* level ("commune", then the territory's own), code, name, year, employed_residents {person}, jobs
 * {job} (held by residents of the file), own_commune {person}, share_own_commune % (of employed
 * residents; not applicable where there are none). Kept places; by level, code, year. */
MUST_CHECK status series_build(const scenario *s, const territory *t, const inputs *in,
                               ledger *balance, table **out, faults *faults_list);

#endif
