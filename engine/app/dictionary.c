/* SPDX-License-Identifier: GPL-3.0-or-later
 * Part after part; each walks one of the program's own tables. */
#include "app/dictionary.h"

#include <stdio.h>

#include "app/outputs.h"
#include "app/row_writer.h"
#include "data/codes.h"
#include "data/file_kind.h"
#include "data/findings.h"
#include "data/returns.h"
#include "sim/params.h"
#include "store/views.h"

const struct table_column dictionary_columns[] = {{"part", 0}, {"table", 0}, {"name", 0},
                                                  {"type", 0}, {"words", 0}, {"more", 0}};
const size_t dictionary_n_columns = sizeof dictionary_columns / sizeof dictionary_columns[0];

static bool add(struct table *out, const char *part, const char *table, const char *name, const char *type,
                const char *words, const char *more, struct err *err)
{
    struct row_writer w = row_writer_begin(out, err);
    row_writer_text(&w, part);
    row_writer_text(&w, table);
    row_writer_text(&w, name);
    row_writer_text(&w, type);
    row_writer_text(&w, words);
    row_writer_text(&w, more);
    return w.ok;
}

static bool add_returns(struct table *out, struct err *err)
{
    static const char *const kinds[] = {
        [KIND_CHILD] = "identifier", [KIND_DATE] = "date",   [KIND_CODE] = "code",
        [KIND_NUMBER] = "number",    [KIND_FLAG] = "0 or 1", [KIND_POSTCODE] = "postcode",
        [KIND_TEXT] = "text"};
    static const char *const needs[] = {[NEED_KEY] = "needed: the file is refused without it",
                                        [NEED_WANTED] = "blank when missing",
                                        [NEED_EXTRA] = "read where an extract has it"};
    for (int t = 0; t < TABLE_COUNT; t++) {
        const struct table_spec *table = table_spec((enum return_table)t);
        if (!add(out, "returns", table->name, "", "", table->words, "", err))
            return false;
        for (int k = 0; k < table->n_columns; k++) {
            const enum return_column c = (enum return_column)((int)table->first + k);
            const struct column_spec *column = column_spec(c);
            if (!add(out, "returns", table->name, column->name, kinds[column->kind], column_words(c),
                     needs[column->need], err))
                return false;
        }
    }
    return true;
}

/* Words for the columns of files that councils make themselves; those of published files are their
 * publishers'. */
static const char *input_words(const char *kind, const char *column)
{
    static const struct {
        const char *kind, *column, *words;
    } rows[] = {
#define INPUT_WORDS(kind, column, words) {#kind, column, words},
#include "app/input_words.def"
#undef INPUT_WORDS
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal_text(str_of(kind), rows[i].kind) && str_equal_text(str_of(column), rows[i].column))
            return rows[i].words;
    return "";
}

static bool add_inputs(struct table *out, struct err *err)
{
    static const struct {
        const char *kind, *name, *need;
    } columns[] = {
#define NEEDED                               "needed"
#define OPTIONAL                             "may be missing"
#define FILE_COLUMN(kind, name, other, need) {#kind, name, need},
#include "data/codes/file_column.def"
#undef FILE_COLUMN
#undef NEEDED
#undef OPTIONAL
    };
    static const struct {
        const char *member, *name, *words;
    } kinds[] = {
#define FILE_KIND(member, name, family, words) {#member, name, words},
#include "data/codes/file_kind.def"
#undef FILE_KIND
    };
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (!add(out, "inputs", kinds[k].name, "", "", kinds[k].words, "", err))
            return false;
        for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
            if (str_equal_text(str_of(columns[i].kind), kinds[k].member) &&
                !add(out, "inputs", kinds[k].name, columns[i].name, "",
                     input_words(columns[i].kind, columns[i].name), columns[i].need, err))
                return false;
    }
    return true;
}

static bool add_views(struct table *out, struct err *err)
{
    static const char *const kinds[] = {
        [VIEW_KIND_TEXT] = "text",   [VIEW_KIND_INTEGER] = "whole number", [VIEW_KIND_NUMBER] = "number",
        [VIEW_KIND_DAY] = "date",    [VIEW_KIND_PENCE] = "pounds",         [VIEW_KIND_YES] = "0 or 1",
        [VIEW_KIND_CHILD] = "child", [VIEW_KIND_BIRTH] = "month of birth", [VIEW_KIND_PRIVATE] = "left out"};
    struct view view;
    for (size_t i = 0; view_at(i, &view); i++) {
        if (!add(out, "views", view.name, "", "", view.words, view.of_children ? "rows of children" : "",
                 err))
            return false;
        for (size_t j = 0; j < view.n_columns; j++) {
            const struct view_column column = view_column(i, j);
            const bool is_private = column.kind == VIEW_KIND_CHILD || column.kind == VIEW_KIND_BIRTH ||
                                    column.kind == VIEW_KIND_PRIVATE;
            if (!add(out, "views", view.name, column.name, kinds[column.kind], column.words,
                     is_private ? "as stored with --show-children" : "", err))
                return false;
        }
    }
    return true;
}

