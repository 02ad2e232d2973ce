/* SPDX-License-Identifier: GPL-3.0-or-later
 * The same series are summed over replicates and over the months counted. */
#include "study/worked.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "study/happened.h"

static const double clearly = .05, probably = .2, pence_a_pound = 100;
enum { ADULT = 18 };

struct worked_question worked_of_all(enum measure measure)
{
    return (struct worked_question){
        .measure = measure, .groups = {{GROUP_ALL, 0}}, .n_groups = 1, .text = "all"};
}

/* ---- what a lever is asked by ---------------------------------------------------------------------------
 */

static void add_group(struct worked_question *question, enum group_kind kind, int32_t member)
{
    bug_if(question->n_groups >= WORKED_GROUPS);
    question->groups[question->n_groups++] = (struct group){kind, member};
}

/* "placement:a+b". */
static void name_members(struct worked_question *question)
{
    char whole[GROUP_TEXT];
    for (size_t i = 0; i < question->n_groups; i++) {
        group_format(question->groups[i], NULL, whole);
        const char *member = strchr(whole, ':') + 1;
        const size_t at = strlen(question->text);
        snprintf(question->text + at, WORKED_TEXT - at, "%s%s", i == 0 ? "" : "+", i == 0 ? whole : member);
    }
}

static void ask_bits(struct worked_question *question, enum group_kind kind, uint32_t bits, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (bits >> i & 1U)
            add_group(question, kind, i);
    name_members(question);
}

/* The bands that the ages touch, and the ages of those. */
static void ask_ages(struct worked_question *question, int32_t low, int32_t high)
{
    const enum age_band first = age_band_of(low);
    const enum age_band last = age_band_of(high);
    for (int band = (int)first; band <= (int)last; band++)
        add_group(question, GROUP_AGE, band);
    const int32_t to = last + 1 == AGE_COUNT ? ADULT - 1 : age_band_first((enum age_band)(last + 1)) - 1;
    const int32_t from = age_band_first(first);
    if (from == to)
        snprintf(question->text, WORKED_TEXT, "age:%d", (int)from);
    else
        snprintf(question->text, WORKED_TEXT, "age:%d-%d", (int)from, (int)to);
}

static void ask_where(struct worked_question *question, const struct where *where)
{
    const uint32_t given = where->given;
    if (question->measure == MEASURE_EXITS && (given >> WHERE_ROUTE & 1U))
        ask_bits(question, GROUP_ROUTE, where->routes, ROUTE_COUNT);
    else if (given >> WHERE_AGE & 1U)
        ask_ages(question, where->age_low, where->age_high);
    else if (given >> WHERE_PLACEMENT & 1U)
        ask_bits(question, GROUP_PLACEMENT, where->placements, PLACEMENT_COUNT);
    else if (given >> WHERE_NEED & 1U)
        ask_bits(question, GROUP_NEED, where->needs, NEED_COUNT);
    else if (where->uasc == 1)
        ask_bits(question, GROUP_UASC, 1, 1);
    else
        *question = worked_of_all(question->measure);
}

bool worked_of_lever(const struct lever *lever, struct worked_question *out)
{
    *out = (struct worked_question){0};
    switch (lever->kind) {
    case LEVER_ENTRIES:
    case LEVER_REFERRALS:
        out->measure = MEASURE_ENTRIES;
        break;
    case LEVER_EXITS:
        out->measure = MEASURE_EXITS;
        break;
    case LEVER_MOVES:
        out->measure = MEASURE_MOVES;
        break;
    case LEVER_READMISSIONS:
        out->measure = MEASURE_READMISSIONS;
        break;
    case LEVER_MIX:
        out->measure = MEASURE_NIGHTS;
        ask_bits(out, GROUP_PLACEMENT, lever->where.from, PLACEMENT_COUNT);
        return true;
    case LEVER_CAPACITY:
        out->measure = MEASURE_NIGHTS;
        break;
    case LEVER_PRICE:
    case LEVER_OUTCOME:
    case LEVER_COUNT:
        return false;
    }
    ask_where(out, &lever->where);
    return true;
}

/* ---- what happened ---------------------------------------------------------------------------------------
 */

static double count_actual(const struct counts *counts, const struct worked_question *question, day origin,
                           day to)
{
    int64_t sum = 0;
    for (size_t i = 0; i < question->n_groups; i++)
        sum += question->measure == MEASURE_STOCK
                   ? counts_at(counts, MEASURE_STOCK, question->groups[i], counts_month(counts, to))
                   : counts_sum(counts, question->measure, question->groups[i], origin + 1, to);
    return (double)sum;
}

bool worked_find(const struct draws *draws, const struct counts *counts, day origin,
                 struct worked_question *question, pence actual_cost, struct worked *out, struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const bool is_cost = question->measure == MEASURE_COST;
    for (size_t i = 0; i < question->n_groups && !is_cost; i++)
        if (draws_find(draws, question->measure, question->groups[i]) == draws->n_series)
            *question = worked_of_all(question->measure);
    double *values = vec_new(2 * n, sizeof *values, err);
    if (values == NULL)
        return false;
    for (size_t i = 0; i < question->n_groups; i++) {
        draws_values(draws, question->measure, question->groups[i], 0, draws->months - 1, values + n);
        for (size_t r = 0; r < n; r++)
            values[r] += values[n + r] / (is_cost ? pence_a_pound : 1);
    }
    out->actual = is_cost ? (double)actual_cost / pence_a_pound
                          : count_actual(counts, question, origin, date_month_end(origin, draws->months));
    surprise_find(values, n, out->actual, &out->forecast);
    out->is_early = !is_cost && question->measure != MEASURE_STOCK && question->measure != MEASURE_NIGHTS &&
                    out->forecast.mean < WORKED_LEAST;
    free(values);
    return true;
}

bool worked_cost(const struct run *run, const struct scenario *scenario, const struct price_book *prices,
                 const struct counts *counts, pence *out, struct err *err)
{
    struct result_series series[PLACEMENT_COUNT];
    struct draws happened;
    double sum = 0;
    if (!happened_costs(run, scenario, prices, counts, series, &happened, err))
        return false;
    draws_values(&happened, MEASURE_COST, (struct group){GROUP_ALL, 0}, 0, run->input->months - 1, &sum);
    draws_free(&happened);
    *out = (pence)sum;
    return true;
}

const char *worked_words(const struct worked_question *question, const struct worked *found)
{
    static const char *const words[2][2][2] = {
        {{"fewer than forecast", "probably fewer than forecast"},
         {"less than forecast", "probably less than forecast"}},
        {{"more than forecast", "probably more than forecast"},
         {"more than forecast", "probably more than forecast"}},
    };
    const bool is_mass = question->measure == MEASURE_COST;
    if (found->is_early)
        return "too early to say";
    if (!(found->forecast.chance < probably))
        return "no clear difference";
    return words[found->actual > found->forecast.p50][is_mass][!(found->forecast.chance < clearly)];
}
