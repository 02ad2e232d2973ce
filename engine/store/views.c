/* SPDX-License-Identifier: GPL-3.0-or-later
 * Descriptions are read from view.def and from the tables of the return; rows come from a statement, from the
 * history that the rules made, or from the rows as filed. What is private is decided by the kind of a column,
 * in one place for each source. */
#include "store/views.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/db.h"
#include "store/findings_table.h"
#include "store/identifiers.h"
#include "store/views_parts.h"

enum { FILED_OWN = 4 }; /* la, year, child, outcome stand before the columns of the return */
enum { DECIMALS = 4 };

static const struct {
    const char *name, *words;
    int since;
} views[VIEW_COUNT] = {
#define VIEW(member, name, since, words) {name, words, since},
#define VIEW_COLUMN(view, name, kind, words)
#include "store/view.def"
#undef VIEW
#undef VIEW_COLUMN
};

static const struct {
    enum view_id view;
    struct view_column column;
} columns[] = {
#define VIEW(member, name, since, words)
#define VIEW_COLUMN(view, name, kind, words) {VIEW_##view, {name, VIEW_KIND_##kind, words}},
#include "store/view.def"
#undef VIEW
#undef VIEW_COLUMN
};

static const struct view_column filed_columns[FILED_OWN] = {
    {"la", VIEW_KIND_TEXT, "authority"},
    {"year", VIEW_KIND_INTEGER, "year of the return, named by the 31 March that ends it"},
    {"child", VIEW_KIND_CHILD, "number of the child in this database"},
    {"outcome", VIEW_KIND_TEXT, "what the rules made of the row: kept, repaired, refused"},
};

static const char *const filed_names[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) [TABLE_##member] = "filed_" name,
#include "data/codes/table.def"
#undef RETURN_TABLE
};

static size_t n_columns_of(size_t view, size_t *first)
{
    size_t n = 0;
    for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++) {
        if ((size_t)columns[k].view != view)
            continue;
        *first = n == 0 ? k : *first;
        n++;
    }
    return n;
}

bool view_at(size_t i, struct view *out)
{
    size_t first = 0;
    if (i < VIEW_COUNT) {
        *out = (struct view){.name = views[i].name,
                             .words = views[i].words,
                             .n_columns = n_columns_of(i, &first),
                             .of_children = i == VIEW_CHILDREN || i == VIEW_PERIODS || i == VIEW_PLACEMENTS};
        return true;
    }
    if (i >= VIEW_COUNT + TABLE_COUNT)
        return false;
    const enum return_table table = (enum return_table)(i - VIEW_COUNT);
    const struct table_spec *spec = table_spec(table);
    /* the identifier of the return is the view's own third column */
    *out = (struct view){.name = filed_names[table],
                         .words = spec->words,
                         .n_columns = FILED_OWN + (size_t)spec->n_columns - 1,
                         .of_children = true};
    return true;
}

struct view_column view_column(size_t i, size_t j)
{
    size_t first = 0;
    struct view view;
    bug_if(!view_at(i, &view) || j >= view.n_columns);
    if (i < VIEW_COUNT) {
        (void)n_columns_of(i, &first);
        return columns[first + j].column;
    }
    if (j < FILED_OWN)
        return filed_columns[j];
    const struct table_spec *spec = table_spec((enum return_table)(i - VIEW_COUNT));
    const enum return_column column = (enum return_column)((size_t)spec->first + 1 + (j - FILED_OWN));
    return (struct view_column){column_spec(column)->name, view_kind_of_filed(column), column_words(column)};
}

bool view_find(const char *name, size_t *out)
{
    struct view view;
    for (size_t i = 0; view_at(i, &view); i++)
        if (str_equal_ignore_case(str_of(view.name), str_of(name))) {
            *out = i;
            return true;
        }
    return false;
}

