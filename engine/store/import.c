/* SPDX-License-Identifier: GPL-3.0-or-later
 * The transaction: list, recognise, read folder by folder, settle, count. */
#include "store/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/authority.h"
#include "store/import_parts.h"
#include "store/settle.h"
#include "store/settle_plans.h"

/* Columns of imported.files. */
static const struct table_column columns[] = {
    {"file", 0},     {"table", 0},   {"year", 0},       {"rows", 0},        {"kept", 0},
    {"repaired", 0}, {"refused", 0}, {"superseded", 0}, {"short_break", 0}, {"note", 0}};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], FIRST_COUNT = 3, LAST_COUNT = 8 };

/* Which table each file is, before anything is stored: the folder's return is read in the right order. */
static bool recognise(struct import *import, struct err *err)
{
    for (size_t i = 0; i < import->n_files; i++) {
        struct import_file *file = &import->files[i];
        struct csvfile *csv = csvfile_open(file->path, NULL, 0, err);
        const bool ok =
            csv != NULL && sniff_file(csv, file->path, import->options->as, &file->sniffed, NULL, 0, err);
        csvfile_close(csv);
        if (!ok)
            return false;
    }
    return true;
}

/* Whose returns these are, once a return is met; pseudonyms and identifiers do not mix. */
static bool know_authority(struct import *import, struct err *err)
{
    struct authority *all = NULL;
    size_t n = 0;
    bool ok = true;
    if (import->la != 0)
        return true;
    if (!authority_for_returns(import->store, import->options->la, &import->la, err) ||
        !store_authorities(import->store, &all, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (all[i].la == import->la && all[i].has_returns &&
            all[i].pseudonymised != import->options->pseudonymise)
            ok = err_set(err, ERR_USAGE,
                         all[i].pseudonymised
                             ? "the returns of %s are stored under pseudonyms; add --pseudonymise"
                             : "the returns of %s are stored with identifiers; import all of them again into "
                               "another database with --pseudonymise",
                         all[i].name);
    free(all);
    sqlite3_stmt *statement = NULL;
    if (!ok || !db_get(import->store, QUERY_SET_PSEUDONYMISED, &statement, err))
        return false;
    db_bind_integer(import->store, statement, 1, import->options->pseudonymise);
    db_bind_integer(import->store, statement, 2, import->la);
    return db_run(import->store, statement, err);
}

/* The last part of a path. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool has_twin(struct import_file *const files[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (files[i]->sniffed.table == files[k]->sniffed.table)
                return true;
    return false;
}

/* Several years in one folder are told apart by the years in the names of their files. */
static bool import_by_names(struct import *import, struct import_file *files[], size_t n, struct err *err)
{
    struct import_file **part = vec_new(n, sizeof *part, err);
    bool ok = part != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        if (files[i] == NULL)
            continue;
        const char *name = base_name(files[i]->path);
        const int32_t year = return_year_of_name(name);
        size_t n_part = 0;
        for (size_t k = i; k < n; k++)
            if (files[k] != NULL && return_year_of_name(base_name(files[k]->path)) == year) {
                part[n_part++] = files[k];
                if (k > i)
                    files[k] = NULL;
            }
        if (has_twin(part, n_part))
            ok = err_set_at(
                err, ERR_DATA, files[i]->folder, 0, 0,
                "the folder holds one table of the return twice; put each return in a folder of its "
                "own, or the year in the names of its files");
        else
            ok = import_return(import, part, n_part, name, err);
    }
    free(part);
    return ok;
}

static bool import_folder(struct import *import, struct import_file *first, size_t n, struct err *err)
{
    size_t n_tables = 0;
    struct import_file **tables = vec_new(n, sizeof *tables, err);
    if (tables == NULL)
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        if (first[i].sniffed.kind == FILE_RETURN)
            tables[n_tables++] = &first[i];
        else if (file_kind_family(first[i].sniffed.kind) == FAMILY_PLAN)
            ok = import_plan(import, &first[i], err);
        else if (file_kind_family(first[i].sniffed.kind) != FAMILY_COUNCIL)
            ok = import_input(import, &first[i], err);
    }
    if (ok && n_tables > 0 && know_authority(import, err))
        ok = has_twin(tables, n_tables)
                 ? import_by_names(import, tables, n_tables, err)
                 : import_return(import, tables, n_tables, base_name(first->folder), err);
    else
        ok = ok && n_tables == 0;
    free(tables);
    return ok;
}

