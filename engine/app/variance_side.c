/* SPDX-License-Identifier: GPL-3.0-or-later
 * A folder says everything in its manifest; a day is a run that could have been made then. */
#include "app/variance_side.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/frozen.h"
#include "app/options.h"
#include "app/run_choice.h"
#include "base/parse.h"
#include "base/quarter.h"
#include "base/vec.h"
#include "data/csvfile.h"

static const double hundred = 100;

void variance_side_free(struct variance_side *side)
{
    scenario_choice_free(&side->choice);
    price_book_free(&side->prices);
    json_decref(side->manifest);
    *side = (struct variance_side){0};
}

bool variance_side_is_day(const char *text, day *origin)
{
    quarter q;
    if (quarter_parse(str_of(text), &q)) {
        *origin = quarter_last_day(q);
        return true;
    }
    return date_parse_iso(str_of(text), origin);
}

/* ---- folders ----------------------------------------------------------------------------------------- */

static bool read_manifest(struct variance_side *side, struct err *err)
{
    char path[VARIANCE_PATH];
    json_error_t error;
    (void)snprintf(path, sizeof path, "%s/manifest.json", side->text);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return err_set(err, ERR_NO_INPUT,
                       "%s is no folder of a forecast, nor a date or a quarter such as 2026-27Q1",
                       side->text);
    side->manifest = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
    (void)fclose(file);
    return side->manifest != NULL ||
           err_set_at(err, ERR_DATA, path, error.line, error.column, "%s", error.text);
}

static const json_t *inside(const struct variance_side *side, const char *map, const char *key)
{
    return json_object_get(json_object_get(side->manifest, map), key);
}

static bool read_run(struct variance_side *side, const struct app *app, struct err *err)
{
    const json_t *from = inside(side, "run", "from");
    const json_t *months = inside(side, "run", "months");
    const json_t *runs = inside(side, "run", "runs");
    const json_t *seed = inside(side, "run", "seed");
    const json_t *model = inside(side, "model", "name");
    if (!json_is_string(from) || !date_parse_iso(str_of(json_string_value(from)), &side->origin) ||
        !json_is_integer(months) || !json_is_integer(runs) || !json_is_integer(seed) ||
        !json_is_string(model))
        return err_set(err, ERR_DATA, "%s was not written by turncurve forecast", side->text);
    if (!json_is_object(json_object_get(side->manifest, "replay")))
        return err_set(
            err, ERR_DATA,
            "%s does not hold what a run can be made again from: it was made with --publish, or by an "
            "earlier version of turncurve; run that forecast again without --publish",
            side->text);
    side->months = (int32_t)json_integer_value(months);
    side->runs = (int32_t)json_integer_value(runs);
    side->seed = json_integer_value(seed);
    side->raw = json_is_true(inside(side, "replay", "raw"));
    side->short_breaks = json_is_true(inside(side, "run", "short_breaks"));
    side->version = json_string_value(inside(side, "program", "version"));
    return run_choice_model(app, json_string_value(model), &side->model, err);
}

static bool read_authority(struct variance_side *side, const char *la, struct err *err)
{
    const json_t *names = json_object_get(side->manifest, "authorities");
    const size_t n = json_array_size(names);
    for (size_t i = 0; i < n; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (name == NULL || (la != NULL && !str_equal_ignore_case(str_of(la), str_of(name))))
            continue;
        if (la == NULL && n > 1)
            return err_set(err, ERR_USAGE, "%s is a forecast of %d authorities; give one to --la", side->text,
                           (int)n);
        str_copy(str_of(name), side->la_name, sizeof side->la_name);
        return true;
    }
    return err_set(err, ERR_USAGE, "%s is no forecast of %s", side->text, la == NULL ? "any authority" : la);
}

static size_t main_scenario(const struct scenario_choice *choice)
{
    size_t other = choice->n;
    for (size_t i = 0; i < choice->n; i++) {
        if (choice->scenarios[i].stance == STANCE_LIKELY)
            return i;
        if (choice->scenarios[i].stance != STANCE_BASELINE && other == choice->n)
            other = i;
    }
    return other < choice->n ? other : 0;
}

static bool read_scenarios(struct variance_side *side, const char *scenario, struct err *err)
{
    const json_t *list = inside(side, "replay", "scenarios");
    struct scenario_choice *choice = &side->choice;
    const size_t n = json_array_size(list);
    choice->scenarios = vec_new(n, sizeof *choice->scenarios, err);
    if (choice->scenarios == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!frozen_read_scenario(json_array_get(list, i), side->text, side->model->params,
                                  side->model->n_params, &choice->scenarios[i], err))
            return false;
        choice->n++;
    }
    if (n == 0)
        return err_set(err, ERR_DATA, "%s has no scenario", side->text);
    side->chosen = scenario == NULL ? main_scenario(choice) : 0;
    while (scenario != NULL && side->chosen < n &&
           strcmp(choice->scenarios[side->chosen].name, scenario) != 0)
        side->chosen++;
    return side->chosen < n || err_set(err, ERR_USAGE, "%s has no scenario %s", side->text, scenario);
}

bool variance_side_read(struct variance_side *side, const struct app *app, const char *folder,
                        const char *scenario, const char *la, struct err *err)
{
    *side = (struct variance_side){.text = folder, .is_folder = true};
    const json_t *prices = NULL;
    bool ok = read_manifest(side, err) && read_run(side, app, err) && read_authority(side, la, err) &&
              read_scenarios(side, scenario, err);
    if (ok)
        prices = inside(side, "replay", "prices");
    ok = ok && frozen_read_prices(prices, folder, &side->prices, err);
    if (!ok)
        variance_side_free(side);
    return ok;
}

