/* SPDX-License-Identifier: GPL-3.0-or-later
 * Titles are chosen by rule from the numbers that are drawn: one in 20 may lie beyond the limits of chance,
 * and only many more are called a misfit. Cells were learned from the very events that they are held against,
 * so repeating them is the least to ask: where they do not, shrinking has taken real differences away. */
#include "app/fit_charts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/headline.h"

static const double z95 = 1.959963984540054;
static const double least_expected = 1;  /* cells of fewer expected events say nothing by themselves */
static const double missed_share = 0.05; /* by chance */
static const double too_many_z = 2.33;   /* one-sided 1 %: more misses than that are no chance */
static const double one_side_z = 2.58;   /* two-sided 1 % */
static const double year_days = 365.25;
static const double open_years = 2; /* drawn of the last band, which has no end */
enum { LIMIT_POINTS = 60, MONTH_WORDS = 24 };

struct job {
    struct chart_set *set;
    const struct fit_subject *subject;
    const struct learned *learned;
    struct err *err;
};

/* "Leeds, what, 1 Apr 2018 to 31 Mar 2024". */
static const char *subtitle(const struct job *job, const char *what)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    date_format_words(job->learned->from, from);
    date_format_words(job->learned->to, to);
    return arena_format(&job->set->texts, job->err, "%s, %s, %s to %s", job->subject->la, what, from, to);
}

static bool add_chart(const struct job *job, const struct chart_spec *chart, const char *what,
                      const char *kind, const char *file)
{
    struct chart_spec whole = *chart;
    if (chart->title == NULL)
        return false;
    whole.subtitle = subtitle(job, what);
    whole.source = job->subject->source;
    whole.now = DAY_NONE;
    whole.alt = arena_format(&job->set->texts, job->err, "%s of %s in %s. %s. Data: %s.", kind, what,
                             job->subject->la, chart->title, file);
    if (whole.subtitle == NULL || whole.alt == NULL)
        return false;
    chart_set_add(job->set, &whole, file);
    return true;
}

/* More misses than chance makes of n. */
static bool is_misfit(int32_t missed, int32_t n)
{
    const double mean = missed_share * n;
    return missed > mean + too_many_z * sqrt(mean * (1 - missed_share));
}

/* ---- observed and expected, cell by cell --------------------------------------------------------------- */

/* Limit of a Poisson count on the scale of roots, where chance has one width (Anscombe 1948, Biometrika
 * 35:246). */
static double root_limit(double expected, double z)
{
    const double root = sqrt(expected + 1.0 / 8) + z / 2;
    return root > 0 ? fmax(0, root * root - 3.0 / 8) : 0;
}

struct cells {
    int32_t n, missed; /* of at least one expected */
    double most;       /* expected or observed */
};

/* The exits of each age, placement and time in care, all routes together: rows stand together. */
static bool fill_cells(const struct job *job, struct table *panel, struct cells *cells)
{
    const struct learned *learned = job->learned;
    for (size_t i = 0; i < learned->n_rates;) {
        const struct learned_rate *first = &learned->rates[i];
        double observed = 0;
        double expected = 0;
        for (; i < learned->n_rates && learned->rates[i].process == first->process &&
               strcmp(learned->rates[i].from, first->from) == 0 &&
               strcmp(learned->rates[i].age, first->age) == 0 &&
               strcmp(learned->rates[i].duration, first->duration) == 0;
             i++) {
            observed += learned->rates[i].occurrences;
            expected += learned->rates[i].rate * learned->rates[i].child_years;
        }
        if (first->process != LEARNED_EXIT)
            continue;
        cells->most = fmax(cells->most, fmax(observed, expected));
        if (expected >= least_expected) {
            cells->n++;
            cells->missed += observed > root_limit(expected, z95) || observed < root_limit(expected, -z95);
        }
        if (!chart_set_number_point(panel, "", "all", expected, observed, job->err))
            return false;
    }
    return true;
}

