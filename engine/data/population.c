/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines are sorted once; the series is then made in three steps: the estimates, divided into bands; the
 * projection beyond them, joined to the last; and bands for what still has none. */
#include "data/population.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"

enum { MID_YEAR_MONTH = 6, MID_YEAR_DAY = 30 };
/* The rules of population_known_from. */
enum { ESTIMATE_YEARS = 1, ESTIMATE_MONTH = 8, PROJECTION_YEARS = 3, PROJECTION_MONTH = 7 };

void population_free(struct population *population)
{
    free(population->lines);
    free(population->years);
    *population = (struct population){0};
}

/* ---- one line ------------------------------------------------------------------------------------------ */

static bool has_all(const struct population_line *line)
{
    return line->children[POPULATION_ALL] > 0;
}

static bool has_bands(const struct population_line *line)
{
    return isfinite(line->children[0]);
}

/* Divides the figure for all ages in the proportions of bands, which may be the line's own. */
static void divide(struct population_line *line, const double bands[AGE_COUNT])
{
    double sum = 0;
    for (int b = 0; b < AGE_COUNT; b++)
        sum += bands[b];
    for (int b = 0; b < AGE_COUNT; b++)
        line->children[b] = line->children[POPULATION_ALL] * bands[b] / sum;
}

static void add_up(struct population_line *line)
{
    line->children[POPULATION_ALL] = 0;
    for (int b = 0; b < AGE_COUNT; b++)
        line->children[POPULATION_ALL] += line->children[b];
}

/* Bands all or none, adding up to the figure for all ages; false when nothing can be used. */
static bool clean(struct population_line *line)
{
    double *const children = line->children;
    double sum = 0;
    for (int b = 0; b < AGE_COUNT; b++)
        sum += children[b] >= 0 ? children[b] : (double)NAN;
    if (!(sum > 0) || !isfinite(sum)) {
        for (int b = 0; b < AGE_COUNT; b++)
            children[b] = NAN;
        return isfinite(children[POPULATION_ALL]) && has_all(line);
    }
    if (!isfinite(children[POPULATION_ALL]) || !has_all(line))
        add_up(line);
    else if (fabs(sum - children[POPULATION_ALL]) > 0)
        divide(line, children);
    return true;
}

static int compare_lines(const void *a, const void *b)
{
    const struct population_line *x = a;
    const struct population_line *y = b;
    if (x->base != y->base)
        return x->base < y->base ? -1 : 1;
    return x->mid_year < y->mid_year ? -1 : x->mid_year > y->mid_year;
}

/* ---- the series ---------------------------------------------------------------------------------------- */

/* The line with bands that is nearest in time: an estimate before a projection, a later base before an
 * earlier one, an earlier year before a later one. NULL when no line has bands. */
static const struct population_line *nearest_bands(const struct population *population, int32_t mid_year)
{
    const struct population_line *best = NULL;
    for (size_t i = 0; i < population->n_lines; i++) {
        const struct population_line *line = &population->lines[i];
        if (!has_bands(line))
            continue;
        if (best == NULL) {
            best = line;
            continue;
        }
        const int32_t away = abs(line->mid_year - mid_year);
        const int32_t best_away = abs(best->mid_year - mid_year);
        if (away < best_away || (away == best_away && best->base != 0 && line->base > best->base))
            best = line;
    }
    return best;
}

static void fill_bands(const struct population *population, struct population_line *year)
{
    if (has_bands(year))
        return;
    const struct population_line *like = nearest_bands(population, year->mid_year);
    if (like != NULL)
        divide(year, like->children);
    else
        for (int b = 0; b < AGE_COUNT; b++)
            year->children[b] = year->children[POPULATION_ALL];
}

static const struct population_line *find_line(const struct population *population, int32_t base,
                                               int32_t mid_year)
{
    for (size_t i = 0; i < population->n_lines; i++)
        if (population->lines[i].base == base && population->lines[i].mid_year == mid_year)
            return &population->lines[i];
    return NULL;
}

/* The latest projection that reaches beyond the last estimate; 0 none. */
static int32_t choose_base(const struct population *population)
{
    int32_t base = 0;
    for (size_t i = 0; i < population->n_lines; i++)
        if (population->lines[i].base > base && population->lines[i].mid_year > population->last_estimate)
            base = population->lines[i].base;
    return base;
}

/* A projected year, multiplied as the last estimate over its projection is. */
static struct population_line join(const struct population_line *projected,
                                   const struct population_line *estimate,
                                   const struct population_line *starts)
{
    struct population_line year = *projected;
    if (estimate == NULL || starts == NULL)
        return year;
    if (!has_bands(projected) || !has_bands(starts)) {
        const double all = year.children[POPULATION_ALL] * estimate->children[POPULATION_ALL] /
                           starts->children[POPULATION_ALL];
        for (int b = 0; b < AGE_COUNT; b++)
            year.children[b] = NAN;
        year.children[POPULATION_ALL] = all;
        return year;
    }
    for (int b = 0; b < AGE_COUNT; b++)
        if (starts->children[b] > 0)
            year.children[b] *= estimate->children[b] / starts->children[b];
    add_up(&year);
    return year;
}