/* ---- children by number ------------------------------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

bool child_numbers_load(struct store *store, struct child_numbers *out, struct err *err)
{
    sqlite3_stmt *s = NULL;
    *out = (struct child_numbers){0};
    bool ok = db_get(store, QUERY_CHILD_NAMES, &s, err);
    while (ok) {
        bool row = false;
        ok = db_step(store, s, &row, err);
        if (!ok || !row)
            break;
        ok = vec_reserve((void **)&out->keys, &out->capacity, out->n + 1, sizeof *out->keys, err);
        if (ok)
            out->keys[out->n++] = identifiers_key(db_column_str(s, 0));
    }
    if (s != NULL)
        db_reset(s);
    if (ok && out->n > 0)
        qsort(out->keys, out->n, sizeof *out->keys, by_key);
    if (!ok)
        child_numbers_free(out);
    return ok;
}

void child_numbers_free(struct child_numbers *numbers)
{
    free(numbers->keys);
    *numbers = (struct child_numbers){0};
}

int64_t child_numbers_find(const struct child_numbers *numbers, uint64_t key)
{
    size_t low = 0, high = numbers->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (numbers->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < numbers->n && numbers->keys[low] == key ? (int64_t)low + 1 : 0;
}

bool view_set_child(struct view_filling *filling, struct table_cell *cell, uint64_t key,
                    const char *identifier, struct err *err)
{
    if (filling->request->show_children && identifier != NULL)
        return table_set_text(filling->out, cell, identifier, err);
    table_set_integer(cell, child_numbers_find(&filling->numbers, key));
    return true;
}

void view_set_birth(const struct view_filling *filling, struct table_cell *cell, day born)
{
    table_set_day(cell, filling->request->show_children || born == DAY_NONE || born == DAY_OPEN
                            ? born
                            : date_month_start(born, 0));
}

/* ---- rows -------------------------------------------------------------------------------------------- */

static bool set_cell(struct table *out, struct table_cell *cell, sqlite3_stmt *s, int i, enum view_kind kind,
                     struct err *err)
{
    if (sqlite3_column_type(s, i) == SQLITE_NULL)
        return true;
    switch (kind) {
    case VIEW_KIND_TEXT:
        return db_column_str(s, i).length == 0 || table_set_str(out, cell, db_column_str(s, i), err);
    case VIEW_KIND_INTEGER:
    case VIEW_KIND_YES:
        table_set_integer(cell, sqlite3_column_int64(s, i));
        return true;
    case VIEW_KIND_NUMBER: {
        const double value = sqlite3_column_double(s, i);
        if (fabs(value) < 1e15 && round(value) >= value && round(value) <= value)
            table_set_integer(cell, (int64_t)value);
        else
            table_set_real(cell, value);
        return true;
    }
    case VIEW_KIND_DAY:
        table_set_day(cell, (day)sqlite3_column_int64(s, i));
        return true;
    case VIEW_KIND_PENCE:
        table_set_gbp(cell, sqlite3_column_int64(s, i));
        return true;
    case VIEW_KIND_CHILD:
    case VIEW_KIND_BIRTH:
    case VIEW_KIND_PRIVATE:
        break; /* no statement of a view gives one: rows of children come from elsewhere */
    }
    bug_if(true);
    return false;
}

static bool add_rows(struct view_filling *filling, size_t view, enum query query, struct err *err)
{
    struct table *out = filling->out;
    sqlite3_stmt *s = NULL;
    size_t first = 0;
    (void)n_columns_of(view, &first);
    if (!db_get(filling->store, query, &s, err))
        return false;
    bug_if((size_t)sqlite3_column_count(s) != out->n_columns);
    if (filling->request->la != 0)
        db_bind_integer(filling->store, s, 1, filling->request->la);
    bool ok = true;
    while (ok) {
        bool row = false;
        ok = db_step(filling->store, s, &row, err);
        if (!ok || !row)
            break;
        struct table_cell *cells = table_add_row(out, err);
        ok = cells != NULL;
        for (size_t j = 0; ok && j < out->n_columns; j++)
            ok = set_cell(out, &cells[j], s, (int)j, columns[first + j].column.kind, err);
    }
    db_reset(s);
    return ok;
}

/* Findings as the file has them, less the values of columns that describe one child. */
static bool add_findings(struct view_filling *filling, struct err *err)
{
    static const char *const hidden[] = {"DOB", "MC_DOB", "HOME_POST", "PL_POST", "DUC"};
    enum { COLUMN = 6, VALUE = 7, REPAIR = 9 };
    const struct table kept = *filling->out;
    struct table *out = filling->out;
    if (!findings_table(filling->store, filling->request->la, filling->request->show_children, out, err)) {
        *out = kept;
        return false;
    }
    bug_if(out->n_columns != kept.n_columns);
    struct table empty = kept;
    table_free(&empty);
    for (size_t i = 0; !filling->request->show_children && i < out->n_rows; i++)
        for (size_t k = 0; k < sizeof hidden / sizeof hidden[0]; k++) {
            struct table_cell *row = &out->cells[i * out->n_columns];
            if (row[COLUMN].kind == CELL_TEXT && strcmp(row[COLUMN].as.text, hidden[k]) == 0)
                row[VALUE].kind = row[REPAIR].kind = CELL_EMPTY;
        }
    return true;
}

struct place {
    int64_t number; /* of the child */
    size_t row;
};

static int by_number(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return x->number != y->number ? (x->number > y->number) - (x->number < y->number)
                                  : (x->row > y->row) - (x->row < y->row);
}

