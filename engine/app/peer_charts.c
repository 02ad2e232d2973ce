/* SPDX-License-Identifier: GPL-3.0-or-later
 * Charts from published figures alone. */
#include <math.h>
#include <stdlib.h>

#include "app/help.h"
#include "app/history_charts.h"
#include "study/headline.h"

static const double per = 10000.0;
static const double z95 = 1.959963984540054;
static const double z998 = 3.090232306167813;
enum { LIMIT_POINTS = 60 };

static const char source[] =
    "Source: DfE and ONS published figures, Open Government Licence; turncurve " HELP_VERSION;

/* The points of one line over the years, where known. */
static bool add_years(struct table *panel, const struct yearly *yearly, const double values[],
                      const char *words, const char *style, struct err *err)
{
    bool begun = false;
    for (int32_t i = 0; i < yearly->n_years; i++) {
        begun = begun || !isnan(values[i]);
        if (begun &&
            !chart_set_day_point(panel, words, style, date_year_end(yearly->first_year + i), values[i], err))
            return false;
    }
    return true;
}

static bool any_known(const double values[], int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            return true;
    return false;
}

bool history_charts_add_yearly(struct chart_set *set, const struct yearly *yearly, struct err *err)
{
    int32_t last = yearly->n_years - 1;
    while (last >= 0 && isnan(yearly->stock[last]))
        last--;
    if (last < 0)
        return true;
    const bool flows_known =
        any_known(yearly->starts, yearly->n_years) && any_known(yearly->leavers, yearly->n_years);
    struct table *stock = chart_set_panel(set);
    struct table *flows = chart_set_panel(set);
    char number[HEADLINE_NUMBER];
    char change[HEADLINE_NUMBER];
    const double before = last > 0 ? yearly->stock[last - 1] : (double)NAN;
    const double difference = yearly->stock[last] - before;
    headline_number(llround(yearly->stock[last]), number);
    headline_number(isnan(difference) ? 0 : llround(fabs(difference)), change);
    const char *title =
        isnan(difference)
            ? arena_format(&set->texts, err, "%s children were looked after on 31 Mar %d", number,
                           (int)(yearly->first_year + last))
            : arena_format(&set->texts, err,
                           "%s children were looked after on 31 Mar %d, %s %s than a year before", number,
                           (int)(yearly->first_year + last), change, difference >= 0 ? "more" : "fewer");
    struct chart_spec chart = {
        .script = "stock",
        .name = "stock",
        .title = title,
        .subtitle = arena_format(&set->texts, err,
                                 "%s, children looked after on 31 March, starting and ceasing in the year",
                                 yearly->la_name),
        .source = source,
        .alt = arena_format(
            &set->texts, err,
            "Line chart of children looked after, starting and ceasing in %s, years ending March %d to "
            "%d. %s. Data: published.csv.",
            yearly->la_name, (int)yearly->first_year, (int)(yearly->first_year + last),
            title == NULL ? "" : title),
        .now = DAY_NONE,
        .panels = {{.data = stock,
                    .shape = CHART_LINES,
                    .y_title = "Children looked after on 31 March",
                    .label_with_value = true},
                   {.data = flows,
                    .shape = CHART_LINES,
                    .y_title = "Children a year",
                    .from_zero = true,
                    .label_with_value = true}},
        .n_panels = flows_known ? 2 : 1,
    };
    if (title == NULL || chart.subtitle == NULL || chart.alt == NULL ||
        !add_years(stock, yearly, yearly->stock, "Children", "history", err) ||
        !add_years(flows, yearly, yearly->starts, "Starting", "entries", err) ||
        !add_years(flows, yearly, yearly->leavers, "Ceasing", "exits", err))
        return false;
    chart_set_add(set, &chart, "published.csv");
    return true;
}

/* All years of one authority as a line, with gaps where there is no rate; peers stand by authority, then
 * year. */
