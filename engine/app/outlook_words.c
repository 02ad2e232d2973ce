/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences by rule. A direction needs evidence: the range from p10 to p90 must leave out "no change". */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/outlook.h"

static const struct group all = {GROUP_ALL, 0};
enum { QUANTILE_10 = 1, QUANTILE_50 = 3, QUANTILE_90 = 5 };
enum { MONTHS_A_YEAR = 12, GAP_WORDS = 128 };
static const double pence_a_pound = 100.0;

void outlook_label(const struct outlook *outlook, size_t scenario, char out[OUTLOOK_LABEL])
{
    str_copy(str_of(outlook->scenarios[scenario].name), out, OUTLOOK_LABEL);
    for (char *at = out; *at != '\0'; at++)
        if (*at == '-' || *at == '_')
            *at = ' ';
    if (out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
}

const char *outlook_style(enum stance stance)
{
    switch (stance) {
    case STANCE_BASELINE:
        return "baseline";
    case STANCE_LIKELY:
        return "likely";
    case STANCE_BEST:
        return "best";
    case STANCE_WORST:
        return "worst";
    case STANCE_COUNT:
        break;
    }
    return "scenario";
}

void outlook_month_words(day date, char out[OUTLOOK_NUMBER])
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const struct civil civil = date_to_civil(date);
    snprintf(out, OUTLOOK_NUMBER, "%s %d", months[civil.month - 1], (int)civil.year);
}

void outlook_exact(double children, char out[OUTLOOK_NUMBER])
{
    if (!isfinite(children)) {
        snprintf(out, OUTLOOK_NUMBER, "not known");
        return;
    }
    const int64_t whole = (int64_t)llround(children);
    const uint64_t size = (uint64_t)(whole < 0 ? -whole : whole);
    const char *sign = whole < 0 ? "\xE2\x88\x92" : ""; /* a minus sign */
    if (size >= 1000000)
        snprintf(out, OUTLOOK_NUMBER, "%s%" PRIu64 ",%03" PRIu64 ",%03" PRIu64, sign, size / 1000000,
                 size / 1000 % 1000, size % 1000);
    else if (size >= 1000)
        snprintf(out, OUTLOOK_NUMBER, "%s%" PRIu64 ",%03" PRIu64, sign, size / 1000, size % 1000);
    else
        snprintf(out, OUTLOOK_NUMBER, "%s%" PRIu64, sign, size);
}

void outlook_about(double children, char out[OUTLOOK_NUMBER])
{
    const double size = fabs(children);
    const double step = size >= 200.0 ? 10.0 : size >= 50.0 ? 5.0 : 1.0;
    outlook_exact(round(children / step) * step, out);
}

void outlook_pounds(double pounds, char out[OUTLOOK_NUMBER])
{
    const double size = fabs(pounds);
    const char *sign = pounds < -0.5 ? "\xE2\x88\x92" : "";
    if (size >= 999500.0)
        snprintf(out, OUTLOOK_NUMBER, "%s£%.1fm", sign, size / 1e6);
    else if (size >= 1000.0)
        snprintf(out, OUTLOOK_NUMBER, "%s£%.0fk", sign, size / 1e3);
    else
        snprintf(out, OUTLOOK_NUMBER, "%s£%.0f", sign, size);
}

/* The main scenario less the base in the last month; NULL when they are one, or the base is not the first. */
static const struct summary *gap(const struct outlook *outlook, enum measure measure, struct group group)
{
    if (outlook->main == outlook->base || outlook->base != 0 || outlook->forecast.differences == NULL)
        return NULL;
    const struct result *difference = &outlook->forecast.differences[outlook->main - 1];
    return result_find(difference, measure, group, difference->months - 1);
}

static bool is_clear(const struct summary *difference)
{
    return difference->quantiles[QUANTILE_10] > 0.0 || difference->quantiles[QUANTILE_90] < 0.0;
}

static const struct summary *last(const struct outlook *outlook, enum measure measure, struct group group)
{
    const struct result *result = &outlook->forecast.scenarios[outlook->main];
    return result_find(result, measure, group, result->months - 1);
}

static int32_t n_months(const struct outlook *outlook)
{
    return outlook->forecast.scenarios[outlook->main].months;
}

/* ", 95 fewer than the baseline" and its like; "" when there is nothing to compare. */
static void say_gap(const struct summary *difference, bool money, char out[GAP_WORDS])
{
    char size[OUTLOOK_NUMBER];
    out[0] = '\0';
    if (difference == NULL)
        return;
    const double middle = difference->quantiles[QUANTILE_50];
    if (money)
        outlook_pounds(fabs(middle) / pence_a_pound, size);
    else
        outlook_about(fabs(middle), size);
    if (!is_clear(difference))
        snprintf(out, GAP_WORDS, ", not clearly different from the baseline");
    else
        snprintf(out, GAP_WORDS, ", %s %s than the baseline", size,
                 middle < 0.0 ? (money ? "less" : "fewer") : "more");
}

