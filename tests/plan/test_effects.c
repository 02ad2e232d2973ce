/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of effects: what is read, and what is refused and why. All rows are invented. */
#include "plan/effects.h"

#include <check.h>
#include <string.h>

#include "filed_text.h"
#include "sim/scenario.h"

Suite *suite_effects(void);

static const int columns[] = {EFFECT_TEXT_ACTION_REF, EFFECT_TEXT_LEVER,
                              EFFECT_TEXT_APPLIES_TO, EFFECT_TEXT_LOW,
                              EFFECT_TEXT_LIKELY,     EFFECT_TEXT_HIGH,
                              EFFECT_TEXT_UNIT,       EFFECT_TEXT_RAMP_MONTHS,
                              EFFECT_TEXT_REPLACES,   -1};

static struct effects effects;
static struct said said;

static void setup(void)
{
    effects = (struct effects){0};
    said_init(&said);
}

static void teardown(void)
{
    effects_free(&effects);
    said_free(&said);
}

/* Adds one row: true when it was taken. */
static bool add(const char *row)
{
    struct err err = {0};
    bool usable = false;
    struct filed_text rows = filed_text_make(row, columns);
    ck_assert_uint_eq(rows.n, 1);
    ck_assert(effects_add(&effects, &rows.rows[0], &usable, &said.sink, &err));
    filed_text_free(&rows);
    return usable;
}

static void refused(const char *row, const char *rule, const char *column, const char *words)
{
    ck_assert_msg(!add(row), "taken: %s", row);
    const char *text = said_take(&said);
    ck_assert_msg(strncmp(text, rule, strlen(rule)) == 0 && strstr(text, column) != NULL &&
                      strstr(text, words) != NULL,
                  "%s gives %s", row, text);
}

START_TEST(a_row)
{
    ck_assert(add("3A.1|Mix|to=foster_inhouse ; FROM=res_external|1|3|6|per_year|12|\n"));
    ck_assert(add("1A.2|entries|age=0-4|-1%|-3%|-6%||24|1A.1\n"));
    ck_assert(add("4.1|capacity|placement=supported;age=16-17|2|4|8||6|\n"));
    ck_assert(add("4.2|price|all|0|0|0|pct||\n"));
    ck_assert_str_eq(said_take(&said), "");
    const struct plan_effect *mix = &effects.items[0];
    ck_assert_int_eq(mix->lever, PLAN_LEVER_MIX);
    ck_assert_str_eq(mix->ref, "3A.1");
    ck_assert_int_eq(mix->n_conditions, 2);
    ck_assert_str_eq(mix->conditions[1].key, "from");
    ck_assert_str_eq(mix->conditions[1].value, "res_external");
    ck_assert(mix->low > .99 && mix->low < 1.01 && mix->likely > 2.99 && mix->high > 5.99);
    ck_assert_int_eq(mix->unit, PLAN_UNIT_PER_YEAR);
    ck_assert(mix->ramp_months > 11.9 && mix->ramp_months < 12.1);
    ck_assert(mix->in_returns);
    const struct plan_effect *entries = &effects.items[1];
    ck_assert_int_eq(entries->unit, PLAN_UNIT_PCT);
    ck_assert_str_eq(entries->replaces, "1A.1");
    ck_assert_int_eq(effects.items[2].unit, PLAN_UNIT_PLACES);
    ck_assert_int_eq(effects.items[3].n_conditions, 0);
}
END_TEST

