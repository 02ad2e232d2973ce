/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan: the actions of a plan, what is due, what is late, what changed. */
#include <stdlib.h>

#include "app/command.h"
#include "app/plan_cohorts.h"
#include "app/plan_page.h"
#include "app/plan_tables.h"
#include "app/plan_worked.h"
#include "app/publish.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "render/csv.h"
#include "render/folder.h"
#include "store/plans.h"

enum { MOST_LATE = 20 }; /* rows on the screen of each plan; plan.csv has all */

static const struct option_spec plan_options[] = {
    {.name = "as-of",
     .argument = "DATE",
     .type = OPTION_DATE,
     .words = "the view on this day, of the newest version that is not later (default: the plan's own date)"},
    {.name = "changes",
     .type = OPTION_FLAG,
     .words = "what moved, by how many days, was added or dropped since the version before: changes.csv"},
    OPTION_REPORTS(NULL),
    {.name = "worked",
     .type = OPTION_FLAG,
     .words = "did it work: what was forecast before each action began, and what happened: outcome.csv"},
    OPTION_RUNS("1000", 20, "simulated futures of --worked", NULL),
    OPTION_SEED("another seed draws other futures", NULL),
    OPTION_THREADS(NULL),
    {.name = "show-children",
     .type = OPTION_FLAG,
     .words = "name the children in care to act on, in children.csv, to look into their files; keep it safe"},
    OPTIONS_PUBLISH,
};

/* What one run gathers over its plans. */
struct run {
    struct app *app;
    struct store *store;
    const struct options *options;
    struct table rows, statuses, due, late, changes;
    struct plan_page page;
    struct plan_cohorts cohorts;
    struct plan_worked *worked;
    struct table outcome;
    size_t n_left; /* late rows that are not on the screen */
};

static void run_init(struct run *run)
{
    plan_tables_init_rows(&run->rows);
    plan_tables_init_statuses(&run->statuses);
    plan_tables_init_short(&run->due);
    plan_tables_init_short(&run->late);
    plan_tables_init_changes(&run->changes);
}

static void run_free(struct run *run)
{
    table_free(&run->rows);
    table_free(&run->statuses);
    table_free(&run->due);
    table_free(&run->late);
    table_free(&run->changes);
    plan_page_free(&run->page);
    plan_cohorts_free(&run->cohorts);
    plan_worked_close(run->worked);
    table_free(&run->outcome);
}

/* The version before one, in their order; 0 when it is the first. */
static bool version_before(struct run *run, const struct stored_plan *stored, int32_t version, int32_t *out,
                           struct err *err)
{
    struct stored_version *versions = NULL;
    size_t n = 0;
    const bool ok = store_plan_versions(run->store, stored->plan, &versions, &n, err);
    *out = 0;
    for (size_t i = 1; ok && i < n; i++)
        if (versions[i].version == version)
            *out = versions[i - 1].version;
    free(versions);
    return ok;
}

static bool add_changes(struct run *run, const struct stored_plan *stored, const struct plan *plan,
                        struct err *err)
{
    struct plan_choice choice = {0};
    struct plan before = {0};
    struct change *changes = NULL;
    size_t n = 0;
    if (!version_before(run, stored, plan->version, &choice.version, err))
        return false;
    if (choice.version == 0) {
        log_info(&run->app->log, "of the plan %s no earlier version is stored", stored->name);
        return true;
    }
    const bool ok = store_load_plan(run->store, stored, &choice, &before, err) &&
                    changes_find(&before, plan, &changes, &n, err) &&
                    plan_tables_add_changes(&run->changes, &before, plan, changes, n, err);
    free(changes);
    plan_free(&before);
    return ok;
}

static bool add_plan(struct run *run, const struct stored_plan *stored, struct err *err)
{
    const struct plan_choice choice = {.has_as_of = options_has(run->options, "as-of"),
                                       .as_of = options_date(run->options, "as-of")};
    struct plan plan = {0};
    struct effects effects = {0};
    struct targets targets = {0};
    bool ok = store_load_plan(run->store, stored, &choice, &plan, err) &&
              store_load_plan_parts(run->store, stored, &plan, &effects, &targets, err);
    if (ok) {
        const day as_of = choice.has_as_of ? choice.as_of : plan.stamp.date;
        ok = plan_tables_add_rows(&run->rows, &plan, &effects, as_of, err) &&
             plan_tables_add_statuses(&run->statuses, &plan, as_of, err) &&
             plan_tables_add_due(&run->due, &plan, as_of, err) &&
             plan_tables_add_late(&run->late, &plan, as_of, MOST_LATE, &run->n_left, err) &&
             plan_page_add(&run->page, &plan, &effects, &targets, as_of, err) &&
             (!options_has(run->options, "changes") || add_changes(run, stored, &plan, err));
    }
    targets_free(&targets);
    effects_free(&effects);
    plan_free(&plan);
    return ok;
}

