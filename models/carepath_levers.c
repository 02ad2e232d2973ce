/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every (class, cell, route) has a set of levers that act on it; the distinct sets are the profiles. A legal
 * condition splits a cell's rate over the sets of each status. */
#include "models/carepath_levers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/carepath_places.h"
#include "models/carepath_run.h"
#include "sim/slip.h"

enum { PILOT_REPLICATES = 64, PILOT_FIRST = 1 << 30 };
static const double year_days = 365.25;
static const double legal_prior_days = 3650; /* that the kind's mix of legal statuses is worth in a cell */
static const double least_flow = 1e-6;       /* children a day */
static const double steady_events = 100;     /* of the pilot, that an even flow is worth */

bool carepath_lever_is_applied(const struct lever *lever)
{
    switch (lever->kind) {
    case LEVER_ENTRIES:
    case LEVER_EXITS:
    case LEVER_MOVES:
    case LEVER_MIX:
    case LEVER_READMISSIONS:
    case LEVER_REFERRALS:
        return !lever_is_idle(lever);
    case LEVER_CAPACITY: /* acts on places, not on rates */
    case LEVER_PRICE:
    case LEVER_OUTCOME:
    case LEVER_COUNT:
        break;
    }
    return false;
}

static bool is_of_entries(enum lever_kind kind)
{
    return kind == LEVER_ENTRIES || kind == LEVER_REFERRALS;
}

/* ---- conditions -------------------------------------------------------------------------------------- */

static bool band_inside(const int32_t edges[], int n, int band, int32_t low, int32_t high)
{
    const int32_t last = band + 1 < n ? edges[band + 1] - 1 : INT32_MAX;
    return low <= edges[band] && last <= high;
}

bool carepath_lever_has_cell(const struct carepath_plan *plan, const struct where *where, int stage,
                             int group, int tic, int tip)
{
    const struct carepath_stage *s = &plan->stages[stage];
    const bool uasc = stage >= plan->first_uasc;
    if (where->age_low > s->age_start || where->age_high < s->age_end - 1 ||
        (where->uasc >= 0 && uasc != (where->uasc == 1)))
        return false;
    if (group < 0 ? where->placements != UINT32_MAX : (where->placements >> group & 1U) == 0)
        return false;
    /* where the start is not known, care has lasted since before the history */
    const bool in_care = tic == plan->n_tics ? where->in_care_high == INT32_MAX
                                             : band_inside(plan->tic_edges, plan->n_tics, tic,
                                                           where->in_care_low, where->in_care_high);
    return in_care &&
           band_inside(plan->tip_edges, plan->n_tips, tip, where->in_placement_low, where->in_placement_high);
}

/* Shares of legal statuses in a cell of the fit, leaning on the kind's. */
static void legal_shares(const struct carepath_plan *plan, int kind, int group, int tic,
                         double out[LEGAL_COUNT])
{
    const struct carepath_seen *seen = plan->fit->seen;
    double kind_days[LEGAL_COUNT] = {0};
    double kind_total = 0;
    double total = 0;
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        for (int t = 0; t < CAREPATH_TICS; t++)
            for (int l = 0; l < LEGAL_COUNT; l++) {
                kind_days[l] += seen->legal[kind][g][t][l];
                kind_total += seen->legal[kind][g][t][l];
            }
    for (int l = 0; l < LEGAL_COUNT; l++)
        total += seen->legal[kind][group][tic][l];
    for (int l = 0; l < LEGAL_COUNT; l++) {
        const double parent = kind_total > 0 ? kind_days[l] / kind_total : l == LEGAL_OTHER;
        out[l] = (seen->legal[kind][group][tic][l] + legal_prior_days * parent) / (total + legal_prior_days);
    }
}

double carepath_legal_share(const struct carepath_plan *plan, uint32_t legals, int kind, int group, int tic)
{
    double shares[LEGAL_COUNT];
    double sum = 0;
    if (legals == UINT32_MAX)
        return 1;
    legal_shares(plan, kind, group, tic, shares);
    for (int l = 0; l < LEGAL_COUNT; l++)
        sum += legals >> l & 1U ? shares[l] : 0;
    return sum;
}