static bool add_rate_line(struct table *panel, const struct peer peers[], size_t n, int32_t la,
                          const char *words, const char *style, struct err *err)
{
    int32_t next = 0; /* the year after the last one drawn; 0: none yet */
    for (size_t i = 0; i < n; i++) {
        if (peers[i].la != la || !peers_is_usable(&peers[i]))
            continue;
        if ((next != 0 && peers[i].year != next &&
             !chart_set_day_point(panel, words, style, date_year_end(next), (double)NAN, err)) ||
            !chart_set_day_point(panel, words, style, date_year_end(peers[i].year), peers_rate(&peers[i]),
                                 err))
            return false;
        next = peers[i].year + 1;
    }
    return true;
}

static bool fill_rates(struct table *panel, const struct peer peers[], size_t n, const char *la,
                       struct err *err)
{
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    int32_t previous = -1;
    int32_t own = -1;
    for (size_t i = 0; i < n; i++) {
        first = peers[i].year < first ? peers[i].year : first;
        last = peers[i].year > last ? peers[i].year : last;
        if (peers[i].relation == PEER_OWN)
            own = peers[i].la;
        if (peers[i].relation == PEER_NEIGHBOUR && peers[i].la != previous &&
            !add_rate_line(panel, peers, n, peers[i].la, peers[i].name, "context", err))
            return false;
        previous = peers[i].la;
    }
    bool begun = false;
    for (int32_t year = first; year <= last; year++) {
        const double rate = peers_rate_of_all(peers, n, year);
        begun = begun || !isnan(rate);
        if (begun &&
            !chart_set_day_point(panel, "All authorities", "england", date_year_end(year), rate, err))
            return false;
    }
    return add_rate_line(panel, peers, n, own, la, "own", err);
}

static bool add_rate(struct chart_set *set, const char *la, const struct peer peers[], size_t n, int32_t year,
                     struct err *err)
{
    double median = (double)NAN;
    double rate = (double)NAN;
    struct table *panel = chart_set_panel(set);
    for (size_t i = 0; i < n; i++)
        if (peers[i].relation == PEER_OWN && peers[i].year == year)
            rate = peers_rate(&peers[i]);
    if (!peers_rate_of_neighbours(peers, n, year, &median, err) || !fill_rates(panel, peers, n, la, err))
        return false;
    const char *title = headline_rate(&set->texts, la, year, rate, median, err);
    const char *with = isnan(median) ? "" : " and its statistical neighbours";
    struct chart_spec chart = {
        .script = "rate",
        .name = "rate",
        .title = title,
        .subtitle = arena_format(&set->texts, err,
                                 "%s%s, children looked after on 31 March per 10,000 aged 0 to 17", la, with),
        .source = source,
        .alt = arena_format(
            &set->texts, err,
            "Line chart of children looked after per 10,000 in %s%s and all authorities together. %s. "
            "Data: rate.csv.",
            la, with, title == NULL ? "" : title),
        .now = DAY_NONE,
        .panels = {{.data = panel,
                    .shape = CHART_LINES,
                    .y_title = "Children looked after per 10,000",
                    .label_with_value = false}},
        .n_panels = 1,
    };
    if (title == NULL || chart.subtitle == NULL || chart.alt == NULL)
        return false;
    chart_set_add(set, &chart, "rate.csv");
    return true;
}

static const double axis_step = 100000.0; /* children, between marks of the population axis */

static int compare_population(const void *a, const void *b)
{
    const struct peer *x = *(const struct peer *const *)a;
    const struct peer *y = *(const struct peer *const *)b;
    if (x->population != y->population)
        return x->population < y->population ? -1 : 1;
    return (x->la > y->la) - (x->la < y->la);
}

static bool fill_points(struct table *panel, const struct peer *const sorted[], size_t n,
                        enum peer_relation relation, const char *words, const char *style, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (sorted[i]->relation == relation &&
            !chart_set_number_point(panel, words, style, sorted[i]->population / 1000.0,
                                    peers_rate(sorted[i]), err))
            return false;
    return true;
}

