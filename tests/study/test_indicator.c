/* SPDX-License-Identifier: GPL-3.0-or-later
 * Directions, statuses, the measures file and words. */
#include "study/indicator.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/counts.h"
#include "data/measures_file.h"
#include "study/card_table.h"
#include "study/indicator_parts.h"
#include "tests/build_history.h"

Suite *suite_indicator(void);

static void is_near(double has, double must)
{
    ck_assert_msg(fabs(has - must) <= 1e-8, "%.12g, not %.12g", has, must);
}

/* ---- directions -------------------------------------------------------------------------------------- */

static struct indicator made(enum indicator_kind kind, double before, double of_before, double now,
                             double of_now)
{
    struct indicator out = {.kind = kind,
                            .name = "made",
                            .unit = "",
                            .polarity = INDICATOR_DOWN,
                            .period = INDICATOR_WINDOW,
                            .target = NAN,
                            .scale = kind == INDICATOR_SHARE ? 100 : 1,
                            .n_known = 12,
                            .why = ""};
    out.previous = (struct indicator_figure){.numerator = before,
                                             .denominator = of_before,
                                             .value = of_before > 0 ? 100 * before / of_before : before,
                                             .first = on(2021, 4, 1),
                                             .last = on(2021, 6, 30)};
    out.now = (struct indicator_figure){.numerator = now,
                                        .denominator = of_now,
                                        .value = of_now > 0 ? 100 * now / of_now : now,
                                        .first = on(2022, 4, 1),
                                        .last = on(2022, 6, 30)};
    return out;
}

START_TEST(counts_against_the_year_before)
{
    /* R 4.2: binom.test(104, 196, .5)$p.value: +13 % and yet no clear change */
    struct indicator entries = made(INDICATOR_COUNT, 92, 0, 104, 0);
    indicator_compare(&entries, 1);
    is_near(entries.p, .432111234254);
    ck_assert_int_eq(entries.direction, INDICATOR_NO_CLEAR_CHANGE);
    is_near(entries.change, 12);
    ck_assert_int_eq(indicator_is_better(&entries), 0);
    /* R 4.2: binom.test(104, 177, .5)$p.value */
    struct indicator rising = made(INDICATOR_COUNT, 73, 0, 104, 0);
    indicator_compare(&rising, 1);
    is_near(rising.p, .0238637959438);
    ck_assert_int_eq(rising.direction, INDICATOR_RISING);
    ck_assert_int_eq(indicator_is_better(&rising), -1);
    /* R 4.2: 2 * pnorm(-abs(log(104 / 73)) / sqrt(1.9 * (1/104 + 1/73))): siblings come together */
    indicator_compare(&rising, 1.9);
    is_near(rising.p, .0926380665582);
    ck_assert_int_eq(rising.direction, INDICATOR_PROBABLY_RISING);
    struct indicator unknown = made(INDICATOR_COUNT, 73, 0, 104, 0);
    unknown.previous.state = INDICATOR_NOT_OBSERVED;
    indicator_compare(&unknown, 1);
    ck_assert_int_eq(unknown.direction, INDICATOR_NOT_TESTED);
    ck_assert(isnan(unknown.p) && isnan(unknown.change));
}
END_TEST

