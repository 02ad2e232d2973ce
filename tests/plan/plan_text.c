/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_text.h"

#include <check.h>

#include "filed_text.h"
#include "plan/refs.h"

struct plan plan_text_make(const char *text, day date)
{
    static const int columns[] = {
        PLAN_TEXT_PRIORITY_REF, PLAN_TEXT_ACTION_REF, PLAN_TEXT_ACTION,   PLAN_TEXT_MILESTONE, PLAN_TEXT_DUE,
        PLAN_TEXT_REVISED_DUE,  PLAN_TEXT_STATUS,     PLAN_TEXT_PROGRESS, PLAN_TEXT_INDICATOR, -1};
    struct err err = {0};
    struct arena arena = {0};
    struct plan plan = {0};
    struct filed_text rows = filed_text_make(text, columns);
    ck_assert(refs_make(rows.rows, rows.n, NULL, 0, &arena, &err));
    ck_assert(plan_make("oak", rows.rows, rows.n, plan_date_find(str_of("oak"), rows.rows, rows.n, date),
                        &plan, &err));
    filed_text_free(&rows);
    arena_free(&arena);
    return plan;
}