/* Files given one by one from one folder belong together too. */
static int by_folder(const void *a, const void *b)
{
    const struct import_file *x = a, *y = b;
    const int order = strcmp(x->folder, y->folder);
    return order != 0 ? order : strcmp(x->path, y->path);
}

/* The same file named twice counts once. */
static void drop_repeats(struct import *import)
{
    size_t n = 0;
    for (size_t i = 0; i < import->n_files; i++) {
        if (n > 0 && strcmp(import->files[n - 1].path, import->files[i].path) == 0)
            import->files[n - 1].named |= import->files[i].named;
        else
            import->files[n++] = import->files[i];
    }
    import->n_files = n;
}

/* Budgets, ledgers and measures come last: returns say whose they are. */
static bool import_councils(struct import *import, struct err *err)
{
    for (size_t i = 0; i < import->n_files; i++)
        if (file_kind_family(import->files[i].sniffed.kind) == FAMILY_COUNCIL &&
            !import_council(import, &import->files[i], err))
            return false;
    return true;
}

static bool read_all(struct import *import, const char *const paths[], size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!import_walk(import, paths[i], err))
            return false;
    if (import->n_files > 0)
        qsort(import->files, import->n_files, sizeof *import->files, by_folder);
    drop_repeats(import);
    if (!recognise(import, err))
        return false;
    for (size_t i = 0; i < import->n_files;) {
        size_t k = i + 1;
        while (k < import->n_files && strcmp(import->files[k].folder, import->files[i].folder) == 0)
            k++;
        if (!import_folder(import, &import->files[i], k - i, err))
            return false;
        i = k;
    }
    return import_councils(import, err);
}

/* A file that the user named must be usable; of those found in folders, one at least. */
static bool check_refused(const struct import *import, struct err *err)
{
    const struct import_file *worst = NULL;
    size_t used = 0;
    for (size_t i = 0; i < import->n_files; i++) {
        const struct import_file *file = &import->files[i];
        const bool refused = file->status == IMPORT_REFUSED;
        used += !refused;
        if (refused && (worst == NULL || (file->named && !worst->named)))
            worst = file;
    }
    if (worst == NULL || (used > 0 && !worst->named))
        return true;
    return err_set_at(err, ERR_DATA, worst->path, 0, 0, "%s", worst->reason);
}

/* What is new: returns, plans, or anything else that returns are compared with. */
static bool any_new(const struct import *import, bool returns, bool plans)
{
    for (size_t i = 0; i < import->n_files; i++) {
        const struct import_file *file = &import->files[i];
        const enum file_family family = file_kind_family(file->sniffed.kind);
        const bool changes =
            file->status == IMPORT_NEW || file->status == IMPORT_REPLACES || file->status == IMPORT_REDATED;
        if (changes && family != FAMILY_COUNCIL && (family == FAMILY_RETURN) == returns &&
            (family == FAMILY_PLAN) == plans)
            return true;
    }
    return false;
}

/* Every file was stored before: even the database's own counters stay as they were. */
static bool nothing_new(const struct import *import)
{
    for (size_t i = 0; i < import->n_files; i++)
        if (import->files[i].status != IMPORT_SAME)
            return false;
    return !import->options->link_ids;
}

/* Plans that were imported under --la belong to that authority. */
static bool link_plans(struct import *import, struct err *err)
{
    struct authority authority = {.la = import->la};
    if (import->options->la == NULL || import->n_plans == 0)
        return true;
    if (import->la == 0 && !store_find_authority(import->store, import->options->la, &authority, err))
        return false;
    for (size_t i = 0; i < import->n_plans; i++) {
        sqlite3_stmt *s = NULL;
        if (!db_get(import->store, QUERY_SET_PLAN_AUTHORITY, &s, err))
            return false;
        db_bind_integer(import->store, s, 1, authority.la);
        db_bind_integer(import->store, s, 2, import->plans[i]);
        if (!db_run(import->store, s, err))
            return false;
    }
    return true;
}