static bool fill_limit(const struct job *job, struct table *panel, double most, double z)
{
    for (int i = 0; i <= LIMIT_POINTS; i++) {
        const double root = sqrt(most) * i / LIMIT_POINTS;
        const double expected = i == LIMIT_POINTS ? most : root * root;
        if (!chart_set_number_point(panel, "95% limit", "limit95", expected, root_limit(expected, z),
                                    job->err))
            return false;
    }
    return true;
}

static bool fill_middle(const struct job *job, struct table *panel, double most)
{
    return chart_set_number_point(panel, "As expected", "middle", 0, 0, job->err) &&
           chart_set_number_point(panel, "As expected", "middle", most, most, job->err);
}

static bool add_observed(const struct job *job)
{
    struct cells cells = {0, 0, 0};
    struct table *panel = chart_set_panel(job->set);
    if (!fill_cells(job, panel, &cells))
        return false;
    if (panel->n_rows == 0)
        return true;
    if (!fill_limit(job, panel, cells.most, z95) || !fill_middle(job, panel, cells.most) ||
        !fill_limit(job, panel, cells.most, -z95))
        return false;
    struct arena *texts = &job->set->texts;
    const struct chart_spec chart = {
        .script = "funnel",
        .name = "observed",
        .title =
            cells.n == 0 ? arena_format(texts, job->err, "Too few exits to say whether rates repeat them")
            : is_misfit(cells.missed, cells.n)
                ? arena_format(texts, job->err,
                               "Rates smooth over real differences: %d of %d groups are beyond the limits of "
                               "chance",
                               (int)cells.missed, (int)cells.n)
                : arena_format(
                      texts, job->err,
                      "Rates repeat what was seen: exits of %d in %d groups are within the limits of "
                      "chance",
                      (int)(cells.n - cells.missed), (int)cells.n),
        .panels = {{.data = panel,
                    .shape = CHART_POINTS,
                    .y_title = "Exits observed",
                    .x_title = "Exits expected (axes in square roots)",
                    .roots = true}},
        .n_panels = 1,
    };
    return add_chart(job, &chart, "exits by age, placement and time in care (counted: one or more expected)",
                     "Scatter chart", "rates.csv");
}

/* ---- months ---------------------------------------------------------------------------------------------
 */

/* The last day of "2021-04". */
static day month_of(const char *group)
{
    char text[MONTH_WORDS];
    day first = DAY_NONE;
    const int n = snprintf(text, sizeof text, "%.16s-01", group);
    return n > 0 && date_parse_iso(str_of(text), &first) ? date_month_end(first, 0) : DAY_NONE;
}

struct months {
    int32_t n, missed;
    double sum; /* of residuals */
};

/* How far the months lie to one side: the mean of n residuals, in its own standard deviations. */
static double side_of(const struct months *months)
{
    return months->n > 0 ? months->sum / sqrt(months->n) : 0;
}

static bool fill_months(const struct job *job, enum learned_process process, struct table *panel,
                        struct months *months)
{
    const struct {
        double y;
        const char *words, *style;
    } lines[] = {{z95, "95% limit", "limit95"}, {0, "As expected", "middle"}, {-z95, "95% limit", "limit95"}};
    const struct learned *learned = job->learned;
    day first = DAY_OPEN;
    day last = DAY_NONE;
    for (size_t i = 0; i < learned->n_checks; i++) {
        const struct learned_check *check = &learned->checks[i];
        if (check->process != process || check->dimension != LEARNED_BY_MONTH || isnan(check->residual))
            continue;
        const day end = month_of(check->group);
        first = end < first ? end : first;
        last = end > last ? end : last;
        months->n++;
        months->missed += fabs(check->residual) > z95;
        months->sum += check->residual;
        if (!chart_set_day_point(panel, "", "all", end, check->residual, job->err))
            return false;
    }
    for (size_t i = 0; months->n > 0 && i < sizeof lines / sizeof lines[0]; i++)
        if (!chart_set_day_point(panel, lines[i].words, lines[i].style, first, lines[i].y, job->err) ||
            !chart_set_day_point(panel, lines[i].words, lines[i].style, last, lines[i].y, job->err))
            return false;
    return true;
}

