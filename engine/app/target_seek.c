/* SPDX-License-Identifier: GPL-3.0-or-later
 * The answer is tried again with the luck of the next seed, and drawn with its own. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/target_goal.h"
#include "base/parse.h"
#include "base/vec.h"
#include "study/levered.h"

static const double pct = 100;
static const double limits95 = 1.959964; /* qnorm(.975) */

static const struct table_column seek_columns[] = {{"lever", 0},
                                                   {"quantity", 0},
                                                   {"by", 0},
                                                   {"target", 2},
                                                   {"wanted_chance", 2},
                                                   {"answer", 0},
                                                   {"size", 2},
                                                   {"size_low", 2},
                                                   {"size_high", 2},
                                                   {"chance", 4},
                                                   {"checked_chance", 4},
                                                   {"checked_low", 4},
                                                   {"checked_high", 4},
                                                   {"p10", 1},
                                                   {"p50", 1},
                                                   {"p90", 1},
                                                   {"saving_gbp", 2},
                                                   {"saving_p10_gbp", 2},
                                                   {"saving_p90_gbp", 2},
                                                   {"trials", 0}};
static const struct table_column flow_columns[] = {
    {"a_month", 0}, {"without", 2}, {"with", 2}, {"difference", 2}};

/* What --seek found. */
struct sought {
    struct target_job *job;
    struct goal goal;
    struct goal_lever lever;
    const char *quantity; /* as given */
    struct goal_answer answer;
    bool is_checked;
    struct goal_trial checked;
    struct target_saving saving;
    bool has_saving;
};

/* ---- the goal ---------------------------------------------------------------------------------------- */

/* "-10%", "-25", "45%" or "540". */
static bool read_value(struct str text, struct plan_target *target)
{
    const bool in_pct = text.length > 0 && text.at[text.length - 1] == '%';
    const bool is_change = text.length > 0 && (text.at[0] == '-' || text.at[0] == '+');
    double value = 0;
    text.length -= in_pct;
    if (!parse_double(text, &value))
        return false;
    target->unit = in_pct ? "percent" : "";
    target->value = is_change ? (double)NAN : value;
    target->change = is_change ? value : (double)NAN;
    return true;
}

static bool read_goal(struct target_job *job, struct sought *sought, struct err *err)
{
    const char *text = options_text(job->options, "reach");
    const char *equals = strrchr(text, '=');
    struct plan_target target = {.baseline = (double)NAN, .by = target_job_by(job), .i_action = -1};
    int32_t month = 0;
    if (equals == NULL || !read_value(str_of(equals + 1), &target))
        return err_set(err, ERR_USAGE,
                       "--reach %s is not QUANTITY=VALUE, as in stock=540, stock=-10%% or "
                       "stock:placement:res_external=40",
                       text);
    target.quantity = arena_copy(&job->texts, (struct str){text, (size_t)(equals - text)}, err);
    if (target.quantity == NULL || !target_job_month(job, target.by, &month, err))
        return false;
    sought->quantity = target.quantity;
    const enum target_fate fate = target_resolve(&target, &job->now, job->months, &sought->goal.target);
    if (fate == TARGET_NOT_OURS)
        return err_set(err, ERR_USAGE,
                       "--reach %s: a quantity is a measure (stock, entries, exits, moves, nights, cost, "
                       "readmissions) and a group, as in stock:placement:res_external",
                       text);
    return fate == TARGET_TESTED || err_set(err, ERR_USAGE, "--reach %s: %s", text, target_fate_words(fate));
}

/* ---- the answer -------------------------------------------------------------------------------------- */

/* With the luck of the next seed. */
static bool check(struct sought *sought, struct err *err)
{
    struct target_job *job = sought->job;
    const struct scenario *scenario = &job->choice.scenarios[job->outlook.main];
    struct outlook_input known;
    struct run run = {0};
    if (!outlook_input_make(&job->outlook, job->months, (uint64_t)job->seed + 1, &known, err))
        return false;
    bool ok =
        run_open(&run, job->model, &known.input, &scenario->params, &job->run_options, &job->app->log, err);
    if (ok) {
        const struct goal_setting setting = {
            .run = &run, .scenario = scenario, .prices = &job->prices, .counts = job->now.counts};
        ok = goal_try(&setting, &sought->goal, &sought->lever, sought->answer.at.size, &sought->checked, err);
        run_close(&run);
    }
    outlook_input_free(&known);
    sought->is_checked = ok;
    return ok;
}

