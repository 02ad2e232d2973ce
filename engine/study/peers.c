/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rates are for 10,000 children aged 0 to 17; the funnel works on the authorities of one year. */
#include "study/peers.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/interval.h"

static const struct table_column rate_columns[] = {
    {"year", 0},       {"date", 0},           {"la", 0},  {"relation", 0}, {"children", 0},
    {"population", 0}, {"rate_per_10000", 1}, {"low", 1}, {"high", 1},
};
static const struct table_column funnel_columns[] = {
    {"year", 0}, {"la", 0},    {"relation", 0}, {"children", 0}, {"population", 0}, {"rate_per_10000", 1},
    {"z", 2},    {"low95", 1}, {"high95", 1},   {"low998", 1},   {"high998", 1},    {"place", 0},
};
enum {
    N_RATE_COLUMNS = sizeof rate_columns / sizeof rate_columns[0],
    N_FUNNEL_COLUMNS = sizeof funnel_columns / sizeof funnel_columns[0],
};
static const double per = 10000.0;
static const double z95 = 1.959963984540054;
static const double z998 = 3.090232306167813;

const char *peers_relation_name(enum peer_relation relation)
{
    static const char *const names[] = {"own", "neighbour", "other"};
    return names[relation];
}

bool peers_is_usable(const struct peer *peer)
{
    return !isnan(peer->stock) && peer->population >= PEERS_LEAST_POPULATION;
}

double peers_rate(const struct peer *peer)
{
    return peers_is_usable(peer) ? peer->stock / peer->population * per : (double)NAN;
}

/* Stock and population of all usable authorities together. */
static struct peer everybody(const struct peer peers[], size_t n, int32_t year)
{
    struct peer all = {.year = year, .name = "All authorities", .relation = PEER_OTHER};
    for (size_t i = 0; i < n; i++) {
        if (peers[i].year == year && peers_is_usable(&peers[i])) {
            all.stock += peers[i].stock;
            all.population += peers[i].population;
        }
    }
    return all;
}

double peers_rate_of_all(const struct peer peers[], size_t n, int32_t year)
{
    const struct peer all = everybody(peers, n, year);
    return peers_rate(&all);
}

