/* SPDX-License-Identifier: GPL-3.0-or-later
 * The expected path. A class is a kind and a band of time in care; its daily matrix is raised to the days
 * that a child spends in it. Children who stay in one class for a whole month are added up first, so that
 * flows need one product a class; only boundaries inside a month are walked child by child, with powers of
 * two. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/stockflow_class.h"

enum { HALF = 2, MONTHS_PER_YEAR = 12 };
static const double month_days = 365.25 / 12;

/* Entrants of one month, age and kind: those before their next band birthday, and after. */
struct cohort {
    int32_t entered, age; /* month, and years on entry */
    int kind;             /* before the birthday */
    bool crossing;        /* some have had it */
    sf_row before, after;
};

struct walker {
    const struct sf_fit *fit;
    struct sf_path *path;
    struct sf_now *now, *was;
    int32_t version;
    struct sf_class *classes; /* [LEXIS_KINDS][LEXIS_TICS] */
    sf_row *vectors;          /* [n_present] */
    int *tics;                /* [n_present] */
    int *kinds;               /* [n_present], LEXIS_KINDS: gone */
    struct cohort *cohorts;
    size_t n_cohorts, cohorts_capacity;
    double standing[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS]; /* at the month's start */
    sf_row whole[LEXIS_KINDS][LEXIS_TICS];               /* of these, those who stay for the whole month */
    sf_row risk[LEXIS_KINDS][LEXIS_TICS];                /* days at risk */
    sf_row after[LEXIS_KINDS][LEXIS_TICS]; /* states at the ends of pieces less those at their starts */
    struct sf_month *month;
    day first, last;
};

static struct sf_class *class_of(struct walker *walker, int kind, int tic)
{
    struct sf_class *class = &walker->classes[kind * LEXIS_TICS + tic];
    if (class->version != walker->version) {
        sf_class_make(walker->now, kind, tic, class);
        class->version = walker->version;
    }
    return class;
}

/* ---- pieces ----------------------------------------------------------------------------------------------
 */

/* v spends `days` days of this month in a class. */
static void spend(struct walker *walker, int kind, int tic, int32_t days, sf_row v)
{
    if (days <= 0)
        return;
    struct sf_class *class = class_of(walker, kind, tic);
    sf_row *change = &walker->after[kind][tic];
    const int32_t whole = walker->last - walker->first + 1;
    if (days == whole) {
        sf_row_add(walker->whole[kind][tic], v);
        sf_row end;
        sf_row_apply(v, class->month[sf_class_month(class, whole)], end);
        memcpy(v, end, sizeof end);
        return;
    }
    for (int h = 0; h < SF_WIDTH; h++)
        (*change)[h] -= v[h];
    sf_class_step(class, days, v, walker->risk[kind][tic]);
    sf_row_add(*change, v);
}

static void count_birthday(struct walker *walker, int kind, const sf_row v)
{
    for (int g = 0; g < SF_GROUPS; g++) {
        const size_t c = lexis_cell(kind, g);
        walker->month->grown[c] += v[g];
        walker->month->grown_known[c] += v[g];
        walker->month->grown_square[c] += v[g] * v[g];
    }
}

static int tic_on(day start, day date)
{
    int band = LEXIS_TICS - 1;
    while (band > 0 && date - start < lexis_tic_edges[band])
        band--;
    return band;
}

/* A child present at the origin, through one month: at most a birthday and a band of time in care inside. */
static void walk_child(struct walker *walker, size_t i)
{
    const struct sf_child *child = &walker->fit->present[i];
    sf_row *v = &walker->vectors[i];
    day at = walker->first - 1; /* the state is that of the end of this day */
    while (walker->kinds[i] < LEXIS_KINDS) {
        const int kind = walker->kinds[i];
        const int tic = walker->tics[i];
        const bool oldest = lexis_kind_next(kind) == LEXIS_KINDS;
        const day birthday = date_birthday(child->born, lexis_kind_end(kind));
        const day longer = tic + 1 < LEXIS_TICS ? child->start + lexis_tic_edges[tic + 1] : DAY_OPEN;
        /* On the eighteenth birthday everyone leaves, so the last trial ends on its eve. */
        const day until = oldest ? birthday - 1 : birthday;
        day stop = until < longer ? until : longer;
        stop = stop < walker->last ? stop : walker->last;
        spend(walker, kind, tic, stop - at, *v);
        at = stop > at ? stop : at;
        const bool grown = oldest ? birthday <= walker->last && at >= until : birthday <= at;
        if (!grown && longer > at)
            break;
        if (grown) {
            count_birthday(walker, kind, *v);
            walker->kinds[i] = lexis_kind_next(kind);
        } else {
            walker->tics[i] = tic_on(child->start, at);
        }
    }
    if (walker->kinds[i] == LEXIS_KINDS)
        memset(*v, 0, sizeof *v);
}

