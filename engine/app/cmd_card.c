/* SPDX-License-Identifier: GPL-3.0-or-later
 * card: what a board, a team, a partnership reads of a quarter, a month, a half-year. */
#include <stdlib.h>
#include <string.h>

#include "app/card_job.h"
#include "app/manifest.h"
#include "app/run_choice.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "base/vec.h"
#include "render/csv.h"
#include "render/reports.h"

static const struct option_spec card_options[] = {
    {.name = "quarter",
     .argument = "QUARTER",
     .type = OPTION_TEXT,
     .words =
         "as 2026-27Q1 (April to June 2026); the last that the returns cover when nothing else is asked for",
     .group = "What to report"},
    {.name = "month",
     .argument = "MONTH",
     .type = OPTION_TEXT,
     .words = "as 2026-05: the monthly dashboard instead of a card",
     .group = "What to report"},
    {.name = "half-year",
     .argument = "HALF",
     .type = OPTION_TEXT,
     .words = "as 2026-27H1 (April to September 2026): the half-yearly report to the board",
     .group = "What to report"},
    {.name = "all",
     .type = OPTION_FLAG,
     .words = "a card for every quarter that ends a year or more of returns, with a front page and arrows "
              "between them",
     .group = "What to report"},
    {.name = "locality",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "one locality, cluster or team; without it the whole authority, and all of them in one table",
     .group = "What to report"},
    {.name = "plan",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "a stored plan, as it stood when the period ended: its curve, actions and targets",
     .group = "What to report"},
    {.name = "commentary",
     .argument = "FILE|DIR",
     .type = OPTION_PATH,
     .words = "what a person wrote, in Markdown: a file, or a folder of files named after their period, "
              "2026-27Q1.md, of "
              "a locality 2026-27Q1-north-east.md; the folder commentary beside the database when not given",
     .group = "What to report"},
    {.name = "measures",
     .argument = "NAME,..",
     .type = OPTION_TEXT,
     .words = "the measures on the sheet, up to ten, by their names in card.csv; else three a question, "
              "those with a target "
              "first",
     .group = "What to report"},
    OPTION_RUNS("1000", 20, "simulated futures a scenario", "How to run it"),
    OPTION_SEED("another seed draws other futures", "How to run it"),
    OPTION_THREADS("How to run it"),
    OPTION_REPORTS("How to run it"),
    OPTIONS_PUBLISH,
};

enum { MONTHS_A_YEAR = 12, N_KINDS = 3 };

/* What the options ask for. */
struct card_question {
    enum card_period_kind kind;
    const char *text; /* NULL: the last there is */
    bool series;
};

static bool read_question(const struct options *options, struct card_question *out, struct err *err)
{
    static const char *const names[N_KINDS] = {
        [CARD_QUARTER] = "quarter", [CARD_MONTH] = "month", [CARD_HALF_YEAR] = "half-year"};
    int n = options_has(options, "all");
    *out = (struct card_question){.kind = CARD_QUARTER, .series = options_has(options, "all")};
    for (int i = 0; i < N_KINDS; i++)
        if (options_text(options, names[i]) != NULL) {
            n++;
            out->kind = (enum card_period_kind)i;
            out->text = options_text(options, names[i]);
        }
    return n <= 1 ||
           err_set(err, ERR_USAGE, "--quarter, --month, --half-year and --all exclude one another; give one");
}

static bool load(struct card_job *job, struct err *err)
{
    const struct options *options = job->options;
    const char *la = options_text(options, "la");
    const char *locality = options_text(options, "locality");
    struct card_setting *setting = &job->setting;
    if (la != NULL && strcmp(la, "all") == 0)
        return err_set(err, ERR_USAGE, "a card is of one authority: give its name to --la");
    *setting = (struct card_setting){
        .app = job->app,
        .store = job->store,
        .prices = &job->prices,
        .authority = &job->authority,
        .plan = options_text(options, "plan"),
        .publish = &job->publish,
        .runs = (int32_t)options_integer(options, "runs"),
        .threads = run_choice_threads(options),
        .seed = options_integer(options, "seed"),
    };
    return store_find_authority(job->store, la, &job->authority, err) &&
           store_load_prices(job->store, &job->prices, err) &&
           run_choice_model(job->app, "carepath", &setting->model, err) &&
           run_choice_model(job->app, "last_value", &setting->reference, err) &&
           card_sources_load(&job->sources, job->store, &job->authority, err) &&
           (locality == NULL || card_sources_locality(&job->sources, locality, &job->locality, err));
}

/* A forecast needs a year of history: the first period at whose end there is one. A dashboard needs none. */
static struct card_period first_with_forecast(const struct history *history, enum card_period_kind kind)
{
    return card_period_of(kind, date_month_end(history->start, MONTHS_A_YEAR - 1));
}

