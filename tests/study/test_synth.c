/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/synth.h"

#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_synth(void);

static struct synth made(int32_t children, int32_t years, uint64_t seed, double trend, double dirt)
{
    const struct synth_options options = {.children = children,
                                          .years = years,
                                          .last_year = 2026,
                                          .seed = seed,
                                          .entry_trend_pct = trend,
                                          .dirt = dirt};
    struct synth synth;
    struct err err = {0};
    ck_assert_msg(synth_make(&options, &synth, &err), "%s", err.message);
    return synth;
}

static const char *text_at(const struct table *table, size_t row, const char *column)
{
    const struct table_cell *cell = table_at(table, row, table_column_index(table, column));
    return cell->kind == CELL_TEXT ? cell->as.text : "";
}

START_TEST(options_out_of_range_are_refused)
{
    static const struct synth_options wrong[] = {
        {.children = 19, .years = 3, .last_year = 2026},
        {.children = 100, .years = 0, .last_year = 2026},
        {.children = 100, .years = 21, .last_year = 2026},
        {.children = 100, .years = 3, .last_year = 2015},
        {.children = 100, .years = 3, .last_year = 2026, .entry_trend_pct = 60},
        {.children = 100, .years = 3, .last_year = 2026, .dirt = .6},
        {.children = 100, .years = 3, .last_year = 2026, .dirt = (double)NAN},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct synth synth;
        struct err err = {0};
        ck_assert(!synth_make(&wrong[i], &synth, &err));
        ck_assert_int_eq(err.code, ERR_USAGE);
    }
}
END_TEST

/* How many rows of two makings of the same authority differ. */
static size_t rows_apart(const struct synth *a, const struct synth *b)
{
    size_t apart = 0;
    for (size_t i = 0; i < a->n_returns; i++) {
        for (int k = 0; k < TABLE_COUNT; k++) {
            const struct table *first = &a->returns[i].tables[k];
            const struct table *second = &b->returns[i].tables[k];
            const size_t n = first->n_rows < second->n_rows ? first->n_rows : second->n_rows;
            apart += first->n_rows + second->n_rows - 2 * n;
            for (size_t row = 0; row < n; row++) {
                bool same = true;
                for (size_t c = 0; c < first->n_columns; c++)
                    same = same && strcmp(text_at(first, row, first->columns[c].name),
                                          text_at(second, row, second->columns[c].name)) == 0;
                apart += !same;
            }
        }
    }
    return apart;
}

START_TEST(the_same_seed_gives_the_same_returns)
{
    struct synth a = made(120, 3, 7, 0, 0);
    struct synth b = made(120, 3, 7, 0, 0);
    struct synth c = made(120, 3, 8, 0, 0);
    char *first = NULL;
    char *second = NULL;
    struct err err;
    ck_assert_uint_eq(rows_apart(&a, &b), 0);
    ck_assert_uint_gt(rows_apart(&a, &c), 1000);
    ck_assert(synth_truth_json(&a, &first, &err) && synth_truth_json(&b, &second, &err));
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
    synth_free(&a);
    synth_free(&b);
    synth_free(&c);
}
END_TEST

START_TEST(truth_is_what_the_returns_say)
{
    struct synth synth = made(400, 6, 3, 0, 0);
    for (size_t i = 0; i < synth.n_returns; i++) {
        const struct synth_year *truth = &synth.truth[i];
        const struct table *episodes = &synth.returns[i].tables[TABLE_EPISODES];
        int32_t open = 0;
        int32_t by_route = 0;
        int32_t by_placement = 0;
        int32_t by_age = 0;
        for (size_t row = 0; row < episodes->n_rows; row++) {
            const bool is_open = text_at(episodes, row, "DEC")[0] == '\0';
            open += is_open;
            ck_assert(is_open == (text_at(episodes, row, "REC")[0] == '\0'));
        }
        ck_assert_int_eq(open, truth->stock);
        for (int k = 0; k < ROUTE_COUNT; k++)
            by_route += truth->exits_by_route[k];
        for (int k = 0; k < PLACEMENT_COUNT; k++)
            by_placement += truth->stock_by_placement[k];
        for (int k = 0; k < AGE_COUNT; k++)
            by_age += truth->stock_by_age[k];
        ck_assert_int_eq(by_route, truth->exits);
        ck_assert_int_eq(by_placement, truth->stock);
        ck_assert_int_eq(by_age, truth->stock);
        if (i > 0)
            ck_assert_int_eq(truth->stock, synth.truth[i - 1].stock + truth->entries - truth->exits);
    }
    synth_free(&synth);
}
END_TEST

