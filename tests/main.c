/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program of one layer's unit tests: runs the suites listed in the layer's tests.def, one SUITE(name) a
 * line; each is `Suite *suite_name(void)` in tests/LAYER/test_name.c. Arguments name suites to run. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) Suite *suite_##name(void);
#include "tests.def"
#undef SUITE

static const struct {
    const char *name;
    Suite *(*make)(void);
} suites[] = {
#define SUITE(name) {#name, suite_##name},
#include "tests.def"
#undef SUITE
};

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    int chosen = 0;
    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
        int wanted = argc == 1;
        for (int k = 1; k < argc; k++)
            wanted = wanted || strcmp(argv[k], suites[i].name) == 0;
        if (wanted) {
            srunner_add_suite(runner, suites[i].make());
            chosen++;
        }
    }
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    const int ran = srunner_ntests_run(runner);
    srunner_free(runner);
    printf("%s: %d suites, %d tests run, %d failed\n", LAYER, chosen, ran, failed);
    return failed != 0 || ran == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
