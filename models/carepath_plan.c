/* SPDX-License-Identifier: GPL-3.0-or-later
 * The calendar, the cells and the people of a scenario. Bands are the fit's, cut further where a lever's
 * conditions begin or end. */
#include "models/carepath_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/carepath_levers.h"
#include "models/carepath_places.h"

enum { MONTHS_A_YEAR = 12, APRIL = 4, SIXTEEN = 1 << 16 };

/* ---- calendar ---------------------------------------------------------------------------------------- */

static bool make_calendar(struct carepath_plan *plan, struct err *err)
{
    const day origin = plan->fit->origin;
    plan->months = plan->fit->months;
    plan->days = date_month_end(origin, plan->months) - origin;
    const size_t days = (size_t)plan->days + 2;
    const size_t months = (size_t)plan->months;
    plan->month_start = vec_new(months + 1, sizeof *plan->month_start, err);
    plan->month_of = vec_new(days, sizeof *plan->month_of, err);
    plan->day_in_month = vec_new(days, sizeof *plan->day_in_month, err);
    plan->year_length = vec_new(days, sizeof *plan->year_length, err);
    plan->is_april = vec_new(months, sizeof *plan->is_april, err);
    if (plan->month_start == NULL || plan->month_of == NULL || plan->day_in_month == NULL ||
        plan->year_length == NULL || plan->is_april == NULL)
        return false;
    for (int32_t m = 0; m <= plan->months; m++)
        plan->month_start[m] = date_month_start(origin, m + 1) - origin;
    for (int32_t m = 0; m < plan->months; m++)
        plan->is_april[m] = date_to_civil(date_month_start(origin, m + 1)).month == APRIL;
    for (int32_t d = 0; d <= plan->days + 1; d++) {
        const int32_t m = date_month_index(origin + d) - date_month_index(origin) - 1;
        plan->month_of[d] = (int16_t)(m < 0 ? 0 : m);
        plan->day_in_month[d] = (int16_t)(m < 0 ? 0 : d - plan->month_start[m]);
        plan->year_length[d] = (int16_t)(date_birthday(origin + d, 1) - (origin + d));
    }
    return true;
}

/* ---- cells ------------------------------------------------------------------------------------------- */

/* False when there is no room for another. */
static bool add_edge(int32_t edges[], int *n, int32_t edge)
{
    int at = 0;
    while (at < *n && edges[at] < edge)
        at++;
    if (at < *n && edges[at] == edge)
        return true;
    if (*n == CAREPATH_MOST_BANDS)
        return false;
    memmove(edges + at + 1, edges + at, (size_t)(*n - at) * sizeof *edges);
    edges[at] = edge;
    (*n)++;
    return true;
}

/* Cuts the bands of a time where a condition begins and ends. */
static bool add_range(int32_t edges[], int *n, int32_t low, int32_t high)
{
    return add_edge(edges, n, low) && (high == INT32_MAX || add_edge(edges, n, high + 1));
}

/* Before the stages, which need their number. */
static bool make_bands(struct carepath_plan *plan, struct err *err)
{
    const struct scenario *scenario = plan->scenario;
    for (int t = 0; t < LEXIS_TICS; t++)
        add_edge(plan->tic_edges, &plan->n_tics, lexis_tic_edges[t]);
    for (int p = 0; p < LEXIS_TIPS; p++)
        add_edge(plan->tip_edges, &plan->n_tips, lexis_tip_edges[p]);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        const struct where *where = &lever->where;
        if (!carepath_lever_is_applied(lever))
            continue;
        if (!add_range(plan->tic_edges, &plan->n_tics, where->in_care_low, where->in_care_high) ||
            !add_range(plan->tip_edges, &plan->n_tips, where->in_placement_low, where->in_placement_high))
            return err_set(err, ERR_USAGE,
                           "%s: lever %s: the levers cut time in care or in placement into more than %d "
                           "bands; use fewer such conditions, or the same days in several",
                           lever->source, lever->id, CAREPATH_MOST_BANDS);
    }
    for (int t = 0; t < plan->n_tics; t++)
        plan->tic_base[t] = (uint8_t)lexis_band(lexis_tic_edges, LEXIS_TICS, plan->tic_edges[t]);
    plan->tic_base[plan->n_tics] = CAREPATH_START_UNKNOWN;
    for (int p = 0; p < plan->n_tips; p++)
        plan->tip_base[p] = (uint8_t)lexis_band(lexis_tip_edges, LEXIS_TIPS, plan->tip_edges[p]);
    return true;
}

