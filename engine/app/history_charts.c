/* SPDX-License-Identifier: GPL-3.0-or-later
 * Panels are filled from counts; titles are sentences of study/headline; alternative texts tell kind,
 * finding, range and where the numbers are. */
#include "app/history_charts.h"

#include <math.h>

#include "app/help.h"
#include "numeric/survival.h"
#include "study/durations.h"
#include "study/headline.h"

static const struct group all = {GROUP_ALL, 0};
static const double days_per_year = 365.25;
static const double z95 = 1.959963984540054;

enum { YEAR = 12, QUARTER = 3, MOST_QUARTERS = 32, FIVE_YEARS = 1826, WEEK = 7, SLICES = 6 };

struct job {
    struct chart_set *set;
    const struct history *history;
    const struct counts *counts;
    int32_t first; /* the month of the first observed 31 March */
    const char *source;
    struct err *err;
};

/* A slice of a stack: the members of a kind that it stands for. */
struct slice {
    const char *words, *style;
    enum group_kind kind;
    int32_t members[PLACEMENT_COUNT];
    int32_t n_members;
};

static int64_t slice_stock(const struct counts *counts, const struct slice *slice, int32_t month)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < slice->n_members; i++)
        sum += counts_at(counts, MEASURE_STOCK, (struct group){slice->kind, slice->members[i]}, month);
    return sum;
}

/* Bars by quarter, or by year where there would be too many. */
static bool fill_stack(const struct job *job, const struct slice slices[], int32_t n, struct table *panel)
{
    const int32_t last = job->counts->n_months - 1;
    const int32_t step = (last - job->first) / QUARTER > MOST_QUARTERS ? YEAR : QUARTER;
    for (int32_t i = 0; i < n; i++)
        for (int32_t m = last - (last - job->first) / step * step; m <= last; m += step)
            if (!chart_set_day_point(panel, slices[i].words, slices[i].style,
                                     counts_month_end(job->counts, m),
                                     (double)slice_stock(job->counts, &slices[i], m), job->err))
                return false;
    return true;
}

/* "Bar chart of WHAT in LA, 31 Mar 2017 to 31 Mar 2022. TITLE. Data: FILE." */
static const char *alt_text(const struct job *job, const char *kind, const char *what, const char *title,
                            const char *file)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    date_format_words(counts_month_end(job->counts, job->first), from);
    date_format_words(job->history->end, to);
    return arena_format(&job->set->texts, job->err, "%s of %s in %s, %s to %s. %s. Data: %s.", kind, what,
                        job->history->la_name, from, to, title, file);
}

static const char *subtitle(const struct job *job, const char *what)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    date_format_words(counts_month_end(job->counts, job->first), from);
    date_format_words(job->history->end, to);
    return arena_format(&job->set->texts, job->err, "%s, %s, %s to %s", job->history->la_name, what, from,
                        to);
}

static bool add_chart(const struct job *job, const char *script, const char *name, const char *title,
                      const char *what, const char *kind, const char *file, const struct chart_panel panels[],
                      size_t n_panels)
{
    if (title == NULL)
        return false;
    struct chart_spec chart = {
        .script = script,
        .name = name,
        .title = title,
        .subtitle = subtitle(job, what),
        .source = job->source,
        .alt = alt_text(job, kind, what, title, file),
        .now = DAY_NONE,
        .n_panels = n_panels,
    };
    for (size_t i = 0; i < n_panels; i++)
        chart.panels[i] = panels[i];
    if (chart.subtitle == NULL || chart.alt == NULL)
        return false;
    chart_set_add(job->set, &chart, file);
    return true;
}

/* Entries and exits: the twelve months to date where there are three years of them, else each month. */
static bool fill_flow(const struct job *job, enum measure measure, const char *words, const char *style,
                      int32_t span, struct table *panel)
{
    for (int32_t m = job->first; m < job->counts->n_months; m++) {
        const bool known = m >= job->first + span; /* a gap before: both panels have one time axis */
        double sum = known ? 0.0 : (double)NAN;
        for (int32_t i = 0; known && i < span; i++)
            sum += (double)counts_at(job->counts, measure, all, m - i);
        if (!chart_set_day_point(panel, words, style, counts_month_end(job->counts, m), sum, job->err))
            return false;
    }
    return true;
}

