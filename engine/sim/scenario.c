/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding scenario files and following `extends`: the chain is read from the file asked for upwards, then
 * laid down from its far end, so that the nearer file wins. */
#include "sim/scenario.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/vec.h"
#include "sim/scenario_read.h"
#include "sim/yaml_tree.h"

enum { LONGEST_CHAIN = 8, LONGEST_FILE = 1024 * 1024 };
static const char built_in[] = "scenarios/";
static const char extension[] = ".yaml";

/* A file of the chain. */
struct link {
    const char *file; /* as shown, and what tells files apart */
    bool on_disk;
    struct yaml_node *root;
};

/* What is needed to read a chain. */
struct loading {
    const char *folder; /* NULL: none */
    struct arena trees; /* file texts and YAML nodes, gone when the scenario is made */
    struct scenario_draft draft;
    struct link chain[LONGEST_CHAIN];
    int32_t n_chain;
};

static bool ends_with(const char *text, const char *ending)
{
    const size_t length = strlen(text);
    const size_t tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

static bool is_path(const char *name)
{
    return strchr(name, '/') != NULL || ends_with(name, extension) || ends_with(name, ".yml");
}

/* ---- names of scenarios ------------------------------------------------------------------------------ */

struct names {
    struct arena *arena;
    const char **items;
    size_t n, capacity;
};

static bool add_name(struct names *names, struct str name, struct err *err)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_equal_text(name, names->items[i]))
            return true;
    if (!vec_reserve((void **)&names->items, &names->capacity, names->n + 1, sizeof names->items[0], err))
        return false;
    const char *copy = arena_copy(names->arena, name, err);
    if (copy == NULL)
        return false;
    names->items[names->n++] = copy;
    return true;
}

static bool add_folder(struct names *names, const char *folder, struct err *err)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return err_set(err, ERR_NO_INPUT, "cannot read the folder %s: %s", folder, strerror(errno));
    bool ok = true;
    for (const struct dirent *entry = readdir(dir); ok && entry != NULL; entry = readdir(dir)) {
        if (ends_with(entry->d_name, extension) && entry->d_name[0] != '.')
            ok = add_name(names, (struct str){entry->d_name, strlen(entry->d_name) - (sizeof extension - 1)},
                          err);
    }
    closedir(dir);
    return ok;
}

static int by_text(const void *a, const void *b)
{
    const char *const *first = a;
    const char *const *second = b;
    return strcmp(*first, *second);
}

bool scenario_names(const char *folder, struct arena *arena, const char ***out, size_t *n, struct err *err)
{
    struct names names = {.arena = arena};
    bool ok = folder == NULL || add_folder(&names, folder, err);
    for (size_t i = 0; ok && i < n_embedded_files; i++) {
        struct str path = str_of(embedded_files[i].path);
        if (!str_starts_with(path, built_in) || !ends_with(path.at, extension))
            continue;
        path.at += sizeof built_in - 1;
        path.length -= sizeof built_in - 1 + sizeof extension - 1;
        ok = add_name(&names, path, err);
    }
    if (!ok) {
        free((void *)names.items);
        return false;
    }
    if (names.n > 0)
        qsort(names.items, names.n, sizeof names.items[0], by_text);
    *out = names.items;
    *n = names.n;
    return true;
}

static bool no_such_scenario(struct loading *loading, const char *name, struct err *err)
{
    const char **names = NULL;
    size_t n = 0;
    if (!scenario_names(loading->folder, &loading->trees, &names, &n, err))
        return false;
    const char *nearest = schema_nearest(str_of(name), names, n);
    err_set(err, ERR_USAGE, "there is no scenario \"%.60s\"%s%s%s; `list scenarios` prints them", name,
            nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
            nearest != NULL ? "\"?" : "");
    free((void *)names);
    return false;
}

/* ---- files ------------------------------------------------------------------------------------------- */

static bool read_whole(FILE *file, const char *path, struct arena *arena, struct str *out, struct err *err)
{
    char *text = arena_take(arena, LONGEST_FILE + 2, err);
    if (text == NULL)
        return false;
    const size_t length = fread(text, 1, LONGEST_FILE + 1, file);
    if (ferror(file) != 0)
        return err_set_at(err, ERR_IO, path, 0, 0, "cannot be read: %s", strerror(errno));
    *out = (struct str){text, length};
    return true;
}

static bool parse_text(struct loading *loading, struct str text, const char *file, bool on_disk,
                       struct err *err)
{
    struct link *link = &loading->chain[loading->n_chain];
    for (int32_t i = 0; i < loading->n_chain; i++)
        if (strcmp(loading->chain[i].file, file) == 0)
            return err_set(err, ERR_USAGE, "%s extends itself, in the end", file);
    *link = (struct link){.file = file, .on_disk = on_disk};
    if (!yaml_tree_read(text, file, &loading->trees, &link->root, err))
        return false;
    loading->n_chain++;
    return true;
}

