/* SPDX-License-Identifier: GPL-3.0-or-later
 * target: will targets be met, what would it take, do they agree, what is the cheapest way.
 *
 * All questions share one fit and one run of the baseline. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/caution.h"
#include "app/run_choice.h"
#include "app/shared_options.h"
#include "app/target_job.h"
#include "base/vec.h"

static const struct option_spec target_options[] = {
    {.name = "plan",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words =
         "a stored plan: its targets are tested, under the baseline and under the plan as likely, best and "
         "worst, or under every --scenario",
     .group = "What to ask"},
    {.name = "seek",
     .argument = "LEVER[:WHERE]",
     .type = OPTION_TEXT,
     .words =
         "how far must this lever be pulled? entries, exits, moves, mix, price, capacity, readmissions or "
         "referrals, with conditions as in exits:age=10-17;route=home. With --reach for that goal; without, "
         "for each target of the plan",
     .group = "What to ask"},
    {.name = "reach",
     .argument = "QUANTITY=VALUE",
     .type = OPTION_TEXT,
     .words =
         "the goal of --seek: stock=540, stock:placement:res_external=40, stock=-10% or stock=-25 against "
         "the last known day",
     .group = "What to ask"},
    {.name = "chance",
     .argument = "PER CENT",
     .type = OPTION_TEXT,
     .fallback = "50%",
     .words = "chance of reaching it that is enough",
     .group = "What to ask"},
    {.name = "mix",
     .argument = "GROUP=SHARE,...",
     .type = OPTION_TEXT,
     .words =
         "placement targets as shares of all children, as in foster_inhouse=45%,res_external=7%: what they "
         "take and bring, while children move as placements end",
     .group = "What to ask"},
    {.name = "cheapest",
     .type = OPTION_FLAG,
     .words = "the mix of fostering and children's homes that costs least and fits need and places",
     .group = "What to ask"},
    {.name = "by",
     .argument = "DATE",
     .type = OPTION_DATE,
     .words = "when, for --reach, --mix and --cheapest; 24 months ahead when not given",
     .group = "What to ask"},
    OPTION_SCENARIO("What to forecast"),
    OPTION_SCENARIOS("What to forecast"),
    OPTION_MODEL("What to forecast"),
    OPTION_FROM("What to forecast"),
    {.name = "months",
     .argument = "N",
     .type = OPTION_INTEGER,
     .low = 1,
     .high = 600,
     .words = "months to forecast; as many as the dates need, 120 at most, when not given",
     .group = "What to forecast"},
    OPTION_SHORT_BREAKS("What to forecast"),
    OPTION_RUNS("2000", 2, "simulated futures a scenario or trial", "How to run it"),
    OPTION_SEED("another seed draws other futures; answers of --seek are checked with the next one",
                "How to run it"),
    OPTION_THREADS("How to run it"),
    OPTION_RAW("the model's own intervals, neither pooled nor scaled by what backtests taught",
               "How to run it"),
    OPTION_REPORTS("How to run it"),
    OPTIONS_PUBLISH,
};
enum { MONTHS_MOST = 120 };

/* ---- what is asked ----------------------------------------------------------------------------------- */

static bool check_question(const struct options *options, struct err *err)
{
    const bool plan = options_text(options, "plan") != NULL;
    const bool seek = options_text(options, "seek") != NULL;
    const bool reach = options_text(options, "reach") != NULL;
    if (options_has(options, "publish") &&
        (seek || reach || !plan || options_text(options, "mix") != NULL || options_has(options, "cheapest")))
        return err_set(
            err, ERR_USAGE,
            "--publish goes with --plan alone: answers to --seek, --mix and --cheapest are about groups "
            "that may be small");
    if (reach && !seek)
        return err_set(err, ERR_USAGE, "--reach needs --seek LEVER: the lever that is to reach it");
    if (seek && !reach && !plan)
        return err_set(
            err, ERR_USAGE,
            "--seek needs a goal: --reach QUANTITY=VALUE, as in --reach stock=-10%%, or --plan NAME for "
            "the targets of a plan");
    if (!plan && !seek && options_text(options, "mix") == NULL && !options_has(options, "cheapest"))
        return err_set(err, ERR_USAGE,
                       "nothing is asked: give --plan NAME, --seek LEVER --reach QUANTITY=VALUE, --mix "
                       "GROUP=SHARE or --cheapest");
    return true;
}

