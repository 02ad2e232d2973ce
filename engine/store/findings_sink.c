/* SPDX-License-Identifier: GPL-3.0-or-later
 * One prepared statement a finding. */
#include "store/findings_sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/pseudonym.h"

static bool write_finding(struct findings_sink *sink, const struct finding *finding, int64_t rows,
                          struct err *err)
{
    sqlite3_stmt *s = NULL;
    const struct rule_info *rule = rule_info(finding->rule);
    if (!db_get(sink->store, QUERY_ADD_FINDING, &s, err))
        return false;
    if (sink->la != 0)
        db_bind_integer(sink->store, s, 1, sink->la);
    db_bind_integer(sink->store, s, 2, sink->stage);
    db_bind_text(sink->store, s, 3, rule->id);
    db_bind_integer(sink->store, s, 4, rule->severity);
    db_bind_integer(sink->store, s, 5, finding->outcome);
    db_bind_integer(sink->store, s, 6, rows);
    db_bind_integer(sink->store, s, 7, finding->file);
    db_bind_text(sink->store, s, 8, finding->table);
    db_bind_integer(sink->store, s, 9, finding->line);
    db_bind_str(sink->store, s, 10, finding->child);
    db_bind_text(sink->store, s, 11, finding->column);
    db_bind_str(sink->store, s, 12, finding->value);
    db_bind_text(sink->store, s, 13, finding->message);
    db_bind_str(sink->store, s, 14, finding->repair);
    return db_run(sink->store, s, err);
}

static bool copy_str(struct arena *arena, struct str *text, struct err *err)
{
    if (text->length == 0)
        return true;
    text->at = arena_copy(arena, *text, err);
    return text->at != NULL;
}

/* Files follow each other, so the entry that is wanted is near the end. */
static bool sum_finding(struct findings_sink *sink, const struct finding *finding, struct err *err)
{
    const char *column = finding->column == NULL ? "" : finding->column;
    for (size_t i = sink->n_summed; i-- > 0;) {
        struct summed_finding *known = &sink->summed[i];
        if (known->rule == finding->rule && known->file == finding->file &&
            strcmp(known->column, column) == 0) {
            known->rows++;
            return true;
        }
    }
    if (!vec_reserve((void **)&sink->summed, &sink->capacity, sink->n_summed + 1, sizeof *sink->summed, err))
        return false;
    struct summed_finding entry = {
        .rule = finding->rule, .file = finding->file, .rows = 1, .first = *finding};
    entry.first.child = (struct str){0}; /* it speaks for many */
    entry.column = arena_copy(&sink->texts, str_of(column), err);
    if (entry.column == NULL || !copy_str(&sink->texts, &entry.first.value, err) ||
        !copy_str(&sink->texts, &entry.first.repair, err))
        return false;
    entry.first.column = entry.column;
    if (finding->message != NULL) {
        entry.first.message = arena_copy(&sink->texts, str_of(finding->message), err);
        if (entry.first.message == NULL)
            return false;
    }
    sink->summed[sink->n_summed++] = entry;
    return true;
}

/* Hides what the columns of returns say about a person. */
static void hide_person(const struct findings_sink *sink, struct finding *finding, char child[PSEUDONYM_TEXT])
{
    if (finding->child.length > 0) {
        pseudonyms_of(sink->pseudonyms, finding->child, child);
        finding->child = str_of(child);
    }
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const enum return_column column = (enum return_column)i;
        if (finding->column != NULL && strcmp(column_spec(column)->name, finding->column) == 0 &&
            pseudonyms_hide(column)) {
            finding->value = (struct str){0};
            finding->repair = (struct str){0};
        }
    }
    if (finding->column == NULL || finding->column[0] == '\0') /* perhaps a whole row */
        finding->value = (struct str){0};
}

static void note_refusal(struct findings_sink *sink, const struct finding *finding)
{
    const struct rule_info *rule = rule_info(finding->rule);
    if (snprintf(sink->refusal, sizeof sink->refusal, "%s (%s). %s",
                 finding->message != NULL ? finding->message : rule->words, rule->id, rule->advice) < 0)
        sink->refusal[0] = '\0';
}

static bool add(struct findings *self, const struct finding *finding, struct err *err)
{
    struct findings_sink *sink = (struct findings_sink *)self;
    char child[PSEUDONYM_TEXT];
    struct finding shown = *finding;
    if (sink->stage == STAGE_READING && finding->outcome == OUTCOME_REFUSED)
        note_refusal(sink, finding);
    if (sink->pseudonyms != NULL)
        hide_person(sink, &shown, child);
    return rule_info(finding->rule)->summed ? sum_finding(sink, &shown, err)
                                            : write_finding(sink, &shown, 1, err);
}

void findings_sink_init(struct findings_sink *sink, struct store *store, int32_t la, enum finding_stage stage)
{
    *sink = (struct findings_sink){.base.add = add, .store = store, .la = la, .stage = stage};
}

bool findings_sink_finish(struct findings_sink *sink, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; i < sink->n_summed && ok; i++)
        ok = write_finding(sink, &sink->summed[i].first, sink->summed[i].rows, err);
    findings_sink_discard(sink);
    return ok;
}

void findings_sink_discard(struct findings_sink *sink)
{
    free(sink->summed);
    arena_free(&sink->texts);
    *sink = (struct findings_sink){0};
}