/* The row of the same child and start in another return's episodes; n_rows when there is none. */
static size_t same_episode(const struct table *table, const char *child, const char *start)
{
    size_t row = 0;
    while (row < table->n_rows && (strcmp(text_at(table, row, "CHILD"), child) != 0 ||
                                   strcmp(text_at(table, row, "DECOM"), start) != 0))
        row++;
    return row;
}

START_TEST(open_episodes_are_filed_again)
{
    struct synth synth = made(80, 4, 5, 0, 0);
    for (size_t i = 0; i + 1 < synth.n_returns; i++) {
        const struct table *now = &synth.returns[i].tables[TABLE_EPISODES];
        const struct table *next = &synth.returns[i + 1].tables[TABLE_EPISODES];
        for (size_t row = 0; row < now->n_rows; row++) {
            const size_t found = same_episode(next, text_at(now, row, "CHILD"), text_at(now, row, "DECOM"));
            const bool is_open = text_at(now, row, "DEC")[0] == '\0';
            ck_assert_msg(is_open == (found < next->n_rows), "%s", text_at(now, row, "CHILD"));
            if (is_open)
                ck_assert_str_eq(text_at(now, row, "PLACE"), text_at(next, found, "PLACE"));
        }
    }
    synth_free(&synth);
}
END_TEST

START_TEST(episodes_chain)
{
    struct synth synth = made(300, 6, 2, 0, 0);
    const struct table *episodes = &synth.returns[5].tables[TABLE_EPISODES];
    for (size_t row = 0; row + 1 < episodes->n_rows; row++) {
        const bool same_child =
            strcmp(text_at(episodes, row, "CHILD"), text_at(episodes, row + 1, "CHILD")) == 0;
        const bool ends_care = strcmp(text_at(episodes, row, "REC"), "X1") != 0;
        const char *rne = text_at(episodes, row + 1, "RNE");
        ck_assert(!same_child || ends_care == (rne[0] == 'S'));
        if (same_child && !ends_care) {
            ck_assert_str_eq(text_at(episodes, row, "DEC"), text_at(episodes, row + 1, "DECOM"));
            const bool legal = strcmp(text_at(episodes, row, "LS"), text_at(episodes, row + 1, "LS")) != 0;
            const bool place =
                strcmp(text_at(episodes, row, "PLACE"), text_at(episodes, row + 1, "PLACE")) != 0;
            ck_assert(legal == (strchr("LBU", rne[0]) != NULL));
            ck_assert(rne[0] != 'L' || !place);
            ck_assert((text_at(episodes, row, "REASON_PLACE_CHANGE")[0] == '\0') == (rne[0] == 'L'));
        }
        /* placements with parents are only under care orders; their provider is the parent */
        if (strcmp(text_at(episodes, row, "PLACE"), "P1") == 0) {
            ck_assert_str_ne(text_at(episodes, row, "LS"), "V2");
            ck_assert_str_eq(text_at(episodes, row, "PLACE_PROVIDER"), "PR0");
        }
    }
    synth_free(&synth);
}
END_TEST

START_TEST(nothing_can_be_real)
{
    struct synth synth = made(200, 2, 4, 0, 0);
    const struct table *header = &synth.returns[1].tables[TABLE_HEADER];
    for (size_t row = 0; row < header->n_rows; row++) {
        const char *upn = text_at(header, row, "UPN");
        ck_assert_int_eq(strncmp(text_at(header, row, "CHILD"), "SY", 2), 0);
        ck_assert_msg(strcmp(upn, "UN1") == 0 || strcmp(upn, "UN3") == 0 ||
                          (strlen(upn) == 13 && strncmp(upn + 1, "000", 3) == 0),
                      "%s", upn);
    }
    const struct table *episodes = &synth.returns[1].tables[TABLE_EPISODES];
    for (size_t row = 0; row < episodes->n_rows; row++) {
        const char *home = text_at(episodes, row, "HOME_POST");
        const char *urn = text_at(episodes, row, "URN");
        ck_assert(home[0] == '\0' || home[0] == 'X');
        ck_assert(urn[0] == '\0' || strncmp(urn, "99999", 5) == 0);
    }
    synth_free(&synth);
}
END_TEST

