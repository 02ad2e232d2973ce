/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plan is read whole before any of it is stored: references are made from all its rows, and the same rows
 * in another file are no new version. Effects and targets are stored row by row and take the place of the
 * earlier ones of their plans. One file may hold several plans. */
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "plan/effects.h"
#include "plan/lookup.h"
#include "plan/refs.h"
#include "plan/targets.h"
#include "store/import_parts.h"
#include "store/plan_rows.h"

struct plan_import {
    struct import *import;
    struct import_reading *reading;
    struct arena texts;
    struct filed_row *rows;
    size_t n, capacity;
    struct str last_plan; /* named by the row above */
    struct str file_plan; /* what a file that names no plan is called */
    struct effects effects;
    struct targets targets;
};

static void plan_import_free(struct plan_import *p)
{
    effects_free(&p->effects);
    targets_free(&p->targets);
    free(p->rows);
    arena_free(&p->texts);
}

/* The file's name without its folder and ending. */
static struct str name_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    const struct str base = str_of(slash == NULL ? path : slash + 1);
    for (size_t i = base.length; i-- > 1;)
        if (base.at[i] == '.')
            return (struct str){base.at, i};
    return base;
}

static bool report(struct plan_import *p, int32_t line, enum rule rule, enum outcome outcome,
                   const char *column, struct str value, const char *message, struct str repair,
                   struct err *err)
{
    const struct import_file *file = p->reading->file;
    const struct finding finding = {.rule = rule,
                                    .outcome = outcome,
                                    .file = file->key,
                                    .table = file_kind_name(file->sniffed.kind),
                                    .line = line,
                                    .column = column,
                                    .value = value,
                                    .message = message,
                                    .repair = repair};
    return findings_add(&p->reading->sink.base, &finding, err);
}

/* ---- a row's texts ----------------------------------------------------------------------------------- */

/* A copy in which lines end in LF, and other control characters are blanks; *cleaned says whether any was. */
static bool copy_clean(struct arena *arena, struct str text, struct str *out, bool *cleaned, struct err *err)
{
    char *copy = arena_take(arena, text.length + 1, err);
    size_t n = 0;
    if (copy == NULL)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char c = (unsigned char)text.at[i];
        if (c == '\r') {
            if (i + 1 >= text.length || text.at[i + 1] != '\n')
                copy[n++] = '\n';
            continue;
        }
        const bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        *cleaned = *cleaned || control;
        copy[n++] = control ? ' ' : (char)c;
    }
    *out = str_trim((struct str){copy, n});
    return true;
}

static bool is_number(struct str text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((text.at[i] < '0' || text.at[i] > '9') && strchr("+-.,%", text.at[i]) == NULL)
            return false;
    return true;
}

/* I-08: text that a spreadsheet would run. */
static bool is_formula(struct str text)
{
    return text.length > 0 && strchr("=+-@", text.at[0]) != NULL && !is_number(text);
}

/* Copies the fields of a record by the columns of its kind. */
static bool take_texts(struct plan_import *p, const struct csv_record *record, struct filed_row *row,
                       bool *cleaned, struct err *err)
{
    const struct sniffed *sniffed = &p->reading->file->sniffed;
    for (int32_t i = 0; i < sniffed->map.n; i++) {
        const int16_t source = sniffed->map.source[i];
        const char *column = file_kind_column(sniffed->kind, i);
        if (source < 0 || (size_t)source >= record->n_fields)
            continue;
        if (!copy_clean(&p->texts, record->fields[source], &row->text[i], cleaned, err))
            return false;
        if (is_formula(row->text[i]) && !report(p, record->line, RULE_I_08, OUTCOME_KEPT, column,
                                                row->text[i], NULL, (struct str){0}, err))
            return false;
    }
    return true;
}

/* The plan of a row: its own, else that of the row above, else the file's name (I-15). */
static bool name_plan(struct plan_import *p, struct filed_row *row, enum outcome *outcome, struct err *err)
{
    if (row->text[0].length > 0) {
        p->last_plan = row->text[0];
        return true;
    }
    row->text[0] = p->last_plan.length > 0 ? p->last_plan : p->file_plan;
    *outcome = OUTCOME_REPAIRED;
    return report(p, row->line, RULE_I_15, OUTCOME_REPAIRED, "plan", (struct str){0},
                  "the row does not name its plan: that of the row above, else the file's name", row->text[0],
                  err);
}

