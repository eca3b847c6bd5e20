#include "reports/parcel/published.h"

#include <math.h>

static double rounded(double value, int32_t decimals)
{
    char text[512];
    double out = value;
    if (decimals < 0)
        return value;
    size_t size = text_from_f64_fixed(value, decimals, text, sizeof text);
    if (size >= sizeof text || !text_to_f64(text_slice_of(text, size), '.', &out))
        return value;
    return out;
}

bool published_number(const column *c, size_t row, double *out)
{
    if (column_state(c, row) != VALUE_PRESENT)
        return false;
    switch (c->type) {
    case COLUMN_F64:
        *out = rounded(c->at.f64[row], c->decimals);
        return isfinite(*out);
    case COLUMN_I64:
        *out = (double)c->at.i64[row];
        return true;
    case COLUMN_U32:
        *out = c->at.u32[row];
        return true;
    case COLUMN_TEXT:
        break;
    }
    return false;
}
