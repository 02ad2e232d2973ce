/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables become lists of objects, so that the manifest and the page say the same; Jansson's references are
 * given away as soon as they are made (the _new functions), so that one decref frees all. */
#include "app/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/forecast_assumptions.h"
#include "app/frozen.h"
#include "app/help.h"
#include "base/vec.h"
#include "render/json.h"

enum { MANIFEST_DIGITS = 15, FILES_MOST = 512 };

/* Gives value to object; a NULL value (out of memory, or text that is not UTF-8) is an error with the key's
 * name. */
static bool put(json_t *object, const char *key, json_t *value, struct err *err)
{
    return json_object_set_new(object, key, value) == 0 ||
           err_set(err, ERR_DATA, "the manifest's %s is not UTF-8, or there is no memory for it", key);
}

static bool put_table(json_t *object, const char *key, const struct table *table, struct err *err)
{
    json_t *rows = json_rows(table, err);
    return rows != NULL && put(object, key, rows, err);
}

static json_t *day_text(day date)
{
    char text[DATE_TEXT];
    date_format_iso(date, text);
    return json_string(text);
}

static bool put_inputs(json_t *root, struct store *store, struct err *err)
{
    struct table inputs = {0};
    int64_t counts[3] = {0};
    json_t *findings = NULL;
    bool ok = store_inputs(store, &inputs, err) && store_count_findings(store, counts, err) &&
              put_table(root, "inputs", &inputs, err);
    if (ok) {
        findings = json_object();
        ok = findings != NULL && put(findings, "errors", json_integer(counts[0]), err) &&
             put(findings, "warnings", json_integer(counts[1]), err) &&
             put(findings, "notes", json_integer(counts[2]), err);
        ok = put(root, "findings", findings, err) && ok;
    }
    int64_t repaired = 0;
    const size_t column = table_column_index(&inputs, "repaired");
    for (size_t i = 0; ok && i < inputs.n_rows && column < inputs.n_columns; i++)
        repaired +=
            table_at(&inputs, i, column)->kind == CELL_INTEGER ? table_at(&inputs, i, column)->as.integer : 0;
    ok = ok && put(root, "repairs", json_integer(repaired), err);
    table_free(&inputs);
    return ok;
}

static bool put_scenarios(json_t *root, const struct manifest *manifest, struct err *err)
{
    json_t *list = json_array();
    bool ok = put(root, "scenarios", list, err); /* the root owns it from here */
    for (size_t s = 0; ok && s < manifest->n_scenarios; s++) {
        const struct scenario *scenario = &manifest->scenarios[s];
        json_t *one = json_object();
        if (json_array_append_new(list, one) != 0)
            return err_no_memory(err);
        ok = put(one, "name", json_string(scenario->name), err) &&
             put(one, "title", json_string(scenario->title == NULL ? "" : scenario->title), err) &&
             put(one, "stance", json_string(stance_name(scenario->stance)), err) &&
             put(one, "extends", scenario->extends == NULL ? json_null() : json_string(scenario->extends),
                 err);
    }
    return ok;
}

static bool put_exposures(json_t *register_, const struct manifest *manifest, struct err *err)
{
    struct table exposures;
    assumptions_exposure_init(&exposures);
    bool ok = true;
    for (size_t i = 0; ok && i < manifest->n_authorities; i++)
        ok = assumptions_exposure_add(&exposures, manifest->authorities[i], manifest->exposures[i], err);
    ok = ok && put_table(register_, "population", &exposures, err);
    table_free(&exposures);
    return ok;
}

static bool put_assumptions(json_t *root, const struct manifest *manifest, struct err *err)
{
    struct table levers = {0};
    struct table parameters = {0};
    struct table prices = {0};
    json_t *register_ = json_object();
    bool ok = put(root, "assumptions", register_, err);
    ok = ok && assumptions_levers(&levers, manifest->scenarios, manifest->n_scenarios, err) &&
         assumptions_parameters(&parameters, manifest->scenarios, manifest->n_scenarios, err) &&
         put_table(register_, "levers", &levers, err) &&
         put_table(register_, "parameters", &parameters, err) &&
         (manifest->prices == NULL || (assumptions_prices(&prices, manifest->prices, manifest->origin, err) &&
                                       put_table(register_, "prices", &prices, err))) &&
         (manifest->exposures == NULL || put_exposures(register_, manifest, err));
    table_free(&levers);
    table_free(&parameters);
    table_free(&prices);
    return ok;
}

/* Everything that the run can be made again from, exactly: the registers above are for people. */
static bool put_replay(json_t *root, const struct manifest *manifest, struct err *err)
{
    json_t *replay = json_object();
    json_t *list = json_array();
    bool ok = put(root, "replay", replay, err);
    ok = put(replay, "scenarios", list, err) && ok && put(replay, "raw", json_boolean(manifest->raw), err);
    for (size_t i = 0; ok && i < manifest->n_scenarios; i++) {
        json_t *one = frozen_scenario(&manifest->scenarios[i], err);
        ok = one != NULL && (json_array_append_new(list, one) == 0 || err_no_memory(err));
    }
    if (!ok || manifest->prices == NULL)
        return ok;
    json_t *prices = frozen_prices(manifest->prices, err);
    return prices != NULL && put(replay, "prices", prices, err);
}