/* A share in per cent of all six years together. */
static double percent(const struct synth *synth, const int32_t *(*of)(const struct synth_year *), int member,
                      int32_t (*total)(const struct synth_year *))
{
    double part = 0;
    double all = 0;
    for (size_t i = 0; i < synth->n_returns; i++) {
        part += of(&synth->truth[i])[member];
        all += total(&synth->truth[i]);
    }
    return 100 * part / all;
}

static const int32_t *placements(const struct synth_year *year)
{
    return year->stock_by_placement;
}
static const int32_t *ages(const struct synth_year *year)
{
    return year->stock_by_age;
}
static const int32_t *routes(const struct synth_year *year)
{
    return year->exits_by_route;
}
static int32_t stock(const struct synth_year *year)
{
    return year->stock;
}
static int32_t exits(const struct synth_year *year)
{
    return year->exits;
}

START_TEST(the_mix_is_near_england)
{
    /* DfE, year ending 31 March 2022: stock by placement (foster 70 %, homes and secure 9, supported 9,
     * parents 7, adoption 3) and age (5, 14, 18, 39, 25), ceased by reason (home 21, SGO, CAO and relatives
     * 23, adopted 10, 18th birthday about 34, other 12, transfer 3). Within 4 points, ways out within 5. */
    struct synth synth = made(5000, 6, 11, 0, 0);
    const double foster = percent(&synth, placements, PLACEMENT_FOSTER_KIN, stock) +
                          percent(&synth, placements, PLACEMENT_FOSTER_INHOUSE, stock) +
                          percent(&synth, placements, PLACEMENT_FOSTER_IFA, stock);
    const double homes = percent(&synth, placements, PLACEMENT_RES_INHOUSE, stock) +
                         percent(&synth, placements, PLACEMENT_RES_EXTERNAL, stock) +
                         percent(&synth, placements, PLACEMENT_SECURE, stock);
    ck_assert_double_eq_tol(foster, 70, 4);
    ck_assert_double_eq_tol(homes, 9, 4);
    ck_assert_double_eq_tol(percent(&synth, placements, PLACEMENT_SUPPORTED, stock), 9, 4);
    ck_assert_double_eq_tol(percent(&synth, placements, PLACEMENT_PARENTS, stock), 7, 4);
    ck_assert_double_eq_tol(percent(&synth, placements, PLACEMENT_ADOPTION, stock), 3, 2);
    static const double by_age[AGE_COUNT] = {5, 14, 18, 39, 25};
    for (int i = 0; i < AGE_COUNT; i++)
        ck_assert_double_eq_tol(percent(&synth, ages, i, stock), by_age[i], 4);
    static const double by_route[ROUTE_COUNT] = {21, 23, 10, 34, 3, 1, .1, 12};
    for (int i = 0; i < ROUTE_COUNT; i++)
        ck_assert_double_eq_tol(percent(&synth, routes, i, exits), by_route[i], 5);
    double uasc = 0;
    double entries = 0;
    double uasc_entries = 0;
    double all = 0;
    for (size_t i = 0; i < synth.n_returns; i++) {
        uasc += synth.truth[i].stock_uasc;
        uasc_entries += synth.truth[i].entries_uasc;
        entries += synth.truth[i].entries;
        all += synth.truth[i].stock;
    }
    /* asylum-seeking 7 % of the stock and 17 % of starts; 31,100 starts to a stock of 82,090 */
    ck_assert_double_eq_tol(100 * uasc / all, 7, 2);
    ck_assert_double_eq_tol(100 * uasc_entries / entries, 17, 4);
    ck_assert_double_eq_tol(entries / all, .379, .05);
    synth_free(&synth);
}
END_TEST

START_TEST(the_stock_is_about_steady)
{
    /* Chance (sd about 1.3 sqrt(stock), siblings) and the mild drift of the rates: a stock more than a sixth
     * away would be five standard deviations in the first year and three in the last */
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct synth synth = made(1500, 6, seed, 0, 0);
        for (size_t i = 0; i < synth.n_returns; i++)
            ck_assert_msg(fabs(synth.truth[i].stock / 1500. - 1) < 1. / 6, "seed %d year %d: %d", (int)seed,
                          (int)synth.truth[i].year, (int)synth.truth[i].stock);
        synth_free(&synth);
    }
}
END_TEST

