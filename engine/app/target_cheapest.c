/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who can be placed elsewhere: the children that the forecast has in fostering (but for kin) and children's
 * homes. In each group at least those stay who will still be there when every new and ending placement goes
 * elsewhere from now on, a trial for each group. Own groups have the places of their capacity line, else
 * those in use; bought ones are bought as needed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/target_job.h"
#include "base/vec.h"
#include "sim/where_text.h"
#include "study/cheapest.h"
#include "study/levered.h"

static const double pence_a_pound = 100;
static const double least_nights = 1, week = 7, least_worth = .5;

static const struct {
    enum placement_group group;
    enum placement_group elsewhere; /* where the trial sends its children */
    bool is_own;                    /* places of the authority's own */
} choices[] = {
    {PLACEMENT_FOSTER_INHOUSE, PLACEMENT_FOSTER_IFA, true},
    {PLACEMENT_FOSTER_IFA, PLACEMENT_FOSTER_INHOUSE, false},
    {PLACEMENT_RES_INHOUSE, PLACEMENT_RES_EXTERNAL, true},
    {PLACEMENT_RES_EXTERNAL, PLACEMENT_RES_INHOUSE, false},
};
enum { CHOICES = sizeof choices / sizeof choices[0] };

static const struct table_column columns[] = {
    {"placement", 0},          {"by", 0},        {"weekly_gbp", 2}, {"children_forecast", 1},
    {"children_cheapest", 1},  {"must_stay", 1}, {"places", 1},     {"place_saves_gbp_week", 2},
    {"stay_costs_gbp_week", 2}};

struct seeking {
    struct target_job *job;
    const struct scenario *scenario;
    struct draws own;
    const struct draws *rest;
    day by;
    int32_t month;
    double *work;
    struct cheapest_group groups[CHOICES];
    double forecast[CHOICES], best[CHOICES], place_worth[CHOICES], floor_worth[CHOICES];
    struct cheapest_answer answer;
};

static double mean_of(const struct seeking *s, const struct draws *draws, enum measure measure,
                      enum placement_group member)
{
    const struct group group = {GROUP_PLACEMENT, (int32_t)member};
    double sum = 0;
    if (measure == MEASURE_COST ? draws->costs == NULL : draws_find(draws, measure, group) == draws->n_series)
        return 0;
    draws_values(draws, measure, group, s->month, s->month, s->work);
    for (int32_t r = 0; r < draws->replicates; r++)
        sum += s->work[r];
    return sum / draws->replicates;
}

/* What a child costs a week in the month of the date; from the book when nobody is there. */
static double weekly_of(const struct seeking *s, enum placement_group group)
{
    const double nights = mean_of(s, s->rest, MEASURE_NIGHTS, group);
    if (nights >= least_nights)
        return mean_of(s, s->rest, MEASURE_COST, group) / pence_a_pound / nights * week;
    return (double)price_book_weekly(&s->job->prices, group, NULL, s->by) / pence_a_pound;
}

static double places_of(const struct seeking *s, size_t i)
{
    for (size_t k = 0; k < s->scenario->n_capacities; k++)
        if (s->scenario->capacities[k].group == choices[i].group)
            return s->scenario->capacities[k].places * s->scenario->capacities[k].usable;
    return choices[i].is_own ? s->forecast[i] : (double)INFINITY;
}

/* Those who stay although everything goes elsewhere. */
static bool find_floor(struct seeking *s, size_t i, struct err *err)
{
    struct where where = where_all();
    struct scenario levered = {0};
    struct draws draws = {0};
    where.from = UINT32_C(1) << choices[i].group;
    where.to = UINT32_C(1) << choices[i].elsewhere;
    where.given = UINT32_C(1) << WHERE_FROM | UINT32_C(1) << WHERE_TO;
    const struct lever lever = levered_lever("elsewhere", LEVER_MIX, &where, EFFECT_FACTOR, 1);
    const bool ok = levered_make(s->scenario, &lever, 1, &levered, err) &&
                    run_scenario(&s->job->run, &levered, &s->job->base, NULL, &draws, err);
    if (ok)
        s->groups[i].floor = fmin(mean_of(s, &draws, MEASURE_STOCK, choices[i].group), s->forecast[i]);
    levered_free(&levered);
    draws_free(&draws);
    return ok;
}