static void make_stages(struct carepath_plan *plan)
{
    bool ends[LEXIS_ADULT + 1] = {false};
    for (int a = 0; a < AGE_COUNT; a++)
        ends[age_band_first((enum age_band)(a + 1))] = true;
    for (size_t i = 0; i < plan->scenario->n_levers; i++) {
        const struct where *where = &plan->scenario->levers[i].where;
        if (!carepath_lever_is_applied(&plan->scenario->levers[i]))
            continue;
        if (where->age_low > 0 && where->age_low <= LEXIS_ADULT)
            ends[where->age_low] = true;
        if (where->age_high < LEXIS_ADULT)
            ends[where->age_high + 1] = true;
    }
    for (int uasc = 0; uasc < 2; uasc++) {
        int start = 0;
        if (uasc == 1)
            plan->first_uasc = plan->n_stages;
        for (int32_t age = 0; age < LEXIS_ADULT; age++) {
            plan->stage_of_age[uasc][age] = plan->n_stages;
            if (!ends[age + 1])
                continue;
            plan->stages[plan->n_stages++] = (struct carepath_stage){
                .kind = (uint8_t)lexis_kind_of(age, uasc == 1),
                .age_start = (uint8_t)start,
                .age_end = (uint8_t)(age + 1),
                .is_last = age + 1 == LEXIS_ADULT,
            };
            start = age + 1;
        }
    }
    plan->n_cells = carepath_cell(plan, plan->n_stages, 0, 0, 0);
}

/* ---- people ------------------------------------------------------------------------------------------ */

/* The day indices on which a child's stages end, from `stage` on, until one lies behind the horizon or is the
 * 18th birthday. Returns how many. */
static int list_birthdays(const struct carepath_plan *plan, day born, int stage, int32_t out[])
{
    int n = 0;
    for (;; stage++) {
        out[n] = date_birthday(born, plan->stages[stage].age_end) - plan->fit->origin;
        n++;
        if (out[n - 1] > plan->days || plan->stages[stage].is_last)
            return n;
    }
}

static int compare_present(const void *a, const void *b)
{
    const struct carepath_origin_child *x = a;
    const struct carepath_origin_child *y = b;
    if (x->stage != y->stage)
        return x->stage < y->stage ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

static bool make_present(struct carepath_plan *plan, struct err *err)
{
    const struct carepath_fit *fit = plan->fit;
    plan->present = vec_new(fit->n_present, sizeof *plan->present, err);
    plan->birthdays = vec_new(fit->n_present * CAREPATH_MOST_STAGES, sizeof *plan->birthdays, err);
    if (plan->present == NULL || plan->birthdays == NULL)
        return false;
    int32_t used = 0;
    for (size_t i = 0; i < fit->n_present; i++) {
        const struct carepath_child *child = &fit->present[i];
        const int32_t age = date_age_on(child->born, fit->origin);
        const int stage = plan->stage_of_age[lexis_kind_is_uasc(child->kind)][age < 0 ? 0 : age];
        plan->present[i] = (struct carepath_origin_child){
            .number = (uint32_t)i,
            .stage = (uint8_t)stage,
            .group = child->group,
            .class_ = (uint8_t)carepath_class(plan, child->need, child->locality),
            .need = child->need,
            .start_known = child->start_known,
            .locality = child->locality,
            .spell_start = child->spell_start - fit->origin,
            .stay_start = child->stay_start - fit->origin,
            .first_birthday = used,
        };
        used += list_birthdays(plan, child->born, stage, plan->birthdays + used);
    }
    qsort(plan->present, fit->n_present, sizeof *plan->present, compare_present);
    return true;
}

/* The hazard of coming back within the forecast, an upper bound by the highest factor of any kind. */
static double away_hazard(const struct carepath_plan *plan, int32_t left)
{
    const struct carepath_returns *returns = &plan->fit->returns;
    double highest = 0;
    double sum = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        highest = fmax(highest, returns->kind_factor[k]);
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++) {
        const int32_t from = left + carepath_return_edges[b] > 0 ? left + carepath_return_edges[b] : 0;
        const int32_t end = b + 1 < CAREPATH_RETURN_BANDS ? left + carepath_return_edges[b + 1] : plan->days;
        const int32_t to = end < plan->days ? end : plan->days;
        if (to > from)
            sum += returns->hazard[b] * (to - from);
    }
    return sum * highest;
}