/* What is wrong first: months all on one side, then too many far off. */
static const char *months_title(const struct job *job, const struct months *entries,
                                const struct months *exits)
{
    const bool entries_aside = fabs(side_of(entries)) > one_side_z;
    if (entries_aside || fabs(side_of(exits)) > one_side_z)
        return arena_format(&job->set->texts, job->err,
                            "%s kept %s what was expected a month ahead: levels did not follow",
                            entries_aside ? "Entries" : "Exits",
                            side_of(entries_aside ? entries : exits) < 0 ? "below" : "above");
    const bool misfit = is_misfit(entries->missed, entries->n) || is_misfit(exits->missed, exits->n);
    return arena_format(&job->set->texts, job->err,
                        "%s: %d of %d months of entries and %d of exits are beyond the limits of chance",
                        misfit ? "Months vary more than the model expects" : "Months vary as expected",
                        (int)entries->missed, (int)entries->n, (int)exits->missed);
}

static bool add_months(const struct job *job)
{
    struct months entry = {0, 0, 0};
    struct months leave = {0, 0, 0};
    struct table *entries = chart_set_panel(job->set);
    struct table *exits = chart_set_panel(job->set);
    if (!fill_months(job, LEARNED_ENTRY, entries, &entry) || !fill_months(job, LEARNED_EXIT, exits, &leave))
        return false;
    if (entry.n < 2 || leave.n < 2)
        return true;
    const struct chart_spec chart = {
        .script = "stock",
        .name = "months",
        .title = months_title(job, &entry, &leave),
        .panels = {{.data = entries,
                    .shape = CHART_POINTS,
                    .y_title = "Entries, standard deviations from expected"},
                   {.data = exits,
                    .shape = CHART_POINTS,
                    .y_title = "Exits, standard deviations from expected"}},
        .n_panels = 2,
    };
    return add_chart(job, &chart, "each month against what was expected a month ahead", "Scatter chart",
                     "diagnostics.csv");
}

/* ---- levels ---------------------------------------------------------------------------------------------
 */

static bool fill_levels(const struct job *job, enum learned_process process, const char *words,
                        const char *style, double scale, struct table *panel, struct learned_month *last)
{
    for (size_t i = 0; i < job->learned->n_months; i++) {
        const struct learned_month *month = &job->learned->months[i];
        if (month->process != process)
            continue;
        struct table_cell *row = chart_set_point(panel, words, style, scale * month->level, job->err);
        if (row == NULL)
            return false;
        table_set_day(&row[CHART_X], month->end);
        table_set_real(&row[CHART_P10], scale * month->low);
        table_set_real(&row[CHART_P90], scale * month->high);
        *last = *month;
    }
    return true;
}

static bool add_levels(const struct job *job)
{
    struct learned_month entry = {0};
    struct learned_month leave = {0};
    const double a_year = learned_value(job->learned, "entries_a_year");
    const double per_cent = 100;
    struct table *entries = chart_set_panel(job->set);
    struct table *exits = chart_set_panel(job->set);
    if (!(a_year > 0))
        return true;
    if (!fill_levels(job, LEARNED_ENTRY, "Entries", "entries", a_year, entries, &entry) ||
        !fill_levels(job, LEARNED_EXIT, "Exits", "exits", per_cent, exits, &leave))
        return false;
    if (entries->n_rows < 2 || exits->n_rows < 2)
        return true;
    const struct chart_spec chart = {
        .script = "stock",
        .name = "levels",
        .title = arena_format(
            &job->set->texts, job->err,
            "Entries stand at %.0f a year (8 in 10: %.0f to %.0f), exits at %.0f%% of their average rate "
            "(%.0f%% to %.0f%%)",
            a_year * entry.level, a_year * entry.low, a_year * entry.high, per_cent * leave.level,
            per_cent * leave.low, per_cent * leave.high),
        .panels = {{.data = entries,
                    .shape = CHART_LINES,
                    .y_title = "First entries a year, unaccompanied children apart",
                    .label_with_value = true},
                   {.data = exits,
                    .shape = CHART_LINES,
                    .unit = CHART_PERCENT,
                    .y_title = "Exits, % of the average rate",
                    .label_with_value = true}},
        .n_panels = 2,
    };
    return add_chart(job, &chart,
                     "level of entries and of exits as known at each month's end, 8 in 10 within the band",
                     "Line chart", "levels.csv");
}

