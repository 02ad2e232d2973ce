/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_dashboard.h: pages of measures: the monthly dashboard, and what goes with a card.
 *
 * Ownership: a dashboard owns its values; card_dashboard_free releases it. Texts are copied. */
#ifndef TURNCURVE_APP_CARD_DASHBOARD_H
#define TURNCURVE_APP_CARD_DASHBOARD_H

#include "app/card_sheet.h"
#include "render/folder.h"

/* A page while its values are gathered. */
struct card_dashboard {
    struct arena arena;
    struct page_value *root, *sections, *pages;
};
bool card_dashboard_begin(struct card_dashboard *out, const char *title, const char *lead, struct err *err);
void card_dashboard_free(struct card_dashboard *dashboard);
/* The measures of a set, every one of them. */
bool card_dashboard_measures(struct card_dashboard *dashboard, const struct indicator_set *set,
                             struct err *err);
/* A heading, a sentence and a table; file: the CSV with its numbers, NULL none. */
bool card_dashboard_table(struct card_dashboard *dashboard, const char *heading, const char *words,
                          const struct table *table, const char *file, struct err *err);
bool card_dashboard_link(struct card_dashboard *dashboard, const struct card_link *link, struct err *err);
/* commentary may be NULL. */
bool card_dashboard_write(struct card_dashboard *dashboard, const struct commentary *commentary,
                          const char *command_line, struct folder *folder, const char *reports,
                          const char *file, struct err *err);
/* "Status by the chance .. Directions .. ", as every page says it. */
const char *card_rule_words(struct arena *arena, struct err *err);

#endif
