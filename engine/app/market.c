/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows are worked out once, of groups that may be told; table, charts and words are made from the rows. */
#include "app/market.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/market_parts.h"
#include "app/outlook_publish.h"
#include "base/vec.h"
#include "data/codes.h"

enum { QUANTILE_10 = 1, QUANTILE_50 = 3, QUANTILE_90 = 5 };

const struct result *market_need(const struct market *m)
{
    const struct outlook *outlook = m->job->outlook;
    return m->job->need != NULL ? m->job->need : &outlook->forecast.scenarios[outlook->main];
}

bool market_run_need(const struct outlook *outlook, const struct model *model, int32_t months, uint64_t seed,
                     const struct price_book *prices, const struct run_options *run, struct log *log,
                     struct forecast *out, struct err *err)
{
    struct outlook_input known;
    struct scenario bare = outlook->scenarios[outlook->main];
    *out = (struct forecast){0};
    if (bare.n_capacities == 0)
        return true;
    bare.n_capacities = 0;
    const bool ok = outlook_input_make(outlook, months, seed, &known, err) &&
                    forecast_run(model, &known.input, &bare, 1, prices, run, log, out, err);
    outlook_input_free(&known);
    return ok;
}

static bool find_places(const struct market *m, enum placement_group group, struct market_group *out,
                        struct err *err)
{
    const struct outlook *outlook = m->job->outlook;
    const struct scenario *scenario = &outlook->scenarios[outlook->main];
    for (size_t i = 0; i < scenario->n_capacities; i++) {
        if (scenario->capacities[i].group != group)
            continue;
        double *places = vec_new((size_t)m->months, sizeof *places, err);
        const bool ok = places != NULL && capacity_places(scenario, &scenario->capacities[i], outlook->origin,
                                                          m->months, places, err);
        for (int y = 0; ok && y < m->n_years; y++)
            out->years[y].places = places[m->years[y].last];
        out->has_places = ok;
        free(places);
        return ok;
    }
    return true;
}

/* The price of one home is its contract's, and not to be published. */
static bool is_kind(const char *provider)
{
    return provider[0] == '\0' || code_provider_find(str_of(provider)) < PROVIDER_COUNT;
}

/* Least and greatest price of a group; a withheld group's price could be one child's contract. */
static void find_prices(const struct market *m, enum placement_group group, struct market_group *out)
{
    const struct price_book *book = m->job->prices;
    const day date = m->job->outlook->origin;
    for (size_t i = 0; i < book->n_lines; i++) {
        if (book->lines[i].group != group || !is_kind(book->lines[i].provider))
            continue;
        const pence weekly = price_book_weekly(book, group, book->lines[i].provider, date);
        out->low = out->low == 0 || weekly < out->low ? weekly : out->low;
        out->high = weekly > out->high ? weekly : out->high;
    }
    out->is_default = price_book_is_default(book, group);
}

static bool find_group(struct market *m, enum placement_group placement, struct err *err)
{
    const struct outlook *outlook = m->job->outlook;
    const struct group group = {GROUP_PLACEMENT, (int32_t)placement};
    const struct result *result = market_need(m);
    struct market_group *out = &m->groups[m->n_groups];
    *out = (struct market_group){.placement = placement};
    out->is_withheld = outlook_withholds(outlook, MEASURE_STOCK, group);
    if (!out->is_withheld && result_find(result, MEASURE_STOCK, group, 0) == NULL)
        return true; /* the model has no placements */
    if (!out->is_withheld) {
        bool known = outlook_stock(outlook, group, outlook->origin, &out->now);
        for (int y = 0; known && y < m->n_years; y++) {
            struct market_year *year = &out->years[y];
            const struct market_period *period = &m->years[y];
            const struct summary *end = result_find(result, MEASURE_STOCK, group, period->last);
            year->p10 = end->quantiles[QUANTILE_10];
            year->p50 = end->quantiles[QUANTILE_50];
            year->p90 = end->quantiles[QUANTILE_90];
            year->end_mean = end->mean;
            for (int32_t month = period->first; month <= period->last; month++)
                year->mean += result_find(result, MEASURE_STOCK, group, month)->mean /
                              (period->last - period->first + 1);
        }
        out->is_withheld = !known;
        find_prices(m, placement, out);
    }
    m->n_groups++;
    return out->is_withheld || find_places(m, placement, out, err);
}

bool market_find(struct market *m, struct err *err)
{
    const struct outlook *outlook = m->job->outlook;
    m->months = outlook->forecast.scenarios[outlook->main].months;
    for (int32_t i = 0; m->n_years < MARKET_YEARS; i++) {
        struct market_period *period = &m->years[m->n_years];
        if (!outlook_year(outlook, i, &period->first, &period->last, period->name))
            break;
        period->end = outlook_month_end(outlook, period->last);
        if (period->end == date_year_end(date_financial_year(period->end)))
            m->n_years++; /* a year that the forecast does not reach the end of is left out */
    }
    bool ok = true;
    for (int g = 0; ok && m->n_years > 0 && g < PLACEMENT_COUNT; g++)
        ok = find_group(m, (enum placement_group)g, err);
    return ok;
}

/* ---- market.csv -------------------------------------------------------------------------------------- */

static bool set_hidden(struct table *table, struct table_cell *row, const int columns[], size_t n,
                       struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!publish_set_hidden(table, &row[columns[i]], err))
            return false;
    return true;
}

static bool add_row(const struct market *m, const struct market_group *group, int y, struct table *table,
                    struct err *err)
{
    static const int numbers[] = {4, 5, 6, 7, 8, 13, 14};
    const struct outlook *outlook = m->job->outlook;
    const struct market_year *year = &group->years[y];
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], outlook->authority.name, err) ||
        !table_set_text(table, &row[1], outlook->scenarios[outlook->main].name, err) ||
        !table_set_text(table, &row[2], placement_group_name(group->placement), err))
        return false;
    table_set_day(&row[3], m->years[y].end);
    if (group->is_withheld)
        return set_hidden(table, row, numbers, sizeof numbers / sizeof numbers[0], err);
    table_set_integer(&row[4], llround(group->now));
    table_set_integer(&row[5], llround(year->p10));
    table_set_integer(&row[6], llround(year->p50));
    table_set_integer(&row[7], llround(year->p90));
    table_set_integer(&row[8], llround(year->mean));
    if (group->has_places) {
        table_set_integer(&row[9], llround(year->places));
        table_set_integer(&row[10], llround(year->p10) - llround(year->places));
        table_set_integer(&row[11], llround(year->p50) - llround(year->places));
        table_set_integer(&row[12], llround(year->p90) - llround(year->places));
    }
    table_set_gbp(&row[13], group->low);
    table_set_gbp(&row[14], group->high);
    return true;
}

bool market_table(const struct market *m, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0},       {"scenario", 0},       {"placement", 0},
        {"date", 0},     {"children_now", 0},   {"need_p10", 0},
        {"need_p50", 0}, {"need_p90", 0},       {"need_mean_of_year", 0},
        {"places", 0},   {"gap_p10", 0},        {"gap_p50", 0},
        {"gap_p90", 0},  {"weekly_low_gbp", 0}, {"weekly_high_gbp", 0},
    };
    bool ok = true;
    table_init(out, "market", columns, sizeof columns / sizeof columns[0]);
    for (size_t g = 0; ok && g < m->n_groups; g++)
        for (int y = 0; ok && y < m->n_years; y++)
            ok = add_row(m, &m->groups[g], y, out, err);
    return ok;
}