/* Limits narrow quickly where populations are small, so the points lie evenly on the square root. */
static bool fill_limit(struct table *panel, const struct funnel *funnel, double low, double high, double z,
                       bool upper, const char *words, const char *style, struct err *err)
{
    for (int i = 0; i <= LIMIT_POINTS; i++) {
        const double root = sqrt(low) + (sqrt(high) - sqrt(low)) * i / LIMIT_POINTS;
        const double population = i == LIMIT_POINTS ? high : root * root; /* exactly to the last point */
        double limits[2];
        funnel_limits(funnel, population, z, &limits[0], &limits[1]);
        if (!chart_set_number_point(panel, words, style, population / 1000.0, limits[upper ? 1 : 0] * per,
                                    err))
            return false;
    }
    return true;
}

static bool fill_funnel(struct table *panel, const struct funnel *funnel, const struct peer *const sorted[],
                        size_t n, const char *la, struct err *err)
{
    const double low = sorted[0]->population;
    /* to the end of the axis, so that the labels of the limits stand there */
    const double high = ceil(sorted[n - 1]->population / axis_step) * axis_step;
    return fill_points(panel, sorted, n, PEER_OTHER, "", "all", err) &&
           fill_points(panel, sorted, n, PEER_NEIGHBOUR, "", "neighbour", err) &&
           fill_limit(panel, funnel, low, high, z998, true, "99.8%", "limit998", err) &&
           fill_limit(panel, funnel, low, high, z95, true, "95%", "limit95", err) &&
           fill_limit(panel, funnel, low, high, 0.0, true, "All", "middle", err) &&
           fill_limit(panel, funnel, low, high, z95, false, "95%", "limit95", err) &&
           fill_limit(panel, funnel, low, high, z998, false, "99.8%", "limit998", err) &&
           fill_points(panel, sorted, n, PEER_OWN, la, "own_point", err);
}

static bool add_funnel(struct chart_set *set, const char *la, const struct peer peers[], size_t n,
                       int32_t year, struct err *err)
{
    struct table numbers = {0};
    struct funnel funnel;
    double own_z = (double)NAN;
    size_t n_sorted = 0;
    bool ok = false;
    struct table *panel = chart_set_panel(set);
    const struct peer **sorted = calloc(n + 1, sizeof *sorted);
    if (sorted == NULL)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        if (peers[i].year == year && peers_is_usable(&peers[i]))
            sorted[n_sorted++] = &peers[i];
    qsort(sorted, n_sorted, sizeof *sorted, compare_population);
    const char *title = NULL;
    if (!peers_funnel_table(peers, n, year, &numbers, &funnel, &own_z, err) ||
        !fill_funnel(panel, &funnel, sorted, n_sorted, la, err))
        goto out;
    title = headline_funnel(&set->texts, la, own_z, err);
    struct chart_spec chart = {
        .script = "funnel",
        .name = "funnel",
        .title = title,
        .subtitle = arena_format(
            &set->texts, err,
            "%zu authorities on 31 Mar %d; diamonds are statistical neighbours; limits allow for differences "
            "between authorities",
            n_sorted, (int)year),
        .source = source,
        .alt = arena_format(
            &set->texts, err,
            "Funnel chart of the rate of children looked after by child population, %zu authorities, "
            "31 Mar %d. %s. Data: funnel.csv.",
            n_sorted, (int)year, title == NULL ? "" : title),
        .now = DAY_NONE,
        .panels = {{.data = panel,
                    .shape = CHART_POINTS,
                    .y_title = "Children looked after per 10,000",
                    .x_title = "Children aged 0 to 17, thousands"}},
        .n_panels = 1,
    };
    ok = title != NULL && chart.subtitle != NULL && chart.alt != NULL;
    if (ok)
        chart_set_add(set, &chart, "funnel.csv");
out:
    free(sorted);
    table_free(&numbers);
    return ok;
}

bool history_charts_add_peers(struct chart_set *set, const char *la, const struct peer peers[], size_t n,
                              struct err *err)
{
    const int32_t year = peers_latest_year(peers, n);
    if (year == 0)
        return true;
    size_t usable = 0;
    for (size_t i = 0; i < n; i++)
        usable += peers[i].year == year && peers_is_usable(&peers[i]);
    return add_rate(set, la, peers, n, year, err) &&
           (usable < PEERS_LEAST_FUNNEL || add_funnel(set, la, peers, n, year, err));
}
