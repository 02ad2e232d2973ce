/* SPDX-License-Identifier: GPL-3.0-or-later
 * A fit by hand is filled so that every table is legal; what a test does not set does nothing. */
#include "tests/models/path.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"

void must(bool is_so, const char *what)
{
    if (!is_so)
        ck_abort_msg("%s", what);
}

static void fill_rates(struct carepath_rates *rates)
{
    for (int g = 0; g < CAREPATH_GROUPS; g++) {
        for (int p = 0; p < LEXIS_TIPS; p++)
            rates->exit_tip[g][p] = rates->move_tip[g][p] = 1;
        for (int k = 0; k < LEXIS_KINDS; k++) {
            rates->destination[k][g][g] = 1;
            rates->exit_events[k][g] = rates->move_events[k][g] = 1;
        }
        for (int h = 0; h < CAREPATH_GROUPS; h++)
            rates->counted[g][h] = 1;
    }
    for (int t = 0; t < CAREPATH_TICS; t++)
        rates->exit_tic_events[t] = rates->move_tic_events[t] = 1;
    for (int r = 0; r < ROUTE_COUNT; r++)
        rates->route_events[r] = 1;
}

static void fill_entries(struct carepath_entries *entries, int32_t months)
{
    struct err err = {0};
    entries->kind[AGE_5_9] = entries->kind[LEXIS_UASC_OLD] = 1;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        entries->kind_events[k] = 1;
        entries->first[k][PLACEMENT_FOSTER_INHOUSE] = 1;
        entries->age[k][lexis_kind_end(k) - 1] = 1;
    }
    for (int m = 0; m < 12; m++) {
        entries->season[m] = 1;
        entries->infant[m] = 1.0 / 12;
    }
    entries->need[NEED_N1] = 1;
    entries->siblings[0] = 1;
    const size_t n = LEXIS_KINDS * (size_t)months;
    entries->exposure = vec_new(n, sizeof *entries->exposure, &err);
    ck_assert_ptr_nonnull(entries->exposure);
    for (size_t i = 0; i < n; i++)
        entries->exposure[i] = 1;
}

void path_open(struct path *path, day origin, int32_t months)
{
    struct err err = {0};
    *path = (struct path){.scenario = authority_scenario(&model_carepath)};
    build_init(&path->history, date_financial_year(origin), date_financial_year(origin));
    struct carepath_fit *fit = &path->fit;
    *fit = (struct carepath_fit){
        .history = &path->history, .from = origin - 1000, .origin = origin, .months = months, .seed = 11};
    fit->seen = vec_new(1, sizeof *fit->seen, &err);
    ck_assert_ptr_nonnull(fit->seen);
    fill_rates(&fit->rates);
    fill_entries(&fit->entries, months);
    for (int k = 0; k < LEXIS_KINDS; k++)
        fit->returns.kind_factor[k] = 1;
    fit->levels.now.n = LEVEL_COUNT;
    fit->levels.entry_dispersion = fit->levels.exit_dispersion = fit->levels.uasc_dispersion = 1;
}

void path_open_authority(struct path *path, uint64_t seed, double entries)
{
    *path = (struct path){.scenario = authority_scenario(&model_carepath)};
    authority_build(&path->history, seed, entries);
}

void path_learn(struct path *path, int32_t months)
{
    struct err err = {0};
    const struct model_input input = {
        .history = &path->history, .origin = path->history.end, .months = months, .seed = 11};
    ck_assert_msg(carepath_fit_make(&input, &path->scenario.params, &path->fit, &err), "%s", err.message);
}

struct carepath_child *path_add(struct path *path, day born, int group, int32_t care, int32_t stay)
{
    struct carepath_fit *fit = &path->fit;
    const size_t n = fit->n_present;
    if ((n & (n - 1)) == 0) { /* full at powers of two */
        fit->present = realloc(fit->present, (n == 0 ? 1 : 2 * n) * sizeof *fit->present);
        ck_assert_ptr_nonnull(fit->present);
    }
    fit->present[n] = (struct carepath_child){
        .key = n + 1,
        .kind = (uint8_t)lexis_kind_of(date_age_on(born, fit->origin), false),
        .group = (uint8_t)group,
        .start_known = true,
        .locality = -1,
        .born = born,
        .spell_start = fit->origin + care,
        .stay_start = fit->origin + stay,
    };
    fit->n_present++;
    return &fit->present[n];
}

void path_exit(struct path *path, int group, enum route route, double daily)
{
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++)
                if (group == PATH_ANY || g == group)
                    path->fit.rates.exit[k][g][t][route] = daily;
}

void path_move(struct path *path, int from, int to, double daily)
{
    struct carepath_rates *rates = &path->fit.rates;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        const double before = rates->move[k][from][0];
        const double all = before + daily;
        for (int h = 0; h < CAREPATH_GROUPS; h++) {
            const double share = before > 0 ? rates->destination[k][from][h] * before : 0;
            rates->destination[k][from][h] = (share + (h == to ? daily : 0)) / all;
        }
        for (int t = 0; t < CAREPATH_TICS; t++)
            rates->move[k][from][t] = all;
    }
}

