/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "render/folder.h"

Suite *suite_folder(void);

static char top[64];

static void set_up(void)
{
    snprintf(top, sizeof top, "/tmp/turncurve-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    ck_assert_int_eq(chdir(top), 0);
}

static void tear_down(void)
{
    char command[128];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", top);
    ck_assert_int_eq(system(command), 0);
}

static void put(struct folder *folder, const char *name, const char *text)
{
    struct err err = {0};
    FILE *file = folder_create(folder, name, &err);
    ck_assert_msg(file != NULL, "%s", err.message);
    ck_assert(fputs(text, file) >= 0);
    ck_assert(folder_close_file(file, name, &err));
}

static void put_own(const char *path)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
}

static void write_results(const char *target, const char *text)
{
    struct folder folder;
    struct err err = {0};
    ck_assert_msg(folder_begin(&folder, target, &err), "%s", err.message);
    put(&folder, "a.csv", text);
    ck_assert_msg(folder_commit(&folder, &err), "%s", err.message);
}

static const char *read_first(const char *path)
{
    static char line[64];
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return "(none)";
    if (fgets(line, sizeof line, file) == NULL)
        line[0] = '\0';
    fclose(file);
    return line;
}

static int count_entries(const char *path)
{
    int n = 0;
    DIR *dir = opendir(path);
    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n - 2;
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    return status.st_mode & 0777;
}

START_TEST(appears_whole_with_private_modes)
{
    umask(0);
    struct folder folder;
    struct err err = {0};
    ck_assert(folder_begin(&folder, "out/deep/forecast/", &err));
    put(&folder, "a.csv", "1");
    ck_assert_int_ne(access("out/deep/forecast", F_OK), 0);
    ck_assert(folder_commit(&folder, &err));
    ck_assert_str_eq(read_first("out/deep/forecast/a.csv"), "1");
    ck_assert_uint_eq(mode_of("out"), 0700);
    ck_assert_uint_eq(mode_of("out/deep/forecast"), 0700);
    ck_assert_uint_eq(mode_of("out/deep/forecast/a.csv"), 0600);
    ck_assert_int_eq(count_entries("out/deep"), 1);
    folder_abandon(&folder);
    ck_assert_str_eq(read_first("out/deep/forecast/a.csv"), "1");
}
END_TEST

START_TEST(replaces_its_own_results)
{
    write_results("out", "1");
    write_results("out", "2");
    ck_assert_str_eq(read_first("out/a.csv"), "2");
    ck_assert_int_eq(count_entries("."), 1);
    put_own("out/.DS_Store"); /* a desktop looked at it */
    write_results("out", "3");
    ck_assert_str_eq(read_first("out/a.csv"), "3");
    ck_assert_int_eq(count_entries("."), 1);
}
END_TEST

START_TEST(never_takes_a_persons_files)
{
    struct folder folder;
    struct err err = {0};
    ck_assert_int_eq(mkdir("mine", 0700), 0);
    write_results("mine", "1"); /* empty: may be used */
    put_own("mine/notes.docx");
    ck_assert(!folder_begin(&folder, "mine", &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "notes.docx"));
    ck_assert_str_eq(read_first("mine/a.csv"), "1");
    folder_abandon(&folder);

    ck_assert_int_eq(mkdir("other", 0700), 0);
    put_own("other/a.csv"); /* same name, but no list of ours */
    ck_assert(!folder_begin(&folder, "other", &err));
    put_own("file");
    ck_assert(!folder_begin(&folder, "file", &err));
    ck_assert(!folder_begin(&folder, ".", &err));
    ck_assert(!folder_begin(&folder, "mine/..", &err));
    ck_assert(!folder_begin(&folder, "/", &err));
    ck_assert(!folder_begin(&folder, "", &err));
    ck_assert_int_eq(symlink("mine", "link"), 0);
    ck_assert(!folder_begin(&folder, "link", &err));
    ck_assert_int_eq(count_entries("."), 4);
}
END_TEST

