/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows are chosen, then put under the headings of their priorities, those without a day last. */
#include "app/plan_gantt.h"

#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app/plan_words.h"
#include "base/vec.h"

static const char *const state_words[] = {
#define STATUS(member, name, words) words,
#include "plan/status.def"
#undef STATUS
};

struct making {
    const struct plan *plan;
    day as_of;
    const unsigned char *chosen; /* of rows */
    struct plan_gantt *out;
    struct err *err;
};

void plan_gantt_free(struct plan_gantt *gantt)
{
    free(gantt->rows);
    arena_free(&gantt->texts);
    *gantt = (struct plan_gantt){0};
}

static bool has_day(const struct plan_row *row)
{
    return row->when.earliest != DAY_NONE || row->when.latest != DAY_NONE;
}

/* ---- which rows -------------------------------------------------------------------------------------- */

/* The smaller, the more urgent: late ones by days, then what is due next, then what is over or has no day. */
struct urgency {
    int64_t key;
    size_t i_row;
};

static int by_key(const void *a, const void *b)
{
    const struct urgency *x = a;
    const struct urgency *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->i_row > y->i_row) - (x->i_row < y->i_row);
}

static int64_t urgency_of(const struct plan_row *row, day as_of)
{
    static const int64_t last = (int64_t)1 << 40;
    const int32_t late = plan_row_days_late(row, as_of);
    if (late > 0)
        return -(int64_t)late;
    if (!has_day(row) || plan_row_is_over(row))
        return last;
    const day due = row->when.latest != DAY_NONE ? row->when.latest : row->when.earliest;
    return as_of == DAY_NONE ? due : (int64_t)due - as_of + ((int64_t)1 << 33) * (due < as_of);
}

static unsigned char *choose_rows(const struct plan *plan, day as_of, struct err *err)
{
    unsigned char *chosen = vec_new(plan->n_rows, sizeof *chosen, err);
    struct urgency *all = vec_new(plan->n_rows, sizeof *all, err);
    if (chosen != NULL && all != NULL) {
        for (size_t i = 0; i < plan->n_rows; i++)
            all[i] = (struct urgency){urgency_of(&plan->rows[i], as_of), i};
        size_t n = plan->n_rows;
        if (n > PLAN_GANTT_MOST) {
            qsort(all, n, sizeof *all, by_key);
            n = PLAN_GANTT_SHOWN;
        }
        for (size_t i = 0; i < n; i++)
            chosen[all[i].i_row] = 1;
        free(all);
        return chosen;
    }
    free(chosen);
    free(all);
    return NULL;
}

/* ---- rows -------------------------------------------------------------------------------------------- */

static const char *note_of(const struct making *m, const struct plan_row *row)
{
    const int32_t late = plan_row_days_late(row, m->as_of);
    const int32_t moved = plan_row_days_moved(row);
    struct arena *texts = &m->out->texts;
    if (!has_day(row))
        return row->due_text[0] == '\0' ? "no due given" : arena_format(texts, m->err, "“%s”", row->due_text);
    if (late > 0 && moved != 0)
        return arena_format(texts, m->err, "%d days late, moved %+d", (int)late, (int)moved);
    if (late > 0)
        return arena_format(texts, m->err, late == 1 ? "%d day late" : "%d days late", (int)late);
    if (moved != 0)
        return arena_format(texts, m->err, "moved by %+d days", (int)moved);
    return "";
}

/* An action that begins as its neighbour does is told from it by its milestone. */
static bool begins_alike(const struct plan *plan, int32_t a, int32_t b)
{
    enum { ALIKE = 24 };
    return a >= 0 && b >= 0 && (size_t)a < plan->n_actions && (size_t)b < plan->n_actions &&
           strncmp(plan->actions[a].text, plan->actions[b].text, ALIKE) == 0;
}

static const char *words_of(const struct making *m, const struct plan_row *row)
{
    const int32_t i = row->i_action;
    const struct plan_action *action = &m->plan->actions[i];
    const char *milestone = row->text[PLAN_TEXT_MILESTONE];
    const bool alike = action->n_rows > 1 || action->text[0] == '\0' || begins_alike(m->plan, i, i - 1) ||
                       begins_alike(m->plan, i, i + 1);
    return arena_format(&m->out->texts, m->err, "%s  %s", row->ref,
                        alike && milestone[0] != '\0' ? milestone : action->text);
}