/* ---- loading ----------------------------------------------------------------------------------------- */

static bool load_outlook(struct target_job *job, struct err *err)
{
    struct authority authority;
    const char *name = options_text(job->options, "model");
    const char *la = options_text(job->options, "la");
    if (la != NULL && strcmp(la, "all") == 0)
        return err_set(err, ERR_USAGE, "target answers for one authority: give its name to --la");
    if (!store_find_authority(job->store, la, &authority, err))
        return false;
    if (!(name != NULL ? run_choice_model(job->app, name, &job->model, err)
                       : run_choice_default(job->app, authority.has_returns, &job->panel, job->store,
                                            &job->model, err)) ||
        !outlook_load(&job->outlook, job->store, &authority, job->model, options_date(job->options, "from"),
                      options_has(job->options, "short-breaks"), err))
        return false;
    job->is_loaded = true;
    return (job->model->needs & MODEL_NEEDS_PANEL) == 0 ||
           panel_source_at(&job->panel, job->store, job->outlook.origin, &job->outlook.panel, err);
}

/* A plan that has no effects changes no number, but its targets can be held against the baseline. */
static bool choose_scenarios(struct target_job *job, struct err *err)
{
    struct scenario_choice *choice = &job->choice;
    const char *plan = options_text(job->options, "plan");
    const day as_of = options_date(job->options, "from");
    if (plan != NULL && options_count(job->options, "scenario") == 0) {
        if (!plan_choices_load(&choice->plans, job->store, plan, as_of, &choice->plan, err))
            return false;
        if (choice->plan->effects.n == 0) {
            log_info(&job->app->log,
                     "plan %s has no effects, so its targets are held against the baseline alone",
                     choice->plan->plan.name);
            choice->scenarios = vec_new(1, sizeof *choice->scenarios, err);
            if (choice->scenarios == NULL ||
                !scenario_load(&choice->scenarios[0], "baseline", options_text(job->options, "scenarios"),
                               job->model->params, job->model->n_params, err))
                return false;
            choice->n = 1;
            return true;
        }
        scenario_choice_free(choice);
    }
    return scenario_choice_make(job->options, job->model, job->store, as_of, &job->app->log, choice, err);
}

static void set_known(struct target_job *job)
{
    const struct group all = {GROUP_ALL, 0};
    const struct outlook *outlook = &job->outlook;
    job->now = (struct target_known){.counts = target_job_counts(job), .origin = outlook->origin};
    if (!outlook_stock(outlook, all, outlook->origin, &job->now.stock))
        job->now.stock = (double)NAN;
    if (!outlook_flow(outlook, MEASURE_ENTRIES, outlook->origin, &job->now.entries))
        job->now.entries = (double)NAN;
    if (!outlook_flow(outlook, MEASURE_EXITS, outlook->origin, &job->now.exits))
        job->now.exits = (double)NAN;
    if (outlook->has_history) {
        job->now.localities = outlook->history.localities;
        job->now.n_localities = outlook->history.n_localities;
    }
}

static bool set_months(struct target_job *job, struct err *err)
{
    const bool others = options_text(job->options, "reach") != NULL ||
                        options_text(job->options, "mix") != NULL || options_has(job->options, "cheapest");
    const int32_t by = date_month_index(target_job_by(job)) - date_month_index(job->outlook.origin);
    const int32_t plan = target_plan_months(job);
    job->months = (int32_t)options_integer(job->options, "months");
    if (options_has(job->options, "months"))
        return true;
    job->months = others && by > plan ? by : plan;
    job->months = job->months < 1 ? 1 : job->months > MONTHS_MOST ? MONTHS_MOST : job->months;
    return !others || by < 1 || by <= MONTHS_MOST ||
           err_set(err, ERR_USAGE, "--by lies more than %d months ahead; give --months too", MONTHS_MOST);
}

