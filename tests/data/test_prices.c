/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/prices.h"

#include <check.h>
#include <string.h>

Suite *suite_prices(void);

static const day april_2024 = 19814; /* R: as.integer(as.Date("2024-04-01")) */

static struct price_book made_defaults(void)
{
    struct price_book book;
    struct err err;
    ck_assert(price_book_defaults(&book, &err));
    return book;
}

START_TEST(every_group_has_a_default)
{
    struct price_book book = made_defaults();
    ck_assert_uint_eq(book.n_lines, PLACEMENT_COUNT);
    for (int i = 0; i < PLACEMENT_COUNT; i++) {
        const enum placement_group group = (enum placement_group)i;
        const pence weekly = price_book_weekly(&book, group, "", april_2024);
        const struct price_range range = price_default_range(group);
        ck_assert(price_book_is_default(&book, group));
        ck_assert_int_le(range.low, weekly);
        ck_assert_int_ge(range.high, weekly);
        ck_assert_uint_gt(strlen(book.lines[i].source), 10);
    }
    /* the planning defaults of the table, as pence */
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_IFA, "", april_2024), 98000);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_RES_EXTERNAL, NULL, april_2024 + 364), 680000);
    price_book_free(&book);
}
END_TEST

START_TEST(uplift_is_rounded_to_the_penny_each_april)
{
    struct price_book book = {0};
    struct err err;
    const struct price_line line = {.group = PLACEMENT_FOSTER_IFA,
                                    .provider = "",
                                    .from = april_2024,
                                    .weekly = 117025,
                                    .annual_uplift_pct = 3.5,
                                    .source = "contract"};
    ck_assert(price_book_add(&book, &line, &err));
    /* hand: 117025 x 1.035 = 121120.875 -> 121121; x 1.035 = 125360.235 -> 125360; x 1.035 = 129747.6 ->
     * 129748 (compounding without rounding would give 129747.50 -> 129747 or 129748) */
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_IFA, "", april_2024 + 364), 117025);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_IFA, "", april_2024 + 365), 121121);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_IFA, "", date_from_civil(2026, 4, 1)), 125360);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_IFA, "", date_from_civil(2028, 3, 31)),
                     129748);
    ck_assert(!price_book_is_default(&book, PLACEMENT_FOSTER_IFA));
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_SECURE, "", april_2024), 0);
    price_book_free(&book);
}
END_TEST

START_TEST(uplift_counts_aprils_not_years)
{
    struct price_book book = {0};
    struct err err;
    const struct price_line line = {.group = PLACEMENT_SUPPORTED,
                                    .provider = "",
                                    .from = date_from_civil(2024, 1, 15),
                                    .weekly = 100000,
                                    .annual_uplift_pct = 10,
                                    .source = ""};
    ck_assert(price_book_add(&book, &line, &err));
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_SUPPORTED, "", date_from_civil(2024, 3, 31)), 100000);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_SUPPORTED, "", date_from_civil(2024, 4, 1)), 110000);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_SUPPORTED, "", date_from_civil(2025, 4, 1)), 121000);
    price_book_free(&book);
}
END_TEST

START_TEST(built_in_prices_go_back_to_2012)
{
    struct price_book book = made_defaults();
    /* hand: 2012-13 is twelve 1 Aprils before 2024-25: 98000 / 1.025^12 = 98000 / 1.344888824 = 72868.45;
     * 62000 / 1.344888824 = 46100.46; 680000 / 1.045^12 = 680000 / 1.695881433 = 400971.40 */
    const day then = date_from_civil(2012, 8, 1);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_IFA, "", then), 72868);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "", then), 46100);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_RES_EXTERNAL, "", then), 400971);
    price_book_free(&book);
}
END_TEST

