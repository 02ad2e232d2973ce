/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words, tables and rows of a small plan; all expected words and numbers are by hand, unless said. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "app/effect_range.h"
#include "app/forecast_milestones.h"
#include "app/plan_gantt.h"
#include "app/plan_page.h"
#include "app/plan_page_tables.h"
#include "app/plan_tables.h"
#include "app/plan_words.h"
#include "plan/check.h"
#include "plan/refs.h"

Suite *suite_plan_page(void);

enum { FIELDS = 11 };
static const int plan_columns[FIELDS] = {PLAN_TEXT_PRIORITY_REF, PLAN_TEXT_PRIORITY,  PLAN_TEXT_ACTION_REF,
                                         PLAN_TEXT_ACTION,       PLAN_TEXT_MILESTONE, PLAN_TEXT_DUE,
                                         PLAN_TEXT_REVISED_DUE,  PLAN_TEXT_STATUS,    PLAN_TEXT_LEAD_ROLE,
                                         PLAN_TEXT_INDICATOR,    PLAN_TEXT_TARGET};
static const int effect_columns[] = {
    EFFECT_TEXT_ACTION_REF, EFFECT_TEXT_LEVER, EFFECT_TEXT_APPLIES_TO, EFFECT_TEXT_LOW,
    EFFECT_TEXT_LIKELY,     EFFECT_TEXT_HIGH,  EFFECT_TEXT_UNIT,       EFFECT_TEXT_START_MILESTONE};
struct texts {
    const char *at[FIELDS];
};
static const struct texts rows[] = {
    {{"1", "Home", "1.1", "Open doors", "", "31/03/12", "", "COMPLETE", "Front door", "visits", ""}},
    {{"1", "Home", "1.2", "Shut windows", "", "31/03/12", "", "Ongoing", "Caretaker; front door", "", ""}},
    {{"1", "Home", "1.3", "Lock up", "", "31/05/12", "31/10/12", "Ongoing", "Caretaker", "", "5 locks"}},
    {{"2", "Away", "2.1", "Pack bags", "two bags", "by end September 2012", "", "On track", "Travel", "",
      ""}},
    {{"2", "Away", "2.2", "Write home", "", "monthly", "", "", "", "", ""}}};
enum { ROWS = sizeof rows / sizeof rows[0] };
static const char *const effect_rows[][8] = {{"1.2", "exits", "route=home", "0", "5", "10", "pct", ""},
                                             {"2.1", "entries", "all", "-1", "-1", "-1", "per_year", "1.3"},
                                             {"1.2", "entries", "all", "-1", "-2", "-3", "pct", ""}};

static struct plan plan;
static struct effects effects;
static struct targets targets;
static day as_of;
static struct err err;

static void fill(struct filed_row *row, const char *const *texts, const int columns[], size_t n, size_t line)
{
    *row = (struct filed_row){.file = 1, .line = (int32_t)line + 2};
    for (size_t k = 0; k < n; k++)
        row->text[columns[k]] = str_of(texts[k]);
}

static struct plan make(const struct texts texts[], size_t n)
{
    struct filed_row *filed = calloc(n, sizeof *filed);
    struct arena arena = {0};
    struct plan out = {0};
    ck_assert_ptr_nonnull(filed);
    for (size_t i = 0; i < n; i++)
        fill(&filed[i], texts[i].at, plan_columns, FIELDS, i);
    ck_assert(refs_make(filed, n, NULL, 0, &arena, &err));
    ck_assert(plan_make("oak", filed, n, (struct plan_stamp){as_of, PLAN_DATED_ASKED}, &out, &err));
    arena_free(&arena);
    free(filed);
    return out;
}

static void set_up(void)
{
    as_of = date_from_civil(2012, 8, 1);
    err = (struct err){0};
    plan = make(rows, ROWS);
    effects = (struct effects){0};
    targets = (struct targets){0};
    for (size_t i = 0; i < 3; i++) {
        struct filed_row row;
        bool usable = false;
        fill(&row, effect_rows[i], effect_columns, 8, i);
        ck_assert(effects_add(&effects, &row, &usable, NULL, &err) && usable);
    }
    check_join(&plan, &effects, &targets);
}

static void tear_down(void)
{
    plan_free(&plan);
    effects_free(&effects);
}

