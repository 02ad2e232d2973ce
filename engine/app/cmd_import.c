/* SPDX-License-Identifier: GPL-3.0-or-later
 * import: returns, published statistics, population, prices, localities and plans into the database. */
#include <stdio.h>
#include <stdlib.h>

#include "app/command.h"
#include "app/show.h"
#include "base/vec.h"
#include "data/findings.h"
#include "store/import.h"

enum { FIRST_YEAR = 1991, LAST_YEAR = 2100 };

static const struct option_spec options_import[] = {
    {.name = "year",
     .argument = "YEAR",
     .type = OPTION_INTEGER,
     .low = FIRST_YEAR,
     .high = LAST_YEAR,
     .words = "the year in which the return ends (2022: 1 April 2021 to 31 March 2022); only needed where "
              "neither the dates of episodes nor the folder's name tell"},
    {.name = "as",
     .argument = "KIND",
     .type = OPTION_TEXT,
     .words =
         "what every file is (episodes, header, panel, prices, ..) instead of finding out by its columns"},
    {.name = "plan-date",
     .argument = "DATE",
     .type = OPTION_DATE,
     .words =
         "the day of a plan, from which its relative dues count (within six months, 23rd Feb); without it "
         "the column plan_date, else inferred"},
    {.name = "pseudonymise",
     .type = OPTION_FLAG,
     .words = "store keyed pseudonyms instead of CHILD, the 16th of the month instead of dates of birth, "
              "districts instead of postcodes, and no UPN; the key is kept in DATABASE.key"},
    {.name = "link-ids",
     .type = OPTION_FLAG,
     .words =
         "join a child missing from a return with the only new identifier in it that has the same date of "
         "birth, sex and start of the episode"},
};

/* A last row with the sums of the counts. */
static bool add_total(struct table *table, struct err *err)
{
    const size_t rows = table_column_index(table, "rows"), note = table_column_index(table, "note");
    struct table_cell *cells = table_add_row(table, err);
    if (cells == NULL || !table_set_text(table, &cells[0], "total", err))
        return false;
    for (size_t j = rows; j < note; j++) {
        int64_t sum = 0;
        for (size_t i = 0; i + 1 < table->n_rows; i++) {
            const struct table_cell *cell = table_at(table, i, j);
            sum += cell->kind == CELL_INTEGER ? cell->as.integer : 0;
        }
        table_set_integer(&cells[j], sum);
    }
    return true;
}

static void print_findings(struct app *app, const int64_t counts[SEVERITY_COUNT])
{
    static const char *const one[SEVERITY_COUNT] = {"error", "warning", "note"};
    fprintf(app->out, "\nFindings in the database:");
    for (int i = 0; i < SEVERITY_COUNT; i++)
        fprintf(app->out, "%s %lld %s%s", i == 0 ? "" : ",", (long long)counts[i], one[i],
                counts[i] == 1 ? "" : "s");
    fprintf(app->out, "; \"turncurve check\" lists them.\n");
}

static bool run_import(struct app *app, const struct options *options, struct err *err)
{
    const struct import_options wanted = {
        .la = options_text(options, "la"),
        .year = (int32_t)(options_has(options, "year") ? options_integer(options, "year") : 0),
        .as = options_text(options, "as"),
        .has_plan_date = options_has(options, "plan-date"),
        .plan_date = options_date(options, "plan-date"),
        .pseudonymise = options_has(options, "pseudonymise"),
        .link_ids = options_has(options, "link-ids")};
    struct imported imported = {0};
    const size_t n = options_n_arguments(options);
    const char **paths = vec_new(n, sizeof *paths, err);
    struct store *store = paths == NULL ? NULL : store_open(app->database, STORE_WRITE, err);
    bool ok = store != NULL;
    for (size_t i = 0; ok && i < n; i++)
        paths[i] = options_argument(options, i);
    ok = ok && store_import(store, paths, n, &wanted, &app->log, &imported, err);
    store_close(store);
    free(paths);
    if (ok)
        ok = (app->json || add_total(&imported.files, err)) && show_table(app, &imported.files, err);
    if (ok && !app->json)
        print_findings(app, imported.findings);
    imported_free(&imported);
    return ok;
}

const struct command command_import = {
    .name = "import",
    .one_line = "loads returns, published statistics, population, prices, localities and plans",
    .arguments = "FILE|DIR...",
    .least_arguments = 1,
    .most_arguments = 10000,
    .about =
        "Recognises each file by its columns, not by its name, and loads all of them or none. Reads the "
        "tables "
        "of the SSDA903 return of every year from 2015, the published statistics on looked-after children, "
        "population estimates and projections, statistical neighbours, prices, localities, and action plans "
        "with "
        "their effects and targets.\n\n"
        "The files of one folder are one return. Its year is that of the latest date in its episodes. "
        "Returns "
        "of several years become one history: a later return corrects an earlier one, in whatever order they "
        "are imported. A file that was imported before changes nothing; another file of the same table and "
        "year takes the place of the earlier one.\n\n"
        "Population comes as it is published: mid-year estimates of ages 0 to 17 (columns time_period, "
        "new_la_code, age_group, population_estimate, ..); sub-national projections with a column for each "
        "year (AREA_CODE, COMPONENT, SEX, AGE_GROUP, 2022, 2023, ..), the file of persons; either by single "
        "year of age from Nomis (GEOGRAPHY_CODE, DATE or PROJECTED_YEAR_NAME, GENDER_NAME, C_AGE_NAME, "
        "OBS_VALUE). Entries are then measured against the children of their age. Rows of other areas and of "
        "adults are kept and not used.\n\n"
        "A plan has a row for each milestone: plan, priority_ref, priority, action_ref, action, milestone, "
        "due, "
        "revised_due, status, progress, lead_role, resources, budget, outcome, indicator, target, plan_date; "
        "only "
        "action and due are needed. Texts stay as they are: plan, check and forecast read due dates and "
        "statuses "
        "from them. An action without a reference gets its priority's, a dot and a running number, which "
        "later "
        "versions of the plan keep. A later version is added to the earlier ones; the same rows are no new "
        "version, however the file was saved. The plan's date is that of --plan-date, of plan_date, or the "
        "latest day that its progress tells of, else the month of its first due; check says when it was "
        "inferred. Effects (plan, action_ref, lever, applies_to, low, likely, high, unit, start_milestone, "
        "ramp_months, rationale, replaces) and targets (plan, action_ref, quantity, baseline, change, value, "
        "unit, by, note) take the place of the earlier ones of their plan.\n\n"
        "Every row is kept, repaired or refused, and the three add up to the rows read. Superseded rows (a "
        "later return's row stands instead) and rows of short breaks are kept, and counted apart.\n\n"
        "Returns do not say whose they are: --la does. Without it they belong to the only authority that has "
        "returns, or to a new one called council.",
    .examples = "turncurve import --la Leeds returns/  # a folder with a folder for each year\n"
                "turncurve import la_panel.csv neighbours.csv  # published statistics\n"
                "turncurve import \"2022 SNPP Population persons.csv\"  # children to come\n"
                "turncurve import prices.csv localities.csv  # own prices and areas\n"
                "turncurve import --plan-date 2012-08-01 plan.csv effects.csv targets.csv  # a plan\n",
    .files = "turncurve.db       the database, mode 0600\n"
             "turncurve.db.key   with --pseudonymise, mode 0600: keep it apart from the database",
    .options = options_import,
    .n_options = sizeof options_import / sizeof options_import[0],
    .run = run_import,
};
