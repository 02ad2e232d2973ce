/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/yaml_tree.h"

#include <check.h>
#include <string.h>

Suite *suite_yaml_tree(void);

START_TEST(nodes_know_their_place)
{
    struct arena arena = {0};
    struct yaml_node *root = NULL;
    struct err err;
    ck_assert(yaml_tree_read(str_of("a: 1\nlist:\n  - x\n  - {b: \"\"}\n"), "f", &arena, &root, &err));
    ck_assert_int_eq(root->kind, YAML_MAP);
    const struct yaml_node *list = root->first->next;
    ck_assert(str_equal_text(list->text, "list"));
    ck_assert_int_eq(list->line, 2);
    ck_assert_int_eq(list->column, 1);
    const struct yaml_node *map = list->value->first->next;
    ck_assert_int_eq(map->line, 4);
    ck_assert_int_eq(map->column, 5);
    ck_assert_uint_eq(map->first->value->text.length, 0); /* quoted, so meant to be empty */
    ck_assert_ptr_null(map->next);
    arena_free(&arena);
}
END_TEST

/* Text, line and column of the error, words in its message. */
static const struct {
    const char *text;
    int line, column;
    const char *words;
} refused[] = {
    {"", 1, 1, "empty"},
    {"# nothing\n", 2, 1, "empty"},
    {"a: &x 1\nb: *x\n", 1, 4, "anchors"},
    {"a: 1\nb: *x\n", 2, 4, "aliases"},
    {"a: !!int 1\n", 1, 4, "tags"},
    {"a: !mine [1]\n", 1, 4, "tags"},
    {"a: 1\nb: 2\na: 3\n", 3, 1, "twice"},
    {"a: 1\n---\nb: 2\n", 2, 1, "second document"},
    {"a:\n", 1, 3, "missing"},
    {"a: ~\n", 1, 4, "missing"},
    {"a: Null\n", 1, 4, "missing"},
    {"~\n", 1, 1, "missing"},
    {"? [x]\n: 1\n", 1, 3, "a key must be a word"},
    {"a: [1, 2\n", 2, 1, "not YAML"},
    {"a: \"\\x01\"\n", 1, 4, "control character"},
    {"[[[[[[[[[1]]]]]]]]]\n", 1, 9, "nested"},
};

START_TEST(what_is_not_plain_data_is_refused)
{
    struct arena arena = {0};
    struct yaml_node *root = NULL;
    struct err err = {0};
    ck_assert(!yaml_tree_read(str_of(refused[_i].text), "f.yaml", &arena, &root, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_msg(strstr(err.message, refused[_i].words) != NULL, "%s: %s", refused[_i].text, err.message);
    ck_assert_str_eq(err.file, "f.yaml");
    ck_assert_int_eq(err.line, refused[_i].line);
    ck_assert_int_eq(err.column, refused[_i].column);
    arena_free(&arena);
}
END_TEST

Suite *suite_yaml_tree(void)
{
    Suite *suite = suite_create("yaml_tree");
    TCase *tcase = tcase_create("yaml_tree");
    tcase_add_test(tcase, nodes_know_their_place);
    tcase_add_loop_test(tcase, what_is_not_plain_data_is_refused, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    suite_add_tcase(suite, tcase);
    return suite;
}