static bool has_person(const struct history *history, const struct where *where, int need, int locality)
{
    if ((where->needs >> need & 1U) == 0)
        return false;
    return where->locality == NULL ||
           (locality >= 0 && strcmp(history->localities[locality], where->locality) == 0);
}

/* ---- classes ----------------------------------------------------------------------------------------- */

int carepath_class(const struct carepath_plan *plan, int need, int locality)
{
    const size_t columns = plan->fit->history->n_localities + 1;
    const size_t column = locality < 0 ? columns - 1 : (size_t)locality;
    return plan->class_of[(size_t)need * columns + column];
}

static bool make_classes(struct carepath_plan *plan, struct err *err)
{
    const struct history *history = plan->fit->history;
    const int n_localities = (int)history->n_localities;
    plan->class_of = vec_new((size_t)NEED_COUNT * (size_t)(n_localities + 1), 1, err);
    if (plan->class_of == NULL)
        return false;
    for (int need = 0; need < NEED_COUNT; need++)
        for (int column = 0; column <= n_localities; column++) {
            const int locality = column == n_localities ? -1 : column;
            uint64_t mask = 0;
            int c = 0;
            for (size_t i = 0; i < plan->n_levers; i++)
                if (has_person(history, &plan->levers[i].lever->where, need, locality))
                    mask |= UINT64_C(1) << i;
            while (c < plan->n_classes && plan->class_mask[c] != mask)
                c++;
            if (c == CAREPATH_MOST_CLASSES)
                return err_set(
                    err, ERR_USAGE,
                    "the levers tell more than %d kinds of children apart by need and locality; use "
                    "fewer such conditions",
                    CAREPATH_MOST_CLASSES);
            plan->class_mask[c] = mask;
            plan->n_classes = c == plan->n_classes ? c + 1 : plan->n_classes;
            plan->class_of[need * (n_localities + 1) + column] = (uint8_t)c;
        }
    return true;
}

/* ---- profiles ---------------------------------------------------------------------------------------- */

/* The profile of a set of levers, added when it is new; -1 when there are too many. */
static int profile_of(struct carepath_profiles *profiles, uint64_t mask)
{
    int p = 0;
    while (p < profiles->n && profiles->mask[p] != mask)
        p++;
    if (p == CAREPATH_MOST_PROFILES)
        return -1;
    profiles->mask[p] = mask;
    profiles->n = p == profiles->n ? p + 1 : profiles->n;
    return p;
}

/* The levers of a kind that act in a cell; route -1: any. */
static uint64_t levers_in(const struct carepath_plan *plan, enum lever_kind kind, int class_,
                          size_t stage_group[2], int tic, int tip, int route, int legal)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < plan->n_levers && !plan->is_pilot; i++) {
        const struct lever *lever = plan->levers[i].lever;
        if (lever->kind == kind && (plan->class_mask[class_] >> i & 1U) != 0 &&
            (route < 0 || (lever->where.routes >> route & 1U) != 0) &&
            (legal < 0 || (lever->where.legals >> legal & 1U) != 0) &&
            carepath_lever_has_cell(plan, &lever->where, (int)stage_group[0], (int)stage_group[1], tic, tip))
            mask |= UINT64_C(1) << i;
    }
    return mask;
}

struct filling {
    struct carepath_plan *plan;
    enum lever_kind kind;
    struct carepath_profiles *profiles;
    int n_rows;     /* routes, or 1 */
    float *weights; /* [class][cell][row][profile]; NULL: only finds the profiles */
};

/* Weights of the profiles in one cell; false when there are too many. */
static bool fill_cell(const struct filling *f, int class_, size_t stage_group[2], int tic, int tip)
{
    const struct carepath_plan *plan = f->plan;
    const size_t cell = carepath_cell(plan, (int)stage_group[0], (int)stage_group[1], tic, tip);
    double shares[LEGAL_COUNT];
    legal_shares(plan, plan->stages[stage_group[0]].kind, (int)stage_group[1], plan->tic_base[tic], shares);
    for (int row = 0; row < f->n_rows; row++) {
        const int route = f->n_rows > 1 ? row : -1;
        uint64_t masks[LEGAL_COUNT];
        bool all_equal = true;
        for (int l = 0; l < LEGAL_COUNT; l++) {
            masks[l] = levers_in(plan, f->kind, class_, stage_group, tic, tip, route, l);
            all_equal = all_equal && masks[l] == masks[0];
        }
        for (int l = 0; l < (all_equal ? 1 : LEGAL_COUNT); l++) {
            const int p = profile_of(f->profiles, masks[l]);
            if (p < 0)
                return false;
            if (f->weights != NULL)
                f->weights[(((size_t)class_ * plan->n_cells + cell) * (size_t)f->n_rows + (size_t)row) *
                               (size_t)f->profiles->n +
                           (size_t)p] += all_equal ? 1.0F : (float)shares[l];
        }
    }
    return true;
}

