/* SPDX-License-Identifier: GPL-3.0-or-later
 * finance: the monthly placement budget report. */
#include <stdlib.h>

#include "app/finance_job.h"
#include "app/finance_publish.h"
#include "app/run_choice.h"
#include "app/shared_options.h"
#include "base/vec.h"

static const struct option_spec finance_options[] = {
    {.name = "year",
     .argument = "YEAR",
     .type = OPTION_TEXT,
     .words = "financial year, as in 2026-27; that of the day after the data when not given",
     .group = "What to report"},
    {.name = "ledger-lag",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "1",
     .low = 0,
     .high = 12,
     .words =
         "months at the ledger's end that are not closed yet: accruals and late invoices are still to come",
     .group = "What to report"},
    {.name = "plan",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "a stored plan: what each of its actions brings, and the report under the plan as likely",
     .group = "What to report"},
    OPTION_SCENARIO("What to report"),
    OPTION_SCENARIOS("What to report"),
    {.name = "model",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "as in forecast; one that works from returns and knows placements",
     .group = "What to report"},
    OPTION_FROM("What to report"),
    OPTION_SHORT_BREAKS("What to report"),
    OPTION_RUNS("2000", 2, "simulated futures a scenario", "How to run it"),
    OPTION_SEED("another seed draws other futures", "How to run it"),
    OPTION_THREADS("How to run it"),
    OPTION_RAW("the model's own intervals, neither pooled nor scaled by what backtests taught",
               "How to run it"),
    OPTION_REPORTS("How to run it"),
    OPTIONS_PUBLISH,
};

static bool finance_command(struct app *app, const struct options *options, struct err *err)
{
    const double started = run_choice_seconds();
    struct folder folder = {0};
    struct finance_job *job = vec_new(1, sizeof *job, err);
    if (job == NULL)
        return false;
    *job = (struct finance_job){.app = app, .options = options, .seed = options_integer(options, "seed")};
    bool ok = publish_begin(&job->publish, options, err);
    job->store = ok ? store_open(app->database, STORE_READ, err) : NULL;
    ok = job->store != NULL && folder_begin(&folder, options_out(options), err) &&
         finance_job_run(job, err) && finance_tables_make(job, err) && finance_words_make(job, err) &&
         finance_charts_make(job, err) && finance_write(job, &folder, started, err);
    ok = ok && finance_publish_record(job, err) && folder_commit(&folder, err) &&
         finance_job_keep(job, err) && finance_show(job, err);
    folder_abandon(&folder);
    finance_job_close(job);
    free(job);
    return ok;
}

const struct command command_finance = {
    .name = "finance",
    .one_line = "the monthly placement budget report",
    .arguments = "",
    .about =
        "Reports on the money of a financial year by budget line, from returns, prices, and, where they are "
        "imported, a budget and a ledger: budget, actual to date, committed, expected outturn with its "
        "expected "
        "range (8 in 10 futures), the variance split into volume, price and mix to the penny, the chance of "
        "an "
        "overspend, the full-year effect, savings, what each decision of a plan brings, what moved since the "
        "last report, five years by scenario, and what if.\n\n"
        "Closed months are the ledger's; the rest is the children known and simulated, at the price book "
        "times "
        "a factor that the ledger's closed months taught, line by line. A ratio beyond 15 % is reported and "
        "not "
        "used: then the price list or the line is wrong.\n\n"
        "Budget lines name the placement groups that they pay for, several joined by +. The report is kept "
        "in "
        "the database, one for each year, scenario and day of data, so that the next one can say what "
        "moved.\n\n"
        "--publish makes a report that may be seen by anybody: lines with fewer than 6 children in some "
        "month "
        "of the year, and lines by which those could be found, have c in all figures; months of lines, the "
        "price book and single actions are left out. What was hidden once stays hidden in the year.",
    .examples = "turncurve finance                          # the year after the data, from what is stored\n"
                "turncurve finance --from 2021-09-30 --year 2021-22   # as it stood in the middle of a year\n"
                "turncurve finance --plan leeds-2012       # with what each action of a plan brings\n"
                "turncurve finance --publish --out public  # for papers that anybody may read\n",
    .files = "out/finance/index.html        findings, tables, charts, assumptions\n"
             "out/finance/finance.xlsx      the same as a workbook, with formulas and inputs\n"
             "out/finance/finance.csv       by line: budget, actual, committed, outturn, variance, split\n"
             "out/finance/chance.csv        chance of an overspend, and by how much\n"
             "out/finance/split.csv         nights, average weekly cost, volume, price, mix\n"
             "out/finance/to_date.csv       budget and actual to date\n"
             "out/finance/profile.csv       month by month\n"
             "out/finance/full_year.csv     next year's cost of today's children\n"
             "out/finance/savings.csv       planned, delivered, expected, at risk\n"
             "out/finance/decisions.csv     with --plan: each action's part\n"
             "out/finance/medium_term.csv   five years by scenario\n"
             "out/finance/sensitivities.csv what if\n"
             "out/finance/calibration.csv   actual unit costs and the price book\n"
             "out/finance/movement.csv      since the last report that knew less\n"
             "out/finance/manifest.json     inputs, parameters, seed",
    .options = finance_options,
    .n_options = sizeof finance_options / sizeof finance_options[0],
    .run = finance_command,
};
