/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of a variance: every number is a whole hundredth or penny of the chain, so that columns add up. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/row_writer.h"
#include "app/variance_report.h"

static const double hundred = 100;

static void measure_group(int32_t member, char out[GROUP_TEXT])
{
    const struct group group = {member == VARIANCE_ALL ? GROUP_ALL : GROUP_PLACEMENT,
                                member == VARIANCE_ALL ? 0 : member};
    group_format(group, NULL, out);
}

/* The cells of a number of a measure. */
static void put(struct row_writer *w, enum variance_measure measure, int64_t value)
{
    if (!w->ok)
        return;
    if (measure == VARIANCE_COST)
        table_set_gbp(w->cell++, value);
    else
        table_set_real(w->cell++, (double)value / hundred);
}

static void put_error(struct row_writer *w, enum variance_measure measure, double error)
{
    if (isnan(error))
        row_writer_skip(w);
    else
        put(w, measure, llround(error));
}

/* The parts of all members of a step; step n_steps: all steps together. */
static bool parts_of(const struct variance_chain *chain, size_t step, enum variance_measure measure,
                     struct variance_part out[VARIANCE_MEMBERS], struct err *err)
{
    const bool is_sum = step == chain->n_steps;
    const struct variance_state *before = &chain->states[is_sum ? 0 : step];
    const struct variance_state *after = &chain->states[is_sum ? step : step + 1];
    for (int32_t m = 0; m < VARIANCE_MEMBERS; m++)
        out[m] = variance_part(before, after, measure, m);
    if (measure != VARIANCE_COST)
        return true;
    if (!is_sum)
        return variance_split(before, after, out, err);
    for (size_t s = 0; s < chain->n_steps; s++) {
        struct variance_part one[VARIANCE_MEMBERS];
        if (!variance_split(&chain->states[s], &chain->states[s + 1], one, err))
            return false;
        for (int32_t m = 0; m < VARIANCE_MEMBERS; m++) {
            out[m].volume += one[m].volume;
            out[m].price += one[m].price;
            out[m].mix += one[m].mix;
        }
    }
    return true;
}

static bool has_member(const struct variance_chain *chain, enum variance_measure measure, int32_t member)
{
    for (size_t s = 0; s <= chain->n_steps; s++)
        if (member == VARIANCE_ALL || chain->states[s].value[measure][member] != 0)
            return true;
    return false;
}

static bool add_member(const struct variance_chain *chain, enum variance_measure measure, int32_t member,
                       size_t step, struct table *out, struct err *err)
{
    struct variance_part parts[VARIANCE_MEMBERS];
    char group[GROUP_TEXT];
    const struct variance_side *b = chain->b;
    const bool is_sum = step == chain->n_steps;
    const size_t before = is_sum ? 0 : step;
    const size_t after = is_sum ? chain->n_steps : step + 1;
    if (!parts_of(chain, step, measure, parts, err))
        return false;
    struct row_writer w = row_writer_begin(out, err);
    measure_group(member, group);
    row_writer_text(&w, chain->authority.name);
    row_writer_text(&w, b->choice.scenarios[b->chosen].name);
    row_writer_text(&w, measure == VARIANCE_COST ? "cost" : "stock");
    row_writer_day(&w, measure == VARIANCE_COST ? chain->cost_to : chain->by);
    row_writer_text(&w, group);
    row_writer_text(&w, measure == VARIANCE_COST ? "gbp" : "children");
    row_writer_text(&w, is_sum ? "all" : variance_step_name(chain->steps[step]));
    put(&w, measure, chain->states[before].value[measure][member]);
    put(&w, measure, chain->states[after].value[measure][member]);
    put(&w, measure, parts[member].change);
    put_error(&w, measure, parts[member].error);
    if (measure == VARIANCE_COST) {
        put(&w, measure, parts[member].volume);
        put(&w, measure, parts[member].price);
        put(&w, measure, parts[member].mix);
    }
    return w.ok;
}

