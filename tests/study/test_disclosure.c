/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which cells go with small ones: a worked table, small linked tables by hand, and random ones. */
#include "study/disclosure.h"

#include <check.h>
#include <math.h>

#include "numeric/stream.h"
#include "study/disclosure_attack.h"
#include "tests/study/disclosure_tables.h"

Suite *suite_disclosure(void);

enum { K = 5, TABLES = 100 };
static const double tolerance = 1e-6;
static const struct disclosure_rule shown = {.k = K};
static const struct disclosure_rule may_be_zero = {.k = K, .dominance = true};

/* foster, residential, supported by age 0-4, 5-9, 10-15, 16-17 */
static const int64_t golden[] = {23, 3, 41, 8, 17, 12, 4, 25, 30, 9, 22, 2};
enum { GOLDEN_ROWS = 3, GOLDEN_COLUMNS = 4 };

static void hide(struct grid *grid, const size_t at[][2], size_t n)
{
    for (size_t i = 0; i < n; i++)
        grid->d.cells[grid->cells[at[i][0]][at[i][1]]].is_hidden = true;
}

static void check_range(const struct grid *grid, const struct disclosure_rule *rule, size_t i, size_t j,
                        double low, double high)
{
    struct err err = {0};
    double a = 0;
    double b = 0;
    ck_assert(disclosure_range(&grid->d, rule, grid->cells[i][j], &a, &b, &err));
    ck_assert_double_eq_tol(a, low, tolerance);
    ck_assert_double_eq_tol(b, high, tolerance);
}

static void check_hidden(const struct grid *grid, const size_t at[][2], size_t n)
{
    int found = 0;
    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j < grid->columns; j++)
            found += grid->d.cells[grid->cells[i][j]].is_hidden;
    ck_assert_int_eq(found, (int)n);
    for (size_t i = 0; i < n; i++)
        ck_assert(grid->d.cells[grid->cells[at[i][0]][at[i][1]]].is_hidden);
}

START_TEST(golden_primaries_alone_are_pinned)
{
    /* hand: each is alone in its row: row total less the rest */
    static const size_t small[][2] = {{0, 1}, {1, 2}, {2, 3}};
    struct grid grid;
    grid_make(&grid, golden, GOLDEN_ROWS, GOLDEN_COLUMNS, true);
    hide(&grid, small, 3);
    check_range(&grid, &shown, 0, 1, 3, 3);
    check_range(&grid, &shown, 1, 2, 4, 4);
    check_range(&grid, &shown, 2, 3, 2, 2);
    disclosure_free(&grid.d);
}
END_TEST

START_TEST(golden_least_weight_where_zero_is_possible)
{
    /* enumeration of all sets by another program: no set of 3 holds, 7 of 4 do, the lightest weighs 51;
     * ranges by Rglpk */
    static const size_t expected[][2] = {{0, 1}, {1, 2}, {2, 3}, {0, 3}, {1, 1}, {2, 1}, {2, 2}};
    struct grid grid;
    struct disclosure_result result;
    struct err err = {0};
    int n = 0;
    grid_make(&grid, golden, GOLDEN_ROWS, GOLDEN_COLUMNS, true);
    ck_assert(disclosure_protect(&grid.d, &may_be_zero, &result, &err));
    ck_assert_int_eq(grid_hidden_weight(&grid, &n), 51);
    ck_assert_int_eq(n, 4);
    ck_assert_int_eq(result.primary, 3);
    ck_assert_int_eq(result.secondary, 4);
    ck_assert_int_eq(result.exposed, 0);
    ck_assert_int_eq(result.components, 1);
    ck_assert_int_eq(result.largest, 7);
    check_hidden(&grid, expected, 7);
    check_range(&grid, &may_be_zero, 0, 1, 1, 11);
    check_range(&grid, &may_be_zero, 1, 2, 0, 16);
    check_range(&grid, &may_be_zero, 2, 3, 0, 10);
    check_range(&grid, &may_be_zero, 1, 1, 0, 16);
    check_range(&grid, &may_be_zero, 2, 1, 0, 23);
    check_range(&grid, &may_be_zero, 2, 2, 10, 26);
    check_range(&grid, &may_be_zero, 0, 3, 0, 10);
    /* where zeros are shown, the same set leaves the first in 2 to 10 */
    check_range(&grid, &shown, 0, 1, 2, 10);
    disclosure_free(&grid.d);
}
END_TEST

