/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass over the children of an authority: every row ends up kept, repaired or refused in the tally of its
 * file, so that the three add up to the rows that were read. */
#include "store/settle.h"

#include <stdlib.h>

#include "base/vec.h"
#include "store/findings_sink.h"
#include "store/renumbered.h"
#include "store/rows.h"
#include "store/volumes.h"

enum { ROWS_BETWEEN_LOOKS = 256 };

struct tally {
    int64_t by_outcome[OUTCOME_COUNT], superseded, short_break;
};
struct settling {
    struct store *store;
    int32_t la;
    struct children children;
    struct findings_sink sink;
    struct stack_context context;
    struct tally *tallies; /* by index of the file */
    struct volumes volumes;
    struct renumbered renumbered;
    struct homes homes;
};

static void tally_rows(struct settling *settling, const struct child_rows *rows)
{
    for (int t = 0; t < TABLE_COUNT; t++)
        for (size_t i = 0; i < rows->n_rows[t]; i++) {
            const struct record *record = &rows->rows[t][i];
            struct tally *tally = &settling->tallies[children_file_index(&settling->children, record->file)];
            tally->by_outcome[record->outcome]++;
            if (record->outcome == OUTCOME_REFUSED)
                continue;
            tally->superseded += record->superseded;
            tally->short_break += record->short_break;
        }
}

static bool write_tallies(struct settling *settling, struct err *err)
{
    for (size_t i = 0; i < settling->children.n_files; i++) {
        const struct tally *tally = &settling->tallies[i];
        sqlite3_stmt *s = NULL;
        if (!db_get(settling->store, QUERY_SET_FILE_SETTLED, &s, err))
            return false;
        db_bind_integer(settling->store, s, 1, tally->by_outcome[OUTCOME_KEPT]);
        db_bind_integer(settling->store, s, 2, tally->by_outcome[OUTCOME_REPAIRED]);
        db_bind_integer(settling->store, s, 3, tally->by_outcome[OUTCOME_REFUSED]);
        db_bind_integer(settling->store, s, 4, tally->superseded);
        db_bind_integer(settling->store, s, 5, tally->short_break);
        db_bind_integer(settling->store, s, 6, settling->children.files[i].file);
        if (!db_run(settling->store, s, err))
            return false;
    }
    return true;
}

static bool read_children(struct settling *settling, struct log *log, struct err *err)
{
    struct children *children = &settling->children;
    int64_t n = 0;
    for (;; n++) {
        bool more = false;
        struct child_rows rows;
        struct clean_child clean;
        if (!children_next(children, &rows, &more, err))
            return false;
        if (!more)
            break;
        if (!stack_child(&settling->context, &rows, &children->arena, &clean, &settling->sink.base, err))
            return false;
        tally_rows(settling, &rows);
        if (clean.usable) {
            volumes_add(&settling->volumes, &clean);
            if (!renumbered_add(&settling->renumbered, &settling->context, &rows, &clean, err))
                return false;
        }
        if (n % ROWS_BETWEEN_LOOKS != 0)
            continue;
        if (log_is_stopped(log))
            return err_set(err, ERR_INTERRUPTED, "stopped; the database is as it was");
        log_progress(log, "checking children", n, 0);
    }
    log_progress_end(log);
    return true;
}

static bool clear_findings(struct store *store, int32_t la, enum finding_stage stage, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, QUERY_CLEAR_FINDINGS, &statement, err))
        return false;
    db_bind_integer(store, statement, 1, stage);
    if (la != 0)
        db_bind_integer(store, statement, 2, la);
    return db_run(store, statement, err);
}

static bool add_link(struct store *store, int32_t la, const struct identifier_link *link, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, QUERY_ADD_LINK, &statement, err))
        return false;
    db_bind_integer(store, statement, 1, la);
    db_bind_str(store, statement, 2, link->old_child);
    db_bind_str(store, statement, 3, link->new_child);
    return db_run(store, statement, err) && rows_link(store, la, link->old_child, link->new_child, err);
}

/* One pass; *joined counts the identifiers that were joined after it. */
static bool settle_once(struct store *store, int32_t la, bool link_ids, size_t *joined, struct log *log,
                        struct err *err)
{
    struct settling s = {.store = store, .la = la};
    struct identifier_link *links = NULL;
    size_t n_links = 0;
    bool ok = false;

    findings_sink_init(&s.sink, store, la, STAGE_SETTLING);
    if (!clear_findings(store, la, STAGE_SETTLING, err) || !rows_homes(store, la, &s.homes, err) ||
        !children_open(&s.children, store, la, err))
        goto out;
    s.context =
        (struct stack_context){.years = s.children.years, .n_years = s.children.n_years, .homes = &s.homes};
    s.tallies = vec_new(s.children.n_files, sizeof *s.tallies, err);
    if (s.tallies == NULL || !volumes_init(&s.volumes, s.children.years, s.children.n_years, err) ||
        !read_children(&s, log, err) || !write_tallies(&s, err) ||
        !volumes_check(&s.volumes, store, la, &s.sink.base, err) ||
        !renumbered_match(&s.renumbered, &s.sink.base, &links, &n_links, err) ||
        !findings_sink_finish(&s.sink, err))
        goto out;
    *joined = 0;
    for (; link_ids && *joined < n_links; ++*joined)
        if (!add_link(store, la, &links[*joined], err))
            goto out;
    ok = true;
out:
    free(links);
    free(s.tallies);
    renumbered_free(&s.renumbered);
    volumes_free(&s.volumes);
    homes_free(&s.homes);
    findings_sink_discard(&s.sink);
    children_close(&s.children);
    return ok;
}

bool settle_authority(struct store *store, int32_t la, bool link_ids, struct log *log, struct err *err)
{
    size_t joined = 0, all = 0;
    do {
        if (!settle_once(store, la, link_ids, &joined, log, err))
            return false;
        all += joined;
    } while (joined > 0);
    if (all > 0)
        log_info(log, "%zu identifiers that changed were joined", all);
    return true;
}
