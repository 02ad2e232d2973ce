/* SPDX-License-Identifier: GPL-3.0-or-later
 * check: what is wrong with the data, worst first. */
#include "app/command.h"
#include "app/show.h"
#include "data/findings.h"
#include "render/csv.h"
#include "render/folder.h"
#include "store/findings_table.h"

static const struct option_spec options_check[] = {
    {.name = "strict", .type = OPTION_FLAG, .words = "exit 65 when there is any finding of severity error"},
    {.name = "list", .type = OPTION_FLAG, .words = "list the rules with DfE's numbers, and check nothing"},
    {.name = "show-children",
     .type = OPTION_FLAG,
     .words = "name children in findings.csv, to find them in the case system; keep that file safe"},
};

static bool list_rules(struct app *app, struct err *err)
{
    static const struct table_column columns[] = {{"rule", 0},    {"official", 0}, {"severity", 0},
                                                  {"outcome", 0}, {"words", 0},    {"advice", 0}};
    struct table table;
    bool ok = true;
    /* on the screen without the advice, which would make lines too long */
    table_init(&table, "rules", columns, app->json ? 6 : 5);
    for (int i = 0; ok && i < RULE_COUNT; i++) {
        const struct rule_info *rule = rule_info((enum rule)i);
        struct table_cell *cells = table_add_row(&table, err);
        ok = cells != NULL && table_set_text(&table, &cells[0], rule->id, err) &&
             table_set_text(&table, &cells[1], rule->official, err) &&
             table_set_text(&table, &cells[2], severity_name(rule->severity), err) &&
             table_set_text(&table, &cells[3], outcome_name(rule->outcome), err) &&
             table_set_text(&table, &cells[4], rule->words, err) &&
             (!app->json || table_set_text(&table, &cells[5], rule->advice, err));
    }
    ok = ok && show_table(app, &table, err);
    table_free(&table);
    return ok;
}

static bool write_findings(struct store *store, int32_t la, const struct options *options, struct err *err)
{
    struct folder folder = {0};
    struct table table = {0};
    const bool ok = folder_begin(&folder, options_out(options), err) &&
                    findings_table(store, la, options_has(options, "show-children"), &table, err) &&
                    csv_save(&folder, &table, err) && folder_commit(&folder, err);
    folder_abandon(&folder);
    table_free(&table);
    return ok;
}

/* On the screen: rule, severity, count, words and advice; DfE's numbers are in the JSON and in --list. */
static bool show_rules(struct app *app, const struct table *rules, struct err *err)
{
    static const struct table_column columns[] = {{"severity", 0}, {"rule", 0}, {"rows", 0}, {"finding", 0}};
    struct table table;
    if (app->json)
        return show_table(app, rules, err);
    if (rules->n_rows == 0) {
        fprintf(app->out, "Nothing was found.\n");
        return true;
    }
    table_init(&table, "check", columns, sizeof columns / sizeof columns[0]);
    bool ok = true;
    for (size_t i = 0; ok && i < rules->n_rows; i++) {
        struct text words = {0};
        struct table_cell *cells = table_add_row(&table, err);
        ok = cells != NULL &&
             text_format(&words, err, "%s. %s", table_at(rules, i, 5)->as.text,
                         table_at(rules, i, 6)->as.text) &&
             table_set_text(&table, &cells[0], table_at(rules, i, 1)->as.text, err) &&
             table_set_text(&table, &cells[1], table_at(rules, i, 0)->as.text, err) &&
             table_set_text(&table, &cells[3], text_c(&words), err);
        if (ok)
            table_set_integer(&cells[2], table_at(rules, i, 4)->as.integer);
        text_free(&words);
    }
    ok = ok && show_table(app, &table, err);
    table_free(&table);
    return ok;
}

/* Findings of severity error in the table by rule. */
static int64_t count_errors(const struct table *rules)
{
    int64_t errors = 0;
    for (size_t i = 0; i < rules->n_rows; i++)
        if (str_equal_text(str_of(table_at(rules, i, 1)->as.text), severity_name(SEVERITY_ERROR)))
            errors += table_at(rules, i, 3)->as.integer;
    return errors;
}

static bool check_store(struct app *app, const struct options *options, struct store *store, struct err *err)
{
    struct table rules = {0};
    struct authority authority = {0};
    const char *la = options_text(options, "la");
    const bool all = la == NULL || str_equal_text(str_of(la), "all");
    bool ok = store_verify(store, err) && (all || store_find_authority(store, la, &authority, err)) &&
              findings_by_rule(store, authority.la, &rules, err) &&
              write_findings(store, authority.la, options, err) && show_rules(app, &rules, err);
    const int64_t errors = ok ? count_errors(&rules) : 0;
    table_free(&rules);
    if (!ok)
        return false;
    log_info(&app->log, "every finding is in %s/findings.csv", options_out(options));
    if (options_has(options, "strict") && errors > 0)
        return err_set(err, ERR_DATA, "%lld findings of severity error", (long long)errors);
    return true;
}

static bool run_check(struct app *app, const struct options *options, struct err *err)
{
    if (options_has(options, "list"))
        return list_rules(app, err);
    struct store *store = store_open(app->database, STORE_READ, err);
    const bool ok = store != NULL && check_store(app, options, store, err);
    store_close(store);
    return ok;
}

const struct command command_check = {
    .name = "check",
    .one_line = "what is wrong with the data, by rule, worst first",
    .arguments = "",
    .about =
        "Shows the findings of the data-quality rules: how many rows, what is wrong and what to do. Bad data "
        "never stops the program: each row is kept, repaired or refused, and the findings say which. Counts "
        "are those of now, over all stored returns.\n\n"
        "No child is named unless --show-children asks for it, and then only in findings.csv.",
    .examples = "turncurve check  # a table on the screen, every finding in out/check/findings.csv\n"
                "turncurve check --strict  # for scripts: exit 65 when an error was found\n"
                "turncurve check --list  # the rules\n",
    .files = "findings.csv (mode 0600): severity, rule, table, file, line, child, column, value,\n"
             "message, repair.",
    .options = options_check,
    .n_options = sizeof options_check / sizeof options_check[0],
    .run = run_check,
};
