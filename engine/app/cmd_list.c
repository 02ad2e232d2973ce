/* SPDX-License-Identifier: GPL-3.0-or-later
 * list: what there is: models, scenarios, codes, rules, parameters, measures. Each list is one table, so that
 * --json is one array. */
#include <stdlib.h>
#include <string.h>

#include "app/list_assumptions.h"
#include "app/show.h"
#include "data/codes.h"
#include "data/findings.h"
#include "sim/model.h"
#include "sim/scenario.h"
#include "study/indicator.h"

static const struct option_spec list_options[] = {
    {.name = "scenario",
     .argument = "NAME|FILE",
     .type = OPTION_TEXT,
     .words = "params: with the values, levers, prices and capacity of this scenario"},
    {.name = "scenarios",
     .argument = "DIR",
     .type = OPTION_PATH,
     .words = "folder of your own scenario files, looked at before the built-in ones"},
    {.name = "model",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "params, assumptions: with the parameters of this model (default: the first of `list models`)"},
};

/* Puts texts into the cells of a new row. */
static struct table_cell *add_texts(struct table *table, const char *const texts[], size_t n, struct err *err)
{
    struct table_cell *cells = table_add_row(table, err);
    for (size_t i = 0; cells != NULL && i < n; i++)
        if (texts[i][0] != '\0' && !table_set_text(table, &cells[i], texts[i], err))
            cells = NULL;
    return cells;
}

#define TEXTS(...)                                                                                           \
    (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)

/* ---- models, scenarios, codes, rules ----------------------------------------------------------------- */

static const struct table_column model_columns[] = {{"model", 0}, {"title", 0}, {"needs", 0}, {"about", 0}};

static bool list_models(struct app *app, struct table *table, struct err *err)
{
    for (size_t i = 0; app->models[i] != NULL; i++) {
        const struct model *model = app->models[i];
        const bool both =
            (model->needs & MODEL_NEEDS_HISTORY) != 0 && (model->needs & MODEL_TAKES_YEARLY) != 0;
        const char *needs = both                                        ? "returns or published totals"
                            : (model->needs & MODEL_NEEDS_HISTORY) != 0 ? "returns"
                                                                        : "published totals";
        if (add_texts(table, TEXTS(model->name, model->title, needs, model->about), err) == NULL)
            return false;
    }
    return true;
}

static const struct table_column scenario_columns[] = {
    {"scenario", 0}, {"stance", 0}, {"extends", 0}, {"levers", 0}, {"title", 0}};

static bool add_scenario(struct table *table, const char *name, const char *folder, struct err *err)
{
    struct scenario scenario;
    if (!scenario_load(&scenario, name, folder, NULL, 0, err))
        return false;
    struct table_cell *cells =
        add_texts(table,
                  TEXTS(name, stance_name(scenario.stance), scenario.extends != NULL ? scenario.extends : "",
                        "", scenario.title),
                  err);
    if (cells != NULL)
        table_set_integer(&cells[3], (int64_t)scenario.n_levers);
    scenario_free(&scenario);
    return cells != NULL;
}

static bool list_scenarios(struct table *table, const char *folder, struct err *err)
{
    struct arena arena = {0};
    const char **names = NULL;
    size_t n = 0;
    bool ok = scenario_names(folder, &arena, &names, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = add_scenario(table, names[i], folder, err);
    free((void *)names);
    arena_free(&arena);
    return ok;
}

static const struct table_column code_columns[] = {{"list", 0}, {"code", 0},  {"group", 0},
                                                   {"from", 0}, {"until", 0}, {"words", 0}};

static bool list_codes(struct table *table, struct err *err)
{
    struct code_row row;
    for (size_t i = 0; code_row(i, &row); i++) {
        struct table_cell *cells =
            add_texts(table, TEXTS(row.list, row.code, row.group, "", "", row.words), err);
        if (cells == NULL)
            return false;
        table_set_day(&cells[3], row.first);
        table_set_day(&cells[4], row.last);
    }
    for (int i = 0; i < PLACEMENT_COUNT; i++) {
        const enum placement_group group = (enum placement_group)i;
        if (add_texts(table,
                      TEXTS("placement group", placement_group_name(group), "", "", "",
                            placement_group_words(group)),
                      err) == NULL)
            return false;
    }
    for (int i = 0; i < ROUTE_COUNT; i++)
        if (add_texts(table,
                      TEXTS("route", route_name((enum route)i), "", "", "", route_words((enum route)i)),
                      err) == NULL)
            return false;
    for (int i = 0; i < LEVER_COUNT; i++)
        if (add_texts(table,
                      TEXTS("lever", lever_kind_name((enum lever_kind)i), "", "", "",
                            lever_kind_words((enum lever_kind)i)),
                      err) == NULL)
            return false;
    return true;
}

static const struct table_column rule_columns[] = {
    {"rule", 0}, {"official", 0}, {"severity", 0}, {"statement", 0}, {"advice", 0}};

static bool list_rules(struct table *table, struct err *err)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        const struct rule_info *rule = rule_info((enum rule)i);
        if (add_texts(
                table,
                TEXTS(rule->id, rule->official, severity_name(rule->severity), rule->words, rule->advice),
                err) == NULL)
            return false;
    }
    return true;
}

