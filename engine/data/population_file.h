/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/population_file.h: official figures of people by single year of age, added up to children by age band.
 *
 * Ownership: population_file_close frees a reading; texts given to the sink are borrowed for its call. The
 * sniffed columns and the header must outlive the reading.
 *
 * Two layouts (data/codes/file_column.def): sub-national population projections, one column a year
 * (AREA_CODE, AREA_NAME, COMPONENT, SEX, AGE_GROUP, 2018, 2019, ..), and the long one of Nomis, one row a
 * number (GEOGRAPHY_CODE, DATE or PROJECTED_YEAR_NAME, GENDER_NAME, C_AGE_NAME, OBS_VALUE), which has
 * estimates and projections. Only authorities with children's services are taken (codes E06, E08, E09, E10),
 * and ages 0 to 17; rows of other areas, ages, components and measures are kept and give nothing. Rows may
 * come in any order, so numbers are held until the end: at most 400 areas x 111 years, some 20 MB. */
#ifndef TURNCURVE_DATA_POPULATION_FILE_H
#define TURNCURVE_DATA_POPULATION_FILE_H

#include "data/published.h"

struct population_file;

/* Begins to read a file of FAMILY_POPULATION.
 *
 * header  the file's first line: its columns that end in a year are the years
 *
 * The year that a projection starts from is the Nomis column DATE, else the year that the file's own name
 * begins with or has in it ("2018 SNPP Population persons.csv") unless that is after its first year, else its
 * first year.
 *
 * NULL with err filled: ERR_MEMORY. */
struct population_file *population_file_open(const struct sniffed *sniffed, const struct csv_record *header,
                                             struct err *err);
void population_file_close(struct population_file *file);

/* Takes a row. *outcome is KEPT, or REFUSED where the row cannot be understood (no area, an unknown sex or
 * age, no year, a negative number, another number for what a row above gave, more areas than there can be;
 * I-06 in the findings). A symbol for a number is I-06 too, and kept. False with err filled only when
 * findings cannot be added or memory ends. */
bool population_file_row(struct population_file *file, const struct csv_record *row,
                         struct findings *findings, int32_t file_key, enum outcome *outcome, struct err *err);

/* Gives what was read to the sink, authority by authority and year by year, after the last row: the number of
 * children and, when all ages are there, their age bands. Persons are males and females together where the
 * file has no persons. Measures as in data/published.h. I-06 (kept) counts the authorities and years that had
 * too little: ages missing, one sex only; and says when the file had no authority at all. False with err
 * filled when the sink fails. */
bool population_file_end(struct population_file *file, struct published_sink *sink, struct findings *findings,
                         int32_t file_key, struct err *err);

#endif