static bool add_stock(const struct job *job)
{
    const int32_t span = job->counts->n_months - job->first > 3 * YEAR ? YEAR : 1;
    struct table *stock = chart_set_panel(job->set);
    struct table *flows = chart_set_panel(job->set);
    for (int32_t m = job->first; m < job->counts->n_months; m++)
        if (!chart_set_day_point(stock, "Children", "history", counts_month_end(job->counts, m),
                                 (double)counts_at(job->counts, MEASURE_STOCK, all, m), job->err))
            return false;
    const struct chart_panel panels[] = {
        {.data = stock, .shape = CHART_LINES, .y_title = "Children looked after", .label_with_value = true},
        {.data = flows,
         .shape = CHART_LINES,
         .y_title = span == YEAR ? "Children, in the 12 months to date" : "Children a month",
         .from_zero = true,
         .label_with_value = true},
    };
    return fill_flow(job, MEASURE_ENTRIES, "Entries", "entries", span, flows) &&
           fill_flow(job, MEASURE_EXITS, "Exits", "exits", span, flows) &&
           add_chart(job, "stock", "stock",
                     headline_stock(&job->set->texts, job->history, job->counts, job->err),
                     "children looked after, entries and exits", "Line chart", "history.csv", panels, 2);
}

static bool add_mix(const struct job *job)
{
    struct slice slices[SLICES] = {
        {"In-house foster care:", "group_1", GROUP_PLACEMENT, {PLACEMENT_FOSTER_INHOUSE}, 1},
        {"Agency foster care:", "group_2", GROUP_PLACEMENT, {PLACEMENT_FOSTER_IFA}, 1},
        {"Family and friends:", "group_3", GROUP_PLACEMENT, {PLACEMENT_FOSTER_KIN}, 1},
        {"Children's homes:", "group_4", GROUP_PLACEMENT, {PLACEMENT_RES_INHOUSE, PLACEMENT_RES_EXTERNAL}, 2},
        {"Supported:", "group_5", GROUP_PLACEMENT, {PLACEMENT_SUPPORTED}, 1},
        {"Other:",
         "rest",
         GROUP_PLACEMENT,
         {PLACEMENT_ADOPTION, PLACEMENT_PARENTS, PLACEMENT_RES_OTHER, PLACEMENT_SECURE, PLACEMENT_OTHER},
         5},
    };
    const int32_t last = job->counts->n_months - 1;
    /* the larger of the two kinds of foster care that money turns on stands at the bottom */
    if (slice_stock(job->counts, &slices[1], last) > slice_stock(job->counts, &slices[0], last)) {
        const struct slice first = slices[0];
        slices[0] = slices[1];
        slices[1] = first;
    }
    struct table *panel = chart_set_panel(job->set);
    const struct chart_panel panels[] = {{.data = panel,
                                          .shape = CHART_STACK,
                                          .y_title = "Children",
                                          .from_zero = true,
                                          .label_with_value = true}};
    return fill_stack(job, slices, SLICES, panel) &&
           add_chart(job, "mix", "mix", headline_mix(&job->set->texts, job->history, job->counts, job->err),
                     "children looked after by placement", "Stacked bars", "history.csv", panels, 1);
}

static bool add_ages(const struct job *job)
{
    /* the oldest, who are most, at the bottom */
    static const struct slice slices[] = {
        {"Aged 16 and 17:", "group_1", GROUP_AGE, {AGE_16_17}, 1},
        {"Aged 10 to 15:", "group_2", GROUP_AGE, {AGE_10_15}, 1},
        {"Aged 5 to 9:", "group_3", GROUP_AGE, {AGE_5_9}, 1},
        {"Aged 1 to 4:", "group_4", GROUP_AGE, {AGE_1_4}, 1},
        {"Aged under 1:", "group_5", GROUP_AGE, {AGE_0}, 1},
    };
    struct table *panel = chart_set_panel(job->set);
    const struct chart_panel panels[] = {{.data = panel,
                                          .shape = CHART_STACK,
                                          .y_title = "Children",
                                          .from_zero = true,
                                          .label_with_value = true}};
    return fill_stack(job, slices, sizeof slices / sizeof slices[0], panel) &&
           add_chart(job, "mix", "ages", headline_ages(&job->set->texts, job->history, job->counts, job->err),
                     "children looked after by age", "Stacked bars", "history.csv", panels, 1);
}