bool variance_report_table(const struct variance_chain *chain, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0},    {"scenario", 0}, {"measure", 0}, {"date", 0},  {"group", 0},
        {"unit", 0},  {"step", 0},     {"before", 2},  {"after", 2}, {"change", 2},
        {"error", 2}, {"volume", 2},   {"price", 2},   {"mix", 2}};
    bool ok = true;
    table_init(out, "variance", columns, sizeof columns / sizeof columns[0]);
    for (int measure = 0; measure < VARIANCE_MEASURES; measure++) {
        if (measure == VARIANCE_COST && !chain->states[chain->n_steps].has_cost)
            continue;
        /* everybody first, then the placements */
        for (int32_t i = 0; i < VARIANCE_MEMBERS; i++) {
            const int32_t member = i == 0 ? VARIANCE_ALL : i - 1;
            for (size_t s = 0;
                 ok && s <= chain->n_steps && has_member(chain, (enum variance_measure)measure, member); s++)
                ok = add_member(chain, (enum variance_measure)measure, member, s, out, err);
        }
    }
    return ok;
}

/* ---- for people -------------------------------------------------------------------------------------- */

static const char *words_of(const struct variance_chain *chain, size_t step)
{
    if (step == chain->n_steps)
        return "All of it";
    if (chain->steps[step] == VARIANCE_DATA && !chain->holds_rates)
        return "Children now in care, and rates";
    return variance_step_words(chain->steps[step]);
}

static void say_children(int64_t change, double error, char out[OUTLOOK_NUMBER])
{
    if (isnan(error) || error <= 0)
        (void)snprintf(out, OUTLOOK_NUMBER, "%+.1f", (double)change / hundred);
    else
        (void)snprintf(out, OUTLOOK_NUMBER, "%+.1f ± %.1f", (double)change / hundred, error / hundred);
}

static bool add_summary(const struct variance_chain *chain, size_t step, bool has_cost, struct table *out,
                        struct err *err)
{
    struct variance_part children[VARIANCE_MEMBERS];
    struct variance_part cost[VARIANCE_MEMBERS];
    char words[OUTLOOK_NUMBER];
    if (!parts_of(chain, step, VARIANCE_CHILDREN, children, err) ||
        !parts_of(chain, step, VARIANCE_COST, cost, err))
        return false;
    struct row_writer w = row_writer_begin(out, err);
    const struct variance_part *all = &children[VARIANCE_ALL];
    if (step < chain->n_steps && (chain->same[step] || (all->change == 0 && isnan(all->error))))
        (void)snprintf(words, sizeof words, "no change");
    else
        say_children(all->change, all->error, words);
    row_writer_text(&w, words_of(chain, step));
    row_writer_text(&w, words);
    if (has_cost) {
        put(&w, VARIANCE_COST, cost[VARIANCE_ALL].change);
        put_error(&w, VARIANCE_COST, cost[VARIANCE_ALL].error);
        put(&w, VARIANCE_COST, cost[VARIANCE_ALL].volume);
        put(&w, VARIANCE_COST, cost[VARIANCE_ALL].price);
        put(&w, VARIANCE_COST, cost[VARIANCE_ALL].mix);
    }
    return w.ok;
}

bool variance_report_summary(const struct variance_chain *chain, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"step", 0},   {"children", 0}, {"cost", 2}, {"error", 2},
                                                  {"volume", 2}, {"price", 2},    {"mix", 2}};
    const bool has_cost = chain->states[chain->n_steps].has_cost;
    bool ok = true;
    table_init(out, "What moved the forecast", columns, has_cost ? sizeof columns / sizeof columns[0] : 2);
    for (size_t s = 0; ok && s <= chain->n_steps; s++)
        ok = add_summary(chain, s, has_cost, out, err);
    return ok;
}

static const char *where_it_fell(const struct variance_outcome *outcome)
{
    return outcome->happened < outcome->p10   ? "below the expected range"
           : outcome->happened > outcome->p90 ? "above the expected range"
                                              : "within the expected range";
}

