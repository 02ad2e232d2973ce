/* SPDX-License-Identifier: GPL-3.0-or-later
 * A trial is a run of all replicates; what the search sees of it is by how much the wanted quantile misses.
 */
#include "study/goal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/quantile.h"
#include "sim/where_text.h"
#include "study/levered.h"

enum { PUSHES_MOST = 6 };
static const struct group all = {GROUP_ALL, 0};
static const double pct = 100;
static const double most_pct = 60;
static const double narrow_pct = .1, narrow_places = .5;

/* ---- the lever --------------------------------------------------------------------------------------- */

static bool read_conditions(struct str rest, struct arena *texts, struct where *where, struct err *err)
{
    while (rest.length > 0) {
        const char *end = memchr(rest.at, ';', rest.length);
        const struct str one = {rest.at, end == NULL ? rest.length : (size_t)(end - rest.at)};
        const char *equals = one.length > 0 ? memchr(one.at, '=', one.length) : NULL;
        if (equals == NULL)
            return err_set(err, ERR_USAGE, "\"%.*s\" is no condition, as in age=10-17", (int)one.length,
                           one.at);
        const struct str key = {one.at, (size_t)(equals - one.at)};
        const struct str value = {equals + 1, one.length - key.length - 1};
        if (!where_set(where, str_trim(key), str_trim(value), texts, err))
            return false;
        rest.at += one.length + (end != NULL);
        rest.length -= one.length + (end != NULL);
    }
    return true;
}

static bool read_kind(struct str name, enum lever_kind *out)
{
    for (int kind = 0; kind < LEVER_COUNT; kind++)
        if (str_equal_text(name, lever_kind_name((enum lever_kind)kind))) {
            *out = (enum lever_kind)kind;
            return kind != LEVER_OUTCOME;
        }
    return false;
}

bool goal_lever_read(const char *text, double most_places, struct arena *texts, struct goal_lever *out,
                     struct err *err)
{
    const size_t n = strcspn(text, ":");
    struct goal_lever lever = {.where = where_all(), .low = -most_pct, .high = most_pct};
    if (!read_kind((struct str){text, n}, &lever.kind))
        return err_set(
            err, ERR_USAGE,
            "--seek %s: a lever is one of entries, exits, moves, mix, price, capacity, readmissions, "
            "referrals",
            text);
    if (text[n] == ':' && !read_conditions(str_of(text + n + 1), texts, &lever.where, err))
        return err_prefix(err, "--seek %s", text);
    const uint32_t from_to = UINT32_C(1) << WHERE_FROM | UINT32_C(1) << WHERE_TO;
    if (lever.kind == LEVER_MIX
            ? (lever.where.given & from_to) != from_to || (lever.where.from & lever.where.to) != 0
            : (lever.where.given & from_to) != 0)
        return err_set(err, ERR_USAGE,
                       "--seek %s: a mix, and only a mix, goes from one placement to another, as in "
                       "mix:from=res_external;to=foster_inhouse",
                       text);
    if (lever.kind == LEVER_MIX) {
        lever.low = 0;
        lever.high = pct;
    }
    if (lever.kind == LEVER_CAPACITY) {
        lever.unit = EFFECT_CHILDREN;
        lever.low = 0;
        lever.high = most_places;
    }
    lever.text = arena_copy(texts, str_of(text), err);
    *out = lever;
    return lever.text != NULL;
}

struct lever goal_lever_at(const struct goal_lever *lever, double size)
{
    return levered_lever("sought", lever->kind, &lever->where, lever->unit,
                         lever->unit == EFFECT_FACTOR ? size / pct : size);
}

/* ---- trials ------------------------------------------------------------------------------------------ */

struct trying {
    const struct goal_setting *setting;
    const struct goal *goal;
    const struct goal_lever *lever;
    double *values; /* of each replicate, sorted after a trial; as many again to work with */
    size_t n_trials;
};

static double monthly(const struct draws *draws, enum measure measure, int32_t month, double values[])
{
    double sum = 0;
    if (draws_find(draws, measure, all) == draws->n_series)
        return (double)NAN;
    draws_values(draws, measure, all, 0, month, values);
    for (int32_t r = 0; r < draws->replicates; r++)
        sum += values[r];
    return sum / draws->replicates / (month + 1);
}

/* values: sorted afterwards. */
static bool trial(struct trying *trying, bool with_lever, double size, struct goal_trial *out,
                  struct err *err)
{
    const struct goal_setting *setting = trying->setting;
    const struct target_goal *target = &trying->goal->target;
    const day origin = setting->run->input->origin;
    const bool money = target->quantity.measure == MEASURE_COST;
    struct draws draws = {0};
    struct scenario scenario = {0};
    struct lever lever;
    if (with_lever)
        lever = goal_lever_at(trying->lever, size);
    if (!levered_make(setting->scenario, &lever, with_lever ? 1 : 0, &scenario, err))
        return false;
    bool ok =
        run_scenario(setting->run, &scenario, setting->base, money ? setting->prices : NULL, &draws, err);
    levered_free(&scenario);
    if (ok && !quantity_is_given(&target->quantity, &draws, setting->counts, origin, target->month))
        ok =
            err_set(err, ERR_USAGE, "model %s gives no such numbers at that date", setting->run->model->name);
    if (ok) {
        const size_t n = (size_t)draws.replicates;
        double *work = trying->values + n;
        *out = (struct goal_trial){.size = with_lever ? size : 0};
        out->entries = monthly(&draws, MEASURE_ENTRIES, target->month, work);
        out->exits = monthly(&draws, MEASURE_EXITS, target->month, work);
        out->moves = monthly(&draws, MEASURE_MOVES, target->month, work);
        quantity_values(&target->quantity, &draws, setting->counts, origin, target->month, trying->values,
                        work);
        out->outcome = target_outcome_make(target, trying->values, n, work, NULL);
        memcpy(trying->values, work, n * sizeof *work); /* sorted */
        trying->n_trials++;
    }
    draws_free(&draws);
    return ok;
}