START_TEST(shares_and_stocks)
{
    /* R 4.2: prop.test(c(60, 78), c(118, 120), correct = FALSE)$p.value */
    struct indicator share = made(INDICATOR_SHARE, 60, 118, 78, 120);
    share.polarity = INDICATOR_UP;
    indicator_compare(&share, 1);
    is_near(share.p, .0269913415797);
    ck_assert_int_eq(share.direction, INDICATOR_RISING);
    ck_assert_int_eq(indicator_is_better(&share), 1);
    /* 1,200 to 1,170 with 450 who came and 480 who left: R 4.2: binom.test(450, 930, .5)$p.value; the numbers
     * alone, taken for independent, would say the same however many moved */
    struct indicator stock = made(INDICATOR_STOCK, 1200, 0, 1170, 0);
    indicator_compare_stock(&stock, 930, 1);
    is_near(stock.p, .341635248998);
    ck_assert_int_eq(stock.direction, INDICATOR_NO_CLEAR_CHANGE);
    indicator_compare_stock(&stock, 100, 1); /* binom.test(35, 100, .5)$p.value */
    is_near(stock.p, .00351764172297);
    ck_assert_int_eq(stock.direction, INDICATOR_FALLING);
    ck_assert_int_eq(indicator_is_better(&stock), 1);
    stock.is_guarded = true; /* more come back: the fall is not called good */
    ck_assert_int_eq(indicator_is_better(&stock), 0);
    struct indicator nights = made(INDICATOR_TOTAL, 1000, 0, 2000, 0);
    indicator_compare(&nights, 1);
    ck_assert_int_eq(nights.direction, INDICATOR_NOT_TESTED);
    is_near(nights.change, 1000);
}
END_TEST

START_TEST(trends_of_flows)
{
    /* R 4.2: cor.test(1:8, v, method = "kendall", exact = TRUE); slope 7 is the median of all pairs' */
    static const double values[] = {371, 378, 389, 384, 402, 410, 405, 421};
    struct indicator flow = made(INDICATOR_COUNT, 405, 0, 421, 0);
    struct err err = {0};
    for (size_t i = 0; i < INDICATOR_SPARK; i++)
        flow.spark[i] = i < 4 ? (double)NAN : values[i - 4];
    ck_assert(indicator_find_trend(&flow, &err));
    is_near(flow.trend_p, .00173611111111);
    is_near(flow.trend_slope, 7);
    flow.period = INDICATOR_YEAR; /* twelve months that overlap */
    ck_assert(indicator_find_trend(&flow, &err));
    ck_assert(isnan(flow.trend_p) && isnan(flow.trend_slope));
    flow.period = INDICATOR_WINDOW;
    flow.spark[5] = NAN; /* six in a row */
    ck_assert(indicator_find_trend(&flow, &err));
    ck_assert(isnan(flow.trend_p));
}
END_TEST

START_TEST(measures_are_described)
{
    struct indicator measure;
    size_t n = 0;
    for (; indicator_described(n, &measure); n++) {
        struct indicator other;
        ck_assert(measure.name[0] != '\0' && measure.title[0] != '\0' && measure.definition[0] != '\0');
        for (size_t i = 0; i < n; i++) /* a name is one measure's */
            ck_assert(indicator_described(i, &other) && strcmp(other.name, measure.name) != 0);
    }
    ck_assert_uint_eq(n, 43);
}
END_TEST

/* ---- statuses ---------------------------------------------------------------------------------------- */

static enum indicator_status judged(struct indicator *indicator, double target, double dispersion)
{
    indicator->target = target;
    indicator_judge(indicator, dispersion, &indicator_rule_default);
    return indicator->status;
}

START_TEST(a_target_is_met_by_chance_only)
{
    /* R 4.2: pgamma(T, 18.5): 18 seen; .6616 at 20, .8936 at 24, .1431 at 14 */
    struct indicator count = made(INDICATOR_COUNT, 20, 0, 18, 0);
    ck_assert_int_eq(judged(&count, 20, 1), INDICATOR_AT_RISK);
    is_near(count.chance, .661598011546);
    ck_assert_int_eq(judged(&count, 24, 1), INDICATOR_ON_COURSE);
    ck_assert_int_eq(judged(&count, 14, 1), INDICATOR_OFF_COURSE);
    count.polarity = INDICATOR_UP;
    ck_assert_int_eq(judged(&count, 14, 1), INDICATOR_ON_COURSE);
    /* R 4.2: pbeta(.7, 78.5, 42.5): 65 % seen, 70 % wanted */
    struct indicator share = made(INDICATOR_SHARE, 60, 118, 78, 120);
    share.polarity = INDICATOR_UP;
    ck_assert_int_eq(judged(&share, 70, 1), INDICATOR_OFF_COURSE);
    is_near(share.chance, 1 - .883052065239);
    ck_assert_int_eq(judged(&share, 60, 1), INDICATOR_ON_COURSE);
    /* what is counted is known */
    struct indicator stock = made(INDICATOR_STOCK, 1200, 0, 1170, 0);
    ck_assert_int_eq(judged(&stock, 1170, 1), INDICATOR_ON_COURSE);
    ck_assert_int_eq(judged(&stock, 1169, 1), INDICATOR_OFF_COURSE);
    stock.polarity = INDICATOR_NEITHER;
    ck_assert_int_eq(judged(&stock, 1169, 1), INDICATOR_NO_STATUS);
    ck_assert_int_eq(judged(&share, NAN, 1), INDICATOR_NO_STATUS);
}
END_TEST

