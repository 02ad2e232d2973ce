/* SPDX-License-Identifier: GPL-3.0-or-later
 * A group that sends more than everything elsewhere sends everything. */
#include "study/mix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "sim/where_text.h"
#include "study/levered.h"

enum { TRIALS_MOST = 16, PATIENCE = 4, SWEEPS = 20, LEVERS_MOST = PLACEMENT_COUNT * PLACEMENT_COUNT };
static const double pct = 100;
static const double near_enough = .1; /* per cent of all children */
static const double least_change = .01;
static const double most_scale = 4;
static const double all_of_it = .999;

const uint32_t mix_movable = UINT32_C(1) << PLACEMENT_FOSTER_INHOUSE | UINT32_C(1) << PLACEMENT_FOSTER_IFA |
                             UINT32_C(1) << PLACEMENT_RES_INHOUSE | UINT32_C(1) << PLACEMENT_RES_EXTERNAL;

/* ---- wishes ------------------------------------------------------------------------------------------ */

static bool read_one(struct str text, double shares[], struct err *err)
{
    enum placement_group group;
    double share = 0;
    const char *equals = text.length > 0 ? memchr(text.at, '=', text.length) : NULL;
    if (equals == NULL)
        return err_set(err, ERR_USAGE, "--mix: \"%.*s\" is not GROUP=SHARE, as in foster_inhouse=45%%",
                       (int)text.length, text.at);
    const struct str name = {text.at, (size_t)(equals - text.at)};
    struct str number = str_trim((struct str){equals + 1, text.length - name.length - 1});
    if (number.length > 0 && number.at[number.length - 1] == '%')
        number.length--;
    if (!placement_group_parse(str_trim(name), &group))
        return err_set(err, ERR_USAGE,
                       "--mix: \"%.*s\" is no placement group; `turncurve list codes` has them",
                       (int)name.length, name.at);
    if (!parse_double(number, &share) || share < 0 || share > pct)
        return err_set(err, ERR_USAGE, "--mix: the share of %.*s is not a per cent from 0%% to 100%%",
                       (int)name.length, name.at);
    if (!isnan(shares[group]))
        return err_set(err, ERR_USAGE, "--mix names %.*s twice", (int)name.length, name.at);
    shares[group] = share;
    return true;
}

bool mix_read(const char *text, double shares[PLACEMENT_COUNT], struct err *err)
{
    struct str rest = str_of(text);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        shares[g] = (double)NAN;
    for (;;) {
        const char *comma = rest.length > 0 ? memchr(rest.at, ',', rest.length) : NULL;
        const size_t n = comma == NULL ? rest.length : (size_t)(comma - rest.at);
        if (!read_one((struct str){rest.at, n}, shares, err))
            return false;
        if (comma == NULL)
            return true;
        rest = (struct str){comma + 1, rest.length - n - 1};
    }
}

/* True for a group that sends everything elsewhere already. */
static bool is_exhausted(const struct mix_answer *mix, int group)
{
    double sent = 0;
    for (int to = 0; to < PLACEMENT_COUNT; to++)
        sent += mix->sent[group][to];
    return sent > all_of_it;
}

/* What every group that can give or take should have, by the shares that a trial gave: groups outside the mix
 * grow or shrink a little with it. */
static void set_wanted(struct mix_answer *mix, const double wishes[], const double shares[], double *left,
                       double *others)
{
    *left = 0; /* for groups not named */
    *others = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        const bool named = !isnan(wishes[g]);
        const bool movable = named || (mix_movable >> g & 1U) != 0;
        *left += movable ? shares[g] : 0;
        *left -= named ? fmax(wishes[g], is_exhausted(mix, g) ? shares[g] : 0) : 0;
        *others += movable && !named ? mix->base[g] : 0;
    }
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        mix->wanted[g] = wishes[g];
        if (isnan(wishes[g]) && (mix_movable >> g & 1U) != 0)
            mix->wanted[g] = *others > 0 ? mix->base[g] * fmax(*left, 0) / *others : 0;
    }
}

static bool check_wishes(struct mix_answer *mix, const double wishes[], struct err *err)
{
    double left = 0;
    double others = 0;
    set_wanted(mix, wishes, mix->base, &left, &others);
    return (left >= -near_enough && (others >= near_enough || left <= near_enough)) ||
           err_set(err, ERR_USAGE,
                   "--mix: the shares ask for %.1f %% of all children %s than there are in the groups named "
                   "and in "
                   "fostering and homes; name the groups that are to give or take",
                   fabs(left), left < 0 ? "more" : "fewer");
}

