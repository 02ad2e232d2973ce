/* SPDX-License-Identifier: GPL-3.0-or-later
 * A history as a whole, and what must hold for any rows whatever: random children with random faults. */
#include "data/history.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/stack.h"
#include "tests/build_history.h"
#include "tests/returns_by_hand.h"

Suite *suite_history(void);

static struct fixture fixture;

START_TEST(children_are_ordered_by_key)
{
    static const uint64_t keys[] = {30, 10, 20};
    struct err err = {0};
    struct history history = {0};
    for (size_t i = 0; i < 3; i++) {
        char rows[300];
        ck_assert_int_gt(
            snprintf(rows, sizeof rows,
                     "2022 h: 1,20/05/201%zu,WBRI\n2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,E4A\n"
                     "2022 e: 01/07/2021,S,C2,N1,U6,PR1\n",
                     i),
            0);
        fixture_stack(&fixture, NULL, rows);
        ck_assert(history_add_child(&history, &fixture.clean, keys[i], NULL, &err));
        fixture_free(&fixture);
    }
    ck_assert(!history_verify(&history, &err)); /* not yet in order */
    ck_assert(history_finish(&history, 2021, 2022, &err));
    ck_assert_msg(history_verify(&history, &err), "%s", err.message);
    ck_assert_uint_eq(history.children[0].key, 10);
    ck_assert_int_eq(history.children[0].born, on(2011, 5, 20));
    ck_assert_int_eq(history.children[2].born, on(2010, 5, 20));
    ck_assert_int_eq(history.start, on(2020, 4, 1));
    ck_assert_int_eq(history.end, on(2022, 3, 31));
    history_free(&history);
    ck_assert_ptr_null(history.children);
}
END_TEST

START_TEST(as_known_forgets_what_came_later)
{
    struct err err = {0};
    struct history history, known;
    build_init(&history, 2020, 2022);
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2019, 5, 1), on(2021, 3, 31), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2020, 3, 31), PLACEMENT_RES_EXTERNAL);
    build_move(&history, on(2020, 4, 1), PLACEMENT_FOSTER_IFA);
    build_spell(&history, on(2021, 6, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    history.children[0].uasc = true;
    history.children[0].uasc_until = on(2020, 4, 1); /* not yet known */
    build_child(&history, on(2011, 1, 1));
    build_spell(&history, on(2020, 4, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2019, 7, 1), on(2020, 3, 31), ROUTE_SGO, PLACEMENT_FOSTER_KIN);
    history.children[2].uasc = true;
    history.children[2].uasc_until = on(2020, 3, 31);
    ck_assert(history_as_known(&history, on(2020, 3, 31), &known, &err));
    ck_assert_msg(history_verify(&known, &err), "%s", err.message);
    /* the second child starts on 1 April; of the first the move on 31 March is known, that of 1 April is not
     */
    ck_assert_uint_eq(known.n_children, 2);
    ck_assert_uint_eq(known.n_spells, 2);
    ck_assert_uint_eq(known.n_segments, 3);
    ck_assert_int_eq(known.spells[0].end, DAY_OPEN);
    ck_assert_int_eq(known.segments[1].end, DAY_OPEN);
    ck_assert_int_eq(known.segments[1].group, PLACEMENT_RES_EXTERNAL);
    ck_assert_int_eq(known.spells[1].end, on(2020, 3, 31)); /* ended that day: known */
    ck_assert_int_eq(known.spells[1].route, ROUTE_SGO);
    ck_assert_int_eq(known.end, on(2020, 3, 31));
    ck_assert_int_eq(known.last_year, 2020);
    ck_assert_int_eq(known.children[0].uasc_until, DAY_OPEN);
    ck_assert_int_eq(known.children[1].uasc_until, on(2020, 3, 31));
    history_free(&known);
    build_free(&history);
}
END_TEST

START_TEST(as_known_of_random_histories)
{
    struct err err = {0};
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct history history, known;
        build_random(&history, seed, 150, 2017, 2022, seed % 3 == 0 ? 4 : 0);
        ck_assert_msg(history_verify(&history, &err), "%s", err.message);
        for (day origin = history.start; origin <= history.end; origin += 97) {
            ck_assert(history_as_known(&history, origin, &known, &err));
            ck_assert_msg(history_verify(&known, &err), "seed %d: %s", (int)seed, err.message);
            size_t stock = 0, known_stock = 0;
            for (size_t i = 0; i < history.n_spells; i++)
                stock += history.spells[i].start <= origin && history.spells[i].end > origin;
            for (size_t i = 0; i < known.n_spells; i++)
                known_stock += known.spells[i].end == DAY_OPEN;
            ck_assert_uint_eq(stock, known_stock);
            history_free(&known);
        }
        build_free(&history);
    }
}
END_TEST

