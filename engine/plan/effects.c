/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row is checked column by column; the first thing that is wrong refuses it and is what the finding says.
 */
#include "plan/effects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "plan/applies_to.h"

static const double most_pct = 100;
static const double most_ramp_months = 600;

static const char *const lever_names[PLAN_LEVER_COUNT] = {
#define LEVER(member, name, words) name,
#include "data/codes/lever.def"
#undef LEVER
};
static const char *const unit_names[PLAN_UNIT_COUNT] = {"pct", "children", "per_year", "places"};

const char *plan_lever_name(enum plan_lever lever)
{
    bug_if((unsigned)lever >= PLAN_LEVER_COUNT);
    return lever_names[lever];
}

const char *plan_unit_name(enum plan_unit unit)
{
    bug_if((unsigned)unit >= PLAN_UNIT_COUNT);
    return unit_names[unit];
}

void effects_free(struct effects *effects)
{
    free(effects->items);
    arena_free(&effects->texts);
    *effects = (struct effects){0};
}

/* What is wrong with a row. */
struct fault {
    enum rule rule;
    enum effect_text column;
    const char *message; /* NULL: nothing */
};

static struct str text_of(const struct filed_row *row, enum effect_text column)
{
    return str_trim(row->text[column]);
}

static bool fail(struct fault *fault, enum effect_text column, const char *message)
{
    *fault = (struct fault){RULE_I_04, column, message};
    return false;
}