static bool fill_all(const struct filling *f, struct err *err)
{
    const struct carepath_plan *plan = f->plan;
    for (int c = 0; c < plan->n_classes; c++)
        for (int s = 0; s < plan->n_stages; s++)
            for (int g = 0; g < CAREPATH_GROUPS; g++)
                for (int t = 0; t <= plan->n_tics; t++)
                    for (int p = 0; p < plan->n_tips; p++)
                        if (!fill_cell(f, c, (size_t[2]){(size_t)s, (size_t)g}, t, p))
                            return err_set(
                                err, ERR_USAGE,
                                "more than %d sets of levers on %s overlap in different ways; use fewer",
                                CAREPATH_MOST_PROFILES, lever_kind_name(f->kind));
    return true;
}

static bool make_profiles(struct carepath_plan *plan, enum lever_kind kind,
                          struct carepath_profiles *profiles, int n_rows, float **weights, struct err *err)
{
    struct filling f = {plan, kind, profiles, n_rows, NULL};
    bool any = false;
    profiles->n = 1;
    profiles->mask[0] = 0;
    for (size_t i = 0; i < plan->n_levers; i++)
        any = any || (plan->levers[i].lever->kind == kind && !plan->is_pilot);
    if (!any)
        return true;
    if (!fill_all(&f, err))
        return false;
    if (profiles->n == 1)
        return true;
    const size_t n = (size_t)plan->n_classes * plan->n_cells * (size_t)n_rows * (size_t)profiles->n;
    *weights = f.weights = vec_new(n, sizeof **weights, err);
    return f.weights != NULL && fill_all(&f, err);
}

static bool make_return_profiles(struct carepath_plan *plan, struct err *err)
{
    const size_t stages = (size_t)plan->n_stages;
    plan->return_profile = vec_new((size_t)plan->n_classes * stages, 1, err);
    if (plan->return_profile == NULL)
        return false;
    plan->returns.n = 1;
    for (int c = 0; c < plan->n_classes; c++)
        for (int s = 0; s < plan->n_stages; s++) {
            uint64_t mask = 0;
            for (size_t i = 0; i < plan->n_levers && !plan->is_pilot; i++) {
                const struct lever *lever = plan->levers[i].lever;
                struct where where = lever->where;
                where.placements = UINT32_MAX;
                if (lever->kind == LEVER_READMISSIONS && (plan->class_mask[c] >> i & 1U) != 0 &&
                    carepath_lever_has_cell(plan, &where, s, -1, 0, 0))
                    mask |= UINT64_C(1) << i;
            }
            const int p = profile_of(&plan->returns, mask);
            if (p < 0)
                return err_set(err, ERR_USAGE, "too many sets of levers on readmissions overlap; use fewer");
            plan->return_profile[(size_t)c * stages + (size_t)s] = (uint8_t)p;
        }
    return true;
}

/* ---- force ------------------------------------------------------------------------------------------- */

void carepath_force_fill(const struct carepath_plan *plan, const day starts[], struct carepath_force *force)
{
    const day origin = plan->fit->origin;
    for (size_t i = 0; i < plan->n_levers; i++) {
        const struct carepath_lever *made = &plan->levers[i];
        const struct lever *lever = made->lever;
        for (int32_t m = 0; m < plan->months; m++) {
            const size_t at = i * (size_t)plan->months + (size_t)m;
            const day from = date_month_start(origin, m + 1);
            const day to = date_month_start(origin, m + 2);
            const double ramp = effect_ramp(plan->scenario, starts, made->index, from, to);
            if (lever->unit == EFFECT_FACTOR) {
                force->strength[at] = ramp;
                continue;
            }
            const double a_day = lever->unit == EFFECT_PER_YEAR ? ramp / year_days
                                 : ramp > 0 ? lever_gain(lever, starts[made->index], origin, from, to)
                                            : 0;
            const double flow = plan->flows != NULL ? plan->flows[at] / (to - from) : 0;
            force->strength[at] = flow > least_flow ? a_day / flow : 0;
            force->extra[at] = a_day;
        }
    }
    carepath_places_force(plan, starts, force->places);
}

