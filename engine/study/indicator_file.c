/* SPDX-License-Identifier: GPL-3.0-or-later
 * Measures of the measures file. Its rows stand by measure, locality and period; the rows of one measure in
 * one place are a series, which is asked for its figure in a window. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/control.h"
#include "numeric/interval.h"
#include "study/indicator_parts.h"

enum { YEAR_MONTHS = 12 };
static const char provider_word[] = "provider:";
static const double per_cent = 100;

/* The rows of one measure in one place. */
struct series {
    const struct measure_row **rows; /* by period */
    size_t n;
    enum indicator_kind kind;
    enum indicator_period period; /* RETURN: rows are longer than windows; POINT: levels; else WINDOW */
    double scale;
};

static bool is_about_provider(const struct measure_row *row)
{
    return str_starts_with(str_of(row->measure), provider_word);
}

static bool same_text(const char *a, const char *b)
{
    return str_equal_ignore_case(str_of(a), str_of(b));
}

/* ---- what a series is -------------------------------------------------------------------------------- */

static bool has_share(const struct measure_row *row)
{
    return !isnan(row->numerator) && !isnan(row->denominator);
}

/* 1, 100, 1,000 or 10,000: what makes the stated value of the share. */
static double scale_of(const struct measure_row *row)
{
    static const double scales[] = {1, 100, 1000, 10000};
    if (!has_share(row) || isnan(row->value) || !(row->numerator > 0))
        return per_cent;
    const double wanted = row->value / (row->numerator / row->denominator);
    double best = scales[0];
    for (size_t i = 1; i < sizeof scales / sizeof scales[0]; i++)
        if (fabs(log(wanted / scales[i])) < fabs(log(wanted / best)))
            best = scales[i];
    return wanted > 0 ? best : per_cent;
}

static bool is_number(const struct measure_row *row)
{
    return !isnan(row->value) || !isnan(row->numerator);
}

static void classify(struct series *series, day first, day last)
{
    const struct measure_row *row = NULL; /* the last with a number */
    bool inside = false;
    for (size_t i = 0; i < series->n; i++) {
        if (!is_number(series->rows[i]))
            continue;
        row = series->rows[i];
        inside = inside || row->end - row->start <= last - first;
    }
    series->scale = 1;
    series->kind = INDICATOR_TOTAL;
    series->period = inside ? INDICATOR_WINDOW : INDICATOR_RETURN;
    if (row == NULL)
        return;
    if (has_share(row)) {
        series->scale = scale_of(row);
        /* a value that is the share itself is shown per cent, as others are */
        series->scale = series->scale > 1 ? series->scale : per_cent;
        series->kind = series->scale > per_cent ? INDICATOR_RATE : INDICATOR_SHARE;
    } else if (!isnan(row->numerator)) {
        series->kind = INDICATOR_COUNT;
    } else if (inside) {
        series->period = INDICATOR_POINT;
    }
}

/* ---- its figures ------------------------------------------------------------------------------------- */

static struct indicator_figure nothing(day first, day last)
{
    return (struct indicator_figure){.state = INDICATOR_NOT_GIVEN,
                                     .numerator = NAN,
                                     .denominator = NAN,
                                     .value = NAN,
                                     .low = NAN,
                                     .high = NAN,
                                     .first = first,
                                     .last = last};
}

static void finish(const struct series *series, struct indicator_figure *figure)
{
    struct interval limits = {NAN, NAN};
    figure->state = INDICATOR_KNOWN;
    if (series->kind == INDICATOR_COUNT) {
        figure->value = figure->numerator;
        limits = interval_count(llround(figure->numerator));
    } else if (series->kind != INDICATOR_TOTAL) {
        figure->value = series->scale * figure->numerator / figure->denominator;
        limits = interval_share(llround(figure->numerator), llround(fmax(1, figure->denominator)));
        limits.low *= series->scale;
        limits.high *= series->scale;
    }
    figure->low = limits.low;
    figure->high = limits.high;
}

