/* table/ledger.h: the balance of a run: read = used + rejected + ignored, per file and reason.
 *
 * Whoever reads a file opens an entry; whoever drops a row says why. Rejected rows are kept one by
 * one (file, line, value, reason); ignored rows (out of the perimeter, for one) are counted by
 * reason. */
#ifndef TABLE_LEDGER_H
#define TABLE_LEDGER_H

#include "table/table.h"

typedef struct ledger ledger;
MUST_CHECK status ledger_new(ledger **out, error *err);
void ledger_free(ledger *l);
/* `role`: "communes", "flows", "venues"... Returns the entry's index. Text is copied. */
MUST_CHECK status ledger_open(ledger *l, const char *role, const char *file, size_t *entry,
                              error *err);
/* Rows and weight read (weight: persons for flows and population, rows elsewhere). */
void ledger_read(ledger *l, size_t entry, size_t rows, double weight);
void ledger_use(ledger *l, size_t entry, size_t rows, double weight);
/* One rejected row. `value` is the code or text at fault. */
MUST_CHECK status ledger_reject(ledger *l, size_t entry, uint64_t line, double weight,
                                const char *value, error *err, const char *reason_fr,
                                const char *reason_en);
MUST_CHECK status ledger_ignore(ledger *l, size_t entry, size_t rows, double weight, error *err,
                                const char *reason_fr, const char *reason_en);
/* Two tables: "balance" (role, file, outcome [read|used|rejected|ignored], reason, reason_en, rows,
 * weight) and "rejects" (role, file, line, value, reason, reason_en, weight), in canonical order.
 */
MUST_CHECK status ledger_tables(const ledger *l, table **balance, table **rejects, error *err);
/* Every entry must close: rows exactly, weight to 1e-9 relative; else names the entry. */
MUST_CHECK status ledger_check(const ledger *l, error *err);

#endif
