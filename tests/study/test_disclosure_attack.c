/* SPDX-License-Identifier: GPL-3.0-or-later
 * The attacker against enumeration of every table that fits. */
#include "study/disclosure_attack.h"

#include <check.h>
#include <math.h>

#include "numeric/stream.h"
#include "tests/study/disclosure_tables.h"

Suite *suite_disclosure_attack(void);

enum { SIDE = 3, MOST = 9 };
#ifdef __SANITIZE_ADDRESS__
enum { TABLES = 25 }; /* a fifth of a second each there; what is sought is the memory, not the numbers */
#else
enum { TABLES = 100 };
#endif

struct enumeration {
    int64_t rows[SIDE], columns[SIDE], fixed[SIDE][SIDE], least; /* fixed: the shown value, or -1 */
    uint32_t possible[SIDE][SIDE];
    int64_t at[SIDE][SIDE];
    int64_t low[SIDE][SIDE], high[SIDE][SIDE];
};

static void note(struct enumeration *e)
{
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            const int64_t v = e->at[i][j];
            if (v < 32)
                e->possible[i][j] |= UINT32_C(1) << v;
            e->low[i][j] = v < e->low[i][j] ? v : e->low[i][j];
            e->high[i][j] = v > e->high[i][j] ? v : e->high[i][j];
        }
}

/* Fills the cells one after another with every number that the margins leave. */
static void enumerate(struct enumeration *e, int place)
{
    if (place == SIDE * SIDE) {
        for (int i = 0; i < SIDE; i++) {
            int64_t row = 0;
            int64_t column = 0;
            for (int j = 0; j < SIDE; j++) {
                row += e->at[i][j];
                column += e->at[j][i];
            }
            if (row != e->rows[i] || column != e->columns[i])
                return;
        }
        note(e);
        return;
    }
    const int i = place / SIDE;
    const int j = place % SIDE;
    int64_t left = e->rows[i];
    int64_t below = e->columns[j];
    for (int k = 0; k < j; k++)
        left -= e->at[i][k];
    for (int k = 0; k < i; k++)
        below -= e->at[k][j];
    left = below < left ? below : left;
    const int64_t from = e->fixed[i][j] >= 0 ? e->fixed[i][j] : e->least;
    const int64_t to = e->fixed[i][j] >= 0 ? e->fixed[i][j] : left;
    for (int64_t v = from; v <= to && v <= left; v++) {
        e->at[i][j] = v;
        enumerate(e, place + 1);
    }
}

START_TEST(every_table_of_three_by_three)
{
    struct stream stream = stream_make(7, PURPOSE_TEST, 0, 0, 0);
    for (int t = 0; t < TABLES; t++) {
        const struct disclosure_rule rule = {.k = 5, .hide_zero = t % 2 == 0};
        int64_t values[SIDE * SIDE];
        struct grid grid;
        struct err err = {0};
        struct enumeration e = {.least = rule.hide_zero ? 0 : 1};
        for (int i = 0; i < SIDE * SIDE; i++)
            values[i] = 1 + (int64_t)(stream_word(&stream) % MOST);
        grid_make(&grid, values, SIDE, SIDE, true);
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++) {
                struct disclosure_cell *cell = &grid.d.cells[grid.cells[i][j]];
                cell->is_hidden = stream_uniform(&stream) < .7;
                e.rows[i] += cell->value;
                e.columns[j] += cell->value;
                e.fixed[i][j] = cell->is_hidden ? -1 : cell->value;
                e.low[i][j] = INT64_MAX;
            }
        enumerate(&e, 0);
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++) {
                double low = 0;
                double high = 0;
                uint32_t possible = 0;
                ck_assert(disclosure_range(&grid.d, &rule, grid.cells[i][j], &low, &high, &err));
                /* a two-way table's programme has whole corners, so both must agree */
                ck_assert_double_eq_tol(low, (double)e.low[i][j], 1e-6);
                ck_assert_double_eq_tol(high, (double)e.high[i][j], 1e-6);
                if (e.fixed[i][j] >= 0)
                    continue;
                ck_assert(disclosure_attack_cell(&grid.d, &rule, grid.cells[i][j], &possible, &err));
                ck_assert_uint_eq(possible & 0x3f, e.possible[i][j] & 0x3f);
            }
        disclosure_free(&grid.d);
    }
}
END_TEST