START_TEST(too_early_to_say)
{
    struct indicator few = made(INDICATOR_COUNT, 3, 0, 4, 0);
    ck_assert_int_eq(judged(&few, 4.5, 1), INDICATOR_TOO_EARLY);
    ck_assert_str_eq(few.why, "too few events are expected");
    ck_assert_int_ne(judged(&few, 5, 1), INDICATOR_TOO_EARLY);
    struct indicator cases = made(INDICATOR_SHARE, 3, 4, 3, 4);
    ck_assert_int_eq(judged(&cases, 50, 1), INDICATOR_TOO_EARLY);
    struct indicator early = made(INDICATOR_SHARE, 30, 40, 3, 40);
    early.n_known = 7;
    ck_assert_int_eq(judged(&early, 50, 1), INDICATOR_TOO_EARLY);
    early.period = INDICATOR_RETURN; /* nobody waits eight years */
    ck_assert_int_eq(judged(&early, 50, 1), INDICATOR_ON_COURSE);
}
END_TEST

/* ---- a history --------------------------------------------------------------------------------------- */

/* Children who leave a month after they came; in the last year those of every second month come back. */
static void build_leavers(struct history *history)
{
    build_init(history, 2020, 2023);
    for (int32_t i = 0; i < 20; i++) { /* who were here, and leave in the last year */
        build_child(history, on(2012, 5, 1));
        build_spell(history, on(2019, 6, 1), on(2022, 5 + i / 4, 10), ROUTE_HOME, PLACEMENT_FOSTER_IFA);
        if (i % 2 == 0)
            build_spell(history, on(2022, 7 + i / 4, 10), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    }
    for (int32_t i = 0; i < 60; i++) {
        build_child(history, on(2012, 5, 1));
        build_spell(history, on(2019, 6, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    }
}

START_TEST(a_fall_is_not_good_when_children_come_back)
{
    /* hand: 80 in March 2022, 60 + 10 of the 20 who left are back in March 2023: 70; 10 readmissions, none
     * the year before; the forecast says that the target is met */
    struct history history;
    struct counts counts;
    struct indicator_set set;
    struct err err = {0};
    build_leavers(&history);
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    const struct indicator_source source = {.history = &history, .counts = &counts};
    ck_assert(indicator_compute(&source, on(2023, 1, 1), on(2023, 3, 31), NULL, &indicator_rule_default,
                                false, &set, &err));
    const struct indicator *stock = indicator_find(&set, "stock");
    is_near(stock->now.value, 70);
    is_near(stock->previous.value, 80);
    ck_assert_int_eq(indicator_find(&set, "readmissions")->direction, INDICATOR_RISING);
    ck_assert(stock->is_guarded);
    indicator_set_chance(&set, "stock", 75, .9, &indicator_rule_default);
    ck_assert_int_eq(stock->status, INDICATOR_AT_RISK);
    ck_assert_str_eq(stock->why, "more children come back into care");
    indicator_set_chance(&set, "stock", 65, .2, &indicator_rule_default);
    ck_assert_int_eq(stock->status, INDICATOR_OFF_COURSE);
    ck_assert_ptr_null(indicator_find(&set, "reviews_in_time")); /* not asked for what is not known */
    is_near(stock->spark[INDICATOR_SPARK - 1], 70);
    is_near(stock->spark[INDICATOR_SPARK - 5], 80);
    ck_assert_int_eq(stock->n_known, 12);
    indicator_set_free(&set);
    counts_free(&counts);
    history_free(&history);
}
END_TEST

/* ---- the measures file ------------------------------------------------------------------------------- */

static struct measure_rows rows;

static void put(const char *measure, const char *locality, day start, day end, double numerator,
                double denominator, double value, double target, enum polarity polarity)
{
    struct err err = {0};
    const struct measure_row row = {.measure = measure,
                                    .locality = locality,
                                    .start = start,
                                    .end = end,
                                    .numerator = numerator,
                                    .denominator = denominator,
                                    .value = value,
                                    .target = target,
                                    .polarity = polarity};
    ck_assert(measure_rows_put(&rows, &row, &err));
}

/* Months of a year of a count and of a share, as a store gives them: by measure, place and time. */
static void put_year(int32_t year, int32_t months, double count, double share)
{
    for (int32_t i = 0; i < months; i++) {
        const day first = date_month_start(on(year, 4, 1), i);
        if (share < 0)
            put("Families_seen", "", first, date_month_end(first, 0), count + i, NAN, NAN, 12, POLARITY_UP);
        else
            put("in_time", "", first, date_month_end(first, 0), share, 10, NAN, .9, POLARITY_UP);
    }
}

static struct indicator_set set;

static void compute(const char *locality, day first, day last, bool all)
{
    struct err err = {0};
    const struct indicator_source source = {.measures = &rows};
    indicator_set_free(&set);
    ck_assert(indicator_compute(&source, first, last, locality, &indicator_rule_default, all, &set, &err));
}

static void no_rows(void)
{
    rows = (struct measure_rows){0};
    set = (struct indicator_set){0};
}

static void free_rows(void)
{
    measure_rows_free(&rows);
    indicator_set_free(&set);
}

START_TEST(months_make_a_quarter)
{
    /* counts 10, 11 .. from April 2021; 20, 21 .. from April 2022; shares 7 of 10 each, then 9 */
    put_year(2021, 12, 10, -1);
    put_year(2022, 8, 20, -1);
    put_year(2021, 12, 0, 7);
    put_year(2022, 8, 0, 9);
    compute(NULL, on(2022, 7, 1), on(2022, 9, 30), false);
    ck_assert_uint_eq(set.n, 2);
    const struct indicator *seen = indicator_find(&set, "Families_seen");
    ck_assert_str_eq(seen->title, "Families seen");
    is_near(seen->now.value, 23 + 24 + 25);
    is_near(seen->previous.value, 13 + 14 + 15);
    is_near(seen->target, 36); /* three months of 12 */
    ck_assert_int_eq(seen->polarity, INDICATOR_UP);
    ck_assert_int_eq(seen->question, INDICATOR_HOW_MUCH);
    ck_assert_str_eq(seen->when, "July to September 2022");
    /* R 4.2: binom.test(72, 114, .5)$p.value: the months vary less than Poisson counts do */
    is_near(seen->p, .0063516239199);
    const struct indicator *share = indicator_find(&set, "in_time");
    is_near(share->now.numerator, 27);
    is_near(share->now.denominator, 30);
    is_near(share->now.value, 90);
    is_near(share->target, 90); /* .9 without a value beside it is a fraction */
    ck_assert_str_eq(share->unit, "%");
    ck_assert_int_eq(share->question, INDICATOR_HOW_WELL);
    is_near(share->p, .104164736603); /* R 4.2: fisher.test(matrix(c(21, 9, 27, 3), 2))$p.value */
    ck_assert_int_eq(share->status, INDICATOR_TOO_EARLY); /* six quarters are known */
    /* the quarter from October lacks December: not given */
    compute(NULL, on(2022, 10, 1), on(2022, 12, 31), true);
    ck_assert_int_eq(indicator_find(&set, "in_time")->now.state, INDICATOR_NOT_GIVEN);
    is_near(indicator_find(&set, "in_time")->previous.value, 70);
    /* a month is a window too */
    compute(NULL, on(2022, 10, 1), on(2022, 10, 31), false);
    is_near(indicator_find(&set, "Families_seen")->now.value, 26);
}
END_TEST

START_TEST(levels_years_and_scales)
{
    put("caseload", "", on(2022, 4, 1), on(2022, 4, 30), NAN, NAN, 16.5, 15, POLARITY_DOWN);
    put("caseload", "", on(2022, 5, 1), on(2022, 5, 31), NAN, NAN, 17.5, NAN, POLARITY_DOWN);
    put("referrals", "", on(2021, 4, 1), on(2022, 3, 31), 520, 10000, 52, 50, POLARITY_DOWN);
    put("survey", "", on(2021, 4, 1), on(2022, 3, 31), 44, 80, 55, 60, POLARITY_UP);
    compute(NULL, on(2022, 4, 1), on(2022, 6, 30), true);
    const struct indicator *caseload = indicator_find(&set, "caseload");
    is_near(caseload->now.value, 17.5); /* the last level of the quarter */
    ck_assert_int_eq(caseload->kind, INDICATOR_TOTAL);
    is_near(caseload->target, 15);
    /* 520 of 10,000 said to be 52: per 1,000; a year is longer than a quarter: the last that ended */
    const struct indicator *referrals = indicator_find(&set, "referrals");
    is_near(referrals->now.value, 52);
    ck_assert_str_eq(referrals->unit, "per 1,000");
    ck_assert_int_eq(referrals->period, INDICATOR_RETURN);
    ck_assert_str_eq(referrals->when, "April 2021 to March 2022");
    is_near(indicator_find(&set, "survey")->target, 60);
    ck_assert_int_eq(indicator_find(&set, "survey")->status,
                     INDICATOR_OFF_COURSE); /* pbeta(.6, 44.5, 36.5) */
    /* R 4.2: 1 - pbeta(.6, 44.5, 36.5) */
    is_near(indicator_find(&set, "survey")->chance, .180345320933);
    compute(NULL, on(2023, 4, 1), on(2023, 6, 30), true); /* older than a year */
    ck_assert_int_eq(indicator_find(&set, "survey")->now.state, INDICATOR_NOT_GIVEN);
}
END_TEST

START_TEST(places_and_providers)
{
    static const char *const localities[] = {"East", "Team 7"};
    static const char *const providers[] = {"Acme Homes", "Oak Lodge"};
    struct err err = {0};
    const struct indicator_source source = {.measures = &rows};
    const char **names = NULL;
    size_t n = 0;
    put("families_seen", "", on(2022, 4, 1), on(2022, 6, 30), 50, NAN, NAN, NAN, POLARITY_UP);
    put("families_seen", "East", on(2022, 4, 1), on(2022, 6, 30), 20, NAN, NAN, NAN, POLARITY_UP);
    put("families_seen", "Team 7", on(2022, 4, 1), on(2022, 6, 30), 5, NAN, NAN, NAN, POLARITY_UP);
    put("provider:ofsted", "Oak Lodge", on(2022, 5, 4), on(2022, 5, 4), NAN, NAN, 2, NAN, POLARITY_DOWN);
    put("provider:ofsted", "Acme Homes", on(2022, 6, 4), on(2022, 6, 4), NAN, NAN, 3, NAN, POLARITY_DOWN);
    ck_assert(indicator_places(&source, false, &names, &n, &err));
    ck_assert_uint_eq(n, 2);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(names[i], localities[i]);
    free(names);
    ck_assert(indicator_places(&source, true, &names, &n, &err));
    ck_assert_uint_eq(n, 2);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(names[i], providers[i]);
    free(names);
    compute("team 7", on(2022, 4, 1), on(2022, 6, 30), false);
    ck_assert_uint_eq(set.n, 1);
    is_near(set.list[0].now.value, 5);
    ck_assert_str_eq(set.list[0].locality, "team 7");
    compute(NULL, on(2022, 4, 1), on(2022, 6, 30), false);
    ck_assert_uint_eq(set.n, 1); /* nothing of providers */
    is_near(set.list[0].now.value, 50);
    indicator_set_free(&set);
    ck_assert(indicator_compute_provider(&source, on(2022, 4, 1), on(2022, 6, 30), "Acme Homes",
                                         &indicator_rule_default, &set, &err));
    ck_assert_uint_eq(set.n, 1);
    ck_assert_str_eq(set.list[0].name, "ofsted");
    ck_assert_str_eq(set.list[0].title, "Ofsted");
    is_near(set.list[0].now.value, 3);
    ck_assert_int_eq(indicator_last_day(&source), on(2022, 6, 30));
}
END_TEST

START_TEST(targets_for_what_the_returns_hold)
{
    /* a row with the name of a computed measure: its target and polarity, not its number */
    struct history history;
    struct counts counts;
    struct err err = {0};
    build_leavers(&history);
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    const struct indicator_source source = {.history = &history, .counts = &counts, .measures = &rows};
    put("duration", "", on(2022, 4, 1), on(2023, 3, 31), NAN, NAN, 500, 400, POLARITY_DOWN);
    put("inhouse_fostering", "", on(2022, 4, 1), on(2023, 3, 31), NAN, NAN, NAN, .5, POLARITY_NONE);
    put("rate", "", on(2023, 1, 1), on(2023, 3, 31), NAN, NAN, 81, NAN, POLARITY_NONE);
    ck_assert(indicator_compute(&source, on(2023, 1, 1), on(2023, 3, 31), NULL, &indicator_rule_default, true,
                                &set, &err));
    const struct indicator *duration = indicator_find(&set, "duration");
    ck_assert(duration->computed);
    is_near(duration->now.denominator, 20);
    is_near(duration->target, 400);
    ck_assert_int_eq(duration->polarity, INDICATOR_DOWN);
    ck_assert_int_eq(duration->status, INDICATOR_TOO_EARLY); /* nobody left before: four windows are known */
    ck_assert_str_eq(duration->why, "the series is too short");
    is_near(indicator_find(&set, "inhouse_fostering")->target, 50);
    ck_assert_int_eq(indicator_find(&set, "inhouse_fostering")->status, INDICATOR_OFF_COURSE); /* 0 of 70 */
    /* the returns cannot tell a rate without a population: the file's stands */
    ck_assert(!indicator_find(&set, "rate")->computed);
    is_near(indicator_find(&set, "rate")->now.value, 81);
    counts_free(&counts);
    history_free(&history);
}
END_TEST

/* ---- words and rows ---------------------------------------------------------------------------------- */

static const char *formatted(const char *unit, int decimals, double value, bool sign)
{
    static char out[INDICATOR_TEXT];
    const struct indicator indicator = {.unit = unit, .decimals = decimals};
    indicator_format_value(&indicator, value, sign, out);
    return out;
}

START_TEST(values_in_words)
{
    char out[INDICATOR_TEXT];
    char when[INDICATOR_WHEN];
    ck_assert_str_eq(formatted("children", 0, 1183, false), "1,183");
    ck_assert_str_eq(formatted("children", 0, -12, true), "-12");
    ck_assert_str_eq(formatted("children", 0, 1234567, true), "+1,234,567");
    ck_assert_str_eq(formatted("children", 0, 0, true), "0");
    ck_assert_str_eq(formatted("%", 0, 67.6, false), "68%");
    ck_assert_str_eq(formatted("%", 0, 3.24, false), "3.2%");
    ck_assert_str_eq(formatted("%", 0, 0, false), "0%");
    ck_assert_str_eq(formatted("%", 0, -3.24, true), "-3.2 points");
    ck_assert_str_eq(formatted("days", 0, 1200.5, false), "1,200 days");
    ck_assert_str_eq(formatted("", 1, -.04, true), "0.0");
    ck_assert_str_eq(formatted("per 10,000", 1, 70.25, false), "70.2");
    ck_assert_str_eq(formatted("", 0, NAN, false), "");
    const struct indicator indicator = {.unit = "%"};
    const struct indicator_figure figure = {.state = INDICATOR_NOT_IN_RETURNS, .value = NAN};
    indicator_format(&indicator, &figure, out);
    ck_assert_str_eq(out, "not in the returns");
    indicator_say_when(INDICATOR_POINT, on(2026, 4, 1), on(2026, 6, 30), when);
    ck_assert_str_eq(when, "30 Jun 2026");
    indicator_say_when(INDICATOR_WINDOW, on(2026, 5, 1), on(2026, 5, 31), when);
    ck_assert_str_eq(when, "May 2026");
    indicator_say_when(INDICATOR_YEAR, on(2025, 7, 1), on(2026, 6, 30), when);
    ck_assert_str_eq(when, "12 months to Jun 2026");
    indicator_say_when(INDICATOR_RETURN, on(2025, 4, 1), on(2026, 3, 31), when);
    ck_assert_str_eq(when, "2025-26");
    ck_assert_str_eq(indicator_question_words(INDICATOR_BETTER_OFF), "Is anyone better off?");
    ck_assert_str_eq(indicator_question_name(INDICATOR_HOW_WELL), "how_well");
    ck_assert_str_eq(indicator_polarity_name(INDICATOR_NEITHER), "none");
    ck_assert_str_eq(indicator_status_words(INDICATOR_TOO_EARLY), "Too early");
}
END_TEST

START_TEST(card_rows)
{
    struct table table;
    struct err err = {0};
    put_year(2021, 12, 0, 7);
    put_year(2022, 6, 0, 9);
    compute(NULL, on(2022, 7, 1), on(2022, 9, 30), false);
    card_table_begin(&table);
    ck_assert(card_table_add(&table, "2022-23Q2", &set, &err));
    ck_assert_uint_eq(table.n_rows, 1);
    ck_assert_uint_eq(table.n_columns, 12);
    ck_assert_str_eq(table_at(&table, 0, 0)->as.text, "2022-23Q2");
    ck_assert_str_eq(table_at(&table, 0, 1)->as.text, "how_well");
    ck_assert_str_eq(table_at(&table, 0, 2)->as.text, "in_time");
    ck_assert_int_eq(table_at(&table, 0, 3)->kind, CELL_EMPTY);
    ck_assert_int_eq(table_at(&table, 0, 4)->as.integer, 27);
    ck_assert_int_eq(table_at(&table, 0, 5)->as.integer, 30);
    is_near(table_at(&table, 0, 6)->as.real, 90);
    is_near(table_at(&table, 0, 7)->as.real, 90);
    is_near(table_at(&table, 0, 8)->as.real, 70);
    ck_assert_str_eq(table_at(&table, 0, 9)->as.text, "probably rising");
    ck_assert_str_eq(table_at(&table, 0, 11)->as.text, "too_early");
    table_free(&table);
}
END_TEST

Suite *suite_indicator(void)
{
    Suite *suite = suite_create("indicator");
    TCase *tcase = tcase_create("indicator");
    TCase *file = tcase_create("measures file");
    tcase_add_test(tcase, counts_against_the_year_before);
    tcase_add_test(tcase, shares_and_stocks);
    tcase_add_test(tcase, trends_of_flows);
    tcase_add_test(tcase, measures_are_described);
    tcase_add_test(tcase, a_target_is_met_by_chance_only);
    tcase_add_test(tcase, too_early_to_say);
    tcase_add_test(tcase, a_fall_is_not_good_when_children_come_back);
    tcase_add_test(tcase, values_in_words);
    tcase_add_checked_fixture(file, no_rows, free_rows);
    tcase_add_test(file, months_make_a_quarter);
    tcase_add_test(file, levels_years_and_scales);
    tcase_add_test(file, places_and_providers);
    tcase_add_test(file, targets_for_what_the_returns_hold);
    tcase_add_test(file, card_rows);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, file);
    return suite;
}