static bool make_force(struct carepath_plan *plan, struct err *err)
{
    const size_t n = plan->n_levers * (size_t)plan->months;
    day *starts = vec_new(plan->scenario->n_levers, sizeof *starts, err);
    plan->force.strength = vec_new(n, sizeof *plan->force.strength, err);
    plan->force.extra = vec_new(n, sizeof *plan->force.extra, err);
    plan->force.places = vec_new(plan->n_growths * (size_t)plan->months, sizeof *plan->force.places, err);
    const bool ok = starts != NULL && plan->force.strength != NULL && plan->force.extra != NULL &&
                    plan->force.places != NULL;
    if (ok) {
        slip_fixed_starts(plan->scenario, plan->fit->origin, starts);
        carepath_force_fill(plan, starts, &plan->force);
    }
    free(starts);
    plan->slips = !plan->is_pilot && slip_varies(plan->scenario);
    return ok;
}

/* ---- pilot ------------------------------------------------------------------------------------------- */

void carepath_pilot_count(struct carepath_room *room, enum lever_kind kind, int class_, int stage, int group,
                          int tic, int tip, int route, int to, int32_t month)
{
    const struct carepath_plan *plan = room->plan;
    for (size_t i = 0; i < plan->n_levers; i++) {
        const struct lever *lever = plan->levers[i].lever;
        const enum lever_kind asks = lever->kind == LEVER_REFERRALS ? LEVER_ENTRIES : lever->kind;
        const bool is_entry_mix = (kind == LEVER_ENTRIES || kind == LEVER_READMISSIONS) && asks == LEVER_MIX;
        const bool is_change_mix = kind == LEVER_MOVES && asks == LEVER_MIX;
        if ((asks != kind && !is_entry_mix && !is_change_mix) || (plan->class_mask[class_] >> i & 1U) == 0)
            continue;
        if (asks == LEVER_EXITS && (lever->where.routes >> route & 1U) == 0)
            continue;
        const int arrives = is_entry_mix ? group : to;
        if (asks == LEVER_MIX && (lever->where.from >> arrives & 1U) == 0)
            continue;
        const int where_group = is_entry_mix ? -1 : group;
        struct where where = lever->where;
        if (asks == LEVER_READMISSIONS)
            where.placements = UINT32_MAX;
        if (!carepath_lever_has_cell(plan, &where, stage, kind == LEVER_READMISSIONS ? -1 : where_group, tic,
                                     tip))
            continue;
        /* a number of moves is one of changes that count as moves */
        const double counted = asks == LEVER_MOVES ? plan->fit->rates.counted[group][to] : 1;
        room->flows[i * (size_t)plan->months + (size_t)month] +=
            counted * carepath_legal_share(plan, lever->where.legals, plan->stages[stage].kind, group,
                                           plan->tic_base[tic]);
    }
}

/* A month's events lean on those of all months: one over a small count is too large in the mean, and flows
 * change slowly. */
static void smooth(const struct carepath_plan *plan, double flows[])
{
    double total = 0;
    for (int32_t m = 0; m < plan->months; m++)
        total += flows[m];
    for (int32_t m = 0; m < plan->months; m++) {
        const double days = plan->month_start[m + 1] - plan->month_start[m];
        const double mean = total * days / plan->days;
        flows[m] = mean * (flows[m] + steady_events) / (mean + steady_events);
    }
}

/* Mean events a month that each lever's conditions select, in replicates of no forecast. */
static bool run_pilot(const struct carepath_plan *plan, double *flows, struct err *err)
{
    struct carepath_plan pilot = {0};
    struct carepath_room *room = NULL;
    bool ok = carepath_plan_make(plan->fit, plan->scenario, true, &pilot, err) &&
              carepath_room_make(&pilot, &room, err);
    if (ok) {
        room->flows = flows;
        for (uint32_t r = 0; r < PILOT_REPLICATES; r++)
            ok = ok && carepath_replicate(room, PILOT_FIRST + r, err);
    }
    const size_t months = (size_t)plan->months;
    for (size_t i = 0; i < plan->n_levers; i++)
        smooth(plan, flows + i * months);
    for (size_t i = 0; i < plan->n_levers * months; i++)
        flows[i] /= PILOT_REPLICATES;
    carepath_room_free(room);
    carepath_plan_free(&pilot);
    return ok;
}

