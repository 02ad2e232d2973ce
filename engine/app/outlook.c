/* SPDX-License-Identifier: GPL-3.0-or-later
 * Returns give months, published totals give years; both answer the same questions about the past. What
 * happened after the origin is kept for the pictures and hidden from the model. */
#include "app/outlook.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/codes.h"

static const struct group all = {GROUP_ALL, 0};
enum { MONTHS_A_YEAR = 12 };

void outlook_free(struct outlook *outlook)
{
    forecast_free(&outlook->forecast);
    counts_free(&outlook->counts);
    history_free(&outlook->history);
    yearly_free(&outlook->yearly);
    population_free(&outlook->population);
    free(outlook->withheld);
    *outlook = (struct outlook){0};
}

/* The last year with a published stock; false when there is none. */
static bool last_year(const struct yearly *yearly, int32_t *out)
{
    for (int32_t i = yearly->n_years; i-- > 0;)
        if (isfinite(yearly->stock[i])) {
            *out = yearly->first_year + i;
            return true;
        }
    return false;
}

static bool load_parts(struct outlook *out, struct store *store, bool short_breaks, struct err *err)
{
    const int32_t la = out->authority.la;
    if (out->authority.has_returns) {
        if (!store_load_history(store, la, short_breaks, &out->history, err) ||
            !counts_make(&out->history, out->history.start, out->history.end, &out->counts, err))
            return false;
        out->has_history = true;
    }
    if (out->authority.has_published) {
        int32_t year = 0;
        if (!store_load_yearly(store, la, &out->yearly, err))
            return false;
        out->has_yearly = last_year(&out->yearly, &year);
    }
    return store_load_population(store, la, &out->population, err);
}

static bool set_origin(struct outlook *out, day from, bool by_history, struct err *err)
{
    int32_t year = 0;
    day last = out->history.end;
    day first = date_month_end(out->history.start, 0);
    if (!by_history) {
        bug_if(!last_year(&out->yearly, &year));
        last = date_year_end(year);
        first = date_year_end(out->yearly.first_year);
    }
    out->origin = from == DAY_NONE ? last : from;
    char text[DATE_TEXT];
    char low[DATE_TEXT];
    char high[DATE_TEXT];
    date_format_iso(out->origin, text);
    date_format_iso(first, low);
    date_format_iso(last, high);
    if (out->origin != date_month_end(out->origin, 0))
        return err_set(err, ERR_USAGE, "--from %s is not the last day of a month", text);
    if (out->origin < first || out->origin > last)
        return err_set(err, ERR_NO_INPUT, "--from %s lies outside the data of %s, which go from %s to %s",
                       text, out->authority.name, low, high);
    if (!by_history && out->origin != date_year_end(date_financial_year(out->origin)))
        return err_set(err, ERR_USAGE, "--from %s: yearly totals are known at each 31 March only", text);
    return true;
}

bool outlook_load(struct outlook *out, struct store *store, const struct authority *authority,
                  const struct model *model, day from, bool short_breaks, struct err *err)
{
    *out = (struct outlook){.authority = *authority};
    bool ok = load_parts(out, store, short_breaks, err);
    const bool by_history = out->has_history && (model->needs & MODEL_NEEDS_HISTORY) != 0;
    const bool by_yearly = out->has_yearly && (model->needs & MODEL_TAKES_YEARLY) != 0;
    if (ok && !by_history && !by_yearly)
        ok = out->has_yearly
                 ? err_set(err, ERR_NO_INPUT,
                           "%s has published totals only, and model %s needs returns; use --model panel, "
                           "last_value or holt",
                           authority->name, model->name)
                 : err_set(err, ERR_NO_INPUT,
                           "model %s works from published yearly totals, and none are stored of %s; import "
                           "them, or use --model carepath",
                           model->name, authority->name);
    ok = ok && set_origin(out, from, by_history, err);
    /* one kind of past in charts and sentences: the one that the model works from */
    if (ok && !by_history && out->has_history) {
        counts_free(&out->counts);
        history_free(&out->history);
        out->has_history = false;
    }
    if (!ok)
        outlook_free(out);
    return ok;
}

