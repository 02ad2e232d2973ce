/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows are ranked first and written afterwards. */
#include "app/card_actions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/card_words.h"
#include "app/chance.h"
#include "app/row_writer.h"
#include "app/target_job.h"
#include "base/vec.h"

enum { LEAD = 20, LATE_SHARE = 2, TARGET_WORDS_MOST = 88 };

struct card_actions_count card_actions_count(const struct plan *plan, const struct card_period *period)
{
    struct card_actions_count count = {0};
    const struct card_period next = card_period_step(period, 1);
    for (size_t i = 0; i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        const bool late = plan_row_days_late(row, period->last) > 0;
        const bool over = plan_row_is_over(row);
        count.all++;
        count.all_done += row->status == ACTION_COMPLETE;
        count.all_late += late;
        count.next += !over && plan_row_is_due_in(row, next.first, next.last);
        if (!plan_row_is_due_in(row, period->first, period->last))
            continue;
        count.due++;
        count.done += row->status == ACTION_COMPLETE;
        count.superseded += row->status == ACTION_SUPERSEDED;
        count.late += late;
        count.open += !over && !late;
    }
    return count;
}

enum { NUMBER = 16 };

/* "none", "7". */
static const char *number(int32_t n, char out[NUMBER])
{
    (void)snprintf(out, NUMBER, n == 0 ? "none" : "%d", (int)n);
    return out;
}

void card_actions_say(const struct plan *plan, const struct card_period *period, char out[PLAN_WORDS])
{
    const struct card_actions_count c = card_actions_count(plan, period);
    const char *noun = plan_words_noun(plan);
    char done[NUMBER];
    char late[NUMBER];
    char ahead[NUMBER];
    char due[PLAN_WORDS / 2];
    char open[PLAN_WORDS / 4] = "";
    const struct card_period next = card_period_step(period, 1);
    int n = 0;
    if (c.superseded > 0)
        n = snprintf(open, sizeof open, ", %d superseded", (int)c.superseded);
    if (c.open > 0)
        (void)snprintf(open + n, sizeof open - (size_t)n, ", %d open on the last day", (int)c.open);
    if (c.due == 0)
        (void)snprintf(due, sizeof due, "No %s was due", noun);
    else
        (void)snprintf(due, sizeof due, "%d %s%s due: %s done, %s late%s", (int)c.due, noun,
                       c.due == 1 ? " was" : "s were", number(c.done, done), number(c.late, late), open);
    (void)snprintf(out, PLAN_WORDS, "%s. Of all %d, %s late and %s done; %s %s due in %s", due, (int)c.all,
                   number(c.all_late, late), number(c.all_done, done), number(c.next, ahead),
                   c.next > 1 ? "are" : "is", next.words);
}

/* ---- the table of actions ---------------------------------------------------------------------------- */

enum kind { KIND_LATE, KIND_NEXT, KIND_DONE };
struct ranked {
    enum kind kind;
    int32_t order; /* ascending */
    size_t i;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

/* Every row that a card may show, ranked. */
static size_t rank(const struct plan *plan, const struct card_period *period, struct ranked out[])
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        const int32_t late = plan_row_days_late(row, period->last);
        if (late > 0)
            out[n++] = (struct ranked){KIND_LATE, -late, i};
        else if (!plan_row_is_over(row) && row->when.kind == DUE_DUE && row->when.latest != DAY_NONE &&
                 row->when.latest >= period->last)
            out[n++] = (struct ranked){KIND_NEXT, row->when.latest, i};
        else if (row->status == ACTION_COMPLETE && plan_row_is_due_in(row, period->first, period->last))
            out[n++] = (struct ranked){KIND_DONE, -row->when.latest, i};
    }
    if (n > 0)
        qsort(out, n, sizeof *out, by_rank);
    return n;
}

static bool add_action(struct table *out, const struct plan *plan, const struct ranked *ranked,
                       const struct card_period *period, size_t wide, struct err *err)
{
    const struct plan_row *row = &plan->rows[ranked->i];
    const char *milestone = row->text[PLAN_TEXT_MILESTONE];
    const char *what = milestone[0] != '\0' ? milestone : plan->actions[row->i_action].text;
    struct row_writer w = row_writer_begin(out, err);
    struct text words = {0};
    char stands[64];
    w.ok = w.ok && text_format(&words, err, "%s%s%s", row->ref, row->ref[0] == '\0' ? "" : " ", what);
    row_writer_short(&w, text_c(&words), wide);
    text_free(&words);
    row_writer_short(&w, row->text[PLAN_TEXT_LEAD_ROLE], LEAD);
    row_writer_day(&w, row->when.latest);
    switch (ranked->kind) {
    case KIND_LATE:
        (void)snprintf(stands, sizeof stands, "late by %d days", (int)plan_row_days_late(row, period->last));
        break;
    case KIND_NEXT:
        (void)snprintf(stands, sizeof stands, "%s",
                       row->status == ACTION_DELAYED || row->status == ACTION_OFF_TRACK
                           ? status_words(row->status)
                           : "to come");
        break;
    case KIND_DONE:
        (void)snprintf(stands, sizeof stands, "done");
        break;
    }
    row_writer_text(&w, stands);
    return w.ok;
}