static bool make_away(struct carepath_plan *plan, struct err *err)
{
    const struct carepath_fit *fit = plan->fit;
    plan->n_away = fit->returns.n_leavers;
    plan->leaver_hazard = away_hazard(plan, 0);
    plan->away = vec_new(plan->n_away, sizeof *plan->away, err);
    if (plan->away == NULL)
        return false;
    for (size_t i = 0; i < plan->n_away; i++) {
        const struct carepath_leaver *leaver = &fit->returns.leavers[i];
        const int32_t age = date_age_on(leaver->born, fit->origin);
        plan->away[i] = (struct carepath_away){
            .left = leaver->left - fit->origin,
            .next_birthday = date_birthday(leaver->born, age + 1) - fit->origin,
            .age = (uint8_t)(age < 0 ? 0 : age),
            .need = leaver->need,
            .class_ = (uint8_t)carepath_class(plan, leaver->need, leaver->locality),
            .uasc = leaver->uasc,
            .locality = leaver->locality,
            .hazard = away_hazard(plan, leaver->left - fit->origin),
        };
        /* exponential(word) > 2 hazard, with room for rounding */
        plan->away[i].never =
            (uint32_t)(exp(-CAREPATH_USUAL_PACE * plan->away[i].hazard) * 4294967295.0 * (1 - 1e-9));
    }
    return true;
}

/* ---- draws ------------------------------------------------------------------------------------------- */

static void ends_of(const double shares[], int n, uint32_t out[])
{
    double total = 0;
    double sum = 0;
    for (int i = 0; i < n; i++)
        total += shares[i];
    for (int i = 0; i < n; i++) {
        sum += shares[i];
        out[i] = (uint32_t)fmin(4294967295.0, floor(sum / total * 4294967296.0));
    }
}

/* Sizes of groups: ends in 16 bits, and the mean of what those ends give. */
static double sizes_of(const double shares[], int n, uint32_t ends[])
{
    double sum = 0;
    double mean = 0;
    double before = 0;
    for (int i = 0; i < n; i++) {
        sum += shares[i];
        const double end = i == n - 1 ? SIXTEEN : floor(fmin(1, sum) * SIXTEEN);
        ends[i] = (uint32_t)end;
        mean += (i + 1) * (end - before) / SIXTEEN;
        before = end;
    }
    return mean;
}

static double variance_of(const struct state_space *state, const int parts[3])
{
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            sum += state->covariance[parts[i]][parts[j]];
    return sum;
}

/* Half the variance of each log level: the mean of exp(x) is then exp of the mean. Money is counted in means,
 * and entries whose median stood at the level learned would come out 2 to 4 % too high in the mean. */
static bool make_centre(struct carepath_plan *plan, struct err *err)
{
    static const int entry[] = {LEVEL_ENTRY_MEAN, LEVEL_ENTRY_DEVIATION, LEVEL_ENTRY_YEAR};
    static const int exit_rate[] = {LEVEL_EXIT_MEAN, LEVEL_EXIT_DEVIATION, LEVEL_EXIT_YEAR};
    const struct carepath_levels *levels = &plan->fit->levels;
    const double u = plan->fit->rate_uncertainty;
    struct state_space state = levels->now;
    plan->centre = vec_new(2 * (size_t)plan->months, sizeof *plan->centre, err);
    if (plan->centre == NULL)
        return false;
    for (int i = 0; i < LEVEL_COUNT; i++)
        for (int j = 0; j < LEVEL_COUNT; j++)
            state.covariance[i][j] *= u * u;
    for (int32_t m = 0; m < plan->months; m++) {
        const struct carepath_step *step = plan->is_april[m] ? &levels->new_year : &levels->month;
        state_space_predict(&state, step->transition, step->noise);
        plan->centre[m] = variance_of(&state, entry) / 2;
        plan->centre[plan->months + m] = variance_of(&state, exit_rate) / 2;
    }
    return true;
}

