/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two to four sentences: kind of chart and subject, the finding with figures, where the data are. */
#include "app/forecast_alt.h"

static const struct group all = {GROUP_ALL, 0};
enum { QUANTILE_10 = 1, QUANTILE_90 = 5 };

const char *forecast_curve_subtitle(const struct outlook *outlook, struct arena *texts, struct err *err)
{
    char label[OUTLOOK_LABEL];
    bool stances = false;
    for (size_t i = 0; i < outlook->n_scenarios; i++)
        stances = stances || outlook->scenarios[i].stance != STANCE_BASELINE;
    outlook_label(outlook, outlook->main, label);
    return arena_format(
        texts, err,
        "Children looked after in %s. %s: half of outcomes in the dark band, 8 in 10 in the light.%s",
        outlook->authority.name, label,
        stances ? " Best, likely and worst are assumptions, not probabilities." : "");
}

const char *forecast_curve_alt(const struct outlook *outlook, day from_date, struct arena *texts,
                               struct err *err)
{
    char from[OUTLOOK_NUMBER];
    char to[OUTLOOK_NUMBER];
    char known[OUTLOOK_NUMBER] = "?";
    double now = 0.0;
    struct text alt = {0};
    const struct result *first = &outlook->forecast.scenarios[0];
    outlook_month_words(from_date, from);
    outlook_month_words(outlook_month_end(outlook, first->months - 1), to);
    if (outlook_stock(outlook, all, outlook->origin, &now))
        outlook_exact(now, known);
    bool ok =
        text_format(&alt, err, "Line chart of children looked after in %s, %s to %s. History ends at %s.",
                    outlook->authority.name, from, to, known);
    for (size_t i = 0; ok && i < outlook->n_scenarios; i++) {
        char label[OUTLOOK_LABEL];
        char low[OUTLOOK_NUMBER];
        char high[OUTLOOK_NUMBER];
        const struct result *result = &outlook->forecast.scenarios[i];
        const struct summary *end = result_find(result, MEASURE_STOCK, all, result->months - 1);
        if (end == NULL)
            continue;
        outlook_label(outlook, i, label);
        outlook_exact(end->quantiles[QUANTILE_10], low);
        outlook_exact(end->quantiles[QUANTILE_90], high);
        ok = text_format(&alt, err, " %s: expected range in %s %s to %s.", label, to, low, high);
    }
    ok = ok && text_append_c(&alt, " Data: forecast.csv.", err);
    const char *copy = ok ? arena_copy(texts, (struct str){alt.at, alt.length}, err) : NULL;
    text_free(&alt);
    return copy;
}

const char *forecast_mix_alt(const struct outlook *outlook, const enum placement_group groups[], int n,
                             struct arena *texts, struct err *err)
{
    char when[OUTLOOK_NUMBER];
    struct text alt = {0};
    const struct result *result = &outlook->forecast.scenarios[outlook->main];
    outlook_month_words(outlook_month_end(outlook, result->months - 1), when);
    bool ok = text_format(
        &alt, err, "Stacked bars of children looked after in %s by placement, quarter by quarter to %s.",
        outlook->authority.name, when);
    for (int g = 0; ok && g < n && g < 3; g++) {
        char a[OUTLOOK_NUMBER] = "?";
        char b[OUTLOOK_NUMBER] = "?";
        double now = 0.0;
        const struct group group = {GROUP_PLACEMENT, (int)groups[g]};
        const struct summary *end = result_find(result, MEASURE_STOCK, group, result->months - 1);
        if (outlook_stock(outlook, group, outlook->origin, &now))
            outlook_exact(now, a);
        if (end != NULL)
            outlook_exact(end->mean, b);
        ok = text_format(&alt, err, " %s from %s to %s.", placement_group_words(groups[g]), a, b);
    }
    ok = ok && text_append_c(&alt, " Data: forecast.csv.", err);
    const char *copy = ok ? arena_copy(texts, (struct str){alt.at, alt.length}, err) : NULL;
    text_free(&alt);
    return copy;
}
