/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts come from the database, their meaning is worked out each time they are loaded. */
#include "store/plans.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "plan/check.h"
#include "store/plan_rows.h"

static bool has_plans(const struct store *store)
{
    return store->version >= PLAN_ROWS_SCHEMA;
}

bool store_plans(struct store *store, struct stored_plan **out, size_t *n, struct err *err)
{
    sqlite3_stmt *s = NULL;
    struct stored_plan *plans = NULL;
    size_t count = 0;
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    if (!has_plans(store))
        return true;
    if (!db_get(store, QUERY_PLANS, &s, err))
        return false;
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err) ||
            (row && !vec_reserve((void **)&plans, &capacity, count + 1, sizeof *plans, err))) {
            db_reset(s);
            free(plans);
            return false;
        }
        if (!row)
            break;
        struct stored_plan *plan = &plans[count++];
        *plan = (struct stored_plan){.plan = sqlite3_column_int(s, 0),
                                     .la = sqlite3_column_int(s, 2),
                                     .n_versions = sqlite3_column_int(s, 4),
                                     .n_effects = sqlite3_column_int(s, 5),
                                     .n_targets = sqlite3_column_int(s, 6)};
        str_copy(db_column_str(s, 1), plan->name, sizeof plan->name);
        str_copy(db_column_str(s, 3), plan->la_name, sizeof plan->la_name);
    }
    db_reset(s);
    *out = plans;
    *n = count;
    return true;
}

static const struct stored_plan *nearest(const struct stored_plan plans[], size_t n, const char *name)
{
    const struct stored_plan *best = NULL;
    int least = 0;
    for (size_t i = 0; i < n; i++) {
        const int distance = str_edit_distance(str_of(plans[i].name), str_of(name));
        if (plans[i].n_versions > 0 && (best == NULL || distance < least)) {
            best = &plans[i];
            least = distance;
        }
    }
    return best;
}

static bool choose(const struct stored_plan plans[], size_t n, const char *name, struct stored_plan *out,
                   struct err *err)
{
    const bool any = name == NULL || name[0] == '\0';
    const struct stored_plan *found = NULL;
    size_t fitting = 0;
    for (size_t i = 0; i < n; i++) {
        if (plans[i].n_versions == 0 ||
            (!any && !str_equal_ignore_case(str_of(plans[i].name), str_trim(str_of(name)))))
            continue;
        found = &plans[i];
        fitting++;
    }
    if (fitting == 1) {
        *out = *found;
        return true;
    }
    found = nearest(plans, n, any ? "" : name);
    if (found == NULL)
        return err_set(err, ERR_NO_INPUT, "no plan is stored; import one first");
    if (any)
        return err_set(err, ERR_USAGE, "several plans are stored; name one, as in turncurve plan %s",
                       found->name);
    return err_set(err, ERR_USAGE, "there is no plan %s; the nearest name is %s", name, found->name);
}

bool store_find_plan(struct store *store, const char *name, struct stored_plan *out, struct err *err)
{
    struct stored_plan *plans = NULL;
    size_t n = 0;
    const bool ok = store_plans(store, &plans, &n, err) && choose(plans, n, name, out, err);
    free(plans);
    return ok;
}

bool store_plan_versions(struct store *store, int32_t plan, struct stored_version **out, size_t *n,
                         struct err *err)
{
    sqlite3_stmt *s = NULL;
    struct stored_version *versions = NULL;
    size_t count = 0;
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    if (!has_plans(store))
        return true;
    if (!db_get(store, QUERY_PLAN_VERSIONS, &s, err))
        return false;
    db_bind_integer(store, s, 1, plan);
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err) ||
            (row && !vec_reserve((void **)&versions, &capacity, count + 1, sizeof *versions, err))) {
            db_reset(s);
            free(versions);
            return false;
        }
        if (!row)
            break;
        struct stored_version *version = &versions[count++];
        const bool dated = sqlite3_column_type(s, 1) != SQLITE_NULL;
        *version = (struct stored_version){
            .version = sqlite3_column_int(s, 0),
            .stamp = {dated ? sqlite3_column_int(s, 1) : DAY_NONE, plan_dated_parse(db_column_str(s, 2))},
            .n_rows = sqlite3_column_int64(s, 4)};
        str_copy(db_column_str(s, 3), version->file, sizeof version->file);
    }
    db_reset(s);
    *out = versions;
    *n = count;
    return true;
}

/* The version that a choice means, NULL when there is none. */
static const struct stored_version *choose_version(const struct stored_version versions[], size_t n,
                                                   const struct plan_choice *choice)
{
    const struct stored_version *found = n > 0 ? &versions[choice->has_as_of ? 0 : n - 1] : NULL;
    for (size_t i = 0; i < n; i++) {
        if (choice->version != 0 && versions[i].version == choice->version)
            return &versions[i];
        if (choice->has_as_of && versions[i].stamp.date <= choice->as_of)
            found = &versions[i];
    }
    return choice->version != 0 ? NULL : found;
}

static bool load_version(struct store *store, const char *name, const struct stored_version *version,
                         struct plan *out, struct err *err)
{
    struct arena texts = {0};
    struct filed_row *rows = NULL;
    size_t n = 0;
    const bool ok = plan_rows_of_version(store, version->version, &texts, &rows, &n, err) &&
                    plan_make(name, rows, n, version->stamp, out, err);
    if (ok)
        out->version = version->version;
    free(rows);
    arena_free(&texts);
    return ok;
}

bool store_load_plan(struct store *store, const struct stored_plan *stored, const struct plan_choice *choice,
                     struct plan *out, struct err *err)
{
    struct stored_version *versions = NULL;
    size_t n = 0;
    bool ok = store_plan_versions(store, stored->plan, &versions, &n, err);
    if (ok) {
        const struct stored_version *version = choose_version(versions, n, choice);
        ok = version != NULL
                 ? load_version(store, stored->name, version, out, err)
                 : err_set(err, ERR_NO_INPUT, "no such version of the plan %s is stored", stored->name);
    }
    free(versions);
    return ok;
}

/* Reads stored rows of effects or targets; what was refused on reading is not stored. */
static bool load_parts(struct store *store, int32_t plan, struct effects *effects, struct targets *targets,
                       struct err *err)
{
    struct arena texts = {0};
    struct filed_row *rows = NULL;
    size_t n = 0;
    bool usable = true;
    bool ok = plan_rows_read(store, plan, true, &texts, &rows, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = effects_add(effects, &rows[i], &usable, NULL, err);
    free(rows);
    rows = NULL;
    ok = ok && plan_rows_read(store, plan, false, &texts, &rows, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = targets_add(targets, &rows[i], &usable, NULL, err);
    free(rows);
    arena_free(&texts);
    return ok;
}

bool store_load_plan_parts(struct store *store, const struct stored_plan *stored, const struct plan *plan,
                           struct effects *effects, struct targets *targets, struct err *err)
{
    *effects = (struct effects){0};
    *targets = (struct targets){0};
    if (!load_parts(store, stored->plan, effects, targets, err)) {
        effects_free(effects);
        targets_free(targets);
        return false;
    }
    check_join(plan, effects, targets);
    return true;
}
