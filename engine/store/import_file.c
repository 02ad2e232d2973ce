/* SPDX-License-Identifier: GPL-3.0-or-later
 * The life of one file: hashed, opened, recognised, read, counted. */
#include <stdio.h>
#include <string.h>

#include "store/import_parts.h"

enum { ROWS_BETWEEN_LOOKS = 512 };

bool import_stopped(const struct import *import, const struct import_file *file, struct err *err)
{
    if (file->n_read % ROWS_BETWEEN_LOOKS != 0)
        return false;
    log_progress(import->log, file->path, file->n_read, 0);
    if (!log_is_stopped(import->log))
        return false;
    err_set(err, ERR_INTERRUPTED, "stopped; the database is as it was");
    return true;
}

static bool add_file(struct import *import, struct import_file *file, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(import->store, QUERY_ADD_FILE, &statement, err))
        return false;
    db_bind_text(import->store, statement, 1, file->path);
    db_bind_text(import->store, statement, 2, file->sha256);
    if (!db_run(import->store, statement, err))
        return false;
    file->key = (int32_t)db_last_key(import->store);
    return true;
}

static const char *kind_name(const struct import_file *file)
{
    switch (file_kind_family(file->sniffed.kind)) {
    case FAMILY_RETURN:
        return table_spec(file->sniffed.table)->name;
    case FAMILY_REFUSED:
        return "";
    case FAMILY_PUBLISHED:
    case FAMILY_POPULATION:
    case FAMILY_INPUT:
    case FAMILY_PLAN:
    case FAMILY_COUNCIL:
        break;
    }
    return file_kind_name(file->sniffed.kind);
}

static bool set_kind(struct import *import, const struct import_file *file, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(import->store, QUERY_SET_FILE_KIND, &statement, err))
        return false;
    db_bind_text(import->store, statement, 1, kind_name(file));
    if (file->sniffed.kind == FILE_RETURN)
        db_bind_integer(import->store, statement, 2, import->la);
    else if (file->la != 0)
        db_bind_integer(import->store, statement, 2, file->la);
    db_bind_integer(import->store, statement, 3, file->key);
    return db_run(import->store, statement, err);
}

bool import_begin(struct import *import, struct import_file *file, struct import_reading *reading,
                  struct err *err)
{
    *reading = (struct import_reading){.file = file};
    findings_sink_init(&reading->sink, import->store, 0, STAGE_READING);
    if (!digest_file(file->path, file->sha256, err) || !add_file(import, file, err))
        goto failed;
    reading->csv = csvfile_open(file->path, &reading->sink.base, file->key, err);
    if (reading->csv == NULL || !sniff_file(reading->csv, file->path, import->options->as, &file->sniffed,
                                            &reading->sink.base, file->key, err))
        goto failed;
    if (import->has_pseudonyms)
        reading->sink.pseudonyms = &import->pseudonyms;
    if (file->sniffed.kind == FILE_RETURN)
        reading->sink.la = import->la;
    switch (file_kind_family(file->sniffed.kind)) {
    case FAMILY_REFUSED:
        file->status = IMPORT_REFUSED;
        break;
    case FAMILY_RETURN:
    case FAMILY_PUBLISHED:
    case FAMILY_POPULATION:
    case FAMILY_INPUT:
    case FAMILY_PLAN:
    case FAMILY_COUNCIL:
        break;
    }
    return true;
failed:
    import_abandon(reading);
    return false;
}

void import_abandon(struct import_reading *reading)
{
    csvfile_close(reading->csv);
    findings_sink_discard(&reading->sink);
    *reading = (struct import_reading){0};
}

bool import_forget(struct import *import, int32_t key, struct err *err)
{
    static const enum query steps[] = {QUERY_REMOVE_FILE_FINDINGS, QUERY_REMOVE_FILE};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        sqlite3_stmt *statement = NULL;
        if (!db_get(import->store, steps[i], &statement, err))
            return false;
        db_bind_integer(import->store, statement, 1, key);
        if (!db_run(import->store, statement, err))
            return false;
    }
    return true;
}