/* The last row that ended in the window or, longer than it, within the year before its end. */
static struct indicator_figure last_figure(const struct series *series, day first, day last)
{
    struct indicator_figure figure = nothing(first, last);
    for (size_t i = 0; i < series->n; i++) {
        const struct measure_row *row = series->rows[i];
        const day oldest = series->period == INDICATOR_POINT ? first : date_month_end(last, -YEAR_MONTHS) + 1;
        if (!is_number(row) || row->end > last || row->end < oldest)
            continue;
        figure = nothing(row->start, row->end);
        figure.numerator = row->numerator;
        figure.denominator = row->denominator;
        figure.value = row->value;
        finish(series, &figure);
    }
    return figure;
}

/* The rows inside the window, added up; not given unless they fill it. */
static struct indicator_figure added_figure(const struct series *series, day first, day last)
{
    struct indicator_figure figure = nothing(first, last);
    double numerator = 0;
    double denominator = 0;
    day next = first;
    for (size_t i = 0; i < series->n; i++) {
        const struct measure_row *row = series->rows[i];
        if (!is_number(row) || row->start < first || row->end > last)
            continue;
        if (row->start != next || isnan(row->numerator) ||
            (series->kind != INDICATOR_COUNT && isnan(row->denominator)))
            return figure;
        numerator += row->numerator;
        denominator += row->denominator;
        next = row->end + 1;
    }
    if (next != last + 1)
        return figure;
    figure.numerator = numerator;
    if (series->kind != INDICATOR_COUNT)
        figure.denominator = denominator;
    finish(series, &figure);
    return figure;
}

static struct indicator_figure figure_of(const struct series *series, day first, day last)
{
    return series->period == INDICATOR_WINDOW && series->kind != INDICATOR_TOTAL
               ? added_figure(series, first, last)
               : last_figure(series, first, last);
}

/* The target for a window: of counts by shorter rows their sum, when all have one; else the last that
 * applies, where none applies yet the last that did. A share's is per cent. */
static double target_of(const struct series *series, const struct indicator_figure *now, day first, day last)
{
    double target = NAN;
    double sum = 0;
    bool stated = false; /* a value says the scale of the last target */
    int32_t n_inside = 0;
    int32_t n_targets = 0;
    for (size_t i = 0; i < series->n; i++) {
        const struct measure_row *row = series->rows[i];
        if (row->start > last)
            continue;
        const bool inside = row->start >= first && row->end <= last;
        n_inside += inside;
        if (isnan(row->target))
            continue;
        target = row->target;
        stated = !isnan(row->value);
        if (inside) {
            sum += row->target;
            n_targets++;
        }
    }
    if (series->kind == INDICATOR_COUNT && series->period == INDICATOR_WINDOW &&
        now->state == INDICATOR_KNOWN)
        return n_inside > 0 && n_targets == n_inside ? sum : n_inside <= 1 ? target : (double)NAN;
    const bool share = series->kind == INDICATOR_SHARE;
    return share && target <= 1 && !stated ? target * per_cent : target;
}

/* How much rows of a count vary; 1 where fewer than twelve are known. */
static double dispersion_of(const struct series *series, day last)
{
    double counts[CONTROL_BASELINE];
    double days[CONTROL_BASELINE];
    size_t n = 0;
    if (series->kind != INDICATOR_COUNT)
        return 1;
    for (size_t i = series->n; i-- > 0 && n < CONTROL_BASELINE;) {
        const struct measure_row *row = series->rows[i];
        if (row->end > last || isnan(row->numerator))
            continue;
        counts[n] = row->numerator;
        days[n++] = row->end - row->start + 1;
    }
    if (n < CONTROL_LEAST)
        return 1;
    const double sigma = control_rates(counts, days, n).sigma_z;
    return sigma * sigma;
}

/* ---- as indicators ----------------------------------------------------------------------------------- */

static const char *unit_of(const struct series *series)
{
    if (series->kind == INDICATOR_SHARE)
        return "%";
    if (series->kind == INDICATOR_RATE)
        return series->scale > 1000 ? "per 10,000" : "per 1,000";
    return "";
}

