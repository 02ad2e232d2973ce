/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of one folder as one return. Episodes are read first, because only they say which year it is. */
#include <stdio.h>
#include <string.h>

#include "store/import_parts.h"
#include "store/rows.h"

/* A return on its way in. */
struct incoming {
    const char *name;  /* of the folder, or of the episodes file when years share a folder */
    int32_t name_year; /* that the name speaks of, 0 none */
    int32_t year;      /* 0: not known yet */
    struct return_dates dates;
};

/* The stored file of a table of this return: 0 when there is none. */
static bool find_stored(struct import *import, int32_t year, const char *table, int32_t *key,
                        char sha256[DIGEST_TEXT], struct err *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    if (!db_get(import->store, QUERY_FILE_OF_RETURN, &statement, err))
        return false;
    db_bind_integer(import->store, statement, 1, import->la);
    db_bind_integer(import->store, statement, 2, year);
    db_bind_text(import->store, statement, 3, table);
    if (!db_step(import->store, statement, &row, err))
        return false;
    *key = row ? sqlite3_column_int(statement, 0) : 0;
    str_copy(row ? db_column_str(statement, 1) : (struct str){0}, sha256, DIGEST_TEXT);
    db_reset(statement);
    return true;
}

/* A stored table of the same bytes; *year 0 when there is none. */
static bool find_same(struct import *import, const struct import_file *file, int32_t *key, int32_t *year,
                      struct err *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    if (!db_get(import->store, QUERY_FILE_BY_HASH, &statement, err))
        return false;
    db_bind_integer(import->store, statement, 1, import->la);
    db_bind_text(import->store, statement, 2, table_spec(file->sniffed.table)->name);
    db_bind_text(import->store, statement, 3, file->sha256);
    if (!db_step(import->store, statement, &row, err))
        return false;
    *key = row ? sqlite3_column_int(statement, 0) : 0;
    *year = row ? sqlite3_column_int(statement, 1) : 0;
    db_reset(statement);
    return true;
}

/* The file is stored already: what was noted about reading it is forgotten. */
static bool keep_stored(struct import *import, struct import_reading *reading, int32_t key, struct err *err)
{
    struct import_file *file = reading->file;
    import_abandon(reading);
    if (!import_forget(import, file->key, err))
        return false;
    file->key = key;
    file->status = IMPORT_SAME;
    return true;
}

static bool report(struct import_reading *reading, enum rule rule, enum outcome outcome, const char *message,
                   struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = outcome,
                                    .file = reading->file->key,
                                    .table = table_spec(reading->file->sniffed.table)->name,
                                    .column = "",
                                    .message = message};
    return findings_add(&reading->sink.base, &finding, err);
}

/* Gives a file that was read its place in the return; an earlier file of that place goes. */
static bool place(struct import *import, struct import_reading *reading, int32_t year, struct err *err)
{
    struct import_file *file = reading->file;
    const enum return_table table = file->sniffed.table;
    char sha256[DIGEST_TEXT];
    sqlite3_stmt *statement = NULL;
    int32_t stored = 0;
    if (!find_stored(import, year, table_spec(table)->name, &stored, sha256, err))
        return false;
    if (stored != 0) {
        file->status = IMPORT_REPLACES;
        if (!report(reading, RULE_F_16, OUTCOME_KEPT, NULL, err) ||
            !db_get(import->store, QUERY_ADD_REPLACED, &statement, err))
            return false;
        db_bind_integer(import->store, statement, 1, stored);
        if (!db_run(import->store, statement, err) || !import_drop_rows(import, table, stored, err) ||
            !import_forget(import, stored, err))
            return false;
    }
    if (!import_end(import, reading, err) || !db_get(import->store, QUERY_SET_FILE_YEAR, &statement, err))
        return false;
    db_bind_integer(import->store, statement, 1, year);
    db_bind_integer(import->store, statement, 2, file->key);
    return db_run(import->store, statement, err);
}

/* A file as a whole is refused: its rows go. */
static bool refuse(struct import *import, struct import_reading *reading, struct err *err)
{
    struct import_file *file = reading->file;
    file->status = IMPORT_REFUSED;
    return import_drop_rows(import, file->sniffed.table, file->key, err) && import_end(import, reading, err);
}

static void explain_year(struct import *import, const struct incoming *incoming)
{
    char words[DATE_TEXT];
    date_format_financial_year(incoming->year, words);
    const char *name = incoming->name[0] == '\0' ? "." : incoming->name;
    if (incoming->name_year != 0 && incoming->name_year == incoming->year - 1)
        log_info(
            import->log,
            "%s: the return for %s, the year ending 31 March %d, by the dates of its episodes; its name is "
            "the year in which it starts",
            name, words, incoming->year);
    else
        log_info(import->log, "%s: the return for %s, the year ending 31 March %d", name, words,
                 incoming->year);
}