static void add_to_stock(struct walker *walker, int kind, const sf_row v)
{
    for (int g = 0; g < SF_GROUPS; g++)
        walker->month->stock[lexis_cell(kind, g)] += v[g];
}

static void stand(double (*standing)[LEXIS_TICS][SF_GROUPS], int kind, int tic, const sf_row v)
{
    for (int g = 0; g < SF_GROUPS; g++)
        standing[kind][tic][g] += v[g];
}

static void finish_child(struct walker *walker, size_t i, double (*next)[LEXIS_TICS][SF_GROUPS])
{
    const int kind = walker->kinds[i];
    if (kind == LEXIS_KINDS)
        return;
    sf_row *v = &walker->vectors[i];
    double total = 0;
    for (int g = 0; g < SF_GROUPS; g++) {
        total += (*v)[g];
        walker->month->squares[g] += (*v)[g] * (*v)[g];
    }
    walker->month->square += total * total;
    walker->month->band_squares[lexis_kind_band(kind)] += total * total;
    add_to_stock(walker, kind, *v);
    stand(next, kind, walker->tics[i], *v);
}

/* ---- entrants --------------------------------------------------------------------------------------------
 */

/* Share of a cohort that has had the birthday ending `kind` by the end of the months-th month after entry:
 * entries fall on the middle of their month, birthdays evenly over the year. */
static double crossed(const struct cohort *cohort, int32_t months)
{
    const double years = lexis_kind_end(cohort->kind) - cohort->age - 1;
    const double share = (months + 0.5 - MONTHS_PER_YEAR * years) / MONTHS_PER_YEAR;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

/* Days of a month, `months` after entry, in each band of time in care. */
static void spend_cohort(struct walker *walker, int kind, int32_t months, sf_row v)
{
    const int32_t days = walker->last - walker->first + 1;
    const double start = (months - 0.5) * month_days;
    int tic = LEXIS_TICS - 1;
    while (tic > 0 && start < lexis_tic_edges[tic])
        tic--;
    int32_t left = days;
    if (tic + 1 < LEXIS_TICS && start + days > lexis_tic_edges[tic + 1]) {
        const int32_t here = (int32_t)lround(lexis_tic_edges[tic + 1] - start);
        const int32_t first = here < 0 ? 0 : here < days ? here : days;
        spend(walker, kind, tic, first, v);
        left -= first;
        tic++;
    }
    spend(walker, kind, tic, left, v);
}

/* Those who have their birthday in this month move on at its end; the eighteenth counts from the middle. */
static void cross(struct walker *walker, struct cohort *cohort, int32_t months)
{
    const double before = months > 0 ? crossed(cohort, months - 1) : 0;
    const double now = crossed(cohort, months);
    if (!(now > before))
        return;
    const double share = now < 1 ? (now - before) / (1 - before) : 1;
    const int next = lexis_kind_next(cohort->kind);
    const double days = walker->last - walker->first + 1;
    for (int g = 0; g < SF_GROUPS; g++) {
        const double moved = cohort->before[g] * share;
        const size_t c = lexis_cell(cohort->kind, g);
        walker->month->grown[c] += moved;
        cohort->before[g] -= moved;
        if (next == LEXIS_KINDS)
            walker->month->nights[c] -= moved * days / HALF;
        else
            cohort->after[g] += moved;
    }
    cohort->crossing = true;
    if (now < 1)
        return;
    memcpy(cohort->before, cohort->after, sizeof cohort->before);
    memset(cohort->after, 0, sizeof cohort->after);
    cohort->kind = next;
    cohort->crossing = false;
}

static int tic_of_cohort(int32_t months)
{
    int tic = LEXIS_TICS - 1;
    while (tic > 0 && (months + 0.5) * month_days < lexis_tic_edges[tic])
        tic--;
    return tic;
}

static void walk_cohort(struct walker *walker, struct cohort *cohort, int32_t month,
                        double (*next)[LEXIS_TICS][SF_GROUPS])
{
    const int32_t months = month - cohort->entered;
    if (cohort->kind == LEXIS_KINDS)
        return;
    if (months > 0) {
        const int after = lexis_kind_next(cohort->kind);
        if (cohort->crossing && after < LEXIS_KINDS)
            spend_cohort(walker, after, months, cohort->after);
        spend_cohort(walker, cohort->kind, months, cohort->before);
    }
    cross(walker, cohort, months);
    if (cohort->kind == LEXIS_KINDS)
        return;
    const int tic = tic_of_cohort(months);
    add_to_stock(walker, cohort->kind, cohort->before);
    stand(next, cohort->kind, tic, cohort->before);
    if (cohort->crossing && lexis_kind_next(cohort->kind) < LEXIS_KINDS) {
        add_to_stock(walker, lexis_kind_next(cohort->kind), cohort->after);
        stand(next, lexis_kind_next(cohort->kind), tic, cohort->after);
    }
}

/* The month's entrants: each day the same number, first moved on the day after. */
static bool enter(struct walker *walker, int32_t month, struct err *err)
{
    const int32_t days = walker->last - walker->first + 1;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        sf_row daily = {0};
        double total = 0;
        for (int g = 0; g < SF_GROUPS; g++) {
            daily[g] = walker->month->entries[lexis_cell(k, g)] / days;
            total += daily[g];
        }
        if (!(total > 0))
            continue;
        struct sf_class *class = class_of(walker, k, 0);
        sf_row present = {0}; /* entered so far and still here, at the end of the day */
        for (int32_t d = 0; d < days; d++) {
            sf_row moved;
            sf_row_add(walker->risk[k][0], present);
            sf_row_apply(present, class->power[0], moved);
            sf_row_add(moved, daily);
            memcpy(present, moved, sizeof present);
        }
        /* nights are the days' ends: days at risk, plus the last end */
        sf_row_add(walker->after[k][0], present);
        for (int32_t age = 0; age < LEXIS_ADULT; age++) {
            const double share = walker->fit->rates.age_share[k][age];
            if (!(share > 0))
                continue;
            if (!vec_reserve((void **)&walker->cohorts, &walker->cohorts_capacity, walker->n_cohorts + 1,
                             sizeof *walker->cohorts, err))
                return false;
            struct cohort *cohort = &walker->cohorts[walker->n_cohorts++];
            *cohort = (struct cohort){.entered = month, .age = age, .kind = k};
            for (int g = 0; g < SF_GROUPS; g++)
                cohort->before[g] = present[g] * share;
        }
    }
    return true;
}