static bool put_model(json_t *root, const struct manifest *manifest, struct err *err)
{
    json_t *model = json_object();
    return put(root, "model", model, err) && put(model, "name", json_string(manifest->model->name), err) &&
           put(model, "title", json_string(manifest->model->title), err) &&
           put(model, "about", json_string(manifest->model->about), err) &&
           put(model, "sources", json_string(manifest->model->sources), err);
}

static bool put_simulation(json_t *run, const struct manifest *manifest, struct err *err)
{
    return (manifest->origin == DAY_NONE || put(run, "from", day_text(manifest->origin), err)) &&
           (manifest->runs == 0 || (put(run, "months", json_integer(manifest->months), err) &&
                                    put(run, "runs", json_integer(manifest->runs), err) &&
                                    put(run, "seed", json_integer(manifest->seed), err)));
}

/* The assumptions of a command without a model: sentences. */
static bool put_notes(json_t *root, const struct manifest *manifest, struct err *err)
{
    json_t *list = json_array();
    bool ok = put(root, "assumptions", list, err);
    for (size_t i = 0; ok && i < manifest->n_notes; i++)
        ok = json_array_append_new(list, json_string(manifest->notes[i])) == 0 ||
             err_set(err, ERR_DATA, "an assumption is not UTF-8");
    return ok;
}

static bool put_tables(json_t *root, const struct manifest *manifest, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < manifest->n_tables; i++)
        ok = put_table(root, manifest->tables[i]->name, manifest->tables[i], err);
    return ok;
}

static bool put_run(json_t *root, const struct manifest *manifest, struct err *err)
{
    json_t *program = json_object();
    json_t *run = json_object();
    const bool fixed = manifest->published || getenv("SOURCE_DATE_EPOCH") != NULL;
    json_t *names = json_array();
    bool ok = put(root, "program", program, err);
    ok = put(root, "run", run, err) && ok;
    ok = put(root, "authorities", names, err) && ok;
    for (size_t i = 0; ok && i < manifest->n_authorities; i++)
        ok = json_array_append_new(names, json_string(manifest->authorities[i])) == 0 ||
             err_set(err, ERR_DATA, "the name of an authority is not UTF-8");
    ok = ok && (manifest->runs == 0 || put_simulation(run, manifest, err));
    return ok && put(program, "name", json_string("turncurve"), err) &&
           put(program, "version", json_string(HELP_VERSION), err) &&
           put(root, "command_line", json_string(manifest->command_line), err) &&
           put(run, "short_breaks", json_boolean(manifest->short_breaks), err) &&
           put(run, "seconds", json_real(fixed ? 0.0 : manifest->run_seconds), err);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool put_files(json_t *root, const struct folder *folder, struct err *err)
{
    char *names[FILES_MOST];
    size_t n = 0;
    DIR *dir = opendir(folder->working);
    if (dir == NULL)
        return err_set(err, ERR_IO, "cannot read %s: %s", folder->working, strerror(errno));
    bool ok = true;
    for (const struct dirent *entry = readdir(dir); ok && entry != NULL; entry = readdir(dir)) {
        if (entry->d_name[0] == '.')
            continue;
        const size_t size = strlen(entry->d_name) + 1;
        char *copy = n < FILES_MOST ? malloc(size) : NULL;
        ok = copy != NULL || err_no_memory(err);
        if (copy != NULL) {
            memcpy(copy, entry->d_name, size);
            names[n++] = copy;
        }
    }
    closedir(dir);
    qsort(names, n, sizeof *names, compare_names);
    json_t *list = json_array();
    ok = put(root, "files", list, err) && ok;
    for (size_t i = 0; i < n; i++) {
        if (ok && json_array_append_new(list, json_string(names[i])) != 0)
            ok = err_no_memory(err);
        free(names[i]);
    }
    return ok;
}

bool manifest_write(const struct manifest *manifest, struct store *store, struct folder *folder,
                    struct err *err)
{
    json_t *root = json_object();
    if (root == NULL)
        return err_no_memory(err);
    bool ok = put_run(root, manifest, err) &&
              (manifest->model == NULL
                   ? put_notes(root, manifest, err)
                   : put_model(root, manifest, err) && put_scenarios(root, manifest, err) &&
                         put_assumptions(root, manifest, err) &&
                         (manifest->runs == 0 || manifest->published || put_replay(root, manifest, err))) &&
              put_tables(root, manifest, err) && (manifest->published || put_inputs(root, store, err)) &&
              put_files(root, folder, err);
    FILE *file = ok ? folder_create(folder, "manifest.json", err) : NULL;
    ok = file != NULL;
    if (ok) {
        struct err second = {0};
        errno = 0;
        ok = (json_dumpf(root, file,
                         JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(MANIFEST_DIGITS)) == 0 &&
              fputs("\n", file) >= 0) ||
             err_set(err, ERR_IO, "cannot write manifest.json: %s", strerror(errno));
        ok = folder_close_file(file, "manifest.json", ok ? err : &second) && ok;
    }
    json_decref(root);
    return ok;
}