/* By how much the quantile that must reach the level misses it (below 0: meets it), and its standard error
 * from the order statistics one binomial standard deviation away. */
static void miss_of(const struct trying *trying, struct seek_point *out)
{
    const struct target_goal *target = &trying->goal->target;
    const size_t n = (size_t)trying->setting->run->options->replicates;
    const double p = target->at_most ? trying->goal->chance : 1 - trying->goal->chance;
    const double apart = sqrt(p * (1 - p) / (double)n);
    const double least = 1 / (double)(n + 1);
    const double low = quantile_sorted(trying->values, n, fmax(p - apart, least));
    const double high = quantile_sorted(trying->values, n, fmin(p + apart, 1 - least));
    const double miss = quantile_sorted(trying->values, n, p) - target->level;
    out->value = target->at_most ? miss : -miss;
    out->error = (high - low) / 2;
}

static bool look(void *context, double x, struct seek_point *out, struct err *err)
{
    struct trying *trying = context;
    struct goal_trial at;
    if (!trial(trying, true, x, &at, err))
        return false;
    miss_of(trying, out);
    return true;
}

static bool is_enough(const struct trying *trying, const struct goal_trial *at)
{
    return at->outcome.chance >= trying->goal->chance;
}

/* Digits that an error supports, in steps of 1, 2 and 5: .3 of a per cent: fifths; 4: twos. */
static double step_of(const struct goal_lever *lever, double error)
{
    static const double factors[] = {1, 2, 5};
    double unit = lever->unit == EFFECT_FACTOR ? narrow_pct : 1;
    for (int i = 0; unit < 10; i++) {
        const double step = unit * factors[i % 3];
        if (step >= error / 2)
            return step;
        unit = i % 3 == 2 ? unit * 10 : unit;
    }
    return 10;
}

/* Rounds to the side that meets, and on until it does. */
static bool settle(struct trying *trying, const struct seek_answer *found, struct goal_answer *out,
                   struct err *err)
{
    const struct goal_lever *lever = trying->lever;
    const double step = step_of(lever, found->error);
    const double way = found->is_rising ? -1 : 1;                  /* sizes that miss by less */
    const double first = ceil(way * found->x / step - narrow_pct); /* in steps along the way */
    out->decimals = step < 1 ? 1 : 0;
    for (int push = 0; push < PUSHES_MOST; push++) {
        const double size = fmin(fmax(way * (first + push) * step, lever->low), lever->high);
        if (!trial(trying, true, size, &out->at, err))
            return false;
        if (is_enough(trying, &out->at))
            return true;
    }
    out->fate = GOAL_OUT_OF_REACH; /* by a hair, at the end of the lever */
    return true;
}

bool goal_seek(const struct goal_setting *setting, const struct goal *goal, const struct goal_lever *lever,
               struct goal_answer *out, struct err *err)
{
    const size_t n = (size_t)setting->run->options->replicates;
    struct trying trying = {.setting = setting, .goal = goal, .lever = lever};
    struct seek_answer found;
    *out = (struct goal_answer){0};
    trying.values = vec_new(2 * n, sizeof *trying.values, err);
    bool ok = trying.values != NULL && trial(&trying, false, 0, &out->rest, err) &&
              seek_zero(look, &trying, lever->low, lever->high,
                        lever->unit == EFFECT_FACTOR ? narrow_pct : narrow_places, &found, err);
    if (ok && found.found) {
        out->fate = GOAL_FOUND;
        out->exact = found.x;
        out->error = found.error;
        ok = settle(&trying, &found, out, err);
    } else if (ok) {
        ok = trial(&trying, true, found.x, &out->at, err);
        out->fate = is_enough(&trying, &out->at) ? GOAL_ALWAYS : GOAL_OUT_OF_REACH;
    }
    out->n_trials = trying.n_trials;
    free(trying.values);
    return ok;
}

bool goal_try(const struct goal_setting *setting, const struct goal *goal, const struct goal_lever *lever,
              double size, struct goal_trial *out, struct err *err)
{
    const size_t n = (size_t)setting->run->options->replicates;
    struct trying trying = {.setting = setting, .goal = goal, .lever = lever};
    trying.values = vec_new(2 * n, sizeof *trying.values, err);
    const bool ok = trying.values != NULL && trial(&trying, lever != NULL, size, out, err);
    free(trying.values);
    return ok;
}
