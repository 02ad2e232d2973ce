/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each chart is a table of points (the columns are those of render/chart.h) and words by rule. */
#include "app/forecast_charts.h"

#include <math.h>
#include <stdio.h>

#include "app/forecast_alt.h"
#include "app/forecast_milestones.h"
#include "app/forecast_targets.h"

static const struct table_column columns[] = {{"series", 0}, {"style", 0}, {"x", 0},   {"y", 2},
                                              {"p025", 2},   {"p10", 2},   {"p25", 2}, {"p75", 2},
                                              {"p90", 2},    {"p975", 2}};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], FIRST_BAND = 4 };
enum { MONTHS_A_YEAR = 12, MONTHS_A_QUARTER = 3, HISTORY_MONTHS_MOST = 120, HALF_A_QUARTER_DAYS = 46 };
enum { QUANTILE_50 = 3 };
static const struct group all = {GROUP_ALL, 0};
static const double pence_a_pound = 100.0;

static const char *const slice_styles[OUTLOOK_GROUPS_MOST] = {"group_1", "group_2", "group_3",
                                                              "group_4", "group_5", "group_6"};

void forecast_charts_free(struct forecast_charts *charts)
{
    for (size_t i = 0; i < FORECAST_CHART_COUNT; i++)
        table_free(&charts->tables[i]);
    arena_free(&charts->texts);
    *charts = (struct forecast_charts){0};
}

static struct table_cell *add_point(struct table *table, const char *series, const char *style, double y,
                                    struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], series, err) ||
        !table_set_text(table, &row[1], style, err))
        return NULL;
    table_set_real(&row[3], y);
    return row;
}

static bool add_at(struct table *table, const char *series, const char *style, day date, double y,
                   struct err *err)
{
    struct table_cell *row = add_point(table, series, style, y, err);
    if (row != NULL)
        table_set_day(&row[2], date);
    return row != NULL;
}

/* The first date to show: ten years before the origin at most. */
static day first_date(const struct outlook *outlook)
{
    const day known = outlook_known_from(outlook);
    const day limit = date_month_end(outlook->origin, -HISTORY_MONTHS_MOST);
    return outlook->has_history && known < limit ? limit : known;
}

/* The last date of history to show: what happened after the origin, as far as the forecast goes. */
static day last_date(const struct outlook *outlook)
{
    const day end = outlook_month_end(outlook, outlook->forecast.scenarios[outlook->main].months - 1);
    const day known = outlook_known_to(outlook);
    return known < end ? known : end;
}

static const char *style_of(const struct outlook *outlook, size_t scenario)
{
    const enum stance stance = outlook->scenarios[scenario].stance;
    for (size_t i = 0; i < scenario; i++)
        if (outlook->scenarios[i].stance == stance)
            return "scenario"; /* one scenario a stance has the stance's own look */
    return stance_name(stance);
}

/* ---- is the curve turning? ---- */

static bool add_known_stock(struct table *table, const struct outlook *outlook, struct err *err)
{
    bool ok = true;
    const int32_t step = outlook->has_history ? 1 : MONTHS_A_YEAR;
    const day to = last_date(outlook);
    const day from = first_date(outlook);
    for (int32_t m = 0; ok && date_month_end(from, m) <= to; m += step) {
        double stock = 0.0;
        if (outlook_stock(outlook, all, date_month_end(from, m), &stock))
            ok = add_at(table, "", "history", date_month_end(from, m), stock, err);
    }
    return ok;
}

static bool add_scenario(struct table *table, const struct outlook *outlook, size_t scenario, struct err *err)
{
    char label[OUTLOOK_LABEL];
    double now = 0.0;
    const struct result *result = &outlook->forecast.scenarios[scenario];
    const char *style = style_of(outlook, scenario);
    outlook_label(outlook, scenario, label);
    bool ok = true;
    if (outlook_stock(outlook, all, outlook->origin, &now))
        ok = add_at(table, label, style, outlook->origin, now, err);
    for (int32_t m = 0; ok && m < result->months; m++) {
        static const int bands[] = {0, 1, 2, 4, 5, 6};
        const struct summary *at = result_find(result, MEASURE_STOCK, all, m);
        if (at == NULL)
            continue;
        struct table_cell *row = add_point(table, label, style, at->quantiles[QUANTILE_50], err);
        ok = row != NULL;
        if (ok)
            table_set_day(&row[2], outlook_month_end(outlook, m));
        for (int b = 0; ok && scenario == outlook->main && b < 6; b++)
            table_set_real(&row[FIRST_BAND + b], at->quantiles[bands[b]]);
    }
    return ok;
}