/* ---- parameters -------------------------------------------------------------------------------------- */

static const struct table_column param_columns[] = {{"kind", 0},   {"name", 0},  {"value", 0}, {"unit", 0},
                                                    {"origin", 0}, {"place", 0}, {"words", 0}};

static const char *origin_word(enum param_origin origin)
{
    switch (origin) {
    case PARAM_DEFAULT:
        return "default";
    case PARAM_INHERITED:
        return "inherited";
    case PARAM_SET:
        break;
    }
    return "set";
}

static bool add_params(struct table *table, const struct params *params, struct err *err)
{
    for (size_t i = 0; i < params->n; i++) {
        const struct param_spec *spec = params->specs[i];
        char value[32];
        if (snprintf(value, sizeof value, "%g", params->values[i]) < 0 ||
            add_texts(table,
                      TEXTS("param", spec->name, value, spec->unit, origin_word(params->origins[i]),
                            params->places[i], spec->words),
                      err) == NULL)
            return false;
    }
    return true;
}

static bool add_lever(struct table *table, const struct lever *lever, struct err *err)
{
    struct text effect = {0};
    struct text words = {0};
    const bool ok = lever_effect_words(lever, &effect, err) && lever_words(lever, &words, err) &&
                    add_texts(table,
                              TEXTS("lever", lever->id, text_c(&effect), lever_kind_name(lever->kind),
                                    origin_word(lever->origin), lever->source, text_c(&words)),
                              err) != NULL;
    text_free(&effect);
    text_free(&words);
    return ok;
}

static bool add_price(struct table *table, const struct scenario_price *price, struct err *err)
{
    char date[DATE_TEXT];
    struct text value = {0};
    struct text words = {0};
    date_format_iso(price->from, date);
    bool ok = true;
    if (price->weekly > 0) {
        char pounds[MONEY_TEXT];
        money_format_gbp(price->weekly, pounds);
        ok = text_append_c(&value, pounds, err);
    } else {
        ok = text_format(&value, err, "%+g%%", price->uplift_pct);
    }
    ok = ok && text_format(&words, err, "from %s", date) &&
         (price->provider == NULL || text_format(&words, err, ", provider %s", price->provider)) &&
         add_texts(table,
                   TEXTS("price", placement_group_name(price->group), text_c(&value),
                         price->weekly > 0 ? "GBP a week" : "uplift", origin_word(price->origin),
                         price->source, text_c(&words)),
                   err) != NULL;
    text_free(&value);
    text_free(&words);
    return ok;
}

static bool add_capacity(struct table *table, const struct scenario_capacity *capacity, struct err *err)
{
    struct text value = {0};
    struct text words = {0};
    bool ok = text_format(&value, err, "%g", capacity->places) &&
              text_format(&words, err, "%g%% usable, overflow", 100 * capacity->usable);
    for (int32_t i = 0; ok && i < capacity->n_overflow; i++)
        ok = text_format(&words, err, " %s", placement_group_name(capacity->overflow[i]));
    ok = ok && add_texts(table,
                         TEXTS("capacity", placement_group_name(capacity->group), text_c(&value), "places",
                               origin_word(capacity->origin), capacity->source, text_c(&words)),
                         err) != NULL;
    text_free(&value);
    text_free(&words);
    return ok;
}

static bool find_model(const struct app *app, const char *name, const struct model **out, struct err *err)
{
    *out = app->models[0];
    const char *nearest = NULL;
    int fewest = 4;
    for (size_t i = 0; name != NULL && app->models[i] != NULL; i++) {
        const int edits = str_edit_distance(str_of(name), str_of(app->models[i]->name));
        if (edits == 0) {
            *out = app->models[i];
            return true;
        }
        if (edits < fewest) {
            fewest = edits;
            nearest = app->models[i]->name;
        }
    }
    if (name == NULL)
        return true;
    return err_set(err, ERR_USAGE, "there is no model \"%.40s\"%s%s%s; `list models` prints them", name,
                   nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
                   nearest != NULL ? "\"?" : "");
}

static bool list_params(struct app *app, struct table *table, const struct options *options, struct err *err)
{
    const char *name = options_text(options, "scenario");
    const struct model *model = NULL;
    struct scenario scenario = {0};
    if (!find_model(app, options_text(options, "model"), &model, err))
        return false;
    const struct param_spec *specs = model != NULL ? model->params : NULL;
    const size_t n_specs = model != NULL ? model->n_params : 0;
    bool ok = name == NULL
                  ? params_init(&scenario.params, specs, n_specs, err)
                  : scenario_load(&scenario, name, options_text(options, "scenarios"), specs, n_specs, err);
    ok = ok && add_params(table, &scenario.params, err);
    for (size_t i = 0; ok && i < scenario.n_levers; i++)
        ok = add_lever(table, &scenario.levers[i], err);
    for (size_t i = 0; ok && i < scenario.n_prices; i++)
        ok = add_price(table, &scenario.prices[i], err);
    for (size_t i = 0; ok && i < scenario.n_capacities; i++)
        ok = add_capacity(table, &scenario.capacities[i], err);
    scenario_free(&scenario);
    return ok;
}

