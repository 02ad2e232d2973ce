/* SPDX-License-Identifier: GPL-3.0-or-later
 * Authorities are few (some 150), so questions about names read them all. */
#include "store/authority.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { MATCH_TEXT = 64, NEAREST = 3, NEAR_ENOUGH = 3 };

/* Lower case, "and" for "&", letters and digits only. */
static void match_name(struct str name, char out[MATCH_TEXT])
{
    size_t n = 0;
    for (size_t i = 0; i < name.length && n + 3 < MATCH_TEXT; i++) {
        const char c = name.at[i];
        if (c == '&') {
            memcpy(out + n, "and", 3);
            n += 3;
        } else if (c >= 'A' && c <= 'Z') {
            out[n++] = (char)(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out[n++] = c;
        }
    }
    out[n] = '\0';
}

static struct str code_of_today(struct str code)
{
    static const struct {
        const char *former, *today;
    } changes[] = {
#define BOUNDARY(former, today, name) {former, today},
#include "store/boundary.def"
#undef BOUNDARY
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (str_equal_text(code, changes[i].former))
            return str_of(changes[i].today);
    return code;
}

static bool find(struct store *store, const char *level, struct str code, struct str old_code,
                 const char *name, int32_t *la, bool *found, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, QUERY_MATCH_AUTHORITY, &statement, err))
        return false;
    db_bind_text(store, statement, 1, level);
    db_bind_str(store, statement, 2, code);
    db_bind_str(store, statement, 3, old_code);
    db_bind_text(store, statement, 4, name);
    if (!db_step(store, statement, found, err))
        return false;
    if (*found)
        *la = sqlite3_column_int(statement, 0);
    db_reset(statement);
    return true;
}

bool authority_put(struct store *store, const char *level, struct str code, struct str old_code,
                   struct str name, int32_t *la, struct err *err)
{
    char matched[MATCH_TEXT];
    bool found = false;
    sqlite3_stmt *statement = NULL;
    code = code_of_today(code);
    match_name(name, matched);
    if (!find(store, level, code, old_code, matched, la, &found, err))
        return false;
    if (found) {
        if (!db_get(store, QUERY_COMPLETE_AUTHORITY, &statement, err))
            return false;
        db_bind_str(store, statement, 1, code);
        db_bind_str(store, statement, 2, old_code);
        db_bind_integer(store, statement, 3, *la);
        return db_run(store, statement, err);
    }
    if (!db_get(store, QUERY_ADD_AUTHORITY, &statement, err))
        return false;
    db_bind_str(store, statement, 1, name.length > 0 ? name : code.length > 0 ? code : old_code);
    db_bind_text(store, statement, 2, matched);
    db_bind_str(store, statement, 3, code);
    db_bind_str(store, statement, 4, old_code);
    db_bind_text(store, statement, 5, level);
    if (!db_run(store, statement, err))
        return false;
    *la = (int32_t)db_last_key(store);
    return true;
}

bool store_authorities(struct store *store, struct authority **out, size_t *n, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    struct authority *authorities = NULL;
    size_t count = 0, capacity = 0;
    if (!db_get(store, QUERY_AUTHORITIES, &statement, err))
        return false;
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err))
            goto failed;
        if (!row)
            break;
        if (!vec_reserve((void **)&authorities, &capacity, count + 1, sizeof *authorities, err))
            goto failed;
        struct authority *a = &authorities[count++];
        *a = (struct authority){.la = sqlite3_column_int(statement, 0),
                                .pseudonymised = sqlite3_column_int(statement, 4) != 0,
                                .has_returns = sqlite3_column_int(statement, 5) != 0,
                                .has_published = sqlite3_column_int(statement, 6) != 0};
        str_copy(db_column_str(statement, 1), a->name, sizeof a->name);
        str_copy(db_column_str(statement, 2), a->code, sizeof a->code);
        str_copy(db_column_str(statement, 3), a->old_code, sizeof a->old_code);
    }
    db_reset(statement);
    *out = authorities;
    *n = count;
    return true;
failed:
    db_reset(statement);
    free(authorities);
    return false;
}

/* How many authorities a text names, and the last of them: codes and names whole, case and signs ignored. */
static size_t matches(const struct authority *all, size_t n, const char *text, size_t *which)
{
    char wanted[MATCH_TEXT], name[MATCH_TEXT];
    size_t count = 0;
    match_name(str_of(text), wanted);
    for (size_t i = 0; i < n; i++) {
        match_name(str_of(all[i].name), name);
        if (strcmp(wanted, name) == 0 || str_equal_ignore_case(str_of(text), str_of(all[i].code)) ||
            str_equal_ignore_case(str_of(text), str_of(all[i].old_code))) {
            count++;
            *which = i;
        }
    }
    return count;
}

