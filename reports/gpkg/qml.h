/* reports/gpkg/qml.h: QGIS style documents, as small as QGIS reads them. Private to this room. */
#ifndef REPORTS_GPKG_QML_H
#define REPORTS_GPKG_QML_H

#include "table/table.h"

typedef enum qml_shape { QML_FILL, QML_MARKER, QML_LINE } qml_shape;

typedef struct qml_symbol {
    qml_shape shape;
    uint32_t colour;
    bool hatched, hollow, bare; /* of a fill; bare: without an outline */
    const char *marker;         /* QGIS's name: "circle" */
    double size;                /* mm: diameter, or width of a line */
} qml_symbol;

/* One line of the legend: lower <= value < upper, or the value of a category. */
typedef struct qml_class {
    const char *label;
    double lower, upper;
    const char *value;
    qml_symbol symbol;
} qml_class;

/* A document is its head, one renderer and its end. The end gives the fields of `rows` their
 * titles. */
void qml_begin(text_buffer *out);
void qml_end(text_buffer *out, const table *rows, language lang);

/* One symbol. */
void qml_single(text_buffer *out, const qml_symbol *symbol);
/* By classes of `column`. `missing`: the class of NULL values; NULL when there is none. `sizes`:
 * the classes differ by size, not by colour. */
typedef struct qml_graduated {
    const char *column;
    const qml_class *classes;
    size_t count;
    const qml_class *missing;
    bool sizes;
} qml_graduated;
void qml_by_classes(text_buffer *out, const qml_graduated *g);
/* By the values of an expression; other values: the symbol of `other`. */
void qml_by_values(text_buffer *out, const char *expression, const qml_class *classes, size_t count,
                   const qml_class *other);
/* "name" as a column of an expression. */
void qml_column(text_buffer *out, const char *name);

#endif
