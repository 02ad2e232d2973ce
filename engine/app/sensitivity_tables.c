/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables and sentences of a sensitivity analysis. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/row_writer.h"
#include "app/sensitivity_job.h"
#include "base/vec.h"

enum { TOP = 10, SENTENCE_TOP = 3 };

/* ---- words ------------------------------------------------------------------------------------------- */

void sensitivity_assumption_value(const struct assumption *assumption, double value, char out[OUTLOOK_NUMBER])
{
    char number[OUTLOOK_NUMBER];
    if (isnan(value))
        (void)snprintf(out, OUTLOOK_NUMBER, "drawn");
    else if (assumption->kind == ASSUMPTION_PRICE) {
        outlook_exact(value, number);
        (void)snprintf(out, OUTLOOK_NUMBER, "£%.40s", number);
    } else if (assumption->kind == ASSUMPTION_FLOW)
        (void)snprintf(out, OUTLOOK_NUMBER, "×%.2f", value);
    else if (assumption->kind == ASSUMPTION_UPLIFT)
        (void)snprintf(out, OUTLOOK_NUMBER, "%.1f %%", value);
    else if (assumption->kind == ASSUMPTION_EFFECT && strcmp(assumption->unit, "%") == 0)
        (void)snprintf(out, OUTLOOK_NUMBER, "%+.3g %%", value);
    else if (assumption->kind == ASSUMPTION_SLIPPAGE)
        (void)snprintf(out, OUTLOOK_NUMBER, "%.0f days", value);
    else if (assumption->kind == ASSUMPTION_SEED)
        (void)snprintf(out, OUTLOOK_NUMBER, "seed +%.0f", value);
    else
        (void)snprintf(out, OUTLOOK_NUMBER, "%.3g", value);
}

void sensitivity_output_value(const struct sensitivity_output *output, double value, bool is_change,
                              char out[OUTLOOK_NUMBER])
{
    char number[OUTLOOK_NUMBER];
    const double size = is_change ? fabs(value) : value;
    if (output->quantity.measure == MEASURE_COST && !output->quantity.is_share)
        outlook_pounds(size, number);
    else if (is_change || output->quantity.is_share)
        (void)snprintf(number, sizeof number, "%.1f", size);
    else
        outlook_exact(size, number);
    /* one byte of sign, so that it can be left off */
    (void)snprintf(out, OUTLOOK_NUMBER, "%s%.40s", !is_change ? "" : value < 0 ? "-" : "+", number);
}

void sensitivity_output_words(const struct sensitivity_job *job, size_t output, char out[SENSITIVITY_WORDS])
{
    char words[QUANTITY_WORDS];
    char when[OUTLOOK_NUMBER];
    const struct sensitivity_output *asked = &job->outputs[output];
    const struct outlook *outlook = job->outlook;
    outlook_month_words(job->by, when);
    quantity_say(&asked->quantity, outlook->has_history ? outlook->history.localities : NULL, words);
    if (asked->is_saving)
        (void)snprintf(out, SENSITIVITY_WORDS, "Saving against the baseline in the 12 months to %s", when);
    else if (asked->quantity.measure == MEASURE_STOCK)
        (void)snprintf(out, SENSITIVITY_WORDS, "%.190s, %.40s", words, when);
    else {
        char *tail = strstr(words, ", in twelve months");
        if (tail != NULL)
            *tail = '\0';
        (void)snprintf(out, SENSITIVITY_WORDS, "%.180s in the 12 months to %.40s", words, when);
    }
}

static const char *quantity_text(const struct sensitivity_output *output,
                                 char out[GROUP_TEXT + OUTLOOK_NUMBER], const char *const *localities)
{
    char group[GROUP_TEXT];
    group_format(output->quantity.group, localities, group);
    if (output->is_saving)
        return "saving";
    (void)snprintf(out, GROUP_TEXT + OUTLOOK_NUMBER, "%s:%s", measure_name(output->quantity.measure), group);
    return out;
}

/* ---- tables ------------------------------------------------------------------------------------------ */