/* Rows from `first` on by the number of their child: they come in the order of identifiers, which a reader
 * who may not see them should not see either. */
static bool sort_children(struct table *out, size_t first, struct err *err)
{
    enum { CHILD = 2 };
    const size_t n = out->n_rows - first, width = out->n_columns;
    struct table_cell *cells = out->cells + first * width;
    struct place *places = vec_new(n, sizeof *places, err);
    struct table_cell *sorted = places != NULL ? vec_new(n * width, sizeof *sorted, err) : NULL;
    if (sorted != NULL) {
        for (size_t i = 0; i < n; i++)
            places[i] = (struct place){cells[i * width + CHILD].as.integer, i};
        qsort(places, n, sizeof *places, by_number);
        for (size_t i = 0; i < n; i++)
            memcpy(sorted + i * width, cells + places[i].row * width, width * sizeof *sorted);
        if (n > 0)
            memcpy(cells, sorted, n * width * sizeof *sorted);
    }
    const bool ok = sorted != NULL;
    free(places);
    free(sorted);
    return ok;
}

/* Rows that are read authority by authority. */
static bool add_authorities(struct view_filling *filling, size_t view, struct err *err)
{
    struct authority *authorities = NULL;
    size_t n = 0;
    bool ok = store_authorities(filling->store, &authorities, &n, err) &&
              child_numbers_load(filling->store, &filling->numbers, err);
    for (size_t k = 0; ok && k < n; k++) {
        const struct authority *la = &authorities[k];
        if (!la->has_returns || (filling->request->la != 0 && filling->request->la != la->la))
            continue;
        const size_t first = filling->out->n_rows;
        ok = view < VIEW_COUNT
                 ? view_add_history(filling, (enum view_id)view, la->la, err)
                 : view_add_filed(filling, (enum return_table)(view - VIEW_COUNT), la->name, la->la, err);
        ok = ok && (view < VIEW_COUNT || filling->request->show_children ||
                    sort_children(filling->out, first, err));
    }
    child_numbers_free(&filling->numbers);
    free(authorities);
    return ok;
}

static bool fill(struct view_filling *filling, size_t view, struct err *err)
{
    static const enum query queries[VIEW_COUNT] = {
        [VIEW_AUTHORITIES] = QUERY_VIEW_AUTHORITIES,
        [VIEW_FILES] = QUERY_VIEW_FILES,
        [VIEW_PRICES] = QUERY_VIEW_PRICES,
        [VIEW_LOCALITIES] = QUERY_VIEW_LOCALITIES,
        [VIEW_NEIGHBOURS] = QUERY_VIEW_NEIGHBOURS,
        [VIEW_PUBLISHED] = QUERY_VIEW_PUBLISHED,
        [VIEW_PLANS] = QUERY_VIEW_PLANS,
        [VIEW_PLAN_ROWS] = QUERY_VIEW_PLAN_ROWS,
        [VIEW_PLAN_EFFECTS] = QUERY_VIEW_PLAN_EFFECTS,
        [VIEW_PLAN_TARGETS] = QUERY_VIEW_PLAN_TARGETS,
        [VIEW_BUDGET] = QUERY_VIEW_BUDGET,
        [VIEW_LEDGER] = QUERY_VIEW_LEDGER,
        [VIEW_MEASURES] = QUERY_VIEW_MEASURES,
        [VIEW_FINANCE_RUNS] = QUERY_VIEW_FINANCE_RUNS,
        [VIEW_PUBLICATIONS] = QUERY_VIEW_PUBLICATIONS,
        [VIEW_BACKTEST_CASES] = QUERY_VIEW_BACKTEST_CASES,
    };
    if (view < VIEW_COUNT && filling->store->version < views[view].since)
        return true;
    if (view == VIEW_FINDINGS)
        return add_findings(filling, err);
    if (view >= VIEW_COUNT || view == VIEW_CHILDREN || view == VIEW_PERIODS || view == VIEW_PLACEMENTS)
        return add_authorities(filling, view, err);
    return add_rows(filling, view, queries[view], err);
}

bool view_fill(struct store *store, size_t i, const struct view_request *request, struct table *out,
               struct err *err)
{
    struct view view;
    struct view_filling filling = {.store = store, .request = request, .out = out};
    bug_if(!view_at(i, &view));
    table_init(out, view.name, NULL, view.n_columns);
    struct table_column *names = arena_take(&out->texts, view.n_columns * sizeof *names, err);
    for (size_t j = 0; names != NULL && j < view.n_columns; j++)
        names[j] = (struct table_column){view_column(i, j).name, DECIMALS};
    out->columns = names;
    const bool ok = names != NULL && fill(&filling, i, err);
    if (!ok)
        table_free(out);
    return ok;
}
