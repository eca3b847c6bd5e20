// A C++17 plugin's code may include the header and use its types.
#include <bassin/plugin.h>

static_assert(sizeof(bassin_error) == 512, "caller-owned error");

bassin_status refuse(bassin_error *err);
bassin_status refuse(bassin_error *err)
{
    return bassin_fail(err, BASSIN_E_DATA, 3, "row %d", 3);
}
