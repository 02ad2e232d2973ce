/* SPDX-License-Identifier: GPL-3.0-or-later
 * Arrays that grow, sums over rows that share or do not share their child-years, and the tables of files. */
#include "sim/learned.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "numeric/dist.h"

static const double low_tail = 0.025, high_tail = 0.975;
static const double jeffreys_events = 0.5;

const char *learned_process_name(enum learned_process process)
{
    static const char *const names[LEARNED_PROCESSES] = {
        [LEARNED_EXIT] = "exit",
        [LEARNED_MOVE] = "move",
        [LEARNED_ENTRY] = "entry",
        [LEARNED_ENTRY_PER_10000] = "entry_per_10000",
        [LEARNED_ENTRY_UASC] = "entry_uasc",
        [LEARNED_RETURN] = "return",
    };
    return names[process];
}

const char *learned_dimension_name(enum learned_dimension dimension)
{
    static const char *const names[] = {
        [LEARNED_BY_AGE] = "age",
        [LEARNED_BY_PLACEMENT] = "placement",
        [LEARNED_BY_TIME_IN_CARE] = "time_in_care",
        [LEARNED_BY_TIME_IN_PLACEMENT] = "time_in_placement",
        [LEARNED_BY_TIME_SINCE_LEAVING] = "time_since_leaving",
        [LEARNED_BY_ROUTE] = "route",
        [LEARNED_BY_YEAR] = "financial_year",
        [LEARNED_BY_MONTH] = "month",
    };
    return names[dimension];
}

void learned_free(struct learned *learned)
{
    free(learned->rates);
    free(learned->checks);
    free(learned->months);
    free(learned->facts);
    free(learned->notes);
    arena_free(&learned->texts);
    *learned = (struct learned){0};
}

bool learned_add_rate(struct learned *learned, const struct learned_rate *rate, struct err *err)
{
    if (!vec_reserve((void **)&learned->rates, &learned->rates_capacity, learned->n_rates + 1,
                     sizeof *learned->rates, err))
        return false;
    learned->rates[learned->n_rates++] = *rate;
    return true;
}

bool learned_add_check(struct learned *learned, const struct learned_check *check, struct err *err)
{
    if (!vec_reserve((void **)&learned->checks, &learned->checks_capacity, learned->n_checks + 1,
                     sizeof *learned->checks, err))
        return false;
    learned->checks[learned->n_checks++] = *check;
    return true;
}

bool learned_add_month(struct learned *learned, const struct learned_month *month, struct err *err)
{
    if (!vec_reserve((void **)&learned->months, &learned->months_capacity, learned->n_months + 1,
                     sizeof *learned->months, err))
        return false;
    learned->months[learned->n_months++] = *month;
    return true;
}

bool learned_add_fact(struct learned *learned, const char *name, double value, const char *unit,
                      const char *words, struct err *err)
{
    if (!vec_reserve((void **)&learned->facts, &learned->facts_capacity, learned->n_facts + 1,
                     sizeof *learned->facts, err))
        return false;
    learned->facts[learned->n_facts++] = (struct learned_fact){name, value, unit, words};
    return true;
}

bool learned_add_note(struct learned *learned, enum learned_topic topic, const char *words, struct err *err)
{
    if (words == NULL || !vec_reserve((void **)&learned->notes, &learned->notes_capacity,
                                      learned->n_notes + 1, sizeof *learned->notes, err))
        return false;
    learned->notes[learned->n_notes++] = (struct learned_note){topic, words};
    return true;
}

void learned_limits(double rate, double shape, double *low, double *high)
{
    *low = 0;
    *high = 0;
    if (!(rate > 0) || !(shape > 0))
        return;
    *low = dist_gamma_quantile(low_tail, shape, shape / rate);
    *high = dist_gamma_quantile(high_tail, shape, shape / rate);
}

double learned_residual(double observed, double expected, double variance)
{
    return variance > 0 ? (observed - expected) / sqrt(variance) : (double)NAN;
}

double learned_value(const struct learned *learned, const char *name)
{
    for (size_t i = 0; i < learned->n_facts; i++)
        if (strcmp(learned->facts[i].name, name) == 0)
            return learned->facts[i].value;
    return (double)NAN;
}

bool learned_duration(const char *duration, int32_t *first, int32_t *last)
{
    const struct str text = str_of(duration);
    const size_t low = strspn(duration, "0123456789");
    int64_t from = 0;
    int64_t to = DAY_OPEN;
    if (!parse_int_between((struct str){text.at, low}, 0, INT32_MAX, &from))
        return false;
    if (strcmp(duration + low, "d+") != 0) {
        if (text.length < low + 3 || duration[low] != '-' || text.at[text.length - 1] != 'd' ||
            !parse_int_between((struct str){text.at + low + 1, text.length - low - 2}, from, INT32_MAX, &to))
            return false;
    }
    *first = (int32_t)from;
    *last = (int32_t)to;
    return true;
}

/* ---- sums -------------------------------------------------------------------------------------------- */

static bool text_matches(const char *wanted, const char *text)
{
    return wanted == NULL || strcmp(wanted, text) == 0;
}

static bool rate_matches(const struct learned_rate *which, const struct learned_rate *rate)
{
    const char *to = which->to == NULL && which->process == LEARNED_MOVE ? "" : which->to;
    return which->process == rate->process && text_matches(which->from, rate->from) &&
           text_matches(to, rate->to) && text_matches(which->age, rate->age) &&
           text_matches(which->duration, rate->duration);
}

