/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plans are few and small: all of them are checked again whenever one of their files changes. */
#include "store/settle_plans.h"

#include <stdlib.h>

#include "base/vec.h"
#include "plan/check.h"
#include "store/findings_sink.h"
#include "store/plan_rows.h"
#include "store/plans.h"

/* Rows of effects, file by file. */
struct tally {
    int32_t file;
    int64_t kept, repaired, refused;
};
struct settling {
    struct store *store;
    struct findings_sink sink;
    struct tally *tallies;
    size_t n, capacity;
};

static bool tally_row(struct settling *settling, int32_t file, bool usable, bool repaired, struct err *err)
{
    size_t i = 0;
    while (i < settling->n && settling->tallies[i].file != file)
        i++;
    if (i == settling->n) {
        if (!vec_reserve((void **)&settling->tallies, &settling->capacity, i + 1, sizeof *settling->tallies,
                         err))
            return false;
        settling->tallies[settling->n++] = (struct tally){.file = file};
    }
    struct tally *tally = &settling->tallies[i];
    tally->refused += !usable;
    tally->repaired += usable && repaired;
    tally->kept += usable && !repaired;
    return true;
}

/* Stored rows and the effects made of them go side by side: all stored rows could be used on reading. */
static bool tally_effects(struct settling *settling, int32_t plan, const struct effects *effects, bool joined,
                          struct err *err)
{
    struct arena texts = {0};
    struct filed_row *rows = NULL;
    size_t n = 0;
    bool ok = plan_rows_read(settling->store, plan, true, &texts, &rows, &n, err);
    for (size_t i = 0, k = 0; ok && i < n; i++) {
        const bool found = k < effects->n && effects->items[k].file == rows[i].file &&
                           effects->items[k].line == rows[i].line;
        ok = tally_row(settling, rows[i].file, found && (!joined || effects->items[k].usable),
                       rows[i].repaired, err);
        k += found;
    }
    free(rows);
    arena_free(&texts);
    return ok;
}

static bool settle_plan(struct settling *settling, const struct stored_plan *stored, struct err *err)
{
    static const struct plan_choice newest = {0};
    struct store *store = settling->store;
    struct findings *findings = &settling->sink.base;
    struct plan plan = {0};
    struct effects effects = {0};
    struct targets targets = {0};
    const bool has_plan = stored->n_versions > 0;
    bool ok = (!has_plan || store_load_plan(store, stored, &newest, &plan, err)) &&
              store_load_plan_parts(store, stored, &plan, &effects, &targets, err);
    if (ok && has_plan)
        ok = check_plan(&plan, &effects, &targets, findings, err) &&
             check_effects(&plan, &effects, findings, err) && check_targets(&targets, findings, err);
    else
        ok = ok && check_orphans(&effects, &targets, findings, err) && targets_check(&targets, findings, err);
    ok = ok && tally_effects(settling, stored->plan, &effects, has_plan, err);
    plan_free(&plan);
    effects_free(&effects);
    targets_free(&targets);
    return ok;
}

static bool write_tallies(struct settling *settling, struct err *err)
{
    enum { KEPT = 1, REPAIRED, REFUSED, SUPERSEDED, SHORT_BREAK, FILE_KEY };
    for (size_t i = 0; i < settling->n; i++) {
        const struct tally *tally = &settling->tallies[i];
        sqlite3_stmt *s = NULL;
        if (!db_get(settling->store, QUERY_SET_FILE_SETTLED, &s, err))
            return false;
        db_bind_integer(settling->store, s, KEPT, tally->kept);
        db_bind_integer(settling->store, s, REPAIRED, tally->repaired);
        db_bind_integer(settling->store, s, REFUSED, tally->refused);
        db_bind_integer(settling->store, s, SUPERSEDED, 0);
        db_bind_integer(settling->store, s, SHORT_BREAK, 0);
        db_bind_integer(settling->store, s, FILE_KEY, tally->file);
        if (!db_run(settling->store, s, err))
            return false;
    }
    return true;
}

static bool run_for_file(struct store *store, enum query query, int32_t file, struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, query, &s, err))
        return false;
    db_bind_integer(store, s, 1, file);
    return db_run(store, s, err);
}

static bool forget_overtaken(struct store *store, struct err *err)
{
    for (;;) {
        int64_t file = 0;
        if (!db_integer(store, QUERY_OVERTAKEN_PLAN_FILE, &file, err))
            return false;
        if (file == 0)
            return true;
        if (!run_for_file(store, QUERY_REMOVE_FILE_FINDINGS, (int32_t)file, err) ||
            !run_for_file(store, QUERY_REMOVE_FILE, (int32_t)file, err))
            return false;
    }
}

static bool clear_findings(struct store *store, struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, QUERY_CLEAR_FINDINGS, &s, err))
        return false;
    db_bind_integer(store, s, 1, STAGE_PLANS);
    return db_run(store, s, err);
}

bool settle_plans(struct store *store, struct err *err)
{
    struct settling settling = {.store = store};
    struct stored_plan *plans = NULL;
    size_t n = 0;
    findings_sink_init(&settling.sink, store, 0, STAGE_PLANS);
    bool ok =
        forget_overtaken(store, err) && clear_findings(store, err) && store_plans(store, &plans, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = settle_plan(&settling, &plans[i], err);
    ok = ok && write_tallies(&settling, err) && findings_sink_finish(&settling.sink, err);
    findings_sink_discard(&settling.sink);
    free(settling.tallies);
    free(plans);
    return ok;
}