bool variance_report_outcomes(const struct variance_chain *chain, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0},    {"scenario", 0}, {"from", 0},       {"date", 0}, {"measure", 0},
        {"group", 0}, {"unit", 0},     {"mean", 2},       {"p10", 2},  {"p50", 2},
        {"p90", 2},   {"happened", 2}, {"difference", 2}, {"where", 0}};
    const struct variance_side *a = chain->a;
    table_init(out, "outcome", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < chain->n_outcomes; i++) {
        const struct variance_outcome *outcome = &chain->outcomes[i];
        char group[GROUP_TEXT];
        struct row_writer w = row_writer_begin(out, err);
        group_format(outcome->group, NULL, group);
        row_writer_text(&w, chain->authority.name);
        row_writer_text(&w, a->choice.scenarios[a->chosen].name);
        row_writer_day(&w, chain->outcome_from);
        row_writer_day(&w, chain->outcome_to);
        row_writer_text(&w, measure_name(outcome->measure));
        row_writer_text(&w, group);
        row_writer_text(&w, measure_unit(outcome->measure));
        row_writer_real(&w, outcome->mean);
        row_writer_real(&w, outcome->p10);
        row_writer_real(&w, outcome->p50);
        row_writer_real(&w, outcome->p90);
        row_writer_real(&w, outcome->happened);
        row_writer_real(&w, outcome->happened - outcome->mean);
        row_writer_text(&w, where_it_fell(outcome));
        if (!w.ok)
            return false;
    }
    return true;
}

bool variance_report_placements(const struct variance_chain *chain, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"placement", 0}, {"before", 1}, {"after", 1},
                                                  {"change", 1},    {"cost", 2},   {"volume", 2},
                                                  {"price", 2},     {"mix", 2}};
    struct variance_part children[VARIANCE_MEMBERS];
    struct variance_part cost[VARIANCE_MEMBERS];
    const bool has_cost = chain->states[chain->n_steps].has_cost;
    bool ok = true;
    table_init(out, "By placement", columns, has_cost ? sizeof columns / sizeof columns[0] : 4);
    if (!parts_of(chain, chain->n_steps, VARIANCE_CHILDREN, children, err) ||
        !parts_of(chain, chain->n_steps, VARIANCE_COST, cost, err))
        return false;
    for (int32_t m = 0; ok && m < VARIANCE_MEMBERS; m++) {
        if (!has_member(chain, VARIANCE_CHILDREN, m) && !has_member(chain, VARIANCE_COST, m))
            continue;
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, m == VARIANCE_ALL ? "All" : placement_group_words((enum placement_group)m));
        put(&w, VARIANCE_CHILDREN, chain->states[0].value[VARIANCE_CHILDREN][m]);
        put(&w, VARIANCE_CHILDREN, chain->states[chain->n_steps].value[VARIANCE_CHILDREN][m]);
        put(&w, VARIANCE_CHILDREN, children[m].change);
        if (has_cost) {
            put(&w, VARIANCE_COST, cost[m].change);
            put(&w, VARIANCE_COST, cost[m].volume);
            put(&w, VARIANCE_COST, cost[m].price);
            put(&w, VARIANCE_COST, cost[m].mix);
        }
        ok = w.ok;
    }
    return ok;
}

bool variance_report_came(const struct variance_chain *chain, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"what", 0}, {"forecast", 1},   {"expected range", 0},
                                                  {"came", 0}, {"difference", 1}, {"came in", 0}};
    bool ok = true;
    table_init(out, "What came", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < chain->n_outcomes; i++) {
        const struct variance_outcome *outcome = &chain->outcomes[i];
        char range[OUTLOOK_NUMBER];
        char what[GROUP_TEXT];
        const struct group group = outcome->group;
        const char *member = group.kind == GROUP_ROUTE ? route_words((enum route)group.member)
                             : group.kind == GROUP_PLACEMENT
                                 ? placement_group_words((enum placement_group)group.member)
                                 : "";
        (void)snprintf(range, sizeof range, "%.0f to %.0f", outcome->p10, outcome->p90);
        (void)snprintf(what, sizeof what, "%s%s%s", measure_words(outcome->measure),
                       member[0] != '\0' ? ": " : "", member);
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, what);
        row_writer_real(&w, outcome->mean);
        row_writer_text(&w, range);
        row_writer_integer(&w, llround(outcome->happened));
        row_writer_real(&w, outcome->happened - outcome->mean);
        row_writer_text(&w, outcome->happened < outcome->p10   ? "below"
                            : outcome->happened > outcome->p90 ? "above"
                                                               : "within");
        ok = w.ok;
    }
    return ok;
}

/* ---- sentences --------------------------------------------------------------------------------------- */