static bool add_row(struct plan_import *p, const struct filed_row *row, enum outcome outcome, struct err *err)
{
    if (!vec_reserve((void **)&p->rows, &p->capacity, p->n + 1, sizeof *p->rows, err))
        return false;
    p->rows[p->n] = *row;
    p->rows[p->n++].repaired = outcome == OUTCOME_REPAIRED;
    return true;
}

/* What a row must say to be of use; effects and targets look for themselves. */
static bool look_at_row(struct plan_import *p, const struct filed_row *row, enum outcome *outcome,
                        struct err *err)
{
    bool usable = true;
    bool ok = true;
    const enum file_kind kind = p->reading->file->sniffed.kind;
    if (kind == FILE_EFFECTS) {
        ok = effects_add(&p->effects, row, &usable, &p->reading->sink.base, err);
    } else if (kind == FILE_TARGETS) {
        ok = targets_add(&p->targets, row, &usable, &p->reading->sink.base, err);
    } else if (row->text[PLAN_TEXT_ACTION].length == 0 && row->text[PLAN_TEXT_MILESTONE].length == 0) {
        usable = false;
        ok = report(p, row->line, RULE_I_16, OUTCOME_REFUSED, "action", (struct str){0},
                    "the row has neither an action nor a milestone", (struct str){0}, err);
    }
    if (!usable)
        *outcome = OUTCOME_REFUSED;
    return ok;
}

static bool take_row(struct import *import, struct import_reading *reading, const struct csv_record *record,
                     void *context, enum outcome *outcome, struct err *err)
{
    struct plan_import *p = context;
    struct filed_row row = {.file = reading->file->key, .line = record->line};
    bool cleaned = false;
    (void)import;
    if (!take_texts(p, record, &row, &cleaned, err))
        return false;
    if (cleaned) {
        *outcome = OUTCOME_REPAIRED;
        if (!report(p, row.line, RULE_F_17, OUTCOME_REPAIRED, "", (struct str){0},
                    "control characters were replaced by blanks", (struct str){0}, err))
            return false;
    }
    return name_plan(p, &row, outcome, err) && look_at_row(p, &row, outcome, err) &&
           (*outcome == OUTCOME_REFUSED || add_row(p, &row, *outcome, err));
}

/* ---- into the database ------------------------------------------------------------------------------- */

/* The rows of each plan together, in the order of their first rows: plan k has out[ends[k - 1] .. ends[k]).
 */
static bool group_rows(const struct plan_import *p, struct filed_row *out, size_t ends[], size_t *n_plans,
                       struct err *err)
{
    struct lookup names = {0};
    size_t used = 0;
    int32_t *plan_of = vec_new(p->n, sizeof *plan_of, err);
    bool ok = plan_of != NULL;
    for (size_t i = 0; ok && i < p->n; i++)
        ok = lookup_put(&names, p->rows[i].text[0], (int32_t)names.n, &plan_of[i], err);
    *n_plans = names.n;
    for (size_t k = 0; ok && k < *n_plans; k++) {
        for (size_t i = 0; i < p->n; i++)
            if (plan_of[i] == (int32_t)k)
                out[used++] = p->rows[i];
        ends[k] = used;
    }
    lookup_free(&names);
    free(plan_of);
    return ok;
}

/* I-15 for each row that got its reference. */
static bool tell_made(struct plan_import *p, const struct filed_row rows[], size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].ref_made)
            continue;
        p->reading->file->n_repaired += !rows[i].repaired;
        if (!report(p, rows[i].line, RULE_I_15, OUTCOME_REPAIRED, "action_ref", (struct str){0},
                    "the action has no reference: it got one, which stays", rows[i].ref, err))
            return false;
    }
    return true;
}

/* What became of a file's plans. */
struct plan_news {
    size_t n_new, n_redated;
    int32_t stored; /* file of a version that was there, 0 none */
};

