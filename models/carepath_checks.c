/* SPDX-License-Identifier: GPL-3.0-or-later
 * Observed against expected, along one dimension at a time. Along the dimensions that rates are fitted in,
 * the expected follow the observed by construction and a residual shows what shrinking took; along years
 * it shows how rates wander; along months, each expected from the months before it, whether the levels
 * follow. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "models/carepath_learned.h"

static const double z80 = 1.2815515655446004; /* 8 in 10 */
static const double poisson = 1;              /* variance over mean where nothing else is known */

struct sum {
    double observed, expected;
};

static bool add_check(struct carepath_telling *t, enum learned_process process,
                      enum learned_dimension dimension, const char *group, struct sum sum, double dispersion)
{
    if (!(sum.observed > 0) && !(sum.expected > 0))
        return true;
    const struct learned_check check = {
        .process = process,
        .dimension = dimension,
        .group = group,
        .observed = sum.observed,
        .expected = sum.expected,
        .residual = learned_residual(sum.observed, sum.expected, dispersion * sum.expected),
    };
    return group != NULL && learned_add_check(t->out, &check, t->err);
}

/* ---- exits and changes of placement ---------------------------------------------------------------------
 */

/* The cells of one dimension's member: all of the others. */
static struct sum sum_cells(const struct carepath_telling *t, bool moving, enum learned_dimension dimension,
                            int member)
{
    const struct carepath_lived *lived = t->lived;
    struct sum sum = {0, 0};
    for (int process = 0; process < CAREPATH_PROCESSES; process++) {
        if (moving != (process == CAREPATH_MOVING) || (dimension == LEARNED_BY_ROUTE && process != member))
            continue;
        for (int k = 0; k < LEXIS_KINDS; k++)
            for (int g = 0; g < CAREPATH_GROUPS; g++)
                for (int c = 0; c < CAREPATH_TICS; c++) {
                    const int at = dimension == LEARNED_BY_AGE         ? k
                                   : dimension == LEARNED_BY_PLACEMENT ? g
                                   : dimension == LEARNED_BY_ROUTE     ? process
                                                                       : c;
                    sum.observed += at == member ? lived->events[process][k][g][c] : 0;
                    sum.expected += at == member ? lived->expected[process][k][g][c] : 0;
                }
    }
    return sum;
}

static bool check_stays(struct carepath_telling *t, bool moving, double dispersion)
{
    const enum learned_process process = moving ? LEARNED_MOVE : LEARNED_EXIT;
    bool ok = true;
    for (int k = 0; ok && k < LEXIS_KINDS; k++)
        ok = add_check(t, process, LEARNED_BY_AGE, t->kinds[k], sum_cells(t, moving, LEARNED_BY_AGE, k),
                       dispersion);
    for (int g = 0; ok && g < CAREPATH_GROUPS; g++)
        ok = add_check(t, process, LEARNED_BY_PLACEMENT, placement_group_name((enum placement_group)g),
                       sum_cells(t, moving, LEARNED_BY_PLACEMENT, g), dispersion);
    for (int c = 0; ok && c < CAREPATH_TICS; c++)
        ok = add_check(t, process, LEARNED_BY_TIME_IN_CARE, t->tics[c],
                       sum_cells(t, moving, LEARNED_BY_TIME_IN_CARE, c), dispersion);
    for (int p = 0; ok && p < LEXIS_TIPS; p++) {
        struct sum sum = {0, 0};
        for (int i = moving ? CAREPATH_MOVING : 0; i < (moving ? CAREPATH_PROCESSES : ROUTE_COUNT); i++) {
            sum.observed += t->lived->tip_events[i][p];
            sum.expected += t->lived->tip_expected[i][p];
        }
        ok = add_check(t, process, LEARNED_BY_TIME_IN_PLACEMENT, t->tips[p], sum, dispersion);
    }
    for (int r = 0; ok && !moving && r < ROUTE_COUNT; r++)
        ok = add_check(t, process, LEARNED_BY_ROUTE, route_name((enum route)r),
                       sum_cells(t, false, LEARNED_BY_ROUTE, r), dispersion);
    return ok;
}

/* ---- entries and returns --------------------------------------------------------------------------------
 */

static bool check_entries(struct carepath_telling *t, double dispersion)
{
    struct sum kinds[LEXIS_KINDS] = {{0, 0}};
    struct sum groups[CAREPATH_GROUPS] = {{0, 0}};
    bool ok = true;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        const double days = carepath_entry_days(t, k);
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            const struct sum sum = {t->lived->entries[k][g], carepath_entry_rate(t->fit, k, g) * days};
            kinds[k].observed += sum.observed;
            kinds[k].expected += sum.expected;
            groups[g].observed += sum.observed;
            groups[g].expected += sum.expected;
        }
    }
    for (int k = 0; ok && k < LEXIS_KINDS; k++)
        ok = add_check(t, LEARNED_ENTRY, LEARNED_BY_AGE, t->kinds[k], kinds[k], dispersion);
    for (int g = 0; ok && g < CAREPATH_GROUPS; g++)
        ok = add_check(t, LEARNED_ENTRY, LEARNED_BY_PLACEMENT, placement_group_name((enum placement_group)g),
                       groups[g], dispersion);
    return ok;
}