/* The chart, with and without the lever, and what the lever saves. */
static bool draw(struct sought *sought, struct err *err)
{
    struct target_job *job = sought->job;
    const struct target_goal *target = &sought->goal.target;
    const struct scenario *main = &job->choice.scenarios[job->outlook.main];
    const struct lever lever = goal_lever_at(&sought->lever, sought->answer.at.size);
    char label[OUTLOOK_LABEL];
    char size[TARGET_SIZE];
    char answer[TARGET_SIZE + 32];
    struct scenario scenario = {0};
    struct draws with = {0};
    struct draws without = {0};
    outlook_label(&job->outlook, job->outlook.main, label);
    target_goal_size(&sought->lever, sought->answer.at.size, sought->answer.decimals, size);
    (void)snprintf(answer, sizeof answer, "%s %s", lever_kind_name(sought->lever.kind), size);
    const bool is_base = job->outlook.main == job->outlook.base;
    bool ok = is_base || run_scenario(&job->run, main, &job->base, &job->prices, &without, err);
    const struct draws *rest = is_base ? &job->base : &without;
    ok = ok && levered_make(main, &lever, 1, &scenario, err) &&
         run_scenario(&job->run, &scenario, &job->base, &job->prices, &with, err) &&
         target_job_draw(job, target, rest, label, target_job_style(job, job->outlook.main), false, err) &&
         target_job_draw(job, target, &with, answer, "scenario", true, err);
    if (ok && with.costs != NULL && rest->costs != NULL) {
        double *work = vec_new(2 * (size_t)with.replicates, sizeof *work, err);
        ok = work != NULL;
        if (ok)
            sought->saving = target_saving_make(&with, rest, MEASURE_COST, target->month, work);
        sought->has_saving = ok;
        free(work);
    }
    levered_free(&scenario);
    draws_free(&with);
    draws_free(&without);
    return ok;
}

/* "as things are", or the scenario that the lever comes on top of. */
static void say_rest(const struct target_job *job, char out[TARGET_ANSWER])
{
    char label[OUTLOOK_LABEL];
    outlook_label(&job->outlook, job->outlook.main, label);
    if (job->outlook.main == job->outlook.base)
        (void)snprintf(out, TARGET_ANSWER, "as things are");
    else
        (void)snprintf(out, TARGET_ANSWER, "under %s", label);
}

/* ---- words and tables -------------------------------------------------------------------------------- */

static bool say_flows(const struct sought *sought, struct err *err)
{
    const struct goal_answer *answer = &sought->answer;
    const double fewer = answer->at.entries - answer->rest.entries;
    const double leave = answer->at.exits - answer->rest.exits;
    const enum lever_kind kind = sought->lever.kind;
    if ((kind == LEVER_ENTRIES || kind == LEVER_REFERRALS || kind == LEVER_READMISSIONS) && !isnan(fewer))
        return target_job_say(sought->job, err,
                              "That is about %.1f %s entries a month, %.1f instead of %.1f.", fabs(fewer),
                              fewer < 0 ? "fewer" : "more", answer->at.entries, answer->rest.entries);
    if (kind == LEVER_EXITS && !isnan(leave))
        return target_job_say(sought->job, err, "About %.1f %s children leave a month, %.1f instead of %.1f.",
                              fabs(leave), leave < 0 ? "fewer" : "more", answer->at.exits,
                              answer->rest.exits);
    return true;
}

