/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scenario files: every node of an accepted tree has a place, every refusal has a file and words, and what is
 * accepted is in order. */
#include <stdint.h>
#include <string.h>

#include "sim/params.h"
#include "sim/scenario_read.h"
#include "sim/yaml_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_node(const struct yaml_node *node)
{
    bug_if(node->line < 1 || node->column < 1);
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
        bug_if(child->line < node->line);
        check_node(node->kind == YAML_LIST ? child : child->value);
    }
}

static void check_refusal(const struct err *err)
{
    bug_if(err->code == ERR_NONE || err->message[0] == '\0');
}

static void check_scenario(const struct yaml_node *root)
{
    struct err err = {0};
    struct scenario scenario = {0};
    struct scenario_draft draft = {0};
    bug_if(!params_init(&draft.scenario.params, NULL, 0, &err));
    if (scenario_draft_read(&draft, root, "fuzz.yaml", 0, &err) &&
        scenario_draft_finish(&draft, &scenario, &err)) {
        for (size_t i = 1; i < scenario.n_levers; i++)
            bug_if(strcmp(scenario.levers[i - 1].id, scenario.levers[i].id) >= 0);
    } else {
        check_refusal(&err);
    }
    scenario_draft_free(&draft);
    scenario_free(&scenario);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct err err = {0};
    struct yaml_node *root = NULL;
    if (yaml_tree_read((struct str){(const char *)data, size}, "fuzz.yaml", &arena, &root, &err)) {
        check_node(root);
        check_scenario(root);
    } else {
        check_refusal(&err);
    }
    arena_free(&arena);
    return 0;
}
