/* SPDX-License-Identifier: GPL-3.0-or-later
 * Options, the ledger of earlier publications, and words; the deciding is study/publication. */
#include "app/publish.h"

#include <stdlib.h>

#include "base/vec.h"
#include "store/published_cells.h"

enum { YEAR = 12 };
const char publish_hidden[] = "c";

bool publish_begin(struct publish *publish, const struct options *options, struct err *err)
{
    static const char *const others[] = {"hide-zero", "largest-hidden", "dominance"};
    *publish = (struct publish){.is_on = options_has(options, "publish")};
    for (size_t i = 0; !publish->is_on && i < sizeof others / sizeof others[0]; i++)
        if (options_has(options, others[i]))
            return err_set(err, ERR_USAGE, "--%s belongs to --publish; add it, or leave --%s out", others[i],
                           others[i]);
    publish->publication.rule = (struct disclosure_rule){
        .k = options_integer(options, "largest-hidden"),
        .hide_zero = options_has(options, "hide-zero"),
        .dominance = options_has(options, "dominance"),
    };
    return true;
}

void publish_free(struct publish *publish)
{
    publication_free(&publish->publication);
    *publish = (struct publish){0};
}

static uint32_t kinds_for(const struct history *history, const struct counts *counts)
{
    const struct group all = {GROUP_ALL, 0};
    for (int32_t year = history->first_year - 1; year <= history->last_year; year++) {
        const int32_t month = counts_month(counts, date_year_end(year));
        if (month >= 0 && month < counts->n_months &&
            counts_at(counts, MEASURE_STOCK, all, month) < PUBLISH_LEAST_GROUPED)
            return UINT32_C(1) << GROUP_ALL;
    }
    return PUBLICATION_ALL_KINDS;
}

bool publish_add_years(struct publish *publish, const struct history *history, const struct counts *counts,
                       struct err *err)
{
    const uint32_t kinds = kinds_for(history, counts);
    bool ok = true;
    for (int32_t year = history->first_year - 1; ok && year <= history->last_year; year++)
        if (counts_month(counts, date_year_end(year)) >= 0)
            ok = publication_add_counts(&publish->publication, history, counts, date_year_end(year), YEAR,
                                        kinds, err);
    return ok;
}

bool publish_add_stock(struct publish *publish, const struct history *history, const struct counts *counts,
                       day date, struct err *err)
{
    return publication_add_counts(&publish->publication, history, counts, date, 0, kinds_for(history, counts),
                                  err);
}

bool publish_seal(struct publish *publish, struct store *store, int32_t la, struct log *log, struct err *err)
{
    struct published_cell *cells = NULL;
    struct arena texts = {0};
    size_t n = 0;
    struct publication *p = &publish->publication;
    bool ok = published_cells_load(store, la, &texts, &cells, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        const struct publication_key key = {cells[i].measure, cells[i].group, cells[i].locality,
                                            cells[i].date, cells[i].months};
        ok = publication_add_earlier(p, &key, cells[i].value, cells[i].shown, err);
    }
    ok = ok && publication_seal(p, err);
    if (ok)
        log_info(log,
                 "of %zu numbers %lld are hidden because they are small, %lld to protect them; an attack on "
                 "%lld small numbers found none",
                 p->n_keys, (long long)p->hidden.primary, (long long)p->hidden.secondary,
                 (long long)p->attacked);
    if (ok && p->hidden.exposed > 0)
        log_warning(log, "%lld small numbers can be found from what earlier publications showed",
                    (long long)p->hidden.exposed);
    free(cells);
    arena_free(&texts);
    return ok;
}

bool publish_record(const struct publish *publish, const char *database, int32_t la, struct err *err)
{
    const struct publication *p = &publish->publication;
    struct published_cell *cells = vec_new(p->n_keys, sizeof *cells, err);
    struct store *store = cells != NULL ? store_open(database, STORE_WRITE, err) : NULL;
    size_t n = 0;
    for (size_t i = 0; store != NULL && i < p->n_keys; i++) {
        const struct publication_key *key = &p->keys[i];
        int64_t value = 0;
        const bool shown = publication_find(p, key, &value) == PUBLICATION_SHOWN;
        cells[n++] = (struct published_cell){key->measure, key->group, key->locality, key->date,
                                             key->months,  shown,      value};
    }
    const bool ok = store != NULL && published_cells_put(store, la, cells, n, err);
    store_close(store);
    free(cells);
    return ok;
}

bool publish_set_hidden(struct table *table, struct table_cell *cell, struct err *err)
{
    return table_set_text(table, cell, publish_hidden, err);
}

bool publish_set_count(const struct publish *publish, struct table *table, struct table_cell *cell,
                       enum measure measure, struct group group, const char *const localities[], day date,
                       int32_t months, struct err *err)
{
    int64_t value = 0;
    switch (publication_count(&publish->publication, measure, group, localities, date, months, &value)) {
    case PUBLICATION_SHOWN:
        table_set_integer(cell, value);
        return true;
    case PUBLICATION_HIDDEN:
        return publish_set_hidden(table, cell, err);
    case PUBLICATION_UNKNOWN:
        return true;
    }
    return true;
}

size_t publish_notes(const struct publish *publish, struct arena *texts, const char *notes[PUBLISH_NOTES],
                     struct err *err)
{
    const struct disclosure_rule *rule = &publish->publication.rule;
    const char *small = rule->hide_zero ? "0 to" : "1 to";
    notes[0] = arena_format(texts, err,
                            "c: hidden. A number of children from %s %lld, or another number from which such "
                            "a number could be found "
                            "by subtraction; one sign for both. %s",
                            small, (long long)rule->k,
                            rule->hide_zero ? "Zeros are hidden, too."
                            : rule->zeros_protect
                                ? "Zeros are shown, but for some that would give a small number away."
                                : "Zeros are shown, but for parts of a total that is hidden.");
    notes[1] =
        "Percentages, changes, sums and sentences are made from shown numbers only; where one is hidden they "
        "are left out. Charts do not draw hidden numbers.";
    notes[2] = "Numbers are of whole financial years and of each 31 March; months are not published.";
    notes[3] = "An empty cell: not counted, or not known.";
    return notes[0] == NULL ? 0 : PUBLISH_NOTES;
}

bool publish_table(const struct publish *publish, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"largest_hidden", 0},
        {"hide_zero", 0},
        {"dominance", 0},
        {"some_zeros_hidden", 0},
        {"numbers", 0},
        {"hidden_as_small", 0},
        {"hidden_to_protect", 0},
        {"attacked", 0},
        {"found", 0},
        {"shown_in_earlier_publications", 0},
    };
    const struct publication *p = &publish->publication;
    table_init(out, "disclosure_control", columns, sizeof columns / sizeof columns[0]);
    struct table_cell *row = table_add_row(out, err);
    if (row == NULL)
        return false;
    const int64_t numbers[] = {p->rule.k,
                               p->rule.hide_zero,
                               p->rule.dominance,
                               p->rule.zeros_protect,
                               (int64_t)p->n_keys,
                               p->hidden.primary,
                               p->hidden.secondary,
                               p->attacked,
                               0,
                               p->hidden.exposed};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        table_set_integer(&row[i], numbers[i]);
    return true;
}