static void write_effect(struct row_writer *w, const struct assumption *assumption,
                         const struct sensitivity_base *base, const struct sensitivity_output *output,
                         const struct sensitivity_effect *effect)
{
    row_writer_real(w, assumption->base);
    row_writer_real(w, assumption->low);
    row_writer_real(w, assumption->high);
    row_writer_text(w, assumption->unit);
    row_writer_real(w, base->mean);
    row_writer_real(w, base->mean + effect->change[SENSITIVITY_LOW]);
    row_writer_real(w, base->mean + effect->change[SENSITIVITY_HIGH]);
    row_writer_real(w, effect->change[SENSITIVITY_LOW]);
    row_writer_real(w, effect->error[SENSITIVITY_LOW]);
    row_writer_real(w, effect->change[SENSITIVITY_HIGH]);
    row_writer_real(w, effect->error[SENSITIVITY_HIGH]);
    row_writer_text(w, effect->matters ? "yes" : "no");
    row_writer_real(w, output->limit);
    row_writer_real(w, effect->tips_at);
    row_writer_text(w, isnan(effect->tips_at) ? "" : effect->tips_within ? "yes" : "no");
    row_writer_text(w, assumption_quality_name(assumption->quality));
    row_writer_text(w, assumption->owner);
    row_writer_text(w, assumption->source);
    row_writer_text(w, assumption->basis);
    row_writer_text(w, assumption->words);
}

bool sensitivity_report_table(const struct sensitivity_job *job, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0},         {"scenario", 0},      {"date", 0},       {"quantity", 0},      {"unit", 0},
        {"rank", 0},       {"assumption", 0},    {"base_value", 4}, {"low_value", 4},     {"high_value", 4},
        {"value_unit", 0}, {"at_base", 2},       {"at_low", 2},     {"at_high", 2},       {"low_change", 2},
        {"low_error", 2},  {"high_change", 2},   {"high_error", 2}, {"beyond_chance", 0}, {"limit", 2},
        {"tips_at", 4},    {"tips_in_range", 0}, {"quality", 0},    {"owner", 0},         {"source", 0},
        {"basis", 0},      {"words", 0}};
    const char *const *localities = job->outlook->has_history ? job->outlook->history.localities : NULL;
    size_t *order = vec_new(job->assumptions.n, sizeof *order, err);
    bool ok = order != NULL;
    table_init(out, "sensitivity", columns, sizeof columns / sizeof columns[0]);
    for (size_t k = 0; ok && k < job->n_outputs; k++) {
        char quantity[GROUP_TEXT + OUTLOOK_NUMBER];
        const struct sensitivity_output *output = &job->outputs[k];
        sensitivity_job_order(job, k, order);
        for (size_t i = 0; ok && i < job->assumptions.n; i++) {
            const struct assumption *assumption = &job->assumptions.items[order[i]];
            struct row_writer w = row_writer_begin(out, err);
            row_writer_text(&w, job->outlook->authority.name);
            row_writer_text(&w, job->scenario->name);
            row_writer_day(&w, job->by);
            row_writer_text(&w, quantity_text(output, quantity, localities));
            row_writer_text(&w, output->quantity.is_share ? "%" : measure_unit(output->quantity.measure));
            row_writer_integer(&w, (int64_t)i + 1);
            row_writer_text(&w, assumption->id);
            write_effect(&w, assumption, &job->base[k], output,
                         &job->findings[order[i] * job->n_outputs + k]);
            ok = w.ok;
        }
    }
    free(order);
    return ok;
}

bool sensitivity_report_rules(const struct sensitivity_job *job, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"rule", 0}, {"cost", 2}, {"children", 1}, {"error", 2}, {"how", 0}};
    table_init(out, "rules", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < job->n_rules; i++) {
        const struct sensitivity_rule *rule = &job->rules[i];
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, rule->words);
        if (!w.ok)
            return false;
        if (isnan(rule->pounds))
            row_writer_skip(&w);
        else
            table_set_gbp(w.cell++, money_from_pounds(rule->pounds));
        row_writer_real(&w, rule->children);
        row_writer_real(&w, rule->error);
        row_writer_text(&w, rule->how);
        if (!w.ok)
            return false;
    }
    return true;
}

static void say_end(const struct sensitivity_output *output, const struct assumption *assumption,
                    double value, const struct sensitivity_effect *effect, enum sensitivity_end end,
                    struct row_writer *w)
{
    char number[OUTLOOK_NUMBER];
    char change[OUTLOOK_NUMBER];
    char words[2 * OUTLOOK_NUMBER + 16];
    sensitivity_assumption_value(assumption, value, number);
    sensitivity_output_value(output, effect->change[end], true, change);
    (void)snprintf(words, sizeof words, "%s: %s", number, change);
    row_writer_text(w, words);
}

