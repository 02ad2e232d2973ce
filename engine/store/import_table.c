/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of one table of a return, parsed and stored one by one. */
#include "data/returns_parse.h"
#include "store/import_parts.h"
#include "store/rows.h"

bool import_drop_rows(struct import *import, enum return_table table, int32_t key, struct err *err)
{
    return rows_remove(import->store, import->la, table, key, err);
}

static bool store_record(struct import *import, struct record *record, struct err *err)
{
    struct pseudonym_texts texts;
    if (import->has_pseudonyms)
        pseudonyms_apply(&import->pseudonyms, record, &texts);
    return rows_insert(import->store, import->la, record->values[0].text, record, err);
}

static bool take_row(struct import *import, struct import_reading *reading, struct returns_parser *parser,
                     const struct csv_record *row, struct return_dates *dates, struct err *err)
{
    struct import_file *file = reading->file;
    struct record record;
    if (!returns_parse_row(parser, row, &record, err))
        return false;
    file->n_read++;
    if (record.outcome == OUTCOME_REFUSED) {
        file->n_refused++;
        return true;
    }
    file->n_repaired += record.outcome == OUTCOME_REPAIRED;
    if (record.table == TABLE_EPISODES) {
        return_dates_add_start(dates, record_day(&record, COLUMN_EPISODES_DECOM));
        return_dates_add_end(dates, record_day(&record, COLUMN_EPISODES_DEC));
    }
    return store_record(import, &record, err);
}

bool import_table_rows(struct import *import, struct import_reading *reading, struct return_dates *dates,
                       struct err *err)
{
    struct import_file *file = reading->file;
    struct returns_parser parser;
    struct csv_record row;
    returns_parser_init(&parser, &file->sniffed, &reading->sink.base, file->key);
    for (;;) {
        const enum csv_next next = csvfile_next(reading->csv, &row, err);
        if (next == CSVFILE_END)
            break;
        switch (next) {
        case CSVFILE_ROW:
            if (!take_row(import, reading, &parser, &row, dates, err))
                return false;
            break;
        case CSVFILE_REFUSED_ROW:
            file->n_read += row.n_lines;
            file->n_refused += row.n_lines;
            break;
        case CSVFILE_REFUSED_FILE:
            file->status = IMPORT_REFUSED;
            return true;
        case CSVFILE_FAILED:
            return false;
        case CSVFILE_END:
            break;
        }
        if (import_stopped(import, file, err))
            return false;
    }
    bool refused = false;
    if (!returns_parser_finish(&parser, &refused, err))
        return false;
    if (refused)
        file->status = IMPORT_REFUSED;
    return true;
}