/* Reads a file of the disk; *found false and success when it is not there. */
static bool try_file(struct loading *loading, const char *path, bool *found, struct err *err)
{
    FILE *file = fopen(path, "rb");
    *found = file != NULL;
    if (file == NULL) {
        if (errno == ENOENT || errno == ENOTDIR)
            return true;
        return err_set_at(err, ERR_NO_INPUT, path, 0, 0, "cannot be opened: %s", strerror(errno));
    }
    struct str text = {0};
    const char *kept = arena_copy(&loading->draft.scenario.texts, str_of(path), err);
    bool ok = kept != NULL && read_whole(file, path, &loading->trees, &text, err);
    if (fclose(file) != 0 && ok)
        ok = err_set_at(err, ERR_IO, path, 0, 0, "cannot be read: %s", strerror(errno));
    return ok && parse_text(loading, text, kept, true, err);
}

/* The folder part of a path with its slash, "" when there is none. */
static struct str folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return (struct str){path, slash == NULL ? 0 : (size_t)(slash - path) + 1};
}

static bool open_path(struct loading *loading, const char *path, const char *beside, struct err *err)
{
    const struct str folder = beside != NULL && path[0] != '/' ? folder_of(beside) : (struct str){0};
    const char *whole = arena_format(&loading->trees, err, "%.*s%s", (int)folder.length,
                                     folder.at != NULL ? folder.at : "", path);
    bool found = false;
    if (whole == NULL || !try_file(loading, whole, &found, err))
        return false;
    return found || err_set_at(err, ERR_NO_INPUT, whole, 0, 0, "there is no such scenario file");
}

static bool open_name(struct loading *loading, const char *name, const char *beside, struct err *err)
{
    bool found = false;
    if (loading->folder != NULL) {
        const char *path = arena_format(&loading->trees, err, "%s/%s%s", loading->folder, name, extension);
        if (path == NULL || !try_file(loading, path, &found, err))
            return false;
    }
    if (!found && beside != NULL) {
        const struct str folder = folder_of(beside);
        const char *path =
            arena_format(&loading->trees, err, "%.*s%s%s", (int)folder.length, folder.at, name, extension);
        /* A file that extends its own name means the built-in one. */
        if (path == NULL || (strcmp(path, beside) != 0 && !try_file(loading, path, &found, err)))
            return false;
    }
    if (found)
        return true;
    const char *path = arena_format(&loading->trees, err, "%s%s%s", built_in, name, extension);
    if (path == NULL)
        return false;
    const struct embedded *embedded = embedded_find(path);
    if (embedded == NULL)
        return no_such_scenario(loading, name, err);
    return parse_text(loading, (struct str){embedded->text, embedded->length}, embedded->path, false, err);
}

/* Reads a file onto the end of the chain. beside: the file that extends it, NULL when it is the first or the
 * extending file is built in. */
static bool open_link(struct loading *loading, const char *name, const char *beside, struct err *err)
{
    return is_path(name) ? open_path(loading, name, beside, err) : open_name(loading, name, beside, err);
}

static const struct yaml_node *find_extends(const struct yaml_node *root)
{
    if (root->kind != YAML_MAP)
        return NULL;
    for (const struct yaml_node *key = root->first; key != NULL; key = key->next)
        if (str_equal_text(key->text, "extends"))
            return key->value;
    return NULL;
}

static bool read_chain(struct loading *loading, const char *name_or_path, struct err *err)
{
    if (!open_link(loading, name_or_path, NULL, err))
        return false;
    for (;;) {
        const struct link *last = &loading->chain[loading->n_chain - 1];
        const struct yaml_node *extends = find_extends(last->root);
        if (extends == NULL || extends->kind != YAML_TEXT)
            return true;
        if (loading->n_chain == LONGEST_CHAIN)
            return err_set_at(err, ERR_USAGE, last->file, extends->line, extends->column,
                              "more than %d files extend each other", LONGEST_CHAIN);
        struct err reason = {0};
        if (open_link(loading, extends->text.at, last->on_disk ? last->file : NULL, &reason))
            continue;
        if (reason.file[0] != '\0') { /* the place in the other file says more */
            *err = reason;
            return false;
        }
        return err_set_at(err, reason.code, last->file, extends->line, extends->column, "%s", reason.message);
    }
}

bool scenario_load(struct scenario *out, const char *name_or_path, const char *folder,
                   const struct param_spec model_params[], size_t n_model_params, struct err *err)
{
    struct loading loading = {.folder = folder};
    struct scenario_draft *draft = &loading.draft;
    bool ok = params_init(&draft->scenario.params, model_params, n_model_params, err) &&
              read_chain(&loading, name_or_path, err);
    for (int32_t i = loading.n_chain - 1; ok && i >= 0; i--)
        ok = scenario_draft_read(draft, loading.chain[i].root, loading.chain[i].file, i, err);
    ok = ok && scenario_draft_finish(draft, out, err);
    scenario_draft_free(draft);
    arena_free(&loading.trees);
    return ok;
}

void scenario_free(struct scenario *scenario)
{
    params_free(&scenario->params);
    arena_free(&scenario->texts);
    free(scenario->levers);
    free(scenario->prices);
    free(scenario->capacities);
    *scenario = (struct scenario){0};
}
