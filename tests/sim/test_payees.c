/* SPDX-License-Identifier: GPL-3.0-or-later
 * Four children in agency fostering for the whole year: two with agency SC1 (private), one private of no
 * known agency, one with agency SC2 (voluntary). All numbers by hand. */
#include "sim/payees.h"

#include <check.h>

#include "data/codes.h"
#include "sim/cost.h"
#include "tests/build_history.h"

Suite *suite_payees(void);

struct case_of {
    struct history history;
    struct price_book book;
    struct model_input input;
    struct scenario scenario;
};

static void add_child(struct history *history, uint8_t provider, const char *urn)
{
    build_child(history, on(2010, 1, 1));
    build_spell(history, on(2020, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    build_last(history)->provider = provider;
    ck_assert(str_copy(str_of(urn), build_last(history)->urn, URN_TEXT));
}

static void add_price(struct price_book *book, const char *provider, pence weekly)
{
    struct err err = {0};
    const struct price_line line = {.group = PLACEMENT_FOSTER_IFA,
                                    .provider = provider,
                                    .from = on(2020, 4, 1),
                                    .weekly = weekly,
                                    .source = "contract"};
    ck_assert(price_book_add(book, &line, &err));
}

static void open_case(struct case_of *c)
{
    *c = (struct case_of){0};
    build_init(&c->history, 2020, 2022);
    add_child(&c->history, 4, "SC1");
    add_child(&c->history, 4, "SC1");
    add_child(&c->history, 4, "");
    add_child(&c->history, 5, "SC2");
    add_price(&c->book, "", 100000);
    c->input = (struct model_input){.history = &c->history, .origin = on(2022, 3, 31), .months = 12};
}

static void close_case(struct case_of *c)
{
    price_book_free(&c->book);
    build_free(&c->history);
}

static double weekly(const struct case_of *c, day date)
{
    struct err err = {0};
    struct payees payees;
    ck_assert(payees_make(&c->input, &c->book, &c->scenario, &payees, &err));
    const double price = payees_weekly(&payees, &c->book, &c->scenario, PLACEMENT_FOSTER_IFA, date);
    payees_free(&payees);
    return price;
}

static double share(const struct case_of *c, const char *provider)
{
    struct err err = {0};
    struct payees payees;
    ck_assert(payees_make(&c->input, &c->book, &c->scenario, &payees, &err));
    const double found = payees_cost_share(&payees, &c->book, &c->scenario, PLACEMENT_FOSTER_IFA, provider,
                                           c->input.origin + 1);
    payees_free(&payees);
    return found;
}

START_TEST(a_homes_own_price_counts_for_its_nights)
{
    struct case_of c;
    const day then = on(2022, 5, 1);
    open_case(&c);
    ck_assert_double_eq(weekly(&c, then), 100000); /* all alike: not a rounding away from it */
    ck_assert_double_eq(share(&c, "PR4"), .75);
    add_price(&c.book, "PR4", 90000);
    ck_assert_double_eq_tol(weekly(&c, then), (3 * 90000 + 100000) / 4.0, 1e-6);
    add_price(&c.book, "SC1", 80000); /* the home's own before its kind's */
    ck_assert_double_eq_tol(weekly(&c, then), (2 * 80000 + 90000 + 100000) / 4.0, 1e-6);
    ck_assert_double_eq_tol(share(&c, "SC1"), 1600.0 / 3500, 1e-12);
    ck_assert_double_eq_tol(share(&c, "PR4"), 2500.0 / 3500, 1e-12); /* those named and those not */
    ck_assert_double_eq_tol(share(&c, "PR5"), 1000.0 / 3500, 1e-12);
    ck_assert_double_eq(share(&c, NULL), 1);
    ck_assert_double_eq(share(&c, "SC9"), 0);
    close_case(&c);
}
END_TEST

START_TEST(a_scenarios_line_concerns_its_payee_alone)
{
    struct case_of c;
    open_case(&c);
    add_price(&c.book, "SC1", 80000);
    /* SC1 asks 120000 from May; all rise by 10 % on 1 August, and SC2 by 20 % more on the same day */
    struct scenario_price lines[] = {
        {.group = PLACEMENT_FOSTER_IFA, .provider = "sc1", .from = on(2022, 5, 1), .weekly = 120000},
        {.group = PLACEMENT_FOSTER_IFA, .from = on(2022, 8, 1), .uplift_pct = 10},
        {.group = PLACEMENT_FOSTER_IFA, .provider = "SC2", .from = on(2022, 8, 1), .uplift_pct = 20}};
    c.scenario.prices = lines;
    c.scenario.n_prices = 3;
    ck_assert_double_eq_tol(weekly(&c, on(2022, 4, 30)), (2 * 80000 + 2 * 100000) / 4.0, 1e-6);
    ck_assert_double_eq_tol(weekly(&c, on(2022, 5, 1)), (2 * 120000 + 2 * 100000) / 4.0, 1e-6);
    ck_assert_double_eq_tol(weekly(&c, on(2022, 8, 1)), (2 * 132000 + 110000 + 132000) / 4.0, 1e-6);
    /* a price that is the payee's own already changes nothing, whatever others take */
    lines[0].weekly = 80000;
    c.scenario.n_prices = 1;
    ck_assert_double_eq_tol(weekly(&c, on(2022, 6, 1)), (2 * 80000 + 2 * 100000) / 4.0, 1e-6);
    close_case(&c);
}
END_TEST

START_TEST(a_lever_takes_its_share_of_the_cost)
{
    /* 10 % off SC1's 800 from tomorrow: (2 x 720 + 3 x 1000 - 1000) / 4 = 860 of 900 */
    struct case_of c;
    struct err err = {0};
    struct log log;
    struct cost_plan plan;
    enum { MONTHS = 12, NIGHTS = 7 };
    int32_t week[MONTHS] = {NIGHTS};
    const int32_t *nights[PLACEMENT_COUNT] = {[PLACEMENT_FOSTER_IFA] = week};
    pence cost[PLACEMENT_COUNT * MONTHS];
    struct lever lever = {.id = "terms",
                          .kind = LEVER_PRICE,
                          .low = -.1,
                          .likely = -.1,
                          .high = -.1,
                          .start = on(2022, 4, 1),
                          .reach = 1,
                          .source = "test.yaml:3",
                          .where = {.placements = UINT32_MAX, .provider = "SC1"}};
    open_case(&c);
    log_init(&log, stderr, true);
    add_price(&c.book, "SC1", 80000);
    c.scenario.name = "terms";
    c.scenario.stance = STANCE_LIKELY;
    c.scenario.levers = &lever;
    c.scenario.n_levers = 1;
    ck_assert(params_init(&c.scenario.params, NULL, 0, &err));
    ck_assert(params_set(&c.scenario.params, str_of("price_uplift_sd_pct"), 0, PARAM_SET, "", &err));
    ck_assert_msg(cost_plan_make(&c.input, &c.scenario, &c.book, &log, &plan, &err), "%s", err.message);
    ck_assert_uint_eq(plan.n_levers, 1);
    ck_assert_double_eq_tol(plan.levers[0].share[PLACEMENT_FOSTER_IFA], 1600.0 / 3600, 1e-12);
    ck_assert(cost_replicate(&plan, 0, NULL, nights, cost));
    ck_assert_int_eq(cost[PLACEMENT_FOSTER_IFA * MONTHS], 86000);
    cost_plan_free(&plan);
    params_free(&c.scenario.params);
    close_case(&c);
}
END_TEST

START_TEST(who_is_known)
{
    struct case_of c;
    struct err err = {0};
    struct payees payees;
    struct scenario_price lines[] = {
        {.group = PLACEMENT_FOSTER_IFA, .provider = "SC2", .from = on(2022, 5, 1), .uplift_pct = 1},
        {.group = PLACEMENT_FOSTER_IFA, .provider = "Sunny Homes", .from = on(2022, 5, 1), .uplift_pct = 1}};
    open_case(&c);
    c.scenario.prices = lines;
    c.scenario.n_prices = 2;
    ck_assert(payees_make(&c.input, &c.book, &c.scenario, &payees, &err));
    ck_assert(payees_know(&payees, "SC2"));
    ck_assert(payees_know(&payees, "PR0"));
    ck_assert(payees_know(&payees, NULL));
    ck_assert(!payees_know(&payees, "Sunny Homes"));
    payees_free(&payees);
    /* without a history all prices are for any */
    c.input.history = NULL;
    ck_assert(payees_make(&c.input, &c.book, &c.scenario, &payees, &err));
    ck_assert_uint_eq(payees.n, 0);
    ck_assert_double_eq(payees_weekly(&payees, &c.book, &c.scenario, PLACEMENT_FOSTER_IFA, on(2022, 6, 1)),
                        100000);
    payees_free(&payees);
    close_case(&c);
}
END_TEST

Suite *suite_payees(void)
{
    Suite *suite = suite_create("payees");
    TCase *tcase = tcase_create("payees");
    tcase_add_test(tcase, a_homes_own_price_counts_for_its_nights);
    tcase_add_test(tcase, a_scenarios_line_concerns_its_payee_alone);
    tcase_add_test(tcase, a_lever_takes_its_share_of_the_cost);
    tcase_add_test(tcase, who_is_known);
    suite_add_tcase(suite, tcase);
    return suite;
}