START_TEST(an_imported_line_replaces_its_own_kind_only)
{
    struct price_book book = made_defaults();
    struct err err;
    char provider[] = "PR2";
    struct price_line line = {.group = PLACEMENT_FOSTER_INHOUSE,
                              .provider = provider,
                              .from = date_from_civil(2025, 4, 1),
                              .weekly = 70000,
                              .source = "recharge"};
    ck_assert(price_book_add(&book, &line, &err));
    provider[0] = '?'; /* texts are copied */
    const day before = date_from_civil(2024, 6, 1);
    const day after = date_from_civil(2025, 6, 1);
    /* the provider's line counts from its day; others keep the default: 62000 x 1.04 = 64480 */
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "PR2", after), 70000);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "pr2", after), 70000);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "PR2", before), 62000);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "PR1", after), 64480);
    ck_assert(price_book_is_default(&book, PLACEMENT_FOSTER_INHOUSE));
    /* a home's own line from its day, else its kind's */
    line.provider = "SC012345";
    line.weekly = 71000;
    line.from = date_from_civil(2025, 5, 1);
    ck_assert(price_book_add(&book, &line, &err));
    ck_assert_int_eq(price_book_weekly_home(&book, PLACEMENT_FOSTER_INHOUSE, "PR2", "SC012345", after),
                     71000);
    ck_assert_int_eq(price_book_weekly_home(&book, PLACEMENT_FOSTER_INHOUSE, "PR2", "SC012345",
                                            date_from_civil(2025, 4, 30)),
                     70000);
    ck_assert_int_eq(price_book_weekly_home(&book, PLACEMENT_FOSTER_INHOUSE, "PR2", "SC000000", after),
                     70000);
    ck_assert_int_eq(price_book_weekly_home(&book, PLACEMENT_FOSTER_INHOUSE, "", "", after), 64480);
    ck_assert(price_book_names(&book, PLACEMENT_FOSTER_INHOUSE, "sc012345"));
    ck_assert(!price_book_names(&book, PLACEMENT_FOSTER_IFA, "SC012345"));
    ck_assert(!price_book_names(&book, PLACEMENT_FOSTER_INHOUSE, ""));
    line.from = date_from_civil(2025, 4, 1);
    line.provider = "";
    line.weekly = 65000;
    ck_assert(price_book_add(&book, &line, &err));
    ck_assert(!price_book_is_default(&book, PLACEMENT_FOSTER_INHOUSE));
    ck_assert(price_book_is_default(&book, PLACEMENT_FOSTER_IFA));
    /* an own book's earliest price is carried back unchanged */
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "", before), 65000);
    /* the same day again: the later word counts; a later line takes over on its day */
    line.weekly = 66000;
    ck_assert(price_book_add(&book, &line, &err));
    line.from = date_from_civil(2026, 4, 1);
    line.weekly = 68000;
    ck_assert(price_book_add(&book, &line, &err));
    ck_assert_uint_eq(book.n_lines, PLACEMENT_COUNT + 3); /* the home's, and two for any but the default */
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "", after), 66000);
    ck_assert_int_eq(price_book_weekly(&book, PLACEMENT_FOSTER_INHOUSE, "", date_from_civil(2026, 4, 1)),
                     68000);
    price_book_free(&book);
}
END_TEST

/* A year's pounds for children by group. */
static double yearly_pounds(const struct price_book *book, const double children[PLACEMENT_COUNT], day date)
{
    double pounds = 0;
    for (int i = 0; i < PLACEMENT_COUNT; i++)
        pounds +=
            children[i] * 365 / 7 * (double)price_book_weekly(book, (enum placement_group)i, "", date) / 100;
    return pounds;
}

START_TEST(later_prices_are_not_known)
{
    struct err err = {0};
    struct price_book book = {0}, known;
    const enum placement_group ifa = PLACEMENT_FOSTER_IFA;
    static const struct {
        const char *provider;
        int32_t year;
        pence weekly;
    } lines[] = {{"", 2020, 90000}, {"", 2022, 95000}, {"", 2024, 110000}, {"PR4", 2023, 99000}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const struct price_line line = {.group = ifa,
                                        .provider = lines[i].provider,
                                        .from = date_from_civil(lines[i].year, 4, 1),
                                        .weekly = lines[i].weekly,
                                        .annual_uplift_pct = 10,
                                        .source = "test"};
        ck_assert(price_book_add(&book, &line, &err));
    }
    const day origin = date_from_civil(2022, 4, 1);
    ck_assert(price_book_as_known(&book, origin, &known, &err));
    ck_assert_uint_eq(known.n_lines, 3); /* of 2020 and 2022; of PR4 the first */
    /* hand: 950.00 from 2022, 10 % each April, where the book by now has 1,100.00 from 2024 */
    ck_assert_int_eq(price_book_weekly(&known, ifa, "", date_from_civil(2024, 4, 1)), 114950);
    ck_assert_int_eq(price_book_weekly(&book, ifa, "", date_from_civil(2024, 4, 1)), 110000);
    ck_assert_int_eq(price_book_weekly(&known, ifa, "", origin - 1), 99000); /* 900.00 and one April */
    price_book_free(&known);
    ck_assert(price_book_as_known(&book, date_from_civil(2010, 1, 1), &known, &err));
    ck_assert_uint_eq(known.n_lines, 2); /* the first of each is carried back */
    ck_assert_int_eq(price_book_weekly(&known, ifa, "", date_from_civil(2010, 1, 1)), 90000);
    price_book_free(&known);
    price_book_free(&book);
}
END_TEST