/* ---- together ---------------------------------------------------------------------------------------- */

/* Children who are away have no placement, route or status; a change of placement has no route. */
static bool check_lever(const struct lever *lever, struct err *err)
{
    const uint32_t away = 1U << WHERE_PLACEMENT | 1U << WHERE_ROUTE | 1U << WHERE_LEGAL |
                          1U << WHERE_TIME_IN_CARE | 1U << WHERE_TIME_IN_PLACEMENT;
    const uint32_t routeless = 1U << WHERE_ROUTE;
    const uint32_t bad = lever->kind == LEVER_READMISSIONS ? away
                         : lever->kind == LEVER_EXITS      ? 0
                                                           : routeless;
    if ((lever->where.given & bad) == 0)
        return true;
    return err_set(err, ERR_USAGE, "%s: lever %s: %s cannot be chosen by %s; leave that condition out",
                   lever->source, lever->id, lever_kind_name(lever->kind),
                   lever->kind == LEVER_READMISSIONS ? "route, placement, legal status or time in care"
                                                     : "route");
}

static bool list_levers(struct carepath_plan *plan, struct err *err)
{
    const struct scenario *scenario = plan->scenario;
    plan->levers = vec_new(CAREPATH_MOST_LEVERS, sizeof *plan->levers, err);
    if (plan->levers == NULL)
        return false;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (!carepath_lever_is_applied(lever))
            continue;
        if (!check_lever(lever, err))
            return false;
        if (plan->n_levers == CAREPATH_MOST_LEVERS)
            return err_set(err, ERR_USAGE, "%s: more than %d levers act on children", lever->source,
                           CAREPATH_MOST_LEVERS);
        struct carepath_lever *made = &plan->levers[plan->n_levers++];
        *made =
            (struct carepath_lever){.lever = lever,
                                    .index = i,
                                    .effect = effect_make(lever, scenario->stance),
                                    .is_extra = is_of_entries(lever->kind) && lever->unit != EFFECT_FACTOR};
        made->scale =
            lever->kind == LEVER_REFERRALS ? params_get(&scenario->params, "referral_elasticity") : 1;
    }
    return true;
}

void carepath_levers_free(struct carepath_plan *plan)
{
    free(plan->force.strength);
    free(plan->force.extra);
    free(plan->force.places);
    free(plan->flows);
    free(plan->levers);
    free(plan->class_of);
    free(plan->exit_weight);
    free(plan->move_weight);
    free(plan->return_profile);
}

bool carepath_levers_make(struct carepath_plan *plan, struct err *err)
{
    bool needs_flows = false;
    if (!list_levers(plan, err) || !make_classes(plan, err) ||
        !make_profiles(plan, LEVER_EXITS, &plan->exits, ROUTE_COUNT, &plan->exit_weight, err) ||
        !make_profiles(plan, LEVER_MOVES, &plan->moves, 1, &plan->move_weight, err) ||
        !make_return_profiles(plan, err))
        return false;
    for (size_t i = 0; i < plan->n_levers; i++)
        needs_flows = needs_flows || plan->levers[i].lever->unit != EFFECT_FACTOR;
    if (needs_flows && !plan->is_pilot) {
        plan->flows = vec_new(plan->n_levers * (size_t)plan->months, sizeof *plan->flows, err);
        if (plan->flows == NULL || !run_pilot(plan, plan->flows, err))
            return false;
    }
    for (size_t i = 0; i < plan->n_levers && !plan->is_pilot; i++) {
        const enum lever_kind kind = plan->levers[i].lever->kind;
        plan->entry_levers |= is_of_entries(kind) ? UINT64_C(1) << i : 0;
        plan->mix_levers |= kind == LEVER_MIX ? UINT64_C(1) << i : 0;
    }
    return carepath_places_make(plan, err) && make_force(plan, err);
}
