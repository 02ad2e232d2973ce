/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filed_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct filed_text filed_text_make(const char *text, const int columns[])
{
    struct filed_text filed = {0};
    for (const char *c = text; *c != '\0'; c++)
        filed.n += *c == '\n';
    filed.rows = calloc(filed.n + 1, sizeof *filed.rows);
    ck_assert_ptr_nonnull(filed.rows);
    for (size_t i = 0; i < filed.n; i++) {
        const char *end = strchr(text, '\n');
        filed.rows[i] = (struct filed_row){.file = 1, .line = (int32_t)i + 2};
        for (int k = 0; text <= end; k++) {
            const size_t length = strcspn(text, "|\n");
            ck_assert_int_ge(columns[k], 0);
            filed.rows[i].text[columns[k]] = (struct str){text, length};
            text += length + 1;
        }
    }
    return filed;
}

void filed_text_free(struct filed_text *filed)
{
    free(filed->rows);
    *filed = (struct filed_text){0};
}

static bool say(struct findings *self, const struct finding *f, struct err *err)
{
    struct said *said = (struct said *)(void *)self;
    const struct rule_info *info = rule_info(f->rule);
    bug_if(!text_format(&said->text, err, "%s@%d %s '%.*s' %s\n", info->id, f->line, f->column,
                        (int)f->value.length, f->value.at == NULL ? "" : f->value.at,
                        f->message == NULL ? info->words : f->message));
    return true;
}

void said_init(struct said *said)
{
    *said = (struct said){.sink = {.add = say}};
}

const char *said_take(struct said *said)
{
    static char taken[8192];
    ck_assert(str_copy((struct str){said->text.at, said->text.length}, taken, sizeof taken));
    text_free(&said->text);
    return taken;
}

void said_free(struct said *said)
{
    text_free(&said->text);
}
