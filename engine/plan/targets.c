/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows become numbers and days; what is no number stays not a number. */
#include "plan/targets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "data/dateform.h"

enum { NUMBER_LONGEST = 32 };

void targets_free(struct targets *targets)
{
    free(targets->items);
    arena_free(&targets->texts);
    *targets = (struct targets){0};
}

static struct str text_of(const struct filed_row *row, enum target_text column)
{
    return str_trim(row->text[column]);
}

static bool report(const struct filed_row *row, enum rule rule, enum outcome outcome, const char *column,
                   struct str value, const char *message, struct findings *findings, struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = outcome,
                                    .file = row->file,
                                    .table = "targets",
                                    .line = row->line,
                                    .column = column,
                                    .value = value,
                                    .message = message};
    return findings_add(findings, &finding, err);
}

/* "2,300": commas stand before every third digit from the end of the whole part. */
static bool without_commas(struct str text, char out[NUMBER_LONGEST])
{
    size_t n = 0;
    size_t digits = 0; /* since the last comma */
    bool any = false;
    bool decimals = false;
    if (text.length >= NUMBER_LONGEST)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        const char c = text.at[i];
        if (c == ',') {
            if (decimals || (any ? digits != 3 : digits < 1 || digits > 3))
                return false;
            any = true;
            digits = 0;
            continue;
        }
        if (c == '.') {
            decimals = true;
            if (any && digits != 3)
                return false;
        }
        digits += c >= '0' && c <= '9' && !decimals;
        out[n++] = c;
    }
    out[n] = '\0';
    return !any || decimals || digits == 3;
}

static bool read_number(const struct filed_row *row, enum target_text column, const char *name, double *out,
                        struct findings *findings, struct err *err)
{
    char digits[NUMBER_LONGEST];
    const struct str text = text_of(row, column);
    *out = NAN;
    if (text.length == 0 || (without_commas(text, digits) && parse_double(str_of(digits), out)))
        return true;
    return report(row, RULE_I_05, OUTCOME_KEPT, name, text, "not a number: it counts as not stated", findings,
                  err);
}

static bool read_by(const struct filed_row *row, day *out, struct findings *findings, struct err *err)
{
    const struct str text = text_of(row, TARGET_TEXT_BY);
    enum dateform_order order;
    *out = DAY_NONE;
    if (text.length == 0)
        return true;
    const enum dateform form = dateform_parse(text, out, &order);
    if (form != DATEFORM_IMPOSSIBLE && form != DATEFORM_NONE)
        return true;
    *out = DAY_NONE;
    return report(row, RULE_I_05, OUTCOME_KEPT, "by", text,
                  "not a date, as in 2012-09-30: it counts as not stated", findings, err);
}

static bool copy_texts(struct targets *targets, const struct filed_row *row, struct plan_target *target,
                       struct err *err)
{
    struct arena *texts = &targets->texts;
    target->ref = arena_copy(texts, text_of(row, TARGET_TEXT_ACTION_REF), err);
    target->quantity = arena_copy(texts, text_of(row, TARGET_TEXT_QUANTITY), err);
    target->unit = arena_copy(texts, text_of(row, TARGET_TEXT_UNIT), err);
    target->by_text = arena_copy(texts, text_of(row, TARGET_TEXT_BY), err);
    target->note = arena_copy(texts, row->text[TARGET_TEXT_NOTE], err);
    return target->ref != NULL && target->quantity != NULL && target->unit != NULL &&
           target->by_text != NULL && target->note != NULL;
}

bool targets_add(struct targets *targets, const struct filed_row *row, bool *usable,
                 struct findings *findings, struct err *err)
{
    struct plan_target target = {.file = row->file, .line = row->line, .i_action = -1};
    *usable = text_of(row, TARGET_TEXT_QUANTITY).length > 0;
    if (!*usable)
        return report(row, RULE_I_16, OUTCOME_REFUSED, "quantity", (struct str){0},
                      "a target needs the quantity it is about", findings, err);
    if (!copy_texts(targets, row, &target, err) ||
        !read_number(row, TARGET_TEXT_BASELINE, "baseline", &target.baseline, findings, err) ||
        !read_number(row, TARGET_TEXT_CHANGE, "change", &target.change, findings, err) ||
        !read_number(row, TARGET_TEXT_VALUE, "value", &target.value, findings, err) ||
        !read_by(row, &target.by, findings, err))
        return false;
    target.level = isnan(target.value) ? target.baseline + target.change : target.value;
    if (!vec_reserve((void **)&targets->items, &targets->capacity, targets->n + 1, sizeof *targets->items,
                     err))
        return false;
    targets->items[targets->n++] = target;
    return true;
}
