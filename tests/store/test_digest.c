/* SPDX-License-Identifier: GPL-3.0-or-later
 * Digests of FIPS 180-4's examples ("abc", the empty text), and of a file longer than one block, whose digest
 * is that of `head -c 100000 /dev/zero | sha256sum`. */
#include "store/digest.h"

#include <check.h>
#include <stdio.h>

#include "scratch.h"

Suite *suite_digest(void);

static void expect_digest(const char *bytes, size_t n, const char *expected)
{
    struct err err = {0};
    char path[SCRATCH_PATH], digest[DIGEST_TEXT];
    scratch_make(path);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_msg(digest_file(path, digest, &err), "%s", err.message);
    ck_assert_str_eq(digest, expected);
    scratch_remove(path);
    digest_str((struct str){bytes, n}, digest);
    ck_assert_str_eq(digest, expected);
}

START_TEST(known_digests)
{
    static const char zeros[100000];
    expect_digest("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect_digest("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect_digest(zeros, sizeof zeros, "9192c25b734fcbadbe32dadc28089c60db0e39f90cc20ce2e5733f57261acc0c");
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
    struct err err = {0};
    char digest[DIGEST_TEXT];
    ck_assert(!digest_file("/nowhere/file.csv", digest, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
    ck_assert(!digest_file("/", digest, &err)); /* a folder opens but gives no bytes */
    ck_assert_int_eq(err.code, ERR_IO);
}
END_TEST

Suite *suite_digest(void)
{
    Suite *suite = suite_create("digest");
    TCase *tests = tcase_create("digest");
    tcase_add_test(tests, known_digests);
    tcase_add_test(tests, files_that_cannot_be_read);
    suite_add_tcase(suite, tests);
    return suite;
}