START_TEST(sentences_count)
{
    char words[PLAN_WORDS];
    plan_words_state(&plan, as_of, words); /* 31 March to 1 August: 123 days */
    ck_assert_str_eq(words, "1 of 5 actions is late on 1 Aug 2012, by 123 days; 1 is done");
    plan_words_state(&plan, date_from_civil(2012, 11, 2), words); /* 1.2, 1.3 and 2.1; 31 March: 216 days */
    ck_assert_str_eq(words, "3 of 5 actions are late on 2 Nov 2012, by up to 216 days; 1 is done");
    plan_words_state(&plan, date_from_civil(2012, 3, 31), words);
    ck_assert_str_eq(words, "None of 5 actions is late on 31 Mar 2012; 1 is done");
    plan_words_state(&plan, DAY_NONE, words);
    ck_assert_str_eq(words, "1 of 5 actions is done; the plan has no date, so nothing is called late");
    plan_words_due(&plan, as_of, words);
    ck_assert_str_eq(words, "1 is due in the quarter from 1 Jul 2012 to 30 Sep 2012, none of them over");
    plan_words_due(&plan, date_from_civil(2012, 1, 1), words);
    ck_assert_str_eq(words, "2 are due in the quarter from 1 Jan 2012 to 31 Mar 2012, 1 of them over");
    plan_words_due(&plan, date_from_civil(2013, 1, 1), words);
    ck_assert_str_eq(words, "Nothing is due in the quarter from 1 Jan 2013 to 31 Mar 2013");
    plan_words_alt(&plan, as_of, words);
    ck_assert_str_eq(words,
                     "Gantt chart of the plan oak: 5 actions under 2 priorities, due from 31 Mar 2012 to "
                     "31 Oct 2012. 1 of 5 actions is late on 1 Aug 2012, by 123 days; 1 is done, 1 on "
                     "track, 0 delayed, 0 off track, of 1 nothing is said. 1 without a day stand at the "
                     "end. Data: plan.csv.");
}
END_TEST

/* chance (3 + 2) / (10 + 3); its limits where a binomial of 12 has 10 and 90 in 100 at 5 or more: .2187,
 * .5590; median 110^(8/9) x 153^(1/9) = 114.1 */
START_TEST(slippage_is_told_with_its_range)
{
    char words[PLAN_WORDS];
    plan_words_slippage(&plan, words);
    ck_assert_str_eq(words,
                     "Its own record: of 3 actions whose first date had passed on the plan's date, 2 were "
                     "late. Leaning on what other plans recorded, the next one will be late with a chance "
                     "of 38% (8 in 10: 22% to 56%), and of those that are late half by more than 114 days "
                     "(1 date was moved)");
}
END_TEST

START_TEST(what_measures_an_action)
{
    char words[PLAN_WORDS];
    struct plan_measured of[ROWS];
    plan_measured_find(&plan, &effects, &targets, of);
    ck_assert(of[0].indicator && !of[0].target && !of[0].effect);
    ck_assert(!of[1].indicator && !of[1].target && of[1].effect);
    ck_assert(of[2].target && !of[2].effect);
    plan_words_measured(&plan, of, words);
    ck_assert_str_eq(words,
                     "Of 5 actions 1 have an indicator, 1 a target, 2 an expected effect; nothing measures "
                     "1: 2.2");
}
END_TEST

static const char *text_at(const struct table *table, size_t row, const char *column)
{
    const size_t c = table_column_index(table, column);
    ck_assert_uint_lt(c, table->n_columns);
    ck_assert_uint_lt(row, table->n_rows);
    const struct table_cell *cell = table_at(table, row, c);
    return cell->kind == CELL_TEXT ? cell->as.text : "";
}

static int64_t number_at(const struct table *table, size_t row, const char *column)
{
    const struct table_cell *cell = table_at(table, row, table_column_index(table, column));
    ck_assert_int_eq(cell->kind, CELL_INTEGER);
    return cell->as.integer;
}

START_TEST(tables_of_the_page)
{
    struct table t = {0};
    ck_assert(plan_page_due(&t, &plan, as_of, &err));
    ck_assert_uint_eq(t.n_rows, 1);
    ck_assert_str_eq(text_at(&t, 0, "What"), "Pack bags: two bags");
    table_free(&t);
    ck_assert(plan_page_late(&t, &plan, date_from_civil(2012, 11, 2), &err));
    ck_assert_uint_eq(t.n_rows, 3);
    ck_assert_str_eq(text_at(&t, 0, "Action"), "1.2"); /* 216 days, then 33, then 2 */
    ck_assert_str_eq(text_at(&t, 1, "Action"), "2.1");
    ck_assert_int_eq(number_at(&t, 2, "Days late"), 2);
    ck_assert_int_eq(number_at(&t, 2, "Moved"), 153); /* 31 May to 31 October */
    table_free(&t);
    ck_assert(plan_page_priorities(&t, &plan, as_of, &err));
    ck_assert_uint_eq(t.n_rows, 2);
    ck_assert_str_eq(text_at(&t, 0, "Priority"), "1  Home");
    ck_assert_int_eq(number_at(&t, 0, "All"), 3);
    ck_assert_int_eq(number_at(&t, 0, "Late"), 1);
    ck_assert_int_eq(number_at(&t, 1, "On track"), 1);
    ck_assert_int_eq(number_at(&t, 1, "Not said"), 1);
    table_free(&t);
    /* front door: 1.1 and 1.2 (in whatever case); caretaker: 1.2 and 1.3; travel; nobody */
    ck_assert(plan_page_leads(&t, &plan, as_of, &err));
    ck_assert_uint_eq(t.n_rows, 4);
    ck_assert_str_eq(text_at(&t, 0, "Who leads"), "Front door");
    ck_assert_int_eq(number_at(&t, 0, "All"), 2);
    ck_assert_str_eq(text_at(&t, 1, "Who leads"), "Caretaker");
    ck_assert_int_eq(number_at(&t, 1, "Latest, days"), 123);
    ck_assert_str_eq(text_at(&t, 3, "Who leads"), "nobody named");
    table_free(&t);
}
END_TEST

