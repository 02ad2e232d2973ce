/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_page.h: plans as a web page: findings in words, a Gantt chart, the tables beneath.
 *
 * Ownership: a struct plan_page owns what it was given to show, so plans may be freed once added;
 * plan_page_free releases it. */
#ifndef TURNCURVE_APP_PLAN_PAGE_H
#define TURNCURVE_APP_PLAN_PAGE_H

#include "app/plan_gantt.h"
#include "plan/effects.h"
#include "plan/targets.h"
#include "render/folder.h"
#include "render/page.h"

struct plan_page {
    struct arena arena;
    struct page_value *root, *plans, *others;
    struct plan_gantt *gantts; /* one a plan, n of n_most */
    size_t n, n_most;
    const char *name; /* of the first plan */
};
/* For n_most plans at most. */
bool plan_page_begin(struct plan_page *page, size_t n_most, struct err *err);
/* Adds a plan on a day (DAY_NONE: of no day). Plan, effects and targets are joined. */
bool plan_page_add(struct plan_page *page, const struct plan *plan, const struct effects *effects,
                   const struct targets *targets, day as_of, struct err *err);
/* Adds a section below the plans, unless the table has no rows. The table stays the caller's. file: the CSV
 * with the same numbers. */
bool plan_page_add_other(struct plan_page *page, const char *heading, const char *words, const char *file,
                         const struct table *table, struct err *err);
/* Draws the charts (gantt.svg and .png; with several plans NAME-gantt) and writes index.html and style.css.
 * reports: --reports, NULL none. */
bool plan_page_write(struct plan_page *page, struct folder *folder, const char *reports,
                     const char *command_line, struct log *log, struct err *err);
void plan_page_free(struct plan_page *page);

#endif