void outlook_input_free(struct outlook_input *input)
{
    history_free(&input->history);
    population_free(&input->population);
}

/* The population that the model may know. */
static bool cut_population(const struct outlook *outlook, struct outlook_input *out, struct err *err)
{
    if (outlook->population.n_years > 0)
        out->input.population = &outlook->population;
    if (out->input.population != NULL && outlook->origin < outlook_known_to(outlook)) {
        if (!population_as_known(&outlook->population, outlook->origin, &out->population, err))
            return false;
        out->input.population = &out->population;
    }
    return true;
}

bool outlook_input_make(const struct outlook *outlook, int32_t months, uint64_t seed,
                        struct outlook_input *out, struct err *err)
{
    *out = (struct outlook_input){
        .input = {.panel = outlook->panel, .origin = outlook->origin, .months = months, .seed = seed},
        .yearly = outlook->yearly,
    };
    if (outlook->has_history) {
        out->input.history = &outlook->history;
        if (outlook->origin < outlook->history.end) {
            if (!history_as_known(&outlook->history, outlook->origin, &out->history, err))
                return false;
            out->input.history = &out->history;
        }
    }
    if (outlook->has_yearly) {
        const int32_t years = date_financial_year(outlook->origin) - out->yearly.first_year + 1;
        /* a year counts when it has ended by the origin */
        const int32_t ended = outlook->origin < date_year_end(date_financial_year(outlook->origin)) ? 1 : 0;
        if (years - ended < out->yearly.n_years)
            out->yearly.n_years = years - ended;
        out->input.yearly = out->yearly.n_years > 0 ? &out->yearly : NULL;
    }
    return cut_population(outlook, out, err);
}

void outlook_warn_of_prices(const struct outlook *outlook, const struct price_book *prices, struct log *log)
{
    for (size_t i = 0; outlook->has_history && i < prices->n_lines; i++) {
        const struct price_line *line = &prices->lines[i];
        const struct str provider = str_of(line->provider);
        bool found = provider.length == 0 || code_provider_find(provider) < PROVIDER_COUNT ||
                     (i > 0 && line->group == line[-1].group &&
                      str_equal_ignore_case(provider, str_of(line[-1].provider))); /* said already */
        for (size_t k = 0; !found && k < outlook->history.n_segments; k++) {
            const struct segment *segment = &outlook->history.segments[k];
            found = segment->group == line->group && str_equal_ignore_case(provider, str_of(segment->urn));
        }
        if (!found)
            log_warning(log,
                        "prices: the returns name no provider %s of %s, so its price is not used; give its "
                        "kind (PR0 to PR5) or the URN that stands in episodes",
                        line->provider, placement_group_name(line->group));
    }
}

bool outlook_run(struct outlook *outlook, const struct model *model, int32_t months, uint64_t seed,
                 const struct scenario scenarios[], size_t n_scenarios, const struct price_book *prices,
                 const struct run_options *run, struct log *log, struct err *err)
{
    struct outlook_input known;
    bool ok = outlook_input_make(outlook, months, seed, &known, err);
    outlook_warn_of_prices(outlook, prices, log);
    if (ok)
        population_words(known.input.population, outlook->exposure);
    ok = ok &&
         forecast_run(model, &known.input, scenarios, n_scenarios, prices, run, log, &outlook->forecast, err);
    outlook_input_free(&known);
    if (!ok)
        return false;
    outlook->scenarios = scenarios;
    outlook->n_scenarios = n_scenarios;
    outlook_choose(outlook);
    return true;
}

void outlook_choose(struct outlook *outlook)
{
    const size_t n = outlook->n_scenarios;
    size_t base = n;
    size_t likely = n;
    size_t other = n;
    for (size_t i = n; i-- > 0;) {
        const enum stance stance = outlook->scenarios[i].stance;
        base = stance == STANCE_BASELINE ? i : base;
        likely = stance == STANCE_LIKELY ? i : likely;
        other = stance != STANCE_BASELINE ? i : other;
    }
    outlook->base = base < n ? base : 0;
    outlook->main = likely < n ? likely : other < n ? other : outlook->base;
}