void path_entries(struct path *path, double a_day, int32_t age, int first)
{
    struct carepath_entries *entries = &path->fit.entries;
    const int kind = lexis_kind_of(age, false);
    entries->a_day = a_day;
    for (int k = 0; k < LEXIS_UASC_YOUNG; k++)
        entries->kind[k] = k == kind;
    memset(entries->age[kind], 0, sizeof entries->age[kind]);
    memset(entries->first[kind], 0, sizeof entries->first[kind]);
    entries->age[kind][age] = 1;
    entries->first[kind][first] = 1;
}

void path_start(struct path *path)
{
    struct err err = {0};
    path_stop(path);
    ck_assert_msg(carepath_plan_make(&path->fit, &path->scenario, false, &path->plan, &err), "%s",
                  err.message);
    ck_assert(carepath_room_make(&path->plan, &path->room, &err));
    ck_assert(carepath_series(&path->fit, &path->series, &path->n_series, &err));
    path->values = vec_new(path->n_series * (size_t)path->fit.months, sizeof *path->values, &err);
    ck_assert_ptr_nonnull(path->values);
}

void path_use(struct path *path, struct lever *levers, size_t n)
{
    path->scenario.levers = levers;
    path->scenario.n_levers = n;
    path_start(path);
}

void path_run(struct path *path, uint32_t replicate)
{
    struct err err = {0};
    struct tally tally = {.series = path->series,
                          .n_series = path->n_series,
                          .months = path->fit.months,
                          .values = path->values};
    must(carepath_replicate(path->room, replicate, &err), err.message);
    carepath_write(path->room, &tally);
}

static int compare_marks(const void *a, const void *b)
{
    const struct carepath_mark *const *x = a;
    const struct carepath_mark *const *y = b;
    if ((*x)->stream != (*y)->stream)
        return (*x)->stream < (*y)->stream ? -1 : 1;
    if ((*x)->child != (*y)->child)
        return (*x)->child < (*y)->child ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

static void sort_trace(struct carepath_trace *trace)
{
    struct err err = {0};
    const struct carepath_mark **order = vec_new(trace->n, sizeof *order, &err);
    struct carepath_mark *sorted = vec_new(trace->n, sizeof *sorted, &err);
    must(order != NULL && sorted != NULL, err.message);
    for (size_t i = 0; i < trace->n; i++)
        order[i] = &trace->marks[i];
    qsort((void *)order, trace->n, sizeof *order, compare_marks);
    for (size_t i = 0; i < trace->n; i++)
        sorted[i] = *order[i];
    free((void *)order);
    free(trace->marks);
    trace->marks = sorted;
}

struct carepath_trace path_trace(struct path *path, uint32_t replicate)
{
    struct carepath_trace trace = {0};
    path->room->trace = &trace;
    path_run(path, replicate);
    path->room->trace = NULL;
    must(!trace.is_full, "no memory");
    sort_trace(&trace);
    return trace;
}

size_t path_series(const struct path *path, enum measure measure, struct group group)
{
    for (size_t i = 0; i < path->n_series; i++)
        if (path->series[i].measure == measure && path->series[i].group.kind == group.kind &&
            path->series[i].group.member == group.member)
            return i;
    ck_abort_msg("no such series");
    return 0;
}

static int64_t sum_of(const struct path *path, size_t series, int32_t from, int32_t to)
{
    int64_t sum = 0;
    for (int32_t m = from; m <= to; m++)
        sum += path->values[series * (size_t)path->fit.months + (size_t)m];
    return sum;
}

int64_t path_value(const struct path *path, enum measure measure, struct group group, int32_t month)
{
    const size_t series = path_series(path, measure, group);
    return month == PATH_ANY ? sum_of(path, series, 0, path->fit.months - 1)
                             : sum_of(path, series, month, month);
}

void path_stop(struct path *path)
{
    carepath_room_free(path->room);
    carepath_plan_free(&path->plan);
    free(path->series);
    free(path->values);
    path->room = NULL;
    path->series = NULL;
    path->values = NULL;
}

void path_close(struct path *path)
{
    path_stop(path);
    carepath_fit_free(&path->fit);
    path->scenario.levers = NULL;
    path->scenario.capacities = NULL;
    scenario_free(&path->scenario);
    build_free(&path->history);
}

struct path_moments path_moments(struct path *path, enum measure measure, struct group group, int32_t from,
                                 int32_t to, uint32_t first, int32_t n)
{
    struct path_moments moments = {.n = n};
    const size_t series = path_series(path, measure, group);
    for (int32_t r = 0; r < n; r++) {
        path_run(path, first + (uint32_t)r);
        const double x = (double)sum_of(path, series, from, to);
        const double step = x - moments.mean;
        moments.mean += step / (r + 1);
        moments.variance += step * (x - moments.mean);
    }
    moments.variance /= n - 1;
    return moments;
}

double path_total(struct path *path, enum measure measure, struct group group, int32_t from, int32_t to,
                  int32_t n)
{
    return path_moments(path, measure, group, from, to, 0, n).mean * n;
}

void must_share(double part, double all, double share)
{
    static const double z_limit = 4.89; /* two-sided normal, 1e-6 */
    if (!(fabs(part / all - share) < z_limit * sqrt(share * (1 - share) / all)))
        ck_abort_msg("%f of %.0f instead of %f", part / all, all, share);
}
