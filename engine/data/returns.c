/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of the return as constants. The columns of a table are neighbours in one enum, so that a
 * column's place in a record is a subtraction. */
#include "data/returns.h"

#include "base/err.h"

static const struct column_spec columns[COLUMN_COUNT] = {
#define RETURN_COLUMN(table, member, name, kind, need) {TABLE_##table, name, KIND_##kind, NEED_##need},
#include "data/codes/column.def"
#undef RETURN_COLUMN
};

/* First and last column of each table in column.def. */
enum {
    FIRST_HEADER = COLUMN_HEADER_CHILD,
    LAST_HEADER = COLUMN_HEADER_MC_DOB,
    FIRST_EPISODES = COLUMN_EPISODES_CHILD,
    LAST_EPISODES = COLUMN_EPISODES_PL_DISTANCE,
    FIRST_UASC = COLUMN_UASC_CHILD,
    LAST_UASC = COLUMN_UASC_DUC,
    FIRST_REVIEWS = COLUMN_REVIEWS_CHILD,
    LAST_REVIEWS = COLUMN_REVIEWS_REVIEW_CODE,
    FIRST_OC2 = COLUMN_OC2_CHILD,
    LAST_OC2 = COLUMN_OC2_INTERVENTION_OFFERED,
    FIRST_OC3 = COLUMN_OC3_CHILD,
    LAST_OC3 = COLUMN_OC3_ACCOM,
    FIRST_AD1 = COLUMN_AD1_CHILD,
    LAST_AD1 = COLUMN_AD1_LS_ADOPTR,
    FIRST_PLACED_ADOPTION = COLUMN_PLACED_CHILD,
    LAST_PLACED_ADOPTION = COLUMN_PLACED_REASON_CEASED,
    FIRST_PREVIOUS_PERMANENCE = COLUMN_PERMANENCE_CHILD,
    LAST_PREVIOUS_PERMANENCE = COLUMN_PERMANENCE_DATE_PERM,
    FIRST_MISSING = COLUMN_MISSING_CHILD,
    LAST_MISSING = COLUMN_MISSING_MIS_END,
    FIRST_SW_EPISODES = COLUMN_SW_CHILD,
    LAST_SW_EPISODES = COLUMN_SW_SW_REASON,
    FIRST_DOLO = COLUMN_DOLO_CHILD,
    LAST_DOLO = COLUMN_DOLO_END
};
_Static_assert(LAST_EPISODES - FIRST_EPISODES + 1 == RECORD_COLUMNS, "episodes is the widest table");

static const struct table_spec tables[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words)                                                           \
    {name, aliases, words, (enum return_column)FIRST_##member, LAST_##member - FIRST_##member + 1},
#include "data/codes/table.def"
#undef RETURN_TABLE
};

const struct column_spec *column_spec(enum return_column column)
{
    bug_if((unsigned)column >= COLUMN_COUNT);
    return &columns[column];
}

const struct table_spec *table_spec(enum return_table table)
{
    bug_if((unsigned)table >= TABLE_COUNT);
    return &tables[table];
}

const struct value *record_value(const struct record *record, enum return_column column)
{
    bug_if(columns[column].table != record->table);
    return &record->values[column - tables[record->table].first];
}

day record_day(const struct record *record, enum return_column column)
{
    const struct value *value = record_value(record, column);
    return value->state == VALUE_OK ? (day)value->number : DAY_NONE;
}

struct str record_text(const struct record *record, enum return_column column)
{
    const struct value *value = record_value(record, column);
    return value->state == VALUE_OK ? value->text : (struct str){NULL, 0};
}

const char *column_words(enum return_column column)
{
    static const char *const words_of[COLUMN_COUNT] = {
#define RETURN_WORDS(member, words) [COLUMN_##member] = (words),
#include "data/codes/column_words.def"
#undef RETURN_WORDS
    };
    return words_of[column];
}
