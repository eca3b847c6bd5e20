/* reports/html/words.h: what stands in a cell for readers: codes as words, figures, signs. */
#ifndef REPORTS_HTML_WORDS_H
#define REPORTS_HTML_WORDS_H

#include "reports/html/page.h"

/* The word for a code of a column ("open" in `status`: "ouvert"); the code itself when it has none.
 */
const char *word_of_code(const page *p, const char *column_name, const char *code);
/* "a. Travailler autrement". */
const char *function_words(page *p, size_t f);
const char *function_alone(page *p, size_t f); /* without its letter */
/* "commune" or "communes", "lieu" or "lieux", after a count; zero is singular in French only. */
const char *places_counted(const page *p, double count);
/* The same of what indicators are computed for: "carreau" or "carreaux" where they are cells, be
 * they shown by commune. */
const char *units_counted(const page *p, double count);
const char *venues_counted(const page *p, double count);
/* Name of a commune from its code; the code when unknown, "" for "". */
const char *place_of_code(const page *p, const char *code);
/* Title of a column with its unit: "Temps d’accès (min)". */
const char *column_heading(page *p, const result_table *t, size_t c);
/* The cell's contents as markup: a sign is an <abbr> that says what it means. */
void put_value(page *p, const result_table *t, size_t c, size_t row);
void put_sign(page *p, value_state state);
bool reads_as_number(const result_table *t, size_t c);

#endif
