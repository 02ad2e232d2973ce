/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each authority's history is loaded, asked, and let go. */
#include "app/plan_cohorts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/outlook.h"
#include "app/show.h"
#include "render/csv.h"
#include "store/identifiers.h"

enum { PENCE_A_THOUSAND = 100000 };

struct making {
    struct store *store;
    const struct price_book *prices;
    day as_of; /* DAY_NONE: the end of the returns */
    struct plan_cohorts *out;
    struct err *err;
};

static const struct table_column child_columns[] = {
    {"la", 0}, {"cohort", 0}, {"locality", 0}, {"child", 0}, {"age", 0}, {"placement", 0}, {"since", 0},
};
static const struct table_column screen_columns[] = {
    {"authority", 0}, {"on", 0}, {"children", 0}, {"£000 a year", 0}, {"who", 0}};

void plan_cohorts_free(struct plan_cohorts *cohorts)
{
    table_free(&cohorts->counts);
    table_free(&cohorts->children);
    table_free(&cohorts->screen);
    *cohorts = (struct plan_cohorts){0};
}

static bool add_child(const struct making *m, const struct history *history,
                      const struct identifiers *identifiers, const struct cohort_member *member, day date)
{
    const struct segment *segment = &history->segments[member->segment];
    const struct child *child = &history->children[segment->child];
    const char *name = identifiers_find(identifiers, child->key);
    struct table *table = &m->out->children;
    if (name == NULL)
        return err_set(m->err, ERR_INTERNAL, "a child of the history has no identifier in the database");
    struct table_cell *row = table_add_row(table, m->err);
    if (row == NULL || !table_set_text(table, &row[0], history->la_name, m->err) ||
        !table_set_text(table, &row[1], cohort_name(member->cohort), m->err) ||
        !table_set_text(table, &row[2], segment->locality < 0 ? "" : history->localities[segment->locality],
                        m->err) ||
        !table_set_text(table, &row[3], name, m->err) ||
        !table_set_text(table, &row[5], placement_group_name((enum placement_group)segment->group), m->err))
        return false;
    table_set_integer(&row[4], date_age_on(child->born, date));
    table_set_day(&row[6], member->since);
    return true;
}

static bool add_children(const struct making *m, const struct history *history, const struct cohorts *cohorts)
{
    struct identifiers identifiers = {0};
    bool ok = identifiers_load(m->store, history->la, &identifiers, m->err);
    for (size_t i = 0; ok && i < cohorts->n; i++)
        ok = add_child(m, history, &identifiers, &cohorts->members[i], cohorts->date);
    identifiers_free(&identifiers);
    return ok;
}

static bool add_screen(const struct making *m, const struct history *history, const struct cohorts *cohorts)
{
    char date[DATE_TEXT];
    char children[OUTLOOK_NUMBER];
    struct table *table = &m->out->screen;
    date_format_iso(cohorts->date, date);
    for (int c = 0; c < COHORT_COUNT; c++) {
        const struct cohort_size size = cohorts_size(history, cohorts, m->prices, (enum cohort)c, -1);
        const bool is_small = size.children > 0 && size.children <= PLAN_COHORTS_SMALL;
        outlook_exact((double)size.children, children);
        struct table_cell *row = table_add_row(table, m->err);
        if (row == NULL || !table_set_text(table, &row[0], history->la_name, m->err) ||
            !table_set_text(table, &row[1], date, m->err) ||
            !table_set_text(table, &row[2], is_small ? "1 to 5" : children, m->err) ||
            !table_set_text(table, &row[4], cohort_words((enum cohort)c), m->err))
            return false;
        if (!is_small)
            table_set_integer(&row[3], (size.cost + PENCE_A_THOUSAND / 2) / PENCE_A_THOUSAND);
    }
    return true;
}

static bool add_authority(const struct making *m, const struct authority *authority)
{
    struct history history = {0};
    struct cohorts cohorts = {0};
    bool ok = store_load_history(m->store, authority->la, false, &history, m->err);
    if (ok) {
        const bool inside = m->as_of >= history.start && m->as_of <= history.end;
        m->out->is_there = true;
        ok = cohorts_find(&history, inside ? m->as_of : history.end, &cohorts, m->err) &&
             cohorts_table_add(&m->out->counts, &history, &cohorts, m->prices, m->err) &&
             add_screen(m, &history, &cohorts) &&
             (!m->out->with_children || add_children(m, &history, &cohorts));
    }
    cohorts_free(&cohorts);
    history_free(&history);
    return ok;
}

static bool add_authorities(const struct making *m, const char *la)
{
    struct authority *all = NULL;
    struct authority one;
    size_t n = 0;
    const bool each = la != NULL && strcmp(la, "all") == 0;
    if (la != NULL && !each)
        return store_find_authority(m->store, la, &one, m->err) &&
               (!one.has_returns || add_authority(m, &one));
    if (!store_authorities(m->store, &all, &n, m->err))
        return false;
    size_t with_returns = 0;
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        with_returns += all[i].has_returns;
    for (size_t i = 0; ok && i < n && (each || with_returns == 1); i++)
        ok = !all[i].has_returns || add_authority(m, &all[i]);
    free(all);
    return ok;
}

bool plan_cohorts_make(struct app *app, const struct options *options, struct store *store,
                       struct plan_cohorts *out, struct err *err)
{
    struct price_book prices = {0};
    *out = (struct plan_cohorts){.with_children = options_has(options, "show-children")};
    const struct making m = {
        .store = store, .prices = &prices, .as_of = options_date(options, "as-of"), .out = out, .err = err};
    cohorts_table_init(&out->counts);
    table_init(&out->children, "children", child_columns, sizeof child_columns / sizeof child_columns[0]);
    table_init(&out->screen, "cohorts", screen_columns, sizeof screen_columns / sizeof screen_columns[0]);
    bool ok = store_load_prices(store, &prices, err) && add_authorities(&m, options_text(options, "la"));
    if (ok && out->with_children && !out->is_there)
        ok = err_set(err, ERR_NO_INPUT,
                     "--show-children: no returns are stored, or of several authorities; name one with --la");
    if (ok && out->with_children)
        log_warning(&app->log,
                    "children.csv names children: it is readable by you alone; keep it where it is safe, and "
                    "delete it when it was used");
    price_book_free(&prices);
    if (!ok)
        plan_cohorts_free(out);
    return ok;
}

bool plan_cohorts_write(const struct plan_cohorts *cohorts, struct folder *folder, struct err *err)
{
    return (!cohorts->is_there || csv_save(folder, &cohorts->counts, err)) &&
           (!cohorts->with_children || csv_save(folder, &cohorts->children, err));
}

bool plan_cohorts_show(struct app *app, const struct plan_cohorts *cohorts, struct err *err)
{
    if (!cohorts->is_there)
        return true;
    fprintf(app->out, "\nChildren in care to act on (where they are is a question to ask, not an answer):\n");
    return show_table(app, &cohorts->screen, err);
}