static bool add_row(const struct making *m, const struct plan_row *row)
{
    struct plan_gantt *out = m->out;
    const bool moved = plan_row_days_moved(row) != 0;
    struct gantt_row *to = &out->rows[out->gantt.n_rows++];
    *to = (struct gantt_row){.words = words_of(m, row),
                             .note = note_of(m, row),
                             .state = (int)row->status,
                             .from = row->when.earliest,
                             .to = row->when.latest,
                             .first = moved ? row->due.latest : DAY_NONE,
                             .goes_on = row->when.kind == DUE_ONGOING || row->when.kind == DUE_RECURRING};
    return to->words != NULL && to->note != NULL;
}

static bool add_heading(const struct making *m, const char *words)
{
    m->out->rows[m->out->gantt.n_rows++] = (struct gantt_row){.is_heading = true, .words = words, .note = ""};
    return words != NULL;
}

/* The rows of a priority (-1: of all) that have a day, or have none, under their heading. */
static bool add_group(const struct making *m, int32_t i_priority, bool dated)
{
    const struct plan *plan = m->plan;
    bool ok = true;
    bool headed = false;
    for (size_t i = 0; ok && i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        if (!m->chosen[i] || has_day(row) != dated ||
            (i_priority >= 0 && plan->actions[row->i_action].i_priority != i_priority))
            continue;
        if (!headed) {
            char words[PLAN_WORDS_PRIORITY] = "Without a day";
            if (i_priority >= 0)
                plan_words_priority(&plan->priorities[i_priority], words);
            ok = words[0] == '\0' || add_heading(m, arena_copy(&m->out->texts, str_of(words), m->err));
            headed = true;
        }
        ok = ok && add_row(m, row);
    }
    return ok;
}

static bool add_rows(const struct making *m)
{
    bool ok = true;
    for (size_t p = 0; ok && p < m->plan->n_priorities; p++)
        ok = add_group(m, (int32_t)p, true);
    return ok && add_group(m, -1, false);
}

/* ---- words ------------------------------------------------------------------------------------------- */

static bool add_words(const struct making *m, const char *name)
{
    struct plan_gantt *out = m->out;
    struct arena *texts = &out->texts;
    const struct plan *plan = m->plan;
    char title[PLAN_WORDS];
    char alt[PLAN_WORDS];
    char of[DATE_TEXT] = "an unknown day";
    char on[DATE_TEXT];
    plan_words_state(plan, m->as_of, title);
    plan_words_alt(plan, m->as_of, alt);
    if (plan->stamp.date != DAY_NONE)
        date_format_words(plan->stamp.date, of);
    if (m->as_of != DAY_NONE)
        date_format_words(m->as_of, on);
    const char *left =
        plan->n_rows <= PLAN_GANTT_MOST
            ? ""
            : arena_format(texts, m->err, " The picture shows the %d most urgent of %zu; plan.csv has all.",
                           (int)PLAN_GANTT_SHOWN, plan->n_rows);
    struct chart_spec *spec = &out->spec;
    *spec = (struct chart_spec){.script = "gantt",
                                .name = arena_copy(texts, str_of(name), m->err),
                                .title = arena_copy(texts, str_of(title), m->err),
                                .alt = arena_copy(texts, str_of(alt), m->err),
                                .now = m->as_of,
                                .now_text = "",
                                .gantt = &out->gantt};
    if (left == NULL)
        return false;
    spec->subtitle =
        arena_format(texts, m->err, "Plan %s by priority: when each %s is due, and how it stands.%s",
                     plan->name, plan_words_noun(plan), left);
    spec->source =
        arena_format(texts, m->err, "Source: plan %s of %s; turncurve %s", plan->name, of, HELP_VERSION);
    if (m->as_of != DAY_NONE)
        spec->now_text = arena_format(texts, m->err, "as of %s", on);
    return spec->name != NULL && spec->title != NULL && spec->alt != NULL && spec->subtitle != NULL &&
           spec->source != NULL && spec->now_text != NULL;
}

bool plan_gantt_make(struct plan_gantt *out, const struct plan *plan, day as_of, const char *name,
                     struct err *err)
{
    *out = (struct plan_gantt){0};
    out->gantt.states = state_words;
    out->gantt.n_states = ACTION_STATUS_COUNT;
    unsigned char *chosen = choose_rows(plan, as_of, err);
    /* a heading before each priority, and one before what has no day */
    out->rows = vec_new(plan->n_rows + plan->n_priorities + 1, sizeof *out->rows, err);
    const struct making making = {plan, as_of, chosen, out, err};
    const bool ok = chosen != NULL && out->rows != NULL && add_rows(&making) && add_words(&making, name);
    out->gantt.rows = out->rows;
    free(chosen);
    if (!ok)
        plan_gantt_free(out);
    return ok;
}