START_TEST(effects_and_findings_of_the_page)
{
    struct table t = {0};
    ck_assert(plan_page_effects(&t, &plan, &effects, &err));
    ck_assert_uint_eq(t.n_rows, 3);
    ck_assert_str_eq(text_at(&t, 0, "Acts on"), "exits: route=home");
    ck_assert_str_eq(text_at(&t, 0, "Weakest"), "0%");
    ck_assert_str_eq(text_at(&t, 0, "Strongest"), "+10%");
    ck_assert_str_eq(text_at(&t, 0, "Middle (8 in 10)"), "+5% (+2.5% to +7.5%)");
    ck_assert_str_eq(text_at(&t, 0, "Starts"), "31 Mar 2012");
    ck_assert_str_eq(text_at(&t, 1, "Likely"), "-1 children a year");
    ck_assert_str_eq(text_at(&t, 1, "Starts"), "31 Oct 2012, with 1.3");
    /* from its weak to its strong end: 2 +- 1 x (1 - 2 x .24664) */
    ck_assert_str_eq(text_at(&t, 2, "Middle (8 in 10)"), "-2% (-1.5% to -2.5%)");
    table_free(&t);
    /* 2.2 is measured by nothing; 2.1 and 1.2 act on different units, so there is no I-12 */
    ck_assert(plan_page_findings(&t, &plan, &effects, &targets, &err));
    ck_assert_uint_eq(t.n_rows, 1);
    ck_assert_str_eq(text_at(&t, 0, "Rule"), "I-11");
    ck_assert_str_eq(text_at(&t, 0, "Value"), "2.2");
    table_free(&t);
}
END_TEST

/* an effect stands once: with the milestone that starts it, or in the action's first row */
START_TEST(plan_csv_has_the_first_effect)
{
    struct table t;
    plan_tables_init_rows(&t);
    ck_assert(plan_tables_add_rows(&t, &plan, &effects, as_of, &err));
    const size_t p50 = table_column_index(&t, "effect_p50");
    ck_assert_int_eq(table_at(&t, 0, p50)->kind, CELL_EMPTY);
    /* Beta(3,3) on 0 to 10: 10 x^3 - 15 x^4 + 6 x^5 = .1 at x = .246636 */
    ck_assert_double_eq_tol(table_at(&t, 1, p50)->as.real, 5, 1e-9);
    ck_assert_double_eq_tol(table_at(&t, 1, p50 + 1)->as.real, 2.46636, 1e-4);
    ck_assert_double_eq_tol(table_at(&t, 1, p50 + 2)->as.real, 7.53364, 1e-4);
    ck_assert_str_eq(text_at(&t, 1, "unit"), "pct");
    ck_assert_int_eq(table_at(&t, 2, p50)->kind, CELL_EMPTY);
    ck_assert_double_eq_tol(table_at(&t, 3, p50)->as.real, -1, 1e-12);
    ck_assert_str_eq(text_at(&t, 3, "unit"), "per_year");
    table_free(&t);
}
END_TEST

START_TEST(gantt_has_every_row)
{
    struct plan_gantt gantt;
    ck_assert(plan_gantt_make(&gantt, &plan, as_of, "gantt", &err));
    static const char *const words[] = {"1  Home", "1.1  Open doors", "1.2  Shut windows", "1.3  Lock up",
                                        "2  Away", "2.1  Pack bags",  "Without a day",     "2.2  Write home"};
    static const char *const notes[] = {"", "", "123 days late", "moved by +153 days", "",
                                        "", "", "“monthly”"};
    ck_assert_uint_eq(gantt.gantt.n_rows, 8);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_str_eq(gantt.rows[i].words, words[i]);
        ck_assert_str_eq(gantt.rows[i].note, notes[i]);
    }
    ck_assert(gantt.rows[0].is_heading && gantt.rows[6].is_heading && !gantt.rows[7].is_heading);
    ck_assert_int_eq(gantt.rows[1].state, ACTION_COMPLETE);
    ck_assert_int_eq(gantt.rows[1].first, DAY_NONE);
    ck_assert_int_eq(gantt.rows[3].first, date_from_civil(2012, 5, 31));
    ck_assert_int_eq(gantt.rows[3].to, date_from_civil(2012, 10, 31));
    ck_assert_int_eq(gantt.rows[7].to, DAY_NONE);
    plan_gantt_free(&gantt);
}
END_TEST

