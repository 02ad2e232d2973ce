/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is drawn once a year is drawn from two streams: one keyed by the authority, one that all authorities
 * share. */
#include "models/panel_path.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/dist.h"
#include "numeric/stream.h"

enum { YEAR_MONTHS = 12 };
enum { SUB_OWN, SUB_OWN_TURNOVER, SUB_NOISE, SUB_NATIONAL, SUB_NATIONAL_TURNOVER };

/* Yearly innovations of log starts and log exit rates of English authorities are .13 and .08, correlated .33
 * (145 authorities, 2010-22). Growth of the stock and turnover, taken as independent, give just those when
 * growth moves entries by .82 of itself and turnover wanders by .077: .0169 = .0059 + .82^2 x .0164, .0064 =
 * .0059 + .18^2 x .0164, .33 x .13 x .08 = .0059 - .82 x .18 x .0164. */
static const double entry_share = 0.82;
static const double own_turnover_sd = 0.077;
static const double national_turnover_sd = 0.03; /* of the national series of starts and exit rates */
static const double turnover_persistence = 0.85; /* of exit rates, same panel */
static const double turnover_noise = 0.05;       /* sd of one year's turnover beside its course, same panel */
static const double dispersion = 1.6;      /* variance of starts or leavers over their mean, same panel */
static const double turnover_spread = 0.3; /* sd of log turnover between authorities, with room */
static const double least_exits = 0.1;     /* of the turnover: exits do not stop when numbers rise */
static const double least_scale = 0.25;
/* An authority that nearly empties still takes children in: as one with a quarter of its last stock would, or
 * with half a child. */
static const double least_base = 0.25;
static const double least_children = 0.5;

void panel_path_free(struct panel_path *path)
{
    free(path->centre);
    free(path->scale);
    *path = (struct panel_path){0};
}

