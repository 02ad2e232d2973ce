/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an assumption touches decides what is run again: prices only cost the same nights anew, a parameter of
 * the model is learned from anew, anything else is another scenario of the same fit. */
#include "study/sensitivity.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/quantile.h"

static const double clear_errors = 3; /* standard errors beyond which a difference is more than chance: so
                                         many are looked at that two would be too few */
static const double furthest = 3;     /* ranges beyond the base that a straight line is believed */

struct trial {
    struct draws draws, baseline; /* baseline: where savings are asked for */
    struct run run;               /* of its own, whose series the draws borrow; else zeroed */
    struct model_input input;
};

static void trial_free(struct trial *trial)
{
    draws_free(&trial->draws);
    draws_free(&trial->baseline);
    if (trial->run.fitted != NULL)
        run_close(&trial->run);
}

/* An output in every future; work has room for as many. */
static void values_of(const struct sensitivity_setting *s, const struct sensitivity_output *output,
                      const struct trial *trial, double out[], double work[], double other[])
{
    const day origin = s->run->input->origin;
    const int32_t n = trial->draws.replicates;
    quantity_values(&output->quantity, &trial->draws, s->counts, origin, output->month, out, work);
    if (!output->is_saving)
        return;
    quantity_values(&output->quantity, &trial->baseline, s->counts, origin, output->month, other, work);
    for (int32_t r = 0; r < n; r++)
        out[r] = other[r] - out[r];
}

/* The same nights at other prices: the counts are shared, the costs are the copy's own. */
static bool cost_again(const struct run *run, const struct scenario *scenario,
                       const struct price_book *prices, const struct draws *from, struct draws *out,
                       struct err *err)
{
    struct draws copy = *from;
    copy.costs = NULL;
    if (!run_costs(run, scenario, prices, &copy, err)) {
        free(copy.costs);
        return false;
    }
    /* only the costs are handed on, so that freeing them frees nothing of `from` */
    *out = copy;
    return true;
}

static bool run_both(struct run *run, const struct sensitivity_setting *s, const struct scenario *scenario,
                     const struct scenario *baseline, const struct price_book *prices,
                     const struct trial *base, struct trial *out, struct err *err)
{
    /* what the model knows is the same: intervals are scaled as the base's are */
    return run_scenario(run, scenario, base == NULL ? NULL : &base->draws, prices, &out->draws, err) &&
           (s->baseline == NULL ||
            run_scenario(run, baseline, base == NULL ? NULL : &base->draws, prices, &out->baseline, err));
}

/* Another fit, or other luck. */
static bool run_anew(const struct sensitivity_setting *s, const struct assumption_applied *applied,
                     const struct assumption_applied *applied_baseline, struct trial *out, struct err *err)
{
    out->input = *s->run->input;
    out->input.seed = applied->seed;
    return run_open(&out->run, s->run->model, &out->input, &applied->scenario.params, s->run->options,
                    s->run->log, err) &&
           run_both(&out->run, s, &applied->scenario, &applied_baseline->scenario, &applied->prices, NULL,
                    out, err);
}

struct measuring {
    const struct sensitivity_setting *s;
    const struct trial *base;
    double *base_values; /* [outputs][replicates] */
    double *work;        /* 3 x replicates */
};

static void measure(const struct measuring *m, const struct trial *trial, bool paired,
                    enum sensitivity_end end, struct sensitivity_effect effects[])
{
    const size_t n = (size_t)trial->draws.replicates;
    double *values = m->work;
    for (size_t k = 0; k < m->s->n_outputs; k++) {
        const double *base = m->base_values + k * n;
        double change = 0;
        double sum = 0;
        double own[2] = {0, 0};
        values_of(m->s, &m->s->outputs[k], trial, values, m->work + n, m->work + 2 * n);
        for (size_t r = 0; r < n; r++)
            change += (values[r] - base[r]) / (double)n;
        double means[2] = {0, 0};
        for (size_t r = 0; r < n; r++) {
            means[0] += base[r] / (double)n;
            means[1] += values[r] / (double)n;
        }
        for (size_t r = 0; r < n; r++) {
            sum += pow(values[r] - base[r] - change, 2);
            own[0] += pow(base[r] - means[0], 2);
            own[1] += pow(values[r] - means[1], 2);
        }
        effects[k].change[end] = change;
        effects[k].error[end] = sqrt((paired ? sum : own[0] + own[1]) / (double)(n - 1) / (double)n);
    }
}

