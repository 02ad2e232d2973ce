/* SPDX-License-Identifier: GPL-3.0-or-later
 * The new folder is made beside the target, so that rename() never crosses file systems. A list of what was
 * written (LIST_NAME) makes replacing safe: entries that are not on it are somebody's own, and stop us. */
#include "render/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "base/vec.h"

#define LIST_NAME    ".turncurve"
#define LIST_HEADING "Written by turncurve. This folder is replaced as a whole by the next run. Files:\n"

/* What desktops leave in folders that were only looked at. */
static const char *const litter[] = {".DS_Store", "Thumbs.db", "desktop.ini"};

/* The names in a folder and the folders within, sorted. */
struct names {
    char **at;
    size_t n, capacity;
};

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->at[i]);
    free(names->at);
    *names = (struct names){0};
}

static bool names_add(struct names *names, const char *name, size_t length, struct err *err)
{
    if (!vec_reserve((void **)&names->at, &names->capacity, names->n + 1, sizeof *names->at, err))
        return false;
    char *copy = malloc(length + 1);
    if (copy == NULL)
        return err_no_memory(err);
    memcpy(copy, name, length);
    copy[length] = '\0';
    names->at[names->n++] = copy;
    return true;
}

static int names_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool names_have(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->at[i], name) == 0)
            return true;
    return false;
}

static bool join(char *out, size_t size, const char *folder, const char *name, struct err *err)
{
    const int n = snprintf(out, size, "%s/%s", folder, name);
    if (n < 0 || (size_t)n >= size)
        return err_set(err, ERR_IO, "the path %s/%s is too long", folder, name);
    return true;
}

/* Adds what is in a folder: files by their path from the top ("2021/header.csv"), folders with a slash at the
 * end
 * ("2021/"). */
static bool names_add_folder(struct names *out, const char *top, const char *below, struct err *err)
{
    char path[4096];
    if (!join(path, sizeof path, top, below, err))
        return false;
    DIR *dir = opendir(path);
    if (dir == NULL)
        return err_set(err, ERR_IO, "cannot read the folder %s: %s", path, strerror(errno));
    bool ok = true;
    errno = 0;
    for (const struct dirent *entry = readdir(dir); ok && entry != NULL; entry = readdir(dir)) {
        char name[4096];
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const int n = snprintf(name, sizeof name - 1, "%s%s", below, entry->d_name);
        ok = n > 0 && (size_t)n < sizeof name - 1 && join(path, sizeof path, top, name, err);
        if (ok && lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            memcpy(name + n, "/", sizeof "/");
            ok = names_add(out, name, (size_t)n + 1, err) && names_add_folder(out, top, name, err);
        } else if (ok) {
            ok = names_add(out, name, (size_t)n, err);
        }
    }
    closedir(dir);
    return ok;
}

static bool names_of_folder(const char *path, struct names *out, struct err *err)
{
    const bool ok = names_add_folder(out, path, "", err);
    if (ok && out->n > 1)
        qsort(out->at, out->n, sizeof *out->at, names_compare);
    return ok;
}

/* The names on a folder's list; none when it has no list of ours. */
static bool list_read(const char *folder, struct names *out, struct err *err)
{
    char path[4096];
    if (!join(path, sizeof path, folder, LIST_NAME, err))
        return false;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return true;
    bool ok = true;
    bool ours = false;
    char line[512];
    while (ok && fgets(line, sizeof line, file) != NULL) {
        const size_t length = strcspn(line, "\n");
        if (!ours && strcmp(line, LIST_HEADING) != 0)
            break;
        if (ours)
            ok = names_add(out, line, length, err);
        ours = true;
    }
    if (ok && ours)
        ok = names_add(out, LIST_NAME, strlen(LIST_NAME), err);
    (void)fclose(file); /* it was only read */
    return ok;
}

static bool is_litter(const char *name)
{
    for (size_t i = 0; i < sizeof litter / sizeof litter[0]; i++)
        if (strcmp(litter[i], name) == 0)
            return true;
    return false;
}

