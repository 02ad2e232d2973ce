/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells named by what they count: what is linked to what, by hand and on a random authority. */
#include "study/publication.h"

#include <check.h>
#include <string.h>

#include "study/disclosure_attack.h"
#include "tests/build_history.h"

Suite *suite_publication(void);

static struct publication_key key(const char *measure, const char *group, const char *locality, day date,
                                  int32_t months)
{
    return (struct publication_key){measure, group, locality, date, months};
}

static void add(struct publication *p, struct publication_key k, int64_t value)
{
    struct err err = {0};
    const enum disclosure_rank rank = strcmp(k.group, "all") == 0 ? DISCLOSURE_HEADLINE : DISCLOSURE_PART;
    ck_assert(publication_add(p, &k, value, rank, &err));
}

static enum publication_state state(const struct publication *p, struct publication_key k)
{
    int64_t value = 0;
    return publication_find(p, &k, &value);
}

static void seal(struct publication *p)
{
    struct err err = {0};
    ck_assert_msg(publication_seal(p, &err), "%s", err.message);
}

START_TEST(groups_of_a_kind_add_up)
{
    /* hand: 40 = 37 asylum-seeking and 3 others whom nobody prints; ages 12 + 3 + 25: 3 alone would follow */
    const day date = on(2022, 3, 31);
    struct publication p = {.rule = {.k = 5}};
    int64_t value = 0;
    add(&p, key("stock", "all", "", date, 0), 40);
    add(&p, key("stock", "uasc:yes", "", date, 0), 37);
    add(&p, key("stock", "age:0", "", date, 0), 12);
    add(&p, key("stock", "age:1-4", "", date, 0), 3);
    add(&p, key("stock", "age:5-9", "", date, 0), 25);
    seal(&p);
    ck_assert_int_eq(state(&p, key("stock", "all", "", date, 0)), PUBLICATION_SHOWN);
    ck_assert_int_eq(state(&p, key("stock", "uasc:yes", "", date, 0)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("stock", "age:1-4", "", date, 0)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("stock", "age:0", "", date, 0)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("stock", "age:5-9", "", date, 0)), PUBLICATION_SHOWN);
    ck_assert_int_eq(state(&p, key("stock", "age:10-15", "", date, 0)), PUBLICATION_UNKNOWN);
    ck_assert_int_eq(
        publication_count(&p, MEASURE_STOCK, (struct group){GROUP_AGE, AGE_5_9}, NULL, date, 12, &value),
        PUBLICATION_SHOWN);
    ck_assert_int_eq(value, 25);
    publication_free(&p);
}
END_TEST

START_TEST(localities_have_two_names_and_one_cell)
{
    const day date = on(2022, 3, 31);
    struct publication p = {.rule = {.k = 5}};
    add(&p, key("stock", "all", "", date, 0), 15);
    add(&p, key("stock", "locality:North", "", date, 0), 12);
    add(&p, key("stock", "all", "South", date, 0), 3);
    add(&p, key("stock", "locality:South", "", date, 0), 3);
    ck_assert_uint_eq(p.n_keys, 3);
    seal(&p);
    ck_assert_int_eq(state(&p, key("stock", "all", "North", date, 0)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("stock", "locality:South", "", date, 0)), PUBLICATION_HIDDEN);
    publication_free(&p);
}
END_TEST

START_TEST(quarters_make_a_year)
{
    /* hand: 30 in the year, quarters 9, 3, 8, 10: 3 alone would follow; 8 is cheapest. A year with three of
     * its quarters leaves the fourth, which is 3: found by subtraction unless one of the three is hidden */
    const day end = on(2022, 3, 31);
    static const int64_t numbers[] = {10, 8, 3, 9};
    struct publication p = {.rule = {.k = 5}};
    add(&p, key("entries", "all", "", end, 12), 30);
    for (int i = 0; i < 4; i++)
        add(&p, key("entries", "all", "", date_month_end(end, -3 * i), 3), numbers[i]);
    seal(&p);
    ck_assert_int_eq(state(&p, key("entries", "all", "", date_month_end(end, -6), 3)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("entries", "all", "", date_month_end(end, -3), 3)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("entries", "all", "", end, 12)), PUBLICATION_SHOWN);
    publication_free(&p);

    p = (struct publication){.rule = {.k = 5}};
    add(&p, key("entries", "all", "", end, 12), 30);
    for (int i = 0; i < 4; i++)
        if (i != 2)
            add(&p, key("entries", "all", "", date_month_end(end, -3 * i), 3), numbers[i]);
    seal(&p);
    ck_assert_int_eq(p.hidden.primary, 0);
    ck_assert_int_eq(p.hidden.secondary, 1);
    ck_assert_int_eq(state(&p, key("entries", "all", "", date_month_end(end, -3), 3)), PUBLICATION_HIDDEN);
    publication_free(&p);
}
END_TEST