/* A straight path from the stock at the origin through the plan's targets; *words says them. */
static bool add_targets(struct table *table, const struct outlook *outlook, struct arena *texts,
                        const char **words, struct err *err)
{
    static const char label[] = "As planned";
    struct forecast_target *targets = NULL;
    size_t n = 0;
    double now = 0.0;
    bool ok = forecast_targets_find(outlook, texts, &targets, &n, err);
    if (ok && n > 0 && outlook_stock(outlook, all, outlook->origin, &now))
        ok = add_at(table, label, "target", outlook->origin, now, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = add_at(table, label, "target", targets[i].by, targets[i].level, err);
    if (ok)
        *words = forecast_targets_words(targets, n, texts, err);
    return ok && *words != NULL;
}

static bool make_curve(struct table *table, const struct outlook *outlook, struct arena *texts,
                       const char **targets, struct err *err)
{
    bool ok = add_known_stock(table, outlook, err);
    for (size_t i = 0; ok && i < outlook->n_scenarios; i++)
        ok = add_scenario(table, outlook, i, err);
    return ok && add_targets(table, outlook, texts, targets, err);
}

/* ---- what are they placed in? ---- */

static double size_of(const struct outlook *outlook, enum measure measure, struct group group)
{
    double now = 0.0;
    const struct result *result = &outlook->forecast.scenarios[outlook->main];
    if (measure == MEASURE_COST)
        return outlook_sum(outlook, outlook->main, MEASURE_COST, group, 0, result->months - 1, &now) ? now
                                                                                                     : -1.0;
    const struct summary *end = result_find(result, MEASURE_STOCK, group, result->months - 1);
    if (!outlook_stock(outlook, group, outlook->origin, &now))
        now = 0.0;
    return end == NULL ? -1.0 : fmax(now, end->mean);
}

int forecast_groups(const struct outlook *outlook, enum measure measure,
                    enum placement_group out[OUTLOOK_GROUPS_MOST])
{
    double sizes[PLACEMENT_COUNT];
    int order[PLACEMENT_COUNT] = {0};
    int n = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        sizes[g] = size_of(outlook, measure, (struct group){GROUP_PLACEMENT, g});
        if (sizes[g] < 0.5)
            continue;
        int at = n++;
        for (; at > 0 && sizes[order[at - 1]] < sizes[g]; at--)
            order[at] = order[at - 1];
        order[at] = g;
    }
    if (n > OUTLOOK_GROUPS_MOST)
        n = OUTLOOK_GROUPS_MOST - 1; /* and the rest */
    int own = -1;
    int agency = -1;
    for (int i = 0; i < n; i++) {
        own = order[i] == PLACEMENT_FOSTER_INHOUSE ? i : own;
        agency = order[i] == PLACEMENT_FOSTER_IFA ? i : agency;
    }
    if (own >= 0 && agency >= 0) {
        const int keep = own < agency ? own : agency;
        const int from = own < agency ? agency : own;
        const int moved = order[from];
        for (int i = from; i > keep + 1; i--)
            order[i] = order[i - 1];
        order[keep + 1] = moved;
    }
    for (int i = 0; i < n; i++)
        out[i] = (enum placement_group)order[i];
    return n;
}

/* What a bar of a date holds: the known stock up to the origin, then the main scenario's mean. */
static bool slice_at(const struct outlook *outlook, struct group group, day date, double *out)
{
    if (date <= outlook->origin)
        return outlook_stock(outlook, group, date, out);
    const struct summary *at = result_find(&outlook->forecast.scenarios[outlook->main], MEASURE_STOCK, group,
                                           date_month_index(date) - date_month_index(outlook->origin) - 1);
    if (at != NULL)
        *out = at->mean;
    return at != NULL;
}

