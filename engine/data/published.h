/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/published.h: what the published statistics say, whatever their layout.
 *
 * Ownership: texts in a value are borrowed for the call of the sink.
 *
 * Every layout becomes the same simple values: who, which year, which measure, which part, how much. Year Y
 * ends on 31 March Y. Measures:
 *
 *  - stock, starts, leavers: totals (group and characteristic empty) and parts: group "Age group",
 *    characteristic "1 to 4 years", as published; the published row "Total" of a group is not passed on but
 * for the total itself;
 *  - population: children 0 to 17 used for year Y, the estimate of mid-year Y-1; from data/population_file
 * also by age band: group "Age group", characteristic "1-4" (data/codes/age_band.def);
 *  - projection: the same of a population projection, group "2018-based" for the total too;
 *  - during_year, foster, childrens_home_secure_hostel, .., uasc, ls_s20: the panel's columns, under their
 * names;
 *  - adopted, uasc: of the England series;
 *  - s251: pounds, year the financial year's end; group the service line, characteristic own, private,
 *    other_public, voluntary, total, income or net;
 *  - ro3: pounds in 2024-25; group total, residential, fostering, uasc or other; ro3_week: pounds a week;
 * group fostering or residential.
 *
 * A symbol for a number (c z k x u . .. -) and an empty cell are NaN, never zero. */
#ifndef TURNCURVE_DATA_PUBLISHED_H
#define TURNCURVE_DATA_PUBLISHED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "data/csvfile.h"
#include "data/findings.h"
#include "data/sniff.h"

enum published_level { LEVEL_NATIONAL, LEVEL_REGION, LEVEL_LA };

struct published_value {
    enum published_level level;
    struct str name;     /* as published; empty where the file has no names */
    struct str code;     /* ONS code, "E08000035"; empty when the file has none */
    struct str old_code; /* three digits; empty when the file has none */
    int32_t year;
    const char *measure;
    struct str group, characteristic; /* empty for a total */
    double value;                     /* NaN: suppressed or not published */
    struct str symbol;                /* "c", "z", ..; empty for a number and for an empty cell */
    int32_t line;
};

struct published_neighbour {
    struct str old_code, name; /* the authority */
    int32_t rank;              /* 1 is the closest .. 10 */
    struct str neighbour;      /* old code of the neighbour */
    struct str closeness;      /* "Very close" */
    int32_t line;
};

/* Takes what a file says; store implements one that writes to the database. */
struct published_sink {
    bool (*value)(struct published_sink *self, const struct published_value *value, struct err *err);
    bool (*neighbour)(struct published_sink *self, const struct published_neighbour *neighbour,
                      struct err *err);
};

/* Passes what one row of a published file says to the sink (a wide row is many values).
 *
 * sniffed    kind and columns of the file, family FAMILY_PUBLISHED
 * year       for layouts that name no year in their rows (2012 layout): the user's --year, else
 * sniffed->year; 0 when not known, and then every row is refused *outcome   KEPT, or REFUSED when the row has
 * no authority or no year (I-06 in the findings)
 *
 * Cells that are no number but a symbol are counted by I-06, one finding a file and column. False with err
 * filled only when a sink fails. */
bool published_row(const struct sniffed *sniffed, int32_t year, const struct csv_record *row,
                   struct published_sink *sink, struct findings *findings, int32_t file_key,
                   enum outcome *outcome, struct err *err);

#endif
