/* Palettes as data, and how far apart their colours look. */
#include "reports/model/palette.h"

#include <math.h>

/* One row a number of classes, 1 to CLASSES_MAX; palest first. */
typedef struct palette_table {
    uint32_t colours[CLASSES_MAX][CLASSES_MAX];
} palette_table;

static const palette_table ylgnbu = {{
    {0x7fcdbb},
    {0xedf8b1, 0x2c7fb8},
    {0xedf8b1, 0x7fcdbb, 0x2c7fb8},
    {0xffffcc, 0xa1dab4, 0x41b6c4, 0x225ea8},
    {0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c7fb8, 0x253494},
    {0xffffcc, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x2c7fb8, 0x253494},
}};
static const palette_table ylorrd = {{
    {0xfeb24c},
    {0xffeda0, 0xf03b20},
    {0xffeda0, 0xfeb24c, 0xf03b20},
    {0xffffb2, 0xfecc5c, 0xfd8d3c, 0xe31a1c},
    {0xffffb2, 0xfecc5c, 0xfd8d3c, 0xf03b20, 0xbd0026},
    {0xffffb2, 0xfed976, 0xfeb24c, 0xfd8d3c, 0xf03b20, 0xbd0026},
}};
static const palette_table viridis = {{
    {0x21918c},
    {0xfde725, 0x31688e},
    {0xfde725, 0x21918c, 0x440154},
    {0xfde725, 0x35b779, 0x31688e, 0x440154},
    {0xfde725, 0x5ec962, 0x21918c, 0x3b528b, 0x440154},
    {0xfde725, 0x7ad151, 0x22a884, 0x2a788e, 0x414487, 0x440154},
}};
/* Diverging, below zero orange, above purple; even numbers of classes have no middle. */
static const palette_table puor = {{
    {0xf7f7f7},
    {0xf1a340, 0x998ec3},
    {0xf1a340, 0xf7f7f7, 0x998ec3},
    {0xe66101, 0xfdb863, 0xb2abd2, 0x5e3c99},
    {0xe66101, 0xfdb863, 0xf7f7f7, 0xb2abd2, 0x5e3c99},
    {0xb35806, 0xf1a340, 0xfee0b6, 0xd8daeb, 0x998ec3, 0x542788},
}};
/* No then yes: pale blue-grey, brick. More than two classes are not for this palette: YlOrRd. */
static const palette_table binary = {{
    {0xdfe8ee},
    {0xdfe8ee, 0xb8442c},
    {0xffeda0, 0xfeb24c, 0xf03b20},
    {0xffffb2, 0xfecc5c, 0xfd8d3c, 0xe31a1c},
    {0xffffb2, 0xfecc5c, 0xfd8d3c, 0xf03b20, 0xbd0026},
    {0xffffb2, 0xfed976, 0xfeb24c, 0xfd8d3c, 0xf03b20, 0xbd0026},
}};

const uint32_t *palette_colours(palette_id palette, size_t count)
{
    const size_t row = (count < 1 ? 1 : count > CLASSES_MAX ? CLASSES_MAX : count) - 1;
    switch (palette) {
    case PALETTE_VIRIDIS:
        return viridis.colours[row];
    case PALETTE_YLORRD:
        return ylorrd.colours[row];
    case PALETTE_BINARY:
        return binary.colours[row];
    case PALETTE_PUOR:
        return puor.colours[row];
    case PALETTE_YLGNBU:
        break;
    }
    return ylgnbu.colours[row];
}

void palette_pair(palette_id palette, uint32_t out[2])
{
    const uint32_t *const two = palette_colours(palette, 2);
    out[0] = palette == PALETTE_PUOR ? two[0] : binary.colours[1][0];
    out[1] = two[1];
}

typedef struct triple {
    double at[3];
} triple;

/* Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
static const double vision_matrix[4][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};
/* sRGB primaries, D65. */
static const double xyz_matrix[3][3] = {{0.4124564, 0.3575761, 0.1804375},
                                        {0.2126729, 0.7151522, 0.0721750},
                                        {0.0193339, 0.1191920, 0.9503041}};

static triple multiply(const double m[3][3], triple v)
{
    triple out;
    for (size_t i = 0; i < 3; i++)
        out.at[i] = m[i][0] * v.at[0] + m[i][1] * v.at[1] + m[i][2] * v.at[2];
    return out;
}

static double linear_of(uint32_t byte)
{
    const double c = (double)byte / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double lab_curve(double t)
{
    return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116.0;
}

static triple lab_as_seen(uint32_t rgb, colour_vision vision)
{
    const triple screen = {
        {linear_of(rgb >> 16 & 255), linear_of(rgb >> 8 & 255), linear_of(rgb & 255)}};
    triple seen = multiply(vision_matrix[vision], screen);
    for (size_t i = 0; i < 3; i++)
        seen.at[i] = fmin(1, fmax(0, seen.at[i]));
    const triple xyz = multiply(xyz_matrix, seen);
    const double x = lab_curve(xyz.at[0] / 0.95047), y = lab_curve(xyz.at[1]),
                 z = lab_curve(xyz.at[2] / 1.08883);
    return (triple){{116 * y - 16, 500 * (x - y), 200 * (y - z)}};
}

double palette_distance(const uint32_t *colours, size_t count, colour_vision vision)
{
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        const triple a = lab_as_seen(colours[i], vision);
        for (size_t j = i + 1; j < count; j++) {
            const triple b = lab_as_seen(colours[j], vision);
            const double l = a.at[0] - b.at[0], m = a.at[1] - b.at[1], n = a.at[2] - b.at[2];
            least = fmin(least, sqrt(l * l + m * m + n * n));
        }
    }
    return least;
}
