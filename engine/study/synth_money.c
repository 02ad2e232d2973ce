/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nights are counted from the people before any fault is put in, then priced. */
#include "study/synth_money.h"

#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "data/amount.h"
#include "data/measures_file.h"
#include "data/prices.h"
#include "numeric/stream.h"

enum { MONTHS = 12, QUARTER_MONTHS = 3, MONEY_STREAM = 40, MEASURE_STREAM = 41, LOCALITIES = 2 };
static const double factor_sd = .04;   /* of a line's log factor */
static const double posting_sd = .01;  /* of a month's posting */
static const double growth = 1.03;     /* of a budget over the year before */
static const double twice_share = .04; /* of a month that is posted twice, then reversed */

static const struct {
    const char *name, *placement;
    double share;   /* of the groups' nights */
    double savings; /* share of the budget that is taken off */
    bool has_fte;
} lines[SYNTH_LINES] = {
    {"Fostering, own", "foster_kin+foster_inhouse", 1, 0, true},
    {"Agency fostering, framework", "foster_ifa", .7, .02, true},
    {"Agency fostering, spot", "foster_ifa", .3, 0, false},
    {"Children's homes, own", "res_inhouse", 1, 0, false},
    {"Children's homes, external", "res_external+res_other", 1, .03, true},
    {"Supported accommodation", "supported", 1, 0, true},
    {"Secure and other placements", "secure+other", 1, 0, false},
    {"Adoption and parents", "adoption+parents", 1, 0, false},
    {"Contact and legal costs", "", 0, 0, false},
};
enum { HOMES = 4, OTHER = SYNTH_LINES - 1, OTHER_COST = 250 /* pounds a child and year */ };

static const struct {
    const char *name, *polarity, *question;
    double of, share, target; /* families a quarter for each 100 children, mean share, target in per cent */
} measures[] = {
    {"Early help plans closed with needs met", "up", "better_off", 30, .72, 75},
    {"Early help assessments in 45 days", "up", "how_well", 40, .83, 85},
};
static const char *const localities[LOCALITIES] = {"North", "South"};

static const struct table_column budget_columns[] = {
    {"year", 0}, {"line", 0}, {"placement", 0}, {"budget_gbp", 0}, {"budget_fte", 1}, {"savings_gbp", 0}};
static const struct table_column ledger_columns[] = {
    {"date", 0}, {"line", 0}, {"placement", 0}, {"actual_gbp", 0}};
static const struct table_column measure_columns[] = {
    {"measure", 0},     {"locality", 0}, {"period_start", 0}, {"period_end", 0}, {"numerator", 0},
    {"denominator", 0}, {"value", 0},    {"target", 0},       {"polarity", 0},   {"question", 0}};

/* Nights of a month [from, to] in each group. */
static void count_nights(const struct synth_people *people, day from, day to, int64_t nights[PLACEMENT_COUNT])
{
    memset(nights, 0, PLACEMENT_COUNT * sizeof nights[0]);
    for (size_t i = 0; i < people->n_episodes; i++) {
        const struct synth_episode *episode = &people->episodes[i];
        const day first = episode->start > from ? episode->start : from;
        const day end = episode->end <= to ? episode->end : to + 1;
        if (end > first)
            nights[episode->group] += end - first;
    }
}

/* What a line's nights of a month cost by the price book, in sevenths of a penny, before its factor. */
static double month_cost(const struct synth_people *people, const struct price_book *prices, size_t line,
                         day end, int64_t *nights)
{
    int64_t all[PLACEMENT_COUNT];
    placement_set groups = 0;
    double cost = 0;
    *nights = 0;
    bug_if(!placement_set_parse(str_of(lines[line].placement), &groups));
    count_nights(people, date_month_start(end, 0), end, all);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if (placement_set_has(groups, (enum placement_group)g)) {
            const pence weekly = price_book_weekly(prices, (enum placement_group)g, "", end);
            cost += (double)money_sevenths(all[g], weekly) * lines[line].share;
            *nights += all[g];
        }
    *nights = (int64_t)floor((double)*nights * lines[line].share + .5);
    return cost / 7;
}