static bool say_found(const struct sought *sought, const char *goal, const char *size, struct err *err)
{
    char rest[TARGET_ANSWER];
    char low[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    const struct goal_answer *answer = &sought->answer;
    const struct target_outcome *checked = &sought->checked.outcome;
    const bool already = answer->rest.outcome.chance >= sought->goal.chance;
    target_job_value(&sought->goal.target.quantity, checked->p10, low);
    target_job_value(&sought->goal.target.quantity, checked->p90, high);
    say_rest(sought->job, rest);
    return target_job_say(sought->job, err, "%s is reached in %.0f of 100 futures %s. %s %s %s.", goal,
                          pct * answer->rest.outcome.chance, rest,
                          already ? "It would still be with" : "It takes", sought->lever.text, size) &&
           target_job_say(
               sought->job, err,
               "With other luck (the next seed) %.0f of 100 futures then reach it (95 %% limits %.0f to "
               "%.0f); 8 in 10 lie between %s and %s.",
               pct * checked->chance, pct * checked->limits.low, pct * checked->limits.high, low, high) &&
           say_flows(sought, err);
}

static bool say(const struct sought *sought, struct err *err)
{
    const struct goal_answer *answer = &sought->answer;
    const struct target_goal *target = &sought->goal.target;
    char words[QUANTITY_WORDS];
    char when[DATE_TEXT];
    char size[TARGET_SIZE];
    char level[OUTLOOK_NUMBER];
    char best[OUTLOOK_NUMBER];
    char goal[QUANTITY_WORDS + 96];
    char rest[TARGET_ANSWER];
    say_rest(sought->job, rest);
    quantity_say(&target->quantity, sought->job->now.localities, words);
    date_format_words(target->by, when);
    target_job_value(&target->quantity, target->level, level);
    target_job_value(&target->quantity, answer->at.outcome.p50, best);
    (void)snprintf(goal, sizeof goal, "%s: %s %s by %s", words, target->at_most ? "at most" : "at least",
                   level, when);
    target_goal_size(&sought->lever, answer->at.size, answer->decimals, size);
    switch (answer->fate) {
    case GOAL_FOUND:
        return say_found(sought, goal, size, err);
    case GOAL_ALWAYS:
        return target_job_say(sought->job, err,
                              "%s is reached wherever %s stands (%s in %.0f of 100 futures).", goal,
                              sought->lever.text, rest, pct * answer->rest.outcome.chance);
    case GOAL_OUT_OF_REACH:
        return target_job_say(
            sought->job, err,
            "%s cannot be met by %s with a chance of %.0f %%; the best it reaches is %s, with %s "
            "(met in %.0f of 100 futures).",
            goal, sought->lever.text, pct * sought->goal.chance, best, size, pct * answer->at.outcome.chance);
    }
    return true;
}

static bool add_flows(const struct sought *sought, struct err *err)
{
    struct target_job *job = sought->job;
    const struct goal_trial *with = &sought->answer.at;
    const struct goal_trial *without = &sought->answer.rest;
    const struct {
        const char *words;
        double without, with;
    } rows[] = {{"entries", without->entries, with->entries},
                {"exits", without->exits, with->exits},
                {"moves", without->moves, with->moves}};
    struct table *table =
        target_job_table(job, "seek_flows", "In natural units: children a month up to the date", flow_columns,
                         sizeof flow_columns / sizeof flow_columns[0], true, true);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (isnan(rows[i].with))
            continue;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], rows[i].words, err))
            return false;
        table_set_real(&row[1], rows[i].without);
        table_set_real(&row[2], rows[i].with);
        table_set_real(&row[3], rows[i].with - rows[i].without);
    }
    return true;
}

static bool add_row(const struct sought *sought, struct err *err)
{
    const struct goal_answer *answer = &sought->answer;
    const struct target_outcome *outcome =
        sought->is_checked ? &sought->checked.outcome : &answer->at.outcome;
    char words[TARGET_ANSWER];
    target_goal_needs(&sought->lever, &sought->goal, answer, words);
    struct table *table = target_job_table(sought->job, "seek", NULL, seek_columns,
                                           sizeof seek_columns / sizeof seek_columns[0], true, false);
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], sought->lever.text, err) ||
        !table_set_text(table, &row[1], sought->quantity, err) || !table_set_text(table, &row[5], words, err))
        return false;
    table_set_day(&row[2], sought->goal.target.by);
    table_set_real(&row[3], sought->goal.target.level);
    table_set_real(&row[4], sought->goal.chance);
    table_set_real(&row[6], answer->at.size);
    if (answer->fate == GOAL_FOUND) {
        table_set_real(&row[7], answer->exact - limits95 * answer->error);
        table_set_real(&row[8], answer->exact + limits95 * answer->error);
    }
    table_set_real(&row[9], answer->at.outcome.chance);
    if (sought->is_checked) {
        table_set_real(&row[10], outcome->chance);
        table_set_real(&row[11], outcome->limits.low);
        table_set_real(&row[12], outcome->limits.high);
    }
    table_set_real(&row[13], outcome->p10);
    table_set_real(&row[14], outcome->p50);
    table_set_real(&row[15], outcome->p90);
    if (sought->has_saving) {
        table_set_gbp(&row[16], money_from_pounds(sought->saving.mean));
        table_set_gbp(&row[17], money_from_pounds(sought->saving.p10));
        table_set_gbp(&row[18], money_from_pounds(sought->saving.p90));
    }
    table_set_integer(&row[19], (int64_t)answer->n_trials);
    return true;
}

bool target_seek_run(struct target_job *job, struct folder *folder, struct err *err)
{
    struct sought sought = {.job = job};
    job->numbers = "seek.csv";
    if (!target_goal_lever(job, &sought.lever, err) || !target_goal_chance(job, &sought.goal.chance, err) ||
        !read_goal(job, &sought, err) ||
        !target_goal_ask(job, &sought.goal, &sought.lever, &sought.answer, err) || !check(&sought, err) ||
        !draw(&sought, err) || !say(&sought, err) || !add_row(&sought, err) || !add_flows(&sought, err))
        return false;
    if (sought.answer.fate == GOAL_OUT_OF_REACH)
        return true;
    const struct lever lever = goal_lever_at(&sought.lever, sought.answer.at.size);
    const char *title =
        arena_format(&job->texts, err, "Goal-seek: %s for %s", sought.lever.text, sought.quantity);
    return title != NULL && target_job_scenario(job, folder, "seek", title, &lever, 1, err);
}