static bool make_draws(struct carepath_plan *plan, struct err *err)
{
    const struct carepath_fit *fit = plan->fit;
    const struct carepath_levels *levels = &fit->levels;
    double shares[CAREPATH_CLUSTER];
    state_space_root(levels->month.noise, LEVEL_COUNT, plan->month_root);
    state_space_root(levels->new_year.noise, LEVEL_COUNT, plan->april_root);
    state_space_root(levels->now.covariance, LEVEL_COUNT, plan->now_root);
    plan->mean_siblings = sizes_of(fit->entries.siblings, CAREPATH_SIBLINGS, plan->sibling_ends);
    /* A negative binomial with variance c times its mean is a Poisson number of groups of logarithmic size,
     * p = 1 - 1/c (Quenouille 1949, Biometrics 5:162). */
    const double p = 1 - 1 / levels->uasc_dispersion;
    double total = 0;
    for (int i = 0; i < CAREPATH_CLUSTER; i++)
        total += shares[i] = p > 0 ? pow(p, i + 1) / (i + 1) : i == 0;
    for (int i = 0; i < CAREPATH_CLUSTER; i++)
        shares[i] /= total;
    plan->mean_cluster = sizes_of(shares, CAREPATH_CLUSTER, plan->cluster_ends);
    plan->same_placement = params_get(&plan->scenario->params, "same_placement");
    plan->any_exit_noise = levels->exit_dispersion > 1 && levels->exits_a_month > 0;
    for (int r = 0; r < ROUTE_COUNT; r++)
        plan->may_return[r] = carepath_may_return((enum route)r);
    ends_of(fit->entries.need, NEED_COUNT, plan->need_ends);
    ends_of(fit->entries.infant, MONTHS_A_YEAR, plan->infant_ends);
    for (int k = 0; k < LEXIS_KINDS; k++)
        ends_of(fit->entries.age[k], LEXIS_ADULT, plan->age_ends[k]);
    if (fit->entries.locality != NULL) {
        plan->locality_ends = vec_new(fit->history->n_localities, sizeof *plan->locality_ends, err);
        if (plan->locality_ends == NULL)
            return false;
        ends_of(fit->entries.locality, (int)fit->history->n_localities, plan->locality_ends);
    }
    return true;
}

/* ---- together ---------------------------------------------------------------------------------------- */

void carepath_plan_free(struct carepath_plan *plan)
{
    carepath_levers_free(plan);
    free(plan->month_start);
    free(plan->month_of);
    free(plan->day_in_month);
    free(plan->year_length);
    free(plan->is_april);
    free(plan->present);
    free(plan->birthdays);
    free(plan->away);
    free(plan->locality_ends);
    free(plan->centre);
    carepath_places_free(plan);
    *plan = (struct carepath_plan){0};
}

bool carepath_plan_make(const struct carepath_fit *fit, const struct scenario *scenario, bool is_pilot,
                        struct carepath_plan *out, struct err *err)
{
    struct carepath_plan plan = {.fit = fit, .scenario = scenario, .is_pilot = is_pilot};
    if (!make_bands(&plan, err))
        return false;
    make_stages(&plan);
    if (!make_calendar(&plan, err) || !carepath_levers_make(&plan, err) || !make_present(&plan, err) ||
        !make_away(&plan, err) || !make_draws(&plan, err) || !make_centre(&plan, err)) {
        carepath_plan_free(&plan);
        return false;
    }
    *out = plan;
    return true;
}