START_TEST(folders_within_come_and_go_with_it)
{
    struct folder folder;
    struct err err = {0};
    for (int year = 2021; year <= 2022; year++) {
        char name[32];
        snprintf(name, sizeof name, "%d/header.csv", year);
        ck_assert_msg(folder_begin(&folder, "returns", &err), "%s", err.message);
        put(&folder, name, "CHILD\n");
        put(&folder, "truth.json", "{}\n");
        ck_assert_msg(folder_commit(&folder, &err), "%s", err.message);
    }
    /* the second run's folder took the place of the first's, and nothing is left beside */
    ck_assert_str_eq(read_first("returns/2022/header.csv"), "CHILD\n");
    ck_assert_str_eq(read_first("returns/2021/header.csv"), "(none)");
    ck_assert_int_eq(count_entries("."), 1);
    put_own("returns/2022/mine.csv");
    ck_assert(!folder_begin(&folder, "returns", &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "2022/mine.csv"));
}
END_TEST

START_TEST(looks_again_before_it_replaces)
{
    struct folder folder;
    struct err err = {0};
    write_results("out", "1");
    ck_assert(folder_begin(&folder, "out", &err));
    put(&folder, "a.csv", "2");
    put_own("out/notes.docx"); /* put there while we ran */
    ck_assert(!folder_commit(&folder, &err));
    ck_assert_str_eq(read_first("out/a.csv"), "1");
    ck_assert_int_eq(access("out/notes.docx", F_OK), 0);
    ck_assert_int_eq(count_entries("."), 1);
}
END_TEST

START_TEST(a_failed_or_killed_run_leaves_the_old)
{
    struct folder folder;
    struct err err = {0};
    write_results("out", "1");
    ck_assert(folder_begin(&folder, "out", &err));
    put(&folder, "a.csv", "2");
    folder_abandon(&folder);
    ck_assert_str_eq(read_first("out/a.csv"), "1");
    ck_assert_int_eq(count_entries("."), 1);

    const pid_t child = fork();
    if (child == 0) {
        if (folder_begin(&folder, "out", &err))
            put(&folder, "a.csv", "2");
        raise(SIGKILL);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_str_eq(read_first("out/a.csv"), "1");
    ck_assert_int_eq(count_entries("."), 2); /* and out.new-.. */
    write_results("out", "3");
    ck_assert_str_eq(read_first("out/a.csv"), "3");
}
END_TEST

START_TEST(says_what_cannot_be_written)
{
    struct folder folder;
    struct err err = {0};
    put_own("file");
    ck_assert(!folder_begin(&folder, "file/out", &err));
    ck_assert_int_eq(err.code, ERR_IO);
    FILE *full = fopen("/dev/full", "w");
    if (full != NULL) {
        ck_assert(fputs("x", full) >= 0);
        ck_assert(!folder_close_file(full, "x", &err));
        ck_assert_ptr_nonnull(strstr(err.message, "No space left"));
    }
    if (geteuid() != 0) {
        ck_assert_int_eq(mkdir("closed", 0500), 0);
        ck_assert(!folder_begin(&folder, "closed/out", &err));
        ck_assert_int_eq(err.code, ERR_IO);
    }
}
END_TEST

Suite *suite_folder(void)
{
    Suite *suite = suite_create("folder");
    TCase *tcase = tcase_create("folder");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, appears_whole_with_private_modes);
    tcase_add_test(tcase, replaces_its_own_results);
    tcase_add_test(tcase, never_takes_a_persons_files);
    tcase_add_test(tcase, folders_within_come_and_go_with_it);
    tcase_add_test(tcase, looks_again_before_it_replaces);
    tcase_add_test(tcase, a_failed_or_killed_run_leaves_the_old);
    tcase_add_test(tcase, says_what_cannot_be_written);
    suite_add_tcase(suite, tcase);
    return suite;
}
