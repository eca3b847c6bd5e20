/* territory/vintage_table.h: a table of one vintage in the codes of another.
 *
 * Sums multiply by the share and add up; means are recombined with their weights and are missing on
 * a part of a split; medians are kept by communes that go on alone and are missing elsewhere;
 * classes follow the rule that was chosen. Flows have two codes: both ends are converted, then
 * equal cells are merged. Rows come out in the order of their codes and keys, with the provenance
 * of the row that leads them. */
#ifndef TERRITORY_VINTAGE_TABLE_H
#define TERRITORY_VINTAGE_TABLE_H

#include "territory/vintage.h"

enum { CARRY_CODES_MAX = 2 };

typedef enum carry_rule {
    CARRY_KEY,       /* a part of the cell: rows that differ in it are not merged */
    CARRY_SUM,       /* f64 */
    CARRY_COUNT,     /* u32: rows of a file behind a row; whole with the first part of a split */
    CARRY_MEAN,      /* f64; `with` names its weights, an f64 column */
    CARRY_MEDIAN,    /* any type */
    CARRY_LARGEST,   /* a class: that of the largest population */
    CARRY_ABSORBING, /* a class: `with` as soon as one row has it, else the largest */
    CARRY_MIXED,     /* a class: `with` where rows differ */
    CARRY_LEADER,    /* of the row that has the code already, else the largest */
    CARRY_NAME,      /* the same, but missing on a part that bears another code */
} carry_rule;

typedef struct carried_column {
    const char *name;
    carry_rule rule;
    const char *with;
} carried_column;

typedef struct carry_plan {
    const char *const *codes; /* text columns */
    size_t code_count;
    const carried_column *columns; /* the others are left out */
    size_t column_count;
    const double *size; /* of each row, to tell the largest; NULL: the first sum, else the code */
    bool unique;        /* a cell twice in the table is refused, with both lines */
} carry_plan;

/* What became of one link. */
typedef struct carried_link {
    const vintage_link *link;
    size_t rows;
    double weight; /* of the first sum; rows where there is none */
} carried_link;

typedef struct carry_report {
    int32_t from, to;
    size_t rows_before, rows_after;
    size_t renamed;             /* codes */
    size_t merged, merged_into; /* codes that joined others, and how many they became */
    size_t split, split_into;   /* codes that were shared out, and how many got a part */
    size_t strays;              /* codes of another year than `from`, carried from theirs */
    size_t unknown_weights;     /* split codes whose shares are equal for want of population */
    bool has_weight;            /* a sum was carried: weights are its own, else rows */
    double weight_before, weight_after, weight_merged, weight_split;
    size_t lost_rows;                   /* of codes that cannot be carried */
    double lost_weight, missing_weight; /* missing: parts whose sum has an unknown part */
    const size_t *lost_row;
    const carried_link *links; /* those that changed something, by from, to */
    size_t link_count;
    const size_t *missing_split, *missing_merged; /* cells of each column that were left missing */
    arena *memory;
} carry_report;
void carry_report_clear(carry_report *r);
/* "60054, 85084": the split codes whose shares are equal for want of population; at most a line. */
void carry_unknown_print(const carry_report *r, char *buffer, size_t size);

/* The rows of the old table behind each row of the new one: piece_start[r] .. piece_start[r + 1].
 */
typedef struct carried {
    table *rows;
    const size_t *piece_start;
    const uint32_t *piece_row;
    const double *piece_ratio;
    carry_report report;
} carried;
void carried_clear(carried *c);

/* Whether a code of these columns is changed or lost by the conversion. */
bool carry_is_needed(const conversion *by, const table *t, const char *const *codes,
                     size_t code_count);
MUST_CHECK status table_carry(const table *t, const carry_plan *plan, const conversion *by,
                              carried *out, faults *faults_list);
typedef enum recode_form {
    RECODE_ONE,    /* the part that keeps the code, else the largest share */
    RECODE_RUN_ON, /* several codes end to end (cells), each as above */
    RECODE_LIST,   /* a list of codes (zonings): every part, since it lies in the same zone */
} recode_form;
/* Only the codes of one column, row for row. */
MUST_CHECK status table_recode(const table *t, const char *name, const conversion *by,
                               recode_form form, carried *out, faults *faults_list);

/* Two tables of what several conversions did. `role` and `file` are copied. */
typedef struct carry_log carry_log;
MUST_CHECK status carry_log_new(carry_log **out, error *err);
void carry_log_free(carry_log *l);
MUST_CHECK status carry_log_add(carry_log *l, const char *role, const char *file,
                                const carry_report *r, error *err);
/* "vintages" (role, file, from_year, to_year, rows_before, rows_after, renamed, merged,
 * merged_into, split, split_into, lost, weight_before, weight_after, weight_split, weight_lost) and
 * "vintage_links" (role, file, from_year, to_year, from, to, passage, ratio, estimated, rows,
 * weight).
 */
MUST_CHECK status carry_log_tables(const carry_log *l, table **summary, table **links, error *err);
size_t carry_log_count(const carry_log *l);

#endif