START_TEST(a_trend_of_entries_shows)
{
    struct synth level = made(1500, 6, 1, 0, 0);
    struct synth rising = made(1500, 6, 1, 8, 0);
    /* 1.08^5 = 1.469 times the level authority's rate in the sixth year, the same luck otherwise: entries but
     * for readmissions follow it; 4 sd of a Poisson ratio of about 600 are a sixth */
    const struct synth_year *a = &level.truth[5];
    const struct synth_year *b = &rising.truth[5];
    const double ratio = (double)(b->entries - b->readmissions) / (a->entries - a->readmissions);
    ck_assert_double_eq_tol(ratio, 1.469, .17);
    ck_assert_double_eq_tol(b->entry_multiplier / a->entry_multiplier, 1.469328, 1e-6);
    ck_assert_int_gt(b->stock, a->stock);
    synth_free(&level);
    synth_free(&rising);
}
END_TEST

static const struct table *table_of(const struct synth *synth, int32_t year, enum return_table table)
{
    return &synth->returns[(size_t)(year - synth->returns[0].year)].tables[table];
}

START_TEST(every_fault_is_where_the_truth_says)
{
    struct synth clean = made(300, 4, 9, 0, 0);
    struct synth dirty = made(300, 4, 9, 0, .05);
    size_t rows = 0;
    for (size_t i = 0; i < clean.n_returns; i++)
        rows += clean.returns[i].tables[TABLE_EPISODES].n_rows + clean.returns[i].tables[TABLE_HEADER].n_rows;
    ck_assert_uint_eq(clean.n_faults, 0);
    /* 5 % of the rows that may be spoilt; open episodes before the last return may not, other tables add some
     */
    ck_assert_uint_gt(dirty.n_faults, rows / 50);
    ck_assert_uint_lt(dirty.n_faults, rows / 10);
    for (size_t i = 0; i < dirty.n_faults; i++) {
        const struct synth_fault *fault = &dirty.faults[i];
        const struct table *before = table_of(&clean, fault->year, fault->table);
        const struct table *after = table_of(&dirty, fault->year, fault->table);
        const size_t row = (size_t)fault->line - 2;
        ck_assert_uint_lt(row, after->n_rows);
        if (fault->rule == RULE_H_10)
            ck_assert_str_eq(text_at(before, row, "CHILD"), text_at(after, row, "CHILD"));
        else if (row < before->n_rows)
            ck_assert_str_ne(text_at(before, row, fault->column), text_at(after, row, fault->column));
        else
            ck_assert_int_eq(fault->rule, RULE_S_01);
    }
    ck_assert_uint_eq(rows_apart(&clean, &dirty), dirty.n_faults); /* and nowhere else */
    ck_assert_int_eq(clean.truth[3].stock, dirty.truth[3].stock);
    synth_free(&clean);
    synth_free(&dirty);
}
END_TEST

START_TEST(truth_is_json)
{
    struct synth synth = made(60, 2, 1, 0, .1);
    char *text = NULL;
    struct err err;
    ck_assert(synth_truth_json(&synth, &text, &err));
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    const json_t *years = json_object_get(root, "years");
    ck_assert_uint_eq(json_array_size(years), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(years, 1), "stock")),
                     synth.truth[1].stock);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "faults")), synth.n_faults);
    ck_assert_uint_gt(synth.n_faults, 0);
    json_decref(root);
    free(text);
    synth_free(&synth);
}
END_TEST

Suite *suite_synth(void)
{
    Suite *suite = suite_create("synth");
    TCase *tcase = tcase_create("synth");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, options_out_of_range_are_refused);
    tcase_add_test(tcase, the_same_seed_gives_the_same_returns);
    tcase_add_test(tcase, truth_is_what_the_returns_say);
    tcase_add_test(tcase, open_episodes_are_filed_again);
    tcase_add_test(tcase, episodes_chain);
    tcase_add_test(tcase, nothing_can_be_real);
    tcase_add_test(tcase, the_mix_is_near_england);
    tcase_add_test(tcase, the_stock_is_about_steady);
    tcase_add_test(tcase, a_trend_of_entries_shows);
    tcase_add_test(tcase, every_fault_is_where_the_truth_says);
    tcase_add_test(tcase, truth_is_json);
    suite_add_tcase(suite, tcase);
    return suite;
}