/* FNV-1a over the code, or over the key of the store when there is none. */
static uint32_t key_of(const struct yearly *yearly)
{
    uint32_t hash = UINT32_C(2166136261);
    for (const char *at = yearly->la_code; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * UINT32_C(16777619);
    if (yearly->la_code[0] == '\0')
        hash = (hash ^ (uint32_t)yearly->la) * UINT32_C(16777619);
    return hash;
}

bool panel_last_known(const struct model_input *input, int32_t *year, struct err *err)
{
    const struct yearly *yearly = input->yearly;
    for (int32_t i = yearly == NULL ? 0 : yearly->n_years; i-- > 0;)
        if (isfinite(yearly->stock[i]) && date_year_end(yearly->first_year + i) <= input->origin) {
            *year = yearly->first_year + i;
            return true;
        }
    return err_set(err, ERR_DATA,
                   "no published stock is known at the forecast's start; import published totals of earlier "
                   "years or choose a later --from");
}

/* The level of log turnover, less the part of flows that growth of the stock explains. */
static struct filter turnover_of(const struct yearly *yearly, int32_t last)
{
    const double sd = sqrt(own_turnover_sd * own_turnover_sd + national_turnover_sd * national_turnover_sd);
    struct filter filter =
        filter_make(turnover_persistence, sd, log(panel_turnover), turnover_spread * turnover_spread);
    for (int32_t i = 0; i <= last - yearly->first_year; i++) {
        if (i > 0)
            filter_predict(&filter);
        const double in = (1 - entry_share) * yearly->starts[i];
        const double out = entry_share * yearly->leavers[i];
        const double before =
            i > 0 && yearly_is_chained(yearly, yearly->first_year + i) ? yearly->stock[i - 1] : (double)NAN;
        const double stock = isfinite(before) ? (before + yearly->stock[i]) / 2 : yearly->stock[i];
        if (!(in + out >= 0) || !(stock > 0))
            continue;
        const double flow = fmax(least_children, in + out);
        const double variance = ((1 - entry_share) * in + entry_share * out) / (flow * flow);
        filter_observe(&filter, log(flow / stock), dispersion * variance + turnover_noise * turnover_noise);
    }
    return filter;
}

/* Centre, and the scale that makes drawn deviations as wide as look-ahead says, times the pool's scale. */
static bool set_course(struct panel_path *path, const struct panel_ahead ahead[],
                       const struct panel_pool *pool, double spread, struct err *err)
{
    path->centre = vec_new((size_t)path->n_years + 1, sizeof *path->centre, err);
    path->scale = vec_new((size_t)path->n_years + 1, sizeof *path->scale, err);
    if (path->centre == NULL || path->scale == NULL)
        return false;
    double wanted = 0;
    for (int32_t k = 1; k <= path->n_years; k++) {
        const struct panel_ahead *at = &ahead[k - 1];
        const double scale = spread * pool->scale[k < PANEL_SCALED_YEARS ? k - 1 : PANEL_SCALED_YEARS - 1];
        const double drawn = at->own_variance + at->national_variance;
        /* a range never narrows with the years */
        wanted = fmax(wanted, scale * scale * (drawn + at->chance));
        path->centre[k] = at->log_change;
        path->scale[k] = drawn > 0 ? sqrt(fmax(least_scale * least_scale, (wanted - at->chance) / drawn)) : 1;
    }
    path->scale[0] = 1;
    return true;
}

static bool look_ahead(struct panel_path *path, const struct model_input *input,
                       const struct panel_pool *pool, int32_t last, double spread, struct err *err)
{
    const int32_t n = last - pool->first_year + 1; /* years of the pool until the last known stock */
    const int32_t now = pool->n_years - 1;
    const struct panel_year *rates = &pool->years[now];
    bool ok = false;
    struct panel_ahead *ahead = vec_new((size_t)path->n_years, sizeof *ahead, err);
    struct panel_change *changes = vec_new((size_t)n, sizeof *changes, err);
    double *growths = vec_new((size_t)path->n_known, sizeof *growths, err);
    if (ahead == NULL || changes == NULL || growths == NULL)
        goto out;
    panel_changes(input->yearly, pool->first_year, n, changes);
    for (int32_t k = 0; k < path->n_known; k++)
        growths[k] = pool->years[n + k].growth;
    const struct filter own = panel_own_growth(pool, now, changes, n - 1);
    const double turnover = exp(path->turnover.m + path->turnover.u);
    const double chance = 2 * turnover / fmax(least_children, (double)path->stock);
    panel_look_ahead(rates, path->damping, &own, growths, path->n_known, chance, path->n_years, ahead);
    path->growth_sd = sqrt(rates->growth_variance);
    path->shock_sd = sqrt(rates->shock_variance);
    path->persistence = own.phi;
    path->drift_sd = sqrt(own.vuu);
    path->innovation = own.innovation_sd;
    ok = set_course(path, ahead, pool, spread, err);
out:
    free(ahead);
    free(changes);
    free(growths);
    return ok;
}

bool panel_path_make(const struct model_input *input, int32_t last, const struct panel_pool *pool,
                     const struct panel_settings *settings, struct panel_path *out, struct err *err)
{
    const int32_t gap = date_month_index(input->origin) - date_month_index(date_year_end(last));
    const double stock = input->yearly->stock[last - input->yearly->first_year];
    const int32_t now = pool->first_year + pool->n_years - 1;
    struct panel_path path = {
        .seed = input->seed,
        .key = key_of(input->yearly),
        .months = input->months,
        .gap = gap,
        .stock = (int32_t)lround(stock),
        .n_years = (gap + input->months + YEAR_MONTHS - 1) / YEAR_MONTHS,
        .n_known = now - last,
        .damping = settings->damping,
        .turnover = turnover_of(input->yearly, last),
    };
    if (!look_ahead(&path, input, pool, last, settings->spread, err)) {
        panel_path_free(&path);
        return false;
    }
    *out = path;
    return true;
}

/* ---- replicates ---- */

/* What a replicate draws once a year, and where it stands. */
struct walker {
    struct stream own, own_turnover, national, national_turnover;
    struct stream noise, entries, exits;
    double growth, drift, wandered; /* deviations from their means */
    double turnover_level, turnover;
    int32_t stock;
};

static struct walker start(const struct panel_path *path, int32_t replicate)
{
    const uint32_t at = (uint32_t)replicate;
    const struct filter *turnover = &path->turnover;
    struct walker walker = {
        .own = stream_make(path->seed, PURPOSE_DRIFT, at, path->key, SUB_OWN),
        .own_turnover = stream_make(path->seed, PURPOSE_DRIFT, at, path->key, SUB_OWN_TURNOVER),
        .national = stream_make(path->seed, PURPOSE_DRIFT, at, 0, SUB_NATIONAL),
        .national_turnover = stream_make(path->seed, PURPOSE_DRIFT, at, 0, SUB_NATIONAL_TURNOVER),
        .noise = stream_make(path->seed, PURPOSE_DRIFT, at, path->key, SUB_NOISE),
        .entries = stream_make(path->seed, PURPOSE_ENTRIES, at, path->key, 0),
        .exits = stream_make(path->seed, PURPOSE_EXIT, at, path->key, 0),
        .stock = path->stock,
    };
    walker.growth = path->growth_sd * stream_normal(&walker.national);
    walker.drift = path->drift_sd * stream_normal(&walker.own);
    /* mean and deviation of log turnover are correlated after the filter */
    const double z = stream_normal(&walker.own_turnover);
    const double sd = sqrt(turnover->vmm);
    const double shared = turnover->vmu / sd;
    walker.turnover_level = turnover->m + sd * z;
    walker.turnover = turnover->u + shared * z +
                      sqrt(fmax(0, turnover->vuu - shared * shared)) * stream_normal(&walker.own_turnover);
    return walker;
}

/* Year k of the path; returns the log level at its end. */
static double step_year(const struct panel_path *path, struct walker *walker, int32_t k)
{
    walker->drift = path->persistence * walker->drift + path->innovation * stream_normal(&walker->own);
    walker->wandered += walker->drift;
    double shock = own_turnover_sd * stream_normal(&walker->own_turnover);
    if (k > path->n_known) {
        walker->growth = path->damping * walker->growth + path->shock_sd * stream_normal(&walker->national);
        walker->wandered += walker->growth;
        shock += national_turnover_sd * stream_normal(&walker->national_turnover);
    }
    walker->turnover = turnover_persistence * walker->turnover + shock;
    return path->centre[k] + path->scale[k] * walker->wandered;
}

/* What all months of a year have in common. */
struct course {
    double change, growth;     /* of the stock in a month: log change, and its exponential less 1 */
    double log_turnover, bend; /* of a month: at the year's start, and how far it goes in the year */
    double turnover;           /* at the year's start */
};

/* Log turnover of month m beside its course: groups of siblings, and children who come and go within a short
 * time, are in starts and leavers alike, so that they widen both and not the stock. */
static double turnover_of_month(const struct course *course, struct walker *walker, int32_t m)
{
    const double flow = course->turnover * fmax(least_children, (double)walker->stock);
    const double variance = YEAR_MONTHS * turnover_noise * turnover_noise + (dispersion - 1) / fmax(1, flow);
    const double noise = sqrt(variance) * stream_normal(&walker->noise) - variance / 2; /* mean 1 */
    return exp(course->log_turnover + course->bend * (m + 0.5) / YEAR_MONTHS + noise);
}

struct flows {
    int32_t entries, exits;
};

/* One month in which a share `turnover` of the stock turns over. */
static struct flows step_month(const struct panel_path *path, const struct course *course,
                               struct walker *walker, double turnover)
{
    double hazard = fmax(turnover - (1 - entry_share) * course->change, least_exits * turnover);
    double coming = course->growth - expm1(-hazard);
    if (coming < 0) { /* nobody comes: leaving alone makes the change */
        coming = 0;
        hazard = -course->change;
    }
    const double base = fmax((double)walker->stock, fmax(least_base * (double)path->stock, least_children));
    const struct flows flows = {
        .entries = dist_poisson_quantile(coming * base, stream_uniform(&walker->entries)),
        .exits = dist_binomial_quantile_hazard(walker->stock, hazard, stream_uniform(&walker->exits)),
    };
    walker->stock += flows.entries - flows.exits;
    return flows;
}

void panel_path_walk(const struct panel_path *path, int32_t replicate, struct tally *tally)
{
    struct walker walker = start(path, replicate);
    double level = 0;
    double log_turnover = walker.turnover_level + walker.turnover - log(YEAR_MONTHS);
    for (int32_t k = 1; k <= path->n_years; k++) {
        const double next = step_year(path, &walker, k);
        const double next_turnover = walker.turnover_level + walker.turnover - log(YEAR_MONTHS);
        const double change = (next - level) / YEAR_MONTHS;
        const struct course course = {
            .change = change,
            .growth = expm1(change),
            .log_turnover = log_turnover,
            .bend = next_turnover - log_turnover,
            .turnover = exp(log_turnover),
        };
        for (int32_t m = 0; m < YEAR_MONTHS; m++) {
            const int32_t month = (k - 1) * YEAR_MONTHS + m - path->gap;
            if (month >= path->months)
                break;
            const struct flows flows =
                step_month(path, &course, &walker, turnover_of_month(&course, &walker, m));
            if (month < 0)
                continue;
            tally->values[month] = walker.stock;
            tally->values[tally->months + month] = flows.entries;
            tally->values[2 * tally->months + month] = flows.exits;
        }
        level = next;
        log_turnover = next_turnover;
    }
}