/* of 500 rows that are due on two days, the 100 late ones and 50 of the others */
START_TEST(gantt_of_a_long_plan_keeps_the_urgent)
{
    enum { MANY = 500, LATE = 100 };
    static struct texts texts[MANY];
    static char refs[MANY][8];
    size_t late = 0;
    size_t n = 0;
    struct plan_gantt gantt;
    for (size_t i = 0; i < MANY; i++) {
        snprintf(refs[i], sizeof refs[i], "1.%zu", i);
        for (size_t k = 0; k < FIELDS; k++)
            texts[i].at[k] = "";
        texts[i].at[2] = refs[i];
        texts[i].at[3] = "Do";
        texts[i].at[5] = i < MANY - LATE ? "31/12/2012" : "31/07/2012";
    }
    struct plan many = make(texts, MANY);
    ck_assert(plan_gantt_make(&gantt, &many, as_of, "gantt", &err));
    for (size_t i = 0; i < gantt.gantt.n_rows; i++) {
        n += !gantt.rows[i].is_heading;
        late += strcmp(gantt.rows[i].note, "1 day late") == 0;
    }
    ck_assert_uint_eq(n, PLAN_GANTT_SHOWN);
    ck_assert_uint_eq(late, LATE);
    ck_assert_ptr_nonnull(strstr(gantt.spec.subtitle, "the 150 most urgent of 500"));
    plan_gantt_free(&gantt);
    plan_free(&many);
}
END_TEST

static struct lever lever(const char *action, day start)
{
    return (struct lever){
        .id = action, .plan = action == NULL ? NULL : "oak", .action = action, .start = start};
}

/* two effects of one action from one day are one flag; levers without plan or day have none */
START_TEST(flags_by_day)
{
    struct arena arena = {0};
    struct chart_flag *flags = NULL;
    size_t n = 0;
    struct lever levers[] = {lever("oak/1.2", 90), lever("oak/1.2", 90),       lever("oak/1.1", 120),
                             lever("oak/2.1", 30), lever("oak/2.2", DAY_NONE), lever(NULL, 10)};
    const struct scenario scenario = {.levers = levers, .n_levers = 6};
    ck_assert(forecast_milestones_flags(&scenario, &arena, &flags, &n, &err));
    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(flags[0].words, "2.1");
    ck_assert_str_eq(flags[1].words, "1.2");
    ck_assert_int_eq(flags[2].at, 120);
    arena_free(&arena);
}
END_TEST

START_TEST(milestones_under_the_curve)
{
    struct table t = {0};
    enum plan_lever_fate fates[] = {PLAN_LEVER_APPLIED, PLAN_LEVER_APPLIED, PLAN_LEVER_NOT_KNOWN};
    const struct joined_plan joined = {plan, effects, targets, fates};
    ck_assert(forecast_milestones_table(&t, &joined, &err));
    ck_assert_uint_eq(t.n_rows, 3);
    ck_assert_str_eq(text_at(&t, 0, "Chance that this is late"), "late already, by 123 days");
    ck_assert_str_eq(text_at(&t, 1, "With"), "1.3");
    ck_assert_str_eq(text_at(&t, 1, "Chance that this is late"), "38%"); /* 5 of 13, as the plan's */
    ck_assert_str_eq(text_at(&t, 0, "Middle effect (8 in 10)"), "+5% (+2.5% to +7.5%)");
    ck_assert_str_eq(text_at(&t, 2, "Middle effect (8 in 10)"),
                     "listed only: no return tells whom it acts on");
    table_free(&t);
}
END_TEST

Suite *suite_plan_page(void)
{
    Suite *suite = suite_create("plan_page");
    TCase *tcase = tcase_create("plan_page");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, sentences_count);
    tcase_add_test(tcase, slippage_is_told_with_its_range);
    tcase_add_test(tcase, what_measures_an_action);
    tcase_add_test(tcase, tables_of_the_page);
    tcase_add_test(tcase, effects_and_findings_of_the_page);
    tcase_add_test(tcase, plan_csv_has_the_first_effect);
    tcase_add_test(tcase, gantt_has_every_row);
    tcase_add_test(tcase, gantt_of_a_long_plan_keeps_the_urgent);
    tcase_add_test(tcase, flags_by_day);
    tcase_add_test(tcase, milestones_under_the_curve);
    suite_add_tcase(suite, tcase);
    return suite;
}
