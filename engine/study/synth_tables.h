/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/synth_tables.h, internal to study/synth: lives as the rows of one year's return.
 *
 * Ownership: the tables of a return are the caller's; everything else is borrowed. */
#ifndef TURNCURVE_STUDY_SYNTH_TABLES_H
#define TURNCURVE_STUDY_SYNTH_TABLES_H

#include "study/synth.h"
#include "study/synth_people.h"

/* One return being written. */
struct synth_filing {
    const struct synth_world *world;
    const struct synth_people *people;
    struct synth_return *filed;
    int32_t year;
    day first, last; /* 1 April and 31 March */
};

/* Files everything that is known at the end of the year. */
bool synth_file_return(struct synth_filing *filing, struct err *err);

/* The column of a return table, its index there and back. */
enum return_column synth_first_column(enum return_table table);

/* ---- shared by the two files that write rows --------------------------------------------------------- */

/* A row being written; ok turns false once memory is short. */
struct synth_row {
    struct table *table;
    struct table_cell *cells;
    enum return_column first;
    bool ok;
};
struct synth_row synth_add_row(struct synth_filing *filing, enum return_table table, struct err *err);
void synth_put(struct synth_row *row, enum return_column column, const char *text, struct err *err);
void synth_put_day(struct synth_row *row, enum return_column column, day date, struct err *err);
void synth_put_number(struct synth_row *row, enum return_column column, int32_t number, struct err *err);
/* CHILD and DOB, which most tables begin with. */
struct synth_row synth_add_child_row(struct synth_filing *filing, enum return_table table,
                                     const struct synth_person *person, struct err *err);
/* True when a spell is open at some time in the year; a spell that ended on 1 April is filed once more. */
bool synth_in_year(const struct synth_filing *filing, const struct synth_spell *spell);
/* Random numbers for what a table says about a child in a year. */
struct stream synth_row_stream(const struct synth_filing *filing, enum return_table table,
                               const struct synth_person *person);

/* The rows of one child in the tables but for header, episodes and uasc (study/synth_extras.c). */
bool synth_file_extras(struct synth_filing *filing, const struct synth_child *child, struct err *err);
/* True when the child is a care leaver whom the return asks about. */
bool synth_is_leaver(const struct synth_filing *filing, const struct synth_child *child);

#endif
