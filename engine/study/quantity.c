/* SPDX-License-Identifier: GPL-3.0-or-later
 * The twelve months of a flow are those simulated and, before them, those counted. */
#include "study/quantity.h"

#include <stdio.h>
#include <string.h>

enum { YEAR = 12 };
static const struct group all = {GROUP_ALL, 0};
static const double pence_a_pound = 100;
static const double pct = 100;

/* ---- words ------------------------------------------------------------------------------------------- */

static bool parse_member(struct str kind, struct str name, const char *const localities[],
                         size_t n_localities, struct group *out)
{
    enum placement_group placement;
    enum age_band age;
    enum route route;
    enum legal_group legal;
    enum need need;
    if (str_equal_text(kind, "placement") && placement_group_parse(name, &placement))
        *out = (struct group){GROUP_PLACEMENT, (int32_t)placement};
    else if (str_equal_text(kind, "age") && age_band_parse(name, &age))
        *out = (struct group){GROUP_AGE, (int32_t)age};
    else if (str_equal_text(kind, "route") && route_parse(name, &route))
        *out = (struct group){GROUP_ROUTE, (int32_t)route};
    else if (str_equal_text(kind, "legal") && legal_group_parse(name, &legal))
        *out = (struct group){GROUP_LEGAL, (int32_t)legal};
    else if (str_equal_text(kind, "need") && need_parse(name, &need))
        *out = (struct group){GROUP_NEED, (int32_t)need};
    else if (str_equal_text(kind, "uasc") && str_equal_text(name, "yes"))
        *out = (struct group){GROUP_UASC, 0};
    else if (str_equal_text(kind, "locality")) {
        size_t i = 0;
        while (i < n_localities && !str_equal_text(name, localities[i]))
            i++;
        *out = (struct group){GROUP_LOCALITY, (int32_t)i};
        return i < n_localities;
    } else
        return false;
    return true;
}

bool quantity_parse(struct str text, const char *const localities[], size_t n_localities,
                    struct quantity *out)
{
    struct quantity quantity = {.group = all};
    text = str_trim(text);
    const char *colon = text.length > 0 ? memchr(text.at, ':', text.length) : NULL;
    const struct str measure = {text.at, colon == NULL ? text.length : (size_t)(colon - text.at)};
    if (!measure_parse(measure, &quantity.measure))
        return false;
    if (colon != NULL) {
        const struct str group = {colon + 1, text.length - measure.length - 1};
        const char *second = group.length > 0 ? memchr(group.at, ':', group.length) : NULL;
        const size_t kind = second == NULL ? group.length : (size_t)(second - group.at);
        if (second == NULL ? !str_equal_text(group, "all")
                           : !parse_member((struct str){group.at, kind},
                                           (struct str){second + 1, group.length - kind - 1}, localities,
                                           n_localities, &quantity.group))
            return false;
    }
    if (quantity.group.kind == GROUP_ROUTE && quantity.measure != MEASURE_EXITS)
        return false;
    *out = quantity;
    return true;
}

static const char *member_words(struct group group, const char *const localities[])
{
    switch (group.kind) {
    case GROUP_PLACEMENT:
        return placement_group_words((enum placement_group)group.member);
    case GROUP_AGE:
        return age_band_words((enum age_band)group.member);
    case GROUP_ROUTE:
        return route_words((enum route)group.member);
    case GROUP_LEGAL:
        return legal_group_words((enum legal_group)group.member);
    case GROUP_NEED:
        return need_words((enum need)group.member);
    case GROUP_LOCALITY:
        return localities != NULL ? localities[group.member] : "";
    case GROUP_UASC:
        return "unaccompanied";
    case GROUP_ALL:
    case GROUP_KIND_COUNT:
        break;
    }
    return "";
}

