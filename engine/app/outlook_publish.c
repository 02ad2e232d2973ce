/* SPDX-License-Identifier: GPL-3.0-or-later
 * Series are closed up in place: results keep their order, and result_find finds what is left. */
#include "app/outlook_publish.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "study/sector.h"

enum { YEAR = 12 };
static const struct group all = {GROUP_ALL, 0};

/* A count that is shown and not tiny. */
static bool is_solid(const struct outlook *outlook, enum measure measure, struct group group, day date)
{
    const struct publication *p = outlook->published;
    int64_t value = 0;
    return publication_count(p, measure, group, outlook->history.localities, date, YEAR, &value) ==
               PUBLICATION_SHOWN &&
           value > p->rule.k && value >= PUBLISH_LEAST_FORECAST;
}

/* The end of the last whole year by the origin. */
static day last_year_end(const struct outlook *outlook)
{
    const int32_t year = date_financial_year(outlook->origin);
    return date_year_end(year) == outlook->origin ? outlook->origin : date_year_end(year - 1);
}

bool outlook_may_publish(const struct outlook *outlook, enum measure measure, struct group group)
{
    const bool is_flow = measure == MEASURE_ENTRIES || measure == MEASURE_EXITS || measure == MEASURE_MOVES ||
                         measure == MEASURE_READMISSIONS;
    if (outlook->published == NULL)
        return true;
    if (group.kind != GROUP_ROUTE && !is_solid(outlook, MEASURE_STOCK, group, outlook->origin))
        return false;
    return !is_flow || is_solid(outlook, measure, group, last_year_end(outlook));
}

/* stays[i]: of the series of the first scenario; other results have some of them. */
static bool stays(const struct result *first, const bool staying[], const struct result_series *series)
{
    for (size_t i = 0; i < first->n_series; i++)
        if (first->series[i].measure == series->measure &&
            first->series[i].group.kind == series->group.kind &&
            first->series[i].group.member == series->group.member)
            return staying[i];
    return false;
}

static void cut(struct result *result, const struct result *first, const bool staying[])
{
    const size_t months = (size_t)result->months;
    size_t n = 0;
    for (size_t s = 0; s < result->n_series; s++) {
        if (!stays(first, staying, &result->series[s]))
            continue;
        for (size_t m = 0; m < months && n != s; m++)
            result->at[n * months + m] = result->at[s * months + m];
        result->series[n++] = result->series[s];
    }
    result->n_series = n;
}

/* What stays is looked up in the first scenario, which is therefore cut last, from a copy of its series. */
static bool cut_all(struct outlook *outlook, struct err *err)
{
    struct forecast *forecast = &outlook->forecast;
    const size_t n = forecast->scenarios[0].n_series;
    bool *staying = vec_new(n, sizeof *staying, err);
    struct result_series *series = vec_new(n, sizeof *series, err);
    outlook->withheld = vec_new(n, sizeof *outlook->withheld, err);
    const bool ok = staying != NULL && series != NULL && outlook->withheld != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        series[i] = forecast->scenarios[0].series[i];
        staying[i] = outlook_may_publish(outlook, series[i].measure, series[i].group);
        if (!staying[i])
            outlook->withheld[outlook->n_withheld++] = series[i];
    }
    const struct result first = {.series = series, .n_series = n};
    for (size_t i = 0; ok && i < forecast->n_scenarios; i++) {
        cut(&forecast->scenarios[i], &first, staying);
        if (i + 1 < forecast->n_scenarios)
            cut(&forecast->differences[i], &first, staying);
    }
    free(staying);
    free(series);
    return ok;
}

/* Who provides the places on the last day known. */
static bool add_sectors(const struct outlook *outlook, struct publish *publish, struct err *err)
{
    int64_t counts[SECTOR_COUNT];
    bool ok = true;
    sector_count(&outlook->history, outlook->origin, counts);
    for (int s = 0; ok && s < SECTOR_COUNT; s++) {
        char group[GROUP_TEXT];
        snprintf(group, sizeof group, "sector:%s", sector_name((enum sector)s));
        const struct publication_key key = {"stock", group, "", outlook->origin, 0};
        ok = publication_add(&publish->publication, &key, counts[s], DISCLOSURE_PART, err);
    }
    return ok;
}

/* Cautions quote numbers of the returns. */
static void reword_caution(struct outlook *outlook)
{
    if (outlook->caution[0] != '\0')
        (void)str_copy(
            str_of("Something in the returns speaks against this forecast; the council has the details."),
            outlook->caution, sizeof outlook->caution);
}

bool outlook_publish_past(struct outlook *outlook, struct publish *publish, struct store *store,
                          struct log *log, struct err *err)
{
    if (outlook->has_history &&
        (!publish_add_years(publish, &outlook->history, &outlook->counts, err) ||
         !publish_add_stock(publish, &outlook->history, &outlook->counts, outlook->origin, err) ||
         !add_sectors(outlook, publish, err)))
        return false;
    if (!publish_seal(publish, store, outlook->authority.la, log, err))
        return false;
    if (!outlook->has_history)
        return true;
    outlook->published = &publish->publication;
    return is_solid(outlook, MEASURE_STOCK, all, outlook->origin) ||
           err_set(err, ERR_DATA, "%s has too few children for a forecast that may be published",
                   outlook->authority.name);
}

bool outlook_publish(struct outlook *outlook, struct publish *publish, struct store *store, struct log *log,
                     struct err *err)
{
    if (!outlook_publish_past(outlook, publish, store, log, err))
        return false;
    reword_caution(outlook);
    return !outlook->has_history || outlook->forecast.n_scenarios == 0 || cut_all(outlook, err);
}

bool outlook_withholds(const struct outlook *outlook, enum measure measure, struct group group)
{
    for (size_t i = 0; i < outlook->n_withheld; i++)
        if (outlook->withheld[i].measure == measure && outlook->withheld[i].group.kind == group.kind &&
            outlook->withheld[i].group.member == group.member)
            return true;
    return false;
}

bool outlook_set_stock(const struct outlook *outlook, struct table *table, struct table_cell *cell,
                       struct group group, day date, struct err *err)
{
    double now = 0;
    if (outlook_stock(outlook, group, date, &now)) {
        table_set_integer(cell, (int64_t)llround(now));
        return true;
    }
    return outlook->published == NULL || publish_set_hidden(table, cell, err);
}
