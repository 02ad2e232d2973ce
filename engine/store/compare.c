/* SPDX-License-Identifier: GPL-3.0-or-later
 * S-11: a child who is in the care of two authorities at once. S-12: a transfer to a stored authority that
 * knows nothing of it. Same CHILD text alone is no evidence: authorities number their children as they like.
 */
#include <stdlib.h>

#include "base/vec.h"
#include "store/findings_sink.h"
#include "store/rows.h"
#include "store/settle.h"

enum { TRANSFER_DAYS = 7, LEAST_POSTCODE = 5 };

/* A period of care of a child, with what may show that two identifiers are one child. */
struct presence {
    int32_t la;
    day born, start, end;
    uint8_t sex;
    uint64_t upn, home; /* hashes, 0 none */
    int32_t moved_to;   /* authority of the placement where a transfer ended the period, 0 none stored */
    int32_t file, line; /* of its first episode */
    struct str child;
};
struct presences {
    struct presence *list;
    size_t n, capacity;
    struct authority *authorities; /* that are stored */
    size_t n_authorities;
    struct arena texts;
};

static uint64_t hash(struct str text)
{
    uint64_t value = UINT64_C(0xcbf29ce484222325); /* FNV-1a, blanks left out */
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] != ' ')
            value = (value ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    return text.length == 0 ? 0 : value;
}

/* A UPN that is one, not the reason why there is none (UN1 to UN5). */
static uint64_t find_upn(const struct child_rows *rows)
{
    for (size_t i = rows->n_rows[TABLE_HEADER]; i-- > 0;) {
        const struct str upn = record_text(&rows->rows[TABLE_HEADER][i], COLUMN_HEADER_UPN);
        if (upn.length > 0 && !str_starts_with(upn, "UN"))
            return hash(upn);
    }
    return 0;
}

static const struct record *row_of(const struct child_rows *rows, day start)
{
    for (size_t i = rows->n_rows[TABLE_EPISODES]; i-- > 0;)
        if (record_day(&rows->rows[TABLE_EPISODES][i], COLUMN_EPISODES_DECOM) == start)
            return &rows->rows[TABLE_EPISODES][i];
    return NULL;
}

/* The stored authority, not its own, that PL_LA of a child's last row names. */
static int32_t find_receiver(const struct presences *presences, int32_t la, const struct record *row)
{
    const struct str code = row == NULL ? (struct str){0} : record_text(row, COLUMN_EPISODES_PL_LA);
    for (size_t i = 0; code.length > 0 && i < presences->n_authorities; i++) {
        const struct authority *authority = &presences->authorities[i];
        if (authority->la != la && authority->has_returns &&
            (str_equal_ignore_case(code, str_of(authority->code)) ||
             str_equal_ignore_case(code, str_of(authority->old_code))))
            return authority->la;
    }
    return 0;
}

static bool add_presence(struct presences *presences, int32_t la, const struct child_rows *rows,
                         const struct clean_child *clean, const struct episode *episode, const char *child,
                         uint64_t upn, struct err *err)
{
    const struct record *row = row_of(rows, episode->start);
    const bool whole = episode->home_post.length >= LEAST_POSTCODE;
    if (!vec_reserve((void **)&presences->list, &presences->capacity, presences->n + 1,
                     sizeof *presences->list, err))
        return false;
    presences->list[presences->n++] = (struct presence){.la = la,
                                                        .born = clean->born,
                                                        .start = episode->start,
                                                        .end = episode->end,
                                                        .sex = clean->sex,
                                                        .upn = upn,
                                                        .home = whole ? hash(episode->home_post) : 0,
                                                        .file = row == NULL ? 0 : row->file,
                                                        .line = row == NULL ? 0 : row->line,
                                                        .child = {child, rows->child.length}};
    return true;
}

/* Each unbroken run of episodes is one presence. */
static bool add_child(struct presences *presences, int32_t la, const struct child_rows *rows,
                      const struct clean_child *clean, struct err *err)
{
    const char *child = arena_copy(&presences->texts, rows->child, err);
    if (child == NULL)
        return false;
    const uint64_t upn = find_upn(rows);
    for (size_t i = 0; i < clean->n_episodes; i++) {
        const struct episode *episode = &clean->episodes[i];
        if (i > 0 && clean->episodes[i - 1].end >= episode->start) {
            presences->list[presences->n - 1].end = episode->end;
        } else if (!add_presence(presences, la, rows, clean, episode, child, upn, err)) {
            return false;
        }
        if (episode->ends_care && episode->route == ROUTE_TRANSFER)
            presences->list[presences->n - 1].moved_to =
                find_receiver(presences, la, row_of(rows, episode->start));
    }
    return true;
}
static bool read_authority(struct store *store, int32_t la, struct presences *presences, struct log *log,
                           struct err *err)
{
    struct children children;
    if (!children_open(&children, store, la, err))
        return false;
    const struct stack_context context = {.years = children.years, .n_years = children.n_years};
    bool ok = true;
    while (ok) {
        bool more = false;
        struct child_rows rows;
        struct clean_child clean;
        ok = children_next(&children, &rows, &more, err);
        if (!ok || !more)
            break;
        ok = stack_child(&context, &rows, &children.arena, &clean, NULL, err) &&
             (!clean.usable || add_child(presences, la, &rows, &clean, err));
        if (ok && log_is_stopped(log))
            ok = err_set(err, ERR_INTERRUPTED, "stopped; the database is as it was");
    }
    children_close(&children);
    return ok;
}