/* ---- days -------------------------------------------------------------------------------------------- */

bool variance_side_of_day(struct variance_side *side, struct app *app, const struct options *options,
                          struct store *store, const struct model *model, const char *text, day origin,
                          struct err *err)
{
    struct price_book book = {0};
    *side = (struct variance_side){
        .text = text,
        .origin = origin,
        .months = INT32_MAX,
        .runs = (int32_t)options_integer(options, "runs"),
        .seed = options_integer(options, "seed"),
        .raw = options_has(options, "raw"),
        .short_breaks = options_has(options, "short-breaks"),
        .model = model,
    };
    bool ok = store_load_prices(store, &book, err) &&
              scenario_choice_make(options, model, store, origin, &app->log, &side->choice, err);
    if (ok)
        side->chosen = main_scenario(&side->choice);
    json_t *frozen = NULL;
    struct price_book known = {0};
    /* through its written form, so that the texts are the side's own */
    ok = ok && price_book_as_known(&book, origin, &known, err);
    frozen = ok ? frozen_prices(&known, err) : NULL;
    ok = frozen != NULL && frozen_read_prices(frozen, text, &side->prices, err);
    json_decref(frozen);
    price_book_free(&known);
    price_book_free(&book);
    if (!ok)
        variance_side_free(side);
    return ok;
}

/* ---- tables ------------------------------------------------------------------------------------------ */

enum { COL_LA, COL_SCENARIO, COL_DATE, COL_MEASURE, COL_GROUP, COL_MEAN, COLS };

struct reading {
    const struct variance_side *side;
    const char *name; /* of the file */
    const char *measure;
    int64_t *into; /* [VARIANCE_MEMBERS] */
    day from, to;
    bool any; /* a row was there */
};

static bool find_columns(struct csvfile *file, const char *path, size_t at[COLS], struct err *err)
{
    static const char *const names[COLS] = {"la", "scenario", "date", "measure", "group", "mean"};
    const struct csv_record *header = csvfile_header(file);
    for (int c = 0; c < COLS; c++) {
        at[c] = 0;
        while (at[c] < header->n_fields && !str_equal_text(header->fields[at[c]], names[c]))
            at[c]++;
        if (at[c] == header->n_fields)
            return err_set_at(err, ERR_DATA, path, 1, 0, "has no column %s", names[c]);
    }
    return true;
}

/* Adds a row that is asked for. */
static bool take_row(struct reading *r, const struct csv_record *record, const size_t at[COLS],
                     struct variance_state *out)
{
    const struct str *fields = record->fields;
    enum placement_group group = PLACEMENT_COUNT;
    double mean = 0;
    day date = DAY_NONE;
    struct str text = fields[at[COL_GROUP]];
    if (!str_equal_text(fields[at[COL_MEASURE]], r->measure) ||
        !str_equal_text(fields[at[COL_LA]], r->side->la_name) ||
        !str_equal_text(fields[at[COL_SCENARIO]], r->side->choice.scenarios[r->side->chosen].name) ||
        !date_parse_iso(fields[at[COL_DATE]], &date) || date < r->from || date > r->to)
        return true;
    const bool is_placement = str_starts_with(text, "placement:");
    if (is_placement) {
        text.at += sizeof "placement:" - 1;
        text.length -= sizeof "placement:" - 1;
        if (!placement_group_parse(text, &group))
            return false;
    } else if (!str_equal_text(text, "all"))
        return true;
    if (!parse_double(fields[at[COL_MEAN]], &mean))
        return false;
    out->by_placement = out->by_placement || is_placement;
    r->into[is_placement ? (int32_t)group : VARIANCE_ALL] += llround(hundred * mean);
    r->any = true;
    return true;
}

static bool read_table(struct reading *r, struct variance_state *out, struct err *err)
{
    char path[VARIANCE_PATH];
    size_t at[COLS] = {0};
    struct csv_record record;
    (void)snprintf(path, sizeof path, "%s/%s", r->side->text, r->name);
    struct csvfile *file = csvfile_open(path, NULL, 0, err);
    bool ok = file != NULL && find_columns(file, path, at, err);
    bool going = ok;
    while (going) {
        switch (csvfile_next(file, &record, err)) {
        case CSVFILE_ROW:
            if (!take_row(r, &record, at, out))
                going = ok =
                    err_set_at(err, ERR_DATA, path, record.line, 0, "is not as turncurve forecast wrote it");
            break;
        case CSVFILE_REFUSED_ROW:
        case CSVFILE_REFUSED_FILE:
            going = ok = err_set_at(err, ERR_DATA, path, record.line, 0, "is not a table");
            break;
        case CSVFILE_END:
            going = false;
            break;
        case CSVFILE_FAILED:
            going = ok = false;
            break;
        }
    }
    csvfile_close(file);
    return ok;
}

bool variance_side_published(const struct variance_side *side, day by, day from, day to,
                             struct variance_state *out, struct err *err)
{
    struct reading stock = {side, "forecast.csv", "stock", out->value[VARIANCE_CHILDREN], by, by, false};
    struct reading nights = {side, "forecast.csv", "nights", out->nights, from, to, false};
    struct reading cost = {side, "cost.csv", "cost", out->value[VARIANCE_COST], from, to, false};
    *out = (struct variance_state){0};
    if (!read_table(&stock, out, err) || !read_table(&nights, out, err) || !read_table(&cost, out, err))
        return false;
    if (!stock.any)
        return err_set(err, ERR_DATA, "%s/forecast.csv has no row of %s for that date", side->text,
                       side->choice.scenarios[side->chosen].name);
    out->has_cost = cost.any;
    if (out->by_placement)
        variance_state_sum(out);
    return true;
}
