/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "scratch.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

void scratch_make(char path[SCRATCH_PATH])
{
    const char *top = getenv("TMPDIR");
    const int length =
        snprintf(path, SCRATCH_PATH - 16, "%s/turncurve-store-XXXXXX", top == NULL ? "/tmp" : top);
    ck_assert_int_gt(length, 0);
    ck_assert_ptr_nonnull(mkdtemp(path));
    memcpy(path + strlen(path), "/test.db", sizeof "/test.db");
}

void scratch_remove(const char path[SCRATCH_PATH])
{
    static const char *const endings[] = {"", ".key", "-journal"};
    char name[SCRATCH_PATH + 16];
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        ck_assert_int_gt(snprintf(name, sizeof name, "%s%s", path, endings[i]), 0);
        unlink(name);
    }
    ck_assert(str_copy(str_of(path), name, sizeof name));
    *strrchr(name, '/') = '\0';
    ck_assert_int_eq(rmdir(name), 0);
}

struct store *scratch_open(const char *path, enum store_mode mode)
{
    struct err err = {0};
    struct store *store = store_open(path, mode, &err);
    ck_assert_msg(store != NULL, "%s", err.message);
    return store;
}