/* The plan that is named, else every plan that has a version. */
static bool add_plans(struct run *run, struct err *err)
{
    struct stored_plan *plans = NULL;
    size_t n = 0;
    struct stored_plan one;
    if (options_n_arguments(run->options) > 0)
        return store_find_plan(run->store, options_argument(run->options, 0), &one, err) &&
               plan_page_begin(&run->page, 1, err) && add_plan(run, &one, err);
    bool ok = store_plans(run->store, &plans, &n, err);
    size_t used = 0;
    for (size_t i = 0; ok && i < n; i++)
        used += plans[i].n_versions > 0;
    ok = ok && plan_page_begin(&run->page, used, err);
    for (size_t i = 0; ok && i < n; i++) {
        if (plans[i].n_versions == 0)
            continue;
        ok = add_plan(run, &plans[i], err);
    }
    free(plans);
    return ok && (used > 0 || err_set(err, ERR_NO_INPUT, "no plan is stored; import one first"));
}

static bool find_worked(struct run *run, struct err *err)
{
    if (!options_has(run->options, "worked"))
        return true;
    run->worked = plan_worked_open(run->app, run->options, run->store, err);
    return run->worked != NULL && plan_worked_table(&run->outcome, run->worked, err);
}

/* What the returns say: whom to act on, and what came of actions that have begun. */
static bool add_others(struct run *run, struct err *err)
{
    struct table questions = {0};
    struct table money = {0};
    bool ok = !run->cohorts.is_there ||
              plan_page_add_other(
                  &run->page, "Children in care to act on",
                  "A list to ask questions of, not advice; where five children or fewer are meant their "
                  "number is not shown here. The rules are in the help of this command.",
                  "cohorts.csv", &run->cohorts.screen, err);
    if (ok && run->worked != NULL)
        ok = plan_worked_question_table(&questions, run->worked, err) &&
             plan_worked_money_table(&money, run->worked, err) &&
             plan_page_add_other(&run->page, "Did it work?", plan_worked_caution(), "outcome.csv", &questions,
                                 err) &&
             plan_page_add_other(
                 &run->page, "What it cost, and what it saved",
                 "The budget is the plan's; savings are in placement costs at the prices stored now, so "
                 "an action on prices shows none.",
                 "outcome.csv", &money, err);
    table_free(&questions);
    table_free(&money);
    return ok;
}

static bool write_tables(struct run *run, struct err *err)
{
    struct folder folder = {0};
    const char *out = options_out(run->options);
    const bool ok = folder_begin(&folder, out, err) && csv_save(&folder, &run->rows, err) &&
                    (!options_has(run->options, "changes") || csv_save(&folder, &run->changes, err)) &&
                    add_others(run, err) &&
                    plan_page_write(&run->page, &folder, options_text(run->options, "reports"),
                                    options_has(run->options, "publish") ? "turncurve plan --publish"
                                                                         : run->app->command_line,
                                    &run->app->log, err) &&
                    plan_cohorts_write(&run->cohorts, &folder, err) &&
                    (run->worked == NULL || csv_save(&folder, &run->outcome, err)) &&
                    folder_commit(&folder, err);
    folder_abandon(&folder);
    if (ok)
        log_info(&run->app->log, "wrote %s/index.html and plan.csv", out);
    return ok;
}

static bool show_part(struct run *run, const char *heading, const char *nothing, const struct table *table,
                      struct err *err)
{
    fprintf(run->app->out, "\n%s\n", table->n_rows > 0 ? heading : nothing);
    return table->n_rows == 0 || show_table(run->app, table, err);
}

static bool show(struct run *run, struct err *err)
{
    if (options_has(run->options, "worked"))
        return plan_worked_show(run->app, run->worked, err);
    if (run->app->json)
        return show_table(run->app, options_has(run->options, "changes") ? &run->changes : &run->rows, err);
    if (options_has(run->options, "changes")) {
        if (run->changes.n_rows == 0)
            fprintf(run->app->out, "Nothing changed.\n");
        return run->changes.n_rows == 0 || show_table(run->app, &run->changes, err);
    }
    if (!show_table(run->app, &run->statuses, err) ||
        !show_part(run, "Due this quarter:", "Nothing is due this quarter.", &run->due, err) ||
        !show_part(run, "Late:", "Nothing is late.", &run->late, err))
        return false;
    if (run->n_left > 0)
        fprintf(run->app->out, "and %zu more in plan.csv\n", run->n_left);
    return plan_cohorts_show(run->app, &run->cohorts, err);
}

/* A plan is words, dates and expected effects; whom to act on and what came of it are numbers of few
 * children, over spans that overlap what else is published. */