/* The plan's assumptions and levers do not touch the baseline. */
static bool try_end(const struct measuring *m, const struct assumption *assumption, enum sensitivity_end end,
                    struct sensitivity_effect effects[], struct err *err)
{
    const struct sensitivity_setting *s = m->s;
    const double value = end == SENSITIVITY_LOW ? assumption->low : assumption->high;
    const uint64_t seed = s->run->input->seed;
    const bool of_plan = assumption->kind == ASSUMPTION_EFFECT || assumption->kind == ASSUMPTION_REALISM ||
                         assumption->kind == ASSUMPTION_SLIPPAGE || assumption->kind == ASSUMPTION_PLACES;
    const struct scenario *plain = s->baseline != NULL ? s->baseline : s->scenario;
    struct assumption_applied applied = {0};
    struct assumption_applied baseline = {0};
    struct trial trial = {.draws = {0}};
    const struct assumption none = {.kind = ASSUMPTION_SEED};
    bool ok = assumption_apply(assumption, value, s->scenario, s->prices, seed, &applied, err) &&
              assumption_apply(of_plan ? &none : assumption, of_plan ? 0 : value, plain, s->prices, seed,
                               &baseline, err);
    if (ok && (assumption->kind == ASSUMPTION_PRICE || assumption->kind == ASSUMPTION_UPLIFT)) {
        ok = cost_again(s->run, &applied.scenario, &applied.prices, &m->base->draws, &trial.draws, err) &&
             (s->baseline == NULL || cost_again(s->run, &baseline.scenario, &applied.prices,
                                                &m->base->baseline, &trial.baseline, err));
        if (ok)
            measure(m, &trial, true, end, effects);
        free(trial.draws.costs);
        free(trial.baseline.costs);
    } else if (ok) {
        const bool anew = assumption->fits || assumption->kind == ASSUMPTION_SEED;
        ok = anew ? run_anew(s, &applied, &baseline, &trial, err)
                  : run_both(s->run, s, &applied.scenario, &baseline.scenario, &applied.prices, m->base,
                             &trial, err);
        if (ok)
            measure(m, &trial, assumption->kind != ASSUMPTION_SEED, end, effects);
        trial_free(&trial);
    }
    assumption_applied_free(&applied);
    assumption_applied_free(&baseline);
    return ok;
}

void sensitivity_tip(const struct assumption *assumption, double at, double limit,
                     struct sensitivity_effect *effect)
{
    const double ends[SENSITIVITY_ENDS] = {assumption->low, assumption->high};
    double best = HUGE_VAL;
    effect->tips_at = (double)NAN;
    effect->tips_within = false;
    if (isnan(limit) || isnan(assumption->base))
        return;
    for (int end = 0; end < SENSITIVITY_ENDS; end++) {
        const double change = effect->change[end];
        const double way = ends[end] - assumption->base;
        if (!(fabs(change) > clear_errors * effect->error[end]) || !(fabs(way) > 0))
            continue;
        const double share = (limit - at) / change;
        if (share < 0 || share > furthest || share >= best)
            continue;
        best = share;
        effect->tips_at = assumption->base + share * way;
        effect->tips_within = share <= 1;
    }
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void describe_base(const struct measuring *m, struct sensitivity_base base[])
{
    const size_t n = (size_t)m->base->draws.replicates;
    for (size_t k = 0; k < m->s->n_outputs; k++) {
        double *values = m->work;
        double sum = 0;
        base[k] = (struct sensitivity_base){0};
        values_of(m->s, &m->s->outputs[k], m->base, values, m->work + n, m->work + 2 * n);
        for (size_t r = 0; r < n; r++) {
            m->base_values[k * n + r] = values[r];
            base[k].mean += values[r] / (double)n;
        }
        for (size_t r = 0; r < n; r++)
            sum += pow(values[r] - base[k].mean, 2);
        base[k].error = sqrt(sum / (double)(n - 1) / (double)n);
        qsort(values, n, sizeof *values, compare);
        base[k].p10 = quantile_sorted(values, n, .1);
        base[k].p90 = quantile_sorted(values, n, .9);
    }
}

static bool try_all(const struct measuring *m, const struct assumption assumptions[], size_t n,
                    const struct sensitivity_base base[], struct sensitivity_effect findings[],
                    struct err *err)
{
    const size_t n_outputs = m->s->n_outputs;
    struct log *log = m->s->run->log;
    for (size_t i = 0; i < n; i++) {
        struct sensitivity_effect *effects = findings + i * n_outputs;
        if (log_is_stopped(log))
            return err_set(err, ERR_INTERRUPTED, "stopped on request; nothing was written");
        for (int end = 0; end < SENSITIVITY_ENDS; end++)
            if (!try_end(m, &assumptions[i], (enum sensitivity_end)end, effects, err))
                return err->code == ERR_INTERRUPTED ? false : err_prefix(err, "%s", assumptions[i].id);
        for (size_t k = 0; k < n_outputs; k++) {
            struct sensitivity_effect *effect = &effects[k];
            for (int end = 0; end < SENSITIVITY_ENDS; end++)
                effect->matters =
                    effect->matters || (fabs(effect->change[end]) > clear_errors * effect->error[end] &&
                                        assumptions[i].kind != ASSUMPTION_SEED);
            sensitivity_tip(&assumptions[i], base[k].mean, m->s->outputs[k].limit, effect);
        }
    }
    return true;
}

bool sensitivity_run(const struct sensitivity_setting *setting, const struct assumption assumptions[],
                     size_t n, struct sensitivity_base base[], struct sensitivity_effect findings[],
                     struct err *err)
{
    struct trial first = {.draws = {0}};
    const size_t replicates = (size_t)setting->run->options->replicates;
    struct measuring m = {
        .s = setting,
        .base = &first,
        .base_values = vec_new(setting->n_outputs * replicates, sizeof *m.base_values, err),
        .work = vec_new(3 * replicates, sizeof *m.work, err),
    };
    bool ok = m.base_values != NULL && m.work != NULL &&
              run_both(setting->run, setting, setting->scenario, setting->baseline, setting->prices, NULL,
                       &first, err);
    for (size_t i = 0; ok && i < n * setting->n_outputs; i++)
        findings[i] = (struct sensitivity_effect){.tips_at = (double)NAN};
    if (ok) {
        describe_base(&m, base);
        ok = try_all(&m, assumptions, n, base, findings, err);
    }
    trial_free(&first);
    free(m.base_values);
    free(m.work);
    return ok;
}