/* Fills `names` with what is in a folder that may be replaced; fails when something in it is not ours. */
static bool check_ours(const char *path, struct names *names, struct err *err)
{
    struct names listed = {0};
    bool ok = names_of_folder(path, names, err) && list_read(path, &listed, err);
    for (size_t i = 0; ok && i < names->n; i++)
        if (!names_have(&listed, names->at[i]) && !is_litter(names->at[i]))
            ok = err_set(err, ERR_USAGE,
                         "%s holds %s, which turncurve did not write, and would be replaced; move it away or "
                         "choose another folder with --out",
                         path, names->at[i]);
    names_free(&listed);
    return ok;
}

/* True with *exists set; false when something else than a folder has the name. */
static bool look_at_target(const char *path, bool *exists, struct err *err)
{
    struct stat status;
    *exists = lstat(path, &status) == 0;
    if (!*exists && errno != ENOENT)
        return err_set(err, ERR_IO, "cannot use %s: %s", path, strerror(errno));
    if (*exists && !S_ISDIR(status.st_mode))
        return err_set(err, ERR_USAGE, "%s is not a folder; choose another with --out", path);
    return true;
}

static bool make_parents(const char *path, struct err *err)
{
    char parent[4096];
    const size_t length = strlen(path);
    for (size_t i = 1; i < length; i++) {
        if (path[i] != '/')
            continue;
        memcpy(parent, path, i);
        parent[i] = '\0';
        if (mkdir(parent, S_IRWXU) != 0 && errno != EEXIST)
            return err_set(err, ERR_IO, "cannot make the folder %s: %s", parent, strerror(errno));
    }
    return true;
}

static void remove_names(const char *path, const struct names *names)
{
    char file[4096];
    struct err ignored = {0};
    for (size_t i = names->n; i-- > 0;) { /* backwards: a folder comes after what is in it */
        if (!join(file, sizeof file, path, names->at[i], &ignored))
            continue;
        if (names->at[i][strlen(names->at[i]) - 1] == '/')
            (void)rmdir(file);
        else
            (void)unlink(file); /* what stays keeps the folder, and is found by eye */
    }
    (void)rmdir(path);
}

bool folder_begin(struct folder *folder, const char *target, struct err *err)
{
    struct names names = {0};
    *folder = (struct folder){0};
    size_t length = strlen(target);
    while (length > 1 && target[length - 1] == '/')
        length--;
    if (length == 0 || length + sizeof ".new-XXXXXX" > sizeof folder->target)
        return err_set(err, ERR_USAGE, "the output folder's name is empty or too long");
    memcpy(folder->target, target, length);
    const char *slash = strrchr(folder->target, '/');
    const char *last = slash == NULL ? folder->target : slash + 1;
    if (last[0] == '\0' || strcmp(last, ".") == 0 || strcmp(last, "..") == 0)
        return err_set(err, ERR_USAGE, "%s cannot be replaced; name a folder of its own with --out", target);
    bool exists = false;
    bool ok = make_parents(folder->target, err) && look_at_target(folder->target, &exists, err) &&
              (!exists || check_ours(folder->target, &names, err));
    names_free(&names);
    if (!ok)
        return false;
    memcpy(folder->working, folder->target, length);
    memcpy(folder->working + length, ".new-XXXXXX", sizeof ".new-XXXXXX");
    if (mkdtemp(folder->working) == NULL)
        return err_set(err, ERR_IO, "cannot make a folder beside %s: %s", folder->target, strerror(errno));
    folder->open = true;
    return true;
}

static FILE *create_file(const char *path, const char *name, struct err *err)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (file == NULL) {
        err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
        if (descriptor >= 0)
            (void)close(descriptor); /* the first error is the one to tell */
    }
    return file;
}

/* Makes the folder part of a name like "2021/header.csv". */
static bool make_inner(const struct folder *folder, const char *name, struct err *err)
{
    const char *slash = strchr(name, '/');
    char path[4096];
    char inner[256];
    if (slash == NULL)
        return true;
    bug_if(slash == name || slash[1] == '\0' || slash[1] == '.' || strchr(slash + 1, '/') != NULL);
    if (!str_copy((struct str){name, (size_t)(slash - name)}, inner, sizeof inner))
        return err_set(err, ERR_IO, "the name %.60s is too long", name);
    if (!join(path, sizeof path, folder->working, inner, err))
        return false;
    if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST)
        return err_set(err, ERR_IO, "cannot make the folder %s: %s", inner, strerror(errno));
    return true;
}

