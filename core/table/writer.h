/* table/writer.h: machine CSV (comma, point, UTF-8, exact text) and CSV for spreadsheets
 * (`;`, decimal comma, BOM, formulas defused). */
#ifndef TABLE_WRITER_H
#define TABLE_WRITER_H

#include "table/table.h"

/* Fixed decimals of each column; states other than present give an empty cell. */
MUST_CHECK status table_write_csv(const table *t, const char *path, error *err);
/* Titles in `lang` as header; INSEE signs for states ("…", "///", "s", "n.s."); a text that starts
 * with = + - @ tab or CR gets an apostrophe in front. */
MUST_CHECK status table_write_csv_for_spreadsheets(const table *t, language lang, const char *path,
                                                   error *err);
/* INSEE's sign for a state that is not present: "…" "///" "s" "n.s."; unreachable and beyond limit
 * have words ("hors d’atteinte", "au-delà de la limite"). */
const char *value_state_sign(value_state s, language lang);

#endif