static int decimals_of(const struct series *series)
{
    if (series->kind == INDICATOR_RATE)
        return 1;
    for (size_t i = 0; series->kind == INDICATOR_TOTAL && i < series->n; i++) {
        const double value = series->rows[i]->value;
        if (fabs(value - round(value)) > 1e-9)
            return 1;
    }
    return 0;
}

/* The last row decides, where it says. */
static void read_words(const struct series *series, struct indicator *out)
{
    for (size_t i = 0; i < series->n; i++) {
        const struct measure_row *row = series->rows[i];
        if (row->polarity == POLARITY_UP || row->polarity == POLARITY_DOWN)
            out->polarity = row->polarity == POLARITY_UP ? INDICATOR_UP : INDICATOR_DOWN;
        if (row->question == QUESTION_HOW_MUCH)
            out->question = INDICATOR_HOW_MUCH;
        if (row->question == QUESTION_HOW_WELL)
            out->question = INDICATOR_HOW_WELL;
        if (row->question == QUESTION_BETTER_OFF)
            out->question = INDICATOR_BETTER_OFF;
    }
}

/* "family_group_conferences" is "Family group conferences"; without "provider:". */
static const char *title_of(const char *measure, struct arena *arena, struct err *err)
{
    const size_t skip = str_starts_with(str_of(measure), provider_word) ? sizeof provider_word - 1 : 0;
    char *const title = arena_take(arena, strlen(measure + skip) + 1, err);
    if (title == NULL)
        return NULL;
    for (size_t i = 0; measure[skip + i] != '\0'; i++)
        title[i] = measure[skip + i] == '_' ? ' ' : measure[skip + i];
    if (title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    return title;
}

static void fill_figures(const struct series *series, day first, day last, struct indicator *out)
{
    const int32_t months = date_month_index(last) - date_month_index(first) + 1;
    const int32_t step = series->period == INDICATOR_RETURN ? YEAR_MONTHS : months;
    out->kind = series->kind;
    out->period = series->period;
    out->scale = series->scale;
    out->unit = unit_of(series);
    out->decimals = decimals_of(series);
    out->source = "measures file";
    out->definition = "";
    out->computed = false;
    out->now = figure_of(series, first, last);
    out->previous = figure_of(series, window_back(first, YEAR_MONTHS), window_back(last, YEAR_MONTHS));
    out->n_known = 0;
    for (int32_t i = 0; i < INDICATOR_SPARK; i++) {
        const int32_t back = step * (INDICATOR_SPARK - 1 - i);
        out->spark[i] = figure_of(series, window_back(first, back), window_back(last, back)).value;
        out->n_known += !isnan(out->spark[i]);
    }
    /* a row longer than a window is told by its own months */
    indicator_say_when(series->period == INDICATOR_POINT ? INDICATOR_POINT : INDICATOR_WINDOW, out->now.first,
                       out->now.last, out->when);
    indicator_compare(out, dispersion_of(series, last));
}

static struct indicator *find_known(struct indicator_set *set, const char *name)
{
    for (size_t i = 0; i < set->n; i++)
        if (same_text(set->list[i].name, name))
            return &set->list[i];
    return NULL;
}

static bool add_series(const struct series *series, const char *locality, const struct indicator_rule *rule,
                       bool all, struct indicator_set *set, struct err *err)
{
    const day first = set->first;
    const day last = set->last;
    const char *const measure = series->rows[0]->measure;
    struct indicator *known = find_known(set, measure);
    struct series like = *series;
    if (known != NULL && known->now.state == INDICATOR_KNOWN) {
        /* what the returns hold is computed; the file says what is wanted */
        like.kind = known->kind;
        like.period = known->period == INDICATOR_WINDOW ? INDICATOR_WINDOW : INDICATOR_RETURN;
        known->target = target_of(&like, &known->now, first, last);
        read_words(series, known);
        return true;
    }
    const struct indicator_figure now = figure_of(series, first, last);
    const struct indicator_figure before =
        figure_of(series, window_back(first, YEAR_MONTHS), window_back(last, YEAR_MONTHS));
    if (!all && now.state != INDICATOR_KNOWN && before.state != INDICATOR_KNOWN)
        return true;
    if (known == NULL) {
        const size_t skip = is_about_provider(series->rows[0]) ? sizeof provider_word - 1 : 0;
        known = indicator_add(set, err);
        if (known == NULL)
            return false;
        known->title = title_of(measure, &set->texts, err);
        known->name = arena_copy(&set->texts, str_of(measure + skip), err);
        known->locality = arena_copy(&set->texts, str_of(locality), err);
        known->question = series->kind == INDICATOR_SHARE ? INDICATOR_HOW_WELL : INDICATOR_HOW_MUCH;
        if (known->title == NULL || known->name == NULL || known->locality == NULL)
            return false;
    }
    fill_figures(series, first, last, known);
    known->target = target_of(series, &known->now, first, last);
    read_words(series, known);
    indicator_judge(known, dispersion_of(series, last), rule);
    return indicator_find_trend(known, err);
}

/* Every measure of a place. */
static bool add_all(const struct indicator_source *source, const char *place, bool providers,
                    const struct indicator_rule *rule, bool all, struct indicator_set *set, struct err *err)
{
    const struct measure_rows *file = source->measures;
    bool ok = true;
    if (file == NULL)
        return true;
    struct series series = {0};
    series.rows = vec_new(file->n, sizeof *series.rows, err);
    if (series.rows == NULL)
        return false;
    for (size_t i = 0; ok && i < file->n; i++) {
        const struct measure_row *row = &file->items[i];
        const bool wanted = is_about_provider(row) == providers && same_text(row->locality, place);
        if (wanted)
            series.rows[series.n++] = row;
        bool is_last = true; /* of its measure in this place */
        for (size_t k = i + 1; k < file->n && same_text(file->items[k].measure, row->measure); k++)
            is_last = is_last && !same_text(file->items[k].locality, place);
        if (series.n > 0 && is_last) {
            classify(&series, set->first, set->last);
            ok = add_series(&series, place, rule, all, set, err);
            series.n = 0;
        }
    }
    free(series.rows);
    return ok;
}

bool indicator_add_measures(const struct indicator_source *source, const char *locality,
                            const struct indicator_rule *rule, bool all, struct indicator_set *set,
                            struct err *err)
{
    return add_all(source, locality, false, rule, all, set, err);
}

bool indicator_compute_provider(const struct indicator_source *source, day first, day last,
                                const char *provider, const struct indicator_rule *rule,
                                struct indicator_set *out, struct err *err)
{
    *out = (struct indicator_set){.first = first, .last = last};
    if (add_all(source, provider, true, rule, true, out, err))
        return true;
    indicator_set_free(out);
    return false;
}

/* ---- places ------------------------------------------------------------------------------------------ */

static void add_place(const char **names, size_t *n, const char *name)
{
    if (name[0] == '\0' || same_text(name, "unknown"))
        return;
    for (size_t i = 0; i < *n; i++)
        if (same_text(names[i], name))
            return;
    names[(*n)++] = name;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool indicator_places(const struct indicator_source *source, bool providers, const char ***out, size_t *n,
                      struct err *err)
{
    const struct history *history = source->history;
    const size_t n_rows = source->measures != NULL ? source->measures->n : 0;
    const size_t n_stored = history != NULL && !providers ? history->n_localities : 0;
    const char **const names = vec_new(n_rows + n_stored, sizeof *names, err);
    if (names == NULL)
        return false;
    *n = 0;
    for (size_t i = 0; i < n_stored; i++)
        add_place(names, n, history->localities[i]);
    for (size_t i = 0; i < n_rows; i++)
        if (is_about_provider(&source->measures->items[i]) == providers)
            add_place(names, n, source->measures->items[i].locality);
    qsort(names, *n, sizeof *names, by_text);
    *out = names;
    return true;
}