/* One sound history of two children and three spells, broken in one way each. */
static void break_it(struct history *history, int how)
{
    switch (how) {
    case 0:
        history->children[0].key = 99;
        break;
    case 1:
        history->children[0].born = DAY_NONE;
        break;
    case 2:
        history->children[1].n_spells = 0;
        break;
    case 3:
        history->spells[1].start = history->spells[0].end;
        break;
    case 4:
        history->spells[0].child = 1;
        break;
    case 5:
        history->spells[2].route = ROUTE_COUNT;
        break;
    case 6:
        history->spells[1].readmission = false;
        break;
    case 7:
        history->spells[1].lost = true;
        break;
    case 8:
        history->children[1].born = on(2003, 1, 1);
        break;
    case 9:
        history->segments[1].start++;
        break;
    case 10:
        history->segments[1].end--;
        break;
    case 11:
        history->segments[0].is_move = true;
        break;
    case 12:
        history->segments[0].is_new_stay = false;
        break;
    case 13:
        history->segments[1].is_new_stay = false;
        break;
    case 14:
        history->segments[0].group = PLACEMENT_COUNT;
        break;
    case 15:
        history->segments[0].locality = 0;
        break;
    case 16:
        history->segments[0].spell = 1;
        break;
    case 17:
        history->spells[2].first_segment = 0;
        break;
    case 18:
        history->n_segments++;
        break;
    case 19:
        history->spells[0].start = on(2009, 12, 31);
        break;
    default:
        break;
    }
}