bool card_actions_table(struct table *out, const struct plan *plan, const struct card_period *period,
                        size_t most, size_t wide, size_t *left, struct err *err)
{
    static const struct table_column columns[] = {
        {"Action", 0}, {"Who leads", 0}, {"Due", 0}, {"How it stands", 0}};
    size_t of[3] = {0};
    size_t used[3] = {0};
    table_init(out, "Actions late, to come and done", columns, sizeof columns / sizeof columns[0]);
    struct ranked *ranked = vec_new(plan->n_rows, sizeof *ranked, err);
    if (ranked == NULL)
        return false;
    const size_t n = rank(plan, period, ranked);
    for (size_t i = 0; i < n; i++)
        of[ranked[i].kind]++;
    /* what is to come keeps half of the room, if it needs it; what is late the other half, and what is left
     * of it */
    const size_t half = most / LATE_SHARE;
    const size_t next = of[KIND_NEXT] < half ? of[KIND_NEXT] : half;
    const size_t late = of[KIND_LATE] < most - next ? of[KIND_LATE] : most - next;
    const size_t room[3] = {late, of[KIND_NEXT] < most - late ? of[KIND_NEXT] : most - late, most};
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        const enum kind kind = ranked[i].kind;
        if (used[kind] >= room[kind] || used[0] + used[1] + used[2] >= most)
            continue;
        used[kind]++;
        ok = add_action(out, plan, &ranked[i], period, wide, err);
    }
    *left = of[KIND_LATE] - used[KIND_LATE];
    free(ranked);
    return ok;
}

/* ---- targets ----------------------------------------------------------------------------------------- */

const char *card_status_words(double chance)
{
    return !isfinite(chance)           ? ""
           : chance >= CARD_TURNED     ? "On course"
           : chance >= CARD_NOT_TURNED ? "At risk"
                                       : "Off course";
}

const char *card_status_shape(const char *words)
{
    return strcmp(words, "On course") == 0    ? "\xE2\x97\x8F" /* filled circle */
           : strcmp(words, "At risk") == 0    ? "\xE2\x97\x90" /* half circle */
           : strcmp(words, "Off course") == 0 ? "\xE2\x96\xA0" /* filled square */
           : strcmp(words, "Too early") == 0  ? "\xE2\x97\x8B" /* ring */
                                              : "";
}

struct tested {
    struct target_goal goal;
    struct target_outcome outcome;
    size_t i;
};

static int by_kind_and_day(const void *a, const void *b)
{
    const struct tested *x = a;
    const struct tested *y = b;
    const int px = x->goal.quantity.group.kind != GROUP_PLACEMENT;
    const int py = y->goal.quantity.group.kind != GROUP_PLACEMENT;
    if (px != py)
        return px - py;
    if (x->goal.by != y->goal.by)
        return x->goal.by < y->goal.by ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

static bool add_target(struct table *out, const struct card_forecast *forecast, const struct tested *tested,
                       struct err *err)
{
    char words[QUANTITY_WORDS];
    char level[OUTLOOK_NUMBER];
    char when[DATE_TEXT];
    char chance[CHANCE_WORDS];
    struct text text = {0};
    const struct target_goal *goal = &tested->goal;
    struct row_writer w = row_writer_begin(out, err);
    quantity_say(&goal->quantity, forecast->outlook.history.localities, words);
    target_job_value(&goal->quantity, goal->level, level);
    date_format_words(goal->by, when); /* "31 Mar 2027": the day is always the month's last */
    /* "Children looked after at the month's end, Foster: agency": a card needs only whose */
    const char *comma = strchr(words, ',');
    const bool stock = goal->quantity.measure == MEASURE_STOCK;
    const char *whose = stock && comma != NULL ? comma + 2 : stock ? "Children looked after" : words;
    w.ok = w.ok &&
           text_format(&text, err, "%s at %s %s by %s", whose, goal->at_most ? "most" : "least", level, when);
    row_writer_short(&w, text_c(&text), TARGET_WORDS_MOST);
    text_free(&text);
    chance_per_cent(tested->outcome.chance, chance);
    row_writer_text(&w, chance);
    row_writer_text(&w, card_status_words(tested->outcome.chance));
    return w.ok;
}

bool card_targets_table(struct table *out, const struct card_forecast *forecast, size_t most,
                        size_t *untested, struct err *err)
{
    static const struct table_column columns[] = {{"Target", 0}, {"Chance", 0}, {"Status", 0}};
    const size_t n_all = forecast->plan == NULL ? 0 : forecast->plan->targets.n;
    size_t n = 0;
    table_init(out, "Chance of meeting the plan's targets", columns, sizeof columns / sizeof columns[0]);
    struct tested *tested = vec_new(n_all, sizeof *tested, err);
    bool ok = tested != NULL;
    for (size_t i = 0; ok && i < n_all; i++) {
        enum target_fate fate = TARGET_FATE_COUNT;
        struct tested *at = &tested[n];
        ok = card_forecast_target(forecast, &forecast->plan->targets.items[i], &fate, &at->goal, &at->outcome,
                                  err);
        at->i = i;
        n += ok && fate == TARGET_TESTED;
    }
    if (n > 0)
        qsort(tested, n, sizeof *tested, by_kind_and_day);
    *untested = n_all - n;
    for (size_t i = 0; ok && i < n && i < most; i++)
        ok = add_target(out, forecast, &tested[i], err);
    free(tested);
    return ok;
}