static bool add_outputs(struct table *out, struct err *err)
{
    static const char *const types[] = {[OUTPUT_TEXT] = "text",
                                        [OUTPUT_INTEGER] = "whole number",
                                        [OUTPUT_NUMBER] = "number",
                                        [OUTPUT_DATE] = "date",
                                        [OUTPUT_POUNDS] = "pounds"};
    struct output output;
    for (size_t i = 0; output_at(i, &output); i++) {
        char table[64], name[64];
        struct str column;
        if (snprintf(table, sizeof table, "%s/%s.csv", output.command, output.file) < 0 ||
            !add(out, "outputs", table, "", "", output.words, output.name, err))
            return false;
        for (size_t j = 0; output_column_at(&output, j, &column); j++) {
            const struct output_column words = output_column_words(&output, column);
            if (!str_copy(column, name, sizeof name) ||
                !add(out, "outputs", table, name, types[words.type], words.words, "", err))
                return false;
        }
    }
    return true;
}

static bool add_codes(struct table *out, struct err *err)
{
    struct code_row row;
    for (size_t i = 0; code_row(i, &row); i++) {
        char from[DATE_TEXT] = "", until[DATE_TEXT] = "", more[64] = "";
        if (row.first != DAY_NONE)
            date_format_iso(row.first, from);
        if (row.last != DAY_OPEN)
            date_format_iso(row.last, until);
        const bool limited = from[0] != '\0' || until[0] != '\0';
        if (limited && snprintf(more, sizeof more, "%s%s%s%s", from[0] != '\0' ? "from " : "", from,
                                until[0] != '\0' ? (from[0] != '\0' ? " until " : "until ") : "", until) < 0)
            return err_set(err, ERR_INTERNAL, "cannot write a date");
        if (!add(out, "codes", row.list, row.code, row.group, row.words, more, err))
            return false;
    }
    for (int i = 0; i < PLACEMENT_COUNT; i++)
        if (!add(out, "codes", "placement group", placement_group_name((enum placement_group)i), "",
                 placement_group_words((enum placement_group)i), "", err))
            return false;
    for (int i = 0; i < ROUTE_COUNT; i++)
        if (!add(out, "codes", "route", route_name((enum route)i), "", route_words((enum route)i), "", err))
            return false;
    for (int i = 0; i < MEASURE_COUNT; i++)
        if (!add(out, "codes", "measure", measure_name((enum measure)i), "", measure_words((enum measure)i),
                 "", err))
            return false;
    return true;
}

static bool add_rules(struct table *out, struct err *err)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        const struct rule_info *rule = rule_info((enum rule)i);
        if (!add(out, "rules", severity_name(rule->severity), rule->id, rule->official, rule->words,
                 rule->advice, err))
            return false;
    }
    return true;
}

static bool add_param(struct table *out, const char *owner, const struct param_spec *spec, struct err *err)
{
    char more[96];
    return (snprintf(more, sizeof more, "%g (%g to %g)", spec->fallback, spec->low, spec->high) > 0 ||
            err_set(err, ERR_INTERNAL, "cannot write a number")) &&
           add(out, "parameters", owner, spec->name, spec->unit, spec->words, more, err);
}

static bool add_params(struct table *out, const struct model *const *models, struct err *err)
{
    for (size_t i = 0; i < n_engine_params; i++)
        if (!add_param(out, "every model", &engine_params[i], err))
            return false;
    for (size_t m = 0; models[m] != NULL; m++) {
        const struct model *model = models[m];
        if (!add(out, "parameters", model->name, "", "", model->title, model->sources, err))
            return false;
        for (size_t i = 0; i < model->n_params; i++)
            if (!add_param(out, model->name, &model->params[i], err))
                return false;
    }
    return true;
}

bool dictionary_table(const struct model *const *models, struct table *out, struct err *err)
{
    table_init(out, "dictionary", dictionary_columns, dictionary_n_columns);
    const bool ok = add_returns(out, err) && add_inputs(out, err) && add_views(out, err) &&
                    add_outputs(out, err) && add_codes(out, err) && add_rules(out, err) &&
                    add_params(out, models, err);
    if (!ok)
        table_free(out);
    return ok;
}