static bool check_publish(const struct options *options, struct err *err)
{
    struct publish publish;
    const bool ok = publish_begin(&publish, options, err);
    publish_free(&publish);
    return ok &&
           (!options_has(options, "publish") ||
            (!options_has(options, "worked") && !options_has(options, "show-children")) ||
            err_set(err, ERR_USAGE,
                    "--%s cannot be published: leave it out, or leave --publish out and keep the results in "
                    "the house",
                    options_has(options, "worked") ? "worked" : "show-children"));
}

static bool run_plan(struct app *app, const struct options *options, struct err *err)
{
    if (!check_publish(options, err))
        return false;
    struct run run = {.app = app, .options = options, .store = store_open(app->database, STORE_READ, err)};
    run_init(&run);
    const bool ok =
        run.store != NULL && add_plans(&run, err) &&
        (options_has(options, "publish") || plan_cohorts_make(app, options, run.store, &run.cohorts, err)) &&
        find_worked(&run, err) && write_tables(&run, err) && show(&run, err);
    run_free(&run);
    store_close(run.store);
    return ok;
}

const struct command command_plan = {
    .name = "plan",
    .one_line = "actions and milestones of a plan: what is due, late, moved",
    .arguments = "[NAME]",
    .most_arguments = 1,
    .about =
        "Lists the actions of the stored plans, or of one: when each is due, how it stands, how late it is "
        "on the "
        "plan's own date or the day that --as-of names. The screen counts statuses and shows what is due in "
        "that "
        "quarter of the financial year and what is late, the latest first; plan.csv has every row; the page "
        "adds a Gantt chart, counts by priority and by who leads, what measures each action, how often the "
        "plan's dates slipped so far, and the effects that are expected of it.\n\n"
        "Due dates and statuses are read from the words of the plan. A revised date counts instead of the "
        "first; "
        "\"As above\" is that of the row above. Days late count from the last day that counts, for what is "
        "not "
        "complete; what recurs or goes on is never late. What could not be read, or contradicts itself, is "
        "among the findings of check.\n\n"
        "An import of a later version keeps the earlier: --changes compares the version asked for with the "
        "one "
        "before it. Versions are ordered by the plan's date, then by import.\n\n"
        "--worked asks what came of each action whose effect began to act by the end of the returns. The "
        "baseline is forecast from the last month end before it began, from what was known then; beside it "
        "stand the children in care, entries, exits or nights that the action acts on, and the cost at the "
        "prices stored now, as they came to be; how far off they are in standard deviations of the forecast, "
        "and how often chance brings as much. A difference is called clear below 1 in 20, probable below 1 "
        "in 5, and nothing in the first 91 days or where fewer than 5 events were to be expected. Other "
        "things happened at the same time, so that no difference proves its cause.\n\n"
        "Where returns are stored, cohorts.csv counts children in care to act on, at the end of the returns "
        "or on the day of --as-of: placed with parents, or with family and friends, for over 18 months; and "
        "in agency fostering or an external children's home for over 12 months, under 16, not long-term "
        "fostered, not on remand, with others of their age and need in in-house fostering. That is a list to "
        "ask questions of, not advice. The screen leaves out counts of 1 to 5; no child is named unless "
        "--show-children asks for it, and then only in children.csv.",
    .examples = "turncurve plan  # every stored plan on its own date\n"
                "turncurve plan leeds-2012 --as-of 2012-10-01  # the view on that day\n"
                "turncurve plan leeds-2012 --worked  # what came of actions that have begun\n"
                "turncurve plan leeds-2012 --changes  # since the version before\n",
    .files =
        "out/plan/index.html    the page; gantt.svg and gantt.png (of several plans NAME-gantt)\n"
        "out/plan/plan.csv      plan, action_ref, action, milestone, due_text, due_earliest, due_latest,\n"
        "                       due_precision, due_kind, status_text, status, days_late, lead_role,\n"
        "                       effect_p50, effect_p10, effect_p90, unit\n"
        "out/plan/changes.csv   with --changes: plan, from_date, to_date, change, days, action_ref, action,\n"
        "                       milestone, due_before, due_after, status_before, status_after\n"
        "out/plan/outcome.csv   with --worked: plan, action_ref, began, forecast_from, to, measure,\n"
        "                       group, unit, forecast_p10, forecast_p50, forecast_p90, actual,\n"
        "                       surprise_sd, p_value, words, budget, saving_expected_gbp, saving_seen_gbp\n"
        "out/plan/cohorts.csv   where returns are stored: la, cohort, locality, children, nights_a_year,\n"
        "                       gbp_a_year\n"
        "out/plan/children.csv  with --show-children: la, cohort, locality, child, age, placement, since",
    .options = plan_options,
    .n_options = sizeof plan_options / sizeof plan_options[0],
    .run = run_plan,
};