static bool settle(struct import *import, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int32_t las[512]; /* more than the authorities of England */
    size_t n = 0;
    const bool returns = any_new(import, true, false), inputs = any_new(import, false, false);
    if (any_new(import, false, true) && !(link_plans(import, err) && settle_plans(import->store, err)))
        return false;
    if (!returns && !inputs && !import->options->link_ids)
        return true;
    if (!db_get(import->store, QUERY_AUTHORITIES_WITH_RETURNS, &statement, err))
        return false;
    while (n < sizeof las / sizeof las[0]) {
        bool row = false;
        if (!db_step(import->store, statement, &row, err))
            return false;
        if (!row)
            break;
        const int32_t la = sqlite3_column_int(statement, 0);
        if (inputs || la == import->la) /* published totals and prices are compared with every return */
            las[n++] = la;
    }
    db_reset(statement);
    for (size_t i = 0; i < n; i++)
        if (!settle_authority(import->store, las[i], import->options->link_ids, import->log, err))
            return false;
    return settle_compare(import->store, import->log, err);
}

static const char *note(const struct import_file *file)
{
    switch (file->status) {
    case IMPORT_NEW:
        return "";
    case IMPORT_REPLACES:
        return "replaces an earlier file";
    case IMPORT_SAME:
        return "imported before";
    case IMPORT_REDATED:
        return "imported before; its date was changed";
    case IMPORT_REFUSED:
        return file->reason;
    }
    return "";
}

static bool report_file(struct import *import, const struct import_file *file, struct table *table,
                        struct err *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    struct table_cell *cells = table_add_row(table, err);
    if (cells == NULL || !table_set_text(table, &cells[0], file->path, err) ||
        !table_set_text(table, &cells[N_COLUMNS - 1], note(file), err) ||
        !db_get(import->store, QUERY_FILE_COUNTS, &statement, err))
        return false;
    db_bind_integer(import->store, statement, 1, file->key);
    if (!db_step(import->store, statement, &row, err))
        return false;
    bool ok = true;
    if (row) {
        ok = table_set_str(table, &cells[1], db_column_str(statement, 0), err);
        if (sqlite3_column_type(statement, 1) != SQLITE_NULL)
            table_set_integer(&cells[2], sqlite3_column_int64(statement, 1));
        for (int i = FIRST_COUNT; i <= LAST_COUNT; i++)
            table_set_integer(&cells[i], sqlite3_column_int64(statement, i - 1));
    }
    db_reset(statement);
    return ok;
}

static bool report(struct import *import, struct imported *out, struct err *err)
{
    for (size_t i = 0; i < import->n_files; i++) {
        const struct import_file *file = &import->files[i];
        if (file->status == IMPORT_REFUSED)
            log_warning(import->log, "%s: not imported: %s", file->path, file->reason);
        if (!report_file(import, file, &out->files, err))
            return false;
    }
    return store_count_findings(import->store, out->findings, err);
}

/* Everything between begin and commit. */
static bool run(struct import *import, const char *const paths[], size_t n, struct imported *out,
                struct err *err)
{
    if (import->options->pseudonymise) {
        if (!pseudonyms_open(&import->pseudonyms, import->store->path, err))
            return false;
        import->has_pseudonyms = true;
    }
    if (!read_all(import, paths, n, err) || !check_refused(import, err) || !settle(import, err) ||
        !report(import, out, err))
        return false;
    if (log_is_stopped(import->log))
        return err_set(err, ERR_INTERRUPTED, "stopped; the database is as it was");
    if (nothing_new(import)) {
        db_rollback(import->store);
        return true;
    }
    return db_commit(import->store, err);
}

bool store_import(struct store *store, const char *const paths[], size_t n,
                  const struct import_options *options, struct log *log, struct imported *out,
                  struct err *err)
{
    struct import import = {.store = store, .options = options, .log = log};
    *out = (struct imported){0};
    table_init(&out->files, "import", columns, N_COLUMNS);
    log_progress_start(log);
    const bool ok = db_begin(store, err) && run(&import, paths, n, out, err);
    log_progress_end(log);
    if (!ok) {
        db_rollback(store);
        imported_free(out);
    }
    if (import.has_pseudonyms)
        pseudonyms_close(&import.pseudonyms, ok);
    free(import.files);
    free(import.plans);
    arena_free(&import.texts);
    return ok;
}

void imported_free(struct imported *imported)
{
    table_free(&imported->files);
    *imported = (struct imported){0};
}
