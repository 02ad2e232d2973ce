/* SPDX-License-Identifier: GPL-3.0-or-later
 * One walk down the rows; "As above" looks at what the row before came to. */
#include "plan/plan_read.h"

static struct str text_of(const struct plan_row *row, enum plan_text text)
{
    return str_trim(str_of(row->text[text]));
}

bool plan_says_above(struct str text)
{
    static const char *const words[] = {"as above", "see above", "same as above", "ditto", "\"", "do"};
    text = str_trim(text);
    while (text.length > 0 && (text.at[text.length - 1] == '.' || text.at[text.length - 1] == ','))
        text.length--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_equal_ignore_case(text, str_of(words[i])))
            return true;
    return false;
}

static const struct due no_due = {
    .earliest = DAY_NONE, .latest = DAY_NONE, .precision = DUE_BY_NONE, .kind = DUE_NONE};

static void read_due(struct plan_row *row, const struct plan_row *above, day context)
{
    row->due = no_due;
    row->due_text = row->text[PLAN_TEXT_DUE];
    if (plan_says_above(text_of(row, PLAN_TEXT_DUE))) {
        row->due_read = above != NULL;
        if (above != NULL) {
            row->due_text = above->due_text;
            row->due = above->due;
            row->due_read = above->due_read;
        }
        return;
    }
    row->due_read = text_of(row, PLAN_TEXT_DUE).length == 0 ||
                    plan_date_read(text_of(row, PLAN_TEXT_DUE), context, &row->due);
}

/* A revised date may stand in the due as well ("28/2/12; Revised to Sept 2012"); then due_read has it. */
static void read_revised(struct plan_row *row, const struct plan_row *above, day context)
{
    const struct str text = text_of(row, PLAN_TEXT_REVISED_DUE);
    row->revised = no_due;
    row->revised_read = true;
    if (plan_says_above(text) && above != NULL) {
        row->revised = above->revised;
        row->revised_read = above->revised_read;
    } else if (text.length > 0) {
        row->revised_read = plan_date_read(text, context, &row->revised);
    }
    const bool governs = plan_due_has_date(&row->revised) || row->revised.after[0] != '\0';
    row->when = governs ? row->revised : row->due;
}

/* What a row whose status column is blank says elsewhere. Progress is free text, in which "children at risk"
 * or "to circulate in September" would be read as a state of the action: it is left out. */
static enum action_status status_from_elsewhere(const struct plan_row *row)
{
    if (row->due.kind == DUE_DONE)
        return ACTION_COMPLETE;
    if (row->due.kind == DUE_ONGOING)
        return ACTION_ONGOING;
    return plan_due_has_date(&row->revised) ? ACTION_DELAYED : ACTION_UNKNOWN;
}

static void read_status(struct plan_row *row, const struct plan_row *above)
{
    const struct str text = text_of(row, PLAN_TEXT_STATUS);
    row->status_text = row->text[PLAN_TEXT_STATUS];
    row->status_read = true;
    row->status = ACTION_UNKNOWN;
    if (text.length == 0) {
        row->status = status_from_elsewhere(row);
    } else if (plan_says_above(text)) {
        row->status_read = above != NULL;
        if (above != NULL) {
            row->status = above->status;
            row->status_text = above->status_text;
            row->status_read = above->status_read;
        }
    } else {
        row->status_read = status_read(text, &row->status);
    }
}

void plan_read_rows(struct plan *plan)
{
    for (size_t i = 0; i < plan->n_rows; i++) {
        struct plan_row *row = &plan->rows[i];
        const struct plan_row *above = i > 0 ? &plan->rows[i - 1] : NULL;
        read_due(row, above, plan->stamp.date);
        read_revised(row, above, plan->stamp.date);
        read_status(row, above);
    }
}