/* One plan: a version when its rows are new; another date when it was asked for. */
static bool store_plan(struct plan_import *p, struct filed_row rows[], size_t n, struct plan_news *news,
                       struct err *err)
{
    struct store *store = p->import->store;
    const struct import_options *options = p->import->options;
    const day asked = options->has_plan_date ? options->plan_date : DAY_NONE;
    struct plan_rows_found found = {0};
    struct filed_row *earlier = NULL;
    size_t n_earlier = 0;
    int32_t plan = 0;
    bool ok = plan_rows_plan(store, rows[0].text[0], &plan, err) &&
              plan_rows_last(store, plan, &p->texts, &earlier, &n_earlier, err) &&
              refs_make(rows, n, earlier, n_earlier, &p->texts, err) &&
              plan_rows_put(store, plan, rows[0].text[0], rows, n, asked, &found, err) &&
              (!found.is_new || tell_made(p, rows, n, err));
    if (ok && found.is_new) {
        struct import *import = p->import;
        ok = vec_reserve((void **)&import->plans, &import->plans_capacity, import->n_plans + 1,
                         sizeof *import->plans, err);
        if (ok)
            import->plans[import->n_plans++] = plan;
    }
    news->n_new += found.is_new;
    news->n_redated += found.redated;
    if (!found.is_new)
        news->stored = found.file;
    free(earlier);
    return ok;
}

static bool store_plans_of_file(struct plan_import *p, struct plan_news *news, struct err *err)
{
    size_t n_plans = 0;
    struct filed_row *rows = vec_new(p->n, sizeof *rows, err);
    size_t *ends = vec_new(p->n, sizeof *ends, err);
    bool ok = rows != NULL && ends != NULL && group_rows(p, rows, ends, &n_plans, err);
    for (size_t k = 0, first = 0; ok && k < n_plans; first = ends[k++])
        ok = store_plan(p, rows + first, ends[k] - first, news, err);
    free(rows);
    free(ends);
    return ok;
}

/* Effects or targets: those of a plan are one whole, and take the place of the earlier ones. */
static bool store_rows_of_file(struct plan_import *p, struct err *err)
{
    const bool effects = p->reading->file->sniffed.kind == FILE_EFFECTS;
    struct store *store = p->import->store;
    struct lookup done = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < p->n; i++) {
        int32_t plan = lookup_find(&done, p->rows[i].text[0], 0);
        if (plan == 0)
            ok = plan_rows_plan(store, p->rows[i].text[0], &plan, err) &&
                 plan_rows_clear(store, plan, p->reading->file->key, effects, err) &&
                 lookup_set(&done, p->rows[i].text[0], plan, err);
        ok = ok && plan_rows_add(store, plan, &p->rows[i], effects, err);
    }
    lookup_free(&done);
    return ok;
}

static bool read_file(struct plan_import *p, bool *same, struct err *err)
{
    struct import_file *file = p->reading->file;
    struct plan_news news = {0};
    if (!import_open_again(p->reading, err) || !import_rows(p->import, p->reading, take_row, p, err))
        return false;
    if (file->sniffed.kind != FILE_PLAN)
        return store_rows_of_file(p, err);
    if (!store_plans_of_file(p, &news, err))
        return false;
    *same = news.n_new == 0 && news.stored != 0;
    if (!*same)
        return true;
    if (!import_was_stored(p->import, p->reading, news.stored, err))
        return false;
    if (news.n_redated > 0)
        file->status = IMPORT_REDATED;
    return true;
}

bool import_plan(struct import *import, struct import_file *file, struct err *err)
{
    struct import_reading reading;
    struct plan_import p = {.import = import, .reading = &reading, .file_plan = name_of_file(file->path)};
    bool same = false;
    bool ok = import_begin(import, file, &reading, err);
    if (!ok)
        return false;
    if (file->status != IMPORT_NEW) {
        ok = import_end(import, &reading, err);
    } else {
        if (file->sniffed.kind != FILE_PLAN) /* a plan is compared by its rows: its date may be another */
            ok = import_find_same(import, &reading, &same, err);
        ok = ok && (same || (read_file(&p, &same, err) && (same || import_end(import, &reading, err))));
    }
    if (!ok)
        import_abandon(&reading);
    plan_import_free(&p);
    return ok;
}
