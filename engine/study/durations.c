/* SPDX-License-Identifier: GPL-3.0-or-later
 * Periods of care become stays on their own clock (numeric/survival.h). A curve is printed at whole months,
 * day round(365.25 m / 12), so that tables of two authorities have the same rows. */
#include "study/durations.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

static const struct table_column curve_columns[] = {
    {"la", 0},      {"group", 0},   {"months", 0}, {"days", 0},
    {"at_risk", 0}, {"in_care", 4}, {"low", 4},    {"high", 4},
#define ROUTE(member, name, words) {name, 4},
#include "data/codes/route.def"
#undef ROUTE
};
static const struct table_column summary_columns[] = {
    {"la", 0},
    {"group", 0},
    {"periods", 0},
    {"late_entries", 0},
    {"start_unknown", 0},
    {"endings", 0},
    {"from_days", 0},
    {"lower_quartile", 0},
    {"median", 0},
    {"upper_quartile", 0},
    {"mean_to_5_years", 1},
};
enum {
    N_CURVE_COLUMNS = sizeof curve_columns / sizeof curve_columns[0],
    N_SUMMARY_COLUMNS = sizeof summary_columns / sizeof summary_columns[0],
    FIRST_ROUTE = 8,
    MOST_MONTHS = 18 * 12,
    FIVE_YEARS = 1826
};
static const double days_per_month = 365.25 / 12.0;
static const double z95 = 1.959963984540054;

static bool belongs(const struct history *history, const struct spell *spell, struct group who)
{
    const struct segment *first = &history->segments[spell->first_segment];
    const struct child *child = &history->children[spell->child];
    switch (who.kind) {
    case GROUP_ALL:
        return true;
    case GROUP_PLACEMENT:
        return first->group == who.member;
    case GROUP_AGE:
        return (int32_t)age_band_of(spell->start_age) == who.member;
    case GROUP_LEGAL:
        return first->legal == who.member;
    case GROUP_NEED:
        return first->need == who.member;
    case GROUP_LOCALITY:
        return first->locality == who.member;
    case GROUP_UASC:
        return child->uasc && spell->start < child->uasc_until;
    case GROUP_ROUTE: /* routes are the causes of a curve, not whom it is about */
    case GROUP_KIND_COUNT:
        break;
    }
    return false;
}

static struct survival_stay stay_of(const struct history *history, const struct spell *spell)
{
    const day seen_from = history->start - 1;
    const bool lost = spell->lost && spell->end != DAY_OPEN;
    const bool ended = spell->end <= history->end && !lost;
    const day last = lost ? spell->end - 1 : spell->end;
    const day until = last < history->end ? last : history->end;
    return (struct survival_stay){
        .entry = spell->start > seen_from ? 0 : seen_from - spell->start,
        .exit = until - spell->start,
        .cause = ended ? spell->route + 1 : 0,
    };
}

bool durations_fit(const struct history *history, struct group who, struct survival *out, int64_t *n_unknown,
                   struct err *err)
{
    int64_t unknown = 0;
    size_t n = 0;
    struct survival_stay *stays = vec_new(history->n_spells, sizeof *stays, err);
    if (stays == NULL)
        return false;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->n_segments == 0 || !belongs(history, spell, who))
            continue;
        if (spell->start_known)
            stays[n++] = stay_of(history, spell);
        else
            unknown++;
    }
    const bool ok = survival_estimate(stays, n, ROUTE_COUNT, SURVIVAL_LEAST_AT_RISK, out, err);
    free(stays);
    if (ok && n_unknown != NULL)
        *n_unknown = unknown;
    return ok;
}

/* The curves of the tables: all, then the age groups. */
static struct group nth_group(int32_t i)
{
    return i == 0 ? (struct group){GROUP_ALL, 0} : (struct group){GROUP_AGE, i - 1};
}

/* The last row with time <= t; n_rows when there is none. */
static size_t row_at(const struct survival *curve, int32_t time)
{
    size_t i = curve->n_rows;
    while (i > 0 && curve->rows[i - 1].time > time)
        i--;
    return i == 0 ? curve->n_rows : i - 1;
}

static bool add_curve_row(const struct history *history, const struct survival *curve, const char *group,
                          int32_t month, struct table *out, struct err *err)
{
    const int32_t time = (int32_t)lround(month * days_per_month);
    const size_t at = row_at(curve, time);
    struct table_cell *row = table_add_row(out, err);
    if (row == NULL || !table_set_text(out, &row[0], history->la_name, err) ||
        !table_set_text(out, &row[1], group, err))
        return false;
    table_set_integer(&row[2], month);
    table_set_integer(&row[3], time);
    table_set_real(&row[5], survival_at(curve, time));
    if (at < curve->n_rows) {
        double low = (double)NAN;
        double high = (double)NAN;
        survival_limits(curve, at, z95, &low, &high);
        table_set_integer(&row[4], curve->rows[at].at_risk);
        table_set_real(&row[6], low);
        table_set_real(&row[7], high);
    }
    for (int32_t route = 0; route < ROUTE_COUNT; route++)
        table_set_real(&row[FIRST_ROUTE + route], survival_incidence_at(curve, route + 1, time));
    return true;
}

bool durations_table(const struct history *history, struct table *out, struct err *err)
{
    bool ok = true;
    table_init(out, "durations", curve_columns, N_CURVE_COLUMNS);
    for (int32_t i = 0; ok && i <= AGE_COUNT; i++) {
        struct survival curve = {0};
        char group[GROUP_TEXT];
        group_format(nth_group(i), NULL, group);
        ok = durations_fit(history, nth_group(i), &curve, NULL, err);
        const int32_t until = ok ? survival_reliable_until(&curve, SURVIVAL_LEAST_AT_RISK) : 0;
        for (int32_t month = 0; ok && month <= MOST_MONTHS && month * days_per_month <= until; month++)
            if (curve.n_rows > 0 && month * days_per_month >= curve.from)
                ok = add_curve_row(history, &curve, group, month, out, err);
        survival_free(&curve);
    }
    if (!ok)
        table_free(out);
    return ok;
}

static void set_quantile(struct table_cell *cell, const struct survival *curve, double share)
{
    const int32_t time = survival_quantile(curve, share);
    if (time >= 0)
        table_set_integer(cell, time);
}

bool durations_summary_table(const struct history *history, struct table *out, struct err *err)
{
    bool ok = true;
    table_init(out, "duration_summary", summary_columns, N_SUMMARY_COLUMNS);
    for (int32_t i = 0; ok && i <= AGE_COUNT; i++) {
        struct survival curve = {0};
        int64_t unknown = 0;
        char group[GROUP_TEXT];
        group_format(nth_group(i), NULL, group);
        struct table_cell *row = table_add_row(out, err);
        ok = row != NULL && durations_fit(history, nth_group(i), &curve, &unknown, err) &&
             table_set_text(out, &row[0], history->la_name, err) && table_set_text(out, &row[1], group, err);
        if (ok) {
            table_set_integer(&row[2], (int64_t)curve.n_stays);
            table_set_integer(&row[3], (int64_t)curve.n_late);
            table_set_integer(&row[4], unknown);
            table_set_integer(&row[5], curve.n_events);
            table_set_integer(&row[6], curve.from);
            set_quantile(&row[7], &curve, 0.25);
            set_quantile(&row[8], &curve, 0.5);
            set_quantile(&row[9], &curve, 0.75);
            if (curve.n_rows > 0)
                table_set_real(&row[10], survival_restricted_mean(&curve, FIVE_YEARS));
        }
        survival_free(&curve);
    }
    if (!ok)
        table_free(out);
    return ok;
}