static bool add_slices(struct table *table, const struct outlook *outlook,
                       const enum placement_group groups[], int n, struct err *err)
{
    bool ok = true;
    const day from = first_date(outlook);
    const int32_t months = date_month_index(outlook->origin) - date_month_index(from) +
                           outlook->forecast.scenarios[outlook->main].months;
    for (int g = 0; ok && g <= n; g++)
        for (int32_t m = 0; ok && m <= months; m++) {
            const day date = date_month_end(from, m);
            double value = 0.0;
            if (date_to_civil(date).month % MONTHS_A_QUARTER != 0 || !slice_at(outlook, all, date, &value))
                continue;
            if (g < n) {
                if (slice_at(outlook, (struct group){GROUP_PLACEMENT, (int)groups[g]}, date, &value))
                    ok = add_at(table, placement_group_words(groups[g]), slice_styles[g], date, value, err);
                continue;
            }
            for (int k = 0; k < n; k++) {
                double named = 0.0;
                if (slice_at(outlook, (struct group){GROUP_PLACEMENT, (int)groups[k]}, date, &named))
                    value -= named;
            }
            if (n == OUTLOOK_GROUPS_MOST - 1 || outlook->n_withheld > 0)
                ok = add_at(table, "All other placements", "rest", date, fmax(value, 0.0), err);
        }
    return ok;
}

/* ---- who comes in, who leaves? ---- */

static bool add_flow(struct table *table, const struct outlook *outlook, enum measure measure,
                     const char *label, const char *style, const char *forecast_style, struct err *err)
{
    bool ok = true;
    const int32_t months = outlook->forecast.scenarios[outlook->main].months;
    const int32_t step = outlook->has_history ? 1 : MONTHS_A_YEAR;
    const day from = first_date(outlook);
    const day to = last_date(outlook);
    for (int32_t m = 0; ok && date_month_end(from, m) <= to; m += step) {
        double value = 0.0;
        if (outlook_flow(outlook, measure, date_month_end(from, m), &value))
            ok = add_at(table, "", style, date_month_end(from, m), value, err);
    }
    double known = 0.0;
    if (ok && outlook_flow(outlook, measure, outlook->origin, &known))
        ok = add_at(table, label, forecast_style, outlook->origin, known, err);
    for (int32_t m = outlook->has_history ? 0 : MONTHS_A_YEAR - 1; ok && m < months; m++) {
        double value = 0.0;
        const int32_t first = m - MONTHS_A_YEAR + 1;
        if (!outlook_sum(outlook, outlook->main, measure, all, first < 0 ? 0 : first, m, &value))
            break;
        bool whole = true;
        for (int32_t k = first; k < 0; k++) { /* months before the origin are known */
            const int32_t month = counts_month(&outlook->counts, outlook->origin) + 1 + k;
            whole = whole && month >= 0 && outlook->published == NULL;
            if (month >= 0)
                value += (double)counts_at(&outlook->counts, measure, all, month);
        }
        if (whole)
            ok = add_at(table, label, forecast_style, outlook_month_end(outlook, m), value, err);
    }
    return ok;
}

/* ---- where does the money go? ---- */

static bool add_at_year(struct table *table, const char *series, const char *style, const char *year,
                        double pounds, struct err *err)
{
    struct table_cell *row = add_point(table, series, style, pounds, err);
    return row != NULL && table_set_text(table, &row[2], year, err);
}

static bool add_costs(struct table *table, const struct outlook *outlook, const enum placement_group groups[],
                      int n, struct err *err)
{
    bool ok = true;
    int32_t first = 0;
    int32_t last = 0;
    char year[OUTLOOK_NUMBER];
    for (int g = 0; ok && g <= n; g++)
        for (int32_t i = 0; ok && outlook_year(outlook, i, &first, &last, year); i++) {
            double value = 0.0;
            if (g < n) {
                const struct group group = {GROUP_PLACEMENT, (int)groups[g]};
                if (outlook_sum(outlook, outlook->main, MEASURE_COST, group, first, last, &value))
                    ok = add_at_year(table, placement_group_words(groups[g]), slice_styles[g], year,
                                     value / pence_a_pound, err);
                continue;
            }
            if (!outlook_sum(outlook, outlook->main, MEASURE_COST, all, first, last, &value))
                continue;
            for (int k = 0; k < n; k++) {
                double named = 0.0;
                if (outlook_sum(outlook, outlook->main, MEASURE_COST,
                                (struct group){GROUP_PLACEMENT, (int)groups[k]}, first, last, &named))
                    value -= named;
            }
            if (n == OUTLOOK_GROUPS_MOST - 1 || outlook->n_withheld > 0)
                ok = add_at_year(table, "All other placements", "rest", year,
                                 fmax(value, 0.0) / pence_a_pound, err);
        }
    for (size_t s = 0; ok && s < outlook->n_scenarios; s++) {
        char name[OUTLOOK_LABEL];
        char label[OUTLOOK_LABEL + 16];
        if (s == outlook->main)
            continue;
        outlook_label(outlook, s, name);
        snprintf(label, sizeof label, "%s, total", name);
        for (int32_t i = 0; ok && outlook_year(outlook, i, &first, &last, year); i++) {
            double value = 0.0;
            if (outlook_sum(outlook, s, MEASURE_COST, all, first, last, &value))
                ok = add_at_year(table, label, style_of(outlook, s), year, value / pence_a_pound, err);
        }
    }
    return ok;
}