START_TEST(what_is_refused)
{
    refused("|entries|all|-1|-2|-3|pct||\n", "I-16", "action_ref", "needs the action");
    refused("1|entry|all|-1|-2|-3|pct||\n", "I-04", "lever 'entry'", "no such lever");
    refused("1|entries|all|-1|-6|-3|pct||\n", "I-04", "high '-3'", "strongest");
    refused("1|entries|all|-4|-3|-6|pct||\n", "I-04", "low '-4'", "weakest");
    refused("1|entries|all|1|-2|-3|pct||\n", "I-04", "likely", "different signs");
    refused("1|entries|all|a|-2|-3|pct||\n", "I-04", "low 'a'", "not a number");
    refused("1|entries|all|-1|-2||pct||\n", "I-04", "high ''", "not a number");
    refused("1|entries|all|-1|-2|-101|pct||\n", "I-04", "high '-101'", "between -100 and 100");
    refused("1|exits|all|1|2|150|pct||\n", "I-04", "high '150'", "between -100 and 100");
    refused("1|entries|all|-1|-2|-3|furlongs||\n", "I-04", "unit", "not a unit");
    refused("1|entries|all|-1%|-2|-3|children||\n", "I-04", "unit", "per cent");
    refused("1|entries|all|1|2|3|places||\n", "I-04", "unit", "capacity");
    refused("1|capacity|placement=secure|1|2|3|pct||\n", "I-04", "unit", "capacity");
    refused("1|price|all|1|2|3|children||\n", "I-04", "unit", "per cent");
    refused("1|entries|all|-1|-2|-3|pct|-1|\n", "I-04", "ramp_months", "0 to 600");
    refused("1|entries|placement=hotel|-1|-2|-3|pct||\n", "I-04", "applies_to 'placement=hotel'",
            "no such placement");
    refused("1|entries|colour=red|-1|-2|-3|pct||\n", "I-04", "applies_to", "no such key");
    refused("1|entries|children|-1|-2|-3|pct||\n", "I-04", "applies_to", "KEY=VALUE");
    refused("1|entries|age=0-4;age=5-9|-1|-2|-3|pct||\n", "I-04", "applies_to", "twice");
    refused("1|entries|age=4-0|-1|-2|-3|pct||\n", "I-04", "applies_to", "0 to 17");
    refused("1|entries|age=0-18|-1|-2|-3|pct||\n", "I-04", "applies_to", "0 to 17");
    refused("1|exits|route=out|-1|-2|-3|pct||\n", "I-04", "applies_to", "route");
    refused("1|exits|time_in_care=0-60|-1|-2|-3|pct||\n", "I-04", "applies_to", "days");
    refused("1|exits|time_in_care=1-60d+|-1|-2|-3|pct||\n", "I-04", "applies_to", "days");
    refused("1|mix|from=res_external|1|2|3|per_year||\n", "I-04", "applies_to", "from and to");
    refused("1|mix|from=secure;to=secure|1|2|3|per_year||\n", "I-04", "applies_to", "itself");
    refused("1|entries|to=secure|1|2|3|pct||\n", "I-04", "applies_to", "mix");
    ck_assert_uint_eq(effects.n, 0);
    ck_assert(add("1|exits|time_in_care=548d+;need=N2;uasc=no;legal=care_order;route=home|1|2|100|pct||\n"));
    ck_assert_str_eq(said_take(&said), "");
}
END_TEST

START_TEST(listed_only)
{
    ck_assert(add("4.12|moves|flag=missing|0|-1|-3|pct|6|\n"));
    ck_assert(!effects.items[0].in_returns);
    ck_assert_int_eq(strncmp(said_take(&said), "I-19@2 applies_to 'flag=missing'", 32), 0);
}
END_TEST

START_TEST(the_same_place)
{
    add("1|mix|from=res_external;to=foster_inhouse|1|3|6|per_year||\n");
    add("2|mix|to=foster_inhouse;from=res_external|9|9|9|per_year||\n");
    add("3|mix|to=foster_inhouse;from=res_external|1|3|6|children||\n");
    add("4|mix|to=foster_kin;from=res_external|1|3|6|per_year||\n");
    add("5|mix|to=foster_inhouse;from=res_external;age=0-4|1|3|6|per_year||\n");
    ck_assert_uint_eq(effects.n, 5);
    ck_assert(effects_same_place(&effects.items[0], &effects.items[1]));
    for (size_t i = 2; i < 5; i++)
        ck_assert(!effects_same_place(&effects.items[0], &effects.items[i]));
}
END_TEST

START_TEST(levers_are_those_of_scenarios)
{
    ck_assert_int_eq((int)PLAN_LEVER_COUNT, (int)LEVER_COUNT);
    for (int i = 0; i < LEVER_COUNT; i++)
        ck_assert_str_eq(plan_lever_name((enum plan_lever)i), lever_kind_name((enum lever_kind)i));
    ck_assert_str_eq(plan_unit_name(PLAN_UNIT_PER_YEAR), "per_year");
}
END_TEST

Suite *suite_effects(void)
{
    Suite *suite = suite_create("effects");
    TCase *tests = tcase_create("effects");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_row);
    tcase_add_test(tests, what_is_refused);
    tcase_add_test(tests, listed_only);
    tcase_add_test(tests, the_same_place);
    tcase_add_test(tests, levers_are_those_of_scenarios);
    suite_add_tcase(suite, tests);
    return suite;
}
