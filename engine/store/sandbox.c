/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database in memory and an authoriser. The authoriser is the second wall: were it to let something
 * through, there would still be nothing behind it. Names of tables in messages of SQLite are compared with
 * ours, so that a mistyped one gets its neighbour. */
#include "store/sandbox.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/parse.h"
#include "base/vec.h"

enum {
    TABLES_MOST = 256,
    STEPS_BETWEEN_LOOKS = 20000, /* of SQLite's machine, some tenths of a millisecond */
    LONGEST_TEXT = 4 * 1024 * 1024,
    LONGEST_SQL = 64 * 1024,
    LONGEST_ANSWER = 512 * 1024 * 1024, /* bytes of its texts and cells */
    MOST_DECIMALS = 6
};
/* What SQLite may take for sorting and for the copies: a statement of one line can ask for all there is. */
static const sqlite3_int64 most_heap = (sqlite3_int64)2 * 1024 * 1024 * 1024;
static const double as_stored = 1e-12; /* of a number: closer is the same but for binary fractions */

struct sandbox_table {
    const char *name;
    const char *const *columns;
    size_t n_columns;
    bool is_read;
};

struct sandbox {
    sqlite3 *db;
    sqlite3_stmt *statement;
    struct arena texts;
    struct sandbox_table tables[TABLES_MOST];
    size_t n_tables;
    const struct log *log;     /* while running */
    sqlite3_int64 heap_before; /* limit of the process, to be put back */
    int64_t deadline_ms;
    bool too_long;
};