/* ---- flows -----------------------------------------------------------------------------------------------
 */

static void count_flows(struct walker *walker)
{
    struct sf_month *month = walker->month;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int t = 0; t < LEXIS_TICS; t++) {
            struct sf_class *class = class_of(walker, k, t);
            sf_row risk;
            sf_row end;
            const size_t length = sf_class_month(class, walker->last - walker->first + 1);
            sf_row_apply(walker->whole[k][t], class->month_sum[length], risk);
            sf_row_apply(walker->whole[k][t], class->month[length], end);
            sf_row_add(risk, walker->risk[k][t]);
            for (int g = 0; g < SF_GROUPS; g++) {
                const size_t c = lexis_cell(k, g);
                month->nights[c] += risk[g] + walker->after[k][t][g] + end[g] - walker->whole[k][t][g];
                month->exits[c] += risk[g] * class->total_exit[g];
                for (int r = 0; r < ROUTE_COUNT; r++)
                    month->routes[c][r] += risk[g] * class->exit[g][r];
                for (int h = 0; h < SF_GROUPS; h++)
                    month->moves[c][h] += risk[g] * class->move[g] * walker->now->destination[k][g][h];
            }
        }
    }
}

static bool walk_month(struct walker *walker, int32_t month, struct err *err)
{
    double(*next)[LEXIS_TICS][SF_GROUPS] = vec_new(LEXIS_KINDS, sizeof *next, err);
    if (next == NULL)
        return false;
    walker->month = &walker->path->months[month];
    walker->first = date_month_start(walker->fit->origin, month + 1);
    walker->last = date_month_end(walker->first, 0);
    memset(walker->whole, 0, sizeof walker->whole);
    memset(walker->risk, 0, sizeof walker->risk);
    memset(walker->after, 0, sizeof walker->after);
    sf_month_rates(walker->fit, &walker->path->levers, month, walker->standing, walker->now, walker->month);
    /* bytes, padding too: a difference that is none costs a rebuild, never a wrong rate */
    if (month == 0 || /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-exp42-c,cert-flp37-c) */
        memcmp(walker->now, walker->was, sizeof *walker->now) != 0) {
        walker->version++;
        memcpy(walker->was, walker->now, sizeof *walker->was);
    }
    for (size_t i = 0; i < walker->fit->n_present; i++) {
        if (walker->kinds[i] == LEXIS_KINDS)
            continue;
        walk_child(walker, i);
        finish_child(walker, i, next);
    }
    const bool ok = enter(walker, month, err);
    for (size_t i = 0; ok && i < walker->n_cohorts; i++)
        walk_cohort(walker, &walker->cohorts[i], month, next);
    count_flows(walker);
    memcpy(walker->standing, next, sizeof walker->standing);
    free(next);
    return ok;
}