static bool shares_child_years(const struct learned_rate *a, const struct learned_rate *b)
{
    return strcmp(a->from, b->from) == 0 && strcmp(a->age, b->age) == 0 &&
           strcmp(a->duration, b->duration) == 0;
}

static const char *text_or_all(const char *text)
{
    return text == NULL ? "" : text;
}

bool learned_sum(const struct learned *learned, const struct learned_rate *which, struct learned_rate *out)
{
    const struct learned_rate *before = NULL;
    /* who enters enters in the same years, whatever the age */
    const bool same_years = which->process == LEARNED_ENTRY || which->process == LEARNED_ENTRY_PER_10000;
    double expected = 0;
    double borrowed = 0;
    *out = (struct learned_rate){.process = which->process,
                                 .from = text_or_all(which->from),
                                 .to = text_or_all(which->to),
                                 .age = text_or_all(which->age),
                                 .duration = text_or_all(which->duration)};
    for (size_t i = 0; i < learned->n_rates; i++) {
        const struct learned_rate *rate = &learned->rates[i];
        if (!rate_matches(which, rate))
            continue;
        if (same_years)
            out->child_years = fmax(out->child_years, rate->child_years);
        else if (before == NULL || !shares_child_years(before, rate))
            out->child_years += rate->child_years;
        out->occurrences += rate->occurrences;
        expected += rate->rate * rate->child_years;
        borrowed += rate->rate * rate->child_years * rate->borrowed;
        before = rate;
    }
    if (before == NULL)
        return false;
    out->rate = out->child_years > 0 ? expected / out->child_years : 0;
    out->borrowed = expected > 0 ? borrowed / expected : 0;
    learned_limits(out->rate, out->occurrences + jeffreys_events, &out->low, &out->high);
    return true;
}

/* ---- tables ------------------------------------------------------------------------------------------ */

/* Texts into the first cells of a new row; an empty one leaves its cell empty. */
static struct table_cell *add_row(struct table *table, const char *const texts[], size_t n, struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    for (size_t i = 0; row != NULL && i < n; i++)
        if (texts[i][0] != '\0' && !table_set_text(table, &row[i], texts[i], err))
            row = NULL;
    return row;
}

bool learned_rates_table(const struct learned *learned, const char *model, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"model", 0},       {"process", 0},     {"from", 0}, {"to", 0},  {"age", 0},  {"duration", 0},
        {"occurrences", 0}, {"child_years", 6}, {"rate", 6}, {"low", 6}, {"high", 6}, {"borrowed", 4}};
    table_init(out, "rates", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < learned->n_rates; i++) {
        const struct learned_rate *rate = &learned->rates[i];
        const char *const texts[] = {
            model, learned_process_name(rate->process), rate->from, rate->to, rate->age, rate->duration};
        struct table_cell *row = add_row(out, texts, sizeof texts / sizeof texts[0], err);
        if (row == NULL)
            return false;
        table_set_real(&row[6], rate->occurrences);
        table_set_real(&row[7], rate->child_years);
        table_set_real(&row[8], rate->rate);
        table_set_real(&row[9], rate->low);
        table_set_real(&row[10], rate->high);
        table_set_real(&row[11], rate->borrowed);
    }
    return true;
}

bool learned_checks_table(const struct learned *learned, const char *model, struct table *out,
                          struct err *err)
{
    static const struct table_column columns[] = {{"model", 0},   {"process", 0},  {"dimension", 0},
                                                  {"group", 0},   {"observed", 2}, {"expected", 4},
                                                  {"residual", 4}};
    table_init(out, "diagnostics", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < learned->n_checks; i++) {
        const struct learned_check *check = &learned->checks[i];
        const char *const texts[] = {model, learned_process_name(check->process),
                                     learned_dimension_name(check->dimension), check->group};
        struct table_cell *row = add_row(out, texts, sizeof texts / sizeof texts[0], err);
        if (row == NULL)
            return false;
        table_set_real(&row[4], check->observed);
        table_set_real(&row[5], check->expected);
        table_set_real(&row[6], check->residual);
    }
    return true;
}

bool learned_levels_table(const struct learned *learned, const char *model, struct table *out,
                          struct err *err)
{
    static const struct table_column columns[] = {{"model", 0},    {"process", 0},  {"date", 0},
                                                  {"observed", 2}, {"expected", 4}, {"level", 4},
                                                  {"level_sd", 4}, {"p10", 4},      {"p90", 4}};
    table_init(out, "levels", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < learned->n_months; i++) {
        const struct learned_month *month = &learned->months[i];
        const char *const texts[] = {model, learned_process_name(month->process)};
        struct table_cell *row = add_row(out, texts, sizeof texts / sizeof texts[0], err);
        if (row == NULL)
            return false;
        table_set_day(&row[2], month->end);
        table_set_real(&row[3], month->observed);
        table_set_real(&row[4], month->expected);
        table_set_real(&row[5], month->level);
        table_set_real(&row[6], month->sd);
        table_set_real(&row[7], month->low);
        table_set_real(&row[8], month->high);
    }
    return true;
}

bool learned_facts_table(const struct learned *learned, const char *model, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"model", 0}, {"fact", 0}, {"value", 4}, {"unit", 0}, {"words", 0}};
    table_init(out, "facts", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < learned->n_facts; i++) {
        const struct learned_fact *fact = &learned->facts[i];
        const char *const texts[] = {model, fact->name, "", fact->unit, fact->words};
        struct table_cell *row = add_row(out, texts, sizeof texts / sizeof texts[0], err);
        if (row == NULL)
            return false;
        table_set_real(&row[2], fact->value);
    }
    return true;
}