static bool find_groups(struct seeking *s, double *children, struct err *err)
{
    *children = 0;
    for (size_t i = 0; i < CHOICES; i++) {
        s->forecast[i] = mean_of(s, s->rest, MEASURE_STOCK, choices[i].group);
        *children += s->forecast[i];
    }
    if (s->rest->costs == NULL || !(*children > 0))
        return err_set(err, ERR_USAGE,
                       "--cheapest needs a forecast of placements with children in fostering or homes; use "
                       "--model carepath");
    bool ok = true;
    for (size_t i = 0; ok && i < CHOICES; i++) {
        s->groups[i].weekly = weekly_of(s, choices[i].group);
        s->groups[i].places = places_of(s, i);
        ok = find_floor(s, i, err);
    }
    return ok;
}

/* ---- words and tables -------------------------------------------------------------------------------- */

static bool say(const struct seeking *s, struct err *err)
{
    struct target_job *job = s->job;
    char pounds[OUTLOOK_NUMBER];
    double cost = 0;
    if (!s->answer.fits)
        return target_job_say(
            job, err, "No mix fits: places and children who must stay do not go with the children forecast.");
    for (size_t i = 0; i < CHOICES; i++)
        cost += s->forecast[i] * s->groups[i].weekly;
    target_job_pounds(cost - s->answer.cost, pounds);
    bool ok =
        target_job_say(job, err, "The cheapest mix would cost %s a week less than the forecast one.", pounds);
    for (size_t i = 0; ok && i < CHOICES; i++) {
        target_job_pounds(s->place_worth[i], pounds);
        if (s->place_worth[i] >= least_worth)
            ok = target_job_say(job, err, "%s: one more place saves about %s a week.",
                                placement_group_words(choices[i].group), pounds);
        target_job_pounds(s->floor_worth[i], pounds);
        if (ok && s->floor_worth[i] >= least_worth)
            ok = target_job_say(job, err, "%s: each child who must stay costs %s a week more than elsewhere.",
                                placement_group_words(choices[i].group), pounds);
    }
    return ok;
}

static bool add_rows(const struct seeking *s, struct err *err)
{
    struct table *table = target_job_table(s->job, "cheapest", "The cheapest mix that fits need and places",
                                           columns, sizeof columns / sizeof columns[0], true, true);
    for (size_t i = 0; i < CHOICES; i++) {
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], placement_group_name(choices[i].group), err))
            return false;
        table_set_day(&row[1], s->by);
        table_set_gbp(&row[2], money_from_pounds(s->groups[i].weekly));
        table_set_real(&row[3], s->forecast[i]);
        table_set_real(&row[5], s->groups[i].floor);
        table_set_real(&row[6], s->groups[i].places); /* not finite: empty */
        if (!s->answer.fits)
            continue;
        table_set_real(&row[4], s->best[i]);
        table_set_gbp(&row[7], money_from_pounds(s->place_worth[i]));
        table_set_gbp(&row[8], money_from_pounds(s->floor_worth[i]));
    }
    return target_job_note(s->job,
                           "Cheapest mix: children of fostering (but for kin) and of homes may be placed in "
                           "either, except those who will still be where they are when every new and ending "
                           "placement goes elsewhere from now on. Whether a child can live in a family is no "
                           "matter of price: a panel decides, not this table.");
}

bool target_cheapest_run(struct target_job *job, struct err *err)
{
    struct seeking s = {
        .job = job, .scenario = &job->choice.scenarios[job->outlook.main], .by = target_job_by(job)};
    const bool is_base = job->outlook.main == job->outlook.base;
    double children = 0;
    s.work = vec_new((size_t)job->run_options.replicates, sizeof *s.work, err);
    bool ok = s.work != NULL && target_job_month(job, s.by, &s.month, err) &&
              (is_base || run_scenario(&job->run, s.scenario, &job->base, &job->prices, &s.own, err));
    s.rest = is_base ? &job->base : &s.own;
    ok = ok && find_groups(&s, &children, err) &&
         cheapest_find(s.groups, CHOICES, children, s.best, s.place_worth, s.floor_worth, &s.answer, err) &&
         say(&s, err) && add_rows(&s, err);
    draws_free(&s.own);
    free(s.work);
    return ok;
}