static pence round_to(double value, pence step)
{
    return (pence)floor(value / (double)step + .5) * step;
}

/* ---- ledger ------------------------------------------------------------------------------------------- */

static bool post(struct synth *synth, day date, size_t line, pence amount, struct err *err)
{
    struct table_cell *cells = table_add_row(&synth->ledger, err);
    if (cells == NULL)
        return false;
    table_set_day(&cells[0], date);
    table_set_gbp(&cells[3], amount);
    return table_set_text(&synth->ledger, &cells[1], lines[line].name, err) &&
           table_set_text(&synth->ledger, &cells[2], lines[line].placement, err);
}

/* The postings of a line's month; September's homes are posted in part again, and October takes it back. */
static bool post_month(struct synth *synth, size_t line, int32_t month, day end, pence cost, pence *twice,
                       struct err *err)
{
    enum { SEPTEMBER = 5, OCTOBER = 6 };
    struct stream stream = stream_make(synth->options.seed, PURPOSE_SYNTH, MONEY_STREAM,
                                       (uint32_t)(100 + line), (uint32_t)month);
    const pence posted = (pence)floor((double)cost * exp(posting_sd * stream_normal(&stream)) + .5);
    bool ok = post(synth, end, line, posted, err);
    if (ok && line == HOMES && month == SEPTEMBER) {
        *twice = (pence)floor((double)posted * twice_share + .5);
        ok = post(synth, end, line, *twice, err);
    }
    if (ok && line == HOMES && month == OCTOBER)
        ok = post(synth, end - 10, line, -*twice, err);
    return ok;
}

/* The costs of the last year, month by month: truth and ledger. */
static bool fill_year(struct synth *synth, const struct synth_people *people, const struct price_book *prices,
                      struct err *err)
{
    const day last = date_year_end(synth->options.last_year);
    pence twice = 0;
    for (int32_t m = 0; m < MONTHS; m++)
        for (size_t i = 0; i < SYNTH_LINES; i++) {
            int64_t nights = 0;
            const day end = date_month_end(last, m - (MONTHS - 1));
            double cost = month_cost(people, prices, i, end, &nights) * synth->money[i].factor;
            if (i == OTHER)
                cost = (double)synth->options.children * OTHER_COST * 100 / MONTHS;
            synth->money[i].nights += nights;
            synth->money[i].cost += (pence)floor(cost + .5);
            if (!post_month(synth, i, m, end, (pence)floor(cost + .5), &twice, err))
                return false;
        }
    return true;
}

/* ---- budget ------------------------------------------------------------------------------------------- */

static bool add_budget(struct synth *synth, int32_t year, size_t line, double before, double nights,
                       struct err *err)
{
    char name[DATE_TEXT];
    const pence step = 10000; /* to a hundred pounds */
    const pence whole = round_to(before * growth, step);
    const pence savings = round_to((double)whole * lines[line].savings, step);
    struct table_cell *cells = table_add_row(&synth->budget, err);
    date_format_financial_year(year, name);
    if (cells == NULL || !table_set_text(&synth->budget, &cells[0], name, err) ||
        !table_set_text(&synth->budget, &cells[1], lines[line].name, err) ||
        !table_set_text(&synth->budget, &cells[2], lines[line].placement, err))
        return false;
    table_set_gbp(&cells[3], whole - savings);
    if (lines[line].has_fte)
        table_set_real(&cells[4], nights / 365);
    if (savings > 0)
        table_set_gbp(&cells[5], savings);
    return true;
}