START_TEST(verify_finds_each_fault)
{
    enum { FAULTS = 20 };
    for (int how = -1; how < FAULTS; how++) {
        struct err err = {0};
        struct history history;
        build_init(&history, 2020, 2022);
        build_child(&history, on(2010, 1, 1));
        build_spell(&history, on(2019, 5, 1), on(2021, 3, 31), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
        build_move(&history, on(2020, 3, 31), PLACEMENT_RES_EXTERNAL);
        build_spell(&history, on(2021, 6, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
        build_child(&history, on(2006, 1, 1));
        build_spell(&history, on(2020, 4, 1), on(2021, 4, 1), ROUTE_SGO, PLACEMENT_FOSTER_KIN);
        break_it(&history, how);
        ck_assert_msg(history_verify(&history, &err) == (how < 0), "fault %d: %s", how, err.message);
        if (how >= 0)
            ck_assert_int_eq(err.code, ERR_INTERNAL);
        build_free(&history);
    }
}
END_TEST

/* A word of a list by chance. */
static const char *any(struct dice *dice, const char *const words[], int32_t n)
{
    return words[dice_below(dice, n)];
}

static void put_date(struct dice *dice, day date, char out[12])
{
    static const char *const bad[] = {"", "31/02/2021", "soon"};
    if (dice_below(dice, 60) == 0) {
        str_copy(str_of(any(dice, bad, 3)), out, 12);
        return;
    }
    const struct civil civil = date_to_civil(date);
    ck_assert_int_eq(snprintf(out, 12, "%02d/%02d/%04d", (int)civil.day % 100, (int)civil.month % 100,
                              (int)civil.year % 10000),
                     10);
}

/* A row of any other table, its fields by chance: nothing may break on it. */
static size_t random_other_row(struct dice *dice, char *text, size_t size)
{
    static const char tables[] = "ur23apmsdq";
    static const char *const words[] = {"",    "1",    "0",  "41", "YES", "NO", "M",
                                        "RD1", "SDQ1", "MF", "L0", "01",  "P1"};
    char date[12];
    const char table = tables[dice_below(dice, 10)];
    const int32_t year = 2019 + dice_below(dice, 4);
    int used = snprintf(text, size, "%d %c: ", (int)year, table);
    const enum return_table t = (enum return_table)(strchr("heur23apqmsd", table) - "heur23apqmsd");
    for (int32_t k = 1; k < table_spec(t)->n_columns; k++) {
        const enum return_column column = (enum return_column)((int32_t)table_spec(t)->first + k);
        put_date(dice, on(2017, 1, 1) + dice_below(dice, 2200), date);
        used += snprintf(text + used, size - (size_t)used, "%s%s", k > 1 ? "," : "",
                         column_spec(column)->kind == KIND_DATE ? date : any(dice, words, 13));
    }
    used += snprintf(text + used, size - (size_t)used, "\n");
    return (size_t)used;
}

/* The text of one child of random rows over the returns of 2019 to 2022. */
static void random_rows(struct dice *dice, char *text, size_t size)
{
    static const char *const reasons[] = {"S", "S", "L", "P", "P", "B", "T", "U", "X", ""};
    static const char *const statuses[] = {"C1", "C2", "C2", "V2", "V3", "V4", "E1", "L1", "Q9", ""};
    static const char *const places[] = {"U6", "U4", "U1", "K2", "K2", "P1", "T1",
                                         "T4", "A5", "R5", "H5", "X1", ""};
    static const char *const providers[] = {"PR0", "PR1", "PR1", "PR4", "PR5", "PR9", ""};
    static const char *const ends[] = {"X1", "X1", "X1", "X1", "E4A", "E8", "E11", "E17", "E2", "E99", ""};
    static const char *const needs[] = {"N1", "N1", "N5", "N9", ""};
    static const char *const urns[] = {"", "11", "22", "XXXXXXX"};
    char start[12], end[12];
    size_t used = 0;
    const day first = on(2018, 4, 1), last = on(2022, 3, 31);
    put_date(dice, on(2001, 1, 1) + dice_below(dice, 7000), start);
    const int32_t n = 1 + dice_below(dice, 14);
    text[0] = '\0';
    for (int32_t year = 2019; year <= 2022; year++)
        if (dice_below(dice, 4) > 0)
            used += (size_t)snprintf(text + used, size - used, "%d h: 1,%s,WBRI\n", (int)year, start);
    day at = first - dice_below(dice, 500);
    for (int32_t i = 0; i < n; i++) {
        const day stop = at + dice_below(dice, 200) - (dice_below(dice, 30) == 0 ? 5 : 0);
        put_date(dice, at, start);
        end[0] = '\0';
        if (dice_below(dice, 8) > 0)
            put_date(dice, stop, end);
        int32_t year = date_financial_year(stop < first ? first : stop > last ? last : stop);
        year += dice_below(dice, 6) == 0 && year < 2022;
        const int32_t repeats = 1 + (dice_below(dice, 4) == 0 && year < 2022);
        for (int32_t k = 0; k < repeats; k++)
            used += (size_t)snprintf(
                text + used, size - used, "%d e: %s,%s,%s,%s,%s,%s,%s,%s,,LS1 1AA,LS2 2BB,%s\n",
                (int)(year + k), start, any(dice, reasons, 10), any(dice, statuses, 10), any(dice, needs, 5),
                any(dice, places, 13), any(dice, providers, 7), end, any(dice, ends, 11), any(dice, urns, 4));
        at = stop + (dice_below(dice, 3) == 0 ? dice_below(dice, 60) - 10 : 0);
    }
    for (int32_t i = dice_below(dice, 8); i > 0; i--)
        used += random_other_row(dice, text + used, size - used);
    ck_assert_uint_lt(used, size);
}

/* What holds of clean episodes: in order, no overlap, none past 18, no more days than filed. */
static void check_episodes(const struct clean_child *clean)
{
    for (size_t i = 0; i < clean->n_episodes; i++) {
        const struct episode *e = &clean->episodes[i];
        ck_assert_int_le(e->start, e->end);
        ck_assert_int_lt(e->group, PLACEMENT_COUNT);
        ck_assert(strchr("SLPTBU", e->rne) != NULL);
        if (e->end != DAY_OPEN)
            ck_assert_int_le(e->end, date_birthday(clean->born, 18));
        if (i + 1 < clean->n_episodes) {
            ck_assert_int_le(e->end, e[1].start);
            ck_assert(e->ends_care == (e->end != e[1].start));
            ck_assert(!e->ends_care || e[1].rne == 'S');
        } else {
            ck_assert(e->ends_care == (e->end != DAY_OPEN));
        }
        if (e->lost)
            ck_assert(e->ends_care && e->route == ROUTE_OTHER);
    }
}

/* A record that is neither refused, superseded nor a short break is used, and the other way round. */
static void check_outcomes(const struct fixture *f)
{
    size_t used = 0;
    for (size_t i = 0; i < f->rows.n_rows[TABLE_EPISODES]; i++) {
        const struct record *record = &f->rows.rows[TABLE_EPISODES][i];
        used += record->outcome != OUTCOME_REFUSED && !record->superseded && !record->short_break;
    }
    /* E-28 makes one episode of two rows */
    ck_assert_uint_eq(used, f->clean.n_episodes + fixture_count(f, RULE_E_28));
}

START_TEST(random_children_keep_every_invariant)
{
    static char text[8192];
    struct history history = {0};
    struct err err = {0};
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        struct dice dice = {seed};
        random_rows(&dice, text, sizeof text);
        fixture_stack(&fixture, "2019 2020 2021 2022", text);
        check_episodes(&fixture.clean);
        check_outcomes(&fixture);
        const char *first = fixture_episodes(&fixture);
        static struct fixture again; /* the same without a sink */
        fixture_init(&again, "2019 2020 2021 2022", text);
        ck_assert(stack_child(&again.context, &again.rows, &again.arena, &again.clean, NULL, &err));
        ck_assert_msg(strcmp(first, fixture_episodes(&again)) == 0, "seed %d", (int)seed);
        ck_assert_str_eq(fixture_outcomes(&fixture), fixture_outcomes(&again));
        fixture_free(&again);
        ck_assert(history_add_child(&history, &fixture.clean, dice_next(&dice), NULL, &err));
        fixture_free(&fixture);
        if (seed % 500 == 0) {
            ck_assert(history_finish(&history, 2019, 2022, &err));
            ck_assert_msg(history_verify(&history, &err), "up to seed %d: %s", (int)seed, err.message);
        }
    }
    ck_assert_uint_gt(history.n_children, 1000);
    history_free(&history);
}
END_TEST

Suite *suite_history(void)
{
    Suite *suite = suite_create("history");
    TCase *tcase = tcase_create("history");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, children_are_ordered_by_key);
    tcase_add_test(tcase, as_known_forgets_what_came_later);
    tcase_add_test(tcase, as_known_of_random_histories);
    tcase_add_test(tcase, verify_finds_each_fault);
    tcase_add_test(tcase, random_children_keep_every_invariant);
    suite_add_tcase(suite, tcase);
    return suite;
}