START_TEST(the_book_gives_sane_totals)
{
    struct price_book book = made_defaults();
    /* Leeds, 31 March 2012: 1,068 foster, 134 homes, 132 parents, 64 adoption; the split of fostering and
     * homes is an assumption (a fifth kin, half own; a third of homes own). 50 to 65 million a year. */
    const double leeds[PLACEMENT_COUNT] = {
        [PLACEMENT_FOSTER_KIN] = 214, [PLACEMENT_FOSTER_INHOUSE] = 534, [PLACEMENT_FOSTER_IFA] = 320,
        [PLACEMENT_RES_INHOUSE] = 45, [PLACEMENT_RES_EXTERNAL] = 89,    [PLACEMENT_PARENTS] = 132,
        [PLACEMENT_ADOPTION] = 64,
    };
    const double millions = yearly_pounds(&book, leeds, date_from_civil(2012, 6, 1)) / 1e6;
    ck_assert_msg(millions > 50 && millions < 65, "Leeds 2012 costs %.1f million", millions);
    /* England, 31 March 2022, per cent: foster 70 (kin 15, own 36, agency 19), homes and secure 9, semi-
     * independent 9, parents 7, adoption 3, others 2; at 2024-25 prices 1,250 to 1,500 a child-week */
    const double england[PLACEMENT_COUNT] = {
        [PLACEMENT_FOSTER_KIN] = 15,   [PLACEMENT_FOSTER_INHOUSE] = 36, [PLACEMENT_FOSTER_IFA] = 19,
        [PLACEMENT_RES_INHOUSE] = 1.8, [PLACEMENT_RES_EXTERNAL] = 7,    [PLACEMENT_SECURE] = .2,
        [PLACEMENT_SUPPORTED] = 9,     [PLACEMENT_PARENTS] = 7,         [PLACEMENT_ADOPTION] = 3,
        [PLACEMENT_RES_OTHER] = 1.5,   [PLACEMENT_OTHER] = .5,
    };
    const double weekly = yearly_pounds(&book, england, april_2024) / 100 / 365 * 7;
    ck_assert_msg(weekly > 1250 && weekly < 1500, "England 2022 costs %.0f a child-week", weekly);
    price_book_free(&book);
}
END_TEST

/* A sink that keeps the last finding. */
struct kept_finding {
    struct findings base;
    struct finding last;
    int n;
};

static bool keep(struct findings *self, const struct finding *finding, struct err *err)
{
    (void)err;
    struct kept_finding *sink = (struct kept_finding *)self;
    sink->last = *finding;
    sink->n++;
    return true;
}

START_TEST(rows_of_a_prices_file)
{
    struct arena arena = {0};
    struct kept_finding sink = {.base = {keep}};
    struct price_line line;
    struct err err;
    bool usable = false;
    const struct price_fields good = {str_of("foster_ifa"), str_of(" pr4 "), str_of("01/04/2025"),
                                      str_of("£1,015.50"),  str_of(""),      str_of("framework")};
    ck_assert(price_line_parse(&good, 3, 2, &arena, &line, &usable, &sink.base, &err));
    ck_assert(usable);
    ck_assert_int_eq(line.group, PLACEMENT_FOSTER_IFA);
    ck_assert_str_eq(line.provider, "PR4");
    ck_assert_int_eq(line.from, april_2024 + 365);
    ck_assert_int_eq(line.weekly, 101550);
    ck_assert_double_eq(line.annual_uplift_pct, 0);
    ck_assert_int_eq(sink.n, 0);
    static const struct {
        const char *placement, *from, *weekly, *uplift, *column;
    } bad[] = {
        {"foster_if", "2025-04-01", "10", "", "placement"},
        {"foster_ifa", "2025-02-30", "10", "", "from"},
        {"foster_ifa", "30/02/2025", "10", "", "from"},
        {"foster_ifa", "2025-04-01", "ten", "", "weekly_gbp"},
        {"foster_ifa", "2025-04-01", "-10", "", "weekly_gbp"},
        {"foster_ifa", "2025-04-01", "", "", "weekly_gbp"},
        {"foster_ifa", "2025-04-01", "10", "4%", "annual_uplift_pct"},
        {"foster_ifa", "2025-04-01", "10", "-60", "annual_uplift_pct"},
    };
    for (int i = 0; i < (int)(sizeof bad / sizeof bad[0]); i++) {
        const struct price_fields fields = {str_of(bad[i].placement), str_of(""),
                                            str_of(bad[i].from),      str_of(bad[i].weekly),
                                            str_of(bad[i].uplift),    str_of("")};
        ck_assert(price_line_parse(&fields, 3, 2 + i, &arena, &line, &usable, &sink.base, &err));
        ck_assert(!usable);
        ck_assert_int_eq(sink.n, i + 1);
        ck_assert_int_eq(sink.last.rule, RULE_I_01);
        ck_assert_int_eq(sink.last.outcome, OUTCOME_REFUSED);
        ck_assert_int_eq(sink.last.line, 2 + i);
        ck_assert_str_eq(sink.last.column, bad[i].column);
    }
    arena_free(&arena);
}
END_TEST

Suite *suite_prices(void)
{
    Suite *suite = suite_create("prices");
    TCase *tcase = tcase_create("prices");
    tcase_add_test(tcase, every_group_has_a_default);
    tcase_add_test(tcase, uplift_is_rounded_to_the_penny_each_april);
    tcase_add_test(tcase, uplift_counts_aprils_not_years);
    tcase_add_test(tcase, built_in_prices_go_back_to_2012);
    tcase_add_test(tcase, an_imported_line_replaces_its_own_kind_only);
    tcase_add_test(tcase, later_prices_are_not_known);
    tcase_add_test(tcase, the_book_gives_sane_totals);
    tcase_add_test(tcase, rows_of_a_prices_file);
    suite_add_tcase(suite, tcase);
    return suite;
}