static int64_t now_ms(void)
{
    struct timespec t = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What SQLite says of a person's statement is the person's to repair. */
static bool fail(struct sandbox *sandbox, struct err *err)
{
    if (sqlite3_errcode(sandbox->db) == SQLITE_NOMEM)
        return err_no_memory(err);
    if (strcmp(sqlite3_errmsg(sandbox->db), "not authorized") == 0)
        return err_set(err, ERR_USAGE,
                       "only a SELECT over the tables of \"turncurve query --list\" is answered");
    return err_set(err, ERR_USAGE, "SQL: %.400s", sqlite3_errmsg(sandbox->db));
}

static bool is_allowed_function(const char *name)
{
    static const char *const groups[] = {
#define GROUP_OF(words, names) (names),
#include "store/sandbox_function.def"
#undef GROUP_OF
    };
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        for (const char *at = groups[i]; *at != '\0';) {
            const size_t word = strcspn(at, " ");
            if (str_equal_ignore_case((struct str){at, word}, (struct str){name, length}))
                return true;
            at += word + (at[word] == ' ');
        }
    return false;
}

static bool note_read(struct sandbox *sandbox, const char *name)
{
    for (size_t i = 0; i < sandbox->n_tables; i++)
        if (str_equal_ignore_case(str_of(sandbox->tables[i].name), str_of(name))) {
            sandbox->tables[i].is_read = true;
            return true;
        }
    return false;
}

/* Called by SQLite for everything that a statement would do. A read without a column is that of a name in
 * FROM, which may be the statement's own (WITH). */
static int authorise(void *context, int action, const char *first, const char *second, const char *schema,
                     const char *within)
{
    (void)schema, (void)within;
    struct sandbox *sandbox = context;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return note_read(sandbox, first == NULL ? "" : first) || second == NULL || second[0] == '\0'
                   ? SQLITE_OK
                   : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return second != NULL && is_allowed_function(second) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int look(void *context)
{
    struct sandbox *sandbox = context;
    sandbox->too_long = now_ms() > sandbox->deadline_ms;
    return sandbox->too_long || log_is_stopped(sandbox->log);
}

struct sandbox *sandbox_open(struct err *err)
{
    static const struct {
        int what, most;
    } limits[] = {
        {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LENGTH, LONGEST_TEXT},
        {SQLITE_LIMIT_EXPR_DEPTH, 200},     {SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL},
        {SQLITE_LIMIT_COMPOUND_SELECT, 50}, {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
    };
    struct sandbox *sandbox = vec_new(1, sizeof *sandbox, err);
    if (sandbox == NULL)
        return NULL;
    sandbox->heap_before = sqlite3_hard_heap_limit64(most_heap);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(":memory:", &sandbox->db, flags, NULL) != SQLITE_OK ||
        sqlite3_db_config(sandbox->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(sandbox->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(sandbox->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK ||
        sqlite3_exec(sandbox->db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL) != SQLITE_OK) {
        err_set(err, ERR_INTERNAL, "cannot open a database in memory: %s", sqlite3_errmsg(sandbox->db));
        sandbox_close(sandbox);
        return NULL;
    }
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        (void)sqlite3_limit(sandbox->db, limits[i].what, limits[i].most);
    return sandbox;
}

void sandbox_close(struct sandbox *sandbox)
{
    if (sandbox == NULL)
        return;
    sqlite3_finalize(sandbox->statement);
    bug_if(sqlite3_close(sandbox->db) != SQLITE_OK);
    (void)sqlite3_hard_heap_limit64(sandbox->heap_before);
    arena_free(&sandbox->texts);
    free(sandbox);
}

/* A name of ours holds letters, digits and "_": nothing to escape, but words of SQL such as "group". */
static bool put_name(struct text *sql, const char *name, struct err *err)
{
    bug_if(strchr(name, '"') != NULL);
    return text_format(sql, err, "\"%s\"", name);
}

bool sandbox_declare(struct sandbox *sandbox, const char *name, const char *const given[], size_t n_columns,
                     struct err *err)
{
    struct text sql = {0};
    const char **columns = arena_take(&sandbox->texts, n_columns * sizeof *columns, err);
    bug_if(sandbox->n_tables == TABLES_MOST);
    bool ok = columns != NULL && text_append_c(&sql, "CREATE TABLE ", err) && put_name(&sql, name, err);
    for (size_t j = 0; ok && j < n_columns; j++) {
        columns[j] = arena_copy(&sandbox->texts, str_of(given[j]), err);
        ok = columns[j] != NULL && text_append_c(&sql, j == 0 ? "(" : ",", err) &&
             put_name(&sql, columns[j], err);
    }
    const char *copy = ok ? arena_copy(&sandbox->texts, str_of(name), err) : NULL;
    ok = copy != NULL && text_append_c(&sql, ")", err) &&
         (sqlite3_exec(sandbox->db, text_c(&sql), NULL, NULL, NULL) == SQLITE_OK ||
          err_set(err, ERR_INTERNAL, "cannot declare the table %s: %s", name, sqlite3_errmsg(sandbox->db)));
    if (ok)
        sandbox->tables[sandbox->n_tables++] =
            (struct sandbox_table){.name = copy, .columns = columns, .n_columns = n_columns};
    text_free(&sql);
    return ok;
}

/* "no such table: placments" gets the nearest name. */
static bool fail_naming(struct sandbox *sandbox, struct err *err)
{
    static const char missing[] = "no such table: ";
    const char *message = sqlite3_errmsg(sandbox->db);
    if (strncmp(message, missing, sizeof missing - 1) != 0)
        return fail(sandbox, err);
    const char *name = message + sizeof missing - 1;
    const char *nearest = NULL;
    int fewest = 4;
    for (size_t i = 0; i < sandbox->n_tables; i++) {
        const int edits = str_edit_distance(str_of(name), str_of(sandbox->tables[i].name));
        if (edits < fewest) {
            fewest = edits;
            nearest = sandbox->tables[i].name;
        }
    }
    return err_set(err, ERR_USAGE,
                   "SQL: there is no table %.60s%s%s%s; \"turncurve query --list\" names them", name,
                   nearest == NULL ? "" : " (did you mean ", nearest == NULL ? "" : nearest,
                   nearest == NULL ? "" : "?)");
}

bool sandbox_prepare(struct sandbox *sandbox, const char *sql, struct err *err)
{
    const char *rest = sql;
    sqlite3_stmt *second = NULL;
    if (!str_is_clean_utf8(str_of(sql)))
        return err_set(err, ERR_USAGE, "the statement is not UTF-8 text");
    (void)sqlite3_set_authorizer(sandbox->db, authorise, sandbox);
    bool ok = sqlite3_prepare_v2(sandbox->db, sql, -1, &sandbox->statement, &rest) == SQLITE_OK ||
              fail_naming(sandbox, err);
    if (ok && sandbox->statement == NULL)
        ok = err_set(err, ERR_USAGE,
                     "there is no statement; give one, as \"SELECT count(*) FROM placements\"");
    if (ok && (sqlite3_prepare_v2(sandbox->db, rest, -1, &second, NULL) != SQLITE_OK || second != NULL))
        ok = err_set(err, ERR_USAGE, "give one statement; a second one follows the first");
    if (ok && (sqlite3_stmt_isexplain(sandbox->statement) != 0 ||
               !sqlite3_stmt_readonly(sandbox->statement) || sqlite3_column_count(sandbox->statement) == 0))
        ok = err_set(err, ERR_USAGE, "only a SELECT is answered");
    if (ok && sqlite3_bind_parameter_count(sandbox->statement) > 0)
        ok = err_set(err, ERR_USAGE, "the statement has a parameter (? or :name); write the value itself");
    sqlite3_finalize(second);
    (void)sqlite3_set_authorizer(sandbox->db, NULL, NULL);
    return ok;
}

bool sandbox_reads(const struct sandbox *sandbox, size_t table)
{
    bug_if(table >= sandbox->n_tables);
    return sandbox->tables[table].is_read;
}

static int bind_cell(sqlite3_stmt *s, int i, const struct table_cell *cell)
{
    char date[DATE_TEXT];
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        return sqlite3_bind_text(s, i, cell->as.text, -1, SQLITE_STATIC);
    case CELL_INTEGER:
        return sqlite3_bind_int64(s, i, cell->as.integer);
    case CELL_REAL:
        return sqlite3_bind_double(s, i, cell->as.real);
    case CELL_GBP:
        return sqlite3_bind_double(s, i, (double)cell->as.integer / 100.0);
    case CELL_DAY:
        date_format_iso(cell->as.date, date);
        return sqlite3_bind_text(s, i, date, -1, SQLITE_TRANSIENT);
    }
    return sqlite3_bind_null(s, i);
}

static bool insert_rows(sqlite3_stmt *s, const struct table *rows)
{
    for (size_t i = 0; i < rows->n_rows; i++) {
        for (size_t j = 0; j < rows->n_columns; j++)
            if (bind_cell(s, (int)j + 1, table_at(rows, i, j)) != SQLITE_OK)
                return false;
        if (sqlite3_step(s) != SQLITE_DONE || sqlite3_reset(s) != SQLITE_OK)
            return false;
    }
    return true;
}

bool sandbox_fill(struct sandbox *sandbox, size_t table, const struct table *rows, struct err *err)
{
    struct text sql = {0};
    sqlite3_stmt *s = NULL;
    bug_if(table >= sandbox->n_tables || rows->n_columns != sandbox->tables[table].n_columns);
    bool ok = text_append_c(&sql, "INSERT INTO ", err) && put_name(&sql, sandbox->tables[table].name, err) &&
              text_append_c(&sql, " VALUES (?", err);
    for (size_t j = 1; ok && j < rows->n_columns; j++)
        ok = text_append_c(&sql, ",?", err);
    ok = ok && text_append_c(&sql, ")", err);
    if (ok && (sqlite3_exec(sandbox->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
               sqlite3_prepare_v2(sandbox->db, text_c(&sql), -1, &s, NULL) != SQLITE_OK ||
               !insert_rows(s, rows) || sqlite3_exec(sandbox->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK))
        ok = fail(sandbox, err) || err_prefix(err, "copying %s", sandbox->tables[table].name);
    sqlite3_finalize(s);
    text_free(&sql);
    return ok;
}

/* The fewest decimals that show every value of a column as it is, six at most. */
static int decimals_of(const struct table *table, size_t column)
{
    int most = 0;
    for (size_t i = 0; i < table->n_rows && most < MOST_DECIMALS; i++) {
        const struct table_cell *cell = table_at(table, i, column);
        if (cell->kind != CELL_REAL)
            continue;
        while (most < MOST_DECIMALS) {
            const double scaled = cell->as.real * pow(10.0, most);
            if (fabs(scaled - round(scaled)) <= as_stored * fmax(1.0, fabs(scaled)))
                break;
            most++;
        }
    }
    return most;
}

/* The columns of the answer, named in memory that lives as long as the table. */
static bool name_columns(struct sandbox *sandbox, struct table *out, struct err *err)
{
    const size_t n = (size_t)sqlite3_column_count(sandbox->statement);
    table_init(out, "query", NULL, n);
    struct table_column *columns = arena_take(&out->texts, n * sizeof *columns, err);
    for (size_t j = 0; columns != NULL && j < n; j++) {
        const char *name = sqlite3_column_name(sandbox->statement, (int)j);
        columns[j].name = name == NULL ? NULL : arena_copy(&out->texts, str_of(name), err);
        if (columns[j].name == NULL)
            return err_no_memory(err);
        for (size_t k = 0; k < j; k++)
            if (strcmp(columns[k].name, columns[j].name) == 0)
                return err_set(err, ERR_USAGE,
                               "two columns of the answer are named %.60s; give one another name with AS",
                               columns[j].name);
    }
    out->columns = columns;
    return columns != NULL;
}

static bool add_value(struct sandbox *sandbox, struct table *out, struct table_cell *cell, int j,
                      struct err *err)
{
    sqlite3_stmt *s = sandbox->statement;
    switch (sqlite3_column_type(s, j)) {
    case SQLITE_NULL:
        return true;
    case SQLITE_INTEGER:
        table_set_integer(cell, sqlite3_column_int64(s, j));
        return true;
    case SQLITE_FLOAT:
        table_set_real(cell, sqlite3_column_double(s, j));
        return true;
    case SQLITE_BLOB:
        return err_set(err, ERR_USAGE, "the column %.60s holds bytes, not text or numbers",
                       out->columns[j].name);
    default:
        break;
    }
    const struct str text = {(const char *)sqlite3_column_text(s, j), (size_t)sqlite3_column_bytes(s, j)};
    if (text.at == NULL)
        return err_no_memory(err);
    return str_is_clean_utf8(text)
               ? table_set_str(out, cell, text, err)
               : err_set(err, ERR_USAGE, "a text of the column %.60s is not UTF-8", out->columns[j].name);
}

/* Bytes of the texts of a row, and of its cells. */
static size_t row_bytes(const struct table_cell cells[], size_t n)
{
    size_t bytes = n * sizeof *cells;
    for (size_t j = 0; j < n; j++)
        bytes += cells[j].kind == CELL_TEXT ? strlen(cells[j].as.text) : 0;
    return bytes;
}

static bool step_all(struct sandbox *sandbox, const struct sandbox_limits *limits, struct table *out,
                     struct err *err)
{
    for (size_t bytes = 0;;) {
        const int code = sqlite3_step(sandbox->statement);
        if (code == SQLITE_DONE)
            return true;
        if (code != SQLITE_ROW && log_is_stopped(sandbox->log))
            return err_set(err, ERR_INTERRUPTED, "stopped");
        if (code != SQLITE_ROW && sandbox->too_long)
            return err_set(err, ERR_USAGE,
                           "the statement ran longer than %lld seconds and was stopped; ask for less, or "
                           "give more with --seconds",
                           (long long)limits->seconds);
        if (code != SQLITE_ROW)
            return fail(sandbox, err);
        if ((int64_t)out->n_rows == limits->rows)
            return err_set(err, ERR_USAGE,
                           "the answer has more than %lld rows; ask for less, or give more with --rows",
                           (long long)limits->rows);
        struct table_cell *cells = table_add_row(out, err);
        bool ok = cells != NULL;
        for (size_t j = 0; ok && j < out->n_columns; j++)
            ok = add_value(sandbox, out, &cells[j], (int)j, err);
        if (!ok)
            return false;
        bytes += row_bytes(cells, out->n_columns);
        if (bytes > LONGEST_ANSWER)
            return err_set(err, ERR_USAGE, "the answer is longer than %d MiB; ask for less",
                           LONGEST_ANSWER / (1024 * 1024));
    }
}

bool sandbox_run(struct sandbox *sandbox, const struct sandbox_limits *limits, const struct log *log,
                 struct table *out, struct err *err)
{
    bug_if(sandbox->statement == NULL);
    sandbox->log = log;
    sandbox->too_long = false;
    sandbox->deadline_ms = now_ms() + limits->seconds * 1000;
    sqlite3_progress_handler(sandbox->db, STEPS_BETWEEN_LOOKS, look, sandbox);
    const bool ok = name_columns(sandbox, out, err) && step_all(sandbox, limits, out, err);
    sqlite3_progress_handler(sandbox->db, 0, NULL, NULL);
    sqlite3_reset(sandbox->statement);
    if (!ok) {
        table_free(out);
        return false;
    }
    struct table_column *columns = arena_take(&out->texts, out->n_columns * sizeof *columns, err);
    for (size_t j = 0; columns != NULL && j < out->n_columns; j++)
        columns[j] = (struct table_column){out->columns[j].name, decimals_of(out, j)};
    if (columns != NULL)
        out->columns = columns;
    else
        table_free(out);
    return columns != NULL;
}