static bool add_legal(const struct job *job)
{
    static const struct slice slices[] = {
        {"Care order:", "group_1", GROUP_LEGAL, {LEGAL_CARE_ORDER}, 1},
        {"Section 20:", "group_2", GROUP_LEGAL, {LEGAL_SECTION_20}, 1},
        {"Placement order:", "group_3", GROUP_LEGAL, {LEGAL_PLACEMENT_ORDER}, 1},
        {"Youth justice:", "group_4", GROUP_LEGAL, {LEGAL_YOUTH_JUSTICE}, 1},
        {"Protection:", "group_5", GROUP_LEGAL, {LEGAL_PROTECTION}, 1},
        {"Other:", "rest", GROUP_LEGAL, {LEGAL_SHORT_BREAK, LEGAL_OTHER}, 2},
    };
    struct table *panel = chart_set_panel(job->set);
    const struct chart_panel panels[] = {{.data = panel,
                                          .shape = CHART_STACK,
                                          .y_title = "Children",
                                          .from_zero = true,
                                          .label_with_value = true}};
    return fill_stack(job, slices, sizeof slices / sizeof slices[0], panel) &&
           add_chart(job, "mix", "legal",
                     headline_legal(&job->set->texts, job->history, job->counts, job->err),
                     "children looked after by legal status", "Stacked bars", "history.csv", panels, 1);
}

/* The curve by weeks for five years, while enough are at risk. */
static bool fill_curve(const struct job *job, const struct survival *curve, const char *words,
                       const char *style, bool limits, struct table *panel)
{
    const int32_t until = survival_reliable_until(curve, SURVIVAL_LEAST_AT_RISK);
    size_t at = 0;
    for (int32_t time = 0; time <= FIVE_YEARS && time <= until; time += WEEK) {
        double low = (double)NAN;
        double high = (double)NAN;
        if (time < curve->from)
            continue;
        struct table_cell *row =
            chart_set_point(panel, words, style, 100.0 * survival_at(curve, time), job->err);
        if (row == NULL)
            return false;
        table_set_real(&row[CHART_X], time / days_per_year);
        while (at < curve->n_rows && curve->rows[at].time <= time)
            at++;
        if (limits && at > 0)
            survival_limits(curve, at - 1, z95, &low, &high);
        table_set_real(&row[CHART_P10], 100.0 * low);
        table_set_real(&row[CHART_P90], 100.0 * high);
    }
    return true;
}

static bool fill_age_curves(const struct job *job, struct table *panel)
{
    bool ok = true;
    for (int32_t band = 0; ok && band < AGE_COUNT; band++) {
        struct survival curve = {0};
        const char *words = arena_format(&job->set->texts, job->err, "Aged %s",
                                         band == AGE_0 ? "under 1" : age_band_name((enum age_band)band));
        ok = words != NULL &&
             durations_fit(job->history, (struct group){GROUP_AGE, band}, &curve, NULL, job->err) &&
             (curve.n_rows == 0 || fill_curve(job, &curve, words, "context", false, panel));
        survival_free(&curve);
    }
    return ok;
}

static bool add_durations(const struct job *job)
{
    struct survival curve = {0};
    if (!durations_fit(job->history, all, &curve, NULL, job->err))
        return false;
    bool ok = true;
    if (survival_reliable_until(&curve, SURVIVAL_LEAST_AT_RISK) > WEEK) {
        struct table *panel = chart_set_panel(job->set);
        const struct chart_panel panels[] = {{.data = panel,
                                              .shape = CHART_STEPS,
                                              .unit = CHART_PERCENT,
                                              .y_title = "Still in care",
                                              .x_title = "Years since care began",
                                              .from_zero = true}};
        ok = fill_age_curves(job, panel) && fill_curve(job, &curve, "All", "own", true, panel) &&
             add_chart(job, "duration", "durations", headline_durations(&job->set->texts, &curve, job->err),
                       "share of children still in care, by age at the start, all with 95% limits",
                       "Step chart", "durations.csv", panels, 1);
    }
    survival_free(&curve);
    return ok;
}