day outlook_month_end(const struct outlook *outlook, int32_t month)
{
    return date_month_end(outlook->origin, month + 1);
}

static bool known_year(const struct outlook *outlook, const double values[], day date, double *out)
{
    const int32_t i = date_financial_year(date) - outlook->yearly.first_year;
    if (values == NULL || date != date_year_end(date_financial_year(date)) || i < 0 ||
        i >= outlook->yearly.n_years || !isfinite(values[i]))
        return false;
    *out = values[i];
    return true;
}

/* A count that may be published, where nothing else may be told. */
static bool published(const struct outlook *outlook, enum measure measure, struct group group, day date,
                      double *out)
{
    int64_t value = 0;
    const bool is = publication_count(outlook->published, measure, group, outlook->history.localities, date,
                                      MONTHS_A_YEAR, &value) == PUBLICATION_SHOWN;
    *out = (double)value;
    return is;
}

bool outlook_stock(const struct outlook *outlook, struct group group, day date, double *out)
{
    if (!outlook->has_history)
        return outlook->has_yearly && group.kind == GROUP_ALL &&
               known_year(outlook, outlook->yearly.stock, date, out);
    const int32_t month = counts_month(&outlook->counts, date);
    if (month < 0 || month >= outlook->counts.n_months || date > outlook->history.end)
        return false;
    if (outlook->published != NULL)
        return published(outlook, MEASURE_STOCK, group, date, out);
    *out = (double)counts_at(&outlook->counts, MEASURE_STOCK, group, month);
    return true;
}

bool outlook_flow(const struct outlook *outlook, enum measure measure, day date, double *out)
{
    if (!outlook->has_history) {
        const struct yearly *yearly = &outlook->yearly;
        return outlook->has_yearly &&
               known_year(outlook, measure == MEASURE_ENTRIES ? yearly->starts : yearly->leavers, date, out);
    }
    const int32_t month = counts_month(&outlook->counts, date);
    if (month < MONTHS_A_YEAR - 1 || month >= outlook->counts.n_months || date > outlook->history.end)
        return false;
    if (outlook->published != NULL)
        return published(outlook, measure, all, date, out);
    *out = 0.0;
    for (int32_t m = month - MONTHS_A_YEAR + 1; m <= month; m++)
        *out += (double)counts_at(&outlook->counts, measure, all, m);
    return true;
}

day outlook_known_from(const struct outlook *outlook)
{
    return outlook->has_history ? counts_month_end(&outlook->counts, 0)
                                : date_year_end(outlook->yearly.first_year);
}

day outlook_known_to(const struct outlook *outlook)
{
    return outlook->has_history ? outlook->history.end
                                : date_year_end(outlook->yearly.first_year + outlook->yearly.n_years - 1);
}

bool outlook_sum(const struct outlook *outlook, size_t scenario, enum measure measure, struct group group,
                 int32_t first, int32_t last, double *out)
{
    *out = 0.0;
    for (int32_t m = first; m <= last; m++) {
        const struct summary *at = result_find(&outlook->forecast.scenarios[scenario], measure, group, m);
        if (at == NULL)
            return false;
        *out += at->mean;
    }
    return true;
}

bool outlook_year(const struct outlook *outlook, int32_t i, int32_t *first, int32_t *last,
                  char name[OUTLOOK_NUMBER])
{
    const int32_t months = outlook->forecast.scenarios[outlook->main].months;
    const int32_t year = date_financial_year(outlook_month_end(outlook, 0)) + i;
    const int32_t start = date_month_index(outlook->origin) + 1;
    *first = date_month_index(date_year_end(year - 1)) + 1 - start;
    *last = date_month_index(date_year_end(year)) - start;
    *first = *first < 0 ? 0 : *first;
    *last = *last < months ? *last : months - 1;
    if (*first > *last)
        return false;
    char words[DATE_TEXT];
    date_format_financial_year(year, words);
    if (*last - *first + 1 == MONTHS_A_YEAR)
        snprintf(name, OUTLOOK_NUMBER, "%s", words);
    else
        snprintf(name, OUTLOOK_NUMBER, "%s (%d months)", words, (int)(*last - *first + 1));
    return true;
}