static bool make_series(struct population *population, struct err *err)
{
    population->years = vec_new(population->n_lines, sizeof *population->years, err);
    if (population->years == NULL)
        return false;
    for (size_t i = 0; i < population->n_lines; i++) {
        const struct population_line *line = &population->lines[i];
        population->by_age = population->by_age || has_bands(line);
        if (line->base == 0) {
            population->years[population->n_years++] = *line;
            population->last_estimate = line->mid_year;
        }
    }
    for (size_t i = 0; i < population->n_years; i++)
        fill_bands(population, &population->years[i]);
    const size_t n_estimates = population->n_years;
    const struct population_line *estimate = n_estimates > 0 ? &population->years[n_estimates - 1] : NULL;
    population->base = choose_base(population);
    const struct population_line *starts =
        population->base == 0 ? NULL : find_line(population, population->base, population->last_estimate);
    for (size_t i = 0; population->base != 0 && i < population->n_lines; i++) {
        const struct population_line *line = &population->lines[i];
        if (line->base != population->base || line->mid_year <= population->last_estimate)
            continue;
        struct population_line *year = &population->years[population->n_years++];
        *year = join(line, estimate, starts);
        fill_bands(population, year);
    }
    return true;
}

bool population_make(const struct population_line lines[], size_t n, struct population *out, struct err *err)
{
    struct population population = {.lines = vec_new(n, sizeof *population.lines, err)};
    if (population.lines == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct population_line line = lines[i];
        if (clean(&line))
            population.lines[population.n_lines++] = line;
    }
    qsort(population.lines, population.n_lines, sizeof *population.lines, compare_lines);
    if (!make_series(&population, err)) {
        population_free(&population);
        return false;
    }
    *out = population;
    return true;
}

bool population_from_yearly(const struct yearly *yearly, struct population *out, struct err *err)
{
    struct population_line *lines = vec_new((size_t)yearly->n_years, sizeof *lines, err);
    if (lines == NULL)
        return false;
    for (int32_t i = 0; i < yearly->n_years; i++) {
        lines[i].mid_year = yearly->first_year + i - 1;
        for (int b = 0; b < AGE_COUNT; b++)
            lines[i].children[b] = NAN;
        lines[i].children[POPULATION_ALL] = yearly->population[i];
    }
    const bool ok = population_make(lines, (size_t)yearly->n_years, out, err);
    free(lines);
    return ok;
}

double population_on(const struct population *population, int series, day date)
{
    bug_if(series < 0 || series >= POPULATION_SERIES);
    const struct population_line *before = NULL;
    for (size_t i = 0; i < population->n_years; i++) {
        const struct population_line *year = &population->years[i];
        const day mid = date_from_civil(year->mid_year, MID_YEAR_MONTH, MID_YEAR_DAY);
        if (mid <= date) {
            before = year;
            continue;
        }
        if (before == NULL)
            return year->children[series];
        const day from = date_from_civil(before->mid_year, MID_YEAR_MONTH, MID_YEAR_DAY);
        return before->children[series] +
               (year->children[series] - before->children[series]) * (date - from) / (mid - from);
    }
    return before == NULL ? (double)NAN : before->children[series];
}

/* ---- what was known when ------------------------------------------------------------------------------- */

day population_known_from(int32_t mid_year, int32_t base)
{
    static const struct {
        int32_t base, mid_year, year, month, day;
    } releases[] = {
#define POPULATION_RELEASE(base, mid_year, year, month, day, words) {base, mid_year, year, month, day},
#include "data/codes/population_release.def"
#undef POPULATION_RELEASE
    };
    for (size_t i = 0; i < sizeof releases / sizeof releases[0]; i++)
        if (releases[i].base == base && (base != 0 || releases[i].mid_year == mid_year))
            return date_from_civil(releases[i].year, releases[i].month, releases[i].day);
    return base == 0 ? date_from_civil(mid_year + ESTIMATE_YEARS, ESTIMATE_MONTH, 1)
                     : date_from_civil(base + PROJECTION_YEARS, PROJECTION_MONTH, 1);
}

bool population_as_known(const struct population *population, day origin, struct population *out,
                         struct err *err)
{
    struct population_line *lines = vec_new(population->n_lines, sizeof *lines, err);
    size_t n = 0;
    if (lines == NULL)
        return false;
    for (size_t i = 0; i < population->n_lines; i++) {
        const struct population_line *line = &population->lines[i];
        if (population_known_from(line->mid_year, line->base) <= origin)
            lines[n++] = *line;
    }
    const bool ok = population_make(lines, n, out, err);
    free(lines);
    return ok;
}

void population_words(const struct population *population, char out[POPULATION_WORDS])
{
    char estimates[48] = "";
    char projection[64] = "";
    if (population == NULL || population->n_years == 0) {
        snprintf(out, POPULATION_WORDS, "no population %s: entries per year, not per child",
                 population == NULL ? "stored" : "published by then");
        return;
    }
    const int32_t last = population->years[population->n_years - 1].mid_year;
    if (population->last_estimate != 0)
        snprintf(estimates, sizeof estimates, "mid-year estimates to %d", (int)population->last_estimate);
    if (population->base != 0)
        snprintf(projection, sizeof projection, "%sprojection %d-based to %d",
                 population->last_estimate != 0 ? ", " : "", (int)population->base, (int)last);
    snprintf(out, POPULATION_WORDS, "%s%s; %s", estimates, projection,
             population->by_age ? "by age" : "ages 0 to 17 together");
}
