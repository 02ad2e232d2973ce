/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row a measure, as it is: words and rounding are the page's. */
#include "study/card_table.h"

#include <math.h>

enum { DECIMALS = 4 }; /* of values: enough to come back to the shares */

static const struct table_column columns[] = {
    {"quarter", 0},         {"question", 0},    {"measure", 0},        {"locality", 0},
    {"numerator", 0},       {"denominator", 0}, {"value", DECIMALS},   {"target", DECIMALS},
    {"previous", DECIMALS}, {"direction", 0},   {"p_value", DECIMALS}, {"rag", 0},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

void card_table_begin(struct table *out)
{
    table_init(out, "card", columns, N_COLUMNS);
}

/* Counts are whole; what a file states may not be. */
static void set_count(struct table_cell *cell, double value)
{
    static const double largest = 1e15;
    if (!isfinite(value) || fabs(value) > largest)
        return;
    if (fabs(value - round(value)) < 1e-9)
        table_set_integer(cell, llround(value));
    else
        table_set_real(cell, value);
}

bool card_table_add(struct table *out, const char *quarter, const struct indicator_set *set, struct err *err)
{
    for (size_t i = 0; i < set->n; i++) {
        const struct indicator *indicator = &set->list[i];
        struct table_cell *row = table_add_row(out, err);
        if (row == NULL || !table_set_text(out, &row[0], quarter, err) ||
            !table_set_text(out, &row[1], indicator_question_name(indicator->question), err) ||
            !table_set_text(out, &row[2], indicator->name, err) ||
            (indicator->locality[0] != '\0' && !table_set_text(out, &row[3], indicator->locality, err)) ||
            (indicator->direction != INDICATOR_NOT_TESTED &&
             !table_set_text(out, &row[9], indicator_direction_words(indicator->direction), err)) ||
            (indicator->status != INDICATOR_NO_STATUS &&
             !table_set_text(out, &row[11], indicator_status_name(indicator->status), err)))
            return false;
        set_count(&row[4], indicator->now.numerator);
        set_count(&row[5], indicator->now.denominator);
        table_set_real(&row[6], indicator->now.value);
        table_set_real(&row[7], indicator->target);
        table_set_real(&row[8], indicator->previous.value);
        table_set_real(&row[10], indicator->p);
    }
    return true;
}
