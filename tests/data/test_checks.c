/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every rule about one child: rows that break it and what becomes of them, and rows that do not. The expected
 * outcomes and episodes are those of the rule's statement, worked out by hand. */
#include "data/findings.h"

#include <check.h>
#include <string.h>

#include "tests/returns_by_hand.h"

Suite *suite_checks(void);

/* A sound child, born 20 May 2010, of whom cases add to or change a part. */
#define HEAD   "2022 h: 1,20/05/2010,WBRI,UN2,,\n"
#define HEAD21 "2021 h: 1,20/05/2010,WBRI,UN2,,\n"
/* The fields after PLACE_PROVIDER: an open episode, one that ended, one in another home. */
#define OPEN                      ",,,,LS1 1AA,LS2 2BB,1234567\n"
#define ENDS(dec, rec)            "," dec "," rec ",,LS1 1AA,LS2 2BB,1234567\n"
#define HOME(dec, rec, post, urn) "," dec "," rec ",,LS1 1AA," post "," urn "\n"
#define SOUND                     "2022 e: 01/05/2021,S,C2,N1,U6,PR1" OPEN

struct check_case {
    enum rule rule;
    enum outcome outcome; /* of the finding; OUTCOME_COUNT: the rule must not be reported */
    const char *years;    /* NULL: of the rows */
    const char *rows;
    const char *episodes; /* clean episodes; NULL: not looked at */
};

static const struct check_case cases[] = {
#include "tests/data/check_cases.def"
};

START_TEST(rule_case)
{
    const struct check_case *c = &cases[_i];
    static struct fixture fixture;
    fixture_stack(&fixture, c->years, c->rows);
    const char *id = rule_info(c->rule)->id;
    const size_t n = fixture_count(&fixture, c->rule);
    if (c->outcome == OUTCOME_COUNT) {
        ck_assert_msg(n == 0, "%s reported for\n%s", id, c->rows);
    } else {
        ck_assert_msg(n >= 1, "%s not reported for\n%s", id, c->rows);
        for (size_t i = 0; i < fixture.n_found; i++) {
            const struct found *found = &fixture.found[i];
            if (found->rule != c->rule)
                continue;
            ck_assert_msg(found->outcome == c->outcome, "%s %s for\n%s", id, outcome_name(found->outcome),
                          c->rows);
            ck_assert_int_ge(fixture_record(&fixture, found->line)->outcome, found->outcome);
            break;
        }
    }
    if (c->episodes != NULL)
        ck_assert_msg(strcmp(fixture_episodes(&fixture), c->episodes) == 0, "%s gives\n%s\nnot\n%s\nfor\n%s",
                      id, fixture_episodes(&fixture), c->episodes, c->rows);
    fixture_free(&fixture);
}
END_TEST

/* Rules that parsing or the store implement, which have their tests there. */
static bool is_elsewhere(enum rule rule)
{
    const char *id = rule_info(rule)->id;
    static const char *const elsewhere[] = {"H-02", "E-04", "E-05", "E-39", "S-06",
                                            "S-09", "S-10", "S-11", "S-12"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
        if (strcmp(id, elsewhere[i]) == 0)
            return true;
    return id[0] == 'F' || id[0] == 'I';
}

START_TEST(every_rule_has_both_cases)
{
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        size_t broken = 0, held = 0;
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            broken += cases[i].rule == (enum rule)rule && cases[i].outcome != OUTCOME_COUNT;
            held += cases[i].rule == (enum rule)rule && cases[i].outcome == OUTCOME_COUNT;
        }
        const char *id = rule_info((enum rule)rule)->id;
        if (strcmp(id, "H-01") != 0 && !is_elsewhere((enum rule)rule))
            ck_assert_msg(broken > 0 && held > 0, "%s: %zu cases that break it, %zu that do not", id, broken,
                          held);
    }
}
END_TEST

START_TEST(h_01_rows_without_a_child)
{
    static struct fixture fixture;
    struct err err = {0};
    fixture_init(&fixture, NULL, HEAD "2022 e: 01/05/2021,S,C2,N1,U6,PR1" OPEN);
    fixture.rows.child = (struct str){NULL, 0};
    ck_assert(
        stack_child(&fixture.context, &fixture.rows, &fixture.arena, &fixture.clean, &fixture.sink, &err));
    ck_assert_uint_eq(fixture_count(&fixture, RULE_H_01), 2);
    ck_assert(!fixture.clean.usable);
    ck_assert_int_eq(fixture_record(&fixture, 2)->outcome, OUTCOME_REFUSED);
    fixture_free(&fixture);
}
END_TEST

START_TEST(table_is_complete)
{
    /* domain facts: 17 file, 13 header, 52 episode, 12 stacking, 5 asylum, 5 adoption, 7 other, 8 input
     * rules; 11 more of plans, 7 of budgets and ledgers */
    ck_assert_int_eq(RULE_COUNT, 17 + 13 + 52 + 12 + 5 + 5 + 7 + 8 + 11 + 7);
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        const struct rule_info *info = rule_info((enum rule)rule);
        ck_assert_uint_eq(strlen(info->id), 4);
        ck_assert_uint_gt(strlen(info->words), 10);
        ck_assert_uint_gt(strlen(info->advice), 10);
        ck_assert_int_lt(info->severity, SEVERITY_COUNT);
        for (int other = 0; other < rule; other++)
            ck_assert_str_ne(info->id, rule_info((enum rule)other)->id);
    }
    ck_assert_str_eq(rule_info(RULE_E_19)->id, "E-19");
    ck_assert_str_eq(severity_name(SEVERITY_WARNING), "warning");
    ck_assert_str_eq(outcome_name(OUTCOME_REFUSED), "refused");
}
END_TEST

START_TEST(a_missing_sink_takes_all)
{
    const struct finding finding = {.rule = RULE_E_01};
    struct err err = {0};
    ck_assert(findings_add(NULL, &finding, &err));
}
END_TEST

Suite *suite_checks(void)
{
    Suite *suite = suite_create("checks");
    TCase *tcase = tcase_create("checks");
    tcase_add_loop_test(tcase, rule_case, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, every_rule_has_both_cases);
    tcase_add_test(tcase, h_01_rows_without_a_child);
    tcase_add_test(tcase, table_is_complete);
    tcase_add_test(tcase, a_missing_sink_takes_all);
    suite_add_tcase(suite, tcase);
    return suite;
}
