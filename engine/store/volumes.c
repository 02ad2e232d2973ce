/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts of children, so texts of findings here name none. */
#include "store/volumes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"

enum { MONTHS = 12, BUSY_MONTH = 8, LEAST_GAP = 5, MESSAGE_TEXT = 256 };
static const double published_gap = 0.02; /* S-09: share of the published stock, or LEAST_GAP children */
static const double stock_jump = 0.25;    /* S-10: share of last year's stock */

bool volumes_init(struct volumes *volumes, const int32_t *years, int32_t n_years, struct err *err)
{
    const int32_t span = years[n_years - 1] - years[0] + 1;
    *volumes = (struct volumes){.years = years, .n_years = n_years, .n_months = span * MONTHS};
    volumes->first_month = date_month_index(date_year_end(years[0] - 1) + 1);
    volumes->stock = vec_new((size_t)n_years, sizeof *volumes->stock, err);
    volumes->entries = vec_new((size_t)volumes->n_months, sizeof *volumes->entries, err);
    return volumes->stock != NULL && volumes->entries != NULL;
}

void volumes_free(struct volumes *volumes)
{
    free(volumes->stock);
    free(volumes->entries);
    *volumes = (struct volumes){0};
}

static void count_nights(struct volumes *volumes, const struct episode *episode)
{
    const day first = date_year_end(volumes->years[0] - 1) + 1;
    const day end = date_year_end(volumes->years[volumes->n_years - 1]) + 1;
    const day from = episode->start > first ? episode->start : first;
    const day to = episode->end < end ? episode->end : end;
    if (to > from)
        volumes->nights[episode->group] += to - from;
}

void volumes_add(struct volumes *volumes, const struct clean_child *clean)
{
    for (size_t i = 0; i < clean->n_episodes; i++) {
        const struct episode *episode = &clean->episodes[i];
        for (int32_t k = 0; k < volumes->n_years; k++) {
            const day date = date_year_end(volumes->years[k]);
            volumes->stock[k] += episode->start <= date && date < episode->end;
        }
        const int32_t month = date_month_index(episode->start) - volumes->first_month;
        const bool enters = i == 0 || clean->episodes[i - 1].end < episode->start;
        if (enters && month >= 0 && month < volumes->n_months)
            volumes->entries[month]++;
        count_nights(volumes, episode);
    }
}

static bool report(struct findings *findings, enum rule rule, const char *message, struct err *err)
{
    const struct finding finding = {
        .rule = rule, .outcome = OUTCOME_KEPT, .table = "episodes", .column = "", .message = message};
    return findings_add(findings, &finding, err);
}

static bool check_years(const struct volumes *volumes, struct findings *findings, struct err *err)
{
    for (int32_t k = 1; k < volumes->n_years; k++) {
        char message[MESSAGE_TEXT];
        if (volumes->years[k] == volumes->years[k - 1] + 1)
            continue;
        snprintf(message, sizeof message, "There is no return between those of %d and %d",
                 volumes->years[k - 1], volumes->years[k]);
        if (!report(findings, RULE_S_08, message, err))
            return false;
    }
    return true;
}

static bool check_jumps(const struct volumes *volumes, struct findings *findings, struct err *err)
{
    for (int32_t k = 1; k < volumes->n_years; k++) {
        char message[MESSAGE_TEXT];
        const int64_t before = volumes->stock[k - 1], now = volumes->stock[k];
        if (volumes->years[k] != volumes->years[k - 1] + 1 || before == 0 ||
            fabs((double)(now - before)) <= stock_jump * (double)before)
            continue;
        snprintf(message, sizeof message, "%lld children on 31 March %d, %lld a year before", (long long)now,
                 volumes->years[k], (long long)before);
        if (!report(findings, RULE_S_10, message, err))
            return false;
    }
    return true;
}

static bool check_entries(const struct volumes *volumes, struct findings *findings, struct err *err)
{
    int64_t all = 0, empty = 0;
    int32_t first_empty = 0;
    for (int32_t i = 0; i < volumes->n_months; i++) {
        all += volumes->entries[i];
        if (volumes->entries[i] == 0 && empty++ == 0)
            first_empty = i;
    }
    if (empty == 0 || all <= (int64_t)BUSY_MONTH * volumes->n_months)
        return true;
    char message[MESSAGE_TEXT];
    const int32_t month = volumes->first_month + first_empty;
    snprintf(message, sizeof message,
             "%lld months without a child starting to be looked after, the first %d-%02d; the mean is %.1f a "
             "month",
             (long long)empty, 1970 + month / MONTHS, month % MONTHS + 1,
             (double)all / (double)volumes->n_months);
    return report(findings, RULE_S_10, message, err);
}

static bool check_published(const struct volumes *volumes, struct store *store, int32_t la,
                            struct findings *findings, struct err *err)
{
    struct published_row *rows = NULL;
    size_t n = 0;
    bool ok = store_published(store, "stock", 0, &rows, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        if (rows[i].la != la || isnan(rows[i].value))
            continue;
        for (int32_t k = 0; ok && k < volumes->n_years; k++) {
            char message[MESSAGE_TEXT];
            const double gap = fabs((double)volumes->stock[k] - rows[i].value);
            if (volumes->years[k] != rows[i].year || gap <= fmax(LEAST_GAP, published_gap * rows[i].value))
                continue;
            snprintf(message, sizeof message, "%lld children on 31 March %d by the returns, %.0f published",
                     (long long)volumes->stock[k], rows[i].year, rows[i].value);
            ok = report(findings, RULE_S_09, message, err);
        }
    }
    free(rows);
    return ok;
}

/* Which groups have an imported price; *any says whether there is one at all. */
static bool priced_groups(struct store *store, bool priced[PLACEMENT_COUNT], bool *any, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, QUERY_PRICES, &statement, err))
        return false;
    for (;;) {
        bool row = false;
        enum placement_group group = PLACEMENT_COUNT;
        if (!db_step(store, statement, &row, err))
            return false;
        if (!row)
            break;
        *any = true;
        if (placement_group_parse(db_column_str(statement, 0), &group))
            priced[group] = true;
    }
    db_reset(statement);
    return true;
}

static bool check_prices(const struct volumes *volumes, struct store *store, struct findings *findings,
                         struct err *err)
{
    bool priced[PLACEMENT_COUNT] = {false}, any = false;
    if (!priced_groups(store, priced, &any, err))
        return false;
    for (int i = 0; any && i < PLACEMENT_COUNT; i++) {
        char message[MESSAGE_TEXT];
        if (priced[i] || volumes->nights[i] == 0)
            continue;
        snprintf(message, sizeof message, "No price for %s, which has %lld nights in the returns",
                 placement_group_name((enum placement_group)i), (long long)volumes->nights[i]);
        const struct finding finding = {.rule = RULE_I_01,
                                        .outcome = OUTCOME_KEPT,
                                        .table = "prices",
                                        .column = "placement",
                                        .value = str_of(placement_group_name((enum placement_group)i)),
                                        .message = message};
        if (!findings_add(findings, &finding, err))
            return false;
    }
    return true;
}

bool volumes_check(const struct volumes *volumes, struct store *store, int32_t la, struct findings *findings,
                   struct err *err)
{
    return check_years(volumes, findings, err) && check_jumps(volumes, findings, err) &&
           check_entries(volumes, findings, err) && check_published(volumes, store, la, findings, err) &&
           check_prices(volumes, store, findings, err);
}