static bool write_counts(struct import *import, const struct import_file *file, struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (file->status == IMPORT_REFUSED) {
        if (!db_get(import->store, QUERY_SET_FILE_REFUSED, &s, err))
            return false;
        db_bind_integer(import->store, s, 1, file->n_read);
        db_bind_integer(import->store, s, 2, file->key);
        return db_run(import->store, s, err);
    }
    if (!db_get(import->store, QUERY_SET_FILE_READ, &s, err))
        return false;
    db_bind_integer(import->store, s, 1, file->n_read);
    db_bind_integer(import->store, s, 2, file->n_refused);
    db_bind_integer(import->store, s, 3, file->n_repaired);
    db_bind_integer(import->store, s, 4, file->key);
    return db_run(import->store, s, err);
}

/* Files of the same name that were refused or overtaken give way. */
static bool forget_earlier(struct import *import, const struct import_file *file, struct err *err)
{
    for (;;) {
        sqlite3_stmt *statement = NULL;
        bool row = false;
        if (!db_get(import->store, QUERY_FILE_BY_NAME, &statement, err))
            return false;
        db_bind_integer(import->store, statement, 1, file->key);
        if (!db_step(import->store, statement, &row, err))
            return false;
        const int32_t earlier = row ? sqlite3_column_int(statement, 0) : 0;
        db_reset(statement);
        if (!row)
            return true;
        if (!import_forget(import, earlier, err))
            return false;
    }
}

bool import_end(struct import *import, struct import_reading *reading, struct err *err)
{
    struct import_file *file = reading->file;
    if (file->status == IMPORT_REFUSED && file->reason[0] == '\0')
        snprintf(file->reason, sizeof file->reason, "%s", reading->sink.refusal);
    const bool ok = set_kind(import, file, err) && write_counts(import, file, err) &&
                    findings_sink_finish(&reading->sink, err) && forget_earlier(import, file, err);
    import_abandon(reading);
    return ok;
}

bool import_find_same(struct import *import, struct import_reading *reading, bool *same, struct err *err)
{
    struct import_file *file = reading->file;
    sqlite3_stmt *statement = NULL;
    bool row = false;
    *same = false;
    if (!db_get(import->store, QUERY_FILE_BY_HASH, &statement, err))
        return false;
    db_bind_null(import->store, statement, 1);
    db_bind_text(import->store, statement, 2, file_kind_name(file->sniffed.kind));
    db_bind_text(import->store, statement, 3, file->sha256);
    if (!db_step(import->store, statement, &row, err))
        return false;
    const int32_t stored = row ? sqlite3_column_int(statement, 0) : 0;
    db_reset(statement);
    *same = row;
    return !row || import_was_stored(import, reading, stored, err);
}

bool import_was_stored(struct import *import, struct import_reading *reading, int32_t stored, struct err *err)
{
    struct import_file *file = reading->file;
    const int32_t key = file->key;
    import_abandon(reading);
    file->key = stored;
    file->status = IMPORT_SAME;
    return import_forget(import, key, err);
}

bool import_open_again(struct import_reading *reading, struct err *err)
{
    csvfile_close(reading->csv);
    reading->csv = csvfile_open(reading->file->path, NULL, 0, err);
    if (reading->csv == NULL)
        return false;
    csvfile_set_findings(reading->csv, &reading->sink.base, reading->file->key,
                         file_kind_name(reading->file->sniffed.kind));
    return true;
}

bool import_rows(struct import *import, struct import_reading *reading, import_take *take, void *context,
                 struct err *err)
{
    struct import_file *file = reading->file;
    for (;;) {
        struct csv_record row;
        const enum csv_next next = csvfile_next(reading->csv, &row, err);
        if (next == CSVFILE_END)
            return true;
        if (next == CSVFILE_FAILED)
            return false;
        if (next == CSVFILE_REFUSED_FILE)
            return err_set_at(err, ERR_DATA, file->path, 0, 0, "%s", reading->sink.refusal);
        enum outcome outcome = next == CSVFILE_ROW ? row.outcome : OUTCOME_REFUSED;
        if (next == CSVFILE_ROW && !take(import, reading, &row, context, &outcome, err))
            return false;
        const int64_t rows = next == CSVFILE_ROW ? 1 : row.n_lines;
        file->n_read += rows;
        file->n_refused += outcome == OUTCOME_REFUSED ? rows : 0;
        file->n_repaired += outcome == OUTCOME_REPAIRED ? rows : 0;
        if (import_stopped(import, file, err))
            return false;
    }
}