/* The intervals that own backtests taught, where there are some. */
static bool find_intervals(struct target_job *job, struct err *err)
{
    struct outlook *outlook = &job->outlook;
    if (!intervals_find(job->store, outlook->authority.la, job->model, &job->choice.scenarios[0].params,
                        options_has(job->options, "short-breaks"), job->run_options.raw, outlook->origin,
                        &outlook->intervals, err))
        return false;
    if (outlook->intervals.source != INTERVALS_RAW)
        job->run_options.calibration = &outlook->intervals.calibration;
    if (outlook->intervals.source == INTERVALS_STALE)
        log_info(
            &job->app->log,
            "files, parameters or the program have changed since the last backtest, so what it taught about "
            "intervals is not used; run \"turncurve backtest\" again");
    return true;
}

static bool prepare(struct target_job *job, struct err *err)
{
    struct outlook *outlook = &job->outlook;
    job->run_options = (struct run_options){.replicates = (int32_t)options_integer(job->options, "runs"),
                                            .threads = run_choice_threads(job->options),
                                            .raw = options_has(job->options, "raw")};
    if (!run_choice_model(job->app, "last_value", &job->run_options.reference, err) ||
        !find_intervals(job, err) ||
        !outlook_input_make(outlook, job->months, (uint64_t)job->seed, &job->known, err))
        return false;
    job->is_prepared = true;
    if (!caution_find(outlook, job->store, err))
        return false;
    caution_add_point(outlook, job->model);
    if (outlook->caution[0] != '\0')
        log_warning(&job->app->log, "%s", outlook->caution);
    outlook->scenarios = job->choice.scenarios;
    outlook->n_scenarios = job->choice.n;
    outlook_choose(outlook);
    const struct scenario *base = &job->choice.scenarios[outlook->base];
    log_progress_start(&job->app->log);
    return run_open(&job->run, job->model, &job->known.input, &base->params, &job->run_options,
                    &job->app->log, err) &&
           run_scenario(&job->run, base, NULL, &job->prices, &job->base, err);
}

static bool load(struct target_job *job, struct err *err)
{
    if (!load_outlook(job, err) || !choose_scenarios(job, err))
        return false;
    outlook_warn_of_prices(&job->outlook, &job->prices, &job->app->log);
    if (job->publish.is_on &&
        !outlook_publish_past(&job->outlook, &job->publish, job->store, &job->app->log, err))
        return false;
    set_known(job);
    return set_months(job, err) && prepare(job, err);
}

static void job_close(struct target_job *job)
{
    log_progress_end(&job->app->log);
    draws_free(&job->base);
    if (job->run.fitted != NULL)
        run_close(&job->run);
    if (job->is_prepared)
        outlook_input_free(&job->known);
    if (job->is_loaded)
        outlook_free(&job->outlook);
    scenario_choice_free(&job->choice);
    price_book_free(&job->prices);
    publish_free(&job->publish);
    panel_source_free(&job->panel);
    chart_set_free(&job->charts);
    for (size_t i = 0; i < job->n_tables; i++)
        table_free(&job->tables[i].table);
    text_free(&job->lead);
    arena_free(&job->texts);
    store_close(job->store);
}

static bool answer(struct target_job *job, struct folder *folder, struct err *err)
{
    return (job->choice.plan == NULL ||
            (target_plan_run(job, err) && (job->publish.is_on || target_agree_run(job, err)))) &&
           (options_text(job->options, "reach") == NULL || target_seek_run(job, folder, err)) &&
           (options_text(job->options, "mix") == NULL || target_mix_run(job, folder, err)) &&
           (!options_has(job->options, "cheapest") || target_cheapest_run(job, err));
}

