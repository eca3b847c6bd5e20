/* cli/install.h: what lies beside the program: plugins and reference data, installed or not. */
#ifndef CLI_INSTALL_H
#define CLI_INSTALL_H

#include "base/memory.h"
#include "engine/plan/plan.h"

typedef struct installation {
    plugin_search plugins;
    const char *reference_folder;
    arena *memory;
} installation;

/* Beside /proc/self/exe: ../lib/bassin/plugins (installed) or ../plugins (build tree), and
 * ../share/bassin; then the folders of BASSIN_PLUGIN_PATH. */
MUST_CHECK status installation_find(installation *out, error *err);
void installation_clear(installation *in);

#endif