static bool walker_make(struct walker *walker, const struct sf_fit *fit, struct sf_path *path,
                        struct err *err)
{
    *walker = (struct walker){.fit = fit, .path = path};
    walker->now = vec_new(1, sizeof *walker->now, err);
    walker->was = vec_new(1, sizeof *walker->was, err);
    walker->classes = vec_new((size_t)LEXIS_KINDS * LEXIS_TICS, sizeof *walker->classes, err);
    walker->vectors = vec_new(fit->n_present, sizeof *walker->vectors, err);
    walker->tics = vec_new(fit->n_present, sizeof *walker->tics, err);
    walker->kinds = vec_new(fit->n_present, sizeof *walker->kinds, err);
    if (walker->now == NULL || walker->was == NULL || walker->classes == NULL || walker->vectors == NULL ||
        walker->tics == NULL || walker->kinds == NULL)
        return false;
    for (size_t i = 0; i < fit->n_present; i++) {
        const struct sf_child *child = &fit->present[i];
        walker->kinds[i] = child->kind;
        walker->tics[i] = tic_on(child->start, fit->origin);
        walker->vectors[i][child->group] = 1;
        walker->standing[child->kind][walker->tics[i]][child->group] += 1;
        path->origin_stock[lexis_cell(child->kind, child->group)] += 1;
    }
    return true;
}

static void walker_free(struct walker *walker)
{
    free(walker->now);
    free(walker->was);
    free(walker->classes);
    free(walker->vectors);
    free(walker->tics);
    free(walker->kinds);
    free(walker->cohorts);
}

void sf_path_free(struct sf_path *path)
{
    for (int32_t m = 0; path->months != NULL && m < path->n_months; m++) {
        free(path->months[m].tilt);
        free(path->months[m].extra);
    }
    free(path->months);
    sf_levers_free(&path->levers);
    *path = (struct sf_path){0};
}

bool sf_path_make(const struct sf_fit *fit, const struct scenario *scenario, struct sf_path *out,
                  struct err *err)
{
    struct sf_path path = {.n_months = fit->months};
    struct walker *walker = vec_new(1, sizeof *walker, err);
    bool ok = walker != NULL && sf_levers_make(fit, scenario, &path.levers, err);
    if (ok)
        path.months = vec_new((size_t)fit->months, sizeof *path.months, err);
    ok = ok && path.months != NULL && walker_make(walker, fit, &path, err);
    for (int32_t m = 0; ok && m < fit->months; m++) {
        path.months[m].tilt = vec_new(path.levers.n * LEXIS_CELLS, sizeof(double), err);
        path.months[m].extra = vec_new(path.levers.n, sizeof(double), err);
        ok = path.months[m].tilt != NULL && path.months[m].extra != NULL && walk_month(walker, m, err);
    }
    if (walker != NULL)
        walker_free(walker);
    free(walker);
    if (!ok) {
        sf_path_free(&path);
        return false;
    }
    *out = path;
    return true;
}

double sf_path_stock(const struct sf_path *path, struct group group, int32_t month)
{
    double sum = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < SF_GROUPS; g++)
            if (group.kind == GROUP_ALL || (group.kind == GROUP_PLACEMENT && group.member == g) ||
                (group.kind == GROUP_AGE && group.member == (int32_t)lexis_kind_band(k)))
                sum += path->months[month].stock[lexis_cell(k, g)];
    return sum;
}

double sf_path_variance(const struct sf_path *path, struct group group, int32_t month)
{
    const struct sf_month *at = &path->months[month];
    const double mean = sf_path_stock(path, group, month);
    if (group.kind == GROUP_PLACEMENT)
        return mean - at->squares[group.member];
    if (group.kind == GROUP_AGE)
        return mean - at->band_squares[group.member];
    return mean - at->square;
}