/* ---- trials ------------------------------------------------------------------------------------------ */

static double mean_stock(const struct draws *draws, struct group group, int32_t month, double work[])
{
    double sum = 0;
    if (draws_find(draws, MEASURE_STOCK, group) == draws->n_series)
        return 0;
    draws_values(draws, MEASURE_STOCK, group, month, month, work);
    for (int32_t r = 0; r < draws->replicates; r++)
        sum += work[r];
    return sum / draws->replicates;
}

void mix_shares(const struct draws *draws, int32_t month, double shares[PLACEMENT_COUNT], double work[])
{
    const double all = mean_stock(draws, (struct group){GROUP_ALL, 0}, month, work);
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        const double stock = mean_stock(draws, (struct group){GROUP_PLACEMENT, g}, month, work);
        shares[g] = all > 0 ? pct * stock / all : 0;
    }
}

bool mix_levers(const struct mix_answer *answer, struct arena *texts, struct lever levers[], size_t *n,
                struct err *err)
{
    *n = 0;
    for (int from = 0; from < PLACEMENT_COUNT; from++)
        for (int to = 0; to < PLACEMENT_COUNT; to++) {
            /* two decimals of a per cent: what a scenario file says */
            const double effect = round(answer->sent[from][to] * pct * pct) / pct / pct;
            if (!(effect > 0))
                continue;
            struct where where = where_all();
            const char *id =
                arena_format(texts, err, "mix-%s-%s", placement_group_name((enum placement_group)from),
                             placement_group_name((enum placement_group)to));
            if (id == NULL)
                return false;
            where.from = UINT32_C(1) << from;
            where.to = UINT32_C(1) << to;
            where.given = UINT32_C(1) << WHERE_FROM | UINT32_C(1) << WHERE_TO;
            levers[(*n)++] = levered_lever(id, LEVER_MIX, &where, EFFECT_FACTOR, effect);
        }
    return true;
}

/* Runs the scenario with the levers as they stand; their draws take the place of the last trial's. */
static bool try_out(struct run *run, const struct scenario *scenario, const struct draws *base,
                    const struct price_book *prices, int32_t month, struct mix_answer *mix, double work[],
                    struct err *err)
{
    struct arena texts = {0};
    struct lever levers[LEVERS_MOST];
    struct scenario levered = {0};
    size_t n = 0;
    draws_free(&mix->draws);
    const bool ok = mix_levers(mix, &texts, levers, &n, err) &&
                    levered_make(scenario, levers, n, &levered, err) &&
                    run_scenario(run, &levered, base, prices, &mix->draws, err);
    levered_free(&levered);
    arena_free(&texts);
    if (ok)
        mix_shares(&mix->draws, month, mix->share, work);
    mix->trials++;
    return ok;
}

/* The first guess: every group that has too many sends what is too much to those that have too few. */
static void guess(struct mix_answer *mix)
{
    double needed = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if (mix->wanted[g] > mix->base[g] + least_change)
            needed += mix->wanted[g] - mix->base[g];
    for (int from = 0; from < PLACEMENT_COUNT; from++)
        for (int to = 0; to < PLACEMENT_COUNT; to++)
            if (mix->wanted[from] < mix->base[from] - least_change &&
                mix->wanted[to] > mix->base[to] + least_change)
                mix->sent[from][to] = (mix->base[from] - mix->wanted[from]) / mix->base[from] *
                                      (mix->wanted[to] - mix->base[to]) / needed;
}

/* What a group gives up for all that it sends elsewhere, per cent of all children: as in the last trial. */
static double response_of(const struct mix_answer *mix, int from)
{
    double sent = 0;
    for (int to = 0; to < PLACEMENT_COUNT; to++)
        sent += mix->sent[from][to];
    const double given = mix->base[from] - mix->share[from];
    const double least = mix->base[from] / most_scale / most_scale;
    return sent > 0 ? fmax(given / sent, least) : mix->base[from];
}

/* Scales the rows of flows to what groups should give up and the columns to what they should gain. */
static void fit(const struct mix_answer *mix, double flows[PLACEMENT_COUNT][PLACEMENT_COUNT])
{
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int g = 0; g < PLACEMENT_COUNT; g++) {
            const double wanted = mix->wanted[g] - mix->base[g];
            double sum = 0;
            for (int k = 0; k < PLACEMENT_COUNT; k++)
                sum += wanted < 0 ? flows[g][k] : flows[k][g];
            for (int k = 0; k < PLACEMENT_COUNT && sum > 0; k++)
                *(wanted < 0 ? &flows[g][k] : &flows[k][g]) *= fabs(wanted) / sum;
        }
}

