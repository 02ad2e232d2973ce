/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences by rule from counts. */
#include "app/plan_words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { QUARTER_MONTHS = 3, NAMED_MOST = 8, REFERENCE = 32 };
static const double pct = 100;

/* Appends to a buffer; what does not fit is cut. */
static void say(char out[PLAN_WORDS], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(char out[PLAN_WORDS], const char *format, ...)
{
    const size_t used = strlen(out);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(out + used, PLAN_WORDS - used, format, arguments);
    va_end(arguments);
}

/* ---- counts ------------------------------------------------------------------------------------------ */

void plan_count_add(struct plan_count *count, const struct plan_row *row, day as_of)
{
    const int32_t late = as_of == DAY_NONE ? 0 : plan_row_days_late(row, as_of);
    count->rows++;
    count->statuses[row->status]++;
    count->late += late > 0;
    count->undated += row->when.earliest == DAY_NONE && row->when.latest == DAY_NONE;
    count->most_late = late > count->most_late ? late : count->most_late;
}

struct plan_count plan_count_of(const struct plan *plan, day as_of)
{
    struct plan_count count = {0};
    for (size_t i = 0; i < plan->n_rows; i++)
        plan_count_add(&count, &plan->rows[i], as_of);
    return count;
}

void plan_quarter(day as_of, day *first, day *last)
{
    const int32_t into = (date_to_civil(as_of).month - 1) % QUARTER_MONTHS; /* April begins one, too */
    *first = date_month_start(as_of, -into);
    *last = date_month_end(as_of, QUARTER_MONTHS - 1 - into);
}

bool plan_row_is_due_in(const struct plan_row *row, day first, day last)
{
    return row->when.kind == DUE_DUE && row->when.latest >= first && row->when.latest <= last;
}

/* ---- sentences --------------------------------------------------------------------------------------- */

const char *plan_words_noun(const struct plan *plan)
{
    return plan->n_actions == plan->n_rows ? "action" : "milestone";
}

void plan_words_priority(const struct plan_priority *priority, char out[PLAN_WORDS_PRIORITY])
{
    char words[2 * PLAN_WORDS_PRIORITY];
    const bool both = priority->ref[0] != '\0' && priority->title[0] != '\0';
    (void)snprintf(words, sizeof words, "%.64s%s%.200s", priority->ref, both ? "  " : "", priority->title);
    for (char *at = words; *at != '\0'; at++)
        *at = (unsigned char)*at < 0x20 ? ' ' : *at;
    size_t end = strlen(words) < PLAN_WORDS_PRIORITY ? strlen(words) : PLAN_WORDS_PRIORITY - 4;
    while (end > 0 && ((unsigned char)words[end] & 0xC0) == 0x80)
        end--; /* not in the middle of a character */
    (void)snprintf(out, PLAN_WORDS_PRIORITY, "%.*s%s", (int)end, words, words[end] == '\0' ? "" : "...");
}

static const char *are(int32_t n)
{
    return n == 1 ? "is" : "are";
}

void plan_words_state(const struct plan *plan, day as_of, char out[PLAN_WORDS])
{
    const struct plan_count count = plan_count_of(plan, as_of);
    const char *noun = plan_words_noun(plan);
    const int32_t done = count.statuses[ACTION_COMPLETE];
    char on[DATE_TEXT];
    out[0] = '\0';
    if (as_of == DAY_NONE) {
        say(out, "%d of %d %ss %s done; the plan has no date, so nothing is called late", (int)done,
            (int)count.rows, noun, are(done));
        return;
    }
    date_format_words(as_of, on);
    if (count.late == 0)
        say(out, "None of %d %ss is late on %s", (int)count.rows, noun, on);
    else
        say(out, "%d of %d %ss %s late on %s, by %s%d days", (int)count.late, (int)count.rows, noun,
            are(count.late), on, count.late == 1 ? "" : "up to ", (int)count.most_late);
    if (done == 0)
        say(out, "; none is done");
    else
        say(out, "; %d %s done", (int)done, are(done));
}

void plan_words_due(const struct plan *plan, day as_of, char out[PLAN_WORDS])
{
    day first = DAY_NONE;
    day last = DAY_NONE;
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    int32_t n = 0;
    int32_t done = 0;
    out[0] = '\0';
    if (as_of == DAY_NONE) {
        say(out, "Give a day with --as-of to see what is due in its quarter");
        return;
    }
    plan_quarter(as_of, &first, &last);
    date_format_words(first, from);
    date_format_words(last, to);
    for (size_t i = 0; i < plan->n_rows; i++) {
        const bool due = plan_row_is_due_in(&plan->rows[i], first, last);
        n += due;
        done += due && plan_row_is_over(&plan->rows[i]);
    }
    if (n == 0)
        say(out, "Nothing is due in the quarter from %s to %s", from, to);
    else
        say(out, "%d %s due in the quarter from %s to %s, ", (int)n, are(n), from, to);
    if (n > 0 && done > 0)
        say(out, "%d of them over", (int)done);
    else if (n > 0)
        say(out, "none of them over");
}

void plan_words_alt(const struct plan *plan, day as_of, char out[PLAN_WORDS])
{
    const struct plan_count count = plan_count_of(plan, as_of);
    day low = DAY_OPEN;
    day high = DAY_NONE;
    char state[PLAN_WORDS];
    for (size_t i = 0; i < plan->n_rows; i++) {
        const struct due *when = &plan->rows[i].when;
        const day from = when->earliest != DAY_NONE ? when->earliest : when->latest;
        const day to = when->latest != DAY_NONE ? when->latest : when->earliest;
        low = from != DAY_NONE && from < low ? from : low;
        high = to > high ? to : high;
    }
    out[0] = '\0';
    say(out, "Gantt chart of the plan %.80s: %d %ss under %zu priorities", plan->name, (int)count.rows,
        plan_words_noun(plan), plan->n_priorities);
    if (high != DAY_NONE) {
        char from[DATE_TEXT];
        char to[DATE_TEXT];
        date_format_words(low, from);
        date_format_words(high, to);
        say(out, ", due from %s to %s", from, to);
    }
    plan_words_state(plan, as_of, state);
    say(out, ". %s, %d on track, %d delayed, %d off track, of %d nothing is said.", state,
        (int)count.statuses[ACTION_ON_TRACK], (int)count.statuses[ACTION_DELAYED],
        (int)count.statuses[ACTION_OFF_TRACK], (int)count.statuses[ACTION_UNKNOWN]);
    if (count.undated > 0)
        say(out, " %d without a day stand at the end.", (int)count.undated);
    say(out, " Data: plan.csv.");
}

void plan_words_slippage(const struct plan *plan, char out[PLAN_WORDS])
{
    const struct slippage slippage = slippage_of(plan);
    out[0] = '\0';
    if (slippage.passed == 0)
        say(out, "The plan has no record yet: no first date had passed on its own date");
    else
        say(out, "Its own record: of %d %ss whose first date had passed on the plan's date, %d %s late",
            (int)slippage.passed, plan_words_noun(plan), (int)slippage.late,
            slippage.late == 1 ? "was" : "were");
    say(out,
        ". Leaning on what other plans recorded, the next one will be late with a chance of %.0f%% (8 in 10: "
        "%.0f%% to %.0f%%), and of those that are late half by more than %.0f days",
        pct * slippage.chance, pct * slippage.low, pct * slippage.high, exp(slippage.log_median));
    if (slippage.revised > 0)
        say(out, slippage.revised == 1 ? " (%d date was moved)" : " (%d dates were moved)",
            (int)slippage.revised);
}

/* ---- what measures it -------------------------------------------------------------------------------- */

void plan_measured_find(const struct plan *plan, const struct effects *effects, const struct targets *targets,
                        struct plan_measured of[])
{
    memset(of, 0, plan->n_actions * sizeof *of);
    for (size_t i = 0; i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        struct plan_measured *measured = &of[row->i_action];
        measured->indicator |= str_trim(str_of(row->text[PLAN_TEXT_INDICATOR])).length > 0;
        measured->target |= str_trim(str_of(row->text[PLAN_TEXT_TARGET])).length > 0;
    }
    for (size_t i = 0; i < targets->n; i++)
        if (targets->items[i].i_action >= 0)
            of[targets->items[i].i_action].target = true;
    for (size_t i = 0; i < effects->n; i++)
        if (effects->items[i].i_action >= 0)
            of[effects->items[i].i_action].effect = true;
}

void plan_words_measured(const struct plan *plan, const struct plan_measured of[], char out[PLAN_WORDS])
{
    int32_t indicators = 0;
    int32_t targets = 0;
    int32_t effects = 0;
    int32_t none = 0;
    out[0] = '\0';
    for (size_t i = 0; i < plan->n_actions; i++) {
        indicators += of[i].indicator;
        targets += of[i].target;
        effects += of[i].effect;
        none += !of[i].indicator && !of[i].target && !of[i].effect;
    }
    say(out, "Of %zu actions %d have an indicator, %d a target, %d an expected effect", plan->n_actions,
        (int)indicators, (int)targets, (int)effects);
    if (none == 0) {
        say(out, "; every one has something that measures it");
        return;
    }
    say(out, "; nothing measures %d: ", (int)none);
    int32_t named = 0;
    for (size_t i = 0; i < plan->n_actions && named < NAMED_MOST; i++) {
        if (of[i].indicator || of[i].target || of[i].effect)
            continue;
        say(out, "%s%.*s", named == 0 ? "" : ", ", REFERENCE, plan->actions[i].ref);
        named++;
    }
    if (none > named)
        say(out, " and %d more", (int)(none - named));
}