/* ---- together ---- */

/* Flags where the plan's actions start, and their sentence in the alternative text. */
static bool add_flags(struct forecast_charts *out, const struct outlook *outlook, struct chart_spec *spec,
                      struct err *err)
{
    struct chart_flag *flags = NULL;
    size_t n = 0;
    size_t first = 0;
    const day from = first_date(outlook);
    const day to = outlook_month_end(outlook, outlook->forecast.scenarios[outlook->main].months - 1);
    if (!forecast_milestones_flags(&outlook->scenarios[outlook->main], &out->texts, &flags, &n, err))
        return false;
    while (first < n && flags[first].at < from)
        first++;
    while (n > first && flags[n - 1].at > to)
        n--;
    if (n == first)
        return true;
    char begin[OUTLOOK_NUMBER];
    char end[OUTLOOK_NUMBER];
    spec->flags = &flags[first];
    spec->n_flags = n - first;
    outlook_month_words(flags[first].at, begin);
    outlook_month_words(flags[n - 1].at, end);
    spec->alt = arena_format(&out->texts, err,
                             "%s Flags on the time axis: actions of the plan start from %s "
                             "(%.32s) to %s (%.32s), %zu in all.",
                             spec->alt, begin, flags[first].words, end, flags[n - 1].words, n - first);
    spec->subtitle =
        arena_format(&out->texts, err, "%s Flags: actions start (+2: two more near).", spec->subtitle);
    return spec->alt != NULL && spec->subtitle != NULL;
}

struct draft {
    enum forecast_chart kind;
    const char *script, *file;
    enum chart_shape shape;
    enum chart_unit unit;
    const char *y_title;
    bool from_zero;
};

static bool finish(struct forecast_charts *out, const struct outlook *outlook, const struct draft *draft,
                   const char *title, const char *subtitle, const char *alt, const char *prefix,
                   const char *source, struct err *err)
{
    char known[DATE_TEXT];
    struct chart_spec *spec = &out->specs[out->n];
    date_format_words(outlook->origin, known);
    const bool dated = draft->kind != FORECAST_COST;
    const int32_t bars = draft->kind == FORECAST_MIX ? HALF_A_QUARTER_DAYS : 0;
    *spec = (struct chart_spec){
        .script = draft->script,
        .name = arena_format(&out->texts, err, "%s%s", prefix, draft->file),
        .title = arena_copy(&out->texts, str_of(title), err),
        .subtitle = subtitle,
        .source = source,
        .alt = alt,
        .now = dated ? outlook->origin + bars : DAY_NONE,
        .now_text =
            arena_format(&out->texts, err, "%s %s",
                         outlook_known_to(outlook) > outlook->origin ? "as known on" : "known to", known),
        .panels = {{.data = &out->tables[out->n],
                    .shape = draft->shape,
                    .unit = draft->unit,
                    .y_title = draft->y_title,
                    .from_zero = draft->from_zero,
                    .label_with_value = true}},
        .n_panels = 1,
    };
    if (spec->name == NULL || spec->title == NULL || subtitle == NULL || alt == NULL ||
        spec->now_text == NULL)
        return false;
    if (draft->kind == FORECAST_CURVE && !add_flags(out, outlook, spec, err))
        return false;
    out->kinds[out->n++] = draft->kind;
    return true;
}