static int compare_double(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

bool peers_rate_of_neighbours(const struct peer peers[], size_t n, int32_t year, double *out, struct err *err)
{
    size_t n_rates = 0;
    double *rates = vec_new(n, sizeof *rates, err);
    if (rates == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        if (peers[i].year == year && peers[i].relation == PEER_NEIGHBOUR && peers_is_usable(&peers[i]))
            rates[n_rates++] = peers_rate(&peers[i]);
    qsort(rates, n_rates, sizeof *rates, compare_double);
    *out = n_rates == 0 ? (double)NAN : (rates[(n_rates - 1) / 2] + rates[n_rates / 2]) / 2.0;
    free(rates);
    return true;
}

static bool add_rate(const struct peer *peer, const char *relation, struct table *out, struct err *err)
{
    char name[DATE_TEXT];
    struct table_cell *row = table_add_row(out, err);
    date_format_financial_year(peer->year, name);
    if (row == NULL || !table_set_text(out, &row[0], name, err) ||
        !table_set_text(out, &row[2], peer->name, err) || !table_set_text(out, &row[3], relation, err))
        return false;
    const struct interval limits = interval_count(llround(peer->stock));
    table_set_day(&row[1], date_year_end(peer->year));
    table_set_integer(&row[4], llround(peer->stock));
    table_set_integer(&row[5], llround(peer->population));
    table_set_real(&row[6], peers_rate(peer));
    table_set_real(&row[7], limits.low / peer->population * per);
    table_set_real(&row[8], limits.high / peer->population * per);
    return true;
}

/* Own and neighbours in the order of the relation, then all together, year by year. */
static bool add_year(const struct peer peers[], size_t n, int32_t year, struct table *out, struct err *err)
{
    for (int relation = PEER_OWN; relation <= PEER_NEIGHBOUR; relation++)
        for (size_t i = 0; i < n; i++)
            if (peers[i].year == year && (int)peers[i].relation == relation && peers_is_usable(&peers[i]) &&
                !add_rate(&peers[i], peers_relation_name(peers[i].relation), out, err))
                return false;
    const struct peer all = everybody(peers, n, year);
    return !peers_is_usable(&all) || add_rate(&all, "all", out, err);
}

bool peers_rate_table(const struct peer peers[], size_t n, struct table *out, struct err *err)
{
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    bool ok = true;
    table_init(out, "rate", rate_columns, N_RATE_COLUMNS);
    for (size_t i = 0; i < n; i++) {
        first = peers[i].year < first ? peers[i].year : first;
        last = peers[i].year > last ? peers[i].year : last;
    }
    for (int32_t year = first; ok && n > 0 && year <= last; year++)
        ok = add_year(peers, n, year, out, err);
    if (!ok)
        table_free(out);
    return ok;
}

int32_t peers_latest_year(const struct peer peers[], size_t n)
{
    int32_t latest = 0;
    for (size_t i = 0; i < n; i++)
        if (peers[i].relation == PEER_OWN && peers_is_usable(&peers[i]) && peers[i].year > latest)
            latest = peers[i].year;
    return latest;
}

static const char *place_of(double rate, double low95, double high95, double low998, double high998)
{
    if (rate > high95)
        return rate > high998 ? "above 99.8 %" : "above 95 %";
    if (rate < low95)
        return rate < low998 ? "below 99.8 %" : "below 95 %";
    return "inside";
}

static bool add_funnel(const struct peer *peer, const struct funnel *funnel, double z, struct table *out,
                       struct err *err)
{
    char name[DATE_TEXT];
    double limits[4];
    const double rate = peers_rate(peer);
    funnel_limits(funnel, peer->population, z95, &limits[0], &limits[1]);
    funnel_limits(funnel, peer->population, z998, &limits[2], &limits[3]);
    for (int i = 0; i < 4; i++)
        limits[i] *= per;
    const char *place = place_of(rate, limits[0], limits[1], limits[2], limits[3]);
    struct table_cell *row = table_add_row(out, err);
    date_format_financial_year(peer->year, name);
    if (row == NULL || !table_set_text(out, &row[0], name, err) ||
        !table_set_text(out, &row[1], peer->name, err) ||
        !table_set_text(out, &row[2], peers_relation_name(peer->relation), err) ||
        !table_set_text(out, &row[11], place, err))
        return false;
    table_set_integer(&row[3], llround(peer->stock));
    table_set_integer(&row[4], llround(peer->population));
    table_set_real(&row[5], rate);
    table_set_real(&row[6], z);
    for (int i = 0; i < 4; i++)
        table_set_real(&row[7 + i], limits[i]);
    return true;
}

bool peers_funnel_table(const struct peer peers[], size_t n, int32_t year, struct table *out,
                        struct funnel *funnel, double *own_z, struct err *err)
{
    bool ok = false;
    size_t n_used = 0;
    double *numbers = vec_new(3 * n, sizeof *numbers, err);
    const struct peer **used = vec_new(n, sizeof *used, err);
    table_init(out, "funnel", funnel_columns, N_FUNNEL_COLUMNS);
    if (numbers == NULL || used == NULL)
        goto out;
    for (size_t i = 0; i < n; i++) {
        if (peers[i].year != year || !peers_is_usable(&peers[i]))
            continue;
        numbers[n_used] = peers[i].stock;
        numbers[n + n_used] = peers[i].population;
        used[n_used++] = &peers[i];
    }
    if (!funnel_fit(numbers, numbers + n, n_used, funnel, numbers + 2 * n, err))
        goto out;
    *own_z = (double)NAN;
    for (size_t i = 0; i < n_used; i++) {
        if (used[i]->relation == PEER_OWN)
            *own_z = numbers[2 * n + i];
        if (!add_funnel(used[i], funnel, numbers[2 * n + i], out, err))
            goto out;
    }
    ok = true;
out:
    if (!ok)
        table_free(out);
    free(used);
    free(numbers);
    return ok;
}