static bool find_word(struct str word, const char *const names[], int32_t n, int32_t *out)
{
    for (int32_t i = 0; i < n; i++)
        if (str_equal_ignore_case(word, str_of(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

static bool read_lever(const struct filed_row *row, struct plan_effect *effect, struct fault *fault)
{
    int32_t lever = 0;
    if (!find_word(text_of(row, EFFECT_TEXT_LEVER), lever_names, PLAN_LEVER_COUNT, &lever))
        return fail(fault, EFFECT_TEXT_LEVER, "there is no such lever; `list codes` prints them");
    effect->lever = (enum plan_lever)lever;
    return true;
}

/* "-2.5" or "-2.5%". */
static bool read_size(struct str text, double *out, bool *per_cent)
{
    if (text.length > 0 && text.at[text.length - 1] == '%') {
        text.length--;
        *per_cent = true;
    }
    return parse_double(text, out);
}

static bool read_sizes(const struct filed_row *row, struct plan_effect *effect, bool *per_cent,
                       struct fault *fault)
{
    if (!read_size(text_of(row, EFFECT_TEXT_LOW), &effect->low, per_cent))
        return fail(fault, EFFECT_TEXT_LOW, "not a number");
    if (!read_size(text_of(row, EFFECT_TEXT_LIKELY), &effect->likely, per_cent))
        return fail(fault, EFFECT_TEXT_LIKELY, "not a number");
    if (!read_size(text_of(row, EFFECT_TEXT_HIGH), &effect->high, per_cent))
        return fail(fault, EFFECT_TEXT_HIGH, "not a number");
    if (fmin(effect->low, fmin(effect->likely, effect->high)) < 0 &&
        fmax(effect->low, fmax(effect->likely, effect->high)) > 0)
        return fail(fault, EFFECT_TEXT_LIKELY, "low, likely and high have different signs");
    if (fabs(effect->low) > fabs(effect->likely))
        return fail(fault, EFFECT_TEXT_LOW, "low is larger than likely: low is the weakest effect");
    if (fabs(effect->likely) > fabs(effect->high))
        return fail(fault, EFFECT_TEXT_HIGH, "likely is larger than high: high is the strongest effect");
    return true;
}

static bool read_unit(const struct filed_row *row, bool per_cent, struct plan_effect *effect,
                      struct fault *fault)
{
    const struct str text = text_of(row, EFFECT_TEXT_UNIT);
    const bool places = effect->lever == PLAN_LEVER_CAPACITY;
    int32_t unit = places && !per_cent ? PLAN_UNIT_PLACES : PLAN_UNIT_PCT;
    if (text.length > 0 && !find_word(text, unit_names, PLAN_UNIT_COUNT, &unit))
        return fail(fault, EFFECT_TEXT_UNIT, "not a unit: pct, children, per_year or places");
    effect->unit = (enum plan_unit)unit;
    if (per_cent && effect->unit != PLAN_UNIT_PCT)
        return fail(fault, EFFECT_TEXT_UNIT, "the sizes are per cent, the unit is another");
    if (places != (effect->unit == PLAN_UNIT_PLACES) && effect->lever != PLAN_LEVER_OUTCOME)
        return fail(fault, EFFECT_TEXT_UNIT, "places belong to the lever capacity, and it to them");
    if ((effect->lever == PLAN_LEVER_PRICE || effect->lever == PLAN_LEVER_REFERRALS) &&
        effect->unit != PLAN_UNIT_PCT)
        return fail(fault, EFFECT_TEXT_UNIT, "this lever takes per cent");
    if (effect->unit == PLAN_UNIT_PCT && fabs(effect->high) > most_pct)
        return fail(fault, EFFECT_TEXT_HIGH, "per cent lie between -100 and 100");
    return true;
}

static bool read_ramp(const struct filed_row *row, struct plan_effect *effect, struct fault *fault)
{
    const struct str text = text_of(row, EFFECT_TEXT_RAMP_MONTHS);
    if (text.length == 0)
        return true;
    if (!parse_double(text, &effect->ramp_months) || effect->ramp_months < 0 ||
        effect->ramp_months > most_ramp_months)
        return fail(fault, EFFECT_TEXT_RAMP_MONTHS, "not a number of months from 0 to 600");
    return true;
}

static bool read_row(const struct filed_row *row, struct plan_effect *effect, struct fault *fault)
{
    bool per_cent = false;
    if (text_of(row, EFFECT_TEXT_ACTION_REF).length == 0) {
        *fault =
            (struct fault){RULE_I_16, EFFECT_TEXT_ACTION_REF, "an effect needs the action that brings it"};
        return false;
    }
    return read_lever(row, effect, fault) && read_sizes(row, effect, &per_cent, fault) &&
           read_unit(row, per_cent, effect, fault) && read_ramp(row, effect, fault);
}

static bool report(const struct filed_row *row, const struct fault *fault, struct findings *findings,
                   struct err *err)
{
    static const char *const columns[EFFECT_TEXT_COUNT] = {
        "plan", "action_ref", "lever",           "applies_to",  "low",       "likely",
        "high", "unit",       "start_milestone", "ramp_months", "rationale", "replaces"};
    const struct finding finding = {.rule = fault->rule,
                                    .outcome = OUTCOME_REFUSED,
                                    .file = row->file,
                                    .table = "effects",
                                    .line = row->line,
                                    .column = columns[fault->column],
                                    .value = text_of(row, fault->column),
                                    .message = fault->message};
    return findings_add(findings, &finding, err);
}

static bool copy_texts(struct effects *effects, const struct filed_row *row, struct plan_effect *effect,
                       struct err *err)
{
    struct arena *texts = &effects->texts;
    effect->ref = arena_copy(texts, text_of(row, EFFECT_TEXT_ACTION_REF), err);
    effect->applies_to = arena_copy(texts, text_of(row, EFFECT_TEXT_APPLIES_TO), err);
    effect->start = arena_copy(texts, text_of(row, EFFECT_TEXT_START_MILESTONE), err);
    effect->replaces = arena_copy(texts, text_of(row, EFFECT_TEXT_REPLACES), err);
    effect->rationale = arena_copy(texts, row->text[EFFECT_TEXT_RATIONALE], err);
    return effect->ref != NULL && effect->applies_to != NULL && effect->start != NULL &&
           effect->replaces != NULL && effect->rationale != NULL;
}

/* I-19: kept, and listed only. */
static bool report_unseen(const struct filed_row *row, struct findings *findings, struct err *err)
{
    const struct finding finding = {.rule = RULE_I_19,
                                    .outcome = OUTCOME_KEPT,
                                    .file = row->file,
                                    .table = "effects",
                                    .line = row->line,
                                    .column = "applies_to",
                                    .value = text_of(row, EFFECT_TEXT_APPLIES_TO)};
    return findings_add(findings, &finding, err);
}

bool effects_add(struct effects *effects, const struct filed_row *row, bool *usable,
                 struct findings *findings, struct err *err)
{
    struct plan_effect effect = {.file = row->file, .line = row->line, .in_returns = true};
    struct fault fault = {0};
    effect.i_action = effect.i_start = effect.i_replaces = -1;
    *usable = read_row(row, &effect, &fault);
    if (*usable) {
        const char *message = NULL;
        if (!copy_texts(effects, row, &effect, err) ||
            !applies_to_read(&effects->texts, &effect, &message, err))
            return false;
        *usable = message == NULL || fail(&fault, EFFECT_TEXT_APPLIES_TO, message);
    }
    if (!*usable)
        return report(row, &fault, findings, err);
    if (!effect.in_returns && !report_unseen(row, findings, err))
        return false;
    if (!vec_reserve((void **)&effects->items, &effects->capacity, effects->n + 1, sizeof *effects->items,
                     err))
        return false;
    effects->items[effects->n++] = effect;
    return true;
}

static bool has_condition(const struct plan_effect *effect, const struct plan_condition *wanted)
{
    for (int32_t i = 0; i < effect->n_conditions; i++)
        if (strcmp(effect->conditions[i].key, wanted->key) == 0 &&
            str_equal_ignore_case(str_of(effect->conditions[i].value), str_of(wanted->value)))
            return true;
    return false;
}

bool effects_same_place(const struct plan_effect *a, const struct plan_effect *b)
{
    bool same = a->lever == b->lever && a->unit == b->unit && a->n_conditions == b->n_conditions;
    for (int32_t i = 0; same && i < a->n_conditions; i++)
        same = has_condition(b, &a->conditions[i]);
    return same;
}