static bool check_returns(struct carepath_telling *t)
{
    const struct carepath_returns *returns = &t->fit->returns;
    struct sum bands[CAREPATH_RETURN_BANDS] = {{0, 0}};
    bool ok = true;
    for (int k = 0; ok && k < LEXIS_KINDS; k++) {
        struct sum sum = {0, 0};
        for (int b = 0; b < CAREPATH_RETURN_BANDS; b++) {
            const double expected =
                returns->kind_exposure[k][b] * returns->hazard[b] * returns->kind_factor[k];
            sum.observed += returns->kind_events[k][b];
            sum.expected += expected;
            bands[b].observed += returns->kind_events[k][b];
            bands[b].expected += expected;
        }
        ok = add_check(t, LEARNED_RETURN, LEARNED_BY_AGE, t->kinds[k], sum, poisson);
    }
    for (int b = 0; ok && b < CAREPATH_RETURN_BANDS; b++)
        ok = add_check(t, LEARNED_RETURN, LEARNED_BY_TIME_SINCE_LEAVING, t->aways[b], bands[b], poisson);
    return ok;
}

/* ---- time -----------------------------------------------------------------------------------------------
 */

/* A flow month by month: what was seen, expected at level 1, its level, its dispersion. */
struct flow {
    enum learned_process process;
    const double *observed, *expected;
    int level;    /* enum carepath_flow; CAREPATH_FLOWS: it has none */
    double scale; /* of the average year over the median one, in which the level is 1 */
    double dispersion;
};

static day month_end(const struct carepath_telling *t, int32_t m)
{
    return date_month_end(t->fit->from + 1, m);
}

static bool check_years(struct carepath_telling *t, const struct flow *flow)
{
    struct sum sum = {0, 0};
    for (int32_t m = 0; m < t->months.n; m++) {
        const int32_t year = date_financial_year(month_end(t, m));
        sum.observed += flow->observed[m];
        sum.expected += flow->expected[m] * flow->scale;
        if (m + 1 < t->months.n && date_financial_year(month_end(t, m + 1)) == year)
            continue;
        char name[DATE_TEXT];
        date_format_financial_year(year, name);
        if (!add_check(t, flow->process, LEARNED_BY_YEAR, arena_copy(&t->out->texts, str_of(name), t->err),
                       sum, flow->dispersion))
            return false;
        sum = (struct sum){0, 0};
    }
    return true;
}

/* A month from those before it: its count has the variance of its dispersion and that of the level. */
static bool check_month(struct carepath_telling *t, const struct flow *flow, int32_t m,
                        const struct carepath_level_month *at)
{
    const struct civil civil = date_to_civil(month_end(t, m));
    const bool has_level = flow->level < CAREPATH_FLOWS;
    const double variance = has_level ? at->ahead_variance[flow->level] : 0;
    const double mean = flow->expected[m] * (has_level ? exp(at->ahead[flow->level] + variance / 2) : 1);
    const struct learned_check check = {
        .process = flow->process,
        .dimension = LEARNED_BY_MONTH,
        .group = arena_format(&t->out->texts, t->err, "%04d-%02d", (int)civil.year, (int)civil.month),
        .observed = flow->observed[m],
        .expected = mean,
        .residual = learned_residual(flow->observed[m], mean,
                                     flow->dispersion * mean + mean * mean * expm1(variance)),
    };
    return check.group != NULL && learned_add_check(t->out, &check, t->err);
}

static bool tell_month(struct carepath_telling *t, const struct flow *flow, int32_t m,
                       const struct carepath_level_month *at)
{
    const double level = at->level[flow->level];
    const double sd = sqrt(at->variance[flow->level]);
    const struct learned_month month = {
        .process = flow->process,
        .end = month_end(t, m),
        .observed = flow->observed[m],
        .expected = flow->expected[m] * flow->scale,
        .level = exp(level) / flow->scale,
        .sd = sd,
        .low = exp(level - z80 * sd) / flow->scale,
        .high = exp(level + z80 * sd) / flow->scale,
    };
    return learned_add_month(t->out, &month, t->err);
}

static bool check_flow(struct carepath_telling *t, const struct flow *flow,
                       const struct carepath_level_month path[])
{
    bool ok = check_years(t, flow);
    for (int32_t m = 0; ok && m < t->months.n; m++)
        ok = check_month(t, flow, m, &path[m]) &&
             (flow->level == CAREPATH_FLOWS || tell_month(t, flow, m, &path[m]));
    return ok;
}

bool carepath_tell_checks(struct carepath_telling *t)
{
    const struct carepath_levels *levels = &t->fit->levels;
    const struct carepath_entries *entries = &t->fit->entries;
    const struct carepath_months *months = &t->months;
    const bool any_uasc = entries->uasc_events > 0;
    const double uasc_mean = entries->uasc_events / (t->fit->origin - t->fit->from);
    const struct flow flows[] = {
        {LEARNED_ENTRY, months->entries, months->expected_entries, CAREPATH_ENTRIES, 1,
         levels->entry_dispersion},
        {LEARNED_ENTRY_UASC, months->uasc, months->expected_uasc, CAREPATH_UASC,
         any_uasc ? uasc_mean / entries->uasc_a_day : 1, levels->uasc_dispersion},
        {LEARNED_EXIT, months->exits, months->expected_exits, CAREPATH_EXITS, 1, levels->exit_dispersion},
        {LEARNED_MOVE, t->moves, t->expected_moves, CAREPATH_FLOWS, 1, poisson},
    };
    struct carepath_level_month *path = vec_new((size_t)months->n, sizeof *path, t->err);
    if (path == NULL)
        return false;
    carepath_levels_path(t->fit, months, path);
    bool ok = check_stays(t, false, levels->exit_dispersion) && check_stays(t, true, poisson) &&
              check_entries(t, levels->entry_dispersion) && check_returns(t);
    for (size_t i = 0; ok && i < sizeof flows / sizeof flows[0]; i++)
        ok = (flows[i].process == LEARNED_ENTRY_UASC && !any_uasc) || check_flow(t, &flows[i], path);
    free(path);
    return ok;
}
