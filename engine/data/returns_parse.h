/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/returns_parse.h: the fields of one line become the typed values of one record.
 *
 * Ownership: a parser is a plain value of one file. The texts of a record are borrowed from the csv_record
 * and from the parser: both must live, and neither move on, while the record is used.
 *
 * Formats only; what values mean together is for the rules of data/stack. CHILD stays text. Dates are read in
 * every form of data/dateform. Codes are trimmed and upper-cased, words for blank are blanks, what
 * spreadsheets did (1.0 for 1, 42.0 for the identifier 42) is undone. Findings: F-04, F-13, F-17, H-01, H-02,
 * H-03 (format), E-02, E-04, E-05, E-39; F-12 at the end. */
#ifndef TURNCURVE_DATA_RETURNS_PARSE_H
#define TURNCURVE_DATA_RETURNS_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/csvfile.h"
#include "data/findings.h"
#include "data/returns.h"
#include "data/sniff.h"

enum { RETURNS_LONGEST_FIELD = 256 };

struct returns_parser {
    enum return_table table;
    struct column_map map;
    struct findings *findings;
    int32_t file;
    /* F-12: dates of the form A/B/YYYY that only the one order of day and month allows. */
    int64_t n_day_first, n_month_first;
    int32_t month_first_line; /* of the first such date */
    size_t scratch_used;
    char scratch[RECORD_COLUMNS * (RETURNS_LONGEST_FIELD + 2)]; /* texts that differ from the file's */
};

/* Prepares a parser for one recognised file. */
void returns_parser_init(struct returns_parser *parser, const struct sniffed *sniffed,
                         struct findings *findings, int32_t file_key);

/* Fills a record from a line: table, file, line, outcome and values; return_index is 0. The outcome is KEPT,
 * REPAIRED when any value was changed, or REFUSED (CHILD blank or lost, DECOM not a day of the calendar, key
 * fields missing, a field too long or with control characters). A refused record has as many values as could
 * be read. False with err filled only when the sink fails. */
bool returns_parse_row(struct returns_parser *parser, const struct csv_record *row, struct record *out,
                       struct err *err);

/* After the last row: true when the file puts the month first throughout (some second part above 12, no first
 * part), so that every row read from it must be taken back; the finding F-12 is then added. *refused is the
 * answer. False with err filled only when the sink fails. */
bool returns_parser_finish(struct returns_parser *parser, bool *refused, struct err *err);

#endif