START_TEST(differences_over_time)
{
    /* hand: 43 = 50 + 2 - 9: the 2 follows unless the 9 is hidden, too */
    const day end = on(2022, 3, 31);
    struct publication p = {.rule = {.k = 5}};
    add(&p, key("stock", "all", "", on(2021, 3, 31), 0), 50);
    add(&p, key("stock", "all", "", end, 0), 43);
    add(&p, key("entries", "all", "", end, 12), 2);
    add(&p, key("exits", "all", "", end, 12), 9);
    seal(&p);
    ck_assert_int_eq(state(&p, key("entries", "all", "", end, 12)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("exits", "all", "", end, 12)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("stock", "all", "", end, 0)), PUBLICATION_SHOWN);
    publication_free(&p);
}
END_TEST

START_TEST(a_subset_leaves_a_remainder)
{
    /* hand: 20 entries, 17 of them children who had left before: 3 had not. Exits at 16 and 17: 12, of them 8
     * turned 18: 4 left otherwise */
    const day end = on(2022, 3, 31);
    struct publication p = {.rule = {.k = 5}};
    add(&p, key("entries", "all", "", end, 12), 20);
    add(&p, key("readmissions", "all", "", end, 12), 17);
    add(&p, key("exits", "age:16-17", "", end, 12), 12);
    add(&p, key("exits", "route:aged_out", "", end, 12), 8);
    seal(&p);
    ck_assert_int_eq(state(&p, key("readmissions", "all", "", end, 12)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("exits", "route:aged_out", "", end, 12)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("exits", "age:16-17", "", end, 12)), PUBLICATION_SHOWN);
    publication_free(&p);
}
END_TEST

START_TEST(counts_of_a_card_are_counts_of_tables)
{
    /* hand: entries 9 hide exits 2 (50 + 9 - 2 = 57); were "entrants under 5, of 9" shown beside, both were
     * known. Of 9 in-house and 30 agency carers' children 39 are fostered: with 30 and 39 shown the 9 are no
     * secret, but 3 are */
    const day end = on(2022, 6, 30);
    struct publication p = {.rule = {.k = 5}};
    add(&p, key("stock", "all", "", on(2022, 3, 31), 0), 50);
    add(&p, key("stock", "all", "", end, 0), 57);
    add(&p, key("entries", "all", "", end, 3), 9);
    add(&p, key("exits", "all", "", end, 3), 2);
    add(&p, key("card:entries_under_5", "all", "", end, 3), 9);
    add(&p, key("card:entries_under_5", "counted:yes", "", end, 3), 7);
    add(&p, key("card:three_or_more_placements", "all", "", end, 12), 57);
    ck_assert_uint_eq(p.n_keys, 5);
    seal(&p);
    ck_assert_int_eq(state(&p, key("entries", "all", "", end, 3)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("card:entries_under_5", "all", "", end, 3)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, key("card:three_or_more_placements", "all", "", end, 12)), PUBLICATION_SHOWN);
    publication_free(&p);

    p = (struct publication){.rule = {.k = 5}};
    add(&p, key("card:inhouse_fostering", "all", "", end, 0), 33);
    add(&p, key("card:inhouse_fostering", "counted:yes", "", end, 0), 3);
    add(&p, key("stock", "placement:foster_ifa", "", end, 0), 30);
    seal(&p);
    ck_assert_int_eq(state(&p, key("stock", "placement:foster_inhouse", "", end, 0)), PUBLICATION_HIDDEN);
    ck_assert(state(&p, key("stock", "placement:foster_ifa", "", end, 0)) == PUBLICATION_HIDDEN ||
              state(&p, key("card:inhouse_fostering", "all", "", end, 0)) == PUBLICATION_HIDDEN);
    publication_free(&p);
}
END_TEST