bool sensitivity_report_top(const struct sensitivity_job *job, size_t output, struct table *out,
                            struct err *err)
{
    static const struct table_column columns[] = {{"assumption", 0}, {"base", 0},    {"low", 0},
                                                  {"high", 0},       {"quality", 0}, {"tips at", 0}};
    const struct sensitivity_output *asked = &job->outputs[output];
    size_t *order = vec_new(job->assumptions.n, sizeof *order, err);
    bool ok = order != NULL;
    const size_t n_columns = sizeof columns / sizeof columns[0];
    table_init(out, "top", columns, isnan(asked->limit) ? n_columns - 1 : n_columns);
    if (ok)
        sensitivity_job_order(job, output, order);
    for (size_t i = 0, n = 0; ok && i < job->assumptions.n && n < TOP; i++) {
        const struct assumption *assumption = &job->assumptions.items[order[i]];
        const struct sensitivity_effect *effect = &job->findings[order[i] * job->n_outputs + output];
        char number[OUTLOOK_NUMBER];
        if (!effect->matters)
            continue;
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, assumption->label);
        sensitivity_assumption_value(assumption, assumption->base, number);
        row_writer_text(&w, number);
        say_end(asked, assumption, assumption->low, effect, SENSITIVITY_LOW, &w);
        say_end(asked, assumption, assumption->high, effect, SENSITIVITY_HIGH, &w);
        row_writer_text(&w, assumption_quality_name(assumption->quality));
        sensitivity_assumption_value(assumption, effect->tips_at, number);
        if (!isnan(asked->limit))
            row_writer_text(&w, isnan(effect->tips_at) ? "does not" : number);
        ok = w.ok;
        n++;
    }
    free(order);
    return ok;
}

/* ---- sentences --------------------------------------------------------------------------------------- */

static bool say_first(const struct sensitivity_job *job, size_t output, const size_t order[],
                      struct text *out, struct err *err)
{
    const struct sensitivity_output *asked = &job->outputs[output];
    size_t said = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < job->assumptions.n && said < SENTENCE_TOP; i++) {
        const struct assumption *assumption = &job->assumptions.items[order[i]];
        const struct sensitivity_effect *effect = &job->findings[order[i] * job->n_outputs + output];
        char low[OUTLOOK_NUMBER];
        char high[OUTLOOK_NUMBER];
        if (!effect->matters)
            continue;
        sensitivity_output_value(asked, effect->change[SENSITIVITY_LOW], true, low);
        sensitivity_output_value(asked, effect->change[SENSITIVITY_HIGH], true, high);
        ok = text_format(out, err, "%s%s (%s to %s)", said > 0 ? "; " : "", assumption->label, low, high);
        said++;
    }
    return ok && text_append_c(out, said > 0 ? "." : "nothing is more than chance.", err);
}

bool sensitivity_report_say(const struct sensitivity_job *job, struct text *out, struct err *err)
{
    size_t *order = vec_new(job->assumptions.n, sizeof *order, err);
    bool ok = order != NULL;
    for (size_t k = 0; ok && k < job->n_outputs; k++) {
        char words[SENSITIVITY_WORDS];
        char at[OUTLOOK_NUMBER];
        const struct sensitivity_output *asked = &job->outputs[k];
        sensitivity_output_words(job, k, words);
        sensitivity_output_value(asked, job->base[k].mean, false, at);
        sensitivity_job_order(job, k, order);
        ok = text_format(out, err, "%s%s (%s) depends most on: ", k > 0 ? " " : "", words, at) &&
             say_first(job, k, order, out, err);
        if (ok && !isnan(asked->limit)) {
            char limit[OUTLOOK_NUMBER];
            size_t n = 0;
            for (size_t i = 0; i < job->assumptions.n; i++)
                n += job->findings[i * job->n_outputs + k].tips_within;
            sensitivity_output_value(asked, asked->limit, false, limit);
            ok = text_format(out, err, " %d of %d assumptions would take it to %s%s%s within their range.",
                             (int)n, (int)job->assumptions.n - 1,
                             asked->limit_words == NULL ? "the limit" : asked->limit_words,
                             asked->is_saving ? "" : " of ", asked->is_saving ? "" : limit);
        }
    }
    free(order);
    return ok;
}