static int by_key(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_time(const struct presence *a, const struct presence *b)
{
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->la != b->la)
        return a->la < b->la ? -1 : 1;
    return str_compare(a->child, b->child);
}

static int by_upn(const void *a, const void *b)
{
    const struct presence *x = a, *y = b;
    const int order = by_key(x->upn, y->upn);
    return order != 0 ? order : by_time(x, y);
}

/* Born, sex and home together. */
static int compare_person(const struct presence *a, const struct presence *b)
{
    if (a->born != b->born)
        return a->born < b->born ? -1 : 1;
    if (a->sex != b->sex)
        return a->sex < b->sex ? -1 : 1;
    return by_key(a->home, b->home);
}

static int by_person(const void *a, const void *b)
{
    const struct presence *x = a, *y = b;
    const int order = compare_person(x, y);
    return order != 0 ? order : by_time(x, y);
}

static bool at_once(const struct presence *a, const struct presence *b)
{
    return a->la != b->la && a->start < b->end && b->start < a->end;
}

static bool report(struct findings *findings, enum rule rule, const struct presence *about,
                   const char *message, struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = OUTCOME_KEPT,
                                    .file = about->file,
                                    .table = "episodes",
                                    .line = about->line,
                                    .child = about->child,
                                    .column = rule == RULE_S_11 ? "CHILD" : "REC",
                                    .message = message};
    return findings_add(findings, &finding, err);
}

/* Neighbours in each of two orders; a pair that shares the UPN is not told twice. */
static bool find_pairs(struct presences *presences, struct findings *findings, struct err *err)
{
    if (presences->n == 0)
        return true;
    qsort(presences->list, presences->n, sizeof *presences->list, by_upn);
    for (size_t i = 1; i < presences->n; i++) {
        const struct presence *a = &presences->list[i - 1], *b = &presences->list[i];
        if (b->upn != 0 && a->upn == b->upn && at_once(a, b) &&
            !report(findings, RULE_S_11, b, "In care of two authorities at once: the UPN is the same", err))
            return false;
    }
    qsort(presences->list, presences->n, sizeof *presences->list, by_person);
    for (size_t i = 1; i < presences->n; i++) {
        const struct presence *a = &presences->list[i - 1], *b = &presences->list[i];
        if (b->home != 0 && compare_person(a, b) == 0 && at_once(a, b) && (b->upn == 0 || a->upn != b->upn) &&
            !report(findings, RULE_S_11, b,
                    "In care of two authorities at once: date of birth, sex and home postcode are the same",
                    err))
            return false;
    }
    return true;
}

static bool is_received(const struct presences *presences, const struct presence *left)
{
    for (size_t i = 0; i < presences->n; i++) {
        const struct presence *p = &presences->list[i];
        if (p->la == left->moved_to && p->born == left->born && p->sex == left->sex &&
            p->start >= left->end - TRANSFER_DAYS && p->start <= left->end + TRANSFER_DAYS)
            return true;
    }
    return false;
}

static bool find_transfers(const struct presences *presences, struct findings *findings, struct err *err)
{
    for (size_t i = 0; i < presences->n; i++) {
        const struct presence *left = &presences->list[i];
        if (left->moved_to != 0 && !is_received(presences, left) &&
            !report(findings, RULE_S_12, left, NULL, err))
            return false;
    }
    return true;
}

static bool clear_findings(struct store *store, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, QUERY_CLEAR_FINDINGS, &statement, err))
        return false;
    db_bind_integer(store, statement, 1, STAGE_COMPARING);
    return db_run(store, statement, err);
}

/* Pseudonyms hide what a comparison needs, so those authorities are left out. */
bool settle_compare(struct store *store, struct log *log, struct err *err)
{
    struct presences presences = {0};
    struct findings_sink sink;
    size_t with_returns = 0;
    findings_sink_init(&sink, store, 0, STAGE_COMPARING);
    bool ok = clear_findings(store, err) &&
              store_authorities(store, &presences.authorities, &presences.n_authorities, err);
    for (size_t i = 0; ok && i < presences.n_authorities; i++)
        with_returns += presences.authorities[i].has_returns && !presences.authorities[i].pseudonymised;
    for (size_t i = 0; ok && with_returns > 1 && i < presences.n_authorities; i++)
        if (presences.authorities[i].has_returns && !presences.authorities[i].pseudonymised)
            ok = read_authority(store, presences.authorities[i].la, &presences, log, err);
    ok = ok && find_pairs(&presences, &sink.base, err) && find_transfers(&presences, &sink.base, err) &&
         findings_sink_finish(&sink, err);
    findings_sink_discard(&sink);
    free(presences.list);
    free(presences.authorities);
    arena_free(&presences.texts);
    return ok;
}