static bool say_step(const struct variance_chain *chain, size_t step, enum variance_measure measure,
                     const char *separator, struct text *out, struct err *err)
{
    char number[OUTLOOK_NUMBER];
    struct variance_part parts[VARIANCE_MEMBERS];
    if (!parts_of(chain, step, measure, parts, err))
        return false;
    const double change = (double)parts[VARIANCE_ALL].change / hundred;
    if (measure == VARIANCE_COST)
        outlook_pounds(fabs(change), number);
    else
        (void)snprintf(number, sizeof number, "%.0f", fabs(change));
    const char *words = words_of(chain, step);
    return text_format(out, err, "%s%c%s %s%s", separator,
                       words[0] >= 'A' && words[0] <= 'Z' ? words[0] - 'A' + 'a' : words[0], words + 1,
                       change < 0 ? "\xE2\x88\x92" : "+", number);
}

static bool say_measure(const struct variance_chain *chain, enum variance_measure measure, struct text *out,
                        struct err *err)
{
    char before[OUTLOOK_NUMBER];
    char after[OUTLOOK_NUMBER];
    char when[OUTLOOK_NUMBER];
    char year[DATE_TEXT];
    const double first = (double)chain->states[0].value[measure][VARIANCE_ALL] / hundred;
    const double last = (double)chain->states[chain->n_steps].value[measure][VARIANCE_ALL] / hundred;
    outlook_month_words(chain->by, when);
    date_format_financial_year(date_financial_year(chain->cost_to), year);
    bool ok = true;
    if (measure == VARIANCE_COST) {
        outlook_pounds(first, before);
        outlook_pounds(last, after);
        const bool whole = chain->cost_from == date_year_end(date_financial_year(chain->cost_to) - 1) + 1;
        ok = text_format(out, err, " The cost of %s%s moved from %s to %s", year,
                         whole ? "" : " (from the earlier forecast on)", before, after);
    } else {
        outlook_exact(first, before);
        outlook_exact(last, after);
        ok = text_format(out, err, "The forecast of children in %s moved from %s to %s", when, before, after);
    }
    const char *separator = ": ";
    for (size_t s = 0; ok && s < chain->n_steps; s++) {
        const int64_t change =
            chain->states[s + 1].value[measure][VARIANCE_ALL] - chain->states[s].value[measure][VARIANCE_ALL];
        /* half a child, five hundred pounds: less is not worth a word */
        const int64_t least = measure == VARIANCE_COST ? 50000 : 50;
        if (change < least && change > -least)
            continue;
        ok = say_step(chain, s, measure, separator, out, err);
        separator = ", ";
    }
    return ok && text_append_c(out, ".", err);
}

/* What came against what was expected. */
static bool say_outcome(const struct variance_chain *chain, struct text *out, struct err *err)
{
    static const enum measure said[] = {MEASURE_ENTRIES, MEASURE_EXITS};
    if (chain->n_outcomes == 0 || chain->outcomes[0].measure != MEASURE_STOCK)
        return true;
    char when[DATE_TEXT];
    const struct variance_outcome *stock = &chain->outcomes[0];
    date_format_words(chain->outcome_to, when);
    bool ok =
        text_format(out, err, " On %s there were %.0f children where %.0f were forecast, %s (%.0f to %.0f)",
                    when, stock->happened, stock->mean, where_it_fell(stock), stock->p10, stock->p90);
    for (size_t i = 1; ok && i < chain->n_outcomes; i++)
        for (size_t s = 0; ok && s < sizeof said / sizeof said[0]; s++) {
            const struct variance_outcome *flow = &chain->outcomes[i];
            if (flow->measure == said[s] && flow->group.kind == GROUP_ALL)
                ok = text_format(out, err, "; %.0f %s where %.0f were forecast, %s", flow->happened,
                                 measure_name(flow->measure), flow->mean, where_it_fell(flow));
        }
    return ok && text_append_c(out, ".", err);
}

bool variance_report_say(const struct variance_chain *chain, struct text *out, struct err *err)
{
    return say_measure(chain, VARIANCE_CHILDREN, out, err) &&
           (!chain->states[chain->n_steps].has_cost || say_measure(chain, VARIANCE_COST, out, err)) &&
           say_outcome(chain, out, err);
}