/* From the dates, else --year, else the name. True with year 0 when --year is contradicted. */
static bool decide_year(struct import *import, struct incoming *incoming, struct err *err)
{
    const int32_t given = import->options->year;
    const int32_t by_dates = incoming->year != 0 ? incoming->year : return_dates_year(&incoming->dates);
    if (by_dates != 0 && given != 0 && by_dates != given) {
        incoming->year = 0;
        return true;
    }
    incoming->year = by_dates != 0 ? by_dates : given;
    if (by_dates != 0 && incoming->name_year != 0) {
        import->folder_offset = by_dates - incoming->name_year;
        import->offset_known = true;
    }
    if (incoming->year == 0 && incoming->name_year != 0) {
        incoming->year = incoming->name_year;
        /* folders beside it told whether names are the start or the end of the year */
        if (import->offset_known && import->folder_offset == 1)
            incoming->year++;
    }
    if (incoming->year == 0)
        return err_set_at(err, ERR_USAGE, incoming->name[0] == '\0' ? "." : incoming->name, 0, 0,
                          "there are no episodes with dates, and the folder's name is no year; give the year "
                          "in which the return ends with --year");
    explain_year(import, incoming);
    return true;
}

static bool contradicted(struct import *import, struct import_reading *reading,
                         const struct incoming *incoming, struct err *err)
{
    char message[160];
    const int32_t by_dates = return_dates_year(&incoming->dates);
    if (snprintf(message, sizeof message, "The episodes end in the year to 31 March %d, not %d", by_dates,
                 import->options->year) < 0)
        return err_set(err, ERR_INTERNAL, "cannot write a message");
    return report(reading, RULE_F_14, OUTCOME_REFUSED, message, err) && refuse(import, reading, err);
}

/* Episodes: the year is known only after they were read, unless the same bytes are stored. */
static bool import_episodes(struct import *import, struct import_file *file, struct incoming *incoming,
                            struct err *err)
{
    struct import_reading reading;
    int32_t stored = 0;
    if (!import_begin(import, file, &reading, err))
        return false;
    if (!find_same(import, file, &stored, &incoming->year, err))
        goto failed;
    if (stored != 0 && (import->options->year == 0 || import->options->year == incoming->year)) {
        if (!keep_stored(import, &reading, stored, err))
            goto failed;
        return decide_year(import, incoming, err);
    }
    incoming->year = 0;
    if (!import_table_rows(import, &reading, &incoming->dates, err))
        goto failed;
    if (file->status == IMPORT_REFUSED)
        return refuse(import, &reading, err);
    if (!decide_year(import, incoming, err))
        goto failed;
    if (incoming->year == 0)
        return contradicted(import, &reading, incoming, err);
    if (place(import, &reading, incoming->year, err))
        return true;
failed:
    import_abandon(&reading);
    return false;
}

static bool import_other(struct import *import, struct import_file *file, const struct incoming *incoming,
                         struct err *err)
{
    struct import_reading reading;
    struct return_dates no_dates = {0};
    char sha256[DIGEST_TEXT];
    int32_t stored = 0;
    if (!import_begin(import, file, &reading, err))
        return false;
    if (!find_stored(import, incoming->year, table_spec(file->sniffed.table)->name, &stored, sha256, err))
        goto failed;
    if (stored != 0 && strcmp(sha256, file->sha256) == 0)
        return keep_stored(import, &reading, stored, err);
    if (!import_table_rows(import, &reading, &no_dates, err))
        goto failed;
    if (file->status == IMPORT_REFUSED)
        return refuse(import, &reading, err);
    if (place(import, &reading, incoming->year, err))
        return true;
failed:
    import_abandon(&reading);
    return false;
}

/* The rest of a return whose episodes were refused is refused with it. */
static bool refuse_other(struct import *import, struct import_file *file, struct err *err)
{
    struct import_reading reading;
    if (!import_begin(import, file, &reading, err))
        return false;
    if (report(&reading, RULE_F_14, OUTCOME_REFUSED, "The episodes beside this table were refused", err) &&
        refuse(import, &reading, err))
        return true;
    import_abandon(&reading);
    return false;
}

bool import_return(struct import *import, struct import_file *const files[], size_t n, const char *name,
                   struct err *err)
{
    struct incoming incoming = {.name = name, .name_year = return_year_of_name(name)};
    struct import_file *episodes = NULL;
    for (size_t i = 0; i < n; i++)
        if (files[i]->sniffed.table == TABLE_EPISODES)
            episodes = files[i];
    if (episodes != NULL ? !import_episodes(import, episodes, &incoming, err)
                         : !decide_year(import, &incoming, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (files[i] == episodes)
            continue;
        if (incoming.year != 0 ? !import_other(import, files[i], &incoming, err)
                               : !refuse_other(import, files[i], err))
            return false;
    }
    return true;
}