START_TEST(golden_least_weight_where_zeros_are_shown)
{
    /* enumeration: 3 sets of 4 hold, the lightest weighs 64 */
    static const size_t expected[][2] = {{0, 1}, {1, 2}, {2, 3}, {0, 3}, {1, 3}, {2, 1}, {2, 2}};
    struct grid grid;
    struct disclosure_result result;
    struct err err = {0};
    int n = 0;
    grid_make(&grid, golden, GOLDEN_ROWS, GOLDEN_COLUMNS, true);
    ck_assert(disclosure_protect(&grid.d, &shown, &result, &err));
    ck_assert_int_eq(grid_hidden_weight(&grid, &n), 64);
    ck_assert_int_eq(n, 4);
    check_hidden(&grid, expected, 7);
    disclosure_free(&grid.d);
}
END_TEST

START_TEST(two_in_each_line_are_not_enough)
{
    static const size_t greedy[][2] = {{0, 1}, {1, 2}, {2, 3}, {0, 3}, {1, 1}, {2, 2}};
    struct grid grid;
    grid_make(&grid, golden, GOLDEN_ROWS, GOLDEN_COLUMNS, true);
    hide(&grid, greedy, 6);
    check_range(&grid, &may_be_zero, 1, 2, 2,
                12); /* hand: column 3 less row 3 less column 4 ..: 2 at least */
    disclosure_free(&grid.d);
}
END_TEST

/* ---- by hand ----------------------------------------------------------------------------------------- */

static size_t add(struct disclosure *d, int64_t value, enum disclosure_kind kind, enum disclosure_rank rank)
{
    struct err err = {0};
    size_t index = 0;
    const struct disclosure_cell cell = {.value = value, .kind = kind, .rank = rank};
    ck_assert(disclosure_add_cell(d, &cell, &index, &err));
    return index;
}

static struct disclosure_result protect(struct disclosure *d, const struct disclosure_rule *rule)
{
    struct err err = {0};
    struct disclosure_result result;
    ck_assert_msg(disclosure_protect(d, rule, &result, &err), "%s", err.message);
    return result;
}

