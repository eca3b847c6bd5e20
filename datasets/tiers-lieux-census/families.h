/* datasets/tiers-lieux-census/families.h: the vocabulary of the census, made that of the taxonomy.
 */
#ifndef DATASETS_CENSUS_FAMILIES_H
#define DATASETS_CENSUS_FAMILIES_H

#include "territory/importer.h"

/* `kind` of a thematic file: the families that its summary column lists and those of its 0/1
 * columns; other choices are left out, and counted. */
MUST_CHECK status census_families(const import_request *request, imported *in, faults *faults_list);
/* `status`: "en activité" open, "en projet (pas encore ouvert)" project, "fermé" closed. */
MUST_CHECK status census_status(const import_request *request, imported *in, faults *faults_list);

#endif
