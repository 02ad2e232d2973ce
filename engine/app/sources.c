/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three kinds of tables behind one list of names. A name is given once: a result whose name a view has is
 * left out of the list (output.def). */
#include "app/sources.h"

#include <stdio.h>
#include <string.h>

#include "app/dictionary.h"
#include "app/outputs.h"
#include "app/suggest.h"
#include "store/views.h"

enum { MOST_SOURCES = 256 };

static bool output_named(size_t k, struct output *out, size_t *index)
{
    for (size_t i = 0; output_at(i, out); i++) {
        if (out->name[0] == '\0')
            continue;
        if (k == 0) {
            *index = i;
            return true;
        }
        k--;
    }
    return false;
}

bool source_at(size_t i, struct source *out)
{
    struct view view;
    struct output output;
    size_t n_views = 0, index = 0;
    if (view_at(i, &view)) {
        *out = (struct source){view.name, view.words, "database", SOURCE_VIEW, i};
        return true;
    }
    while (view_at(n_views, &view))
        n_views++;
    if (output_named(i - n_views, &output, &index)) {
        *out = (struct source){output.name, output.words, output.command, SOURCE_RESULT, index};
        return true;
    }
    size_t n_outputs = 0;
    while (output_named(n_outputs, &output, &index))
        n_outputs++;
    if (i != n_views + n_outputs)
        return false;
    *out = (struct source){"dictionary",
                           "Every table, file, column, code, rule and parameter there is, in words",
                           "program", SOURCE_DICTIONARY, 0};
    return true;
}

bool source_find(const char *name, struct source *out, struct err *err)
{
    const char *names[MOST_SOURCES];
    size_t n = 0;
    for (; source_at(n, out); n++) {
        if (strcmp(out->name, name) == 0)
            return true;
        bug_if(n == MOST_SOURCES);
        names[n] = out->name;
    }
    const char *nearest = suggest_nearest(name, names, n);
    return err_set(err, ERR_USAGE,
                   "there is no table \"%.60s\"%s%s%s; \"turncurve export --list\" names them", name,
                   nearest == NULL ? "" : " (did you mean ", nearest == NULL ? "" : nearest,
                   nearest == NULL ? "" : "?)");
}

size_t source_columns(const struct source *source, const char *names[], size_t most, struct arena *arena,
                      struct err *err)
{
    struct view view;
    struct output output;
    struct str name;
    size_t n = 0;
    switch (source->kind) {
    case SOURCE_VIEW:
        bug_if(!view_at(source->index, &view) || view.n_columns > most);
        for (; n < view.n_columns; n++)
            names[n] = view_column(source->index, n).name;
        return n;
    case SOURCE_RESULT:
        bug_if(!output_at(source->index, &output));
        for (; output_column_at(&output, n, &name); n++) {
            bug_if(n == most);
            names[n] = arena_copy(arena, name, err);
            if (names[n] == NULL)
                return 0;
        }
        return n;
    case SOURCE_DICTIONARY:
        break;
    }
    for (; n < dictionary_n_columns; n++)
        names[n] = dictionary_columns[n].name;
    return n;
}

/* The dictionary says it all; its own columns are in the manual. */
bool source_describe(const struct source *source, struct table *out, struct err *err)
{
    enum { PART, TABLE, NAME, TYPE, WORDS };
    const struct model *none = NULL;
    struct table dictionary = {0};
    char file[64];
    struct output output;
    const char *wanted = source->name;
    bool ok = dictionary_table(&none, &dictionary, err);
    if (source->kind == SOURCE_RESULT) {
        bug_if(!output_at(source->index, &output));
        bug_if(snprintf(file, sizeof file, "%s/%s.csv", output.command, output.file) < 0);
        wanted = file;
    }
    for (size_t i = 0; ok && i < dictionary.n_rows; i++) {
        const struct table_cell *row = table_at(&dictionary, i, 0);
        const char *part = source->kind == SOURCE_RESULT ? "outputs" : "views";
        if (strcmp(row[PART].as.text, part) != 0 || strcmp(row[TABLE].as.text, wanted) != 0 ||
            row[NAME].kind != CELL_TEXT)
            continue;
        struct table_cell *cells = table_add_row(out, err);
        ok = cells != NULL && table_set_text(out, &cells[0], row[NAME].as.text, err) &&
             table_set_text(out, &cells[1], row[TYPE].as.text, err) &&
             table_set_text(out, &cells[2], row[WORDS].as.text, err);
    }
    table_free(&dictionary);
    return ok;
}

static bool fill_view(const struct app *app, const struct options *options, size_t view, struct table *out,
                      struct err *err)
{
    const char *la = options_text(options, "la");
    struct view_request request = {.show_children = options_has(options, "show-children")};
    struct authority authority = {0};
    struct store *store = store_open(app->database, STORE_READ, err);
    bool ok = store != NULL;
    if (ok && la != NULL && !str_equal_text(str_of(la), "all")) {
        ok = store_find_authority(store, la, &authority, err);
        request.la = authority.la;
    }
    ok = ok && view_fill(store, view, &request, out, err);
    store_close(store);
    return ok;
}

bool source_fill(const struct app *app, const struct options *options, const struct source *source,
                 struct table *out, struct err *err)
{
    struct output output;
    switch (source->kind) {
    case SOURCE_VIEW:
        return fill_view(app, options, source->index, out, err);
    case SOURCE_RESULT:
        bug_if(!output_at(source->index, &output));
        return output_read(&output, options_text(options, "results"), out, err);
    case SOURCE_DICTIONARY:
        break;
    }
    return dictionary_table(app->models, out, err);
}

bool sources_list(struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"table", 0}, {"from", 0}, {"columns", 0}, {"words", 0}};
    struct source source;
    struct arena arena = {0};
    bool ok = true;
    table_init(out, "tables", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && source_at(i, &source); i++) {
        const char *names[64];
        const size_t n = source_columns(&source, names, sizeof names / sizeof names[0], &arena, err);
        struct table_cell *cells = n > 0 ? table_add_row(out, err) : NULL;
        ok = cells != NULL && table_set_text(out, &cells[0], source.name, err) &&
             table_set_text(out, &cells[1], source.from, err) &&
             table_set_text(out, &cells[3], source.words, err);
        if (ok)
            table_set_integer(&cells[2], (int64_t)n);
    }
    arena_free(&arena);
    if (!ok)
        table_free(out);
    return ok;
}

bool source_of_children(const struct source *source)
{
    struct view view;
    return source->kind == SOURCE_VIEW && view_at(source->index, &view) &&
           (view.of_children || strcmp(view.name, "findings") == 0);
}

void sources_warn(struct app *app, const struct options *options, bool of_children)
{
    if (of_children && options_has(options, "show-children"))
        log_warning(&app->log,
                    "this names children: keep it where it is safe, and delete it when it was used");
}