/* Sizes that should bring what is wanted, if groups go on giving as they did; nobody sends more than all. */
static void rescale(struct mix_answer *mix)
{
    double flows[PLACEMENT_COUNT][PLACEMENT_COUNT];
    for (int from = 0; from < PLACEMENT_COUNT; from++)
        for (int to = 0; to < PLACEMENT_COUNT; to++)
            flows[from][to] = mix->sent[from][to] * response_of(mix, from);
    fit(mix, flows);
    for (int from = 0; from < PLACEMENT_COUNT; from++) {
        const double response = response_of(mix, from);
        double sum = 0;
        for (int to = 0; to < PLACEMENT_COUNT; to++)
            sum += flows[from][to];
        for (int to = 0; to < PLACEMENT_COUNT; to++)
            flows[from][to] /= fmax(response, sum);
    }
    memcpy(mix->sent, flows, sizeof flows);
}

static double worst(const struct mix_answer *mix)
{
    double most = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if (!isnan(mix->wanted[g]))
            most = fmax(most, fabs(mix->share[g] - mix->wanted[g]));
    return most;
}

/* Goes a part of the way from the best sizes so far to those that should do. */
static void step_from(const struct mix_answer *best, double part, struct mix_answer *mix)
{
    struct mix_answer proposed = *best;
    rescale(&proposed);
    for (int from = 0; from < PLACEMENT_COUNT; from++)
        for (int to = 0; to < PLACEMENT_COUNT; to++)
            mix->sent[from][to] =
                best->sent[from][to] + part * (proposed.sent[from][to] - best->sent[from][to]);
}

/* Tries until the wishes are near enough, or PATIENCE trials have brought nothing; ends with the best. What a
 * group gives need not be in proportion to what it sends, so a step that overshoots is halved. */
static bool improve(struct run *run, const struct scenario *scenario, const struct draws *base,
                    const struct price_book *prices, int32_t month, const double wishes[],
                    struct mix_answer *mix, double work[], struct err *err)
{
    double left = 0;
    double others = 0;
    double part = 1;
    int waiting = 0;
    set_wanted(mix, wishes, mix->share, &left, &others);
    struct mix_answer best = *mix; /* its draws are those of the trial at hand: not used */
    while (worst(&best) > near_enough && mix->trials < TRIALS_MOST && waiting < PATIENCE) {
        step_from(&best, part, mix);
        if (!try_out(run, scenario, base, prices, month, mix, work, err))
            return false;
        set_wanted(mix, wishes, mix->share, &left, &others);
        const bool is_better = worst(mix) < worst(&best);
        part = is_better ? fmin(1, 2 * part) : part / 2;
        waiting = is_better ? 0 : waiting + 1;
        if (is_better)
            best = *mix;
    }
    if (waiting == 0)
        return true;
    memcpy(mix->sent, best.sent, sizeof best.sent);
    if (!try_out(run, scenario, base, prices, month, mix, work, err))
        return false;
    set_wanted(mix, wishes, mix->share, &left, &others);
    return true;
}

bool mix_seek(struct run *run, const struct scenario *scenario, const struct draws *base,
              const struct price_book *prices, int32_t month, const double wishes[PLACEMENT_COUNT],
              struct mix_answer *out, struct err *err)
{
    struct mix_answer mix = {0};
    double *work = vec_new((size_t)base->replicates, sizeof *work, err);
    bool ok = work != NULL;
    if (ok && draws_find(base, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, 0}) == base->n_series)
        ok = err_set(err, ERR_USAGE, "model %s has no placements; use --model carepath", run->model->name);
    if (ok) {
        mix_shares(base, month, mix.base, work);
        ok = check_wishes(&mix, wishes, err);
    }
    if (ok) {
        guess(&mix);
        ok = try_out(run, scenario, base, prices, month, &mix, work, err);
    }
    ok = ok && improve(run, scenario, base, prices, month, wishes, &mix, work, err);
    free(work);
    if (!ok) {
        draws_free(&mix.draws);
        return false;
    }
    mix.is_reached = worst(&mix) <= near_enough;
    *out = mix;
    return true;
}
