/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_actions.h: what a plan's actions and targets are to a report card, as plain tables.
 *
 * Ownership: tables are the caller's, released with table_free, also when a function fails; everything else
 * is borrowed; sentences go into buffers of PLAN_WORDS bytes. */
#ifndef TURNCURVE_APP_CARD_ACTIONS_H
#define TURNCURVE_APP_CARD_ACTIONS_H

#include "app/card_forecast.h"
#include "app/plan_words.h"
#include "base/table.h"

/* Rows of a plan by what a period makes of them. */
struct card_actions_count {
    int32_t due;              /* last day in the period; of them: */
    int32_t done, superseded; /* which is over, but nobody did it */
    int32_t late, open;       /* past that day, or neither */
    int32_t next;             /* due in the period after */
    int32_t all, all_done, all_late;
};
struct card_actions_count card_actions_count(const struct plan *plan, const struct card_period *period);
/* "12 milestones were due: 7 done, 3 late, 2 open on the last day. Of all 45, 8 late and 31 done; 4 are due
 * in July to September 2026". */
void card_actions_say(const struct plan *plan, const struct card_period *period, char out[PLAN_WORDS]);
/* At most `most` rows: late ones, the latest first, but no more than half where there is something to come;
 * then what is due next, soonest first; then what was due in the period and is done. Texts are cut to one
 * line of a sheet: `wide` characters for the action. Columns: Action, Who leads, Due, How it stands. *left:
 * late ones that found no room. */
bool card_actions_table(struct table *out, const struct plan *plan, const struct card_period *period,
                        size_t most, size_t wide, size_t *left, struct err *err);

/* Targets whose date lies in the forecast, those of placements first, then by date; at most `most`, each with
 * the chance of meeting it. Columns: Target, Chance, Status. *untested: targets of the plan that are not
 * among them. */
bool card_targets_table(struct table *out, const struct card_forecast *forecast, size_t most,
                        size_t *untested, struct err *err);

/* "On course", "At risk", "Off course" by a chance, and their shapes: filled circle, half circle, filled
 * square. */
const char *card_status_words(double chance);
const char *card_status_shape(const char *words);

#endif
