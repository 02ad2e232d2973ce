/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as a plan, as effects and as targets, whatever their header says: every row has a reference and
 * an action, what counts has its days in order, circles end, a plan has no changes against itself, and no
 * check fails. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "data/csvfile.h"
#include "plan/changes.h"
#include "plan/check.h"
#include "plan/refs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_ROWS = 400 };

/* Copies the rows of a file: column i is column i of the plan. */
static size_t read_rows(struct str bytes, struct arena *arena, struct filed_row rows[MOST_ROWS])
{
    struct err err;
    struct csv_record record;
    size_t n = 0;
    struct csvfile *file = csvfile_open_memory("plan.csv", bytes, NULL, 1, &err);
    bug_if(file == NULL);
    while (n < MOST_ROWS && csvfile_next(file, &record, &err) == CSVFILE_ROW) {
        rows[n] = (struct filed_row){.file = 1, .line = record.line};
        for (size_t i = 0; i < record.n_fields && i < PLAN_TEXT_COUNT; i++) {
            const char *copy = arena_copy(arena, record.fields[i], &err);
            bug_if(copy == NULL);
            rows[n].text[i] = (struct str){copy, record.fields[i].length};
        }
        n++;
    }
    csvfile_close(file);
    return n;
}

static void check_rows(const struct plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        bug_if(row->i_action < 0 || (size_t)row->i_action >= plan->n_actions);
        bug_if(row->when.earliest != DAY_NONE && row->when.latest != DAY_NONE &&
               row->when.earliest > row->when.latest);
        bug_if(plan_row_days_late(row, plan->stamp.date) < 0);
        bug_if(row->chain == PLAN_CHAIN_CIRCLE && plan_due_has_date(&row->when));
    }
    for (size_t i = 0; i < plan->n_actions; i++) {
        for (int32_t k = plan->actions[i].i_first; k >= 0; k = plan->rows[k].i_next)
            n++;
        bug_if(plan->actions[i].ref[0] == '\0');
    }
    bug_if(n != plan->n_rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct filed_row rows[MOST_ROWS];
    struct err err;
    struct arena arena = {0};
    struct plan plan = {0};
    struct effects effects = {0};
    struct targets targets = {0};
    struct change *changes = NULL;
    size_t n_changes = 0;
    bool usable = false;
    const size_t n = read_rows((struct str){(const char *)data, size}, &arena, rows);
    bug_if(!refs_make(rows, n, NULL, 0, &arena, &err));
    const struct plan_stamp stamp = plan_date_find(str_of("fuzz-2012"), rows, n, DAY_NONE);
    bug_if(!plan_make("fuzz-2012", rows, n, stamp, &plan, &err));
    check_rows(&plan);
    for (size_t i = 0; i < n; i++)
        bug_if(!effects_add(&effects, &rows[i], &usable, NULL, &err) ||
               !targets_add(&targets, &rows[i], &usable, NULL, &err));
    check_join(&plan, &effects, &targets);
    bug_if(!check_plan(&plan, &effects, &targets, NULL, &err) ||
           !check_effects(&plan, &effects, NULL, &err) || !check_targets(&targets, NULL, &err));
    bug_if(!changes_find(&plan, &plan, &changes, &n_changes, &err) || n_changes != 0);
    free(changes);
    plan_free(&plan);
    effects_free(&effects);
    targets_free(&targets);
    arena_free(&arena);
    return 0;
}
