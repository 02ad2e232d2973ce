/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each row draws from a stream of its own, so that another share of dirt changes which rows are hit and
 * nothing else. */
#include "study/synth_dirt.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/stream.h"
#include "study/synth_tables.h"

enum dirt_done { DONE_SET, DONE_BLANK, DONE_LOWER, DONE_ISO, DONE_COPY };
enum dirt_first { FIRST_ANY, FIRST_FILLED, FIRST_OPEN, FIRST_CLOSED };

struct dirt {
    enum return_table table;
    enum rule rule;
    enum return_column column;
    enum dirt_done done;
    const char *text;
    enum dirt_first first;
};

static const struct dirt kinds[] = {
#define DIRT(table, rule, column, done, text, first)                                                         \
    {TABLE_##table, RULE_##rule, COLUMN_##column, DONE_##done, text, FIRST_##first},
#include "study/synth_dirt.def"
#undef DIRT
};
enum { KINDS = sizeof kinds / sizeof kinds[0], DIRT_STREAM = 48, DATE_LENGTH = 10 };

static struct table_cell *cell_of(struct table *table, size_t row, enum return_table kind,
                                  enum return_column column)
{
    return &table->cells[row * table->n_columns + (size_t)(column - synth_first_column(kind))];
}

static bool is_filled(const struct table_cell *cell)
{
    return cell->kind == CELL_TEXT && cell->as.text[0] != '\0';
}

static bool applies(const struct dirt *dirt, struct table *table, size_t row)
{
    switch (dirt->first) {
    case FIRST_ANY:
        return true;
    case FIRST_FILLED:
        return is_filled(cell_of(table, row, dirt->table, dirt->column));
    case FIRST_OPEN:
        return !is_filled(cell_of(table, row, dirt->table, COLUMN_EPISODES_DEC));
    case FIRST_CLOSED:
        break;
    }
    return is_filled(cell_of(table, row, dirt->table, COLUMN_EPISODES_DEC));
}

/* Which fault a row gets; NULL when none applies. */
static const struct dirt *choose(enum return_table kind, struct table *table, size_t row, double u)
{
    const struct dirt *possible[KINDS];
    size_t n = 0;
    for (size_t i = 0; i < KINDS; i++)
        if (kinds[i].table == kind && applies(&kinds[i], table, row))
            possible[n++] = &kinds[i];
    return n == 0 ? NULL : possible[(size_t)(u * (double)n)];
}

static bool lower(struct table *table, struct table_cell *cell, struct err *err)
{
    char text[16];
    if (!str_copy(str_of(cell->as.text), text, sizeof text))
        return true;
    for (char *at = text; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return table_set_text(table, cell, text, err);
}

/* "25/12/2023" to "2023-12-25". */
static bool turn_date(struct table *table, struct table_cell *cell, struct err *err)
{
    char text[DATE_LENGTH + 1];
    const char *date = cell->as.text;
    if (cell->kind != CELL_TEXT || strlen(date) != DATE_LENGTH ||
        snprintf(text, sizeof text, "%.4s-%.2s-%.2s", date + 6, date + 3, date) != DATE_LENGTH)
        return true;
    return table_set_text(table, cell, text, err);
}

static bool copy_row(struct table *table, size_t row, struct err *err)
{
    struct table_cell *copy = table_add_row(table, err);
    if (copy == NULL)
        return false;
    memcpy(copy, &table->cells[row * table->n_columns], table->n_columns * sizeof *copy);
    return true;
}

static bool spoil(const struct dirt *dirt, struct table *table, size_t row, struct err *err)
{
    struct table_cell *cell = cell_of(table, row, dirt->table, dirt->column);
    switch (dirt->done) {
    case DONE_SET:
        return table_set_text(table, cell, dirt->text, err);
    case DONE_BLANK:
        *cell = (struct table_cell){.kind = CELL_EMPTY};
        return true;
    case DONE_LOWER:
        return lower(table, cell, err);
    case DONE_ISO:
        return turn_date(table, cell, err);
    case DONE_COPY:
        break;
    }
    return copy_row(table, row, err);
}

static bool add_fault(struct synth *synth, const struct synth_fault *fault, struct err *err)
{
    if (!vec_reserve((void **)&synth->faults, &synth->faults_capacity, synth->n_faults + 1,
                     sizeof synth->faults[0], err))
        return false;
    synth->faults[synth->n_faults++] = *fault;
    return true;
}

static bool dirty_table(struct synth *synth, struct synth_return *filed, enum return_table kind, bool is_last,
                        struct err *err)
{
    struct table *table = &filed->tables[kind];
    const size_t n_rows = table->n_rows; /* copies come after, and stay as they are */
    for (size_t row = 0; row < n_rows; row++) {
        struct stream stream = stream_make(synth->options.seed, PURPOSE_SYNTH, DIRT_STREAM + (uint32_t)kind,
                                           (uint32_t)row, (uint32_t)filed->year);
        const double happens = stream_uniform(&stream);
        const double which = stream_uniform(&stream);
        if (happens >= synth->options.dirt)
            continue;
        const bool repeated =
            kind == TABLE_EPISODES && !is_last && !is_filled(cell_of(table, row, kind, COLUMN_EPISODES_DEC));
        const struct dirt *dirt = repeated ? NULL : choose(kind, table, row, which);
        if (dirt == NULL)
            continue;
        /* of a child twice in a header the last row counts, so the finding is on the first */
        const bool on_copy = dirt->done == DONE_COPY && dirt->rule != RULE_H_10;
        const size_t line = (on_copy ? table->n_rows : row) + 2;
        const struct synth_fault fault = {
            .year = filed->year,
            .table = kind,
            .line = (int32_t)line,
            .rule = dirt->rule,
            .column = table->columns[dirt->column - synth_first_column(kind)].name,
        };
        if (!spoil(dirt, table, row, err) || !add_fault(synth, &fault, err))
            return false;
    }
    return true;
}

bool synth_dirt_add(struct synth *synth, struct err *err)
{
    if (synth->options.dirt <= 0)
        return true;
    for (size_t i = 0; i < synth->n_returns; i++)
        for (int kind = 0; kind < TABLE_COUNT; kind++)
            if (!dirty_table(synth, &synth->returns[i], (enum return_table)kind, i + 1 == synth->n_returns,
                             err))
                return false;
    return true;
}
