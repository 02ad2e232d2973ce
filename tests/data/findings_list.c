/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings_list.h"

static bool list_add(struct findings *self, const struct finding *f, struct err *err)
{
    struct findings_list *list = (struct findings_list *)(void *)self;
    const struct rule_info *info = rule_info(f->rule);
    bug_if(!text_format(&list->text, err, "%s@%d %s", info->id, f->line, outcome_name(f->outcome)));
    if (f->column != NULL && f->column[0] != '\0')
        bug_if(!text_format(&list->text, err, " %s", f->column));
    if (f->value.length > 0)
        bug_if(!text_format(&list->text, err, " '%.*s'", (int)f->value.length, f->value.at));
    if (f->repair.length > 0)
        bug_if(!text_format(&list->text, err, " -> '%.*s'", (int)f->repair.length, f->repair.at));
    bug_if(!text_append_c(&list->text, "\n", err));
    bug_if(!text_format(&list->messages, err, "%s\n", f->message == NULL ? info->words : f->message));
    return true;
}

void findings_list_init(struct findings_list *list)
{
    *list = (struct findings_list){.sink = {.add = list_add}};
}

void findings_list_free(struct findings_list *list)
{
    text_free(&list->text);
    text_free(&list->messages);
}