/* The period asked for, which must lie in the data; the last one when none is. */
static bool find_period(const struct card_job *job, const struct card_question *question,
                        struct card_period *out, struct err *err)
{
    struct card_period first;
    const struct history *history = &job->sources.history;
    if (question->text == NULL)
        (void)card_period_range(question->kind, history->start, history->end, &first, out);
    else if (!card_period_parse(question->kind, question->text, out, err))
        return false;
    if (!card_period_check(out, history->start, history->end, err))
        return false;
    first = first_with_forecast(history, question->kind);
    return question->kind == CARD_MONTH || out->last >= first.last ||
           err_set(err, ERR_USAGE,
                   "at the end of %s there is less than a year of returns, and a forecast needs one; %s is "
                   "the first "
                   "that has it",
                   out->name, first.name);
}

static bool write_pages(struct card_job *job, const struct card_question *question, struct err *err)
{
    struct card_period period;
    if (!find_period(job, question, &period, err))
        return false;
    if (question->series) {
        const struct card_period first = first_with_forecast(&job->sources.history, question->kind);
        return card_job_series(job, &first, &period, err);
    }
    switch (question->kind) {
    case CARD_QUARTER:
        return card_job_quarter(job, &period, err);
    case CARD_MONTH:
        return card_job_month(job, &period, err);
    case CARD_HALF_YEAR:
        return card_job_board(job, &period, err);
    }
    return false;
}

static bool write_style(struct card_job *job, struct err *err)
{
    struct text style = {0};
    struct err second = {0};
    FILE *file = reports_read(options_text(job->options, "reports"), "style.css", &style, NULL, err)
                     ? folder_create(&job->folder, "style.css", err)
                     : NULL;
    bool ok = file != NULL;
    if (ok) {
        ok = fwrite(text_c(&style), 1, style.length, file) == style.length ||
             err_set(err, ERR_IO, "cannot write style.css");
        ok = folder_close_file(file, "style.css", ok ? err : &second) && ok;
    }
    text_free(&style);
    return ok;
}

static bool write_manifest(struct card_job *job, double started, struct err *err)
{
    static const char *const notes[] = {
        "Nothing was simulated: the dashboard counts what the returns and the measures file hold."};
    const struct card_forecast *f = job->sheet == NULL ? NULL : job->sheet->forecast;
    const char *names[] = {job->authority.name};
    const char *exposures[] = {f == NULL ? "" : f->outlook.exposure};
    const char *said[PUBLISH_NOTES];
    struct table control = {0};
    size_t n_said = 0;
    const bool published = job->publish.is_on;
    if (published) {
        n_said = publish_notes(&job->publish, &job->texts, said, err);
        if (n_said == 0 || !publish_table(&job->publish, &control, err)) {
            table_free(&control);
            return false;
        }
    }
    const struct manifest manifest = {
        .command_line = published ? "turncurve card --publish" : job->app->command_line,
        .published = published,
        .model = f == NULL ? NULL : job->setting.model,
        .scenarios = f == NULL ? NULL : f->scenarios,
        .n_scenarios = f == NULL ? 0 : f->n_scenarios,
        .prices = f == NULL || published ? NULL : &job->prices,
        .origin = f == NULL || options_has(job->options, "all") ? DAY_NONE : f->outlook.origin,
        .months = f == NULL ? 0 : CARD_AHEAD_MONTHS,
        .runs = f == NULL ? 0 : job->setting.runs,
        .seed = job->setting.seed,
        .authorities = names,
        .n_authorities = 1,
        .exposures = f == NULL ? NULL : exposures,
        .notes = published   ? said
                 : f == NULL ? notes
                             : NULL,
        .n_notes = published   ? n_said
                   : f == NULL ? 1
                               : 0,
        .tables = {&control},
        .n_tables = published ? 1 : 0,
        .run_seconds = run_choice_seconds() - started,
    };
    const bool ok = manifest_write(&manifest, job->store, &job->folder, err);
    table_free(&control);
    return ok;
}

static bool show(struct card_job *job, struct err *err)
{
    if (job->app->json)
        return show_table(job->app, &job->card, err);
    fputs(text_c(&job->said), job->app->out);
    fprintf(job->app->out, "open %s/index.html\n", options_out(job->options));
    return true;
}

static void job_close(struct card_job *job)
{
    card_sheet_close(job->sheet);
    card_sources_free(&job->sources);
    price_book_free(&job->prices);
    table_free(&job->card);
    table_free(&job->providers);
    publish_free(&job->publish);
    text_free(&job->said);
    arena_free(&job->texts);
    folder_abandon(&job->folder);
    store_close(job->store);
}