START_TEST(localities)
{
    /* hand: North 12, South 3, total 15: South alone follows. With three, 12, 3, 4, the small ones would be
     * known to add up to 7, so at most 6 each, and 1 to 5 is possible; with k 6 it is not enough */
    struct err err = {0};
    for (int n = 2; n <= 3; n++) {
        const int64_t values[] = {12, 3, 4};
        struct disclosure d = {0};
        size_t parts[3];
        for (int i = 0; i < n; i++)
            parts[i] = add(&d, values[i], DISCLOSURE_OPEN, DISCLOSURE_PART);
        const size_t total = add(&d, n == 2 ? 15 : 19, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
        ck_assert(disclosure_add_sum(&d, total, parts, (size_t)n, &err));
        protect(&d, &shown);
        ck_assert(d.cells[parts[1]].is_hidden);
        ck_assert_int_eq(d.cells[parts[0]].is_hidden, n == 2);
        ck_assert(!d.cells[total].is_hidden);
        if (n == 3) {
            const struct disclosure_rule to_seven = {.k = 7};
            protect(&d, &to_seven);
            ck_assert(d.cells[parts[0]].is_hidden);
        }
        disclosure_free(&d);
    }
}
END_TEST

START_TEST(a_remainder_is_protected)
{
    /* hand: 40 children, 37 of them asylum-seeking: 3 are not, and nobody printed that */
    struct err err = {0};
    struct disclosure d = {0};
    const size_t all = add(&d, 40, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
    const size_t parts[] = {add(&d, 37, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 3, DISCLOSURE_UNPUBLISHED, DISCLOSURE_PART)};
    ck_assert(disclosure_add_sum(&d, all, parts, 2, &err));
    const struct disclosure_result result = protect(&d, &shown);
    ck_assert(d.cells[parts[0]].is_hidden);
    ck_assert(!d.cells[all].is_hidden);
    ck_assert_int_eq(result.primary, 0); /* the remainder is no published cell */
    ck_assert_int_eq(result.secondary, 1);
    disclosure_free(&d);
}
END_TEST

START_TEST(stock_and_flow)
{
    /* hand: 50 children, 2 come, 9 leave, 43 stay: the 2 follow unless one of the others is hidden; exits are
     * the cheapest, stocks are headlines */
    struct err err = {0};
    struct disclosure d = {0};
    const size_t before = add(&d, 50, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
    const size_t entries = add(&d, 2, DISCLOSURE_OPEN, DISCLOSURE_TOTAL);
    const size_t exits = add(&d, 9, DISCLOSURE_OPEN, DISCLOSURE_TOTAL);
    const size_t after = add(&d, 43, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
    const struct disclosure_term terms[] = {{after, -1}, {before, 1}, {entries, 1}, {exits, -1}};
    ck_assert(disclosure_add_relation(&d, terms, 4, &err));
    protect(&d, &shown);
    ck_assert(d.cells[entries].is_hidden && d.cells[exits].is_hidden);
    ck_assert(!d.cells[before].is_hidden && !d.cells[after].is_hidden);
    disclosure_free(&d);
}
END_TEST

START_TEST(earlier_publications)
{
    /* hand: total 20 = 12 + 5 + 3 with 12 in the papers already: the other two add up to 8, either is 1 to 7.
     * With 5 in the papers, too, the 3 cannot be saved, unless the total can be hidden: it is no longer known
     */
    struct err err = {0};
    for (int known_total = 0; known_total < 2; known_total++) {
        struct disclosure d = {0};
        const size_t parts[] = {add(&d, 12, DISCLOSURE_KNOWN, DISCLOSURE_PART),
                                add(&d, 8, DISCLOSURE_KNOWN, DISCLOSURE_PART),
                                add(&d, 3, DISCLOSURE_OPEN, DISCLOSURE_PART)};
        const size_t total =
            add(&d, 23, known_total ? DISCLOSURE_KNOWN : DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
        ck_assert(disclosure_add_sum(&d, total, parts, 3, &err));
        const struct disclosure_result result = protect(&d, &shown);
        ck_assert(d.cells[parts[2]].is_hidden);
        ck_assert_int_eq(result.exposed, known_total);
        ck_assert_int_eq(d.cells[total].is_hidden, !known_total);
        disclosure_free(&d);
    }
}
END_TEST

START_TEST(a_cell_once_hidden_stays_hidden)
{
    struct err err = {0};
    struct disclosure d = {0};
    const size_t total = add(&d, 50, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
    const size_t parts[] = {add(&d, 30, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 20, DISCLOSURE_OPEN, DISCLOSURE_PART)};
    ck_assert(disclosure_add_sum(&d, total, parts, 2, &err));
    d.cells[parts[0]].was_hidden = true;
    protect(&d, &shown);
    ck_assert(d.cells[parts[0]].is_hidden);
    disclosure_free(&d);
}
END_TEST

START_TEST(one_part_holds_everyone)
{
    /* hand: all 9 of a locality are in secure homes: nothing small, but something is said of everyone */
    struct err err = {0};
    struct disclosure d = {0};
    const size_t total = add(&d, 9, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
    const size_t parts[] = {add(&d, 9, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 0, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 0, DISCLOSURE_OPEN, DISCLOSURE_PART)};
    ck_assert(disclosure_add_sum(&d, total, parts, 3, &err));
    protect(&d, &shown);
    ck_assert(!d.cells[parts[0]].is_hidden && !d.cells[parts[1]].is_hidden);
    protect(&d, &may_be_zero);
    ck_assert(d.cells[parts[0]].is_hidden && d.cells[parts[1]].is_hidden && d.cells[parts[2]].is_hidden);
    ck_assert(!d.cells[total].is_hidden);
    disclosure_free(&d);
}
END_TEST

START_TEST(zeros)
{
    /* hand: 6 and 0 and 20: shown; with hidden zeros the 0 needs another, the 6 goes with it */
    const struct disclosure_rule hidden = {.k = K, .hide_zero = true};
    struct err err = {0};
    struct disclosure d = {0};
    const size_t total = add(&d, 26, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
    const size_t parts[] = {add(&d, 6, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 0, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 20, DISCLOSURE_OPEN, DISCLOSURE_PART)};
    ck_assert(disclosure_add_sum(&d, total, parts, 3, &err));
    ck_assert_int_eq(protect(&d, &shown).primary, 0);
    const struct disclosure_result result = protect(&d, &hidden);
    ck_assert_int_eq(result.primary, 1);
    ck_assert_int_eq(result.secondary, 1);
    ck_assert(d.cells[parts[0]].is_hidden && d.cells[parts[1]].is_hidden && !d.cells[parts[2]].is_hidden);
    disclosure_free(&d);
}
END_TEST

START_TEST(nothing_is_shown_of_a_small_total)
{
    /* hand: 4 = 3 + 1 + 0: were the 0 shown, the attacker knew that 4 is 2 at least */
    struct err err = {0};
    double low = 0;
    double high = 0;
    struct disclosure d = {0};
    const size_t parts[] = {add(&d, 3, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 1, DISCLOSURE_OPEN, DISCLOSURE_PART),
                            add(&d, 0, DISCLOSURE_OPEN, DISCLOSURE_PART)};
    const size_t total = add(&d, 4, DISCLOSURE_OPEN, DISCLOSURE_HEADLINE);
    ck_assert(disclosure_add_sum(&d, total, parts, 3, &err));
    protect(&d, &shown);
    ck_assert(d.cells[parts[2]].is_hidden);
    ck_assert(disclosure_range(&d, &shown, total, &low, &high, &err));
    ck_assert_double_eq_tol(low, 1, tolerance);
    disclosure_free(&d);
}
END_TEST

/* ---- random tables ----------------------------------------------------------------------------------- */

/* Every small cell keeps 1..k (0..k) possible, for the programmes and for the attacker in whole numbers. */
static void check_safe(const struct grid *grid, const struct disclosure_rule *rule, int table)
{
    struct err err = {0};
    struct disclosure_attack_result attack;
    const double least = rule->hide_zero ? 0 : 1;
    for (size_t c = 0; c < grid->d.n_cells; c++) {
        const struct disclosure_cell *cell = &grid->d.cells[c];
        double low = 0;
        double high = 0;
        if (cell->value > rule->k || (double)cell->value < least)
            continue;
        ck_assert_msg(cell->is_hidden && !cell->is_exposed, "table %d shows a small cell", table);
        ck_assert(disclosure_range(&grid->d, rule, c, &low, &high, &err));
        ck_assert_msg(low <= least + tolerance && high >= (double)rule->k - tolerance,
                      "table %d leaves a cell of %lld in %g to %g", table, (long long)cell->value, low, high);
    }
    ck_assert(disclosure_attack(&grid->d, rule, &attack, &err));
    ck_assert_msg(attack.narrowed == 0, "table %d: %lld of %lld cells narrowed", table,
                  (long long)attack.narrowed, (long long)attack.attacked);
}

/* Nothing is hidden in vain: each secondary cell shown by itself exposes someone. */
static void check_least(struct grid *grid, const struct disclosure_rule *rule, int table)
{
    struct err err = {0};
    for (size_t c = 0; c < grid->d.n_cells; c++) {
        struct disclosure_cell *cell = &grid->d.cells[c];
        bool fell = false;
        if (!cell->is_hidden || cell->is_primary || cell->is_blank)
            continue;
        cell->is_hidden = false;
        for (size_t p = 0; p < grid->d.n_cells && !fell; p++) {
            double low = 0;
            double high = 0;
            if (!grid->d.cells[p].is_primary)
                continue;
            ck_assert(disclosure_range(&grid->d, rule, p, &low, &high, &err));
            fell = low > (rule->hide_zero ? 0 : 1) + tolerance || high < (double)rule->k - tolerance;
        }
        ck_assert_msg(fell, "table %d hides a cell in vain", table);
        cell->is_hidden = true;
    }
}

START_TEST(random_tables)
{
    struct stream stream = stream_make((uint64_t)_i, PURPOSE_TEST, 0, 0, 0);
    for (int t = 0; t < TABLES; t++) {
        int64_t values[GRID_MOST * GRID_MOST];
        struct grid grid;
        const size_t rows = 2 + stream_word(&stream) % 4;
        const size_t columns = 2 + stream_word(&stream) % 4;
        const struct disclosure_rule rule = {.k = 3 + stream_word(&stream) % 4, .hide_zero = t % 3 == 0};
        for (size_t i = 0; i < rows * columns; i++)
            values[i] = (int64_t)floor(30 * pow(stream_uniform(&stream), 1 + t % 3));
        grid_make(&grid, values, rows, columns, false);
        protect(&grid.d, &rule);
        check_safe(&grid, &rule, t);
        check_least(&grid, &rule, t);
        disclosure_free(&grid.d);
    }
}
END_TEST

Suite *suite_disclosure(void)
{
    Suite *suite = suite_create("disclosure");
    TCase *tcase = tcase_create("disclosure");
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, golden_primaries_alone_are_pinned);
    tcase_add_test(tcase, golden_least_weight_where_zero_is_possible);
    tcase_add_test(tcase, golden_least_weight_where_zeros_are_shown);
    tcase_add_test(tcase, two_in_each_line_are_not_enough);
    tcase_add_test(tcase, localities);
    tcase_add_test(tcase, a_remainder_is_protected);
    tcase_add_test(tcase, stock_and_flow);
    tcase_add_test(tcase, earlier_publications);
    tcase_add_test(tcase, a_cell_once_hidden_stays_hidden);
    tcase_add_test(tcase, one_part_holds_everyone);
    tcase_add_test(tcase, zeros);
    tcase_add_test(tcase, nothing_is_shown_of_a_small_total);
    tcase_add_loop_test(tcase, random_tables, 1, 3);
    suite_add_tcase(suite, tcase);
    return suite;
}