START_TEST(the_attack_finds_what_is_not_protected)
{
    /* hand: 3 alone in its row is 3; after protection nothing falls */
    static const int64_t values[] = {23, 3, 41, 17, 12, 4, 30, 9, 22};
    const struct disclosure_rule rule = {.k = 5};
    struct grid grid;
    struct disclosure_attack_result attack;
    struct disclosure_result result;
    struct err err = {0};
    grid_make(&grid, values, SIDE, SIDE, true);
    grid.d.cells[grid.cells[0][1]].is_hidden = true;
    grid.d.cells[grid.cells[1][2]].is_hidden = true;
    ck_assert(disclosure_attack(&grid.d, &rule, &attack, &err));
    ck_assert_int_eq(attack.attacked, 2);
    ck_assert_int_eq(attack.narrowed, 2);
    ck_assert_uint_eq(attack.first, grid.cells[0][1]);
    ck_assert(disclosure_protect(&grid.d, &rule, &result, &err));
    ck_assert(disclosure_attack(&grid.d, &rule, &attack, &err));
    ck_assert_int_eq(attack.attacked, 2);
    ck_assert_int_eq(attack.narrowed, 0);
    disclosure_free(&grid.d);
}
END_TEST

START_TEST(whole_numbers_say_more_than_halves)
{
    /* hand: x = 2 y, x + z = 12, all hidden but the 12: for a linear programme x may be 1 to 11, in whole
     * numbers it is even */
    const struct disclosure_rule rule = {.k = 5};
    struct disclosure d = {0};
    struct err err = {0};
    size_t x = 0;
    size_t y = 0;
    size_t z = 0;
    size_t total = 0;
    uint32_t possible = 0;
    double low = 0;
    double high = 0;
    ck_assert(disclosure_add_cell(&d, &(struct disclosure_cell){.value = 4, .is_hidden = true}, &x, &err));
    ck_assert(disclosure_add_cell(
        &d, &(struct disclosure_cell){.value = 2, .kind = DISCLOSURE_UNPUBLISHED, .is_hidden = true}, &y,
        &err));
    ck_assert(disclosure_add_cell(&d, &(struct disclosure_cell){.value = 8, .is_hidden = true}, &z, &err));
    ck_assert(disclosure_add_cell(&d, &(struct disclosure_cell){.value = 12}, &total, &err));
    const struct disclosure_term twice[] = {{x, -1}, {y, 2}};
    const size_t parts[] = {x, z};
    ck_assert(disclosure_add_relation(&d, twice, 2, &err));
    ck_assert(disclosure_add_sum(&d, total, parts, 2, &err));
    ck_assert(disclosure_range(&d, &rule, x, &low, &high, &err));
    ck_assert_double_eq_tol(low, 1, 1e-6);
    ck_assert_double_eq_tol(high, 11, 1e-6);
    ck_assert(disclosure_attack_cell(&d, &rule, x, &possible, &err));
    ck_assert_uint_eq(possible & 0x3e, 0x14); /* 2 and 4 */
    disclosure_free(&d);
}
END_TEST

Suite *suite_disclosure_attack(void)
{
    Suite *suite = suite_create("disclosure_attack");
    TCase *tcase = tcase_create("disclosure_attack");
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, every_table_of_three_by_three);
    tcase_add_test(tcase, the_attack_finds_what_is_not_protected);
    tcase_add_test(tcase, whole_numbers_say_more_than_halves);
    suite_add_tcase(suite, tcase);
    return suite;
}