FILE *folder_create(struct folder *folder, const char *name, struct err *err)
{
    char path[4096];
    bug_if(!folder->open || name[0] == '\0' || name[0] == '.' || strchr(name, '\n') != NULL);
    if (!make_inner(folder, name, err) || !join(path, sizeof path, folder->working, name, err))
        return NULL;
    return create_file(path, name, err);
}

bool folder_close_file(FILE *file, const char *name, struct err *err)
{
    errno = 0;
    bool ok = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
    const int first = errno;
    if (fclose(file) != 0 && ok)
        return err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
    return ok || err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(first == 0 ? EIO : first));
}

void folder_path(const struct folder *folder, const char *name, char *out, size_t size)
{
    const int n = snprintf(out, size, "%s/%s", folder->working, name);
    bug_if(n < 0 || (size_t)n >= size);
}

static bool list_write(const char *folder, struct err *err)
{
    struct names names = {0};
    char path[4096];
    bool ok = names_of_folder(folder, &names, err) && join(path, sizeof path, folder, LIST_NAME, err);
    FILE *file = ok ? create_file(path, LIST_NAME, err) : NULL;
    if (file != NULL) {
        ok = fputs(LIST_HEADING, file) >= 0;
        for (size_t i = 0; ok && i < names.n; i++)
            ok = fprintf(file, "%s\n", names.at[i]) >= 0;
        ok = folder_close_file(file, LIST_NAME, err) && ok;
    }
    names_free(&names);
    return file != NULL && ok;
}

static bool sync_folder(const char *path, struct err *err)
{
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* some file systems refuse fsync of a folder with EINVAL: their renames are ordered anyway */
    const bool ok = descriptor >= 0 && (fsync(descriptor) == 0 || errno == EINVAL);
    const int reason = errno;
    if (descriptor >= 0)
        (void)close(descriptor); /* nothing was written through it */
    return ok || err_set(err, ERR_IO, "cannot flush the folder %s: %s", path, strerror(reason));
}

/* The working folder and the folders in it. */
static bool sync_all(const char *path, struct err *err)
{
    struct names names = {0};
    char inner[4096];
    bool ok = names_of_folder(path, &names, err);
    for (size_t i = 0; ok && i < names.n; i++)
        if (names.at[i][strlen(names.at[i]) - 1] == '/')
            ok = join(inner, sizeof inner, path, names.at[i], err) && sync_folder(inner, err);
    names_free(&names);
    return ok && sync_folder(path, err);
}

/* Moves an existing target to a fresh name beside it; mkdtemp finds the name, rename replaces the empty
 * folder.
 */
static bool move_aside(const char *target, char old[static 4096], struct err *err)
{
    const int n = snprintf(old, 4096, "%s.old-XXXXXX", target);
    bug_if(n < 0 || n >= 4096);
    if (mkdtemp(old) == NULL)
        return err_set(err, ERR_IO, "cannot make a folder beside %s: %s", target, strerror(errno));
    if (rename(target, old) != 0) {
        const int reason = errno;
        (void)rmdir(old); /* empty, ours */
        return err_set(err, ERR_IO, "cannot replace %s: %s", target, strerror(reason));
    }
    return true;
}

bool folder_commit(struct folder *folder, struct err *err)
{
    struct names names = {0};
    char old[4096] = "";
    bool exists = false;
    bug_if(!folder->open);
    bool ok = list_write(folder->working, err) && sync_all(folder->working, err) &&
              look_at_target(folder->target, &exists, err) &&
              (!exists || (check_ours(folder->target, &names, err) && move_aside(folder->target, old, err)));
    if (ok && rename(folder->working, folder->target) != 0) {
        const int reason = errno;
        if (exists && rename(old, folder->target) != 0)
            err_set(err, ERR_IO, "cannot replace %s: %s; the results before are in %s", folder->target,
                    strerror(reason), old);
        else
            err_set(err, ERR_IO, "cannot replace %s: %s", folder->target, strerror(reason));
        ok = false;
    }
    if (ok) {
        folder->open = false;
        if (exists)
            remove_names(old, &names);
    } else {
        folder_abandon(folder);
    }
    names_free(&names);
    return ok;
}

void folder_abandon(struct folder *folder)
{
    struct names names = {0};
    struct err ignored = {0};
    if (!folder->open)
        return;
    folder->open = false;
    if (names_of_folder(folder->working, &names, &ignored))
        remove_names(folder->working, &names);
    names_free(&names);
}
