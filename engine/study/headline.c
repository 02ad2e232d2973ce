/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences are formats; what is chosen between them are numbers. Shares are whole per cents. */
#include "study/headline.h"

#include <math.h>
#include <stdio.h>

#include "numeric/interval.h"

static const double p_clear = 0.05;
static const double p_probable = 0.2;
static const double z95 = 1.959963984540054;
static const double z998 = 3.090232306167813;
static const double days_per_year = 365.25;
enum { SHORT_DAYS = 60, LONG_DAYS = 1096, ONE_YEAR = 365 };

static const struct group all = {GROUP_ALL, 0};

void headline_number(int64_t value, char out[HEADLINE_NUMBER])
{
    char digits[HEADLINE_NUMBER];
    const int n = snprintf(digits, sizeof digits, "%lld", (long long)(value < 0 ? -value : value));
    int at = 0;
    bug_if(n < 0 || n > 19);
    if (value < 0)
        out[at++] = '-';
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

void headline_days(int32_t days, char out[HEADLINE_NUMBER])
{
    const double months = days / (days_per_year / 12.0);
    int n = 0;
    if (days < SHORT_DAYS)
        n = snprintf(out, HEADLINE_NUMBER, "%d day%s", (int)days, days == 1 ? "" : "s");
    else if (days < LONG_DAYS)
        n = snprintf(out, HEADLINE_NUMBER, "%.0f months", months);
    else
        n = snprintf(out, HEADLINE_NUMBER, "%.1f years", days / days_per_year);
    bug_if(n < 0 || n >= HEADLINE_NUMBER);
}

const char *headline_change(struct arena *arena, const char *what, int64_t before, int64_t after,
                            struct err *err)
{
    const double p = interval_change_p(before, 1.0, after, 1.0);
    if (p >= p_probable)
        return arena_format(arena, err, "no clear change in %s", what);
    return arena_format(arena, err, "%s%s %s", what, p < p_clear ? "" : " probably",
                        after > before ? "rose" : "fell");
}

/* Months in order: the last, and the one `years` before; -1 when that is not observed. */
static int32_t month_before_end(const struct history *history, const struct counts *counts, int32_t years)
{
    const day date = date_year_end(history->last_year - years);
    const int32_t month = counts_month(counts, date);
    return date < history->start - 1 || month < 0 || month >= counts->n_months ? -1 : month;
}

/* The first observed 31 March, at most five years before the end; -1 when it is the end. */
static int32_t first_month(const struct history *history, const struct counts *counts)
{
    for (int32_t years = 5; years > 0; years--) {
        const int32_t month = month_before_end(history, counts, years);
        if (month >= 0)
            return month;
    }
    return -1;
}

static int64_t year_sum(const struct history *history, const struct counts *counts, enum measure measure,
                        int32_t years_before)
{
    const int32_t year = history->last_year - years_before;
    return counts_sum(counts, measure, all, date_year_end(year - 1) + 1, date_year_end(year));
}

/* Entries and exits of the last year against the year before. */
static const char *change_of_flows(struct arena *arena, const struct history *history,
                                   const struct counts *counts, struct err *err)
{
    const int64_t entries[2] = {year_sum(history, counts, MEASURE_ENTRIES, 1),
                                year_sum(history, counts, MEASURE_ENTRIES, 0)};
    const int64_t exits[2] = {year_sum(history, counts, MEASURE_EXITS, 1),
                              year_sum(history, counts, MEASURE_EXITS, 0)};
    if (interval_change_p(entries[0], 1.0, entries[1], 1.0) >= p_probable &&
        interval_change_p(exits[0], 1.0, exits[1], 1.0) >= p_probable)
        return "no clear change in entries or exits";
    const char *in = headline_change(arena, "entries", entries[0], entries[1], err);
    const char *out = headline_change(arena, "exits", exits[0], exits[1], err);
    return in == NULL || out == NULL ? NULL : arena_format(arena, err, "%s, %s", in, out);
}

const char *headline_stock(struct arena *arena, const struct history *history, const struct counts *counts,
                           struct err *err)
{
    const int32_t last = month_before_end(history, counts, 0);
    const int32_t before = month_before_end(history, counts, 1);
    const int64_t stock = last < 0 ? 0 : counts_at(counts, MEASURE_STOCK, all, last);
    char now[HEADLINE_NUMBER];
    char change[HEADLINE_NUMBER];
    char date[DATE_TEXT];
    headline_number(stock, now);
    date_format_words(date_year_end(history->last_year), date);
    if (before < 0)
        return arena_format(arena, err, "%s children were looked after on %s", now, date);
    const int64_t difference = stock - counts_at(counts, MEASURE_STOCK, all, before);
    headline_number(difference < 0 ? -difference : difference, change);
    const char *compared = difference == 0 ? "as many as a year before"
                                           : arena_format(arena, err, "%s %s than a year before", change,
                                                          difference > 0 ? "more" : "fewer");
    if (compared == NULL)
        return NULL;
    if (month_before_end(history, counts, 2) < 0)
        return arena_format(arena, err, "%s children were looked after on %s, %s", now, date, compared);
    const char *flows = change_of_flows(arena, history, counts, err);
    if (flows == NULL)
        return NULL;
    return arena_format(arena, err, "%s children were looked after on %s, %s; %s", now, date, compared,
                        flows);
}

/* Share of the stock in the members [first, last] of a kind, whole per cent. */
static int32_t share_of(const struct counts *counts, enum group_kind kind, int32_t first, int32_t last,
                        int32_t month)
{
    const int64_t whole = counts_at(counts, MEASURE_STOCK, all, month);
    int64_t part = 0;
    for (int32_t i = first; i <= last; i++)
        part += counts_at(counts, MEASURE_STOCK, (struct group){kind, i}, month);
    return whole == 0 ? 0 : (int32_t)lround(100.0 * (double)part / (double)whole);
}

/* "; WHAT were 9 % on 31 Mar 2018", or "" when there is no earlier 31 March. */
static const char *earlier(struct arena *arena, const struct history *history, const struct counts *counts,
                           const char *what, enum group_kind kind, int32_t first, int32_t last,
                           struct err *err)
{
    const int32_t month = first_month(history, counts);
    char date[DATE_TEXT];
    if (month < 0)
        return "";
    date_format_words(counts_month_end(counts, month), date);
    return arena_format(arena, err, "; %s %d%% on %s", what, (int)share_of(counts, kind, first, last, month),
                        date);
}

const char *headline_mix(struct arena *arena, const struct history *history, const struct counts *counts,
                         struct err *err)
{
    const int32_t month = month_before_end(history, counts, 0);
    const char *past = earlier(arena, history, counts, "homes were", GROUP_PLACEMENT, PLACEMENT_RES_INHOUSE,
                               PLACEMENT_RES_EXTERNAL, err);
    char date[DATE_TEXT];
    date_format_words(date_year_end(history->last_year), date);
    if (past == NULL || month < 0)
        return past;
    return arena_format(
        arena, err, "%d%% were in foster care and %d%% in children's homes on %s%s",
        (int)share_of(counts, GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN, PLACEMENT_FOSTER_IFA, month),
        (int)share_of(counts, GROUP_PLACEMENT, PLACEMENT_RES_INHOUSE, PLACEMENT_RES_EXTERNAL, month), date,
        past);
}

/* The member of a kind with the most; the smallest index of equals. skip: not this one. */
static int32_t largest(const struct counts *counts, enum measure measure, enum group_kind kind, int32_t n,
                       int32_t skip, day from, day to)
{
    int32_t best = skip == 0 ? 1 : 0;
    for (int32_t i = 0; i < n; i++)
        if (i != skip && counts_sum(counts, measure, (struct group){kind, i}, from, to) >
                             counts_sum(counts, measure, (struct group){kind, best}, from, to))
            best = i;
    return best;
}

const char *headline_ages(struct arena *arena, const struct history *history, const struct counts *counts,
                          struct err *err)
{
    const int32_t month = month_before_end(history, counts, 0);
    const day date = date_year_end(history->last_year);
    const int32_t most = largest(counts, MEASURE_STOCK, GROUP_AGE, AGE_COUNT, -1, date, date);
    const char *past = earlier(arena, history, counts, "they were", GROUP_AGE, AGE_16_17, AGE_16_17, err);
    if (past == NULL || month < 0)
        return past;
    if (most == AGE_16_17)
        return arena_format(arena, err, "%d%% are aged 16 and 17%s",
                            (int)share_of(counts, GROUP_AGE, AGE_16_17, AGE_16_17, month), past);
    return arena_format(arena, err, "%d%% are aged %s; 16 and 17 year olds are %d%%%s",
                        (int)share_of(counts, GROUP_AGE, most, most, month),
                        most == AGE_0 ? "under 1" : age_band_words((enum age_band)most),
                        (int)share_of(counts, GROUP_AGE, AGE_16_17, AGE_16_17, month), past);
}

const char *headline_legal(struct arena *arena, const struct history *history, const struct counts *counts,
                           struct err *err)
{
    const int32_t month = month_before_end(history, counts, 0);
    const day date = date_year_end(history->last_year);
    const int32_t most = largest(counts, MEASURE_STOCK, GROUP_LEGAL, LEGAL_COUNT, -1, date, date);
    const int32_t second = largest(counts, MEASURE_STOCK, GROUP_LEGAL, LEGAL_COUNT, most, date, date);
    char words[DATE_TEXT];
    date_format_words(date, words);
    if (month < 0)
        return "";
    return arena_format(arena, err, "%s: %d%%; %s: %d%% on %s", legal_group_words((enum legal_group)most),
                        (int)share_of(counts, GROUP_LEGAL, most, most, month),
                        legal_group_words((enum legal_group)second),
                        (int)share_of(counts, GROUP_LEGAL, second, second, month), words);
}

const char *headline_durations(struct arena *arena, const struct survival *curve, struct err *err)
{
    const int32_t median = survival_quantile(curve, 0.5);
    const int32_t until = survival_reliable_until(curve, SURVIVAL_LEAST_AT_RISK);
    char words[HEADLINE_NUMBER];
    if (curve->n_rows == 0)
        return arena_format(arena, err, "Too few endings to say how long children stay");
    const int home = (int)lround(100.0 * survival_incidence_at(curve, ROUTE_HOME + 1, ONE_YEAR));
    if (median >= 0 && median <= until) {
        headline_days(median, words);
        return arena_format(
            arena, err,
            "Half of the children who come into care have left after %s; %d%% have gone home within "
            "a year",
            words, home);
    }
    headline_days(until, words);
    return arena_format(
        arena, err,
        "%d%% of the children who come into care are still there after %s; %d%% go home within a year",
        (int)lround(100.0 * survival_at(curve, until)), words, home);
}

const char *headline_reasons(struct arena *arena, const struct history *history, const struct counts *counts,
                             struct err *err)
{
    const day from = date_year_end(history->last_year - 1) + 1;
    const day to = date_year_end(history->last_year);
    const int32_t need = largest(counts, MEASURE_ENTRIES, GROUP_NEED, NEED_COUNT, -1, from, to);
    const int64_t of = counts_sum(counts, MEASURE_ENTRIES, all, from, to);
    const int64_t n = counts_sum(counts, MEASURE_ENTRIES, (struct group){GROUP_NEED, need}, from, to);
    char year[DATE_TEXT];
    date_format_financial_year(history->last_year, year);
    if (of == 0)
        return arena_format(arena, err, "No child came into care in %s", year);
    return arena_format(arena, err, "%s is the reason for %d%% of entries in %s", need_words((enum need)need),
                        (int)lround(100.0 * (double)n / (double)of), year);
}

const char *headline_routes(struct arena *arena, const struct history *history, const struct counts *counts,
                            struct err *err)
{
    const day from = date_year_end(history->last_year - 1) + 1;
    const day to = date_year_end(history->last_year);
    const int32_t route = largest(counts, MEASURE_EXITS, GROUP_ROUTE, ROUTE_COUNT, -1, from, to);
    const int64_t of = counts_sum(counts, MEASURE_EXITS, all, from, to);
    const int64_t n = counts_sum(counts, MEASURE_EXITS, (struct group){GROUP_ROUTE, route}, from, to);
    char year[DATE_TEXT];
    char words[HEADLINE_NUMBER];
    date_format_financial_year(history->last_year, year);
    if (of == 0)
        return arena_format(arena, err, "No child left care in %s", year);
    headline_number(of, words);
    return arena_format(arena, err, "%s: %d%% of the %s who left in %s", route_words((enum route)route),
                        (int)lround(100.0 * (double)n / (double)of), words, year);
}

const char *headline_rate(struct arena *arena, const char *la, int32_t year, double rate, double neighbours,
                          struct err *err)
{
    if (isnan(neighbours))
        return arena_format(arena, err, "%.0f in 10,000 children were looked after in %s on 31 Mar %d", rate,
                            la, (int)year);
    return arena_format(
        arena, err,
        "%.0f in 10,000 children were looked after in %s on 31 Mar %d; its neighbours' median is %.0f", rate,
        la, (int)year, neighbours);
}

const char *headline_funnel(struct arena *arena, const char *la, double z, struct err *err)
{
    const double size = fabs(z);
    if (isnan(z))
        return arena_format(arena, err, "Rates of all authorities, with the range expected at each size");
    if (size <= z95)
        return arena_format(arena, err,
                            "%s: the rate is inside the range expected of authorities of its size", la);
    return arena_format(arena, err, "%s: the rate is %s the %s limit expected of authorities of its size", la,
                        z > 0 ? "above" : "below", size > z998 ? "99.8%" : "95%");
}
