/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/returns.h: the SSDA903 tables as typed rows.
 *
 * Ownership: tables are constants. A struct record borrows its texts from whoever filled it (a parsed line, a
 * database row); record_copy moves them into an arena. */
#ifndef TURNCURVE_DATA_RETURNS_H
#define TURNCURVE_DATA_RETURNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "data/findings.h"

enum return_table {
#define RETURN_TABLE(member, name, aliases, words) TABLE_##member,
#include "data/codes/table.def"
#undef RETURN_TABLE
    TABLE_COUNT
};

enum column_kind { KIND_CHILD, KIND_DATE, KIND_CODE, KIND_NUMBER, KIND_FLAG, KIND_POSTCODE, KIND_TEXT };
enum column_need { NEED_KEY, NEED_WANTED, NEED_EXTRA };

/* Every column of every table, table by table; COLUMN_HEADER_CHILD .. COLUMN_DOLO_END. */
enum return_column {
#define RETURN_COLUMN(table, member, name, kind, need) COLUMN_##member,
#include "data/codes/column.def"
#undef RETURN_COLUMN
    COLUMN_COUNT
};

struct column_spec {
    enum return_table table;
    const char *name; /* "DECOM" */
    enum column_kind kind;
    enum column_need need;
};
struct table_spec {
    const char *name;    /* "episodes" */
    const char *aliases; /* other names, blank-separated, lower case */
    const char *words;
    enum return_column first; /* its columns are first .. first + n_columns - 1, in official order */
    int32_t n_columns;
};
/* The row of column.def, the row of table.def. */
const struct column_spec *column_spec(enum return_column column);
const struct table_spec *table_spec(enum return_table table);
/* What the column holds, for people: column_words.def. */
const char *column_words(enum return_column column);

enum { RECORD_COLUMNS = 16 }; /* the widest table: episodes with the extras of an extract */

enum value_state {
    VALUE_BLANK,
    VALUE_OK,
    VALUE_BAD /* a date or number that could not be read; text holds what was filed */
};
struct value {
    enum value_state state;
    int64_t number;  /* KIND_DATE: day number; KIND_NUMBER, KIND_FLAG: the value; when VALUE_OK */
    struct str text; /* the text kinds, cleaned (trimmed, codes upper case); VALUE_BAD: as filed */
};

/* One row of one table of one return. */
struct record {
    enum return_table table;
    int32_t file; /* key of the stored file */
    int32_t
        return_index; /* which of the authority's returns, 0 = earliest (index into stack_context.years) */
    int32_t line;     /* 1-based line in the file */
    enum outcome outcome;                /* kept, repaired or refused so far; rules only make it worse */
    bool superseded;                     /* a later return's row stands instead */
    bool short_break;                    /* V3 or V4: kept, outside the counts */
    struct value values[RECORD_COLUMNS]; /* by column - table_spec(table)->first */
};

/* The value of a column of this record's table. */
const struct value *record_value(const struct record *record, enum return_column column);
/* Date of a column: DAY_NONE when blank or bad. */
day record_day(const struct record *record, enum return_column column);
/* Text of a column: empty when blank. */
struct str record_text(const struct record *record, enum return_column column);

#endif