static bool run_card(struct app *app, const struct options *options, struct err *err)
{
    const double started = run_choice_seconds();
    struct card_question question;
    struct card_job *job = vec_new(1, sizeof *job, err);
    if (job == NULL)
        return false;
    *job = (struct card_job){.app = app, .options = options};
    log_progress_start(&app->log);
    card_table_begin(&job->card);
    card_providers_begin(&job->providers);
    bool ok = read_question(options, &question, err) && publish_begin(&job->publish, options, err) &&
              card_publish_check(options, err);
    if (ok)
        job->store = store_open(app->database, STORE_READ, err);
    ok = ok && job->store != NULL && load(job, err) &&
         folder_begin(&job->folder, options_out(options), err) && write_pages(job, &question, err) &&
         write_style(job, err) && csv_save(&job->folder, &job->card, err) &&
         (job->publish.is_on || csv_save(&job->folder, &job->providers, err)) &&
         write_manifest(job, started, err) &&
         (!job->publish.is_on || publish_record(&job->publish, app->database, job->authority.la, err)) &&
         folder_commit(&job->folder, err);
    log_progress_end(&app->log);
    ok = ok && show(job, err);
    job_close(job);
    free(job);
    return ok;
}

const struct command command_card = {
    .name = "card",
    .one_line = "the quarterly report card on one sheet of A4; monthly and half-yearly reports",
    .arguments = "",
    .about = "Writes a report card in the manner of Outcomes Based Accountability, one sheet of A4: is the "
             "curve turning, how "
             "much did we do, how well did we do it, is anyone better off, what is behind it, what is late "
             "and what comes "
             "next. Print index.html from a browser without headers, or save it as PDF.\n\n"
             "Success is beating the baseline. The baseline is frozen at the month end before the plan's "
             "first effect began; "
             "without a plan, or before it begins, a year before the quarter's end. The curve has turned "
             "when at least 80 % of "
             "its simulated futures have more children than there are, and has not below 40 %; in between, "
             "within 91 days of "
             "the plan's start, and where the returns do not reach back two years before it, it is too early "
             "to say. The "
             "forecast is made from what was known when the quarter ended, so that a card of a past quarter "
             "is the card of "
             "its day, but for corrections in later returns.\n\n"
             "Measures are computed from the returns where these hold them; those that only the council "
             "knows come from a "
             "measures file (import). A direction compares with the same time a year before and is said only "
             "on evidence: p < "
             "0.05, \"probably\" below 0.2. A status is the chance that a target is met: on course from 80 "
             "%, at risk from "
             "40 %.\n\n"
             "The words of a person come from a Markdown file for each period. What stands in it before any "
             "heading, or under "
             "\"Story\", takes the place of the computed story; \"What we will do next\", \"What children "
             "and young people "
             "say\" and \"Partners\" add blocks of their own. Raw HTML, pictures and links that are not to "
             "https, http or "
             "mailto are left out. A commentary that is too long for the sheet is refused.\n\n"
             "--publish makes a card of the whole authority that may be seen by anybody: small numbers, and "
             "others that would "
             "give them away, are \"c\"; sparklines, providers and areas are left out, and the story has no "
             "numbers. What people "
             "wrote is published as it stands.\n\n"
             "Pages are templates, reports/card.mustache and others: --reports DIR gives a council its own "
             "words, layout and "
             "logo.",
    .examples = "turncurve card  # the last quarter\n"
                "turncurve card --quarter 2026-27Q1 --plan leeds-2012  # with a plan\n"
                "turncurve card --all --plan leeds-2012  # a card for each quarter\n"
                "turncurve card --month 2026-05 --locality 'North East'  # the dashboard of a cluster\n"
                "turncurve card --half-year 2026-27H1 --plan leeds-2012  # the report to the board\n",
    .files = "out/card/index.html     the card, dashboard or report; of --all the front page\n"
             "out/card/QUARTER.html   with --all: each card\n"
             "out/card/measures.html  every measure, by area and by provider\n"
             "out/card/card.csv       quarter, question, measure, locality, numerator, denominator, value,\n"
             "                        target, previous, direction, p_value, rag\n"
             "out/card/providers.csv  period, provider, urn, placement, children, nights, started, ended,\n"
             "                        moved_on, outside, outside_known, mean_days, mean_miles\n"
             "out/card/curve.csv      the points of the curve; curve.svg, curve.png\n"
             "out/card/manifest.json  inputs, parameters, seed",
    .options = card_options,
    .n_options = sizeof card_options / sizeof card_options[0],
    .run = run_card,
};
