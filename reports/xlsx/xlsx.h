/* reports/xlsx/xlsx.h: workbook.xlsx, the results for people who work in a spreadsheet.
 *
 * One table a sheet, in the language of the run: titles with units, filters, frozen headers,
 * numbers as numbers, codes as text, INSEE's signs where there is no value, and the four lines
 * under each table. A worker writes it (libxlsxwriter crashes when memory runs out); the program
 * then reads every sheet again and compares each cell, because the library may lose rows without a
 * word when the disk is full. */
#ifndef REPORTS_XLSX_H
#define REPORTS_XLSX_H

#include "engine/results/results.h"

extern const report_writer xlsx_writer;
/* To hand to zygote_start. */
extern const worker_job xlsx_job;

#endif