static bool target_command(struct app *app, const struct options *options, struct err *err)
{
    const double started = run_choice_seconds();
    struct folder folder = {0};
    struct target_job *job = vec_new(1, sizeof *job, err);
    if (job == NULL)
        return false;
    *job = (struct target_job){.app = app, .options = options, .seed = options_integer(options, "seed")};
    bool ok = check_question(options, err) && publish_begin(&job->publish, options, err);
    if (ok)
        job->store = store_open(app->database, STORE_READ, err);
    ok = ok && job->store != NULL && store_load_prices(job->store, &job->prices, err) &&
         folder_begin(&folder, options_out(options), err) && load(job, err) && answer(job, &folder, err);
    log_progress_end(&app->log);
    ok = ok && target_job_write(job, &folder, started, err) && folder_commit(&folder, err) &&
         target_job_show(job, err);
    folder_abandon(&folder);
    job_close(job);
    free(job);
    return ok;
}

const struct command command_target = {
    .name = "target",
    .one_line = "chance of meeting targets, and what it would take",
    .arguments = "",
    .about =
        "Holds targets against simulated futures. With --plan: each target of a stored plan that a forecast "
        "has "
        "numbers for, under each scenario: where the quantity will be on its date (8 in 10 futures between "
        "p10 and "
        "p90), the chance of meeting it (the share of futures that do), what is missing on average (nothing "
        "where "
        "it is met), what the scenario saves by then against the baseline in the same futures, and the "
        "chance of "
        "meeting all at once. Targets without a figure or date are reported, not guessed; quantities that "
        "only "
        "measures track are listed. Also whether the targets of one date can all be met at once: if not, "
        "which "
        "contradict each other, and which could give way.\n\n"
        "A quantity is MEASURE or MEASURE:GROUP, as in stock:placement:res_external or exits:route:home; "
        "stock is "
        "counted at the end of the date's month, everything else over the twelve months before it. A change "
        "without a baseline counts from the last known day.\n\n"
        "With --seek and --reach: how large one lever must be from now on, on top of the scenario (with "
        "--plan the "
        "plan as likely), for the goal to be reached with the chance asked for; tried with the luck of "
        "--seed, "
        "checked with that of the next seed. The answer is a scenario, seek.yaml, that forecast reads. A "
        "lever that "
        "cannot do it says how far it gets.\n\n"
        "With --mix: shares of placement groups on a date, reached by sending new and ending placements "
        "elsewhere; nobody is moved before a placement ends. What that leaves over or lacks comes from "
        "fostering "
        "(but for kin) and children's homes that are not named, in proportion. With --cheapest: the mix of "
        "fostering and children's homes that costs least a week for the children the forecast has, within "
        "the "
        "places of the scenario's capacity lines (without a line: those in use), with at least those in each "
        "group "
        "who will still be there; and what one more place saves.",
    .examples = "turncurve target --plan leeds-2012  # chances of its targets\n"
                "turncurve target --seek entries --reach stock=-10%  # how many fewer entries in two years?\n"
                "turncurve target --seek 'exits:age=10-17;route=home' --reach stock=540 --chance 80%\n"
                "turncurve forecast --scenario out/target/seek.yaml  # the answer, as a forecast\n"
                "turncurve target --mix foster_inhouse=45%,res_external=7% --by 2028-03-31\n",
    .files = "out/target/index.html    chances, charts, what it would take\n"
             "out/target/targets.csv   plan, action_ref, quantity, by, target, scenario, p10, p50, p90,\n"
             "                         chance, shortfall, saving_gbp, needs; quantity all: all at once\n"
             "out/target/savings.csv   by scenario: money and nights saved, p10 and p90\n"
             "out/target/conflicts.csv targets of one date that cannot all be met\n"
             "out/target/seek.csv      the question to --seek and its answer; seek_flows.csv: a month\n"
             "out/target/seek.yaml     the answer as a scenario\n"
             "out/target/mix.csv       --mix by placement; mix_path.csv: month by month\n"
             "out/target/mix.yaml      the mix as a scenario\n"
             "out/target/cheapest.csv  --cheapest by placement\n"
             "out/target/manifest.json inputs, parameters, seed",
    .options = target_options,
    .n_options = sizeof target_options / sizeof target_options[0],
    .run = target_command,
};
