/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preloaded into the program by tests/cli/faults.sh: the FAULT_AT-th call of the function named by FAULT_CALL
 * fails, as on a full disk, and so do all later ones when FAULT_STAYS is set. stdio writes inside the C
 * library are not seen, but opening, fsync and rename are, and all that SQLite does. Says on exit of the last
 * call that it failed one: the file named by FAULT_SEEN is made. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;

static bool fails(const char *name)
{
    const char *wanted = getenv("FAULT_CALL");
    const char *at = getenv("FAULT_AT");
    if (wanted == NULL || at == NULL || strcmp(wanted, name) != 0)
        return false;
    const int n = atomic_fetch_add(&calls, 1) + 1;
    const int target = (int)strtol(at, NULL, 10);
    if (n != target && (n < target || getenv("FAULT_STAYS") == NULL))
        return false;
    const char *seen = getenv("FAULT_SEEN");
    if (seen != NULL) {
        const int fd = creat(seen, 0600);
        if (fd >= 0)
            close(fd);
    }
    errno = ENOSPC;
    return true;
}

/* ISO C has no cast from an object pointer to a function pointer; the bytes are the same on every POSIX
 * system. */
#define REAL(type, name)                                                                                     \
    type real = NULL;                                                                                        \
    void *symbol = dlsym(RTLD_NEXT, name);                                                                   \
    memcpy(&real, &symbol, sizeof real)

typedef ssize_t (*pwrite_function)(int, const void *, size_t, off64_t);
typedef int (*fd_function)(int);
typedef int (*rename_function)(const char *, const char *);
typedef FILE *(*fopen_function)(const char *, const char *);
typedef int (*truncate_function)(int, off64_t);

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    REAL(pwrite_function, "pwrite64");
    return fails("write") ? -1 : real(fd, bytes, size, offset);
}

int fsync(int fd)
{
    REAL(fd_function, "fsync");
    return fails("fsync") ? -1 : real(fd);
}

int fdatasync(int fd)
{
    REAL(fd_function, "fdatasync");
    return fails("fsync") ? -1 : real(fd);
}

int rename(const char *from, const char *to)
{
    REAL(rename_function, "rename");
    return fails("rename") ? -1 : real(from, to);
}

FILE *fopen(const char *path, const char *mode)
{
    REAL(fopen_function, "fopen");
    return fails("fopen") ? NULL : real(path, mode);
}

FILE *fdopen(int fd, const char *mode)
{
    typedef FILE *(*fdopen_function)(int, const char *);
    REAL(fdopen_function, "fdopen");
    return fails("fopen") ? NULL : real(fd, mode);
}

int ftruncate64(int fd, off64_t length)
{
    REAL(truncate_function, "ftruncate64");
    return fails("truncate") ? -1 : real(fd, length);
}