/* Words short enough to stand beside a bar. */
static const char *bar_words(enum group_kind kind, int32_t member)
{
    static const char *const routes[ROUTE_COUNT] = {
        [ROUTE_HOME] = "Returned home",
        [ROUTE_SGO] = "Guardianship or relatives",
        [ROUTE_ADOPTION] = "Adopted",
        [ROUTE_AGED_OUT] = "Turned 18",
        [ROUTE_TRANSFER] = "To another authority",
        [ROUTE_CUSTODY] = "Sentenced to custody",
        [ROUTE_DIED] = "Died",
        [ROUTE_OTHER] = "Other or not recorded",
    };
    return kind == GROUP_NEED ? need_words((enum need)member) : routes[member];
}

/* The longest first; equals in the order of the codes. */
static bool fill_bars(const struct job *job, enum measure measure, enum group_kind kind, int32_t n, day from,
                      day to, struct table *panel)
{
    int64_t sums[PLACEMENT_COUNT];
    bug_if(n > (int32_t)PLACEMENT_COUNT);
    for (int32_t i = 0; i < n; i++)
        sums[i] = counts_sum(job->counts, measure, (struct group){kind, i}, from, to);
    for (int32_t placed = 0; placed < n; placed++) {
        int32_t best = 0;
        for (int32_t i = 1; i < n; i++)
            if (sums[i] > sums[best])
                best = i;
        if (sums[best] > 0 &&
            chart_set_point(panel, bar_words(kind, best), "group_1", (double)sums[best], job->err) == NULL)
            return false;
        sums[best] = -1;
    }
    return true;
}

/* Bars of the last year; nothing where there is nothing to show. */
static bool add_bars(const struct job *job, enum measure measure, enum group_kind kind, int32_t n,
                     const char *name, const char *title, const char *what, const char *file)
{
    const day from = date_year_end(job->history->last_year - 1) + 1;
    const day to = job->history->end;
    if (title == NULL)
        return false;
    if (counts_sum(job->counts, measure, all, from, to) == 0)
        return true;
    struct table *panel = chart_set_panel(job->set);
    if (!fill_bars(job, measure, kind, n, from, to, panel))
        return false;
    const struct chart_panel panels[] = {{.data = panel,
                                          .shape = CHART_BARS,
                                          .y_title = "Children",
                                          .from_zero = true,
                                          .label_with_value = true}};
    char year[DATE_TEXT];
    date_format_financial_year(job->history->last_year, year);
    struct chart_spec chart = {
        .script = "bars",
        .name = name,
        .title = title,
        .subtitle =
            arena_format(&job->set->texts, job->err, "%s, %s, year %s", job->history->la_name, what, year),
        .source = job->source,
        .alt = arena_format(&job->set->texts, job->err, "Bar chart of %s in %s, year %s. %s. Data: %s.", what,
                            job->history->la_name, year, title, file),
        .now = DAY_NONE,
        .panels = {panels[0]},
        .n_panels = 1,
    };
    if (chart.subtitle == NULL || chart.alt == NULL)
        return false;
    chart_set_add(job->set, &chart, file);
    return true;
}

bool history_charts_add(struct chart_set *set, const struct history *history, const struct counts *counts,
                        struct err *err)
{
    const int32_t first = counts_month(counts, history->start - 1);
    struct job job = {set, history, counts, first < 0 ? 0 : first, NULL, err};
    job.source =
        arena_format(&set->texts, err,
                     "Source: SSDA903 returns of %s, years ending March %d to %d; turncurve " HELP_VERSION,
                     history->la_name, (int)history->first_year, (int)history->last_year);
    return job.source != NULL && add_stock(&job) && add_mix(&job) && add_ages(&job) && add_legal(&job) &&
           add_durations(&job) &&
           add_bars(&job, MEASURE_ENTRIES, GROUP_NEED, NEED_COUNT, "reasons",
                    headline_reasons(&set->texts, history, counts, err), "entries by main reason",
                    "reasons.csv") &&
           add_bars(&job, MEASURE_EXITS, GROUP_ROUTE, ROUTE_COUNT, "routes",
                    headline_routes(&set->texts, history, counts, err), "exits by reason", "history.csv");
}
