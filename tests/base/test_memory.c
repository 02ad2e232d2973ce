/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/vec.h, base/arena.h and base/embedded.h. */
#include "base/arena.h"
#include "base/embedded.h"
#include "base/vec.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_memory(void);

START_TEST(vec_doubles)
{
    struct err err = {0};
    int *items = NULL;
    size_t capacity = 0;
    for (size_t n = 0; n < 1000; n++) {
        ck_assert(vec_reserve((void **)&items, &capacity, n + 1, sizeof *items, &err));
        items[n] = (int)n;
    }
    ck_assert_uint_eq(capacity, 1024);
    ck_assert_int_eq(items[999], 999);
    free(items);
}
END_TEST

START_TEST(vec_refuses_overflow)
{
    struct err err = {0};
    void *items = NULL;
    size_t capacity = 0;
    ck_assert(!vec_reserve(&items, &capacity, SIZE_MAX / 2, 16, &err));
    ck_assert_int_eq(err.code, ERR_MEMORY);
    ck_assert_ptr_null(items);
    ck_assert_uint_eq(capacity, 0);
}
END_TEST

START_TEST(arena_pieces)
{
    struct err err = {0};
    struct arena arena = {0};
    const char *first = arena_copy(&arena, str_of("first"), &err);
    unsigned char *large = arena_take(&arena, 200000, &err);
    ck_assert_ptr_nonnull(large);
    for (size_t i = 0; i < 200000; i++)
        ck_assert_int_eq(large[i], 0);
    memset(large, 1, 200000);
    ck_assert_str_eq(arena_format(&arena, &err, "%s-%d", "b", 2), "b-2");
    ck_assert_str_eq(first, "first");
    for (int i = 0; i < 10000; i++)
        ck_assert_uint_eq((uintptr_t)arena_take(&arena, 7, &err) % 16, 0);
    arena_reset(&arena);
    const unsigned char *again = arena_take(&arena, 100, &err);
    for (size_t i = 0; i < 100; i++)
        ck_assert_int_eq(again[i], 0);
    arena_free(&arena);
    ck_assert_ptr_null(arena.newest);
}
END_TEST

START_TEST(embedded_is_sorted_and_found)
{
    for (size_t i = 0; i < n_embedded_files; i++) {
        if (i > 0)
            ck_assert_int_lt(strcmp(embedded_files[i - 1].path, embedded_files[i].path), 0);
        ck_assert_ptr_eq(embedded_find(embedded_files[i].path), &embedded_files[i]);
        ck_assert_uint_eq(strlen(embedded_files[i].text), embedded_files[i].length);
    }
    ck_assert_ptr_null(embedded_find("no/such/file"));
    ck_assert_ptr_null(embedded_find(""));
}
END_TEST

Suite *suite_memory(void)
{
    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("memory");
    tcase_add_test(tcase, vec_doubles);
    tcase_add_test(tcase, vec_refuses_overflow);
    tcase_add_test(tcase, arena_pieces);
    tcase_add_test(tcase, embedded_is_sorted_and_found);
    suite_add_tcase(suite, tcase);
    return suite;
}