/* Edits between what was written and a name; a name that begins so is as good as equal. */
static int distance_to(const char *text, const struct authority *authority)
{
    if (strlen(text) >= 3 && str_starts_with(str_of(authority->name), text))
        return 0;
    return str_edit_distance(str_of(text), str_of(authority->name));
}

/* "there is no authority X; did you mean A, B?": in the order of nearness, then of names. */
static bool none_matches(const struct authority *all, size_t n, const char *text, struct err *err)
{
    char list[256] = "";
    int named = 0;
    for (int distance = 0; distance <= NEAR_ENOUGH; distance++)
        for (size_t i = 0; i < n && named < NEAREST; i++) {
            if (distance_to(text, &all[i]) != distance)
                continue;
            const size_t used = strlen(list);
            if (snprintf(list + used, sizeof list - used, "%s%s", named++ == 0 ? "" : ", ", all[i].name) < 0)
                break;
        }
    if (named == 0)
        return err_set(err, ERR_USAGE, "there is no authority \"%s\" in the database; import its files first",
                       text);
    return err_set(err, ERR_USAGE, "there is no authority \"%s\" in the database; did you mean %s?", text,
                   list);
}

static bool several_match(const struct authority *all, size_t n, bool with_returns, struct err *err)
{
    char list[256] = "";
    int named = 0;
    for (size_t i = 0; i < n; i++) {
        if (with_returns && !all[i].has_returns)
            continue;
        const size_t used = strlen(list);
        if (named++ == NEAREST) {
            if (snprintf(list + used, sizeof list - used, " ..") < 0)
                break;
            break;
        }
        if (snprintf(list + used, sizeof list - used, "%s%s", used > 0 ? ", " : "", all[i].name) < 0)
            break;
    }
    return err_set(err, ERR_USAGE, "several authorities are stored (%s); choose one with --la", list);
}

/* The one that is meant without --la: the only one with returns, else the only one. */
static bool choose(const struct authority *all, size_t n, struct authority *out, struct err *err)
{
    size_t with_returns = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].has_returns && with_returns++ == 0)
            *out = all[i];
    if (with_returns == 1)
        return true;
    if (n == 1)
        *out = all[0];
    return n == 1 || several_match(all, n, with_returns > 1, err);
}

bool store_find_authority(struct store *store, const char *text, struct authority *out, struct err *err)
{
    struct authority *all = NULL;
    size_t n = 0, which = 0;
    bool ok = false;
    if (!store_authorities(store, &all, &n, err))
        return false;
    if (n == 0) {
        err_set(err, ERR_NO_INPUT, "nothing is stored yet; run \"turncurve import\" first");
    } else if (text == NULL || text[0] == '\0') {
        ok = choose(all, n, out, err);
    } else {
        const size_t count = matches(all, n, text, &which);
        if (count == 1) {
            *out = all[which];
            ok = true;
        } else if (count == 0) {
            ok = none_matches(all, n, text, err);
        } else {
            err_set(err, ERR_USAGE, "\"%s\" names %zu authorities; give the ONS code of one with --la", text,
                    count);
        }
    }
    free(all);
    return ok;
}

bool authority_for_returns(struct store *store, const char *text, int32_t *la, struct err *err)
{
    struct authority *all = NULL;
    size_t n = 0, which = 0, with_returns = 0, count = 0;
    if (!store_authorities(store, &all, &n, err))
        return false;
    if (text != NULL && text[0] != '\0') {
        count = matches(all, n, text, &which);
    } else {
        for (size_t i = 0; i < n; i++)
            if (all[i].has_returns && with_returns++ == 0)
                which = i;
        count = with_returns;
    }
    bool ok = false;
    if (count == 1) {
        *la = all[which].la;
        ok = true;
    } else if (count > 1) {
        ok = text == NULL
                 ? several_match(all, n, true, err)
                 : err_set(err, ERR_USAGE, "\"%s\" names %zu authorities; give the ONS code of one with --la",
                           text, count);
    } else {
        const struct str none = {0};
        ok = authority_put(store, "la", none, none,
                           str_of(text == NULL || text[0] == '\0' ? "council" : text), la, err);
    }
    free(all);
    return ok;
}
