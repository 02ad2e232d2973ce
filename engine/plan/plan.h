/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/plan.h: an action plan: priorities, actions, milestones, with what their words mean.
 *
 * Ownership: a plan owns everything it points to; plan_free releases it. A zeroed plan is empty.
 *
 * A row is a milestone of an action, or the action itself. Texts stay as filed; what they mean is worked out
 * when the plan is made:
 *
 * - a row whose due or status is "As above" has that of the row before it, which may have it from above too;
 * - what counts (`when`) is the revised date where there is one that can be read, else the due. A due after
 *   another action counts from the last milestone of that action;
 * - the status is that of its column; where that is blank, what the due says (in place: complete; ongoing),
 * then a revised date (delayed); else it is unknown. */
#ifndef TURNCURVE_PLAN_PLAN_H
#define TURNCURVE_PLAN_PLAN_H

#include "base/arena.h"
#include "plan/due.h"
#include "plan/filed.h"
#include "plan/lookup.h"
#include "plan/plan_date.h"
#include "plan/status.h"

/* Why a due that names another action has no dates. */
enum plan_chain {
    PLAN_CHAIN_NONE,      /* it names none, or it was worked out */
    PLAN_CHAIN_NO_ACTION, /* there is no action of that reference */
    PLAN_CHAIN_NO_DATE,   /* that action has no date */
    PLAN_CHAIN_CIRCLE     /* it waits for itself in the end */
};

struct plan_row {
    int32_t file, line;
    const char *text[PLAN_TEXT_COUNT]; /* as filed, by enum plan_text; never NULL */
    const char *ref;                   /* of its action, given or made */
    bool ref_made;
    int32_t i_action, i_next; /* its action; the action's next row, -1 none */
    const char *due_text;     /* what was read: its own, or that of the row above */
    const char *status_text;
    struct due due;              /* as first planned */
    struct due revised;          /* kind DUE_NONE without dates: none */
    struct due when;             /* what counts */
    bool due_read, revised_read; /* false: words that nothing was made of; blank is read */
    enum plan_chain chain;
    enum action_status status;
    bool status_read;
    bool repeated; /* the same action and milestone as an earlier row */
};
struct plan_action {
    const char *ref, *text; /* of its first row */
    int32_t i_priority;
    int32_t i_first, i_last; /* rows; follow i_next */
    int32_t n_rows;
    bool doubled; /* an earlier action has the same reference: the reference finds that one */
};
struct plan_priority {
    const char *ref, *title; /* "" when not given */
};
struct plan {
    const char *name;
    int32_t version; /* key in the database, 0 none */
    struct plan_stamp stamp;
    struct plan_row *rows; /* in the order of the file */
    size_t n_rows;
    struct plan_action *actions; /* by first row */
    size_t n_actions;
    struct plan_priority *priorities; /* by first row */
    size_t n_priorities;
    struct lookup refs; /* reference: action */
    struct arena texts;
};

/* Makes a plan of n rows of one file, with their references (refs_make). Texts are copied. False only without
 * memory. Cost: O(n). */
bool plan_make(const char *name, const struct filed_row rows[], size_t n, struct plan_stamp stamp,
               struct plan *out, struct err *err);
void plan_free(struct plan *plan);

/* The action of a reference, -1 when there is none. Case and blanks at the ends do not count. */
int32_t plan_find_action(const struct plan *plan, struct str ref);
/* The row that a start_milestone means: of an action's reference the milestone that is due last (without any
 * date its last row), else the row whose milestone has this text; -1 when there is none. */
int32_t plan_find_milestone(const struct plan *plan, struct str text);

/* True for work that is over: complete or superseded. */
bool plan_row_is_over(const struct plan_row *row);
/* Days by which a row that is not over has passed the last day that counts; 0 when it has not, or has no
 * date. A due that recurs, goes on, or was done is never late. */
int32_t plan_row_days_late(const struct plan_row *row, day as_of);
/* Days from the last day first planned to the last day that counts; 0 without a revised date. */
int32_t plan_row_days_moved(const struct plan_row *row);
/* True when a due has a last day. */
bool plan_due_has_date(const struct due *due);

#endif
