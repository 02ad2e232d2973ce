/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/verify.h"

static const int32_t *find_row(const struct tally *tally, enum measure measure, struct group group)
{
    for (size_t i = 0; i < tally->n_series; i++)
        if (tally->series[i].measure == measure && tally->series[i].group.kind == group.kind &&
            tally->series[i].group.member == group.member)
            return tally->values + i * (size_t)tally->months;
    return NULL;
}

static const int32_t *row_of_all(const struct tally *tally, enum measure measure)
{
    return find_row(tally, measure, (struct group){GROUP_ALL, 0});
}

/* The sum of the members of a kind in a month; false when the measure has none. */
static bool add_parts(const struct tally *tally, enum measure measure, enum group_kind kind, int32_t month,
                      int64_t *sum)
{
    bool any = false;
    *sum = 0;
    for (size_t i = 0; i < tally->n_series; i++) {
        if (tally->series[i].measure != measure || tally->series[i].group.kind != kind)
            continue;
        any = true;
        *sum += tally->values[i * (size_t)tally->months + (size_t)month];
    }
    return any;
}

static bool check_parts(const struct tally *tally, enum measure measure, struct err *err)
{
    const int32_t *all = row_of_all(tally, measure);
    for (int kind = GROUP_ALL + 1; all != NULL && kind < GROUP_UASC; kind++)
        for (int32_t m = 0; m < tally->months; m++) {
            int64_t sum = 0;
            if (add_parts(tally, measure, (enum group_kind)kind, m, &sum) && sum != all[m])
                return err_set(err, ERR_INTERNAL,
                               "%s of month %d: parts of group kind %d sum to %lld, not to %d",
                               measure_name(measure), (int)m + 1, kind, (long long)sum, (int)all[m]);
        }
    return true;
}

static bool check_flows(const struct tally *tally, day origin, int32_t origin_stock, struct err *err)
{
    const int32_t *stock = row_of_all(tally, MEASURE_STOCK);
    const int32_t *entries = row_of_all(tally, MEASURE_ENTRIES);
    const int32_t *exits = row_of_all(tally, MEASURE_EXITS);
    const int32_t *again = row_of_all(tally, MEASURE_READMISSIONS);
    const int32_t *nights = row_of_all(tally, MEASURE_NIGHTS);
    if (stock == NULL || entries == NULL || exits == NULL)
        return true;
    for (int32_t m = 0; m < tally->months; m++) {
        const int32_t before = m > 0 ? stock[m - 1] : origin_stock;
        if (again != NULL && again[m] > entries[m])
            return err_set(err, ERR_INTERNAL, "month %d has more readmissions than entries", (int)m + 1);
        if (before < 0)
            continue;
        if (stock[m] != before + entries[m] - exits[m])
            return err_set(err, ERR_INTERNAL, "month %d: %d + %d entries - %d exits is not the stock of %d",
                           (int)m + 1, (int)before, (int)entries[m], (int)exits[m], (int)stock[m]);
        const int64_t days = date_month_start(origin, m + 2) - date_month_start(origin, m + 1);
        if (nights != NULL && nights[m] > days * ((int64_t)before + entries[m]))
            return err_set(err, ERR_INTERNAL, "month %d has more nights than its children can spend",
                           (int)m + 1);
    }
    return true;
}

bool tally_verify(const struct tally *tally, day origin, int32_t origin_stock, struct err *err)
{
    const size_t n = tally->n_series * (size_t)tally->months;
    for (size_t i = 0; i < n; i++)
        if (tally->values[i] < 0)
            return err_set(err, ERR_INTERNAL, "%s of month %d is below 0",
                           measure_name(tally->series[i / (size_t)tally->months].measure),
                           (int)(i % (size_t)tally->months) + 1);
    for (int measure = 0; measure < MEASURE_COUNT; measure++)
        if (!check_parts(tally, (enum measure)measure, err))
            return false;
    return check_flows(tally, origin, origin_stock, err);
}