void quantity_say(const struct quantity *quantity, const char *const localities[], char out[QUANTITY_WORDS])
{
    const char *member = member_words(quantity->group, localities);
    (void)snprintf(
        out, QUANTITY_WORDS, "%s%s%s%s%s",
        quantity->measure == MEASURE_STOCK ? "Children looked after" : measure_words(quantity->measure),
        member[0] != '\0' ? ", " : "", member, quantity->measure == MEASURE_STOCK ? "" : ", in twelve months",
        quantity->is_share ? ", per cent of all" : "");
}

/* ---- numbers ----------------------------------------------------------------------------------------- */

/* What was counted in the months first .. last of counts. */
static double counted(const struct counts *counts, enum measure measure, struct group group, int32_t first,
                      int32_t last)
{
    double sum = 0;
    for (int32_t m = first; m <= last; m++)
        sum += (double)counts_at(counts, measure, group, m);
    return sum;
}

/* Of a measure and group up to a month's end, which must be known. */
static double known_part(const struct quantity *quantity, const struct counts *counts, struct group group,
                         int32_t month)
{
    const int32_t months = quantity->measure == MEASURE_STOCK ? 1 : YEAR;
    return counted(counts, quantity->measure, group, month - months + 1, month);
}

bool quantity_known(const struct quantity *quantity, const struct counts *counts, day date, double *out)
{
    if (counts == NULL || quantity->measure == MEASURE_COST)
        return false;
    const int32_t month = counts_month(counts, date);
    const int32_t least = quantity->measure == MEASURE_STOCK ? 0 : YEAR - 1;
    if (month < least || month >= counts->n_months)
        return false;
    *out = known_part(quantity, counts, quantity->group, month);
    if (quantity->is_share) {
        const double whole = known_part(quantity, counts, all, month);
        *out = whole > 0 ? pct * *out / whole : 0;
    }
    return true;
}

/* Months before the origin that belong to a flow's twelve. */
static int32_t months_before(const struct quantity *quantity, int32_t month)
{
    return quantity->measure == MEASURE_STOCK || month >= YEAR - 1 ? 0 : YEAR - 1 - month;
}

static bool has_series(const struct draws *draws, enum measure measure, struct group group)
{
    if (measure == MEASURE_COST)
        return draws->costs != NULL && (group.kind == GROUP_ALL || group.kind == GROUP_PLACEMENT);
    return draws_find(draws, measure, group) < draws->n_series;
}

bool quantity_is_given(const struct quantity *quantity, const struct draws *draws,
                       const struct counts *counts, day origin, int32_t month)
{
    const int32_t before = months_before(quantity, month);
    if (month < 0 || month >= draws->months || !has_series(draws, quantity->measure, quantity->group) ||
        (quantity->is_share && !has_series(draws, quantity->measure, all)))
        return false;
    if (before == 0)
        return true;
    return counts != NULL && quantity->measure != MEASURE_COST && counts_month(counts, origin) >= before - 1;
}

static void part_values(const struct quantity *quantity, struct group group, const struct draws *draws,
                        const struct counts *counts, day origin, int32_t month, double out[])
{
    const int32_t before = months_before(quantity, month);
    const int32_t last = before > 0 ? counts_month(counts, origin) : 0;
    const double known = before > 0 ? counted(counts, quantity->measure, group, last - before + 1, last) : 0;
    const double unit = quantity->measure == MEASURE_COST ? pence_a_pound : 1;
    draws_values(draws, quantity->measure, group, before > 0 ? 0 : month - YEAR + 1, month, out);
    for (int32_t r = 0; r < draws->replicates; r++)
        out[r] = out[r] / unit + known;
}

void quantity_values(const struct quantity *quantity, const struct draws *draws, const struct counts *counts,
                     day origin, int32_t month, double out[], double work[])
{
    bug_if(!quantity_is_given(quantity, draws, counts, origin, month));
    part_values(quantity, quantity->group, draws, counts, origin, month, out);
    if (!quantity->is_share)
        return;
    part_values(quantity, all, draws, counts, origin, month, work);
    for (int32_t r = 0; r < draws->replicates; r++)
        out[r] = work[r] > 0 ? pct * out[r] / work[r] : 0;
}