bool outlook_say_stock(const struct outlook *outlook, char out[OUTLOOK_WORDS])
{
    double now = 0.0;
    char words[GAP_WORDS];
    char about[OUTLOOK_NUMBER];
    char known[OUTLOOK_NUMBER];
    char when[OUTLOOK_NUMBER];
    const struct summary *end = last(outlook, MEASURE_STOCK, all);
    if (end == NULL || !outlook_stock(outlook, all, outlook->origin, &now))
        return false;
    outlook_about(end->quantiles[QUANTILE_50], about);
    outlook_exact(now, known);
    outlook_month_words(outlook_month_end(outlook, n_months(outlook) - 1), when);
    const struct summary *difference = gap(outlook, MEASURE_STOCK, all);
    say_gap(difference, false, words);
    if (end->quantiles[QUANTILE_10] > now)
        snprintf(out, OUTLOOK_WORDS, "Numbers should rise from %s to about %s by %s%s", known, about, when,
                 words);
    else if (end->quantiles[QUANTILE_90] < now)
        snprintf(out, OUTLOOK_WORDS, "Numbers should fall from %s to about %s by %s%s", known, about, when,
                 words);
    else if (difference != NULL && is_clear(difference))
        snprintf(out, OUTLOOK_WORDS, "We expect about %s by %s (%s now)%s", about, when, known, words);
    else
        snprintf(out, OUTLOOK_WORDS, "No clear change yet: %s now, about %s by %s%s", known, about, when,
                 words);
    return true;
}

bool outlook_say_mix(const struct outlook *outlook, char out[OUTLOOK_WORDS])
{
    char about[OUTLOOK_NUMBER];
    char known[OUTLOOK_NUMBER];
    char when[OUTLOOK_NUMBER];
    double most = 0.0;
    double most_now = 0.0;
    double most_end = 0.0;
    int chosen = PLACEMENT_COUNT;
    bool any = false;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        double now = 0.0;
        const struct group group = {GROUP_PLACEMENT, g};
        const struct summary *end = last(outlook, MEASURE_STOCK, group);
        if (end == NULL || !outlook_stock(outlook, group, outlook->origin, &now))
            continue;
        any = true;
        const bool clear = end->quantiles[QUANTILE_10] > now || end->quantiles[QUANTILE_90] < now;
        if (clear && fabs(end->mean - now) > most) {
            most = fabs(end->mean - now);
            most_now = now;
            most_end = end->mean;
            chosen = g;
        }
    }
    if (!any)
        return false;
    outlook_month_words(outlook_month_end(outlook, n_months(outlook) - 1), when);
    outlook_exact(most_now, known);
    outlook_about(most_end, about);
    if (chosen == PLACEMENT_COUNT || strcmp(known, about) == 0)
        snprintf(out, OUTLOOK_WORDS, "No clear change yet in where children are placed by %s", when);
    else
        snprintf(out, OUTLOOK_WORDS, "%s should %s from %s to about %s children by %s",
                 placement_group_words((enum placement_group)chosen), most_end > most_now ? "grow" : "shrink",
                 known, about, when);
    return true;
}

bool outlook_say_flows(const struct outlook *outlook, char out[OUTLOOK_WORDS])
{
    double entries = 0.0;
    double exits = 0.0;
    char in[OUTLOOK_NUMBER];
    char left[OUTLOOK_NUMBER];
    char when[OUTLOOK_NUMBER];
    const int32_t months = n_months(outlook);
    const int32_t first = months > MONTHS_A_YEAR ? months - MONTHS_A_YEAR : 0;
    if (!outlook_sum(outlook, outlook->main, MEASURE_ENTRIES, all, first, months - 1, &entries) ||
        !outlook_sum(outlook, outlook->main, MEASURE_EXITS, all, first, months - 1, &exits))
        return false;
    outlook_about(entries, in);
    outlook_about(exits, left);
    outlook_month_words(outlook_month_end(outlook, months - 1), when);
    snprintf(out, OUTLOOK_WORDS, "We expect about %s entries and %s exits in the %d months to %s", in, left,
             (int)(months - first), when);
    return true;
}

bool outlook_say_cost(const struct outlook *outlook, char out[OUTLOOK_WORDS])
{
    double first = 0.0;
    double final = 0.0;
    char words[GAP_WORDS] = "";
    char from[OUTLOOK_NUMBER];
    char to[OUTLOOK_NUMBER];
    char when[OUTLOOK_NUMBER];
    const int32_t months = n_months(outlook);
    const int32_t span = months < MONTHS_A_YEAR ? months : MONTHS_A_YEAR;
    if (!outlook_sum(outlook, outlook->main, MEASURE_COST, all, 0, span - 1, &first) ||
        !outlook_sum(outlook, outlook->main, MEASURE_COST, all, months - span, months - 1, &final))
        return false;
    outlook_pounds(first / pence_a_pound, from);
    outlook_pounds(final / pence_a_pound, to);
    outlook_month_words(outlook_month_end(outlook, months - 1), when);
    const struct summary *difference = gap(outlook, MEASURE_COST, all);
    double base = 0.0;
    if (difference != NULL && is_clear(difference) &&
        outlook_sum(outlook, outlook->base, MEASURE_COST, all, months - span, months - 1, &base)) {
        char size[OUTLOOK_NUMBER];
        outlook_pounds(fabs(final - base) / pence_a_pound, size);
        snprintf(words, sizeof words, ", %s %s than the baseline", size, final < base ? "less" : "more");
    } else {
        say_gap(difference, true, words);
    }
    if (months <= MONTHS_A_YEAR)
        snprintf(out, OUTLOOK_WORDS, "Placements should cost about %s in the %d months to %s%s", to,
                 (int)span, when, words);
    else
        snprintf(out, OUTLOOK_WORDS,
                 "Placements should cost about %s in the year to %s%s; the coming year %s", to, when, words,
                 from);
    return true;
}
