/* SPDX-License-Identifier: GPL-3.0-or-later
 * synth: writes the returns of an authority that does not exist, and the truth behind them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/shared_options.h"
#include "app/show.h"
#include "render/csv.h"
#include "study/synth.h"

static const struct option_spec synth_options[] = {
    {.name = "children",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "800",
     .low = 20,
     .high = 200000,
     .words = "children in care when the returns begin, about"},
    {.name = "years",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "6",
     .low = 1,
     .high = 20,
     .words = "years of returns"},
    {.name = "year",
     .argument = "YEAR",
     .type = OPTION_INTEGER,
     .fallback = "2026",
     .low = 2016,
     .high = 2040,
     .words = "the last return's year, named by the 31 March that ends it"},
    OPTION_SEED("another seed makes another authority", NULL),
    {.name = "entry-trend",
     .argument = "PERCENT",
     .type = OPTION_REAL,
     .fallback = "0",
     .low = -50,
     .high = 50,
     .words = "change of the rate of entries, per cent a year"},
    {.name = "dirt",
     .argument = "SHARE",
     .type = OPTION_REAL,
     .fallback = "0",
     .low = 0,
     .high = 0.5,
     .words = "share of rows that are given a known fault, 0 to 0.5"},
    {.name = "finance", .type = OPTION_FLAG, .words = "budget.csv, ledger.csv and measures.csv too"},
};

static bool save_tables(struct folder *folder, const struct synth_return *filed, struct err *err)
{
    for (int i = 0; i < TABLE_COUNT; i++) {
        const struct table *table = &filed->tables[i];
        char name[64];
        if (table->n_rows == 0)
            continue;
        if (snprintf(name, sizeof name, "%d/%s.csv", (int)filed->year, table->name) < 0)
            return err_set(err, ERR_INTERNAL, "cannot name a file");
        FILE *file = folder_create(folder, name, err);
        if (file == NULL)
            return false;
        const bool ok = csv_write(file, table, err);
        if (!folder_close_file(file, name, err) || !ok)
            return false;
    }
    return true;
}

static bool save_truth(struct folder *folder, const struct synth *synth, struct err *err)
{
    static const char name[] = "truth.json";
    char *text = NULL;
    if (!synth_truth_json(synth, &text, err))
        return false;
    FILE *file = folder_create(folder, name, err);
    bool ok = file != NULL;
    if (ok) {
        const bool written = fprintf(file, "%s\n", text) > 0;
        ok = folder_close_file(file, name, err) && (written || err_set(err, ERR_IO, "cannot write %s", name));
    }
    free(text);
    return ok;
}

static bool show_years(struct app *app, const struct synth *synth, struct err *err)
{
    static const struct table_column columns[] = {{"year", 0}, {"stock", 0},    {"entries", 0}, {"exits", 0},
                                                  {"uasc", 0}, {"episodes", 0}, {"faults", 0}};
    struct table table;
    bool ok = true;
    table_init(&table, "years", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < synth->n_returns; i++) {
        const struct synth_year *truth = &synth->truth[i];
        struct table_cell *cells = table_add_row(&table, err);
        int64_t faults = 0;
        for (size_t k = 0; k < synth->n_faults; k++)
            faults += synth->faults[k].year == truth->year;
        ok = cells != NULL;
        if (!ok)
            break;
        table_set_integer(&cells[0], truth->year);
        table_set_integer(&cells[1], truth->stock);
        table_set_integer(&cells[2], truth->entries);
        table_set_integer(&cells[3], truth->exits);
        table_set_integer(&cells[4], truth->stock_uasc);
        table_set_integer(&cells[5], (int64_t)synth->returns[i].tables[TABLE_EPISODES].n_rows);
        table_set_integer(&cells[6], faults);
    }
    ok = ok && show_table(app, &table, err);
    table_free(&table);
    return ok;
}

static bool synth_run(struct app *app, const struct options *options, struct err *err)
{
    const struct synth_options chosen = {
        .children = (int32_t)options_integer(options, "children"),
        .years = (int32_t)options_integer(options, "years"),
        .last_year = (int32_t)options_integer(options, "year"),
        .seed = (uint64_t)options_integer(options, "seed"),
        .entry_trend_pct = options_real(options, "entry-trend"),
        .dirt = options_real(options, "dirt"),
        .finance = options_has(options, "finance"),
    };
    struct synth synth = {0};
    struct folder folder = {0};
    const char *out = options_out(options);
    bool ok = folder_begin(&folder, out, err) && synth_make(&chosen, &synth, err);
    for (size_t i = 0; ok && i < synth.n_returns; i++) {
        ok = save_tables(&folder, &synth.returns[i], err);
        if (ok && log_is_stopped(&app->log))
            ok = err_set(err, ERR_INTERRUPTED, "stopped");
    }
    ok = ok && (!chosen.finance ||
                (csv_save(&folder, &synth.budget, err) && csv_save(&folder, &synth.ledger, err) &&
                 csv_save(&folder, &synth.measures, err)));
    ok =
        ok && save_truth(&folder, &synth, err) && folder_commit(&folder, err) && show_years(app, &synth, err);
    if (ok)
        log_info(&app->log, "wrote %d returns to %s, and what is true of them to %s/truth.json",
                 (int)synth.n_returns, out, out);
    folder_abandon(&folder);
    synth_free(&synth);
    return ok;
}

const struct command command_synth = {
    .name = "synth",
    .one_line = "writes the returns of a made-up authority, with the truth behind them",
    .arguments = "",
    .about =
        "Simulates every child of an authority that does not exist, with placements, ages, durations and "
        "ways "
        "out near the English figures, and writes what the authority would have filed: one folder a return, "
        "named by the year it ends, with every SSDA903 table in the present layout. truth.json holds the "
        "rates "
        "by which the children lived, the true numbers of each year and every fault put in with --dirt, so "
        "that "
        "a forecast or a check can be scored.\n\n"
        "No identifier can be real: children are SY and a number, postcodes begin with X, pupil numbers are "
        "those of authority 000, and Ofsted numbers begin 99999.",
    .examples = "turncurve synth --out returns                    # 800 children, six years\n"
                "turncurve synth --children 150 --entry-trend 4   # small, with entries rising 4 % a year\n"
                "turncurve synth --dirt 0.02                      # two rows in a hundred are wrong\n"
                "turncurve synth --finance                        # with a budget, a ledger and measures",
    .files = "out/synth/YEAR/TABLE.csv   the returns\n"
             "out/synth/budget.csv       with --finance: of the last year and the next\n"
             "out/synth/ledger.csv       with --finance: of the last year\n"
             "out/synth/measures.csv     with --finance: of the last eight quarters\n"
             "out/synth/truth.json       rates, true numbers, faults",
    .options = synth_options,
    .n_options = sizeof synth_options / sizeof synth_options[0],
    .run = synth_run,
};
