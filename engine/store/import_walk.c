/* SPDX-License-Identifier: GPL-3.0-or-later
 * Folders are read in the order of their names' bytes, so that the result does not depend on the disk. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/vec.h"
#include "store/import_parts.h"

enum { DEEPEST = 16 };

static bool add_file(struct import *import, const char *path, bool named, struct err *err)
{
    if (!vec_reserve((void **)&import->files, &import->capacity, import->n_files + 1, sizeof *import->files,
                     err))
        return false;
    struct import_file *file = &import->files[import->n_files];
    *file = (struct import_file){.named = named};
    file->path = arena_copy(&import->texts, str_of(path), err);
    const char *slash = strrchr(path, '/');
    const size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    file->folder = arena_copy(&import->texts, (struct str){path, length}, err);
    if (file->path == NULL || file->folder == NULL)
        return false;
    import->n_files++;
    return true;
}

/* Files of a folder that may hold a table. */
static bool is_table_name(const char *name)
{
    static const char *const endings[] = {".csv", ".tsv", ".txt", ".xml"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof endings[0]; i++)
        if (str_equal_ignore_case(str_of(dot), str_of(endings[i])))
            return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder, sorted, without hidden ones. */
static bool list_folder(struct import *import, const char *path, const char ***names, size_t *n,
                        struct err *err)
{
    DIR *folder = opendir(path);
    size_t capacity = 0;
    bool ok = true;
    if (folder == NULL)
        return err_set_at(err, ERR_IO, path, 0, 0, "the folder cannot be read: %s", strerror(errno));
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            if (errno != 0)
                ok = err_set_at(err, ERR_IO, path, 0, 0, "the folder cannot be read: %s", strerror(errno));
            break;
        }
        if (entry->d_name[0] == '.')
            continue;
        void *list = *names;
        if (!vec_reserve(&list, &capacity, *n + 1, sizeof **names, err)) {
            ok = false;
            break;
        }
        *names = list;
        (*names)[*n] = arena_format(&import->texts, err, "%s%s%s", path,
                                    path[strlen(path) - 1] == '/' ? "" : "/", entry->d_name);
        ok = (*names)[*n] != NULL;
        if (!ok)
            break;
        ++*n;
    }
    closedir(folder);
    if (ok && *n > 0)
        qsort(*names, *n, sizeof **names, by_name);
    return ok;
}

static bool walk_folder(struct import *import, const char *path, int depth, struct err *err)
{
    const char **names = NULL;
    size_t n = 0;
    bool ok = list_folder(import, path, &names, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        struct stat info;
        if (stat(names[i], &info) != 0)
            ok = err_set_at(err, ERR_IO, names[i], 0, 0, "cannot be read: %s", strerror(errno));
        else if (S_ISDIR(info.st_mode) && depth < DEEPEST)
            ok = walk_folder(import, names[i], depth + 1, err);
        else if (S_ISREG(info.st_mode) && is_table_name(names[i]))
            ok = add_file(import, names[i], false, err);
    }
    free(names);
    return ok;
}

bool import_walk(struct import *import, const char *path, struct err *err)
{
    struct stat info;
    if (path[0] == '\0' || stat(path, &info) != 0)
        return err_set_at(err, errno == ENOENT || errno == ENOTDIR || path[0] == '\0' ? ERR_NO_INPUT : ERR_IO,
                          path, 0, 0, "cannot be read: %s", strerror(path[0] == '\0' ? ENOENT : errno));
    if (!S_ISDIR(info.st_mode))
        return add_file(import, path, true, err);
    const size_t before = import->n_files;
    if (!walk_folder(import, path, 0, err))
        return false;
    if (import->n_files == before)
        return err_set_at(err, ERR_NO_INPUT, path, 0, 0,
                          "the folder holds no CSV file; name the folder of the returns");
    return true;
}