/* Budgets from the cost of the year before. */
static bool fill_budgets(struct synth *synth, const struct synth_people *people,
                         const struct price_book *prices, struct err *err)
{
    const int32_t year = synth->options.last_year;
    for (size_t i = 0; i < SYNTH_LINES; i++) {
        double before = 0;
        int64_t nights = 0;
        for (int32_t m = 0; m < MONTHS; m++) {
            int64_t of_month = 0;
            before += month_cost(people, prices, i, date_month_end(date_year_end(year - 1), m - (MONTHS - 1)),
                                 &of_month);
            nights += of_month;
        }
        if (i == OTHER)
            before = (double)synth->money[i].cost;
        if (!add_budget(synth, year, i, before * synth->money[i].factor, (double)nights, err))
            return false;
    }
    for (size_t i = 0; i < SYNTH_LINES; i++)
        if (!add_budget(synth, year + 1, i, (double)synth->money[i].cost, (double)synth->money[i].nights,
                        err))
            return false;
    return true;
}

/* ---- measures ----------------------------------------------------------------------------------------- */

static bool add_measure(struct synth *synth, size_t measure, size_t place, int32_t quarter, struct err *err)
{
    const day last = date_month_end(date_year_end(synth->options.last_year), -QUARTER_MONTHS * quarter);
    struct stream stream = stream_make(synth->options.seed, PURPOSE_SYNTH, MEASURE_STREAM,
                                       (uint32_t)(measure * LOCALITIES + place), (uint32_t)quarter);
    const double of = measures[measure].of * synth->options.children / 100 / LOCALITIES;
    const int64_t denominator = 1 + (int64_t)floor(of * exp(.1 * stream_normal(&stream)));
    const double share = fmin(1, fmax(0, measures[measure].share + .05 * stream_normal(&stream)));
    struct table_cell *cells = table_add_row(&synth->measures, err);
    if (cells == NULL || !table_set_text(&synth->measures, &cells[0], measures[measure].name, err) ||
        !table_set_text(&synth->measures, &cells[1], localities[place], err) ||
        !table_set_text(&synth->measures, &cells[8], measures[measure].polarity, err) ||
        !table_set_text(&synth->measures, &cells[9], measures[measure].question, err))
        return false;
    table_set_day(&cells[2], date_month_start(last, 1 - QUARTER_MONTHS));
    table_set_day(&cells[3], last);
    table_set_integer(&cells[4], (int64_t)floor((double)denominator * share + .5));
    table_set_integer(&cells[5], denominator);
    table_set_real(&cells[7], measures[measure].target);
    return true;
}

/* Eight quarters of each measure and locality, oldest first. */
static bool fill_measures(struct synth *synth, struct err *err)
{
    enum { QUARTERS = 8 };
    for (size_t k = 0; k < sizeof measures / sizeof measures[0]; k++)
        for (size_t place = 0; place < LOCALITIES; place++)
            for (int32_t quarter = QUARTERS - 1; quarter >= 0; quarter--)
                if (!add_measure(synth, k, place, quarter, err))
                    return false;
    return true;
}

bool synth_money_make(const struct synth_world *world, const struct synth_people *people, struct synth *synth,
                      struct err *err)
{
    struct price_book prices = {0};
    if (!price_book_defaults(&prices, err))
        return false;
    table_init(&synth->budget, "budget", budget_columns, sizeof budget_columns / sizeof budget_columns[0]);
    table_init(&synth->ledger, "ledger", ledger_columns, sizeof ledger_columns / sizeof ledger_columns[0]);
    table_init(&synth->measures, "measures", measure_columns,
               sizeof measure_columns / sizeof measure_columns[0]);
    for (size_t i = 0; i < SYNTH_LINES; i++) {
        struct stream stream = stream_make(world->seed, PURPOSE_SYNTH, MONEY_STREAM, (uint32_t)i, 0);
        synth->money[i] = (struct synth_money){.line = lines[i].name,
                                               .placement = lines[i].placement,
                                               .factor = exp(factor_sd * stream_normal(&stream))};
        if (lines[i].placement[0] == '\0')
            synth->money[i].factor = 1;
    }
    const bool ok = fill_year(synth, people, &prices, err) && fill_budgets(synth, people, &prices, err) &&
                    fill_measures(synth, err);
    price_book_free(&prices);
    return ok;
}