static bool make_one(struct forecast_charts *out, const struct outlook *outlook, const struct draft *draft,
                     const char *prefix, const char *source, struct err *err)
{
    char title[OUTLOOK_WORDS];
    char label[OUTLOOK_LABEL];
    enum placement_group groups[OUTLOOK_GROUPS_MOST];
    const int n =
        forecast_groups(outlook, draft->kind == FORECAST_COST ? MEASURE_COST : MEASURE_STOCK, groups);
    const char *la = outlook->authority.name;
    const char *subtitle = NULL;
    const char *alt = NULL;
    const char *targets = "";
    struct table *table = &out->tables[out->n];
    bool ok = true;
    outlook_label(outlook, outlook->main, label);
    table_init(table, draft->file, columns, N_COLUMNS);
    switch (draft->kind) {
    case FORECAST_CURVE:
        if (!outlook_say_stock(outlook, title))
            return true;
        ok = make_curve(table, outlook, &out->texts, &targets, err);
        subtitle = forecast_curve_subtitle(outlook, &out->texts, err);
        alt = forecast_curve_alt(outlook, first_date(outlook), &out->texts, err);
        if (ok && subtitle != NULL && targets[0] != '\0')
            subtitle = arena_format(&out->texts, err, "%s Diamonds: as planned.", subtitle);
        if (ok && alt != NULL)
            alt = arena_format(&out->texts, err, "%s%s", alt, targets);
        break;
    case FORECAST_MIX:
        if (!outlook_say_mix(outlook, title))
            return true;
        ok = add_slices(table, outlook, groups, n, err);
        subtitle = arena_format(&out->texts, err,
                                "Children looked after in %s by placement at the end of each quarter; "
                                "forecast: mean of the scenario %s.",
                                la, label);
        alt = forecast_mix_alt(outlook, groups, n, &out->texts, err);
        break;
    case FORECAST_FLOWS:
        if (!outlook_say_flows(outlook, title))
            return true;
        ok = add_flow(table, outlook, MEASURE_ENTRIES, "Entries", "entries", "entries_forecast", err) &&
             add_flow(table, outlook, MEASURE_EXITS, "Exits", "exits", "exits_forecast", err);
        subtitle = arena_format(&out->texts, err,
                                "Periods of care started and ended in the 12 months to each date, %s; "
                                "forecast: mean of the scenario %s.",
                                la, label);
        alt = arena_format(&out->texts, err,
                           "Line chart of entries and exits in %s over 12 months. %s. Data: forecast.csv.",
                           la, title);
        break;
    case FORECAST_COST:
        if (!outlook_say_cost(outlook, title))
            return true;
        ok = add_costs(table, outlook, groups, n, err);
        subtitle = arena_format(&out->texts, err,
                                "Placement cost of %s by financial year, mean of the scenario %s. Marks: "
                                "totals of the other scenarios.",
                                la, label);
        alt = arena_format(
            &out->texts, err,
            "Stacked bars of placement cost in %s by financial year and placement. %s. Data: cost.csv.", la,
            title);
        break;
    case FORECAST_CHART_COUNT:
        break;
    }
    if (ok && table->n_rows == 0)
        return true; /* fewer months than a quarter: nothing to draw */
    return ok && finish(out, outlook, draft, title, subtitle, alt, prefix, source, err);
}

bool forecast_charts_make(struct forecast_charts *out, const struct outlook *outlook, const char *prefix,
                          const char *source, struct err *err)
{
    static const struct draft drafts[] = {
        {FORECAST_CURVE, "turning_the_curve", "turning-the-curve", CHART_LINES, CHART_COUNT, "Children",
         false},
        {FORECAST_MIX, "mix", "mix", CHART_STACK, CHART_COUNT, "Children", true},
        {FORECAST_FLOWS, "entries_exits", "entries-exits", CHART_LINES, CHART_COUNT, "Children in 12 months",
         true},
        {FORECAST_COST, "cost", "cost", CHART_STACK, CHART_POUNDS, "£ a year", true},
    };
    bool ok = true;
    *out = (struct forecast_charts){0};
    for (size_t i = 0; ok && i < sizeof drafts / sizeof drafts[0]; i++)
        ok = make_one(out, outlook, &drafts[i], prefix, source, err);
    if (!ok)
        forecast_charts_free(out);
    return ok;
}