START_TEST(earlier_publications_count)
{
    /* hand: quarters 9 and 8 were shown last year; now 3 and the year's 30: 10 must go with the 3. The year
     * alone would not do: 9 and 8 are out */
    struct err err = {0};
    const day end = on(2022, 3, 31);
    struct publication p = {.rule = {.k = 5}};
    const struct publication_key first = key("entries", "all", "", date_month_end(end, -9), 3);
    const struct publication_key third = key("entries", "all", "", date_month_end(end, -3), 3);
    add(&p, key("entries", "all", "", end, 12), 30);
    add(&p, key("entries", "all", "", date_month_end(end, -6), 3), 3);
    add(&p, key("entries", "all", "", end, 3), 10);
    add(&p, third, 8);
    ck_assert(publication_add_earlier(&p, &first, 9, true, &err));
    ck_assert(publication_add_earlier(&p, &third, 8, true, &err));
    seal(&p);
    ck_assert_int_eq(state(&p, key("entries", "all", "", end, 3)), PUBLICATION_HIDDEN);
    ck_assert_int_eq(state(&p, third), PUBLICATION_SHOWN);
    publication_free(&p);

    /* a number that was corrected since is a new one; one that was hidden stays hidden */
    p = (struct publication){.rule = {.k = 5}};
    add(&p, first, 9);
    add(&p, third, 8);
    ck_assert(publication_add_earlier(&p, &first, 10, true, &err));
    ck_assert(publication_add_earlier(&p, &third, 8, false, &err));
    seal(&p);
    ck_assert_int_eq(state(&p, first), PUBLICATION_SHOWN);
    ck_assert_int_eq(state(&p, third), PUBLICATION_HIDDEN);
    publication_free(&p);
}
END_TEST

/* Years of a random authority: no small number is shown, what is shown is true, and the attacker fails; with
 * the small cells alone hidden he does not. */
START_TEST(years_of_an_authority)
{
    struct history history;
    struct counts counts;
    struct err err = {0};
    struct publication p = {.rule = {.k = 5, .hide_zero = _i % 2 == 0}};
    build_random(&history, (uint64_t)_i, 40 * _i, 2018, 2022, 3);
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    for (int32_t year = 2017; year <= 2022; year++)
        ck_assert(publication_add_counts(&p, &history, &counts, date_year_end(year), 12,
                                         PUBLICATION_ALL_KINDS, &err));
    /* hand: kinds all 1, placement 11, age 5, legal 7, need 9, localities 3, uasc 1 = 37; stock six times;
     * entries 37, exits 37 + 8, moves 17, readmissions 1 in five years */
    ck_assert_uint_eq(p.n_keys, 37 * 6 + 5 * (37 + 45 + 17 + 1));
    seal(&p);
    ck_assert_int_gt(p.hidden.primary, 0);
    ck_assert_int_gt(p.hidden.secondary, 0);
    ck_assert_int_eq(p.hidden.exposed, 0);
    for (size_t i = 0; i < p.n_keys; i++) {
        int64_t value = 0;
        const bool shown = publication_find(&p, &p.keys[i], &value) == PUBLICATION_SHOWN;
        ck_assert(!shown || value > 5 || (value == 0 && !p.rule.hide_zero));
        ck_assert(!shown || value == p.tables.cells[i].value);
    }
    struct disclosure_attack_result attack;
    for (size_t c = 0; c < p.tables.n_cells; c++) {
        struct disclosure_cell *cell = &p.tables.cells[c];
        cell->is_hidden = cell->is_primary || cell->kind == DISCLOSURE_UNPUBLISHED;
    }
    ck_assert(disclosure_attack(&p.tables, &p.rule, &attack, &err));
    ck_assert_int_gt(attack.narrowed, 0);
    publication_free(&p);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

Suite *suite_publication(void)
{
    Suite *suite = suite_create("publication");
    TCase *tcase = tcase_create("publication");
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, groups_of_a_kind_add_up);
    tcase_add_test(tcase, localities_have_two_names_and_one_cell);
    tcase_add_test(tcase, quarters_make_a_year);
    tcase_add_test(tcase, differences_over_time);
    tcase_add_test(tcase, a_subset_leaves_a_remainder);
    tcase_add_test(tcase, counts_of_a_card_are_counts_of_tables);
    tcase_add_test(tcase, earlier_publications_count);
    tcase_add_loop_test(tcase, years_of_an_authority, 2, 7);
    suite_add_tcase(suite, tcase);
    return suite;
}