static bool list_assumptions(struct app *app, struct table *table, const struct options *options,
                             struct err *err)
{
    const struct model *model = NULL;
    struct params params = {0};
    if (!find_model(app, options_text(options, "model"), &model, err))
        return false;
    const bool ok = params_init(&params, model != NULL ? model->params : NULL,
                                model != NULL ? model->n_params : 0, err) &&
                    list_assumptions_add(table, &params, err);
    params_free(&params);
    return ok;
}

/* ---- measures of the report card --------------------------------------------------------------------- */

static const struct table_column measure_columns[] = {{"measure", 0},   {"question", 0}, {"polarity", 0},
                                                      {"unit", 0},      {"source", 0},   {"title", 0},
                                                      {"definition", 0}};

static bool list_measures(struct table *table, struct err *err)
{
    struct indicator measure;
    for (size_t i = 0; indicator_described(i, &measure); i++)
        if (add_texts(table,
                      TEXTS(measure.name, indicator_question_name(measure.question),
                            indicator_polarity_name(measure.polarity), measure.unit, measure.source,
                            measure.title, measure.definition),
                      err) == NULL)
            return false;
    return true;
}

/* ---- the command ------------------------------------------------------------------------------------- */

enum listing {
    LIST_MODELS,
    LIST_SCENARIOS,
    LIST_CODES,
    LIST_RULES,
    LIST_PARAMS,
    LIST_ASSUMPTIONS,
    LIST_MEASURES,
    LISTINGS
};

static const struct {
    const char *name;
    const struct table_column *columns;
    size_t n_columns;
} listings[LISTINGS] = {
    {"models", model_columns, sizeof model_columns / sizeof model_columns[0]},
    {"scenarios", scenario_columns, sizeof scenario_columns / sizeof scenario_columns[0]},
    {"codes", code_columns, sizeof code_columns / sizeof code_columns[0]},
    {"rules", rule_columns, sizeof rule_columns / sizeof rule_columns[0]},
    {"params", param_columns, sizeof param_columns / sizeof param_columns[0]},
    {"assumptions", list_assumptions_columns, LIST_ASSUMPTIONS_COLUMNS},
    {"measures", measure_columns, sizeof measure_columns / sizeof measure_columns[0]},
};

static bool fill(struct app *app, enum listing listing, struct table *table, const struct options *options,
                 struct err *err)
{
    switch (listing) {
    case LIST_MODELS:
        return list_models(app, table, err);
    case LIST_SCENARIOS:
        return list_scenarios(table, options_text(options, "scenarios"), err);
    case LIST_CODES:
        return list_codes(table, err);
    case LIST_RULES:
        return list_rules(table, err);
    case LIST_ASSUMPTIONS:
        return list_assumptions(app, table, options, err);
    case LIST_MEASURES:
        return list_measures(table, err);
    case LIST_PARAMS:
    case LISTINGS:
        break;
    }
    return list_params(app, table, options, err);
}

static bool list_run(struct app *app, const struct options *options, struct err *err)
{
    const char *what = options_argument(options, 0);
    int listing = 0;
    while (listing < LISTINGS && strcmp(what, listings[listing].name) != 0)
        listing++;
    if (listing == LISTINGS)
        return err_set(err, ERR_USAGE,
                       "there is no list \"%.40s\"; there are models, scenarios, codes, rules, params, "
                       "assumptions, measures",
                       what);
    struct table table;
    table_init(&table, listings[listing].name, listings[listing].columns, listings[listing].n_columns);
    const bool ok = fill(app, (enum listing)listing, &table, options, err) && show_table(app, &table, err);
    table_free(&table);
    return ok;
}

const struct command command_list = {
    .name = "list",
    .one_line = "prints what there is: models, scenarios, codes, rules, parameters, assumptions, measures",
    .arguments = "models|scenarios|codes|rules|params|assumptions|measures",
    .least_arguments = 1,
    .most_arguments = 1,
    .about =
        "models: the forecasting models, the default first. scenarios: the built-in ones and those of "
        "--scenarios. codes: the codes of the return with their groups and years, and the names that "
        "scenario "
        "and price files use. rules: what check looks for. params: every number that can be set in a "
        "scenario "
        "under params, and with --scenario the values it takes, with the file and line that set each, its "
        "levers, prices and capacity. assumptions: the program's own defaults, parameters and prices, each "
        "with a plausible range, who answers for it, and how good it is. measures: what the report card "
        "counts "
        "from returns, each with its definition.",
    .examples = "turncurve list scenarios\n"
                "turncurve list params --scenario best     # every parameter and where it comes from\n"
                "turncurve list codes --json               # for another program",
    .files = "",
    .options = list_options,
    .n_options = sizeof list_options / sizeof list_options[0],
    .run = list_run,
};
