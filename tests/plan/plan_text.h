/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/plan/plan_text.h: plans from text.
 *
 * Ownership: the plan is the caller's; plan_free releases it. */
#ifndef TURNCURVE_TESTS_PLAN_PLAN_TEXT_H
#define TURNCURVE_TESTS_PLAN_PLAN_TEXT_H

#include "plan/plan.h"

/* A plan "oak" of rows "PRIORITY|REF|ACTION|MILESTONE|DUE|REVISED|STATUS|PROGRESS|INDICATOR\n", as many of
 * these columns as a row has, asked to be of a date; DAY_NONE: what plan_date_find says. Line i + 2 is row i.
 */
struct plan plan_text_make(const char *text, day date);

#endif