/* ---- time in care ----------------------------------------------------------------------------------------
 */

static bool add_point(const struct job *job, struct table *panel, double years,
                      const struct learned_rate *rate)
{
    struct table_cell *row = chart_set_point(panel, "Exits", "own", rate->rate, job->err);
    if (row == NULL)
        return false;
    table_set_real(&row[CHART_X], years);
    table_set_real(&row[CHART_P10], rate->low);
    table_set_real(&row[CHART_P90], rate->high);
    return true;
}

/* "the first 28 days", "days 28 to 90", "days from 1460 on". */
static void band_words(const char *duration, char out[HEADLINE_NUMBER])
{
    int32_t first = 0;
    int32_t last = 0;
    (void)learned_duration(duration, &first, &last);
    if (first == 0)
        snprintf(out, HEADLINE_NUMBER, "in the first %d days", (int)last + 1);
    else if (last == DAY_OPEN)
        snprintf(out, HEADLINE_NUMBER, "after %.3g years", first / year_days);
    else
        snprintf(out, HEADLINE_NUMBER, "from day %d to %d", (int)first, (int)last);
}

static bool add_hazard(const struct job *job)
{
    const struct learned *learned = job->learned;
    struct table *panel = chart_set_panel(job->set);
    struct learned_rate lowest = {0};
    struct learned_rate highest = {0};
    struct learned_rate band = {0};
    int32_t next = 0; /* the first day of the next band to look for: bands follow one another */
    double end = 0;
    for (bool found = true; found && next != DAY_OPEN;) {
        found = false;
        for (size_t i = 0; i < learned->n_rates && !found; i++) {
            int32_t first = 0;
            int32_t last = 0;
            if (learned->rates[i].process != LEARNED_EXIT ||
                !learned_duration(learned->rates[i].duration, &first, &last) || first != next)
                continue;
            found = learned_sum(
                learned,
                &(struct learned_rate){.process = LEARNED_EXIT, .duration = learned->rates[i].duration},
                &band);
            end = last == DAY_OPEN ? first / year_days + open_years : (last + 1) / year_days;
            next = last == DAY_OPEN ? DAY_OPEN : last + 1;
            if (panel->n_rows == 0 || band.rate > highest.rate)
                highest = band;
            if (panel->n_rows == 0 || band.rate < lowest.rate)
                lowest = band;
            if (!add_point(job, panel, first / year_days, &band))
                return false;
        }
    }
    if (panel->n_rows < 2)
        return true;
    if (!add_point(job, panel, end, &band))
        return false;
    char high[HEADLINE_NUMBER];
    char low[HEADLINE_NUMBER];
    band_words(highest.duration, high);
    band_words(lowest.duration, low);
    const struct chart_spec chart = {
        .script = "duration",
        .name = "time_in_care",
        .title = lowest.high < highest.low
                     ? arena_format(&job->set->texts, job->err,
                                    "Exits are most frequent %s, %.2f a child-year, and least %s, %.2f", high,
                                    highest.rate, low, lowest.rate)
                     : arena_format(&job->set->texts, job->err,
                                    "No clear difference in exits by time in care: %.2f to %.2f a child-year",
                                    lowest.rate, highest.rate),
        .panels = {{.data = panel,
                    .shape = CHART_STEPS,
                    .unit = CHART_DECIMAL,
                    .y_title = "Exits a child-year",
                    .x_title = "Years since care began",
                    .from_zero = true}},
        .n_panels = 1,
    };
    return add_chart(job, &chart, "exits by time in care, all ages and placements, 95% limits", "Step chart",
                     "rates.csv");
}

bool fit_charts_add(struct chart_set *set, const struct fit_subject *subject, struct err *err)
{
    const struct job job = {set, subject, subject->learned, err};
    return add_observed(&job) && add_months(&job) && add_levels(&job) && add_hazard(&job);
}
